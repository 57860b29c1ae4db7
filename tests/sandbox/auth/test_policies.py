"""/v2/api/policies: what a login must be like, as it is told."""

from typing import Any

import pytest

from .developer import Developer, attempts, developer
from .service import Service

SAID = {"display_name": "Staff", "description": "Accounts of the lab"}


def test_a_policy_is_made_changed_and_deleted(dev: Developer) -> None:
    project_id = dev.project()
    policy = dev.made("policies", "policy", project_id=project_id, **SAID)
    assert policy == {
        "id": policy["id"],
        "project_id": project_id,
        **SAID,
        "high_assurance": False,
        "authentication_assurance_timeout": None,
        "required_mfa": False,
        "domain_constraints_include": None,
        "domain_constraints_exclude": None,
    }
    path = f"policies/{policy['id']}"
    assert dev.call("GET", path) == {"policy": policy}
    assert dev.call("GET", "policies") == {"policies": [policy]}
    changes: dict[str, Any] = {"domain_constraints_include": [], "authentication_assurance_timeout": 60}
    assert dev.call("PUT", path, {"policy": changes}) == {"policy": {**policy, **changes}}
    cleared = {"domain_constraints_include": None, "authentication_assurance_timeout": None}
    assert dev.call("PUT", path, {"policy": cleared}) == {"policy": policy}
    other = dev.project()
    assert dev.call("PUT", path, {"policy": {"project_id": other}})["policy"]["project_id"] == other
    assert dev.call("DELETE", path) == {"policy": {**policy, "project_id": other}}
    assert dev.call("GET", "policies") == {"policies": []}
    assert dev.refused("DELETE", path)[:2] == (404, "NOT_FOUND")


def test_a_second_factor_goes_with_high_assurance_alone(dev: Developer) -> None:
    project_id = dev.project()
    document = {"project_id": project_id, **SAID, "required_mfa": True}
    assert dev.refused("POST", "policies", {"policy": document})[2].startswith("required_mfa: needs high_assurance")
    high = dev.made("policies", "policy", **document, high_assurance=True)
    assert (high["high_assurance"], high["required_mfa"]) == (True, True)
    low = dev.made("policies", "policy", project_id=project_id, **SAID)
    status, _, detail = dev.refused("PUT", f"policies/{low['id']}", {"policy": {"required_mfa": True}})
    assert (status, detail.partition(":")[0]) == (400, "required_mfa")


def test_a_policy_is_of_a_project_that_the_caller_administers(service: Service, dev: Developer) -> None:
    stranger = developer(service, service.state.add_user("stranger@sandbox.example"))
    project_id = dev.project()
    policy = dev.made("policies", "policy", project_id=project_id, **SAID)
    assert stranger.call("GET", "policies") == {"policies": []}
    for method, document in attempts("policy"):
        assert stranger.refused(method, f"policies/{policy['id']}", document)[:2] == (404, "NOT_FOUND")
    status, code, detail = stranger.refused("POST", "policies", {"policy": {"project_id": project_id, **SAID}})
    assert (status, code, project_id in detail) == (403, "FORBIDDEN", True)
    theirs = stranger.project(admin_ids=[stranger.service.state.directory.people()[-1].id])
    assert dev.refused("PUT", f"policies/{policy['id']}", {"policy": {"project_id": theirs}})[0] == 403
    assert dev.call("GET", f"policies/{policy['id']}") == {"policy": policy}


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"project_id": "reeds"}, "project_id"),
        ({"display_name": None}, "display_name"),
        ({"description": 5}, "description"),
        ({"authentication_assurance_timeout": -1}, "authentication_assurance_timeout"),
        ({"authentication_assurance_timeout": True}, "authentication_assurance_timeout"),
        ({"authentication_assurance_timeout": "60"}, "authentication_assurance_timeout"),
        ({"required_mfa": None}, "required_mfa"),
        ({"domain_constraints_include": "lab.example"}, "domain_constraints_include"),
        ({"domain_constraints_exclude": [None]}, "domain_constraints_exclude.0"),
        ({"high_assurance": 1}, "high_assurance"),
    ],
)
def test_what_is_wrong_is_told_by_its_name(dev: Developer, fields: dict[str, Any], named: str) -> None:
    project_id = dev.project()
    policy = dev.made("policies", "policy", project_id=project_id, **SAID)
    whole = {"project_id": project_id, **SAID, **fields}
    for method, path, document in (("POST", "policies", whole), ("PUT", f"policies/{policy['id']}", fields)):
        status, code, detail = dev.refused(method, path, {"policy": document})
        assert (status, code, detail.partition(":")[0]) == (400, "INVALID_PARAMETERS", named)


def test_high_assurance_is_not_given_later(dev: Developer) -> None:
    policy = dev.made("policies", "policy", project_id=dev.project(), **SAID)
    detail = dev.refused("PUT", f"policies/{policy['id']}", {"policy": {"high_assurance": False}})[2]
    assert detail == "high_assurance: unknown here"
