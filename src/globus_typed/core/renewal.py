"""`Renewal`: a token renewal under way, which one thread or task makes and all others wait for."""

import threading
from concurrent.futures import Future
from dataclasses import dataclass

from globus_typed.core.documents import Document
from globus_typed.core.request import Request
from globus_typed.errors import GlobusUsageError

__all__ = ["Flight", "Renewal"]


@dataclass(frozen=True)
class Renewal:
    """A renewal under way: whoever has `ours` sends the `request`; all others wait for `done`."""

    request: Request[Document]
    client: object
    """The client that the authorizer was made with, sync or async."""
    done: "Future[None]"
    ours: bool


class Flight(Future[None]):
    """The one renewal that all wait for. One who waits and is cancelled cannot cancel it for the others."""

    def __init__(self) -> None:
        super().__init__()
        self._thread = threading.get_ident()
        self.set_running_or_notify_cancel()

    def result(self, timeout: float | None = None) -> None:
        if self._thread == threading.get_ident() and not self.done():
            raise GlobusUsageError(
                "authorizer: a task of this very thread is renewing the token, and cannot go on while a sync call "
                "waits for it; use the async client in tasks"
            )
        super().result(timeout)
