"""The documents that Groups sends."""

from collections.abc import Collection, Mapping

from globus_typed.sandbox.auth.state import Caller
from globus_typed.sandbox.groups.state import ALL, GroupsState
from globus_typed.sandbox.groups.store.actions import ACTIONS, NEEDED, OWN, Actor
from globus_typed.sandbox.groups.store.group import Membership, SandboxGroup, group_time

__all__ = ["INCLUDED", "group_document", "membership_document", "subscription_document"]

INCLUDED = ("memberships", "my_memberships", "policies", "allowed_actions", "child_ids")
"""The members of a group document that it has only where they are asked for."""

Json = dict[str, object]


def group_document(
    state: GroupsState,
    caller: Caller,
    group: SandboxGroup,
    include: Collection[str] = (),
    statuses: Collection[str] | None = None,
) -> Json:
    """A group as a caller sees it, with the parts that are asked for; of what may not be seen there is nothing.

    Parameters: `statuses`, of the caller's memberships in it (None: all).
    """
    user = caller.user
    document: Json = {
        "id": group.id,
        "name": group.name,
        "description": group.description,
        "terms_and_conditions": group.terms_and_conditions,
        "parent_id": group.parent_id,
        "group_type": "regular" if group.subscription_id is None else "plus",
        "enforce_session": group.enforce_session,
        "session_limit": group.session_limit,
        "session_timeouts": _session_timeouts(state, caller, group),
        "subscription_id": group.subscription_id,
        "subscription_info": None
        if group.subscription_id is None
        else {"name": group.name, "subscriber_name": "Sandbox Lab", **_subscription_info()},
        "subscription_admin_verified_id": group.verified_id,
    }
    if "policies" in include:
        document["policies"] = group.policies.document()
    if "my_memberships" in include:
        own = state.own_memberships(user, group, statuses)
        document["my_memberships"] = [membership_document(state, group, each) for each in own]
    if "memberships" in include and state.sees_members(user, group):
        document["memberships"] = [membership_document(state, group, each) for each in state.memberships(group)]
    if "allowed_actions" in include and ALL in caller.scopes:
        document["allowed_actions"] = _allowed_actions(state.actor(user), group)
    if "child_ids" in include:
        document["child_ids"] = [child.id for child in state.children(group.id)]
    return document


def membership_document(state: GroupsState, group: SandboxGroup, membership: Membership) -> Json:
    """A membership."""
    source = {} if membership.source_group_id is None else {"source_group_id": membership.source_group_id}
    return {
        "group_id": group.id,
        "identity_id": membership.identity_id,
        "username": state.username(membership.identity_id),
        "role": membership.role,
        "status": membership.status,
        **source,
        "status_reason": membership.status_reason,
        "invite_email_address": membership.invite_email_address,
        "updated": group_time(membership.updated),
        "invite_time": None if membership.invite_time is None else group_time(membership.invite_time),
        "membership_fields": group.fields.get(membership.identity_id, {}),
    }


def subscription_document(group: SandboxGroup) -> Json:
    """The group of a subscription, without the names of the subscriber."""
    return {
        "group_id": group.id,
        "subscription_id": group.subscription_id,
        "subscription_info": _subscription_info(),
    }


def _subscription_info() -> Json:
    return {"is_high_assurance": True, "is_baa": False, "connectors": {}}


def _session_timeouts(state: GroupsState, caller: Caller, group: SandboxGroup) -> Json:
    """How long the login of the identity in the session is recent enough."""
    if caller.login is None:
        return {}
    expires = caller.login.authenticated_at + (group.login_lasts or group.session_limit)
    left = max(0, int(expires - state.clock()))
    return {caller.user.id: {"expire_time": group_time(expires), "expires_in": left}}


def _allowed_actions(actor: Actor, group: SandboxGroup) -> Mapping[str, list[str]]:
    def allowed(action: str) -> list[str]:
        if action in NEEDED:
            return sorted(id for id in actor.ids if group.role_of(id) in NEEDED[action])
        if action == "request_join" and not group.policies.join_requests:
            return []
        statuses = {id: there.status for id, there in group.memberships.items()}
        return sorted(id for id in actor.ids if statuses.get(id) in OWN[action])

    return {action: allowed(action) for action in ACTIONS}
