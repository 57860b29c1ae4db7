"""`AnySyncPlan`: a plan without the client that carries it out."""

import warnings
from collections.abc import Callable, Iterable
from datetime import datetime, timezone

from globus_typed.errors import GlobusWarning
from globus_typed.transfer.documents.delete_data import DeleteData
from globus_typed.transfer.documents.transfer_data import TransferData
from globus_typed.transfer.syncing.batches import confirmed, only_transfer, recursive, tasks
from globus_typed.transfer.syncing.items import SyncItems, SyncSummary, SyncWarning
from globus_typed.transfer.syncing.options import SyncOptions
from globus_typed.transfer.syncing.rows import SyncAction
from globus_typed.transfer.syncing.text import json_text, table_text
from globus_typed.transfer.syncing.walk import Found

__all__ = ["AnySyncPlan"]

_DAY = 24 * 60 * 60.0
_SHOWN: frozenset[SyncAction] = frozenset({"copy", "update", "check", "delete", "mkdir", "conflict", "error"})


class AnySyncPlan:
    """The plan of a sync. Nothing is sent by it; its client carries it out."""

    items: SyncItems
    """The entries of both directories, and what becomes of each: a directory before what is in it."""
    summary: SyncSummary
    """The counts."""
    warnings: tuple[SyncWarning, ...]
    """Suspicious findings, such as names that differ only in case."""
    created: datetime
    """The time at which both directories had been read, in UTC."""

    def __init__(self, found: Found, options: SyncOptions, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._rows = found.rows
        self._options = options
        self._tasks: tuple[TransferData | DeleteData, ...] | None = None
        self.items = SyncItems(found.rows)
        self.summary = found.summary
        self.warnings = found.warnings
        self.created = datetime.fromtimestamp(clock(), timezone.utc)

    @property
    def level(self) -> str | None:
        """The level of comparison: ``exists``, ``size``, ``mtime`` or ``checksum``; None: all files are copied."""
        return self._options.level_name

    @property
    def delete_extra(self) -> bool:
        """Whether entries that only the destination has are deleted."""
        return self._options.delete_extra

    def to_table(self, *, actions: Iterable[SyncAction] | None = None, max_rows: int | None = 100) -> str:
        """The plan as lines of text: a line for each item, then the counts and the warnings.

        Parameters: `actions`, those of the items to show (None: all but ``skip`` and ``ignored``); `max_rows`, the
        number of items to show (None: all).
        """
        shown = _SHOWN if actions is None else frozenset(actions)
        return table_text(self._rows, self.summary, self.warnings, self._options, shown, max_rows)

    def to_json(self, *, indent: int | None = None) -> str:
        """The plan as a JSON document: directories, level, summary, warnings and items, with times as they were sent.

        Parameters: `indent`, the spaces of each level of indentation (None: all on one line).
        """
        return json_text(self._rows, self.summary, self.warnings, self._options, self.created, indent)

    def to_transfer(self, *, explicit: bool = False, confirm: bool = False) -> TransferData:
        """A transfer that does what is planned; submitting it is up to the caller.

        By default it has one recursive item with the level, the filter rules and `delete_destination_extra` of the
        plan: the service compares again when it runs. With `explicit` it has an item for each file to copy, update or
        check, and deletes nothing: see `to_batches` for that.

        Parameters: `explicit`; `confirm`, True to have more deleted than the share `confirm_above` of the plan.
        Raises `GlobusUsageError` if there is nothing to transfer, for deletions that need `confirm`, and for one
        recursive item that deletes although parts of the directories could not be read. Warns with `GlobusWarning` of
        a plan that is older than a day.
        """
        self._check_age()
        if explicit:
            return only_transfer(self._rows, self._options)
        confirmed(self.summary, self._options, confirm=confirm)
        return recursive(self._rows, self.summary, self._options)

    def to_batches(self, *, confirm: bool = False) -> list[TransferData | DeleteData]:
        """The tasks that do what is planned, in the order in which they have to be carried out; empty if there is
        nothing to do.

        Transfers with an item for each file, at most 100,000 in each, and then the deletes of extra entries. Where
        something of another type is in the way of a copy, a delete of it comes first. The same builders are given each
        time, so that submitting them again, after a failure, does not create other tasks.

        Parameters: `confirm`, True to have more deleted than the share `confirm_above` of the plan.
        Raises `GlobusUsageError` for deletions that need it. Warns with `GlobusWarning` of a plan that is older than a
        day.
        """
        self._check_age()
        confirmed(self.summary, self._options, confirm=confirm)
        if self._tasks is None:
            self._tasks = tuple(tasks(self._rows, self._options))
        return list(self._tasks)

    def _check_age(self) -> None:
        age = self._clock() - self.created.timestamp()
        if age > _DAY:
            message = f"the plan is {age / _DAY:.0f} days old: the directories may have changed since; make another one"
            warnings.warn(message, GlobusWarning, stacklevel=3)

    def __repr__(self) -> str:
        counts = ", ".join(f"{name}={count}" for name, count in vars(self.summary).items() if count)
        return f"<{type(self).__name__}: {counts or 'nothing to do'}>"
