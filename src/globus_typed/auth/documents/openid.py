"""OpenID Connect: who the user is, and how the provider is reached and its signatures are checked."""

from globus_typed.auth.documents.identity import IdentityStatus
from globus_typed.core.documents import Document
from globus_typed.errors import GlobusError, GlobusOptionalDependencyError

__all__ = ["IdToken", "JSONWebKey", "JSONWebKeySet", "LinkedIdentity", "OpenIDConfiguration", "UserInfo"]


class LinkedIdentity(Document, frozen=True):
    """One of the identities that belong to the user."""

    sub: str
    """The identity's id, a UUID."""
    username: str | None = None
    """Its name, such as ``wren@larkspur.example``."""
    name: str | None = None
    """The person's full name, as this identity's provider has it."""
    email: str | None = None
    """The person's e-mail address, as this identity's provider has it."""
    organization: str | None = None
    """The person's organization, as this identity's provider has it."""
    identity_provider: str | None = None
    """The id of the identity provider, a UUID."""
    identity_provider_display_name: str | None = None
    """The name of the identity provider."""
    last_authentication: int | None = None
    """When the user last logged in with it, in seconds since the epoch; None if never, or not told."""
    status: IdentityStatus | None = None
    """``unused``, ``used``, ``private`` or ``closed``; in the userinfo, not in id_tokens."""


class UserInfo(Document, frozen=True):
    """Who the user is: `sub` always, the rest as far as the token's scopes let it be read."""

    sub: str
    """The id of the identity that the user is here, a UUID."""
    preferred_username: str | None = None
    """The identity's username, such as ``wren@larkspur.example`` (scope ``profile``)."""
    name: str | None = None
    """The user's full name (scope ``profile``)."""
    email: str | None = None
    """The user's e-mail address (scope ``email``)."""
    organization: str | None = None
    """The user's organization (scope ``profile``)."""
    identity_provider: str | None = None
    """The id of the identity provider, a UUID (scope ``profile``)."""
    identity_provider_display_name: str | None = None
    """The name of the identity provider (scope ``profile``)."""
    last_authentication: int | None = None
    """When the user last logged in, in seconds since the epoch (scope ``profile``)."""
    identity_set: list[LinkedIdentity] | None = None
    """All identities of the user, this one included (scope ``profile``, or the one to view the identity set)."""


class IdToken(UserInfo, frozen=True):
    """What an id_token says: who logged in, by whose word, for which app and until when."""

    iss: str
    """Who says so: the issuer, such as ``https://auth.globus.org``."""
    aud: str | list[str]
    """Who it is said to: the id of the client, or several."""
    exp: int
    """Until when it may be relied on, in seconds since the epoch."""
    iat: int
    """When it was said, in seconds since the epoch."""
    at_hash: str | None = None
    """A digest of the access token that came with it."""
    nonce: str | None = None
    """What the login was started with, where a nonce was sent."""


class OpenIDConfiguration(Document, frozen=True):
    """Where the provider's endpoints are and what they can do."""

    issuer: str
    """The provider, as ``iss`` in its id_tokens names it."""
    jwks_uri: str
    """Where the keys are published that its id_tokens are signed with."""
    authorization_endpoint: str | None = None
    """Where a login starts."""
    token_endpoint: str | None = None
    """Where tokens are asked for."""
    userinfo_endpoint: str | None = None
    """Where it says who the user is."""
    revocation_endpoint: str | None = None
    """Where tokens are revoked."""
    response_types_supported: list[str] | None = None
    """What a login can answer: ``code``."""
    id_token_signing_alg_values_supported: list[str] | None = None
    """The algorithms that id_tokens are signed with, such as ``RS512``."""
    scopes_supported: list[str] | None = None
    """The OpenID Connect scopes it knows."""
    token_endpoint_auth_methods_supported: list[str] | None = None
    """How a client proves itself, such as ``client_secret_basic``."""
    claims_supported: list[str] | None = None
    """What id_tokens and the userinfo can tell."""
    subject_types_supported: list[str] | None = None
    """Whether a user's `sub` is the same for every client: ``public``."""


class JSONWebKey(Document, frozen=True):
    """A public key."""

    kty: str
    """The kind of key: ``RSA``."""
    kid: str | None = None
    """The key's name, as the header of an id_token gives it; None where the provider has but one."""
    alg: str | None = None
    """The algorithm it is for, such as ``RS512``."""
    use: str | None = None
    """What it is for: ``sig``, to sign."""
    n: str | None = None
    """The modulus of an RSA key, base64url."""
    e: str | None = None
    """The exponent of an RSA key, base64url."""

    def to_pem(self) -> str:
        """The key as PEM text (``-----BEGIN PUBLIC KEY-----``), as most libraries read it. Needs the extra ``oidc``.

        Raises `GlobusError` for a key that is none; `GlobusOptionalDependencyError` without python-jose.
        """
        try:
            from jose import jwk
            from jose.exceptions import JOSEError
        except ImportError:
            raise GlobusOptionalDependencyError(("python-jose",), "to_pem", "oidc") from None
        algorithm = self.alg or _ALGORITHMS.get(self.kty) or _ALGORITHMS.get(str(self.get("crv")))
        try:
            return jwk.construct(self.data, algorithm).to_pem().decode("ascii")
        except (JOSEError, KeyError, NotImplementedError, TypeError, ValueError) as error:
            raise GlobusError(f"keys: {self.kid or self.kty!r} is no public key: {error}") from None


_ALGORITHMS = {"RSA": "RS512", "P-256": "ES256", "P-384": "ES384", "P-521": "ES512"}
"""An algorithm for each kind of key: the PEM is the same for all that take such a key."""


class JSONWebKeySet(Document, frozen=True):
    """The keys that the provider signs id_tokens with."""

    keys: list[JSONWebKey]
    """The public keys."""
