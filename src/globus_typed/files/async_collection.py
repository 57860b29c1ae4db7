"""`AsyncCollection`: one collection by HTTPS, and by Transfer where that can be asked: its address, its tokens."""

import time
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from globus_typed.core.apps import App, checked_app
from globus_typed.core.authorizers import GlobusAuthorizer
from globus_typed.core.documents import Document
from globus_typed.core.lazy import Later
from globus_typed.core.request import Method, Request
from globus_typed.core.retry import RetryPolicy
from globus_typed.errors import GlobusUsageError
from globus_typed.files.addresses import check_authorizer, checked_server, is_local, server_of
from globus_typed.files.async_exchange import AsyncAnswer, AsyncExchange
from globus_typed.files.bodies import UploadBody
from globus_typed.files.concurrency import async_sleep
from globus_typed.files.errors import CollectionLoginRequiredError, FilesAPIError
from globus_typed.files.paths import https_address, path_in, target_of
from globus_typed.files.plans import collection_id_of
from globus_typed.files.ranges import length_in
from globus_typed.files.results import FileInfo
from globus_typed.files.retries import begins
from globus_typed.gcs.scopes import CollectionScopes
from globus_typed.scopes.scope import Scope
from globus_typed.transfer.scopes import TransferScopes

if TYPE_CHECKING:
    import httpx

    from globus_typed.transfer import async_client
else:
    httpx = Later("httpx")
    async_client = Later("globus_typed.transfer.async_client")

__all__ = ["AsyncCollection"]


