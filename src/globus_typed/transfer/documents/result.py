"""The response of Transfer to operations that return no data."""

from typing import Literal

from globus_typed.core.documents import Document
from globus_typed.core.fields import ReceivedId

__all__ = ["Result", "ResultCode"]

ResultCode = (
    Literal[
        "Updated",
        "Deleted",
        "Canceled",
        "CancelAccepted",
        "TaskComplete",
        "FileRenamed",
        "PauseAccepted",
        "ResumeAccepted",
        "Deactivated",
        "SymlinkCreated",
    ]
    | str
)
"""The result code of an operation; other codes are possible."""


class Result(Document, frozen=True):
    """The result of an operation that returns no data."""

    data_type: str | None = None
    """``result``"""
    code: ResultCode | None = None
    """A code for programs to check."""
    message: str | None = None
    """A human-readable message."""
    request_id: str | None = None
    """The id of the request, to give to Globus support."""
    resource: str | None = None
    """The path of the request, with or without ``/v0.10``."""
    id: ReceivedId | None = None
    """The id of the resource, where the service says it: a number for a server, a UUID for others."""
