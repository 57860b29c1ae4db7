"""`WalkOptions`: the arguments of a walk, checked before anything is sent."""

import re
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Literal, TypeGuard, get_args
from uuid import UUID

from globus_typed.core.fields import is_id
from globus_typed.core.json_data import unchecked
from globus_typed.core.suggestions import near_name
from globus_typed.errors import GlobusUsageError
from globus_typed.transfer.query import FileFilter, FileKey, comma_text, filter_text, flag, path_text, whole_number
from globus_typed.transfer.walks.directories import MOST_LEVELS
from globus_typed.transfer.walks.entries import OnError, WalkEntry, WalkProgress
from globus_typed.transfer.walks.limiter import RateLimiter

__all__ = ["EntryTest", "ErrorPolicy", "WalkOptions", "WalkOrder"]

WalkOrder = Literal["breadth", "depth"]
"""Level by level, or each directory with all that is below it before the next."""
ErrorPolicy = Literal["raise", "collect"] | OnError
"""The treatment of a directory that cannot be listed."""
EntryTest = Callable[[WalkEntry], object]
"""A function that says of an entry, by the truth of what it returns, whether something holds."""

MOST_CALLS = 100
"""The most calls in flight: a client has no more connections."""
_TYPES = ("file", "dir", "invalid_symlink", "chr", "blk", "pipe", "other")


@dataclass(frozen=True, kw_only=True)
class WalkOptions:
    """The arguments of a walk. Raises `GlobusUsageError` for those that make no sense, with the cure."""

    collection: str | UUID
    path: str
    max_depth: int | None = None
    order: WalkOrder = "breadth"
    bottom_up: bool = False
    sort: Literal["name"] | None = "name"
    filter: EntryTest | FileFilter | None = None
    prune: EntryTest | None = None
    keep: EntryTest | None = None
    """Which entries are yielded, directories too."""
    enter: EntryTest | None = None
    """Which of the directories that are not pruned are entered."""
    follow_symlinks: bool = False
    show_hidden: bool = True
    local_user: str | None = None
    on_error: ErrorPolicy = "raise"
    concurrency: int = 4
    limiter: RateLimiter | None = None
    executor: Executor | None = None
    on_progress: Callable[[WalkProgress], object] | None = None

    def __post_init__(self) -> None:
        _check_collection(self.collection)
        _check_path(self.path)
        whole_number("max_depth", self.max_depth, 0, MOST_LEVELS)
        _check_word("order", self.order, get_args(WalkOrder))
        if self.sort is not None:
            _check_word("sort", self.sort, ("name",), " or None for the order of the collection")
        for name in ("bottom_up", "follow_symlinks", "show_hidden"):
            given: object = getattr(self, name)
            if given is None:
                raise GlobusUsageError(f"{name}: must be True or False, got None")
            flag(name, given)
        if not callable(self.filter):
            object.__setattr__(self, "filter", _checked_filter(self.filter))
        _check_function("prune", self.prune, "a function that takes an entry")
        _check_function("on_progress", self.on_progress, "a function that takes the progress")
        if not callable(self.on_error):
            _check_word("on_error", self.on_error, ("raise", "collect"), ", or a function that takes each error")
        if unchecked(self.concurrency) is None:
            raise GlobusUsageError("concurrency: must be a whole number, at least 1, got None")
        whole_number("concurrency", self.concurrency, 1, MOST_CALLS)
        _check_kind("limiter", self.limiter, RateLimiter, "a RateLimiter; RateLimiter(None) has no limit")
        _check_kind(
            "executor",
            self.executor,
            Executor,
            "a concurrent.futures.Executor; a Dask client has one, client.get_executor()",
        )

    @property
    def start(self) -> str:
        """The path of the start, without a trailing slash (but ``/`` for the root)."""
        return self.path.rstrip("/") or "/"

    @property
    def sent_filter(self) -> str | None:
        """The filter that the service applies; None for none."""
        return self.filter if isinstance(self.filter, str) else None

    def identity(self, kind: str) -> dict[str, str | int | bool | None]:
        """The arguments in which a walk must agree with its checkpoint."""
        return {
            "kind": kind,
            "collection": str(self.collection).lower(),
            "path": self.start,
            "max_depth": self.max_depth,
            "order": "depth" if self.bottom_up else self.order,
            "bottom_up": bool(self.bottom_up),
            "sort": self.sort,
            "filter": self.sent_filter,
            "follow_symlinks": bool(self.follow_symlinks),
            "show_hidden": bool(self.show_hidden),
            "local_user": self.local_user,
        }


def _check_collection(given: object) -> None:
    if not isinstance(given, (str, UUID)) or not is_id(str(given)):
        raise GlobusUsageError(
            'collection: must be the id of a collection, a UUID such as "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001", '
            f"got {given!r}; endpoint_search finds the id of a name"
        )


def _check_path(given: object) -> None:
    if isinstance(given, str) and (drive := re.match(r"([A-Za-z]):[\\/]?", given)):
        there = f"/{drive[1].upper()}/" + given[drive.end() :].replace("\\", "/")
        raise GlobusUsageError(f"path: {given!r} is a path of Windows; on a collection it is {there!r}")
    if isinstance(given, str) and given.startswith("\\\\"):
        raise GlobusUsageError(
            f"path: {given!r} is a network share of Windows, which a collection has only below a drive or a directory "
            'of its own: give its path there, such as "/~/share/"'
        )
    if isinstance(given, str) and not given.startswith(("/", "~")):
        raise GlobusUsageError(f'path: must be absolute (start with "/" or "/~/"), got {given!r}: give "/~/{given}"')
    path_text("path", given)


def _checked_filter(given: object) -> str | None:
    """The filter in the format of the service, which is made once: values may come from an iterator."""
    if _is_mapping(given):
        values = {key: comma_text(value) if _are_texts(value) else str(value) for key, value in given.items()}
        for key, text in values.items():
            if "/" in str(text):
                raise GlobusUsageError(
                    f'filter: {key}: must not contain "/", which no name does, got {text!r}; find(…, "a/*.csv") '
                    "looks for paths"
                )
        given = values
    return filter_text("filter", given, get_args(FileKey), {"type": _TYPES})


def _are_texts(given: object) -> TypeGuard[str | Iterable[str]]:
    return isinstance(given, Iterable)


def _is_mapping(given: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(given, Mapping)


def _check_word(name: str, given: object, words: tuple[str, ...], more: str = "") -> None:
    if given not in words:
        near = near_name(given, words) if isinstance(given, str) else None
        hint = "" if near is None else f'; did you mean "{near}"?'
        known = " or ".join(f'"{word}"' for word in words)
        raise GlobusUsageError(f"{name}: must be {known}{more}, got {given!r}{hint}")


def _check_function(name: str, given: object, expected: str) -> None:
    if given is not None and not callable(given):
        raise GlobusUsageError(f"{name}: must be {expected}, got {type(given).__name__}")


def _check_kind(name: str, given: object, kind: type[object], expected: str) -> None:
    if given is not None and not isinstance(given, kind):
        raise GlobusUsageError(f"{name}: must be {expected}; got {type(given).__name__}")
