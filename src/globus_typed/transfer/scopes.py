"""The scopes of Globus Transfer."""

from typing import Final

from globus_typed.scopes.collection import StaticScopeCollection
from globus_typed.scopes.scope import ScopeString

__all__ = ["TransferScopes"]


class _TransferScopes(StaticScopeCollection):
    """Scopes of Globus Transfer."""

    resource_server = "transfer.api.globus.org"
    """The service that tokens for these scopes are for: the key in `TokenResponse.by_resource_server`."""
    all: Final = ScopeString("urn:globus:auth:scope:transfer.api.globus.org:all")
    """Everything the user is allowed to do."""
    gcp_install: Final = ScopeString("urn:globus:auth:scope:transfer.api.globus.org:gcp_install")
    """Install Globus Connect Personal: create its collection."""


TransferScopes: Final = _TransferScopes()
"""Scopes of Globus Transfer."""
