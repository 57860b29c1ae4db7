"""The caller's own tasks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, get_args
from uuid import UUID

from typing_extensions import Unpack

from globus_typed.core.async_pager import AsyncPager
from globus_typed.core.paging import MarkerPaging, OffsetPaging
from globus_typed.core.query_params import NoMoreParams, merged_query
from globus_typed.core.request import Part, QueryValue, Request
from globus_typed.transfer import documents
from globus_typed.transfer.async_client.base import AsyncTransferBase
from globus_typed.transfer.documents.future_time import with_time_ahead
from globus_typed.transfer.query import (
    TaskFilter,
    TaskKey,
    comma_text,
    filter_text,
    flag,
    marker_text,
    order_text,
    paging_number,
)
from globus_typed.transfer.service import V0_10

_KNOWN_VALUES = {"type": ("TRANSFER", "DELETE"), "status": ("ACTIVE", "INACTIVE", "SUCCEEDED", "FAILED")}


class AsyncTaskMethods(AsyncTransferBase):
    """Methods on tasks."""

    async def get_task(
        self,
        task_id: str | UUID,
        *,
        fields: str | Iterable[str] | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.Task:
        """The task with this id, in its current state.

        ``GET /task/{task_id}``

        Parameters: `fields`, the names of the fields to return (all others are then absent from the document);
        `query_params`, further query parameters.
        Raises `NotFoundError` if the caller has no such task.
        Source: Transfer API, "Task".
        """
        return await self.send(
            Request(
                "GET",
                task_path(task_id),
                documents.Task,
                query=merged_query(self.get_task, params, query_params, {"fields": comma_text(fields)}),
            )
        )

    def task_list(
        self,
        num_results: int | None = 10,
        *,
        filter: TaskFilter | None = None,
        orderby: str | Iterable[str] | None = None,
        fields: str | Iterable[str] | None = None,
        limit: int | None = None,
        offset: int | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> AsyncPager[documents.Task, documents.TaskList]:
        """The caller's tasks, newest first, page by page.

        ``GET /task_list``, 1,000 per page

        Parameters: `num_results`, the maximum number of results (None: all); `filter` by task_id, type, status, label,
        request_time or completion_time, such as ``"type:TRANSFER,DELETE"`` or ``{"status": ["ACTIVE", "INACTIVE"]}``;
        `orderby`, fields such as ``"request_time DESC"``; `fields`, the names of the fields to return; `limit`, the
        most entries of a page (1 to 1,000), and `offset`, how many entries to leave out at the beginning;
        `query_params`, further query parameters.
        Raises `GlobusUsageError`, when called, for an invalid parameter.
        Source: Transfer API, "Task".
        """
        query = merged_query(
            self.task_list,
            params,
            query_params,
            {
                "limit": paging_number("limit", limit, 1, 1000),
                "offset": paging_number("offset", offset, 0),
                "filter": filter_text("filter", filter, get_args(TaskKey), _KNOWN_VALUES),
                "orderby": order_text("orderby", orderby, documents.Task.model_fields),
                "fields": comma_text(fields),
            },
        )
        request = Request("GET", (V0_10, "task_list"), documents.TaskList, query=query)
        return AsyncPager(self.send, request, OffsetPaging(page_size=1000), num_results)

    async def update_task(
        self,
        task_id: str | UUID,
        data: documents.TaskUpdate | Mapping[str, Any],
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.Result:
        """Change the label or the deadline of a task that has not ended.

        ``PUT /task/{task_id}``

        Parameters: `data`, a `TaskUpdate` or an equivalent mapping; `query_params`, further query parameters.
        Raises `ConflictError` if the task has ended; `pydantic.ValidationError` for an invalid document.
        Source: Transfer API, "Task".
        """
        body = with_time_ahead(documents.TaskUpdate.of(data), "deadline", self.clock())
        return await self.send(
            Request(
                "PUT",
                task_path(task_id),
                documents.Result,
                query=merged_query(self.update_task, params, query_params),
                json=body,
            )
        )

    async def cancel_task(
        self,
        task_id: str | UUID,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.Result:
        """Cancel a task; the service may take up to 10 s to respond.

        ``POST /task/{task_id}/cancel``

        The `code` is ``Canceled``, ``CancelAccepted`` if the task has not stopped yet, or ``TaskComplete`` if it had
        already ended. Cancelling twice has the same effect as cancelling once, so a lost request is retried.

        Parameters: `query_params`, further query parameters. Raises `NotFoundError` if the caller has no such task.
        Source: Transfer API, "Task".
        """
        return await self.send(
            Request(
                "POST",
                task_path(task_id, "cancel"),
                documents.Result,
                query=merged_query(self.cancel_task, params, query_params),
                repeatable=True,
            )
        )

    def task_event_list(
        self,
        task_id: str | UUID,
        num_results: int | None = 10,
        *,
        is_error: bool | None = None,
        limit: int | None = None,
        offset: int | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> AsyncPager[documents.Event, documents.EventList]:
        """The events of a task, newest first, page by page.

        ``GET /task/{task_id}/event_list``, 1,000 per page

        Parameters: `num_results`, the maximum number of results (None: all); `is_error`, True for faults and errors
        only; `limit`, the most entries of a page (1 to 1,000), and `offset`, how many entries to leave out at the
        beginning; `query_params`, further query parameters.
        Raises `NotFoundError`, on the first event, if the caller has no such task.
        Source: Transfer API, "Task".
        """
        errors = flag("is_error", is_error)
        query = merged_query(
            self.task_event_list,
            params,
            query_params,
            {
                "limit": paging_number("limit", limit, 1, 1000),
                "offset": paging_number("offset", offset, 0),
                "filter": None if errors is None else f"is_error:{errors}",
            },
        )
        request = Request("GET", task_path(task_id, "event_list"), documents.EventList, query=query)
        return AsyncPager(self.send, request, OffsetPaging(page_size=1000), num_results)

    def task_successful_transfers(
        self,
        task_id: str | UUID,
        num_results: int | None = 100,
        *,
        marker: str | int | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> AsyncPager[documents.SuccessfulTransfer, documents.SuccessfulTransfers]:
        """The files copied by a transfer that has ended, page by page.

        ``GET /task/{task_id}/successful_transfers``

        Parameters: `num_results`, the maximum number of results (None: all); `marker`, the `next_marker` of the page to
        go on after; `query_params`, further query parameters.
        Raises `NotFoundError`, on the first entry, if the caller has no such task; `TransferAPIError` for a delete.
        Source: Transfer API, "Task".
        """
        request = Request(
            "GET",
            task_path(task_id, "successful_transfers"),
            documents.SuccessfulTransfers,
            query=merged_query(
                self.task_successful_transfers, params, query_params, {"marker": marker_text("marker", marker)}
            ),
        )
        return AsyncPager(self.send, request, MarkerPaging(), num_results)

    def task_skipped_errors(
        self,
        task_id: str | UUID,
        num_results: int | None = 100,
        *,
        marker: str | int | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> AsyncPager[documents.SkippedError, documents.SkippedErrors]:
        """The files and directories skipped by an ended transfer with `skip_source_errors`, page by page.

        ``GET /task/{task_id}/skipped_errors``

        Parameters: `num_results`, the maximum number of results (None: all); `marker`, the `next_marker` of the page to
        go on after; `query_params`, further query parameters.
        Raises `NotFoundError`, on the first entry, if the caller has no such task.
        Source: Transfer API, "Task".
        """
        request = Request(
            "GET",
            task_path(task_id, "skipped_errors"),
            documents.SkippedErrors,
            query=merged_query(
                self.task_skipped_errors, params, query_params, {"marker": marker_text("marker", marker)}
            ),
        )
        return AsyncPager(self.send, request, MarkerPaging(), num_results)

    async def task_pause_info(
        self,
        task_id: str | UUID,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.PauseInfoLimited:
        """The reasons why a task is paused: its pause rules, and messages from administrators.

        ``GET /task/{task_id}/pause_info``

        Parameters: `query_params`, further query parameters. Raises `NotFoundError` if the caller has no such task.
        Source: Transfer API, "Task".
        """
        return await self.send(
            Request(
                "GET",
                task_path(task_id, "pause_info"),
                documents.PauseInfoLimited,
                query=merged_query(self.task_pause_info, params, query_params),
            )
        )


def task_path(task_id: object, *more: str) -> tuple[str | Part, ...]:
    return V0_10, "task", Part("task_id", task_id), *more
