"""What Globus Auth knows of a token."""

from typing import Any

from globus_typed.auth.documents.identity import IdentityStatus, IdentityType
from globus_typed.core.documents import Document

__all__ = ["Authentication", "IdentityDetail", "Introspection", "SessionInfo"]


class Authentication(Document, frozen=True):
    """How and when the user proved to be one identity in a session."""

    acr: str | None = None
    """How strong the proof was, in the identity provider's words."""
    amr: list[str] | None = None
    """The means of proof, such as ``pwd`` or ``mfa``."""
    idp: str | None = None
    """The id of the identity provider, a UUID."""
    auth_time: int | None = None
    """When, in seconds since the epoch."""
    custom_claims: dict[str, Any] | None = None
    """What else the identity provider says."""


class SessionInfo(Document, frozen=True):
    """The session that a token was made in."""

    session_id: str | None = None
    """The session's id, a UUID."""
    authentications: dict[str, Authentication] | None = None
    """The proofs in this session, by the id of the identity."""


class IdentityDetail(Document, frozen=True):
    """One of the identities of the token's user, named by `id` or by `sub`."""

    id: str | None = None
    """The identity's id, a UUID."""
    sub: str | None = None
    """The identity's id, a UUID, under OpenID Connect's name."""
    username: str | None = None
    """Its name, such as ``wren@larkspur.example``."""
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
    last_authentication: int | None = None
    """When the user last logged in with it, in seconds since the epoch."""


class Introspection(Document, frozen=True):
    """What a token is good for and whose it is. For a token that is dead or unknown, `active` is all there is."""

    active: bool
    """Whether the token is good now."""
    scope: str | None = None
    """What it is good for: scopes parted by spaces."""
    client_id: str | None = None
    """The id of the client that got it, a UUID."""
    sub: str | None = None
    """The id of the identity that it acts for, a UUID."""
    username: str | None = None
    """That identity's username."""
    name: str | None = None
    """That identity's full name; None where it is hidden."""
    email: str | None = None
    """That identity's e-mail address; None where it is hidden."""
    aud: list[str] | None = None
    """The resource servers that may take it, by name or client id."""
    iss: str | None = None
    """Who made it, such as ``https://auth.globus.org``."""
    exp: int | None = None
    """When it expires, in seconds since the epoch."""
    iat: int | None = None
    """When it was made, in seconds since the epoch."""
    nbf: int | None = None
    """From when on it is good, in seconds since the epoch."""
    token_type: str | None = None
    """How it is sent: ``Bearer``, in either case."""
    dependent_tokens_cache_id: str | None = None
    """Under what to cache dependent tokens got for it: it changes when those would."""
    identity_set: list[str] | None = None
    """The ids of all identities of the user; there with ``include="identity_set"``."""
    identities_set: list[str] | None = None
    """The same under its older name; there with ``include="identities_set"``."""
    identity_set_detail: list[IdentityDetail] | None = None
    """All identities of the user; there with ``include="identity_set_detail"``."""
    session_info: SessionInfo | None = None
    """How the user logged in; there with ``include="session_info"``."""
    policy_evaluations: dict[str, Any] | None = None
    """Whether policies are met, by the id of the policy; there where policies were asked for."""
