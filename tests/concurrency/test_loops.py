"""An async client and its event loops: one after another, several at once, and closed under the calls."""

import asyncio
import gc
import threading
import warnings
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import anyio
import anyio.to_thread
import httpx
import pytest

from globus_typed import AsyncTransferClient, GlobusError, GlobusUsageError, RetryPolicy, TransferClient

from .meeting import ID, PATIENCE


@pytest.fixture(autouse=True)
def unclosed() -> Iterator[None]:
    """What a program does not close in its first loop cannot be closed in its second: asyncio warns of that."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        yield
        gc.collect()


class Held:
    """A server that answers when it is let go."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.asked = threading.Semaphore(0)
        held = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                held.asked.release()
                assert held.go_on.wait(PATIENCE)
                self.send_response(200)
                body = b'{"id": "%s"}' % ID.encode()
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Keep quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.socket.listen(128)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"


@pytest.fixture
def held() -> Iterator[Held]:
    held = Held()
    thread = threading.Thread(target=held.server.serve_forever, args=(0.01,))
    thread.start()
    yield held
    held.go_on.set()
    held.server.shutdown()
    thread.join()
    held.server.server_close()


def test_a_client_serves_one_loop_after_another(held: Held) -> None:
    held.go_on.set()
    tc = AsyncTransferClient(base_url=held.url)

    async def call() -> list[str]:
        return [each.id for each in await asyncio.gather(*(tc.get_endpoint(ID) for _ in range(9)))]

    for _ in range(3):
        assert asyncio.run(call()) == [ID] * 9
    asyncio.run(tc.aclose())
    with pytest.raises(GlobusUsageError, match="client: it is closed"):
        asyncio.run(call())


def test_a_client_serves_several_loops_at_once(held: Held) -> None:
    held.go_on.set()
    tc = AsyncTransferClient(base_url=held.url)
    outcomes: list[object] = []

    async def call() -> None:
        outcomes.extend([(await tc.get_endpoint(ID)).id for _ in range(20)])

    threads = [threading.Thread(target=lambda: asyncio.run(call())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert outcomes == [ID] * 80
    asyncio.run(tc.aclose())


def test_an_http_client_of_ones_own_serves_one_loop(held: Held) -> None:
    held.go_on.set()
    http = httpx.AsyncClient()
    tc = AsyncTransferClient(base_url=held.url, http_client=http, retry=RetryPolicy(max_retries=0))
    outcomes: list[object] = []

    async def call() -> None:
        try:
            outcomes.append((await tc.get_endpoint(ID)).id)
        except GlobusError as error:
            outcomes.append(error)

    for _ in range(2):
        asyncio.run(call())
    assert outcomes[0] == ID
    assert isinstance(outcomes[1], GlobusUsageError)
    assert "event loop" in str(outcomes[1])


@pytest.mark.parametrize("calls", [1, 9])
def test_closing_with_calls_in_flight_in_tasks(held: Held, calls: int) -> None:
    outcomes: list[object] = []

    async def main() -> None:
        tc = AsyncTransferClient(base_url=held.url)

        async def call() -> None:
            try:
                outcomes.append((await tc.get_endpoint(ID)).id)
            except GlobusError as error:
                outcomes.append(error)

        async with anyio.create_task_group() as group:
            for _ in range(calls):
                group.start_soon(call)
            for _ in range(calls):  # until all are in flight
                await anyio.to_thread.run_sync(held.asked.acquire)
            await tc.aclose()
            held.go_on.set()

    asyncio.run(asyncio.wait_for(main(), PATIENCE))
    assert len(outcomes) == calls
    assert all(outcome == ID or isinstance(outcome, GlobusError) for outcome in outcomes)


def test_closing_with_calls_in_flight_in_threads(held: Held) -> None:
    outcomes: list[object] = []
    tc = TransferClient(base_url=held.url, retry=RetryPolicy(max_retries=0))

    def call() -> None:
        try:
            outcomes.append(tc.get_endpoint(ID).id)
        except GlobusError as error:
            outcomes.append(error)

    threads = [threading.Thread(target=call) for _ in range(9)]
    for thread in threads:
        thread.start()
    for _ in threads:
        held.asked.acquire(timeout=PATIENCE)
    tc.close()
    held.go_on.set()
    for thread in threads:
        thread.join(PATIENCE)
    assert len(outcomes) == 9
    assert all(outcome == ID or isinstance(outcome, GlobusError) for outcome in outcomes)
