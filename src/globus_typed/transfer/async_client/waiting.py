"""Waiting for tasks to end, and watching them."""

from __future__ import annotations

import logging
import warnings
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from typing import TypeAlias, TypeGuard, Union, overload
from uuid import UUID

from globus_typed.core.request import Request
from globus_typed.errors import (
    GlobusAPIError,
    GlobusError,
    GlobusUsageError,
    GlobusWarning,
    NetworkError,
    ResponseShapeError,
)
from globus_typed.transfer import documents
from globus_typed.transfer.async_client.base import AsyncTransferBase
from globus_typed.transfer.async_client.task import task_path

Submitted: TypeAlias = Union["documents.TransferResult", "documents.DeleteResult", "documents.Task"]
"""Anything that identifies a task: the result of a submission, or the task itself."""

_log = logging.getLogger("globus_typed")

_ENDED = {"SUCCEEDED", "FAILED", "INACTIVE"}
_SOON = 10.0
"""Seconds that the last look at a task may take, with its retries, after the time is up."""


class AsyncWaitingMethods(AsyncTransferBase):
    """Methods that wait for tasks."""

    async def task_wait(
        self,
        task_id: str | UUID | Submitted | Iterable[Submitted],
        timeout: float = 10,
        polling_interval: float = 10,
    ) -> bool:
        """True when the task has ended, or all of several have, in whatever way; False when one has not at the timeout.

        ``GET /task/{task_id}``, again and again

        A task that FAILED, or is INACTIVE, counts as ended: to tell failure from success use `task_progress`, or look
        at `get_task` afterwards. A status that is not known here does not end the wait; a `GlobusWarning` tells of it
        once. Outages of the network or the service are waited out, and logged.

        Parameters: `task_id`, or the response to its submission, or several such responses, as of `submit_all`;
        `timeout`, the seconds to wait in all by the clock, requests included, at least 1; `polling_interval`, the
        seconds from one look to the next, at least 1. The last look is made at the timeout.
        Raises `GlobusUsageError` for less than 1, and for no task at all; the error of an outage that lasts at the
        timeout; otherwise as `get_task`.
        """
        for name, seconds in (("timeout", timeout), ("polling_interval", polling_interval)):
            if not (_is_number(seconds) and seconds >= 1):
                raise GlobusUsageError(f"{name}: must be at least 1 second, got {seconds!r}")
        waiting = [Request("GET", task_path(each), documents.Task) for each in _task_ids(task_id)]
        watch = AsyncWatch(self, polling_interval, timeout)
        while True:
            # Those that come later have to end as well, so there is no need to look at them yet.
            while waiting and (task := await watch.look(waiting[0])) is not None and watch.has_ended(task):
                del waiting[0]
            if not waiting:
                return True
            if not await watch.sleep():
                return False

    @overload
    def task_progress(
        self, task_id: str | UUID | Submitted, *, polling_interval: float = 2, timeout: float | None = None
    ) -> AsyncIterator[documents.Task]: ...
    @overload
    def task_progress(
        self, task_id: Iterable[Submitted], *, polling_interval: float = 2, timeout: float | None = None
    ) -> AsyncIterator[list[documents.Task]]: ...
    def task_progress(
        self,
        task_id: str | UUID | Submitted | Iterable[Submitted],
        *,
        polling_interval: float = 2,
        timeout: float | None = None,
    ) -> AsyncIterator[documents.Task] | AsyncIterator[list[documents.Task]]:
        """The task as it is now, again and again, until it has ended: the last one says how.

        ``GET /task/{task_id}``, again and again

        For several tasks there is a list of all of them each time, in their order, until all have ended. Which
        statuses end a task, and what becomes of outages, see `task_wait`.

        Parameters: `task_id`, or the response to its submission, or several such responses, as of `submit_all`;
        `polling_interval`, the seconds from one look to the next, above 0; `timeout`, the seconds by the clock after
        which to stop although one has not ended, 0 for one look (None: never).
        Raises `GlobusUsageError`, at the call, for a parameter out of its range, and for no task at all; otherwise as
        `task_wait`.
        """
        if not (_is_number(polling_interval) and polling_interval > 0):
            raise GlobusUsageError(f"polling_interval: must be above 0 seconds, got {polling_interval!r}")
        if timeout is not None and not (_is_number(timeout) and timeout >= 0):
            raise GlobusUsageError(f"timeout: must be 0 seconds or more, or None for no limit, got {timeout!r}")
        requests = [Request("GET", task_path(each), documents.Task) for each in _task_ids(task_id)]
        looks = self._looks(requests, polling_interval, timeout)
        return looks if _is_several(task_id) else _only(looks)

    async def _looks(
        self, requests: list[Request[documents.Task]], interval: float, timeout: float | None
    ) -> AsyncIterator[list[documents.Task]]:
        watch = AsyncWatch(self, interval, timeout)
        tasks: dict[int, documents.Task] = {}
        active = list(range(len(requests)))
        while active:
            for number in active:
                task = await watch.look(requests[number])
                tasks = tasks if task is None else {**tasks, number: task}
            if len(tasks) == len(requests) and watch.failure is None:
                yield [tasks[number] for number in range(len(requests))]
            active = [number for number in active if number not in tasks or not watch.has_ended(tasks[number])]
            if active and not await watch.sleep():
                return


