"""The request bodies of Groups, read strictly: an unknown or ill-typed member is refused by its place."""

from typing import Annotated, Any, ClassVar, Literal, TypeVar
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, RootModel, ValidationError
from pydantic_core import PydanticCustomError

from globus_typed.sandbox.groups.errors import Invalid

__all__ = [
    "ActionsBody",
    "Body",
    "FieldsBody",
    "GroupBody",
    "GroupUpdateBody",
    "Item",
    "PoliciesBody",
    "PreferencesBody",
    "Role",
    "VerifiedBody",
    "read",
]

Role = Literal["member", "manager", "admin"]
SignupField = Literal[
    "institution",
    "current_project_name",
    "address",
    "city",
    "state",
    "country",
    "address1",
    "address2",
    "zip",
    "phone",
    "department",
    "field_of_science",
]


def _id(text: str) -> str:
    try:
        if len(text) == 36:
            return str(UUID(text))
    except ValueError:
        pass
    raise PydanticCustomError("uuid_parsing", "Input should be a valid UUID")


def _each_once(values: list[str]) -> list[str]:
    if len(set(values)) < len(values):
        raise PydanticCustomError("repeated", "Input should have each value once")
    return values


Id = Annotated[str, AfterValidator(_id), Field(json_schema_extra={"format": "uuid"})]
Name = Annotated[str, Field(min_length=1)]


class Body(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True)


class PoliciesBody(Body):
    """The body of ``PUT …/policies``; what is not sent stays as it is."""

    is_high_assurance: bool = False
    authentication_assurance_timeout: Annotated[int, Field(ge=0)] | None = None
    group_visibility: Literal["authenticated", "private"] = "private"
    group_members_visibility: Literal["members", "managers"] = "managers"
    join_requests: bool = False
    signup_fields: Annotated[list[SignupField], AfterValidator(_each_once)] = Field(
        default=[], json_schema_extra={"uniqueItems": True}
    )


class GroupBody(Body):
    """The body of ``POST /v2/groups``."""

    name: Name
    description: str | None = None
    terms_and_conditions: str | None = None
    parent_id: Id | None = None
    policies: PoliciesBody | None = None


class GroupUpdateBody(Body):
    """The body of ``PUT /v2/groups/{group_id}``; what is not sent stays as it is."""

    name: Name = ""
    description: str | None = None
    terms_and_conditions: str | None = None
    subscription_admin_verified_id: Id | None = None


class VerifiedBody(Body):
    """The body of ``PUT …/subscription_admin_verified``."""

    subscription_admin_verified_id: Id | None


class Item(Body):
    """An action on the membership of one identity."""

    identity_id: Id


class _StatusItem(Item):
    status_reason: str | None = None


class _AddItem(_StatusItem):
    role: Role = "member"


class _InviteItem(_AddItem):
    invite_email_address: str | None = None


class _RoleItem(Item):
    role: Role


class ActionsBody(Body):
    """The body of ``POST /v2/groups/{group_id}``."""

    accept: list[_StatusItem] | None = None
    add: list[_AddItem] | None = None
    approve: list[_StatusItem] | None = None
    change_role: list[_RoleItem] | None = None
    decline: list[_StatusItem] | None = None
    invite: list[_InviteItem] | None = None
    join: list[Item] | None = None
    leave: list[_StatusItem] | None = None
    reject: list[_StatusItem] | None = None
    remove: list[_StatusItem] | None = None
    request_join: list[Item] | None = None


class _Preferences(Body):
    allow_add: bool | None


class PreferencesBody(RootModel[dict[Id, _Preferences]]):
    """The body of ``PUT /v2/preferences``, by the ids of identities."""


class _Fields(Body):
    first_name: str | None = None
    last_name: str | None = None
    organization: str | None = None
    institution: str | None = None
    current_project_name: str | None = None
    address: str | None = None
    city: str | None = None
    state: str | None = None
    country: str | None = None
    address1: str | None = None
    address2: str | None = None
    zip: str | None = None
    phone: str | None = None
    department: str | None = None
    field_of_science: str | None = None


class FieldsBody(RootModel[dict[Id, _Fields]]):
    """The body of ``PUT …/membership_fields``, by the ids of identities."""


BodyT = TypeVar("BodyT", bound=BaseModel)


def read(kind: type[BodyT], body: bytes) -> BodyT:
    """The body as a document of this kind; a 422 names each place that is wrong."""
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        problems: list[dict[str, Any]] = [
            {"loc": ["body", *problem["loc"]], "msg": problem["msg"], "type": problem["type"]} for problem in found
        ]
        raise Invalid(problems) from None
