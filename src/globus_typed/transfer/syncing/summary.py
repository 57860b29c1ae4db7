"""The counts of a plan."""

from collections.abc import Iterable

from globus_typed.transfer.syncing.items import SyncSummary
from globus_typed.transfer.syncing.rows import ACTIONS, Row, SyncAction

__all__ = ["summarize"]


def summarize(rows: Iterable[Row], *, directories: int, destination_entries: int) -> SyncSummary:
    """The counts of these rows."""
    actions: dict[SyncAction, int] = dict.fromkeys(ACTIONS, 0)
    copied = unknown = checked = deleted = symlinks = largest = 0
    biggest: str | None = None
    for row in rows:
        action, path, kind, size, *_ = row
        actions[action] += 1
        if kind == "symlink":
            symlinks += action in _TRANSFERRED or action == "skip"
        elif action in _TRANSFERRED:
            if size is None:
                unknown += 1
            else:
                copied += size
                if biggest is None or size > largest:
                    biggest, largest = path, size
        elif action == "check":
            checked += size or 0
        elif action == "delete":
            deleted += size or 0
    files = sum(actions[action] for action in ("copy", "update", "skip", "check")) - symlinks
    return SyncSummary(
        **actions,
        bytes=copied,
        bytes_unknown=unknown,
        check_bytes=checked,
        delete_bytes=deleted,
        symlinks=symlinks,
        files=files,
        directories=directories,
        destination_entries=destination_entries,
        biggest=biggest,
        biggest_bytes=largest,
    )


_TRANSFERRED = frozenset({"copy", "update"})
