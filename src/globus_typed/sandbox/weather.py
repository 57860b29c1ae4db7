"""`Weather`: failures, lost connections and delays that a test asks for, and the middleware that makes them."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from random import Random
from threading import Lock
from typing import Literal

import anyio
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from globus_typed.errors import GlobusUsageError
from globus_typed.sandbox.http_server import HANG_UP

__all__ = ["Event", "UnderWeather", "Weather"]

_ROUTE = re.compile(r"(?:([A-Z]+) )?((?:/[^/\s]+)+/?)")


@dataclass(frozen=True)
class Event:
    """The fate of a request."""

    kind: Literal["fail", "drop", "lose", "slow"]
    """An error instead of an answer; no answer, before or after the request was carried out; a delay."""
    status: int = 503
    """The HTTP status of an error."""
    retry_after: int | None = None
    """The seconds in the header ``Retry-After`` of an error; None for none."""
    seconds: float = 0.0
    """The delay."""


@dataclass
class _Expected:
    event: Event
    left: int | None
    method: str | None
    path: tuple[str, ...]
    share: float
    dice: Random


class Weather:
    """The fates of the next requests; every method may be called from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._paths: Callable[[], Mapping[str, Collection[str]]] = dict
        self._expected: list[_Expected] = []

    def set_paths(self, paths: Callable[[], Mapping[str, Collection[str]]]) -> None:
        """Tell how to find the paths that there are, with their methods: a route that there is not is refused."""
        self._paths = paths

    def expect(self, event: Event, times: int | None, route: str | None, share: float = 1.0) -> None:
        """Have the event happen to the next requests for the route: as many as `times` says, None for all; to that
        share of them, by chance, which is the same in each run.

        Raises `GlobusUsageError` for a number below 1, a share that is none, and for a route that there is not.
        """
        if not 0 < share <= 1:
            raise GlobusUsageError(f"share: must be above 0, and at most 1, not {share}")
        if times is not None and times < 1:
            raise GlobusUsageError(f"times: must be at least 1, not {times}")
        method: str | None = None
        path: tuple[str, ...] = ()
        if route is not None:
            found = _ROUTE.fullmatch(route)
            if found is None:
                raise GlobusUsageError(
                    f"route: must be a path such as '/task/{{task_id}}' or 'POST /transfer': {route!r}"
                )
            method, path = found[1], _segments(found[2])
            fitting = [
                methods
                for known, methods in self._paths().items()
                # The first part is a word: one in braces would stand for any.
                if _ends(_segments(known), path) and _segments(known)[-len(path)] == path[0]
            ]
            if not any(method is None or method.lower() in methods for methods in fitting):
                raise GlobusUsageError(f"route: the sandbox has no route {route!r}")
        with self._lock:
            self._expected.append(_Expected(event, times, method, path, share, Random(42)))

    def clear(self, kind: str) -> None:
        """Expect no more events of that kind."""
        with self._lock:
            self._expected = [each for each in self._expected if each.event.kind != kind]

    def at(self, method: str, path: str) -> list[Event]:
        """The events that happen to this request: delays, and the first of the others."""
        if not self._expected:
            return []
        segments = _segments(path)
        happens: list[Event] = []
        with self._lock:
            for each in list(self._expected):
                if each.method not in (None, method) or not _ends(segments, each.path):
                    continue
                if each.event.kind != "slow" and any(event.kind != "slow" for event in happens):
                    continue
                if each.share < 1 and each.dice.random() >= each.share:
                    continue
                happens.append(each.event)
                if each.left is not None:
                    each.left -= 1
                    if each.left == 0:
                        self._expected.remove(each)
        return happens


def _segments(path: str) -> tuple[str, ...]:
    return tuple(path.strip("/").split("/"))


def _ends(path: tuple[str, ...], end: tuple[str, ...]) -> bool:
    """Whether the last segments of the path are these; one in braces is any."""
    if not end:
        return True
    last = path[-len(end) :]
    return len(last) == len(end) and all(
        one == other or one.startswith("{") or other.startswith("{") for one, other in zip(last, end, strict=True)
    )


class UnderWeather:
    """The application, with what the weather does to its requests."""

    def __init__(self, app: ASGIApp, weather: Weather, refuse: Callable[[Request, Exception], Response]) -> None:
        self._app = app
        self._weather = weather
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        events = self._weather.at(scope["method"], scope["path"]) if scope["type"] == "http" else []
        if not events:
            await self._app(scope, receive, send)
            return
        messages = await _request_of(receive)
        for event in events:
            if event.kind == "slow":
                # A client that has gone is not waited for.
                with anyio.move_on_after(event.seconds):
                    await receive()

        async def again() -> Message:
            return messages.pop(0) if messages else await receive()

        for event in events:
            if event.kind == "fail":
                headers = None if event.retry_after is None else {"Retry-After": str(event.retry_after)}
                error = HTTPException(event.status, "The sandbox was told to fail", headers)
                response = self._refuse(Request(scope), error)
                await response(scope, again, send)
                return
            if event.kind in ("drop", "lose"):
                if event.kind == "lose":
                    await self._app(scope, again, _nowhere)
                scope[HANG_UP]()
                while (await receive())["type"] != "http.disconnect":
                    pass
                return
        await self._app(scope, again, send)


async def _request_of(receive: Receive) -> list[Message]:
    """The whole request, so that nothing but the client's going away is received after it."""
    messages = [await receive()]
    while messages[-1]["type"] == "http.request" and messages[-1].get("more_body"):
        messages.append(await receive())
    return messages


async def _nowhere(message: Message) -> None:
    pass
