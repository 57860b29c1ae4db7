"""`SyncItem`, `SyncSummary`, `SyncWarning`: the contents of a plan."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal, overload

from globus_typed.core.fields import parse_time
from globus_typed.transfer.syncing.rows import Row, SyncAction, SyncReason

__all__ = ["SyncAction", "SyncItem", "SyncItems", "SyncReason", "SyncSummary", "SyncWarning"]


@dataclass(frozen=True, slots=True)
class SyncItem:
    """An entry of one of the two directories, and what a sync would do with it."""

    action: SyncAction
    """The action."""
    path: str
    """The path below both directories, without a slash at its end; ``.`` for the directories themselves."""
    type: str
    """The type of the entry: ``file``, ``dir``, ``symlink``, or another as in listings; at the source, except for an
    entry to delete."""
    size: int | None
    """The size in bytes, at the source, except for an entry to delete; None if it is not known, and for directories."""
    reason: SyncReason
    """The reason for the action."""
    destination_size: int | None = None
    """The size in bytes of the file that an update replaces; None if it is not known, and for other actions."""
    source_modified: datetime | None = None
    """The modification time at the source, to the second, where times were compared."""
    destination_modified: datetime | None = None
    """The modification time at the destination, to the second, where times were compared."""
    rule: int | None = None
    """The index of the filter rule that excludes the entry."""
    detail: str | None = None
    """The service's message, for an error; otherwise a remark, if there is one."""


class SyncItems(Sequence[SyncItem]):
    """The items of a plan, in an order that does not depend on concurrency: a directory before what is in it."""

    __slots__ = ("_rows",)

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows

    @overload
    def __getitem__(self, index: int) -> SyncItem: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[SyncItem]: ...
    def __getitem__(self, index: int | slice) -> SyncItem | Sequence[SyncItem]:
        return SyncItems(self._rows[index]) if isinstance(index, slice) else _item(self._rows[index])

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[SyncItem]:
        return map(_item, self._rows)

    def __eq__(self, other: object) -> bool:
        return self._rows == other._rows if isinstance(other, SyncItems) else NotImplemented

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # as of a list, which it is compared like

    def __repr__(self) -> str:
        return f"<SyncItems: {len(self._rows):,}>"


def _item(row: Row) -> SyncItem:
    return SyncItem(
        row.action,
        row.path,
        row.type,
        row.size,
        row.reason,
        row.destination_size,
        parse_time(row.source_modified),
        parse_time(row.destination_modified),
        row.rule,
        row.detail,
    )


@dataclass(frozen=True)
class SyncWarning:
    """Something suspicious that planning found."""

    code: Literal[
        "case_collision",
        "unicode_forms",
        "include_only",
        "excluded_extras",
        "ignored_extras",
        "symlink_at_destination",
        "skew",
        "preserve_timestamp",
    ]
    """A code for programs to check."""
    message: str
    """A human-readable message."""
    path: str | None = None
    """The path below both directories; None if it is about the plan as a whole."""

    def __str__(self) -> str:
        return self.message if self.path is None else f"{self.path}: {self.message}"


@dataclass(frozen=True)
class SyncSummary:
    """The counts of a plan."""

    copy: int = 0
    """The number of files, and of symlinks that are kept, that are not at the destination."""
    update: int = 0
    """The number of those that differ at the destination."""
    skip: int = 0
    """The number of those that do not."""
    check: int = 0
    """The number of files that the service has to compare, since listings do not tell."""
    delete: int = 0
    """The number of entries to delete at the destination, directories and all that is in them included."""
    mkdir: int = 0
    """The number of directories to make at the destination."""
    conflict: int = 0
    """The number of entries that are of another type at the destination."""
    ignored: int = 0
    """The number of entries that are left alone; a directory counts once, whatever is in it."""
    error: int = 0
    """The number of entries, mostly directories, that could not be read."""
    bytes: int = 0
    """The number of bytes of the files to copy and update, as far as it is known."""
    bytes_unknown: int = 0
    """The number of files to copy and update whose size is not known."""
    check_bytes: int = 0
    """The number of bytes of the files to check, as far as it is known."""
    delete_bytes: int = 0
    """The number of bytes of the files to delete, as far as it is known."""
    symlinks: int = 0
    """The number of symlinks among `copy`, `update` and `skip`."""
    files: int = 0
    """The number of files at the source that take part: all to copy, update, skip and check, without symlinks."""
    directories: int = 0
    """The number of directories at the source that were read, the first included."""
    destination_entries: int = 0
    """The number of entries at the destination."""
    biggest: str | None = None
    """The path of the largest file to copy or update; None if there is none."""
    biggest_bytes: int = 0
    """The number of bytes of that file."""
