"""Bodies of uploads: the bytes of a file, or bytes, again and again if need be."""

import contextlib
import io
import os
import shutil
import tempfile
from collections.abc import Callable
from typing import BinaryIO, Protocol, TypeAlias, cast

from globus_typed.errors import GlobusUsageError
from globus_typed.files.checks import new_hash
from globus_typed.files.errors import LocalFileError, SourceChangedError
from globus_typed.files.paths import local_path

__all__ = ["Readable", "UploadBody", "UploadSource", "upload_body"]

_BLOCK = 2**20


class Readable(Protocol):
    """An open file, in binary mode."""

    def read(self, size: int = ..., /) -> bytes:
        """The next bytes."""
        ...


UploadSource: TypeAlias = str | os.PathLike[str] | bytes | bytearray | memoryview | Readable
"""A path of this machine, bytes, or a file that is open in binary mode."""


class UploadBody:
    """The bytes of an upload, of a known length, which can be read more than once. Its methods wait for the disk."""

    def __init__(self, name: str, file: BinaryIO, length: int, start: int, closes: bool) -> None:
        self.name = name
        self.length = length
        """The number of bytes."""
        self.sent: int = 0
        """The number of bytes that were read since `rewind`."""
        self.told: Callable[[int], object] | None = None
        """The function that is called with `sent`, after each block."""
        self._file = file
        self._start = start
        self._closes = closes
        self._state = self._state_now()

    def rewind(self) -> None:
        """Begin again."""
        self.sent = 0
        self._file.seek(self._start)

    def read(self) -> bytes:
        """The next block; empty at the end."""
        try:
            block = self._file.read(min(_BLOCK, self.length - self.sent)) if self.sent < self.length else b""
        except OSError as error:
            raise LocalFileError(f"{self.name}: cannot read it: {error.strerror or error}", error.errno) from error
        if not block and self.sent < self.length:
            raise self._changed()
        self.sent += len(block)
        return block

    def report(self) -> None:
        """Tell how much was read."""
        if self.told is not None:
            self.told(self.sent)

    def check(self) -> None:
        """Raise `SourceChangedError` for a file that was written meanwhile."""
        if self._state_now() != self._state:
            raise self._changed()

    def checksum(self, algorithm: str) -> str:
        """The checksum of all of it."""
        running = new_hash(algorithm)
        self.rewind()
        while block := self.read():
            running.update(block)
        return running.hexdigest()

    def close(self) -> None:
        """Close the file, unless it was given open."""
        if self._closes:
            self._file.close()

    def _state_now(self) -> tuple[int, int] | None:
        with contextlib.suppress(OSError, AttributeError, ValueError):
            status = os.fstat(self._file.fileno())
            return status.st_size, status.st_mtime_ns
        return None

    def _changed(self) -> SourceChangedError:
        return SourceChangedError(f"{self.name}: was changed while it was uploaded; nothing was put in its place")


def check_source(source: object) -> None:
    """`GlobusUsageError` for what is no file: nothing is opened."""
    if isinstance(source, (bytes, bytearray, memoryview)):
        return
    if isinstance(source, str) or hasattr(source, "__fspath__"):
        local_path(source, "source")
        return
    if isinstance(source, io.TextIOBase):
        raise GlobusUsageError('source: must be a file that is open in binary mode, "rb"; this one gives text')
    if not callable(getattr(source, "read", None)):
        raise GlobusUsageError(
            "source: must be the path of a file, bytes, or a file that is open in binary mode, which can be read again "
            f"after a failure, got {type(source).__name__}"
        )


def upload_body(source: UploadSource) -> UploadBody:
    """The body that a source makes; a file that cannot be read twice is copied to a temporary one first."""
    if isinstance(source, (bytes, bytearray, memoryview)):
        return UploadBody("source", io.BytesIO(source), memoryview(source).nbytes, 0, closes=True)
    if isinstance(source, (str, os.PathLike)):
        path = local_path(source, "source")
        try:
            file = open(path, "rb", buffering=0)  # noqa: SIM115  # closed by the body
        except OSError as error:
            raise LocalFileError(f"source: cannot open {path}: {error.strerror}", error.errno) from error
        return UploadBody(path, file, os.fstat(file.fileno()).st_size, 0, closes=True)
    try:
        given = cast("BinaryIO", source)
        if given.seekable():
            start = given.tell()
            return UploadBody("source", given, given.seek(0, os.SEEK_END) - start, start, closes=False)
    except (AttributeError, OSError):  # an object that has no more than `read`
        pass
    try:
        # Kept open by the body, which closes it.
        spooled = tempfile.TemporaryFile()  # noqa: SIM115
        shutil.copyfileobj(source, spooled, _BLOCK)
        spooled.flush()
    except (OSError, TypeError) as error:
        raise LocalFileError(f"source: cannot copy it to a temporary file: {error}") from error
    return UploadBody("source", spooled, spooled.tell(), 0, closes=True)
