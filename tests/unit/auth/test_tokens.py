"""Token answers: the tokens by resource server, and never in a repr."""

import copy
import json
import pickle
import pprint
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ValidationError

from globus_typed.auth.documents.token import DependentTokenResponse, ResourceServerToken, TokenResponse
from globus_typed.core.documents import attach
from globus_typed.core.http_info import HTTPInfo

DATA = Path(__file__).parents[2] / "data" / "auth"
BODY = (DATA / "token_response.json").read_bytes()
DEPENDENT = (DATA / "dependent_token_response.json").read_bytes()
TRANSFER, AUTH = "transfer.api.globus.org", "auth.globus.org"
HTTP = HTTPInfo("POST", "https://auth.example/v2/oauth2/token", 200, {}, BODY, received_at=1000.9)


def login() -> TokenResponse:
    return attach(TokenResponse.from_body(BODY), HTTP)


def dependent() -> DependentTokenResponse:
    return attach(DependentTokenResponse.from_body(DEPENDENT), HTTP)


def test_by_resource_server_has_all_tokens() -> None:
    tokens = login().by_resource_server
    assert list(tokens) == [TRANSFER, AUTH]
    assert tokens[TRANSFER] == {
        "access_token": "AgTransferAccess",
        "refresh_token": "AgTransferRefresh",
        "expires_at_seconds": 173800,
        "scope": "urn:globus:auth:scope:transfer.api.globus.org:all",
        "token_type": "Bearer",
        "resource_server": TRANSFER,
    }
    assert tokens[AUTH].expires_at_seconds == 87400


def test_attributes_and_items_are_the_same() -> None:
    token = login().by_resource_server[AUTH]
    assert token.access_token == token["access_token"] == "AgAuthAccess"
    assert token.refresh_token == token["refresh_token"] == "AgAuthRefresh"
    assert token.expires_at_seconds == token["expires_at_seconds"]
    assert token.scope == token["scope"] == "email openid profile"
    assert token.token_type == token["token_type"] == "Bearer"
    assert token.resource_server == token["resource_server"] == AUTH
    with pytest.raises(KeyError):
        token["expires_in"]
    with pytest.raises(AttributeError):
        token.access_token = "other"  # type: ignore[misc]


def test_without_refresh_tokens_the_member_is_none() -> None:
    body = (DATA / "token_response_client_credentials.json").read_bytes()
    token = TokenResponse.from_body(body).by_resource_server[TRANSFER]
    assert token.refresh_token is None
    assert token["refresh_token"] is None


def test_made_by_hand_it_expires_counted_from_then() -> None:
    before = int(time.time())
    token = TokenResponse(access_token="a", resource_server=AUTH, expires_in=60)
    after = int(time.time())
    expiry = token.by_resource_server[AUTH].expires_at_seconds
    assert before + 60 <= expiry <= after + 60
    for clone in (copy.copy(token), copy.deepcopy(token), token.model_copy(), pickle.loads(pickle.dumps(token))):
        assert clone.by_resource_server[AUTH].expires_at_seconds == expiry
        assert clone == token


def test_two_readings_of_an_answer_are_equal() -> None:
    assert TokenResponse.from_body(BODY) == TokenResponse.from_body(BODY)


def test_a_token_that_says_no_lifetime_has_expired() -> None:
    response = TokenResponse(access_token="a", resource_server=AUTH)
    assert attach(response, HTTP).by_resource_server[AUTH].expires_at_seconds == 1000


def test_by_scopes_finds_the_token_of_each_scope() -> None:
    tokens = login().by_scopes
    assert tokens["openid"] == tokens["email"]
    assert tokens["openid"].resource_server == AUTH
    assert tokens["urn:globus:auth:scope:transfer.api.globus.org:all"].resource_server == TRANSFER


