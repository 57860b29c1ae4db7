"""What becomes of logins elsewhere, and what an app makes of it."""

import asyncio
import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta

import httpx
import pytest

from globus_typed import (
    AuthAPIError,
    ConsentRequiredError,
    GlobusUsageError,
    NativeAppAuthClient,
    ReauthenticationRequiredError,
    TransferClient,
)
from globus_typed.apps.errors import LoginDeniedError
from globus_typed.core.authorization_parameters import AuthorizationParameters
from globus_typed.sandbox import Sandbox
from globus_typed.sandbox.rotation import Rotation

TRANSFER = "urn:globus:auth:scope:transfer.api.globus.org:all"
SERVER = "transfer.api.globus.org"
LIFETIME = 600


class Clock:
    def __init__(self) -> None:
        self.now = float(int(time.time()))

    def __call__(self) -> float:
        return self.now


@contextmanager
def started(clock: Clock, rotation: Rotation | None = None) -> Generator[Sandbox]:
    with (
        Sandbox(clock=clock, token_lifetime=LIFETIME, rotation=rotation) as sandbox,
        pytest.MonkeyPatch.context() as patch,
    ):
        for name, value in sandbox.environment.items():
            patch.setenv(name, value)
        yield sandbox


def refresh_token(sandbox: Sandbox, client: NativeAppAuthClient) -> str:
    flow = client.oauth2_start_flow(TRANSFER, refresh_tokens=True)
    code = httpx.get(flow.get_authorize_url(), headers={"Accept": "text/plain"}).text
    return str(flow.exchange_code_for_tokens(code).by_resource_server[SERVER]["refresh_token"])


def is_good(client: NativeAppAuthClient, token: str) -> bool:
    form = {"client_id": client.client_id, "token": token}
    document = httpx.post(f"{client.base_url}v2/oauth2/token/validate", data=form).json()
    return document["active"] is True


def test_with_grace_a_refresh_token_is_good_until_its_successor_is_used() -> None:
    with started(Clock(), "grace") as sandbox, NativeAppAuthClient(sandbox.native_client_id) as client:
        first = refresh_token(sandbox, client)
        second = client.oauth2_refresh_token(first).refresh_token
        again = client.oauth2_refresh_token(first).refresh_token
        assert second is not None
        assert again is not None
        assert len({first, second, again}) == 3
        third = client.oauth2_refresh_token(again).refresh_token
        assert third is not None
        with pytest.raises(AuthAPIError, match="invalid_grant"):
            client.oauth2_refresh_token(first)
        # It was used after its end, so that somebody else may have it.
        with pytest.raises(AuthAPIError, match="invalid_grant"):
            client.oauth2_refresh_token(third)


def test_a_refresh_may_leave_the_refresh_token_out() -> None:
    with started(Clock(), "omit") as sandbox, NativeAppAuthClient(sandbox.native_client_id) as client:
        first = refresh_token(sandbox, client)
        for _ in range(2):
            assert client.oauth2_refresh_token(first).refresh_token is None


@pytest.mark.parametrize("rotation", ["never", "strict", "grace", "omit"])
def test_an_app_keeps_its_login_however_refresh_tokens_rotate(rotation: Rotation) -> None:
    clock = Clock()
    with started(clock, rotation) as sandbox, sandbox.app() as app, TransferClient(app=app) as tc:
        for _ in range(4):
            clock.now += LIFETIME
            assert tc.get_endpoint(sandbox.source.id).id == sandbox.source.id
        assert app.logins == 1


def test_revoking_a_refresh_token_ends_its_family() -> None:
    with started(Clock(), "grace") as sandbox, NativeAppAuthClient(sandbox.native_client_id) as client:
        first = refresh_token(sandbox, client)
        renewed = client.oauth2_refresh_token(first)
        assert renewed.refresh_token is not None
        client.oauth2_revoke_token(renewed.refresh_token)
        assert not is_good(client, renewed.access_token)
        assert not is_good(client, first)


