"""The HTTP clients: one TLS context a process, proxies from the environment, async connections in shards."""

import contextlib
import functools
import importlib.util
import os
import ssl
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Generic, TypeVar

import httpx

from globus_typed.config import host_problem
from globus_typed.core.httpx_auth import become_auth
from globus_typed.core.proxies import Proxies
from globus_typed.core.streamed import AsyncStreamed, Streamed
from globus_typed.core.wire import Reply
from globus_typed.errors import GlobusOptionalDependencyError, GlobusUsageError

if TYPE_CHECKING:
    import asyncio

become_auth()

_CONNECTIONS = 100
_SHARD = 4


def tls_context(verify: bool | str) -> ssl.SSLContext:
    """The TLS context, made once for what the environment names: reading the certificates takes longer than many
    requests."""
    return made_context(verify, os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))


@functools.cache
def made_context(verify: bool | str, file: str | None, directory: str | None) -> ssl.SSLContext:
    """The TLS context for these values of ``SSL_CERT_FILE`` and ``SSL_CERT_DIR``, which httpx reads by itself."""
    try:
        if isinstance(verify, str):
            return ssl.create_default_context(cafile=verify)
        return httpx.create_ssl_context(verify=verify)
    except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
        place = _certificates(verify)
        raise GlobusUsageError(f"{place}: holds no certificates that can be read ({error})") from error


def _certificates(verify: bool | str) -> str:
    """Where the certificates, or whatever else went wrong with them, come from: a variable and its file."""
    if isinstance(verify, str):
        names = ("GLOBUS_SDK_VERIFY_SSL", "GLOBUS_SDK_SSL_VERIFY")
        return f"{next((name for name in names if os.environ.get(name) == verify), 'ssl_verify')}={verify}"
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        if verify and os.environ.get(name):
            return f"{name}={os.environ[name]}"
    return "SSLKEYLOGFILE" if os.environ.get("SSLKEYLOGFILE") else "certifi"


def checked_http_client(given: object, base_url: str) -> dict[str, float | None] | None:
    """The timeouts of an `httpx.Client`, None for httpx's own; `GlobusUsageError` for what a call would not respect."""
    if not isinstance(given, httpx.Client):
        raise GlobusUsageError(f"http_client: must be an httpx.Client, got {type(given).__name__}")
    return _checked_settings(given, base_url)


def async_checked_http_client(given: object, base_url: str) -> dict[str, float | None] | None:
    """The timeouts of an `httpx.AsyncClient`, None for httpx's own; as `checked_http_client`."""
    if not isinstance(given, httpx.AsyncClient):
        raise GlobusUsageError(f"http_client: must be an httpx.AsyncClient, got {type(given).__name__}")
    return _checked_settings(given, base_url)


_HTTPX_TIMEOUT = httpx.Timeout(5.0)
"""The timeout of an HTTP client where nobody asked for one; too short for some calls."""


def _checked_settings(given: httpx.Client | httpx.AsyncClient, base_url: str) -> dict[str, float | None] | None:
    problems = {
        "auth: it would take the place of the authorizer; give authorizer=…": given.auth is not None,
        "Authorization header: it would go to every address; give authorizer=…": "authorization" in given.headers,
        "params: give them to the calls, as query_params=…": bool(given.params),
        f"base_url: calls go to {base_url}; give base_url=… instead": (
            str(given.base_url).rstrip("/").lower() not in {"", base_url.rstrip("/").lower()}
        ),
    }
    for problem, is_there in problems.items():
        if is_there:
            raise GlobusUsageError(f"http_client: must have no {problem}")
    return None if given.timeout == _HTTPX_TIMEOUT else given.timeout.as_dict()


def http_client(verify: bool | str) -> "DirectClient":
    """An HTTP client for threads, with the proxies of the environment."""
    context = tls_context(verify)
    limits = httpx.Limits(max_connections=_CONNECTIONS, max_keepalive_connections=_CONNECTIONS)

    def transport(proxy: httpx.Proxy | None) -> httpx.BaseTransport:
        return httpx.HTTPTransport(verify=context, limits=limits, proxy=proxy)

    proxies = Proxies.of_environment()
    return DirectClient(transport(None) if proxies is None else _ByProxy(proxies, transport))


