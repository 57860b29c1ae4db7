"""Every row of the official app layer, P339 to P378, walked by its official names: each with a small assertion."""

import asyncio
import base64
import inspect
import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
import pytest

from globus_typed import (
    AccessTokenAuthorizer,
    AsyncNativeAppAuthClient,
    AsyncTransferClient,
    AuthClient,
    BasicAuthorizer,
    ClientCredentialsAuthorizer,
    ConfidentialAppAuthClient,
    ConsentRequiredError,
    Endpoint,
    GlobusAuthorizer,
    GlobusSDKUsageError,
    MissingIdentityError,
    NativeAppAuthClient,
    NullAuthorizer,
    RefreshTokenAuthorizer,
    TokenResponse,
    TransferClient,
)
from globus_typed.auth.oauth_flow_manager import GlobusAuthorizationCodeFlowManager, GlobusNativeAppFlowManager
from globus_typed.authorizers import RenewingAuthorizer
from globus_typed.gare import GARE, GlobusAuthorizationParameters, has_gares, is_gare, to_gare, to_gares
from globus_typed.globus_app import (
    ClientApp,
    GlobusApp,
    GlobusAppConfig,
    UserApp,
)
from globus_typed.login_flows import CommandLineLoginFlowManager, LocalServerLoginFlowManager, LoginFlowManager
from globus_typed.scopes import (
    AuthScopes,
    ComputeScopes,
    DynamicScopeCollection,
    FlowsScopes,
    GCSCollectionScopes,
    GCSEndpointScopes,
    GroupsScopes,
    NexusScopes,
    Scope,
    ScopeCollection,
    ScopeParser,
    SearchScopes,
    SpecificFlowScopes,
    StaticScopeCollection,
    TimersScopes,
    TransferScopes,
)
from globus_typed.scopes.consents import Consent, ConsentForest, ConsentTree
from globus_typed.token_storage import (
    FileTokenStorage,
    HasRefreshTokensValidator,
    JSONTokenStorage,
    MemoryTokenStorage,
    MissingTokenError,
    NotExpiredValidator,
    ScopeRequirementsValidator,
    SQLiteTokenStorage,
    TokenDataValidator,
    TokenStorage,
    TokenStorageData,
    TokenValidationContext,
    UnchangingIdentityIDValidator,
    ValidatingTokenStorage,
)
from globus_typed.token_storage.legacy import (
    FileAdapter,
    MemoryAdapter,
    SimpleJSONFileAdapter,
    SQLiteAdapter,
    StorageAdapter,
)

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"
APP = "ef0a61b9-1c8f-4e4b-8d9a-cc98dd080001"
WREN = "5b0f1d7e-77aa-4a41-8a53-6f1f5b2c0003"
TRANSFER = "transfer.api.globus.org"
ENDPOINT = {"DATA_TYPE": "endpoint", "id": ID, "display_name": "Archive"}
Kind = Literal["sync", "async"]


@pytest.fixture(params=["sync", "async"])
def kind(request: pytest.FixtureRequest) -> Kind:
    param: Kind = request.param
    return param


