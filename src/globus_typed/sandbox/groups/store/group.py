"""`SandboxGroup`: a group with its policies and memberships."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Literal

__all__ = ["Membership", "Policies", "Role", "SandboxGroup", "Status", "group_time", "new_id"]

Role = Literal["member", "manager", "admin"]
Status = Literal["active", "invited", "pending", "rejected", "removed", "left", "declined"]
Json = dict[str, object]


def new_id() -> str:
    """The id of a new group."""
    return str(uuid.uuid4())


def group_time(seconds: float) -> str:
    """A time as the documents of Groups have it."""
    return datetime.fromtimestamp(int(seconds), timezone.utc).isoformat()


@dataclass(frozen=True)
class Policies:
    """The policies of a group; times in seconds."""

    is_high_assurance: bool = False
    authentication_assurance_timeout: int | None = 28800
    group_visibility: Literal["authenticated", "private"] = "private"
    group_members_visibility: Literal["members", "managers"] = "managers"
    join_requests: bool = False
    signup_fields: tuple[str, ...] = ()

    def document(self) -> Json:
        return {
            "is_high_assurance": self.is_high_assurance,
            "authentication_assurance_timeout": self.authentication_assurance_timeout,
            "group_visibility": self.group_visibility,
            "group_members_visibility": self.group_members_visibility,
            "join_requests": self.join_requests,
            "signup_fields": [*self.signup_fields],
        }


@dataclass(frozen=True)
class Membership:
    """The membership of an identity, as it is after the last change. Times are in seconds since the epoch."""

    identity_id: str
    role: Role
    status: Status
    updated: float
    status_reason: str | None = None
    invite_email_address: str | None = None
    invite_time: float | None = None
    source_group_id: str | None = None
    """The subgroup that the identity is a member of, where that alone makes it one of this group."""


@dataclass
class SandboxGroup:
    """A group of the sandbox."""

    name: str
    id: str = field(default_factory=new_id)
    """The id, which access rules and roles of other services name as their principal."""
    description: str | None = None
    terms_and_conditions: str | None = None
    parent_id: str | None = None
    policies: Policies = Policies()
    enforce_session: bool = False
    """Whether the logins of those who act on the group must be recent."""
    session_limit: int = 28800
    """For how many seconds they are."""
    subscription_id: str | None = None
    """The subscription whose group this is."""
    managed_by: frozenset[str] = frozenset()
    """The ids of the identities that manage that subscription without being among the members."""
    verified_id: str | None = None
    memberships: dict[str, Membership] = field(default_factory=dict[str, Membership])
    """Those of the group itself, by the ids of the identities."""
    fields: dict[str, dict[str, str | None]] = field(default_factory=dict[str, dict[str, "str | None"]])
    """The sign-up fields that identities have filled in, by their ids."""
    logins_before: int | None = None
    """The number of logins when a new one was demanded; None where none was."""

    def role_of(self, identity_id: str) -> Role | None:
        """The role of an active member; None for anybody else."""
        membership = self.memberships.get(identity_id)
        return membership.role if membership is not None and membership.status == "active" else None

    def admins(self) -> list[str]:
        """The ids of the active admins."""
        return [id for id in self.memberships if self.role_of(id) == "admin"]

    @property
    def login_lasts(self) -> int | None:
        """For how many seconds a login is recent enough to act on the group; None where none has to be."""
        limits = [self.session_limit] if self.enforce_session else []
        if self.policies.is_high_assurance and self.policies.authentication_assurance_timeout is not None:
            limits.append(self.policies.authentication_assurance_timeout)
        return min(limits, default=None)
