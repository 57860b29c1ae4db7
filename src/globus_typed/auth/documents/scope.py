"""Registered scopes: operations that services offer to apps on behalf of users."""

import re
from typing import Annotated, ClassVar

from pydantic import Field, Strict
from pydantic_core import PydanticCustomError

from globus_typed.auth.documents.envelope import EnvelopePayload, Texts
from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.fields import NULL_IS_ABSENT, AnswerId, Checked, Identifier, shown
from globus_typed.core.payloads import MISSING, Payload, UpdatePayload

__all__ = [
    "DependentScope",
    "DependentScopeSpec",
    "ScopeCreate",
    "ScopeDefinition",
    "ScopeDefinitions",
    "ScopeResult",
    "ScopeUpdate",
]


class DependentScope(Document, frozen=True):
    """Another scope that users consent to along with a scope."""

    scope: str | None = None
    """The id of that scope, a UUID."""
    optional: bool | None = None
    """Whether the user may withdraw consent to it separately."""
    requires_refresh_token: bool | None = None
    """Whether refresh tokens are issued for it."""


class ScopeDefinition(Document, frozen=True):
    """A registered scope: operations a service performs on behalf of a user, once the user has consented."""

    id: AnswerId = ""
    """The id of the scope, a UUID; empty where the response left it out."""
    client: str | None = None
    """The id of the client that is the service."""
    scope_string: str | None = None
    """The scope string to request in a login, such as ``https://auth.globus.org/scopes/<client id>/<suffix>``."""
    scope_suffix: str | None = None
    """The end of `scope_string`."""
    name: str | None = None
    """The name shown when users consent."""
    description: str | None = None
    """The description shown when users consent."""
    advertised: bool | None = None
    """Whether it is visible to everyone, even if its client is private."""
    allows_refresh_token: bool | None = None
    """Whether refresh tokens may be requested for it."""
    required_domains: list[str] | None = None
    """The domains in one of which the user must have an identity."""
    dependent_scopes: list[DependentScope] | None = None
    """The scopes that users consent to along with it."""


class ScopeResult(Document, frozen=True):
    """A response with one scope."""

    scope: Annotated[ScopeDefinition, NULL_IS_ABSENT] = Field(default_factory=ScopeDefinition)
    """The scope."""


class ScopeDefinitions(ListDocument[ScopeDefinition], frozen=True):
    """The scopes that were found: iterate over it, or read `items`."""

    items: list[ScopeDefinition] = Field(alias="scopes")
    """The scopes (``scopes`` on the wire)."""


def _check_suffix(suffix: str) -> str:
    if not re.fullmatch("[a-z0-9_]+", suffix):
        raise PydanticCustomError(
            "scope_suffix", "must be lower-case letters a to z, digits and _, got {got}", shown(suffix)
        )
    return suffix


_Suffix = Annotated[str, Checked(_check_suffix, {"pattern": "^[a-z0-9_]+$"})]


class DependentScopeSpec(Payload):
    """Another scope that users are to consent to along with a scope."""

    scope: Identifier
    """The id of that scope, a UUID."""
    optional: bool
    """Whether the user may withdraw consent to it separately."""
    requires_refresh_token: bool
    """Whether refresh tokens are issued for it."""


_Dependent = Annotated[list[DependentScopeSpec], Strict(False)]


class ScopeCreate(EnvelopePayload):
    """A scope to create for a client. Source: Auth API, "Scopes"."""

    envelope: ClassVar[str] = "scope"

    name: str
    """The name shown when users consent."""
    description: str
    """The description shown when users consent."""
    scope_suffix: _Suffix
    """The end of the scope string: lower-case letters, digits and ``_``."""
    required_domains: Texts | None = None
    """The domains in one of which the user must have an identity (None: any)."""
    dependent_scopes: _Dependent | None = None
    """The scopes that users consent to along with it (None: no others)."""
    advertised: bool | None = None
    """Whether it is visible to everyone, even if its client is private (None: up to the service)."""
    allows_refresh_token: bool | None = None
    """Whether refresh tokens may be requested for it (None: up to the service)."""


class ScopeUpdate(EnvelopePayload, UpdatePayload):
    """Changes to a scope; its client cannot be changed. Source: Auth API, "Scopes"."""

    envelope: ClassVar[str] = "scope"

    name: str | MISSING = MISSING
    """The name shown when users consent."""
    description: str | MISSING = MISSING
    """The description shown when users consent."""
    scope_suffix: _Suffix | MISSING = MISSING
    """The end of the scope string: lower-case letters, digits and ``_``."""
    required_domains: Texts | MISSING = MISSING
    """The domains in one of which the user must have an identity."""
    dependent_scopes: _Dependent | MISSING = MISSING
    """The scopes that users consent to along with it."""
    advertised: bool | MISSING = MISSING
    """Whether it is visible to everyone, even if its client is private."""
    allows_refresh_token: bool | MISSING = MISSING
    """Whether refresh tokens may be requested for it."""
