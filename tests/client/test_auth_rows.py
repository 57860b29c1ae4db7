# Generated from test_async_auth_rows.py by tools/unasync.py: change that file.
"""Every method of a login on the wire: route, form, who is asking, and the document that answers."""

import base64
import traceback
from pathlib import Path
from typing import Any

import httpx
import pytest

import globus_typed
from globus_typed import (
    AccessTokenAuthorizer,
    AuthAPIError,
    AuthClient,
    AuthenticationError,
    GlobusUsageError,
    Introspection,
    NativeAppAuthClient,
    TokenResponse,
    UserInfo,
)
from globus_typed.auth import DependentTokenResponse, TokenRevocation
from globus_typed.auth.scopes import DEFAULT_REQUESTED_SCOPES

from .service import ID, NOW, Service, ok

pytestmark = pytest.mark.anyio

BASIC = "Basic " + base64.b64encode(f"{ID}:the-secret".encode()).decode()
TRANSFER = {"access_token": "t", "resource_server": "transfer.api.globus.org", "expires_in": 100, "scope": "all"}
TOKENS = ok(
    access_token="a", resource_server="auth.globus.org", expires_in=172800, scope="openid", other_tokens=[TRANSFER]
)
VERIFIER = "v" * 43


def sent(service: Service) -> tuple[str, str, dict[str, str], str | None]:
    (request,) = service.requests
    content_type = request.headers.get("Content-Type")
    assert content_type == ("application/x-www-form-urlencoded" if request.content else None)
    return request.method, request.url.path, service.forms[0], request.headers.get("Authorization")


def test_a_native_app_gets_tokens_for_a_code_with_its_verifier() -> None:
    service = Service(TOKENS)
    app = service.native()
    flow = app.oauth2_start_flow(verifier=VERIFIER, refresh_tokens=True)
    assert app.oauth2_get_authorize_url() == flow.get_authorize_url()
    assert app.oauth2_get_authorize_url().startswith("https://auth.example/v2/oauth2/authorize?")
    assert not service.requests
    tokens = app.oauth2_exchange_code_for_tokens(" the-code\n")
    form = {
        "client_id": ID,
        "grant_type": "authorization_code",
        "code": "the-code",
        "code_verifier": VERIFIER,
        "redirect_uri": "https://auth.example/v2/web/auth-code",
    }
    assert sent(service) == ("POST", "/v2/oauth2/token", form, None)
    assert type(tokens) is TokenResponse
    assert set(tokens.by_resource_server) == {"auth.globus.org", "transfer.api.globus.org"}
    assert tokens.by_resource_server["transfer.api.globus.org"].expires_at_seconds == NOW + 100


def test_a_confidential_app_gets_tokens_for_a_code_with_its_secret() -> None:
    service = Service(TOKENS)
    flow = service.confidential().oauth2_start_flow("https://app.example/back", ["openid", "email"], state="s1")
    tokens = flow.exchange_code_for_tokens("https://app.example/back?code=the-code&state=s1")
    form = {"grant_type": "authorization_code", "code": "the-code", "redirect_uri": "https://app.example/back"}
    assert sent(service) == ("POST", "/v2/oauth2/token", form, BASIC)
    assert tokens.access_token == "a"


def test_a_code_that_belongs_to_another_login_is_not_sent() -> None:
    service = Service(TOKENS)
    flow = service.confidential().oauth2_start_flow("https://app.example/back", state="s1")
    with pytest.raises(GlobusUsageError, match="state: "):
        flow.exchange_code_for_tokens("https://app.example/back?code=the-code&state=s2")
    with pytest.raises(GlobusUsageError, match="auth_code: "):
        flow.exchange_code_for_tokens("")
    assert not service.requests


def test_a_login_has_to_be_started_first() -> None:
    app = Service(TOKENS).native()
    with pytest.raises(GlobusUsageError, match="oauth2_start_flow"):
        app.oauth2_get_authorize_url()
    with pytest.raises(GlobusUsageError, match="oauth2_start_flow"):
        app.oauth2_exchange_code_for_tokens("the-code")


def test_two_visitors_of_one_app_do_not_meet() -> None:
    service = Service(TOKENS)
    app = service.confidential()
    first = app.oauth2_start_flow("https://app.example/back", state="one")
    second = app.oauth2_start_flow("https://app.example/back", state="two")
    assert "state=one" in first.get_authorize_url()
    assert app.oauth2_get_authorize_url() == second.get_authorize_url()


def test_the_older_names_of_the_flows_still_work() -> None:
    with pytest.warns(DeprecationWarning, match="oauth2_start_flow_native_app is now oauth2_start_flow"):
        native = Service(TOKENS).native().oauth2_start_flow_native_app(["openid"], state="s1")
    with pytest.warns(DeprecationWarning, match="oauth2_start_flow_authorization_code is now oauth2_start_flow"):
        web = Service(TOKENS).confidential().oauth2_start_flow_authorization_code("https://app.example/", state="s1")
    for flow in (native, web):
        assert "state=s1" in flow.get_authorize_url({"x": "y"})
        assert "x=y" in flow.get_authorize_url({"x": "y"})


