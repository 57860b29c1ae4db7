"""The sandbox refuses a query parameter that a route does not know, and knows all that the clients have names for."""

import inspect
from typing import Any

import pytest

from globus_typed import (
    AccessTokenAuthorizer,
    AuthAPIError,
    AuthClient,
    GlobusAPIError,
    GroupsClient,
    TransferAPIError,
    TransferClient,
)
from globus_typed.sandbox import Sandbox
from globus_typed.sandbox.openapi import openapi

NO_PARAMETER_THERE = {
    ("operation_mkdir", "local_user"),  # in the body
    ("operation_rename", "local_user"),  # in the body
    ("task_event_list", "is_error"),  # a clause of the filter
    ("batch_membership_action", "community_context"),  # a header
    ("get_client", "fqdn"),  # a parameter of get_clients
    ("get_client", "client_id"),  # in the path
}


def refusal(sandbox: Sandbox, path: str, **query: str) -> GlobusAPIError | None:
    with TransferClient(AccessTokenAuthorizer(sandbox.access_token()), base_url=sandbox.url) as tc:
        try:
            tc.get(path, query)
        except TransferAPIError as error:
            return error
    return None


@pytest.mark.parametrize("path", ["task_list", "bookmark_list", "submission_id", "endpoint_search", "/v2/tunnels"])
def test_an_unknown_parameter_is_refused_in_the_error_shape_of_the_service(globus_sandbox: Sandbox, path: str) -> None:
    at = path if path.startswith("/") else f"/v0.10/{path}"
    error = refusal(globus_sandbox, f"{globus_sandbox.url}{at}", filter_fulltext_="x")
    assert error is not None
    assert error.http_status == 400
    assert "BadRequest" in str(error.code)
    assert "filter_fulltext_: there is no such parameter" in str(error)


def test_auth_refuses_it_too(globus_sandbox: Sandbox) -> None:
    token = globus_sandbox.access_token(["openid"])
    with (
        AuthClient(authorizer=AccessTokenAuthorizer(token), base_url=globus_sandbox.url) as ac,
        pytest.raises(AuthAPIError, match="verbosity"),
    ):
        ac.get_identities(usernames=globus_sandbox.user.username, query_params={"verbosity": 1})


def test_an_option_lets_them_pass() -> None:
    with Sandbox(any_query_parameter=True) as sandbox:
        assert refusal(sandbox, f"{sandbox.url}/v0.10/task_list", brand_new="x") is None


def test_routes_know_every_query_parameter_that_the_clients_have_a_name_for() -> None:
    paths: dict[str, dict[str, Any]] = openapi()["paths"]
    known: dict[str, set[str]] = {}
    for methods in paths.values():
        for operation in methods.values():
            names = {parameter["name"] for parameter in operation.get("parameters", ())}
            known.setdefault(operation["operationId"].rpartition(".")[2], set()).update(names)
    missing: list[str] = []
    for client in (TransferClient, AuthClient, GroupsClient):
        for name, method in inspect.getmembers(client, inspect.isfunction):
            parameters = inspect.signature(method).parameters
            if "query_params" not in parameters or name not in known:
                continue
            for each in parameters.values():
                wire = {each.name, f"filter[{each.name}]", f"page[{each.name}]"}
                named = each.kind is each.KEYWORD_ONLY and each.name != "query_params"
                if named and (name, each.name) not in NO_PARAMETER_THERE and not wire & known[name]:
                    missing.append(f"{name}: {each.name}")
    assert missing == []
