# Generated from test_async_lists.py by tools/unasync.py: change that file.
"""Long lists, short pages, lists cut down by ``fields``, and services that repeat themselves: how each ends."""

import inspect
import json
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

import httpx
import pytest

from globus_typed import (
    AccessTokenAuthorizer,
    GlobusUsageError,
    PermissionDeniedError,
    ResponseShapeError,
    TransferClient,
)

pytestmark = pytest.mark.anyio

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"


def client(answer: Callable[[httpx.Request], Any]) -> tuple[TransferClient, list[httpx.QueryParams]]:
    """A client of a service that answers so, and the queries that it is asked with."""
    queries: list[httpx.QueryParams] = []

    def handle(request: httpx.Request) -> httpx.Response:
        queries.append(request.url.params)
        given = answer(request)
        return given if isinstance(given, httpx.Response) else httpx.Response(200, content=json.dumps(given))

    http = httpx.Client(transport=httpx.MockTransport(handle))
    return TransferClient(AccessTokenAuthorizer("t"), base_url="https://t.example/", http_client=http), queries


def tasks(total: int) -> Callable[[httpx.Request], Any]:
    """A service with so many tasks."""

    def answer(request: httpx.Request) -> Any:
        offset, limit = int(request.url.params["offset"]), int(request.url.params["limit"])
        data = [{"task_id": f"task-{number}"} for number in range(offset, min(total, offset + limit))]
        return {"DATA": data, "offset": offset, "limit": limit, "total": total, "length": len(data)}

    return answer


def test_a_listing_of_a_hundred_thousand_entries_is_one_answer() -> None:
    entry = {"type": "file", "size": 5, "last_modified": "2025-03-02 17:05:44+00:00"}
    tc, queries = client(lambda _: {"DATA": [{"name": f"f{number}", **entry} for number in range(100_000)]})
    listing = tc.operation_ls(ID)
    assert len(listing) == 100_000
    assert listing.items[-1].name == "f99999"
    assert listing.items[-1].last_modified == datetime(2025, 3, 2, 17, 5, 44, tzinfo=timezone.utc)
    assert len(queries) == 1


def test_all_tasks_come_page_after_page_and_no_page_too_many() -> None:
    tc, queries = client(tasks(2500))
    assert [task.task_id for task in tc.task_list(num_results=None)] == [f"task-{n}" for n in range(2500)]
    assert [query["offset"] for query in queries] == ["0", "1000", "2000"]


@pytest.mark.parametrize(("wanted", "limits"), [(10, ["10"]), (1000, ["1000"]), (1001, ["1000", "1"])])
def test_no_more_are_asked_for_than_are_wanted(wanted: int, limits: list[str]) -> None:
    tc, queries = client(tasks(5000))
    assert len(tc.task_list(num_results=wanted).data) == wanted
    assert [query["limit"] for query in queries] == limits


def test_a_pager_asks_at_the_first_entry_and_anew_each_time() -> None:
    tc, queries = client(tasks(3))
    pager = tc.task_list()
    assert not queries
    for times in (1, 2):
        assert len(pager.data) == 3
        assert len(queries) == times


def test_all_of_a_pager_is_the_list_of_its_entries_and_of_no_more_than_are_wanted() -> None:
    tc, queries = client(tasks(2500))
    assert [task.task_id for task in tc.task_list(num_results=1500).all()] == [f"task-{n}" for n in range(1500)]
    assert [query["limit"] for query in queries] == ["1000", "500"]
    pager = tc.task_list(num_results=2)
    assert pager.all() == pager.data == list(pager)


def test_a_search_ends_at_the_services_thousand_although_there_is_more() -> None:
    def answer(request: httpx.Request) -> Any:
        offset, limit = int(request.url.params["offset"]), int(request.url.params["limit"])
        return {"DATA": [{"id": f"{n}"} for n in range(offset, offset + limit)], "has_next_page": True}

    tc, queries = client(answer)
    assert len(tc.endpoint_search("x", num_results=None).data) == 1000
    assert len(queries) == 10
    assert {query["limit"] for query in queries} == {"100"}


def test_pages_that_are_alike_are_all_read() -> None:
    def answer(request: httpx.Request) -> Any:
        offset = int(request.url.params["offset"])
        return {"DATA": [{"status": "ACTIVE"}] * min(1000, 2105 - offset), "total": 2105}

    tc, queries = client(answer)
    assert len(tc.task_list(None, fields="status").all()) == 2105
    assert len(queries) == 3


