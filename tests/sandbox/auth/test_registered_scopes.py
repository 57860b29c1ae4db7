"""/v2/api/scopes: what services declare that they can be asked for."""

from typing import Any

import pytest

from globus_typed.sandbox.auth.own_scopes import AUTH_URN

from .browser import Browser
from .developer import MANAGE, Developer, as_app, attempts, developer
from .service import LOGIN, TRANSFER_ALL, Service, tokens_of

NOBODY = "ef0a61b9-1c8f-4e4b-8d9a-cc98dd080001"
SAID = {"name": "Hand in counts", "description": "Hand in counts of birds for you"}


def transfer(dev: Developer) -> dict[str, Any]:
    """The scope of Transfer."""
    (scope,) = dev.call("GET", f"scopes?scope_strings={TRANSFER_ALL}")["scopes"]
    found: dict[str, Any] = scope
    return found


def test_a_scope_is_made_changed_and_deleted(dev: Developer) -> None:
    client_id = dev.client()["id"]
    scope = dev.made(f"clients/{client_id}/scopes", "scope", scope_suffix="submit_1", **SAID)
    prefix = f"https://auth.globus.org/scopes/{client_id}"
    assert scope == {
        "id": scope["id"],
        "client": client_id,
        "scope_string": f"{prefix}/submit_1",
        **SAID,
        "advertised": False,
        "allows_refresh_token": True,
        "required_domains": [],
        "dependent_scopes": [],
    }
    path = f"scopes/{scope['id']}"
    assert dev.call("GET", path) == {"scope": scope}
    assert dev.call("GET", f"clients/{client_id}")["client"]["scopes"] == [scope["id"]]
    needs = [{"scope": transfer(dev)["id"], "optional": False, "requires_refresh_token": True}]
    changes = {"name": "Hand in", "required_domains": ["lab.example"], "dependent_scopes": needs, "advertised": True}
    changed = dev.call("PUT", path, {"scope": {"scope_suffix": "submit", **changes}})["scope"]
    assert changed == {**scope, **changes, "scope_string": f"{prefix}/submit"}
    cleared: dict[str, Any] = {"required_domains": [], "dependent_scopes": [], "allows_refresh_token": False}
    changed = dev.call("PUT", path, {"scope": cleared})["scope"]
    assert dev.call("DELETE", path) == {"scope": changed}
    assert dev.refused("GET", path)[:2] == (404, "NOT_FOUND")
    assert dev.call("GET", f"clients/{client_id}")["client"]["scopes"] == []


def test_tokens_are_made_for_scopes_that_are_there(service: Service, dev: Developer) -> None:
    client_id = dev.client()["id"]
    secret = dev.secret(client_id)
    name = f"https://auth.globus.org/scopes/{client_id}/submit"
    form = {"grant_type": "client_credentials", "scope": name}

    def code() -> str:
        answer = service.post("/v2/oauth2/token", form, as_app(service, client_id, secret).headers).json()
        return str(answer["errors"][0]["code"] if "errors" in answer else answer["resource_server"])

    assert code() == "UNKNOWN_SCOPE_ERROR"
    scope = dev.made(f"clients/{client_id}/scopes", "scope", scope_suffix="submit", **SAID)
    assert code() == client_id
    query = service.query(service.native, scope=f"{name} {name}x")
    answer = service.get("/v2/oauth2/authorize", query, {"Accept": "text/plain"})
    assert answer.text.startswith("UNKNOWN_SCOPE_ERROR")
    dev.call("PUT", f"scopes/{scope['id']}", {"scope": {"scope_suffix": "submits"}})
    assert code() == "UNKNOWN_SCOPE_ERROR"
    dev.call("PUT", f"scopes/{scope['id']}", {"scope": {"scope_suffix": "submit"}})
    assert code() == client_id
    dev.call("DELETE", f"scopes/{scope['id']}")
    assert code() == "UNKNOWN_SCOPE_ERROR"
    with pytest.raises(ValueError, match="unknown"):
        service.state.issue_access_token(service.user, [name])


def test_a_deleted_scope_of_an_app_that_python_code_adds_is_gone_too(service: Service) -> None:
    app = service.confidential
    own = as_app(service, app.client_id, app.secret)
    scope = own.made(f"clients/{app.client_id}/scopes", "scope", scope_suffix="submit", **SAID)
    assert service.state.issue_access_token(service.user, [scope["scope_string"]])
    own.call("DELETE", f"scopes/{scope['id']}")
    with pytest.raises(ValueError, match="unknown"):
        service.state.issue_access_token(service.user, [scope["scope_string"]])


