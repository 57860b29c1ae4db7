"""Apps on the sandbox: logins, stored tokens, renewals, and what only a person can mend."""

import asyncio
import os
import pickle
import stat
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from globus_typed import (
    AsyncTransferClient,
    AuthClient,
    ClientApp,
    CommandLineLoginFlowManager,
    GlobusAppConfig,
    GlobusUsageError,
    IdentityMismatchError,
    JSONTokenStorage,
    LoginRequiredError,
    MemoryTokenStorage,
    MissingTokenError,
    TokenValidationError,
    TransferClient,
    UserApp,
)
from globus_typed.sandbox import Sandbox

TRANSFER, AUTH = "transfer.api.globus.org", "auth.globus.org"


def code_of(authorize_url: str) -> str:
    response = httpx.get(authorize_url, headers={"Accept": "text/plain"})
    response.raise_for_status()
    return response.text.strip()


class Person:
    """Answers when asked, and counts how often."""

    def __init__(self) -> None:
        self.urls: list[str] = []

    def __call__(self, authorize_url: str) -> str:
        self.urls.append(authorize_url)
        return code_of(authorize_url)


class Clock:
    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "tokens.json"


def user_app(
    sandbox: Sandbox,
    file: Path,
    person: Callable[[str], str] | None,
    *,
    refresh: bool = True,
    redrive: bool = False,
    clock: Callable[[], float] = time.time,
) -> UserApp:
    config = GlobusAppConfig(
        token_storage=JSONTokenStorage(file),
        login_flow_manager=None if person is None else CommandLineLoginFlowManager(ask=person),
        request_refresh_tokens=refresh,
        auto_redrive_gares=redrive,
        interactive=person is not None,
        clock=clock,
    )
    return UserApp("Lab sync", client_id=sandbox.native_client_id, config=config)


def test_making_an_app_does_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, globus_sandbox: Sandbox, person: Person
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    app = UserApp("Lab sync", client_id=globus_sandbox.native_client_id)
    TransferClient(app=app)
    AsyncTransferClient(app=app)
    ClientApp("nightly", client_id=globus_sandbox.client_id, client_secret=globus_sandbox.client_secret)
    assert not list(tmp_path.iterdir())
    assert app.scope_requirements.keys() == {AUTH, TRANSFER}
    assert "secret" not in repr(app)


def test_the_first_call_logs_in_and_one_login_serves_all(globus_sandbox: Sandbox, file: Path, person: Person) -> None:
    app = user_app(globus_sandbox, file, person)
    transfer, auth = TransferClient(app=app), AuthClient(app=app)
    assert transfer.task_list().data == []
    assert auth.oauth2_userinfo().sub
    assert asyncio.run(listed(app)) == []
    assert len(person.urls) == 1
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


async def listed(app: UserApp) -> list[object]:
    async with AsyncTransferClient(app=app) as transfer:
        return [*await transfer.task_list().all()]


def test_a_login_says_who_and_until_when(globus_sandbox: Sandbox, file: Path, person: Person) -> None:
    app = user_app(globus_sandbox, file, person)
    TransferClient(app=app)
    done = app.login()
    assert done.was_needed
    assert done.renewable
    assert done.username == globus_sandbox.user.username
    assert done.identity_id == globus_sandbox.user.id
    assert set(done.resource_servers) == {AUTH, TRANSFER}
    assert done.expires_at is not None
    assert done.expires_at.timestamp() > time.time() + 3600
    assert done.declined_scopes == ()
    again = app.login()
    assert (again.was_needed, again.identity_id, again.expires) == (False, done.identity_id, done.expires)
    assert app.login(force=True).was_needed
    assert len(person.urls) == 2


def test_more_scopes_need_a_login(globus_sandbox: Sandbox, file: Path, person: Person) -> None:
    app = user_app(globus_sandbox, file, person)
    transfer = TransferClient(app=app)
    transfer.task_list().all()
    assert not app.login_required()
    view = "urn:globus:auth:scope:auth.globus.org:view_identity_set"
    app.add_scope_requirements({AUTH: view})
    assert app.login_required()
    transfer.task_list().all()  # which needs no more than it did
    assert len(person.urls) == 1
    AuthClient(app=app, app_scopes=view).oauth2_userinfo()
    assert len(person.urls) == 2
    assert not app.login_required()


def test_an_expired_token_is_renewed_and_stored(globus_sandbox: Sandbox, file: Path, person: Person) -> None:
    clock = Clock()
    app = user_app(globus_sandbox, file, person, clock=clock)
    transfer = TransferClient(app=app)
    transfer.task_list().all()
    first = app.token_storage.get_token_data(TRANSFER)
    other = TransferClient(app=user_app(globus_sandbox, file, None, clock=clock))
    clock.ahead = 172800 - 30
    transfer.task_list().all()
    other.task_list().all()  # finds what the first one stored
    second = app.token_storage.get_token_data(TRANSFER)
    assert first is not None
    assert second is not None
    assert second.access_token != first.access_token
    assert second.refresh_token
    assert second.identity_id == first.identity_id
    assert len(person.urls) == 1


