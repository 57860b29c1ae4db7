"""Open files of a collection: `FileReader` and `FileWriter` as Python's own, and the two for tasks."""

import contextlib
import io
import sys
import tempfile
import warnings
from collections.abc import Awaitable, Callable
from functools import partial
from types import TracebackType
from typing import IO, TYPE_CHECKING, Protocol

from typing_extensions import Buffer, Self

from globus_typed.errors import GlobusUsageError, GlobusWarning
from globus_typed.files.concurrency import async_in_thread
from globus_typed.files.results import FileInfo

if TYPE_CHECKING:
    from typing import BinaryIO
else:
    BinaryIO = IO

__all__ = ["AsyncFileReader", "AsyncFileWriter", "FileReader", "FileWriter"]

_AHEAD = 2**20
"""The bytes that are read ahead at first; twice as many each time that one reads on."""
_FARTHEST = 64 * 2**20
_IN_MEMORY = 8 * 2**20
"""The bytes of a written file that need no temporary one."""


class Pieces(Protocol):
    """A range that is read piece by piece."""

    def read(self, size: int, /) -> bytes | None: ...
    def close(self) -> None: ...


class AsyncPiecesOf(Protocol):
    """A range that is read piece by piece."""

    def read(self, size: int, /) -> Awaitable[bytes | None]: ...
    def aclose(self) -> Awaitable[None]: ...


class Uploads(Protocol):
    """An object that uploads a file."""

    def upload(self, source: "BinaryIO", path: str, *, overwrite: bool) -> object: ...


class AsyncUploadsOf(Protocol):
    """An object that uploads a file."""

    def upload(self, source: "BinaryIO", path: str, *, overwrite: bool) -> Awaitable[object]: ...


def place_after(offset: int, whence: int, at: int, size: int) -> int:
    """Where a seek leads."""
    if whence not in (0, 1, 2):
        raise GlobusUsageError(f"whence: must be 0, 1 or 2, got {whence!r}")
    place = offset + (0, at, size)[whence]
    if place < 0:
        raise GlobusUsageError(f"offset: must not lead before the beginning of the file, got {offset}")
    return place


class _Ahead:
    """How far to read ahead: the longer one reads on, the farther."""

    def __init__(self) -> None:
        self.next = -1
        self._window = _AHEAD

    def stop(self, at: int, wanted: int, size: int) -> int:
        self._window = min(2 * self._window, _FARTHEST) if at == self.next else _AHEAD
        self.next = min(size, at + max(wanted, self._window))
        return self.next


class _RawReader(io.RawIOBase):
    def __init__(self, pieces: Callable[[int, int], Pieces], size: int) -> None:
        self._pieces_from = pieces
        self._size = size
        self._at = 0
        self._pieces: Pieces | None = None
        self._pieces_at = 0
        self._ahead = _Ahead()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = 0, /) -> int:
        self._at = place_after(offset, whence, self._at, self._size)
        return self._at

    def readinto(self, buffer: Buffer, /) -> int:
        view = memoryview(buffer).cast("B")
        if self._at >= self._size or not view:
            return 0
        if self._pieces is not None and self._pieces_at != self._at:
            self._drop()
        piece = None if self._pieces is None else self._pieces.read(len(view))
        if piece is None:
            self._drop()
            stop = self._ahead.stop(self._at, len(view), self._size)
            self._pieces = self._pieces_from(self._at, stop)
            piece = self._pieces.read(len(view)) or b""
        view[: len(piece)] = piece
        self._at += len(piece)
        self._pieces_at = self._at
        return len(piece)

    def _drop(self) -> None:
        pieces, self._pieces = self._pieces, None
        if pieces is not None:
            pieces.close()

    def close(self) -> None:
        self._drop()
        super().close()


class FileReader(io.BufferedReader):
    """A file of a collection, open for reading: a binary file such as `open` of Python gives, that can seek."""

    def __init__(self, pieces: Callable[[int, int], Pieces], info: FileInfo) -> None:
        self.info = info
        """The file as it was when it was opened."""
        super().__init__(_RawReader(pieces, info.size or 0), 2**17)

    @classmethod
    def opened(cls, pieces: Callable[[int, int], Pieces], info: FileInfo) -> Self:
        """The open file."""
        return cls(pieces, info)


class _Spool:
    """The bytes written so far: in memory, and in a temporary file where there are many."""

    def __init__(self) -> None:
        # Closed by the writer.
        self.file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        self.is_dropped = False
        self.handled = sys.exc_info()[1]

    def is_abandoned(self) -> bool:
        """Whether an exception is on its way that was not there when the file was opened."""
        error = sys.exc_info()[1]
        return error is not None and error is not self.handled


