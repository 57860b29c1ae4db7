"""`WalkCheckpoint`: how far a walk has come, as JSON data, so that another process can go on from there."""

from collections.abc import Mapping, Sequence
from typing import TypeGuard

from typing_extensions import NotRequired, TypedDict

from globus_typed.core.json_data import is_list, is_object
from globus_typed.errors import GlobusUsageError

__all__ = ["PendingDirectory", "WalkCheckpoint", "checked_checkpoint"]

VERSION = 1


class PendingDirectory(TypedDict):
    """A directory that has not been read to its end."""

    path: str
    """Its path."""
    depth: int
    """The depth of its entries."""
    links: NotRequired[list[tuple[int, str]]]
    """The symlinks on the way."""
    given: NotRequired[tuple[int, str]]
    """How many of its entries the walk has yielded, and the name of the last one."""
    entered: NotRequired[str]
    """The name of the last directory in it that the walk has entered."""


class WalkCheckpoint(TypedDict):
    """How far a walk has come: JSON data, which `start_from` takes in a walk with the same arguments."""

    version: int
    """1"""
    walk: dict[str, str | int | bool | None]
    """The arguments that have to be the same: collection, path, order and others."""
    root: str
    """The real path of the start, as far as it is known."""
    entered: list[str]
    """The real paths that symlinks have led to."""
    calls: int
    """The number of listings so far."""
    entries: int
    """The number of entries so far."""
    pending: list[PendingDirectory]
    """The directories that are left, in the order in which they were found."""


def checked_checkpoint(given: object, walk: Mapping[str, str | int | bool | None]) -> WalkCheckpoint:
    """The checkpoint, which must be of a walk with the same arguments; `GlobusUsageError` if it is not."""
    if not _is_checkpoint(given):
        raise GlobusUsageError(
            "start_from: must be what checkpoint() of a walk gave, as it was or through JSON, "
            f"got {type(given).__name__}"
        )
    for name, value in walk.items():
        if given["walk"].get(name) != value:
            raise GlobusUsageError(
                f"start_from: is of a walk with {name}={given['walk'].get(name)!r}, and this one has {name}={value!r}; "
                "a walk goes on with the same arguments"
            )
    return given


def _is_checkpoint(given: object) -> TypeGuard[WalkCheckpoint]:
    if not is_object(given) or given.get("version") != VERSION or not is_object(given.get("walk")):
        return False
    numbers = all(_is_count(given.get(name)) for name in ("calls", "entries"))
    entered, pending = given.get("entered"), given.get("pending")
    return (
        numbers
        and isinstance(given.get("root"), str)
        and is_list(entered)
        and all(isinstance(each, str) for each in entered)
        and is_list(pending)
        and all(map(_is_pending, pending))
    )


def _is_pending(given: object) -> bool:
    if not is_object(given) or not isinstance(given.get("path"), str) or not _is_count(given.get("depth")):
        return False
    links: object = given.get("links", [])
    pairs: list[object] = [given["given"]] if "given" in given else []
    if not _is_sequence(links) or not isinstance(given.get("entered", ""), str):
        return False
    return all(map(_is_pair, (*pairs, *links)))


def _is_pair(given: object) -> bool:
    """Whether it is a number and a name: a tuple, which JSON makes a list."""
    return _is_sequence(given) and len(given) == 2 and _is_count(given[0]) and isinstance(given[1], str)


def _is_sequence(given: object) -> TypeGuard[Sequence[object]]:
    return isinstance(given, (list, tuple))


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
