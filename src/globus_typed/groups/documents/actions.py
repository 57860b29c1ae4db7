"""`BatchMembershipActions`: actions on the memberships of a group, any number of them in one request."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field, Strict, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError
from typing_extensions import NotRequired, Self, TypedDict, Unpack

from globus_typed.core.fields import Identifier
from globus_typed.core.payloads import NoMore, Payload
from globus_typed.core.schema_parts import having
from globus_typed.errors import GlobusUsageError
from globus_typed.groups.arguments import GivenId, GivenRole
from globus_typed.groups.documents.fields import ACTIONS, Role

__all__ = [
    "AddAction",
    "AddFields",
    "BatchMembershipActions",
    "ChangeRoleAction",
    "ChangeRoleFields",
    "IdentityAction",
    "IdentityFields",
    "InviteAction",
    "InviteFields",
    "StatusAction",
    "StatusFields",
]


class IdentityAction(Payload):
    """An identity that joins a group, or requests to."""

    identity_id: Identifier
    """The id of the identity, which is one of the caller's."""


class StatusAction(Payload):
    """A membership whose status is to change."""

    identity_id: Identifier
    """The id of the identity whose membership it is."""
    status_reason: str | None = None
    """The reason, which the membership tells from then on (None: none)."""


class AddAction(StatusAction):
    """An identity to make a member, without being asked."""

    role: Role = "member"
    """The role: ``member``, ``manager`` or ``admin``; only admins give the other two."""


class InviteAction(AddAction):
    """An identity to invite."""

    invite_email_address: str | None = None
    """The address that the invitation is sent to (None: that of the identity)."""


class ChangeRoleAction(Payload):
    """A membership whose role is to change."""

    identity_id: Identifier
    """The id of the identity whose membership it is."""
    role: Role
    """The new role: ``member``, ``manager`` or ``admin``."""


class IdentityFields(TypedDict):
    """An `IdentityAction` as a dict."""

    identity_id: GivenId


class StatusFields(IdentityFields):
    """A `StatusAction` as a dict."""

    status_reason: NotRequired[str | None]


class AddFields(StatusFields):
    """An `AddAction` as a dict."""

    role: NotRequired[GivenRole]


class InviteFields(AddFields):
    """An `InviteAction` as a dict."""

    invite_email_address: NotRequired[str | None]


class ChangeRoleFields(IdentityFields):
    """A `ChangeRoleAction` as a dict."""

    role: GivenRole


_Identities = Annotated[list[IdentityAction], Strict(False)]
_Statuses = Annotated[list[StatusAction], Strict(False)]
_SOME: dict[str, Any] = {"anyOf": [having({"type": "array", "minItems": 1}, name) for name in ACTIONS]}


