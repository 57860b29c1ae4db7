"""Cancelling what a program leaves behind."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from globus_typed.core.endings import async_finished, async_until_terminated
from globus_typed.errors import GlobusAPIError, GlobusError
from globus_typed.transfer import documents
from globus_typed.transfer.async_client.submission import AsyncSubmissionMethods
from globus_typed.transfer.async_client.task import AsyncTaskMethods
from globus_typed.transfer.errors import TaskFailedError, TaskTimeoutError
from globus_typed.transfer.tasks.builders import Batch, is_delete, submission_id_of, take_out_submission_id
from globus_typed.transfer.tasks.lookout import Lookout

ResultT = TypeVar("ResultT")

_log = logging.getLogger("globus_typed")

_TOTAL = 30.0
"""The most seconds for a request to cancel a task, with its retries: the service may take 10 to respond."""


class AsyncCancelingClient(AsyncSubmissionMethods, AsyncTaskMethods):
    """A client that can submit tasks and cancel them."""


class AsyncCanceling:
    """Cancels the tasks that have not ended when work on them is left by an exception, of whatever kind."""

    def __init__(
        self, client: AsyncCancelingClient, batches: Sequence[Batch] = (), lookout: Lookout | None = None
    ) -> None:
        self._client = client
        self._fresh = [batch for batch in batches if submission_id_of(batch) is None]
        self._submitting: Batch | None = None
        self._submitted: list[tuple[str, Batch]] = []
        self._lookout = lookout
        self._is_done = False

    async def submit(self, client: AsyncCancelingClient, batch: Batch) -> None:
        """Submit a batch."""
        self._submitting = batch  # from here on there may be a task of it
        try:
            result: documents.TransferResult | documents.DeleteResult
            if isinstance(batch, documents.TransferData) or (isinstance(batch, dict) and not is_delete(batch)):
                result = await client.submit_transfer(batch)
            else:
                result = await client.submit_delete(batch)
        except GlobusAPIError as error:
            if error.http_status < 500:
                self._submitting = None
            raise
        self._submitted.append((result.task_id.lower(), batch))
        self._submitting = None

    def lookout(self) -> Lookout:
        """The lookout for all that was submitted."""
        self._lookout = Lookout([task_id for task_id, _ in self._submitted])
        return self._lookout

    async def during(self, work: Callable[[], Awaitable[ResultT]]) -> ResultT:
        """The result of the work. Whatever it raises, what has not ended is cancelled first."""
        async with async_until_terminated():
            try:
                try:
                    return await work()
                except BaseException as error:
                    canceled = await async_finished(self._cancel)
                    if isinstance(error, (TaskFailedError, TaskTimeoutError)):
                        error.canceled = canceled
                    raise
            except (KeyboardInterrupt, SystemExit):
                if not self._is_done:  # it came when another exception was on its way, before the first line above
                    await async_finished(self._cancel)
                raise

    async def _cancel(self) -> bool:
        """Cancel what may not have ended; whether there was such a task, and all were cancelled."""
        retry = self._client.retry
        total = _TOTAL if retry.total_timeout is None else min(retry.total_timeout, _TOTAL)
        client = self._client.with_options(retry=replace(retry, total_timeout=total))
        batch = self._submitting
        if batch is not None and submission_id_of(batch) is not None:
            try:
                # Its response was not seen. With the same submission id it is the same task, if there is one.
                await self.submit(client, batch)
            except GlobusError as error:
                _log.warning(
                    "a task with the submission id %s may be left, as it cannot be found to be cancelled: %s",
                    submission_id_of(batch),
                    error,
                )
        left = (self._lookout or self.lookout()).left
        done = 0
        for task_id in left:
            done += await self._cancel_one(client, task_id)
        self._is_done = True
        return 0 < done == len(left)

    async def _cancel_one(self, client: AsyncCancelingClient, task_id: str) -> bool:
        try:
            result = await client.cancel_task(task_id)
            _log.info("task %s: %s", task_id, result.code)
        except GlobusError as error:
            _log.warning("task %s is left, as it cannot be cancelled: %s", task_id, error)
            return False
        for own, batch in self._submitted:
            if own == task_id and any(batch is fresh for fresh in self._fresh):
                take_out_submission_id(batch)  # submitted with it again, it would be the task that was cancelled
        return True
