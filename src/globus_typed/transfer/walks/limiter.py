"""`RateLimiter`: how many calls a second."""

import math
from threading import Lock
from weakref import WeakKeyDictionary

from globus_typed.errors import GlobusUsageError

__all__ = ["DEFAULT_RATE", "RateLimiter", "shared_limiter"]

DEFAULT_RATE = 10.0
"""Calls a second: Globus allows a user 20, and other programs of the user need some too."""
_INSTANT = 1e-6
"""Seconds that are none: what is left of sums of fractions."""


class RateLimiter:
    """The rate of calls of one or more walks, which may run in any number of threads and tasks.

    As many calls as are allowed in a second may be made at once; after a 429 none is made until the service allows it.
    It has no clock, and never sleeps: who asks brings the time along.

    Parameters: `calls_per_second`, above 0 (None: no limit but what the service demands with 429).
    """

    def __init__(self, calls_per_second: float | None = DEFAULT_RATE) -> None:
        if calls_per_second is not None and not _is_rate(calls_per_second):
            raise GlobusUsageError(
                f"calls_per_second: must be a number above 0, such as {DEFAULT_RATE}, or None for no limit, "
                f"got {calls_per_second!r}"
            )
        self._interval = 0.0 if calls_per_second is None else 1 / calls_per_second
        self._burst = 0.0 if calls_per_second is None else max(0.0, 1.0 - self._interval)
        self._next = -math.inf
        self._resume = -math.inf
        self._pause = 0.0
        self._lock = Lock()

    def reserve(self, now: float) -> float:
        """0 if a call may be made now, which then counts; else the seconds until one may be."""
        with self._lock:
            # A clock may be set back: no wait is longer than it was when it began.
            self._next = min(self._next, now + self._burst + self._interval)
            self._resume = min(self._resume, now + self._pause)
            wait = max(self._resume, self._next - self._burst) - now
            if wait > _INSTANT:
                return wait
            self._next = max(self._next, now) + self._interval
            return 0.0

    def pause(self, seconds: float, now: float) -> None:
        """Make no call for so many seconds from now."""
        with self._lock:
            if now + seconds > self._resume:
                self._resume, self._pause = now + seconds, seconds

    def __repr__(self) -> str:
        return f"RateLimiter({1 / self._interval if self._interval else None})"


def _is_rate(given: object) -> bool:
    return isinstance(given, (int, float)) and not isinstance(given, bool) and 0 < given < math.inf


_shared: "WeakKeyDictionary[object, RateLimiter]" = WeakKeyDictionary()
_lock = Lock()


def shared_limiter(user: object) -> RateLimiter:
    """The limiter that all walks of a user share, who is known by an app or an authorizer."""
    with _lock:
        return _shared.setdefault(user, RateLimiter())