def test_by_scopes_takes_several_scopes_of_one_token() -> None:
    tokens = login().by_scopes
    transfer = "urn:globus:auth:scope:transfer.api.globus.org:all"
    assert tokens["email openid"] is tokens["openid"]
    assert "email openid" in tokens
    assert transfer in [*tokens]
    for scopes in ("", " ", "opened", "openid opened", f"openid {transfer}"):
        assert scopes not in tokens
        with pytest.raises(KeyError):
            tokens[scopes]
        assert (tokens.get(scopes), tokens.get(scopes, 1)) == (None, 1)
    assert tokens.get("email openid") is tokens["openid"]
    assert 1 not in [*map(tokens.__contains__, [1, None])]
    assert "AgTransferAccess" not in repr(tokens)


def test_dependent_tokens_are_found_by_scopes_too() -> None:
    tokens = DependentTokenResponse.from_body(b'[{"access_token": "a", "resource_server": "x", "scope": "s t"}]')
    assert tokens.by_scopes["t s"].access_token == "a"


@pytest.mark.parametrize("indent", [None, 2])
def test_a_web_session_can_store_the_tokens(indent: int | None) -> None:
    tokens = login().by_resource_server
    stored = json.loads(json.dumps(tokens, indent=indent))
    assert stored == tokens
    assert stored[TRANSFER]["access_token"] == "AgTransferAccess"
    assert "AgTransferAccess" not in repr(ResourceServerToken(stored[TRANSFER]))


@pytest.mark.parametrize("make", [login, dependent])
def test_clones_are_the_same(make: Callable[[], TokenResponse | DependentTokenResponse]) -> None:
    response = make()
    for clone in (copy.copy(response), copy.deepcopy(response), pickle.loads(pickle.dumps(response))):
        assert clone == response
        assert clone.http == response.http
        assert clone.by_resource_server == response.by_resource_server
    for token in response.by_resource_server.values():
        for same in (copy.copy(token), copy.deepcopy(token), pickle.loads(pickle.dumps(token))):
            assert type(same) is ResourceServerToken
            assert same == token
            assert "Ag" not in repr(same)


@pytest.mark.parametrize("show", [repr, str, pprint.pformat, "{}".format])
def test_no_token_is_shown(show: Callable[[object], str]) -> None:
    response, downstream = login(), dependent()
    new = TokenResponse.model_validate({"access_token": "AgA", "resource_server": AUTH, "device_secret": "AgNew"})
    holders: list[object] = [
        response,
        response.other_tokens,
        response.other_tokens[0],
        response.by_resource_server,
        response.by_resource_server[TRANSFER],
        response.by_scopes,
        [response["access_token"], response["id_token"]],
        response.model_dump(),
        dict(response.by_resource_server[TRANSFER]),
        downstream,
        downstream.tokens,
        downstream.by_resource_server,
        new,
    ]
    for holder in holders:
        shown = show(holder)
        assert "Ag" not in shown
        assert "eyJ" not in shown
        assert "<redacted>" in shown


def test_dumps_and_items_give_the_real_tokens() -> None:
    response = login()
    assert response["access_token"] == response.model_dump()["access_token"] == "AgTransferAccess"
    assert response["other_tokens"][0]["refresh_token"] == "AgAuthRefresh"
    assert response.data == json.loads(response.model_dump_json(by_alias=True)) == json.loads(BODY)
    assert f"Bearer {response.access_token}" == "Bearer AgTransferAccess"


def test_dependent_tokens_are_the_array_that_was_sent() -> None:
    response = dependent()
    assert response.data == json.loads(DEPENDENT)
    assert [token.resource_server for token in response] == ["groups.api.globus.org", TRANSFER]
    assert len(response) == 2
    assert response[0].access_token == response[0]["access_token"] == "AgGroupsAccess"
    assert response.by_resource_server[TRANSFER].refresh_token == "AgDownstreamRefresh"
    assert response.by_resource_server[TRANSFER].expires_at_seconds == 8200
    assert list(DependentTokenResponse.from_body(b"[]")) == []


@pytest.mark.parametrize("body", [b"{}", b"not json", b'[{"access_token": 7, "secret": "AgSecret"}]', b"", b"null"])
def test_dependent_tokens_of_another_shape_are_refused_without_showing_them(body: bytes) -> None:
    with pytest.raises(ValidationError) as caught:
        DependentTokenResponse.from_body(body)
    assert "AgSecret" not in str(caught.value)


def test_a_received_answer_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        login().access_token = "other"  # type: ignore[misc]
