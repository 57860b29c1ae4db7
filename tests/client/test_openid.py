# Generated from test_async_openid.py by tools/unasync.py: change that file.
"""The keys that the provider signs with, as JSON and as PEM."""

import sys
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jose import jwk

from globus_typed import GlobusError, GlobusOptionalDependencyError
from globus_typed.auth import JSONWebKey, JSONWebKeySet, OpenIDConfiguration

from .service import Service, ok

pytestmark = pytest.mark.anyio

PROVIDER = {"issuer": "https://auth.example", "jwks_uri": "https://keys.example/jwk.json"}
KEYS: dict[str, Any] = {
    "RS512": rsa.generate_private_key(65537, 2048),
    "ES256": ec.generate_private_key(ec.SECP256R1()),
    "ES512": ec.generate_private_key(ec.SECP521R1()),
}


def pem_of(algorithm: str) -> str:
    public: bytes = (
        KEYS[algorithm]
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    return public.decode()


def jwk_of(algorithm: str) -> dict[str, str]:
    return {**jwk.construct(pem_of(algorithm), algorithm).to_dict(), "kid": "spring"}


def test_the_keys_are_where_the_configuration_says_and_nobody_need_log_in_for_them() -> None:
    service = Service(ok(**PROVIDER), ok(keys=[jwk_of("RS512"), jwk_of("ES256")]))
    keys = service.auth().get_jwk()
    assert type(keys) is JSONWebKeySet
    assert [key.kty for key in keys.keys] == ["RSA", "EC"]
    assert [str(request.url) for request in service.requests] == [
        "https://auth.example/.well-known/openid-configuration",
        "https://keys.example/jwk.json",
    ]
    assert not [request for request in service.requests if "Authorization" in request.headers]


def test_the_first_key_comes_as_pem() -> None:
    service = Service(ok(keys=[jwk_of("RS512"), jwk_of("ES256")]))
    pem = service.native().get_jwk(OpenIDConfiguration.model_validate(PROVIDER), as_pem=True)
    assert pem == pem_of("RS512")
    assert len(service.requests) == 1


def test_a_provider_without_keys_has_none_as_pem() -> None:
    service = Service(ok(**PROVIDER), ok(keys=[]))
    with pytest.raises(GlobusError, match=r"^keys: .*https://keys\.example/jwk\.json"):
        service.auth().get_jwk(as_pem=True)


def test_pem_needs_an_extra_and_the_keys_themselves_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jose", None)
    app = Service(ok(keys=[jwk_of("RS512")])).auth()
    provider = OpenIDConfiguration.model_validate(PROVIDER)
    assert len(app.get_jwk(provider).keys) == 1
    with pytest.raises(GlobusOptionalDependencyError, match=r"globus-typed\[oidc\]"):
        app.get_jwk(provider, as_pem=True)


@pytest.mark.parametrize("algorithm", KEYS)
@pytest.mark.parametrize("without", [(), ("alg",), ("alg", "kid")])
def test_a_key_of_each_kind_becomes_pem_whether_or_not_it_names_its_algorithm(
    algorithm: str, without: tuple[str, ...]
) -> None:
    key = {name: value for name, value in jwk_of(algorithm).items() if name not in without}
    assert JSONWebKey.model_validate(key).to_pem() == pem_of(algorithm)


@pytest.mark.parametrize(
    "key",
    [
        {"kty": "RSA", "kid": "autumn"},
        {"kty": "RSA", "kid": "autumn", "n": "!", "e": "AQAB"},
        {"kty": "EC", "kid": "autumn", "crv": "P-256"},
        {"kty": "OKP", "kid": "autumn", "crv": "Ed25519", "x": "aa"},
        {"kty": "oct", "kid": "autumn", "alg": "HS256", "k": "c2VjcmV0"},
    ],
)
def test_what_is_no_public_key_has_no_pem(key: dict[str, str]) -> None:
    with pytest.raises(GlobusError, match=r"^keys: 'autumn' is not a valid public key"):
        JSONWebKey.model_validate(key).to_pem()
