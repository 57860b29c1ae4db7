"""The scopes of collections of Globus Connect Server 5."""

from uuid import UUID

__all__ = ["CollectionScopes"]


class CollectionScopes:
    """Scopes of one collection of Globus Connect Server 5.

    Parameters: `collection_id`, a UUID.
    """

    resource_server: str
    """The collection, which tokens for these scopes are for: the key in `TokenResponse.by_resource_server`."""
    data_access: str
    """Allow Transfer to access its data: a dependency of `TransferScopes.all`, usually needed for mapped collections.
    """
    https: str
    """Read and write its files over HTTPS, with a separate token."""

    def __init__(self, collection_id: str | UUID) -> None:
        try:
            collection = UUID(str(collection_id))
        except ValueError:
            raise ValueError(f"collection_id: must be a UUID, got {collection_id!r}") from None
        self.resource_server = str(collection)
        self.data_access = f"https://auth.globus.org/scopes/{collection}/data_access"
        self.https = f"https://auth.globus.org/scopes/{collection}/https"