def test_without_refresh_tokens_the_end_of_a_token_needs_a_login(
    globus_sandbox: Sandbox, file: Path, person: Person
) -> None:
    clock = Clock()
    app = user_app(globus_sandbox, file, person, refresh=False, clock=clock)
    transfer = TransferClient(app=app)
    transfer.task_list().all()
    clock.ahead = 172800 - 30  # about to expire, and still good
    transfer.task_list().all()
    assert len(person.urls) == 1
    clock.ahead = 172801
    job = TransferClient(app=user_app(globus_sandbox, file, None, refresh=False, clock=clock))
    with pytest.raises(LoginRequiredError, match="nobody to ask") as caught:
        job.task_list().all()
    assert caught.value.authorize_url is not None
    assert caught.value.authorize_url.startswith(globus_sandbox.url)
    assert f"--token-file {file}" in (caught.value.hint or "")
    transfer.task_list().all()
    assert len(person.urls) == 2


def test_a_refused_token_is_renewed(globus_sandbox: Sandbox, file: Path, person: Person) -> None:
    app = user_app(globus_sandbox, file, person)
    transfer = TransferClient(app=app)
    transfer.task_list().all()
    stored = app.token_storage.get_token_data(TRANSFER)
    assert stored is not None
    app.login_client.oauth2_revoke_token(stored.access_token)
    transfer.task_list().all()
    assert len(person.urls) == 1


def test_a_dead_refresh_token_is_forgotten(globus_sandbox: Sandbox, file: Path, person: Person) -> None:
    app = user_app(globus_sandbox, file, person)
    transfer = TransferClient(app=app)
    transfer.task_list().all()
    stored = app.token_storage.get_token_data(TRANSFER)
    assert stored is not None
    assert stored.refresh_token is not None
    app.login_client.oauth2_revoke_token(stored.refresh_token)
    app.login_client.oauth2_revoke_token(stored.access_token)
    job = user_app(globus_sandbox, file, None)
    with pytest.raises(LoginRequiredError):
        TransferClient(app=job).task_list().all()
    assert job.token_storage.get_token_data(TRANSFER) is None
    assert job.token_storage.get_token_data(AUTH) is not None
    transfer.task_list().all()
    assert len(person.urls) == 2


def test_an_outage_of_the_token_route_forgets_nothing(globus_sandbox: Sandbox, file: Path, person: Person) -> None:
    clock = Clock()
    app = user_app(globus_sandbox, file, person, clock=clock)
    transfer = TransferClient(app=app)
    transfer.task_list().all()
    clock.ahead = 172801
    globus_sandbox.fail_next(503, times=2, route="/v2/oauth2/token")
    transfer.task_list().all()
    assert len(person.urls) == 1


def test_another_identity_is_refused_and_loses_nothing(globus_sandbox: Sandbox, file: Path, person: Person) -> None:
    app = user_app(globus_sandbox, file, person)
    TransferClient(app=app)
    app.login()
    before = file.read_bytes()
    bo = globus_sandbox.add_user("bo@elsewhere.example")

    def as_bo(authorize_url: str) -> str:
        return code_of(f"{authorize_url}&session_required_identities={bo.id}")

    other = user_app(globus_sandbox, file, as_bo)
    TransferClient(app=other)
    with pytest.raises(IdentityMismatchError, match="log out first") as caught:
        other.login(force=True)
    assert caught.value.new_id == bo.id
    assert file.read_bytes() == before


def test_logging_out_revokes_and_forgets(globus_sandbox: Sandbox, file: Path, person: Person) -> None:
    app = user_app(globus_sandbox, file, person)
    transfer = TransferClient(app=app)
    transfer.task_list().all()
    stored = app.token_storage.get_token_data(TRANSFER)
    assert stored is not None
    globus_sandbox.fail_next(400, times=1, route="/v2/oauth2/token/revoke")
    report = app.logout()
    assert len(report.failures) == 1
    assert set(report.revoked) | {report.failures[0].resource_server} == {AUTH, TRANSFER}
    assert stored.access_token not in file.read_text()
    assert app.login_required()
    transfer.task_list().all()
    assert len(person.urls) == 2


def test_a_handler_of_ones_own_decides(globus_sandbox: Sandbox, file: Path) -> None:
    def config(handler: Callable[[object, TokenValidationError], object] | None) -> GlobusAppConfig:
        return GlobusAppConfig(token_storage=MemoryTokenStorage(), token_validation_error_handler=handler)

    def note(app: object, error: TokenValidationError) -> None:
        asked.append(error)

    asked: list[Exception] = []
    app = UserApp("x", client_id=globus_sandbox.native_client_id, config=config(None))
    with pytest.raises(MissingTokenError, match="no token for transfer"):
        TransferClient(app=app).task_list().all()
    app = UserApp("x", client_id=globus_sandbox.native_client_id, config=config(note))
    with pytest.raises(MissingTokenError):
        TransferClient(app=app).task_list().all()
    assert len(asked) == 1


