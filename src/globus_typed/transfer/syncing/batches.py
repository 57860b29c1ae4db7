"""Plans as tasks to submit."""

from collections.abc import Iterator, Sequence
from typing import Any

from globus_typed.errors import GlobusUsageError
from globus_typed.transfer.documents.delete_data import DeleteData
from globus_typed.transfer.documents.transfer_data import TransferData
from globus_typed.transfer.syncing.items import SyncSummary
from globus_typed.transfer.syncing.options import SyncOptions
from globus_typed.transfer.syncing.rows import Row

__all__ = ["confirmed", "deletes", "explicit", "recursive", "tasks"]


def confirmed(summary: SyncSummary, options: SyncOptions, *, confirm: bool) -> None:
    """Raise `GlobusUsageError` if so much is deleted that somebody has to confirm it."""
    if summary.delete > options.confirm_above * summary.destination_entries and not confirm:
        raise GlobusUsageError(
            f"confirm: the plan deletes {summary.delete:,} of the {summary.destination_entries:,} entries at the "
            f"destination, more than {options.confirm_above:.0%}: look at it, and say confirm=True"
        )


def recursive(rows: Sequence[Row], summary: SyncSummary, options: SyncOptions) -> TransferData:
    """One recursive item, which the service compares again."""
    if not (summary.copy or summary.update or summary.check or summary.delete or summary.mkdir):
        raise _nothing()
    if options.delete_extra and summary.error:
        first = next(row for row in rows if row.action == "error")
        raise GlobusUsageError(
            f"delete_extra: {summary.error:,} entries could not be read, the first {first.path!r} ({first.reason}), "
            "and one recursive transfer might delete below them: use to_batches or apply, which do not"
        )
    data = _transfer(options)
    data.filter_rules = options.filter_rules or None
    data.delete_destination_extra = True if options.delete_extra else None
    data.add_item(options.source.path, options.destination.path, recursive=True)
    return data


def explicit(rows: Sequence[Row], options: SyncOptions) -> TransferData | None:
    """An item for each file to copy, and for each directory that no file brings with it; None for no item."""
    source, destination = options.source.path, options.destination.path
    data, brought = _transfer(options), set[str]()
    add = data.items.add
    for row in rows:
        if row.action in ("copy", "update", "check"):
            if row.type == "symlink":
                data.add_symlink_item(source + row.path, destination + row.path)
            else:
                add(source + row.path, destination + row.path, False)
        if row.action in ("copy", "update", "check", "mkdir", "error"):
            parent = _parent(row.path)
            while parent is not None and parent not in brought:
                brought.add(parent)
                parent = _parent(parent)
    for row in rows:
        if row.action == "mkdir" and row.path not in brought:
            path = "" if row.path == "." else f"{row.path}/"
            add(source + path, destination + path, True)
            data.filter_rules = options.filter_rules or None
    return data if len(data.items) else None


def deletes(rows: Sequence[Row], options: SyncOptions, *, before: bool) -> DeleteData | None:
    """The entries to delete, each with all that is in it; None for none.

    Parameters: `before`, those in whose places something else is copied, or all the others.
    """
    data = DeleteData(
        options.destination.collection,
        label=options.label,
        recursive=True,
        ignore_missing=True,
        interpret_globs=False,
        local_user=options.destination.local_user,
    )
    gone: set[str] = set()
    for row in rows:
        if row.action == "delete":
            if row.type == "dir":
                gone.add(row.path)
            if _parent(row.path) not in gone and (row.reason == "type_changed") is before:
                data.add_item(options.destination.path + row.path)
    return data if len(data.items) else None


def tasks(rows: Sequence[Row], options: SyncOptions) -> Iterator[TransferData | DeleteData]:
    """All tasks of a plan, in the order in which they have to be carried out."""
    if (data := deletes(rows, options, before=True)) is not None:
        yield from data.batches()
    if (transfer := explicit(rows, options)) is not None:
        yield from transfer.batches()
    if (data := deletes(rows, options, before=False)) is not None:
        yield from data.batches()


def only_transfer(rows: Sequence[Row], options: SyncOptions) -> TransferData:
    """As `explicit`, and `GlobusUsageError` where there is nothing to transfer."""
    data = explicit(rows, options)
    if data is None:
        raise _nothing()
    return data


def _transfer(options: SyncOptions) -> TransferData:
    given: dict[str, Any] = {} if options.symlinks == "ignore" else {"recursive_symlinks": options.symlinks}
    return TransferData(
        options.source.collection,
        options.destination.collection,
        label=options.label,
        sync_level=options.level,
        verify_checksum=True,
        preserve_timestamp=options.preserve_timestamp,
        source_local_user=options.source.local_user,
        destination_local_user=options.destination.local_user,
        **given,
    )


def _nothing() -> GlobusUsageError:
    return GlobusUsageError(
        "there is nothing to do: the plan has nothing to transfer, and a task has at least one item"
    )


def _parent(path: str) -> str | None:
    """The directory that a path is in; None for the directories that are compared themselves."""
    return None if path == "." else path.rpartition("/")[0] or "."
