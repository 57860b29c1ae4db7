"""`Renewal`: a token renewal, which one thread or task makes and all others wait for.

Those who wait look from time to time whether the owner of the renewal still is at it. Whatever ended the owner, an
exception between any two lines or an event loop that was stopped, one of them takes the renewal over.
"""

import contextlib
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from dataclasses import dataclass
from types import FrameType
from typing import TYPE_CHECKING, Protocol, TypeAlias

from globus_typed.core.documents import Document
from globus_typed.core.lazy import Later
from globus_typed.core.request import Request
from globus_typed.errors import GlobusUsageError

if TYPE_CHECKING:
    import asyncio
else:
    asyncio = Later("asyncio")  # sync programs do without it

__all__ = ["Flight", "FrameOwner", "Owner", "Renewal", "Runway", "TaskOwner"]

STANDSTILL = 5.0
"""Seconds that an event loop may stand still, not running at all, before a renewal in it is taken over."""


Place: TypeAlias = "dict[str, Flight]"


class Owner(Protocol):
    """Whoever makes a renewal."""

    def is_gone(self) -> bool:
        """Whether it will never land the renewal."""
        ...

    def is_blocked_here(self) -> bool:
        """Whether it cannot go on while this thread waits."""
        ...


class FrameOwner:
    """A function under way in this thread."""

    def __init__(self, frame: "FrameType") -> None:
        self._thread = threading.get_ident()
        self._frame = frame

    def is_gone(self) -> bool:
        # A walk over the frames of the thread would miss it at times: the thread goes on meanwhile, and a generator
        # that has yielded knows its caller no more.
        try:
            self._frame.clear()
        except RuntimeError:  # it is running
            return False
        return True

    def is_blocked_here(self) -> bool:
        return self._thread == threading.get_ident()


class TaskOwner:
    """A task that does nothing but make the renewal; None where it cannot be told."""

    def __init__(
        self,
        task: "asyncio.Task[object] | None",
        loop: "asyncio.AbstractEventLoop | None",
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._thread = threading.get_ident()
        self._task = task
        self._loop = loop
        self._monotonic = monotonic
        self._still_since: float | None = None

    def is_gone(self) -> bool:
        if self._task is None or self._loop is None:
            return False
        if self._task.done() or self._loop.is_closed():
            return True
        if self._loop.is_running():
            self._still_since = None
            return False
        now = self._monotonic()
        self._still_since = now if self._still_since is None else self._still_since
        return self._thread == threading.get_ident() or now - self._still_since >= STANDSTILL

    def is_blocked_here(self) -> bool:
        return self._thread == threading.get_ident()


class Flight(Future[None]):
    """The one renewal that all wait for. One who waits and is cancelled cannot cancel it for the others."""

    def __init__(self, owner: Owner) -> None:
        super().__init__()
        self.set_running_or_notify_cancel()
        self._owner: Owner | None = owner
        self.next_place: Place = {}

    @property
    def is_lost(self) -> bool:
        """Whether nobody will land it any more."""
        owner = self._owner
        # Asked last: it may have landed just before its owner went.
        return owner is not None and owner.is_gone() and not self.done()

    def check_thread(self) -> None:
        """`GlobusUsageError` if this thread cannot wait for it, since that would keep its owner from going on."""
        owner = self._owner
        if owner is not None and not self.done() and not owner.is_gone() and owner.is_blocked_here():
            raise GlobusUsageError(
                "authorizer: a task or a call of this very thread is renewing the token, and cannot go on while a sync "
                "call waits for it; use the async client in tasks"
            )

    def land(self, error: Exception | None = None) -> None:
        """Let all go on who wait, or raise the error for each; nothing if it has ended before."""
        with contextlib.suppress(InvalidStateError):
            if error is None:
                self.set_result(None)
            else:
                self.set_exception(error)
        self._owner = None  # a frame, or a task, and all that they hold


class Runway:
    """Where one renewal follows another. No lock guards it, since whoever holds one could be interrupted.

    The place of a renewal is a dict, taken by one `setdefault`, which succeeds for one thread alone. Those that have
    ended, or whose owner is gone, are passed by: each brings the place of the next.
    """

    def __init__(self) -> None:
        self._first: Place = {}

    def place(self) -> Place:
        """The place of the renewal under way; it is empty if there is none."""
        place = self._first
        while (flight := place.get("flight")) is not None and (flight.done() or flight.is_lost):
            place = flight.next_place
        # Of two threads, the later one may set this back, to where it came by before: it only has farther to go.
        self._first = place
        return place


@dataclass(frozen=True)
class Renewal:
    """A renewal that is due: one request, or work that makes its own."""

    request: Request[Document] | Callable[[], Document]
    """The request to send; or a function, which is called in a thread that may wait."""
    client: object
    """The client that the authorizer was made with, sync or async."""
    place: Place
    is_urgent: bool
    """Whether there is no valid token without it."""

    @property
    def flight(self) -> Flight | None:
        """The flight of whoever makes it, or has made it since it was asked for; None as long as nobody does."""
        return self.place.get("flight")

    def begin(self, flight: Flight) -> bool:
        """Whether it is this flight, and no other, that makes it from now on."""
        return self.place.setdefault("flight", flight) is flight
