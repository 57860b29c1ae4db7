# pyright: reportUnnecessaryTypeIgnoreComment=true
"""What a type checker says of apps. Checked, never run: every ignored line must be an error."""

import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from typing_extensions import assert_type

from globus_typed import (
    AppAuthorizer,
    AsyncTransferClient,
    AuthClient,
    AuthorizationParameters,
    Endpoint,
    GlobusAPIError,
    LoginResult,
    LogoutFailure,
    LogoutReport,
    NativeAppAuthClient,
    PendingLogin,
    TokenResponse,
    TransferClient,
)
from globus_typed.gare import GARE, GlobusAuthorizationParameters, has_gares, is_gare, to_gare, to_gares
from globus_typed.globus_app import (
    ClientApp,
    GlobusApp,
    GlobusAppConfig,
    TokenStorageProvider,
    UserApp,
)
from globus_typed.login_flows import CommandLineLoginFlowManager, LocalServerLoginFlowManager, LoginFlowManager
from globus_typed.scopes import (
    GCSCollectionScopes,
    Scope,
    ScopeCollection,
    ScopeParser,
    ScopeString,
    SpecificFlowScopes,
    TransferScopes,
)
from globus_typed.scopes.consents import Consent, ConsentForest, ConsentTree
from globus_typed.token_storage import (
    HasRefreshTokensValidator,
    JSONTokenStorage,
    MemoryTokenStorage,
    NotExpiredValidator,
    ScopeRequirementsValidator,
    SQLiteTokenStorage,
    TokenStorage,
    TokenStorageData,
    UnchangingIdentityIDValidator,
    ValidatingTokenStorage,
)
from globus_typed.token_storage.legacy import SimpleJSONFileAdapter

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"


def apps(login_client: NativeAppAuthClient) -> None:
    app = UserApp("x", client_id=ID)
    app = UserApp("x", client_id=uuid.uuid4(), scope_requirements={"a": [Scope("b"), "c"]}, config=GlobusAppConfig())
    app = UserApp(login_client=login_client)
    base: GlobusApp = ClientApp("x", client_id=ID, client_secret="s")
    assert_type(base.scope_requirements, dict[str, list[Scope]])
    assert_type(app.add_scope_requirements({TransferScopes.resource_server: TransferScopes.all}), UserApp)
    assert_type(app.get_authorizer("a"), AppAuthorizer)
    assert_type(app.login_required(), bool)
    assert_type(app.token_storage, TokenStorage)
    assert_type(app.start_login(), PendingLogin)
    assert_type(app.finish_login(app.start_login(), "code"), LoginResult)
    with app as same:
        assert_type(same, UserApp)
    UserApp("x", client_id=7)  # type: ignore[arg-type]  # a UUID
    UserApp("x", clientid=ID)  # type: ignore[call-arg]  # a misspelt keyword
    UserApp("x", client_id=ID, config={"token_storage": "json"})  # type: ignore[arg-type]  # a GlobusAppConfig
    app.add_scope_requirements(["a"])  # type: ignore[arg-type]  # by resource server
    app.login(True)  # type: ignore[call-arg, arg-type]  # by name
    app.login(auth_params={"prompt": "login"})  # type: ignore[arg-type]  # AuthorizationParameters
    ClientApp("x", client_id=ID, client_secret="s").start_login()  # type: ignore[attr-defined]  # is for people


def results(app: UserApp) -> None:
    result = app.login(force=True)
    assert_type(result, LoginResult)
    assert_type(result.identity_id, str | None)
    assert_type(result.username, str | None)
    assert_type(result.expires, Mapping[str, datetime])
    assert_type(result.expires_at, datetime | None)
    assert_type(result.renewable, bool)
    assert_type(result.declined_scopes, tuple[str, ...])
    assert_type(result.resource_servers, tuple[str, ...])
    report = app.logout(sweep=True)
    assert_type(report, LogoutReport)
    assert_type(report.revoked, tuple[str, ...])
    assert_type(report.failures, tuple[LogoutFailure, ...])
    assert_type(report.failures[0].error, Exception)
    result.expires = {}  # type: ignore[misc]  # frozen
    print(result.identity)  # type: ignore[attr-defined]  # a misspelt member


async def in_tasks(app: UserApp) -> None:
    assert_type(await app.login_async(), LoginResult)
    assert_type(await app.logout_async(), LogoutReport)
    async with AsyncTransferClient(app=app, app_scopes=[TransferScopes.all]) as tc:
        assert_type(await tc.get_endpoint(ID), Endpoint)
    AsyncTransferClient(app="x")  # type: ignore[arg-type]  # an app


def clients(app: UserApp, service: ClientApp, base: GlobusApp) -> None:
    assert_type(TransferClient(app=app).get_endpoint(ID), Endpoint)
    TransferClient(app=service, app_scopes=f"{TransferScopes.all} a")
    TransferClient(app=base, app_scopes=Scope("a"))
    TransferClient(app.get_authorizer(TransferScopes.resource_server))
    TransferClient(app=ID)  # type: ignore[arg-type]  # an app
    TransferClient(app=UserApp)  # type: ignore[arg-type]  # not the class
    TransferClient(app=app, app_scope="a")  # type: ignore[call-arg]  # a misspelt keyword


