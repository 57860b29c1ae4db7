"""GET /v2/api/identities: looking people up, and making identities for those who are not known yet."""

from typing import Any

import pytest

from .service import TRANSFER_ALL, Service, basic, bearer

PATH = "/v2/api/identities"


@pytest.fixture
def header(service: Service) -> dict[str, str]:
    return bearer(service.state.issue_access_token(service.user, ["openid", "profile", "email"]))


def identities(service: Service, header: dict[str, str], **query: str) -> list[dict[str, Any]]:
    response = service.get(PATH, query, headers=header)
    assert response.status_code == 200, response.text
    document = response.json()
    assert set(document) == {"identities"}
    found: list[dict[str, Any]] = document["identities"]
    return found


def test_people_are_found_by_name_and_by_id(service: Service, header: dict[str, str]) -> None:
    expected = {
        "id": service.user.id,
        "username": "wren@sandbox.example",
        "status": "used",
        "name": "M Wren",
        "email": "wren@mail.example",
        "organization": "Larkspur Lab",
        "identity_provider": service.user.identity_provider,
        "identity_type": "login",
    }
    assert identities(service, header, usernames="Wren@Sandbox.Example") == [expected]
    assert identities(service, header, ids=service.user.id.upper()) == [expected]
    app = service.confidential.client_id
    both = identities(service, header, ids=f"{service.user.id},{app},{service.user.id}")
    assert {identity["id"] for identity in both} == {service.user.id, app}
    assert service.get(f"{PATH}/{service.user.id}", headers=header).json() == {"identity": expected}


def test_unknown_ones_are_simply_missing(service: Service, header: dict[str, str]) -> None:
    assert identities(service, header, usernames="nobody@sandbox.example,globus") == []
    assert identities(service, header, ids="ef0a61b9-1c8f-4e4b-8d9a-cc98dd080001", provision="false") == []
    response = service.get(f"{PATH}/ef0a61b9-1c8f-4e4b-8d9a-cc98dd080001", headers=header)
    assert response.status_code == 404
    assert response.json()["errors"][0]["code"] == "NOT_FOUND"


def test_provisioning_makes_an_unused_identity_once(service: Service, header: dict[str, str]) -> None:
    (made,) = identities(service, header, usernames="colleague@sandbox.example", provision="true")
    assert (made["status"], made["name"], made["email"]) == ("unused", None, None)
    assert made["identity_provider"] == service.user.identity_provider
    assert identities(service, header, usernames="colleague@sandbox.example", provision="true") == [made]
    assert identities(service, header, ids=made["id"]) == [made]


def test_the_provider_can_be_included(service: Service, header: dict[str, str]) -> None:
    document = service.get(
        PATH, {"usernames": "wren@sandbox.example", "include": "identity_provider"}, headers=header
    ).json()
    (provider,) = document["included"]["identity_providers"]
    assert set(provider) == {"id", "name", "short_name", "alternative_names", "domains"}
    assert (provider["id"], provider["domains"]) == (service.user.identity_provider, ["sandbox.example"])


def test_who_may_ask(service: Service) -> None:
    query = {"usernames": "wren@sandbox.example"}
    app = service.confidential
    view = service.state.issue_access_token(service.user, ["urn:globus:auth:scope:auth.globus.org:view_identities"])
    for headers in (bearer(view), basic(app.client_id, app.secret)):
        assert service.get(PATH, query, headers=headers).status_code == 200
    transfer = bearer(service.state.issue_access_token(service.user, [TRANSFER_ALL]))
    wrong: list[tuple[dict[str, str], int, str]] = [
        ({}, 401, "UNAUTHORIZED"),
        (bearer("unknown"), 401, "UNAUTHORIZED"),
        (basic(app.client_id, "wrong"), 401, "UNAUTHORIZED"),
        (transfer, 403, "FORBIDDEN"),
    ]
    for headers, status, code in wrong:
        for path in (PATH, f"{PATH}/{service.user.id}"):
            response = service.get(path, query if path == PATH else None, headers=headers)
            assert (response.status_code, response.json()["errors"][0]["code"]) == (status, code)


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ([], "usernames"),
        ([("usernames", "a@b.example"), ("ids", "ef0a61b9-1c8f-4e4b-8d9a-cc98dd080001")], "usernames"),
        ([("ids", "12345")], "12345"),
        ([("usernames", "a@b.example,,c@d.example")], "empty"),
        ([("usernames", "a@b.example"), ("usernames", "c@d.example")], "usernames"),
        ([("usernames", "a@b.example"), ("provision", "yes")], "provision"),
        ([("ids", "ef0a61b9-1c8f-4e4b-8d9a-cc98dd080001"), ("provision", "true")], "provision"),
        ([("usernames", "no name"), ("provision", "true")], "no name"),
        ([("usernames", "a@b.example"), ("include", "provider")], "include"),
        ([("usernames", "a@b.example"), ("username", "c@d.example")], "username: unknown"),
    ],
)
def test_wrong_queries_are_named(
    service: Service, header: dict[str, str], query: list[tuple[str, str]], named: str
) -> None:
    response = service.get(PATH, query, headers=header)
    assert response.status_code == 400
    (entry,) = response.json()["errors"]
    assert entry["code"] == "INVALID_PARAMETERS"
    assert named in entry["detail"]
