"""`Row`: an item of a plan as it is kept."""

from typing import Literal, NamedTuple

__all__ = ["ACTIONS", "Row", "SyncAction", "SyncReason"]

SyncAction = Literal["copy", "update", "skip", "check", "delete", "mkdir", "conflict", "ignored", "error"]
"""The fate of an entry: a file that is not at the destination is copied, one that differs is updated, one that does not
is skipped, and one of which listings do not tell is checked by the service. An entry that only the destination has is
deleted, a directory that it lacks is made. A conflict is an entry of another type there, which makes the transfer fail.
Ignored entries are left alone on both sides, and nothing is planned where an error kept a directory from being read."""

SyncReason = Literal[
    "missing",
    "size",
    "newer",
    "always",
    "link target",
    "exists",
    "same size",
    "not newer",
    "within skew",
    "same link target",
    "checksum_unknown",
    "size_unknown",
    "time_unknown",
    "extra",
    "type_changed",
    "type_differs",
    "symlink",
    "special_file",
    "excluded",
    "permission_denied",
    "not_found",
    "not_directory",
    "size_limit",
    "listing_failed",
    "broken_symlink",
    "symlink_loop",
    "too_deep",
]
"""The reason for an action."""

ACTIONS: tuple[SyncAction, ...] = (
    *("copy", "update", "skip", "check", "delete", "mkdir", "conflict", "ignored", "error"),
)


class Row(NamedTuple):
    """An item of a plan as it is kept: times as they were sent."""

    action: SyncAction
    path: str
    type: str
    size: int | None
    reason: SyncReason
    destination_size: int | None = None
    source_modified: str | None = None
    destination_modified: str | None = None
    rule: int | None = None
    detail: str | None = None
