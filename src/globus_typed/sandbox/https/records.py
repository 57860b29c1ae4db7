"""`FileRequest`: the record of a request to the HTTPS server of a collection."""

from dataclasses import dataclass

__all__ = ["RECORD", "FileRequest"]

RECORD = "globus_sandbox.record"
"""The key in the scope of a request for its `FileRequest`."""


@dataclass
class FileRequest:
    """A request to the HTTPS server of a collection, without its token."""

    collection_id: str
    """The id of the collection."""
    method: str
    """The HTTP method."""
    path: str
    """The path, decoded."""
    range: str | None
    """The header ``Range``; None where there was none."""
    connection: int
    """The number of the connection that it came on, which no other one has."""
    user: str | None = None
    """The username of the identity whose token came; None without a good one."""
    status: int | None = None
    """The HTTP status of the response; None where there was no response."""
