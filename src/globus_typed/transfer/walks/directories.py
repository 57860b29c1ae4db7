"""The directories that a walk enters, and the symlinks that it must not follow."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from posixpath import normpath

from globus_typed.transfer.walks.entries import WalkEntry

__all__ = ["MOST_LEVELS", "MOST_LINKS", "Directory", "LoopGuard"]

MOST_LEVELS = 1000
"""The depth at which a walk goes no deeper: no real tree has as many levels."""
MOST_LINKS = 40
"""The most symlinks on one path, as Linux has it."""


@dataclass(eq=False, slots=True)
class Directory:
    """A directory to list. Two are never equal, since a path may be reached twice."""

    path: str
    """Its path, without a trailing slash (but ``/`` for the root)."""
    depth: int
    """The depth of its entries: 0 for the start."""
    links: tuple[tuple[int, str], ...] = ()
    """The symlinks on the way, each as the depth of the directory that it leads to and the real path of that."""

    @property
    def name(self) -> str:
        """The last segment of the path."""
        return self.path.rpartition("/")[2]


class LoopGuard:
    """Decides which directories are entered, so that no symlink leads a walk in a circle.

    The target of a symlink is entered once by symlinks, and never where the walk came from it. Directories themselves
    are always entered: so nothing is missed because a symlink to it came first.
    """

    def __init__(self, root: str, entered: Iterable[str] = ()) -> None:
        self.root: str = normpath(root)
        """The real path of the start, as far as it is known."""
        self.entered: set[str] = set(entered)
        """The real paths that symlinks have led to."""

    def directory(self, inside: Directory, entry: WalkEntry) -> Directory | None:
        """The directory that an entry of another one is; None for a symlink that is not to be followed."""
        depth = inside.depth + 1
        if not entry.is_symlink:
            return Directory(entry.path, depth, inside.links)
        above = list(self._up(inside))
        # Targets are relative to the directory that the link is really in.
        target = entry.entry.link_target or ""
        real = _clean(target if target.startswith("/") else f"{above[0]}/{target}")
        if len(inside.links) >= MOST_LINKS or real in self.entered or real in above:
            return None
        self.entered.add(real)
        return Directory(entry.path, depth, (*inside.links, (depth, real)))

    def _up(self, directory: Directory) -> Iterator[str]:
        """The real paths of the directory and of those above it, up to the start."""
        links, names = dict(directory.links), directory.path.split("/")
        for depth in range(directory.depth, -1, -1):
            base = max((each for each in links if each <= depth), default=0)
            below = names[len(names) - directory.depth + base : len(names) - directory.depth + depth]
            yield _clean("/".join((links.get(base, self.root), *below)))


def _clean(path: str) -> str:
    return "/" + normpath(path).lstrip("/") if path.startswith("/") else normpath(path)
