"""Memberships: who belongs to a group, and how; and what became of actions on them."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field
from typing_extensions import Self

from globus_typed.core.documents import Document
from globus_typed.core.fields import NULL_IS_ABSENT, OPEN, AnswerId, Timestamp
from globus_typed.groups.documents.fields import null_as
from globus_typed.groups.errors import FailedMembershipAction, MembershipActionsFailedError

__all__ = [
    "AllowedActions",
    "Membership",
    "MembershipActionError",
    "MembershipActionResult",
    "MembershipRole",
    "MembershipStatus",
]

MembershipRole = Annotated[Literal["member", "manager", "admin"] | str, OPEN]
"""The role of a membership; other roles are possible."""

MembershipStatus = Annotated[
    Literal["active", "invited", "pending", "rejected", "removed", "left", "declined"] | str, OPEN
]
"""The status of a membership; other statuses are possible."""


class Membership(Document, frozen=True):
    """The membership of an identity in a group; of one that is not active too, such as an invitation."""

    group_id: AnswerId = ""
    """The id of the group, a UUID; empty where a response to an action left it out."""
    identity_id: AnswerId = ""
    """The id of the identity, a UUID; empty where a response to an action left it out."""
    username: str | None = None
    """The username of the identity."""
    role: MembershipRole | None = None
    """The role."""
    status: MembershipStatus | None = None
    """The status: only an active one makes the identity a member."""
    source_group_id: str | None = None
    """The id of the subgroup that the identity is a member of, where that makes it one of this group."""
    status_reason: str | None = None
    """The reason that was given with the last change of the status."""
    invite_email_address: str | None = None
    """The address that the invitation was sent to."""
    updated: Timestamp | None = None
    """The time of the last change."""
    invite_time: Timestamp | None = None
    """The time of the invitation."""
    membership_fields: dict[str, Any] | None = None
    """The sign-up fields that the identity has filled in, by their names."""


class AllowedActions(Document, frozen=True):
    """Which of the caller's identities may act on the memberships of a group; the target can still make it fail."""

    accept: list[str] | None = None
    """The ids of those that may accept an invitation."""
    add: list[str] | None = None
    """The ids of those that may add members."""
    approve: list[str] | None = None
    """The ids of those that may approve requests to join."""
    change_role: list[str] | None = None
    """The ids of those that may change roles."""
    decline: list[str] | None = None
    """The ids of those that may decline an invitation."""
    invite: list[str] | None = None
    """The ids of those that may invite."""
    join: list[str] | None = None
    """The ids of those that may join at once."""
    leave: list[str] | None = None
    """The ids of those that may leave."""
    reject: list[str] | None = None
    """The ids of those that may reject requests to join."""
    remove: list[str] | None = None
    """The ids of those that may remove members."""
    request_join: list[str] | None = None
    """The ids of those that may request to join."""


class MembershipActionError(Document, frozen=True):
    """An action on one membership that failed."""

    identity_id: AnswerId = ""
    """The id of the identity; empty where the response left it out."""
    code: str | None = None
    """The code, such as ``ALREADY_ACTIVE`` or ``NO_MEMBERSHIP``."""
    detail: str | None = None
    """A human-readable message."""


_Done = Annotated[list[Membership], NULL_IS_ABSENT]
_Errors = Annotated[list[MembershipActionError], null_as([])]


class MembershipActionResult(Document, frozen=True):
    """The outcome of actions on memberships: each may have failed, even all of them, although the call succeeded.

    `failed` are those that did; `raise_for_errors` makes an exception of them.
    """

    accept: _Done = Field(default_factory=list[Membership])
    """The memberships whose invitation was accepted."""
    add: _Done = Field(default_factory=list[Membership])
    """The memberships that were added."""
    approve: _Done = Field(default_factory=list[Membership])
    """The memberships whose request to join was approved."""
    change_role: _Done = Field(default_factory=list[Membership])
    """The memberships whose role was changed."""
    decline: _Done = Field(default_factory=list[Membership])
    """The memberships whose invitation was declined."""
    invite: _Done = Field(default_factory=list[Membership])
    """The memberships of those who were invited."""
    join: _Done = Field(default_factory=list[Membership])
    """The memberships of those who joined."""
    leave: _Done = Field(default_factory=list[Membership])
    """The memberships that were left."""
    reject: _Done = Field(default_factory=list[Membership])
    """The memberships whose request to join was rejected."""
    remove: _Done = Field(default_factory=list[Membership])
    """The memberships that were removed."""
    request_join: _Done = Field(default_factory=list[Membership])
    """The memberships of those who requested to join."""
    errors: dict[str, _Errors] | None = None
    """The failures, by the names of the actions; None where there are none. `failed` has the same in one list."""

    @property
    def ok(self) -> bool:
        """Whether every action succeeded."""
        return not self.failed

    @property
    def failed(self) -> tuple[FailedMembershipAction, ...]:
        """The actions that failed, in the order of the response; empty where all succeeded."""
        return tuple(self._failed())

    def raise_for_errors(self) -> Self:
        """The result itself, where every action succeeded.

        Raises `MembershipActionsFailedError`, which has the `failed` ones, where some did not.
        """
        if failed := self.failed:
            raise MembershipActionsFailedError(failed, self.http)
        return self

    def _failed(self) -> Iterator[FailedMembershipAction]:
        for action, errors in (self.errors or {}).items():
            for error in errors:
                yield FailedMembershipAction(action, error.identity_id, error.code, error.detail)
