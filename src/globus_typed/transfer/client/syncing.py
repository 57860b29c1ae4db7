# Generated from syncing.py by tools/unasync.py: change that file.
"""Comparing two directories, to make them equal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from globus_typed.core.lazy import Later
from globus_typed.core.request import Part, Request
from globus_typed.errors import GlobusAPIError
from globus_typed.transfer import documents
from globus_typed.transfer.client.running import RunningMethods
from globus_typed.transfer.query import whole_number
from globus_typed.transfer.service import V0_10

if TYPE_CHECKING:
    from globus_typed.transfer.client import sync_plan as plans
    from globus_typed.transfer.documents import fields
    from globus_typed.transfer.syncing import arguments, options
    from globus_typed.transfer.syncing import listing as listings
    from globus_typed.transfer.syncing import outcome as outcomes
    from globus_typed.transfer.syncing import walk as walks
else:  # a client comes without what only plans need
    arguments = Later("globus_typed.transfer.syncing.arguments")
    fields = Later("globus_typed.transfer.documents.fields")
    listings = Later("globus_typed.transfer.syncing.listing")
    options = Later("globus_typed.transfer.syncing.options")
    outcomes = Later("globus_typed.transfer.syncing.outcome")
    plans = Later("globus_typed.transfer.client.sync_plan")
    walks = Later("globus_typed.transfer.syncing.walk")


class SyncMethods(RunningMethods):
    """Methods that plan a sync."""

    def plan_sync(
        self,
        source: arguments.SyncPlace,
        destination: arguments.SyncPlace,
        *,
        level: fields.SyncLevel | None = "mtime",
        delete_extra: bool = False,
        filter_rules: Iterable[documents.FilterRule | Mapping[str, Any]] = (),
        symlinks: arguments.SyncSymlinks = "ignore",
        skew: float | timedelta = 0,
        max_entries: int | None = None,
        concurrency: int = 4,
        confirm_above: float = 0.5,
        label: str | None = None,
        preserve_timestamp: bool = False,
        source_local_user: str | None = None,
        destination_local_user: str | None = None,
    ) -> plans.SyncPlan:
        """A plan of the copies, updates and deletions that make a directory equal to another; nothing is changed.

        ``GET /operation/endpoint/{endpoint_id}/ls``, once for each directory on each side

        Both sides are read in step and compared as the service does when it runs a transfer with that level. A
        destination that is not there yet counts as empty. The plan is no snapshot: what changes while it is made may be
        in it or not. Directories that cannot be read become items with the action ``error``, below which nothing is
        planned, and nothing deleted; an entry of another type at the destination becomes a ``conflict``, or is deleted
        first with `delete_extra`.

        Parameters: `source` and `destination`, each the id of a collection and the path of a directory there; `level`,
        the difference that makes a file be copied although it exists: ``exists`` (none), ``size``, ``mtime`` (the
        source is newer, or has another size) or ``checksum`` (which listings do not tell: files of the same size are
        to ``check``), or 0 to 3, or None to copy all; `delete_extra`, whether to delete what the source does not have;
        `filter_rules`, `FilterRule` documents or mappings, of which the first that fits a name decides, and what none
        fits takes part; `symlinks` in the source, to ``ignore``, ``keep`` as links, or ``copy`` as what they lead to;
        `skew`, the seconds, or `timedelta`, by which a source must be newer, for a destination with coarse times;
        `max_entries`, the number of entries to read at most; `concurrency`, the number of directories to list at the
        same time; `confirm_above`, the share of the entries at the destination, from 0 to 1, above which deletions need
        ``confirm=True``; `label` of the tasks; `preserve_timestamp`, whether files keep their modification times;
        `source_local_user` and `destination_local_user`, the local accounts to use, on mapped collections.
        Raises `GlobusUsageError`, before anything is sent, for an invalid argument, and for directories that overlap;
        later, for a path that is a file, for more entries than `max_entries`, and for an empty source with
        `delete_extra`; `TransferAPIError` if the source cannot be listed, or the destination for another reason than
        that it is missing; `pydantic.ValidationError` for an invalid filter rule. Warns with `GlobusWarning` of
        arguments that are suspicious, such as rules that only include.
        Source: Transfer API, "File Operations" and "Task Submission".
        """
        at_once = whole_number("concurrency", concurrency, 1, 1000) or 1
        checked = options.checked_options(
            source,
            destination,
            level=level,
            delete_extra=delete_extra,
            filter_rules=filter_rules,
            symlinks=symlinks,
            skew=skew,
            max_entries=max_entries,
            confirm_above=confirm_above,
            source_local_user=source_local_user,
            destination_local_user=destination_local_user,
            label=label,
            preserve_timestamp=preserve_timestamp,
        )
        options.warn(checked.findings(), stacklevel=2)
        from globus_typed.core.parallel import in_parallel  # here, since only plans need it

        walk = walks.SyncWalk(checked)
        in_parallel(walk.start(), self._list_directory, walk.took, at_once)
        return plans.SyncPlan(self, walk.found(), checked)

    def _list_directory(self, job: walks.Job) -> listings.Listing | outcomes.Unreadable:
        place = job.place
        path = (V0_10, "operation", "endpoint", Part("endpoint_id", place.collection), "ls")
        query = {"path": place.path, "local_user": place.local_user}
        try:
            return self.send(Request("GET", path, listings.Listing, query=query))
        except GlobusAPIError as error:
            return outcomes.unreadable(error)
