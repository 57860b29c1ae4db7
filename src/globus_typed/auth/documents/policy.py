"""Policies: what a user's session must be like for a service to be content with it."""

from typing import Annotated, ClassVar

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from globus_typed.auth.documents.envelope import EnvelopePayload, Texts
from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.fields import Identifier
from globus_typed.core.payloads import MISSING, UpdatePayload

__all__ = ["Policies", "Policy", "PolicyCreate", "PolicyResult", "PolicyUpdate"]

_Seconds = Annotated[int, Field(ge=0)]


class Policy(Document, frozen=True):
    """What is asked of a user's session: an account of certain domains, a recent login, a second factor."""

    id: str
    """The id of the policy, a UUID."""
    project_id: str | None = None
    """The project that it belongs to."""
    display_name: str | None = None
    """Its name."""
    description: str | None = None
    """What it is for."""
    high_assurance: bool | None = None
    """Whether it is about the session, and not just about the accounts that the user has."""
    authentication_assurance_timeout: int | None = None
    """How many seconds ago the login may have been at most; None for no limit."""
    required_mfa: bool | None = None
    """Whether a second factor is asked for."""
    domain_constraints_include: list[str] | None = None
    """The domains of which the account must be one; None for no rule."""
    domain_constraints_exclude: list[str] | None = None
    """The domains of which the account must not be; None for no rule."""


class PolicyResult(Document, frozen=True):
    """An answer with one policy."""

    policy: Policy
    """The policy."""


class Policies(ListDocument[Policy], frozen=True):
    """The policies in the caller's projects: iterate it, or read `items`."""

    items: list[Policy] = Field(alias="policies")
    """The policies (``policies`` on the wire)."""


class PolicyCreate(EnvelopePayload):
    """A policy to make. Source: Auth API, "Policies"."""

    envelope: ClassVar[str] = "policy"

    project_id: Identifier
    """The project that it belongs to."""
    display_name: str
    """Its name."""
    description: str
    """What it is for."""
    high_assurance: bool | None = None
    """Whether it is about the session, and not just about the accounts that the user has; it stays so. None: no."""
    authentication_assurance_timeout: _Seconds | None = None
    """How many seconds ago the login may have been at most; None: no limit."""
    required_mfa: bool | None = None
    """Whether a second factor is asked for, which only a policy with `high_assurance` can; None: no."""
    domain_constraints_include: Texts | None = None
    """The domains of which the account must be one; None: no rule."""
    domain_constraints_exclude: Texts | None = None
    """The domains of which the account must not be; None: no rule."""

    @field_validator("required_mfa")
    @classmethod
    def _is_about_the_session(cls, required: bool | None, info: ValidationInfo) -> bool | None:
        if required and "high_assurance" in info.data and not info.data["high_assurance"]:
            raise PydanticCustomError("required_mfa", "needs high_assurance to be True as well")
        return required


class PolicyUpdate(EnvelopePayload, UpdatePayload):
    """What to change of a policy; whether it has `high_assurance` stays. Source: Auth API, "Policies"."""

    envelope: ClassVar[str] = "policy"

    project_id: Identifier | MISSING = MISSING
    """The project that it belongs to."""
    display_name: str | MISSING = MISSING
    """Its name."""
    description: str | MISSING = MISSING
    """What it is for."""
    authentication_assurance_timeout: _Seconds | None | MISSING = MISSING
    """How many seconds ago the login may have been at most. None: no limit."""
    required_mfa: bool | MISSING = MISSING
    """Whether a second factor is asked for, which only a policy with `high_assurance` can."""
    domain_constraints_include: Texts | None | MISSING = MISSING
    """The domains of which the account must be one. None: no rule."""
    domain_constraints_exclude: Texts | None | MISSING = MISSING
    """The domains of which the account must not be. None: no rule."""