def test_a_service_that_leads_in_a_circle_is_told_and_asked_no_further() -> None:
    entry, after = {"source_path": "/"}, {"a": "b"}
    tc, queries = client(lambda request: {"DATA": [entry], "next_marker": after.get(marker(request), "a")})
    pager = tc.task_successful_transfers(ID, num_results=None)
    with pytest.raises(ResponseShapeError, match="leads in a circle"):
        pager.all()
    assert [query.get("marker") for query in queries] == [None, "a", "b"]


def marker(request: httpx.Request) -> str:
    return str(request.url.params.get("marker"))


def test_after_an_error_the_walk_goes_on_where_it_was() -> None:
    def answer(request: httpx.Request) -> Any:
        if len(queries) in {2, 3}:
            return httpx.Response(403, json={"code": "PermissionDenied", "message": "no"})
        return tasks(1500)(request)

    tc, queries = client(answer)
    entries = tc.task_list(num_results=None).__iter__()
    for _ in range(1000):
        entries.__next__()
    for _ in range(2):
        with pytest.raises(PermissionDeniedError):
            entries.__next__()
    assert len(list(entries)) == 500


def test_the_first_entry_and_no_entry_by_number() -> None:
    tc, queries = client(tasks(2500))
    first = tc.task_list().first()
    assert first is not None
    assert first.task_id == "task-0"
    assert len(queries) == 1
    pager: Any = tc.task_list()
    with pytest.raises(GlobusUsageError, match=r"take \.first\(\), or \.data\[0\]"):
        pager[0]
    nothing, _ = client(tasks(0))
    assert nothing.task_list().first() is None


@pytest.mark.parametrize("end", [{"next_marker": None}, {"next_marker": 0}, {}])
def test_markers_are_followed_until_there_is_none(end: dict[str, Any]) -> None:
    def answer(request: httpx.Request) -> Any:
        marker = request.url.params.get("marker")
        more = {"next_marker": 71204} if marker is None else end
        return {"DATA": [{"source_path": f"/from/{marker}"}], **more}

    tc, queries = client(answer)
    paths = [moved.source_path for moved in tc.task_successful_transfers(ID, num_results=None)]
    assert paths == ["/from/None", "/from/71204"]
    assert len(queries) == 2


def test_last_keys_and_next_tokens_are_followed_until_there_is_none() -> None:
    def by_key(request: httpx.Request) -> Any:
        key = request.url.params.get("last_key")
        return {"DATA": [{"task_id": str(key)}], "has_next_page": key is None, "last_key": "complete,2025"}

    tc, queries = client(by_key)
    found = tc.endpoint_manager_task_list(num_results=None, filter_status="ACTIVE").data
    assert [task.task_id for task in found] == ["None", "complete,2025"]
    assert [query["limit"] for query in queries] == ["1000", "1000"]

    def by_token(request: httpx.Request) -> Any:
        token = request.url.params.get("next_token")
        return {"shared_endpoints": [{"id": str(token)}], "next_token": "t2" if token is None else None}

    tc, queries = client(by_token)
    assert [share.id for share in tc.get_shared_endpoint_list(ID)] == ["None", "t2"]
    assert len(queries) == 2


@pytest.mark.parametrize("fields", ["display_name", ["display_name", "public"]])
def test_fields_that_leave_out_even_the_id_still_give_a_document(fields: str | list[str]) -> None:
    tc, queries = client(lambda _: {"display_name": "x"})
    endpoint = tc.get_endpoint(ID, fields=fields)
    assert endpoint.display_name == "x"
    assert endpoint.data == {"display_name": "x"}
    with pytest.raises(AttributeError):
        assert endpoint.id
    assert queries[0]["fields"] == (fields if isinstance(fields, str) else "display_name,public")
    with pytest.raises(ResponseShapeError, match="id"):
        tc.get_endpoint(ID)


def test_fields_cut_down_the_entries_of_a_list_too() -> None:
    tc, _ = client(lambda _: {"DATA": [{"label": "a"}, {"label": "b"}], "total": 2})
    assert [task.label for task in tc.task_list(fields="label")] == ["a", "b"]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"filter_status": "SUCCEEDED"}, "filter_status"),
        ({"filter_task_id": [ID], "filter_status": "ACTIVE"}, "filter_task_id"),
        ({"filter_task_id": [ID] * 51}, "filter_task_id"),
        ({"filter_owner_id": ID}, "filter_owner_id"),
        ({"filter_endpoint_use": "source"}, "filter_endpoint_use"),
        ({"filter_local_user": "w"}, "filter_local_user"),
        ({"filter_is_paused": True}, "filter_is_paused"),
        ({"filter_is_paused": True, "filter_status": ["ACTIVE", "FAILED"], "filter_endpoint": ID}, "filter_is_paused"),
        ({"filter_min_faults": -1, "filter_endpoint": ID}, "filter_min_faults"),
        ({"filter_completion_time": (datetime(2025, 1, 1), None)}, "filter_completion_time"),
        ({"num_results": 0}, "num_results"),
    ],
)
def test_filters_of_managed_tasks_that_do_not_go_together_are_refused_at_the_call(
    arguments: dict[str, Any], named: str
) -> None:
    tc, queries = client(lambda _: {"DATA": []})
    with pytest.raises(GlobusUsageError, match=named):
        tc.endpoint_manager_task_list(**arguments)
    assert not queries


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"filter_scope": "all"},
        {"filter_fulltext": ""},
        {"filter_scope": "my-endpoints", "filter_owner_id": ID},
        {"filter_entity_type": "GCP_mapped_collection", "filter_non_functional": True},
    ],
)
def test_a_search_that_the_service_would_refuse_is_refused_at_the_call(arguments: dict[str, Any]) -> None:
    tc, queries = client(lambda _: {"DATA": []})
    with pytest.raises(GlobusUsageError, match="filter_"):
        tc.endpoint_search(**arguments)
    assert not queries


