"""/v2/api/clients: what is registered there is an app that can be logged in to at once."""

from typing import Any

import pytest

from globus_typed.sandbox.auth.own_scopes import AUTH_URN
from globus_typed.sandbox.auth.store.developer import Client

from .developer import MANAGE, Developer, as_app, attempts, developer
from .service import LOGIN, TRANSFER_ALL, Service, tokens_of

LINKS = {"privacy_policy": "https://reeds.example/privacy", "terms_and_conditions": "https://reeds.example/terms"}
NO_LINKS = {"privacy_policy": None, "terms_and_conditions": None}
NOBODY = "ef0a61b9-1c8f-4e4b-8d9a-cc98dd080001"


@pytest.fixture
def stranger(service: Service) -> Developer:
    return developer(service, service.state.add_user("stranger@sandbox.example"))


def test_a_client_is_made_changed_and_deleted(service: Service, dev: Developer) -> None:
    project_id, provider = dev.project(), service.user.identity_provider
    client = dev.client(project=project_id, redirect_uris=[LOGIN], links=LINKS, required_idp=provider)
    assert client == {
        "id": client["id"],
        "name": "Reed count",
        "project": project_id,
        "public_client": False,
        "client_type": "confidential_client",
        "grant_types": ["authorization_code", "client_credentials", "refresh_token"],
        "visibility": "private",
        "scopes": [],
        "fqdns": [],
        "redirect_uris": [LOGIN],
        "links": LINKS,
        "required_idp": provider,
        "preselect_idp": None,
        "parent_client": None,
        "userinfo_from_effective_identity": True,
        "prompt_for_named_grant": False,
    }
    path = f"clients/{client['id']}"
    assert dev.call("GET", path) == {"client": client}
    changes: dict[str, Any] = {"name": "Count", "redirect_uris": [], "visibility": "public", "preselect_idp": provider}
    assert dev.call("PUT", path, {"client": changes}) == {"client": {**client, **changes}}
    cleared = {"links": NO_LINKS, "required_idp": None}
    changed = dev.call("PUT", path, {"client": cleared})["client"]
    assert changed == {**client, **changes, **cleared}
    assert dev.call("DELETE", path) == {"client": changed}
    assert dev.refused("GET", path)[:2] == (404, "NOT_FOUND")
    assert dev.call("GET", f"clients?project_id={project_id}") == {"clients": []}


def test_a_confidential_client_logs_users_in_at_once(service: Service, dev: Developer) -> None:
    client = dev.client(redirect_uris=[LOGIN])
    app = service.state.directory.app(client["id"])
    assert app is not None
    assert service.token(app, {"grant_type": "client_credentials", "scope": "openid"}).status_code == 401
    good = as_app(service, app.client_id, dev.secret(app.client_id))
    form = {"grant_type": "authorization_code", "redirect_uri": LOGIN, "code": service.code(app, redirect_uri=LOGIN)}
    answer = service.post("/v2/oauth2/token", form, good.headers)
    assert set(tokens_of(answer.json())) == {"auth.globus.org", "transfer.api.globus.org"}
    own = service.post("/v2/oauth2/token", {"grant_type": "client_credentials", "scope": MANAGE}, good.headers)
    itself = Developer(service, {"Authorization": f"Bearer {own.json()['access_token']}"})
    assert itself.call("GET", f"clients/{app.client_id}")["client"]["id"] == app.client_id
    dev.call("PUT", f"clients/{app.client_id}", {"client": {"redirect_uris": []}})
    query = service.query(app, redirect_uri=LOGIN)
    assert service.get("/v2/oauth2/authorize", query).status_code == 400


@pytest.mark.parametrize("kind", [{"public_client": True}, {"client_type": "public_webapp_client"}])
def test_a_public_client_logs_users_in_with_pkce_alone(service: Service, dev: Developer, kind: dict[str, Any]) -> None:
    said = {"name": "Reed count", "project": dev.project(), "redirect_uris": ["http://localhost:8000/back"], **kind}
    client = dev.made("clients", "client", **said)
    assert client["public_client"] is True
    assert client["client_type"] == kind.get("client_type", "public_installed_client")
    assert client["grant_types"] == ["authorization_code", "refresh_token"]
    app = service.state.directory.app(client["id"])
    assert app is not None
    assert service.login(app)["access_token"]
    without = service.query(app, code_challenge=None, code_challenge_method=None)
    assert service.get("/v2/oauth2/authorize", without, {"Accept": "text/plain"}).status_code == 400
    form = {"grant_type": "client_credentials", "client_id": app.client_id, "scope": "openid"}
    assert service.post("/v2/oauth2/token", form).json()["error"] == "unauthorized_client"


