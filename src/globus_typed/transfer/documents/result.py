"""What Transfer answers when there is nothing to tell but that it was done."""

from typing import Literal

from globus_typed.core.documents import Document

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
"""What was done; there may be codes that are not listed here."""


class Result(Document, frozen=True):
    """That it was done."""

    data_type: str | None = None
    """``result``"""
    code: ResultCode | None = None
    """What was done, for programs."""
    message: str | None = None
    """What was done, for people."""
    request_id: str | None = None
    """The id of the request, to give to Globus support."""
    resource: str | None = None
    """The path that was asked, with or without ``/v0.10``."""
    id: int | None = None
    """The id of the server that was deleted, where one was."""
