"""Roles: given, listed, taken away, and what each of them lets somebody do."""

import pytest

from .bench import Bench, good, tree, write

LARK = "lark@sandbox.example"


@pytest.fixture
def guest(bench: Bench) -> str:
    bench.source.own_subscription_id = bench.state.subscription_id
    write(bench.here, {"a": "a"})
    return bench.share()


def body(principal: str, role: str, principal_type: str = "identity") -> dict[str, str]:
    return {"DATA_TYPE": "role", "principal_type": principal_type, "principal": principal, "role": role}


def test_a_role_from_its_giving_to_its_end(bench: Bench, guest: str) -> None:
    base = f"/endpoint/{guest}"
    given = bench.request("POST", f"{base}/role", json=body(bench.lark.id, "activity_monitor"))
    role = good(given)
    assert given.status_code == 201
    assert role == {**body(bench.lark.id, "activity_monitor"), "id": role["id"]}
    assert bench.get(f"{base}/role/{role['id']}") == role
    assert bench.get(f"{base}/role/{role['id']}", fields="role") == {"role": "activity_monitor"}
    listed = bench.get(f"{base}/role_list")
    assert listed["DATA_TYPE"] == "role_list"
    assert [(each["principal"], each["role"]) for each in listed["DATA"]] == [
        (bench.wren.id, "administrator"),
        (bench.lark.id, "activity_monitor"),
    ]
    assert bench.get(f"{base}/role_list", filter="role:activity_monitor")["DATA"] == [role]
    again = body(bench.lark.id, "activity_monitor")
    assert bench.refused("POST", f"{base}/role", json=again)[:2] == (409, "Exists")
    assert good(bench.request("DELETE", f"{base}/role/{role['id']}"))["code"] == "Deleted"
    for method in ("GET", "DELETE"):
        assert bench.refused(method, f"{base}/role/{role['id']}")[:2] == (404, "RoleNotFound")
    owners = listed["DATA"][0]["id"]
    assert bench.refused("DELETE", f"{base}/role/{owners}")[:2] == (409, "Conflict")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"role": "owner"}, "role"),
        ({"role": "restricted_administrator"}, "role"),
        ({"principal_type": "anonymous"}, "principal_type"),
        ({"principal": "lark"}, "principal"),
        ({"DATA_TYPE": "access"}, "DATA_TYPE"),
        ({"id": "x"}, "id"),
    ],
)
def test_wrong_roles_are_refused_by_name(bench: Bench, guest: str, change: dict[str, str], named: str) -> None:
    sent = {**body(bench.lark.id, "access_manager"), **change}
    status, code, message = bench.refused("POST", f"/endpoint/{guest}/role", json=sent)
    assert (status, code, message.split(":")[0]) == (400, "ClientError.BadRequest", named)


def test_roles_need_a_subscription(bench: Bench) -> None:
    sent = body(bench.lark.id, "administrator")
    for id in (bench.destination.id, bench.share()):
        assert bench.refused("POST", f"/endpoint/{id}/role", json=sent)[:2] == (409, "Conflict")


def test_an_administrator_may_do_everything(bench: Bench, guest: str) -> None:
    for id in (guest, bench.source.id):
        good(bench.request("POST", f"/endpoint/{id}/role", json=body(bench.lark.id, "administrator")))
        seen = good(bench.request("GET", f"/endpoint/{id}", token=LARK))
        assert seen["my_effective_roles"] == ["administrator"]
        mkdir = {"DATA_TYPE": "mkdir", "path": f"/{id}"}
        good(bench.request("POST", f"/operation/endpoint/{id}/mkdir", json=mkdir, token=LARK))
        good(bench.request("PUT", f"/endpoint/{id}", json={"description": "by lark"}, token=LARK))
        assert len(good(bench.request("GET", f"/endpoint/{id}/role_list", token=LARK))["DATA"]) == 2
    query = {"filter_scope": "administered-by-me"}
    hits = good(bench.request("GET", "/endpoint_search", params=query, token=LARK))["DATA"]
    assert [hit["id"] for hit in hits] == [guest, bench.source.id]
    good(bench.request("DELETE", f"/endpoint/{guest}", token=LARK))
    assert tree(bench.here) == {"a": "a", guest: "/", bench.source.id: "/"}


def test_an_access_manager_gives_rules_and_has_access(bench: Bench, guest: str) -> None:
    group = bench.add_group(bench.lark)
    role = good(bench.request("POST", f"/endpoint/{guest}/role", json=body(group, "access_manager", "group")))
    seen = good(bench.request("GET", f"/endpoint/{guest}", token=LARK))
    assert (seen["my_effective_roles"], seen["acl_editable"]) == (["access_manager"], True)
    listed = good(bench.request("GET", f"/endpoint/{guest}/access_list", token=LARK))["DATA"]
    assert [(rule["id"], rule["role_id"], rule["principal_type"]) for rule in listed][1] == (None, role["id"], "group")
    rule = {
        "DATA_TYPE": "access",
        "principal_type": "all_authenticated_users",
        "principal": "",
        "path": "/",
        "permissions": "r",
    }
    good(bench.request("POST", f"/endpoint/{guest}/access", json=rule, token=LARK))
    assert good(bench.request("GET", f"/operation/endpoint/{guest}/ls", token=LARK))["length"] == 1
    for method, path, sent in (
        ("PUT", "", {"description": "x"}),
        ("GET", "/role_list", None),
        ("POST", "/role", body(bench.lark.id, "administrator")),
        ("DELETE", "", None),
    ):
        refused = bench.refused(method, f"/endpoint/{guest}{path}", json=sent, token=LARK)
        assert refused[:2] == (403, "PermissionDenied")


def test_the_roles_of_activity_give_no_access(bench: Bench, guest: str) -> None:
    good(bench.request("POST", f"/endpoint/{guest}/role", json=body(bench.lark.id, "activity_manager")))
    seen = good(bench.request("GET", f"/endpoint/{guest}", token=LARK))
    assert seen["my_effective_roles"] == ["activity_manager", "activity_monitor"]
    refused = bench.refused("GET", f"/operation/endpoint/{guest}/ls", token=LARK)
    assert refused[:2] == (403, "PermissionDenied")
    assert bench.refused("GET", f"/endpoint/{guest}/access_list", token=LARK)[:2] == (403, "PermissionDenied")
