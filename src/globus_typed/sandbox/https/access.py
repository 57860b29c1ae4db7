"""`CollectionsOverHTTPS`: the HTTPS servers of all collections, what was asked of them, and their weather."""

from collections.abc import Callable
from pathlib import Path
from threading import Lock

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from globus_typed.sandbox.auth.state import AuthState
from globus_typed.sandbox.http_server import CONNECTION
from globus_typed.sandbox.https.app import CollectionServer, refuse
from globus_typed.sandbox.https.authority import AUTHORITY
from globus_typed.sandbox.https.records import RECORD, FileRequest
from globus_typed.sandbox.setting import Setting
from globus_typed.sandbox.transfer.state import TransferState
from globus_typed.sandbox.transfer.store.collections import SandboxCollection
from globus_typed.sandbox.weather import UnderWeather, Weather

__all__ = ["CollectionsOverHTTPS"]


class CollectionsOverHTTPS:
    """The HTTPS servers of the collections; every method may be called from any thread.

    Each collection has a port of its own, which is opened when its address is first asked for.
    """

    def __init__(self, setting: Setting, state: TransferState) -> None:
        self._setting = setting
        self._state = state
        self._lock = Lock()
        self._addresses: dict[str, str] = {}
        self.requests: list[FileRequest] = []
        self.weather: Weather = Weather()

    def address(self, collection: SandboxCollection) -> str | None:
        """The address of a collection, without a slash at its end; None where nothing is served over TLS."""
        if self._setting.open_tls_port is None:
            return None
        with self._lock:
            if collection.id not in self._addresses:
                self._addresses[collection.id] = self._setting.open_tls_port(self._application(collection))
            return self._addresses[collection.id]

    @property
    def ca_file(self) -> Path:
        """The file of all certificates that are trusted: those of the public authorities and the sandbox's."""
        return AUTHORITY.bundle(self)

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables with which programs trust the servers; empty where nothing is served over TLS."""
        return {} if self._setting.open_tls_port is None else AUTHORITY.environment(self)

    def close(self) -> None:
        """Remove what was written for programs."""
        AUTHORITY.release(self)

    def _application(self, collection: SandboxCollection) -> ASGIApp:
        server = CollectionServer(self._setting.part(AuthState), self._state, collection)
        under_weather = UnderWeather(server, self.weather, refuse, collection.id)
        cross_origin = CORSMiddleware(
            under_weather, allow_origins=["*"], allow_methods=["*"], allow_headers=["*"], expose_headers=["*"]
        )
        return _Recorded(cross_origin, self.requests.append, collection.id)


class _Recorded:
    """The application, which has its requests recorded."""

    def __init__(self, app: ASGIApp, record: Callable[[FileRequest], None], collection_id: str) -> None:
        self._app = app
        self._record = record
        self._collection_id = collection_id

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers: dict[bytes, bytes] = dict(scope["headers"])
        given = headers.get(b"range")
        request = FileRequest(
            self._collection_id,
            scope["method"],
            scope["path"],
            None if given is None else given.decode("latin-1"),
            scope[CONNECTION].number,
        )
        self._record(request)

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                request.status = message["status"]
            await send(message)

        await self._app({**scope, RECORD: request}, receive, told)
