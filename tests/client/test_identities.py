# Generated from test_async_identities.py by tools/unasync.py: change that file.
"""Identities are asked for by name or by id, in any of the documented forms."""

from typing import Any

import httpx
import pytest

from globus_typed import AccessTokenAuthorizer, AuthClient, GlobusUsageError

pytestmark = pytest.mark.anyio

A, B = "2a7c9e10-33b4-4d5e-9f60-1b2c3d4e0001", "2a7c9e10-33b4-4d5e-9f60-1b2c3d4e0002"


def client(requests: list[httpx.Request]) -> AuthClient:
    def answer(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(200, json={"identities": [{"id": A, "username": "mwren@larkspur.example"}]})

    return AuthClient(
        authorizer=AccessTokenAuthorizer("t"),
        base_url="https://auth.example/",
        http_client=httpx.Client(transport=httpx.MockTransport(answer)),
    )


@pytest.mark.parametrize(
    ("arguments", "query"),
    [
        ({"ids": A}, {"ids": A}),
        ({"ids": [A, B]}, {"ids": f"{A},{B}"}),
        ({"ids": f"{A},{B}"}, {"ids": f"{A},{B}"}),
        ({"usernames": "a@b.example"}, {"usernames": "a@b.example", "provision": "false"}),
        ({"usernames": ("a@b.example",), "provision": True}, {"usernames": "a@b.example", "provision": "true"}),
        ({"ids": A, "include": "identity_provider"}, {"ids": A, "include": "identity_provider"}),
    ],
)
def test_names_and_ids_go_out_as_texts_with_commas(arguments: dict[str, Any], query: dict[str, str]) -> None:
    requests: list[httpx.Request] = []
    found = client(requests).get_identities(**arguments)
    assert found.identities[0].username == "mwren@larkspur.example"
    assert requests[0].url.path == "/v2/api/identities"
    assert dict(requests[0].url.params) == query


@pytest.mark.parametrize("arguments", [{}, {"usernames": "a@b.example", "ids": A}, {"ids": []}, {"usernames": " "}])
def test_both_neither_and_nothing_are_refused_before_anything_is_sent(arguments: dict[str, Any]) -> None:
    requests: list[httpx.Request] = []
    with pytest.raises(GlobusUsageError, match=r"usernames|ids"):
        client(requests).get_identities(**arguments)
    assert not requests
