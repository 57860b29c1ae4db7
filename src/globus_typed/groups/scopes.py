"""The scopes of Globus Groups."""

from typing import Final

from globus_typed.scopes.collection import StaticScopeCollection
from globus_typed.scopes.scope import ScopeString

__all__ = ["GroupsScopes", "NexusScopes"]


class _GroupsScopes(StaticScopeCollection):
    """Scopes of Globus Groups."""

    resource_server = "groups.api.globus.org"
    """The service that tokens for these scopes are for: the key in `TokenResponse.by_resource_server`."""
    all: Final = ScopeString("urn:globus:auth:scope:groups.api.globus.org:all")
    """Everything the user is allowed to do."""
    view_my_groups_and_memberships: Final = ScopeString(
        "urn:globus:auth:scope:groups.api.globus.org:view_my_groups_and_memberships"
    )
    """Read the user's groups and memberships."""


GroupsScopes: Final = _GroupsScopes()
"""Scopes of Globus Groups."""


class _NexusScopes(StaticScopeCollection):
    """Scopes of Nexus, the service before Globus Groups."""

    resource_server = "nexus.api.globus.org"
    """The service that tokens for these scopes are for: the key in `TokenResponse.by_resource_server`."""
    groups: Final = ScopeString("urn:globus:auth:scope:nexus.api.globus.org:groups")
    """Everything about groups that the user is allowed to do."""


NexusScopes: Final = _NexusScopes()
"""Scopes of Nexus, the service before Globus Groups."""