def test_what_a_scope_depends_on_is_consented_to_along_with_it(service: Service, dev: Developer) -> None:
    client_id = dev.client()["id"]
    secret = dev.secret(client_id)
    needs = [
        {"scope": id, "optional": optional, "requires_refresh_token": False}
        for id, optional in ((transfer(dev)["id"], False), (service.state.registry.scope_id("email"), True))
    ]
    scope = dev.made(f"clients/{client_id}/scopes", "scope", scope_suffix="a", dependent_scopes=needs, **SAID)
    tokens = tokens_of(service.login(service.native, scope=scope["scope_string"]))
    assert set(tokens) == {client_id}
    form = {"grant_type": "urn:globus:auth:grant_type:dependent_token", "token": tokens[client_id]["access_token"]}
    given = service.post("/v2/oauth2/token", form, as_app(service, client_id, secret).headers).json()
    assert {token["scope"] for token in given} == {TRANSFER_ALL, "email"}
    consents = {consent.scope: consent for consent in service.state.consents.of_user(service.user.id)}
    assert len(consents[TRANSFER_ALL].dependency_path) == 2
    assert (consents[TRANSFER_ALL].atomically_revocable, consents["email"].atomically_revocable) == (False, True)


def test_scopes_that_depend_on_one_another(service: Service, dev: Developer) -> None:
    client_id = dev.client()["id"]
    path = f"clients/{client_id}/scopes"
    first = dev.made(path, "scope", scope_suffix="first", **SAID)
    depends = {"optional": False, "requires_refresh_token": False}
    needs = [{"scope": first["id"], **depends}]
    second = dev.made(path, "scope", scope_suffix="second", dependent_scopes=needs, **SAID)
    dev.call("PUT", f"scopes/{first['id']}", {"scope": {"dependent_scopes": [{"scope": second["id"], **depends}]}})
    assert service.login(service.native, scope=first["scope_string"])["resource_server"] == client_id
    dev.call("DELETE", f"scopes/{first['id']}")
    assert dev.call("GET", f"scopes/{second['id']}")["scope"]["dependent_scopes"] == []


def test_the_consent_page_shows_name_and_description(service: Service, dev: Developer) -> None:
    client_id = dev.client()["id"]
    scope = dev.made(
        f"clients/{client_id}/scopes", "scope", name="Count <birds>", description="For you & me", scope_suffix="count"
    )
    browser = Browser(service)
    browser.open("/v2/oauth2/authorize", service.query(service.native, scope=scope["scope_string"]))
    browser.press("M Wrenwren@sandbox.example")
    assert f"Count <birds> For you & me {scope['scope_string']}" in browser.text


def test_who_sees_and_changes_a_scope(service: Service, dev: Developer) -> None:
    stranger = developer(service, service.state.add_user("stranger@sandbox.example"))
    client_id = dev.client()["id"]
    scope = dev.made(f"clients/{client_id}/scopes", "scope", scope_suffix="submit", **SAID)
    path = f"scopes/{scope['id']}"
    view = developer(service, None, f"{AUTH_URN}view_clients_and_scopes")
    assert view.call("GET", path) == {"scope": scope}
    assert view.call("GET", "scopes") == {"scopes": [scope]}
    assert view.refused("DELETE", path)[:2] == (403, "FORBIDDEN")
    assert developer(service, None, f"{AUTH_URN}view_clients").refused("GET", path)[:2] == (403, "FORBIDDEN")
    by_name, by_id = f"scopes?scope_strings={scope['scope_string']}", f"scopes?ids={scope['id']}"
    assert stranger.call("GET", by_name) == stranger.call("GET", by_id) == {"scopes": []}
    for method, document in attempts("scope"):
        assert stranger.refused(method, path, document)[:2] == (404, "NOT_FOUND")
    new = {"scope": {"scope_suffix": "other", **SAID}}
    assert stranger.refused("POST", f"clients/{client_id}/scopes", new)[:2] == (404, "NOT_FOUND")
    scope = dev.call("PUT", path, {"scope": {"advertised": True}})["scope"]
    assert stranger.call("GET", path) == {"scope": scope}
    assert stranger.call("GET", by_name) == stranger.call("GET", by_id) == {"scopes": [scope]}
    assert stranger.call("GET", "scopes") == {"scopes": []}
    assert stranger.refused("PUT", path, {"scope": {}})[:2] == (403, "FORBIDDEN")
    dev.call("PUT", path, {"scope": {"advertised": False}})
    dev.call("PUT", f"clients/{client_id}", {"client": {"visibility": "public"}})
    assert stranger.call("GET", path)["scope"]["id"] == scope["id"]


