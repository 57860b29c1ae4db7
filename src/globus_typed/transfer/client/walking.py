# Generated from walking.py by tools/unasync.py: change that file.
"""All that is below a directory of a collection: walks, searches and figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from globus_typed.core.lazy import Later
from globus_typed.transfer.client.base import TransferBase
from globus_typed.transfer.query import FileFilter

if TYPE_CHECKING:
    from globus_typed.transfer.client import walk as walks
    from globus_typed.transfer.walks import (
        checkpoint,
        criteria,
        drawing,
        entries,
        opening,
        options,
        usage,
    )
    from globus_typed.transfer.walks import (
        limiter as limiters,
    )
else:
    # Programs that do not walk do without them.
    walks = Later("globus_typed.transfer.client.walk")
    checkpoint = Later("globus_typed.transfer.walks.checkpoint")
    criteria = Later("globus_typed.transfer.walks.criteria")
    drawing = Later("globus_typed.transfer.walks.drawing")
    entries = Later("globus_typed.transfer.walks.entries")
    limiters = Later("globus_typed.transfer.walks.limiter")
    opening = Later("globus_typed.transfer.walks.opening")
    options = Later("globus_typed.transfer.walks.options")
    usage = Later("globus_typed.transfer.walks.usage")


class WalkMethods(TransferBase):
    """Methods that walk below a directory."""

    def walk(
        self,
        collection: str | UUID,
        path: str = "/~/",
        *,
        max_depth: int | None = None,
        order: options.WalkOrder = "breadth",
        bottom_up: bool = False,
        sort: Literal["name"] | None = "name",
        filter: options.EntryTest | FileFilter | None = None,
        prune: options.EntryTest | None = None,
        follow_symlinks: bool = False,
        show_hidden: bool = True,
        local_user: str | None = None,
        on_error: options.ErrorPolicy = "raise",
        concurrency: int = 4,
        limiter: limiters.RateLimiter | None = None,
        executor: Executor | None = None,
        on_progress: Callable[[entries.WalkProgress], object] | None = None,
        start_from: checkpoint.WalkCheckpoint | None = None,
    ) -> walks.Walk[entries.WalkEntry]:
        """All that is below a directory, entry by entry, as it is listed: files, directories and the rest.

        ``GET /operation/endpoint/{collection}/ls`` for each directory

        The order is that of the tree, however many listings are under way: parents come before what is in them, or
        after it with `bottom_up`, as for deleting. A walk is no snapshot of a tree that changes. A directory that was
        listed and is gone when its turn comes is no error: see `vanished` of the walk.

        Parameters: `path` of the directory where to begin; `max_depth`, how many directories deep to go, 0 for the
        entries of the directory itself, at most 1,000 (None: that many); `order`, ``"breadth"``, level by level, or
        ``"depth"``, each directory with all that is in it, which needs less memory where there are very many
        directories; `bottom_up`, each directory after all that is in it, depth first whatever the `order`; `sort` by
        name, or None for the order of the collection; `filter`, which of the entries that are no directories to give: a
        function, or a filter as of `operation_ls`, which the service applies; `prune`, a function that says which
        directories to leave out with all that is in them; `follow_symlinks`, whether to go into directories by symlinks
        to them, though into each target once, and never in a circle: see `loops` of the walk; `show_hidden`, whether to
        include names that begin with a dot; `local_user`, the local account to use, on a mapped collection; `on_error`,
        what to do about a directory that cannot be listed: ``"raise"`` the exception, ``"collect"`` it in `errors` of
        the walk and go on without the directory, or call a function with it, a `WalkError`, and go on (a failure of all
        calls, such as a login that expired, is always raised); `concurrency`, the most listings under way, 1 to 100
        (Globus Connect Personal is slow with more than 2); `limiter`, a `RateLimiter` (None: one of 10 calls a second,
        which all walks of the user in this process share); `executor`, any of `concurrent.futures` to list in, such as
        that of a Dask or Parsl cluster (None: threads, of async walks tasks), which needs a client with an app where
        its workers are processes; `on_progress`, a function that is called after each directory; `start_from`, the
        `checkpoint()` of an earlier walk with the same arguments.
        Raises `GlobusUsageError`, at the call, for an argument that makes no sense; while it goes on, as
        `operation_ls`, and `GlobusUsageError` for a path that is a file. A directory of more than 100,000 entries
        cannot be listed.
        Source: Transfer API, "List Directory Contents"; the limits are those of the Globus FAQ.
        """
        chosen = options.WalkOptions(
            collection=collection,
            path=path,
            max_depth=max_depth,
            order=order,
            bottom_up=bottom_up,
            sort=sort,
            filter=filter,
            prune=prune,
            follow_symlinks=follow_symlinks,
            show_hidden=show_hidden,
            local_user=local_user,
            on_error=on_error,
            concurrency=concurrency,
            limiter=limiter,
            executor=executor,
            on_progress=on_progress,
        )
        return walks.Walk(self, chosen, opening.entries, start_from)

    def walk_dirs(
        self,
        collection: str | UUID,
        path: str = "/~/",
        *,
        max_depth: int | None = None,
        order: options.WalkOrder = "breadth",
        bottom_up: bool = False,
        sort: Literal["name"] | None = "name",
        filter: options.EntryTest | FileFilter | None = None,
        prune: options.EntryTest | None = None,
        follow_symlinks: bool = False,
        show_hidden: bool = True,
        local_user: str | None = None,
        on_error: options.ErrorPolicy = "raise",
        concurrency: int = 4,
        limiter: limiters.RateLimiter | None = None,
        executor: Executor | None = None,
        on_progress: Callable[[entries.WalkProgress], object] | None = None,
        start_from: checkpoint.WalkCheckpoint | None = None,
    ) -> walks.Walk[entries.WalkDirectory]:
        """A directory and all below it, directory by directory: its path, the directories and the files in it, as
        `os.walk` gives them.

        ``GET /operation/endpoint/{collection}/ls`` for each directory

        With `bottom_up` a directory comes after all those in it. Other than with `os.walk`, taking directories out of
        what was given has no effect, since they may be under way: `prune` leaves them out.

        Parameters, and what it raises: as `walk`.
        Source: Transfer API, "List Directory Contents".
        """
        chosen = options.WalkOptions(
            collection=collection,
            path=path,
            max_depth=max_depth,
            order=order,
            bottom_up=bottom_up,
            sort=sort,
            filter=filter,
            prune=prune,
            follow_symlinks=follow_symlinks,
            show_hidden=show_hidden,
            local_user=local_user,
            on_error=on_error,
            concurrency=concurrency,
            limiter=limiter,
            executor=executor,
            on_progress=on_progress,
        )
        return walks.Walk(self, chosen, opening.directories, start_from)

    def find(
        self,
        collection: str | UUID,
        path: str = "/~/",
        pattern: str | None = None,
        *,
        type: criteria.EntryType | Iterable[criteria.EntryType] | None = None,
        older_than: timedelta | datetime | None = None,
        newer_than: timedelta | datetime | None = None,
        larger_than: int | None = None,
        smaller_than: int | None = None,
        max_depth: int | None = None,
        order: options.WalkOrder = "breadth",
        bottom_up: bool = False,
        prune: options.EntryTest | None = None,
        follow_symlinks: bool = False,
        show_hidden: bool = True,
        local_user: str | None = None,
        on_error: options.ErrorPolicy = "raise",
        concurrency: int = 4,
        limiter: limiters.RateLimiter | None = None,
        executor: Executor | None = None,
        on_progress: Callable[[entries.WalkProgress], object] | None = None,
        start_from: checkpoint.WalkCheckpoint | None = None,
    ) -> walks.Walk[entries.WalkEntry]:
        """The entries below a directory that meet all criteria, in the order of `walk`.

        ``GET /operation/endpoint/{collection}/ls`` for each directory in which there may be some

        Parameters: `path` of the directory where to begin; `pattern` for paths below it, as of `pathlib`: ``*``, ``?``
        and ``[…]`` within a name, and ``**`` for any number of directories, so that ``"*.csv"`` finds files in the
        directory itself and ``"**/*.csv"`` those anywhere; `type`, such as ``"file"`` or ``"dir"``, or several;
        `older_than`, the age since the last change, or the time of that, at least; `newer_than`, at most; `larger_than`
        and `smaller_than`, in bytes, that size not included; all others as of `walk`. What has no known time or size
        meets no criterion about it.
        Raises `GlobusUsageError`, at the call, for an argument that makes no sense, such as a time without a time zone;
        otherwise as `walk`.
        Source: Transfer API, "List Directory Contents".
        """
        chosen = criteria.Criteria(
            pattern,
            type=type,
            older_than=older_than,
            newer_than=newer_than,
            larger_than=larger_than,
            smaller_than=smaller_than,
            now=self.clock(),
        )
        where = options.WalkOptions(
            collection=collection,
            path=path,
            max_depth=max_depth,
            order=order,
            bottom_up=bottom_up,
            prune=prune,
            keep=chosen.keep,
            enter=chosen.enter,
            follow_symlinks=follow_symlinks,
            show_hidden=show_hidden,
            local_user=local_user,
            on_error=on_error,
            concurrency=concurrency,
            limiter=limiter,
            executor=executor,
            on_progress=on_progress,
        )
        return walks.Walk(self, where, opening.entries, start_from)

    def du(
        self,
        collection: str | UUID,
        path: str = "/~/",
        *,
        largest: int = 10,
        max_depth: int | None = None,
        filter: options.EntryTest | FileFilter | None = None,
        prune: options.EntryTest | None = None,
        follow_symlinks: bool = False,
        show_hidden: bool = True,
        local_user: str | None = None,
        on_error: options.ErrorPolicy = "raise",
        concurrency: int = 4,
        limiter: limiters.RateLimiter | None = None,
        executor: Executor | None = None,
        on_progress: Callable[[entries.WalkProgress], object] | None = None,
    ) -> usage.DiskUsage:
        """The number of files and directories below a directory, the size of all files in bytes, and the largest ones.

        ``GET /operation/endpoint/{collection}/ls`` for each directory

        Parameters: `path` of the directory; `largest`, how many of the largest files to name; all others as of `walk`.
        Raises as `walk`; directories that could not be listed are in `errors` of the result where they are collected.
        Source: Transfer API, "List Directory Contents".
        """
        counting = usage.Counting(largest, follow_symlinks=follow_symlinks)
        chosen = options.WalkOptions(
            collection=collection,
            path=path,
            max_depth=max_depth,
            filter=filter,
            prune=prune,
            follow_symlinks=follow_symlinks,
            show_hidden=show_hidden,
            local_user=local_user,
            on_error=on_error,
            concurrency=concurrency,
            limiter=limiter,
            executor=executor,
            on_progress=on_progress,
        )
        with walks.Walk(self, chosen, opening.entries) as walk:
            for entry in walk:
                counting.add(entry)
        return counting.usage(walk.errors)

    def tree(
        self,
        collection: str | UUID,
        path: str = "/~/",
        *,
        max_depth: int | None = None,
        filter: options.EntryTest | FileFilter | None = None,
        prune: options.EntryTest | None = None,
        follow_symlinks: bool = False,
        show_hidden: bool = True,
        local_user: str | None = None,
        on_error: options.ErrorPolicy = "collect",
        concurrency: int = 4,
        limiter: limiters.RateLimiter | None = None,
        executor: Executor | None = None,
        on_progress: Callable[[entries.WalkProgress], object] | None = None,
    ) -> str:
        """All that is below a directory as a drawing, a line an entry, to print.

        ``GET /operation/endpoint/{collection}/ls`` for each directory

        Directories that cannot be listed are in it, with the reason, unless `on_error` says otherwise. Characters that
        a terminal would obey are escaped.

        Parameters: `path` of the directory; all others as of `walk`.
        Raises as `walk`.
        Source: Transfer API, "List Directory Contents".
        """
        chosen = options.WalkOptions(
            collection=collection,
            path=path,
            max_depth=max_depth,
            order="depth",
            filter=filter,
            prune=prune,
            follow_symlinks=follow_symlinks,
            show_hidden=show_hidden,
            local_user=local_user,
            on_error=on_error,
            concurrency=concurrency,
            limiter=limiter,
            executor=executor,
            on_progress=on_progress,
        )
        picture = drawing.Drawing(chosen.start)
        with walks.Walk(self, chosen, opening.directories) as walk:
            for directory in walk:
                picture.add(directory)
        return picture.text(walk.errors, walk.loops)
