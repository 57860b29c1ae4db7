"""The scopes of Globus Compute."""

from typing import Final

from globus_typed.scopes.collection import StaticScopeCollection
from globus_typed.scopes.scope import ScopeString

__all__ = ["ComputeScopes"]


class _ComputeScopes(StaticScopeCollection):
    """Scopes of Globus Compute."""

    resource_server = "funcx_service"
    """The service that tokens for these scopes are for: the key in `TokenResponse.by_resource_server`."""
    client_id: Final = "facd7ccc-c5f4-42aa-916b-a0e270e2c2a9"
    """The id of the service as a client of Globus Auth, a UUID."""
    all: Final = ScopeString("https://auth.globus.org/scopes/facd7ccc-c5f4-42aa-916b-a0e270e2c2a9/all")
    """Everything the user is allowed to do."""


ComputeScopes: Final = _ComputeScopes()
"""Scopes of Globus Compute."""
