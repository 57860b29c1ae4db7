"""Walks with several calls in flight: how many, and what becomes of them when a walk is left."""

import asyncio
import gc
import threading
from collections.abc import Awaitable, Callable

import anyio
import anyio.lowlevel
import httpx
import pytest

from globus_typed import AccessTokenAuthorizer, AsyncTransferClient, RateLimiter, TransferClient

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"
TOP = [f"d{number:02}" for number in range(40)]


def listing(request: httpx.Request) -> httpx.Response:
    names = TOP if request.url.params["path"] == "/~/" else ["file"]
    kind = "dir" if len(names) > 1 else "file"
    return httpx.Response(200, json={"DATA": [{"DATA_TYPE": "file", "name": name, "type": kind} for name in names]})


class Watched:
    """A service that notes how many calls are in flight, and holds those of directories until some number is there."""

    def __init__(self, together: int) -> None:
        self.together = together
        self.now = self.most = self.made = self.cancelled = 0
        self.lock = threading.Lock()
        self.all_there = threading.Condition(self.lock)

    def enter(self) -> None:
        with self.lock:
            self.now, self.made = self.now + 1, self.made + 1
            self.most = max(self.most, self.now)
            self.all_there.notify_all()

    def leave(self) -> None:
        with self.lock:
            self.now -= 1

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.enter()
        try:
            if request.url.params["path"] != "/~/":
                with self.lock:
                    assert self.all_there.wait_for(lambda: self.most >= self.together, timeout=10)
            return listing(request)
        finally:
            self.leave()

    def transfer(self) -> TransferClient:
        http_client = httpx.Client(transport=httpx.MockTransport(self))
        return TransferClient(AccessTokenAuthorizer("t"), http_client=http_client, base_url="https://t.example/")

    def async_transfer(self, hold: Callable[[], Awaitable[None]]) -> AsyncTransferClient:
        async def handle(request: httpx.Request) -> httpx.Response:
            self.enter()
            try:
                if request.url.params["path"] != "/~/":
                    await hold()
                return listing(request)
            except asyncio.CancelledError:
                self.cancelled += 1
                raise
            finally:
                self.leave()

        http_client = httpx.AsyncClient(transport=httpx.MockTransport(handle))
        return AsyncTransferClient(AccessTokenAuthorizer("t"), http_client=http_client, base_url="https://t.example/")


@pytest.mark.parametrize("concurrency", [2, 7])
def test_so_many_threads_list_at_once_and_no_more(concurrency: int) -> None:
    service = Watched(concurrency)
    walk = service.transfer().walk(ID, concurrency=concurrency, limiter=RateLimiter(None))
    assert len(list(walk)) == 80
    assert (service.most, service.made) == (concurrency, 41)
    assert not walkers()


@pytest.mark.parametrize("concurrency", [1, 2, 7])
def test_so_many_tasks_list_at_once_and_no_more(concurrency: int) -> None:
    service = Watched(concurrency)

    async def hold() -> None:
        while service.most < concurrency:
            await anyio.lowlevel.checkpoint()

    async def main() -> int:
        walk = service.async_transfer(hold).walk(ID, concurrency=concurrency, limiter=RateLimiter(None))
        return len([entry async for entry in walk])

    assert asyncio.run(main()) == 80
    assert (service.most, service.made) == (concurrency, 41)


def test_one_at_a_time_is_made_in_the_thread_of_the_program() -> None:
    threads: set[str] = set()

    def handle(request: httpx.Request) -> httpx.Response:
        threads.add(threading.current_thread().name)
        return listing(request)

    http_client = httpx.Client(transport=httpx.MockTransport(handle))
    tc = TransferClient(AccessTokenAuthorizer("t"), http_client=http_client, base_url="https://t.example/")
    assert len(list(tc.walk(ID, concurrency=1, limiter=RateLimiter(None)))) == 80
    assert threads == {threading.current_thread().name}


def walkers() -> list[threading.Thread]:
    """The threads of walks that have not ended; those that are about to are waited for."""
    found = [thread for thread in threading.enumerate() if thread.name.startswith("globus-walk")]
    for thread in found:
        thread.join(10)
    return [thread for thread in found if thread.is_alive()]


@pytest.mark.parametrize("leave", ["close", "break", "exception"])
def test_a_walk_that_is_left_begins_no_more_calls_and_leaves_no_thread(leave: str) -> None:
    service = Watched(3)
    tc = service.transfer()
    if leave == "close":
        with tc.walk(ID, concurrency=3, limiter=RateLimiter(None)) as walk:
            for entry in walk:
                if entry.depth:
                    break
        assert list(walk) == []
    elif leave == "break":
        for entry in tc.walk(ID, concurrency=3, limiter=RateLimiter(None)):
            if entry.depth:
                break
    else:
        with pytest.raises(KeyboardInterrupt):
            interrupted(tc)
    gc.collect()
    assert not walkers()
    assert service.made < 20


def interrupted(tc: TransferClient) -> None:
    """Ctrl-C, while a directory is opened."""

    def interrupt(progress: object) -> None:
        if walk.calls > 2:
            raise KeyboardInterrupt

    walk = tc.walk(ID, concurrency=3, limiter=RateLimiter(None), on_progress=interrupt)
    list(walk)


@pytest.mark.parametrize("leave", ["aclose", "break", "cancel"])
def test_an_async_walk_that_is_left_cancels_its_calls(leave: str) -> None:
    service = Watched(3)
    first = True

    async def hold() -> None:
        nonlocal first
        if first:
            first = False
        else:
            await anyio.sleep_forever()

    async def main() -> None:
        tc = service.async_transfer(hold)
        if leave == "aclose":
            async with tc.walk(ID, concurrency=3, limiter=RateLimiter(None)) as walk:
                async for entry in walk:
                    if entry.depth:
                        break
            assert service.cancelled >= 2
        elif leave == "break":
            async for entry in tc.walk(ID, concurrency=3, limiter=RateLimiter(None)):
                if entry.depth:
                    break
            gc.collect()
        else:
            with anyio.move_on_after(0.05) as scope:
                assert [entry async for entry in tc.walk(ID, concurrency=3, limiter=RateLimiter(None))]
            assert scope.cancelled_caught
        await anyio.lowlevel.checkpoint()
        await anyio.lowlevel.checkpoint()
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(main())
    # One that had not begun needs no cancelling.
    assert service.now == 0
    assert service.cancelled in (2, 3)


@pytest.mark.parametrize("backend", ["trio"])
def test_a_walk_runs_on_other_than_asyncio_too(backend: str) -> None:
    pytest.importorskip(backend)
    service = Watched(4)

    async def hold() -> None:
        await anyio.lowlevel.checkpoint()

    async def main() -> list[str]:
        async with service.async_transfer(hold).walk(ID, concurrency=4, limiter=RateLimiter(None)) as walk:
            return [entry.name async for entry in walk]

    assert anyio.run(main, backend=backend) == [*TOP, *["file"] * 40]
    assert service.most == 4
