"""One login for all that need it at the same time, in threads and tasks; and none where there is nobody to ask."""

import asyncio
import threading
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from globus_typed import (
    AsyncTransferClient,
    AuthClient,
    GlobusAPIError,
    GlobusAppConfig,
    LoginRequiredError,
    MemoryTokenStorage,
    ReauthenticationRequiredError,
    TransferClient,
    UserApp,
)
from globus_typed.apps.errors import LoginDeniedError
from globus_typed.auth.documents import TokenResponse
from globus_typed.core.authorization_parameters import AuthorizationParameters
from globus_typed.sandbox import Sandbox
from globus_typed.sandbox.apps_for_tests import SandboxLoginFlowManager

from .app_workers import store

MANY = 20
SERVER = "transfer.api.globus.org"


class Person(SandboxLoginFlowManager):
    """Notes each login, and makes it when what is waited for has come."""

    def __init__(self) -> None:
        super().__init__()
        self.logins: list[AuthorizationParameters] = []
        self.waits: Callable[[], object] = lambda: None

    def run_login_flow(self, auth_parameters: AuthorizationParameters) -> TokenResponse:
        self.logins.append(auth_parameters)
        self.waits()
        return super().run_login_flow(auth_parameters)


def app_of(sandbox: Sandbox, person: Person, *, refresh_tokens: bool = True) -> UserApp:
    return UserApp(
        "Sandbox test",
        client_id=sandbox.native_client_id,
        config=GlobusAppConfig(
            login_flow_manager=person,
            token_storage=MemoryTokenStorage(),
            request_refresh_tokens=refresh_tokens,
            auto_redrive_gares=True,
        ),
    )


@contextmanager
def all_at_once() -> Generator[Callable[[list[Callable[[], object]]], list[object]]]:
    """A function that calls others in a thread each, at the same moment; it gives what each returned, or raised."""
    with ThreadPoolExecutor(100) as pool:

        def run(functions: list[Callable[[], object]]) -> list[object]:
            barrier = threading.Barrier(len(functions))

            def one(function: Callable[[], object]) -> object:
                barrier.wait(30)
                try:
                    return function()
                except Exception as error:
                    return error

            return [future.result(60) for future in [pool.submit(one, function) for function in functions]]

        yield run


def test_threads_that_need_several_resource_servers_make_one_login(globus_sandbox: Sandbox) -> None:
    person = Person()
    with app_of(globus_sandbox, person) as app, TransferClient(app=app) as tc, AuthClient(app=app) as ac:
        calls: list[Callable[[], object]] = [
            lambda: tc.get_endpoint(globus_sandbox.source.id).id,
            lambda: ac.oauth2_userinfo().sub,
        ]
        with all_at_once() as run:
            found = run(calls * 25)
        assert set(found) == {globus_sandbox.source.id, globus_sandbox.user.id}
    assert len(person.logins) == app.logins == 1


def test_tasks_that_need_several_resource_servers_make_one_login(globus_sandbox: Sandbox) -> None:
    person = Person()

    async def main() -> None:
        async with AsyncTransferClient(app=app) as tc:
            calls = [tc.get_endpoint(globus_sandbox.source.id) for _ in range(50)]
            results = [app.login_async() for _ in range(5)]
            found, logins = await asyncio.gather(asyncio.gather(*calls), asyncio.gather(*results))
            assert {each.id for each in found} == {globus_sandbox.source.id}
            assert sum(each.was_needed for each in logins) <= 1

    with app_of(globus_sandbox, person) as app:
        app.add_scope_requirements({SERVER: "urn:globus:auth:scope:transfer.api.globus.org:all"})
        asyncio.run(main())
    assert len(person.logins) == 1


def test_one_login_redrives_all_threads_with_the_same_demand(globus_sandbox: Sandbox) -> None:
    person = Person()
    with app_of(globus_sandbox, person) as app, TransferClient(app=app) as tc, all_at_once() as run:
        app.login()
        for number in range(2, 5):
            policy = globus_sandbox.add_policy(f"Policy {number}")
            globus_sandbox.transfer.login_demands.clear()
            globus_sandbox.demand_login(policies=[policy])
            found = run([lambda: len([*tc.operation_ls(globus_sandbox.source.id)])] * MANY)
            assert set(found) == {2}
            assert len(person.logins) == number
            assert person.logins[-1].session_required_policies == (policy,)


