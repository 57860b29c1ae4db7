"""Which id_tokens are believed, and by which name each other one is refused."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from jose import jwk, jwt

from globus_typed import exc
from globus_typed.auth import Introspection, JSONWebKeySet, OpenIDConfiguration
from globus_typed.auth.id_token import verified_id_token

NOW = 1_800_000_000.0
APP = "ef0a61b9-1c8f-4e4b-8d9a-cc98dd080001"
ISSUER = "https://auth.globus.org"
ACCESS = "access-1"
CLAIMS: dict[str, Any] = {
    "iss": ISSUER,
    "sub": "2a7c9e10-33b4-4d5e-9f60-1b2c3d4e0001",
    "aud": APP,
    "exp": int(NOW) + 600,
    "iat": int(NOW) - 10,
    "nonce": "n-1",
    "new_claim": [1],
}


class Signer:
    """A key pair: signs tokens, and publishes its public half."""

    def __init__(self, kid: str | None, bits: int = 2048) -> None:
        private: RSAPrivateKey = generate_private_key(public_exponent=65537, key_size=bits)
        self.kid = kid
        self.private = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        self.public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    def key(self, **changes: Any) -> dict[str, Any]:
        numbers = jwk.construct(self.public, "RS512").to_dict()
        key = {"kty": "RSA", "alg": "RS512", "use": "sig", "n": numbers["n"], "e": numbers["e"], "kid": self.kid}
        return {name: value for name, value in {**key, **changes}.items() if value is not None}

    def token(self, *, header: dict[str, str] | None = None, access_token: str | None = ACCESS, **changes: Any) -> str:
        claims = {name: value for name, value in {**CLAIMS, **changes}.items() if value is not None}
        named = {} if self.kid is None else {"kid": self.kid}
        return jwt.encode(claims, self.private, "RS512", {**named, **(header or {})}, access_token=access_token)


OURS = Signer("k1")
OTHER = Signer("k1")
UNNAMED = Signer(None)
PROVIDER = OpenIDConfiguration(
    issuer=ISSUER, jwks_uri=f"{ISSUER}/jwk.json", id_token_signing_alg_values_supported=["RS512", "HS256", "none"]
)


def published(*keys: dict[str, Any]) -> JSONWebKeySet:
    return JSONWebKeySet.model_validate({"keys": list(keys)})


def verified(token: str, *keys: dict[str, Any], **options: Any) -> Any:
    given: dict[str, Any] = {
        "access_token": ACCESS,
        "nonce": "n-1",
        "now": NOW,
        "leeway": 60.0,
        "provider": PROVIDER,
        **options,
    }
    return verified_id_token(token, published(*(keys or (OURS.key(),))), client_id=APP, **given)


def by_hand(header: dict[str, Any], claims: dict[str, Any], signature: bytes = b"") -> str:
    parts = (json.dumps(header).encode(), json.dumps(claims).encode(), signature)
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)


def tampered() -> str:
    header, _, signature = OURS.token().split(".")
    body = base64.urlsafe_b64encode(json.dumps({**CLAIMS, "sub": "somebody else"}).encode()).decode().rstrip("=")
    return f"{header}.{body}.{signature}"


def signed_with_the_public_key() -> str:
    # What a library that trusts the header takes for a good signature; jose itself will not make one.
    import hashlib
    import hmac

    unsigned = by_hand({"alg": "HS256", "kid": "k1"}, CLAIMS).rpartition(".")[0]
    digest = hmac.new(OURS.public.encode(), unsigned.encode(), hashlib.sha256).digest()
    return f"{unsigned}.{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"


def test_a_good_one_says_who_logged_in() -> None:
    token = verified(OURS.token())
    assert token.sub == CLAIMS["sub"]
    assert token["new_claim"] == [1]
    assert token.at_hash


REFUSED: dict[str, tuple[Callable[[], str], type[exc.IdTokenError], str]] = {
    "tampered payload": (tampered, exc.IdTokenSignatureError, "id_token"),
    "wrong key": (lambda: OTHER.token(), exc.IdTokenSignatureError, "id_token"),
    "unknown key id": (lambda: OURS.token(header={"kid": "k9"}), exc.IdTokenUnknownKeyError, "kid.*'k9'"),
    "missing key id": (lambda: UNNAMED.token(), exc.IdTokenUnknownKeyError, "kid.*None"),
    "no algorithm": (lambda: by_hand({"alg": "none", "kid": "k1"}, CLAIMS), exc.IdTokenAlgorithmError, "alg"),
    "symmetric": (signed_with_the_public_key, exc.IdTokenAlgorithmError, "alg.*RS512.*HS256"),
    "algorithm not listed": (
        lambda: jwt.encode(CLAIMS, OURS.private, "RS256", {"kid": "k1"}),
        exc.IdTokenAlgorithmError,
        "alg.*RS512.*RS256",
    ),
    "critical header": (lambda: OURS.token(header={"crit": "x"}), exc.IdTokenMalformedError, "crit"),
    "another provider": (lambda: OURS.token(iss="https://evil.example"), exc.IdTokenIssuerError, "iss"),
    "another app": (lambda: OURS.token(aud="another"), exc.IdTokenAudienceError, "aud"),
    "another of two apps": (lambda: OURS.token(aud=[APP, "b"], azp="b"), exc.IdTokenAudienceError, "aud"),
    "expired": (lambda: OURS.token(exp=int(NOW) - 61), exc.IdTokenExpiredError, "exp.*61 s"),
    "made in the future": (lambda: OURS.token(iat=int(NOW) + 61), exc.IdTokenNotYetValidError, "iat"),
    "not yet": (lambda: OURS.token(nbf=int(NOW) + 61), exc.IdTokenNotYetValidError, "nbf"),
    "another access token": (lambda: OURS.token(access_token="x"), exc.IdTokenAccessTokenError, "at_hash"),
    "another nonce": (lambda: OURS.token(nonce="n-2"), exc.IdTokenNonceError, "nonce"),
    "no nonce": (lambda: OURS.token(nonce=None), exc.IdTokenNonceError, "nonce"),
    "no subject": (lambda: OURS.token(sub=None), exc.IdTokenMalformedError, "sub"),
    "no end": (lambda: OURS.token(exp=None), exc.IdTokenMalformedError, "exp"),
    "several audiences, no party": (lambda: OURS.token(aud=[APP, "b"]), exc.IdTokenAudienceError, "azp"),
    "end in text": (lambda: OURS.token(exp=str(int(NOW) + 9)), exc.IdTokenMalformedError, "exp"),
    "end that never comes": (lambda: OURS.token(exp=10**400), exc.IdTokenMalformedError, "exp"),
    "end that is no number": (lambda: OURS.token(exp=float("nan")), exc.IdTokenMalformedError, "exp"),
    "start in text": (lambda: OURS.token(nbf="x"), exc.IdTokenMalformedError, "nbf"),
    "empty crit": (
        lambda: by_hand({"alg": "RS512", "kid": "k1", "crit": []}, CLAIMS),
        exc.IdTokenMalformedError,
        "crit",
    ),
    "plain payload": (
        lambda: by_hand({"alg": "RS512", "kid": "k1", "b64": False}, CLAIMS),
        exc.IdTokenMalformedError,
        "b64",
    ),
    "header of brackets": (
        lambda: base64.urlsafe_b64encode(b"[" * 99_999).decode() + ".e30.e30",
        exc.IdTokenMalformedError,
        "id_token",
    ),
    "large header": (
        lambda: by_hand({"alg": "x" * 10**6, "kid": "k1"}, CLAIMS),
        exc.IdTokenAlgorithmError,
        "^.{0,500}$",
    ),
    "no token": (lambda: "nonsense", exc.IdTokenMalformedError, "id_token"),
    "no header": (lambda: "bm9uZQ.e30.e30", exc.IdTokenMalformedError, "id_token"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_each_wrong_one_is_refused_by_an_error_of_its_own(what: str) -> None:
    token, error, named = REFUSED[what]
    with pytest.raises(exc.IdTokenError, match=named) as caught:
        verified(token())
    assert type(caught.value) is error


def test_the_clocks_may_differ_by_the_leeway_and_no_more() -> None:
    token = OURS.token(exp=int(NOW) - 5)
    assert verified(token, leeway=6.0).exp == NOW - 5
    with pytest.raises(exc.IdTokenExpiredError):
        verified(token, leeway=5.0)


def test_a_provider_whose_keys_have_no_names_means_those() -> None:
    assert verified(UNNAMED.token(), UNNAMED.key()).sub
    assert verified(UNNAMED.token(), Signer(None).key(), UNNAMED.key()).sub


@pytest.mark.parametrize(
    "unfit", [OURS.key(use="enc"), OURS.key(alg="RS256"), {"kty": "EC", "kid": "k1", "crv": "P-256"}]
)
def test_a_key_that_is_for_something_else_is_not_used(unfit: dict[str, Any]) -> None:
    with pytest.raises(exc.IdTokenUnknownKeyError):
        verified(OURS.token(), unfit)


def test_a_published_key_that_cannot_be_read_believes_nothing() -> None:
    with pytest.raises(exc.IdTokenSignatureError):
        verified(OURS.token(), OURS.key(n="!"))


def test_a_provider_that_lists_no_algorithm_means_rs256() -> None:
    silent = OpenIDConfiguration(issuer=ISSUER, jwks_uri="x")
    token = jwt.encode(CLAIMS, OURS.private, "RS256", {"kid": "k1"})
    assert verified(token, OURS.key(alg="RS256"), provider=silent).sub
    with pytest.raises(exc.IdTokenAlgorithmError):
        verified(OURS.token(), provider=silent)


def test_a_claim_with_two_apps_is_good_for_the_party_it_names() -> None:
    assert verified(OURS.token(aud=["other", APP], azp=APP)).aud == ["other", APP]


def test_without_an_access_token_or_nonce_to_compare_those_are_not_looked_at() -> None:
    assert verified(OURS.token(access_token="x", nonce="y"), access_token=None, nonce=None).nonce == "y"


def test_a_short_key_is_refused_by_its_length() -> None:
    short = Signer("k1", 1024)
    with pytest.raises(exc.IdTokenAlgorithmError, match="1024 bits"):
        verified(short.token(), short.key())


def test_a_key_that_is_published_for_other_operations_is_not_used() -> None:
    assert verified(OURS.token(), OURS.key(key_ops=["verify"])).sub
    with pytest.raises(exc.IdTokenUnknownKeyError, match=r"to verify RS512 with \(there is none\)"):
        verified(OURS.token(), OURS.key(key_ops=["encrypt"]))


def test_times_may_have_fractions() -> None:
    token = verified(OURS.token(exp=NOW + 9.5, iat=NOW - 0.5, nbf=NOW - 0.5))
    assert (token.exp, token.iat) == (NOW + 9.5, NOW - 0.5)
    known = Introspection.from_body(b'{"active": true, "exp": 1800000000.5, "iat": 1800000000, "nbf": 1.25}')
    assert (known.exp, known.iat, known.nbf) == (1800000000.5, 1800000000, 1.25)


def test_an_empty_nonce_compares_nothing_and_is_refused() -> None:
    with pytest.raises(exc.GlobusUsageError, match="nonce"):
        verified(OURS.token(nonce=None), nonce="")
