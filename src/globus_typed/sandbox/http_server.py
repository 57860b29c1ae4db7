"""`HTTPServer`: a port on 127.0.0.1, and the thread that serves an application there."""

import asyncio
import socket
import threading

import uvicorn
from fastapi import FastAPI
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from globus_typed.errors import GlobusError, GlobusUsageError

__all__ = ["HANG_UP", "HTTPServer"]

HANG_UP = "globus_sandbox.hang_up"
"""The key in the scope of a request for what closes its connection without a response."""


class HTTPServer:
    """A port on 127.0.0.1, and the thread that serves an application there.

    Parameters: `port`, 0 for a free one. Raises `GlobusUsageError` for a port that is taken.
    """

    def __init__(self, port: int = 0) -> None:
        # asyncio sends answers at once, without waiting to fill a packet, only where the socket says that it is TCP.
        self._listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        # A port that was just in use can be taken again at once, as all servers do.
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            self._listener.bind(("127.0.0.1", port))
        except OSError as error:
            self._listener.close()
            raise GlobusUsageError(f"port: {port} on 127.0.0.1 cannot be had: {error.strerror}") from error
        self.url: str = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    def serve(self, app: FastAPI) -> None:
        """Serve the application from now on; returns when it answers. Raises `GlobusError` when it cannot."""
        config = uvicorn.Config(
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
        self._server = server = _Server(config)
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
        self._listener.close()


class _Protocol(H11Protocol):
    """Lets the application close a connection."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        app = self.app

        async def with_hang_up(scope: Scope, receive: Receive, send: Send) -> None:
            scope[HANG_UP] = transport.close
            await app(scope, receive, send)

        self.app = with_hang_up


class _Server(uvicorn.Server):
    """Tells when it answers, or has given up."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            super().run(sockets)
        finally:
            self.ready.set()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()
