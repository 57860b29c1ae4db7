# Generated from test_async_id_token.py by tools/unasync.py: change that file.
"""Reading the id_token of a login: what is fetched for it, when, and what it takes."""

import sys
from typing import Any

import httpx
import pytest
from jose import jwt

from globus_typed import AuthClient, GlobusOptionalDependencyError, GlobusUsageError, TokenResponse
from globus_typed.auth.errors import IdTokenExpiredError, IdTokenIssuerError, IdTokenNonceError, IdTokenUnknownKeyError
from globus_typed.sandbox.auth.store.keys import ALGORITHM, SigningKey, new_signing_key

from .service import ID, NOW, Service

pytestmark = pytest.mark.anyio

ISSUER = "https://auth.example"
KEYS = "https://keys.example/jwk.json"
OLD, NEW = new_signing_key(), new_signing_key()


def tokens_of(key: SigningKey, **changes: Any) -> TokenResponse:
    """What a login answered with."""
    claims = {"iss": ISSUER, "sub": "wren", "aud": ID, "exp": int(NOW) + 60, "iat": int(NOW), "nonce": "n-1", **changes}
    id_token = jwt.encode(claims, key.private_pem, ALGORITHM, {"kid": key.kid}, access_token="access-1")
    return TokenResponse(access_token="access-1", resource_server="auth.globus.org", id_token=id_token)


class Provider(Service):
    """Globus Auth with keys that can be changed."""

    def __init__(self, *keys: SigningKey) -> None:
        super().__init__(self.answer)
        self.keys = keys

    def answer(self, request: httpx.Request) -> httpx.Response:
        assert "authorization" not in request.headers
        if str(request.url) == KEYS:
            return httpx.Response(200, json={"keys": [key.public for key in self.keys]})
        document = {"issuer": ISSUER, "jwks_uri": KEYS, "id_token_signing_alg_values_supported": [ALGORITHM]}
        return httpx.Response(200, json=document)

    @property
    def asked(self) -> list[str]:
        return [request.url.path for request in self.requests]


FETCHED = ["/.well-known/openid-configuration", "/jwk.json"]


def test_who_logged_in_is_told_by_client_and_document_alike() -> None:
    provider = Provider(OLD)
    app = provider.confidential()
    tokens = tokens_of(OLD)
    told = tokens.decode_id_token(app, nonce="n-1")
    assert (told.sub, told["aud"]) == ("wren", ID)
    assert app.decode_id_token(tokens) == told
    assert provider.asked == FETCHED


def test_keys_are_fetched_again_once_for_a_key_that_is_new() -> None:
    provider = Provider(OLD)
    app = provider.native()
    app.decode_id_token(tokens_of(OLD))
    provider.keys = (OLD, NEW)
    assert app.decode_id_token(tokens_of(NEW)).sub == "wren"
    assert provider.asked == FETCHED * 2
    app.decode_id_token(tokens_of(OLD))
    assert provider.asked == FETCHED * 2

    with pytest.raises(IdTokenUnknownKeyError):
        app.decode_id_token(tokens_of(new_signing_key()))
    assert provider.asked == FETCHED * 3


def test_a_first_token_of_an_unknown_key_is_refused_without_asking_twice() -> None:
    provider = Provider(OLD)
    with pytest.raises(IdTokenUnknownKeyError):
        provider.native().decode_id_token(tokens_of(NEW))
    assert provider.asked == FETCHED


def test_the_token_of_another_login_is_refused() -> None:
    with pytest.raises(IdTokenNonceError):
        tokens_of(OLD).decode_id_token(Provider(OLD).native(), nonce="n-2")


def test_what_cannot_be_read_is_refused_before_anything_is_sent() -> None:
    provider = Provider(OLD)
    app = provider.native()
    with pytest.raises(GlobusUsageError, match="openid"):
        app.decode_id_token(TokenResponse(access_token="a", resource_server="auth.globus.org"))
    for leeway in (-1, float("inf"), float("nan"), True, "1"):
        wrong: Any = leeway
        with pytest.raises(GlobusUsageError, match="leeway"):
            app.decode_id_token(tokens_of(OLD), leeway=wrong)
    with pytest.raises(GlobusUsageError, match="client_id"):
        AuthClient(base_url=ISSUER).decode_id_token(tokens_of(OLD))
    assert provider.asked == []