class AsyncWatch:
    """Looks at tasks until a time is up, by the clock, whatever becomes of single looks."""

    def __init__(self, client: AsyncTransferBase, interval: float, timeout: float | None) -> None:
        self._client = client
        self._interval = interval
        self._timeout = timeout
        self._began = client.clock()
        self._slept = 0.0
        self._warned = False
        self._outage = False
        self.failure: GlobusError | None = None
        """The failure of a look since the last sleep."""

    async def look(self, request: Request[documents.Task]) -> documents.Task | None:
        """The task as it is now; None during an outage."""
        client = self._client
        left = self._left()
        if left is not None:
            total = max(left, _SOON)
            total = total if client.retry.total_timeout is None else min(total, client.retry.total_timeout)
            client = client.with_options(retry=replace(client.retry, total_timeout=total))
        try:
            task = await client.send(request)
            self._outage = False
            return task
        except (NetworkError, GlobusAPIError, ResponseShapeError) as error:
            if not self._may_pass(error):
                raise
            # Told once an outage, not at every look.
            level = logging.INFO if self._outage else logging.WARNING
            _log.log(level, "%s: waiting goes on, although it cannot be looked at now: %s", request.target, error)
            self._outage = True
            self.failure = error
            return None

    def has_ended(self, task: documents.Task) -> bool:
        """Whether the task has ended; with a warning, once, for a status that is not known."""
        if task.status not in _ENDED and task.status != "ACTIVE" and not self._warned:
            self._warned = True
            warnings.warn(
                f"task {task.task_id}: status {task.status!r} is not known, so it is waited for as if it were ACTIVE",
                GlobusWarning,
                stacklevel=3,
            )
        return task.status in _ENDED

    async def sleep(self) -> bool:
        """Sleep until the next look; False if the time is up, or the error of an outage that still lasts."""
        left = self._left()
        if left is not None and left <= 0:
            if self.failure is not None:
                raise self.failure
            return False
        self.failure = None
        pause = self._interval if left is None else min(self._interval, left)
        await self._client.sleep(pause)
        self._slept += pause
        return True

    def _left(self) -> float | None:
        if self._timeout is None:
            return None
        # A clock may be set back meanwhile.
        return self._timeout - max(self._client.clock() - self._began, self._slept)

    def _may_pass(self, error: GlobusError) -> bool:
        if isinstance(error, ResponseShapeError):
            return not error.http.is_json
        return isinstance(error, NetworkError) or (
            isinstance(error, GlobusAPIError) and error.http_status in self._client.retry.statuses
        )


async def _only(looks: AsyncIterator[list[documents.Task]]) -> AsyncIterator[documents.Task]:
    async for (task,) in looks:
        yield task


def _is_several(given: object) -> TypeGuard[Iterable[object]]:
    return isinstance(given, Iterable) and not isinstance(
        given, (str, documents.TransferResult, documents.DeleteResult, documents.Task)
    )


def _task_ids(given: object) -> list[object]:
    several = list(given) if _is_several(given) else [given]
    if not several:
        raise GlobusUsageError("task_id: must name at least one task")
    return [
        each.task_id if isinstance(each, (documents.TransferResult, documents.DeleteResult, documents.Task)) else each
        for each in several
    ]


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
