"""Given this page, which request fetches the next?"""

from typing import Any

import pytest

from globus_typed import ListDocument, Request, ResponseShapeError
from globus_typed.core.paging import (
    LastKeyPaging,
    LinkPaging,
    MarkerPaging,
    NextTokenPaging,
    OffsetPaging,
    PagingStyle,
    Walk,
)


class Page(ListDocument[int], frozen=True):
    """Numbers."""


def request(**query: Any) -> Request[Page]:
    return Request("GET", ("x",), Page, query=query)


def page(count: int = 2, **members: Any) -> Page:
    return Page.model_validate({"DATA": list(range(count)), **members})


def query(request: Request[Page] | None) -> dict[str, Any] | None:
    return None if request is None else dict(request.query)


OFFSET, CAPPED = OffsetPaging(page_size=100), OffsetPaging(page_size=100, cap=1000)
MARKER = MarkerPaging()


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


def test_a_marker_that_is_absent_ends_the_walk() -> None:
    assert MarkerPaging().following(request(), page(), 2, None) is None


def test_a_last_key_leads_to_the_next_page() -> None:
    style = LastKeyPaging(page_size=1000)
    first = style.first(request(), 1500)
    assert query(first) == {"limit": 1000}
    told = page(has_next_page=True, last_key="complete,2025")
    second = style.following(first, told, 1000, 1500)
    assert query(second) == {"limit": 500, "last_key": "complete,2025"}
    for end in (page(has_next_page=False, last_key="x"), page(last_key="x"), page(has_next_page=True)):
        assert style.following(first, end, 2, None) is None


def test_a_next_token_leads_to_the_next_page() -> None:
    style = NextTokenPaging(page_size=1000)
    first = style.first(request(), None)
    assert query(first) == {"max_results": 1000}
    second = style.following(first, page(next_token="t"), 2, None)
    assert query(second) == {"max_results": 1000, "next_token": "t"}
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
        ({"next": "/v2/x?a=b"}, {"a": "b"}),
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


def walked(style: PagingStyle, pages: list[Page], **query: Any) -> list[int]:
    """How many entries the pages have that are asked for, one after another."""
    walk = Walk(style.first(request(**query), None), style, None)
    found: list[int] = []
    while walk.request() is not None:
        found.append(len(pages[0]))
        walk.take(pages.pop(0))
    return found


def test_a_page_is_known_by_what_is_asked_and_not_by_its_entries() -> None:
    assert walked(MARKER, [page(n, next_marker=m) for n, m in ((2, "a"), (0, "b"), (0, "c"), (2, None))]) == [
        2,
        0,
        0,
        2,
    ]
    assert walked(OFFSET, [page(2, total=6), page(2, total=6), page(2, total=6)]) == [2, 2, 2]


@pytest.mark.parametrize(
    ("style", "pages"),
    [
        (OFFSET, [page(2, total=9), page(0, total=9)]),
        (OFFSET, [page(0, has_next_page=True)]),
        (MARKER, [page(2, next_marker=m) for m in ("a", "b", "a")]),
        (MARKER, [page(2, next_marker=m) for m in (7, "7")]),
        (LastKeyPaging(1000), [page(2, has_next_page=True, last_key="k"), page(1, has_next_page=True, last_key="k")]),
        (NextTokenPaging(1000), [page(2, next_token="t"), page(1, next_token="t")]),
        (LinkPaging(), [page(2, links={"next": "/x?page[marker]=a"}), page(1, links={"next": "/x?page[marker]=a"})]),
    ],
)
def test_a_page_that_was_asked_for_before_is_an_error_and_no_end(style: PagingStyle, pages: list[Page]) -> None:
    with pytest.raises(ResponseShapeError, match="leads in a circle: the page after this one was asked for before"):
        walked(style, pages)
    assert not pages


def test_a_circle_stays_one() -> None:
    walk = Walk(MARKER.first(request(), None), MARKER, None)
    for marker in ("a", "a"):
        walk.take(page(next_marker=marker))
    for _ in range(2):
        with pytest.raises(ResponseShapeError, match=r"\(marker=a\)"):
            walk.request()
