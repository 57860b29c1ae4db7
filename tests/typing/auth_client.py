# Generated from async_auth_client.py by tools/unasync.py: change that file.
# pyright: reportUnnecessaryTypeIgnoreComment=true
"""What a type checker says of the Auth clients. Checked, never run: every ignored line must be an error."""

from typing_extensions import assert_type

from globus_typed import (
    AccessTokenAuthorizer,
    AuthClient,
    ClientCredentialsAuthorizer,
    ConfidentialAppAuthClient,
    IdToken,
    Introspection,
    NativeAppAuthClient,
    NullAuthorizer,
    RefreshTokenAuthorizer,
    Scope,
    TokenResponse,
    UserInfo,
)
from globus_typed.auth import (
    DependentTokenResponse,
    GlobusAuthorizationCodeFlowManager,
    GlobusNativeAppFlowManager,
    ResourceServerToken,
    TokenRevocation,
)

ID = "ef0a61b9-1c8f-4e4b-8d9a-cc98dd080001"


def native() -> None:
    app = NativeAppAuthClient(ID)
    assert_type(app.oauth2_start_flow(refresh_tokens=True), GlobusNativeAppFlowManager)
    assert_type(app.oauth2_start_flow_native_app(), GlobusNativeAppFlowManager)
    assert_type(app.oauth2_start_flow(["openid", "email"]).get_authorize_url(), str)
    assert_type(app.oauth2_get_authorize_url({"prompt": "login"}), str)
    assert_type(app.oauth2_exchange_code_for_tokens("code"), TokenResponse)
    assert_type(app.oauth2_start_flow().exchange_code_for_tokens("code"), TokenResponse)
    assert_type(app.oauth2_refresh_token("token"), TokenResponse)
    assert_type(app.oauth2_revoke_token("token"), TokenRevocation)
    assert_type(app.oauth2_token({"grant_type": "x"}), TokenResponse)
    assert_type(app.oauth2_token({"grant_type": "x"}, DependentTokenResponse), DependentTokenResponse)
    NativeAppAuthClient()  # type: ignore[call-arg]  # no id
    NativeAppAuthClient(ID, authorizer=NullAuthorizer())  # type: ignore[arg-type]  # it has its own
    app.oauth2_start_flow(refresh_token=True)  # type: ignore[call-arg]  # a misspelt parameter
    app.oauth2_start_flow(5)  # type: ignore[arg-type]  # scopes are texts
    app.oauth2_start_flow_native_app(refresh_tokens="yes")  # type: ignore[arg-type]  # a bool
    app.oauth2_get_authorize_url("prompt")  # type: ignore[arg-type]  # a mapping
    app.oauth2_exchange_code_for_tokens(None)  # type: ignore[arg-type]  # None is no code
    app.oauth2_refresh_token(None)  # type: ignore[arg-type]  # None is no token
    app.oauth2_revoke_token()  # type: ignore[call-arg]  # no token
    app.oauth2_token("grant_type=x")  # type: ignore[call-overload]  # a form is a mapping


def confidential() -> None:
    app = ConfidentialAppAuthClient(ID, "secret")
    assert_type(app.oauth2_start_flow("https://a.example/cb"), GlobusAuthorizationCodeFlowManager)
    assert_type(app.oauth2_start_flow_authorization_code("https://a.example/cb"), GlobusAuthorizationCodeFlowManager)
    assert_type(app.oauth2_client_credentials_tokens(), TokenResponse)
    assert_type(app.oauth2_get_dependent_tokens("token"), DependentTokenResponse)
    assert_type(app.oauth2_token_introspect("token", include="identity_set"), Introspection)
    ConfidentialAppAuthClient(ID)  # type: ignore[call-arg]  # no secret
    app.oauth2_start_flow()  # type: ignore[call-arg]  # no place to come back to
    app.oauth2_start_flow_authorization_code()  # type: ignore[call-arg]  # no place to come back to
    app.oauth2_client_credentials_tokens(3)  # type: ignore[arg-type]  # scopes are texts
    app.oauth2_get_dependent_tokens(None)  # type: ignore[arg-type]  # None is no token
    app.oauth2_token_introspect(None)  # type: ignore[arg-type]  # None is no token


