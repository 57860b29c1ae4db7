"""Criteria of `find`: names, types, ages and sizes."""

from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from typing import Literal, TypeGuard, get_args

from globus_typed.core.suggestions import near_name
from globus_typed.errors import GlobusUsageError
from globus_typed.transfer.query import whole_number
from globus_typed.transfer.walks.entries import WalkEntry
from globus_typed.transfer.walks.globs import Glob

__all__ = ["Criteria", "EntryType"]

EntryType = Literal["file", "dir", "invalid_symlink", "chr", "blk", "pipe", "other"]
"""The type of an entry; of a symlink, that of its target."""

_OTHER_WORDS = {"directory": "dir", "directories": "dir", "folder": "dir", "f": "file", "d": "dir"}


class Criteria:
    """Decides which entries are found, and which directories may hold such. All criteria must be met."""

    def __init__(
        self,
        pattern: str | None,
        *,
        type: EntryType | Iterable[EntryType] | None,
        older_than: timedelta | datetime | None,
        newer_than: timedelta | datetime | None,
        larger_than: int | None,
        smaller_than: int | None,
        now: float,
    ) -> None:
        self._glob = None if pattern is None else Glob(pattern)
        self._types = _types(type)
        self._before = _moment("older_than", older_than, now)
        self._after = _moment("newer_than", newer_than, now)
        self._above = whole_number("larger_than", larger_than, 0)
        self._below = whole_number("smaller_than", smaller_than, 0)

    def keep(self, entry: WalkEntry) -> bool:
        """Whether an entry is found. One whose time or size is not known meets no criterion about it."""
        file = entry.entry
        if self._types is not None and file.type not in self._types:
            return False
        if self._above is not None and (file.size is None or file.size <= self._above):
            return False
        if self._below is not None and (file.size is None or file.size >= self._below):
            return False
        if self._before is not None or self._after is not None:
            time = file.last_modified
            if time is None:
                return False
            if (self._before is not None and time > self._before) or (self._after is not None and time < self._after):
                return False
        return self._glob is None or self._glob.matches(entry.relative)

    def enter(self, directory: WalkEntry) -> bool:
        """Whether something may be found below a directory."""
        return self._glob is None or self._glob.may_lead_to(directory.relative)


def _types(given: object) -> frozenset[str] | None:
    if given is None:
        return None
    if not _are_words(given):
        raise GlobusUsageError(f'type: must be a type such as "file", or several, got {given!r}')
    words: list[object] = [given] if isinstance(given, str) else list(given)
    known = get_args(EntryType)
    for word in words:
        if word not in known:
            near = _OTHER_WORDS.get(word, near_name(word, known)) if isinstance(word, str) else None
            hint = "" if near is None else f'; did you mean "{near}"?'
            raise GlobusUsageError(f"type: must be one of {', '.join(known)}, got {word!r}{hint}")
    if not words:
        raise GlobusUsageError("type: must be at least one type; None is for any")
    return frozenset(map(str, words))


def _are_words(given: object) -> TypeGuard[Iterable[object]]:
    return isinstance(given, Iterable)


def _moment(name: str, given: object, now: float) -> datetime | None:
    """The time that an age means now, or the time that was given."""
    if given is None:
        return None
    if isinstance(given, datetime):
        if given.utcoffset() is None:
            raise GlobusUsageError(f"{name}: a time needs a time zone: use datetime.now(timezone.utc) or the like")
        return given
    if not isinstance(given, timedelta):
        raise GlobusUsageError(
            f"{name}: must be an age such as timedelta(days=60), or a time with a time zone, got {given!r}"
        )
    if given < timedelta():
        raise GlobusUsageError(f"{name}: must not be negative, got {given!r}")
    try:
        return datetime.fromtimestamp(now, timezone.utc) - given
    except OverflowError:
        raise GlobusUsageError(f"{name}: no clock goes back that far, got {given!r}") from None
