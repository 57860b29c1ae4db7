"""Signals that end the command."""

import signal
from collections.abc import Callable
from types import FrameType

__all__ = ["end", "on"]


def on(number: int, handler: Callable[[int, FrameType | None], object]) -> None:
    """Handle a signal, unless the caller has it ignored, as nohup does."""
    if signal.getsignal(number) != signal.SIG_IGN:
        signal.signal(number, handler)


def end(number: int, frame: FrameType | None) -> None:
    """End by an exception, so that what is open is closed and what is temporary is removed."""
    raise SystemExit(128 + number)
