"""Globus Groups."""

# The names are written by tools/names.py, from the `__all__` of the modules.

from typing import TYPE_CHECKING

from globus_typed.core.lazy import lazy

if TYPE_CHECKING:
    from globus_typed.groups.async_client import AsyncGroupsClient, AsyncGroupsManager
    from globus_typed.groups.client import GroupsClient, GroupsManager
    from globus_typed.groups.documents.actions import (
        AddAction,
        AddFields,
        BatchMembershipActions,
        ChangeRoleAction,
        ChangeRoleFields,
        IdentityAction,
        IdentityFields,
        InviteAction,
        InviteFields,
        StatusAction,
        StatusFields,
    )
    from globus_typed.groups.documents.by_identity import (
        IdentityPreferences,
        IdentityPreferencesMap,
        IdentityPreferencesMapUpdate,
        IdentityPreferencesUpdate,
        MembershipFields,
        MembershipFieldsMap,
        MembershipFieldsMapUpdate,
        MembershipFieldsUpdate,
        PreferencesFields,
    )
    from globus_typed.groups.documents.enums import (
        GroupMemberVisibility,
        GroupRequiredSignupFields,
        GroupRole,
        GroupVisibility,
    )
    from globus_typed.groups.documents.group import (
        Group,
        GroupChildren,
        GroupCreate,
        GroupList,
        GroupStatuses,
        GroupType,
        GroupUpdate,
        SessionTimeout,
        StatusCounts,
    )
    from globus_typed.groups.documents.membership import (
        AllowedActions,
        Membership,
        MembershipActionError,
        MembershipActionResult,
        MembershipRole,
        MembershipStatus,
    )
    from globus_typed.groups.documents.policies import (
        GroupPolicies,
        GroupPoliciesUpdate,
        PartialGroupPolicies,
        PoliciesFields,
    )
    from globus_typed.groups.documents.subscription import (
        ConnectorInfo,
        SubscriptionGroup,
        SubscriptionInfo,
        SubscriptionVerified,
        SubscriptionVerifiedUpdate,
    )
    from globus_typed.groups.errors import FailedMembershipAction, GroupsAPIError, MembershipActionsFailedError
    from globus_typed.groups.scopes import GroupsScopes, NexusScopes
else:  # a module with __getattr__ has, to a type checker, every name there is
    __getattr__, __dir__ = lazy(
        __name__,
        {
            "globus_typed.groups.async_client": ("AsyncGroupsClient AsyncGroupsManager"),
            "globus_typed.groups.client": ("GroupsClient GroupsManager"),
            "globus_typed.groups.documents.actions": (
                "AddAction AddFields BatchMembershipActions ChangeRoleAction ChangeRoleFields "
                "IdentityAction IdentityFields InviteAction InviteFields StatusAction StatusFields"
            ),
            "globus_typed.groups.documents.by_identity": (
                "IdentityPreferences IdentityPreferencesMap IdentityPreferencesMapUpdate "
                "IdentityPreferencesUpdate MembershipFields MembershipFieldsMap MembershipFieldsMapUpdate "
                "MembershipFieldsUpdate PreferencesFields"
            ),
            "globus_typed.groups.documents.enums": (
                "GroupMemberVisibility GroupRequiredSignupFields GroupRole GroupVisibility"
            ),
            "globus_typed.groups.documents.group": (
                "Group GroupChildren GroupCreate GroupList GroupStatuses GroupType GroupUpdate "
                "SessionTimeout StatusCounts"
            ),
            "globus_typed.groups.documents.membership": (
                "AllowedActions Membership MembershipActionError MembershipActionResult MembershipRole MembershipStatus"
            ),
            "globus_typed.groups.documents.policies": (
                "GroupPolicies GroupPoliciesUpdate PartialGroupPolicies PoliciesFields"
            ),
            "globus_typed.groups.documents.subscription": (
                "ConnectorInfo SubscriptionGroup SubscriptionInfo SubscriptionVerified SubscriptionVerifiedUpdate"
            ),
            "globus_typed.groups.errors": ("FailedMembershipAction GroupsAPIError MembershipActionsFailedError"),
            "globus_typed.groups.scopes": ("GroupsScopes NexusScopes"),
        },
    )

__all__ = [
    "AddAction",
    "AddFields",
    "AllowedActions",
    "AsyncGroupsClient",
    "AsyncGroupsManager",
    "BatchMembershipActions",
    "ChangeRoleAction",
    "ChangeRoleFields",
    "ConnectorInfo",
    "FailedMembershipAction",
    "Group",
    "GroupChildren",
    "GroupCreate",
    "GroupList",
    "GroupMemberVisibility",
    "GroupPolicies",
    "GroupPoliciesUpdate",
    "GroupRequiredSignupFields",
    "GroupRole",
    "GroupStatuses",
    "GroupType",
    "GroupUpdate",
    "GroupVisibility",
    "GroupsAPIError",
    "GroupsClient",
    "GroupsManager",
    "GroupsScopes",
    "IdentityAction",
    "IdentityFields",
    "IdentityPreferences",
    "IdentityPreferencesMap",
    "IdentityPreferencesMapUpdate",
    "IdentityPreferencesUpdate",
    "InviteAction",
    "InviteFields",
    "Membership",
    "MembershipActionError",
    "MembershipActionResult",
    "MembershipActionsFailedError",
    "MembershipFields",
    "MembershipFieldsMap",
    "MembershipFieldsMapUpdate",
    "MembershipFieldsUpdate",
    "MembershipRole",
    "MembershipStatus",
    "NexusScopes",
    "PartialGroupPolicies",
    "PoliciesFields",
    "PreferencesFields",
    "SessionTimeout",
    "StatusAction",
    "StatusCounts",
    "StatusFields",
    "SubscriptionGroup",
    "SubscriptionInfo",
    "SubscriptionVerified",
    "SubscriptionVerifiedUpdate",
]
