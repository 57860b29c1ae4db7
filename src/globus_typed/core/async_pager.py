"""`AsyncPager`: the entries of a list that comes in pages, fetched as they are needed."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Generic, TypeVar

from globus_typed.core.documents import ListDocument
from globus_typed.core.paging import PagingStyle
from globus_typed.core.request import Request
from globus_typed.errors import GlobusUsageError

__all__ = ["AsyncPager"]

T = TypeVar("T")
PageT = TypeVar("PageT", bound="ListDocument[Any]")  # bound to lists of T, which a TypeVar's bound cannot say


class AsyncPager(Generic[T, PageT]):
    """The entries of a list, page by page. Iterate it as often as you like; each time asks the service again.

    `all()` gives them as a list, `pages()` the page documents themselves, with their paging members. Nothing is asked
    before the first entry is taken, so what the service refuses is raised there.
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

    async def __aiter__(self) -> AsyncIterator[T]:
        left = self._num_results
        async for page in self.pages():
            items = page.items if left is None else page.items[:left]
            for item in items:
                yield item
            if left is not None:
                left -= len(items)

    async def pages(self) -> AsyncIterator[PageT]:
        """The page documents, one by one, until there are `num_results` entries or the service has no more.

        A page with the same entries as the one before it ends the walk: the service is repeating itself.
        """
        request: Request[PageT] | None = self._first
        seen = 0
        before: PageT | None = None
        while request is not None:
            page = await self._send(request)
            if before is not None and page.items == before.items:
                return
            yield page
            seen += len(page)
            if self._num_results is not None and seen >= self._num_results:
                return
            request = self._style.following(request, page, seen, self._num_results)
            before = page

    async def all(self) -> list[T]:
        """All entries as a list."""
        return [item async for item in self]

    @property
    async def data(self) -> list[T]:
        """All entries as a list; the same as `all()`."""
        return await self.all()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._request.method} {self._request.target}, num_results={self._num_results})"


def _no_count(given: object) -> str | None:
    if given is None or (isinstance(given, int) and not isinstance(given, bool) and given >= 1):
        return None
    return f"num_results: must be a whole number, at least 1, or None for all there are, got {given!r}"
