"""The sandbox's Groups service without HTTP: which groups there are, who is in them, and who may see and do what."""

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from threading import RLock
from typing import Any

from globus_typed.sandbox.auth.state import AuthState, Caller, SandboxUser, TokenRefused
from globus_typed.sandbox.groups.errors import GroupsRefused, bad_request, forbidden, invalid, not_found
from globus_typed.sandbox.groups.store.actions import NEEDED, Actor, Failure, Given, act
from globus_typed.sandbox.groups.store.group import Membership, Policies, Role, SandboxGroup
from globus_typed.sandbox.known_groups import KnownGroup

__all__ = ["ALL", "VIEW", "GroupsState"]

_SCOPE = "urn:globus:auth:scope:groups.api.globus.org:"
ALL = f"{_SCOPE}all"
VIEW = f"{_SCOPE}view_my_groups_and_memberships"

_MOST_MEMBERSHIPS = 1000
"""The active memberships with which one can still create groups."""


class GroupsState:
    """The groups of one sandbox; every method may be called from any thread. `clock` gives seconds since the epoch."""

    def __init__(self, auth: AuthState, *, clock: Callable[[], float] = time.time) -> None:
        self.auth = auth
        self.clock = clock
        self._lock = RLock()
        self._groups: dict[str, SandboxGroup] = {}
        self._children: dict[str, list[SandboxGroup]] = {}
        self.preferences: dict[str, bool | None] = {}
        """Whether identities may be added to groups, by their ids, as far as they have said so."""

    # Who calls

    def caller(self, authorization: str | None, *scopes: str) -> Caller:
        """The caller, whose token has one of the scopes; GroupsRefused 401 without a good token, 403 for another."""
        try:
            caller = self.auth.caller(authorization)
        except TokenRefused as refused:
            malformed = authorization is None or not authorization.lower().startswith("bearer ")
            code = "AUTHENTICATION_ERROR" if malformed else "INVALID_TOKEN"
            raise GroupsRefused(401, code, refused.reason) from None
        if caller.scopes.isdisjoint(scopes):
            detail = f"The token gives none of the scopes {', '.join(scopes)}"
            raise forbidden(detail, provided_scopes=sorted(caller.scopes))
        return caller

    def identities(self, user: SandboxUser) -> frozenset[str]:
        """The ids of all identities linked with this one."""
        return frozenset(each.id for each in self.auth.directory.identity_set(user))

    def actor(self, user: SandboxUser) -> Actor:
        """The user as one who acts on memberships."""
        return Actor(
            self.identities(user),
            lambda id: self.auth.directory.find_user(id=id) is not None,
            lambda id: self.preferences.get(id) is not False,
        )

    def username(self, identity_id: str) -> str:
        """The username of an identity."""
        return self.auth.directory.user(identity_id).username

    # Which groups there are

    def keep(self, group: SandboxGroup) -> None:
        """From now on there is this group; ValueError when the id is taken."""
        with self._lock:
            if group.id in self._groups:
                raise ValueError(f"id: there is a group with this id: {group.id}")
            self._groups[group.id] = group
            if group.parent_id is not None:
                self._children.setdefault(group.parent_id, []).append(group)

    def create(self, user: SandboxUser, group: SandboxGroup) -> None:
        """Make a group, whose admin is the user; GroupsRefused where the user may not."""
        with self._lock:
            if group.parent_id is not None:
                self.administered(user, group.parent_id)
            ids = self.identities(user)
            active = sum(each.role_of(id) is not None for each in self._groups.values() for id in ids)
            if active > _MOST_MEMBERSHIPS:
                raise bad_request(f"Who has more than {_MOST_MEMBERSHIPS} active memberships cannot create groups")
            group.memberships[user.id] = Membership(user.id, "admin", "active", self.clock())
            self.keep(group)

    def delete(self, user: SandboxUser, id: str) -> SandboxGroup:
        """Delete a group, as an admin of it; GroupsRefused 400 for one that has children."""
        with self._lock:
            group = self.administered(user, id)
            if self.children(group.id):
                raise bad_request("A group with groups below it cannot be deleted; delete those first")
            del self._groups[group.id]
            if group.parent_id is not None:
                self._children[group.parent_id].remove(group)
            return group

    def find(self, id: str) -> SandboxGroup | None:
        """The group with this id; None where there is none."""
        with self._lock:
            return self._groups.get(id.lower())

    def group(self, id: str) -> SandboxGroup:
        """The group with this id; GroupsRefused 404 where there is none."""
        group = self.find(id)
        if group is None:
            raise not_found("group", id)
        return group

    def groups(self) -> list[SandboxGroup]:
        with self._lock:
            return [*self._groups.values()]

    def children(self, id: str) -> list[SandboxGroup]:
        """The groups directly below a group."""
        with self._lock:
            return [*self._children.get(id, ())]

    def of_subscription(self, id: str) -> SandboxGroup | None:
        """The group of a subscription."""
        return next((each for each in self.groups() if each.subscription_id == id.lower()), None)

    # Who sees and does what

    def memberships(self, group: SandboxGroup) -> list[Membership]:
        """The memberships of a group, and those that the active members of groups below it have by that."""
        with self._lock:
            found = dict(group.memberships)
            for child in self.children(group.id):
                for each in self.memberships(child):
                    there = found.get(each.identity_id)
                    if each.status == "active" and (there is None or there.status != "active"):
                        implied = Membership(each.identity_id, "member", "active", each.updated)
                        found[each.identity_id] = replace(implied, source_group_id=child.id)
            return [*found.values()]

    def own_memberships(
        self, user: SandboxUser, group: SandboxGroup, statuses: Collection[str] | None = None
    ) -> list[Membership]:
        """The memberships of a user's identities, of these statuses (None: all)."""
        ids = self.identities(user)
        return [
            each
            for each in self.memberships(group)
            if each.identity_id in ids and (statuses is None or each.status in statuses)
        ]

    def sees(self, user: SandboxUser, group: SandboxGroup) -> bool:
        """Whether a user may see the group."""
        if group.policies.group_visibility == "authenticated":
            return True
        return bool(self.own_memberships(user, group, ("active", "invited", "pending")))

    def sees_members(self, user: SandboxUser, group: SandboxGroup) -> bool:
        """Whether a user may see its members."""
        role = self.actor(user).role_in(group)
        if group.policies.group_members_visibility == "managers":
            return role in ("manager", "admin")
        return bool(self.own_memberships(user, group, ("active",)))

    def seen(self, user: SandboxUser, id: str) -> SandboxGroup:
        """A group that a user may see; GroupsRefused 404 for none, 403 for another's private one."""
        group = self.group(id)
        if not self.sees(user, group):
            raise forbidden(f"The group {id} is private")
        return group

    def administered(self, user: SandboxUser, id: str) -> SandboxGroup:
        """A group that a user is an admin of."""
        group = self.group(id)
        if self.actor(user).role_in(group) != "admin":
            raise forbidden(f"You are no admin of the group {id}")
        return group

    def refuse_stale(self, caller: Caller, group: SandboxGroup) -> None:
        """GroupsRefused 401 with what the login must be, where it is not recent enough to act on the group."""
        login, limit = caller.login, group.login_lasts
        if group.logins_before is not None and login is not None and login.number > group.logins_before:
            group.logins_before = None
        old = group.logins_before is not None
        if login is not None and limit is not None:
            old = old or self.clock() - login.authenticated_at > limit
        if old:
            ids = [each.identity_id for each in self.own_memberships(caller.user, group)] or [caller.user.id]
            message = f"Log in again for the group {group.name}"
            parameters = {"session_message": message, "session_required_identities": ids}
            detail = "The login is not recent enough for this group"
            raise GroupsRefused(401, "SESSION_ENFORCEMENT_FAILED", detail, authorization_parameters=parameters)

    def demand_login(self, group_id: str) -> None:
        """Refuse every action on a group until the user has logged in again."""
        self.group(group_id).logins_before = self.auth.ledger.logins

    # Changes

    def set_policies(self, user: SandboxUser, id: str, changes: Mapping[str, object]) -> Policies:
        """Change policies of a group, as an admin of it."""
        with self._lock:
            group = self.administered(user, id)
            group.policies = policies_with(group.policies, changes)
            return group.policies

    def act(
        self, caller: Caller, id: str, actions: Mapping[str, Iterable[Given]]
    ) -> tuple[SandboxGroup, dict[str, list[Membership]], dict[str, list[tuple[str, Failure]]]]:
        """Carry out actions on memberships: those that were done, and why the others were not, each by the action.

        GroupsRefused where none is done: for an identity that is named twice, and where the caller may not do one.
        """
        with self._lock:
            group = self.group(id)
            wanted = {action: [*given] for action, given in actions.items()}
            named = Counter(each.identity_id for given in wanted.values() for each in given)
            if twice := sorted(id for id, times in named.items() if times > 1):
                detail = "identity_id: an identity is named more than once"
                raise bad_request(detail, ambiguous_identities=twice)
            actor = self.actor(caller.user)
            for action in wanted:
                if action in NEEDED and actor.role_in(group) not in NEEDED[action]:
                    needed = " or ".join(NEEDED[action])
                    raise forbidden(f"{action}: it takes an active {needed} of the group {id}")
            self.refuse_stale(caller, group)
            done: dict[str, list[Membership]] = {}
            failed: dict[str, list[tuple[str, Failure]]] = {}
            for action, given in wanted.items():
                done[action] = []
                for each in given:
                    found = act(action, each, group, actor, self.clock())
                    if isinstance(found, Failure):
                        failed.setdefault(action, []).append((each.identity_id, found))
                    else:
                        group.memberships[each.identity_id] = found
                        done[action].append(found)
            return group, done, failed

    def verify(self, user: SandboxUser, id: str, subscription_id: str | None) -> SandboxGroup:
        """Verify a group for a subscription, as who manages it, and the one that it is verified for."""
        with self._lock:
            group = self.group(id)
            for each in filter(None, (group.verified_id, subscription_id)):
                there = self.of_subscription(each)
                if there is None:
                    raise not_found("subscription", each)
                if self.actor(user).role_in(there) != "admin" and self.identities(user).isdisjoint(there.managed_by):
                    raise forbidden(f"You do not manage the subscription {each}")
            group.verified_id = subscription_id
            return group

    def clear_verified(self, group: SandboxGroup, sent: str | None) -> None:
        """Take the verification of a group back, as an admin of it; the value that there is may be sent too."""
        if sent not in (None, group.verified_id):
            place = ("body", "subscription_admin_verified_id")
            raise invalid(place, "subscription_admin_verified_id can only be null here, or as it is", sent)
        group.verified_id = sent

    def own(self, user: SandboxUser, ids: Iterable[str]) -> None:
        """GroupsRefused 403 unless these are ids of the user's identities."""
        if foreign := sorted(set(ids) - self.identities(user)):
            raise forbidden(f"These are no identities of yours: {', '.join(foreign)}")

    # For other services, and for tests

    def known(self, id: str) -> KnownGroup | None:
        """A group as other services know it."""
        group = self.find(id)
        if group is None:
            return None
        active = [each.identity_id for each in self.memberships(group) if each.status == "active"]
        users = (self.auth.directory.find_user(id=each) for each in active)
        members = frozenset(id for user in users if user is not None for id in self.identities(user))
        return KnownGroup(group.name, group.description, members)

    def add_group(
        self,
        name: str,
        admins: Iterable[SandboxUser],
        *,
        managers: Iterable[SandboxUser] = (),
        members: Iterable[SandboxUser] = (),
        group: SandboxGroup | None = None,
    ) -> SandboxGroup:
        """A new group with these active memberships; ValueError when the id is taken or there is no such parent."""
        group = group or SandboxGroup(name)
        roles: tuple[tuple[Role, Iterable[SandboxUser]], ...] = (
            ("member", members),
            ("manager", managers),
            ("admin", admins),
        )
        for role, users in roles:
            for user in users:
                group.memberships[user.id] = Membership(user.id, role, "active", self.clock())
        if group.parent_id is not None and self.find(group.parent_id) is None:
            raise ValueError(f"parent: there is no group {group.parent_id}")
        self.keep(group)
        return group


def policies_with(policies: Policies, changes: Mapping[str, object]) -> Policies:
    """The policies with these changes."""
    values: dict[str, Any] = dict(changes)
    if "signup_fields" in values:
        values["signup_fields"] = tuple(values["signup_fields"])
    return replace(policies, **values)
