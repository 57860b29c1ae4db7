"""/v2/api/projects: who administers one, and what one may say of it."""

from typing import Any

import pytest

from globus_typed.sandbox.auth.own_scopes import AUTH_URN

from .developer import API, Developer, as_app, attempts, developer
from .service import TRANSFER_ALL, Service

GROUP = "b605fe47-3d70-4c2e-8b15-90ab12cd0001"
NOBODY = "5e0c7d14-8a2f-4b63-9d31-6f7b2c9a0009"


def test_a_project_is_made_changed_and_deleted(service: Service, dev: Developer) -> None:
    said = {"display_name": "Reeds", "contact_email": "ops@reeds.example"}
    project = dev.made("projects", "project", **said, admin_ids=[service.user.id.upper()], admin_group_ids=[GROUP])
    assert project == {
        "id": project["id"],
        "project_name": "Reeds",
        **said,
        "admin_ids": [service.user.id],
        "admin_group_ids": [GROUP],
        "admins": {
            "identities": [
                {
                    "id": service.user.id,
                    "username": "wren@sandbox.example",
                    "status": "used",
                    "name": "M Wren",
                    "email": "wren@mail.example",
                    "organization": "Larkspur Lab",
                    "identity_provider": service.user.identity_provider,
                    "identity_type": "login",
                }
            ],
            "groups": [{"id": GROUP, "name": None, "description": None, "organization": None}],
        },
    }
    path = f"projects/{project['id'].upper()}"
    assert dev.call("GET", path) == {"project": project}
    assert dev.call("GET", "projects") == {"projects": [project]}
    changed = dev.call("PUT", path, {"project": {"display_name": "Beds", "admin_group_ids": None}})["project"]
    groups: dict[str, Any] = {"admin_group_ids": None, "admins": {**project["admins"], "groups": []}}
    assert changed == {**project, "display_name": "Beds", "project_name": "Beds", **groups}
    assert dev.call("PUT", path, {"project": {}}) == {"project": changed}
    assert dev.call("DELETE", path) == {"project": changed}
    assert dev.call("GET", "projects") == {"projects": []}
    assert dev.refused("GET", path)[:2] == (404, "NOT_FOUND")


def test_those_who_administer_it_see_it_and_nobody_else(service: Service, dev: Developer) -> None:
    stranger, linked = (
        service.state.add_user("stranger@sandbox.example"),
        service.state.add_user("wren@lab.example", linked_to=service.user),
    )
    project_id = dev.project()
    assert developer(service, linked).call("GET", f"projects/{project_id}")["project"]["id"] == project_id
    other = developer(service, stranger)
    assert other.call("GET", "projects") == {"projects": []}
    for method, document in attempts("project"):
        assert other.refused(method, f"projects/{project_id}", document)[:2] == (404, "NOT_FOUND")
    dev.call("PUT", f"projects/{project_id}", {"project": {"admin_ids": [stranger.id]}})
    assert other.call("GET", f"projects/{project_id}")["project"]["admin_ids"] == [stranger.id]
    assert dev.refused("GET", f"projects/{project_id}")[:2] == (404, "NOT_FOUND")


def test_a_token_for_managing_projects_is_needed(service: Service, dev: Developer) -> None:
    project_id = dev.project()
    app = service.confidential
    view = developer(service, None, f"{AUTH_URN}view_clients", "openid")
    cases = [
        (Developer(service, {}), 401, "UNAUTHORIZED"),
        (as_app(service, app.client_id, "wrong"), 401, "UNAUTHORIZED"),
        (as_app(service, app.client_id, app.secret), 403, "FORBIDDEN"),
        (developer(service, None, TRANSFER_ALL), 403, "FORBIDDEN"),
        (view, 403, "FORBIDDEN"),
    ]
    for who, status, code in cases:
        for method, path in (("GET", "projects"), ("POST", "projects"), ("GET", f"projects/{project_id}")):
            assert who.refused(method, path, {"project": {}} if method == "POST" else None)[:2] == (status, code)


def test_a_project_with_something_in_it_stays(dev: Developer) -> None:
    project_id = dev.project()
    client = dev.client(project=project_id)
    policy = dev.made("policies", "policy", project_id=project_id, display_name="Staff", description="The lab")
    for path, id in ((f"clients/{client['id']}", client["id"]), (f"policies/{policy['id']}", policy["id"])):
        status, code, detail = dev.refused("DELETE", f"projects/{project_id}")
        assert (status, code, id in detail) == (409, "CONFLICT", True)
        dev.call("DELETE", path)
    dev.call("DELETE", f"projects/{project_id}")


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"display_name": None}, "display_name"),
        ({"contact_email": 5}, "contact_email"),
        ({"admin_ids": None}, "admin_ids"),
        ({"admin_ids": []}, "admin_ids"),
        ({"admin_ids": ["wren"]}, "admin_ids.0: no UUID: 'wren'"),
        ({"admin_ids": [NOBODY]}, f"admin_ids: there is no identity {NOBODY}"),
        ({"admin_group_ids": "wardens"}, "admin_group_ids"),
        ({"id": NOBODY, "owner": "wren"}, "id: unknown here; owner: unknown here"),
    ],
)
def test_what_is_wrong_is_told_by_its_name(dev: Developer, fields: dict[str, Any], named: str) -> None:
    right: dict[str, Any] = {"display_name": "Reeds", "contact_email": "ops@reeds.example", "admin_ids": []}
    path = f"projects/{dev.project()}"
    for method, to, document in (("POST", "projects", {**right, **fields}), ("PUT", path, fields)):
        status, code, detail = dev.refused(method, to, {"project": document})
        assert (status, code) == (400, "INVALID_PARAMETERS")
        assert named in detail


@pytest.mark.parametrize(
    ("content", "content_type", "named"),
    [
        ("", "application/json", "no JSON"),
        ("{", "application/json", "no JSON"),
        ('{"project": {"display_name": NaN}}', "application/json", "no JSON"),
        ("[]", "application/json", "the one member project"),
        ('{"display_name": "Reeds"}', "application/json", "the one member project"),
        ('{"project": {}, "client": {}}', "application/json", "the one member project"),
        ('{"project": []}', "application/json", "project: must be an object"),
        ("project=1", "application/x-www-form-urlencoded", "must be application/json"),
    ],
)
def test_the_document_comes_in_json_in_its_envelope(
    service: Service, dev: Developer, content: str, content_type: str, named: str
) -> None:
    answer = service.send_raw(f"{API}/projects", content, {**dev.headers, "Content-Type": content_type})
    assert answer.status_code == 400
    assert named in answer.json()["errors"][0]["detail"]


def test_parameters_that_there_are_not_are_refused(dev: Developer) -> None:
    assert dev.refused("GET", "projects?limit=5")[2].startswith("limit: unknown")
