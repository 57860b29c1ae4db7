"""Access rules: who may read and write which paths of a guest collection."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Field, ValidationInfo, ValidatorFunctionWrapHandler, field_validator
from pydantic_core import PydanticCustomError

from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.fields import AnswerId, Identifier, ReceivedId, Timestamp, id_or
from globus_typed.core.payloads import MISSING, Payload, UpdatePayload
from globus_typed.core.schema_parts import having, rules
from globus_typed.transfer.documents.fields import Deadline, PathFromRoot

__all__ = [
    "AccessRule",
    "AccessRuleCreate",
    "AccessRuleCreateResult",
    "AccessRuleList",
    "AccessRuleUpdate",
    "Permissions",
    "PrincipalType",
]

PrincipalType = Literal["identity", "group", "all_authenticated_users", "anonymous"] | str
"""The type of the principal of an access rule; other types are possible."""

Permissions = Literal["r", "rw"] | str
"""The permissions that an access rule grants: read, or read and write; other values are possible."""


class AccessRule(Document, frozen=True):
    """A rule that allows someone to read, or to read and write, a path of a collection."""

    data_type: str | None = None
    """``access``"""
    id: ReceivedId | None = None
    """The id, a UUID; None for a rule that derives from a role."""
    principal_type: PrincipalType | None = None
    """The type of the principal: an identity, a group, all authenticated users, or everyone."""
    principal: str | None = None
    """The id of the identity or group; empty for all authenticated users and for everyone."""
    path: str | None = None
    """The path; for a directory, including everything in it, it ends with a slash."""
    permissions: Permissions | None = None
    """The permissions: read, or read and write."""
    role_id: str | None = None
    """The id of the role it derives from; None for a rule that was created as such."""
    role_type: Literal["administrator", "access_manager"] | str | None = None
    """The type of that role."""
    create_time: Timestamp | None = None
    """The creation time."""
    expiration_date: Timestamp | None = None
    """The expiration time; None if it never expires."""
    notify_email: str | None = None
    """The e-mail address that was notified; only in old responses."""
    notify_message: str | None = None
    """The message of that e-mail; only in old responses."""


class AccessRuleList(ListDocument[AccessRule], frozen=True):
    """All access rules of a collection, including those that derive from roles."""

    data_type: str | None = None
    """``access_list``"""
    endpoint: str | None = None
    """The id of the collection."""
    length: int | None = None
    """The number of entries in this document."""


class AccessRuleCreateResult(Document, frozen=True):
    """The result of creating an access rule, with its id."""

    data_type: str | None = None
    """``access_create_result``"""
    code: Literal["Created"] | str | None = None
    """A code for programs to check."""
    message: str | None = None
    """A human-readable message."""
    access_id: AnswerId = ""
    """The id of the rule, a UUID; empty where the response left it out."""
    request_id: str | None = None
    """The id of the request, to give to Globus support."""
    resource: str | None = None
    """The path of the request."""


_PRINCIPAL = {
    "if": having({"enum": ["identity", "group"]}, "principal_type"),
    "then": having({"minLength": 1}, "principal"),
    "else": {"properties": {"principal": {"maxLength": 0}}},
}


class AccessRuleCreate(Payload):
    """An access rule to create.

        rule = AccessRuleCreate(principal_type="identity", principal=identity_id, path="/data/", permissions="r")

    A collection has about 1000 rules at most. Source: Transfer API, "Endpoint ACL Management".
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(json_schema_extra=rules(_PRINCIPAL))

    data_type: Literal["access"] = "access"
    """``access``"""
    principal_type: Literal["identity", "group", "all_authenticated_users", "anonymous"]
    """The type of the principal: an identity, a group, all authenticated users, or everyone."""
    principal: Annotated[Identifier, id_or("")] = Field(default="", validate_default=True)
    """The id of the identity or group; omitted or empty for all authenticated users and for everyone."""
    path: PathFromRoot
    """The path from the root of the collection; for a directory, including everything in it, it ends with a slash."""
    permissions: Literal["r", "rw"]
    """The permissions: read, or read and write."""
    expiration_date: Deadline | None = None
    """The expiration time: an aware `datetime`, a `timedelta` from now, or an ISO 8601 string (UTC if it has no time
    zone); None: never expires. Required on a collection with an `acl_max_expiration_period_mins`, and at most that far
    away."""
    notify_email: str | None = None
    """An e-mail address to notify (None: nobody)."""
    notify_message: str | None = None
    """A message to include in that e-mail."""

    @field_validator("principal", mode="wrap")
    @classmethod
    def _fits_the_type(cls, principal: object, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
        kind = info.data.get("principal_type")
        if kind in ("identity", "group"):
            return handler(principal)
        if kind is not None and principal != "":
            raise PydanticCustomError("principal", "must be omitted or empty for {kind}", {"kind": kind})
        return principal


class AccessRuleUpdate(UpdatePayload):
    """Changes to an access rule; its principal and path cannot be changed."""

    data_type: Literal["access"] = "access"
    """``access``"""
    permissions: Literal["r", "rw"] | MISSING = MISSING
    """The new permissions: read, or read and write."""
    expiration_date: Deadline | None | MISSING = MISSING
    """The expiration time: an aware `datetime`, a `timedelta` from now, or an ISO 8601 string (UTC if it has no time
    zone). None: never expires."""
