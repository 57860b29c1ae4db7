"""/v2/api/clients/{client_id}/credentials: secrets that work until they are deleted."""

import pytest

from globus_typed.sandbox.auth.own_scopes import AUTH_URN

from .developer import Developer, as_app, developer
from .service import Service

GRANT = {"grant_type": "client_credentials", "scope": "openid"}


def works(service: Service, client_id: str, secret: str | None) -> bool:
    """Whether the client gets a token with that secret."""
    answer = service.post("/v2/oauth2/token", GRANT, as_app(service, client_id, secret).headers)
    assert answer.status_code in (200, 401)
    return answer.status_code == 200


def test_a_secret_works_until_it_is_deleted(service: Service, dev: Developer) -> None:
    client_id = dev.client()["id"]
    path = f"clients/{client_id}/credentials"
    assert dev.call("GET", path) == {"credentials": []}
    first = dev.made(path, "credential", name="spring key")
    assert first == {
        "id": first["id"],
        "client": client_id,
        "name": "spring key",
        "secret": first["secret"],
        "created": "2025-03-04T11:40:05.250000+00:00",
    }
    second = dev.made(path, "credential", name="summer key")
    assert first["secret"] != second["secret"]
    shown = [{**credential, "secret": None} for credential in (first, second)]
    assert dev.call("GET", path) == {"credentials": shown}
    assert works(service, client_id, first["secret"])
    assert works(service, client_id, second["secret"])
    assert dev.call("DELETE", f"{path}/{first['id'].upper()}") == {"credential": shown[0]}
    assert not works(service, client_id, first["secret"])
    assert works(service, client_id, second["secret"])
    assert dev.refused("DELETE", f"{path}/{first['id']}")[:2] == (404, "NOT_FOUND")
    assert second["secret"] not in repr(service.state.registry.credentials(client_id))


def test_the_secret_of_an_app_that_python_code_adds_can_be_replaced(service: Service) -> None:
    app = service.confidential
    own = as_app(service, app.client_id, app.secret)
    path = f"clients/{app.client_id}/credentials"
    (old,) = own.call("GET", path)["credentials"]
    renewed = as_app(service, app.client_id, own.secret(app.client_id))
    renewed.call("DELETE", f"{path}/{old['id']}")
    assert own.refused("GET", path)[:2] == (401, "UNAUTHORIZED")
    assert len(renewed.call("GET", path)["credentials"]) == 1


def test_a_credential_of_another_client_is_not_there(dev: Developer) -> None:
    first, second = dev.client()["id"], dev.client()["id"]
    credential = dev.made(f"clients/{first}/credentials", "credential", name="key")
    assert dev.refused("DELETE", f"clients/{second}/credentials/{credential['id']}")[:2] == (404, "NOT_FOUND")


def test_only_those_who_may_change_the_client(service: Service, dev: Developer) -> None:
    client_id = dev.client(visibility="public")["id"]
    path = f"clients/{client_id}/credentials"
    stranger = developer(service, service.state.add_user("stranger@sandbox.example"))
    view = developer(service, None, f"{AUTH_URN}view_clients")
    document = {"credential": {"name": "key"}}
    for who in (stranger, view):
        assert who.refused("GET", path)[:2] == (403, "FORBIDDEN")
        assert who.refused("POST", path, document)[:2] == (403, "FORBIDDEN")
    dev.call("PUT", f"clients/{client_id}", {"client": {"visibility": "private"}})
    assert stranger.refused("POST", path, document)[:2] == (404, "NOT_FOUND")


def test_a_public_client_keeps_no_secret(dev: Developer) -> None:
    client = dev.made("clients", "client", name="Phones", project=dev.project(), public_client=True)
    path = f"clients/{client['id']}/credentials"
    assert dev.refused("POST", path, {"credential": {"name": "key"}})[:2] == (400, "INVALID_PARAMETERS")
    assert dev.call("GET", path) == {"credentials": []}


@pytest.mark.parametrize(
    ("fields", "named"),
    [({}, "name"), ({"name": None}, "name"), ({"name": 5}, "name"), ({"name": "key", "secret": "x"}, "secret")],
)
def test_what_is_wrong_is_told_by_its_name(dev: Developer, fields: dict[str, object], named: str) -> None:
    status, _, detail = dev.refused("POST", f"clients/{dev.client()['id']}/credentials", {"credential": fields})
    assert (status, detail.partition(":")[0]) == (400, named)
