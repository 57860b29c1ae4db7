"""`RedirectServer`: waits on this machine for the browser to come back from one login."""

import os
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from string import Template
from types import TracebackType

from typing_extensions import Self

from globus_typed.apps.errors import LocalServerLoginError, LoginDeniedError
from globus_typed.apps.login_flows import pages
from globus_typed.apps.login_flows.pending import code_in_query
from globus_typed.auth.flows import LoginFlow
from globus_typed.core.http_info import Secret
from globus_typed.errors import GlobusUsageError

__all__ = ["RedirectServer"]

_POLL = 0.1
"""Seconds between two looks at the clock, and at whether Ctrl-C was pressed on platforms where a wait hides it."""
_IDLE = 10.0
"""Seconds after which a connection over which nothing comes is closed: browsers open some in advance."""
_EXCHANGE = 30.0
"""Seconds for which the browser waits to learn whether the program got its tokens."""
_LAST_PAGE = 2.0
"""Seconds for the browser to take its last page, before the server is closed."""
_LARGEST = 65536
"""Bytes that are read of a body that nobody asked for."""
_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Connection": "close",
}


class RedirectServer:
    """A server on 127.0.0.1, and on ::1 where there is one, for the end of one login.

    Only ``GET /`` with the login's own state counts. All else gets a page that says so, and the waiting goes on.
    """

    redirect_uri: str
    """Where Globus Auth is to send the browser."""
    arrived: threading.Event
    """Set once the browser has come back."""

    def __init__(self, port: int, template: Template) -> None:
        """Bind the port, a free one for 0; raises `OSError`, such as one of a port in use."""
        first = _Server(socket.AF_INET, "127.0.0.1", port, self)
        port = first.server_port
        self._servers = [first]
        with suppress(OSError):  # no IPv6 here, or the port is another's there: the redirect URI says 127.0.0.1
            self._servers.append(_Server(socket.AF_INET6, "::1", port, self))
        self._threads: list[threading.Thread] = []
        self._hosts = {f"{host}:{port}" for host in ("127.0.0.1", "localhost", "[::1]")}
        self._hosts |= {host.removesuffix(":80") for host in self._hosts}
        self.redirect_uri = f"http://127.0.0.1:{port}"
        self.template = template
        self.arrived = threading.Event()
        self._lock = threading.Lock()
        self._known = threading.Event()  # how the login ended
        self._sent = threading.Event()  # the page about it
        self._flow: LoginFlow | None = None
        self._result: Secret | LoginDeniedError | None = None
        self._last = pages.ARRIVED

    def start(self, flow: LoginFlow) -> None:
        """Answer browsers, in threads, and wait for the end of this login."""
        self._flow = flow
        for server in self._servers:
            thread = threading.Thread(
                target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="globus_typed login", daemon=True
            )
            self._threads.append(thread)
            thread.start()

    def wait(self, timeout: float, clock: Callable[[], float]) -> Secret:
        """The code. Raises `LoginDeniedError` if there is none, and `LocalServerLoginError` after `timeout` seconds."""
        end = clock() + timeout
        while not self.arrived.wait(_POLL):
            if not threading.main_thread().is_alive():  # which Ctrl-C ended, while this is a thread of an event loop's
                raise LocalServerLoginError("the program ended before anybody had logged in")
            if clock() >= end:
                raise LocalServerLoginError(
                    f"nobody has logged in within {timeout:g} seconds; start the login again, or set timeout="
                )
        if isinstance(self._result, Secret):
            return self._result
        assert self._result is not None
        raise self._result

    def show(self, page: pages.Page) -> None:
        """Tell the browser that came back how the login ended."""
        self._last = page
        self._known.set()

    def close(self) -> None:
        """Let the browser have its last page, and close the ports."""
        if self.arrived.is_set():
            self._known.set()
            self._sent.wait(_LAST_PAGE)
        for server in self._servers:
            if self._threads:  # shutdown waits for ever for a server that never started
                server.shutdown()
            server.server_close()
        for thread in self._threads:
            thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def page(self, path: str, query: Secret, hosts: list[str]) -> pages.Page:
        """The page for a ``GET``: of its path and query, and its ``Host`` headers."""
        if path != "/" or "state=" not in query or len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            return pages.NOT_HERE
        assert self._flow is not None
        result: Secret | LoginDeniedError
        try:
            result = code_in_query(self._flow, query)
        except LoginDeniedError as error:
            result = error
        except GlobusUsageError:
            return pages.FOREIGN
        with self._lock:
            if self._result is not None:
                return pages.ALREADY
            self._result = result
        self.arrived.set()
        if isinstance(result, LoginDeniedError):
            return pages.denied(result.error, result.error_description)
        self._known.wait(_EXCHANGE)
        return self._last

    def sent(self, page: pages.Page) -> None:
        """A page was sent, or could not be."""
        if self.arrived.is_set() and page.status not in (400, 404) and page is not pages.ALREADY:
            self._sent.set()


class _Handler(BaseHTTPRequestHandler):
    timeout = _IDLE

    @property
    def _login(self) -> RedirectServer:
        assert isinstance(self.server, _Server)
        return self.server.login

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        page = self._login.page(path, Secret(self.path[len(path) + 1 :]), self.headers.get_all("Host", []))
        try:
            self._send(page)
        finally:
            self._login.sent(page)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        # Nothing of a stranger's request is on the page, nor which methods there are.
        self._send(pages.NOT_HERE)
        length = self.headers.get("Content-Length", "") if hasattr(self, "headers") else ""
        if length.isascii() and length.isdigit():
            self.rfile.read(min(int(length[:9]), _LARGEST))  # else the connection is reset before the page is read

    def _send(self, page: pages.Page) -> None:
        body = page.render(self._login.template)
        self.send_response(page.status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        self.wfile.flush()

    def version_string(self) -> str:
        return "globus_typed"

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing: the request line has the code in it."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = os.name != "nt"  # where it lets two programs have one port

    def __init__(self, family: socket.AddressFamily, host: str, port: int, login: RedirectServer) -> None:
        self.address_family = family
        self.login = login
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        # Without the look-up of the host's name, which may take long.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, int(self.allow_reuse_address))
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "localhost", self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a browser that was closed is no event, and a traceback could show the code."""
