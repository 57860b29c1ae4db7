# Generated from endpoint_manager.py by tools/unasync.py: change that file.
"""The endpoint manager: what the administrators of collections see of others' tasks, and do about them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal
from uuid import UUID

from globus_typed.core.pager import Pager
from globus_typed.core.paging import LastKeyPaging, MarkerPaging, OffsetPaging
from globus_typed.core.request import Part, QueryValue, Request
from globus_typed.errors import GlobusUsageError
from globus_typed.transfer import documents
from globus_typed.transfer.client.base import TransferBase
from globus_typed.transfer.query import comma_text, flag, id_text, time_range, whole_number
from globus_typed.transfer.service import V0_10

_MANAGER = (V0_10, "endpoint_manager")


class ManagementMethods(TransferBase):
    """Methods of the endpoint manager: to look takes the role activity_monitor, to act activity_manager."""

    def endpoint_manager_monitored_endpoints(self, **params: QueryValue) -> documents.EndpointList:
        """The endpoints on which the caller has the role activity_monitor or a higher one.

        ``GET /endpoint_manager/monitored_endpoints``

        Parameters: `params`, query parameters.
        Source: Transfer API, "Advanced Collection Management".
        """
        return self.send(Request("GET", (*_MANAGER, "monitored_endpoints"), documents.EndpointList, query=params))

    def endpoint_manager_hosted_endpoint_list(
        self, endpoint_id: str | UUID, **params: QueryValue
    ) -> documents.EndpointList:
        """The guest collections on the endpoint.

        ``GET /endpoint_manager/endpoint/{endpoint_id}/hosted_endpoint_list``

        Parameters: `params`, query parameters.
        Raises `ConflictError` for an endpoint that can host none; `NotFoundError`, `PermissionDeniedError`.
        Source: Transfer API, "Advanced Collection Management".
        """
        route = (*_MANAGER, "endpoint", Part("endpoint_id", endpoint_id), "hosted_endpoint_list")
        return self.send(Request("GET", route, documents.EndpointList, query=params))

    def endpoint_manager_get_endpoint(
        self, endpoint_id: str | UUID, *, fields: str | Iterable[str] | None = None, **params: QueryValue
    ) -> documents.Endpoint:
        """The endpoint as its managers see it.

        ``GET /endpoint_manager/endpoint/{endpoint_id}``

        Parameters: `fields`, the names of the fields to answer with; `params`, further query parameters.
        Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Transfer API, "Advanced Collection Management".
        """
        route = (*_MANAGER, "endpoint", Part("endpoint_id", endpoint_id))
        return self.send(Request("GET", route, documents.Endpoint, query={"fields": comma_text(fields), **params}))

    def endpoint_manager_acl_list(self, endpoint_id: str | UUID, **params: QueryValue) -> documents.AccessRuleList:
        """The access rules of the endpoint, for its managers.

        ``GET /endpoint_manager/endpoint/{endpoint_id}/access_list``

        Parameters: `params`, query parameters. Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Transfer API, "Advanced Collection Management".
        """
        route = (*_MANAGER, "endpoint", Part("endpoint_id", endpoint_id), "access_list")
        return self.send(Request("GET", route, documents.AccessRuleList, query=params))

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
        **params: QueryValue,
    ) -> Pager[documents.ManagedTask, documents.ManagedTaskList]:
        """The tasks on endpoints that the caller watches over: a pager, which fetches pages as they are needed.

        ``GET /endpoint_manager/task_list``, 1,000 a page

        Parameters: `num_results`, how many to give at most (None: all); `filter_status`, of which status they are
        (others than ACTIVE and INACTIVE need `filter_task_id` or `filter_endpoint`); `filter_task_id`, these at most
        50 tasks, and no other filter; `filter_owner_id`, whose they are (needs `filter_endpoint` but for running
        tasks); `filter_endpoint`, where they read or write, `filter_endpoint_use`, which of both; `filter_is_paused`,
        of running ones, whether they are paused; `filter_completion_time`, between which times they ended, either of
        which may be None; `filter_min_faults`, how many faults they had at least; `filter_local_user`, as which
        account they run (needs `filter_endpoint`); `fields`, the names of the fields to answer with; `params`,
        further query parameters.
        Raises `GlobusUsageError`, at the call, for filters that do not go together; at the first entry
        `PermissionDeniedError` for tasks that the caller may not see, `NotFoundError` for an unknown owner.
        Source: Transfer API, "Advanced Collection Management".
        """
        statuses = None if filter_status is None else set(str(comma_text(filter_status)).split(","))
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
                raise GlobusUsageError(f"filter_task_id: no other filter goes with it, got {', '.join(others)}")
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
        query: dict[str, QueryValue] = {
            **filters,
            "filter_task_id": filter_task_id,
            "fields": comma_text(fields),
            **params,
        }
        request = Request("GET", (*_MANAGER, "task_list"), documents.ManagedTaskList, query=query)
        return Pager(self.send, request, LastKeyPaging(page_size=1000), num_results)

    def endpoint_manager_get_task(
        self, task_id: str | UUID, *, fields: str | Iterable[str] | None = None, **params: QueryValue
    ) -> documents.ManagedTask:
        """The task as the managers of its collections see it.

        ``GET /endpoint_manager/task/{task_id}``

        Parameters: `fields`, the names of the fields to answer with; `params`, further query parameters.
        Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Transfer API, "Advanced Collection Management".
        """
        query: dict[str, QueryValue] = {"fields": comma_text(fields), **params}
        return self.send(Request("GET", _task(task_id), documents.ManagedTask, query=query))

    def endpoint_manager_task_event_list(
        self,
        task_id: str | UUID,
        num_results: int | None = 10,
        *,
        filter_is_error: bool | None = None,
        **params: QueryValue,
    ) -> Pager[documents.Event, documents.EventList]:
        """What happened to the task, newest first: a pager of its events.

        ``GET /endpoint_manager/task/{task_id}/event_list``, 1,000 a page

        Parameters: `num_results`, how many to give at most (None: all); `filter_is_error`, True for faults and errors
        alone; `params`, further query parameters.
        Raises, at the first event, `NotFoundError`, `PermissionDeniedError`.
        Source: Transfer API, "Advanced Collection Management".
        """
        query: dict[str, QueryValue] = {"filter_is_error": flag("filter_is_error", filter_is_error), **params}
        request = Request("GET", _task(task_id, "event_list"), documents.EventList, query=query)
        return Pager(self.send, request, OffsetPaging(page_size=1000), num_results)

    def endpoint_manager_task_pause_info(self, task_id: str | UUID, **params: QueryValue) -> documents.PauseInfoLimited:
        """Why the task is paused.

        ``GET /endpoint_manager/task/{task_id}/pause_info``

        Parameters: `params`, query parameters. Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Transfer API, "Advanced Collection Management".
        """
        return self.send(Request("GET", _task(task_id, "pause_info"), documents.PauseInfoLimited, query=params))

    def endpoint_manager_task_successful_transfers(
        self, task_id: str | UUID, num_results: int | None = 100, **params: QueryValue
    ) -> Pager[documents.SuccessfulTransfer, documents.SuccessfulTransfers]:
        """The files that a transfer which has ended brought over: a pager. Paths on a side without a role are None.

        ``GET /endpoint_manager/task/{task_id}/successful_transfers``

        Parameters: `num_results`, how many to give at most (None: all); `params`, query parameters.
        Raises, at the first entry, `NotFoundError`, `PermissionDeniedError`.
        Source: Transfer API, "Advanced Collection Management".
        """
        request = Request("GET", _task(task_id, "successful_transfers"), documents.SuccessfulTransfers, query=params)
        return Pager(self.send, request, MarkerPaging(), num_results)

    def endpoint_manager_task_skipped_errors(
        self, task_id: str | UUID, num_results: int | None = 100, **params: QueryValue
    ) -> Pager[documents.SkippedError, documents.SkippedErrors]:
        """What a transfer that skips source errors left out: a pager.

        ``GET /endpoint_manager/task/{task_id}/skipped_errors``

        Parameters: `num_results`, how many to give at most (None: all); `params`, query parameters.
        Raises, at the first entry, `NotFoundError`, `PermissionDeniedError`.
        Source: Transfer API, "Advanced Collection Management".
        """
        request = Request("GET", _task(task_id, "skipped_errors"), documents.SkippedErrors, query=params)
        return Pager(self.send, request, MarkerPaging(), num_results)

    def endpoint_manager_cancel_tasks(
        self, task_ids: Iterable[str | UUID], message: str, **params: QueryValue
    ) -> documents.AdminCancel:
        """The cancel that was accepted; `endpoint_manager_cancel_status` with its `id` tells when it is done.

        ``POST /endpoint_manager/admin_cancel``

        Parameters: `task_ids`, at least one; `message`, shown to the tasks' owners; `params`, query parameters.
        Raises `PermissionDeniedError`; `pydantic.ValidationError` for ids or a message that cannot be such.
        Source: Transfer API, "Advanced Collection Management".
        """
        body = documents.AdminCancelCreate(message=message, task_id_list=_texts(task_ids))
        return self.send(Request("POST", (*_MANAGER, "admin_cancel"), documents.AdminCancel, query=params, json=body))

    def endpoint_manager_cancel_status(self, admin_cancel_id: int | str, **params: QueryValue) -> documents.AdminCancel:
        """How far a cancel is: `done` is true when all its tasks have ended.

        ``GET /endpoint_manager/admin_cancel/{admin_cancel_id}``

        Parameters: `params`, query parameters. Raises `NotFoundError`.
        Source: Transfer API, "Advanced Collection Management".
        """
        route = (*_MANAGER, "admin_cancel", Part("admin_cancel_id", admin_cancel_id))
        return self.send(Request("GET", route, documents.AdminCancel, query=params))

    def endpoint_manager_pause_tasks(
        self, task_ids: Iterable[str | UUID], message: str, **params: QueryValue
    ) -> documents.Result:
        """The result of pausing running tasks. To pause twice is to pause once, so a lost request is sent again.

        ``POST /endpoint_manager/admin_pause``

        Parameters: `task_ids`, at least one; `message`, shown to the tasks' owners; `params`, query parameters.
        Raises `PermissionDeniedError`; `pydantic.ValidationError` for ids or a message that cannot be such.
        Source: Transfer API, "Advanced Collection Management".
        """
        body = documents.AdminPause(message=message, task_id_list=_texts(task_ids))
        route = (*_MANAGER, "admin_pause")
        return self.send(Request("POST", route, documents.Result, query=params, json=body, repeatable=True))

    def endpoint_manager_resume_tasks(self, task_ids: Iterable[str | UUID], **params: QueryValue) -> documents.Result:
        """The result of letting paused tasks go on. A lost request is sent again.

        ``POST /endpoint_manager/admin_resume``

        Parameters: `task_ids`, at least one; `params`, query parameters.
        Raises `PermissionDeniedError`; `pydantic.ValidationError` for ids that cannot be such.
        Source: Transfer API, "Advanced Collection Management".
        """
        body = documents.AdminResume(task_id_list=_texts(task_ids))
        route = (*_MANAGER, "admin_resume")
        return self.send(Request("POST", route, documents.Result, query=params, json=body, repeatable=True))


def _task(task_id: str | UUID, *more: str) -> tuple[str | Part, ...]:
    return *_MANAGER, "task", Part("task_id", task_id), *more


def _texts(task_ids: Iterable[str | UUID]) -> list[str]:
    if isinstance(task_ids, str):
        raise GlobusUsageError("task_ids: must be a list of ids, got one text")
    return [str(task_id) for task_id in task_ids]
