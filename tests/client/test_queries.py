# Generated from test_async_queries.py by tools/unasync.py: change that file.
"""The parameters of Transfer's reading methods, in the forms that programs give them, as the service reads them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from globus_typed import GlobusUsageError, NotFoundError, TransferClient

from .service import ID, OTHER, Service, error, ok

pytestmark = pytest.mark.anyio

Call = Callable[[TransferClient], Any]


def asked(call: Call) -> list[tuple[str, str]]:
    """The query that a call sends, without what a pager adds of its own."""
    service = Service(ok(DATA=[], task_id=ID, id=ID, name="a"))
    called = call(service.transfer())
    if hasattr(called, "pages"):
        assert called.data == []
    else:
        _ = called
    (request,) = service.requests
    return [(name, value) for name, value in request.url.params.multi_items() if name not in ("limit", "offset")]


QUERIES: list[tuple[Call, list[tuple[str, str]]]] = [
    (lambda tc: tc.operation_ls(ID), []),
    (lambda tc: tc.operation_ls(ID, "/~/a b/ü&c"), [("path", "/~/a b/ü&c")]),
    (lambda tc: tc.operation_ls(ID, path=""), [("path", "")]),
    (lambda tc: tc.operation_ls(ID, show_hidden=False), [("show_hidden", "0")]),
    (lambda tc: tc.operation_ls(ID, orderby=["type", "size DESC"]), [("orderby", "type,size DESC")]),
    (lambda tc: tc.operation_ls(ID, filter="name:~*.csv"), [("filter", "name:~*.csv")]),
    (
        lambda tc: tc.operation_ls(ID, filter={"type": "file", "name": ["a", "b"]}),
        [("filter", "type:file/name:a,b")],
    ),
    (
        lambda tc: tc.operation_ls(ID, filter=["type:file", {"name": "!~*.tmp"}]),
        [("filter", "type:file"), ("filter", "name:!~*.tmp")],
    ),
    (lambda tc: tc.operation_ls(ID, filter=[]), []),
    (
        lambda tc: tc.operation_ls(ID, fields=["name", "size"], local_user="w"),
        [("fields", "name,size"), ("local_user", "w")],
    ),
    (lambda tc: tc.operation_ls(ID, query_params={"brand_new": "x", "none": None}), [("brand_new", "x")]),
    (lambda tc: tc.operation_stat(ID, "/~/a", local_user="w"), [("path", "/~/a"), ("local_user", "w")]),
    (lambda tc: tc.get_endpoint(ID, fields="id"), [("fields", "id")]),
    (lambda tc: tc.get_endpoint(ID, fields=("id", "display_name")), [("fields", "id,display_name")]),
    (lambda tc: tc.get_task(ID, fields=["status"]), [("fields", "status")]),
    (lambda tc: tc.task_list(filter={"status": ["ACTIVE", "INACTIVE"]}), [("filter", "status:ACTIVE,INACTIVE")]),
    (lambda tc: tc.task_list(filter="type:DELETE/label:~x*"), [("filter", "type:DELETE/label:~x*")]),
    (lambda tc: tc.task_list(orderby="request_time DESC"), [("orderby", "request_time DESC")]),
    (lambda tc: tc.task_event_list(ID, is_error=True), [("filter", "is_error:1")]),
    (lambda tc: tc.task_event_list(ID, is_error=False), [("filter", "is_error:0")]),
    (lambda tc: tc.task_event_list(ID, query_params={"filter": "is_error:1"}), [("filter", "is_error:1")]),
    (lambda tc: tc.task_successful_transfers(ID, query_params={"marker": "7"}), [("marker", "7")]),
    (lambda tc: tc.endpoint_search("lab data"), [("filter_fulltext", "lab data")]),
    (lambda tc: tc.endpoint_search(filter_scope="my-endpoints"), [("filter_scope", "my-endpoints")]),
    (lambda tc: tc.endpoint_search(filter_owner_id=UUID(OTHER)), [("filter_owner_id", OTHER)]),
    (lambda tc: tc.endpoint_search(filter_host_endpoint=ID), [("filter_host_endpoint", ID)]),
    (
        lambda tc: tc.endpoint_search("x", filter_non_functional=True),
        [("filter_fulltext", "x"), ("filter_non_functional", "1")],
    ),
    (
        lambda tc: tc.endpoint_search(filter_entity_type="GCP_guest_collection", fields=["id"]),
        [("filter_entity_type", "GCP_guest_collection"), ("fields", "id")],
    ),
    (lambda tc: tc.endpoint_search("x", "all", 5), [("filter_fulltext", "x"), ("filter_scope", "all")]),
]


@pytest.mark.parametrize(("call", "query"), QUERIES)
def test_parameters_go_out_as_the_service_reads_them(call: Call, query: list[tuple[str, str]]) -> None:
    assert asked(call) == query


def test_a_callers_filters_stay_as_they_are() -> None:
    filters: list[Any] = ["type:file", {"name": ["a", "b"]}]
    asked(lambda tc: tc.operation_ls(ID, filter=filters))
    assert filters == ["type:file", {"name": ["a", "b"]}]


COUNTED: list[Callable[[TransferClient, int], Any]] = [
    lambda tc, number: tc.endpoint_search("x", num_results=number),
    lambda tc, number: tc.task_list(num_results=number),
    lambda tc, number: tc.task_event_list(ID, number),
    lambda tc, number: tc.task_successful_transfers(ID, number),
    lambda tc, number: tc.task_skipped_errors(ID, number),
]


@pytest.mark.parametrize("num_results", [0, -1])
@pytest.mark.parametrize("call", COUNTED)
def test_no_results_are_refused_at_the_call(call: Callable[[TransferClient, int], Any], num_results: int) -> None:
    service = Service(ok(DATA=[]))
    with pytest.raises(GlobusUsageError, match=rf"^num_results: .*{num_results}"):
        call(service.transfer(), num_results)
    assert not service.requests


LIMITS: list[tuple[Call, list[str]]] = [
    (lambda tc: tc.endpoint_search("x"), ["25"]),
    (lambda tc: tc.endpoint_search("x", num_results=250), ["100"]),
    (lambda tc: tc.endpoint_search("x", num_results=None), ["100"]),
    (lambda tc: tc.endpoint_search("x", num_results=2000, query_params={"limit": 10}), ["10"]),
    (lambda tc: tc.task_list(), ["10"]),
    (lambda tc: tc.task_list(num_results=None), ["1000"]),
    (lambda tc: tc.task_event_list(ID), ["10"]),
    (lambda tc: tc.task_successful_transfers(ID), []),
]


@pytest.mark.parametrize(("call", "limits"), LIMITS)
def test_the_first_page_is_as_long_as_wanted_or_as_the_service_gives(call: Call, limits: list[str]) -> None:
    service = Service(ok(DATA=[]))
    assert call(service.transfer()).data == []
    assert [query["limit"] for query in service.queries if "limit" in query] == limits


def test_pages_are_documents_with_what_they_tell_of_the_list() -> None:
    first = ok(DATA=[{"id": "a"}, {"id": "b"}], has_next_page=True, offset=0, limit=100)
    second = ok(DATA=[{"id": "c"}], has_next_page=False, offset=2, limit=100)
    service = Service(first, second)
    pager = service.transfer().endpoint_search("x", num_results=None)
    pages = list(pager.pages())
    assert [[endpoint.id for endpoint in page] for page in pages] == [["a", "b"], ["c"]]
    assert [page.has_next_page for page in pages] == [True, False]
    assert all(page.http is not None for page in pages)
    assert [query["offset"] for query in service.queries] == ["0", "2"]


def test_a_longer_page_than_was_asked_for_is_cut() -> None:
    service = Service(ok(DATA=[{"id": str(number)} for number in range(9)], has_next_page=True))
    pager = service.transfer().endpoint_search("x", num_results=4)
    assert [endpoint["id"] for endpoint in pager.data] == ["0", "1", "2", "3"]
    assert len(service.requests) == 1


def test_markers_go_on_until_there_are_enough() -> None:
    page = [{"source_path": "/a"}, {"source_path": "/b"}]
    other = [{"source_path": "/c"}, {"source_path": "/d"}]
    service = Service(ok(DATA=page, next_marker="m1"), ok(DATA=other, next_marker="m2"))
    moved = [each.source_path for each in service.transfer().task_successful_transfers(ID, num_results=3)]
    assert moved == ["/a", "/b", "/c"]
    assert [query.get("marker") for query in service.queries] == [None, "m1"]


def test_an_empty_page_with_a_marker_is_not_the_end() -> None:
    service = Service(ok(DATA=[], next_marker=5), ok(DATA=[{"source_path": "/a"}], next_marker=0))
    assert len(service.transfer().task_skipped_errors(ID).data) == 1


def test_what_the_service_refuses_comes_with_the_first_entry() -> None:
    service = Service(error(404))
    pager = service.transfer().task_event_list(ID)
    assert not service.requests
    for _ in range(2):
        with pytest.raises(NotFoundError):
            pager.all()
    assert len(service.requests) == 2


def test_a_walk_that_is_left_asks_for_no_more() -> None:
    service = Service(ok(DATA=[{"id": "a"}, {"id": "b"}], has_next_page=True))
    for endpoint in service.transfer().endpoint_search("x", num_results=None):
        assert endpoint.id == "a"
        break
    assert len(service.requests) == 1


def test_two_walks_over_one_pager_do_not_meet() -> None:
    def answer(request: Any) -> Any:
        offset = int(request.url.params["offset"])
        return ok(DATA=[{"id": str(offset)}], has_next_page=offset < 2)

    pager = Service(answer).transfer().endpoint_search("x", num_results=None)
    pairs = [(one.id, [other.id for other in pager]) for one in pager]
    assert pairs == [(str(number), ["0", "1", "2"]) for number in range(3)]


def test_the_repr_of_a_pager_says_what_it_asks() -> None:
    pager = Service(ok()).transfer().task_event_list(ID, 7)
    assert f"GET /v0.10/task/{ID}/event_list, num_results=7" in repr(pager)


def test_an_endpoint_search_takes_a_page_from_the_middle() -> None:
    service = Service(ok(DATA=[{"id": "a"}], has_next_page=False))
    service.transfer().endpoint_search("x", num_results=None, query_params={"offset": 990}).all()
    assert service.queries == [{"filter_fulltext": "x", "limit": "10", "offset": "990"}]
