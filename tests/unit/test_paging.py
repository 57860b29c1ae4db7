"""Given this page, which request fetches the next?"""

from typing import Any

import pytest

from globus_typed import ListDocument, Request
from globus_typed.core.paging import LastKeyPaging, LinkPaging, MarkerPaging, NextTokenPaging, OffsetPaging, PagingStyle


class Page(ListDocument[int], frozen=True):
    """Numbers."""


def request(**query: Any) -> Request[Page]:
    return Request("GET", ("x",), Page, query=query)


def page(count: int = 2, **members: Any) -> Page:
    return Page.model_validate({"DATA": list(range(count)), **members})


def query(request: Request[Page] | None) -> dict[str, Any] | None:
    return None if request is None else dict(request.query)


OFFSET, CAPPED = OffsetPaging(page_size=100), OffsetPaging(page_size=100, cap=1000)


@pytest.mark.parametrize(
    ("wanted", "given", "limit", "offset"),
    [
        (None, {}, 100, 0),
        (25, {}, 25, 0),
        (500, {}, 100, 0),
        (None, {"limit": 10}, 10, 0),
        (5, {"limit": "10", "offset": "30"}, 5, 30),
        (None, {"limit": 500}, 100, 0),
    ],
)
def test_the_first_page_is_no_longer_than_wanted_or_the_service_gives(
    wanted: int | None, given: dict[str, Any], limit: int, offset: int
) -> None:
    assert query(OFFSET.first(request(a="b", **given), wanted)) == {"a": "b", "limit": limit, "offset": offset}


def test_the_last_page_of_those_wanted_is_as_long_as_what_is_missing() -> None:
    first = OFFSET.first(request(), 150)
    assert query(OFFSET.following(first, page(100, total=500), 100, 150)) == {"limit": 50, "offset": 100}
    assert query(OFFSET.following(first, page(60, total=500), 60, 150)) == {"limit": 90, "offset": 60}


@pytest.mark.parametrize(
    ("members", "more"),
    [
        ({"has_next_page": True}, True),
        ({"has_next_page": False}, False),
        ({"has_next_page": False, "total": 900}, False),
        ({"has_next_page": True, "total": 2}, True),
        ({"total": 3}, True),
        ({"total": 2}, False),
        ({"total": None}, False),
        ({}, False),
    ],
)
def test_a_page_tells_whether_there_are_more(members: dict[str, Any], more: bool) -> None:
    first = OFFSET.first(request(), None)
    following = OFFSET.following(first, page(2, **members), 2, None)
    assert query(following) == ({"limit": 100, "offset": 2} if more else None)


def test_an_empty_page_ends_the_walk_though_it_tells_of_more() -> None:
    assert OFFSET.following(OFFSET.first(request(), None), page(0, total=9), 0, None) is None


def test_the_cap_of_a_search_is_not_passed() -> None:
    at = CAPPED.first(request(offset=850), None)
    at = CAPPED.following(at, page(100, has_next_page=True), 100, None) or at
    assert query(at) == {"limit": 50, "offset": 950}
    assert CAPPED.following(at, page(50, has_next_page=True), 150, None) is None


@pytest.mark.parametrize(("marker", "following"), [("abc", "abc"), (7, "7"), (None, None), (0, None), ("", None)])
def test_a_marker_leads_to_the_next_page_and_null_and_zero_to_none(marker: object, following: str | None) -> None:
    first = MarkerPaging().first(request(a="b"), 5)
    assert query(first) == {"a": "b"}
    expected = None if following is None else {"a": "b", "marker": following}
    assert query(MarkerPaging().following(first, page(next_marker=marker), 2, 5)) == expected


def test_a_marker_that_is_absent_or_leads_nowhere_ends_the_walk() -> None:
    assert MarkerPaging().following(request(), page(), 2, None) is None
    for asked, told in (("7", 7), (7, "7"), ("abc", "abc")):
        assert MarkerPaging().following(request(marker=asked), page(next_marker=told), 2, None) is None


def test_a_last_key_leads_to_the_next_page() -> None:
    style = LastKeyPaging(page_size=1000)
    first = style.first(request(), 1500)
    assert query(first) == {"limit": 1000}
    told = page(has_next_page=True, last_key="complete,2025")
    second = style.following(first, told, 1000, 1500)
    assert query(second) == {"limit": 500, "last_key": "complete,2025"}
    assert second is not None
    assert style.following(second, told, 1500, None) is None
    for end in (page(has_next_page=False, last_key="x"), page(last_key="x"), page(has_next_page=True)):
        assert style.following(first, end, 2, None) is None


def test_a_next_token_leads_to_the_next_page() -> None:
    style = NextTokenPaging(page_size=1000)
    first = style.first(request(), None)
    assert query(first) == {"max_results": 1000}
    second = style.following(first, page(next_token="t"), 2, None)
    assert query(second) == {"max_results": 1000, "next_token": "t"}
    assert second is not None
    assert style.following(second, page(next_token="t"), 4, None) is None
    for end in (page(next_token=None), page()):
        assert style.following(first, end, 2, None) is None


@pytest.mark.parametrize(
    ("links", "following"),
    [
        (
            {"next": "https://elsewhere.example/v2/y?page[marker]=abc&page[limit]=2"},
            {"page[marker]": "abc", "page[limit]": "2", "a": "b"},
        ),
        ({"next": "/v2/x?page%5Bmarker%5D=abc"}, {"page[marker]": "abc", "a": "b"}),
        ({"next": None}, None),
        ({"next": "/v2/x?a=b"}, None),
        ({}, None),
        (None, None),
        ("odd", None),
    ],
)
def test_a_link_gives_the_query_of_the_next_page_and_not_its_place(
    links: Any, following: dict[str, Any] | None
) -> None:
    first = LinkPaging().first(request(a="b"), None)
    second = LinkPaging().following(first, page(links=links), 2, None)
    assert query(second) == following
    assert second is None or second.path == first.path


STYLES: list[PagingStyle] = [OFFSET, MarkerPaging(), LastKeyPaging(1000), NextTokenPaging(1000), LinkPaging()]


@pytest.mark.parametrize("style", STYLES, ids=lambda style: type(style).__name__)
def test_a_page_that_tells_nothing_is_the_last(style: PagingStyle) -> None:
    assert style.following(style.first(request(), None), page(), 2, None) is None
