"""The tasks of other users, as activity managers of an endpoint see, cancel, pause and resume them."""

from typing import Annotated, Literal

from pydantic import Field, Strict

from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.fields import NULL_IS_ABSENT, Identifier
from globus_typed.core.payloads import Payload
from globus_typed.transfer.documents.task import Task

__all__ = ["AdminCancel", "AdminCancelCreate", "AdminPause", "AdminResume", "ManagedTask", "ManagedTaskList"]


class ManagedTask(Task, frozen=True):
    """A task on an endpoint that the caller monitors; fields of a side where the caller has no role are None."""

    source_host_endpoint: str | None = None
    """The old name of the collection that hosts the source, if it is a share or guest collection (deprecated)."""
    source_host_endpoint_id: str | None = None
    """The id of the collection that hosts the source, if it is a share or guest collection."""
    source_host_endpoint_display_name: str | None = None
    """The name of that collection."""
    source_host_path: str | None = None
    """The shared directory on that collection."""
    source_mapped_collection_id: str | None = None
    """The id of the mapped collection of the source, if it is a guest collection."""
    source_mapped_collection_display_name: str | None = None
    """The name of that collection."""
    destination_host_endpoint: str | None = None
    """The old name of the collection that hosts the destination, if it is a share or guest collection (deprecated)."""
    destination_host_endpoint_id: str | None = None
    """The id of the collection that hosts the destination, if it is a share or guest collection."""
    destination_host_endpoint_display_name: str | None = None
    """The name of that collection."""
    destination_host_path: str | None = None
    """The shared directory on that collection."""
    destination_mapped_collection_id: str | None = None
    """The id of the mapped collection of the destination, if it is a guest collection."""
    destination_mapped_collection_display_name: str | None = None
    """The name of that collection."""


class ManagedTaskList(ListDocument[ManagedTask], frozen=True):
    """A page of tasks on endpoints that the caller monitors."""

    data_type: str | None = None
    """``task_list``"""
    length: int | None = None
    """The number of entries in this document."""
    limit: int | None = None
    """The maximum number of entries per page, up to 1000."""
    has_next_page: bool | None = None
    """Whether there are more pages."""
    last_key: str | None = None
    """The start of the next page."""


class AdminCancel(Document, frozen=True):
    """A request to cancel tasks of other users, and whether it is done."""

    data_type: str | None = None
    """``admin_cancel``"""
    id: Annotated[int, NULL_IS_ABSENT] = 0
    """The number of the request, with which its progress is read; 0 where the response left it out."""
    done: bool | None = None
    """Whether all the tasks have ended."""
    message: str | None = None
    """The reason, shown to the owners of the tasks."""
    task_id_list: list[str] | None = None
    """The ids of the tasks."""


_Tasks = Annotated[list[Identifier], Strict(False), Field(min_length=1)]


class AdminCancelCreate(Payload):
    """Tasks of other users to cancel. Source: Transfer API, "Advanced Endpoint Management"."""

    data_type: Literal["admin_cancel"] = "admin_cancel"
    """``admin_cancel``"""
    task_id_list: _Tasks
    """The ids of the tasks, at least one."""
    message: str
    """The reason, shown to the owners of the tasks."""


class AdminPause(Payload):
    """Tasks of other users to pause. Source: Transfer API, "Advanced Endpoint Management"."""

    data_type: Literal["admin_pause"] = "admin_pause"
    """``admin_pause``"""
    task_id_list: _Tasks
    """The ids of the tasks, at least one."""
    message: str
    """The reason, shown to the owners of the tasks."""


class AdminResume(Payload):
    """Tasks of other users to resume. Source: Transfer API, "Advanced Endpoint Management"."""

    data_type: Literal["admin_resume"] | None = None
    """``admin_resume``; optional."""
    task_id_list: _Tasks
    """The ids of the tasks, at least one."""