class BatchMembershipActions(Payload):
    """Actions on memberships for `batch_membership_action`: add them with the methods, each of which gives it back.

        actions = BatchMembershipActions().add_members([ada, bo]).remove_members(cy, status_reason="moved on")

    The methods take one id or several. An identity can be named only once in all the actions of a request.
    Source: Groups API, "Perform actions on group members".
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(json_schema_extra=_SOME)

    accept: _Statuses | None = None
    """The invitations to accept, of identities of the caller's."""
    add: Annotated[list[AddAction], Strict(False)] | None = None
    """The identities to make members."""
    approve: _Statuses | None = None
    """The requests to join to approve."""
    change_role: Annotated[list[ChangeRoleAction], Strict(False)] | None = None
    """The memberships whose role is to change."""
    decline: _Statuses | None = None
    """The invitations to decline, of identities of the caller's."""
    invite: Annotated[list[InviteAction], Strict(False)] | None = None
    """The identities to invite."""
    joins: _Identities | None = Field(default=None, alias="join")
    """The identities of the caller's that join at once (``join`` on the wire)."""
    leaves: _Statuses | None = Field(default=None, alias="leave")
    """The memberships to leave, of identities of the caller's (``leave`` on the wire)."""
    reject: _Statuses | None = None
    """The requests to join to reject."""
    remove: _Statuses | None = None
    """The memberships to end."""
    join_requests: _Identities | None = Field(default=None, alias="request_join")
    """The identities of the caller's that request to join (``request_join`` on the wire)."""

    def __init__(
        self,
        *,
        accept: Iterable[StatusAction | StatusFields] | None = None,
        add: Iterable[AddAction | AddFields] | None = None,
        approve: Iterable[StatusAction | StatusFields] | None = None,
        change_role: Iterable[ChangeRoleAction | ChangeRoleFields] | None = None,
        decline: Iterable[StatusAction | StatusFields] | None = None,
        invite: Iterable[InviteAction | InviteFields] | None = None,
        joins: Iterable[IdentityAction | IdentityFields] | None = None,
        leaves: Iterable[StatusAction | StatusFields] | None = None,
        reject: Iterable[StatusAction | StatusFields] | None = None,
        remove: Iterable[StatusAction | StatusFields] | None = None,
        join_requests: Iterable[IdentityAction | IdentityFields] | None = None,
        **unknown: Unpack[NoMore],
    ) -> None:
        """Actions, each a list of models or dicts; none at first, for the methods to add some.

        Parameters: the actions by their names, but for `joins`, `leaves` and `join_requests`, whose names are those of
        methods.
        Raises `pydantic.ValidationError`, which names the field, for what the service would refuse, and for an action
        that does not exist.
        """
        given = {name: value for name, value in locals().items() if name in type(self).model_fields}
        super().__init__(**{name: value for name, value in given.items() if value is not None}, **unknown)

    def accept_invites(self, identity_ids: GivenId | Iterable[GivenId], *, status_reason: str | None = None) -> Self:
        """Accept invitations. Parameters: `identity_ids` of the caller's; `status_reason` (None: none)."""
        return self._more("accept", StatusAction, identity_ids, status_reason=status_reason)

    def add_members(
        self,
        identity_ids: GivenId | Iterable[GivenId],
        *,
        role: GivenRole = "member",
        status_reason: str | None = None,
    ) -> Self:
        """Make identities members, without asking them.

        Parameters: `identity_ids`; `role`, of all of them; `status_reason` (None: none).
        """
        return self._more("add", AddAction, identity_ids, role=role, status_reason=status_reason)

    def approve_pending(self, identity_ids: GivenId | Iterable[GivenId], *, status_reason: str | None = None) -> Self:
        """Approve requests to join. Parameters: `identity_ids`; `status_reason` (None: none)."""
        return self._more("approve", StatusAction, identity_ids, status_reason=status_reason)

    def change_roles(self, role: GivenRole, identity_ids: GivenId | Iterable[GivenId]) -> Self:
        """Change roles. Parameters: `role`, the new one of all of them; `identity_ids`."""
        return self._more("change_role", ChangeRoleAction, identity_ids, role=role)

    def decline_invites(self, identity_ids: GivenId | Iterable[GivenId], *, status_reason: str | None = None) -> Self:
        """Decline invitations. Parameters: `identity_ids` of the caller's; `status_reason` (None: none)."""
        return self._more("decline", StatusAction, identity_ids, status_reason=status_reason)

    def invite_members(
        self,
        identity_ids: GivenId | Iterable[GivenId],
        *,
        role: GivenRole = "member",
        status_reason: str | None = None,
        invite_email_address: str | None = None,
    ) -> Self:
        """Invite identities.

        Parameters: `identity_ids`; `role`, of all of them once they accept; `status_reason` (None: none);
        `invite_email_address`, where the invitation of one identity is sent (None: to the identity's own address).
        Raises `GlobusUsageError` for an address with several identities.
        """
        ids = _several(identity_ids)
        if invite_email_address is not None and len(ids) > 1:
            raise GlobusUsageError("invite_email_address: is for one invitation; call invite_members for each identity")
        address = {"invite_email_address": invite_email_address}
        return self._more("invite", InviteAction, ids, role=role, status_reason=status_reason, **address)

    def join(self, identity_ids: GivenId | Iterable[GivenId]) -> Self:
        """Join at once, which hardly any group allows. Parameters: `identity_ids` of the caller's."""
        return self._more("joins", IdentityAction, identity_ids)

    def leave(self, identity_ids: GivenId | Iterable[GivenId], *, status_reason: str | None = None) -> Self:
        """Leave. Parameters: `identity_ids` of the caller's; `status_reason` (None: none)."""
        return self._more("leaves", StatusAction, identity_ids, status_reason=status_reason)

    def reject_join_requests(
        self, identity_ids: GivenId | Iterable[GivenId], *, status_reason: str | None = None
    ) -> Self:
        """Reject requests to join. Parameters: `identity_ids`; `status_reason` (None: none)."""
        return self._more("reject", StatusAction, identity_ids, status_reason=status_reason)

    def remove_members(self, identity_ids: GivenId | Iterable[GivenId], *, status_reason: str | None = None) -> Self:
        """End memberships and invitations. Parameters: `identity_ids`; `status_reason` (None: none)."""
        return self._more("remove", StatusAction, identity_ids, status_reason=status_reason)

    def request_join(self, identity_ids: GivenId | Iterable[GivenId]) -> Self:
        """Request to join. Parameters: `identity_ids` of the caller's."""
        return self._more("join_requests", IdentityAction, identity_ids)

    def check(self) -> Self:
        """These actions, checked once more as a whole.

        Raises `pydantic.ValidationError` for no action at all, and for an identity that is named more than once.
        """
        checked = super().check()
        problems = [
            InitErrorDetails(
                type=PydanticCustomError("whole", "names the identity {id} again: it can be named once", {"id": id}),
                loc=(action, place, "identity_id"),
                input=id,
            )
            for action, place, id in checked._repeated()
        ]
        if not any(checked._items()):
            told = PydanticCustomError("whole", "there must be at least one action on a membership")
            problems = [InitErrorDetails(type=told, loc=(), input={})]
        if problems:
            raise ValidationError.from_exception_data(type(self).__name__, problems)
        return checked

    def _more(
        self, field: str, kind: type[Payload], identity_ids: GivenId | Iterable[GivenId], **fields: str | None
    ) -> Self:
        new = [kind.model_validate({"identity_id": each, **fields}) for each in _several(identity_ids)]
        there: list[Payload] | None = getattr(self, field)
        if there is not None:
            there += new
        elif new:
            setattr(self, field, new)
        return self

    def _items(self) -> Iterator[tuple[str, int, str]]:
        for name, info in type(self).model_fields.items():
            items: list[Any] = getattr(self, name) or []
            for place, item in enumerate(items):
                yield info.alias or name, place, item.identity_id

    def _repeated(self) -> Iterator[tuple[str, int, str]]:
        seen: set[str] = set()
        for action, place, identity_id in self._items():
            if identity_id in seen:
                yield action, place, identity_id
            seen.add(identity_id)


def _several(ids: GivenId | Iterable[GivenId]) -> list[GivenId]:
    if isinstance(ids, (str, UUID)):
        return [ids]
    if problem := _no_ids(ids):
        raise GlobusUsageError(problem)
    return [*ids]


def _no_ids(given: object) -> str | None:
    if isinstance(given, (bytes, Mapping)) or not isinstance(given, Iterable):
        return "identity_ids: must be an id, or several"
    return None
