"""The pieces of work, done with the least that can do them; each gives the processor seconds that it took.

A call is an exchange of prebuilt bytes over a bare socket that is kept open, and the document made of the body; 32 in
flight are as many asyncio streams, in one thread. A listing and pages are read by msgspec into structs. Items are
encoded by msgspec, as the JSON that a submission is, and sent over a bare TLS socket. None of it is a client: there are
no retries, no proxies, no chunked or compressed bodies, and no errors.
"""

import asyncio
import json
import os
import socket
import ssl
import time
from collections.abc import Callable
from datetime import datetime
from itertools import islice
from pathlib import Path
from types import GenericAlias
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

import msgspec
from tests.benchmarks import files
from tests.benchmarks.work import CALLS, DIRECTORIES, IN_FLIGHT, A, B, memory_counts_from_here, paths, two_listings

_DATA = Path(__file__).parent.parent / "data" / "transfer"
_URL = urlsplit(os.environ.get("GLOBUS_SDK_SERVICE_URL_TRANSFER", ""))
_HEAD = "\r\n".join(
    [
        "{method} /v0.10/{path} HTTP/1.1",
        f"Host: {_URL.netloc}",
        "Accept: application/json",
        "Authorization: Bearer t",
        "{more}\r\n",
    ]
)


def request(path: str, method: str = "GET", more: str = "User-Agent: floor\r\n") -> bytes:
    """The head of a request, as it is sent."""
    return _HEAD.format(method=method, path=path, more=more).encode()


ENDPOINT = request(f"endpoint/{A}")


def connected() -> socket.socket:
    """A socket to the service, over TLS where its address says so."""
    plain = socket.create_connection((str(_URL.hostname), int(_URL.port or 0)))
    plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if _URL.scheme == "http":
        return plain
    context = ssl.create_default_context(cafile=os.environ["GLOBUS_SDK_VERIFY_SSL"])
    return context.wrap_socket(plain, server_hostname=_URL.hostname)


def received(connection: socket.socket) -> bytes:
    """The body of the next response."""
    head = connection.recv(2**16)
    while (end := head.find(b"\r\n\r\n") + 4) < 4:
        head += connection.recv(2**16)
    length, body = _length(head[:end]), head[end:]
    if len(body) == length:
        return body
    whole = bytearray(length)
    whole[: len(body)] = body
    view, filled = memoryview(whole), len(body)
    while filled < length:
        filled += connection.recv_into(view[filled:])
    return bytes(whole)


def _length(head: bytes) -> int:
    start = head.index(b"Content-Length: ") + 16
    return int(head[start : head.index(b"\r\n", start)])


def exchanged(connection: socket.socket, message: bytes) -> bytes:
    """The body of the response to a request."""
    connection.sendall(message)
    return received(connection)


def call() -> float:
    from globus_typed.transfer import Endpoint

    with connected() as connection:
        for _ in range(50):
            Endpoint.model_validate_json(exchanged(connection, ENDPOINT))
        start = time.process_time()
        for _ in range(CALLS):
            Endpoint.model_validate_json(exchanged(connection, ENDPOINT))
        return (time.process_time() - start) / CALLS


