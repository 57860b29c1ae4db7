"""A service as quick as can be, in a process of its own, so that what is measured is the client."""

import asyncio
import datetime
import ipaddress
import json
import multiprocessing
import re
import ssl
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

_LISTING = 0.05
"""The seconds that a listing of a slow directory takes."""
_DATA = Path(__file__).parent.parent / "data" / "transfer"


class Service(NamedTuple):
    """Where the service is, over TLS and without, and who vouches for it."""

    plain: str
    tls: str
    certificate: Path


@contextmanager
def service() -> Generator[Service, None, None]:
    """A service that answers reads and takes submissions."""
    with TemporaryDirectory() as directory:
        certificate, key = _certificate(Path(directory))
        ours, theirs = multiprocessing.Pipe()
        arguments = (theirs, certificate, key)
        process = multiprocessing.get_context("spawn").Process(target=_serve, args=arguments, daemon=True)
        process.start()
        # With both ends open, a service that fails to start would be waited for without end.
        theirs.close()
        try:
            plain, tls = ours.recv()
            yield Service(f"http://127.0.0.1:{plain}/", f"https://127.0.0.1:{tls}/", certificate)
        finally:
            process.terminate()
            process.join()


def _certificate(directory: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = directory / "certificate.pem", directory / "key.pem"
    paths[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return paths


def _serve(pipe: Connection, certificate: Path, key: Path) -> None:
    asyncio.run(_run(pipe, certificate, key))


async def _run(pipe: Connection, certificate: Path, key: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    plain = await asyncio.start_server(_talk, "127.0.0.1", 0)
    tls = await asyncio.start_server(_talk, "127.0.0.1", 0, ssl=context)
    pipe.send([server.sockets[0].getsockname()[1] for server in (plain, tls)])
    await asyncio.gather(plain.serve_forever(), tls.serve_forever())


async def _talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while head := (await reader.readuntil(b"\r\n\r\n")).decode():
            left = int(_header(head, r"content-length: (\d+)", "0"))
            while left:
                left -= len(await reader.read(min(left, 2**20)))
            target = head.split(" ", 2)[1]
            if target.startswith("/file/"):
                await _send_file(writer, int(target.split("/")[2]), head)
            else:
                if "slow" in target:
                    await asyncio.sleep(_LISTING)
                writer.write(_response(target))
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


_BLOCK = bytes(2**20)


async def _send_file(writer: asyncio.StreamWriter, size: int, head: str) -> None:
    """A file of zeros, or a range of it."""
    status, more, length = "200 OK", "", size
    if found := re.search(r"range: bytes=(\d+)-(\d*)", head, re.IGNORECASE):
        start, stop = int(found[1]), min(int(found[2] or size - 1) + 1, size)
        status, more, length = "206 Partial Content", f"Content-Range: bytes {start}-{stop - 1}/*\r\n", stop - start
    writer.write(f"HTTP/1.1 {status}\r\n{more}Content-Length: {length}\r\n\r\n".encode())
    for begun in range(0, length, len(_BLOCK)):
        writer.write(_BLOCK[: length - begun])
        await writer.drain()


def _header(head: str, pattern: str, default: str) -> str:
    found = re.search(pattern, head, re.IGNORECASE)
    return found[1] if found else default


@cache
def _response(target: str) -> bytes:
    body = json.dumps(_document(target)).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def _document(target: str) -> object:
    if "/stat" in target:
        size = int(_header(target, r"path=%2Ffile%2F(\d+)", "0"))
        return {**json.loads((_DATA / "file.json").read_bytes()), "size": size}
    if "/ls" in target and (tree := re.search(r"tree_(\d+)_(\d+)(?:(?:%2F|/)(d?))?", target)):
        return _listing(int(tree[2])) if tree[3] else _listing(int(tree[1]), directories=True)
    if "/ls" in target:
        return _listing(int(_header(target, r"path=(?:%2F|/)(\d+)", "10")))
    if "/task_list" in target:
        return _tasks(int(_header(target, r"limit=(\d+)", "10")), int(_header(target, r"offset=(\d+)", "0")))
    if target.endswith("/transfer"):
        return json.loads((_DATA / "transfer_result.json").read_bytes())
    return json.loads((_DATA / "endpoint_gcp_mapped.json").read_bytes())


def _listing(count: int, directories: bool = False) -> object:
    listing = json.loads((_DATA / "file_list.json").read_bytes())
    entry = json.loads((_DATA / "file.json").read_bytes())
    entries = [{**entry, "name": f"sample_{number:07}.dat", "size": number} for number in range(count)]
    if directories:
        entries = [{**entry, "name": f"d{number:07}", "type": "dir"} for number in range(count)]
    return {**listing, "DATA": entries, "length": count, "total": count}


def _tasks(limit: int, offset: int) -> object:
    task = json.loads((_DATA / "task_succeeded.json").read_bytes())
    tasks = [{**task, "task_id": f"4c9e1032-55d6-11ef-8a01-{number:012}"} for number in range(offset, offset + limit)]
    page = {"length": len(tasks), "limit": limit, "offset": offset, "total": 100_000}
    return {"DATA_TYPE": "task_list", "DATA": tasks, **page}