class Globus:
    """Auth and Transfer in a few lines: which tokens are good, what was asked for, and what a call lacks."""

    def __init__(self) -> None:
        self.good: set[str] = set()
        self.forms: list[dict[str, str]] = []
        self.revoked: list[str] = []
        self.agents: list[str] = []
        self.required: list[str] = []
        self.lifetime = 3600
        self.made = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.agents.append(request.headers["user-agent"])
        form = dict(parse_qsl(request.content.decode()))
        if request.url.path.endswith("/token"):
            self.forms.append(form)
            return httpx.Response(200, json=self.tokens(form))
        if request.url.path.endswith("/revoke"):
            self.revoked.append(form["token"])
            self.good.discard(form["token"])
            return httpx.Response(200, json={"active": False})
        if request.headers.get("authorization", "").removeprefix("Bearer ") not in self.good:
            return httpx.Response(401, json={"code": "AuthenticationFailed", "message": "no"})
        if self.required:
            return httpx.Response(403, json={"code": "ConsentRequired", "required_scopes": self.required})
        return httpx.Response(200, json=ENDPOINT)

    def tokens(self, form: Mapping[str, str]) -> dict[str, Any]:
        self.made += 1
        claims = base64.urlsafe_b64encode(json.dumps({"sub": WREN, "aud": APP}).encode()).decode().rstrip("=")

        def token(server: str, scope: str) -> dict[str, Any]:
            self.good.add(f"{server}-{self.made}")
            return {
                "access_token": f"{server}-{self.made}",
                "refresh_token": f"refresh-{server}-{self.made}"
                if form.get("grant_type") != "client_credentials"
                else None,
                "scope": scope,
                "expires_in": self.lifetime,
                "token_type": "Bearer",
                "resource_server": server,
            }

        transfer = token(TRANSFER, TransferScopes.all)
        if form.get("grant_type") == "refresh_token" or "openid" not in form.get("scope", "openid"):
            return {**transfer, "other_tokens": []}
        auth = token("auth.globus.org", "openid profile email")
        return {**transfer, "other_tokens": [auth], "id_token": f"e.{claims}.s"}

    @property
    def http(self) -> httpx.Client:
        return httpx.Client(transport=httpx.MockTransport(self))

    def endpoint(
        self, kind: Kind, authorizer: GlobusAuthorizer | None = None, app: GlobusApp | None = None, **options: Any
    ) -> Endpoint:
        """The document, read by a client of that kind."""
        if kind == "sync":
            with TransferClient(authorizer, app=app, http_client=self.http, **options) as client:
                return client.get_endpoint(ID)

        async def read() -> Endpoint:
            http = httpx.AsyncClient(transport=httpx.MockTransport(self))
            async with AsyncTransferClient(authorizer, app=app, http_client=http, **options) as client:
                return await client.get_endpoint(ID)

        return asyncio.run(read())

    def native(self) -> NativeAppAuthClient:
        return NativeAppAuthClient(APP, http_client=self.http)

    def confidential(self) -> ConfidentialAppAuthClient:
        return ConfidentialAppAuthClient(APP, "secret", http_client=self.http)

    def user_app(self, **choices: Any) -> UserApp:
        asked: list[str] = []

        def ask(url: str) -> str:
            asked.append(url)
            self.required = []
            return "code"

        usual: dict[str, Any] = {
            "token_storage": "memory",
            "login_flow_manager": CommandLineLoginFlowManager(ask=ask),
        }
        config = GlobusAppConfig(**{**usual, **choices})
        app = UserApp("walk", login_client=self.native(), config=config)
        vars(app)["asked"] = asked
        return app


@pytest.fixture
def globus() -> Globus:
    return Globus()


# 2.23 Authorizers


def test_p339_an_authorizer_of_one_s_own_gives_headers_and_another_after_a_401(globus: Globus, kind: Kind) -> None:
    class Own(GlobusAuthorizer):
        token = "old"

        def get_authorization_header(self) -> str | None:
            return f"Bearer {self.token}"

        def handle_missing_authorization(self) -> bool:
            self.token = "new"
            return True

    globus.good = {"new"}
    assert globus.endpoint(kind, Own()).display_name == "Archive"


def test_p340_static_authorizers(globus: Globus, kind: Kind) -> None:
    assert NullAuthorizer().get_authorization_header() is None
    assert BasicAuthorizer("u", "p").get_authorization_header() == f"Basic {base64.b64encode(b'u:p').decode()}"
    assert AccessTokenAuthorizer("t").get_authorization_header() == "Bearer t"
    assert not AccessTokenAuthorizer("t").handle_missing_authorization()
    globus.good = {"t"}
    assert globus.endpoint(kind, AccessTokenAuthorizer("t")).id == ID


