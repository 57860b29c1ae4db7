"""Listings of directories as a walk takes them: the entries to yield, in which order, and where to go on."""

from collections.abc import Callable
from typing import Generic, TypeVar

from globus_typed.errors import GlobusError
from globus_typed.transfer.documents.files import File
from globus_typed.transfer.walks.directories import MOST_LEVELS, Directory, LoopGuard
from globus_typed.transfer.walks.entries import WalkDirectory, WalkEntry
from globus_typed.transfer.walks.frontier import Opened
from globus_typed.transfer.walks.listing import Listing
from globus_typed.transfer.walks.options import WalkOptions

__all__ = ["Opening", "directories", "entries"]

T = TypeVar("T")


class Opening(Generic[T]):
    """Opens directories for a walk that yields entries, or whole directories.

    Parameters: `options` of the walk; `arrange`, which of both: `entries` or `directories`.
    """

    def __init__(self, options: WalkOptions, arrange: "Arrange[T]") -> None:
        self._options = options
        self._arrange = arrange
        self._filter = options.filter if callable(options.filter) else None
        self.guard: LoopGuard = LoopGuard(options.start)
        self.loops: list[str] = []
        """The symlinks that were not followed, since they lead to where the walk has been."""

    def open(self, directory: Directory, listing: Listing) -> Opened[T]:
        """The share of the listing in the walk."""
        options = self._options
        if directory.depth == 0 and listing.absolute_path is not None and not directory.links:
            self.guard.root = listing.absolute_path.rstrip("/") or "/"
        items = sorted(listing.items, key=_by_name) if options.sort == "name" else listing.items
        found: list[tuple[WalkEntry, Directory | None]] = []
        for item in items:
            entry = WalkEntry(item, directory.path, directory.depth, options.start)
            inner: Directory | None = None
            if entry.is_directory:
                if options.prune is not None and options.prune(entry):
                    continue
                inner = self._inner(directory, entry)
            elif self._filter is not None and not self._filter(entry):
                continue
            found.append((entry, inner))
        opened = self._arrange(directory, found, options)
        opened.by_name = options.sort == "name"
        for _, each in opened.inner:
            if each.depth > MOST_LEVELS:
                problem = f"a walk goes no deeper than {MOST_LEVELS:,} levels, which no tree has that is not a loop"
                opened.failed[each.path] = GlobusError(problem)
        return opened

    def _inner(self, directory: Directory, entry: WalkEntry) -> Directory | None:
        options = self._options
        if options.max_depth is not None and directory.depth >= options.max_depth:
            return None
        if entry.is_symlink and not options.follow_symlinks:
            return None
        if options.enter is not None and not options.enter(entry):
            return None
        inner = self.guard.directory(directory, entry)
        if inner is None:
            self.loops.append(entry.path)
        return inner


Arrange = Callable[[Directory, list[tuple[WalkEntry, Directory | None]], WalkOptions], Opened[T]]


def entries(
    directory: Directory, found: list[tuple[WalkEntry, Directory | None]], options: WalkOptions
) -> Opened[WalkEntry]:
    """Yield the entries of a directory, each before the directory that it is is entered, or bottom up after it."""
    opened = Opened[WalkEntry]([], [], [])
    for entry, inner in found:
        if inner is not None and options.bottom_up:
            opened.inner.append((len(opened.items), inner))
        if options.keep is None or options.keep(entry):
            opened.items.append(entry)
            opened.names.append(entry.name)
        if inner is not None and not options.bottom_up:
            opened.inner.append((len(opened.items), inner))
    return opened


def directories(
    directory: Directory, found: list[tuple[WalkEntry, Directory | None]], options: WalkOptions
) -> Opened[WalkDirectory]:
    """Yield a directory as a whole, before those in it are entered, or bottom up after them."""
    inside = tuple(entry for entry, _ in found if entry.is_directory)
    others = tuple(entry for entry, _ in found if not entry.is_directory)
    place = 0 if options.bottom_up else 1
    return Opened(
        [WalkDirectory(directory.path, inside, others)],
        [""],
        [(place, inner) for _, inner in found if inner is not None],
    )


def _by_name(item: File) -> str:
    return item.name