def async_http_client(verify: bool | str) -> "AsyncDirectClient":
    """An HTTP client for tasks, with the proxies of the environment."""
    context = tls_context(verify)

    def transport(proxy: httpx.Proxy | None) -> ShardedTransport:
        return ShardedTransport(context, proxy)

    proxies = Proxies.of_environment()
    return AsyncDirectClient(lambda: transport(None) if proxies is None else _AsyncByProxy(proxies, transport))


TransportT = TypeVar("TransportT")


class _Choice(Generic[TransportT]):
    """A transport for each proxy that is needed, and one for none."""

    def __init__(self, proxies: Proxies, make: Callable[[httpx.Proxy | None], TransportT]) -> None:
        self._proxies = proxies
        self._make = make
        self._made: dict[tuple[str, str] | None, TransportT] = {}

    def transport(self, url: httpx.URL) -> TransportT:
        chosen = self._proxies.choose(url.scheme, url.host, url.port or (443 if url.scheme == "https" else 80))
        if chosen not in self._made:
            # Of two threads that meet here, both use the first one's.
            self._made.setdefault(chosen, self._make(None if chosen is None else _proxy(*chosen)))
        return self._made[chosen]


def _proxy(name: str, url: str) -> httpx.Proxy:
    problem = "must be a URL such as http://host:port"
    with contextlib.suppress(httpx.InvalidURL, ValueError):
        proxy = httpx.Proxy(url)
        if proxy.url.scheme.startswith("socks") and importlib.util.find_spec("socksio") is None:
            # httpx would find out at the first request.
            raise GlobusOptionalDependencyError(["socksio"], f"{name}: a SOCKS proxy")
        problem = host_problem(proxy.url.host) or ""
        if not problem:
            return proxy
    # It may hold a password, so it is not shown.
    raise GlobusUsageError(f"{name}: {problem}")


class _ByProxy(_Choice[httpx.BaseTransport], httpx.BaseTransport):
    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self.transport(request.url).handle_request(request)

    def close(self) -> None:
        for transport in self._made.values():
            transport.close()


class _AsyncByProxy(_Choice["ShardedTransport"]):
    async def send(self, request: httpx.Request) -> Reply:
        return await self.transport(request.url).send(request)

    async def stream(self, request: httpx.Request) -> AsyncStreamed:
        return await self.transport(request.url).stream(request)

    async def aclose(self) -> None:
        for transport in self._made.values():
            await transport.aclose()


class DirectClient:
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

    def stream(self, request: httpx.Request) -> Streamed:
        """The response, whose body has not been read; the caller closes it."""
        return Streamed(request, self._transport.handle_request(request))

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def __del__(self) -> None:
        # For programs that never close their clients. An interpreter that is shutting down may lack what this needs.
        with contextlib.suppress(Exception):
            self.close()


class GivenClient:
    """Sends by an HTTP client of the program's own, which keeps its transport, proxies, hooks and cookies."""

    def __init__(self, given: httpx.Client) -> None:
        self._given = given

    def send(self, request: httpx.Request) -> httpx.Response | Reply:
        """The response, with its body; no redirect is followed, since the token would go along."""
        if self._given.cookies:
            self._given.cookies.set_cookie_header(request)
        try:
            return self._given.send(request, auth=None, follow_redirects=False)
        except httpx.HTTPStatusError as error:
            response = error.response
        return _hooked(response)

    def stream(self, request: httpx.Request) -> Streamed:
        """The response, whose body has not been read; the caller closes it."""
        if self._given.cookies:
            self._given.cookies.set_cookie_header(request)
        return Streamed(request, self._given.send(request, auth=None, follow_redirects=False, stream=True))


class AsyncGivenClient:
    """Sends by an async HTTP client of the program's own, as `GivenClient` does."""

    def __init__(self, given: httpx.AsyncClient) -> None:
        self._given = given

    async def send(self, request: httpx.Request) -> httpx.Response | Reply:
        """The response, with its body; no redirect is followed, since the token would go along."""
        if self._given.cookies:
            self._given.cookies.set_cookie_header(request)
        try:
            return await self._given.send(request, auth=None, follow_redirects=False)
        except httpx.HTTPStatusError as error:
            response = error.response
        return _hooked(response)

    async def stream(self, request: httpx.Request) -> AsyncStreamed:
        """The response, whose body has not been read; the caller closes it."""
        if self._given.cookies:
            self._given.cookies.set_cookie_header(request)
        return AsyncStreamed(request, await self._given.send(request, auth=None, follow_redirects=False, stream=True))


