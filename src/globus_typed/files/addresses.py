"""Where a collection serves its files, what token it takes, and why it may serve none."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from globus_typed.core.authorizers import GlobusAuthorizer, no_authorizer
from globus_typed.core.lazy import Later
from globus_typed.errors import GlobusUsageError
from globus_typed.files.paths import Address, https_address, is_loopback

if TYPE_CHECKING:
    from globus_typed.transfer.documents import Endpoint
else:
    documents = Later("globus_typed.transfer.documents")
    Endpoint = object

__all__ = ["checked_server", "check_authorizer", "server_of"]


def checked_server(https_server: object) -> str:
    """The origin of a given address; `GlobusUsageError` for one with a path, or that no token may go to."""
    address = https_address(https_server, "https_server")
    if address.path not in ("", "/"):
        raise GlobusUsageError(
            f"https_server: must be the address of the collection, without a path, got {https_server!r}; "
            "CollectionFiles.from_url takes the URL of a file"
        )
    return address.origin


def check_authorizer(authorizer: GlobusAuthorizer, collection_id: str | None) -> None:
    """Refuse an authorizer that is known to be of another resource server than the collection."""
    problem = no_authorizer(authorizer)
    if problem:
        raise GlobusUsageError(problem)
    server: object = getattr(authorizer, "resource_server", None)
    if isinstance(server, str) and collection_id is not None and server != collection_id:
        raise GlobusUsageError(
            f"authorizer: its tokens are for {server}, and files over HTTPS need one for the collection itself, "
            f"{collection_id}, with the scope https: CollectionScopes(collection_id).https"
        )


def server_of(endpoint: "Endpoint", *, loopback: bool) -> str:
    """The origin that the document of a collection names; `GlobusUsageError` for one that serves no files by HTTPS.

    Parameters: `loopback`, whether the document comes from this machine, and so may name it.
    """
    if not endpoint.https_server:
        kind = endpoint.entity_type or "an endpoint"
        reason = {
            "GCP_mapped_collection": "Globus Connect Personal has no HTTPS access",
            "GCP_guest_collection": "Globus Connect Personal has no HTTPS access",
            "GCSv5_endpoint": "it is an endpoint, and files are in its collections",
        }.get(kind, "HTTPS access is off, or kept to high assurance; its administrator may turn it on (enable_https)")
        raise GlobusUsageError(f"collection_id: {endpoint.id} ({kind}) serves no files over HTTPS: {reason}")
    address: Address = https_address(endpoint.https_server, "https_server", loopback=loopback)
    return address.origin


def is_local(url: str) -> bool:
    """Whether a URL leads to this machine."""
    return is_loopback(urlsplit(url).hostname or "")
