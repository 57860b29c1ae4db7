"""Waiting for tasks to end, and watching them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from typing import TypeAlias, TypeGuard, Union, overload
from uuid import UUID

from globus_typed.errors import GlobusUsageError
from globus_typed.transfer import documents
from globus_typed.transfer.async_client.base import AsyncTransferBase
from globus_typed.transfer.async_client.watching import AsyncTaskProgress, AsyncWatch
from globus_typed.transfer.tasks.lookout import Lookout, waits

Submitted: TypeAlias = Union["documents.TransferResult", "documents.DeleteResult", "documents.Task"]
"""Anything that identifies a task: the result of a submission, or the task itself."""


class AsyncWaitingMethods(AsyncTransferBase):
    """Methods that wait for tasks."""

    async def task_wait(
        self,
        task_id: str | UUID | Submitted | Iterable[Submitted],
        timeout: float = 10,
        polling_interval: float = 10,
    ) -> bool:
        """True when the task has ended, or all of several have, in whatever way; False when one has not at the timeout.

        ``GET /task/{task_id}``, again and again; for several tasks ``GET /task_list``, 100 at a time

        A task that FAILED, or is INACTIVE, counts as ended: to tell failure from success use `wait`, which raises. A
        status that is not known here does not end the wait; a `GlobusWarning` tells of it once. Outages of the network
        or the service are waited out, and logged.

        Parameters: `task_id`, or the response to its submission, or several such responses, as of `submit_all`;
        `timeout`, the seconds to wait in all by the clock, requests included, at least 1; `polling_interval`, the
        seconds from one look to the next, at least 1. The last look is made at the timeout.
        Raises `GlobusUsageError` for less than 1, and for no task at all; the error of an outage that lasts at the
        timeout; otherwise as `get_task`.
        """
        for name, seconds in (("timeout", timeout), ("polling_interval", polling_interval)):
            if not (is_number(seconds) and seconds >= 1):
                raise GlobusUsageError(f"{name}: must be at least 1 second, got {seconds!r}")
        watch = AsyncWatch(self, Lookout(task_ids(task_id)), waits(polling_interval, polling_interval), timeout)
        # Those that come later have to end as well, so there is no need to look at them yet.
        while not await watch.look_at_first():
            if not await watch.sleep():
                return False
        return True

    @overload
    def task_progress(
        self, task_id: str | UUID | Submitted, *, polling_interval: float = 2, timeout: float | None = None
    ) -> AsyncTaskProgress[documents.Task]: ...
    @overload
    def task_progress(
        self, task_id: Iterable[Submitted], *, polling_interval: float = 2, timeout: float | None = None
    ) -> AsyncTaskProgress[list[documents.Task]]: ...
    def task_progress(
        self,
        task_id: str | UUID | Submitted | Iterable[Submitted],
        *,
        polling_interval: float = 2,
        timeout: float | None = None,
    ) -> AsyncTaskProgress[documents.Task] | AsyncTaskProgress[list[documents.Task]]:
        """The task as it is now, again and again, until it has ended: the last one says how.

        ``GET /task/{task_id}``, again and again; for several tasks ``GET /task_list``, 100 at a time

        For several tasks there is a list of all of them each time, in their order, until all have ended. Which
        statuses end a task, and what becomes of outages, see `task_wait`. The iterator's `now` has the rate in bytes
        per second, the time left, and the other numbers of a progress bar.

        Parameters: `task_id`, or the response to its submission, or several such responses, as of `submit_all`;
        `polling_interval`, the seconds from one look to the next, above 0; `timeout`, the seconds by the clock after
        which to stop although one has not ended, 0 for one look (None: never).
        Raises `GlobusUsageError`, at the call, for a parameter out of its range, and for no task at all; otherwise as
        `task_wait`.
        """
        check_interval(polling_interval)
        check_timeout(timeout)
        looks = self._looks(Lookout(task_ids(task_id)), polling_interval, timeout)
        if is_several(task_id):
            return AsyncTaskProgress(looks, list, self.clock)
        return AsyncTaskProgress(looks, _first, self.clock)

    async def _looks(
        self, lookout: Lookout, interval: float, timeout: float | None
    ) -> AsyncIterator[list[documents.Task]]:
        watch = AsyncWatch(self, lookout, waits(interval, interval), timeout)
        while True:
            await watch.look_at_all()
            if lookout.is_complete and watch.failure is None:
                yield lookout.tasks
            if not lookout.left or not await watch.sleep():
                return


def check_interval(seconds: object) -> None:
    """Refuse what is no pause between two looks."""
    if not (is_number(seconds) and seconds > 0):
        raise GlobusUsageError(f"polling_interval: must be above 0 seconds, got {seconds!r}")


def check_timeout(seconds: object) -> None:
    """Refuse what is no time to wait."""
    if seconds is not None and not (is_number(seconds) and seconds >= 0):
        raise GlobusUsageError(f"timeout: must be 0 seconds or more, or None for no limit, got {seconds!r}")


def task_ids(given: object) -> list[object]:
    """The ids of what identifies tasks."""
    several = list(given) if is_several(given) else [given]
    if not several:
        raise GlobusUsageError("task_id: must name at least one task")
    return [
        each.task_id if isinstance(each, (documents.TransferResult, documents.DeleteResult, documents.Task)) else each
        for each in several
    ]


def is_several(given: object) -> TypeGuard[Iterable[object]]:
    """Whether several tasks are given, and not one."""
    return isinstance(given, Iterable) and not isinstance(
        given, (str, documents.TransferResult, documents.DeleteResult, documents.Task)
    )


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether this can be a number of seconds."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _first(tasks: list[documents.Task]) -> documents.Task:
    return tasks[0]
