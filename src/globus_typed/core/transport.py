"""The HTTP clients: one TLS context a process, proxies from the environment, async connections in shards."""

import contextlib
import functools
import ssl
from types import TracebackType
from urllib.request import getproxies

import httpx

from globus_typed.core.wire import Reply
from globus_typed.errors import GlobusUsageError

_CONNECTIONS = 100
_SHARD = 4


@functools.cache
def tls_context(verify: bool | str) -> ssl.SSLContext:
    """The TLS context, made once: reading the certificates takes longer than many requests."""
    if isinstance(verify, str):
        return ssl.create_default_context(cafile=verify)
    return httpx.create_ssl_context(verify=verify)


def checked_http_client(given: object) -> None:
    """`GlobusUsageError` for anything but an `httpx.Client`."""
    if not isinstance(given, httpx.Client):
        raise GlobusUsageError(f"http_client: must be an httpx.Client, got {type(given).__name__}")


def async_checked_http_client(given: object) -> None:
    """`GlobusUsageError` for anything but an `httpx.AsyncClient`."""
    if not isinstance(given, httpx.AsyncClient):
        raise GlobusUsageError(f"http_client: must be an httpx.AsyncClient, got {type(given).__name__}")


def http_client(verify: bool | str) -> "httpx.Client | DirectClient":
    """An HTTP client for threads. With a proxy in the environment it is httpx's own, which chooses the proxy."""
    limits = httpx.Limits(max_connections=_CONNECTIONS, max_keepalive_connections=_CONNECTIONS)
    if getproxies():
        return _ClosingClient(verify=tls_context(verify), limits=limits, follow_redirects=False)
    return DirectClient(httpx.HTTPTransport(verify=tls_context(verify), limits=limits))


def async_http_client(verify: bool | str) -> "httpx.AsyncClient | AsyncDirectClient":
    """An HTTP client for tasks. With a proxy in the environment it is httpx's own, which chooses the proxy."""
    if getproxies():
        return httpx.AsyncClient(verify=tls_context(verify), follow_redirects=False)
    return AsyncDirectClient(ShardedTransport(tls_context(verify)))


class _ClosesItself:
    """Closes its connections when it is garbage collected, for programs that never close their clients."""

    def close(self) -> None:
        raise NotImplementedError

    def __del__(self) -> None:
        # An interpreter that is shutting down may have lost what closing needs.
        with contextlib.suppress(Exception):
            self.close()


class _ClosingClient(_ClosesItself, httpx.Client):
    def close(self) -> None:
        httpx.Client.close(self)


class DirectClient(_ClosesItself):
    """Sends by httpx's transport alone: cookies, redirects and hooks, unused here, cost a third of a call."""

    def __init__(self, transport: httpx.BaseTransport) -> None:
        self._transport = transport

    def send(self, request: httpx.Request) -> Reply:
        """The response, with its body."""
        response = self._transport.handle_request(request)
        try:
            content = _joined(response.stream) if _is_plain(response) else response.read()
        finally:
            response.close()
        return Reply(request, response.status_code, response.headers, content)

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()


class AsyncDirectClient:
    """Sends by `ShardedTransport` alone."""

    def __init__(self, transport: "ShardedTransport") -> None:
        self._transport = transport

    async def send(self, request: httpx.Request) -> Reply:
        """The response, with its body."""
        return await self._transport.send(request)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._transport.aclose()


def _is_plain(response: httpx.Response) -> bool:
    """Whether the body is sent as it is, and so needs none of httpx's decoders."""
    return "content-encoding" not in response.headers


def _joined(stream: object) -> bytes:
    return b"".join(stream) if isinstance(stream, httpx.SyncByteStream) else b""


class ShardedTransport:
    """Spreads requests over small pools: in one pool of httpx the cost of a request grows with those in flight."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        self._shards: list[httpx.AsyncHTTPTransport] = []
        self._in_flight: list[int] = []

    async def __aenter__(self) -> "ShardedTransport":
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        await self.aclose()

    async def send(self, request: httpx.Request) -> Reply:
        """The response, with its body."""
        shard = self._choose()
        self._in_flight[shard] += 1
        try:
            response = await self._shards[shard].handle_async_request(request)
            # Read here, so that the connection is free, and the count right, when the caller has its response.
            try:
                stream = response.stream
                if _is_plain(response) and isinstance(stream, httpx.AsyncByteStream):
                    content = b"".join([part async for part in stream])
                else:
                    content = await response.aread()
            finally:
                await response.aclose()
        finally:
            self._in_flight[shard] -= 1
        return Reply(request, response.status_code, response.headers, content)

    async def aclose(self) -> None:
        shards, self._shards, self._in_flight = self._shards, [], []
        for shard in shards:
            await shard.aclose()

    def _choose(self) -> int:
        for shard, count in enumerate(self._in_flight):
            if count < _SHARD:
                return shard
        if len(self._shards) * _SHARD < _CONNECTIONS:
            limits = httpx.Limits(max_connections=_SHARD, max_keepalive_connections=_SHARD)
            self._shards.append(httpx.AsyncHTTPTransport(verify=self._context, limits=limits))
            self._in_flight.append(0)
            return len(self._shards) - 1
        return min(range(len(self._in_flight)), key=self._in_flight.__getitem__)
