"""Results of a walk: entries of directories, or whole directories; and its progress."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from globus_typed.errors import GlobusError
from globus_typed.transfer.documents.files import File

__all__ = ["WalkDirectory", "WalkEntry", "WalkError", "WalkProgress", "joined"]


def joined(directory: str, name: str) -> str:
    """The path of an entry of a directory, whose path has no trailing slash unless it is the root."""
    return f"{directory}{name}" if directory.endswith("/") else f"{directory}/{name}"


@dataclass(frozen=True, slots=True)
class WalkEntry:
    """A file, directory or other entry that a walk came by."""

    entry: File
    """The entry as the listing of its directory has it: name, type, size, time, owner, permissions."""
    parent: str
    """The path of the directory that it is in, without a trailing slash (but ``/`` for the root)."""
    depth: int
    """The number of directories between it and the start: 0 for the entries of the start itself."""
    start: str = field(repr=False)
    """The path where the walk began."""

    @property
    def path(self) -> str:
        """The path on the collection, below the path that was given; that of a directory has no trailing slash."""
        return joined(self.parent, self.entry.name)

    @property
    def relative(self) -> str:
        """The path below the start of the walk."""
        return self.path[len(self.start.rstrip("/")) + 1 :]

    @property
    def name(self) -> str:
        """The name, without the directory."""
        return self.entry.name

    @property
    def type(self) -> str | None:
        """The type, such as ``file`` or ``dir``; for a symlink, that of its target."""
        return self.entry.type

    @property
    def size(self) -> int | None:
        """The size in bytes; None if the collection does not report it."""
        return self.entry.size

    @property
    def last_modified(self) -> datetime | None:
        """The modification time, to the second; None if the collection does not report it."""
        return self.entry.last_modified

    @property
    def is_directory(self) -> bool:
        """Whether it is a directory, or a symlink to one."""
        return self.entry.type == "dir"

    @property
    def is_symlink(self) -> bool:
        """Whether it is a symlink, be its target there or not."""
        return self.entry.link_target is not None or self.entry.type == "invalid_symlink"


class WalkDirectory(NamedTuple):
    """A directory that was listed: ``for path, directories, files in transfer.walk_dirs(…)``."""

    path: str
    """The path of the directory, without a trailing slash (but ``/`` for the root)."""
    directories: tuple[WalkEntry, ...]
    """The directories in it, and the symlinks to directories."""
    files: tuple[WalkEntry, ...]
    """All other entries."""


@dataclass(frozen=True)
class WalkError:
    """A directory that could not be listed, so that a walk has nothing of what is below."""

    path: str
    """The path of the directory."""
    error: GlobusError
    """The exception of the call that listed it."""

    def __str__(self) -> str:
        return f"{self.path}: {self.error}"


class WalkProgress(NamedTuple):
    """How far a walk has come."""

    calls: int
    """The number of listings that came back, refused ones included."""
    entries: int
    """The number of entries in the listings that have been read, those left out by a filter included."""
    pending: int
    """The number of directories that are known and have not been read."""
    seconds: float
    """The seconds since the walk began, by the client's clock."""

    @property
    def rate(self) -> float:
        """The entries read a second."""
        return self.entries / self.seconds if self.seconds > 0 else 0.0


OnError = Callable[[WalkError], object]
"""A function that is told of each directory that cannot be listed; the walk goes on unless it raises."""
