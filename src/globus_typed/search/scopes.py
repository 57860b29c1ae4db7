"""The scopes of Globus Search."""

from typing import Final

from globus_typed.scopes.collection import StaticScopeCollection
from globus_typed.scopes.scope import ScopeString

__all__ = ["SearchScopes"]


class _SearchScopes(StaticScopeCollection):
    """Scopes of Globus Search."""

    resource_server = "search.api.globus.org"
    """The service that tokens for these scopes are for: the key in `TokenResponse.by_resource_server`."""
    all: Final = ScopeString("urn:globus:auth:scope:search.api.globus.org:all")
    """Everything the user is allowed to do."""
    globus_connect_server: Final = ScopeString("urn:globus:auth:scope:search.api.globus.org:globus_connect_server")
    """Everything that Globus Connect Server does with the service."""
    ingest: Final = ScopeString("urn:globus:auth:scope:search.api.globus.org:ingest")
    """Ingest documents into indices."""
    search: Final = ScopeString("urn:globus:auth:scope:search.api.globus.org:search")
    """Search indices."""


SearchScopes: Final = _SearchScopes()
"""Scopes of Globus Search."""
