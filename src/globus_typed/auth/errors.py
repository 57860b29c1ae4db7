"""The exceptions of Globus Auth: a refused request, and an id_token whose verification failed."""

from globus_typed.errors import GlobusAPIError, GlobusError

__all__ = [
    "AuthAPIError",
    "IdTokenAccessTokenError",
    "IdTokenAlgorithmError",
    "IdTokenAudienceError",
    "IdTokenError",
    "IdTokenExpiredError",
    "IdTokenIssuerError",
    "IdTokenMalformedError",
    "IdTokenNonceError",
    "IdTokenNotYetValidError",
    "IdTokenSignatureError",
    "IdTokenUnknownKeyError",
]


class AuthAPIError(GlobusAPIError):
    """Globus Auth refused a request."""


class IdTokenError(GlobusError):
    """The verification of an id_token failed; the subclass says why."""


class IdTokenMalformedError(IdTokenError):
    """Not a signed token, or one without the claims that an id_token must have."""


class IdTokenAlgorithmError(IdTokenError):
    """Signed by an algorithm that the provider does not use, or that anybody could sign with."""


class IdTokenUnknownKeyError(IdTokenError):
    """No published key matches the one that the token names, or it names none."""


class IdTokenSignatureError(IdTokenError):
    """Wrong signature: not signed by the published key, or changed since."""


class IdTokenIssuerError(IdTokenError):
    """Wrong issuer."""


class IdTokenAudienceError(IdTokenError):
    """Wrong audience: issued to another app."""


class IdTokenExpiredError(IdTokenError):
    """Expired."""


class IdTokenNotYetValidError(IdTokenError):
    """Issued in the future: one of the two clocks is wrong."""


class IdTokenAccessTokenError(IdTokenError):
    """Issued with another access token (``at_hash``)."""


class IdTokenNonceError(IdTokenError):
    """Wrong nonce: it belongs to another login."""
