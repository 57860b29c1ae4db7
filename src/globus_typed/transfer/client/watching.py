# Generated from watching.py by tools/unasync.py: change that file.
"""Looking at tasks again and again."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from typing_extensions import Self

from globus_typed.core.request import DocumentT, Request
from globus_typed.errors import GlobusAPIError, GlobusError, GlobusWarning, NetworkError, ResponseShapeError
from globus_typed.transfer import documents
from globus_typed.transfer.client.base import TransferBase
from globus_typed.transfer.tasks.lookout import ENDED, Lookout, one_task, several_tasks
from globus_typed.transfer.tasks.progress import Meter, Progress

__all__ = ["TaskProgress"]

T = TypeVar("T")

_log = logging.getLogger("globus_typed")

_SOON = 10.0
"""Seconds that the last look at a task may take, with its retries, after the time is up."""


class TaskProgress(Iterator[T]):
    """A task, or a list of several, as they are at each look, until they have ended. `now` has the numbers to it.

    A look is made when the next one is asked for. For the parameters see `task_progress`, which makes these.
    """

    def __init__(
        self,
        looks: Iterator[list[documents.Task]],
        seen: Callable[[list[documents.Task]], T],
        clock: Callable[[], float],
    ) -> None:
        self._looks = looks
        self._seen = seen
        self._clock = clock
        self._meter = Meter()

    @property
    def now(self) -> Progress:
        """How far the task is, or all of them are together, at the last look; with the rate and the time left."""
        return self._meter.now

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> T:
        tasks = self._looks.__next__()
        self._meter.take(tasks, self._clock())
        return self._seen(tasks)


class Watch:
    """Looks at tasks until a time is up, by the clock, whatever becomes of single looks."""

    def __init__(self, client: TransferBase, lookout: Lookout, pauses: Iterator[float], timeout: float | None) -> None:
        self._client = client
        self._lookout = lookout
        self._pauses = pauses
        self._timeout = timeout
        self._began = client.clock()
        self._slept = 0.0
        self._warned = False
        self._outage = False
        self.failure: GlobusError | None = None
        """The failure of a look since the last sleep."""

    def look_at_all(self) -> None:
        """Look at all tasks that are not known to have ended."""
        for group in self._lookout.groups():
            self._look(group)

    def look_at_first(self) -> bool:
        """Whether all tasks have ended, found by looking no further than at the first that have not."""
        for group in self._lookout.groups():
            self._look(group)
            if not all(map(self._lookout.has_ended, group)):
                return False
        return True

    def _look(self, group: list[str]) -> None:
        if len(group) > 1:
            page = self.ask(several_tasks(group))
            if page is None:
                return
            group = self._lookout.take(group, page.items)
            self._check(page.items)
        for task_id in group:
            task = self.ask(one_task(task_id))
            if task is not None:
                self._lookout.take([task_id], [task])
                self._check([task])

    def ask(self, request: Request[DocumentT]) -> DocumentT | None:
        """The document, as it is now; None during an outage."""
        client = self._client
        left = self._left()
        if left is not None:
            total = max(left, _SOON)
            total = total if client.retry.total_timeout is None else min(total, client.retry.total_timeout)
            client = client.with_options(retry=replace(client.retry, total_timeout=total))
        try:
            found = client.send(request)
            self._outage = False
            return found
        except (NetworkError, GlobusAPIError, ResponseShapeError) as error:
            if not self._may_pass(error):
                raise
            # Told once an outage, not at every look.
            level = logging.INFO if self._outage else logging.WARNING
            _log.log(level, "%s: waiting goes on, although it cannot be looked at now: %s", request.target, error)
            self._outage = True
            self.failure = error
            return None

    def _check(self, tasks: list[documents.Task]) -> None:
        """Warn, once, of a status that is not known."""
        for task in tasks:
            if task.status not in ENDED and task.status != "ACTIVE" and not self._warned:
                self._warned = True
                warnings.warn(
                    f"task {task.task_id}: status {task.status!r} is not known, so it is waited for as if it were "
                    "ACTIVE",
                    GlobusWarning,
                    stacklevel=4,
                )

    def sleep(self) -> bool:
        """Sleep until the next look; False if the time is up, or the error of an outage that still lasts."""
        left = self._left()
        if left is not None and left <= 0:
            if self.failure is not None:
                raise self.failure
            return False
        self.failure = None
        pause = next(self._pauses)
        pause = pause if left is None else min(pause, left)
        self._client.sleep(pause)
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
