"""Verification of id_tokens: signature and claims (OpenID Connect Core, 3.1.3.7). No I/O here."""

import base64
import hmac
from typing import Any

from pydantic import ValidationError

from globus_typed.auth.documents.openid import IdToken, JSONWebKey, JSONWebKeySet, OpenIDConfiguration
from globus_typed.auth.errors import (
    IdTokenAccessTokenError,
    IdTokenAlgorithmError,
    IdTokenAudienceError,
    IdTokenExpiredError,
    IdTokenIssuerError,
    IdTokenMalformedError,
    IdTokenNonceError,
    IdTokenNotYetValidError,
    IdTokenSignatureError,
    IdTokenUnknownKeyError,
)
from globus_typed.core.json_data import unchecked
from globus_typed.core.outside_text import clean
from globus_typed.errors import GlobusOptionalDependencyError, GlobusUsageError

__all__ = ["check_leeway", "verified_id_token"]

_FAMILIES = {"RS": "RSA", "ES": "EC"}
"""The types of asymmetric keys, by the prefix of their algorithms' names; only the provider has the private key."""

_FAR = 1e15  # seconds: further off than any time
_LEAST_BITS = 2048
"""The bits of the shortest RSA key that may sign (RFC 7518, 3.3)."""


def verified_id_token(
    id_token: str,
    keys: JSONWebKeySet,
    provider: OpenIDConfiguration,
    *,
    client_id: str,
    now: float,
    leeway: float,
    access_token: str | None = None,
    nonce: str | None = None,
) -> IdToken:
    """The claims of the token, after complete verification.

    Parameters: `keys` that the provider publishes; `provider`, its configuration; `client_id`, the audience the token
    must have; `now`, in seconds since the epoch, with a tolerance of `leeway`; `access_token`, the one that came with
    it; `nonce`, the one with which the login was started, if any.
    Raises an `IdTokenError`, of a subclass that says which check failed; `GlobusUsageError` for an empty `nonce`;
    `GlobusOptionalDependencyError` without python-jose.
    Source: OpenID Connect Core 1.0, "ID Token Validation"; RFC 7515.
    """
    if nonce is not None and (not isinstance(unchecked(nonce), str) or not nonce):
        raise GlobusUsageError("nonce: must be what the login was started with, not empty; None if it had none")
    try:
        from jose import jws
        from jose.exceptions import JOSEError
    except ImportError:
        raise GlobusOptionalDependencyError(("python-jose",), "decode_id_token", "oidc") from None
    # Errors are raised outside of `except` here: a context may hold the token or its claims.
    header, unreadable = None, ""
    try:
        header = jws.get_unverified_header(id_token)
    except (JOSEError, ValueError, RecursionError) as error:  # the last one for a header of nothing but brackets
        unreadable = clean(str(error))
    if header is None:
        raise IdTokenMalformedError(f"id_token: is not a signed token: {unreadable}")
    algorithm = _algorithm(header, provider)
    problem: Exception | None = None
    for key in _candidates(header, keys, algorithm):
        try:
            payload = jws.verify(id_token, {**key.data, "alg": algorithm}, [algorithm])
        except (JOSEError, ValueError, TypeError, RecursionError) as error:  # noqa: PERF203  # the last: an invalid published key
            problem = error
        else:
            break
    else:
        raise IdTokenSignatureError(f"id_token: is not signed by the provider's published key: {clean(str(problem))}")
    claims, lacking = None, ""
    try:
        claims = IdToken.model_validate_json(payload)
    except ValidationError as error:
        lacking = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'claims'}: {e['msg']}" for e in error.errors())
    if claims is None:
        raise IdTokenMalformedError(f"id_token: {lacking}")
    _check_claims(claims, provider, client_id, now, leeway)
    if access_token is not None and claims.at_hash is not None:
        _check_at_hash(claims.at_hash, access_token, algorithm)
    if nonce is not None and (claims.nonce is None or not _same(claims.nonce, nonce)):
        raise IdTokenNonceError("nonce: is not the one that this login was started with; start the login again")
    return claims


def check_leeway(leeway: object) -> None:
    """Check the leeway; raises `GlobusUsageError` if it is not a number of seconds."""
    if not isinstance(leeway, (int, float)) or isinstance(leeway, bool) or not 0 <= leeway < float("inf"):
        raise GlobusUsageError(f"leeway: must be 0 seconds or more, got {leeway!r}")


