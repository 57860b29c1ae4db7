"""The scopes of Globus Groups."""

from typing import Final

__all__ = ["GroupsScopes"]


class GroupsScopes:
    """Scopes of Globus Groups."""

    resource_server: Final = "groups.api.globus.org"
    """The service that tokens for these scopes are for: the key in `TokenResponse.by_resource_server`."""
    all: Final = "urn:globus:auth:scope:groups.api.globus.org:all"
    """Everything the user is allowed to do."""
    view_my_groups_and_memberships: Final = "urn:globus:auth:scope:groups.api.globus.org:view_my_groups_and_memberships"
    """Read the user's groups and memberships."""
