"""Access rules: who may read and write what on a guest collection."""

from typing import Any, Literal

from pydantic import Field, ValidationInfo, ValidatorFunctionWrapHandler, field_validator
from pydantic_core import PydanticCustomError

from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.fields import Identifier, ReceivedId, Timestamp
from globus_typed.core.payloads import MISSING, Payload, UpdatePayload
from globus_typed.transfer.documents.fields import AbsolutePath, Deadline

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
"""Whom a rule is about; there may be kinds that are not listed here."""

Permissions = Literal["r", "rw"] | str
"""What a rule allows: to read, or to read and write; there may be others that are not listed here."""


class AccessRule(Document, frozen=True):
    """A rule that lets someone read, or read and write, a path of a collection."""

    data_type: str | None = None
    """``access``"""
    id: ReceivedId | None = None
    """The id, a UUID; None for a rule that follows from a role."""
    principal_type: PrincipalType | None = None
    """Whom it is about: one identity, a group, all who log in, or everybody."""
    principal: str | None = None
    """The id of the identity or group; empty for all who log in and for everybody."""
    path: str | None = None
    """What it is about; a directory, with all in it, ends with a slash."""
    permissions: Permissions | None = None
    """What it allows."""
    role_id: str | None = None
    """The role that it follows from; None for a rule that was made."""
    role_type: Literal["administrator", "access_manager"] | str | None = None
    """What that role is."""
    create_time: Timestamp | None = None
    """When it was made."""
    expiration_date: Timestamp | None = None
    """When it ends; None for never."""
    notify_email: str | None = None
    """Whom an e-mail told of it; old answers alone give it back."""
    notify_message: str | None = None
    """What that e-mail said besides; old answers alone give it back."""


class AccessRuleList(ListDocument[AccessRule], frozen=True):
    """All access rules of a collection, those that follow from roles included."""

    data_type: str | None = None
    """``access_list``"""
    endpoint: str | None = None
    """The id of the collection."""
    length: int | None = None
    """How many are in this document."""


class AccessRuleCreateResult(Document, frozen=True):
    """That an access rule was made, and as which."""

    data_type: str | None = None
    """``access_create_result``"""
    code: Literal["Created"] | str | None = None
    """What was done, for programs."""
    message: str | None = None
    """What was done, for people."""
    access_id: ReceivedId
    """The id of the rule, a UUID."""
    request_id: str | None = None
    """The id of the request, to give to Globus support."""
    resource: str | None = None
    """The path that was asked."""


class AccessRuleCreate(Payload):
    """An access rule to make.

        rule = AccessRuleCreate(principal_type="identity", principal=identity_id, path="/data/", permissions="r")

    A collection has about 1000 rules at most. Source: Transfer API, "Endpoint ACL Management".
    """

    data_type: Literal["access"] = "access"
    """``access``"""
    principal_type: Literal["identity", "group", "all_authenticated_users", "anonymous"]
    """Whom it is about: one identity, a group, all who log in, or everybody."""
    principal: Identifier = Field(default="", validate_default=True)
    """The id of the identity or group; left out, or empty, for all who log in and for everybody."""
    path: AbsolutePath
    """What it is about, from the root of the collection; a directory, with all in it, ends with a slash."""
    permissions: Literal["r", "rw"]
    """What it allows: to read, or to read and write."""
    expiration_date: Deadline | None = None
    """When it ends: an aware `datetime`, a `timedelta` from now, or ISO 8601 text (UTC where it names no zone); None:
    never. On a collection with an `acl_max_expiration_period_mins` it is needed, and no further away."""
    notify_email: str | None = None
    """Whom to tell of it by e-mail; None: nobody."""
    notify_message: str | None = None
    """What to say in that e-mail besides."""

    @field_validator("principal", mode="wrap", json_schema_input_type=Identifier | Literal[""])
    @classmethod
    def _fits_the_type(cls, principal: object, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
        kind = info.data.get("principal_type")
        if kind in ("identity", "group"):
            return handler(principal)
        if kind is not None and principal != "":
            raise PydanticCustomError("principal", "must be left out or empty for {kind}", {"kind": kind})
        return principal


class AccessRuleUpdate(UpdatePayload):
    """What to change of an access rule; whom and what it is about stays."""

    data_type: Literal["access"] = "access"
    """``access``"""
    permissions: Literal["r", "rw"] | MISSING = MISSING
    """What it allows from now on: to read, or to read and write."""
    expiration_date: Deadline | None | MISSING = MISSING
    """When it ends: an aware `datetime`, a `timedelta` from now, or ISO 8601 text (UTC where it names no zone). None:
    never."""
