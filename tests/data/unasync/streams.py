# Generated from async_streams.py by tools/unasync.py: change that file.
"""Every construct that `tools/unasync.py` knows, once, so that none goes untried before a client needs it.

An iterator is what a `for` takes. A context manager is entered by a `with`:

    with streams() as http:
        lines = lines_of(http)
        assert http.get("https://a.example/").is_success

`lines_of(http)` takes any number of threads. "await the end" is no code, and stays.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, ExitStack
from pkgutil import resolve_name
from typing import TypeVar

import httpx
from typing_extensions import Self

__all__ = ["Countdown", "run"]

T = TypeVar("T")
CountdownT = TypeVar("CountdownT", bound="Countdown")

CLIENT = "httpx.Client"
LAZY = {"collections.abc": "Iterator Sized"}
SHOWN = "Countdown"
UNTOUCHED = "await the end of async with, AsyncCountdown and aclose() included"


class Countdown:
    """Numbers down to one."""

    def __init__(self, start: int) -> None:
        self._left = start
        self.is_closed = False

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> int:
        if self._left == 0:
            raise StopIteration
        self._left -= 1
        return self._left + 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        self.is_closed = True


class ThreeLines(httpx.SyncByteStream):
    def __iter__(self) -> Iterator[bytes]:
        yield from (b"a\nb", b"\nc")


def echo(values: Iterator[T]) -> Generator[T, None, None]:
    yield from values


def halves(values: Iterator[int]) -> Iterator[float]:
    return (value / 2 for value in values)


@contextlib.contextmanager
def streams() -> Generator[httpx.Client, None, None]:
    """A client whose every response is three lines."""
    transport = httpx.MockTransport(lambda _: httpx.Response(200, stream=ThreeLines()))
    with resolve_name(CLIENT)(transport=transport) as http:  # `with` closes it
        yield http


def in_time(wanted: T, timeout: float) -> T:
    with Countdown(1), contextlib.suppress(TimeoutError):
        assert timeout > 0
    return wanted


def each(calls: list[Callable[[], list[T]]]) -> list[list[T]]:
    return [call() for call in calls]


def result(work: T) -> T:
    return work


def lines_of(http: httpx.Client) -> list[object]:
    """What the response is in each of the ways to read it."""
    ways: list[object] = []
    with http.stream("GET", "https://a.example/") as response:
        ways.append(list(response.iter_lines()))
    with http.stream("GET", "https://a.example/") as response:
        ways.append(list(response.iter_bytes(2)))
    with http.stream("GET", "https://a.example/") as response:
        ways.append(list(response.iter_text()))
    with http.stream("GET", "https://a.example/") as response:
        ways.append(list(response.iter_raw(2)))
    with http.stream("GET", "https://a.example/") as response:
        ways.append(response.read().decode())
    return ways


def closed(opened: AbstractContextManager[CountdownT]) -> bool:
    with ExitStack() as stack:
        countdown = stack.enter_context(opened)
        other = Countdown(1)
        stack.callback(other.close)
        last = Countdown(1)
        stack.push(last)
    return countdown.is_closed and other.is_closed and last.is_closed


def run() -> list[object]:
    """What all of it gives, which is the same in both kinds."""

    def numbers() -> list[int]:
        return list(Countdown(2))

    with contextlib.closing(echo(Countdown(3))) as echoed:
        first = next(echoed)
        rest = list(iter(echoed))
    with streams() as http:
        lines = lines_of(http)
    countdown = Countdown(1)
    return [
        first,
        rest,
        lines,
        each([numbers, numbers]),
        result(numbers()),
        in_time(numbers(), 1),
        closed(countdown),
        hasattr(countdown, "close"),
        list(halves(iter([1, 2]))),
        UNTOUCHED,
    ]
