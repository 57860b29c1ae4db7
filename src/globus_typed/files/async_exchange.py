"""`AsyncExchange`: requests to one collection by HTTPS, authorized and repeated; responses are read as they come."""

import logging
from collections.abc import Awaitable, Callable
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, ClassVar

from typing_extensions import Self

from globus_typed import config
from globus_typed.core.apps import App, login_may_help
from globus_typed.core.async_client import AsyncClient
from globus_typed.core.async_connections import AsyncConnections
from globus_typed.core.authorizers import GlobusAuthorizer
from globus_typed.core.concurrency import async_call
from globus_typed.core.documents import Document
from globus_typed.core.http_info import HTTPInfo
from globus_typed.core.lazy import Later
from globus_typed.core.request import Request
from globus_typed.core.retry import RetryPolicy
from globus_typed.core.service import Service
from globus_typed.core.streamed import AsyncStreamed
from globus_typed.errors import GlobusAPIError, GlobusError, NetworkError
from globus_typed.files.bodies import UploadBody
from globus_typed.files.concurrency import check_stopped
from globus_typed.files.errors import CollectionLoginRequiredError, CollectionUnavailableError, FilesAPIError, refusal
from globus_typed.files.retries import delay_after
from globus_typed.scopes.scope import Scopes

if TYPE_CHECKING:
    import httpx
else:
    httpx = Later("httpx")

__all__ = ["AsyncAnswer", "AsyncExchange"]

_log = logging.getLogger("globus_typed")

_MOST = 65_536
"""The bytes of an error that are read."""


