"""A world and its weather, by public calls: people, apps, failures, lost connections, delays."""

import time

import httpx
import pytest

from globus_typed import (
    AccessTokenAuthorizer,
    AuthAPIError,
    AuthClient,
    ConfidentialAppAuthClient,
    GlobusUsageError,
    NativeAppAuthClient,
    NetworkError,
    PermissionDeniedError,
    RetryPolicy,
    ServiceUnavailableError,
    TransferAPIError,
    TransferClient,
    TransferData,
)
from globus_typed.sandbox import Sandbox

ONCE = RetryPolicy(max_retries=0)


@pytest.fixture
def once(globus_sandbox: Sandbox) -> TransferClient:
    return TransferClient(AccessTokenAuthorizer(globus_sandbox.access_token()), retry=ONCE)


def test_people_and_apps_can_be_added(globus_sandbox: Sandbox) -> None:
    lark = globus_sandbox.add_user("lark@sandbox.example", name="Lark")
    auth = AuthClient(authorizer=AccessTokenAuthorizer(globus_sandbox.access_token("openid profile", user=lark)))
    assert auth.userinfo()["preferred_username"] == "lark@sandbox.example"
    app = globus_sandbox.add_app("Portal", secret="not-that-secret")
    client = ConfidentialAppAuthClient(app.client_id, "not-that-secret")
    assert client.oauth2_client_credentials_tokens("openid").access_token
    assert globus_sandbox.add_app("Tool", native=True).native
    with pytest.raises(GlobusUsageError, match="client_id: "):
        globus_sandbox.add_app("Again", client_id=app.client_id)
    with pytest.raises(GlobusUsageError, match="secret: "):
        globus_sandbox.add_app("Again", native=True, secret="s")
    for scopes in ("opnid", "openid urn:globus:auth:scope:transfer.api.globus.org:all", ""):
        with pytest.raises(GlobusUsageError, match="scopes: "):
            globus_sandbox.access_token(scopes)
    with pytest.raises(GlobusUsageError, match="username: "):
        globus_sandbox.add_user("lark@sandbox.example")


def test_the_fixture_is_a_client_of_the_user(globus_sandbox: Sandbox, globus_transfer_client: TransferClient) -> None:
    assert globus_transfer_client.get_endpoint(globus_sandbox.source.id).owner_id is not None


def test_the_next_requests_fail_in_the_form_of_their_service(globus_sandbox: Sandbox, once: TransferClient) -> None:
    globus_sandbox.fail_next(503, times=2, route="GET /task/{task_id}", retry_after=7)
    assert once.get_submission_id()
    for _ in range(2):
        with pytest.raises(ServiceUnavailableError) as raised:
            once.get_task(globus_sandbox.source.id)
        assert raised.value.retry_after == 7
        assert raised.value.code == "ServiceUnavailable"
    with pytest.raises(TransferAPIError, match="No task"):
        once.get_task(globus_sandbox.source.id)
    globus_sandbox.fail_next(500)
    with pytest.raises(AuthAPIError) as refused:
        AuthClient(authorizer=AccessTokenAuthorizer(globus_sandbox.access_token("openid")), retry=ONCE).userinfo()
    assert refused.value.http_status == 500


def test_a_dropped_request_is_not_carried_out_and_one_whose_response_is_lost_is(
    globus_sandbox: Sandbox, once: TransferClient
) -> None:
    path = f"/operation/endpoint/{globus_sandbox.destination.id}/mkdir"
    for carried_out in (False, True):
        globus_sandbox.drop_next(route="POST /operation/endpoint/{endpoint_id}/mkdir", carried_out=carried_out)
        with pytest.raises(NetworkError):
            once.post(path, {"DATA_TYPE": "mkdir", "path": f"/~/{carried_out}"})
    assert [each.name for each in once.operation_ls(globus_sandbox.destination.id, "/~/")] == ["True"]


