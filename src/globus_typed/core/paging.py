"""The paging styles of the services, which tell the request for the next page, and `Walk`, from page to page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, Protocol, TypeVar
from urllib.parse import parse_qsl, urlsplit

from globus_typed.core.documents import ListDocument
from globus_typed.core.http_info import HTTPInfo
from globus_typed.core.json_data import is_object
from globus_typed.core.request import QueryValue, Request
from globus_typed.errors import GlobusUsageError, ResponseShapeError

__all__ = [
    "LastKeyPaging",
    "LinkPaging",
    "MarkerPaging",
    "NextTokenPaging",
    "OffsetPaging",
    "PagingStyle",
    "Walk",
]

PageT = TypeVar("PageT", bound="ListDocument[Any]")


class PagingStyle(Protocol):
    """A style of paging. `seen` is the number of entries so far, `wanted` how many are asked for; None: all."""

    def first(self, request: Request[PageT], wanted: int | None) -> Request[PageT]:
        """The request for the first page."""
        ...

    def following(self, request: Request[PageT], page: PageT, seen: int, wanted: int | None) -> Request[PageT] | None:
        """The request for the page after this one; None if this was the last."""
        ...


@dataclass(frozen=True)
class OffsetPaging:
    """``limit`` and ``offset``: the page tells ``has_next_page``, or the ``total``."""

    page_size: int
    """The most entries in a page."""
    cap: int | None = None
    """The most entries in all."""

    def first(self, request: Request[PageT], wanted: int | None) -> Request[PageT]:
        return self._at(request, _number(request, "offset") or 0, wanted)

    def following(self, request: Request[PageT], page: PageT, seen: int, wanted: int | None) -> Request[PageT] | None:
        offset = (_number(request, "offset") or 0) + len(page)
        has_next = page.get("has_next_page")
        total = page.get("total")
        more = bool(has_next) if has_next is not None else isinstance(total, int) and offset < total
        if not more or (self.cap is not None and offset >= self.cap):
            return None
        return self._at(request, offset, None if wanted is None else wanted - seen)

    def _at(self, request: Request[PageT], offset: int, wanted: int | None) -> Request[PageT]:
        sizes = (_number(request, "limit"), self.page_size, wanted, None if self.cap is None else self.cap - offset)
        return request.with_query(limit=max(1, min(size for size in sizes if size is not None)), offset=offset)


@dataclass(frozen=True)
class MarkerPaging:
    """``marker``: each page names the ``next_marker``; null, absent and 0 mean the end."""

    def first(self, request: Request[PageT], wanted: int | None) -> Request[PageT]:
        return request

    def following(self, request: Request[PageT], page: PageT, seen: int, wanted: int | None) -> Request[PageT] | None:
        marker = page.get("next_marker")
        return request.with_query(marker=str(marker)) if marker else None


@dataclass(frozen=True)
class LastKeyPaging:
    """``last_key``: a page that `has_next_page` names the `last_key` to go on from."""

    page_size: int
    """The most entries in a page."""

    def first(self, request: Request[PageT], wanted: int | None) -> Request[PageT]:
        sizes = (_number(request, "limit"), self.page_size, wanted)
        return request.with_query(limit=min(size for size in sizes if size is not None))

    def following(self, request: Request[PageT], page: PageT, seen: int, wanted: int | None) -> Request[PageT] | None:
        key = page.get("last_key")
        if not page.get("has_next_page") or not key:
            return None
        rest = request if wanted is None else self.first(request, wanted - seen)
        return rest.with_query(last_key=str(key))


@dataclass(frozen=True)
class NextTokenPaging:
    """``next_token``: each page brings the one for the next; null and absent mean the end."""

    page_size: int
    """The most entries in a page."""

    def first(self, request: Request[PageT], wanted: int | None) -> Request[PageT]:
        sizes = (_number(request, "max_results"), self.page_size, wanted)
        return request.with_query(max_results=min(size for size in sizes if size is not None))

    def following(self, request: Request[PageT], page: PageT, seen: int, wanted: int | None) -> Request[PageT] | None:
        token = page.get("next_token")
        if not token:
            return None
        rest = request if wanted is None else self.first(request, wanted - seen)
        return rest.with_query(next_token=str(token))


@dataclass(frozen=True)
class LinkPaging:
    """JSON:API: the query of ``links.next`` is that of the next page; null and absent mean the end."""

    def first(self, request: Request[PageT], wanted: int | None) -> Request[PageT]:
        return request

    def following(self, request: Request[PageT], page: PageT, seen: int, wanted: int | None) -> Request[PageT] | None:
        links: object = page.get("links")
        address = links.get("next") if is_object(links) else None
        if not isinstance(address, str):
            return None
        # The path stays the one that was asked, so that no answer can send the token elsewhere.
        return replace(request, query={**request.query, **dict(parse_qsl(urlsplit(address).query))})


class Walk(Generic[PageT]):
    """The state of a walk from page to page: which request is next, and which were made.

    A page is known by what is asked (offset, marker, key), never by its entries. Parameters: `first`, the request for
    the first page; `style`; `wanted`, how many entries are asked for (None: all).
    """

    def __init__(self, first: Request[PageT], style: PagingStyle, wanted: int | None) -> None:
        self._next: Request[PageT] | None = first
        self._style = style
        self._wanted = wanted
        self._seen = 0
        self._asked: set[tuple[tuple[str, str], ...]] = set()
        self._last: PageT | None = None

    def request(self) -> Request[PageT] | None:
        """The request for the next page; None at the end. `ResponseShapeError` if it was made before."""
        if self._next is not None and _asked(self._next.query) in self._asked:
            http = None if self._last is None else self._last.http
            asked = ", ".join(f"{name}={value}" for name, value in _asked(self._next.query) if name in _PLACES)
            problem = f"the service leads in a circle: the page after this one was asked for before ({asked})"
            raise ResponseShapeError(self._next.answer.__name__, [("next page", problem)], http or _unknown(self._next))
        return self._next

    def take(self, page: PageT) -> None:
        """Take the page that the last request was answered with."""
        if self._next is None:
            return
        self._asked.add(_asked(self._next.query))
        self._last = page
        self._seen += len(page)
        done = self._wanted is not None and self._seen >= self._wanted
        self._next = None if done else self._style.following(self._next, page, self._seen, self._wanted)


def _unknown(request: Request[PageT]) -> HTTPInfo:
    """The exchange of a page that does not tell its own."""
    return HTTPInfo(request.method, request.target, 200, {}, b"")


_PLACES = {"offset", "marker", "last_key", "next_token", "page[marker]"}
_SIZES = {"limit", "max_results", "page[limit]"}


def _asked(query: Mapping[str, QueryValue]) -> tuple[tuple[str, str], ...]:
    """The query that tells one page from the others; how long it may be does not."""
    return tuple(sorted((name, str(value)) for name, value in query.items() if name not in _SIZES))


def _number(request: Request[PageT], name: str) -> int | None:
    value = request.query.get(name)
    if value is None:
        return None
    least = 0 if name == "offset" else 1
    # No more digits than any service counts to: Python refuses to read very long ones.
    if isinstance(value, bool) or not str(value).isdecimal() or len(str(value)) > 18 or int(str(value)) < least:
        raise GlobusUsageError(f"{name}: must be a whole number, at least {least}, got {value!r}")
    return int(str(value))