def with_token() -> None:
    client = AuthClient(authorizer=AccessTokenAuthorizer("token"))
    info = client.oauth2_userinfo()
    assert_type(info, UserInfo)
    assert_type(info.sub, str)
    assert_type(info.email, str | None)
    print(info.emial)  # type: ignore[attr-defined]  # a misspelt field
    info.email = "x"  # type: ignore[misc]  # a received document is read only
    AuthClient(ID, client_secret="x")  # type: ignore[arg-type]  # that is ConfidentialAppAuthClient
    client.oauth2_userinfo("x")  # type: ignore[call-arg]  # takes nothing


def tokens(app: NativeAppAuthClient, response: TokenResponse) -> None:
    assert_type(response.by_resource_server, dict[str, ResourceServerToken])
    token = response.by_resource_server["transfer.api.globus.org"]
    assert_type(token.access_token, str)
    assert_type(token["access_token"], str)
    assert_type(token.refresh_token, str | None)
    assert_type(token.expires_at_seconds, int)
    print(token.acces_token)  # type: ignore[attr-defined]  # a misspelt field
    token.access_token = "x"  # type: ignore[misc]  # read only
    RefreshTokenAuthorizer(token.refresh_token, app)  # type: ignore[arg-type]  # it may be None
    assert_type(RefreshTokenAuthorizer("x", app).auth_client, NativeAppAuthClient)
    RefreshTokenAuthorizer("x")  # type: ignore[call-arg]  # no app
    RefreshTokenAuthorizer("x", app, on_refresh=lambda new: new.acces_token)  # type: ignore[attr-defined]  # misspelt
    AccessTokenAuthorizer(None)  # type: ignore[arg-type]  # None is no token


def id_tokens(app: NativeAppAuthClient, tokens: TokenResponse) -> None:
    assert_type(app.decode_id_token(tokens, nonce="n", leeway=5), IdToken)
    assert_type(tokens.decode_id_token(app, nonce="n"), IdToken)
    assert_type(app.decode_id_token(tokens).sub, str)
    assert_type(app.oauth2_get_logout_url("https://a.example/", "Back"), str)
    assert_type(app.oauth2_get_authorize_url(session_required_mfa=True, prompt="login"), str)
    app.decode_id_token("eyJ…")  # type: ignore[arg-type]  # the whole answer, and not the token alone
    app.decode_id_token(tokens, nonse="n")  # type: ignore[call-arg]  # a misspelt parameter
    tokens.decode_id_token(AccessTokenAuthorizer("t"))  # type: ignore[arg-type]  # not an app's client
    app.oauth2_get_logout_url(5)  # type: ignore[arg-type]  # a text
    app.oauth2_get_authorize_url(prompt="consent")  # type: ignore[arg-type]  # "login" is all there is
    app.oauth2_get_authorize_url(session_requires_mfa=True)  # type: ignore[call-arg]  # a misspelt parameter


def own_tokens(app: ConfidentialAppAuthClient, native_app: NativeAppAuthClient) -> None:
    scope = Scope("a").with_dependency("b").with_optional(True)
    assert_type(scope, Scope)
    assert_type(Scope.parse_all("a b"), list[Scope])
    assert_type(ClientCredentialsAuthorizer(app, scope), ClientCredentialsAuthorizer[ConfidentialAppAuthClient])
    assert_type(ClientCredentialsAuthorizer(app, scope).confidential_client, ConfidentialAppAuthClient)
    any_app: ClientCredentialsAuthorizer = ClientCredentialsAuthorizer(app, scope)  # a program need not say which
    assert_type(any_app.access_token, str | None)
    app.oauth2_start_flow("https://a.example/cb", [scope, "openid"])
    ClientCredentialsAuthorizer(app, ["a", scope], on_refresh=lambda tokens: tokens.access_token)
    ClientCredentialsAuthorizer(native_app, scope)  # type: ignore[type-var]  # it has no secret
    ClientCredentialsAuthorizer(app)  # type: ignore[call-arg]  # no scopes
    ClientCredentialsAuthorizer(app, scope, on_refresh=lambda tokens: tokens.acess_token)  # type: ignore[attr-defined]  # a misspelt field
    Scope("a", optinal=True)  # type: ignore[call-arg]  # a misspelt parameter
    Scope("a", dependencies=("b",))  # type: ignore[arg-type]  # scopes, and not texts