def _algorithm(header: dict[str, Any], provider: OpenIDConfiguration) -> str:
    algorithm: object = header.get("alg")
    # According to OpenID Connect Discovery, a provider that lists none uses RS256.
    listed = provider.id_token_signing_alg_values_supported or ["RS256"]
    allowed = [name for name in listed if name[:2] in _FAMILIES]
    if not isinstance(algorithm, str) or algorithm not in allowed:
        raise IdTokenAlgorithmError(
            f"alg: must be one that the provider signs with ({', '.join(allowed)}), got {_shown(algorithm)}"
        )
    if "crit" in header:
        raise IdTokenMalformedError(
            f"crit: the token requires an extension that is not supported: {_shown(header['crit'])}"
        )
    if header.get("b64", True) is not True:
        raise IdTokenMalformedError(f"b64: the payload of an id_token is always encoded, got {_shown(header['b64'])}")
    return algorithm


def _candidates(header: dict[str, Any], keys: JSONWebKeySet, algorithm: str) -> list[JSONWebKey]:
    name: object = header.get("kid")
    fitting = [
        key
        for key in keys.keys
        if key.kty == _FAMILIES[algorithm[:2]] and key.use in (None, "sig") and key.alg in (None, algorithm)
        if _verifies(key.get("key_ops"))
    ]
    named = [key for key in fitting if key.kid == name and name is not None]
    # If no key has this id, those without an id may be meant.
    found = named or [key for key in fitting if key.kid is None]
    if not found:
        published = clean(", ".join(repr(key.kid) for key in fitting)) or "there is none"
        raise IdTokenUnknownKeyError(
            f"kid: must name a key that is published to verify {algorithm} with ({published}), got {_shown(name)}"
        )
    for key in found:
        if (bits := _rsa_bits(key)) < _LEAST_BITS:
            raise IdTokenAlgorithmError(
                f"n: the provider's key {_shown(key.kid)} has {bits} bits; RSA keys need {_LEAST_BITS} at least"
            )
    return found


def _verifies(operations: object) -> bool:
    return operations is None or (isinstance(operations, list) and "verify" in operations)


def _rsa_bits(key: JSONWebKey) -> int:
    """The length of an RSA key; that of the least allowed for other keys, and for one that cannot be read."""
    if key.kty != "RSA" or not key.n:
        return _LEAST_BITS
    try:
        modulus = base64.b64decode(key.n + "=" * (-len(key.n) % 4), b"-_", validate=True)
    except ValueError:
        return _LEAST_BITS
    return int.from_bytes(modulus, "big").bit_length()


def _shown(value: object) -> str:
    return clean(repr(value), longest=200)


def _check_claims(claims: IdToken, provider: OpenIDConfiguration, client_id: str, now: float, leeway: float) -> None:
    if claims.iss != provider.issuer:
        raise IdTokenIssuerError(f"iss: must be {provider.issuer!r}, got {_shown(claims.iss)}")
    audience = [claims.aud] if isinstance(claims.aud, str) else claims.aud
    party: object = claims.get("azp")
    if client_id not in audience or (party is not None and party != client_id):
        raise IdTokenAudienceError(f"aud: must be this app, {client_id!r}, got {_shown(party or claims.aud)}")
    if party is None and len(audience) > 1:
        raise IdTokenAudienceError(f"azp: must say which of several it was issued to, {_shown(claims.aud)}")
    not_before: Any = claims.get("nbf", claims.iat)
    for name, time in (("exp", claims.exp), ("iat", claims.iat), ("nbf", not_before)):
        if isinstance(time, bool) or not isinstance(time, (int, float)) or not abs(time) < _FAR:
            raise IdTokenMalformedError(f"{name}: must be a number of seconds since the epoch, got {_shown(time)}")
    if claims.exp + leeway <= now:
        raise IdTokenExpiredError(f"exp: expired {now - claims.exp:.0f} s ago; log in again")
    earliest = max(claims.iat, not_before)
    if earliest - leeway > now:
        raise IdTokenNotYetValidError(f"iat, nbf: not valid for another {earliest - now:.0f} s; is the clock right?")


def _check_at_hash(at_hash: str, access_token: str, algorithm: str) -> None:
    from jose.constants import ALGORITHMS
    from jose.utils import calculate_at_hash

    if not _same(at_hash, calculate_at_hash(access_token, ALGORITHMS.HASHES[algorithm])):
        raise IdTokenAccessTokenError("at_hash: belongs to a different access token, not to the one that came with it")


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
