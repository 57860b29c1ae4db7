# Generated from admin_actions.py by tools/unasync.py: change that file.
"""The actions of the endpoint manager, with which the administrators of collections stop the tasks of other users."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from typing_extensions import Unpack

from globus_typed.core.query_params import NoMoreParams, merged_query
from globus_typed.core.request import Part, QueryValue, Request
from globus_typed.errors import GlobusUsageError
from globus_typed.transfer import documents
from globus_typed.transfer.client.base import TransferBase
from globus_typed.transfer.service import V0_10

_MANAGER = (V0_10, "endpoint_manager")


class AdminActionMethods(TransferBase):
    """Methods of the endpoint manager that cancel, pause and resume: they require the role activity_manager."""

    def endpoint_manager_cancel_tasks(
        self,
        task_ids: Iterable[str | UUID],
        message: str,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.AdminCancel:
        """Cancel tasks of other users; `endpoint_manager_cancel_status` with the returned `id` tells when it is done.

        ``POST /endpoint_manager/admin_cancel``

        Parameters: `task_ids`, at least one; `message`, shown to the tasks' owners; `query_params`, further query
        parameters.
        Raises `PermissionDeniedError`; `pydantic.ValidationError` for invalid ids or an invalid message.
        Source: Transfer API, "Advanced Collection Management".
        """
        body = documents.AdminCancelCreate(message=message, task_id_list=_texts(task_ids))
        return self.send(
            Request(
                "POST",
                (*_MANAGER, "admin_cancel"),
                documents.AdminCancel,
                query=merged_query(self.endpoint_manager_cancel_tasks, params, query_params),
                json=body,
            )
        )

    def endpoint_manager_cancel_status(
        self,
        admin_cancel_id: int | str,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.AdminCancel:
        """The progress of a cancel request: `done` is true when all its tasks have ended.

        ``GET /endpoint_manager/admin_cancel/{admin_cancel_id}``

        Parameters: `query_params`, further query parameters. Raises `NotFoundError`.
        Source: Transfer API, "Advanced Collection Management".
        """
        route = (*_MANAGER, "admin_cancel", Part("admin_cancel_id", admin_cancel_id))
        return self.send(
            Request(
                "GET",
                route,
                documents.AdminCancel,
                query=merged_query(self.endpoint_manager_cancel_status, params, query_params),
            )
        )

    def endpoint_manager_pause_tasks(
        self,
        task_ids: Iterable[str | UUID],
        message: str,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.Result:
        """Pause running tasks. Pausing twice has the same effect as pausing once, so a lost request is retried.

        ``POST /endpoint_manager/admin_pause``

        Parameters: `task_ids`, at least one; `message`, shown to the tasks' owners; `query_params`, further query
        parameters.
        Raises `PermissionDeniedError`; `pydantic.ValidationError` for invalid ids or an invalid message.
        Source: Transfer API, "Advanced Collection Management".
        """
        body = documents.AdminPause(message=message, task_id_list=_texts(task_ids))
        route = (*_MANAGER, "admin_pause")
        return self.send(
            Request(
                "POST",
                route,
                documents.Result,
                query=merged_query(self.endpoint_manager_pause_tasks, params, query_params),
                json=body,
                repeatable=True,
            )
        )

    def endpoint_manager_resume_tasks(
        self,
        task_ids: Iterable[str | UUID],
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.Result:
        """Resume paused tasks. A lost request is retried.

        ``POST /endpoint_manager/admin_resume``

        Parameters: `task_ids`, at least one; `query_params`, further query parameters.
        Raises `PermissionDeniedError`; `pydantic.ValidationError` for invalid ids.
        Source: Transfer API, "Advanced Collection Management".
        """
        body = documents.AdminResume(task_id_list=_texts(task_ids))
        route = (*_MANAGER, "admin_resume")
        return self.send(
            Request(
                "POST",
                route,
                documents.Result,
                query=merged_query(self.endpoint_manager_resume_tasks, params, query_params),
                json=body,
                repeatable=True,
            )
        )


def _texts(task_ids: Iterable[str | UUID]) -> list[str]:
    if isinstance(task_ids, str):
        raise GlobusUsageError("task_ids: must be a list of ids, got one string")
    return [str(task_id) for task_id in task_ids]
