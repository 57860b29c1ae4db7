"""GET /v2/api/identity_providers."""

import pytest

from .developer import Developer, as_app, developer
from .service import TRANSFER_ALL, Service


def test_providers_are_found_by_domain_and_by_id(service: Service, dev: Developer) -> None:
    service.state.add_user("kim@lab.example")
    found = dev.call("GET", "identity_providers?domains=Sandbox.Example, lab.example,nowhere.example")
    mine, lab = found["identity_providers"]
    assert mine == {
        "id": service.user.identity_provider,
        "name": "Sandbox accounts of sandbox.example",
        "short_name": "sandbox",
        "alternative_names": [],
        "domains": ["sandbox.example"],
    }
    assert lab["domains"] == ["lab.example"]
    unknown = "ef0a61b9-1c8f-4e4b-8d9a-cc98dd080001"
    assert dev.call("GET", f"identity_providers?ids={mine['id'].upper()},{unknown}") == {"identity_providers": [mine]}


def test_who_may_ask(service: Service) -> None:
    app = service.confidential
    path = "identity_providers?domains=sandbox.example"
    for who in (developer(service, None, "openid"), as_app(service, app.client_id, app.secret)):
        assert len(who.call("GET", path)["identity_providers"]) == 1
    assert developer(service, None, TRANSFER_ALL).refused("GET", path)[:2] == (403, "FORBIDDEN")
    assert Developer(service, {}).refused("GET", path)[:2] == (401, "UNAUTHORIZED")
    assert as_app(service, app.client_id, "wrong").refused("GET", path)[:2] == (401, "UNAUTHORIZED")


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("", "domains"),
        ("domains=a.example&ids=ef0a61b9-1c8f-4e4b-8d9a-cc98dd080001", "ids"),
        ("ids=a.example", "ids: no UUID: a.example"),
        ("domains=a.example,", "domains: the list has an empty place"),
        ("domain=a.example", "domain: unknown"),
    ],
)
def test_wrong_queries_are_named(dev: Developer, query: str, named: str) -> None:
    status, code, detail = dev.refused("GET", f"identity_providers?{query}")
    assert (status, code, named in detail) == (400, "INVALID_PARAMETERS", True)
