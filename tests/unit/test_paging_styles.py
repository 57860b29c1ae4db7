"""A list that is asked for wrongly is refused where it is asked for, by the name of the parameter."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from globus_typed import AsyncPager, AsyncTransferClient, GlobusUsageError, ListDocument, Pager, Request, TransferClient
from globus_typed.core.paging import LastKeyPaging, MarkerPaging, NextTokenPaging, OffsetPaging, PagingStyle

BASE = "https://transfer.example/"


class Page(ListDocument[int], frozen=True):
    """Numbers."""


def asked(request: Request[Any]) -> Any:
    raise AssertionError("nothing is to be sent")


def pager(style: PagingStyle, num_results: Any = None, **query: Any) -> Pager[int, Page]:
    return Pager(asked, Request("GET", ("x",), Page, query=query), style, num_results)


STYLES: list[tuple[PagingStyle, tuple[str, ...]]] = [
    (OffsetPaging(page_size=100), ("limit", "offset")),
    (LastKeyPaging(page_size=100), ("limit",)),
    (NextTokenPaging(page_size=100), ("max_results",)),
]


@pytest.mark.parametrize("value", ["many", "", "-1", -1, 1.5, 10.0, True, ["1"], "²", "9" * 5000])
@pytest.mark.parametrize(
    ("style", "name"), [(style, name) for style, names in STYLES for name in names], ids=lambda each: str(each)[:12]
)
def test_a_size_that_is_none_is_refused_by_name(style: PagingStyle, name: str, value: object) -> None:
    with pytest.raises(GlobusUsageError, match=rf"^{name}: must be a whole number, at least [01], got "):
        pager(style, **{name: value})


@pytest.mark.parametrize(("style", "names"), STYLES)
def test_pages_have_at_least_one_entry(style: PagingStyle, names: tuple[str, ...]) -> None:
    for name in {*names} - {"offset"}:
        with pytest.raises(GlobusUsageError, match=rf"^{name}: must be a whole number, at least 1, got 0"):
            pager(style, **{name: 0})


@pytest.mark.parametrize("value", ["10", 10.0, True, 0, -1, float("nan"), [10]])
@pytest.mark.parametrize("kind", [Pager, AsyncPager])
def test_a_count_that_is_none_is_refused_by_name(kind: Callable[..., object], value: object) -> None:
    with pytest.raises(GlobusUsageError, match=r"^num_results: must be a whole number, at least 1, or None"):
        kind(asked, Request("GET", ("x",), Page), MarkerPaging(), value)


@pytest.mark.parametrize("given", [{"limit": "many"}, {"offset": -1}, {"num_results": "10"}])
@pytest.mark.parametrize("kind", [TransferClient, AsyncTransferClient])
def test_a_client_refuses_where_the_list_is_asked_for(kind: Callable[..., Any], given: dict[str, Any]) -> None:
    with pytest.raises(GlobusUsageError, match=f"^{next(iter(given))}: "):
        kind(base_url=BASE).endpoint_search("x", **given)


@pytest.mark.parametrize("value", [7, "7"])
def test_a_size_may_be_a_number_or_its_text(value: object) -> None:
    sizes: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sizes.append(request.url.params["limit"])
        return httpx.Response(200, json={"DATA": [], "has_next_page": False})

    http = httpx.Client(transport=httpx.MockTransport(answer))
    params: Any = {"limit": value}
    assert TransferClient(base_url=BASE, http_client=http).endpoint_search("x", **params).data == []
    assert sizes == ["7"]