def test_rotations_that_are_none_are_refused() -> None:
    with pytest.raises(GlobusUsageError, match="rotation: must be one of never, strict, grace, omit"):
        Sandbox(rotation="always")  # type: ignore[arg-type]  # what is refused
    with pytest.raises(GlobusUsageError, match="rotate_refresh_tokens"):
        Sandbox(rotation="grace", rotate_refresh_tokens=True)


def test_tokens_that_are_revoked_elsewhere_are_renewed_or_logged_in_for() -> None:
    with started(Clock()) as sandbox, sandbox.app() as app, TransferClient(app=app) as tc:
        assert sandbox.revoke_tokens("access", resource_server=SERVER) == 1
        tc.get_endpoint(sandbox.source.id)
        assert app.logins == 1
        assert sandbox.revoke_tokens("refresh") > 0
        tc.get_endpoint(sandbox.source.id)
        assert app.logins == 1  # the access token lives on
        sandbox.revoke_tokens()
        tc.get_endpoint(sandbox.source.id)
        assert app.logins == 2


def test_dependent_consents_end_while_tokens_live() -> None:
    with started(Clock()) as sandbox, sandbox.app() as app, TransferClient(app=app) as tc:
        archive = sandbox.add_collection("Archive", data_access=True)
        data_access = f"https://auth.globus.org/scopes/{archive.id}/data_access"
        app.login(auth_params=AuthorizationParameters(required_scopes=(f"{TRANSFER}[*{data_access}]",)))
        tc.operation_ls(archive.id)
        sandbox.withdraw_consents(f"{TRANSFER}[{data_access}]")
        with pytest.raises(ConsentRequiredError) as caught:
            tc.operation_ls(archive.id)
        tc.get_endpoint(archive.id)
        assert app.logins == 2
        app.resolve(caught.value)
        tc.operation_ls(archive.id)
        with pytest.raises(GlobusUsageError, match="scopes"):
            sandbox.withdraw_consents("a[")


def test_a_scope_that_is_taken_back_ends_its_tokens_alone() -> None:
    with started(Clock()) as sandbox, sandbox.app() as app, TransferClient(app=app) as tc:
        tokens = app.token_storage.get_token_data_by_resource_server()
        sandbox.withdraw_consents(TRANSFER)
        with NativeAppAuthClient(sandbox.native_client_id) as client:
            assert not is_good(client, tokens[SERVER].access_token)
            assert is_good(client, tokens["auth.globus.org"].access_token)
        tc.get_endpoint(sandbox.source.id)
        assert app.logins == 2
        sandbox.withdraw_consents()
        tc.get_endpoint(sandbox.source.id)
        assert app.logins == 3


def test_optional_scopes_that_are_declined_are_reported_and_not_granted() -> None:
    with started(Clock()) as sandbox:
        archive = sandbox.add_collection("Archive", data_access=True)
        data_access = f"https://auth.globus.org/scopes/{archive.id}/data_access"
        sandbox.decline(data_access)
        scope = f"{TRANSFER}[*{data_access}]"
        with sandbox.app(scopes={SERVER: scope}) as app, TransferClient(app=app) as tc:
            assert app.login(force=True).declined_scopes == (f"{TRANSFER}[{data_access}]",)
            assert not app.login_required()
            with pytest.raises(ConsentRequiredError):
                tc.operation_ls(archive.id)
            sandbox.decline()
            assert app.login(force=True).declined_scopes == ()
            tc.operation_ls(archive.id)
        with pytest.raises(GlobusUsageError, match="scopes"):
            sandbox.decline(scope)