def test_an_app_gets_tokens_for_itself() -> None:
    service = Service(TOKENS)
    assert type(service.confidential().oauth2_client_credentials_tokens(["a", "b c"])) is TokenResponse
    assert sent(service) == ("POST", "/v2/oauth2/token", {"grant_type": "client_credentials", "scope": "a b c"}, BASIC)
    service = Service(TOKENS)
    service.confidential().oauth2_client_credentials_tokens()
    assert service.forms[0]["scope"] == " ".join(DEFAULT_REQUESTED_SCOPES)


def test_tokens_are_renewed() -> None:
    service = Service(TOKENS)
    assert type(service.native().oauth2_refresh_token("r1", {"extra": "x"})) is TokenResponse
    form = {"client_id": ID, "grant_type": "refresh_token", "refresh_token": "r1", "extra": "x"}
    assert sent(service) == ("POST", "/v2/oauth2/token", form, None)
    service = Service(TOKENS)
    service.confidential().oauth2_refresh_token("r1")
    assert sent(service) == (
        "POST",
        "/v2/oauth2/token",
        {"grant_type": "refresh_token", "refresh_token": "r1"},
        BASIC,
    )


def test_a_token_is_revoked() -> None:
    service = Service(ok(active=False))
    answer = service.native().oauth2_revoke_token("t1")
    assert type(answer) is TokenRevocation
    assert answer.active is False
    assert sent(service) == ("POST", "/v2/oauth2/token/revoke", {"client_id": ID, "token": "t1"}, None)
    service = Service(ok(active=False))
    service.confidential().oauth2_revoke_token("t1", {"extra": "x"})
    assert sent(service)[2:] == ({"token": "t1", "extra": "x"}, BASIC)


@pytest.mark.parametrize(
    ("include", "more"),
    [
        (None, {}),
        ("identity_set", {"include": "identity_set"}),
        (["identity_set", "session_info"], {"include": "identity_set,session_info"}),
    ],
)
def test_a_token_is_looked_at(include: Any, more: dict[str, str]) -> None:
    service = Service(ok(active=True, sub=ID))
    answer = service.confidential().oauth2_token_introspect("t1", include)
    assert type(answer) is Introspection
    assert (answer.active, answer.sub) == (True, ID)
    assert sent(service) == ("POST", "/v2/oauth2/token/introspect", {"token": "t1", **more}, BASIC)


def test_a_service_gets_tokens_for_those_that_it_calls() -> None:
    service = Service(httpx.Response(200, json=[TRANSFER]))
    answer = service.confidential().oauth2_get_dependent_tokens("t1")
    assert type(answer) is DependentTokenResponse
    assert [token.access_token for token in answer] == ["t"]
    form = {"grant_type": "urn:globus:auth:grant_type:dependent_token", "token": "t1"}
    assert sent(service) == ("POST", "/v2/oauth2/token", form, BASIC)


def test_any_grant_can_be_asked_for() -> None:
    service = Service(TOKENS)
    form = {"grant_type": "x", "y": "z"}
    assert type(service.native().oauth2_token(form)) is TokenResponse
    assert form == {"grant_type": "x", "y": "z"}
    assert sent(service)[2] == form
    answer = Service(ok(active=False)).native().oauth2_token(form, TokenRevocation)
    assert type(answer) is TokenRevocation


def test_who_the_user_is_comes_with_the_users_token() -> None:
    service = Service(ok(sub=ID, preferred_username="wren@example.org"))
    http = httpx.Client(transport=httpx.MockTransport(service))
    client = AuthClient(authorizer=AccessTokenAuthorizer("user"), base_url="https://auth.example", http_client=http)
    user = client.oauth2_userinfo()
    assert type(user) is UserInfo
    assert user.preferred_username == "wren@example.org"
    assert sent(service) == ("GET", "/v2/oauth2/userinfo", {}, "Bearer user")


def test_a_refusal_has_three_frames_of_ours() -> None:
    service = Service(httpx.Response(401, json={"error": "invalid_grant"}))
    app = service.native()
    app.oauth2_start_flow()
    with pytest.raises(AuthenticationError) as caught:
        app.oauth2_exchange_code_for_tokens("the-code")
    assert isinstance(caught.value, AuthAPIError)
    assert caught.value.code == "invalid_grant"
    package = str(Path(globus_typed.__file__).parent)
    frames = [frame.name for frame in traceback.extract_tb(caught.tb) if frame.filename.startswith(package)]
    assert frames == ["oauth2_exchange_code_for_tokens", "send", "decode"]
    assert len(service.requests) == 1


def test_what_an_app_does_not_take_is_refused_by_name() -> None:
    arguments: dict[str, Any] = {"authorizer": AccessTokenAuthorizer("t")}
    with pytest.raises(GlobusUsageError, match=r"^authorizer: "):
        NativeAppAuthClient(ID, **arguments)
    arguments = {"client_secret": "hush"}
    with pytest.raises(GlobusUsageError, match=r"^client_secret: .*ConfidentialAppAuthClient"):
        AuthClient(ID, **arguments)


@pytest.mark.parametrize("client_id", [None, ""])
def test_a_login_needs_an_app(client_id: Any) -> None:
    with pytest.raises(GlobusUsageError, match="client"):
        NativeAppAuthClient(client_id).oauth2_start_flow()