def test_one_login_redrives_all_tasks_with_the_same_demand(globus_sandbox: Sandbox) -> None:
    person = Person()

    async def main() -> None:
        async with AsyncTransferClient(app=app) as tc:
            await app.login_async()
            globus_sandbox.demand_login(mfa=True)
            listings = await asyncio.gather(*(tc.operation_ls(globus_sandbox.source.id) for _ in range(50)))
            assert {len([*each]) for each in listings} == {2}

    with app_of(globus_sandbox, person) as app:
        app.add_scope_requirements({SERVER: "urn:globus:auth:scope:transfer.api.globus.org:all"})
        asyncio.run(main())
    assert len(person.logins) == 2


def test_a_demand_that_no_login_meets_is_no_loop(globus_sandbox: Sandbox) -> None:
    person = Person()
    with app_of(globus_sandbox, person) as app, TransferClient(app=app) as tc, all_at_once() as run:
        app.login()
        globus_sandbox.demand_login(timeout=0)
        # Any login is too old as soon as the clock goes on, and a session's time has whole seconds.
        globus_sandbox.transfer.clock = lambda: globus_sandbox.clock() + 1000
        found = run([lambda: tc.operation_ls(globus_sandbox.source.id)] * MANY)
        assert all(isinstance(each, ReauthenticationRequiredError) for each in found), found
        assert len(person.logins) == 2


def test_a_login_that_is_refused_is_not_asked_for_by_all_that_wait(
    globus_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = Person()
    with app_of(globus_sandbox, person) as app, TransferClient(app=app) as tc, all_at_once() as run:
        app.login()
        globus_sandbox.demand_login(policies=[globus_sandbox.add_policy("Two factors", mfa=True)])
        globus_sandbox.log_in_as(globus_sandbox.add_user("kim@sandbox.example", second_factor=False))
        waiting = threading.Semaphore(0)
        redrive = app.redrive

        def counted(error: GlobusAPIError, logins_before: int, redriven: int) -> bool:
            waiting.release()
            return redrive(error, logins_before, redriven)

        monkeypatch.setattr(app, "redrive", counted)  # to know when all wait
        person.waits = lambda: [waiting.acquire(timeout=30) for _ in range(MANY)]
        found = run([lambda: tc.operation_ls(globus_sandbox.source.id)] * MANY)
        assert {type(each) for each in found} == {LoginDeniedError}
        assert len({id(each) for each in found}) == MANY
        assert len(person.logins) == 2
        # Later calls ask again.
        person.waits = lambda: None
        with pytest.raises(LoginDeniedError):
            tc.operation_ls(globus_sandbox.source.id)
        assert len(person.logins) == 3


def test_where_nobody_is_to_ask_all_threads_hear_it_at_once(globus_sandbox: Sandbox, tmp_path: Path) -> None:
    config = GlobusAppConfig(token_storage=store(tmp_path), interactive=False, auto_redrive_gares=True)
    with (
        UserApp("Sandbox test", client_id=globus_sandbox.native_client_id, config=config) as app,
        TransferClient(app=app) as tc,
        all_at_once() as run,
    ):
        found = run([lambda: tc.get_endpoint(globus_sandbox.source.id)] * MANY)
        assert {type(each) for each in found} == {LoginRequiredError}
        globus_sandbox.app(storage=store(tmp_path), refresh_tokens=False).close()
        found = run([lambda: tc.get_endpoint(globus_sandbox.source.id).id] * MANY)
        assert set(found) == {globus_sandbox.source.id}
        globus_sandbox.demand_login()
        found = run([lambda: tc.operation_ls(globus_sandbox.source.id)] * MANY)
        assert all(isinstance(each, ReauthenticationRequiredError) for each in found), found


def test_a_scope_that_the_stored_token_has_needs_no_login(globus_sandbox: Sandbox) -> None:
    """A requirement that comes late, after the token is in use."""
    person = Person()
    more = "urn:globus:auth:scope:auth.globus.org:view_identities"
    with app_of(globus_sandbox, person, refresh_tokens=False) as app, AuthClient(app=app) as ac:
        app.login(auth_params=AuthorizationParameters(required_scopes=(more,)))
        ac.oauth2_userinfo()
        app.add_scope_requirements({"auth.globus.org": more})
        ac.oauth2_userinfo()
    assert len(person.logins) == 1


def test_a_token_that_was_read_before_a_login_is_not_kept_after_it(globus_sandbox: Sandbox) -> None:
    person = Person()
    with app_of(globus_sandbox, person) as app:
        authorizer = app.get_authorizer("auth.globus.org")
        app.login()
        renewal = authorizer.renewal()
        assert renewal is not None
        assert callable(renewal.request)
        tokens = renewal.request()
        app.login(force=True)
        authorizer.accept(tokens)
        header = app.authorization(authorizer)
        stored = app.token_storage.get_token_data("auth.globus.org")
        assert stored is not None
        assert header == f"Bearer {stored.access_token}"
