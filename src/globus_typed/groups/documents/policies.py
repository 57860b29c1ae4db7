"""Policies: who sees a group and its members, how people join, and how recent their logins must be."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema
from typing_extensions import TypedDict

from globus_typed.core.documents import Document
from globus_typed.core.fields import OPEN, NotNull
from globus_typed.core.payloads import MISSING, UpdatePayload
from globus_typed.core.suggestions import near_name
from globus_typed.groups.arguments import GivenMembersVisibility, GivenSignupField, GivenVisibility
from globus_typed.groups.documents.fields import MembersVisibility, Seconds, SignupFields, Visibility

__all__ = ["GroupPolicies", "GroupPoliciesUpdate", "PartialGroupPolicies", "PoliciesFields"]


class GroupPolicies(Document, frozen=True):
    """The policies of a group, some of which may be missing inside other documents. They can be set as they are."""

    is_high_assurance: bool | None = None
    """Whether the group is of high assurance: what it gives access to needs a recent login."""
    authentication_assurance_timeout: int | None = None
    """The seconds that a login stays recent for a group of high assurance."""
    group_visibility: Annotated[Literal["authenticated", "private"] | str, OPEN] | None = None
    """Who sees the group: everybody who is logged in, or only its active, invited and pending identities."""
    group_members_visibility: Annotated[Literal["members", "managers"] | str, OPEN] | None = None
    """Who sees its members: its active members, or only its managers and admins."""
    join_requests: bool | None = None
    """Whether people may request to join."""
    signup_fields: list[str] | None = None
    """The membership fields that must be filled in to join."""


class PoliciesFields(TypedDict, total=False):
    """Policies as a dict."""

    is_high_assurance: bool
    """As in `PartialGroupPolicies`, and so the others."""
    authentication_assurance_timeout: int | None
    group_visibility: GivenVisibility
    group_members_visibility: GivenMembersVisibility
    join_requests: bool
    signup_fields: Iterable[GivenSignupField]


class _Policies(UpdatePayload):
    """The policies that may be left out wherever policies are sent."""

    authentication_assurance_timeout: Seconds | None | MISSING = MISSING
    """The seconds that a login stays recent for a group of high assurance, at least 0; None sends null, for the
    service's default."""
    group_visibility: NotNull[Visibility] | MISSING = MISSING
    """Who sees the group: everybody who is logged in (``authenticated``), or only its active, invited and pending
    identities (``private``)."""
    group_members_visibility: NotNull[MembersVisibility] | MISSING = MISSING
    """Who sees its members: its active members (``members``), or only its managers and admins (``managers``)."""
    join_requests: NotNull[bool] | MISSING = MISSING
    """Whether people may request to join."""
    signup_fields: NotNull[SignupFields] | MISSING = MISSING
    """The membership fields that must be filled in to join: any of ``institution``, ``current_project_name``,
    ``address``, ``city``, ``state``, ``country``, ``address1``, ``address2``, ``zip``, ``phone``, ``department``,
    ``field_of_science``, each once."""


class PartialGroupPolicies(_Policies):
    """Some policies of a group: those that are left out stay as they are, and have their defaults in a new group."""

    is_high_assurance: NotNull[bool] | MISSING = MISSING
    """Whether the group is of high assurance: what it gives access to needs a recent login. It takes a subscription for
    high assurance."""

    @staticmethod
    def to_set(
        given: "GroupPoliciesUpdate | PartialGroupPolicies | GroupPolicies | Mapping[str, Any]",
    ) -> "GroupPoliciesUpdate | PartialGroupPolicies":
        """The policies to set, in whichever form they were given, checked as a whole."""
        if isinstance(given, GroupPoliciesUpdate):
            return given.check()
        return PartialGroupPolicies.of(_received(given) if isinstance(given, GroupPolicies) else given)

    def over(self, others: GroupPolicies) -> "PartialGroupPolicies":
        """These policies, and of the others those that are not among them."""
        own = {name: value for name, value in self if value is not MISSING}
        return PartialGroupPolicies.of({**_received(others), **own})


class GroupPoliciesUpdate(_Policies):
    """The policies of a group to set; those that are left out stay as they are.

        GroupPoliciesUpdate(is_high_assurance=False, group_visibility="private", join_requests=True)

    Source: Groups API, "Update the policies of a group".
    """

    is_high_assurance: NotNull[bool]
    """Whether the group is of high assurance: what it gives access to needs a recent login. It takes a subscription for
    high assurance."""


def _received(policies: GroupPolicies) -> dict[str, Any]:
    """Received policies as they were sent, without those that are newer than this package, which stay as they are."""
    known = PartialGroupPolicies.model_fields
    # One that somebody misspelt is refused.
    return {name: policies[name] for name in [*policies.keys()] if name in known or near_name(name, known)}


class _OfNewGroup:
    """Reads a field as `PartialGroupPolicies`, in whichever form it was given."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(_as_part, handler.generate_schema(PartialGroupPolicies))


def _as_part(given: object) -> object:
    if isinstance(given, GroupPoliciesUpdate):
        return {name: getattr(given, name) for name in given.model_fields_set}
    return _received(given) if isinstance(given, GroupPolicies) else given


PoliciesOfNewGroup = Annotated[
    PartialGroupPolicies | GroupPoliciesUpdate | GroupPolicies | PoliciesFields, _OfNewGroup()
]
"""The policies of a group to create."""