class _RawWriter(io.RawIOBase):
    def __init__(self, files: Uploads, path: str, overwrite: bool) -> None:
        self._files, self._path, self._overwrite = files, path, overwrite
        self.spool = _Spool()

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.spool.file.tell()

    def seek(self, offset: int, whence: int = 0, /) -> int:
        self.spool.file.seek(offset, whence)
        return self.spool.file.tell()

    def truncate(self, size: int | None = None, /) -> int:
        self.spool.file.truncate(size)
        return self.spool.file.tell() if size is None else size

    def write(self, data: Buffer, /) -> int:
        return self.spool.file.write(memoryview(data).cast("B"))

    def close(self) -> None:
        if self.closed:
            return
        super().close()
        with contextlib.closing(self.spool.file) as file:
            if self.spool.is_dropped:
                return
            if self.spool.is_abandoned():
                warnings.warn(
                    f"{self._path}: was not uploaded, because it was closed on the way of an exception",
                    GlobusWarning,
                    stacklevel=2,
                )
                return
            file.seek(0)
            self._files.upload(file, self._path, overwrite=self._overwrite)  # type: ignore[arg-type]  # as a file


class FileWriter(io.BufferedWriter):
    """A file of a collection, open for writing: a binary file such as `open` of Python gives, that can seek.

    It is uploaded when it is closed, and not before. A ``with`` block that an exception leaves uploads nothing, nor
    does one that is never closed, or closed while an exception is handled that came since it was opened.
    """

    def __init__(self, files: Uploads, path: str, overwrite: bool) -> None:
        self._writer = _RawWriter(files, path, overwrite)
        super().__init__(self._writer, 2**17)

    @classmethod
    def opened(cls, files: Uploads, path: str, overwrite: bool) -> Self:
        """The open file."""
        return cls(files, path, overwrite)

    def discard(self) -> None:
        """Close it, and upload nothing."""
        self._writer.spool.is_dropped = True
        self.close()

    def __exit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        if exc_type is not None:
            self._writer.spool.is_dropped = True
        self.close()

    def __del__(self) -> None:
        with contextlib.suppress(Exception):
            if not self.closed:
                self._writer.spool.is_dropped = True
                warnings.warn(
                    "a FileWriter was never closed, and so nothing was uploaded", ResourceWarning, stacklevel=2
                )


class AsyncFileReader:
    """A file of a collection, open for reading from anywhere in it."""

    def __init__(self, pieces: Callable[[int, int], AsyncPiecesOf], info: FileInfo) -> None:
        self.info = info
        """The file as it was when it was opened."""
        self._size = info.size or 0
        self._pieces_from = pieces
        self._at = 0
        self._pieces: AsyncPiecesOf | None = None
        self._pieces_at = 0
        self._ahead = _Ahead()

    @classmethod
    async def opened(cls, pieces: Callable[[int, int], AsyncPiecesOf], info: FileInfo) -> Self:
        """The open file."""
        return cls(pieces, info)

    def tell(self) -> int:
        """The place of the next byte that is read."""
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to another place, counted from the beginning, from here (1) or from the end (2)."""
        self._at = place_after(offset, whence, self._at, self._size)
        return self._at

    async def read(self, size: int = -1) -> bytes:
        """The next bytes, all of them without a size; fewer at the end of the file, and none behind it."""
        left = max(self._size - self._at, 0)
        left = left if size < 0 else min(left, size)
        parts: list[bytes] = []
        while left:
            if self._pieces is not None and self._pieces_at != self._at:
                await self.aclose()
            piece = None if self._pieces is None else await self._pieces.read(left)
            if piece is None:
                await self.aclose()
                self._pieces = self._pieces_from(self._at, self._ahead.stop(self._at, left, self._size))
                piece = await self._pieces.read(left)
                if not piece:
                    break
            parts.append(piece)
            left -= len(piece)
            self._at += len(piece)
            self._pieces_at = self._at
        return b"".join(parts)

    async def aclose(self) -> None:
        """Give the connection back."""
        pieces, self._pieces = self._pieces, None
        if pieces is not None:
            await pieces.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        await self.aclose()


class AsyncFileWriter:
    """A file of a collection, open for writing. It is uploaded when it is closed, and not before.

    An ``async with`` block that an exception leaves uploads nothing.
    """

    def __init__(self, files: AsyncUploadsOf, path: str, overwrite: bool) -> None:
        self._files, self._path, self._overwrite = files, path, overwrite
        self._spool = _Spool()
        self._is_closed = False

    @classmethod
    async def opened(cls, files: AsyncUploadsOf, path: str, overwrite: bool) -> Self:
        """The open file."""
        return cls(files, path, overwrite)

    def tell(self) -> int:
        """The place of the next byte that is written."""
        return self._spool.file.tell()

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to another place, counted from the beginning, from here (1) or from the end (2)."""
        self._spool.file.seek(offset, whence)
        return self.tell()

    async def write(self, data: bytes | bytearray | memoryview) -> int:
        """Write bytes; the number of them."""
        if self._is_closed:
            raise GlobusUsageError(f"{self._path}: it is closed")
        return await async_in_thread(partial(self._spool.file.write, data))

    async def aclose(self) -> None:
        """Upload what was written."""
        if self._is_closed:
            return
        self._is_closed = True
        with contextlib.closing(self._spool.file) as file:
            file.seek(0)
            await self._files.upload(file, self._path, overwrite=self._overwrite)  # type: ignore[arg-type]  # as a file

    async def discard(self) -> None:
        """Close it, and upload nothing."""
        self._is_closed = True
        await async_in_thread(self._spool.file.close)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        await (self.aclose() if exc_type is None else self.discard())
