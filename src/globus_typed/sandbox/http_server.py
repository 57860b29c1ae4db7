"""`HTTPServer`: ports on 127.0.0.1, and the thread that serves applications there."""

import asyncio
import socket
import ssl
import sys
import threading
from dataclasses import dataclass, field
from itertools import count

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from globus_typed.errors import GlobusError, GlobusUsageError

__all__ = ["CONNECTION", "HANG_UP", "Connection", "HTTPServer"]

HANG_UP = "globus_sandbox.hang_up"
"""The key in the scope of a request for what closes its connection without a response."""
CONNECTION = "globus_sandbox.connection"
"""The key in the scope of a request for its `Connection`."""
_SECONDS_TO_SAY_GOODBYE = 1.0
"""How long a TLS connection that was closed waits for the client to close it too."""

_numbers = count(1)


@dataclass
class Connection:
    """The state of a connection while it lasts."""

    number: int = field(default_factory=lambda: next(_numbers))
    """Its number, which no other connection of this process has."""
    faulty: bool = False
    """Whether all requests on it fail."""


class HTTPServer:
    """A port on 127.0.0.1, and the thread that serves an application there, and others on further ports.

    Parameters: `port`, 0 for a free one. Raises `GlobusUsageError` for a port that is taken.
    """

    def __init__(self, port: int = 0) -> None:
        # asyncio sends answers at once, without waiting to fill a packet, only where the socket says that it is TCP.
        self._listener = _bound(port)
        self.url: str = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._lock = threading.Lock()
        self._further: list[_Further] = []
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    def open_tls_port(self, app: ASGIApp, context: ssl.SSLContext) -> str:
        """Serve another application too, on a port of its own, over TLS; gives its address.

        It may be called from any thread, and before the server serves. Raises `GlobusUsageError` where no port is free.
        """
        listener = _bound(0)
        # A client may connect before the server's thread has taken notice.
        listener.listen(100)
        further = _Further(listener, _config(app), context)
        with self._lock:
            self._further.append(further)
            if self._server is not None:
                self._server.listen_too(further)
        return f"https://127.0.0.1:{listener.getsockname()[1]}"

    def serve(self, app: ASGIApp) -> None:
        """Serve the application from now on; returns when it answers. Raises `GlobusError` when it cannot."""
        with self._lock:
            self._server = server = _Server(_config(app), list(self._further))
        self._thread = threading.Thread(target=server.run, args=([self._listener],), name="globus-sandbox", daemon=True)
        self._thread.start()
        server.ready.wait()
        if not server.started:
            raise GlobusError(f"sandbox: the server at {self.url} did not start")

    def finish(self) -> None:
        """Take no more requests, and end those that are under way."""
        if self._server is not None:
            self._server.should_exit = True

    def join(self) -> None:
        """Wait until all has ended."""
        if self._thread is not None:
            self._thread.join()
        for listener in (self._listener, *(further.listener for further in self._further)):
            listener.close()


def _bound(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    # A port that was just in use can be taken again at once, as all servers do.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError as error:
        listener.close()
        raise GlobusUsageError(f"port: {port} on 127.0.0.1 cannot be had: {error.strerror}") from error
    return listener


def _config(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        loop="asyncio",
        http=_Protocol,
        headers=[("X-Content-Type-Options", "nosniff")],
        ws="none",
        lifespan="off",
        timeout_graceful_shutdown=2,
    )


@dataclass(frozen=True)
class _Further:
    """A further port, and what is served there."""

    listener: socket.socket
    config: uvicorn.Config
    context: ssl.SSLContext


class _Protocol(H11Protocol):
    """Lets the application close a connection."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        app = self.app
        connection = Connection()

        async def with_hang_up(scope: Scope, receive: Receive, send: Send) -> None:
            scope[HANG_UP] = transport.close
            scope[CONNECTION] = connection
            await app(scope, receive, send)

        self.app = with_hang_up

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        # Before 3.11, a TLS transport whose connection was reset says that nobody closed it.
        self.transport.close()

    def shutdown(self) -> None:
        super().shutdown()
        if self.scheme == "https" and self.transport.is_closing():
            # An idle client would not answer the goodbye of TLS, and would be waited for.
            self.transport.abort()


class _Server(uvicorn.Server):
    """Tells when it answers, or has given up."""

    def __init__(self, config: uvicorn.Config, further: list[_Further]) -> None:
        super().__init__(config)
        self.ready = threading.Event()
        self._lock = threading.Lock()
        self._further: list[_Further] = further
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def listen_too(self, further: _Further) -> None:
        """Listen on a further port; may be called from any thread."""
        with self._lock:
            if self._loop is None:
                self._further.append(further)
            elif not self._loop.is_closed():
                self._loop.call_soon_threadsafe(self._begin, further)

    def _begin(self, further: _Further) -> None:
        task = asyncio.ensure_future(self._listen(further))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _listen(self, further: _Further) -> None:
        def protocol() -> asyncio.Protocol:
            return _Protocol(further.config, self.server_state, {})

        create = asyncio.get_running_loop().create_server
        if sys.version_info >= (3, 11):
            server = await create(
                protocol,
                sock=further.listener,
                ssl=further.context,
                ssl_shutdown_timeout=_SECONDS_TO_SAY_GOODBYE,
            )
        else:
            server = await create(protocol, sock=further.listener, ssl=further.context)
        self.servers.append(server)

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            super().run(sockets)
        finally:
            self.ready.set()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        with self._lock:
            self._loop = asyncio.get_running_loop()
        for further in self._further:
            await self._listen(further)
        self.ready.set()
