"""A service as quick as can be, in a process of its own, so that what is measured is the client."""

import asyncio
import json
import multiprocessing
from collections.abc import Generator
from contextlib import contextmanager
from multiprocessing.connection import Connection

_ENDPOINT = json.dumps(
    {
        "DATA_TYPE": "endpoint",
        "id": "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001",
        "display_name": "Larkspur Lab Store",
        "entity_type": "GCP_mapped_collection",
        "owner_string": "mwren@larkspur.example",
        "description": "Bench data",
        "public": False,
        "expires_in": -1,
        "my_effective_roles": ["administrator"],
        "DATA": [],
    }
).encode()


@contextmanager
def service() -> Generator[str, None, None]:
    """The address of the service, which answers every request with an endpoint."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}/"
    finally:
        process.terminate()
        process.join()


def _serve(pipe: Connection) -> None:
    asyncio.run(_run(pipe))


async def _run(pipe: Connection) -> None:
    answer = (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(_ENDPOINT) + _ENDPOINT
    )

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                writer.write(answer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    pipe.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()
