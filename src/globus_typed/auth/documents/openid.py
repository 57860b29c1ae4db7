"""OpenID Connect: the user's identity, the provider's endpoints and the keys that verify its signatures."""

from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from globus_typed.auth.documents.identity import IdentityStatus
from globus_typed.core.documents import Document, Entries
from globus_typed.errors import GlobusError, GlobusOptionalDependencyError

__all__ = ["IdToken", "JSONWebKey", "JSONWebKeySet", "LinkedIdentity", "OpenIDConfiguration", "UserInfo"]


def _numeric_date(value: object) -> object:
    # A time that is text would be read as a number otherwise.
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise PydanticCustomError("numeric_date", "must be a number of seconds since the epoch, as RFC 7519 has it")
    return value


NumericDate: TypeAlias = Annotated[int | Annotated[float, Field(allow_inf_nan=False)], BeforeValidator(_numeric_date)]
"""A time in seconds since the epoch, with or without a fraction (RFC 7519)."""


class LinkedIdentity(Document, frozen=True):
    """One of the identities of the user."""

    sub: str
    """The id of the identity, a UUID."""
    username: str | None = None
    """The username, such as ``wren@larkspur.example``."""
    name: str | None = None
    """The person's full name, as given by this identity's provider."""
    email: str | None = None
    """The person's e-mail address, as given by this identity's provider."""
    organization: str | None = None
    """The person's organization, as given by this identity's provider."""
    identity_provider: str | None = None
    """The id of the identity provider, a UUID."""
    identity_provider_display_name: str | None = None
    """The name of the identity provider."""
    last_authentication: int | float | None = None
    """When the user last logged in with it, in seconds since the epoch; None if never, or not given."""
    status: IdentityStatus | None = None
    """``unused``, ``used``, ``private`` or ``closed``; in the userinfo, not in id_tokens."""


class UserInfo(Document, frozen=True):
    """The user's identity: `sub` always, the rest as far as the scopes of the token allow."""

    sub: str
    """The id of the user's identity, a UUID."""
    preferred_username: str | None = None
    """The username of the identity, such as ``wren@larkspur.example`` (scope ``profile``)."""
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
    last_authentication: int | float | None = None
    """When the user last logged in, in seconds since the epoch (scope ``profile``)."""
    identity_set: list[LinkedIdentity] | None = None
    """All identities of the user, including this one (scope ``profile``, or the scope to view the identity set)."""


class IdToken(UserInfo, frozen=True):
    """The claims of an id_token: who logged in, the issuer, the app it was issued to and its expiration time."""

    iss: str
    """The issuer, such as ``https://auth.globus.org``."""
    aud: str | list[str]
    """The audience: the id of the client, or several."""
    exp: NumericDate
    """When it expires, in seconds since the epoch."""
    iat: NumericDate
    """When it was issued, in seconds since the epoch."""
    at_hash: str | None = None
    """A hash of the access token that came with it."""
    nonce: str | None = None
    """The nonce with which the login was started, if any."""


class OpenIDConfiguration(Document, frozen=True):
    """The endpoints and capabilities of the provider."""

    issuer: str
    """The issuer, the same as ``iss`` in its id_tokens."""
    jwks_uri: str
    """The URL of the keys that its id_tokens are signed with."""
    authorization_endpoint: str | None = None
    """The URL at which a login starts."""
    token_endpoint: str | None = None
    """The URL from which tokens are requested."""
    userinfo_endpoint: str | None = None
    """The URL of the userinfo."""
    revocation_endpoint: str | None = None
    """The URL at which tokens are revoked."""
    response_types_supported: list[str] | None = None
    """The response types of a login: ``code``."""
    id_token_signing_alg_values_supported: list[str] | None = None
    """The signing algorithms of id_tokens, such as ``RS512``."""
    scopes_supported: list[str] | None = None
    """The OpenID Connect scopes it supports."""
    token_endpoint_auth_methods_supported: list[str] | None = None
    """The methods of client authentication, such as ``client_secret_basic``."""
    claims_supported: list[str] | None = None
    """The claims that id_tokens and the userinfo may have."""
    subject_types_supported: list[str] | None = None
    """The subject types: ``public`` means that a user's `sub` is the same for all clients."""


class JSONWebKey(Document, frozen=True):
    """A public key."""

    kty: str
    """The key type: ``RSA``."""
    kid: str | None = None
    """The id of the key, as in the header of an id_token; None if the provider has only one."""
    alg: str | None = None
    """The algorithm it is used with, such as ``RS512``."""
    use: str | None = None
    """The use of the key: ``sig``, to sign."""
    n: str | None = None
    """The modulus of an RSA key, in base64url."""
    e: str | None = None
    """The exponent of an RSA key, in base64url."""

    def to_pem(self) -> str:
        """The key as a PEM string (``-----BEGIN PUBLIC KEY-----``), as most libraries expect.

        Requires the extra ``oidc``. Raises `GlobusError` for an invalid key; `GlobusOptionalDependencyError` without
        python-jose.
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
            raise GlobusError(f"keys: {self.kid or self.kty!r} is not a valid public key: {error}") from None


_ALGORITHMS = {"RSA": "RS512", "P-256": "ES256", "P-384": "ES384", "P-521": "ES512"}
"""An algorithm for each key type: the PEM is the same for all algorithms of a type."""


class JSONWebKeySet(Entries[JSONWebKey], frozen=True):
    """The keys that the provider signs id_tokens with: iterate over it, or read `keys`."""

    keys: list[JSONWebKey]  # type: ignore[assignment, misc]  # this member's name on the wire
    """The public keys."""

    @property
    def _entries(self) -> list[JSONWebKey]:
        return self.keys
