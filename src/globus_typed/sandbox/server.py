"""`Sandbox`: starts and stops the local Globus."""

import os
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import TracebackType

import uvicorn
from typing_extensions import Self

from globus_typed.errors import GlobusError, GlobusUsageError
from globus_typed.sandbox.app import create_app
from globus_typed.sandbox.auth.state import AuthState
from globus_typed.sandbox.auth.store.developer_records import Project
from globus_typed.sandbox.auth.store.developer_registry import new_id
from globus_typed.sandbox.auth.store.records import SandboxUser
from globus_typed.sandbox.seed import plant
from globus_typed.sandbox.transfer.state import TransferState
from globus_typed.sandbox.transfer.store.collections import SandboxCollection
from globus_typed.sandbox.transfer.store.streams import StreamAccessPoint
from globus_typed.transfer.scopes import TransferScopes

_REDIRECTS = ("http://127.0.0.1:5000/login", "http://localhost:5000/login")


class Sandbox:
    """A local Globus on 127.0.0.1, for as long as the ``with`` block runs.

    The user ``wren@sandbox.example`` has the collections "Sandbox Source", with a small tree of files, and "Sandbox
    Destination", which is empty; and so has the confidential app. Each of the user's has a stream access point, so that
    tunnels can be made. A native app is registered too; both apps are in a project that the user administers.

    Parameters: `directory`, where the collections' files are (None: a temporary one, gone when it stops); `port` (0:
    a free one); `clock`, the time in seconds since the epoch; `token_lifetime` of access tokens, in seconds;
    `rotate_refresh_tokens`, whether every refresh gives a new refresh token and ends the old one; `pace`,
    called by the mover with the size of each chunk it moved, and with 0 after each file: it may wait, to slow the mover
    down.
    Raises `GlobusUsageError`, at the start, for a port that is taken or a directory that cannot be used.
    """

    url: str
    """The address of both services, without a slash at its end."""
    auth: AuthState
    """What Auth knows: users, apps, tokens."""
    transfer: TransferState
    """What Transfer knows: collections, tasks."""
    user: SandboxUser
    """The user who logs in."""
    native_client_id: str
    """The id of the native app."""
    client_id: str
    """The id of the confidential app."""
    client_secret: str
    """The secret of the confidential app."""
    source: SandboxCollection
    """The user's collection "Sandbox Source"."""
    destination: SandboxCollection
    """The user's collection "Sandbox Destination"."""
    initiator: StreamAccessPoint
    """Where the user's tunnels may begin: a stream access point of the source."""
    listener: StreamAccessPoint
    """Where the user's tunnels may end: a stream access point of the destination."""

    def __init__(
        self,
        *,
        directory: Path | None = None,
        port: int = 0,
        clock: Callable[[], float] = time.time,
        token_lifetime: int = 172800,
        rotate_refresh_tokens: bool = False,
        pace: Callable[[int], None] | None = None,
    ) -> None:
        self._directory = directory
        self._port = port
        self._clock = clock
        self._token_lifetime = token_lifetime
        self._rotate_refresh_tokens = rotate_refresh_tokens
        self._pace = pace
        self._temporary: Path | None = None
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Serve from now on; returns when the services answer."""
        if self._server is not None:
            raise GlobusUsageError("sandbox: it has been started already")
        listener = self._listen()
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        try:
            self._furnish()
            self._serve(listener)
        except BaseException:
            # Ctrl-C too: nothing is left of a start that was broken off.
            self.stop()
            listener.close()
            self._clean_up()
            raise

    def stop(self) -> None:
        """Serve no more; returns when all is gone that was not there before. It may be called twice."""
        server, self._server = self._server, None
        if server is None or self._thread is None:
            return
        server.should_exit = True
        self.transfer.close()
        self._thread.join()
        self._clean_up()

    @property
    def environment(self) -> dict[str, str]:
        """What to set in the environment of a program, so that it uses this Globus."""
        return {
            "GLOBUS_SDK_SERVICE_URL_AUTH": f"{self.url}/",
            "GLOBUS_SDK_SERVICE_URL_TRANSFER": f"{self.url}/",
            "GLOBUS_SANDBOX_NATIVE_CLIENT_ID": self.native_client_id,
            "GLOBUS_SANDBOX_CLIENT_ID": self.client_id,
            "GLOBUS_SANDBOX_CLIENT_SECRET": self.client_secret,
            **_no_proxy(os.environ),
        }

    def access_token(
        self,
        scopes: Iterable[str] = (TransferScopes.all,),
        *,
        user: SandboxUser | None = None,
        lifetime: int | None = None,
    ) -> str:
        """An access token without a login.

        Parameters: `scopes` of one resource server; `user` (None: the one who logs in); `lifetime` in seconds (None: as
        for all tokens).
        """
        return self.auth.issue_access_token(user or self.user, scopes, lifetime=lifetime)

    def add_collection(
        self,
        display_name: str,
        *,
        owner: SandboxUser | None = None,
        public: bool = False,
        directory: Path | None = None,
        data_access: bool = False,
    ) -> SandboxCollection:
        """A further collection.

        Parameters: `owner` (None: the user who logs in); `public`, whether others may read it; `directory`, which
        exists (None: a new one); `data_access`, whether an app needs the consent to that scope of the collection, as
        for the mapped collections of Globus Connect Server.
        """
        if directory is None:
            directory = Path(tempfile.mkdtemp(prefix="collection-", dir=self._root()))
        return self.transfer.add_collection(
            display_name, directory, owner or self.user, public=public, data_access=data_access
        )

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        self.stop()

    def __repr__(self) -> str:
        return f"<Sandbox {self.url if self._server else 'not running'}>"

    def _listen(self) -> socket.socket:
        # asyncio sends answers at once, without waiting to fill a packet, only where the socket says that it is TCP.
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        # A port that was just in use can be taken again at once, as all servers do.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", self._port))
        except OSError as error:
            listener.close()
            raise GlobusUsageError(f"port: {self._port} on 127.0.0.1 cannot be had: {error.strerror}") from error
        return listener

    def _serve(self, listener: socket.socket) -> None:
        config = uvicorn.Config(
            create_app(self.auth, self.transfer),
            log_config=None,
            access_log=False,
            loop="asyncio",
            http="h11",
            ws="none",
            lifespan="off",
            timeout_graceful_shutdown=2,
        )
        server = _Server(config)
        self._thread = threading.Thread(target=server.run, args=([listener],), name="globus-sandbox", daemon=True)
        self._thread.start()
        self._server = server
        server.ready.wait()
        if not server.started:
            raise GlobusError(f"sandbox: the server at {self.url} did not start")

    def _furnish(self) -> None:
        self.auth = AuthState(
            clock=self._clock,
            token_lifetime=self._token_lifetime,
            rotate_refresh_tokens=self._rotate_refresh_tokens,
        )
        self.auth.base_url = self.url
        self.transfer = TransferState(self.auth, clock=self._clock, pace=self._pace)
        self.user = self.auth.add_user(
            "wren@sandbox.example", name="Wren Sandbox", email="wren@sandbox.example", organization="Sandbox Lab"
        )
        self.auth.default_user = self.user
        project = Project(new_id(), "Sandbox project", self.user.username, admin_ids=(self.user.id,))
        self.auth.registry.keep_project(project)
        self.native_client_id = self.auth.add_native_app("Sandbox native app", project_id=project.id).client_id
        app = self.auth.add_confidential_app(
            "Sandbox confidential app", redirect_uris=_REDIRECTS, project_id=project.id
        )
        if app.secret is None or app.identity is None:
            raise RuntimeError("a confidential app has a secret and an identity")
        self.client_id, self.client_secret = app.client_id, app.secret
        self.source, self.destination = self._pair(self.user, "user")
        add = self.transfer.streams.add_access_point
        self.initiator = add("Sandbox Stream Out", self.source, description="Where tunnels begin")
        self.listener = add("Sandbox Stream In", self.destination, description="Where tunnels end")
        self._pair(app.identity, "app")

    def _pair(self, owner: SandboxUser, folder: str) -> tuple[SandboxCollection, SandboxCollection]:
        try:
            source, destination = (self._root() / folder / name for name in ("source", "destination"))
            for directory in (source, destination):
                directory.mkdir(parents=True, exist_ok=True)
            plant(source)
        except OSError as error:
            raise GlobusUsageError(f"directory: {error}") from error
        add, subscription_id = self.transfer.add_collection, self.transfer.subscription_id
        described = {"Sandbox Source": "A small tree of files", "Sandbox Destination": "Room for copies"}
        first, second = (
            add(name, directory, owner, description=description, subscription_id=subscription_id)
            for (name, description), directory in zip(described.items(), (source, destination), strict=True)
        )
        return first, second

    def _root(self) -> Path:
        if self._directory is not None:
            return self._directory
        if self._temporary is None:
            self._temporary = Path(tempfile.mkdtemp(prefix="globus-sandbox-"))
        return self._temporary

    def _clean_up(self) -> None:
        if self._temporary is not None:
            shutil.rmtree(self._temporary, ignore_errors=True)
            self._temporary = None


NOT_INHERITED = ("GLOBUS_SDK_ENVIRONMENT", "GLOBUS_SDK_TRANSFER_TOKEN", "GLOBUS_SDK_AUTH_TOKEN")
"""What a program that uses the sandbox is not to have in its environment: what is for another Globus."""


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


def _no_proxy(environment: Mapping[str, str]) -> dict[str, str]:
    """What keeps a program from asking a proxy for this machine."""
    if not any(environment.get(name) for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")):
        return {}
    known = environment.get("NO_PROXY") or environment.get("no_proxy")
    hosts = f"{known},127.0.0.1" if known else "127.0.0.1"
    return {"NO_PROXY": hosts, "no_proxy": hosts}
