"""The official SDK's ways to a token, each walked to its end in the sandbox: log in, refresh, look, use, revoke."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import globus_sdk
import httpx
import pytest
from globus_sdk.gare import GlobusAuthorizationParameters, to_gare
from globus_sdk.login_flows import LoginFlowManager
from globus_sdk.scopes import AuthScopes, GCSCollectionScopes, TransferScopes
from globus_sdk.token_storage.validating_token_storage import IdentityMismatchError

from globus_typed.sandbox import Sandbox

TRANSFER = "transfer.api.globus.org"
WANTED = [AuthScopes.openid, AuthScopes.email, AuthScopes.profile, TransferScopes.all]


def code(url: str) -> str:
    """The authorization code, as a person gets it who follows the URL and agrees."""
    response = httpx.get(url, headers={"Accept": "text/plain"})
    assert response.status_code == 200, response.text
    return response.text


class PlainLogin(LoginFlowManager):
    """What an app of the official SDK has users log in with: here, at once."""

    @classmethod
    def for_globus_app(
        cls, *, app_name: str, login_client: globus_sdk.AuthLoginClient, config: globus_sdk.GlobusAppConfig
    ) -> "PlainLogin":
        return cls(login_client, request_refresh_tokens=config.request_refresh_tokens)

    def run_login_flow(self, auth_parameters: GlobusAuthorizationParameters) -> globus_sdk.OAuthTokenResponse:
        redirect = f"{self.login_client.base_url.rstrip('/')}/v2/web/auth-code"
        url = self._get_authorize_url(auth_parameters, redirect)
        return self.login_client.oauth2_exchange_code_for_tokens(code(url))


@pytest.fixture
def native(globus_sandbox: Sandbox) -> Iterator[globus_sdk.NativeAppAuthClient]:
    with globus_sdk.NativeAppAuthClient(globus_sandbox.native_client_id) as client:
        yield client


@pytest.fixture
def confidential(globus_sandbox: Sandbox) -> Iterator[globus_sdk.ConfidentialAppAuthClient]:
    with globus_sdk.ConfidentialAppAuthClient(globus_sandbox.client_id, globus_sandbox.client_secret) as client:
        yield client


def collections(tc: globus_sdk.TransferClient) -> set[str]:
    return {ep["display_name"] for ep in tc.endpoint_search(filter_scope="my-endpoints")}


def usable(authorizer: globus_sdk.authorizers.GlobusAuthorizer) -> bool:
    """Whether Transfer takes the tokens that this one gives."""
    with globus_sdk.TransferClient(authorizer=authorizer) as tc:
        return collections(tc) == {"Sandbox Source", "Sandbox Destination"}


def fails(call: Any, *arguments: Any) -> globus_sdk.AuthAPIError:
    with pytest.raises(globus_sdk.AuthAPIError) as caught:
        call(*arguments)
    return caught.value


def login(native: globus_sdk.NativeAppAuthClient) -> globus_sdk.OAuthTokenResponse:
    native.oauth2_start_flow(WANTED, refresh_tokens=True)
    return native.oauth2_exchange_code_for_tokens(code(native.oauth2_get_authorize_url()))


def test_a_native_app(native: globus_sdk.NativeAppAuthClient, globus_sandbox: Sandbox) -> None:
    tokens = login(native)
    assert tokens.decode_id_token()["preferred_username"] == globus_sandbox.user.username
    token = tokens.by_resource_server[TRANSFER]
    stored: list[Any] = []
    authorizer = globus_sdk.RefreshTokenAuthorizer(
        token["refresh_token"], native, on_refresh=lambda response: stored.append(response.by_resource_server)
    )
    assert usable(authorizer)
    assert stored[0][TRANSFER]["access_token"] != token["access_token"]
    native.oauth2_revoke_token(token["refresh_token"])
    assert fails(native.oauth2_refresh_token, token["refresh_token"]).http_status == 400


def test_a_refresh_token_that_rotates() -> None:
    with Sandbox(rotate_refresh_tokens=True) as sandbox, pytest.MonkeyPatch.context() as patch:
        for name, value in sandbox.environment.items():
            patch.setenv(name, value)
        with globus_sdk.NativeAppAuthClient(sandbox.native_client_id) as native:
            old = login(native).by_resource_server[TRANSFER]["refresh_token"]
            new = native.oauth2_refresh_token(old).by_resource_server[TRANSFER]["refresh_token"]
            assert new not in (None, old)
            # One that was used before may have been stolen: nothing of that login is good any more.
            for spent in (old, new):
                assert fails(native.oauth2_refresh_token, spent).http_status == 400


def test_a_confidential_app_for_itself(
    confidential: globus_sdk.ConfidentialAppAuthClient, globus_sandbox: Sandbox
) -> None:
    authorizer = globus_sdk.ClientCredentialsAuthorizer(confidential, TransferScopes.all)
    assert usable(authorizer)
    tokens = confidential.oauth2_client_credentials_tokens([TransferScopes.all])
    token = tokens.by_resource_server[TRANSFER]["access_token"]
    seen = confidential.oauth2_token_introspect(token, include="identity_set")
    assert (seen["active"], seen["sub"], seen["scope"]) == (True, globus_sandbox.client_id, str(TransferScopes.all))
    confidential.oauth2_revoke_token(token)
    assert confidential.oauth2_token_introspect(token).data == {"active": False}


def test_a_confidential_app_for_a_user(
    confidential: globus_sdk.ConfidentialAppAuthClient, globus_sandbox: Sandbox
) -> None:
    redirect = "http://localhost:5000/login"
    confidential.oauth2_start_flow(redirect, WANTED, state="s", refresh_tokens=True)
    # The app is sent back to with the code, as a browser would be.
    (text,) = parse_qs(urlsplit(confidential.oauth2_get_authorize_url()).query)["redirect_uri"]
    assert text == redirect
    tokens = confidential.oauth2_exchange_code_for_tokens(code(confidential.oauth2_get_authorize_url()))
    with globus_sdk.AuthClient(
        authorizer=globus_sdk.AccessTokenAuthorizer(tokens.by_resource_server["auth.globus.org"]["access_token"])
    ) as auth:
        person = auth.userinfo()
        assert (person["sub"], person["email"]) == (globus_sandbox.user.id, globus_sandbox.user.email)
        (vouching,) = auth.get_identity_providers(domains="sandbox.example")["identity_providers"]
        assert person["identity_provider"] == vouching["id"]
        forest = auth.get_consents(person["sub"]).to_forest()
        assert forest.meets_scope_requirements(TransferScopes.all)
        provider = confidential.get_openid_configuration()
        key = confidential.get_jwk(provider, as_pem=True)
        claims = tokens.decode_id_token(openid_configuration=provider, jwk=key)
        assert claims["aud"] == globus_sandbox.client_id
    refreshed = globus_sdk.RefreshTokenAuthorizer(tokens.by_resource_server[TRANSFER]["refresh_token"], confidential)
    assert usable(refreshed)


def test_a_service_behind_an_app(confidential: globus_sdk.ConfidentialAppAuthClient, globus_sandbox: Sandbox) -> None:
    scope = f"https://auth.globus.org/scopes/{globus_sandbox.client_id}/submit"
    token = globus_sandbox.access_token((f"{scope}[{TransferScopes.all}]",))
    dependent = confidential.oauth2_get_dependent_tokens(token)
    authorizer = globus_sdk.AccessTokenAuthorizer(dependent.by_resource_server[TRANSFER]["access_token"])
    assert usable(authorizer)
    refused = fails(lambda: confidential.oauth2_get_dependent_tokens(token, scope="email"))
    told = to_gare(refused)
    assert told is not None
    assert told.authorization_parameters.required_scopes == [f"{scope}[email]"]


def user_app(sandbox: Sandbox) -> globus_sdk.UserApp:
    config = globus_sdk.GlobusAppConfig(
        login_flow_manager=PlainLogin, token_storage="memory", request_refresh_tokens=True
    )
    return globus_sdk.UserApp("tests", client_id=sandbox.native_client_id, config=config)


def test_a_user_app(globus_sandbox: Sandbox) -> None:
    with user_app(globus_sandbox) as app, globus_sdk.TransferClient(app=app) as tc:
        assert app.login_required()
        app.login()
        assert not app.login_required()
        assert "Sandbox Source" in collections(tc)
        app.logout()
        assert app.login_required()


def test_a_user_app_whose_collection_needs_a_consent(globus_sandbox: Sandbox) -> None:
    archive = globus_sandbox.add_collection("Archive", data_access=True)
    (archive.root / "a.csv").write_text("1")
    with user_app(globus_sandbox) as app, globus_sdk.TransferClient(app=app) as tc:
        app.login()
        with pytest.raises(globus_sdk.TransferAPIError) as caught:
            tc.operation_ls(archive.id)
        needed = TransferScopes.all.with_dependency(GCSCollectionScopes(archive.id).data_access.with_optional(True))
        assert caught.value.info.consent_required.required_scopes == [str(needed)]
        tc.add_app_data_access_scope(archive.id)
        assert app.login_required()
        app.login()
        assert [entry["name"] for entry in tc.operation_ls(archive.id)] == ["a.csv"]


def test_a_user_app_notices_another_user(globus_sandbox: Sandbox) -> None:
    stork = globus_sandbox.add_user("stork@sandbox.example")
    with user_app(globus_sandbox) as app:
        app.add_scope_requirements({TRANSFER: [TransferScopes.all]})
        app.login()
        parameters = GlobusAuthorizationParameters(session_required_identities=[stork.id])
        with pytest.raises(IdentityMismatchError):
            app.login(auth_params=parameters, force=True)


def test_a_client_app(globus_sandbox: Sandbox) -> None:
    config = globus_sdk.GlobusAppConfig(token_storage="memory")
    with (
        globus_sdk.ClientApp(
            "tests", client_id=globus_sandbox.client_id, client_secret=globus_sandbox.client_secret, config=config
        ) as app,
        globus_sdk.TransferClient(app=app) as tc,
    ):
        archive = globus_sandbox.add_collection("Archive", owner=globus_sandbox.app_identity, data_access=True)
        # It never asks for consents that there are: what it needs must be said before its first token.
        tc.add_app_data_access_scope(archive.id)
        assert list(tc.operation_ls(archive.id)) == []
        assert "Sandbox Source" in collections(tc)