def test_a_session_ages_and_no_refresh_makes_it_younger() -> None:
    clock = Clock()
    with started(clock) as sandbox, sandbox.app() as app, TransferClient(app=app) as tc:
        policy = sandbox.add_policy("Fresh", timeout=timedelta(hours=1))
        sandbox.demand_login(sandbox.source, policies=[policy])
        with pytest.raises(ReauthenticationRequiredError) as caught:
            tc.operation_ls(sandbox.source.id)  # the login did not ask for the policy
        app.resolve(caught.value)
        for _ in range(5):
            clock.now += LIFETIME
            tc.operation_ls(sandbox.source.id)  # renewed each time
        clock.now += LIFETIME + 1
        with pytest.raises(ReauthenticationRequiredError) as caught:
            tc.operation_ls(sandbox.source.id)
        assert caught.value.authorization_parameters is not None
        assert caught.value.authorization_parameters.session_required_policies == (policy,)
        app.resolve(caught.value)
        tc.operation_ls(sandbox.source.id)
        assert app.logins == 3


def test_a_young_login_is_enough_for_a_timeout_alone() -> None:
    clock = Clock()
    with started(clock) as sandbox, sandbox.app() as app, TransferClient(app=app) as tc:
        sandbox.demand_login(timeout=60)
        tc.operation_ls(sandbox.source.id)
        clock.now += 61
        with pytest.raises(ReauthenticationRequiredError):
            tc.operation_ls(sandbox.source.id)
        app.login(force=True)
        tc.operation_ls(sandbox.source.id)


@pytest.mark.parametrize("by_policy", [True, False])
def test_who_has_no_second_factor_is_refused_where_one_is_needed(by_policy: bool) -> None:
    with started(Clock()) as sandbox, sandbox.app() as app:
        policy = sandbox.add_policy("Two factors", mfa=True)
        asked = AuthorizationParameters(
            session_required_policies=(policy,) if by_policy else (), session_required_mfa=None if by_policy else True
        )
        app.login(auth_params=asked)
        sandbox.log_in_as(sandbox.add_user("kim@sandbox.example", second_factor=False))
        with pytest.raises(LoginDeniedError, match=r"kim@sandbox\.example has no second factor") as caught:
            app.login(auth_params=asked)
        assert caught.value.error == "access_denied"


def test_who_is_of_no_accepted_domain_is_refused() -> None:
    with started(Clock()) as sandbox, sandbox.app() as app:
        sandbox.demand_login(policies=[sandbox.add_policy("Staff", domains=["larkspur.example"])])
        with TransferClient(app=app) as tc, pytest.raises(ReauthenticationRequiredError) as caught:
            tc.operation_ls(sandbox.source.id)
        with pytest.raises(LoginDeniedError, match="domain"):
            app.resolve(caught.value)
        wanted = AuthorizationParameters(session_required_single_domain=("nowhere.example",))
        with pytest.raises(LoginDeniedError, match="no user whose login would do"):
            app.login(auth_params=wanted)


def test_a_share_of_the_requests_fails(globus_sandbox: Sandbox) -> None:
    globus_sandbox.fail_next(503, times=None, route="POST /v2/oauth2/token", share=0.2)
    url = f"{globus_sandbox.url}/v2/oauth2/token"
    with httpx.Client() as http:
        statuses = [http.post(url).status_code for _ in range(100)]
    assert 10 <= statuses.count(503) <= 30
    assert set(statuses) == {503, 400}
    for share in (0, 1.5):
        with pytest.raises(GlobusUsageError, match="share"):
            globus_sandbox.fail_next(share=share)


def test_an_app_needs_the_environment_of_the_sandbox() -> None:
    with Sandbox() as sandbox, pytest.MonkeyPatch.context() as patch:
        patch.delenv("GLOBUS_SDK_SERVICE_URL_AUTH", raising=False)
        for make in (sandbox.app, sandbox.client_app):
            with pytest.raises(GlobusUsageError, match="environment"):
                make()


async def log_in(sandbox: Sandbox) -> int:
    return sandbox.app().logins


def test_apps_are_made_in_a_running_loop_too(globus_sandbox: Sandbox) -> None:
    assert asyncio.run(log_in(globus_sandbox)) == 1
    app = globus_sandbox.client_app(scopes={SERVER: TRANSFER})
    with TransferClient(app=app) as tc:
        assert tc.endpoint_search("Sandbox", filter_scope="all") is not None
