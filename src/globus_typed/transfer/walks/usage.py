"""`DiskUsage`: how many files there are below a directory, and how large they are."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

from globus_typed.transfer.query import whole_number
from globus_typed.transfer.walks.entries import WalkEntry, WalkError

__all__ = ["Counting", "DiskUsage"]


@dataclass(frozen=True)
class DiskUsage:
    """The size of all that is below a directory of a collection."""

    files: int
    """The number of files."""
    bytes: int
    """The size of all files, in bytes."""
    directories: int
    """The number of directories below the one that was asked for, which is not counted."""
    symlinks: int
    """The number of symlinks that were not followed; neither they nor their targets count as anything else."""
    others: int
    """The number of devices, pipes and other entries."""
    unknown_sizes: int
    """The number of files whose size the collection does not report: they add nothing to `bytes`."""
    largest: tuple[WalkEntry, ...]
    """The largest files, the largest first."""
    errors: tuple[WalkError, ...]
    """The directories that could not be listed, so that what is below them is not counted."""

    @property
    def is_complete(self) -> bool:
        """Whether every directory could be listed."""
        return not self.errors


class Counting:
    """Counts entries. Parameters: `largest`, how many of the largest files to keep; `follow_symlinks`, as the walk."""

    def __init__(self, largest: int, *, follow_symlinks: bool) -> None:
        self._most = whole_number("largest", largest, 0) or 0
        self._follow = follow_symlinks
        self._number = self._files = self._bytes = self._directories = 0
        self._symlinks = self._others = self._unknown = 0
        self._largest: list[tuple[int, int, WalkEntry]] = []

    def add(self, entry: WalkEntry) -> None:
        """Count an entry."""
        self._number -= 1
        if entry.is_symlink and (not self._follow or entry.type == "invalid_symlink"):
            self._symlinks += 1
        elif entry.is_directory:
            self._directories += 1
        elif entry.type != "file":
            self._others += 1
        else:
            self._files += 1
            if entry.size is None:
                self._unknown += 1
                return
            self._bytes += entry.size
            # Of files of one size, the first ones stay.
            place = entry.size, self._number, entry
            if len(self._largest) < self._most:
                heapq.heappush(self._largest, place)
            elif self._largest and place > self._largest[0]:
                heapq.heapreplace(self._largest, place)

    def usage(self, errors: Sequence[WalkError]) -> DiskUsage:
        """The figures."""
        return DiskUsage(
            files=self._files,
            bytes=self._bytes,
            directories=self._directories,
            symlinks=self._symlinks,
            others=self._others,
            unknown_sizes=self._unknown,
            largest=tuple(entry for _, _, entry in sorted(self._largest, reverse=True)),
            errors=tuple(errors),
        )
