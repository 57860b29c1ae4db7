"""Directories that cannot be listed, and their meaning for a walk."""

from globus_typed.errors import (
    AuthenticationError,
    ConsentRequiredError,
    GlobusAPIError,
    GlobusError,
    GlobusTimeoutError,
    GlobusUsageError,
    LoginRequiredError,
    NetworkError,
    NotFoundError,
    RateLimitedError,
    ReauthenticationRequiredError,
    ServiceUnavailableError,
)

__all__ = ["advise", "concerns_all", "has_vanished", "is_no_directory"]

_CONCERNS_ALL = (
    AuthenticationError,
    ConsentRequiredError,
    GlobusUsageError,
    LoginRequiredError,
    NetworkError,
    RateLimitedError,
    ReauthenticationRequiredError,
    ServiceUnavailableError,
)
_CODES = {"LoginFailed", "GCDisconnected", "GCPaused", "EndpointNotFound", "EndpointDeleted"}

_ADVICE = {
    "SizeLimit": "no directory of more than 100,000 entries is listed; a recursive transfer or delete takes it whole",
    "GCDisconnected": "start Globus Connect Personal on the computer of the collection, and call again",
    "GCPaused": "resume Globus Connect Personal on the computer of the collection, and call again",
    "PermissionDenied": 'on_error="collect" goes on without directories that cannot be listed',
    "EndpointPermissionDenied": 'on_error="collect" goes on without directories that cannot be listed',
}


def concerns_all(error: Exception) -> bool:
    """Whether all other directories would fail for the same reason, so that going on makes no sense."""
    if isinstance(error, GlobusTimeoutError):  # of a directory that is too large for the collection
        return False
    return (
        not isinstance(error, GlobusError)
        or isinstance(error, _CONCERNS_ALL)
        or (isinstance(error, GlobusAPIError) and _last(error) in _CODES)
    )


def has_vanished(error: Exception) -> bool:
    """Whether a directory that was there when its parent was listed is gone, or is one no more."""
    if not isinstance(error, GlobusAPIError) or concerns_all(error):
        return False
    return isinstance(error, NotFoundError) or _last(error) in {"NotFound", "NotDirectory"}


def is_no_directory(error: Exception) -> bool:
    """Whether the path is a file."""
    return isinstance(error, GlobusAPIError) and _last(error) == "NotDirectory"


def advise(error: GlobusError, path: str) -> None:
    """Add to an exception which directory it is about, and the cure where one is known, as a note (PEP 678)."""
    code = _last(error) if isinstance(error, GlobusAPIError) else ""
    note = f"while the directory {path!r} was listed" + (f"; {_ADVICE[code]}" if code in _ADVICE else "")
    notes: list[str] = getattr(error, "__notes__", [])
    if note not in notes:
        # Python 3.10 has no add_note, and shows none; who reads the attribute finds it all the same.
        vars(error)["__notes__"] = [*notes, note]


def _last(error: GlobusAPIError) -> str:
    return error.code.rpartition(".")[2]
