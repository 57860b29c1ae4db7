# Generated from test_async_official_forms.py by tools/unasync.py: change that file.
"""The forms that calls have in globus-sdk 4.x: pages, low-level bodies, tokens."""

from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from globus_typed import GlobusUsageError
from globus_typed.core.pager import Pager
from globus_typed.core.paginator import Paginator
from globus_typed.transfer import TaskUpdate
from globus_typed.transfer.client import TransferClient
from globus_typed.transfer.client.official_forms import PaginatedMethods

from .service import ID, Service, ok

pytestmark = pytest.mark.anyio


def _tasks(request: httpx.Request) -> httpx.Response:
    offset, limit = (int(request.url.params[name]) for name in ("offset", "limit"))
    data = [{"task_id": f"task-{number}"} for number in range(offset, min(1200, offset + limit))]
    return ok(DATA=data, total=1200, offset=offset, limit=limit)


def test_paginated_gives_all_pages_where_the_method_itself_has_a_limit() -> None:
    service = Service(_tasks)
    paginator = service.transfer().paginated.task_list(filter="status:ACTIVE")
    assert not service.requests
    assert [len(page) for page in paginator] == [1000, 200]
    assert [len(page["DATA"]) for page in paginator.pages()] == [1000, 200]
    assert [task["task_id"] for task in paginator.items()][-1] == "task-1199"
    assert {query["filter"] for query in service.queries} == {"status:ACTIVE"}


def test_paginated_takes_the_parameters_of_the_method() -> None:
    service = Service(_tasks)
    client = service.transfer()
    assert len(list(client.paginated.task_list(7).items())) == 7
    assert len(list(client.paginated.task_list(num_results=7).items())) == 7
    misspelt: Any = client.paginated.task_list
    with pytest.raises(GlobusUsageError, match='did you mean "filter"'):
        misspelt(filters="status:ACTIVE")
    unknown: Any = client.paginated
    with pytest.raises(AttributeError):
        unknown.get_task(ID)


def test_every_method_that_gives_a_pager_is_paginated() -> None:
    client = Service(ok()).transfer()
    pagers: set[str] = set()
    for name in dir(TransferClient):
        annotation = str(getattr(getattr(TransferClient, name), "__annotations__", {}).get("return"))
        if not name.startswith("_") and annotation.startswith(f"{Pager.__name__}["):
            pagers.add(name)
    assert pagers
    assert {*vars(PaginatedMethods(client))} == pagers
    arguments: dict[str, tuple[str, ...]] = {"task_list": (), "endpoint_search": ("x",)}
    for name in sorted(pagers):
        made = getattr(client.paginated, name)
        given = arguments.get(name, () if name.startswith(("list_", "endpoint_manager_task_list")) else (ID,))
        assert isinstance(made(*given), Paginator)
        assert isinstance(getattr(client, name)(*given), Pager)


def test_a_pager_has_its_entries_by_their_name_on_the_wire() -> None:
    service = Service(_tasks)
    client = service.transfer()
    entries = client.task_list(num_results=2)["DATA"]
    assert entries == [{"task_id": "task-0"}, {"task_id": "task-1"}]
    with pytest.raises(GlobusUsageError, match=r"'total' is of a page: see \.pages\(\)"):
        client.task_list()["total"]
    shared = Service(ok(shared_endpoints=[{"id": ID}], next_token=None)).transfer().get_shared_endpoint_list(ID)
    assert shared["shared_endpoints"] == [{"id": ID}]
    with pytest.raises(GlobusUsageError, match=r'has the entries as \["shared_endpoints"\]'):
        shared["DATA"]


