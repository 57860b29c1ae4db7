"""Paths of a collection: from the text of a request to names below the root, and from there to open directories.

Every step from the root is made by name in an open directory, and symbolic links are followed here, not by the kernel,
so that no path, link or directory exchanged meanwhile leads out of the collection.
"""

import errno
import os
import stat
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

__all__ = ["LeavesCollection", "Parts", "Place", "Tree", "parts_of"]

Parts = tuple[str, ...]

_MAX_LINKS = 40
_NO_LINK = os.O_NOFOLLOW | os.O_CLOEXEC
# O_PATH walks through directories that may be entered but not listed; systems without it need read permission
_STEP: int = os.O_DIRECTORY | _NO_LINK | getattr(os, "O_PATH", os.O_RDONLY)


class LeavesCollection(PermissionError):
    """A symbolic link leads out of the collection's root."""

    def __init__(self, name: str) -> None:
        super().__init__(errno.EACCES, "A symbolic link leads out of the collection", name)


def parts_of(path: str) -> Parts:
    """The names from the root to `path`; `/` and `/~/` are both the root. ValueError says what is wrong with a path."""
    if not path.startswith("/"):
        raise ValueError("a path starts with '/' or '/~/'")
    if "\0" in path:
        raise ValueError("a path has no NUL character")
    names = [name for name in path.split("/") if name not in ("", ".")]
    if names and names[0] == "~":
        del names[0]
    if ".." in names:
        raise ValueError("a path has no '..'")
    return tuple(names)


class Place:
    """Where a path leads: a name in an open directory, its lstat, or None when nothing is there; the root is `.`."""

    __slots__ = ("fd", "name", "status")

    def __init__(self, fd: int, name: str, status: os.stat_result | None) -> None:
        self.fd: int = fd
        self.name: str = name
        self.status: os.stat_result | None = status

    def found(self) -> os.stat_result:
        """The lstat; FileNotFoundError when nothing is there."""
        if self.status is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), self.name)
        return self.status

    def close(self) -> None:
        os.close(self.fd)

    def __enter__(self) -> "Place":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Tree:
    """The directory of a collection; hands out open directories and places below its root, never beyond it."""

    def __init__(self, root: Path) -> None:
        self.root: str = os.path.realpath(root)

    def locate(self, parts: Sequence[str], *, follow: bool = True, make: bool = False) -> Place:
        """The place of a path; `follow` follows a link at its end too, `make` makes missing directories before its end.

        Raises LeavesCollection, or the OSError of the step that failed (FileNotFoundError, NotADirectoryError, ...).
        """
        stack = [os.open(self.root, os.O_DIRECTORY | os.O_CLOEXEC | getattr(os, "O_PATH", os.O_RDONLY))]
        try:
            place = self._walk(stack, deque(parts), follow, make)
            stack.remove(place.fd)
            return place
        finally:
            for fd in stack:
                os.close(fd)

    def _walk(self, stack: list[int], pending: deque[str], follow: bool, make: bool) -> Place:
        links = 0
        while pending:
            name = pending.popleft()
            if name in ("", "."):
                continue
            if name == "..":
                if len(stack) == 1:
                    raise LeavesCollection(name)
                os.close(stack.pop())
                continue
            last = not pending
            status = self._status(stack[-1], name, make=make and not last, missing_ok=last)
            if status is not None and stat.S_ISLNK(status.st_mode) and (follow or not last):
                links += 1
                if links > _MAX_LINKS:
                    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), name)
                target = os.readlink(name, dir_fd=stack[-1])
                if target.startswith("/"):
                    target = self._from_root(target, name)
                    while len(stack) > 1:
                        os.close(stack.pop())
                pending.extendleft(reversed(target.split("/")))
                continue
            if last:
                return Place(stack[-1], name, status)
            stack.append(os.open(name, _STEP, dir_fd=stack[-1]))
        return Place(stack[-1], ".", os.stat(".", dir_fd=stack[-1]))

    @staticmethod
    def _status(fd: int, name: str, *, make: bool, missing_ok: bool) -> os.stat_result | None:
        try:
            return os.lstat(name, dir_fd=fd)
        except FileNotFoundError:
            if make:
                with suppress(FileExistsError):
                    os.mkdir(name, dir_fd=fd)
                return os.lstat(name, dir_fd=fd)
            if missing_ok:
                return None
            raise

    def _from_root(self, target: str, name: str) -> str:
        if target == self.root or target.startswith(self.root.rstrip("/") + "/"):
            return target[len(self.root) :]
        raise LeavesCollection(name)

    def directory(self, parts: Sequence[str], *, follow: bool = True, make: bool = False) -> int:
        """An open directory that can be listed, for the caller to close; `make` makes it and its parents if missing."""
        with self.locate(parts, follow=follow, make=make) as place:
            if place.status is None and make:
                with suppress(FileExistsError):
                    os.mkdir(place.name, dir_fd=place.fd)
            return os.open(place.name, os.O_RDONLY | os.O_DIRECTORY | _NO_LINK, dir_fd=place.fd)