def test_what_is_not_said_of_its_type(dev: Developer) -> None:
    client = dev.made("clients", "client", name="Reed count", project=dev.project(), public_client=False)
    assert client["client_type"] == "hybrid_confidential_client_resource_server"
    assert client["grant_types"][-1] == "urn:globus:auth:grant_type:dependent_token"


def test_a_deleted_client_is_gone_with_its_tokens(service: Service, dev: Developer) -> None:
    client_id = dev.client()["id"]
    app = as_app(service, client_id, dev.secret(client_id))
    form = {"grant_type": "client_credentials", "scope": TRANSFER_ALL}
    token = service.post("/v2/oauth2/token", form, app.headers).json()["access_token"]
    assert service.state.authenticate(f"Bearer {token}", scope=TRANSFER_ALL).user.name == "Reed count"
    app.call("DELETE", f"clients/{client_id}")
    assert service.post("/v2/oauth2/token", form, app.headers).status_code == 401
    assert service.state.ledger.find(token) is None
    assert dev.refused("DELETE", f"clients/{client_id}")[:2] == (404, "NOT_FOUND")
    assert {user.username for user in service.state.directory.people()} == {"wren@sandbox.example"}


def test_a_client_makes_clients_of_its_own(service: Service, dev: Developer, stranger: Developer) -> None:
    project_id = dev.project()
    parent = dev.client(project=project_id)
    app = as_app(service, parent["id"], dev.secret(parent["id"]))
    child = app.made("clients", "client", name="Child", public_client=True)
    assert (child["parent_client"], child["project"]) == (parent["id"], project_id)
    assert [client["id"] for client in app.call("GET", "clients")["clients"]] == [parent["id"], child["id"]]
    assert app.call("PUT", f"clients/{child['id']}", {"client": {"name": "Kid"}})["client"]["name"] == "Kid"
    assert dev.call("GET", f"clients/{child['id']}")["client"]["name"] == "Kid"
    assert stranger.refused("GET", f"clients/{child['id']}")[0] == 404
    named = {"name": "Child", "public_client": True, "project": project_id}
    assert app.refused("POST", "clients", {"client": named})[2] == "project: unknown here"
    assert app.call("DELETE", f"clients/{child['id']}")["client"]["name"] == "Kid"


def test_an_installation_of_a_native_app_has_a_secret_from_the_start(service: Service) -> None:
    anybody = Developer(service, {})
    template_id = service.native.client_id
    document = {"client": {"template_id": template_id, "name": "On hide-3"}}
    made = anybody.call("POST", "clients", document, status=201)
    client, credential = made["client"], made["included"]["client_credential"]
    assert (client["project"], client["parent_client"], client["public_client"]) == (None, template_id, False)
    assert set(credential) == {"id", "client", "name", "secret"}
    own = as_app(service, client["id"], credential["secret"])
    assert own.call("GET", f"clients/{client['id']}") == {"client": client}
    for id in (NOBODY, service.confidential.client_id):
        wrong = {"client": {"template_id": id, "name": "On hide-3"}}
        assert anybody.refused("POST", "clients", wrong)[2].startswith("template_id: ")
    assert anybody.refused("POST", "clients", {"client": {"name": "On hide-3"}})[:2] == (401, "UNAUTHORIZED")


def test_who_sees_and_changes_a_client(service: Service, dev: Developer, stranger: Developer) -> None:
    client = dev.client()
    path = f"clients/{client['id']}"
    views = [developer(service, None, f"{AUTH_URN}{name}") for name in ("view_clients", "view_clients_and_scopes")]
    for view in views:
        assert view.call("GET", path) == {"client": client}
        assert view.call("GET", "clients") == {"clients": [client]}
        for method, document in attempts("client")[1:]:
            assert view.refused(method, path, document)[:2] == (403, "FORBIDDEN")
    for method, document in attempts("client"):
        assert stranger.refused(method, path, document)[:2] == (404, "NOT_FOUND")
        assert Developer(service, {}).refused(method, path, document)[:2] == (401, "UNAUTHORIZED")
    dev.call("PUT", path, {"client": {"visibility": "public"}})
    assert stranger.call("GET", path)["client"]["id"] == client["id"]
    assert stranger.call("GET", "clients") == {"clients": []}
    for method, document in attempts("client")[1:]:
        assert stranger.refused(method, path, document)[:2] == (403, "FORBIDDEN")
    theirs = {"name": "Mine", "project": client["project"], "public_client": True}
    assert stranger.refused("POST", "clients", {"client": theirs})[:2] == (403, "FORBIDDEN")