class AsyncExchange(AsyncClient):
    """A client of one collection by HTTPS; `AsyncCollectionFiles` stands on it."""

    service: ClassVar[Service] = Service("", "Globus collections by HTTPS")
    error_class: ClassVar[type[GlobusAPIError]] = FilesAPIError

    def __init__(
        self,
        origin: str,
        collection_id: str | None,
        authorizer: GlobusAuthorizer | None = None,
        *,
        app: App | None,
        app_scopes: Scopes | None,
        app_name: str | None,
        timeout: float | None,
        retry: RetryPolicy | None,
        http_client: "httpx.AsyncClient | None",
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self.resource_server = collection_id
        self.origin = origin
        super().__init__(
            authorizer,
            app=app,
            app_scopes=app_scopes,
            base_url=origin,
            app_name=app_name,
            timeout=timeout,
            retry=retry,
            http_client=http_client,
            clock=clock,
            sleep=sleep,
        )
        self._line = AsyncLine(self._connections)

    def set_app_name(self, app_name: str | None) -> None:
        super().set_app_name(app_name)
        self._headers = {**self._headers, "accept": "*/*", "accept-encoding": "identity"}

    async def open(self, request: Request[Document], body: UploadBody | None = None) -> "AsyncAnswer":
        """The response to a request, which is a success, and whose body has not been read."""
        from globus_typed.core.wire import network_error
        from globus_typed.files import wire

        url = f"{self.origin}{request.target}"
        headers = {**self._headers, **request.headers}
        began = self.clock()
        attempt = redriven = 0
        is_renewed = is_redirected = False
        while True:
            check_stopped()
            attempt += 1
            logins = 0 if self.app is None else self.app.logins
            authorization = None if is_redirected else await self.authorization()
            timeout = self.retry.attempt_timeout(self.timeout, self.clock() - began)
            sent = wire.file_request(request.method, url, headers, authorization, timeout, body)
            answer = AsyncAnswer(self._line, attempt)
            error: GlobusError
            try:
                try:
                    await answer.begin(sent)
                    if 200 <= answer.status < 300:
                        return answer
                    content = await answer.beginning(_MOST)
                except BaseException:
                    await answer.aclose()
                    raise
            except GlobusError as failure:
                if not isinstance(failure, NetworkError):
                    raise
                error, is_fault = failure, False
            except Exception as beneath:
                error, is_fault = network_error(beneath, sent), False
                misuse = answer.line.connections.misused(beneath)
                if misuse is not None or delay_after(self.retry, request, error, attempt, self.clock() - began) is None:
                    raise (misuse or error) from beneath
            else:
                _log.debug("%s %s: %d", request.method, request.target, answer.status)
                await answer.aclose()
                error = refusal(wire.refused(sent, answer.status, answer.headers, content, attempt, self.clock()))
                is_fault = isinstance(error, CollectionUnavailableError)
                if isinstance(error, CollectionLoginRequiredError):
                    if not is_renewed and self.authorizer is not None and self.authorizer.reject(authorization):
                        is_renewed = True
                        continue
                elif 300 <= answer.status < 400 and authorization is None and request.method in ("GET", "HEAD"):
                    # A file that anybody may read may lie elsewhere. No token goes there.
                    target = wire.redirect_target(sent, answer.headers.get("Location", ""))
                    if target is not None and not is_redirected:
                        url, is_redirected = str(target), True
                        continue
                if (
                    self.app is not None
                    and login_may_help(error, request)
                    and await async_call(partial(self.app.redrive, error, logins, redriven))
                ):
                    redriven += 1
                    continue
            delay = delay_after(self.retry, request, error, attempt, self.clock() - began)
            if delay is None:
                raise error
            if is_fault:
                await self._retire(answer.line)
            _log.info("%s %s again in %.2f s: %s", request.method, request.target, delay, error)
            await self.sleep(delay)

    async def _retire(self, line: "AsyncLine") -> None:
        """Use no connection any more that there is now: a fault stays with the connection that it was met on."""
        if line is self._line and not self._connections.is_given:
            self._connections = AsyncConnections(None, config.verify_ssl(self.environment))
            self._line = AsyncLine(self._connections)
            await line.retire()


class AsyncLine:
    """Connections, and the responses that are still read from them."""

    def __init__(self, connections: AsyncConnections) -> None:
        self.connections = connections
        self.answers: set[AsyncAnswer] = set()
        self.is_retired: bool = False

    async def retire(self) -> None:
        """Close the connections as soon as nobody reads from them any more."""
        self.is_retired = True
        if not self.answers:
            await self.connections.aclose()

    async def let_go(self, answer: "AsyncAnswer") -> None:
        """Close the connections if nobody reads from them any more, nor will."""
        self.answers.discard(answer)
        if self.is_retired and not self.answers:
            await self.connections.aclose()


class AsyncAnswer:
    """A response whose body is read as it comes. Close it."""

    def __init__(self, line: AsyncLine, attempts: int) -> None:
        self.line = line
        self.attempts = attempts
        self.status: int = 0
        self._streamed: AsyncStreamed | None = None

    async def begin(self, request: "httpx.Request") -> None:
        """Send the request, and wait for the response."""
        self.line.answers.add(self)
        self._streamed = await self.line.connections.http.stream(request)
        self.status = self._streamed.status_code
        self.headers: httpx.Headers = self._streamed.headers
        self._chunks = aiter(self._streamed)

    async def read(self) -> bytes | None:
        """The next bytes; None at the end. `NetworkError` where the connection is lost before."""
        assert self._streamed is not None
        try:
            return await anext(self._chunks, None)
        except GlobusError:
            raise
        except Exception as error:
            from globus_typed.core.wire import network_error

            raise network_error(error, self._streamed.request) from error

    async def beginning(self, most: int) -> bytes:
        """The first bytes of the body."""
        parts: list[bytes] = []
        while sum(map(len, parts)) < most and (part := await self.read()) is not None:
            parts.append(part)
        return b"".join(parts)[:most]

    def exchange(self, now: float) -> HTTPInfo:
        """The HTTP exchange, for errors about the body."""
        from globus_typed.files import wire

        assert self._streamed is not None
        return wire.refused(self._streamed.request, self.status, self.headers, b"", self.attempts, now)

    async def aclose(self) -> None:
        """Give the connection back; it is closed if the body was not read to its end."""
        streamed, self._streamed = self._streamed, None
        try:
            if streamed is not None:
                aclose: Callable[[], Awaitable[object]] | None = getattr(self._chunks, "aclose", None)
                if aclose is not None:
                    await aclose()
                await streamed.aclose()
        finally:
            await self.line.let_go(self)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        await self.aclose()
