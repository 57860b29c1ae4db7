"""Groups."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.fields import NULL_IS_ABSENT, OPEN, AnswerId, Identifier, NotNull, Timestamp
from globus_typed.core.payloads import MISSING, Payload, UpdatePayload
from globus_typed.core.whole_bodies import ArrayDocument, MappingDocument
from globus_typed.groups.documents.fields import Name, null_as
from globus_typed.groups.documents.membership import AllowedActions, Membership
from globus_typed.groups.documents.policies import GroupPolicies, PoliciesOfNewGroup
from globus_typed.groups.documents.subscription import SubscriptionInfo

__all__ = [
    "Group",
    "GroupChildren",
    "GroupCreate",
    "GroupList",
    "GroupStatuses",
    "GroupType",
    "GroupUpdate",
    "SessionTimeout",
    "StatusCounts",
]

GroupType = Annotated[Literal["regular", "plus"] | str, OPEN]
"""The type of a group: a plus group is that of a subscription; other types are possible."""


class SessionTimeout(Document, frozen=True):
    """How long the login of an identity stays recent enough for a group."""

    expire_time: Timestamp | None = None
    """The time until which it is."""
    expires_in: int | None = None
    """The number of seconds until then, counted from the response; 0 when it has passed."""


class Group(Document, frozen=True):
    """A group. Most members depend on what was asked for with ``include``, and on what the caller may see."""

    id: AnswerId = ""
    """The id of the group, a UUID."""
    name: str | None = None
    """The name."""
    description: str | None = None
    """The description."""
    terms_and_conditions: str | None = None
    """The terms and conditions, which are shown to people who join."""
    parent_id: str | None = None
    """The id of the group above it; None for one at the top."""
    group_type: GroupType | None = None
    """The type."""
    child_ids: list[str] | None = None
    """The ids of the groups below it, with ``include="child_ids"``; some may be private."""
    enforce_session: bool | None = None
    """Whether sessions are enforced strictly, which is not the same as high assurance (`policies`)."""
    session_limit: int | None = None
    """The seconds that a login stays recent enough."""
    session_timeouts: dict[str, Annotated[SessionTimeout, null_as({})]] | None = None
    """How long the logins of the caller's identities stay so, by the ids of those in the session."""
    my_memberships: list[Membership] | None = None
    """The memberships of the caller's identities, with ``include="my_memberships"``, and in `get_my_groups`."""
    memberships: list[Membership] | None = None
    """All memberships, with ``include="memberships"``, where the caller may see them."""
    allowed_actions: AllowedActions | None = None
    """Which of the caller's identities may do what, with ``include="allowed_actions"``."""
    policies: GroupPolicies | None = None
    """The policies: ask with ``include="policies"``, though some responses have them, or some of them, anyway."""
    subscription_id: str | None = None
    """The id of the subscription whose group this is, or is in."""
    subscription_info: SubscriptionInfo | None = None
    """That subscription."""
    subscription_admin_verified_id: str | None = None
    """The id of the subscription whose administrator has verified the group."""


class GroupList(ArrayDocument[Group], frozen=True):
    """Groups: iterate over it, index it, or read `items`."""


class GroupChildren(ListDocument[Group], frozen=True):
    """The groups directly below a group that the caller may see: iterate over it, or read `items`."""

    items: list[Group] = Field(alias="children")
    """The groups (``children`` on the wire)."""


_Count = Annotated[int, NULL_IS_ABSENT]


class StatusCounts(Document, frozen=True):
    """How many memberships of a group have each status."""

    active: _Count = 0
    """How many are active."""
    invited: _Count = 0
    """How many are invited."""
    pending: _Count = 0
    """How many have requested to join."""
    rejected: _Count = 0
    """How many were rejected."""
    removed: _Count = 0
    """How many were removed."""
    left: _Count = 0
    """How many have left."""
    declined: _Count = 0
    """How many have declined."""


class GroupStatuses(MappingDocument[StatusCounts], frozen=True):
    """How many memberships have each status, by the ids of the groups that the caller manages."""

    __pydantic_extra__: dict[str, StatusCounts]


class GroupCreate(Payload):
    """A group to create. Source: Groups API, "Create a new group"."""

    name: NotNull[Name]
    """The name."""
    description: str | None = None
    """The description (None: none)."""
    terms_and_conditions: str | None = None
    """The terms and conditions, which are shown to people who join (None: none)."""
    parent_id: Identifier | None = None
    """The id of the group that it is to be below, which the caller must administer (None: at the top)."""
    policies: PoliciesOfNewGroup | None = None
    """The policies (None: private, members visible to managers, no requests to join, no high assurance)."""


def _only_cleared(value: object) -> object:
    if value is not None:
        raise PydanticCustomError(
            "cleared", "can only be None here, for none any more; set_subscription_admin_verified verifies a group"
        )
    return value


_Cleared = Annotated[None, BeforeValidator(_only_cleared)]


class GroupUpdate(UpdatePayload):
    """Changes to a group; what is left out stays as it is. Its parent cannot be changed, and its policies have a call
    of their own. Source: Groups API, "Update an existing group".
    """

    name: NotNull[Name] | MISSING = MISSING
    """The name."""
    description: str | None | MISSING = MISSING
    """The description; None: none."""
    terms_and_conditions: str | None | MISSING = MISSING
    """The terms and conditions, which are shown to people who join; None: none."""
    subscription_admin_verified_id: _Cleared | MISSING = MISSING
    """None: not verified for a subscription any more. To verify it, call `set_subscription_admin_verified`."""

    def whole(self, group: Group) -> dict[str, Any]:
        """The document that is sent for these changes of a group, with all that does not change."""
        kept = {name: group[name] for name in type(self).model_fields if name in group}
        return kept | self.model_dump(mode="json")
