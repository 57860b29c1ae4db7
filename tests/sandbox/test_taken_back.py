"""What is taken back by public calls: consents, tokens, apps."""

import httpx
import pytest

from globus_typed import (
    AccessTokenAuthorizer,
    AuthAPIError,
    AuthClient,
    GlobusUsageError,
    LoginRequiredError,
    NativeAppAuthClient,
)
from globus_typed.sandbox import Sandbox


def logged_in(sandbox: Sandbox, client_id: str) -> tuple[NativeAppAuthClient, str, str]:
    """A native app, with the access and refresh token of its user."""
    app = NativeAppAuthClient(client_id)
    url = app.oauth2_start_flow("openid profile", refresh_tokens=True).get_authorize_url()
    code = httpx.get(url, headers={"Accept": "text/plain"}).text
    tokens = app.oauth2_exchange_code_for_tokens(code)
    assert tokens.refresh_token is not None
    return app, tokens.access_token, tokens.refresh_token


def works(token: str) -> bool:
    try:
        return bool(AuthClient(authorizer=AccessTokenAuthorizer(token)).userinfo())
    except AuthAPIError:
        return False


def test_consents_can_be_revoked(globus_sandbox: Sandbox) -> None:
    app, token, refresh_token = logged_in(globus_sandbox, globus_sandbox.native_client_id)
    lark = globus_sandbox.add_user("lark@sandbox.example")
    globus_sandbox.revoke_consents(globus_sandbox.native_client_id, user=lark)
    assert works(token)
    globus_sandbox.revoke_consents(globus_sandbox.native_client_id)
    assert not works(token)
    with pytest.raises(LoginRequiredError):
        app.oauth2_refresh_token(refresh_token)
    assert works(logged_in(globus_sandbox, globus_sandbox.native_client_id)[1])


def test_a_token_can_be_revoked(globus_sandbox: Sandbox) -> None:
    app, token, refresh_token = logged_in(globus_sandbox, globus_sandbox.native_client_id)
    other = app.oauth2_refresh_token(refresh_token).access_token
    globus_sandbox.revoke_token(token)
    globus_sandbox.revoke_token("never one")
    assert (works(token), works(other)) == (False, True)
    globus_sandbox.revoke_token(refresh_token)
    assert not works(other)
    with pytest.raises(LoginRequiredError):
        app.oauth2_refresh_token(refresh_token)


def test_apps_can_be_removed(globus_sandbox: Sandbox) -> None:
    tool = globus_sandbox.add_app("Tool", native=True)
    _, token, _ = logged_in(globus_sandbox, tool.client_id)
    globus_sandbox.remove_app(tool)
    assert not works(token)
    url = NativeAppAuthClient(tool.client_id).oauth2_start_flow().get_authorize_url()
    assert httpx.get(url, headers={"Accept": "text/plain"}).status_code == 400
    for gone in (tool, tool.client_id, "nobody"):
        with pytest.raises(GlobusUsageError, match="app: there is none"):
            globus_sandbox.remove_app(gone)
        with pytest.raises(GlobusUsageError, match="app: there is none"):
            globus_sandbox.revoke_consents(gone)
