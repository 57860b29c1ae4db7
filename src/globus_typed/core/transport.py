"""The HTTP clients beneath ours: one TLS context a process, proxies from the environment, async pools in shards."""

import contextlib
import functools
import ssl
from types import TracebackType
from urllib.request import getproxies

import httpx

from globus_typed.errors import GlobusUsageError

_CONNECTIONS = 100
_SHARD = 4


@functools.cache
def tls_context(verify: bool | str) -> ssl.SSLContext:
    """The TLS settings, made once: reading the authorities takes longer than many requests."""
    if isinstance(verify, str):
        return ssl.create_default_context(cafile=verify)
    return httpx.create_ssl_context(verify=verify)


def checked_http_client(given: object) -> None:
    """`GlobusUsageError` for what is no HTTP client for threads."""
    if not isinstance(given, httpx.Client):
        raise GlobusUsageError(f"http_client: must be an httpx.Client, got {type(given).__name__}")


def async_checked_http_client(given: object) -> None:
    """`GlobusUsageError` for what is no HTTP client for tasks."""
    if not isinstance(given, httpx.AsyncClient):
        raise GlobusUsageError(f"http_client: must be an httpx.AsyncClient, got {type(given).__name__}")


def http_client(verify: bool | str) -> "httpx.Client | DirectClient":
    """An HTTP client for threads. With a proxy in the environment it is a plain one: proxies are httpx's to choose."""
    limits = httpx.Limits(max_connections=_CONNECTIONS, max_keepalive_connections=_CONNECTIONS)
    if getproxies():
        return _ClosingClient(verify=tls_context(verify), limits=limits, follow_redirects=False)
    return DirectClient(httpx.HTTPTransport(verify=tls_context(verify), limits=limits))


def async_http_client(verify: bool | str) -> "httpx.AsyncClient | AsyncDirectClient":
    """An HTTP client for tasks. With a proxy in the environment it is a plain one: proxies are httpx's to choose."""
    if getproxies():
        return httpx.AsyncClient(verify=tls_context(verify), follow_redirects=False)
    return AsyncDirectClient(ShardedTransport(tls_context(verify)))


class _ClosesItself:
    """Closes its connections when nobody has it any more, for programs that never close their clients."""

    def close(self) -> None:
        raise NotImplementedError

    def __del__(self) -> None:
        # An interpreter that is going down may have lost what closing needs.
        with contextlib.suppress(Exception):
            self.close()


class _ClosingClient(_ClosesItself, httpx.Client):
    def close(self) -> None:
        httpx.Client.close(self)


class DirectClient(_ClosesItself):
    """Sends by httpx's transport alone: its client's cookies, redirects and hooks cost a third of a call, and there are
    none of them here."""

    def __init__(self, transport: httpx.BaseTransport) -> None:
        self._transport = transport

    def send(self, request: httpx.Request) -> httpx.Response:
        """The answer, with its body."""
        response = self._transport.handle_request(request)
        response.request = request
        try:
            response.read()
        except BaseException:
            response.close()
            raise
        return response

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()


class AsyncDirectClient:
    """The same for tasks."""

    def __init__(self, transport: "ShardedTransport") -> None:
        self._transport = transport

    async def send(self, request: httpx.Request) -> httpx.Response:
        """The answer, with its body."""
        response = await self._transport.handle_async_request(request)
        response.request = request
        return response

    async def aclose(self) -> None:
        """Close the connections."""
        await self._transport.aclose()


class ShardedTransport(httpx.AsyncBaseTransport):
    """Spreads requests over small pools: in httpx's one pool the cost of a request grows with those in flight."""

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

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        shard = self._choose()
        self._in_flight[shard] += 1
        try:
            response = await self._shards[shard].handle_async_request(request)
            # Read here, so that the connection is free, and the count right, when the caller has its answer.
            await response.aread()
        finally:
            self._in_flight[shard] -= 1
        return response

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
