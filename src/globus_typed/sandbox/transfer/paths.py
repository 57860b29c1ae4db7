"""Paths of a collection: from the text of a request to names below the root, and from there to open directories.

Every step from the root is made by name in an open directory, and symbolic links are followed here, not by the kernel,
so that no path, link or directory exchanged meanwhile leads out of the collection.
"""

import errno
import os
import stat
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

__all__ = ["LeavesCollection", "NotPermitted", "Parts", "Place", "Tree", "parts_of"]

Parts = tuple[str, ...]

_MAX_LINKS = 40
_NO_LINK = os.O_NOFOLLOW | os.O_CLOEXEC
# O_PATH walks through directories that may be entered but not listed; systems without it need read permission
_STEP: int = os.O_DIRECTORY | _NO_LINK | getattr(os, "O_PATH", os.O_RDONLY)


class LeavesCollection(PermissionError):
    """A symbolic link leads out of the collection's root."""

    def __init__(self, name: str) -> None:
        super().__init__(errno.EACCES, "A symbolic link leads out of the collection", name)


class NotPermitted(PermissionError):
    """No role and no access rule of the collection permits this."""

    def __init__(self, parts: Parts) -> None:
        path = "/" + "/".join(parts)
        super().__init__(errno.EACCES, "No role and no access rule of the collection permits this", path)


def parts_of(path: str) -> Parts:
    """The names from the root, which `/`, `/~/` and `~/` are alike, to `path`. ValueError says what is wrong."""
    if not path.startswith(("/", "~")):
        raise ValueError("a path starts with '/' or '~'")
    if "\0" in path:
        raise ValueError("a path has no NUL character")
    names = [name for name in path.split("/") if name not in ("", ".")]
    if names and names[0] == "~":
        del names[0]
    if ".." in names:
        raise ValueError("a path has no '..'")
    return tuple(names)


class Place:
    """The place of a path: a name in an open directory, its lstat, or None when nothing is there; the root is `.`.

    `parts` are the names from the root to it, with all links followed.
    """

    __slots__ = ("fd", "name", "parts", "status")

    def __init__(self, fd: int, name: str, status: os.stat_result | None, parts: Parts) -> None:
        self.parts: Parts = parts
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
    """The directory of a collection; hands out open directories and places below its root, never beyond it.

    With `permits`, only those whose path it permits, both as it was asked for and with the links in it followed.
    """

    def __init__(self, root: str | Path, permits: Callable[[Parts], bool] | None = None) -> None:
        self.root: str = os.path.realpath(root)
        self._permits = permits

    def check(self, parts: Parts) -> None:
        """Raise NotPermitted when the path may not be used."""
        if self._permits is not None and not self._permits(parts):
            raise NotPermitted(parts)

    def locate(self, parts: Parts, *, follow: bool = True, make: bool = False) -> Place:
        """The place of a path; `follow` follows a link at its end too, `make` makes missing directories before its end.

        Raises LeavesCollection, NotPermitted, or the OSError of the step that failed (FileNotFoundError, ...).
        """
        self.check(parts)
        place = self._locate(parts, follow, make)
        if place.parts != parts:
            try:
                self.check(place.parts)
            except NotPermitted:
                place.close()
                raise
        return place

    def _locate(self, parts: Parts, follow: bool, make: bool) -> Place:
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
        names: list[str] = []
        while pending:
            name = pending.popleft()
            if name in ("", "."):
                continue
            if name == "..":
                if len(stack) == 1:
                    raise LeavesCollection(name)
                os.close(stack.pop())
                names.pop()
                continue
            last = not pending
            here = (*names, name)
            status = self._status(stack[-1], here, make=make and not last, missing_ok=last)
            if status is not None and stat.S_ISLNK(status.st_mode) and (follow or not last):
                links += 1
                if links > _MAX_LINKS:
                    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), name)
                target = os.readlink(name, dir_fd=stack[-1])
                if target.startswith("/"):
                    target = self._from_root(target, name)
                    names.clear()
                    while len(stack) > 1:
                        os.close(stack.pop())
                pending.extendleft(reversed(target.split("/")))
                continue
            if last:
                return Place(stack[-1], name, status, here)
            stack.append(os.open(name, _STEP, dir_fd=stack[-1]))
            names.append(name)
        return Place(stack[-1], ".", os.stat(".", dir_fd=stack[-1]), tuple(names))

    def _status(self, fd: int, parts: Parts, *, make: bool, missing_ok: bool) -> os.stat_result | None:
        name = parts[-1]
        try:
            return os.lstat(name, dir_fd=fd)
        except FileNotFoundError:
            if make:
                self.check(parts)
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

    def directory(self, parts: Parts, *, follow: bool = True, make: bool = False) -> int:
        """An open directory that can be listed, for the caller to close; `make` makes it and its parents if missing."""
        with self.locate(parts, follow=follow, make=make) as place:
            return _opened(place, make)

    def parent(self, parts: Parts, *, make: bool = False) -> tuple[int, Parts]:
        """The directory of what may be used by this path, open, and where it is; of the directory nothing else may be.

        What is done with another name in it is for the caller to check.
        """
        self.check(parts)
        with self._locate(parts[:-1], True, make) as place:
            if place.status is None and make:
                self.check(place.parts)
            return _opened(place, make), place.parts


def _opened(place: Place, make: bool) -> int:
    if place.status is None and make:
        with suppress(FileExistsError):
            os.mkdir(place.name, dir_fd=place.fd)
    return os.open(place.name, os.O_RDONLY | os.O_DIRECTORY | _NO_LINK, dir_fd=place.fd)
