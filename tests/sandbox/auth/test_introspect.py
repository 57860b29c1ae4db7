"""Introspection, revocation and validation: what can be learnt of a token, and how it ends."""

from typing import Any

import pytest

from globus_typed.sandbox.auth.own_scopes import AUTH_SERVER

from .service import BASE, START, TRANSFER_ALL, TRANSFER_SERVER, Service, basic, bearer, tokens_of

INTROSPECT, REVOKE, VALIDATE = (f"/v2/oauth2/token/{name}" for name in ("introspect", "revoke", "validate"))


@pytest.fixture
def tokens(service: Service) -> dict[str, dict[str, Any]]:
    return tokens_of(service.login(service.confidential, access_type="offline"))


def test_an_active_token_is_described(service: Service, tokens: dict[str, dict[str, Any]]) -> None:
    assert service.introspect(tokens[TRANSFER_SERVER]["access_token"]) == {
        "active": True,
        "token_type": "Bearer",
        "scope": TRANSFER_ALL,
        "client_id": service.confidential.client_id,
        "sub": service.user.id,
        "username": "wren@sandbox.example",
        "name": "M Wren",
        "email": "wren@mail.example",
        "aud": [TRANSFER_SERVER, service.confidential.client_id],
        "iss": BASE,
        "exp": int(START) + 172800,
        "iat": int(START),
        "nbf": int(START),
    }
    assert service.introspect(tokens[TRANSFER_SERVER]["refresh_token"])["active"] is True


def test_the_resource_server_may_look_at_tokens_made_for_it(service: Service) -> None:
    scope = f"https://auth.globus.org/scopes/{service.confidential.client_id}/submit"
    token = service.login(service.native, scope=scope)["access_token"]
    seen = service.introspect(token)
    assert (seen["scope"], seen["client_id"]) == (scope, service.native.client_id)
    assert seen["aud"] == [service.confidential.client_id, service.native.client_id]


def test_tokens_of_others_unknown_and_expired_ones_are_inactive(
    service: Service, tokens: dict[str, dict[str, Any]]
) -> None:
    assert service.introspect("unknown") == {"active": False}
    assert service.introspect(service.login(service.native)["access_token"]) == {"active": False}
    service.time += 172800
    assert service.introspect(tokens[AUTH_SERVER]["access_token"]) == {"active": False}


def test_includes(service: Service, tokens: dict[str, dict[str, Any]]) -> None:
    linked = service.state.add_user("wren@university.example", linked_to=service.user)
    both = [service.user.id, linked.id]
    seen = service.introspect(
        tokens[AUTH_SERVER]["access_token"], include="identity_set,identities_set,identity_set_detail,session_info"
    )
    assert seen["identity_set"] == seen["identities_set"] == both
    assert [entry["sub"] for entry in seen["identity_set_detail"]] == both
    first, second = seen["identity_set_detail"]
    assert (first["username"], first["name"], first["status"]) == ("wren@sandbox.example", "M Wren", "used")
    assert (first["last_authentication"], second["last_authentication"]) == (int(START), None)
    assert first["identity_provider"] != second["identity_provider"]
    assert seen["session_info"]["authentications"] == {
        service.user.id: {
            "acr": None,
            "amr": ["pwd"],
            "idp": service.user.identity_provider,
            "auth_time": int(START),
            "custom_claims": {},
        }
    }
    assert "identity_set" not in service.introspect(tokens[AUTH_SERVER]["access_token"])


def test_an_app_itself_has_no_session(service: Service) -> None:
    token = service.token(service.confidential, {"grant_type": "client_credentials", "scope": "openid"}).json()
    seen = service.introspect(token["access_token"], include="session_info,identity_set")
    assert seen["session_info"]["authentications"] == {}
    assert seen["identity_set"] == [service.confidential.client_id]


def test_introspection_is_strict(service: Service) -> None:
    headers = basic(service.confidential.client_id, service.confidential.secret)
    for form, named in (
        ({"token": "x", "include": "identity_sets"}, "identity_sets"),
        ({"token": "x", "includes": "identity_set"}, "includes"),
        ({"include": "identity_set"}, "token: missing"),
    ):
        response = service.post(INTROSPECT, form, headers)
        assert (response.status_code, response.json()["error"]) == (400, "invalid_request")
        assert named in response.json()["error_description"]
    for wrong in (None, basic(service.confidential.client_id, "wrong"), bearer("x")):
        response = service.post(INTROSPECT, {"token": "x"}, wrong)
        assert (response.status_code, response.json()["error"]) == (401, "invalid_client")
    response = service.post(INTROSPECT, {"token": "x", "client_id": service.native.client_id})
    assert (response.status_code, response.json()["error"]) == (401, "invalid_client")


def revoke(service: Service, token: str) -> None:
    headers = basic(service.confidential.client_id, service.confidential.secret)
    response = service.post(REVOKE, {"token": token}, headers)
    assert (response.status_code, response.json()) == (200, {"active": False})


def test_a_revoked_access_token_is_dead_and_the_others_live(
    service: Service, tokens: dict[str, dict[str, Any]]
) -> None:
    dead = tokens[AUTH_SERVER]["access_token"]
    revoke(service, dead)
    revoke(service, dead)
    assert service.introspect(dead) == {"active": False}
    assert service.get("/v2/oauth2/userinfo", headers=bearer(dead)).status_code == 401
    assert service.introspect(tokens[TRANSFER_SERVER]["access_token"])["active"] is True
    assert service.refresh(service.confidential, tokens[AUTH_SERVER]["refresh_token"]).status_code == 200


def test_a_revoked_refresh_token_takes_its_access_tokens_along(
    service: Service, tokens: dict[str, dict[str, Any]]
) -> None:
    mine, other = tokens[AUTH_SERVER], tokens[TRANSFER_SERVER]
    renewed = service.refresh(service.confidential, mine["refresh_token"]).json()
    revoke(service, mine["refresh_token"])
    for token in (mine["access_token"], renewed["access_token"], mine["refresh_token"]):
        assert service.introspect(token) == {"active": False}
    assert service.refresh(service.confidential, mine["refresh_token"]).status_code == 400
    assert service.introspect(other["access_token"])["active"] is True


def test_a_native_app_revokes_and_validates_with_its_client_id(service: Service) -> None:
    token = service.login(service.native)["access_token"]
    form = {"token": token, "client_id": service.native.client_id}
    seen = service.post(VALIDATE, form).json()
    assert (seen["active"], seen["scope"], seen["sub"]) == (True, "openid profile email", service.user.id)
    assert service.post(REVOKE, form).json() == {"active": False}
    assert service.post(VALIDATE, form).json() == {"active": False}


def test_nobody_ends_or_validates_the_tokens_of_another_client(
    service: Service, tokens: dict[str, dict[str, Any]]
) -> None:
    token = tokens[AUTH_SERVER]["access_token"]
    form = {"token": token, "client_id": service.native.client_id}
    assert service.post(REVOKE, form).json() == {"active": False}
    assert service.post(VALIDATE, form).json() == {"active": False}
    assert service.introspect(token)["active"] is True


@pytest.mark.parametrize("path", [REVOKE, VALIDATE])
def test_revoke_and_validate_are_strict(service: Service, path: str) -> None:
    client_id = service.native.client_id
    for form, status, error in (
        ({"token": "x"}, 401, "invalid_client"),
        ({"client_id": client_id}, 400, "invalid_request"),
        ({"client_id": client_id, "token": "x", "token_type_hint": "access_token"}, 400, "invalid_request"),
    ):
        response = service.post(path, form)
        assert (response.status_code, response.json()["error"]) == (status, error)
