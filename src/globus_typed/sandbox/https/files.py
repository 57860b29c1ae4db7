"""The files of a collection, as a server opens, writes and removes them, and the texts of its refusals."""

import errno
import os
import stat
from collections.abc import Mapping
from urllib.parse import unquote_to_bytes

from globus_typed.sandbox.transfer.mover.copy import is_partial
from globus_typed.sandbox.transfer.paths import LeavesCollection, NotPermitted, Parts, Place, Tree, parts_of

__all__ = [
    "BACKEND_FAULT",
    "FileRefused",
    "names_of",
    "open_to_read",
    "open_to_write",
    "refusal_of",
    "remove",
    "text_of",
]

_NO_LINK = os.O_NOFOLLOW | os.O_CLOEXEC
BACKEND_FAULT = "GlobusError: v=1 c=ENDPOINT_ERROR\nGridFTP-Reason: GCS Manager Internal Error\n"
"""The text of a 404 that says nothing about the file."""


class FileRefused(Exception):
    """The server says no: an HTTP status and a text."""

    def __init__(self, status: int, text: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(text)
        self.status = status
        self.text = text
        self.headers = headers


def text_of(code: str, number: int | None = None, reason: str = "") -> str:
    """The text of a refusal, with the number of the error of the system where there was one."""
    lines = [f"GlobusError: v=1 c={code}"]
    if number is not None:
        lines.append(f"GridFTP-Errno: {number}")
        reason = reason or "System error in stat"
    if reason:
        lines.append(f"GridFTP-Reason: {reason}")
    if number is not None:
        lines.append(f"GridFTP-Error-String: {os.strerror(number)}")
    return "\n".join([*lines, ""])


_MISSING = (errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.ENAMETOOLONG)
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def refusal_of(error: OSError) -> FileRefused:
    """The refusal that an error of the file system becomes."""
    number = error.errno or errno.EIO
    if isinstance(error, LeavesCollection | NotPermitted) or number in (errno.EACCES, errno.EPERM):
        return FileRefused(403, text_of("PERMISSION_DENIED", errno.EACCES, "Permission denied"))
    if number in _MISSING:
        return FileRefused(404, text_of("PATH_NOT_FOUND" if number == errno.ENOENT else "NOT_A_FILE", number))
    if number in _FULL:
        return FileRefused(507, text_of("QUOTA_EXCEEDED", number, "System error in write"))
    return FileRefused(500, text_of("INTERNAL_ERROR", number, "System error"))


def names_of(raw_path: bytes) -> Parts:
    """The names below the root that the path of a URL stands for.

    FileRefused for what is the path of no file: `/~/` is no home here, and a directory has no contents.
    """
    path = os.fsdecode(unquote_to_bytes(raw_path))
    if path.startswith("/~/") or path == "/~":
        raise FileRefused(404, text_of("PATH_NOT_FOUND", errno.ENOENT))
    try:
        parts = parts_of(path)
    except ValueError as error:
        raise FileRefused(400, text_of("BAD_PATH", reason=str(error))) from None
    if not parts or path.endswith("/"):
        raise refusal_of(IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR)))
    return parts


def open_to_read(tree: Tree, parts: Parts) -> tuple[int, int]:
    """An open file, for the caller to close, and its size; raises OSError."""
    with tree.locate(parts) as place:
        _check(place)
        place.found()
        # A pipe would wait for its other end.
        file = os.open(place.name, os.O_RDONLY | os.O_NONBLOCK | _NO_LINK, dir_fd=place.fd)
    try:
        return file, _regular(os.fstat(file)).st_size
    except BaseException:
        os.close(file)
        raise


def open_to_write(tree: Tree, parts: Parts) -> int:
    """A file, new or emptied, open for the caller to write and to close; its directory exists. Raises OSError."""
    with tree.locate(parts) as place:
        _check(place)
        if place.status is not None:
            _regular(place.status)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NONBLOCK | _NO_LINK
        return os.open(place.name, flags, 0o666, dir_fd=place.fd)


def remove(tree: Tree, parts: Parts) -> None:
    """Remove a file or link; raises OSError, IsADirectoryError for a directory."""
    with tree.locate(parts, follow=False) as place:
        _check(place)
        if stat.S_ISDIR(place.found().st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        os.unlink(place.name, dir_fd=place.fd)


def _check(place: Place) -> None:
    if is_partial(place.name):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), place.name)


def _regular(status: os.stat_result) -> os.stat_result:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    return status
