"""Globus Groups as a service."""

from globus_typed.core.service import Service, hosts

SERVICE = Service(
    "groups",
    "Globus Groups",
    hosts=hosts("https://groups.api.globus.org/", "https://groups.api.{domain}/"),
    resource_server="groups.api.globus.org",
    default_scopes=("urn:globus:auth:scope:groups.api.globus.org:view_my_groups_and_memberships",),
    path_prefixes=("v2",),
    errors=("GroupsAPIError", "MembershipActionsFailedError"),
    exports=(
        "AsyncGroupsClient",
        "AsyncGroupsManager",
        "BatchMembershipActions",
        "Group",
        "GroupMemberVisibility",
        "GroupPolicies",
        "GroupRequiredSignupFields",
        "GroupRole",
        "GroupVisibility",
        "GroupsClient",
        "GroupsManager",
        "GroupsScopes",
        "Membership",
        "MembershipActionResult",
        "NexusScopes",
    ),
    foundations=frozenset({"fields"}),
)
