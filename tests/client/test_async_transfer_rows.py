"""Every method of Transfer on the wire: route, query, body, and the document that answers."""

import json
import warnings
from typing import Any, NamedTuple

import httpx
import pytest

from globus_typed import AccessTokenAuthorizer, AsyncTransferClient, Document, Response
from globus_typed import transfer as t

pytestmark = pytest.mark.anyio

E = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"
R = "5d2e8f31-9a07-4c63-8b12-aa10bb20cc01"
RESULT = {"DATA_TYPE": "result", "code": "Updated", "message": "done", "request_id": "r1"}
LIST: dict[str, Any] = {"DATA": []}
CREATED = {"code": "Created", "id": E, "message": "done", "request_id": "r1"}
PAUSE = {"id": R, "message": "m", "endpoint_id": E}
TASK = {"task_id": R, "status": "ACTIVE"}
ACTIVATION: dict[str, Any] = {"code": "AlreadyActivated", "message": "m", "DATA": []}
TUNNEL: dict[str, Any] = {
    "data": {"type": "Tunnel", "id": R, "attributes": {}, "relationships": {}},
    "meta": {"request_id": "r1"},
}
ACCESS_POINT: dict[str, Any] = {
    "data": {"type": "StreamAccessPoint", "id": R, "attributes": {}},
    "meta": {"request_id": "r1"},
}


NOTHING: dict[str, Any] = {"data": [], "links": None, "meta": {"request_id": "r1"}}
ENDS: dict[str, Any] = {end: {"data": {"type": "StreamAccessPoint", "id": E}} for end in ("listener", "initiator")}


class Row(NamedTuple):
    """A method, how it is called, what it sends, and what answers it."""

    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    method: str
    path: str
    query: dict[str, str]
    body: dict[str, Any] | None
    answer: dict[str, Any]
    type: type[Document]


def get(name: str, path: str, answer: dict[str, Any], document: type[Document], /, *args: Any, **kwargs: Any) -> Row:
    """A row that reads; its keywords go into the query as they are."""
    return Row(
        name, args, kwargs, "GET", path, {key: str(value) for key, value in kwargs.items()}, None, answer, document
    )


def change(
    name: str,
    method: str,
    path: str,
    body: dict[str, Any] | None,
    answer: dict[str, Any],
    document: type[Document],
    *args: Any,
) -> Row:
    """A row that writes."""
    return Row(name, args, {}, method, path, {}, body, answer, document)


def paged(row: Row, **query: str) -> Row:
    """The same row, with what a pager adds to the query."""
    return row._replace(query={**row.query, **query})


M = "endpoint_manager"
RULE = {"principal_type": "identity", "principal": E, "path": "/data/", "permissions": "r"}
SHARED = {"host_endpoint": E, "host_path": "/~/x/", "display_name": "x"}
BOOKMARK = {"name": "b", "endpoint_id": E, "path": "/~/x/"}
BOOKMARK_V2: dict[str, Any] = {"data": {"type": "Bookmark", "id": R, "attributes": {}, "relationships": {}}}
OFFSET = {"limit": "10", "offset": "0"}

