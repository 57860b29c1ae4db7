"""The exceptions of files by HTTPS: what a collection or the disk refuses, and what does not arrive whole."""

import re
from collections.abc import Callable, Sequence
from urllib.parse import parse_qs, urlsplit

from globus_typed.core.fields import is_id
from globus_typed.core.http_info import HTTPInfo
from globus_typed.core.outside_text import clean
from globus_typed.core.refusal import api_error
from globus_typed.errors import (
    AuthenticationError,
    GlobusAPIError,
    GlobusError,
    GlobusUsageError,
    LoginRequiredError,
    ServiceUnavailableError,
)
from globus_typed.files.results import DownloadResult, FileFailure, UploadResult

__all__ = [
    "ChecksumMismatchError",
    "CollectionLoginRequiredError",
    "CollectionTokenRefusedError",
    "CollectionUnavailableError",
    "DestinationExistsError",
    "FilesAPIError",
    "IncompleteFileError",
    "LocalFileError",
    "RangeNotSatisfiableError",
    "SomeFilesFailedError",
    "SourceChangedError",
]

_CODE = re.compile(r"^GlobusError:.*?\bc=(\w+)", re.MULTILINE)
_LINE = re.compile(r"^(GridFTP-[\w-]+):[ \t]*(.*)$", re.MULTILINE)
_BACKEND = ("ENDPOINT_ERROR", "INTERNAL_ERROR", "GCS Manager Internal Error")
"""Words in bodies of a 404 that does not tell of a missing file."""


class FilesAPIError(GlobusAPIError):
    """A collection refused a request by HTTPS.

    Most of its errors are lines of text: `code` is what follows ``c=``, `message` the reason.
    """

    def __init__(self, http: HTTPInfo) -> None:
        super().__init__(http)
        if self.raw_json is None:
            text = self.raw_text[:8192]
            if code := _CODE.search(text):
                self.code: str = code[1]
            lines = dict(_LINE.findall(text))
            said = lines.get("GridFTP-Error-String") or lines.get("GridFTP-Reason")
            if said:
                self.message: str = clean(said, http.secrets)
            elif not text.strip():
                self.message = "no message came with it"
            GlobusError.__init__(self, self.http_status, self.code, self.message)


class CollectionUnavailableError(FilesAPIError, ServiceUnavailableError):
    """The collection, or the storage behind it, cannot serve the request now: a 5xx, or a 404 that tells of a fault and
    not of a missing file."""


class RangeNotSatisfiableError(FilesAPIError):
    """416: the range begins beyond the end of the file."""


class CollectionLoginRequiredError(FilesAPIError, LoginRequiredError):
    """The collection wants a login: no token was sent, or one that is not for it or no longer valid."""

    collection_id: str | None
    """The id of the collection, as far as it told it; None if it did not."""

    def __init__(self, http: HTTPInfo) -> None:
        super().__init__(http)
        location = http.headers.get("Location", "")
        self.collection_id = collection_in(location)
        if self.collection_id is not None:
            self.authorize_url: str | None = location
            self.resource_server: str | None = self.collection_id
            self.scopes: tuple[str, ...] = (f"https://auth.globus.org/scopes/{self.collection_id}/https",)
        self.reason: str | None = "the collection asks for a login"
        self.hint: str | None = "give app=…, or an authorizer with a token of the collection for its scope https"
        if self.http_status == 401:
            self.reason = "the collection does not take the token"
            self.hint = "log in again; the token must be one of the collection itself, for its scope https"
        if self.http_status != 401:
            self.message: str = "the collection asks for a login"
            GlobusError.__init__(self, self.http_status, self.code, self.message)

    def __str__(self) -> str:
        return f"{super().__str__()}; {self.hint}"


class CollectionTokenRefusedError(CollectionLoginRequiredError, AuthenticationError):
    """401: the token is not valid, even after a renewal."""


class SourceChangedError(GlobusError):
    """The file was changed while it was copied: what arrived may be a part of the old and a part of the new one."""


class IncompleteFileError(GlobusError):
    """The file did not arrive whole, after all attempts. What arrived of a download is kept, and resumed next time."""


class ChecksumMismatchError(GlobusError):
    """The file arrived with another checksum than it should have; it was not put in place."""


class DestinationExistsError(GlobusUsageError, FileExistsError):
    """There is a file at the destination, and ``overwrite=True`` was not given."""

    def __init__(self, message: str) -> None:
        super().__init__(message)


class LocalFileError(GlobusError, OSError):
    """A file of this machine cannot be read or written: no permission, no room, locked by another download, ..."""

    def __init__(self, message: str, errno: int | None = None) -> None:
        super().__init__(message)
        self.errno: int | None = errno

    def __reduce__(self) -> "tuple[type[LocalFileError], tuple[str, int | None]]":
        return type(self), (str(self), self.errno)

    def __str__(self) -> str:
        return str(self.args[0])


class SomeFilesFailedError(GlobusError):
    """Some of many files failed. The others were copied.

    `failures` has the files with their errors, `results` those that were copied.
    """

    failures: tuple[FileFailure, ...]
    """The files that failed, in their order."""
    results: tuple[DownloadResult | UploadResult, ...]
    """The files that were copied, in order."""

    def __init__(self, failures: Sequence[FileFailure], results: Sequence[DownloadResult | UploadResult] = ()) -> None:
        self.failures, self.results = tuple(failures), tuple(results)
        shown = "; ".join(f"{each.path}: {each.error}" for each in self.failures[:3])
        more = f"; and {len(self.failures) - 3} more" if len(self.failures) > 3 else ""
        count = len(self.failures) + len(self.results)
        super().__init__(f"{len(self.failures)} of {count} files failed: {shown}{more}")

    def __reduce__(self) -> tuple[Callable[..., "SomeFilesFailedError"], tuple[object, ...]]:
        return type(self), (self.failures, self.results)


def collection_in(location: str) -> str | None:
    """The id of the collection that an authorize URL of Globus Auth is for; None for another URL."""
    parts = urlsplit(location)
    if "authorize" not in parts.path:
        return None
    found = next(iter(parse_qs(parts.query).get("client_id", ())), "").lower()
    return found if is_id(found) else None


def refusal(http: HTTPInfo) -> FilesAPIError:
    """The error of a response that is no success, by what it means."""
    error = api_error(FilesAPIError, http)
    assert isinstance(error, FilesAPIError)
    if error.authorization_parameters is not None:
        return error
    if http.status == 401:
        return CollectionTokenRefusedError(http)
    if 300 <= http.status < 400 and collection_in(http.headers.get("Location", "")):
        return CollectionLoginRequiredError(http)
    if http.status == 416:
        return RangeNotSatisfiableError(http)
    if http.status in (500, 502, 503, 504) or (http.status == 404 and is_backend_fault(http.body)):
        return CollectionUnavailableError(http)
    return error


def is_backend_fault(body: bytes) -> bool:
    """Whether the body of a 404 tells of a fault behind the collection, and of no missing file."""
    text = body[:65536].decode("utf-8", "replace")
    return "GridFTP-Errno: 2" not in text and any(word in text for word in _BACKEND)
