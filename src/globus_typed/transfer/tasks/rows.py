"""Rows of the display of tasks: one for each, and one for all of them."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import NamedTuple

from globus_typed.core.outside_text import clean
from globus_typed.transfer import documents
from globus_typed.transfer.tasks.lookout import ENDED
from globus_typed.transfer.tasks.progress import Meter, Progress

__all__ = ["NOT_SEEN", "Row", "TaskRows", "size_text", "time_text"]

_UNITS = ("B", "kB", "MB", "GB", "TB", "PB")

NOT_SEEN = "cannot be looked at now"
"""The condition that is shown during an outage."""


class Row(NamedTuple):
    """A line about a task, or about all of them."""

    name: str
    """The name for people."""
    progress: Progress
    """How far it is."""
    state: str
    """The status, or for an active task its condition."""
    trouble: str
    """The trouble that it has; empty if it has none."""

    @property
    def percent(self) -> str:
        """The finished part, rounded down, so that 100 % is told of what is done alone."""
        fraction = self.progress.fraction
        return "" if fraction is None else f"{int(fraction * 100)}%"

    @property
    def items(self) -> str:
        """The finished files and directories, and all of them."""
        return f"{self.progress.done:,}/{self.progress.total:,}" if self.progress.total else ""

    @property
    def rate(self) -> str:
        """The bytes per second."""
        return "" if not self.progress.rate else f"{size_text(self.progress.rate)}/s"

    @property
    def left(self) -> str:
        """The time left."""
        is_over = self.progress.tasks and self.progress.tasks == self.progress.ended
        return "" if self.progress.time_left is None or is_over else time_text(self.progress.time_left)

    def __str__(self) -> str:
        numbers = (self.percent, self.items, size_text(self.progress.bytes_transferred), self.rate)
        left = f"{self.left} left" if self.left else ""
        return ", ".join(filter(None, (f"{self.name}: {self.state}", *numbers, left, self.trouble)))


class TaskRows:
    """Makes rows of looks at tasks."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._meters: dict[str, Meter] = {}
        self._all = Meter()

    def rows(self, tasks: "Sequence[documents.Task]", count: int) -> tuple[Row, list[Row]]:
        """The row about all tasks, and one for each. The first is that of the task where there is one alone."""
        now = self._clock()
        each = [_row(task, self._meters.setdefault(task.task_id, Meter()).take([task], now)) for task in tasks]
        whole = self._all.take(tasks, now)
        if count == 1 and each:
            return each[0], each
        well = sum(task.status == "SUCCEEDED" for task in tasks)
        failed = whole.ended - well
        said = [f"{well:,} done", *[f"{failed:,} failed"] * bool(failed), f"{count - whole.ended:,} to go"]
        trouble = f"{whole.faults:,} faults" if whole.faults else ""
        return Row(f"{count:,} tasks" if count != 1 else "1 task", whole, ", ".join(said), trouble), each


def _row(task: "documents.Task", progress: Progress) -> Row:
    active = task.status not in ENDED
    condition = task.nice_status if active else None
    well = condition is None or condition.upper() in ("OK", "QUEUED")
    state = clean(task.status or "UNKNOWN", longest=40)
    if condition is not None and condition.upper() != "OK":
        state = clean(condition, longest=40)
    faults = f"{task.faults:,} fault{'s' * (task.faults != 1)}" if task.faults else ""
    why = "" if well else task.nice_status_short_description or ""
    if why.upper().replace(" ", "_") == state.upper():
        why = ""
    fatal = "" if active or task.fatal_error is None else task.fatal_error.code or ""
    told = (clean(why, longest=100), clean(fatal, longest=100), faults)
    return Row(_name(task), progress, state, ", ".join(filter(None, told)))


def _name(task: "documents.Task") -> str:
    """The label; else where it goes from and to; else the id."""
    sides = [
        name for name in (task.source_endpoint_display_name, task.destination_endpoint_display_name) if name is not None
    ]
    return clean(task.label or " to ".join(sides) or task.task_id, longest=128)


def size_text(count: float) -> str:
    """A number of bytes, such as ``7.3 GB``."""
    value, unit = float(count), 0
    while value >= 999.5 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{value:.1f} {_UNITS[unit]}" if unit and value < 99.95 else f"{value:.0f} {_UNITS[unit]}"


def time_text(time: timedelta) -> str:
    """A duration, such as ``0:02:58``, or ``2 d 03 h``."""
    seconds = max(int(time.total_seconds()), 0)
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return f"{hours // 24} d {hours % 24:02} h" if hours >= 48 else f"{hours}:{minutes:02}:{seconds % 60:02}"
