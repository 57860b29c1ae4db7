"""The HTTP clients beneath: what a program's surroundings decide, and how many calls at once are spread."""

import gc
import ssl
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import anyio
import httpx
import pytest

from globus_typed import AsyncTransferClient, TransferClient
from globus_typed.core.transport import ShardedTransport, async_http_client, tls_context
from globus_typed.errors import RedirectedError

REQUEST = httpx.Request("GET", "https://x.example/")


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for scheme in ("http", "https", "all"):
        monkeypatch.delenv(f"{scheme}_proxy", raising=False)
        monkeypatch.delenv(f"{scheme}_proxy".upper(), raising=False)


class Pools:
    """Counts the requests in each of httpx's pools, and holds them until they are let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.busy: Counter[httpx.AsyncHTTPTransport] = Counter()
        self.served: Counter[httpx.AsyncHTTPTransport] = Counter()
        self.all_in = anyio.Event()
        self.let_go = anyio.Event()
        self.wanted = 0
        pools = self

        async def handle(pool: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
            pools.busy[pool] += 1
            pools.served[pool] += 1
            if sum(pools.busy.values()) == pools.wanted:
                pools.all_in.set()
            await pools.let_go.wait()
            pools.busy[pool] -= 1
            return httpx.Response(200)

        monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", handle)

    async def meet(self, transport: ShardedTransport, count: int) -> list[int]:
        """Send so many requests at once; how many of them were in each pool."""
        self.wanted, self.all_in, self.let_go = count, anyio.Event(), anyio.Event()
        busy: list[int] = []
        with anyio.fail_after(30):
            async with anyio.create_task_group() as group:
                for _ in range(count):
                    group.start_soon(transport.send, REQUEST)
                await self.all_in.wait()
                busy = sorted((number for number in self.busy.values() if number), reverse=True)
                self.let_go.set()
        return busy


def test_calls_at_once_are_spread_over_small_pools(monkeypatch: pytest.MonkeyPatch) -> None:
    async def main() -> None:
        pools = Pools(monkeypatch)
        async with ShardedTransport(ssl.create_default_context()) as transport:
            assert await pools.meet(transport, 1) == [1]
            assert await pools.meet(transport, 10) == [4, 4, 2]
            assert await pools.meet(transport, 4) == [4]
            assert len(pools.served) == 3  # the first pools are used again
            assert await pools.meet(transport, 110) == [5] * 10 + [4] * 15

    anyio.run(main)


def test_a_call_that_fails_leaves_its_place_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: set[httpx.AsyncHTTPTransport] = set()

    async def fail(pool: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
        seen.add(pool)
        raise httpx.ConnectError("refused")

    monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", fail)

    async def main() -> None:
        http = async_http_client(False)
        for _ in range(9):
            with pytest.raises(httpx.ConnectError):
                await http.send(REQUEST)
        await http.aclose()

    anyio.run(main)
    assert len(seen) == 1


def test_the_authorities_are_read_once() -> None:
    assert tls_context(True) is tls_context(True)
    assert tls_context(True).verify_mode is ssl.CERT_REQUIRED
    assert tls_context(False).verify_mode is ssl.CERT_NONE


@pytest.fixture
def listening() -> Iterator[tuple[str, list[str]]]:
    """An HTTP server on this machine, and what it is asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked.append(self.path)
            moved = self.path.endswith("/moved")
            self.send_response(302 if moved else 200)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch, listening: tuple[str, list[str]]) -> None:
    proxy, asked = listening
    monkeypatch.setenv("HTTP_PROXY", proxy)

    async def main() -> None:
        async with AsyncTransferClient(base_url="http://transfer.invalid/") as tc:
            await tc.get("tasks")

    with TransferClient(base_url="http://transfer.invalid/") as tc:
        tc.get("threads")
    anyio.run(main)
    assert asked == ["http://transfer.invalid/v0.10/threads", "http://transfer.invalid/v0.10/tasks"]


def test_redirects_are_not_followed(listening: tuple[str, list[str]]) -> None:
    url, asked = listening

    async def main() -> None:
        async with AsyncTransferClient(base_url=url) as tc:
            with pytest.raises(RedirectedError):
                await tc.get("moved")

    with TransferClient(base_url=url) as tc, pytest.raises(RedirectedError, match="redirected to /elsewhere") as caught:
        tc.get("moved")
    assert (caught.value.http_status, caught.value.location) == (302, "/elsewhere")
    anyio.run(main)
    assert asked == ["/v0.10/moved"] * 2


def test_a_client_that_nobody_closes_closes_itself(listening: tuple[str, list[str]]) -> None:
    TransferClient(base_url=listening[0]).get("x")
    gc.collect()  # an open socket would warn here, and a warning is an error
    assert listening[1] == ["/v0.10/x"]


def test_an_http_client_of_ones_own_keeps_its_headers_and_ways() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"id": "x"})

    http = httpx.Client(transport=httpx.MockTransport(answer), headers={"X-Mine": "yes", "User-Agent": "mine"})
    tc = TransferClient(base_url="https://transfer.example/", http_client=http, app_name="app")
    tc.get_endpoint("x")
    assert seen[0].headers["X-Mine"] == "yes"
    assert seen[0].headers["User-Agent"].endswith(" app")
    assert seen[0].headers["Accept"] == "application/json"