def test_the_scopes_of_the_services_are_known_to_all(service: Service, dev: Developer) -> None:
    known = transfer(dev)
    assert dev.call("GET", f"scopes/{known['id']}") == {"scope": known}
    assert (known["advertised"], known["scope_string"]) == (True, TRANSFER_ALL)
    found = dev.call("GET", f"scopes?scope_strings=openid,{MANAGE},nothing")["scopes"]
    assert [scope["scope_string"] for scope in found] == ["openid", MANAGE]
    assert dev.refused("DELETE", f"scopes/{known['id']}")[:2] == (403, "FORBIDDEN")
    own = as_app(service, service.confidential.client_id, service.confidential.secret)
    assert transfer(own) == known


def test_a_suffix_is_taken_once(dev: Developer) -> None:
    client_id = dev.client()["id"]
    path = f"clients/{client_id}/scopes"
    dev.made(path, "scope", scope_suffix="submit", **SAID)
    other = dev.made(path, "scope", scope_suffix="other", **SAID)
    again = {"scope": {"scope_suffix": "submit", **SAID}}
    assert dev.refused("POST", path, again)[:2] == (409, "CONFLICT")
    assert dev.refused("PUT", f"scopes/{other['id']}", again)[:2] == (409, "CONFLICT")
    assert dev.call("PUT", f"scopes/{other['id']}", {"scope": {"scope_suffix": "other"}})["scope"] == other


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"name": None}, "name"),
        ({"description": 5}, "description"),
        ({"scope_suffix": "Read"}, "scope_suffix"),
        ({"scope_suffix": "read\n"}, "scope_suffix"),
        ({"scope_suffix": ""}, "scope_suffix"),
        ({"required_domains": None}, "required_domains"),
        ({"advertised": None}, "advertised"),
        ({"allows_refresh_token": 1}, "allows_refresh_token"),
        ({"dependent_scopes": [{"scope": NOBODY, "optional": True}]}, "dependent_scopes.0.requires_refresh_token"),
        (
            {"dependent_scopes": [{"scope": NOBODY, "optional": True, "requires_refresh_token": False}]},
            "dependent_scopes",
        ),
        ({"scope_string": "urn:x"}, "scope_string"),
    ],
)
def test_what_is_wrong_is_told_by_its_name(dev: Developer, fields: dict[str, Any], named: str) -> None:
    path = f"clients/{dev.client()['id']}/scopes"
    scope = dev.made(path, "scope", scope_suffix="read", **SAID)
    whole = {"scope_suffix": "write", **SAID, **fields}
    for method, to, document in (("POST", path, whole), ("PUT", f"scopes/{scope['id']}", fields)):
        status, code, detail = dev.refused(method, to, {"scope": document})
        assert (status, code, detail.partition(":")[0]) == (400, "INVALID_PARAMETERS", named)


@pytest.mark.parametrize("query", ["ids=openid", "ids=", "scope_strings=", f"ids={NOBODY}&scope_strings=openid", "x=1"])
def test_wrong_queries_are_refused(dev: Developer, query: str) -> None:
    assert dev.refused("GET", f"scopes?{query}")[:2] == (400, "INVALID_PARAMETERS")


def test_an_app_declares_scopes_of_its_own(service: Service) -> None:
    app = service.confidential
    own = as_app(service, app.client_id, app.secret)
    scope = own.made(f"clients/{app.client_id}/scopes", "scope", scope_suffix="submit", **SAID)
    assert own.call("GET", "scopes") == {"scopes": [scope]}
    query = service.query(app, scope=scope["scope_string"], redirect_uri=LOGIN)
    assert service.get("/v2/oauth2/authorize", query, {"Accept": "text/plain"}).status_code == 200