ROWS: list[Row] = [
    # endpoints
    get("get_endpoint", f"endpoint/{E}", {"id": E}, t.Endpoint, E, fields="id"),
    change("update_endpoint", "PUT", f"endpoint/{E}", {"DATA_TYPE": "endpoint", "description": None}, RESULT, t.Result, E, {"description": None}),
    change("set_subscription_id", "PUT", f"endpoint/{E}/subscription", {"subscription_id": "DEFAULT"}, RESULT, t.Result, E, "DEFAULT"),
    change("set_subscription_id", "PUT", f"endpoint/{E}/subscription", {"subscription_id": None}, RESULT, t.Result, E, None),
    change("set_subscription_admin_verified", "PUT", f"endpoint/{E}/subscription_admin_verified", {"subscription_admin_verified": True}, RESULT, t.Result, E, True),
    change("delete_endpoint", "DELETE", f"endpoint/{E}", None, RESULT, t.Result, E),
    change("create_endpoint", "POST", "endpoint", {"DATA_TYPE": "endpoint", "display_name": "x"}, CREATED, t.EndpointCreateResult, {"display_name": "x"}),
    change("create_shared_endpoint", "POST", "shared_endpoint", {"DATA_TYPE": "shared_endpoint", **SHARED}, CREATED, t.EndpointCreateResult, SHARED),
    paged(get("endpoint_search", "endpoint_search", LIST, t.EndpointList, filter_fulltext="x", filter_scope="all"), limit="25", offset="0"),
    get("my_effective_pause_rule_list", f"endpoint/{E}/my_effective_pause_rule_list", LIST, t.PauseRuleList, E, some="x"),
    get("my_shared_endpoint_list", f"endpoint/{E}/my_shared_endpoint_list", LIST, t.EndpointList, E, some="x"),
    paged(get("get_shared_endpoint_list", f"endpoint/{E}/shared_endpoint_list", {"shared_endpoints": []}, t.SharedEndpointList, E, some="x"), max_results="1000"),
    # servers
    get("endpoint_server_list", f"endpoint/{E}/server_list", LIST, t.ServerList, E, some="x"),
    get("get_endpoint_server", f"endpoint/{E}/server/41", {"id": 41}, t.Server, E, 41, some="x"),
    change("add_endpoint_server", "POST", f"endpoint/{E}/server", {"DATA_TYPE": "server", "hostname": "h.example"}, {**CREATED, "id": 4}, t.ServerAddResult, E, {"hostname": "h.example"}),
    change("update_endpoint_server", "PUT", f"endpoint/{E}/server/41", {"DATA_TYPE": "server", "port": 2811}, RESULT, t.Result, E, 41, {"port": 2811}),
    change("delete_endpoint_server", "DELETE", f"endpoint/{E}/server/41", None, RESULT, t.Result, E, 41),
    # activation
    get("endpoint_get_activation_requirements", f"endpoint/{E}/activation_requirements", {"DATA": [], "expires_in": -1}, t.ActivationRequirements, E, type="myproxy"),
    change("endpoint_autoactivate", "POST", f"endpoint/{E}/autoactivate", None, ACTIVATION, t.ActivationResult, E)._replace(kwargs={"if_expires_in": 3600}, query={"if_expires_in": "3600"}),
    change("endpoint_deactivate", "POST", f"endpoint/{E}/deactivate", None, RESULT, t.Result, E),
    change("endpoint_activate", "POST", f"endpoint/{E}/activate", {"DATA_TYPE": "activation_requirements", "DATA": [{"DATA_TYPE": "activation_requirement", "type": "myproxy", "name": "username", "value": "w"}]}, ACTIVATION, t.ActivationResult, E, {"DATA": [{"type": "myproxy", "name": "username", "value": "w"}]}),
    # roles, access rules, bookmarks
    get("endpoint_role_list", f"endpoint/{E}/role_list", LIST, t.RoleList, E, some="x"),
    change("add_endpoint_role", "POST", f"endpoint/{E}/role", {"DATA_TYPE": "role", "principal_type": "identity", "principal": E, "role": "activity_monitor"}, {"id": R}, t.Role, E, {"principal_type": "identity", "principal": E, "role": "activity_monitor"}),
    get("get_endpoint_role", f"endpoint/{E}/role/{R}", {"id": R}, t.Role, E, R, some="x"),
    change("delete_endpoint_role", "DELETE", f"endpoint/{E}/role/{R}", None, RESULT, t.Result, E, R),
    get("endpoint_acl_list", f"endpoint/{E}/access_list", LIST, t.AccessRuleList, E, some="x"),
    get("get_endpoint_acl_rule", f"endpoint/{E}/access/{R}", {"id": R}, t.AccessRule, E, R, some="x"),
    change("add_endpoint_acl_rule", "POST", f"endpoint/{E}/access", {"DATA_TYPE": "access", **RULE}, {"code": "Created", "access_id": R}, t.AccessRuleCreateResult, E, RULE),
    change("update_endpoint_acl_rule", "PUT", f"endpoint/{E}/access/{R}", {"DATA_TYPE": "access", "permissions": "rw"}, RESULT, t.Result, E, R, {"permissions": "rw"}),
    change("delete_endpoint_acl_rule", "DELETE", f"endpoint/{E}/access/{R}", None, RESULT, t.Result, E, R),
    get("bookmark_list", "bookmark_list", LIST, t.BookmarkList, some="x"),
    change("create_bookmark", "POST", "bookmark", {"DATA_TYPE": "bookmark", **BOOKMARK}, {"id": R}, t.Bookmark, BOOKMARK),
    get("get_bookmark", f"bookmark/{R}", {"id": R}, t.Bookmark, R, some="x"),
    change("update_bookmark", "PUT", f"bookmark/{R}", {"DATA_TYPE": "bookmark", "name": "c"}, {"id": R}, t.Bookmark, R, {"name": "c"}),
    change("delete_bookmark", "DELETE", f"bookmark/{R}", None, RESULT, t.Result, R),
    # files
    get("operation_ls", f"operation/endpoint/{E}/ls", LIST, t.FileList, E, path="/~/", show_hidden=1, orderby="name", limit=5, filter="type:file"),
    get("operation_stat", f"operation/endpoint/{E}/stat", {"name": "a"}, t.File, E, path="/~/a"),
    change("operation_mkdir", "POST", f"operation/endpoint/{E}/mkdir", {"DATA_TYPE": "mkdir", "path": "/~/a/"}, RESULT, t.MkdirResult, E, "/~/a/"),
    change("operation_rename", "POST", f"operation/endpoint/{E}/rename", {"DATA_TYPE": "rename", "old_path": "/~/a", "new_path": "/~/b"}, RESULT, t.Result, E, "/~/a", "/~/b"),
    # tasks
    get("get_submission_id", "submission_id", {"value": R}, t.SubmissionId, some="x"),
    paged(get("task_list", "task_list", LIST, t.TaskList, filter="status:ACTIVE", orderby="label"), **OFFSET),
    paged(get("task_event_list", f"task/{R}/event_list", LIST, t.EventList, R, some="x"), **OFFSET),
    get("get_task", f"task/{R}", TASK, t.Task, R, fields="status"),
    change("update_task", "PUT", f"task/{R}", {"DATA_TYPE": "task", "label": "x"}, RESULT, t.Result, R, {"label": "x"}),
    change("cancel_task", "POST", f"task/{R}/cancel", None, RESULT, t.Result, R),
    get("task_pause_info", f"task/{R}/pause_info", {"pause_rules": []}, t.PauseInfoLimited, R, some="x"),
    get("task_successful_transfers", f"task/{R}/successful_transfers", LIST, t.SuccessfulTransfers, R, some="x"),
    get("task_skipped_errors", f"task/{R}/skipped_errors", LIST, t.SkippedErrors, R, some="x"),
    # endpoint manager
    get("endpoint_manager_monitored_endpoints", f"{M}/monitored_endpoints", LIST, t.EndpointList, some="x"),
    get("endpoint_manager_hosted_endpoint_list", f"{M}/endpoint/{E}/hosted_endpoint_list", LIST, t.EndpointList, E, some="x"),
    get("endpoint_manager_get_endpoint", f"{M}/endpoint/{E}", {"id": E}, t.Endpoint, E, some="x"),
    get("endpoint_manager_acl_list", f"{M}/endpoint/{E}/access_list", LIST, t.AccessRuleList, E, some="x"),
    paged(get("endpoint_manager_task_list", f"{M}/task_list", LIST, t.ManagedTaskList, filter_status="ACTIVE", filter_is_paused=1, filter_min_faults=2, filter_endpoint=E, filter_endpoint_use="source"), limit="10"),
    get("endpoint_manager_get_task", f"{M}/task/{R}", TASK, t.ManagedTask, R, some="x"),
    paged(get("endpoint_manager_task_event_list", f"{M}/task/{R}/event_list", LIST, t.EventList, R, filter_is_error=1), **OFFSET),
    get("endpoint_manager_task_pause_info", f"{M}/task/{R}/pause_info", {"pause_rules": []}, t.PauseInfoLimited, R, some="x"),
    get("endpoint_manager_task_successful_transfers", f"{M}/task/{R}/successful_transfers", LIST, t.SuccessfulTransfers, R, some="x"),
    get("endpoint_manager_task_skipped_errors", f"{M}/task/{R}/skipped_errors", LIST, t.SkippedErrors, R, some="x"),
    change("endpoint_manager_cancel_tasks", "POST", f"{M}/admin_cancel", {"DATA_TYPE": "admin_cancel", "message": "m", "task_id_list": [R]}, {"id": 6, "done": False}, t.AdminCancel, [R], "m"),
    get("endpoint_manager_cancel_status", f"{M}/admin_cancel/6", {"id": 6, "done": True}, t.AdminCancel, 6, some="x"),
    change("endpoint_manager_pause_tasks", "POST", f"{M}/admin_pause", {"DATA_TYPE": "admin_pause", "message": "m", "task_id_list": [R]}, RESULT, t.Result, [R], "m"),
    change("endpoint_manager_resume_tasks", "POST", f"{M}/admin_resume", {"task_id_list": [R]}, RESULT, t.Result, [R]),
    get("endpoint_manager_pause_rule_list", f"{M}/pause_rule_list", LIST, t.PauseRuleList, filter_endpoint=E),
    change("endpoint_manager_create_pause_rule", "POST", f"{M}/pause_rule", {"DATA_TYPE": "pause_rule", "message": "m", "endpoint_id": E}, PAUSE, t.PauseRule, {"message": "m", "endpoint_id": E}),
    get("endpoint_manager_get_pause_rule", f"{M}/pause_rule/{R}", PAUSE, t.PauseRule, R, some="x"),
    change("endpoint_manager_update_pause_rule", "PUT", f"{M}/pause_rule/{R}", {"DATA_TYPE": "pause_rule", "message": "n"}, PAUSE, t.PauseRule, R, {"message": "n"}),
    change("endpoint_manager_delete_pause_rule", "DELETE", f"{M}/pause_rule/{R}", None, RESULT, t.Result, R),
    # tunnels and stream access points
    change("create_tunnel", "POST", "v2/tunnels", {"data": {"type": "Tunnel", "attributes": {"submission_id": R}, "relationships": ENDS}}, TUNNEL, t.Tunnel, {"listener": E, "initiator": E, "submission_id": R}),
    change("update_tunnel", "PATCH", f"v2/tunnels/{R}", {"data": {"type": "Tunnel", "attributes": {"state": "STOPPING"}}}, TUNNEL, t.Tunnel, R, {"state": "STOPPING"}),
    get("get_tunnel", f"v2/tunnels/{R}", TUNNEL, t.Tunnel, R, some="x"),
    change("delete_tunnel", "DELETE", f"v2/tunnels/{R}", None, {"data": None, "meta": {"request_id": "r1"}}, t.TunnelDeleteResult, R),
    get("list_tunnels", "v2/tunnels", NOTHING, t.TunnelList, some="x"),
    get("get_tunnel_events", f"v2/tunnels/{R}/events", NOTHING, t.TunnelEventList, R, some="x"),
    get("get_stream_access_point", f"v2/stream_access_points/{R}", ACCESS_POINT, t.StreamAccessPoint, R, some="x"),
    get("list_stream_access_points", "v2/stream_access_points", NOTHING, t.StreamAccessPointList, some="x"),
    # bookmarks of version 2
    get("list_bookmarks_v2", "v2/bookmarks", NOTHING, t.BookmarkV2List, include="collection"),
    change("create_bookmark_v2", "POST", "v2/bookmarks", {"data": {"type": "Bookmark", "attributes": {"name": "b", "path": "/~/x/"}, "relationships": {"collection": {"data": {"type": "Collection", "id": E}}}}}, BOOKMARK_V2, t.BookmarkV2, {"collection": E, "name": "b", "path": "/~/x/"}),
    get("get_bookmark_v2", f"v2/bookmarks/{R}", BOOKMARK_V2, t.BookmarkV2, R, include="collection", some="x"),
    change("update_bookmark_v2", "PATCH", f"v2/bookmarks/{R}", {"data": {"type": "Bookmark", "attributes": {"name": "c"}}}, BOOKMARK_V2, t.BookmarkV2, R, {"name": "c"}),
    change("delete_bookmark_v2", "DELETE", f"v2/bookmarks/{R}", None, {"meta": {"request_id": "r1"}}, t.BookmarkV2DeleteResult, R),
]  # fmt: skip


