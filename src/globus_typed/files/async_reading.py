"""Reading: whole files, ranges and pieces of them, into memory."""

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal, TypeVar, overload

from globus_typed.errors import GlobusUsageError, NetworkError
from globus_typed.files.async_collection import AsyncCollection
from globus_typed.files.async_exchange import AsyncAnswer
from globus_typed.files.async_uploads import AsyncUploads
from globus_typed.files.checks import check_count
from globus_typed.files.concurrency import async_each
from globus_typed.files.errors import IncompleteFileError, RangeNotSatisfiableError, SourceChangedError
from globus_typed.files.opened import AsyncFileReader, AsyncFileWriter
from globus_typed.files.plans import is_changed
from globus_typed.files.ranges import Block, blocks_of, checked_range, checked_ranges, range_header
from globus_typed.files.results import FileInfo
from globus_typed.files.retries import begins

__all__ = ["AsyncReading"]

ResultT = TypeVar("ResultT")

_STUCK = 3
_PIECE = 2**20


class AsyncReading(AsyncUploads):
    """Methods that read files."""

    async def read_bytes(
        self, path: str, start: int | None = None, stop: int | None = None, *, limit: int | None = 64 * 2**20
    ) -> bytes:
        """The bytes of a file, or of a range of it.

        ``GET /{path}`` of the collection

        Parameters: `path` from the root of the collection, or the URL of the file; `start`, the first byte (None: the
        first of the file), and `stop`, the one behind the last (None: the end), counted from 0; `limit`, the number of
        bytes to keep in memory at most, None for no limit.
        Returns fewer bytes where the file ends before `stop`. Raises `RangeNotSatisfiableError` if it ends before
        `start`; `GlobusUsageError` for wrong arguments and for more bytes than the limit; `NotFoundError`,
        `PermissionDeniedError`, `CollectionUnavailableError`, `CollectionLoginRequiredError`; `IncompleteFileError`,
        `NetworkError`.
        """
        first, last = checked_range(start, stop)
        if limit is not None:
            check_count("limit", limit, 0)
            if last is not None and last - first > limit:
                raise _too_large(last - first, limit)
        path = await self._collection.path(path)
        return b"" if first == last else await _read(self._collection, path, first, last, limit)

    async def iter_bytes(
        self, path: str, start: int | None = None, stop: int | None = None, *, chunk_size: int = _PIECE
    ) -> AsyncIterator[bytes]:
        """The bytes of a file, or of a range of it, piece by piece as they come: an async iterator.

        ``GET /{path}`` of the collection, and with access to Transfer ``GET /operation/endpoint/{endpoint_id}/stat``
        before it

        If the connection is lost, the rest is asked for, provided that Transfer tells that the file was not changed.

        Parameters: `path`, `start` and `stop` as for `read_bytes`; `chunk_size`, the bytes of a piece, at most.
        Raises what `read_bytes` raises; `SourceChangedError` if the file was changed meanwhile.
        """
        first, last = checked_range(start, stop)
        check_count("chunk_size", chunk_size, 1)
        path = await self._collection.path(path)
        if first == last:
            return
        pieces = AsyncPieces(self._collection, path, first, last)
        try:
            while (piece := await pieces.read(chunk_size)) is not None:
                yield piece
        finally:
            await pieces.aclose()

    async def read_ranges(
        self,
        paths: str | Sequence[str],
        ranges: Iterable[Sequence[int | None]],
        *,
        max_gap: int = 0,
        concurrency: int = 4,
    ) -> list[bytes]:
        """The bytes of many ranges, of one file or of several, in the order of the ranges.

        ``GET /{path}`` of the collection for each, or for several that touch

        Parameters: `paths`, the path of the file from the root of the collection, or its URL; or as many of them as
        there are ranges; `ranges`, pairs of `start` and `stop` as for `read_bytes`; `max_gap`, how many bytes may lie
        between two ranges of a file that are read together; `concurrency`, the number of tasks that read, at most.
        Raises what `read_bytes` raises.
        """
        check_count("max_gap", max_gap, 0)
        check_count("concurrency", concurrency, 1)
        wanted = checked_ranges(paths, ranges)
        known = {path: await self._collection.path(path) for path in dict.fromkeys(path for path, _ in wanted)}
        results = [b""] * len(wanted)

        async def one(block: Block) -> None:
            data = await _read(self._collection, known[block.path], block.start, block.stop, None)
            if len(block.parts) == 1:
                results[block.parts[0][0]] = data
                return
            for number, first, last in block.parts:
                results[number] = data[first:last]

        blocks = blocks_of(wanted, max_gap)
        await async_each(blocks, one, min(concurrency, len(blocks)))
        return results

    @overload
    async def open(self, path: str, mode: Literal["rb"] = "rb") -> AsyncFileReader: ...
    @overload
    async def open(self, path: str, mode: Literal["wb"], *, overwrite: bool = True) -> AsyncFileWriter: ...
    async def open(
        self, path: str, mode: Literal["rb", "wb"] = "rb", *, overwrite: bool = True
    ) -> AsyncFileReader | AsyncFileWriter:
        """An open file of the collection, to read from anywhere in it, or to write.

        ``GET /{path}`` of the collection for what is read, with up to 1 MiB ahead, and more the longer one reads on;
        for what is written, all of what `upload` does, when it is closed

        One that is written is kept in a temporary file until it is closed; a ``with`` block that an exception leaves
        uploads nothing. For text, use ``io.TextIOWrapper(files.open(path), encoding=…)`` of the sync client.

        Parameters: `path` from the root of the collection, or the URL of the file; `mode`, ``"rb"`` or ``"wb"``;
        `overwrite`, whether a file with the name is replaced.
        Raises what `info` and `upload` raise.
        """
        if mode not in ("rb", "wb"):
            raise GlobusUsageError(
                f'mode: must be "rb" or "wb", got {mode!r}; for text: io.TextIOWrapper(files.open(path), encoding=…)'
            )
        path = await self._collection.path(path)
        if mode == "wb":
            return await AsyncFileWriter.opened(self, path, overwrite)
        info = await self.info(path)
        if info.type == "dir":
            raise GlobusUsageError(f"path: {path!r} is a directory; operation_ls of a TransferClient lists it")
        collection = self._collection
        return await AsyncFileReader.opened(lambda start, stop: AsyncPieces(collection, path, start, stop, info), info)


