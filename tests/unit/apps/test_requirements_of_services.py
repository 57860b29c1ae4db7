"""What clients and collections need, without a call."""

import pytest

from globus_typed import Endpoint, GlobusUsageError, UserApp, registry
from globus_typed.apps.records import is_within, requested_scopes
from globus_typed.apps.tokens import TokenStorageData
from globus_typed.scopes import Scope

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"
TRANSFER = "urn:globus:auth:scope:transfer.api.globus.org:all"
TIMERS = "524230d7-ea86-4a52-8312-86065a9e0417"

DEFAULTS = {
    "auth": ("openid", "profile", "email"),
    "compute": ("https://auth.globus.org/scopes/facd7ccc-c5f4-42aa-916b-a0e270e2c2a9/all",),
    "flows": ("https://auth.globus.org/scopes/eec9b274-0c81-4334-bdc2-54e90e689b9a/all",),
    "gcs": (),
    "groups": ("urn:globus:auth:scope:groups.api.globus.org:view_my_groups_and_memberships",),
    "search": ("urn:globus:auth:scope:search.api.globus.org:search",),
    "timers": (f"https://auth.globus.org/scopes/{TIMERS}/timer[{TRANSFER}]",),
    "transfer": (TRANSFER,),
}
"""Those of the clients of globus-sdk, but for timers, which are no good without the right to transfer."""


def test_each_service_declares_what_its_client_needs() -> None:
    assert {service.name: service.default_scopes for service in registry.services()} == DEFAULTS


@pytest.mark.parametrize("name", [name for name, scopes in DEFAULTS.items() if scopes])
def test_an_app_takes_the_scopes_of_each_service(name: str) -> None:
    service = registry.service(name)
    assert service.resource_server is not None
    app = UserApp("lab sync", client_id=ID, scope_requirements={service.resource_server: service.default_scopes})
    found = {*map(str, app.scope_requirements[service.resource_server])}
    assert {*service.default_scopes} <= found
    with pytest.raises(GlobusUsageError, match="give it under its own resource server"):
        app.add_scope_requirements({"elsewhere.example": service.default_scopes})


@pytest.mark.parametrize(
    ("entity_type", "high_assurance", "needed"),
    [
        ("GCSv5_mapped_collection", False, True),
        ("GCSv5_mapped_collection", True, False),
        ("GCSv5_mapped_collection", None, None),
        ("GCSv5_guest_collection", False, False),
        ("GCSv5_guest_collection", None, False),
        ("GCP_mapped_collection", False, False),
        ("GCP_guest_collection", None, False),
        ("GCSv5_endpoint", False, False),
        ("GCSv4_host", None, False),
        ("of_the_future", None, False),
        (None, False, None),
    ],
)
def test_which_collections_need_data_access(
    entity_type: str | None, high_assurance: bool | None, needed: bool | None
) -> None:
    collection = Endpoint(id=ID, entity_type=entity_type, high_assurance=high_assurance)
    assert collection.needs_data_access is needed


def test_what_a_login_asked_for_is_read_from_its_tokens_whatever_others_wrote_there() -> None:
    def tokens(requested: object) -> TokenStorageData:
        record = {"resource_server": "r", "scope": "a", "access_token": "t", "expires_at_seconds": 1}
        return TokenStorageData.from_dict({**record, "requested_scopes": requested})

    assert requested_scopes(tokens("a[*b c] d")) == Scope.parse_all("a[*b c] d")
    for nothing in (None, 7, "a[", ["a"]):
        assert requested_scopes(tokens(nothing)) == []


@pytest.mark.parametrize(
    ("path", "scopes", "found"),
    [
        ("a", "a", True),
        ("a[b]", "a[*b]", True),
        ("a[b[c]]", "a[b[*c] d]", True),
        ("a[b]", "a b", False),
        ("a", "", False),
    ],
)
def test_a_dependency_is_looked_for_by_the_way_to_it(path: str, scopes: str, found: bool) -> None:
    assert is_within(Scope.parse(path), Scope.parse_all(scopes)) is found
