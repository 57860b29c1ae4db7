# Generated from endpoint_manager.py by tools/unasync.py: change that file.
"""The endpoint manager, with which the administrators of collections see the tasks of other users."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Literal
from uuid import UUID

from typing_extensions import Unpack

from globus_typed.core.pager import Pager
from globus_typed.core.paging import LastKeyPaging, MarkerPaging, OffsetPaging
from globus_typed.core.query_params import NoMoreParams, merged_query
from globus_typed.core.request import Part, QueryValue, Request
from globus_typed.errors import GlobusUsageError
from globus_typed.transfer import documents
from globus_typed.transfer.client.base import TransferBase
from globus_typed.transfer.query import (
    check_spelling,
    comma_text,
    flag,
    id_text,
    marker_text,
    paging_number,
    time_range,
    whole_number,
)
from globus_typed.transfer.service import V0_10

_MANAGER = (V0_10, "endpoint_manager")


class ManagementMethods(TransferBase):
    """Methods of the endpoint manager that read, which requires the role activity_monitor."""

    def endpoint_manager_monitored_endpoints(
        self, *, query_params: Mapping[str, QueryValue] | None = None, **params: Unpack[NoMoreParams]
    ) -> documents.EndpointList:
        """The endpoints on which the caller has the role activity_monitor or a higher one.

        ``GET /endpoint_manager/monitored_endpoints``

        Parameters: `query_params`, further query parameters.
        Source: Transfer API, "Advanced Collection Management".
        """
        return self.send(
            Request(
                "GET",
                (*_MANAGER, "monitored_endpoints"),
                documents.EndpointList,
                query=merged_query(self.endpoint_manager_monitored_endpoints, params, query_params),
            )
        )

    def endpoint_manager_hosted_endpoint_list(
        self,
        endpoint_id: str | UUID,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.EndpointList:
        """The guest collections on the endpoint.

        ``GET /endpoint_manager/endpoint/{endpoint_id}/hosted_endpoint_list``

        Parameters: `query_params`, further query parameters.
        Raises `ConflictError` if the endpoint cannot host any; `NotFoundError`, `PermissionDeniedError`.
        Source: Transfer API, "Advanced Collection Management".
        """
        route = (*_MANAGER, "endpoint", Part("endpoint_id", endpoint_id), "hosted_endpoint_list")
        return self.send(
            Request(
                "GET",
                route,
                documents.EndpointList,
                query=merged_query(self.endpoint_manager_hosted_endpoint_list, params, query_params),
            )
        )

    def endpoint_manager_get_endpoint(
        self,
        endpoint_id: str | UUID,
        *,
        fields: str | Iterable[str] | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.Endpoint:
        """The endpoint as seen by its managers.

        ``GET /endpoint_manager/endpoint/{endpoint_id}``

        Parameters: `fields`, the names of the fields to return; `query_params`, further query parameters.
        Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Transfer API, "Advanced Collection Management".
        """
        route = (*_MANAGER, "endpoint", Part("endpoint_id", endpoint_id))
        return self.send(
            Request(
                "GET",
                route,
                documents.Endpoint,
                query=merged_query(
                    self.endpoint_manager_get_endpoint, params, query_params, {"fields": comma_text(fields)}
                ),
            )
        )

    def endpoint_manager_acl_list(
        self,
        endpoint_id: str | UUID,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.AccessRuleList:
        """The access rules of the endpoint, as seen by its managers.

        ``GET /endpoint_manager/endpoint/{endpoint_id}/access_list``

        Parameters: `query_params`, further query parameters. Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Transfer API, "Advanced Collection Management".
        """
        route = (*_MANAGER, "endpoint", Part("endpoint_id", endpoint_id), "access_list")
        return self.send(
            Request(
                "GET",
                route,
                documents.AccessRuleList,
                query=merged_query(self.endpoint_manager_acl_list, params, query_params),
            )
        )

    def endpoint_manager_task_list(
        self,
        num_results: int | None = 10,
        *,
        filter_status: documents.TaskStatus | Iterable[documents.TaskStatus] | None = None,
        filter_task_id: str | UUID | Iterable[str | UUID] | None = None,
        filter_owner_id: str | UUID | None = None,
        filter_endpoint: str | UUID | None = None,
        filter_endpoint_use: Literal["source", "destination"] | None = None,
        filter_is_paused: bool | None = None,
        filter_completion_time: str | tuple[datetime | str | None, datetime | str | None] | None = None,
        filter_min_faults: int | None = None,
        filter_local_user: str | None = None,
        fields: str | Iterable[str] | None = None,
        limit: int | None = None,
        last_key: str | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> Pager[documents.ManagedTask, documents.ManagedTaskList]:
        """The tasks on endpoints that the caller monitors, page by page.

        ``GET /endpoint_manager/task_list``, 1,000 per page

        Parameters: `num_results`, the maximum number of results (None: all); `filter_status`, one or more statuses
        (those other than ACTIVE and INACTIVE require `filter_task_id` or `filter_endpoint`); `filter_task_id`, at most
        50 task ids, which cannot be combined with other filters; `filter_owner_id`, the owner of the tasks (requires
        `filter_endpoint`, except for running tasks); `filter_endpoint`, the endpoint that they read from or write to,
        and `filter_endpoint_use`, which of the two; `filter_is_paused`, whether they are paused, for running tasks;
        `filter_completion_time`, the start and end of the period in which they ended, either of which may be None;
        `filter_min_faults`, the minimum number of faults; `filter_local_user`, the local account they run as (requires
        `filter_endpoint`); `fields`, the names of the fields to return; `limit`, the most entries of a page (1 to
        1,000); `last_key`, that of the page to go on after; `query_params`, further query parameters.
        Raises `GlobusUsageError`, when called, for filters that cannot be combined; on the first entry
        `PermissionDeniedError` for tasks that the caller may not see, `NotFoundError` for an unknown owner.
        Source: Transfer API, "Advanced Collection Management".
        """
        statuses = None if filter_status is None else set(str(comma_text(filter_status)).split(","))
        check_spelling("filter_status", statuses or (), ("ACTIVE", "INACTIVE", "SUCCEEDED", "FAILED"))
        running = statuses is not None and statuses <= {"ACTIVE", "INACTIVE"}
        filters: dict[str, QueryValue] = {
            "filter_status": comma_text(filter_status),
            "filter_owner_id": id_text("filter_owner_id", filter_owner_id),
            "filter_endpoint": id_text("filter_endpoint", filter_endpoint),
            "filter_endpoint_use": filter_endpoint_use,
            "filter_is_paused": flag("filter_is_paused", filter_is_paused),
            "filter_completion_time": time_range("filter_completion_time", filter_completion_time),
            "filter_min_faults": whole_number("filter_min_faults", filter_min_faults, 0),
            "filter_local_user": filter_local_user,
        }
        others = [name for name, value in filters.items() if value is not None]
        if filter_task_id is not None:
            if others:
                raise GlobusUsageError(f"filter_task_id: cannot be combined with {', '.join(others)}")
            filter_task_id = comma_text([filter_task_id] if isinstance(filter_task_id, UUID) else filter_task_id) or ""
            tasks = [id_text("filter_task_id", each) for each in filter_task_id.split(",")]
            if len(tasks) > 50:
                raise GlobusUsageError(f"filter_task_id: at most 50 tasks at once, got {len(tasks)}")
        elif filter_endpoint is None:
            if statuses is not None and not running:
                raise GlobusUsageError("filter_status: tasks that have ended need filter_endpoint or filter_task_id")
            if filter_owner_id is not None and not running:
                raise GlobusUsageError("filter_owner_id: needs filter_endpoint, or filter_status of running tasks")
            for name in ("filter_endpoint_use", "filter_local_user"):
                if filters[name] is not None:
                    raise GlobusUsageError(f"{name}: needs filter_endpoint")
        if filter_endpoint_use not in (None, "source", "destination"):
            raise GlobusUsageError(
                f'filter_endpoint_use: must be "source" or "destination", got {filter_endpoint_use!r}'
            )
        if filter_is_paused is not None and not running:
            raise GlobusUsageError('filter_is_paused: needs filter_status of running tasks, such as "ACTIVE"')
        query = merged_query(
            self.endpoint_manager_task_list,
            params,
            query_params,
            {
                "limit": paging_number("limit", limit, 1, 1000),
                "last_key": marker_text("last_key", last_key),
                **filters,
                "filter_task_id": filter_task_id,
                "fields": comma_text(fields),
            },
        )
        request = Request("GET", (*_MANAGER, "task_list"), documents.ManagedTaskList, query=query)
        return Pager(self.send, request, LastKeyPaging(page_size=1000), num_results)

    def endpoint_manager_get_task(
        self,
        task_id: str | UUID,
        *,
        fields: str | Iterable[str] | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.ManagedTask:
        """The task as seen by the managers of its collections.

        ``GET /endpoint_manager/task/{task_id}``

        Parameters: `fields`, the names of the fields to return; `query_params`, further query parameters.
        Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Transfer API, "Advanced Collection Management".
        """
        query = merged_query(self.endpoint_manager_get_task, params, query_params, {"fields": comma_text(fields)})
        return self.send(Request("GET", _task(task_id), documents.ManagedTask, query=query))

    def endpoint_manager_task_event_list(
        self,
        task_id: str | UUID,
        num_results: int | None = 10,
        *,
        filter_is_error: bool | None = None,
        limit: int | None = None,
        offset: int | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> Pager[documents.Event, documents.EventList]:
        """The events of a task, newest first, page by page.

        ``GET /endpoint_manager/task/{task_id}/event_list``, 1,000 per page

        Parameters: `num_results`, the maximum number of results (None: all); `filter_is_error`, True for faults and
        errors only; `limit`, the most entries of a page (1 to 1,000), and `offset`, how many entries to leave out at
        the beginning; `query_params`, further query parameters.
        Raises, on the first event, `NotFoundError`, `PermissionDeniedError`.
        Source: Transfer API, "Advanced Collection Management".
        """
        query = merged_query(
            self.endpoint_manager_task_event_list,
            params,
            query_params,
            {
                "limit": paging_number("limit", limit, 1, 1000),
                "offset": paging_number("offset", offset, 0),
                "filter_is_error": flag("filter_is_error", filter_is_error),
            },
        )
        request = Request("GET", _task(task_id, "event_list"), documents.EventList, query=query)
        return Pager(self.send, request, OffsetPaging(page_size=1000), num_results)

    def endpoint_manager_task_pause_info(
        self,
        task_id: str | UUID,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.PauseInfoLimited:
        """The reasons why a task is paused.

        ``GET /endpoint_manager/task/{task_id}/pause_info``

        Parameters: `query_params`, further query parameters. Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Transfer API, "Advanced Collection Management".
        """
        return self.send(
            Request(
                "GET",
                _task(task_id, "pause_info"),
                documents.PauseInfoLimited,
                query=merged_query(self.endpoint_manager_task_pause_info, params, query_params),
            )
        )

    def endpoint_manager_task_successful_transfers(
        self,
        task_id: str | UUID,
        num_results: int | None = 100,
        *,
        marker: str | int | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> Pager[documents.SuccessfulTransfer, documents.SuccessfulTransfers]:
        """The files copied by a transfer that has ended, page by page. Paths on a side without a role are None.

        ``GET /endpoint_manager/task/{task_id}/successful_transfers``

        Parameters: `num_results`, the maximum number of results (None: all); `marker`, the `next_marker` of the page to
        go on after; `query_params`, further query parameters.
        Raises, on the first entry, `NotFoundError`, `PermissionDeniedError`.
        Source: Transfer API, "Advanced Collection Management".
        """
        request = Request(
            "GET",
            _task(task_id, "successful_transfers"),
            documents.SuccessfulTransfers,
            query=merged_query(
                self.endpoint_manager_task_successful_transfers,
                params,
                query_params,
                {"marker": marker_text("marker", marker)},
            ),
        )
        return Pager(self.send, request, MarkerPaging(), num_results)

    def endpoint_manager_task_skipped_errors(
        self,
        task_id: str | UUID,
        num_results: int | None = 100,
        *,
        marker: str | int | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> Pager[documents.SkippedError, documents.SkippedErrors]:
        """The files and directories skipped by a transfer that skips source errors, page by page.

        ``GET /endpoint_manager/task/{task_id}/skipped_errors``

        Parameters: `num_results`, the maximum number of results (None: all); `marker`, the `next_marker` of the page to
        go on after; `query_params`, further query parameters.
        Raises, on the first entry, `NotFoundError`, `PermissionDeniedError`.
        Source: Transfer API, "Advanced Collection Management".
        """
        request = Request(
            "GET",
            _task(task_id, "skipped_errors"),
            documents.SkippedErrors,
            query=merged_query(
                self.endpoint_manager_task_skipped_errors,
                params,
                query_params,
                {"marker": marker_text("marker", marker)},
            ),
        )
        return Pager(self.send, request, MarkerPaging(), num_results)


def _task(task_id: str | UUID, *more: str) -> tuple[str | Part, ...]:
    return *_MANAGER, "task", Part("task_id", task_id), *more
