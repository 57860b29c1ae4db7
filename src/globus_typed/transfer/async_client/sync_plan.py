"""`AsyncSyncPlan`: what a sync would do, and the client that does it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from typing import Protocol

from globus_typed.transfer.documents import DeleteData, Task, TransferData
from globus_typed.transfer.syncing.options import SyncOptions
from globus_typed.transfer.syncing.plan import AnySyncPlan
from globus_typed.transfer.syncing.walk import Found

__all__ = ["AsyncSyncPlan"]


class AsyncTaskRunner(Protocol):
    """The part of a Transfer client that carries out a plan."""

    @property
    def clock(self) -> Callable[[], float]:
        """The clock, in seconds since the epoch."""
        ...

    async def run(
        self,
        data: TransferData | DeleteData,
        *,
        timeout: float | None = None,
        progress: bool = False,
        fail_on: str | Iterable[str] = (),
        max_faults: int | None = None,
        cancel_on_exit: bool = False,
    ) -> Task:
        """Submit a task and wait for its end."""
        ...


class AsyncSyncPlan(AnySyncPlan):
    """The plan of a sync: read its `summary` and `items`, print `to_table()`, and carry it out with `apply()`.

    It holds the client that made it, and stays as it is when the directories change: the service looks at files again
    when it copies them, and at nothing but their paths when it deletes them.
    """

    def __init__(self, client: AsyncTaskRunner, found: Found, options: SyncOptions) -> None:
        super().__init__(found, options, client.clock)
        self._client = client

    def apply(
        self,
        *,
        confirm: bool = False,
        timeout: float | None = None,
        progress: bool = False,
        fail_on: str | Iterable[str] = (),
        max_faults: int | None = None,
        cancel_on_exit: bool = False,
    ) -> AsyncIterator[Task]:
        """The tasks that do what is planned, one after another, each when it has succeeded.

        ``POST /transfer`` or ``POST /delete``, then ``GET /task/{task_id}`` until it has ended, for each of
        `to_batches`; nothing for a plan with nothing to do

        Each task is submitted when it is asked for, after the one before has succeeded: extra entries are deleted once
        all else has been copied. After a failure of the network, call it again: what was submitted stays the same
        tasks. After that of a task, make another plan.

        Parameters: `confirm`, True to have more deleted than the share `confirm_above` of the plan; `timeout`, in
        seconds, for each task; `progress`, `fail_on`, `max_faults` and `cancel_on_exit` as for `run`.
        Raises `GlobusUsageError`, at the call, for deletions that need `confirm`; `TaskFailedError` for a task that
        ends in another way than success, or cannot go on; otherwise as `run`. Warns with `GlobusWarning` of a plan that
        is older than a day.
        """
        batches = self.to_batches(confirm=confirm)
        named = [fail_on] if isinstance(fail_on, str) else list(fail_on)
        return self._ended(batches, timeout, progress, named, max_faults, cancel_on_exit)

    async def _ended(
        self,
        batches: list[TransferData | DeleteData],
        timeout: float | None,
        progress: bool,
        fail_on: list[str],
        max_faults: int | None,
        cancel_on_exit: bool,
    ) -> AsyncIterator[Task]:
        for batch in batches:
            yield await self._client.run(
                batch,
                timeout=timeout,
                progress=progress,
                fail_on=fail_on,
                max_faults=max_faults,
                cancel_on_exit=cancel_on_exit,
            )
