"""Where `AsyncCollectionFiles` gets its connections, tokens and looks at the collection from."""

import time
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from typing_extensions import Self

from globus_typed.core.apps import App
from globus_typed.core.authorizers import GlobusAuthorizer
from globus_typed.core.forks import OneProcess
from globus_typed.core.lazy import Later
from globus_typed.core.retry import RetryPolicy
from globus_typed.errors import NotFoundError
from globus_typed.files.async_collection import AsyncCollection
from globus_typed.files.concurrency import async_sleep
from globus_typed.files.paths import https_address, target_of
from globus_typed.files.results import FileInfo

if TYPE_CHECKING:
    import httpx

    from globus_typed.transfer import async_client
else:
    httpx = Later("httpx")
    async_client = Later("globus_typed.transfer.async_client")

__all__ = ["AsyncCollectionBase"]


class AsyncCollectionBase(OneProcess):
    """The connection to one collection."""

    _instead: ClassVar[str] = (
        "its connections and tokens stay in this process. All threads and tasks can share it; in another process, "
        "make a new one there. One with an app whose token store is a file can be pickled"
    )

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
        self._collection = AsyncCollection(
            collection_id,
            app=app,
            authorizer=authorizer,
            https_server=https_server,
            transfer=transfer,
            app_name=app_name,
            timeout=timeout,
            retry=retry,
            http_client=http_client,
            clock=clock,
            sleep=sleep,
        )

    @property
    def collection_id(self) -> str | None:
        """The id of the collection; None if it was made from a URL, and the collection has not told it yet."""
        return self._collection.collection_id

    @property
    def https_server(self) -> str | None:
        """The address of the collection, such as ``https://g-1a2b3c.data.example``; None before it was looked up."""
        return self._collection.https_server

    @property
    def app(self) -> App | None:
        """The app that tokens come from; None for none."""
        return self._collection.app

    @classmethod
    def from_url(
        cls,
        url: str,
        *,
        app: App | None = None,
        authorizer: GlobusAuthorizer | None = None,
        transfer: "async_client.AsyncTransferClient | None" = None,
        app_name: str | None = None,
        timeout: float | None = None,
        retry: RetryPolicy | None = None,
        http_client: "httpx.AsyncClient | None" = None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = async_sleep,
    ) -> Self:
        """The files of the collection that a URL leads to. Nothing is sent.

        Files that anybody may read need no login. For the others the collection tells its id when it is first asked;
        an `app` then gets tokens for it, once Transfer has confirmed that the collection with this id is at this
        address.

        Parameters: `url` of any file of the collection, or of the collection; the others as for the constructor.
        Raises `GlobusUsageError` for what is no such URL.
        """
        address = https_address(url, "url")
        return cls(
            app=app,
            authorizer=authorizer,
            https_server=address.origin,
            transfer=transfer,
            app_name=app_name,
            timeout=timeout,
            retry=retry,
            http_client=http_client,
            clock=clock,
            sleep=sleep,
        )

    async def url_for(self, path: str) -> str:
        """The URL of a file. It shares no access: whoever opens it has to log in, unless anybody may read the file.

        ``GET /endpoint/{endpoint_id}`` of Transfer, once, unless the address is known

        Parameters: `path` from the root of the collection.
        """
        path = await self._collection.path(path)
        return f"{(await self._collection.connected()).origin}{target_of(path)}"

    async def info(self, path: str) -> FileInfo:
        """The size, the time of the last change and the type of a file or directory.

        ``GET /operation/endpoint/{endpoint_id}/stat`` of Transfer; without access to it ``HEAD /{path}`` of the
        collection, which tells only the size, and knows no directories

        Parameters: `path` from the root of the collection, or the URL of the file.
        Raises `NotFoundError` if nothing is there, `PermissionDeniedError` if the caller may not see it.
        """
        path = await self._collection.path(path)
        look = self._collection.head if self._collection.looks_by_https else self._collection.stat
        return await look(path)

    async def exists(self, path: str) -> bool:
        """Whether there is a file or directory at a path, as far as the caller may see it.

        The request is that of `info`, and so are the exceptions, but for `NotFoundError`.
        """
        try:
            await self.info(path)
        except NotFoundError:
            return False
        return True

    async def delete(self, path: str, *, missing_ok: bool = False) -> None:
        """Delete a file. For directories, use a delete task of Transfer.

        ``DELETE /{path}`` of the collection

        Parameters: `path` from the root of the collection, or the URL of the file; `missing_ok`, whether it is no
        error that there is none.
        Raises `NotFoundError` if there is none, `PermissionDeniedError` if the caller may not delete it,
        `FilesAPIError` with the status 405 if the collection allows nobody to.
        """
        path = await self._collection.path(path)
        try:
            async with await self._collection.open("DELETE", path):
                pass
        except NotFoundError as error:
            # If the response to an earlier attempt was lost, that one may have deleted it.
            if not missing_ok and error.http.attempts == 1:
                raise

    async def aclose(self) -> None:
        """Close the connections, except those of an `http_client` and of a `transfer` client of your own."""
        await self._collection.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        await self.aclose()

    def __getstate__(self) -> dict[str, object]:
        if not self._collection.can_travel:
            raise self._not_copied()
        return vars(self)

    def __repr__(self) -> str:
        if "_collection" not in vars(self):  # a traceback may show one that was not made to the end
            return f"{type(self).__name__}()"
        shown = {name: getattr(self, name) for name in ("collection_id", "https_server", "app")}
        inside = ", ".join(f"{name}={value!r}" for name, value in shown.items() if value is not None)
        return f"{type(self).__name__}({inside})"
