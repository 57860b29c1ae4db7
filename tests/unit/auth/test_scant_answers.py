"""A write that succeeded is never told as a failure for what its response leaves out, or cannot be written in UTF-8."""

from typing import Any

import httpx
import pytest

from globus_typed import AuthClient, Document, transfer
from globus_typed import auth as documents
from globus_typed.auth.documents.token import TokenResponse

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"


def client(body: bytes) -> AuthClient:
    transport = httpx.MockTransport(lambda request: httpx.Response(200, content=body))
    return AuthClient(http_client=httpx.Client(transport=transport))


@pytest.mark.parametrize("body", [b"{}", b'{"policy": {}, "project": {}, "scope": {}, "client": {}, "credential": {}}'])
def test_the_path_of_a_write_says_the_id_that_its_response_leaves_out(body: bytes) -> None:
    auth = client(body)
    assert auth.update_policy(ID, display_name="x").policy.id == ID
    assert auth.delete_policy(ID).policy.id == ID
    assert auth.update_project(ID, display_name="x").project.id == ID
    assert auth.delete_project(ID).project.id == ID
    assert auth.update_scope(ID, name="x").scope.id == ID
    assert auth.delete_scope(ID).scope.id == ID
    assert auth.update_client(ID, name="x").client.id == ID
    assert auth.delete_client(ID).client.id == ID
    assert auth.delete_client_credential(ID, ID).credential.id in {"", ID}
    assert "id" not in auth.update_policy(ID, display_name="x").policy


def test_an_id_in_the_response_wins() -> None:
    assert client(b'{"policy": {"id": "other"}}').update_policy(ID, display_name="x").policy.id == "other"


@pytest.mark.parametrize("given", ["7", f'"{ID}"', '"7"'])
def test_an_id_may_be_of_any_kind(given: str) -> None:
    kinds: list[type[Document]] = [transfer.Result, transfer.Role, transfer.EndpointCreateResult, documents.Policy]
    for kind in kinds:
        document: Any = kind.from_body(f'{{"id": {given}}}'.encode())
        assert document.id == given.strip('"')
        assert document["id"] == (int(given) if given == "7" else given.strip('"'))


def test_half_a_character_does_not_fail_the_rest() -> None:
    result = transfer.Result.from_body(b'{"code": "Updated", "message": "a\\ud800b \\ud83d\\ude00"}')
    assert (result.code, result.message) == ("Updated", "a\ufffdb \U0001f600")
    assert client(b'{"policy": {"display_name": "\\udc00"}}').update_policy(ID, display_name="x").policy.id == ID
    assert client(b'{"x": "\\udc00"}').post("/x", {}).data == {"x": "\ufffd"}


@pytest.mark.parametrize("lifetime", ["9" * 400, "1e400", "3599.9", '"' + "9" * 400 + '"'])
def test_no_lifetime_loses_a_token(lifetime: str) -> None:
    body = f'{{"access_token": "t", "resource_server": "r", "expires_in": {lifetime}}}'
    tokens = TokenResponse.from_body(body.encode())
    assert tokens.by_resource_server["r"].access_token == "t"
    assert tokens.by_resource_server["r"].expires_at_seconds > 0