def test_a_login_does_not_block_a_loop(globus_sandbox: Sandbox, file: Path, person: Person) -> None:
    app = user_app(globus_sandbox, file, person)
    TransferClient(app=app)

    async def main() -> None:
        with pytest.raises(GlobusUsageError, match="login_async"):
            app.login()
        done = await app.login_async()
        assert done.identity_id == globus_sandbox.user.id
        assert not (await app.logout_async()).failures

    asyncio.run(main())
    assert len(person.urls) == 1


def test_two_steps_for_a_web_service(globus_sandbox: Sandbox, file: Path) -> None:
    app = user_app(globus_sandbox, file, None)
    transfer = TransferClient(app=app)
    pending = app.start_login()
    done = app.finish_login(pending, code_of(pending.authorize_url))
    assert done.renewable
    assert transfer.task_list().data == []


def test_an_app_for_itself_gets_tokens_by_its_secret(globus_sandbox: Sandbox, file: Path) -> None:
    clock = Clock()
    config = GlobusAppConfig(token_storage=JSONTokenStorage(file), clock=clock)
    app = ClientApp(
        "nightly", client_id=globus_sandbox.client_id, client_secret=globus_sandbox.client_secret, config=config
    )
    transfer = TransferClient(app=app)
    assert app.login_required()
    transfer.task_list().all()
    first = app.token_storage.get_token_data(TRANSFER)
    clock.ahead = 172801
    transfer.task_list().all()
    second = app.token_storage.get_token_data(TRANSFER)
    assert first is not None
    assert second is not None
    assert first.access_token != second.access_token
    assert app.login(force=True).username == f"{globus_sandbox.client_id}@clients.auth.globus.org"
    assert not app.logout().failures


def test_what_travels_holds_no_secret(globus_sandbox: Sandbox, file: Path, person: Person) -> None:
    app = user_app(globus_sandbox, file, person)
    transfer = TransferClient(app=app)
    transfer.task_list().all()
    stored = app.token_storage.get_token_data(TRANSFER)
    assert stored is not None
    for thing in (app, transfer, app.get_authorizer(TRANSFER), AsyncTransferClient(app=app)):
        sent = pickle.dumps(thing)
        for secret in (stored.access_token, stored.refresh_token):
            assert secret is not None
            assert secret.encode() not in sent
    copy, again = pickle.loads(pickle.dumps((transfer, app)))
    assert copy.app is again
    assert copy.authorizer is again.get_authorizer(TRANSFER)
    assert copy.task_list().data == []
    assert len(person.urls) == 1
    memory = UserApp(
        "x", client_id=globus_sandbox.native_client_id, config=GlobusAppConfig(token_storage=MemoryTokenStorage())
    )
    with pytest.raises(GlobusUsageError, match="JSONTokenStorage"):
        pickle.dumps(TransferClient(app=memory))


def test_a_secret_does_not_travel_and_what_needs_it_says_so(
    globus_sandbox: Sandbox, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = GlobusAppConfig(token_storage=JSONTokenStorage(file))
    app = ClientApp(
        "nightly", client_id=globus_sandbox.client_id, client_secret=globus_sandbox.client_secret, config=config
    )
    sent = pickle.dumps(TransferClient(app=app))
    assert globus_sandbox.client_secret.encode() not in sent
    with pytest.raises(LoginRequiredError, match="GLOBUS_TYPED_CLIENT_SECRET"):
        pickle.loads(sent).task_list().all()
    monkeypatch.setenv("GLOBUS_TYPED_CLIENT_ID", globus_sandbox.client_id)
    monkeypatch.setenv("GLOBUS_TYPED_CLIENT_SECRET", globus_sandbox.client_secret)
    assert pickle.loads(sent).task_list().data == []
    assert os.path.exists(file)


def test_an_authorizer_serves_httpx_too(globus_sandbox: Sandbox, file: Path, person: Person) -> None:
    app = user_app(globus_sandbox, file, person)
    TransferClient(app=app)
    auth = app.get_authorizer(TRANSFER)
    url = f"{globus_sandbox.url}/v0.10/task_list"
    assert httpx.get(url, auth=auth).json()["DATA"] == []

    async def main() -> int:
        async with httpx.AsyncClient() as http:
            return (await http.get(url, auth=auth)).status_code

    assert asyncio.run(main()) == 200
    with pytest.raises(GlobusUsageError, match=r"alone, not to https://elsewhere\.example"):
        httpx.get("https://elsewhere.example/", auth=auth)
    assert len(person.urls) == 1
