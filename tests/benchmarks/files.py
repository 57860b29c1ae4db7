"""The pieces of work on files over HTTPS, done by this project, by httpx, and with the least that can do them.

All serve from memory over loopback. The least is a bare socket, read into one buffer, or as many asyncio streams.
"""

import asyncio
import hashlib
import os
import re
import socket
import time
from collections.abc import Awaitable, Callable
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import anyio
import httpx

if TYPE_CHECKING:
    from globus_typed import AsyncCollectionFiles

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"
URL = os.environ.get("GLOBUS_SDK_SERVICE_URL_TRANSFER", "").rstrip("/")
LARGE = 512 * 2**20
SMALL = 10_000
FILES = 1000
AT_ONCE = 16
APART = [(number * 3 * SMALL, number * 3 * SMALL + SMALL) for number in range(FILES)]
NEAR = [(number * SMALL, number * SMALL + SMALL) for number in range(FILES)]
OF_RANGES = f"/file/{3 * SMALL * FILES}/ranges"


def small(number: int) -> str:
    """The path of a small file."""
    return f"/file/{SMALL}/{number}"


def our_large(checksum: bool) -> float:
    from globus_typed import CollectionFiles

    with TemporaryDirectory() as folder, CollectionFiles(ID, https_server=URL) as files:
        files.read_bytes(small(0))
        start = time.process_time()
        result = files.download(
            f"/file/{LARGE}/large", Path(folder) / "large", verify="checksum" if checksum else "size"
        )
        took = time.process_time() - start
    assert result.size == LARGE
    return took


def our_async(work: "Callable[[AsyncCollectionFiles, Path], Awaitable[object]]", checked: bool = False) -> float:
    async def main(folder: Path) -> float:
        from globus_typed import AccessTokenAuthorizer, AsyncCollectionFiles, AsyncTransferClient

        async with AsyncTransferClient(AccessTokenAuthorizer("t")) as transfer:
            files = AsyncCollectionFiles(ID, https_server=URL, transfer=transfer if checked else None)
            async with files:
                await files.download_many([(small(each), folder / f"first{each}") for each in range(2 * AT_ONCE)])
                start = time.process_time()
                await work(files, folder)
                return time.process_time() - start

    with TemporaryDirectory() as folder:
        return anyio.run(main, Path(folder))


def our_small(checked: bool) -> float:
    async def work(files: "AsyncCollectionFiles", folder: Path) -> None:
        pairs = [(small(number), folder / str(number)) for number in range(FILES)]
        await files.download_many(pairs, concurrency=AT_ONCE, verify="checksum" if checked else "size")

    return our_async(work, checked)


def our_ranges(ranges: list[tuple[int, int]]) -> float:
    async def work(files: "AsyncCollectionFiles", folder: Path) -> None:
        found = await files.read_ranges(OF_RANGES, ranges, concurrency=AT_ONCE)
        assert sum(map(len, found)) == FILES * SMALL

    return our_async(work)


def their_large() -> float:
    with TemporaryDirectory() as folder, httpx.Client() as client:
        client.get(f"{URL}{small(0)}")
        start = time.process_time()
        with open(f"{folder}/large", "wb") as file:
            with client.stream("GET", f"{URL}/file/{LARGE}/large", headers={"Accept-Encoding": "identity"}) as response:
                for chunk in response.iter_raw():
                    file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        took = time.process_time() - start
        assert os.path.getsize(f"{folder}/large") == LARGE
    return took


def their_async(work: Callable[[httpx.AsyncClient, Path, int], Awaitable[object]]) -> float:
    async def main(folder: Path) -> float:
        async with httpx.AsyncClient() as client:

            async def everybody(files: int) -> None:
                numbers = count()

                async def some() -> None:
                    while (number := next(numbers)) < files:
                        await work(client, folder, number)

                async with anyio.create_task_group() as group:
                    for _ in range(AT_ONCE):
                        group.start_soon(some)

            await everybody(2 * AT_ONCE)
            start = time.process_time()
            await everybody(FILES)
            return time.process_time() - start

    with TemporaryDirectory() as folder:
        return anyio.run(main, Path(folder))


