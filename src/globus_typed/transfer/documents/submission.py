"""The submission of tasks: the id that makes it safe to repeat, and what is answered. The builders stand here too."""

from typing import Literal

from globus_typed.core.documents import Document
from globus_typed.transfer.documents.delete_data import DeleteData
from globus_typed.transfer.documents.fields import SyncLevel
from globus_typed.transfer.documents.item_list import DeleteItems, TransferItems
from globus_typed.transfer.documents.items import DeleteItem, FilterRule, TransferItem, TransferSymlinkItem
from globus_typed.transfer.documents.task_builder import AnyTransferClient
from globus_typed.transfer.documents.transfer_data import TransferData

__all__ = [
    "AnyTransferClient",
    "DeleteData",
    "DeleteItem",
    "DeleteItems",
    "DeleteResult",
    "FilterRule",
    "Link",
    "SubmissionCode",
    "SubmissionId",
    "SyncLevel",
    "TransferData",
    "TransferItem",
    "TransferItems",
    "TransferResult",
    "TransferSymlinkItem",
]

SubmissionCode = Literal["Accepted", "Duplicate"] | str
"""What became of a submission: a new task, or the one that was submitted before."""


class SubmissionId(Document, frozen=True):
    """An id for one task to submit."""

    data_type: str | None = None
    """``submission_id``"""
    value: str
    """The id, a UUID."""


class Link(Document, frozen=True):
    """Where something is to be found."""

    data_type: str | None = None
    """``link``"""
    href: str | None = None
    """The path, relative to the API."""
    rel: str | None = None
    """How it is related: ``related``."""
    resource: str | None = None
    """What it is, such as ``task``."""
    title: str | None = None
    """The same for people."""


class TransferResult(Document, frozen=True):
    """That a transfer was submitted, and as which task."""

    data_type: str | None = None
    """``transfer_result``"""
    code: SubmissionCode | None = None
    """``Accepted``, or ``Duplicate`` where it had been submitted before."""
    message: str | None = None
    """The same for people."""
    task_id: str
    """The id of the task, a UUID."""
    submission_id: str | None = None
    """The id it was submitted with."""
    request_id: str | None = None
    """The id of the request, to give to Globus support."""
    resource: str | None = None
    """The path that was asked: ``/transfer``."""
    task_link: Link | None = None
    """Where the task is to be found (deprecated: see `task_id`)."""


class DeleteResult(Document, frozen=True):
    """That a delete was submitted, and as which task."""

    data_type: str | None = None
    """``delete_result``"""
    code: SubmissionCode | None = None
    """``Accepted``, or ``Duplicate`` where it had been submitted before."""
    message: str | None = None
    """The same for people."""
    task_id: str
    """The id of the task, a UUID."""
    submission_id: str | None = None
    """The id it was submitted with."""
    request_id: str | None = None
    """The id of the request, to give to Globus support."""
    resource: str | None = None
    """The path that was asked: ``/delete``."""
    task_link: Link | None = None
    """Where the task is to be found (deprecated: see `task_id`)."""
