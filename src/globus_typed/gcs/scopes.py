"""The scopes of Globus Connect Server 5: of its collections and endpoints."""

from uuid import UUID

from globus_typed.core.base_errors import GlobusUsageError
from globus_typed.scopes.collection import DynamicScopeCollection
from globus_typed.scopes.scope import ScopeString

__all__ = ["CollectionScopes", "GCSCollectionScopes", "GCSEndpointScopes"]


class CollectionScopes(DynamicScopeCollection):
    """Scopes of one collection of Globus Connect Server 5.

    Parameters: `collection_id`, a UUID.
    """

    data_access: ScopeString
    """Allow Transfer to access its data: a dependency of `TransferScopes.all`, usually needed for mapped collections.
    """
    https: ScopeString
    """Read and write its files over HTTPS, with a separate token."""

    def __init__(self, collection_id: str | UUID) -> None:
        collection = _id("collection_id", collection_id)
        super().__init__(collection)
        self.data_access = ScopeString(f"https://auth.globus.org/scopes/{collection}/data_access")
        self.https = ScopeString(f"https://auth.globus.org/scopes/{collection}/https")


GCSCollectionScopes = CollectionScopes


class GCSEndpointScopes(DynamicScopeCollection):
    """Scopes of one endpoint of Globus Connect Server 5.

    Parameters: `endpoint_id`, a UUID.
    """

    manage_collections: ScopeString
    """Manage the collections of the endpoint."""

    def __init__(self, endpoint_id: str | UUID) -> None:
        endpoint = _id("endpoint_id", endpoint_id)
        super().__init__(endpoint)
        self.manage_collections = ScopeString(f"urn:globus:auth:scope:{endpoint}:manage_collections")


def _id(name: str, value: str | UUID) -> str:
    try:
        return str(UUID(str(value)))
    except ValueError:
        raise GlobusUsageError(f"{name}: must be a UUID, got {value!r}") from None