def their_small() -> float:
    async def work(client: httpx.AsyncClient, folder: Path, number: int) -> None:
        response = await client.get(f"{URL}{small(number)}", headers={"Accept-Encoding": "identity"})
        await anyio.to_thread.run_sync(_write, folder / str(number), response.raise_for_status().content)

    return their_async(work)


def their_ranges(ranges: list[tuple[int, int]]) -> float:
    async def work(client: httpx.AsyncClient, folder: Path, number: int) -> None:
        start, stop = ranges[number]
        headers = {"Accept-Encoding": "identity", "Range": f"bytes={start}-{stop - 1}"}
        response = await client.get(f"{URL}{OF_RANGES}", headers=headers)
        assert len(response.content) == SMALL

    return their_async(work)


def _write(path: Path, content: bytes) -> None:
    with open(path, "wb", buffering=0) as file:
        file.write(content)
        os.fsync(file.fileno())


def _request(path: str, more: str = "") -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{more}\r\n".encode()


def least_large(checksum: bool) -> float:
    host, port = URL.rpartition("/")[2].split(":")
    running = hashlib.sha256()
    with TemporaryDirectory() as folder, socket.create_connection((host, int(port))) as connection:
        start = time.process_time()
        connection.sendall(_request(f"/file/{LARGE}/large"))
        buffer = bytearray(2**16)
        view = memoryview(buffer)
        left = LARGE
        with open(f"{folder}/large", "wb", buffering=0) as file:
            head, _, rest = connection.recv(65536).partition(b"\r\n\r\n")
            assert b"200 OK" in head
            file.write(rest)
            left -= len(rest)
            while left:
                size = connection.recv_into(buffer)
                file.write(view[:size])
                if checksum:
                    running.update(view[:size])
                left -= size
            os.fsync(file.fileno())
        return time.process_time() - start


def least_async(requests: list[bytes], write: bool) -> float:
    host, port = URL.rpartition("/")[2].split(":")

    async def main(folder: str) -> float:
        numbers = iter(range(len(requests)))

        async def one() -> None:
            reader, writer = await asyncio.open_connection(host, int(port))
            for number in numbers:
                writer.write(requests[number])
                head = await reader.readuntil(b"\r\n\r\n")
                found = re.search(rb"Content-Length: (\d+)", head)
                assert found is not None
                content = await reader.readexactly(int(found[1]))
                if write:
                    _write(Path(folder) / str(number), content)
            writer.close()
            await writer.wait_closed()

        start = time.process_time()
        await asyncio.gather(*(one() for _ in range(AT_ONCE)))
        return time.process_time() - start

    with TemporaryDirectory() as folder:
        return asyncio.run(main(folder))


def least_ranges(ranges: list[tuple[int, int]]) -> float:
    return least_async([_request(OF_RANGES, f"Range: bytes={start}-{stop - 1}\r\n") for start, stop in ranges], False)


def least_small() -> float:
    return least_async([_request(small(number)) for number in range(FILES)], True)


OURS: dict[str, Callable[[], float]] = {
    "file": partial(our_large, False),
    "file_hash": partial(our_large, True),
    "files_size": partial(our_small, False),
    "files_all": partial(our_small, True),
    "ranges": partial(our_ranges, APART),
    "ranges_near": partial(our_ranges, NEAR),
}
THEIRS: dict[str, Callable[[], float]] = {
    "file": their_large,
    "file_hash": their_large,
    "files_size": their_small,
    "files_all": their_small,
    "ranges": partial(their_ranges, APART),
    "ranges_near": partial(their_ranges, NEAR),
}
LEAST: dict[str, Callable[[], float]] = {
    "file": partial(least_large, False),
    "file_hash": partial(least_large, True),
    "files_size": least_small,
    "files_all": least_small,
    "ranges": partial(least_ranges, APART),
    "ranges_near": partial(least_ranges, [(0, FILES * SMALL)]),
}
