"""Listings that were refused: which of them tell about one directory, and which about all that would come after."""

from dataclasses import dataclass

from globus_typed.errors import (
    AuthenticationError,
    ConsentRequiredError,
    GlobusAPIError,
    NotFoundError,
    PermissionDeniedError,
    ReauthenticationRequiredError,
)
from globus_typed.transfer.syncing.rows import SyncReason

__all__ = ["Unreadable", "unreadable"]

_LISTING = "ExternalError.DirListingFailed"
_OF_ALL = {"LoginFailed", "GCDisconnected", "ConnectFailed"}
_REASONS: dict[str, SyncReason] = {
    "PermissionDenied": "permission_denied",
    "NotDirectory": "not_directory",
    "NotFound": "not_found",
    "SizeLimit": "size_limit",
}


@dataclass(frozen=True)
class Unreadable:
    """A directory that could not be listed."""

    reason: SyncReason
    """The reason."""
    error: GlobusAPIError
    """The refusal."""


def unreadable(error: GlobusAPIError) -> Unreadable:
    """The directory that this refusal is about; the refusal itself is raised where others would meet the same."""
    if isinstance(error, (AuthenticationError, ConsentRequiredError, ReauthenticationRequiredError)):
        raise error
    general, _, special = error.code.rpartition(".")
    if isinstance(error, NotFoundError) and error.code != "EndpointNotFound":
        return Unreadable("not_found", error)
    if isinstance(error, PermissionDeniedError):
        return Unreadable("permission_denied", error)
    if _LISTING in (general, error.code) and special not in _OF_ALL:
        return Unreadable(_REASONS.get(special, "listing_failed"), error)
    raise error