def test_retired_methods_say_so() -> None:
    tc, _ = client(lambda _: {"code": "Deactivated"})
    with pytest.warns(DeprecationWarning, match="endpoint_deactivate"):
        tc.endpoint_deactivate(ID)


def test_every_method_has_a_docstring_that_names_its_route() -> None:
    for name, method in inspect.getmembers(TransferClient, inspect.isfunction):
        if not name.startswith("_") and method.__module__.startswith("globus_typed.transfer"):
            assert "``" in (method.__doc__ or ""), name


def test_a_list_is_resumed_from_an_offset_in_pages_of_ones_own_size() -> None:
    tc, queries = client(tasks(2500))
    found = tc.task_list(num_results=None, offset=2100, limit=150).all()
    assert [task.task_id for task in found] == [f"task-{number}" for number in range(2100, 2500)]
    assert [(query["offset"], query["limit"]) for query in queries] == [
        ("2100", "150"),
        ("2250", "150"),
        ("2400", "150"),
    ]


RESUMED: list[tuple[Callable[[TransferClient], Any], dict[str, str]]] = [
    (lambda tc: tc.task_successful_transfers(ID, marker=71204), {"marker": "71204"}),
    (lambda tc: tc.task_skipped_errors(ID, marker="m1"), {"marker": "m1"}),
    (lambda tc: tc.endpoint_manager_task_successful_transfers(ID, marker="m1"), {"marker": "m1"}),
    (lambda tc: tc.endpoint_manager_task_skipped_errors(ID, marker="m1"), {"marker": "m1"}),
    (lambda tc: tc.endpoint_manager_task_list(None, limit=7, last_key="k,1"), {"limit": "7", "last_key": "k,1"}),
    (lambda tc: tc.endpoint_manager_task_event_list(ID, None, limit=7, offset=3), {"limit": "7", "offset": "3"}),
    (lambda tc: tc.task_event_list(ID, None, limit=7, offset=3), {"limit": "7", "offset": "3"}),
    (lambda tc: tc.endpoint_search("x", limit=7, offset=3), {"filter_fulltext": "x", "limit": "7", "offset": "3"}),
    (
        lambda tc: tc.get_shared_endpoint_list(ID, max_results=7, next_token="t1"),
        {"max_results": "7", "next_token": "t1"},
    ),
    (lambda tc: tc.list_tunnels(limit=7, marker=12), {"page[limit]": "7", "page[marker]": "12"}),
    (lambda tc: tc.get_tunnel_events(ID, limit=7, marker="12"), {"page[limit]": "7", "page[marker]": "12"}),
    (lambda tc: tc.list_stream_access_points(limit=7, marker=12), {"page[limit]": "7", "page[marker]": "12"}),
]


@pytest.mark.parametrize(("call", "query"), RESUMED)
def test_every_list_can_be_resumed(call: Callable[[TransferClient], Any], query: dict[str, str]) -> None:
    empty: dict[str, Any] = {"DATA": [], "data": [], "shared_endpoints": []}
    tc, queries = client(lambda _: empty)
    assert call(tc).all() == []
    assert [dict(each) for each in queries] == [query]


@pytest.mark.parametrize(
    ("name", "values"),
    [("limit", [0, 1001, "many", True]), ("offset", [-1, 1.5]), ("marker", ["", True, b"m", 1.5])],
)
def test_a_place_or_size_that_is_none_is_refused_at_the_call(name: str, values: list[Any]) -> None:
    tc, queries = client(tasks(1))
    for value in values:
        with pytest.raises(GlobusUsageError, match=f"^{name}: "):
            if name == "marker":
                tc.task_successful_transfers(ID, marker=value)
            else:
                tc.task_list(**{name: value})
    assert queries == []
