"""A collection on loopback, and its Transfer, that serves what is in memory and has the faults it is told to have."""

import itertools
import json
import re
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20003"
HTTPS_TOKEN = "https-token"
TRANSFER_TOKEN = "transfer-token"
MISSING = b"GlobusError: v=1 c=PATH_NOT_FOUND\nGridFTP-Errno: 2\nGridFTP-Error-String: No such file or directory\n"
BACKEND = b"GlobusError: v=1 c=ENDPOINT_ERROR\nGridFTP-Reason: GCS Manager Internal Error\n"


class Seen(NamedTuple):
    """A request that came."""

    method: str
    path: str
    range: str | None
    authorization: str | None
    connection: int


@dataclass
class Fault:
    """What goes wrong, for how many requests of a method."""

    kind: str
    method: str = "GET"
    times: int = 1
    after: int = 0
    """Bytes of the body."""
    action: Callable[[], object] = lambda: None
    """What happens then."""


@dataclass
class World:
    """The files of the collection, what came, and what goes wrong."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict[str, bytes])
    directories: set[str] = field(default_factory=lambda: {"/", "/proj"})
    modified: dict[str, int] = field(default_factory=dict[str, int])
    public: bool = False
    rename_supported: bool = True
    renames_over: bool = True
    ignores_ranges: bool = False
    entity_type: str = "GCSv5_guest_collection"
    https_server: str | None = ""
    more: dict[str, object] = field(default_factory=dict[str, object])
    """More of the document of the collection."""
    consent: dict[str, object] = field(default_factory=dict[str, object])
    elsewhere: str = "http://127.0.0.2:9/other"
    headers: dict[str, str] = field(default_factory=dict[str, str])
    faults: list[Fault] = field(default_factory=list[Fault])
    writers: dict[str, object] = field(default_factory=dict[str, object])
    seen: list[Seen] = field(default_factory=list[Seen])
    asked: list[str] = field(default_factory=list[str])
    """What Transfer was asked."""
    bad_connections: set[int] = field(default_factory=set[int])
    lock: threading.Lock = field(default_factory=threading.Lock)
    waiting: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)

    def put(self, path: str, content: bytes, modified: int = 1_700_000_000) -> bytes:
        self.files[path] = content
        self.modified[path] = modified
        return content

    def begin(self, path: str, writer: object) -> None:
        """A file that is written has its name from the first byte on."""
        with self.lock:
            self.writers[path] = writer
            self.put(path, b"")

    def go_on(self, path: str, writer: object, content: bytes) -> None:
        """What is written to a file that was deleted, or begun anew by another, is nowhere to be seen."""
        with self.lock:
            if path in self.files and self.writers.get(path) is writer:
                self.put(path, content)

    def fail(self, kind: str, method: str = "GET", times: int = 1, after: int = 0, action: object = None) -> None:
        done = action if callable(action) else lambda: None
        self.faults.append(Fault(kind, method, times, after, done))

    def take_fault(self, method: str) -> Fault | None:
        with self.lock:
            for fault in self.faults:
                if fault.method == method and fault.times:
                    fault.times -= 1
                    return fault
            return None

    def requests(self, method: str) -> list[Seen]:
        return [each for each in self.seen if each.method == method]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    world: World
    counter = itertools.count()

    def setup(self) -> None:
        super().setup()
        self.number = next(self.counter)

    def log_message(self, format: str, *args: object) -> None:
        pass

    def answer(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def document(self, status: int, document: object) -> None:
        self.answer(status, json.dumps(document).encode(), {"Content-Type": "application/json"})

    def do_GET(self) -> None:
        if self.path.startswith("/v0.10/"):
            self.transfer()
        elif (fault := self.begun()) is not None:
            self.read(fault)

    do_HEAD = do_GET

    def do_PUT(self) -> None:
        fault = self.begun()
        if fault is None:
            return
        length, path = int(self.headers["Content-Length"]), self.file
        if fault.kind == "refuse":
            self.answer(507, b"quota")
            return
        content, writer = b"", object()
        if path.rpartition("/")[0] in self.world.directories | {""}:
            self.world.begin(path, writer)
        while len(content) < length:
            if fault.kind == "cut" and len(content) >= fault.after:
                fault.action()
                self.close_connection = True
                return
            block = self.rfile.read1(min(65536, length - len(content)))
            if not block:
                return
            content += block
            self.world.go_on(path, writer, content)
        if path not in self.world.files:
            self.answer(404, MISSING)
            return
        self.world.go_on(path, writer, content[: fault.after] if fault.kind == "short" else content)
        fault.action()
        if fault.kind == "lose":
            self.close_connection = True
            return
        self.answer(200)

    def do_DELETE(self) -> None:
        if self.begun() is not None:
            self.answer(200 if self.world.files.pop(self.file, None) is not None else 404, b"" or MISSING)

    def do_POST(self) -> None:
        self.transfer()

    @property
    def file(self) -> str:
        return unquote(self.path)

    def begun(self) -> Fault | None:
        """The fault of this request, one of no kind for none; None when it has been answered."""
        world, authorization = self.world, self.headers.get("Authorization")
        world.seen.append(Seen(self.command, self.path, self.headers.get("Range"), authorization, self.number))
        fault = world.take_fault(self.command)
        kind = "" if fault is None else fault.kind
        refused = not world.public and authorization != f"Bearer {HTTPS_TOKEN}"
        if self.command == "PUT" and kind != "drop" and (refused or kind not in ("", "cut", "short", "act", "lose")):
            self.rfile.read(int(self.headers["Content-Length"]))  # a server that leaves it there breaks the connection
        if kind == "sticky" or self.number in world.bad_connections:
            world.bad_connections.add(self.number)
            self.answer(404, BACKEND)
        elif kind == "drop":
            self.close_connection = True
        elif kind == "stall before":
            world.waiting.set()
            world.released.wait(30)
            self.close_connection = True
        elif kind.isdigit():
            self.answer(int(kind), b"no", {"Retry-After": "7"} if kind == "429" else {})
        elif kind == "odd 404":
            self.answer(404, b"something else")
        elif kind == "elsewhere":
            self.answer(302, headers={"Location": world.elsewhere})
        elif kind == "consent":
            self.document(403, world.consent)
        elif refused:
            if authorization is not None and kind != "redirect":
                self.answer(401)
            else:
                url = f"{world.url}/v2/oauth2/authorize?client_id={ID}&response_type=code"
                self.answer(302, headers={"Location": url})
        else:
            return fault or Fault("")
        return None

    def read(self, fault: Fault) -> None:
        world = self.world
        content = world.files.get(self.file)
        if content is None:
            self.answer(404, MISSING)
            return
        start, stop, status, headers = 0, len(content), 200, dict(world.headers)
        asked = self.headers.get("Range")
        if asked and not world.ignores_ranges and self.command == "GET":
            found = re.fullmatch(r"bytes=(\d+)-(\d*)", asked)
            if found is None or int(found[1]) >= len(content):
                self.answer(416)
                return
            start, stop = int(found[1]), min(int(found[2] or len(content)) + bool(found[2]), len(content))
            status, headers["Content-Range"] = 206, f"bytes {start}-{stop - 1}/*"
        if fault.kind == "wrong range":
            headers["Content-Range"] = f"bytes {start + 1}-{stop}/*"
        if fault.kind == "gzip":
            headers["Content-Encoding"] = "gzip"
        body = content[start:stop]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if fault.kind == "endless":
            self.close_connection = True
        else:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "HEAD":
            return
        if fault.kind in ("cut", "stall"):
            self.wfile.write(body[: fault.after])
            self.wfile.flush()
            fault.action()
            if fault.kind == "stall":
                world.waiting.set()
                world.released.wait(30)
            self.close_connection = True
        elif fault.kind == "act":
            self.wfile.write(body[: fault.after])
            fault.action()
            self.wfile.write(body[fault.after :])
        else:
            self.wfile.write(body)

    def transfer(self) -> None:
        world, parts = self.world, urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        operation = parts.path.rpartition("/")[2]
        body: dict[str, str] = (
            json.loads(self.rfile.read(int(self.headers["Content-Length"]))) if self.command == "POST" else {}
        )
        world.asked.append(f"{operation} {query.get('path', body.get('path', ''))}".strip())
        assert self.headers["Authorization"] == f"Bearer {TRANSFER_TOKEN}"
        fault = world.take_fault(operation)
        if fault is not None and fault.kind == "drop":
            self.close_connection = True
            return
        if fault is not None and fault.kind == "act":
            fault.action()
        if operation == ID:
            server = world.url if world.https_server == "" else world.https_server
            self.document(200, {"id": ID, "entity_type": world.entity_type, "https_server": server, **world.more})
        elif operation == "stat":
            self.stat(query["path"])
        elif operation == "ls":
            exists = query["path"].rstrip("/") in world.directories | {""}
            listing: dict[str, object] = {
                "DATA_TYPE": "file_list",
                "DATA": [],
                "rename_supported": world.rename_supported,
            }
            if exists:
                self.document(200, listing)
            else:
                self.document(404, _error("ClientError.NotFound"))
        elif operation == "mkdir":
            world.directories.add(body["path"].rstrip("/"))
            self.document(202, {"code": "DirectoryCreated"})
        else:
            old, new = body["old_path"], body["new_path"]
            if new in world.files and not world.renames_over:
                self.document(502, _error("ExternalError.RenameFailed.Exists"))
                return
            world.put(new, world.files.pop(old), world.modified[old])
            if fault is not None and fault.kind == "lose":
                self.close_connection = True
                return
            self.document(200, {"code": "FileRenamed"})

    def stat(self, path: str) -> None:
        world, name = self.world, path.rstrip("/").rpartition("/")[2]
        if path in world.files:
            modified = datetime.fromtimestamp(world.modified[path], timezone.utc)
            document = {"name": name, "type": "file", "size": len(world.files[path]), "last_modified": str(modified)}
            self.document(200, {"DATA_TYPE": "file", **document})
        elif path.rstrip("/") in world.directories | {""}:
            self.document(200, {"DATA_TYPE": "file", "name": name, "type": "dir", "size": 4096})
        else:
            self.document(404, _error("ClientError.NotFound"))


def _error(code: str) -> dict[str, str]:
    return {"code": code, "message": f"it is {code}", "request_id": "abc"}


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        pass  # a client that went away


@contextmanager
def serving() -> Generator[World, None, None]:
    """The world, served."""
    world = World()
    handler = type("Handler", (_Handler,), {"world": world})
    with _Server(("127.0.0.1", 0), handler) as server:
        world.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield world
        finally:
            world.released.set()
            server.shutdown()
            thread.join()


def eventually(condition: Callable[[], bool], seconds: float = 5) -> bool:
    """Whether something becomes true, as what another process does."""
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.005)
    return condition()