def test_without_jose_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jose", None)
    with pytest.raises(GlobusOptionalDependencyError, match=r'python-jose.*pip install "globus-typed\[oidc\]"'):
        Provider(OLD).native().decode_id_token(tokens_of(OLD))


def test_the_url_that_ends_the_session() -> None:
    app = Provider(OLD).native()
    assert app.oauth2_get_logout_url() == f"{ISSUER}/v2/web/logout?client={ID}"
    assert app.oauth2_get_logout_url("https://app.example/?a=b", "Back & forth") == (
        f"{ISSUER}/v2/web/logout?client={ID}&redirect_uri=https%3A%2F%2Fapp.example%2F%3Fa%3Db&redirect_name=Back+%26+forth"
    )
    assert AuthClient(base_url=ISSUER).oauth2_get_logout_url() == f"{ISSUER}/v2/web/logout"
    with pytest.raises(GlobusUsageError, match="redirect_uri"):
        app.oauth2_get_logout_url("nonsense")
    with pytest.raises(GlobusUsageError, match="redirect_name"):
        app.oauth2_get_logout_url(redirect_name="Back")


def test_what_is_asked_of_the_session_stands_in_the_url() -> None:
    app = Provider(OLD).native()
    manager = app.oauth2_start_flow()
    for url in (
        app.oauth2_get_authorize_url(session_required_mfa=True, prompt="login"),
        manager.get_authorize_url({"x": "y"}, session_required_mfa=True, prompt="login"),
    ):
        asked = httpx.URL(url).params
        assert (asked["session_required_mfa"], asked["prompt"]) == ("True", "login")


def test_a_configuration_that_is_given_is_not_fetched() -> None:
    provider = Provider(OLD)
    app = provider.confidential()
    configuration = app.get_openid_configuration()
    tokens = tokens_of(OLD)
    told = app.decode_id_token(tokens, openid_configuration=configuration)
    assert tokens.decode_id_token(app, openid_configuration=configuration) == told
    assert provider.asked == FETCHED
    other = configuration.model_copy(update={"issuer": "https://other.example"})
    with pytest.raises(IdTokenIssuerError):
        app.decode_id_token(tokens, openid_configuration=other)
    wrong: Any = {"issuer": ISSUER}
    with pytest.raises(GlobusUsageError, match="openid_configuration: must be an OpenIDConfiguration, got dict"):
        app.decode_id_token(tokens, openid_configuration=wrong)


def test_the_leeway_goes_by_each_of_its_names() -> None:
    app = Provider(OLD).confidential()
    tokens = tokens_of(OLD, exp=int(NOW) - 90)
    with pytest.raises(IdTokenExpiredError):
        app.decode_id_token(tokens)
    told = app.decode_id_token(tokens, leeway=100)
    assert app.decode_id_token(tokens, jwt_params={"leeway": 100}) == told
    assert tokens.decode_id_token(app, leeway=100) == told
    assert tokens.decode_id_token(app, jwt_params={"leeway": 100}) == told
    with pytest.raises(IdTokenExpiredError):
        tokens.decode_id_token(app, jwt_params={})
    with pytest.raises(GlobusUsageError, match="leeway: is given twice"):
        app.decode_id_token(tokens, leeway=5, jwt_params={"leeway": 100})
    wrong: Any = {"verify_exp": False}
    with pytest.raises(GlobusUsageError, match="no check can be turned off, got verify_exp"):
        app.decode_id_token(tokens, jwt_params=wrong)
    with pytest.raises(GlobusUsageError, match="leeway: must be 0 seconds or more"):
        app.decode_id_token(tokens, jwt_params={"leeway": -1})