def test_p341_a_refresh_token_authorizer_keeps_the_rotated_token(globus: Globus, kind: Kind) -> None:
    told: list[TokenResponse] = []
    authorizer = RefreshTokenAuthorizer("first", globus.native(), on_refresh=told.append)
    assert globus.endpoint(kind, authorizer).id == ID
    globus.good.clear()
    assert globus.endpoint(kind, authorizer).id == ID
    assert [form["refresh_token"] for form in globus.forms] == ["first", f"refresh-{TRANSFER}-1"]
    assert [tokens.refresh_token for tokens in told] == [f"refresh-{TRANSFER}-1", f"refresh-{TRANSFER}-2"]
    half = RefreshTokenAuthorizer("second", globus.native(), access_token="only")  # when it expires is not known
    assert globus.endpoint(kind, half).id == ID
    assert globus.forms[-1]["refresh_token"] == "second"
    twin = RefreshTokenAuthorizer("first", AsyncNativeAppAuthClient(APP), access_token="t", expires_at=2**33)
    globus.good.add("t")
    assert globus.endpoint("async", twin).id == ID


def test_p342_a_client_credentials_authorizer_is_of_one_resource_server(globus: Globus, kind: Kind) -> None:
    authorizer = ClientCredentialsAuthorizer(globus.confidential(), TransferScopes.all)
    assert globus.endpoint(kind, authorizer).id == ID
    assert globus.forms == [{"grant_type": "client_credentials", "scope": str(TransferScopes.all)}]
    both = ClientCredentialsAuthorizer(globus.confidential(), [TransferScopes.all, AuthScopes.openid])
    with pytest.raises(ValueError, match="one resource server"):
        globus.endpoint(kind, both)


def test_p343_a_token_is_renewed_a_minute_before_its_end(globus: Globus) -> None:
    now = [0.0]
    authorizer = RefreshTokenAuthorizer(
        "first", globus.native(), access_token="t", expires_at=1000, clock=lambda: now[0]
    )
    assert isinstance(authorizer, RenewingAuthorizer)
    for now[0], made in ((900.0, 0), (939.0, 0), (941.0, 1), (942.0, 1)):
        authorizer.ensure_valid_token()
        assert globus.made == made


