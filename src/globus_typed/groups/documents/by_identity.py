"""Settings of the caller's identities: sign-up fields of a group, and how they may be added to groups."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, cast
from uuid import UUID

from pydantic import ConfigDict, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import Self, TypedDict, Unpack

from globus_typed.core.documents import Document
from globus_typed.core.fields import Identifier, is_id
from globus_typed.core.payloads import MISSING, NoMore, Payload, UpdatePayload
from globus_typed.core.pydantic_versions import complete_models
from globus_typed.core.whole_bodies import MappingDocument
from globus_typed.groups.arguments import GivenId
from globus_typed.groups.documents.fields import null_as

__all__ = [
    "IdentityPreferences",
    "IdentityPreferencesMap",
    "IdentityPreferencesMapUpdate",
    "IdentityPreferencesUpdate",
    "MembershipFields",
    "MembershipFieldsMap",
    "MembershipFieldsMapUpdate",
    "MembershipFieldsUpdate",
    "PreferencesFields",
]


class IdentityPreferences(Document, frozen=True):
    """The preferences of an identity."""

    allow_add: bool | None = None
    """Whether others may add it to groups, where else it has to be invited."""


class IdentityPreferencesMap(MappingDocument[IdentityPreferences], frozen=True):
    """The preferences of the caller's identities, by their ids."""

    __pydantic_extra__: dict[str, Annotated[IdentityPreferences, null_as({})]]


class MembershipFields(Document, frozen=True):
    """The sign-up fields of a group as an identity has filled them in."""

    first_name: str | None = None
    """The first name."""
    last_name: str | None = None
    """The last name."""
    organization: str | None = None
    """The organization."""
    institution: str | None = None
    """The institution."""
    current_project_name: str | None = None
    """The name of the current project."""
    address: str | None = None
    """The address."""
    city: str | None = None
    """The city."""
    state: str | None = None
    """The state."""
    country: str | None = None
    """The country."""
    address1: str | None = None
    """The first line of the address."""
    address2: str | None = None
    """The second line of the address."""
    zip: str | None = None
    """The postal code."""
    phone: str | None = None
    """The phone number."""
    department: str | None = None
    """The department."""
    field_of_science: str | None = None
    """The field of science."""


class MembershipFieldsMap(MappingDocument[MembershipFields], frozen=True):
    """The sign-up fields of a group as the caller's identities have filled them in, by their ids."""

    __pydantic_extra__: dict[str, Annotated[MembershipFields, null_as({})]]


class IdentityPreferencesUpdate(UpdatePayload):
    """The preferences of an identity to set."""

    allow_add: bool | None
    """Whether others may add it to groups, where else it has to be invited; None: the service's default."""


class MembershipFieldsUpdate(UpdatePayload):
    """Sign-up fields of a group that an identity fills in; those that are left out are up to the service."""

    first_name: str | None | MISSING = MISSING
    """The first name; None: none."""
    last_name: str | None | MISSING = MISSING
    """The last name; None: none."""
    organization: str | None | MISSING = MISSING
    """The organization; None: none."""
    institution: str | None | MISSING = MISSING
    """The institution; None: none."""
    current_project_name: str | None | MISSING = MISSING
    """The name of the current project; None: none."""
    address: str | None | MISSING = MISSING
    """The address; None: none."""
    city: str | None | MISSING = MISSING
    """The city; None: none."""
    state: str | None | MISSING = MISSING
    """The state; None: none."""
    country: str | None | MISSING = MISSING
    """The country; None: none."""
    address1: str | None | MISSING = MISSING
    """The first line of the address; None: none."""
    address2: str | None | MISSING = MISSING
    """The second line of the address; None: none."""
    zip: str | None | MISSING = MISSING
    """The postal code; None: none."""
    phone: str | None | MISSING = MISSING
    """The phone number; None: none."""
    department: str | None | MISSING = MISSING
    """The department; None: none."""
    field_of_science: str | None | MISSING = MISSING
    """The field of science; None: none."""


_ID = "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$"


class _ByIdentity(Payload):
    """Base class of what is sent by the ids of identities."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="allow", json_schema_extra={"propertyNames": {"pattern": _ID}}
    )

    @classmethod
    def __pydantic_on_complete__(cls) -> None:
        super().__pydantic_on_complete__()
        complete_models(cls.__annotations__["__pydantic_extra__"])

    @classmethod
    def of_ids(cls, data: Self | Mapping[str, object] | Mapping[UUID, object]) -> Self:
        """The payload itself, or that of a mapping, whose keys may be UUIDs, checked as a whole."""
        return data.check() if isinstance(data, cls) else cls.model_validate(data)

    @model_validator(mode="before")
    @classmethod
    def _with_text_ids(cls, document: object) -> Any:
        if not isinstance(document, Mapping):
            return document
        given = {str(key): value for key, value in cast("Mapping[object, object]", document).items()}
        for key in given:
            if not is_id(key):
                told = "{key}: must be the id of an identity, beside which its values stand as an object"
                raise PydanticCustomError("uuid", told, {"key": key})
        return given


class PreferencesFields(TypedDict):
    """An `IdentityPreferencesUpdate` as a dict."""

    allow_add: bool | None


class IdentityPreferencesMapUpdate(_ByIdentity):
    """Preferences to set, by the ids of the caller's identities. Source: Groups API, "Update identity preferences"."""

    __pydantic_extra__: dict[Identifier, IdentityPreferencesUpdate]  # pyright: ignore[reportIncompatibleVariableOverride]  # pydantic's way

    def __init__(
        self,
        by_identity: Mapping[GivenId, IdentityPreferencesUpdate | PreferencesFields] | None = None,
        /,
        **unknown: Unpack[NoMore],
    ) -> None:
        """Preferences by the ids of identities. Raises `pydantic.ValidationError`, which names what is wrong."""
        super().__init__(**{str(id): value for id, value in (by_identity or {}).items()}, **unknown)


class MembershipFieldsMapUpdate(_ByIdentity):
    """Sign-up fields of a group to fill in, by the ids of the caller's identities.

    Source: Groups API, "Update membership fields".
    """

    __pydantic_extra__: dict[Identifier, MembershipFieldsUpdate]  # pyright: ignore[reportIncompatibleVariableOverride]  # pydantic's way

    def __init__(
        self,
        by_identity: Mapping[GivenId, MembershipFieldsUpdate | Mapping[str, str | None]] | None = None,
        /,
        **unknown: Unpack[NoMore],
    ) -> None:
        """Fields by the ids of identities. Raises `pydantic.ValidationError`, which names what is wrong."""
        super().__init__(**{str(id): value for id, value in (by_identity or {}).items()}, **unknown)