def test_a_submission_whose_response_is_lost_is_one_task(
    globus_sandbox: Sandbox, globus_transfer_client: TransferClient
) -> None:
    data = TransferData(source_endpoint=globus_sandbox.source.id, destination_endpoint=globus_sandbox.destination.id)
    data.add_item("/~/", "/~/copy/", recursive=True)
    globus_sandbox.drop_next(route="/transfer", carried_out=True)
    client = globus_transfer_client.with_options(retry=RetryPolicy(max_backoff=0))
    task_id = client.submit_transfer(data).task_id
    assert [task.task_id for task in globus_transfer_client.task_list()] == [task_id]


def test_a_slow_answer_is_not_waited_for_by_who_does_not_want_to(globus_sandbox: Sandbox) -> None:
    authorizer = AccessTokenAuthorizer(globus_sandbox.access_token())
    impatient = TransferClient(authorizer, retry=ONCE, timeout=0.05)
    globus_sandbox.slow(3600, route="/submission_id")
    with pytest.raises(NetworkError):
        impatient.get_submission_id()
    assert impatient.get_endpoint(globus_sandbox.source.id)
    globus_sandbox.slow(0)
    assert TransferClient(authorizer).get_submission_id()
    globus_sandbox.slow(0.05, times=1)
    began = time.monotonic()
    assert TransferClient(authorizer).get_submission_id()
    assert time.monotonic() - began >= 0.05


@pytest.mark.parametrize("route", ["/tsak/{task_id}", "task", "DELETE /transfer", "GET  /task", "", "/{task_id}x"])
def test_a_route_that_there_is_not_is_refused(globus_sandbox: Sandbox, route: str) -> None:
    with pytest.raises(GlobusUsageError, match="route: "):
        globus_sandbox.fail_next(route=route)


def test_numbers_out_of_range_are_refused(globus_sandbox: Sandbox) -> None:
    with pytest.raises(GlobusUsageError, match="status: "):
        globus_sandbox.fail_next(200)
    with pytest.raises(GlobusUsageError, match="times: "):
        globus_sandbox.drop_next(times=0)
    with pytest.raises(GlobusUsageError, match="seconds: "):
        globus_sandbox.slow(-1)


def logged_in(sandbox: Sandbox, **session: str | bool) -> TransferClient:
    app = NativeAppAuthClient(sandbox.native_client_id)
    app.oauth2_start_flow("urn:globus:auth:scope:transfer.api.globus.org:all")
    url = httpx.URL(app.oauth2_get_authorize_url()).copy_merge_params(session)
    code = httpx.get(url, headers={"Accept": "text/plain"}).text
    token = app.oauth2_exchange_code_for_tokens(code).access_token
    return TransferClient(AccessTokenAuthorizer(token), retry=ONCE)


POLICY = "4560c71f-72e5-44a1-a3f0-2254336e0001"


@pytest.mark.parametrize(
    ("policies", "mfa", "login"),
    [
        ([], False, {}),
        ([], True, {"session_required_mfa": True}),
        ([POLICY], False, {"session_required_policies": POLICY}),
        ([POLICY], True, {"session_required_policies": POLICY, "session_required_mfa": True}),
    ],
)
def test_a_login_that_is_demanded_is_told_and_is_enough(
    globus_sandbox: Sandbox, policies: list[str], mfa: bool, login: dict[str, str | bool]
) -> None:
    before = logged_in(globus_sandbox, **login)
    source, destination = globus_sandbox.source, globus_sandbox.destination
    globus_sandbox.demand_login(source, policies=policies, mfa=mfa)
    for client in (before, *([logged_in(globus_sandbox)] if login else [])):
        with pytest.raises(PermissionDeniedError) as raised:
            client.operation_ls(source.id)
        assert raised.value.code == "AuthorizationRequired"
        assert raised.value.raw_json is not None
        asked = raised.value.raw_json["authorization_parameters"]
        assert asked.get("session_required_policies", []) == policies
        assert asked.get("session_required_mfa", False) is mfa
    assert before.operation_ls(destination.id) is not None
    assert logged_in(globus_sandbox, **login).operation_ls(source.id) is not None
    globus_sandbox.demand_login()
    with pytest.raises(PermissionDeniedError):
        before.operation_ls(destination.id)
    assert logged_in(globus_sandbox, **login).operation_ls(destination.id) is not None