class AsyncCollection:
    """The connection to one collection, which `AsyncCollectionFiles` stands on."""

    collection_id: str | None
    https_server: str | None

    def __init__(
        self,
        collection_id: str | UUID | None = None,
        *,
        app: App | None = None,
        authorizer: GlobusAuthorizer | None = None,
        https_server: str | None = None,
        transfer: "async_client.AsyncTransferClient | None" = None,
        app_name: str | None = None,
        timeout: float | None = None,
        retry: RetryPolicy | None = None,
        http_client: "httpx.AsyncClient | None" = None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = async_sleep,
    ) -> None:
        self.collection_id = None if collection_id is None else collection_id_of(collection_id)
        self.https_server = None if https_server is None else checked_server(https_server)
        if authorizer is not None:
            check_authorizer(authorizer, self.collection_id)
        if app is not None:
            checked_app(app, authorizer=authorizer, environment=None)
        if self.collection_id is None and self.https_server is None:
            raise GlobusUsageError("collection_id: give it, or https_server=…, or use CollectionFiles.from_url")
        if transfer is not None and not hasattr(transfer, "operation_stat"):
            raise GlobusUsageError(f"transfer: must be a client of Transfer, got {type(transfer).__name__}")
        self.app = app
        self.clock = clock
        self._authorizer = authorizer
        self._given_transfer = transfer
        self._app_name, self._timeout, self._retry = app_name, timeout, retry
        self._http_client = http_client
        self._sleep = sleep
        self._transfer: async_client.AsyncTransferClient | None = transfer
        self._exchange: AsyncExchange | None = None
        self._former: list[AsyncExchange] = []
        self._can_rename: bool | None = None
        self._is_closed = False
        if self.collection_id is not None:
            self._attach()
        if self.https_server is None and self._transfer is None:
            raise GlobusUsageError(
                "https_server: where the collection is, is asked of Transfer: give app=…, or transfer=…, a client; or "
                "give https_server=… itself"
            )

    def _attach(self) -> None:
        """Have the app know what this collection needs, so that one login does for all."""
        assert self.collection_id is not None
        if self._transfer is None and (self.app is not None or self.https_server is None):
            from globus_typed.transfer.async_client import AsyncTransferClient

            transfer = AsyncTransferClient(app=self.app, timeout=self._timeout, retry=self._retry)
            self._transfer = None if transfer.authorizer is None else transfer
        if self.app is not None:
            self.app.authorizer_for(self.collection_id, CollectionScopes(self.collection_id).https)

    async def path(self, path: object) -> str:
        """The path that was given, after all checks that nothing needs to be sent for."""
        if isinstance(path, str) and "://" in path and self.https_server is None:
            https_address(path, "path")
            await self.connected()
        return path_in(path, self.https_server)

    async def connected(self) -> AsyncExchange:
        """The exchange with the collection, whose address is looked up when it is first needed."""
        if self._is_closed:
            raise GlobusUsageError("CollectionFiles: it is closed; make a new one")
        if self._exchange is None:
            made = await self._made_exchange()
            # Of two that meet here, both use the first one's.
            self._exchange = self._exchange or made
            if self._exchange is not made:
                await made.aclose()
        return self._exchange

    async def _made_exchange(self) -> AsyncExchange:
        scopes = None
        if self.collection_id is not None:
            own = CollectionScopes(self.collection_id)
            scopes = [own.https]
            if self._transfer is not None and (self.app is not None or self.https_server is None):
                endpoint = await self._transfer.get_endpoint(self.collection_id)
                told = server_of(endpoint, loopback=is_local(self._transfer.base_url))
                if self.https_server is not None and self.https_server != told:
                    raise GlobusUsageError(
                        f"https_server: {self.https_server} is not the address of the collection {self.collection_id}, "
                        f"which is {told}; no token goes elsewhere"
                    )
                self.https_server = told
                if endpoint.needs_data_access:
                    scopes.append(own.data_access)
                    if self._transfer.app is not None:
                        consent = Scope(own.data_access, optional=True)
                        self._transfer.add_app_scope(Scope(TransferScopes.all, dependencies=(consent,)))
        assert self.https_server is not None
        has_app = self.app is not None and self.collection_id is not None
        return AsyncExchange(
            self.https_server,
            self.collection_id,
            self._authorizer,
            app=self.app if has_app else None,
            app_scopes=scopes if has_app else None,
            app_name=self._app_name,
            timeout=self._timeout,
            retry=self._retry,
            http_client=self._http_client,
            clock=self.clock,
            sleep=self._sleep,
        )

    async def open(
        self, method: Method, path: str, headers: Mapping[str, str] | None = None, body: UploadBody | None = None
    ) -> AsyncAnswer:
        """The response to a request for a file."""
        request: Request[Document] = Request(method, target_of(path), Document, headers=headers or {})
        exchange = await self.connected()
        try:
            return await exchange.open(request, body)
        except CollectionLoginRequiredError as error:
            if self.app is None or error.collection_id is None or exchange.resource_server is not None:
                raise
            if self.collection_id is None:
                self.collection_id = error.collection_id
                self._attach()
                if self._exchange is exchange:
                    self._exchange = None
                self._former.append(exchange)
        return await (await self.connected()).open(request, body)

    @property
    def transfer(self) -> "async_client.AsyncTransferClient | None":
        """The client that can be asked about the collection; None if there is none."""
        return None if self.collection_id is None else self._transfer

    async def can_rename(self, directory: str) -> bool:
        """Whether the collection can rename files, asked once."""
        assert self._transfer is not None
        assert self.collection_id is not None
        if self._can_rename is None:
            listing = await self._transfer.operation_ls(self.collection_id, directory, limit=1)
            self._can_rename = listing.rename_supported is not False
        return self._can_rename

    async def stat(self, path: str) -> FileInfo:
        """A look at a file, by Transfer."""
        assert self._transfer is not None
        assert self.collection_id is not None
        entry = await self._transfer.operation_stat(self.collection_id, path)
        return FileInfo(path, entry.size, entry.last_modified, entry.type or "file")

    async def head(self, path: str) -> FileInfo:
        """A look at a file by HTTPS, for its size."""
        try:
            async with await self.open("HEAD", path) as answer:
                length = length_in(answer.headers)
                if length is not None:
                    return FileInfo(path, length)
        except FilesAPIError as error:
            # Without a body it may tell of a fault, or of a method that is off.
            if error.http_status not in (404, 405, 501):
                raise
        try:
            async with await self.open("GET", path, {"range": "bytes=0-"}) as answer:
                exchange = await self.connected()
                place = answer.exchange(exchange.clock()).place
                return FileInfo(path, begins(answer.status, answer.headers, 0, place).stop)
        except FilesAPIError as error:
            if error.http_status != 416:
                raise
        return FileInfo(path, 0)

    @property
    def looks_by_https(self) -> bool:
        """Whether Transfer cannot be asked about files."""
        return self._transfer is None or self.collection_id is None

    async def aclose(self) -> None:
        """Close the connections, except those of an `http_client` and of a `transfer` client of your own."""
        self._is_closed = True
        exchanges = [each for each in (self._exchange, *self._former) if each is not None]
        for exchange in exchanges:
            await exchange.aclose()
        if self._transfer is not None and self._transfer is not self._given_transfer:
            await self._transfer.aclose()

    @property
    def can_travel(self) -> bool:
        """Whether it can be pickled: it has no connection and no secret of its own."""
        return self.app is not None and self._http_client is None and self._given_transfer is None

    def __getstate__(self) -> dict[str, object]:
        # The app opens its token store in the other process, and holds no secret itself.
        return {**vars(self), "_exchange": None, "_former": []}
