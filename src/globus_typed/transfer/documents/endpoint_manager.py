"""The tasks of others, as the activity managers of an endpoint see, cancel, pause and resume them."""

from typing import Annotated, Literal

from pydantic import Field, Strict

from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.fields import Identifier
from globus_typed.core.payloads import Payload
from globus_typed.transfer.documents.task import Task

__all__ = ["AdminCancel", "AdminCancelCreate", "AdminPause", "AdminResume", "ManagedTask", "ManagedTaskList"]


class ManagedTask(Task, frozen=True):
    """A task on an endpoint that the caller may watch. What is on a side where the caller has no role is None."""

    source_host_endpoint: str | None = None
    """The old name of the collection that the source is a share or guest of (deprecated)."""
    source_host_endpoint_id: str | None = None
    """The collection that the source is a share or guest of."""
    source_host_endpoint_display_name: str | None = None
    """The name of that collection."""
    source_host_path: str | None = None
    """The directory there that is shared."""
    source_mapped_collection_id: str | None = None
    """The mapped collection that the source is a guest of."""
    source_mapped_collection_display_name: str | None = None
    """The name of that collection."""
    destination_host_endpoint: str | None = None
    """The old name of the collection that the destination is a share or guest of (deprecated)."""
    destination_host_endpoint_id: str | None = None
    """The collection that the destination is a share or guest of."""
    destination_host_endpoint_display_name: str | None = None
    """The name of that collection."""
    destination_host_path: str | None = None
    """The directory there that is shared."""
    destination_mapped_collection_id: str | None = None
    """The mapped collection that the destination is a guest of."""
    destination_mapped_collection_display_name: str | None = None
    """The name of that collection."""


class ManagedTaskList(ListDocument[ManagedTask], frozen=True):
    """A page of tasks on endpoints that the caller may watch."""

    data_type: str | None = None
    """``task_list``"""
    length: int | None = None
    """How many are in this document."""
    limit: int | None = None
    """How many this page holds at most; up to 1000."""
    has_next_page: bool | None = None
    """Whether there are more."""
    last_key: str | None = None
    """Where the next page begins."""


class AdminCancel(Document, frozen=True):
    """That tasks of others are to be cancelled, and whether they are."""

    data_type: str | None = None
    """``admin_cancel``"""
    id: int
    """The number to ask by how far it is."""
    done: bool | None = None
    """Whether all the tasks have ended."""
    message: str | None = None
    """Why, which the owners of the tasks are told."""
    task_id_list: list[str] | None = None
    """The ids of the tasks."""


_Tasks = Annotated[list[Identifier], Strict(False), Field(min_length=1)]


class AdminCancelCreate(Payload):
    """Tasks of others to cancel. Source: Transfer API, "Advanced Endpoint Management"."""

    data_type: Literal["admin_cancel"] = "admin_cancel"
    """``admin_cancel``"""
    task_id_list: _Tasks
    """The ids of the tasks, at least one."""
    message: str
    """Why, which the owners of the tasks are told."""


class AdminPause(Payload):
    """Tasks of others to pause. Source: Transfer API, "Advanced Endpoint Management"."""

    data_type: Literal["admin_pause"] = "admin_pause"
    """``admin_pause``"""
    task_id_list: _Tasks
    """The ids of the tasks, at least one."""
    message: str
    """Why, which the owners of the tasks are told."""


class AdminResume(Payload):
    """Tasks of others to resume. Source: Transfer API, "Advanced Endpoint Management"."""

    data_type: Literal["admin_resume"] | None = None
    """``admin_resume``; nobody needs to say it."""
    task_id_list: _Tasks
    """The ids of the tasks, at least one."""