def configurations(storage: TokenStorage, provider: TokenStorageProvider) -> None:
    config = GlobusAppConfig(
        login_flow_manager="local-server", token_storage="sqlite", request_refresh_tokens=True, auto_redrive_gares=True
    )
    GlobusAppConfig(login_flow_manager=CommandLineLoginFlowManager, token_storage=JSONTokenStorage)
    GlobusAppConfig(login_flow_manager=LocalServerLoginFlowManager(), token_storage=storage)
    GlobusAppConfig(token_storage=provider, token_validation_error_handler=None, environment="preview")
    GlobusAppConfig(login_flow_manager="browser")  # type: ignore[arg-type]  # no such flow
    GlobusAppConfig(token_storage="yaml")  # type: ignore[arg-type]  # no such store
    GlobusAppConfig(token_storage=None)  # type: ignore[arg-type]  # some store
    GlobusAppConfig(refresh_tokens=True)  # type: ignore[call-arg]  # request_refresh_tokens
    config.namespace = "x"  # type: ignore[misc]  # frozen


def stores(response: TokenResponse, client: AuthClient) -> None:
    inner: TokenStorage
    for inner in (JSONTokenStorage(Path("x")), SQLiteTokenStorage("x", namespace="n"), MemoryTokenStorage()):
        inner.store_token_response(response)
        assert_type(inner.get_token_data("x"), TokenStorageData | None)
        assert_type(inner.get_token_data_by_resource_server(), dict[str, TokenStorageData])
        assert_type(inner.remove_token_data("x"), bool)
        assert_type(inner.iter_namespaces(), Iterator[str])
        validators = [HasRefreshTokensValidator(), NotExpiredValidator(), UnchangingIdentityIDValidator()]
        checked = ValidatingTokenStorage(inner, validators=validators)
        ValidatingTokenStorage(inner, validators=[ScopeRequirementsValidator({"a": [Scope("b")]}, client)])
        assert_type(checked.get_token_data("x"), TokenStorageData)
        assert_type(checked.identity_id, str | None)
        assert_type(checked.get_token_data("x").refresh_token, str | None)
    MemoryTokenStorage("n")  # type: ignore[call-arg]  # by name
    JSONTokenStorage()  # type: ignore[call-arg]  # in which file
    ValidatingTokenStorage(MemoryTokenStorage(), validators=[NotExpiredValidator])  # type: ignore[list-item]  # not the class
    TokenStorage()  # type: ignore[abstract]  # is the base class
    print(SimpleJSONFileAdapter("x").get_token_data("x")["scope"])  # type: ignore[index]  # there may be none


def flows(client: NativeAppAuthClient, parameters: AuthorizationParameters) -> None:
    flow: LoginFlowManager = CommandLineLoginFlowManager(client, ask=lambda url: url, request_refresh_tokens=True)
    assert_type(flow.run_login_flow(parameters), TokenResponse)
    LocalServerLoginFlowManager(client, server_address=("localhost", 0))
    LocalServerLoginFlowManager(client, server_address="localhost")  # type: ignore[arg-type]  # with a port
    CommandLineLoginFlowManager(client, ask="x")  # type: ignore[arg-type]  # a function
    flow.run_login_flow()  # type: ignore[call-arg]  # of which login


def requirements(error: GlobusAPIError) -> None:
    gare = to_gare(error)
    assert_type(gare, GARE | None)
    assert_type(to_gare(error.errors[0]), GARE | None)
    assert_type(to_gare({"code": "x"}), GARE | None)
    assert_type(to_gares([error, {"code": "x"}]), list[GARE])
    assert_type(is_gare(error), bool)
    assert_type(has_gares([error]), bool)
    assert_type(GARE("x", {"prompt": "login"}).authorization_parameters, AuthorizationParameters)
    parameters = GlobusAuthorizationParameters(required_scopes=["a"], session_required_policies=None, extra={"x": 1})
    assert_type(parameters, AuthorizationParameters)
    assert_type(parameters.required_scopes, tuple[str, ...])
    assert_type(AuthorizationParameters.from_dict(parameters.to_dict()), AuthorizationParameters)
    print(gare.code)  # type: ignore[union-attr]  # there may be none
    to_gare("x")  # type: ignore[arg-type]  # an error or a document
    GlobusAuthorizationParameters(required_scopes="a b")  # type: ignore[arg-type]  # several
    GlobusAuthorizationParameters(session_required_mfa="false")  # type: ignore[arg-type]  # a bool
    parameters.required_scopes = ()  # type: ignore[misc]  # frozen


def scopes(forest: ConsentForest) -> None:
    assert_type(TransferScopes.all, ScopeString)
    scope: Scope = TransferScopes.all
    text: str = TransferScopes.all
    collection: ScopeCollection = TransferScopes
    assert_type(next(iter(collection)), Scope)
    assert_type(TransferScopes.all.with_dependency(GCSCollectionScopes(ID).data_access.with_optional(True)), Scope)
    assert_type(SpecificFlowScopes(ID).user, ScopeString)
    assert_type(ScopeParser.merge_scopes([scope], [Scope(text)]), list[Scope])
    assert_type(forest.trees, list[ConsentTree])
    assert_type(forest.trees[0].root, Consent)
    assert_type(forest.meets_scope_requirements([scope, "a[b]"]), bool)
    GCSCollectionScopes(7)  # type: ignore[arg-type]  # an id
    print(TransferScopes.al)  # type: ignore[attr-defined]  # a misspelt scope
    scope.optional = True  # type: ignore[misc]  # frozen