@pytest.mark.parametrize("method", ["post", "put", "patch"])
@pytest.mark.parametrize(
    ("body", "sent", "kind"),
    [
        ({"data": {"a": 1}}, b'{"a":1}', "application/json"),
        ({"data": {"a": 1}, "encoding": "json"}, b'{"a":1}', "application/json"),
        ({"data": {}}, b"{}", "application/json"),
        ({"data": TaskUpdate(label="x")}, b'{"DATA_TYPE":"task","label":"x"}', "application/json"),
        ({"data": {"a": "b c"}, "encoding": "form"}, b"a=b+c", "application/x-www-form-urlencoded"),
        ({"data": "as it is"}, b"as it is", None),
        ({"data": "as it is", "encoding": "text"}, b"as it is", None),
        ({"data": b"\x00\xff"}, b"\x00\xff", None),
        ({}, b"", None),
    ],
)
def test_the_data_of_a_low_level_call(method: str, body: Mapping[str, Any], sent: bytes, kind: str | None) -> None:
    service = Service(ok())
    getattr(service.transfer(), method)("x", query_params={"q": "1", "none": None}, **body)
    (request,) = service.requests
    assert (request.method, request.content, request.headers.get("Content-Type")) == (method.upper(), sent, kind)
    assert request.url.query == b"q=1"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"data": {}, "json_body": {}}, "json_body, data: only one of them"),
        ({"data": "x", "text_body": "x"}, "text_body, data: only one of them"),
        ({"data": [1]}, "data: must be a mapping, such as a dict, a payload, a str or bytes, got list"),
        ({"data": "\ud800"}, "data: must be encodable as UTF-8"),
        ({"data": {}, "encoding": "xml"}, 'encoding: must be "json", "form" or "text", got \'xml\''),
        ({"data": "x", "encoding": "json"}, 'encoding: "json" is for data that is a Mapping or a Payload'),
        ({"data": {}, "encoding": "text"}, 'encoding: "text" is for data that is a str or a bytes'),
        ({"json_body": {}, "encoding": "form"}, 'encoding: "form" is for data that is a Mapping'),
        ({"query_params": "a=b"}, "query_params: must be a mapping"),
        ({"params": {"a": 1}, "query_params": {"a": 2}}, "a: is given twice, in params and in query_params"),
    ],
)
def test_a_wrong_low_level_call_is_told_of(arguments: Mapping[str, Any], message: str) -> None:
    service = Service(ok())
    with pytest.raises(GlobusUsageError) as caught:
        service.transfer().patch("x", **arguments)
    assert message in str(caught.value)
    assert not service.requests


def test_a_patch_is_not_repeated_when_it_may_have_arrived_and_the_others_are() -> None:
    service = Service(httpx.ReadError("lost"), ok())
    with pytest.raises(Exception, match="lost"):
        service.transfer().patch("x", data={})
    service = Service(httpx.ReadError("lost"), ok())
    service.transfer().put("x", data={})
    assert len(service.requests) == 2


def test_reading_takes_query_params_too() -> None:
    service = Service(ok(x=1))
    client = service.transfer()
    client.get("x", {"a": 1}, query_params={"b": ["1", "2"]})
    client.delete("x", query_params={"c": True})
    assert [request.url.query for request in service.requests] == [b"a=1&b=1&b=2", b"c=true"]


def test_dependent_tokens_with_refresh_tokens_and_of_some_scopes() -> None:
    service = Service(httpx.Response(200, json=[]))
    app = service.confidential()
    app.oauth2_get_dependent_tokens("t")
    app.oauth2_get_dependent_tokens("t", refresh_tokens=True, scope=["a", "b[c]"])
    app.oauth2_get_dependent_tokens("t", {"x": "y"}, scope="a b")
    grant = {"grant_type": "urn:globus:auth:grant_type:dependent_token", "token": "t"}
    assert service.forms == [
        grant,
        {**grant, "access_type": "offline", "scope": "a b[c]"},
        {**grant, "scope": "a b", "x": "y"},
    ]
    asked: Any = app.oauth2_get_dependent_tokens
    for wrong, message in (({"refresh_tokens": "yes"}, "refresh_tokens: "), ({"scope": ["a b]"]}, "scope: ")):
        with pytest.raises(GlobusUsageError, match=message):
            asked("t", **wrong)
    assert len(service.requests) == 3


def test_further_query_parameters_of_auth() -> None:
    service = Service(ok(active=True))
    service.confidential().oauth2_token_introspect("t", query_params={"x": "y"})
    assert service.queries == [{"x": "y"}]
    assert service.forms == [{"token": "t"}]
    native = service.native()
    login = native.oauth2_start_flow()
    for url in (
        native.oauth2_get_authorize_url(query_params={"x": "y"}),
        login.get_authorize_url({"x": "y"}),
        login.get_authorize_url(query_params={"x": "y"}),
    ):
        assert httpx.URL(url).params["x"] == "y"
    with pytest.raises(GlobusUsageError, match="x: is given twice"):
        login.get_authorize_url({"x": "y"}, query_params={"x": "z"})
    wrong: Any = "x=y"
    with pytest.raises(GlobusUsageError, match="query_params: must be a mapping, got str"):
        login.get_authorize_url(query_params=wrong)
