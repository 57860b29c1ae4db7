"""Introspection: the information Globus Auth has about a token."""

from typing import Any

from globus_typed.auth.documents.identity import IdentityStatus, IdentityType
from globus_typed.core.documents import Document

__all__ = ["Authentication", "IdentityDetail", "Introspection", "SessionInfo"]


class Authentication(Document, frozen=True):
    """How and when the user authenticated as one identity in a session."""

    acr: str | None = None
    """The strength of the authentication, as defined by the identity provider."""
    amr: list[str] | None = None
    """The authentication methods, such as ``pwd`` or ``mfa``."""
    idp: str | None = None
    """The id of the identity provider, a UUID."""
    auth_time: int | float | None = None
    """The time of the authentication, in seconds since the epoch."""
    custom_claims: dict[str, Any] | None = None
    """Other claims of the identity provider."""


class SessionInfo(Document, frozen=True):
    """The session in which a token was issued."""

    session_id: str | None = None
    """The id of the session, a UUID."""
    authentications: dict[str, Authentication] | None = None
    """The authentications in this session, by identity id."""


class IdentityDetail(Document, frozen=True):
    """One of the identities of the token's user, given by `id` or by `sub`."""

    id: str | None = None
    """The id of the identity, a UUID."""
    sub: str | None = None
    """The id of the identity, a UUID, under its OpenID Connect name."""
    username: str | None = None
    """The username, such as ``wren@larkspur.example``."""
    name: str | None = None
    """The person's full name."""
    email: str | None = None
    """The person's e-mail address."""
    organization: str | None = None
    """The person's organization."""
    identity_provider: str | None = None
    """The id of the identity provider, a UUID."""
    identity_provider_display_name: str | None = None
    """The name of the identity provider."""
    identity_type: IdentityType | None = None
    """``login`` or ``link``."""
    status: IdentityStatus | None = None
    """``unused``, ``used``, ``private`` or ``closed``."""
    last_authentication: int | float | None = None
    """When the user last logged in with it, in seconds since the epoch."""


class Introspection(Document, frozen=True):
    """The scopes, validity and user of a token. For an expired, revoked or unknown token only `active` is present."""

    active: bool
    """Whether the token is currently valid."""
    scope: str | None = None
    """The scopes of the token, separated by spaces."""
    client_id: str | None = None
    """The id of the client the token was issued to, a UUID."""
    sub: str | None = None
    """The id of the identity that the token acts for, a UUID."""
    username: str | None = None
    """The username of that identity."""
    name: str | None = None
    """The full name of that identity; None if hidden."""
    email: str | None = None
    """The e-mail address of that identity; None if hidden."""
    aud: list[str] | None = None
    """The resource servers that accept the token, by name or client id."""
    iss: str | None = None
    """The issuer, such as ``https://auth.globus.org``."""
    exp: int | float | None = None
    """When it expires, in seconds since the epoch."""
    iat: int | float | None = None
    """When it was issued, in seconds since the epoch."""
    nbf: int | float | None = None
    """When it becomes valid, in seconds since the epoch."""
    token_type: str | None = None
    """The token type: ``Bearer``, in upper or lower case."""
    dependent_tokens_cache_id: str | None = None
    """A key for caching the dependent tokens obtained with it: it changes when they would."""
    identity_set: list[str] | None = None
    """The ids of all identities of the user; present with ``include="identity_set"``."""
    identities_set: list[str] | None = None
    """The same under its older name; present with ``include="identities_set"``."""
    identity_set_detail: list[IdentityDetail] | None = None
    """All identities of the user; present with ``include="identity_set_detail"``."""
    session_info: SessionInfo | None = None
    """The session of the token; present with ``include="session_info"``."""
    policy_evaluations: dict[str, Any] | None = None
    """Whether policies are met, by policy id; present if policies were requested."""