def flight() -> float:
    from globus_typed.transfer import Endpoint

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, calls: int) -> None:
        for _ in range(calls):
            writer.write(ENDPOINT)
            length = _length(await reader.readuntil(b"\r\n\r\n"))
            Endpoint.model_validate_json(await reader.readexactly(length))

    async def main() -> float:
        streams = [await asyncio.open_connection(_URL.hostname, _URL.port) for _ in range(IN_FLIGHT)]
        await asyncio.gather(*(one(*stream, 10) for stream in streams))
        start = time.process_time()
        await asyncio.gather(*(one(*stream, CALLS // IN_FLIGHT) for stream in streams))
        took = time.process_time() - start
        for _, writer in streams:
            writer.close()
            await writer.wait_closed()
        return took / CALLS

    return asyncio.run(main())


class Item(msgspec.Struct, tag_field="DATA_TYPE", tag="transfer_item"):
    source_path: str
    destination_path: str
    recursive: bool = False


def items(count: int) -> float:
    # A submission without its items, cut where they go.
    start_of, end_of = json.dumps(
        {
            "DATA_TYPE": "transfer",
            "submission_id": A,
            "source_endpoint": A,
            "destination_endpoint": B,
            "verify_checksum": False,
            "preserve_timestamp": False,
            "encrypt_data": False,
            "DATA": [None],
        }
    ).split("null")
    with connected() as connection:
        exchanged(connection, ENDPOINT)
        encode = msgspec.json.encode
        start = time.process_time()
        chunks, each = [start_of.encode()], paths(count)
        while some := [Item(source, destination) for source, destination in islice(each, 2048)]:
            if len(chunks) > 1:
                chunks.append(b",")
            chunks.append(encode(some)[1:-1])
        chunks.append(end_of.encode())
        length = sum(map(len, chunks))
        connection.sendall(request("transfer", "POST", f"Content-Length: {length}\r\n"))
        for chunk in chunks:
            connection.sendall(chunk)
        assert json.loads(received(connection))["task_id"]
        return time.process_time() - start


class File(msgspec.Struct):
    name: str
    last_modified: datetime


class Task(msgspec.Struct):
    task_id: str


S = TypeVar("S", bound=msgspec.Struct)


class Many(msgspec.Struct):
    DATA: list[Any]


def reader(base: type[S], sample: str) -> Callable[[bytes], list[S]]:
    """A function that reads a list from a body: entries with all members of the sample, typed as the base says."""
    document: dict[str, object] = json.loads((_DATA / sample).read_bytes())
    more: list[tuple[str, Any, None]] = [
        (name, str | None if value is None else type(value) | None, None)
        for name, value in document.items()
        if name not in base.__struct_fields__
    ]
    one = msgspec.defstruct(base.__name__, more, bases=(base,))
    many = msgspec.defstruct("Many", [("DATA", GenericAlias(list, (one,)))], bases=(Many,))
    decoder = msgspec.json.Decoder(many)
    return lambda body: cast("list[S]", cast("Many", decoder.decode(body)).DATA)


def listing(count: int) -> float:
    read = reader(File, "file.json")
    with connected() as connection:
        read(exchanged(connection, request(f"operation/endpoint/{A}/ls?path=/10/")))
        message = request(f"operation/endpoint/{A}/ls?path=/{count}/")
        start = time.process_time()
        seen = [(entry.name, entry.last_modified) for entry in read(exchanged(connection, message))]
        took = time.process_time() - start
    assert len(seen) == count
    return took


def pages() -> float:
    read = reader(Task, "task_succeeded.json")
    with connected() as connection:
        exchanged(connection, ENDPOINT)
        messages = [request(f"task_list?limit=1000&offset={offset}") for offset in range(0, 100_000, 1000)]
        start = time.process_time()
        ids = [task.task_id for message in messages for task in read(exchanged(connection, message))]
        took = time.process_time() - start
    assert len(ids) == 100_000
    return took


class Named(msgspec.Struct):
    name: str
    size: int
    last_modified: str


class Listed(msgspec.Struct):
    DATA: list[Named]


def plan() -> float:
    bodies = two_listings()
    decoder = msgspec.json.Decoder(Listed)
    start = time.process_time()
    here, there = ({entry.name: entry for entry in decoder.decode(body).DATA} for body in bodies)
    update = [
        name
        for name, entry in here.items()
        if (other := there.get(name)) is not None
        and (entry.size != other.size or entry.last_modified > other.last_modified)
    ]
    took = time.process_time() - start
    assert len(update) == 10_000
    return took


class Entry(msgspec.Struct):
    name: str
    type: str
    size: int | None = None


class Entries(msgspec.Struct):
    DATA: list[Entry]


def walk() -> float:
    decoder, start = msgspec.json.Decoder(Entries), "/slow/tree_1000_20"

    async def several(places: list[str]) -> list[Entry]:
        """The entries of all these directories, over one connection."""
        reader, writer = await asyncio.open_connection(_URL.hostname, _URL.port)
        found: list[Entry] = []
        while places:
            writer.write(request(f"operation/endpoint/{A}/ls?path={places.pop()}/"))
            found += decoder.decode(await reader.readexactly(_length(await reader.readuntil(b"\r\n\r\n")))).DATA
        writer.close()
        return found

    async def main() -> float:
        begun = time.perf_counter()
        top = await several([start])
        # Whoever is free takes the next directory.
        places = [f"{start}/{entry.name}" for entry in top]
        below = await asyncio.gather(*(several(places) for _ in range(10)))
        assert len(top) + sum(map(len, below)) == DIRECTORIES * 21
        return time.perf_counter() - begun

    return asyncio.run(main())


def walk_1m() -> float:
    decoder = msgspec.json.Decoder(Entries)
    with connected() as connection:
        exchanged(connection, request(f"operation/endpoint/{A}/ls?path=/tree_2_10/"))
        memory_counts_from_here()
        start, size = time.process_time(), 0
        places = ["/tree_1000_1000"]
        while places:
            path = places.pop()
            for entry in decoder.decode(exchanged(connection, request(f"operation/endpoint/{A}/ls?path={path}/"))).DATA:
                size += entry.size or 0
                if entry.type == "dir":
                    places.append(f"{path}/{entry.name}")
        took = time.process_time() - start
    assert size
    return took


FOUR = "from pydantic import BaseModel\nclass Endpoint(BaseModel):\n    id: str"
FIRST = f"""{FOUR}
import os, socket
host, port = os.environ["GLOBUS_SDK_SERVICE_URL_TRANSFER"].split("/")[2].split(":")
connection = socket.create_connection((host, int(port)))
connection.sendall(b"GET /v0.10/endpoint/{A} HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\n\\r\\n")
head, body = connection.recv(2**16).split(b"\\r\\n\\r\\n")
Endpoint.model_validate_json(body)"""
WORK: dict[str, Callable[[], float]] = {
    "call_38": call,
    "call_3": call,
    "flight": flight,
    "items_1k": lambda: items(1_000),
    "items_10k": lambda: items(10_000),
    "items_100k": lambda: items(100_000),
    "items_1m": lambda: items(1_000_000),
    "listing_10k": lambda: listing(10_000),
    "listing_100k": lambda: listing(100_000),
    "pages": pages,
    "plan": plan,
    "walk": walk,
    "walk_1m": walk_1m,
    **files.LEAST,
}