def test_p344_no_token_is_in_a_log(globus: Globus, kind: Kind, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    authorizer = RefreshTokenAuthorizer("sesame-refresh", globus.native())
    globus.endpoint(kind, authorizer)
    assert caplog.records
    for secret in ("sesame-refresh", f"{TRANSFER}-1"):
        assert secret not in caplog.text + repr(authorizer)


# 2.24 GlobusApp


def test_p345_an_app_is_made_of_an_id_or_of_a_client(globus: Globus) -> None:
    names = [*inspect.signature(GlobusApp.__init__).parameters][1:]
    assert names == ["app_name", "login_client", "client_id", "client_secret", "scope_requirements", "config"]
    assert inspect.isabstract(GlobusApp)
    several: list[dict[str, Any]] = [{}, {"client_id": APP, "login_client": globus.native()}]
    for wrong in several:
        with pytest.raises(GlobusSDKUsageError, match="client_id"):
            UserApp("walk", **wrong)


def test_p346_a_user_app_logs_in_at_the_first_call(globus: Globus, kind: Kind) -> None:
    app = globus.user_app()
    assert isinstance(app, GlobusApp)
    assert globus.endpoint(kind, app=app).id == ID
    assert globus.endpoint("sync", app=app).id == globus.endpoint("async", app=app).id == ID
    assert [form["grant_type"] for form in globus.forms] == ["authorization_code"]
    assert any("walk" in agent for agent in globus.agents)


def test_p347_a_client_app_uses_its_secret(globus: Globus, kind: Kind) -> None:
    config = GlobusAppConfig(token_storage="memory")
    app = ClientApp("walk", login_client=globus.confidential(), config=config)
    assert globus.endpoint(kind, app=app).id == ID
    assert {form["grant_type"] for form in globus.forms} == {"client_credentials"}
    with pytest.raises(GlobusSDKUsageError, match="login_flow_manager"):
        ClientApp(client_id=APP, client_secret="s", config=GlobusAppConfig(login_flow_manager="command-line"))


def test_p348_login_and_logout(globus: Globus) -> None:
    with globus.user_app() as app:
        app.add_scope_requirements({TRANSFER: TransferScopes.all})
        assert app.login_required()
        app.login()
        assert not app.login_required()
        app.login()
        app.login(force=True)
        app.login(auth_params=GlobusAuthorizationParameters(session_required_mfa=True))
        asked = vars(app)["asked"]
        assert len(asked) == 3
        assert "session_required_mfa=true" in asked[-1].lower()
        app.logout()
        assert app.login_required()
        assert {f"{TRANSFER}-3", f"refresh-{TRANSFER}-3"} <= {*globus.revoked}
        assert app.logout(sweep=True).failures == ()


def test_p349_scope_requirements_are_added_and_copied(globus: Globus) -> None:
    app = globus.user_app()
    app.add_scope_requirements({TRANSFER: [Scope(TransferScopes.all)]})
    app.add_scope_requirements({TRANSFER: str(TransferScopes.all)})
    copied = app.scope_requirements
    copied[TRANSFER].clear()
    assert app.scope_requirements == {
        "auth.globus.org": [Scope("openid")],
        TRANSFER: [Scope(TransferScopes.all)],
    }
    assert isinstance(app.get_authorizer(TRANSFER), GlobusAuthorizer)
    # Clients ask the app whether to make a call again; so there are no retry checks to hand out.
    assert not hasattr(app, "get_client_retry_checks")


def test_p350_the_configuration_has_the_official_names() -> None:
    config = GlobusAppConfig()
    assert (config.login_flow_manager, config.login_redirect_uri, config.token_storage) == (None, None, "json")
    assert (config.request_refresh_tokens, config.auto_redrive_gares) == (False, False)
    assert config.token_validation_error_handler is not None
    assert GlobusAppConfig(environment="sandbox").environment == "sandbox"
    with pytest.raises(AttributeError):
        config.token_storage = "memory"  # type: ignore[misc]  # frozen


def test_p351_parts_of_an_app_are_made_by_their_providers(globus: Globus) -> None:
    made: list[str] = []

    class Flow(CommandLineLoginFlowManager):
        def prompt_for_code(self) -> str:
            made.append("flow")
            return "code"

        def print_authorize_url(self, authorize_url: str) -> None:
            made.append("shown")

    class Storage(MemoryTokenStorage):
        @classmethod
        def for_globus_app(cls, *, app_name: str, config: object, client_id: object, namespace: str) -> "Storage":
            made.append(f"storage of {app_name} {client_id} {namespace}")
            return cls(namespace=namespace)

    class Decoder:
        @classmethod
        def for_globus_app(cls, *, app_name: str, config: object, login_client: object) -> "Decoder":
            made.append("decoder")
            return cls()

        def decode(self, tokens: TokenResponse) -> str:
            return WREN

    def handler(app: Any, error: Exception) -> None:
        made.append(type(error).__name__)
        app.login(force=True)

    app = globus.user_app(
        login_flow_manager=Flow, token_storage=Storage, id_token_decoder=Decoder, token_validation_error_handler=handler
    )
    assert globus.endpoint("sync", app=app).id == ID
    assert made == [f"storage of walk {APP} DEFAULT", "MissingTokenError", "shown", "flow", "decoder"]


def test_p351_a_verification_of_id_tokens_takes_the_token_as_in_the_official_layer(globus: Globus) -> None:
    class Official:
        def decode(self, id_token: str, /) -> dict[str, Any]:
            assert id_token.count(".") == 2
            return {"sub": WREN, "preferred_username": "wren@larkspur.example"}

    class Nobody:
        def decode(self, id_token: str, /) -> dict[str, Any]:
            return {"sub": ""}

    login = globus.user_app(id_token_decoder=Official()).login()
    assert (login.identity_id, login.username) == (WREN, "wren@larkspur.example")
    with pytest.raises(MissingIdentityError, match="names no identity"):
        globus.user_app(id_token_decoder=Nobody()).login()


def test_p352_a_gare_is_redriven_once_if_wanted(globus: Globus, kind: Kind) -> None:
    plain, easy = globus.user_app(), globus.user_app(auto_redrive_gares=True)
    for app in (plain, easy):
        app.add_scope_requirements({TRANSFER: TransferScopes.all}).login()
    globus.required = [f"{TransferScopes.all}[*{GCSCollectionScopes(ID).data_access}]"]
    with pytest.raises(ConsentRequiredError):
        globus.endpoint(kind, app=plain)
    assert globus.endpoint(kind, app=easy).id == ID
    assert len(vars(easy)["asked"]) == 2
    assert "data_access" in vars(easy)["asked"][-1]


def test_p353_an_authorizer_is_made_once_for_each_resource_server(globus: Globus, kind: Kind) -> None:
    app = globus.user_app(request_refresh_tokens=True)
    globus.endpoint(kind, app=app)
    authorizer = app.get_authorizer(TRANSFER)
    assert authorizer is app.get_authorizer(TRANSFER) is not app.get_authorizer("auth.globus.org")
    globus.good.clear()
    assert globus.endpoint(kind, app=app).id == ID
    assert globus.forms[-1]["grant_type"] == "refresh_token"


def test_p354_tokens_lie_where_the_official_ones_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLOBUS_TYPED_TOKEN_DIR", str(tmp_path))
    app = UserApp("Larkspur mover", client_id=APP)
    assert app.token_storage.location == str(tmp_path / APP / "larkspur-mover" / "tokens.json")
    other = UserApp("Larkspur mover", client_id=APP, config=GlobusAppConfig(environment="preview"))
    assert Path(other.token_storage.location).name == "preview-tokens.json"
    assert not [*tmp_path.iterdir()]


def test_p355_the_namespace_can_be_chosen(globus: Globus, tmp_path: Path) -> None:
    storage = JSONTokenStorage(tmp_path / "tokens.json", namespace="stork")
    globus.user_app(token_storage=storage).login()
    assert [*JSONTokenStorage(tmp_path / "tokens.json").iter_namespaces()] == ["stork"]
    assert globus.user_app().token_storage.namespace == "DEFAULT"


# 2.25 Token storage

DATA = {
    "resource_server": TRANSFER,
    "identity_id": WREN,
    "scope": str(TransferScopes.all),
    "access_token": "t",
    "refresh_token": None,
    "expires_at_seconds": 2**33,
    "token_type": "Bearer",
}


def stored_in(storage: TokenStorage) -> TokenStorage:
    storage.store_token_data_by_resource_server({TRANSFER: TokenStorageData.from_dict(DATA)})
    return storage


def test_p356_a_store_has_the_official_methods() -> None:
    storage = MemoryTokenStorage()
    stored_in(storage)
    storage.store_token_response(TokenResponse.model_validate(Globus().tokens({})))
    assert storage.get_token_data_by_resource_server().keys() == {TRANSFER, "auth.globus.org"}
    found = storage.get_token_data(TRANSFER)
    assert found is not None
    assert found.access_token == f"{TRANSFER}-1"
    assert storage.remove_token_data(TRANSFER)
    assert storage.get_token_data(TRANSFER) is None
    assert storage.namespace == "DEFAULT"
    storage.close()


def test_p357_stored_tokens_are_plain_data_and_back() -> None:
    data = TokenStorageData.from_dict({**DATA, "novelty": 1})
    assert data.extra == {"novelty": 1}
    assert data.to_dict() == {name: value for name, value in DATA.items() if value is not None} | {"novelty": 1}
    assert (data.expires_at_seconds, data.token_type, data.refresh_token) == (2**33, "Bearer", None)


@pytest.mark.parametrize("made", [JSONTokenStorage, SQLiteTokenStorage])
def test_p358_a_store_in_a_file(made: type[JSONTokenStorage] | type[SQLiteTokenStorage], tmp_path: Path) -> None:
    storage = made(tmp_path / "tokens")
    assert isinstance(storage, FileTokenStorage)
    assert not storage.file_exists()
    with storage.user_only_umask():
        (tmp_path / "own").touch()
    assert (tmp_path / "own").stat().st_mode & 0o777 == 0o600
    own = made.for_globus_app(app_name="x", config=GlobusAppConfig(), client_id=APP, namespace="n")
    assert own.namespace == "n"
    assert not own.file_exists()


def test_p359_the_json_file_has_the_official_format(tmp_path: Path) -> None:
    path = tmp_path / "tokens.json"
    stored_in(JSONTokenStorage(path, namespace="n"))
    document = json.loads(path.read_text())
    assert document["format_version"] == "2.0"
    assert document["data"]["n"][TRANSFER]["access_token"] == "t"


def test_p360_the_database_is_for_all_threads(tmp_path: Path) -> None:
    from threading import Thread

    storage = SQLiteTokenStorage(tmp_path / "tokens.db", connect_params={"timeout": 3}, namespace="n")
    thread = Thread(target=stored_in, args=(storage,))
    thread.start()
    thread.join()
    assert [*storage.iter_namespaces()] == ["n"]
    assert storage.get_token_data(TRANSFER) is not None


def test_p361_tokens_in_memory() -> None:
    assert stored_in(MemoryTokenStorage(namespace="n")).namespace == "n"


def test_p362_a_validating_store_knows_the_identity() -> None:
    storage = ValidatingTokenStorage(MemoryTokenStorage(), validators=[NotExpiredValidator()])
    before = storage.identity_id
    stored_in(storage)
    assert (before, storage.identity_id) == (None, WREN)
    assert storage.get_token_data(TRANSFER).access_token == "t"


def test_p363_a_validator_of_one_s_own() -> None:
    seen: list[TokenValidationContext] = []

    class Own(TokenDataValidator):
        def before_store(
            self, token_data_by_resource_server: Mapping[str, TokenStorageData], context: TokenValidationContext
        ) -> None:
            seen.append(context)

        def after_retrieve(
            self, token_data_by_resource_server: Mapping[str, TokenStorageData], context: TokenValidationContext
        ) -> None:
            seen.append(context)

    storage = stored_in(ValidatingTokenStorage(MemoryTokenStorage(), validators=[Own()]))
    storage.get_token_data(TRANSFER)
    assert [(each.prior_identity_id, each.token_data_identity_id) for each in seen] == [(None, WREN), (WREN, WREN)]


def test_p364_the_official_validators(globus: Globus) -> None:
    needed = {TRANSFER: [Scope(TransferScopes.all)]}
    client = AuthClient(authorizer=AccessTokenAuthorizer("t"), http_client=globus.http)
    validators = [
        HasRefreshTokensValidator(),
        NotExpiredValidator(),
        ScopeRequirementsValidator(needed, client),
        UnchangingIdentityIDValidator(),
    ]
    storage = stored_in(ValidatingTokenStorage(MemoryTokenStorage(), validators=validators))
    with pytest.raises(MissingTokenError, match="refresh token"):
        storage.get_token_data(TRANSFER)


def test_p365_the_stores_of_before(tmp_path: Path) -> None:
    response = TokenResponse.model_validate(Globus().tokens({}))
    adapters: list[StorageAdapter] = [
        MemoryAdapter(),
        SimpleJSONFileAdapter(tmp_path / "a.json"),
        SQLiteAdapter(tmp_path / "a.db"),
    ]
    for adapter in adapters:
        adapter.store(response)
        adapter.on_refresh(response)
        assert (adapter.get_token_data(TRANSFER) or {})["access_token"] == f"{TRANSFER}-1"
    assert [isinstance(adapter, FileAdapter) for adapter in adapters] == [False, True, True]


# 2.26 Login flows


def test_p366_a_login_flow_of_one_s_own(globus: Globus, kind: Kind) -> None:
    class Own(LoginFlowManager):
        def run_login_flow(self, auth_parameters: GlobusAuthorizationParameters) -> TokenResponse:
            scopes = " ".join(auth_parameters.required_scopes)
            return TokenResponse.model_validate(globus.tokens({"scope": scopes}))

    flow = Own(globus.native(), request_refresh_tokens=True, native_prefill_named_grant="x")
    assert (flow.request_refresh_tokens, flow.native_prefill_named_grant) == (True, "x")
    assert globus.endpoint(kind, app=globus.user_app(login_flow_manager=flow)).id == ID


def test_p367_the_command_line_flow_can_be_overridden(globus: Globus) -> None:
    shown: list[str] = []

    class Own(CommandLineLoginFlowManager):
        def print_authorize_url(self, authorize_url: str) -> None:
            shown.append(authorize_url)

        def prompt_for_code(self) -> str:
            return "code"

    flow = Own(globus.native(), redirect_uri="https://a.example/", request_refresh_tokens=True)
    tokens = flow.run_login_flow(GlobusAuthorizationParameters(required_scopes=["openid"]))
    assert tokens.by_resource_server.keys() == {TRANSFER, "auth.globus.org"}
    assert parse_qs(urlsplit(shown[0]).query)["redirect_uri"] == ["https://a.example/"]
    assert globus.forms[0]["code"] == "code"


def test_p368_the_local_server_is_for_native_apps(globus: Globus) -> None:
    flow = LocalServerLoginFlowManager(globus.native(), server_address=("localhost", 0), request_refresh_tokens=True)
    assert flow.server_address == ("localhost", 0)
    with pytest.raises(GlobusSDKUsageError, match="native"):
        LocalServerLoginFlowManager(globus.confidential())


def test_p369_flow_managers(globus: Globus) -> None:
    native = GlobusNativeAppFlowManager(globus.native(), requested_scopes=TransferScopes.all)
    assert "code_challenge=" in native.get_authorize_url()
    code = GlobusAuthorizationCodeFlowManager(globus.confidential(), "https://a.example/", [TransferScopes.all])
    assert "redirect_uri=https" in code.get_authorize_url()
    assert code.exchange_code_for_tokens("code").by_resource_server.keys() == {TRANSFER, "auth.globus.org"}


def test_p370_the_url_has_what_the_login_is_to_meet(globus: Globus) -> None:
    client = globus.native()
    client.oauth2_start_flow(TransferScopes.all)
    url = client.oauth2_get_authorize_url(
        session_required_identities=[WREN],
        session_required_single_domain=["a.example"],
        session_required_policies=[ID],
        session_required_mfa=True,
        session_message="m",
        prompt="login",
        query_params={"x": "y"},
    )
    sent = {name: value for name, (value,) in parse_qs(urlsplit(url).query).items()}
    assert sent["session_required_mfa"].lower() == "true"
    assert (sent["session_required_identities"], sent["session_required_policies"]) == (WREN, ID)
    assert (sent["session_required_single_domain"], sent["session_message"]) == ("a.example", "m")
    assert (sent["prompt"], sent["x"]) == ("login", "y")


# 2.27 GARE


def test_p371_a_gare_is_plain_data_and_back() -> None:
    parameters = GlobusAuthorizationParameters(
        session_message="m",
        session_required_identities=["i"],
        session_required_policies=[ID],
        session_required_single_domain=["a.example"],
        session_required_mfa=True,
        required_scopes=["a"],
        prompt="login",
        extra={"x": 1},
    )
    gare = GARE("ConsentRequired", parameters, extra={"y": 2})
    assert GARE.from_dict(gare.to_dict(include_extra=True)) == gare
    assert GlobusAuthorizationParameters.from_dict(parameters.to_dict(include_extra=True)) == parameters
    assert gare.authorization_parameters.required_scopes == ("a",)


def test_p372_errors_say_which_login_helps(globus: Globus, kind: Kind) -> None:
    globus.good, globus.required = {"t"}, ["a"]
    with pytest.raises(ConsentRequiredError) as caught:
        globus.endpoint(kind, AccessTokenAuthorizer("t"))
    for error in (caught.value, {"code": "ConsentRequired", "required_scope": "a"}):
        gare = to_gare(error)
        assert gare is not None
        assert gare.code == "ConsentRequired"
        assert gare.authorization_parameters.required_scopes == ("a",)
        assert is_gare(error)
        assert has_gares([error])
        assert to_gares([error]) == [gare]


# 2.28 Scopes and consents


def test_p373_a_scope() -> None:
    scope = Scope("a").with_dependency(Scope("b", optional=True)).with_dependencies([Scope("c")])
    assert str(scope) == "a[*b c]"
    assert Scope.parse("a[*b c]") == scope
    assert str(scope.with_optional(True)) == "*a[*b c]"
    assert Scope("a", dependencies=(Scope("b"),)).dependencies == (Scope("b"),)


def test_p374_the_scope_parser() -> None:
    assert ScopeParser.parse("a b[c]") == [Scope("a"), Scope.parse("b[c]")]
    assert ScopeParser.merge_scopes([Scope("a")], [Scope.parse("a[b]")]) == [Scope.parse("a[b]")]
    assert ScopeParser.serialize(["a", Scope("b")]) == "a b"


def test_p375_collections_of_scopes_are_iterable() -> None:
    assert isinstance(TransferScopes, StaticScopeCollection)
    assert isinstance(GCSCollectionScopes(ID), DynamicScopeCollection)
    assert issubclass(StaticScopeCollection, ScopeCollection)
    assert next(iter(TransferScopes)) == TransferScopes.all


def test_p376_the_scopes_of_the_services() -> None:
    for scopes in (
        *(AuthScopes, ComputeScopes, FlowsScopes, GroupsScopes),
        *(NexusScopes, SearchScopes, TimersScopes, TransferScopes),
    ):
        assert scopes.resource_server
        assert all(isinstance(scope, Scope) for scope in scopes)
    assert (ComputeScopes.all, TimersScopes.timer) == (
        f"https://auth.globus.org/scopes/{ComputeScopes.client_id}/all",
        f"https://auth.globus.org/scopes/{TimersScopes.resource_server}/timer",
    )


def test_p377_the_scopes_of_what_has_an_id() -> None:
    assert GCSEndpointScopes(ID).manage_collections == f"urn:globus:auth:scope:{ID}:manage_collections"
    assert GCSCollectionScopes(ID).https == f"https://auth.globus.org/scopes/{ID}/https"
    assert str(SpecificFlowScopes(ID).user).endswith(f"/flow_{ID.replace('-', '_')}_user")
    needed = TransferScopes.all.with_dependency(GCSCollectionScopes(ID).data_access.with_optional(True))
    assert str(needed) == f"{TransferScopes.all}[*{GCSCollectionScopes(ID).data_access}]"


def test_p378_consents_are_trees() -> None:
    forest = ConsentForest(
        [
            {"id": 1, "scope_name": "a", "dependency_path": [1], "status": "approved"},
            {"id": 2, "scope_name": "b", "dependency_path": [1, 2], "status": "approved"},
        ]
    )
    (tree,) = forest.trees
    assert isinstance(tree, ConsentTree)
    assert isinstance(tree.root, Consent)
    assert forest.meets_scope_requirements([Scope.parse("a[b]")])
    assert not forest.meets_scope_requirements("a[c]")


def test_every_row_is_walked() -> None:
    walked = {name[5:9] for name in globals() if name.startswith("test_p3")}
    assert walked == {f"p{number}" for number in range(339, 379)}
