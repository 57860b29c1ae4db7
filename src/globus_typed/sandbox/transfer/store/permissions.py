"""The permissions on a collection: its roles and access rules."""

import time
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from threading import RLock
from typing import Literal

from globus_typed.sandbox.auth.state import SandboxUser
from globus_typed.sandbox.transfer.paths import Parts, parts_of
from globus_typed.sandbox.transfer.responses import Json, task_time

__all__ = ["ROLES", "AccessRule", "Permissions", "Role", "RoleName"]

RoleName = Literal["administrator", "access_manager", "activity_manager", "activity_monitor"]

# with the other roles that each of them is worth
ROLES: Mapping[RoleName, tuple[RoleName, ...]] = {
    "administrator": ("access_manager", "activity_manager", "activity_monitor"),
    "access_manager": (),
    "activity_manager": ("activity_monitor",),
    "activity_monitor": (),
}

# who holds one of these gives the rules, and so has all that a rule can give
_WITH_ACCESS = ("administrator", "access_manager")


def _new_id() -> str:
    return str(uuid.uuid4())


@dataclass(frozen=True)
class Role:
    """A role that an identity or a group has on a collection."""

    principal_type: Literal["identity", "group"]
    principal: str
    role: RoleName
    id: str = field(default_factory=_new_id)

    def document(self) -> Json:
        return {
            "DATA_TYPE": "role",
            "id": self.id,
            "principal_type": self.principal_type,
            "principal": self.principal,
            "role": self.role,
        }

    def access_document(self) -> Json:
        """The rule that the role is worth, in a list of access rules."""
        return {
            "DATA_TYPE": "access",
            "id": None,
            "principal_type": self.principal_type,
            "principal": self.principal,
            "path": "/",
            "permissions": "rw",
            "role_id": self.id,
            "role_type": self.role,
            "create_time": None,
            "expiration_date": None,
        }


@dataclass(frozen=True)
class AccessRule:
    """A rule that lets somebody read, or read and write, a directory with all that is in it, or a single file.

    Times are in seconds since the epoch; from its `expiration` on a rule is gone.
    """

    principal_type: Literal["identity", "group", "all_authenticated_users", "anonymous"]
    principal: str
    path: str
    permissions: Literal["r", "rw"]
    created: float
    expiration: float | None = None
    id: str = field(default_factory=_new_id)

    @cached_property
    def parts(self) -> Parts:
        return parts_of(self.path)

    def covers(self, parts: Parts) -> bool:
        if self.path.endswith("/"):
            return parts[: len(self.parts)] == self.parts
        return parts == self.parts

    def document(self) -> Json:
        return {
            "DATA_TYPE": "access",
            "id": self.id,
            "principal_type": self.principal_type,
            "principal": self.principal,
            "path": self.path,
            "permissions": self.permissions,
            "role_id": None,
            "role_type": None,
            "create_time": task_time(self.created),
            "expiration_date": None if self.expiration is None else task_time(self.expiration),
        }


class Permissions:
    """Roles and access rules of one collection; every method may be called from any thread.

    `groups` has the members, by their identity ids, of every group; `clock` gives seconds since the epoch.
    """

    def __init__(
        self, groups: Mapping[str, Collection[str]] | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self._groups: Mapping[str, Collection[str]] = {} if groups is None else groups
        self._clock = clock
        self._lock = RLock()
        self._roles: dict[str, Role] = {}
        self._rules: dict[str, AccessRule] = {}

    def roles(self) -> list[Role]:
        with self._lock:
            return list(self._roles.values())

    def add_role(self, role: Role) -> bool:
        """Give a role; False when the principal has it already."""
        with self._lock:
            key = (role.principal_type, role.principal, role.role)
            if any((each.principal_type, each.principal, each.role) == key for each in self._roles.values()):
                return False
            self._roles[role.id] = role
            return True

    def remove_role(self, id: str) -> None:
        with self._lock:
            self._roles.pop(id, None)

    def rules(self) -> list[AccessRule]:
        """The rules that have not expired, in the order in which they were made."""
        now = self._clock()
        with self._lock:
            for rule in list(self._rules.values()):
                if rule.expiration is not None and rule.expiration <= now:
                    del self._rules[rule.id]
            return list(self._rules.values())

    def add_rule(self, rule: AccessRule) -> bool:
        """Make a rule; False when its principal has one for the same path."""
        with self._lock:
            if any(_same_subject(each, rule) for each in self.rules()):
                return False
            self._rules[rule.id] = rule
            return True

    def replace_rule(self, rule: AccessRule) -> None:
        """Exchange the rule with this id, unless it is gone."""
        with self._lock:
            if rule.id in self._rules:
                self._rules[rule.id] = rule

    def remove_rule(self, id: str) -> None:
        with self._lock:
            self._rules.pop(id, None)

    def held_by(self, user: SandboxUser) -> set[RoleName]:
        """The roles that the user has, personally or by a group, with those that they are worth."""
        held: set[RoleName] = set()
        for role in self.roles():
            if self._is(user, role.principal_type, role.principal):
                held |= {role.role, *ROLES[role.role]}
        return held

    def grants(self, user: SandboxUser, parts: Parts | None, *, write: bool) -> bool:
        """Whether a rule or role lets the user read, or write, this path, or any path when `parts` is None."""
        if not self.held_by(user).isdisjoint(_WITH_ACCESS):
            return True
        return any(
            (parts is None or rule.covers(parts)) and (not write or rule.permissions == "rw")
            for rule in self._rules_for(user)
        )

    def grants_anybody(self, parts: Parts | None, *, write: bool) -> bool:
        """Whether a rule lets those read, or write, this path, or any path, who do not say who they are."""
        return any(
            rule.principal_type == "anonymous"
            and (parts is None or rule.covers(parts))
            and (not write or rule.permissions == "rw")
            for rule in self.rules()
        )

    def shared_with(self, user: SandboxUser) -> bool:
        """Whether the user personally, or one of the user's groups, has a role or a rule."""
        rules = (rule for rule in self._rules_for(user) if rule.principal_type in ("identity", "group"))
        return bool(self.held_by(user)) or any(rules)

    def _rules_for(self, user: SandboxUser) -> Iterable[AccessRule]:
        return (rule for rule in self.rules() if self._is(user, rule.principal_type, rule.principal))

    def _is(self, user: SandboxUser, principal_type: str, principal: str) -> bool:
        if principal_type == "identity":
            return user.id == principal
        if principal_type == "group":
            return user.id in self._groups.get(principal, ())
        return True


def _same_subject(one: AccessRule, other: AccessRule) -> bool:
    return (one.principal_type, one.principal, one.parts, one.path.endswith("/")) == (
        other.principal_type,
        other.principal,
        other.parts,
        other.path.endswith("/"),
    )
