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

__all__ = ["EVENTS", "Event", "UnderWeather", "Weather"]

_ROUTE = re.compile(r"(?:([A-Z]+) )?((?:/[^/\s]+)+/?)")


@dataclass(frozen=True)
class Event:
    """The fate of a request."""

    kind: Literal["fail", "drop", "lose", "slow", "false_404", "cut", "whole", "meanwhile"]
    """An error instead of an answer; no answer, before or after the request was carried out; a delay. Of files over
    HTTPS: a 404 for a fault of the server; an answer that is cut off; the whole file where a part was asked for;
    something that happens while the file is sent."""
    status: int = 503
    """The HTTP status of an error."""
    retry_after: int | None = None
    """The seconds in the header ``Retry-After`` of an error; None for none."""
    seconds: float = 0.0
    """The delay."""
    after: int = 0
    """The bytes of the body before which nothing happens."""
    sticky: bool = False
    """Whether the connection stays as it is now, for all its requests."""
    told: bool = False
    """Whether an answer that is cut off says so in its ``Content-Length``."""
    action: Callable[[], object] | None = None
    """The trouble that it makes."""


EVENTS = "globus_sandbox.events"
"""The key in the scope of a request for the events that are left to the application."""
_BESIDES = ("slow", "whole", "meanwhile")
"""The kinds of events that happen besides others."""


@dataclass
class _Expected:
    event: Event
    left: int | None
    method: str | None
    path: tuple[str, ...]
    share: float
    every: int
    where: str | None
    dice: Random
    seen: int = 0


class Weather:
    """The fates of the next requests; every method may be called from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._paths: Callable[[], Mapping[str, Collection[str]]] | None = None
        self._expected: list[_Expected] = []

    def set_paths(self, paths: Callable[[], Mapping[str, Collection[str]]]) -> None:
        """Tell how to find the paths that there are, with their methods: a route that there is not is refused.

        Without them, any path may be.
        """
        self._paths = paths

    def expect(
        self,
        event: Event,
        times: int | None,
        route: str | None,
        share: float = 1.0,
        *,
        every: int = 1,
        where: str | None = None,
    ) -> None:
        """Have the event happen to the next requests for the route: as many as `times` says, None for all; to that
        share of them, by chance, which is the same in each run, or to each that completes a number of `every`. `where`
        is the server, None for any.

        Raises `GlobusUsageError` for a number below 1, a share that is none, and for a route that there is not.
        """
        if not 0 < share <= 1:
            raise GlobusUsageError(f"share: must be above 0, and at most 1, not {share}")
        if times is not None and times < 1:
            raise GlobusUsageError(f"times: must be at least 1, not {times}")
        if every < 1:
            raise GlobusUsageError(f"every: must be at least 1, not {every}")
        method: str | None = None
        path: tuple[str, ...] = ()
        if route is not None:
            found = _ROUTE.fullmatch(route)
            if found is None:
                raise GlobusUsageError(
                    f"route: must be a path such as '/task/{{task_id}}' or 'POST /transfer': {route!r}"
                )
            method, path = found[1], _segments(found[2])
            if self._paths is not None and not _known(self._paths(), method, path):
                raise GlobusUsageError(f"route: the sandbox has no route {route!r}")
        with self._lock:
            self._expected.append(_Expected(event, times, method, path, share, every, where, Random(42)))

    def clear(self, kind: str | None = None) -> None:
        """Expect no more events of that kind, or none at all."""
        with self._lock:
            self._expected = [each for each in self._expected if kind not in (None, each.event.kind)]

    def at(self, method: str, path: str, where: str | None = None) -> list[Event]:
        """The events that happen to this request: delays and the like, and the first of the others."""
        if not self._expected:
            return []
        segments = _segments(path)
        happens: list[Event] = []
        with self._lock:
            for each in list(self._expected):
                if each.method not in (None, method) or not _ends(segments, each.path):
                    continue
                if each.where not in (None, where):
                    continue
                if each.event.kind not in _BESIDES and any(event.kind not in _BESIDES for event in happens):
                    continue
                each.seen += 1
                if each.seen % each.every:
                    continue
                if each.share < 1 and each.dice.random() >= each.share:
                    continue
                happens.append(each.event)
                if each.left is not None:
                    each.left -= 1
                    if each.left == 0:
                        self._expected.remove(each)
        return happens


def _known(paths: Mapping[str, Collection[str]], method: str | None, path: tuple[str, ...]) -> bool:
    """Whether there is such a route."""
    fitting = (
        methods
        for known, methods in paths.items()
        # The first part is a word: one in braces would stand for any.
        if _ends(_segments(known), path) and _segments(known)[-len(path)] == path[0]
    )
    return any(method is None or method.lower() in methods for methods in fitting)


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
    """The application, with what the weather does to its requests: to those of one server, with `where`."""

    def __init__(
        self,
        app: ASGIApp,
        weather: Weather,
        refuse: Callable[[Request, Exception], Response],
        where: str | None = None,
    ) -> None:
        self._app = app
        self._weather = weather
        self._refuse = refuse
        self._where = where

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        here = scope["type"] == "http"
        events = self._weather.at(scope["method"], scope["path"], self._where) if here else []
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
        await self._app({**scope, EVENTS: events}, again, send)


async def _request_of(receive: Receive) -> list[Message]:
    """The whole request, so that nothing but the client's going away is received after it."""
    messages = [await receive()]
    while messages[-1]["type"] == "http.request" and messages[-1].get("more_body"):
        messages.append(await receive())
    return messages


async def _nowhere(message: Message) -> None:
    pass
