"""Policies: requirements of services on a user's session."""

from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from globus_typed.auth.documents.envelope import EnvelopePayload, Texts
from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.fields import NULL_IS_ABSENT, AnswerId, Identifier
from globus_typed.core.payloads import MISSING, UpdatePayload
from globus_typed.core.schema_parts import having, rules

__all__ = ["Policies", "Policy", "PolicyCreate", "PolicyResult", "PolicyUpdate"]

_Seconds = Annotated[int, Field(ge=0)]


class Policy(Document, frozen=True):
    """Requirements on a user's session: an account in certain domains, a recent login, multi-factor authentication."""

    id: AnswerId = ""
    """The id of the policy, a UUID; empty where the response left it out."""
    project_id: str | None = None
    """The id of the project it belongs to."""
    display_name: str | None = None
    """The name."""
    description: str | None = None
    """The description."""
    high_assurance: bool | None = None
    """Whether it applies to the session, and not just to the accounts that the user has."""
    authentication_assurance_timeout: int | None = None
    """The maximum age of the login in seconds; None for no limit."""
    required_mfa: bool | None = None
    """Whether multi-factor authentication is required."""
    domain_constraints_include: list[str] | None = None
    """The domains to one of which the account must belong; None for no restriction."""
    domain_constraints_exclude: list[str] | None = None
    """The domains to which the account must not belong; None for no restriction."""


class PolicyResult(Document, frozen=True):
    """A response with one policy."""

    policy: Annotated[Policy, NULL_IS_ABSENT] = Field(default_factory=Policy)
    """The policy."""


class Policies(ListDocument[Policy], frozen=True):
    """The policies in the caller's projects: iterate over it, or read `items`."""

    items: list[Policy] = Field(alias="policies")
    """The policies (``policies`` on the wire)."""


_ASSURED = {"if": having({"const": True}, "required_mfa"), "then": having({"const": True}, "high_assurance")}


class PolicyCreate(EnvelopePayload):
    """A policy to create. Source: Auth API, "Policies"."""

    model_config: ClassVar[ConfigDict] = ConfigDict(json_schema_extra=rules(_ASSURED))

    envelope: ClassVar[str] = "policy"

    project_id: Identifier
    """The id of the project it belongs to."""
    display_name: str
    """The name."""
    description: str
    """The description."""
    high_assurance: bool | None = None
    """Whether it applies to the session, and not just to the accounts that the user has (None: no); cannot be changed
    later."""
    authentication_assurance_timeout: _Seconds | None = None
    """The maximum age of the login in seconds (None: no limit)."""
    required_mfa: bool | None = None
    """Whether multi-factor authentication is required, which requires `high_assurance` (None: no)."""
    domain_constraints_include: Texts | None = None
    """The domains to one of which the account must belong (None: no restriction)."""
    domain_constraints_exclude: Texts | None = None
    """The domains to which the account must not belong (None: no restriction)."""

    @field_validator("required_mfa")
    @classmethod
    def _is_about_the_session(cls, required: bool | None, info: ValidationInfo) -> bool | None:
        if required and "high_assurance" in info.data and not info.data["high_assurance"]:
            raise PydanticCustomError("required_mfa", "requires high_assurance to be True")
        return required


class PolicyUpdate(EnvelopePayload, UpdatePayload):
    """Changes to a policy; its `high_assurance` cannot be changed. Source: Auth API, "Policies"."""

    envelope: ClassVar[str] = "policy"

    project_id: Identifier | MISSING = MISSING
    """The id of the project it belongs to."""
    display_name: str | MISSING = MISSING
    """The name."""
    description: str | MISSING = MISSING
    """The description."""
    authentication_assurance_timeout: _Seconds | None | MISSING = MISSING
    """The maximum age of the login in seconds (None: no limit)."""
    required_mfa: bool | MISSING = MISSING
    """Whether multi-factor authentication is required, which requires `high_assurance`."""
    domain_constraints_include: Texts | None | MISSING = MISSING
    """The domains to one of which the account must belong (None: no restriction)."""
    domain_constraints_exclude: Texts | None | MISSING = MISSING
    """The domains to which the account must not belong (None: no restriction)."""
