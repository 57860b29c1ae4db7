"""`AsyncPaginator`: a list page by page, as ``client.paginated`` gives it in globus-sdk 4.x."""

import inspect
from collections.abc import AsyncIterator, Callable
from functools import wraps
from typing import Any, Generic, ParamSpec, TypeVar

from globus_typed.core.async_pager import AsyncPager
from globus_typed.core.documents import ListDocument

__all__ = ["AsyncPaginator", "async_paginated"]

P = ParamSpec("P")
T = TypeVar("T")
PageT = TypeVar("PageT", bound="ListDocument[Any]")


class AsyncPaginator(Generic[T, PageT]):
    """The pages of a list; iterate it as often as you like. `items()` gives the entries, as the `AsyncPager` does."""

    def __init__(self, pager: AsyncPager[T, PageT]) -> None:
        self._pager = pager

    def __aiter__(self) -> AsyncIterator[PageT]:
        return self.pages()

    def pages(self) -> AsyncIterator[PageT]:
        """The page documents, one by one."""
        return self._pager.pages()

    def items(self) -> AsyncIterator[T]:
        """The entries of all pages."""
        return aiter(self._pager)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._pager!r})"


def async_paginated(method: Callable[P, AsyncPager[T, PageT]]) -> Callable[P, AsyncPaginator[T, PageT]]:
    """The same method of a client, which gives all pages where no `num_results` is given."""

    @wraps(method)
    def paginated(*args: P.args, **kwargs: P.kwargs) -> AsyncPaginator[T, PageT]:
        pager = method(*args, **kwargs)
        limited = "num_results" in inspect.signature(method).bind(*args, **kwargs).arguments
        return AsyncPaginator(pager if limited else pager.without_limit())

    return paginated
