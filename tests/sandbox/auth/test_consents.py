"""GET /v2/api/identities/{id}/consents, and what comes of consents that are missing or taken back."""

from typing import Any

import httpx
import pytest

from globus_typed.sandbox.auth.own_scopes import AUTH_URN

from .developer import developer
from .service import TRANSFER_ALL, Service, basic, bearer, tokens_of

COLLECTION = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20003"
DEPENDENT = "urn:globus:auth:grant_type:dependent_token"
DATA_ACCESS = f"https://auth.globus.org/scopes/{COLLECTION}/data_access"


def ask(service: Service, token: str, identity: str | None = None, **query: str) -> httpx.Response:
    return service.get(f"/v2/api/identities/{identity or service.user.id}/consents", query, bearer(token))


def consents(service: Service, token: str, **query: str) -> dict[str, dict[str, Any]]:
    response = ask(service, token, **query)
    assert response.status_code == 200, response.text
    return {consent["scope_name"]: consent for consent in response.json()["consents"]}


def auth_token(service: Service, scopes: str = "openid", native: bool = True) -> str:
    app = service.native if native else service.confidential
    return str(tokens_of(service.login(app, scope=scopes))["auth.globus.org"]["access_token"])


def refused(response: httpx.Response) -> tuple[int, str]:
    (error,) = response.json()["errors"]
    return response.status_code, error["detail"]


def test_consents_are_a_tree_below_what_was_asked_for(service: Service) -> None:
    service.login(service.native, scope=f"{TRANSFER_ALL}[*{DATA_ACCESS}]", access_type="offline")
    found = consents(service, auth_token(service))
    assert set(found) == {TRANSFER_ALL, DATA_ACCESS, "openid"}
    root, below = found[TRANSFER_ALL], found[DATA_ACCESS]
    assert root["dependency_path"] == [root["id"]]
    assert below["dependency_path"] == [root["id"], below["id"]]
    assert root["client"] == service.native.client_id != below["client"]
    assert (root["status"], root["auto_approved"], root["allows_refresh"]) == ("approved", False, True)
    assert (root["atomically_revocable"], below["atomically_revocable"]) == (False, True)
    assert found["openid"]["allows_refresh"] is False
    assert {consent["effective_identity"] for consent in found.values()} == {service.user.id}
    assert root["created"] == "2025-03-04T11:40:05.250000+00:00"


def test_agreeing_again_updates_what_is_there(service: Service) -> None:
    first = consents(service, auth_token(service))["openid"]
    service.time += 60
    again = consents(service, auth_token(service))["openid"]
    assert (again["id"], again["created"]) == (first["id"], first["created"])
    assert again["updated"] > first["updated"]
    assert again["last_used"] > first["last_used"]


def test_an_app_sees_its_own_and_with_a_scope_all(service: Service) -> None:
    service.login(service.confidential, scope="email")
    assert set(consents(service, auth_token(service))) == {"openid"}
    assert set(consents(service, auth_token(service), all="False")) == {"openid"}
    status, detail = refused(ask(service, auth_token(service), all="true"))
    assert (status, "view_consents" in detail) == (403, True)
    view = f"{AUTH_URN}view_consents"
    assert set(consents(service, auth_token(service, view), all="true")) == {"openid", "email", view}


def test_an_app_that_acts_for_itself_is_not_asked(service: Service) -> None:
    app = service.confidential
    answer = service.token(app, {"grant_type": "client_credentials", "scope": f"openid {TRANSFER_ALL}[*{DATA_ACCESS}]"})
    token = tokens_of(answer.json())["auth.globus.org"]["access_token"]
    found = ask(service, token, app.client_id).json()["consents"]
    assert [consent["scope_name"] for consent in found] == ["openid", TRANSFER_ALL, DATA_ACCESS]
    assert all(consent["auto_approved"] for consent in found)


def test_consents_of_linked_identities_are_shown_and_of_nobody_else(service: Service) -> None:
    other = service.state.add_user("stork@sandbox.example")
    linked = service.state.add_user("wren@larkspur.example", linked_to=service.user)
    token = auth_token(service)
    assert ask(service, token, linked.id).json() == {"consents": []}
    assert refused(ask(service, token, other.id))[0] == 403
    assert refused(ask(service, token, COLLECTION))[0] == 404
    assert refused(ask(service, token, all="maybe")) == (400, "all: must be true or false, not 'maybe'")
    assert refused(ask(service, token, every="true"))[0] == 400
    assert refused(ask(service, "unknown"))[0] == 401
    status, detail = refused(ask(service, service.login(service.native, scope=TRANSFER_ALL)["access_token"]))
    assert (status, "transfer.api.globus.org" in detail) == (403, True)


def dependent(service: Service, token: str, **fields: str) -> httpx.Response:
    return service.token(service.confidential, {"grant_type": DEPENDENT, "token": token, **fields})


def test_a_service_gets_tokens_only_for_what_the_user_agreed_to(service: Service) -> None:
    scope = f"https://auth.globus.org/scopes/{service.confidential.client_id}/submit"
    token = service.login(service.native, scope=f"{scope}[{TRANSFER_ALL}]")["access_token"]
    response = dependent(service, token, scope="email openid")
    assert response.status_code == 403
    document = response.json()
    assert document["error"] == "dependent_consent_required"
    assert document["errors"][0]["unapproved_scopes"] == [f"{scope}[email openid]"]
    # What the user agrees to later is good for the token that is there.
    service.login(service.native, scope=document["errors"][0]["unapproved_scopes"][0])
    (granted,) = dependent(service, token, scope="email openid").json()
    assert granted["scope"] == "email openid"


def test_what_a_scope_has_come_to_depend_on_must_be_agreed_to(service: Service) -> None:
    dev = developer(service)
    client = dev.client(client_type="hybrid_confidential_client_resource_server")["id"]
    own = basic(client, dev.secret(client))
    scope = dev.made(f"clients/{client}/scopes", "scope", name="All", description="All of it", scope_suffix="all")
    token = service.login(service.native, scope=scope["scope_string"])["access_token"]
    email = {"scope": service.state.registry.scope_id("email"), "optional": False, "requires_refresh_token": False}
    dev.call("PUT", f"scopes/{scope['id']}", {"scope": {"dependent_scopes": [email]}})
    form = {"grant_type": DEPENDENT, "token": token}
    missing = service.post("/v2/oauth2/token", form, own)
    assert (missing.status_code, missing.json()["error"]) == (403, "dependent_consent_required")
    assert missing.json()["errors"][0]["unapproved_scopes"] == [f"{scope['scope_string']}[email]"]
    service.login(service.native, scope=scope["scope_string"])
    (granted,) = service.post("/v2/oauth2/token", form, own).json()
    assert granted["scope"] == "email"


@pytest.mark.parametrize("native", [True, False])
def test_a_consent_that_is_taken_back_ends_the_logins_with_it(service: Service, native: bool) -> None:
    app = service.native if native else service.confidential
    tokens = service.login(app, scope="openid", access_type="offline")
    code = service.code(app)
    service.state.withdraw_consent(service.user, app.client_id)
    assert refused(ask(service, tokens["access_token"]))[0] == 401
    for answer, status in ((service.refresh(app, tokens["refresh_token"]), 400), (service.redeem(app, code), 401)):
        assert (answer.status_code, answer.json()["error"]) == (status, "invalid_grant")
    assert set(consents(service, auth_token(service, native=native))) == {"openid"}
