"""`AsyncSyncPlan`: what a sync would do, and the client that does it."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable
from typing import Protocol

from globus_typed.transfer.documents import DeleteData, DeleteResult, Task, TransferData, TransferResult
from globus_typed.transfer.syncing.failure import TaskFailedError
from globus_typed.transfer.syncing.options import SyncOptions
from globus_typed.transfer.syncing.plan import AnySyncPlan
from globus_typed.transfer.syncing.text import progress_line
from globus_typed.transfer.syncing.walk import Found

__all__ = ["AsyncSyncPlan"]

_INTERVAL = 2.0
"""Seconds from one look at a task to the next."""
_PATIENCE = 10.0
"""Seconds from one line of progress to the next."""


class AsyncTaskRunner(Protocol):
    """The part of a Transfer client that carries out a plan."""

    @property
    def clock(self) -> Callable[[], float]:
        """The clock, in seconds since the epoch."""
        ...

    async def submit_transfer(self, data: TransferData) -> TransferResult:
        """Submit a transfer."""
        ...

    async def submit_delete(self, data: DeleteData) -> DeleteResult:
        """Submit a delete."""
        ...

    async def task_wait(self, task_id: str, timeout: float = 10, polling_interval: float = 10) -> bool:
        """Wait for a task."""
        ...

    async def get_task(self, task_id: str) -> Task:
        """The task as it is now."""
        ...


class AsyncSyncPlan(AnySyncPlan):
    """What a sync would do: read its `summary` and `items`, print `to_table()`, and have it done with `apply()`.

    It holds the client that made it, and stays as it is when the directories change: the service looks at files again
    when it copies them, and at nothing but their paths when it deletes them.
    """

    def __init__(self, client: AsyncTaskRunner, found: Found, options: SyncOptions) -> None:
        super().__init__(found, options, client.clock)
        self._client = client

    def apply(self, *, confirm: bool = False, progress: bool = False) -> AsyncIterator[Task]:
        """The tasks that do what is planned, one after another, each when it has succeeded.

        ``POST /transfer`` or ``POST /delete``, then ``GET /task/{task_id}`` until it has ended, for each of
        `to_batches`; nothing for a plan with nothing to do

        Each task is submitted when it is asked for, after the one before has succeeded: extra entries are deleted once
        all else has been copied. After a failure of the network, call it again: what was submitted stays the same
        tasks. After that of a task, make another plan.

        Parameters: `confirm`, True to have more deleted than the share `confirm_above` of the plan; `progress`, whether
        to tell of the tasks on standard error.
        Raises `GlobusUsageError`, at the call, for deletions that need `confirm`; `TaskFailedError` for a task that
        ends in another way than success, or cannot go on; otherwise as `submit_transfer` and `get_task`. Warns with
        `GlobusWarning` of a plan that is older than a day.
        """
        return self._ended(self.to_batches(confirm=confirm), progress)

    async def _ended(self, batches: list[TransferData | DeleteData], progress: bool) -> AsyncIterator[Task]:
        for number, batch in enumerate(batches, 1):
            told = (number, len(batches)) if progress else None
            yield await self._run(batch, told)

    async def _run(self, batch: TransferData | DeleteData, told: tuple[int, int] | None) -> Task:
        """The task of a batch when it has succeeded; `told` is its number among how many, to be told of."""
        client = self._client
        submitted = await (
            client.submit_transfer(batch) if isinstance(batch, TransferData) else client.submit_delete(batch)
        )
        while True:
            ended = await client.task_wait(submitted.task_id, _PATIENCE, _INTERVAL)
            task = await client.get_task(submitted.task_id)
            if told is not None:
                sys.stderr.write(f"{progress_line(*told, task)}\n")
            if ended:
                break
        if task.status != "SUCCEEDED":
            raise TaskFailedError(task)
        return task