def _hooked(response: httpx.Response) -> Reply:
    """The response that a hook such as `raise_for_status` has raised an exception for."""
    try:
        content = response.content
    except httpx.ResponseNotRead:  # and httpx has closed it by now
        content = b""
    return Reply(response.request, response.status_code, response.headers, content)


class AsyncDirectClient:
    """Sends by `ShardedTransport` alone, by another one in each event loop, since connections belong to their loop."""

    def __init__(self, make: "Callable[[], ShardedTransport | _AsyncByProxy]") -> None:
        import asyncio  # here, since sync programs do without it

        self._asyncio = asyncio
        self._make = make
        self._by_loop: dict[asyncio.AbstractEventLoop | None, ShardedTransport | _AsyncByProxy] = {}

    async def send(self, request: httpx.Request) -> Reply:
        """The response, with its body."""
        return await self._transport().send(request)

    async def stream(self, request: httpx.Request) -> AsyncStreamed:
        """The response, whose body has not been read; the caller closes it."""
        return await self._transport().stream(request)

    def _transport(self) -> "ShardedTransport | _AsyncByProxy":
        loop = self._running_loop()
        transport = self._by_loop.get(loop)
        if transport is None:
            for ended in [each for each in list(self._by_loop) if each is not None and each.is_closed()]:
                self._by_loop.pop(ended, None)
            transport = self._by_loop[loop] = self._make()
        return transport

    async def aclose(self) -> None:
        """Close the connections."""
        here = self._running_loop()
        by_loop, self._by_loop = self._by_loop, {}
        for loop, transport in by_loop.items():
            if loop is here:
                await transport.aclose()
            elif loop is not None and loop.is_running():
                self._asyncio.run_coroutine_threadsafe(transport.aclose(), loop)

    def _running_loop(self) -> "asyncio.AbstractEventLoop | None":
        """The running event loop; None where anyio runs on something other than asyncio."""
        try:
            return self._asyncio.get_running_loop()
        except RuntimeError:
            return None


def _is_plain(response: httpx.Response) -> bool:
    """Whether the body is sent as it is, and so needs none of httpx's decoders."""
    return "content-encoding" not in response.headers


def _joined(stream: object) -> bytes:
    return b"".join(stream) if isinstance(stream, httpx.SyncByteStream) else b""


class _Shard:
    """A small pool, and how many requests are in it."""

    def __init__(self, context: ssl.SSLContext, proxy: httpx.Proxy | None) -> None:
        limits = httpx.Limits(max_connections=_SHARD, max_keepalive_connections=_SHARD)
        self.pool = httpx.AsyncHTTPTransport(verify=context, limits=limits, proxy=proxy)
        self.in_flight = 0

    def let_go(self) -> None:
        self.in_flight -= 1


class ShardedTransport:
    """Spreads requests over small pools: in one pool of httpx the cost of a request grows with those in flight."""

    def __init__(self, context: ssl.SSLContext, proxy: httpx.Proxy | None = None) -> None:
        self._context = context
        self._proxy = proxy
        self._shards: list[_Shard] = []

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
        shard.in_flight += 1
        try:
            response = await shard.pool.handle_async_request(request)
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
            shard.in_flight -= 1
        return Reply(request, response.status_code, response.headers, content)

    async def stream(self, request: httpx.Request) -> AsyncStreamed:
        """The response, whose body has not been read; the connection is taken until the caller closes it."""
        shard = self._choose()
        shard.in_flight += 1
        try:
            return AsyncStreamed(request, await shard.pool.handle_async_request(request), shard.let_go)
        except BaseException:
            shard.let_go()
            raise

    async def aclose(self) -> None:
        shards, self._shards = self._shards, []
        for shard in shards:
            await shard.pool.aclose()

    def _choose(self) -> _Shard:
        for shard in self._shards:
            if shard.in_flight < _SHARD:
                return shard
        if len(self._shards) * _SHARD < _CONNECTIONS:
            self._shards.append(_Shard(self._context, self._proxy))
            return self._shards[-1]
        return min(self._shards, key=lambda shard: shard.in_flight)
