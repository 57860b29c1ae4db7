"""How far tasks are, how fast they go on, and how long they still need."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from globus_typed.transfer import documents
from globus_typed.transfer.tasks.lookout import ENDED

__all__ = ["Meter", "Progress"]

_WINDOW = 60.0
"""The seconds over which a rate is taken: that of the whole task would hide that it has come to a halt."""


@dataclass(frozen=True)
class Progress:
    """How far a task is, or several are together, at a look."""

    tasks: int = 0
    """The number of tasks."""
    ended: int = 0
    """The number of tasks that have ended, in whatever way."""
    bytes_transferred: int = 0
    """The number of bytes written."""
    files_transferred: int = 0
    """The number of files written."""
    done: int = 0
    """The number of files and directories that are finished: copied or deleted, skipped, failed or cancelled."""
    total: int = 0
    """The number of files and directories found so far; it grows while directories are being read."""
    faults: int = 0
    """The number of errors encountered."""
    rate: float | None = None
    """Bytes per second over the last minute; None before there is anything to tell it from."""
    time_left: timedelta | None = None
    """The time until what has been found so far is done, at the pace of the last minute; zero once all have ended, None
    where there is no pace to tell it from. The sizes of files that are still to come are not known, so it is rough."""

    @property
    def fraction(self) -> float | None:
        """The finished part of what has been found so far, 0 to 1; None while nothing has been found."""
        if self.tasks and self.ended == self.tasks:
            return 1.0
        return self.done / self.total if self.total else None


class _Sample(NamedTuple):
    time: float
    bytes: int
    done: int


class Meter:
    """Makes `Progress` of looks at the same tasks, one after another."""

    def __init__(self) -> None:
        self._samples: deque[_Sample] = deque()
        self.now: Progress = Progress()
        """The progress at the last look."""

    def take(self, tasks: Sequence["documents.Task"], time: float) -> Progress:
        """The progress at this look; `time` in seconds."""
        sums = [sum(counts) for counts in zip(*map(_counts, tasks), strict=True)] or [0] * 5
        moved, files, done, total, faults = sums
        ended = sum(task.status in ENDED for task in tasks)
        samples = self._samples
        # The clock was set back, or tasks came that could not be seen before.
        if samples and (time < samples[-1].time or len(tasks) != self.now.tasks):
            samples.clear()
        samples.append(_Sample(time, moved, done))
        while len(samples) > 2 and samples[1].time <= time - _WINDOW:
            samples.popleft()
        first = samples[0]
        seconds = time - first.time
        rate, left = None, None
        if seconds > 0:
            rate = max(moved - first.bytes, 0) / seconds
            if done > first.done and total >= done:
                left = timedelta(seconds=round((total - done) * seconds / (done - first.done)))
        if ended == len(tasks) or rate is None:
            rates = [task.effective_bytes_per_second for task in tasks]
            known = [each for each in rates if each is not None]
            rate = float(sum(known)) if known else rate
        if tasks and ended == len(tasks):
            left = timedelta(0)
        self.now = Progress(len(tasks), ended, moved, files, done, total, faults, rate, left)
        return self.now


def _counts(task: "documents.Task") -> tuple[int, int, int, int, int]:
    finished = (
        task.subtasks_succeeded,
        task.subtasks_failed,
        task.subtasks_canceled,
        task.subtasks_expired,
        task.subtasks_skipped_errors,
    )
    return (
        task.bytes_transferred or 0,
        task.files_transferred or 0,
        sum(count or 0 for count in finished),
        task.subtasks_total or 0,
        task.faults or 0,
    )
