"""Submission of tasks: the id that makes retries safe, and the responses. Also re-exports the builders."""

from typing import Literal

from globus_typed.core.documents import Document
from globus_typed.core.fields import AnswerId
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
"""The outcome of a submission: a new task, or the one that was submitted before."""


class SubmissionId(Document, frozen=True):
    """An id for submitting one task."""

    data_type: str | None = None
    """``submission_id``"""
    value: str
    """The id, a UUID."""


class Link(Document, frozen=True):
    """A link to a resource."""

    data_type: str | None = None
    """``link``"""
    href: str | None = None
    """The path, relative to the API."""
    rel: str | None = None
    """The relation: ``related``."""
    resource: str | None = None
    """The type of the resource, such as ``task``."""
    title: str | None = None
    """A human-readable title."""


class TransferResult(Document, frozen=True):
    """The result of submitting a transfer, with the id of its task."""

    data_type: str | None = None
    """``transfer_result``"""
    code: SubmissionCode | None = None
    """``Accepted``, or ``Duplicate`` if it had been submitted before."""
    message: str | None = None
    """A human-readable message."""
    task_id: AnswerId = ""
    """The id of the task, a UUID; empty where the response left it out."""
    submission_id: str | None = None
    """The id it was submitted with."""
    request_id: str | None = None
    """The id of the request, to give to Globus support."""
    resource: str | None = None
    """The path of the request: ``/transfer``."""
    task_link: Link | None = None
    """A link to the task (deprecated: see `task_id`)."""


class DeleteResult(Document, frozen=True):
    """The result of submitting a delete, with the id of its task."""

    data_type: str | None = None
    """``delete_result``"""
    code: SubmissionCode | None = None
    """``Accepted``, or ``Duplicate`` if it had been submitted before."""
    message: str | None = None
    """A human-readable message."""
    task_id: AnswerId = ""
    """The id of the task, a UUID; empty where the response left it out."""
    submission_id: str | None = None
    """The id it was submitted with."""
    request_id: str | None = None
    """The id of the request, to give to Globus support."""
    resource: str | None = None
    """The path of the request: ``/delete``."""
    task_link: Link | None = None
    """A link to the task (deprecated: see `task_id`)."""
