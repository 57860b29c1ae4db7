"""Runs tasks: a task has a worker thread for itself from its first step to its last.

When something goes wrong with a file or directory, that is a fault: it is counted, written to the events, and the step
is put at the end of the task's queue. A step is tried three times, without a pause in between, and then, where the
sandbox is to retry faults for some time, after pauses that grow from a second to a minute until that time since its
first fault is over. When the last try fails the rest of the task is still done, and then the task fails with the code
of that fault as its fatal error. A
checksum that differs from `external_checksum`, and with `fail_on_quota_errors` a full disk, fail the task at once. With
`skip_source_errors` a source that is missing or may not be read is not a fault: it is skipped at once.
"""

import json
import logging
from collections.abc import Callable
from typing import NamedTuple

from globus_typed.sandbox.transfer.mover.faults import Fatal, Fault, Stopped
from globus_typed.sandbox.transfer.mover.turns import Turn, Turns
from globus_typed.sandbox.transfer.request_bodies import TransferBody, TransferItem
from globus_typed.sandbox.transfer.store.task import Skipped, Task

__all__ = ["Pace", "Step", "Work", "run"]

Pace = Callable[[int], None]

_TRIES = 3
_LONGEST_PAUSE = 60.0
_SMALL = 16 * 1024
_PROGRESS_SECONDS = 10.0

_log = logging.getLogger("globus_typed.sandbox")


class Step(NamedTuple):
    """One thing to do, and what to say about it when it fails; `ends` when its success is the success of a subtask."""

    do: Callable[[], None]
    source: str
    destination: str
    is_directory: bool = False
    is_symlink: bool = False
    item: TransferItem | None = None
    ends: bool = True


class Retry(NamedTuple):
    """A step that has failed: how often, since when, and when to try it again, in seconds since the epoch."""

    step: Step
    tries: int
    since: float
    due: float