class Answering:
    """Answers everything with one document; remembers what it was sent."""

    def __init__(self, answer: dict[str, Any]) -> None:
        self.answer = answer
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return httpx.Response(200, json=self.answer)

    def client(self) -> AsyncTransferClient:
        return AsyncTransferClient(
            AccessTokenAuthorizer("t"),
            base_url="https://transfer.example/",
            http_client=httpx.AsyncClient(transport=httpx.MockTransport(self)),
        )


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
async def test_a_method_sends_what_the_table_says_and_answers_with_its_document(row: Row) -> None:
    service = Answering(row.answer)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        called: Any = getattr(service.client(), row.name)(*row.args, **row.kwargs)
        if hasattr(called, "pages"):
            pages: Any = called.pages()
            (answer,) = [page async for page in pages]
        else:
            answer = await called
    assert type(answer) is row.type
    assert type(answer) not in (Document, Response)
    (request,) = service.requests
    assert request.method == row.method
    assert request.url.path == (f"/{row.path}" if row.path.startswith("v2/") else f"/v0.10/{row.path}")
    assert dict(request.url.params) == row.query
    assert (json.loads(request.content) if request.content else None) == row.body
    assert request.headers["Authorization"] == "Bearer t"


@pytest.mark.parametrize(
    "row",
    [row for row in ROWS if row.method in ("PUT", "PATCH") and row.type is not t.Result],
    ids=lambda row: row.name,
)
@pytest.mark.parametrize("answer", [{}, {"data": None}, {"id": None}])
async def test_the_path_fills_the_id_that_the_response_lacks(row: Row, answer: dict[str, Any]) -> None:
    changed: Any = await getattr(Answering(answer).client(), row.name)(*row.args)
    assert changed.id == R
    assert type(changed) is row.type