def test_apps_that_python_code_adds_are_clients_too(service: Service) -> None:
    app = service.confidential
    own = as_app(service, app.client_id, app.secret)
    client = own.call("GET", f"clients/{app.client_id.upper()}")["client"]
    assert (client["name"], client["project"], client["redirect_uris"][0]) == ("A portal", None, LOGIN)
    assert own.call("PUT", f"clients/{app.client_id}", {"client": {"name": "The portal"}})["client"]["scopes"] == []
    assert service.state.directory.user(app.client_id).name == "The portal"


def test_a_client_is_found_by_its_domain_name(service: Service, dev: Developer) -> None:
    client = dev.client()
    kept = service.state.registry.client(client["id"])
    assert isinstance(kept, Client)
    service.state.registry.keep_client(Client(kept.id, kept.client_type, kept.project, fqdns=("reeds.example",)))
    assert dev.call("GET", "clients?fqdn=Reeds.Example")["client"]["fqdns"] == ["reeds.example"]
    assert dev.refused("GET", "clients?fqdn=beds.example")[:2] == (404, "NOT_FOUND")


def test_clients_of_one_project(dev: Developer) -> None:
    first, second = dev.client(), dev.client()
    assert dev.call("GET", f"clients?project_id={second['project']}") == {"clients": [second]}
    assert dev.call("GET", "clients") == {"clients": [first, second]}
    for query in ("project_id=reeds", "fqdn=a.example&project_id=" + first["project"], "id=5"):
        assert dev.refused("GET", f"clients?{query}")[:2] == (400, "INVALID_PARAMETERS")


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"name": "two\nlines"}, "name: must be one line"),
        ({"name": None}, "name"),
        ({"visibility": "secret"}, "visibility"),
        ({"redirect_uris": ["http://reeds.example/back"]}, "redirect_uris.0: must be an https address"),
        ({"redirect_uris": ["https://reeds.example/#back"]}, "redirect_uris.0"),
        ({"redirect_uris": ["https://"]}, "redirect_uris.0"),
        ({"redirect_uris": ["https://[reeds"]}, "redirect_uris.0"),
        ({"redirect_uris": ["/back"]}, "redirect_uris.0"),
        ({"links": {"privacy_policy": "https://reeds.example/privacy"}}, "links.terms_and_conditions: missing"),
        ({"links": {**LINKS, "privacy_policy": None}}, "links: must have both"),
        ({"required_idp": "reeds.example"}, "required_idp: no UUID"),
        ({"preselect_idp": NOBODY}, f"preselect_idp: there is no identity provider {NOBODY}"),
        ({"grant_types": ["refresh_token"]}, "grant_types: unknown here"),
    ],
)
def test_what_is_wrong_is_told_by_its_name(dev: Developer, fields: dict[str, Any], named: str) -> None:
    project_id = dev.project()
    path = f"clients/{dev.client(project=project_id)['id']}"
    whole = {"name": "Reed count", "project": project_id, "public_client": False, **fields}
    for method, to, document in (("POST", "clients", whole), ("PUT", path, fields)):
        status, code, detail = dev.refused(method, to, {"client": document})
        assert (status, code) == (400, "INVALID_PARAMETERS")
        assert detail.startswith(named)


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({}, "exactly one of client_type and public_client"),
        ({"client_type": "client_identity", "public_client": False}, "exactly one of client_type and public_client"),
        ({"client_type": "web_client"}, "client_type"),
        ({"public_client": None}, "public_client"),
    ],
)
def test_a_client_is_of_one_type(dev: Developer, fields: dict[str, Any], named: str) -> None:
    project_id = dev.project()
    status, _, detail = dev.refused("POST", "clients", {"client": {"name": "Count", "project": project_id, **fields}})
    assert (status, detail.startswith(named)) == (400, True)


def test_what_it_is_stays(dev: Developer) -> None:
    client = dev.client()
    for name in ("project", "public_client", "client_type", "parent_client", "userinfo_from_effective_identity"):
        detail = dev.refused("PUT", f"clients/{client['id']}", {"client": {name: client[name]}})[2]
        assert detail == f"{name}: unknown here"
