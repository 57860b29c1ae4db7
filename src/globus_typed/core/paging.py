"""The paging styles of the services: given this page, which request fetches the next?"""

from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar, cast
from urllib.parse import parse_qsl, urlsplit

from globus_typed.core.documents import ListDocument
from globus_typed.core.request import Request
from globus_typed.errors import GlobusUsageError

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
        if not more or not len(page) or (self.cap is not None and offset >= self.cap):
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
        if not marker or str(marker) == str(request.query.get("marker")):
            return None
        return request.with_query(marker=str(marker))


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
        if not page.get("has_next_page") or not key or key == request.query.get("last_key"):
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
        if not token or token == request.query.get("next_token"):
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
        address = cast("dict[str, object]", links).get("next") if isinstance(links, dict) else None
        if not isinstance(address, str):
            return None
        # The path stays the one that was asked, so that no answer can send the token elsewhere.
        query = {**request.query, **dict(parse_qsl(urlsplit(address).query))}
        return None if query == request.query else replace(request, query=query)


def _number(request: Request[PageT], name: str) -> int | None:
    value = request.query.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not str(value).isdecimal():
        raise GlobusUsageError(f"{name}: must be a whole number, at least 0, got {value!r}")
    return int(str(value))
