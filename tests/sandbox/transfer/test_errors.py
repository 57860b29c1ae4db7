"""Requests that are refused before they reach a subject."""

import pytest

from globus_typed.sandbox.auth.state import AuthState
from globus_typed.sandbox.played import known_scopes, played_services

from .bench import SCOPE, Bench


@pytest.mark.parametrize("token", [None, "unknown"])
@pytest.mark.parametrize("path", ["/submission_id", "/endpoint_search", "/task/x", "/operation/endpoint/x/stat"])
def test_no_good_token(bench: Bench, path: str, token: str | None) -> None:
    assert bench.refused("GET", path, token=token) == (401, "AuthenticationFailed", "No such token")
    assert bench.request("GET", path, token=token).headers["WWW-Authenticate"] == "Bearer"


def test_a_token_for_something_else(bench: Bench) -> None:
    assert bench.refused("GET", "/task_list", token="foreign")[:2] == (403, "ConsentRequired")
    document = bench.request("GET", "/task_list", token="foreign").json()
    assert document["required_scopes"] == ["urn:globus:auth:scope:transfer.api.globus.org:all"]


def test_routes_and_methods_that_do_not_exist(bench: Bench) -> None:
    refused = bench.refused("GET", "/no/such/thing")
    assert refused == (404, "ClientError.NotFound", "No resource '/v0.10/no/such/thing'")
    assert bench.refused("DELETE", "/task_list")[:2] == (405, "ClientError.BadMethod")


def test_what_fails_in_the_sandbox_is_an_internal_error(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(bench.state, "tasks", fail)
    status, code, message = bench.refused("GET", "/task_list", raise_errors=False)
    assert (status, code) == (500, "InternalError")
    assert "secret" not in message


def test_the_sandboxes_own_tokens_do(bench: Bench) -> None:
    auth = AuthState(known_scopes(played_services()), clock=bench.clock)
    wren = auth.add_user("wren@sandbox.example")
    bench.state.auth = auth
    good_one = auth.issue_access_token(wren, [SCOPE])
    assert bench.request("GET", "/submission_id", token=good_one).status_code == 200
    foreign = auth.issue_access_token(wren, ["openid"])
    assert bench.refused("GET", "/submission_id", token=foreign)[:2] == (403, "ConsentRequired")
    bench.clock.now += 172801
    assert bench.refused("GET", "/submission_id", token=good_one)[:2] == (401, "AuthenticationFailed")
