"""The scopes that an app needs: whose they are, and how deep they may be."""

import pytest

from globus_typed import GlobusUsageError, Scope, UserApp
from globus_typed.apps.consents import ConsentCheck
from globus_typed.apps.records import is_within
from globus_typed.auth.documents import Consents

ID = "ef0a61b9-1c8f-4e4b-8d9a-cc98dd080001"
COLLECTION = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20003"
FLOWS = "eec9b274-0c81-4334-bdc2-54e90e689b9a"
ADDRESS = "https://auth.globus.org/scopes"


@pytest.mark.parametrize(
    ("server", "scope"),
    [
        (COLLECTION, f"{ADDRESS}/{COLLECTION}/https"),
        ("flows.globus.org", f"{ADDRESS}/{FLOWS}/run"),
        ("funcx_service", f"{ADDRESS}/facd7ccc-c5f4-42aa-916b-a0e270e2c2a9/all"),
        ("524230d7-ea86-4a52-8312-86065a9e0417", f"{ADDRESS}/524230d7-ea86-4a52-8312-86065a9e0417/timer"),
        ("lab.larkspur.example", f"{ADDRESS}/{COLLECTION}/all"),  # a service that is registered by its name
        ("lab.larkspur.example", f"{ADDRESS}/lab.larkspur.example/all"),
    ],
)
def test_scopes_are_needed_of_their_own_resource_servers(server: str, scope: str) -> None:
    app = UserApp("Lab sync", client_id=ID, scope_requirements={server: scope})
    assert app.scope_requirements[server] == [Scope(scope)]


@pytest.mark.parametrize(
    ("server", "scope", "home"),
    [
        (ID, f"{ADDRESS}/{COLLECTION}/https", COLLECTION),
        ("transfer.api.globus.org", f"{ADDRESS}/{COLLECTION}/https", COLLECTION),
        (FLOWS, f"{ADDRESS}/{FLOWS}/run", "flows.globus.org"),
        ("lab.larkspur.example", f"{ADDRESS}/other.larkspur.example/all", "other.larkspur.example"),
    ],
)
def test_a_scope_of_another_resource_server_is_refused(server: str, scope: str, home: str) -> None:
    with pytest.raises(GlobusUsageError, match=f"is a scope of {home}, not of {server}"):
        UserApp("Lab sync", client_id=ID, scope_requirements={server: scope})


DEPTH = 1200  # more than Python calls by recursion
NAMES = [f"s{number}" for number in range(DEPTH)]


def consents(depth: int) -> Consents:
    """Consents to the first scopes, each below the one before."""
    items = [
        {"id": number, "scope_name": NAMES[number], "dependency_path": [*range(number + 1)], "status": "approved"}
        for number in range(depth)
    ]
    more = {"client": ID, "effective_identity": ID, "scope": ID, "allows_refresh": True}
    return Consents.model_validate({"consents": [{**more, **item} for item in items]})


@pytest.mark.parametrize("separator", ["[", "[*"])
def test_no_nesting_is_too_deep(separator: str) -> None:
    scope = Scope.parse(separator.join(NAMES) + "]" * (DEPTH - 1))
    shorter = Scope.parse(separator.join(NAMES[:-1]) + "]" * (DEPTH - 2))
    app = UserApp("Lab sync", client_id=ID, scope_requirements={ID: scope})
    assert app.scope_requirements[ID] == [scope]
    assert NAMES[-1] in app.login_hint()
    assert is_within(shorter, [scope])
    assert not is_within(scope, [shorter])
    assert consents(DEPTH).contains(scope)
    assert not consents(DEPTH - 1).contains(scope)
    assert consents(DEPTH - 1).meets_scope_requirements(scope) is (separator == "[*")
    check = ConsentCheck(app)
    assert check.lacking([scope], {}, optional=separator == "[*") is None  # with nobody logged in, nobody knows


def test_all_dependencies_must_be_consented_to_below_the_same_consent() -> None:
    """Two apps, each with a consent to one of two dependencies, are not one with both."""
    items = [(1, "a", [1]), (2, "b", [1, 2]), (3, "a", [3]), (4, "c", [3, 4])]
    more = {"client": ID, "effective_identity": ID, "scope": ID, "allows_refresh": True, "status": "approved"}
    given = Consents.model_validate(
        {"consents": [{**more, "id": id, "scope_name": name, "dependency_path": path} for id, name, path in items]}
    )
    assert given.contains("a[b] a[c]")
    assert not given.contains("a[b c]")
    assert not given.contains("b")