class Work:
    """Base class of transfers and deletes: stopping in time, tries, progress."""

    def __init__(self, task: Task, pace: Pace | None, turns: Turns, retry_for: float) -> None:
        self.task = task
        self._retry_for = retry_for
        self._pace = pace
        self._turn = Turn(turns)
        self._again: list[Retry] = []
        self._given_up: tuple[str, str] | None = None
        self._reported = task.clock()
        self._reported_bytes = 0
        self._skip = isinstance(task.body, TransferBody) and task.body.skip_source_errors
        self._quota_is_fatal = isinstance(task.body, TransferBody) and task.body.fail_on_quota_errors

    def run(self) -> None:
        """Do it all; raises Stopped or Fatal."""
        for do in (self.first_round, self.last_round):
            do()
            while self._again:
                self._wait_until(min(retry.due for retry in self._again))
                now = self.task.clock()
                due = [retry for retry in self._again if retry.due <= now]
                self._again = [retry for retry in self._again if retry.due > now]
                for retry in due:
                    self.attempt(retry.step, retry.tries, retry.since)
                self.after_round()
            if self._given_up is not None:
                raise Fatal(*self._given_up)

    def first_round(self) -> None:
        raise NotImplementedError

    def after_round(self) -> None:
        """Deal with what a round of further tries has found."""

    def last_round(self) -> None:
        """Do what is left until everything else has succeeded."""

    def close(self) -> None:
        """Let go of what is open."""

    def end(self) -> None:
        """Let go of everything, so that others go on."""
        try:
            self.close()
        finally:
            self._turn.leave()

    def pace(self, size: int) -> None:
        """Wait as long as whoever set the pace wants it."""
        if self._pace is not None:
            self._turn.leave()
            self._pace(size)

    def check(self) -> None:
        """Raise Stopped when the task is not to go on; report progress now and then."""
        task = self.task
        self._turn.step()
        if task.is_paused():
            self._wait_while_paused()
        if task.cancel_requested.is_set():
            raise Stopped(expired=False)
        now = task.clock()
        if now >= task.deadline:
            raise Stopped(expired=True)
        if now - self._reported >= _PROGRESS_SECONDS:
            seconds, moved = now - self._reported, task.counts.bytes_transferred - self._reported_bytes
            self._reported, self._reported_bytes = now, task.counts.bytes_transferred
            details = {
                "bytes_transferred": moved,
                "duration": round(seconds, 2),
                "mbps": round(moved * 8e-6 / seconds, 2),
            }
            task.event("PROGRESS", json.dumps(details))

    def _wait_while_paused(self) -> None:
        task = self.task
        task.event("PAUSED")
        self._turn.leave()
        while task.is_paused() and not task.cancel_requested.is_set() and task.clock() < task.deadline:
            task.pauses.wait()
        if not task.is_paused():
            task.event("UNPAUSED")

    def _wait_until(self, due: float) -> None:
        while self.task.clock() < due:
            self._turn.leave()
            self.task.pauses.wait()
            self.check()

    def moved(self, size: int) -> None:
        self.task.add(bytes_transferred=size)
        self._leave_with(size)
        self.pace(size)
        self.check()

    def thrown_away(self, size: int) -> None:
        self.task.add(bytes_transferred=-size)

    def checksummed(self, size: int) -> None:
        self.task.add(bytes_checksummed=size)
        self._leave_with(size)
        self.check()

    def _leave_with(self, size: int) -> None:
        # Files with much in them are best read, written and checked by several threads at a time.
        if size > _SMALL:
            self._turn.leave()

    def attempt(self, step: Step, tries: int = 0, since: float | None = None) -> None:
        """Take a step; a fault puts it at the end of the queue, or gives it up after the last try.

        Parameters: `tries`, how often it was tried before; `since`, when it failed first.
        """
        self.check()
        self._turn.take()
        try:
            step.do()
        except Fault as fault:
            self._failed(step, fault, tries, since)
        except OSError as error:
            self._failed(step, Fault.of(error), tries, since)
        else:
            if step.ends and tries:
                self.task.add(retrying=-1, succeeded=1)
            elif step.ends:
                self.task.add(pending=-1, succeeded=1)
            elif tries:
                self.task.add(retrying=-1, pending=1)
        if self.task.trouble is not None and not self.task.counts.retrying:
            self.task.trouble = None
        if step.ends or self.task.trouble is not None:
            self.pace(0)

    def _failed(self, step: Step, fault: Fault, tries: int, since: float | None) -> None:
        task, waiting = self.task, "retrying" if tries else "pending"
        self.close()
        path = step.source if fault.on_source or not step.destination else step.destination
        details = f"Error\nFile: {path}\n{fault.details}"
        if self._skip and fault.on_source and fault.code in ("PERMISSION_DENIED", "FILE_NOT_FOUND"):
            external = (
                (None, None) if step.item is None else (step.item.external_checksum, step.item.checksum_algorithm)
            )
            where = (step.source, step.destination, step.is_directory, step.is_symlink)
            task.skipped.append(Skipped(fault.code, details, task.clock(), *where, *external))
            task.add(**{waiting: -1}, skipped_errors=1)
            return
        task.add(faults=1)
        task.event(fault.code, details, is_error=True)
        if isinstance(fault, Fatal) or (self._quota_is_fatal and fault.code == "QUOTA_EXCEEDED"):
            raise Fatal(fault.code, details)
        now = task.clock()
        since = now if since is None else since
        end = since + self._retry_for
        if tries + 1 >= _TRIES and now >= end:
            self._given_up = self._given_up or (fault.code, details)
            task.add(**{waiting: -1}, failed=1)
            return
        if not tries:
            task.add(pending=-1, retrying=1)
        task.trouble = (fault.code, fault.code.lower().replace("_", " "))
        pause = min(2.0 ** min(tries + 1 - _TRIES, 10), _LONGEST_PAUSE) if tries + 1 >= _TRIES else 0.0
        self._again.append(Retry(step, tries + 1, since, min(now + pause, end) if pause else now))


def run(task: Task, work: Work) -> None:
    """Run a task to its end, whatever that is; the task's document and events say how it went."""
    task.started = True
    task.event("STARTED", json.dumps({"type": f"Sandbox {task.type.title()}", "concurrency": 1}))
    try:
        try:
            work.run()
        finally:
            work.end()
    except Stopped as stop:
        stopped(task, expired=stop.expired)
    except Fatal as error:
        task.finish("FAILED", None, "", (error.code, error.details), "failed")
    except Exception as error:
        _log.exception("task %s failed in the sandbox itself", task.id)
        task.finish("FAILED", "UNKNOWN", repr(error), ("UNKNOWN", repr(error)), "failed")
    else:
        if task.skipped:
            task.event("SKIPPED_ERRORS", f"{len(task.skipped)} source paths were skipped")
        task.finish("SUCCEEDED", "SUCCEEDED", "", None, "succeeded")


def stopped(task: Task, *, expired: bool) -> None:
    """End a task that was canceled or whose deadline has passed."""
    if expired:
        task.finish("FAILED", "EXPIRED", "The deadline has passed", ("EXPIRED", "the deadline has passed"), "expired")
    else:
        by = "an administrator" if task.canceled_by_admin else "the owner"
        task.finish("FAILED", "CANCELED", f"Canceled by {by}", ("CANCELED", f"canceled by {by}"), "canceled")
