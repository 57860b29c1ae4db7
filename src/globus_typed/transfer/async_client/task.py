"""The caller's own tasks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias, TypeGuard, overload
from uuid import UUID

from globus_typed.core.async_pager import AsyncPager
from globus_typed.core.paging import MarkerPaging, OffsetPaging
from globus_typed.core.request import Part, QueryValue, Request
from globus_typed.errors import GlobusUsageError
from globus_typed.transfer import documents
from globus_typed.transfer.async_client.base import AsyncTransferBase
from globus_typed.transfer.documents.future_time import with_time_ahead
from globus_typed.transfer.query import Filter, comma_text, filter_text, flag, order_text
from globus_typed.transfer.service import V0_10

if TYPE_CHECKING:
    Submitted: TypeAlias = documents.TransferResult | documents.DeleteResult | documents.Task
    """Anything that identifies a task: the result of a submission, or the task itself."""


class AsyncTaskMethods(AsyncTransferBase):
    """Methods on tasks."""

    async def get_task(
        self, task_id: str | UUID, *, fields: str | Iterable[str] | None = None, **params: QueryValue
    ) -> documents.Task:
        """The task with this id, in its current state.

        ``GET /task/{task_id}``

        Parameters: `fields`, the names of the fields to return (all others are then absent from the document);
        `params`, further query parameters.
        Raises `NotFoundError` if the caller has no such task.
        Source: Transfer API, "Task".
        """
        return await self.send(
            Request("GET", _task(task_id), documents.Task, query={"fields": comma_text(fields), **params})
        )

    def task_list(
        self,
        num_results: int | None = 10,
        *,
        filter: Filter | None = None,
        orderby: str | Iterable[str] | None = None,
        fields: str | Iterable[str] | None = None,
        **params: QueryValue,
    ) -> AsyncPager[documents.Task, documents.TaskList]:
        """The caller's tasks, newest first, page by page.

        ``GET /task_list``, 1,000 per page

        Parameters: `num_results`, the maximum number of results (None: all); `filter` by task_id, type, status, label,
        request_time or completion_time, such as ``"type:TRANSFER,DELETE"`` or ``{"status": ["ACTIVE", "INACTIVE"]}``;
        `orderby`, fields such as ``"request_time DESC"``; `fields`, the names of the fields to return; `params`,
        further query parameters.
        Raises `GlobusUsageError`, when called, for an invalid parameter.
        Source: Transfer API, "Task".
        """
        query: dict[str, QueryValue] = {
            "filter": filter_text("filter", filter),
            "orderby": order_text("orderby", orderby),
            "fields": comma_text(fields),
            **params,
        }
        request = Request("GET", (V0_10, "task_list"), documents.TaskList, query=query)
        return AsyncPager(self.send, request, OffsetPaging(page_size=1000), num_results)

    async def update_task(
        self, task_id: str | UUID, data: documents.TaskUpdate | Mapping[str, Any], **params: QueryValue
    ) -> documents.Result:
        """Change the label or the deadline of a task that has not ended.

        ``PUT /task/{task_id}``

        Parameters: `data`, a `TaskUpdate` or an equivalent mapping; `params`, query parameters.
        Raises `ConflictError` if the task has ended; `pydantic.ValidationError` for an invalid document.
        Source: Transfer API, "Task".
        """
        body = with_time_ahead(documents.TaskUpdate.of(data), "deadline", self.clock())
        return await self.send(Request("PUT", _task(task_id), documents.Result, query=params, json=body))

    async def cancel_task(self, task_id: str | UUID, **params: QueryValue) -> documents.Result:
        """Cancel a task; the service may take up to 10 s to respond.

        ``POST /task/{task_id}/cancel``

        The `code` is ``Canceled``, ``CancelAccepted`` if the task has not stopped yet, or ``TaskComplete`` if it had
        already ended. Cancelling twice has the same effect as cancelling once, so a lost request is retried.

        Parameters: `params`, query parameters. Raises `NotFoundError` if the caller has no such task.
        Source: Transfer API, "Task".
        """
        return await self.send(
            Request("POST", _task(task_id, "cancel"), documents.Result, query=params, repeatable=True)
        )

    def task_event_list(
        self,
        task_id: str | UUID,
        num_results: int | None = 10,
        *,
        is_error: bool | None = None,
        **params: QueryValue,
    ) -> AsyncPager[documents.Event, documents.EventList]:
        """The events of a task, newest first, page by page.

        ``GET /task/{task_id}/event_list``, 1,000 per page

        Parameters: `num_results`, the maximum number of results (None: all); `is_error`, True for faults and errors
        only; `params`, further query parameters.
        Raises `NotFoundError`, on the first event, if the caller has no such task.
        Source: Transfer API, "Task".
        """
        errors = flag("is_error", is_error)
        query: dict[str, QueryValue] = {"filter": None if errors is None else f"is_error:{errors}", **params}
        request = Request("GET", _task(task_id, "event_list"), documents.EventList, query=query)
        return AsyncPager(self.send, request, OffsetPaging(page_size=1000), num_results)

    def task_successful_transfers(
        self, task_id: str | UUID, num_results: int | None = 100, **params: QueryValue
    ) -> AsyncPager[documents.SuccessfulTransfer, documents.SuccessfulTransfers]:
        """The files copied by a transfer that has ended, page by page.

        ``GET /task/{task_id}/successful_transfers``

        Parameters: `num_results`, the maximum number of results (None: all); `params`, query parameters.
        Raises `NotFoundError`, on the first entry, if the caller has no such task; `TransferAPIError` for a delete.
        Source: Transfer API, "Task".
        """
        request = Request("GET", _task(task_id, "successful_transfers"), documents.SuccessfulTransfers, query=params)
        return AsyncPager(self.send, request, MarkerPaging(), num_results)

    def task_skipped_errors(
        self, task_id: str | UUID, num_results: int | None = 100, **params: QueryValue
    ) -> AsyncPager[documents.SkippedError, documents.SkippedErrors]:
        """The files and directories skipped by an ended transfer with `skip_source_errors`, page by page.

        ``GET /task/{task_id}/skipped_errors``

        Parameters: `num_results`, the maximum number of results (None: all); `params`, query parameters.
        Raises `NotFoundError`, on the first entry, if the caller has no such task.
        Source: Transfer API, "Task".
        """
        request = Request("GET", _task(task_id, "skipped_errors"), documents.SkippedErrors, query=params)
        return AsyncPager(self.send, request, MarkerPaging(), num_results)

    async def task_pause_info(self, task_id: str | UUID, **params: QueryValue) -> documents.PauseInfoLimited:
        """The reasons why a task is paused: its pause rules, and messages from administrators.

        ``GET /task/{task_id}/pause_info``

        Parameters: `params`, query parameters. Raises `NotFoundError` if the caller has no such task.
        Source: Transfer API, "Task".
        """
        return await self.send(Request("GET", _task(task_id, "pause_info"), documents.PauseInfoLimited, query=params))

    async def task_wait(
        self,
        task_id: str | UUID | Submitted | Iterable[Submitted],
        timeout: float = 10,
        polling_interval: float = 10,
    ) -> bool:
        """Wait for one or more tasks to end: True if all have ended, False if one is still ACTIVE after the timeout.

        ``GET /task/{task_id}``, repeatedly

        A task that FAILED or is INACTIVE counts as ended: to tell failure from success use `task_progress`, or call
        `get_task` afterwards.

        Parameters: `task_id`, or the result of a submission, or several results, such as those of `submit_all`;
        `timeout`, the total time to wait in seconds, at least 1; `polling_interval`, the time between checks in
        seconds, at least 1.
        Raises `GlobusUsageError` for less than 1, and if no task is given; otherwise as `get_task`.
        """
        for name, seconds in (("timeout", timeout), ("polling_interval", polling_interval)):
            if not (_is_number(seconds) and seconds >= 1):
                raise GlobusUsageError(f"{name}: must be at least 1 second, got {seconds!r}")
        waiting = _task_ids(task_id)
        interval = min(timeout, polling_interval)
        looks = 0
        while True:
            looks += 1
            # The later ones must end as well, so there is no need to check them yet.
            while waiting and (await self.send(Request("GET", _task(waiting[0]), documents.Task))).status != "ACTIVE":
                del waiting[0]
            if not waiting:
                return True
            if looks * interval > timeout:
                return False
            await self.sleep(interval)

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
        """The current state of a task, repeatedly, until it is no longer ACTIVE; the last one tells how it ended.

        ``GET /task/{task_id}``, repeatedly

        For several tasks each step yields a list of all of them, in the given order, until none is ACTIVE.

        Parameters: `task_id`, or the result of a submission, or several results, such as those of `submit_all`;
        `polling_interval`, the time between checks in seconds, above 0; `timeout`, the time in seconds after which to
        stop even if a task is still ACTIVE, 0 for one check (None: no limit).
        Raises `GlobusUsageError`, when called, for a parameter out of range, and if no task is given; otherwise as
        `get_task`.
        """
        if not (_is_number(polling_interval) and polling_interval > 0):
            raise GlobusUsageError(f"polling_interval: must be above 0 seconds, got {polling_interval!r}")
        if timeout is not None and not (_is_number(timeout) and timeout >= 0):
            raise GlobusUsageError(f"timeout: must be 0 seconds or more, or None for no limit, got {timeout!r}")
        requests = [Request("GET", _task(each), documents.Task) for each in _task_ids(task_id)]
        looks = self._looks(requests, polling_interval, timeout)
        return looks if _is_several(task_id) else _only(looks)

    async def _looks(
        self, requests: list[Request[documents.Task]], interval: float, timeout: float | None
    ) -> AsyncIterator[list[documents.Task]]:
        waited = 0.0
        tasks = [await self.send(request) for request in requests]
        while True:
            yield [*tasks]
            waited += interval
            active = [number for number, task in enumerate(tasks) if task.status == "ACTIVE"]
            if not active or (timeout is not None and waited > timeout):
                return
            await self.sleep(interval)
            for number in active:
                tasks[number] = await self.send(requests[number])


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


def _task(task_id: object, *more: str) -> tuple[str | Part, ...]:
    return V0_10, "task", Part("task_id", task_id), *more
