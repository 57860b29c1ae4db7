"""`RetryPolicy`: whether a request is sent again, and after how many seconds. No I/O and no clock here."""

import random
from collections.abc import Callable, Collection
from dataclasses import dataclass

from globus_typed.core.documents import Document
from globus_typed.core.request import Request
from globus_typed.errors import GlobusAPIError, GlobusError, GlobusUsageError, NetworkError

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
    jitter: Callable[[], float] = random.random
    """A function that gives a random number from 0 to 1."""

    def __post_init__(self) -> None:
        for name in ("max_retries", "max_connect_retries", "max_backoff", "max_retry_after"):
            value: object = getattr(self, name)
            whole = name.endswith("retries")
            if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)) or not value >= 0:
                expected = "a whole number" if whole else "seconds"
                raise GlobusUsageError(f"{name}: must be {expected}, at least 0, got {value!r}")
        for name in ("statuses", "final_codes"):
            value = getattr(self, name)
            if value is None and name == "final_codes":
                continue
            if isinstance(value, (str, bytes)) or not isinstance(value, Collection):
                raise GlobusUsageError(f"{name}: must be a collection, such as a set, got {value!r}")

    def delay(
        self, request: Request[Document], error: GlobusError, attempt: int, *, unsent: bool = False
    ) -> float | None:
        """The seconds to wait before sending again; None to raise the error.

        A request that may have arrived is sent again only if it is repeatable. One that certainly had no effect (never
        sent, or refused with 429) may always be.
        """
        if attempt > (min(self.max_connect_retries, self.max_retries) if unsent else self.max_retries):
            return None
        backoff = min(self.max_backoff, (0.25 + 0.5 * self.jitter()) * 2 ** min(attempt - 1, 60))
        if isinstance(error, NetworkError):
            return backoff if unsent or request.may_repeat else None
        if not isinstance(error, GlobusAPIError) or error.http_status not in self.statuses:
            return None
        if error.http_status != 429 and not request.may_repeat:
            return None
        asked = error.http.retry_after if error.http_status in {429, 503} else None
        if asked is not None:
            return asked if asked <= self.max_retry_after else None
        final = error.final_codes if self.final_codes is None else self.final_codes
        return None if error.code.partition(".")[0] in final else backoff
