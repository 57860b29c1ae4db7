"""The scopes of Globus Groups."""

from typing import Final

__all__ = ["GroupsScopes"]


class GroupsScopes:
    """What a token may be allowed to do at Globus Groups."""

    all: Final = "urn:globus:auth:scope:groups.api.globus.org:all"
    """Everything that the user may do there."""
    view_my_groups_and_memberships: Final = "urn:globus:auth:scope:groups.api.globus.org:view_my_groups_and_memberships"
    """Read which groups the user is in."""
