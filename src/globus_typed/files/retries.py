"""Whether a request for a file is sent again, and what a response says of its body."""

from collections.abc import Mapping
from typing import NamedTuple

from globus_typed.core.documents import Document
from globus_typed.core.request import Request
from globus_typed.core.retry import RetryPolicy
from globus_typed.errors import GlobusConnectionError, GlobusError, NotFoundError
from globus_typed.files.errors import CollectionUnavailableError, FilesAPIError, IncompleteFileError
from globus_typed.files.ranges import length_in, start_in

__all__ = ["Beginning", "begins", "delay_after"]


def delay_after(
    policy: RetryPolicy, request: Request[Document], error: GlobusError, attempt: int, elapsed: float
) -> float | None:
    """The seconds to wait before the request is sent again; None to raise the error."""
    if isinstance(error, FilesAPIError) and error.http_status == 404:
        if isinstance(error, CollectionUnavailableError):
            return policy.delay(request, GlobusConnectionError(str(error)), attempt, elapsed)
        unsure = isinstance(error, NotFoundError) and request.method != "HEAD" and not is_surely_missing(error)
        # A fault may look like this too, but rarely.
        again = unsure and attempt == 1
        return policy.delay(request, GlobusConnectionError(str(error)), attempt, elapsed) if again else None
    return policy.delay(request, error, attempt, elapsed)


def is_surely_missing(error: FilesAPIError) -> bool:
    """Whether the body of a 404 says that there is no such file."""
    return "GridFTP-Errno: 2" in error.raw_text or error.code in ("PATH_NOT_FOUND", "NotFound", "NOT_FOUND")


class Beginning(NamedTuple):
    """How the body of a successful response begins."""

    start: int
    """The place in the file of its first byte."""
    stop: int | None
    """The place behind its last byte; None if the response does not tell it."""
    is_delimited: bool
    """Whether a body that is cut can be told from a whole one."""


def begins(status: int, headers: Mapping[str, str], start: int, place: str) -> Beginning:
    """How the body of a response begins to a request for what follows `start`; `IncompleteFileError` for another range.

    A server that ignores ranges sends the whole file.
    """
    encoding = headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("", "identity"):
        raise IncompleteFileError(f"{place}: was sent compressed ({encoding!r}), although that was not asked for")
    length = length_in(headers)
    chunked = "chunked" in headers.get("Transfer-Encoding", "").lower()
    if status == 206:
        found = start_in(headers.get("Content-Range", ""))
        if found is None or found[0] != start or (length is not None and found[1] - found[0] != length):
            told = headers.get("Content-Range", "")[:100]
            raise IncompleteFileError(f"{place}: {told!r} was sent in response to a request for the bytes from {start}")
        return Beginning(start, found[1], True)
    if status == 204:
        return Beginning(0, 0, True)
    return Beginning(0, length, length is not None or chunked)
