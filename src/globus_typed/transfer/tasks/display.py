"""Shows how tasks go on: drawn on a terminal or in a notebook, as plain lines elsewhere."""

import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from importlib.util import find_spec
from typing import Protocol, TextIO

from globus_typed.transfer import documents
from globus_typed.transfer.tasks.rows import NOT_SEEN, TaskRows

__all__ = ["Display", "PlainLines", "progress_display"]

_EVERY = 30.0
"""Seconds from one plain line to the next, where there is nothing new but numbers."""


class Display(Protocol):
    """Shows tasks at each look."""

    def show(self, tasks: "Sequence[documents.Task]", count: int, *, outage: bool = False) -> None:
        """Show the tasks, of which there are `count` in all, those not seen yet included."""
        ...


class _NoDisplay:
    def show(self, tasks: "Sequence[documents.Task]", count: int, *, outage: bool = False) -> None:
        pass


def progress_display(wanted: bool, clock: Callable[[], float]) -> AbstractContextManager[Display]:
    """A display on standard error; one that shows nothing unless it is wanted.

    Parameters: `clock`, in seconds.
    """
    stream: TextIO | None = sys.stderr  # None where a program has no console
    if not wanted or stream is None:
        return nullcontext(_NoDisplay())
    if find_spec("rich") is not None:
        from rich.console import Console

        console = Console(stderr=True)
        # rich draws in a notebook with ipywidgets alone.
        if find_spec("ipywidgets") if console.is_jupyter else console.is_terminal and not console.is_dumb_terminal:
            from globus_typed.transfer.tasks.drawing import Drawing

            return Drawing(console, clock)
    return nullcontext(PlainLines(stream, clock))


class PlainLines:
    """A line when something else than a number changes, and now and then."""

    def __init__(self, stream: TextIO, clock: Callable[[], float]) -> None:
        self._stream: TextIO | None = stream
        self._clock = clock
        self._rows = TaskRows(clock)
        self._said: object = None
        self._at = 0.0

    def show(self, tasks: "Sequence[documents.Task]", count: int, *, outage: bool = False) -> None:
        """Print a line if it is time to."""
        row, _ = self._rows.rows(tasks, count)
        now = self._clock()
        new = (row.state, outage)
        if self._stream is None or (new == self._said and 0 <= now - self._at < _EVERY):
            return
        self._said, self._at = new, now
        try:
            print(f"{row}, {NOT_SEEN}" if outage else row, file=self._stream, flush=True)
        except (OSError, ValueError):  # nobody reads it any more; the task goes on
            self._stream = None
