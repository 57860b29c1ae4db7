"""A Transfer on loopback behind a network that breaks a part of all requests, in every way there is."""

import json
import random
import socket
import threading
import time
import uuid
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FAULTS = (
    "drop before",
    "drop after",
    "500 before",
    "500 after",
    "502",
    "503",
    "503 with Retry-After",
    "429",
    "429 with Retry-After",
    "truncate",
    "delay",
    "garbage",
    "cut chunk",
    "cut JSON",
    "close idle",
    "redirect",
)
SHARE = 0.2
"""The part of all requests that meet a fault."""


class Network:
    """The service, and what it was really asked to do."""

    def __init__(self, seed: int, share: float) -> None:
        self.tasks: dict[str, str] = {}
        """Task ids by submission id."""
        self.labels: Counter[str] = Counter()
        """How many tasks there are by label."""
        self.directories: Counter[str] = Counter()
        """How often a directory was made by path."""
        self.seen: Counter[str] = Counter()
        """How often a request to make a directory arrived by path, whatever became of it."""
        self.faults: Counter[str] = Counter()
        self.url = ""
        self._random = random.Random(seed)
        self._share = share
        self._lock = threading.Lock()

    def see(self, path: str) -> None:
        with self._lock:
            self.seen[path] += 1

    def fault(self, path: str) -> str | None:
        with self._lock:
            if self._random.random() >= self._share:
                return None
            # A redirect is no fault that passes, and so is met where nothing is submitted.
            fault = self._random.choice(FAULTS if path.endswith("mkdir") else FAULTS[:-1])
            self.faults[fault] += 1
            return fault

    def act(self, path: str, document: dict[str, str]) -> dict[str, str]:
        with self._lock:
            if path.endswith("/submission_id"):
                return {"value": str(uuid.uuid4())}
            if path.endswith("/mkdir"):
                self.directories[document["path"]] += 1
                return {"DATA_TYPE": "mkdir_result", "code": "DirectoryCreated", "message": "made"}
            submission = document["submission_id"]
            if submission not in self.tasks:
                self.tasks[submission] = str(uuid.uuid4())
                self.labels[document["label"]] += 1
            return {"task_id": self.tasks[submission], "submission_id": submission, "code": "Accepted"}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    network: Network

    def do_GET(self) -> None:
        self._handle({})

    def do_POST(self) -> None:
        self._handle(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def _handle(self, document: dict[str, str]) -> None:
        path = self.path.partition("?")[0]
        if path.endswith("/mkdir"):
            self.network.see(document["path"])
        fault = self.network.fault(path) or ""
        if fault == "drop before":
            self._drop()
        elif fault[:3] in {"502", "503", "429"} or fault == "500 before":
            after = {"Retry-After": "0"} if "Retry-After" in fault else {}
            self._answer(int(fault[:3]), {"code": "Fault", "message": fault, "request_id": "r"}, after)
        elif fault == "redirect":
            self._answer(302, {}, {"Location": "/login"})
        else:
            self._after(fault, self.network.act(path, document))

    def _after(self, fault: str, document: dict[str, str]) -> None:
        body = json.dumps(document).encode()
        if fault == "drop after":
            self._drop()
        elif fault == "500 after":
            self._answer(500, {"code": "Fault", "message": fault, "request_id": "r"}, {})
        elif fault == "truncate":
            self._raw(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body[:-5])
        elif fault == "garbage":
            self._raw(b"\x16\x03\x01 nothing of HTTP\r\n\r\n\x00")
        elif fault == "cut chunk":
            self._raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n" % len(body) + body[:-5])
        elif fault == "cut JSON":
            self._raw(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (len(body) - 5) + body[:-5])
        else:
            if fault == "delay":
                time.sleep(0.02)
            self._answer(200, document, {})
            if fault == "close idle":
                self._drop()

    def _answer(self, status: int, document: dict[str, str], headers: dict[str, str]) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _raw(self, response: bytes) -> None:
        self.wfile.write(response)
        self._drop()

    def _drop(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 512

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet: connections break here all the time."""


@contextmanager
def network(seed: int = 1, share: float = SHARE) -> Generator[Network, None, None]:
    """The service, as long as it is needed."""
    served = Network(seed, share)
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"network": served}))
    served.url = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
