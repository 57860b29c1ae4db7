"""Directory listings: entries with their file documents, filter and order."""

import grp
import operator
import os
import pwd
import re
import stat
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from globus_typed.sandbox.transfer.errors import bad_request
from globus_typed.sandbox.transfer.mover.copy import is_partial
from globus_typed.sandbox.transfer.paths import Parts, Tree
from globus_typed.sandbox.transfer.responses import Json, file_time, shown
from globus_typed.sandbox.transfer.routes.queries import clauses, in_range, matches_name

__all__ = ["ORDER", "Entry", "entries", "entry_at", "keep"]

_TYPES: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISREG, "file"),
    (stat.S_ISDIR, "dir"),
    (stat.S_ISLNK, "invalid_symlink"),
    (stat.S_ISCHR, "chr"),
    (stat.S_ISBLK, "blk"),
    (stat.S_ISFIFO, "pipe"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file, directory or link; `status` is of what a link leads to, or of itself when that is out of reach."""

    name: str
    status: os.stat_result
    link_target: str | None = None
    link_status: os.stat_result | None = None

    @property
    def type(self) -> str:
        return next((name for matches, name in _TYPES if matches(self.status.st_mode)), "other")

    @property
    def permissions(self) -> str:
        return f"{stat.S_IMODE(self.status.st_mode):04o}"

    def document(self) -> Json:
        """The `file` document (Transfer API: file operations)."""
        link = self.link_status
        return {
            "DATA_TYPE": "file",
            "name": shown(self.name),
            "type": self.type,
            "size": self.status.st_size,
            "last_modified": file_time(self.status.st_mtime),
            "permissions": self.permissions,
            "user": _user(self.status.st_uid),
            "group": _group(self.status.st_gid),
            "link_target": None if self.link_target is None else shown(self.link_target),
            "link_size": None if link is None else link.st_size,
            "link_user": None if link is None else _user(link.st_uid),
            "link_group": None if link is None else _group(link.st_gid),
            "link_last_modified": None if link is None else file_time(link.st_mtime),
        }


@lru_cache(maxsize=256)
def _user(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


@lru_cache(maxsize=256)
def _group(gid: int) -> str:
    try:
        return grp.getgrgid(gid).gr_name
    except KeyError:
        return str(gid)


def entry_at(tree: Tree, parts: Parts) -> Entry:
    """The entry that a path names; raises OSError."""
    with tree.locate(parts, follow=False) as place:
        return _entry(tree, parts, parts[-1] if parts else "", place.found(), place.fd)


def entries(tree: Tree, parts: Parts, *, show_hidden: bool) -> list[Entry]:
    """The entries of a directory, by name; raises OSError (NotADirectoryError for a file)."""
    fd = tree.directory(parts)
    try:
        found: list[Entry] = []
        for name in sorted(os.listdir(fd)):
            if is_partial(name) or (name.startswith(".") and not show_hidden):
                continue
            # removed since it was listed
            with suppress(FileNotFoundError):
                found.append(_entry(tree, (*parts, name), name, os.lstat(name, dir_fd=fd), fd))
        return found
    finally:
        os.close(fd)


def _entry(tree: Tree, parts: Parts, name: str, status: os.stat_result, fd: int) -> Entry:
    if not stat.S_ISLNK(status.st_mode):
        return Entry(name, status)
    target = os.readlink(name, dir_fd=fd)
    try:
        with tree.locate(parts) as place:
            return Entry(name, place.found(), target, status)
    except OSError:
        return Entry(name, status, target, status)


ORDER: Mapping[str, Callable[[Entry], str | float | None]] = {
    "name": lambda entry: entry.name,
    "type": lambda entry: entry.type,
    "size": lambda entry: entry.status.st_size,
    "last_modified": lambda entry: entry.status.st_mtime_ns,
    "permissions": lambda entry: entry.permissions,
    "user": lambda entry: _user(entry.status.st_uid),
    "group": lambda entry: _group(entry.status.st_gid),
    "link_target": lambda entry: entry.link_target,
    "link_size": lambda entry: entry.link_status and entry.link_status.st_size,
    "link_user": lambda entry: entry.link_status and _user(entry.link_status.st_uid),
    "link_group": lambda entry: entry.link_status and _group(entry.link_status.st_gid),
    "link_last_modified": lambda entry: entry.link_status and entry.link_status.st_mtime_ns,
}


def keep(filters: Sequence[str]) -> Callable[[Entry], bool]:
    """Whether an entry is listed: all clauses of one `filter` must hold, each for one of its alternatives."""
    keys = ("name", "type", "size", "last_modified")
    choices = [[_test(key, value) for key, value in clauses([text], keys)] for text in filters]
    return lambda entry: not choices or any(all(test(entry) for test in tests) for tests in choices)


def _test(key: str, value: str) -> Callable[[Entry], bool]:
    if key == "last_modified":
        within = in_range(value)
        return lambda entry: within(entry.status.st_mtime)
    if key == "size":
        return _size(value)
    alternatives = [matches_name(text) for text in value.split(",")]
    if key == "type":
        return lambda entry: any(matches(entry.type) for matches in alternatives)
    return lambda entry: any(matches(shown(entry.name)) for matches in alternatives)


def _size(value: str) -> Callable[[Entry], bool]:
    found = re.fullmatch(r"(<=|>=|<|>|=|)(\d+)", value)
    if found is None:
        raise bad_request("filter", f"size:{value} is not a number of bytes after nothing or one of < <= > >= =")
    compare, bound = _COMPARE[found[1]], int(found[2])
    return lambda entry: compare(entry.status.st_size, bound)


_COMPARE: Mapping[str, Callable[[int, int], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "": operator.eq,
}
