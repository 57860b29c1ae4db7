"""Moments at which threads, processes and machines get in each other's way with one app, each brought about on purpose.

Who has to come second does so in a function that the first one calls: nothing here depends on who is faster.
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

import globus_typed.apps.app_state
import globus_typed.auth.client
from globus_typed import (
    AuthorizationParameters,
    ClientApp,
    ConfidentialAppAuthClient,
    GlobusAppConfig,
    LoginRequiredError,
    MemoryTokenStorage,
    NativeAppAuthClient,
    ServiceUnavailableError,
    TokenResponse,
    TokenStorageData,
    TransferClient,
    UserApp,
)
from globus_typed.apps.authorizers import AppAuthorizer
from globus_typed.apps.errors import LoginDeniedError, MissingTokenError
from globus_typed.apps.login_flows.base import LoginFlowManager

ID = "ef0a61b9-1c8f-4e4b-8d9a-cc98dd080001"
SOMEBODY = "2a7c9e10-33b4-4d5e-9f60-1b2c3d4e0001"
AUTH = "auth.globus.org"
TRANSFER = "transfer.api.globus.org"
ALL = "urn:globus:auth:scope:transfer.api.globus.org:all"
NOW = 1_800_000_000
PATIENCE = 30


def tokens(name: str, *, server: str = TRANSFER, expired: bool = False, renewable: bool = True) -> TokenStorageData:
    """Tokens whose access and refresh tokens have the name."""
    return TokenStorageData(
        resource_server=server,
        identity_id=SOMEBODY,
        scope=ALL if server == TRANSFER else "openid",
        access_token=f"access-{name}",
        refresh_token=f"refresh-{name}" if renewable else None,
        expires_at_seconds=NOW - 1 if expired else NOW + 7200,
    )


def storing(*kept: TokenStorageData) -> MemoryTokenStorage:
    storage = MemoryTokenStorage()
    storage.store_token_data_by_resource_server({each.resource_server: each for each in kept})
    return storage


def response_with(name: str, server: str = TRANSFER) -> httpx.Response:
    """The response to a refresh, with tokens of that name."""
    document = tokens(name, server=server).to_dict()
    del document["expires_at_seconds"], document["identity_id"]
    return httpx.Response(200, json={**document, "expires_in": 7200, "token_type": "Bearer"})


REFUSED = httpx.Response(400, json={"error": "invalid_grant"})


class Auth:
    """Globus Auth, which refuses what nothing else is said of, and notes the refresh tokens and revocations it saw."""

    def __init__(self) -> None:
        self.answers: dict[str, Callable[[], httpx.Response]] = {}
        """What comes of the refresh tokens."""
        self.refreshed: list[str] = []
        self.revoked: list[str] = []
        self.when_revoked: Callable[[], object] = lambda: None
        self.slept: list[float] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        form = httpx.QueryParams(request.content.decode())
        if request.url.path.endswith("/revoke"):
            self.revoked.append(form["token"])
            self.when_revoked()
            return httpx.Response(200, json={"active": False})
        if form["grant_type"] == "client_credentials":
            return response_with("own")
        self.refreshed.append(form["refresh_token"])
        return self.answers.get(form["refresh_token"], lambda: REFUSED)()

    @property
    def native(self) -> NativeAppAuthClient:
        return NativeAppAuthClient(ID, http_client=self._http, sleep=self.slept.append)

    @property
    def confidential(self) -> ConfidentialAppAuthClient:
        return ConfidentialAppAuthClient(ID, "secret", http_client=self._http, sleep=self.slept.append)

    @property
    def _http(self) -> httpx.Client:
        return httpx.Client(transport=httpx.MockTransport(self))


@pytest.fixture
def auth() -> Auth:
    return Auth()


def app_over(storage: MemoryTokenStorage, auth: Auth, **options: Any) -> UserApp:
    """An app with nobody to ask, for Transfer."""
    settings: dict[str, Any] = {"interactive": False, "clock": lambda: NOW, **options}
    config = GlobusAppConfig(token_storage=storage, **settings)
    return UserApp("Lab sync", login_client=auth.native, scope_requirements={TRANSFER: ALL}, config=config)


def transfer(app: UserApp, answers: Callable[[httpx.Request], httpx.Response]) -> TransferClient:
    return TransferClient(app=app, http_client=httpx.Client(transport=httpx.MockTransport(answers)))


def twice(work: Callable[[], object]) -> list[object]:
    """What two threads get of the same work."""
    with ThreadPoolExecutor(2) as pool:
        return [each.result(PATIENCE) for each in [pool.submit(work), pool.submit(work)]]


def test_threads_that_use_a_new_app_together_get_one_store(auth: Auth) -> None:
    both = threading.Barrier(2)

    class Slow(MemoryTokenStorage):
        @classmethod
        def for_globus_app(cls, **about: Any) -> "Slow":
            both.wait(PATIENCE)
            return cls()

    with UserApp("Lab sync", client_id=ID, config=GlobusAppConfig(token_storage=Slow)) as app:
        first, second = twice(lambda: app.token_storage)
        assert first is second is app.token_storage


def test_threads_that_use_a_new_app_together_get_one_login_client(monkeypatch: pytest.MonkeyPatch) -> None:
    both = threading.Barrier(2)

    class Slow(NativeAppAuthClient):
        def __init__(self, *given: Any, **options: Any) -> None:
            both.wait(PATIENCE)
            super().__init__(*given, **options)

    monkeypatch.setattr(globus_typed.auth.client, "NativeAppAuthClient", Slow)
    with UserApp("Lab sync", client_id=ID, config=GlobusAppConfig(token_storage="memory")) as app:
        first, second = twice(lambda: app.login_client)
        assert first is second is app.login_client


def test_threads_that_attach_clients_together_share_an_authorizer(auth: Auth, monkeypatch: pytest.MonkeyPatch) -> None:
    both = threading.Barrier(2)

    class Slow(AppAuthorizer):
        def __init__(self, *given: Any) -> None:
            both.wait(PATIENCE)
            super().__init__(*given)

    monkeypatch.setattr(globus_typed.apps.app_state, "AppAuthorizer", Slow)
    with app_over(storing(), auth) as app:
        first, second = twice(lambda: app.get_authorizer(TRANSFER))
        assert first is second is app.get_authorizer(TRANSFER)


def test_what_another_process_renews_during_a_logout_is_revoked_too(auth: Auth) -> None:
    storage = storing(tokens("old"))

    def renew() -> None:
        auth.when_revoked = lambda: None
        storage.store_token_data_by_resource_server({TRANSFER: tokens("new")})

    auth.when_revoked = renew
    with app_over(storage, auth) as app:
        report = app.logout()
    assert auth.revoked == ["refresh-old", "access-old", "refresh-new", "access-new"]
    assert report.revoked == (TRANSFER,)
    assert storage.get_token_data_by_resource_server() == {}


def test_what_another_machine_renewed_meanwhile_is_not_forgotten(auth: Auth) -> None:
    """A machine that shares the file, but not the lock."""
    storage = storing(tokens("old", expired=True))

    def refused() -> httpx.Response:
        storage.store_token_data_by_resource_server({TRANSFER: tokens("theirs")})
        return REFUSED

    auth.answers["refresh-old"] = refused
    with app_over(storage, auth) as app:
        assert app.authorization(app.get_authorizer(TRANSFER)) == "Bearer access-theirs"
    assert auth.refreshed == ["refresh-old"]


def test_nobody_holds_the_store_while_a_person_logs_in(auth: Auth) -> None:
    """Not even after a renewal that was tried twice, with the refresh token that another machine had stored."""
    storage = storing(tokens("old", expired=True))
    found: list[object] = []

    def refused() -> httpx.Response:
        storage.store_token_data_by_resource_server({TRANSFER: tokens("theirs", expired=True)})
        return REFUSED

    def use_store() -> str:
        with storage.transaction():
            storage.store_token_data_by_resource_server({TRANSFER: tokens("login")})
        return "free"

    def log_in(app: object, error: object) -> None:
        assert isinstance(error, MissingTokenError)
        pool = ThreadPoolExecutor(1)
        found.append(pool.submit(use_store).result(PATIENCE))
        pool.shutdown()

    auth.answers["refresh-old"] = refused
    with app_over(storage, auth, token_validation_error_handler=log_in) as app:
        assert app.authorization(app.get_authorizer(TRANSFER)) == "Bearer access-login"
    assert found == ["free"]
    assert auth.refreshed == ["refresh-old", "refresh-theirs"]


def test_a_renewal_does_not_outlast_the_patience_of_those_who_wait_for_the_store(auth: Auth) -> None:
    auth.answers["refresh-old"] = lambda: httpx.Response(503, headers={"Retry-After": "30"})
    with app_over(storing(tokens("old", expired=True)), auth) as app, pytest.raises(ServiceUnavailableError):
        app.authorization(app.get_authorizer(TRANSFER))
    assert sum(auth.slept) < 30
    assert auth.refreshed


def test_a_refused_token_that_nothing_renews_is_tried_by_nobody_else(auth: Auth) -> None:
    storage = storing(tokens("revoked", renewable=False))
    asked: list[httpx.Request] = []

    def unauthorized(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(401, json={"code": "AuthenticationFailed", "message": "revoked"})

    for _ in range(2):  # the second one as in another process
        with app_over(storage, auth) as app, transfer(app, unauthorized) as tc, pytest.raises(LoginRequiredError):
            tc.get_endpoint(ID)
    assert len(asked) == 1


def test_a_token_that_is_refused_right_after_the_requirements_changed_is_not_taken_again(auth: Auth) -> None:
    auth.answers["refresh-old"] = lambda: response_with("new")
    with app_over(storing(tokens("old")), auth) as app:
        authorizer = app.get_authorizer(TRANSFER)
        header = app.authorization(authorizer)
        assert header == "Bearer access-old"
        authorizer.reload()  # by a thread that adds a scope, while another one's call is refused
        authorizer.reject(header)
        assert app.authorization(authorizer) == "Bearer access-new"


class Denied(LoginFlowManager):
    """A login that is denied, after what it waits for."""

    def __init__(self, waits: Callable[[], object]) -> None:
        super().__init__()
        self.waits = waits

    def run_login_flow(self, auth_parameters: AuthorizationParameters) -> TokenResponse:
        self.waits()
        raise LoginDeniedError("access_denied", "not today")


def test_a_first_login_that_is_denied_is_not_asked_for_by_all_that_wait(auth: Auth) -> None:
    many = 10
    waiting = threading.Semaphore(0)

    class Counting(MemoryTokenStorage):
        def get_token_data(self, resource_server: str) -> TokenStorageData | None:
            waiting.release()
            return super().get_token_data(resource_server)

    logins: list[str] = []

    def wait_for_all() -> None:
        logins.append("denied")
        for _ in range(3 * many if len(logins) == 1 else 0):  # each looks into the store three times before
            assert waiting.acquire(timeout=PATIENCE)

    person = Denied(wait_for_all)
    with (
        app_over(Counting(), auth, login_flow_manager=person, interactive=None) as app,
        ThreadPoolExecutor(many) as pool,
    ):
        # As the authorizers of several resource servers and clients do, each of which asks once for all of its own.
        futures = [pool.submit(app.obtain, TRANSFER, None, True) for _ in range(many)]
        failures = [future.exception(PATIENCE) for future in futures]
        assert {type(each) for each in failures} == {LoginDeniedError}
        assert len({id(each) for each in failures}) == many
        assert len(logins) == 1
        with pytest.raises(LoginDeniedError):  # later calls ask again
            app.obtain(TRANSFER, None, True)
        assert len(logins) == 2


@pytest.fixture
def seen_at_reload(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many logins were counted whenever an authorizer was told to look into the store again."""
    seen: list[int] = []
    reload = AppAuthorizer.reload

    def noting(self: AppAuthorizer) -> None:
        assert isinstance(self.app, (UserApp, ClientApp))
        seen.append(self.app.logins)
        reload(self)

    monkeypatch.setattr(AppAuthorizer, "reload", noting)
    return seen


def test_whoever_sees_that_there_was_a_login_sees_its_tokens(auth: Auth, seen_at_reload: list[int]) -> None:
    config = GlobusAppConfig(token_storage=storing(), clock=lambda: NOW)
    with ClientApp("Nightly", login_client=auth.confidential, scope_requirements={TRANSFER: ALL}, config=config) as app:
        app.get_authorizer(TRANSFER)
        app.login(force=True)
        assert app.logins == 1
    assert seen_at_reload == [0]


def test_a_store_in_memory_is_read_while_another_thread_changes_it() -> None:
    storage = storing(tokens("old"))
    with ThreadPoolExecutor(1) as pool, storage.transaction():
        storage.store_token_data_by_resource_server({TRANSFER: tokens("new")})
        found: list[object] = [
            pool.submit(storage.get_token_data, TRANSFER).result(PATIENCE),
            pool.submit(lambda: [*storage.iter_namespaces()]).result(PATIENCE),
        ]
    assert found == [tokens("new"), ["DEFAULT"]]
