"""`RetryPolicy`: whether a request is sent again, and after how many seconds. No I/O and no clock here."""

import random
from collections.abc import Callable, Collection
from dataclasses import dataclass

from globus_typed.core.documents import Document
from globus_typed.core.request import Request
from globus_typed.errors import (
    GlobusAPIError,
    GlobusConnectionError,
    GlobusError,
    GlobusTimeoutError,
    GlobusUsageError,
    NetworkError,
    ResponseShapeError,
)

__all__ = ["RetryPolicy"]


@dataclass(frozen=True)
class RetryPolicy:
    """How often requests are sent again after transient failures; `client.with_options(retry=…)` sets another one."""

    max_retries: int = 5
    """The most times that a request is sent again; 0 for never."""
    max_connect_retries: int = 2
    """The most times that it is sent again if no connection could be made; few, so that a wrong URL is told soon."""
    max_backoff: float = 10.0
    """The longest pause, in seconds, where the service asks for none: 0.25 to 0.75 s at first, doubled each time."""
    max_retry_after: float = 120.0
    """The longest ``Retry-After`` to wait for, in seconds; after a longer one the error is raised at once."""
    statuses: Collection[int] = frozenset({429, 500, 502, 503, 504})
    """The HTTP statuses after which a request is sent again."""
    final_codes: Collection[str] | None = None
    """The error codes, up to the first dot, after which a request is not sent again; None: those that the service
    declares, such as ``EndpointError``, where the endpoint failed and not the service."""
    total_timeout: float | None = None
    """The most seconds that a call may take in all, pauses included: none begins that would end later, and no attempt
    waits longer for the service than is left, or than one second. None for no limit."""
    jitter: Callable[[], float] = random.random
    """A function that gives a random number from 0 to 1."""

    def __post_init__(self) -> None:
        for name in ("max_retries", "max_connect_retries", "max_backoff", "max_retry_after"):
            value: object = getattr(self, name)
            whole = name.endswith("retries")
            if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)) or not value >= 0:
                expected = "a whole number" if whole else "seconds"
                raise GlobusUsageError(f"{name}: must be {expected}, at least 0, got {value!r}")
        total: object = self.total_timeout
        seconds = isinstance(total, (int, float)) and not isinstance(total, bool) and total > 0
        if total is not None and not seconds:
            raise GlobusUsageError(f"total_timeout: must be seconds above 0, or None for no limit, got {total!r}")
        for name in ("statuses", "final_codes"):
            value = getattr(self, name)
            if value is None and name == "final_codes":
                continue
            if isinstance(value, (str, bytes)) or not isinstance(value, Collection):
                raise GlobusUsageError(f"{name}: must be a collection, such as a set, got {value!r}")

    def delay(self, request: Request[Document], error: GlobusError, attempt: int, elapsed: float = 0.0) -> float | None:
        """The seconds to wait before sending again; None to raise the error.

        A request that may have arrived is sent again only if it is repeatable. One that certainly had no effect (never
        sent, or refused with 429) may always be.

        Parameters: the `error` of the last attempt; `attempt`, its number; `elapsed`, the seconds since the call began.
        """
        delay = self._delay(request, error, attempt)
        late = delay is not None and self.total_timeout is not None and elapsed + delay >= self.total_timeout
        return None if late else delay

    def attempt_timeout(self, timeout: float | None, elapsed: float) -> float | None:
        """The timeout of the next attempt, where `timeout` is the client's."""
        if self.total_timeout is None:
            return timeout
        left = max(1.0, self.total_timeout - elapsed)
        return left if timeout is None else min(timeout, left)

    def _delay(self, request: Request[Document], error: GlobusError, attempt: int) -> float | None:
        unsent = isinstance(error, NetworkError) and not error.was_sent
        if attempt > (min(self.max_connect_retries, self.max_retries) if unsent else self.max_retries):
            return None
        backoff = min(self.max_backoff, (0.25 + 0.5 * self.jitter()) * 2 ** min(attempt - 1, 60))
        if isinstance(error, (GlobusConnectionError, GlobusTimeoutError)):
            return backoff if unsent or request.may_repeat else None
        if isinstance(error, ResponseShapeError):
            # A body that is no JSON was cut, or is not the service's.
            return backoff if request.may_repeat and not error.http.is_json else None
        if not isinstance(error, GlobusAPIError) or error.http_status not in self.statuses:
            return None
        if error.http_status != 429 and not request.may_repeat:
            return None
        if error.authorization_parameters is not None:  # only a login helps
            return None
        asked = error.http.retry_after if error.http_status in {429, 503} else None
        if asked is not None:
            return asked if asked <= self.max_retry_after else None
        final = error.final_codes if self.final_codes is None else self.final_codes
        return None if error.code.partition(".")[0] in final else backoff
