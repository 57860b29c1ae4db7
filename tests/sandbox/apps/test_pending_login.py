"""Logins in two steps, with somebody else's process between them."""

import copy
import json
import pickle
from collections.abc import Iterator

import httpx
import pytest

from globus_typed import ConfidentialAppAuthClient, GlobusUsageError, GlobusWarning, NativeAppAuthClient
from globus_typed.apps.errors import LoginDeniedError, LoginError
from globus_typed.apps.login_flows.pending import PendingLogin, finish_login, start_login
from globus_typed.auth.flows import NativeAppFlow
from globus_typed.core.authorization_parameters import AuthorizationParameters
from globus_typed.sandbox import Sandbox

TRANSFER = "urn:globus:auth:scope:transfer.api.globus.org:all"
PARAMETERS = AuthorizationParameters(required_scopes=("openid", TRANSFER))


@pytest.fixture
def client(globus_sandbox: Sandbox) -> Iterator[NativeAppAuthClient]:
    with NativeAppAuthClient(globus_sandbox.native_client_id) as client:
        yield client


def code_of(authorize_url: str) -> str:
    response = httpx.get(authorize_url, headers={"Accept": "text/plain"})
    response.raise_for_status()
    return response.text.strip()


def test_a_login_is_stored_and_finished_later(client: NativeAppAuthClient) -> None:
    pending = start_login(client, PARAMETERS, request_refresh_tokens=True, prefill="job on node7")
    stored = pending.to_secret_json()
    later = PendingLogin.from_secret_json(stored)
    assert later == pending
    tokens = finish_login(client, later, code_of(pending.authorize_url))
    assert tokens.by_resource_server["transfer.api.globus.org"].refresh_token


def test_the_login_of_a_web_server_is_stored_and_finished_later(globus_sandbox: Sandbox) -> None:
    home = "https://portal.example/back"
    app = globus_sandbox.add_app("Larkspur portal", redirect_uris=[home])
    assert app.secret is not None
    with ConfidentialAppAuthClient(app.client_id, app.secret) as client:
        pending = PendingLogin.from_secret_json(start_login(client, PARAMETERS, redirect_uri=home).to_secret_json())
        url = f"{home}?{httpx.QueryParams(code=code_of(pending.authorize_url), state=pending.flow.state)}"
        assert finish_login(client, pending, url).by_resource_server


def test_secrets_are_in_no_repr_and_no_pickle(client: NativeAppAuthClient) -> None:
    pending = start_login(client, PARAMETERS)
    assert isinstance(pending.flow, NativeAppFlow)
    for shown in (repr(pending), repr(pending.flow)):
        assert pending.flow.state not in shown
        assert pending.flow.verifier not in shown
    assert TRANSFER in repr(pending)
    with pytest.raises(GlobusUsageError, match="to_secret_json"):
        pickle.dumps(pending)
    assert copy.copy(pending) is copy.deepcopy(pending) is pending


def test_a_code_is_good_once(client: NativeAppAuthClient) -> None:
    pending = start_login(client, PARAMETERS)
    code = code_of(pending.authorize_url)
    finish_login(client, pending, code)
    with pytest.raises(LoginError, match="was used before; log in again") as caught:
        finish_login(client, pending, code)
    assert code not in str(caught.value)


def test_the_address_that_comes_back_is_looked_at(client: NativeAppAuthClient) -> None:
    pending = start_login(client, PARAMETERS)
    home, state = pending.flow.redirect_uri, pending.flow.state
    with pytest.raises(GlobusUsageError, match="state: is not the one"):
        finish_login(client, pending, f"{home}?code=stolen&state=other")
    with pytest.raises(GlobusUsageError, match="state: is not the one"):
        finish_login(client, pending, f"{home}?error=access_denied")
    with pytest.raises(GlobusUsageError, match="more than one code"):
        finish_login(client, pending, f"{home}?code=a&code=b&state={state}")
    with pytest.raises(GlobusUsageError, match="contains no code"):
        finish_login(client, pending, f"{home}?state={state}")
    with pytest.raises(LoginDeniedError) as caught:
        finish_login(client, pending, f"{home}?error=access_denied&error_description=Not+today&state={state}")
    assert str(caught.value) == "the login was refused: access_denied: Not today"


def test_a_login_belongs_to_one_app(client: NativeAppAuthClient) -> None:
    pending = start_login(client, PARAMETERS)
    with (
        NativeAppAuthClient("ef0a61b9-1c8f-4e4b-8d9a-cc98dd080001") as other,
        pytest.raises(GlobusUsageError, match="was started for another app"),
    ):
        finish_login(other, pending, "code")


@pytest.mark.parametrize("text", ["", "[]", "{}", "no json", '{"scopes": 5}', '"text"'])
def test_another_string_is_no_pending_login(text: str) -> None:
    with pytest.raises(GlobusUsageError, match="must be a string that to_secret_json wrote"):
        PendingLogin.from_secret_json(text)


def test_a_stored_login_that_lacks_something_is_refused_without_its_secrets(client: NativeAppAuthClient) -> None:
    stored = json.loads(start_login(client, PARAMETERS).to_secret_json())
    for name in set(stored) - {"verifier"}:
        broken = {each: value for each, value in stored.items() if each != name}
        with pytest.raises(GlobusUsageError) as caught:
            PendingLogin.from_secret_json(json.dumps(broken))
        assert stored["verifier"] not in repr(caught.value)


def test_a_single_string_of_scopes_is_read_with_a_warning(client: NativeAppAuthClient) -> None:
    with pytest.warns(GlobusWarning, match="required_scopes: is a tuple of strings"):
        parameters = AuthorizationParameters(required_scopes=f"openid {TRANSFER}", session_message="hi")  # type: ignore[arg-type]  # the wrong use that is warned of
    pending = start_login(client, parameters)
    assert pending.scopes == ("openid", TRANSFER)
    assert "session_message=hi" in pending.authorize_url


def test_a_scope_with_unbalanced_brackets_is_refused(client: NativeAppAuthClient) -> None:
    with pytest.raises(GlobusUsageError, match="required_scopes"):
        start_login(client, AuthorizationParameters(required_scopes=(f"{TRANSFER}[openid",)))
