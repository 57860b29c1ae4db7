"""The actions on memberships: who may do each, and what it makes of which status."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from globus_typed.sandbox.groups.store.group import Membership, Role, SandboxGroup, Status

__all__ = ["ACTIONS", "NEEDED", "OWN", "Actor", "Failure", "Given", "act"]

NEEDED: Mapping[str, tuple[Role, ...]] = {
    "add": ("manager", "admin"),
    "approve": ("manager", "admin"),
    "change_role": ("admin",),
    "invite": ("manager", "admin"),
    "reject": ("manager", "admin"),
    "remove": ("manager", "admin"),
}
"""The roles one of which the actor must have, by the action."""

OWN: Mapping[str, tuple[Status | None, ...]] = {
    "accept": ("invited",),
    "decline": ("invited",),
    "join": (),
    "leave": ("active",),
    "request_join": (None, "rejected", "removed", "left", "declined"),
}
"""The actions on a membership of the actor's own, with the statuses that they are for."""

ACTIONS = (*sorted({*NEEDED, *OWN}),)


class Failure(NamedTuple):
    """Why an action on one membership fails."""

    code: str
    detail: str


@dataclass(frozen=True)
class Given:
    """One action, as it was asked for."""

    identity_id: str
    role: Role | None = None
    status_reason: str | None = None
    invite_email_address: str | None = None


@dataclass(frozen=True)
class Actor:
    """Whoever acts: the ids of all their identities, whether some are unknown or do not want to be added."""

    ids: frozenset[str]
    exists: Callable[[str], bool]
    allows_add: Callable[[str], bool]

    def role_in(self, group: SandboxGroup) -> Role | None:
        """The highest role that one of the identities has."""
        roles = {group.role_of(id) for id in self.ids}
        return next((role for role in _ROLES if role in roles), None)


_ROLES: tuple[Role, ...] = ("admin", "manager", "member")


def act(action: str, given: Given, group: SandboxGroup, actor: Actor, now: float) -> Membership | Failure:
    """The membership as the action makes it, or why it does not."""
    there = group.memberships.get(given.identity_id)
    failure = _failure(action, given, group, actor, there)
    if failure is not None:
        return failure
    status = _STATUSES[action]
    made = there or Membership(given.identity_id, "member", status, now)
    changed = replace(made, status=status, updated=now, status_reason=given.status_reason)
    if given.role is not None:
        changed = replace(changed, role=given.role)
    elif action == "request_join":
        changed = replace(changed, role="member")
    if action == "invite":
        changed = replace(changed, invite_time=now, invite_email_address=given.invite_email_address)
    return changed


_STATUSES: Mapping[str, Status] = {
    "accept": "active",
    "add": "active",
    "approve": "active",
    "change_role": "active",
    "decline": "declined",
    "invite": "invited",
    "join": "active",
    "leave": "left",
    "reject": "rejected",
    "remove": "removed",
    "request_join": "pending",
}


def _failure(action: str, given: Given, group: SandboxGroup, actor: Actor, there: Membership | None) -> Failure | None:
    status = None if there is None else there.status
    if action in OWN:
        if given.identity_id not in actor.ids:
            return Failure("NOT_OWN_IDENTITY", "This identity is not one of yours")
        return _own_failure(action, given, group, status)
    if there is None and action not in ("add", "invite"):
        return Failure("NO_MEMBERSHIP", "This identity is not in the group")
    if action in ("add", "invite"):
        return _new_failure(action, given, group, actor, status)
    if action in ("approve", "reject"):
        return None if status == "pending" else Failure("NOT_PENDING", "This identity has not requested to join")
    if action == "change_role":
        if status != "active":
            return Failure("NOT_ACTIVE", "This identity is no active member")
        return _last_admin(group, given.identity_id) if given.role != "admin" else None
    if given.identity_id in actor.ids:
        return Failure("CANNOT_REMOVE_SELF", "Nobody removes themselves; leave the group instead")
    if status not in ("active", "invited"):
        return Failure("NOT_ACTIVE", "This identity is neither an active member nor invited")
    if group.role_of(given.identity_id) == "admin" and actor.role_in(group) != "admin":
        return Failure("NOT_PERMITTED", "Only admins remove admins")
    return None


def _own_failure(action: str, given: Given, group: SandboxGroup, status: Status | None) -> Failure | None:
    if action == "join":
        return Failure("JOIN_NOT_ALLOWED", "Nobody joins this group without being added, invited or approved")
    if action == "leave":
        if status != "active":
            return Failure("NOT_ACTIVE", "This identity is no active member")
        return _last_admin(group, given.identity_id)
    if action in ("accept", "decline") and status != "invited":
        return Failure("NOT_INVITED", "This identity is not invited")
    if action == "request_join":
        if status == "active":
            return _ACTIVE
        if status == "pending":
            return Failure("ALREADY_PENDING", "This identity has requested to join already")
        if not group.policies.join_requests:
            return Failure("JOIN_REQUESTS_DISABLED", "The group takes no requests to join")
        if status not in OWN[action]:
            return Failure("ALREADY_INVITED", "This identity is invited: accept the invitation")
    if action != "decline":
        filled = group.fields.get(given.identity_id, {})
        if missing := [name for name in group.policies.signup_fields if not filled.get(name)]:
            return Failure("MISSING_MEMBERSHIP_FIELDS", f"Fill in first: {', '.join(missing)}")
    return None


def _new_failure(action: str, given: Given, group: SandboxGroup, actor: Actor, status: Status | None) -> Failure | None:
    if not actor.exists(given.identity_id):
        return Failure("IDENTITY_NOT_FOUND", "There is no such identity")
    if status == "active":
        return _ACTIVE
    if given.role != "member" and actor.role_in(group) != "admin":
        return Failure("NOT_PERMITTED", "Only admins give a role above member")
    if action == "invite":
        if status == "invited":
            return Failure("ALREADY_INVITED", "This identity is invited already")
        return Failure("ALREADY_PENDING", "This identity waits for approval") if status == "pending" else None
    if status == "left":
        return Failure("PREVIOUSLY_LEFT", "This identity has left the group; invite it")
    if not actor.allows_add(given.identity_id):
        return Failure("ADD_NOT_ALLOWED", "This identity does not want to be added to groups; invite it")
    return None


_ACTIVE = Failure("ALREADY_ACTIVE", "This identity is an active member already")


def _last_admin(group: SandboxGroup, identity_id: str) -> Failure | None:
    if group.admins() == [identity_id]:
        return Failure("LAST_ADMIN", "This is the last admin of the group")
    return None
