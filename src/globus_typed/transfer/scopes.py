"""The scopes of Globus Transfer."""

from typing import Final

__all__ = ["TransferScopes"]


class TransferScopes:
    """Scopes of Globus Transfer."""

    resource_server: Final = "transfer.api.globus.org"
    """The service that tokens for these scopes are for: the key in `TokenResponse.by_resource_server`."""
    all: Final = "urn:globus:auth:scope:transfer.api.globus.org:all"
    """Everything the user is allowed to do."""
