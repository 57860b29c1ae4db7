"""`AsyncPager`: the entries of a list that comes in pages, fetched as they are needed."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Generic, TypeVar

from typing_extensions import Self

from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.paging import PagingStyle, Walk
from globus_typed.core.request import Request
from globus_typed.core.wire_names import wire_name
from globus_typed.errors import GlobusUsageError

__all__ = ["AsyncPager"]

T = TypeVar("T")
PageT = TypeVar("PageT", bound="ListDocument[Any]")  # bound to lists of T, which a TypeVar's bound cannot say


class AsyncPager(Generic[T, PageT]):
    """The entries of a list, page by page. Iterate it as often as you like; each time asks the service again.

    `all()` gives them as a list, `first()` the first of them, `pages()` the page documents themselves, with their
    paging members. Nothing is sent before the first entry is taken, so errors are raised there. After an error the
    iteration may go on: the page that failed is asked for again.
    """

    def __init__(
        self,
        send: Callable[[Request[PageT]], Awaitable[PageT]],
        request: Request[PageT],
        style: PagingStyle,
        num_results: int | None = None,
    ) -> None:
        if problem := _no_count(num_results):
            raise GlobusUsageError(problem)
        self._send = send
        self._request = request
        self._first = style.first(request, num_results)
        self._style = style
        self._num_results = num_results

    def __aiter__(self) -> AsyncIterator[T]:
        return _AsyncEntries(self.pages(), self._num_results)

    def without_limit(self) -> Self:
        """The same list without `num_results`: all that the service gives."""
        return type(self)(self._send, self._request, self._style)

    def pages(self) -> AsyncIterator[PageT]:
        """The page documents, one by one, until there are `num_results` entries or the service has no more.

        Raises `ResponseShapeError` for a service that leads in a circle: a page that was asked for before is not asked
        for again.
        """
        return _AsyncPages(self._send, Walk(self._first, self._style, self._num_results))

    async def all(self) -> list[T]:
        """All entries as a list."""
        return [item async for item in self]

    async def first(self) -> T | None:
        """The first entry; None if there is none."""
        async for item in self:
            return item
        return None

    @property
    async def data(self) -> list[T]:
        """All entries as a list; the same as `all()`."""
        return await self.all()

    def __getitem__(self, key: str) -> Awaitable[list[dict[str, Any]]]:
        """The entries as they were sent, by the name of the list on the wire: ``pager["DATA"]``, for most.

        Raises `GlobusUsageError` for any other name, which is one of a page: see `pages()`.
        """
        name = self._request.answer.model_fields["items"].alias or wire_name("items")
        if problem := _no_name(key, name):
            raise GlobusUsageError(problem)
        return self._sent()

    async def _sent(self) -> list[dict[str, Any]]:
        return [item.data async for item in self if isinstance(item, Document)]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._request.method} {self._request.target}, num_results={self._num_results})"


class _AsyncPages(AsyncIterator[PageT]):
    """An iterator, and no generator: after an error it goes on where it was, and does not end."""

    def __init__(self, send: Callable[[Request[PageT]], Awaitable[PageT]], walk: Walk[PageT]) -> None:
        self._send = send
        self._walk = walk

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> PageT:
        request = self._walk.request()
        if request is None:
            raise StopAsyncIteration
        page = await self._send(request)
        self._walk.take(page)
        return page


class _AsyncEntries(AsyncIterator[T]):
    """The entries of pages, at most so many."""

    def __init__(self, pages: "AsyncIterator[ListDocument[T]]", left: int | None) -> None:
        self._pages = pages
        self._left = left
        self._entries = iter(list[T]())

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> T:
        while True:
            for entry in self._entries:
                return entry
            page = await self._pages.__anext__()
            items = page.items if self._left is None else page.items[: self._left]
            if self._left is not None:
                self._left -= len(items)
            self._entries = iter(items)


def _no_name(given: object, name: str) -> str | None:
    if not isinstance(given, str):
        return "pager: has no entries yet: take .first(), or .data[0] from the list of all"
    return None if given == name else f'pager: has the entries as ["{name}"]; {given!r} is of a page: see .pages()'


def _no_count(given: object) -> str | None:
    if given is None or (isinstance(given, int) and not isinstance(given, bool) and given >= 1):
        return None
    return f"num_results: must be a whole number, at least 1, or None for all there are, got {given!r}"
