# Generated from async_paginator.py by tools/unasync.py: change that file.
"""`Paginator`: a list page by page, as ``client.paginated`` gives it in globus-sdk 4.x."""

import inspect
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, Generic, ParamSpec, TypeVar

from globus_typed.core.documents import ListDocument
from globus_typed.core.pager import Pager

__all__ = ["Paginator", "paginated"]

P = ParamSpec("P")
T = TypeVar("T")
PageT = TypeVar("PageT", bound="ListDocument[Any]")


class Paginator(Generic[T, PageT]):
    """The pages of a list; iterate it as often as you like. `items()` gives the entries, as the `Pager` does."""

    def __init__(self, pager: Pager[T, PageT]) -> None:
        self._pager = pager

    def __iter__(self) -> Iterator[PageT]:
        return self.pages()

    def pages(self) -> Iterator[PageT]:
        """The page documents, one by one."""
        return self._pager.pages()

    def items(self) -> Iterator[T]:
        """The entries of all pages."""
        return iter(self._pager)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._pager!r})"


def paginated(method: Callable[P, Pager[T, PageT]]) -> Callable[P, Paginator[T, PageT]]:
    """The same method of a client, which gives all pages where no `num_results` is given."""

    @wraps(method)
    def paginated(*args: P.args, **kwargs: P.kwargs) -> Paginator[T, PageT]:
        pager = method(*args, **kwargs)
        limited = "num_results" in inspect.signature(method).bind(*args, **kwargs).arguments
        return Paginator(pager if limited else pager.without_limit())

    return paginated
