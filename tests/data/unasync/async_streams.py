"""Every construct that `tools/unasync.py` knows, once, so that none goes untried before a client needs it.

An async iterator is what an `async for` takes. An asynchronous context manager is entered by an `async with`:

    async with streams() as http:
        lines = await lines_of(http)
        assert (await http.get("https://a.example/")).is_success

`await lines_of(http)` takes any number of tasks. "await the end" is no code, and stays.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from pkgutil import resolve_name
from typing import Any, TypeVar

import httpx
from typing_extensions import Self

__all__ = ["AsyncCountdown", "run"]

T = TypeVar("T")
CountdownT = TypeVar("CountdownT", bound="AsyncCountdown")

CLIENT = "httpx.AsyncClient"
LAZY = {"collections.abc": "AsyncIterator Sized"}
SHOWN = "AsyncCountdown"
UNTOUCHED = "await the end of async with, AsyncCountdown and aclose() included"


class AsyncCountdown:
    """Numbers down to one."""

    def __init__(self, start: int) -> None:
        self._left = start
        self.is_closed = False

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> int:
        if self._left == 0:
            raise StopAsyncIteration
        self._left -= 1
        return self._left + 1

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        self.is_closed = True


class ThreeLines(httpx.AsyncByteStream):
    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in (b"a\nb", b"\nc"):
            yield part


async def echo(values: AsyncIterator[T]) -> AsyncGenerator[T, None]:
    async for value in values:
        yield value


def halves(values: Iterator[int]) -> Iterator[float]:
    return (value / 2 for value in values)


@contextlib.asynccontextmanager
async def streams() -> AsyncGenerator[httpx.AsyncClient, None]:
    """A client whose every response is three lines."""
    transport = httpx.MockTransport(lambda _: httpx.Response(200, stream=ThreeLines()))
    async with resolve_name(CLIENT)(transport=transport) as http:  # `async with` closes it
        yield http


async def in_time(wanted: Awaitable[T], timeout: float) -> T:
    async with AsyncCountdown(1):
        with contextlib.suppress(TimeoutError):
            assert timeout > 0
    return await wanted


async def each(calls: list[Callable[[], Awaitable[list[T]]]]) -> list[list[T]]:
    return [await call() for call in calls]


async def result(work: Coroutine[Any, Any, T]) -> T:
    return await work


async def lines_of(http: httpx.AsyncClient) -> list[object]:
    """What the response is in each of the ways to read it."""
    ways: list[object] = []
    async with http.stream("GET", "https://a.example/") as response:
        ways.append([line async for line in response.aiter_lines()])
    async with http.stream("GET", "https://a.example/") as response:
        ways.append([part async for part in response.aiter_bytes(2)])
    async with http.stream("GET", "https://a.example/") as response:
        ways.append([part async for part in response.aiter_text()])
    async with http.stream("GET", "https://a.example/") as response:
        ways.append([part async for part in response.aiter_raw(2)])
    async with http.stream("GET", "https://a.example/") as response:
        ways.append((await response.aread()).decode())
    return ways


async def closed(opened: AbstractAsyncContextManager[CountdownT]) -> bool:
    async with AsyncExitStack() as stack:
        countdown = await stack.enter_async_context(opened)
        other = AsyncCountdown(1)
        stack.push_async_callback(other.aclose)
        last = AsyncCountdown(1)
        stack.push_async_exit(last)
    return countdown.is_closed and other.is_closed and last.is_closed


async def run() -> list[object]:
    """What all of it gives, which is the same in both kinds."""

    async def numbers() -> list[int]:
        return [number async for number in AsyncCountdown(2)]

    async with contextlib.aclosing(echo(AsyncCountdown(3))) as echoed:
        first = await anext(echoed)
        rest = [number async for number in aiter(echoed)]
    async with streams() as http:
        lines = await lines_of(http)
    countdown = AsyncCountdown(1)
    return [
        first,
        rest,
        lines,
        await each([numbers, numbers]),
        await result(numbers()),
        await in_time(numbers(), 1),
        await closed(countdown),
        hasattr(countdown, "aclose"),
        list(halves(iter([1, 2]))),
        UNTOUCHED,
    ]