async def _read(collection: AsyncCollection, path: str, start: int, stop: int | None, limit: int | None) -> bytes:
    """The bytes of a range, all of it asked for once more if the connection is lost."""
    exchange = await collection.connected()
    attempt = 0
    while True:
        attempt += 1
        whole = start == 0 and stop is None
        try:
            answer = await collection.open("GET", path, None if whole else range_header(start, stop))
        except RangeNotSatisfiableError:
            if start == 0:  # of an empty file
                return b""
            raise
        try:
            async with answer:
                return await _collected(answer, start, stop, limit, path)
        except NetworkError:
            if attempt > min(_STUCK, exchange.retry.max_retries):
                raise
        await exchange.sleep(min(exchange.retry.max_backoff, 0.5 * 2 ** (attempt - 1)))


async def _collected(answer: AsyncAnswer, start: int, stop: int | None, limit: int | None, path: str) -> bytes:
    beginning = begins(answer.status, answer.headers, start, path)
    if limit is not None and beginning.stop is not None and beginning.stop - start > limit and stop is None:
        raise _too_large(beginning.stop - start, limit)
    parts: list[bytes] = []
    have = beginning.start
    while (chunk := await answer.read()) is not None:
        parts.append(chunk)
        have += len(chunk)
        if limit is not None and have - start > limit and stop is None:
            raise _too_large(have - start, limit)
        if stop is not None and have >= stop and beginning.start != start:
            break  # the server ignores ranges, and the rest is of no use
    if beginning.stop is not None and have < min(beginning.stop, stop or beginning.stop):
        raise IncompleteFileError(f"{path}: {have - beginning.start:,} bytes came, and more were promised")
    data = parts[0] if len(parts) == 1 else b"".join(parts)
    skipped = start - beginning.start
    length = None if stop is None else stop - start
    if skipped or (length is not None and len(data) > length):
        return data[skipped : None if length is None else skipped + length]
    return data


def _too_large(size: int, limit: int) -> GlobusUsageError:
    return GlobusUsageError(
        f"limit: {size:,} bytes are more than {limit:,}; give limit=None, or use iter_bytes, open or download"
    )


class AsyncPieces:
    """A range of a file, read piece by piece. If the connection is lost, it asks for the rest."""

    def __init__(
        self, collection: AsyncCollection, path: str, start: int, stop: int | None, info: FileInfo | None = None
    ) -> None:
        self._collection = collection
        self._path = path
        self._at = start
        self._stop = stop
        self._info = info
        self._answer: AsyncAnswer | None = None
        self._rest = b""
        self._tries = 0
        self._end: int | None = None

    async def read(self, size: int) -> bytes | None:
        """The next bytes, so many at most; None at the end."""
        while not self._rest:
            if self._stop is not None and self._at >= self._stop:
                return None
            try:
                chunk = await self._next()
            except NetworkError:
                await self.aclose()
                await self._check_unchanged()
                continue
            if chunk is None:
                await self.aclose()
                return None
            self._tries = 0
            self._rest = chunk if self._stop is None else chunk[: self._stop - self._at]
            self._at += len(self._rest)
        piece, self._rest = self._rest[:size], self._rest[size:]
        return piece

    async def _next(self) -> bytes | None:
        if self._answer is None:
            if self._info is None and self._collection.transfer is not None:
                self._info = await self._collection.stat(self._path)
            whole = self._at == 0 and self._stop is None
            try:
                answer = await self._collection.open(
                    "GET", self._path, None if whole else range_header(self._at, self._stop)
                )
            except RangeNotSatisfiableError:
                if self._at == 0 or self._tries:
                    return None
                raise
            self._answer = answer
            beginning = begins(answer.status, answer.headers, self._at, self._path)
            self._end = beginning.stop
            skipped = self._at - beginning.start
            while skipped > 0 and (chunk := await answer.read()) is not None:
                skipped -= len(chunk)
                if skipped < 0:
                    return chunk[skipped:]
        while (chunk := await self._answer.read()) == b"":
            pass
        return chunk

    async def _check_unchanged(self) -> None:
        """Wait, and raise an exception where what follows may not be of the same file, or does not come."""
        exchange = await self._collection.connected()
        self._tries += 1
        if self._tries > min(_STUCK, exchange.retry.max_retries):
            raise IncompleteFileError(f"{self._path}: the connection was lost at byte {self._at:,}, again and again")
        if self._collection.transfer is None or self._info is None:
            raise IncompleteFileError(
                f"{self._path}: the connection was lost at byte {self._at:,}, and without access to Transfer nothing "
                "tells whether the rest would be of the same file; give app=… or transfer=…"
            )
        await exchange.sleep(min(exchange.retry.max_backoff, 0.5 * 2 ** (self._tries - 1)))
        if is_changed(self._info, await self._collection.stat(self._path)):
            raise SourceChangedError(f"{self._path}: was changed while it was read")

    async def aclose(self) -> None:
        """Give the connection back."""
        answer, self._answer = self._answer, None
        if answer is not None:
            await answer.aclose()
