"""The scopes of Globus Groups."""

from typing import Final

__all__ = ["GroupsScopes"]


class GroupsScopes:
    """Scopes of Globus Groups."""

    all: Final = "urn:globus:auth:scope:groups.api.globus.org:all"
    """Everything the user is allowed to do."""
    view_my_groups_and_memberships: Final = "urn:globus:auth:scope:groups.api.globus.org:view_my_groups_and_memberships"
    """Read the user's groups and memberships."""
