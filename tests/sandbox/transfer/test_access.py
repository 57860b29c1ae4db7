"""Access rules: made, listed, changed, gone when they expire, and enforced on every path."""

from typing import Any

import pytest

from globus_typed.sandbox.transfer.store.permissions import AccessRule

from .bench import Bench, good, item, tree, write

LARK = "lark@sandbox.example"


def body(bench: Bench, path: str = "/data/", permissions: str = "r", **fields: object) -> dict[str, object]:
    return {
        "DATA_TYPE": "access",
        "principal_type": "identity",
        "principal": bench.lark.id,
        "path": path,
        "permissions": permissions,
        **fields,
    }


def add(bench: Bench, guest: str, path: str = "/data/", permissions: str = "r", **fields: object) -> str:
    made = bench.request("POST", f"/endpoint/{guest}/access", json=body(bench, path, permissions, **fields))
    assert made.status_code == 201, made.text
    rule_id = made.json()["access_id"]
    assert isinstance(rule_id, str)
    return rule_id


def listed(bench: Bench, guest: str, **query: Any) -> list[dict[str, Any]]:
    answer = bench.get(f"/endpoint/{guest}/access_list", **query)
    assert (answer["DATA_TYPE"], answer["endpoint"], answer["length"]) == ("access_list", guest, len(answer["DATA"]))
    rules: list[dict[str, Any]] = answer["DATA"]
    return rules


def submit(bench: Bench, document: dict[str, Any]) -> dict[str, Any]:
    """What becomes of a submission of lark's."""
    answer = good(bench.request("POST", f"/{document['DATA_TYPE']}", json=document, token=LARK))
    assert bench.state.task(bench.lark, answer["task_id"]).done.wait(20)
    return good(bench.request("GET", f"/task/{answer['task_id']}", token=LARK))


@pytest.fixture
def guest(bench: Bench) -> str:
    write(bench.here, {"data/a": "a", "data/deep/b": "b", "secret/s": "s", "top": "t"})
    return bench.share()


def test_a_rule_from_its_making_to_its_end(bench: Bench, guest: str) -> None:
    made = bench.request("POST", f"/endpoint/{guest}/access", json=body(bench, notify_email="l@x.example"))
    answer = good(made)
    assert (made.status_code, answer["DATA_TYPE"], answer["code"]) == (201, "access_create_result", "Created")
    url = f"/endpoint/{guest}/access/{answer['access_id']}"
    assert bench.get(url) == {
        "DATA_TYPE": "access",
        "id": answer["access_id"],
        "principal_type": "identity",
        "principal": bench.lark.id,
        "path": "/data/",
        "permissions": "r",
        "role_id": None,
        "role_type": None,
        "create_time": "2023-11-14T22:13:20+00:00",
        "expiration_date": None,
    }
    assert good(bench.request("PUT", url, json={"DATA_TYPE": "access", "permissions": "rw"}))["code"] == "Updated"
    later = {"DATA_TYPE": "access", "expiration_date": "2023-11-15 00:00Z"}
    good(bench.request("PUT", url, json=later))
    rule = bench.get(url)
    assert (rule["permissions"], rule["expiration_date"]) == ("rw", "2023-11-15T00:00:00+00:00")
    good(bench.request("PUT", url, json={"DATA_TYPE": "access", "expiration_date": None, "path": "/data/"}))
    assert bench.get(url, fields="expiration_date") == {"expiration_date": None}
    assert good(bench.request("DELETE", url))["code"] == "Deleted"
    for method, sent in (("GET", None), ("DELETE", None), ("PUT", {"DATA_TYPE": "access", "permissions": "r"})):
        assert bench.refused(method, url, json=sent)[:2] == (404, "AccessRuleNotFound")


def test_the_list_has_the_rules_of_roles_without_an_id(bench: Bench, guest: str) -> None:
    rule_id = add(bench, guest)
    owner, rule = listed(bench, guest)
    assert (owner["id"], owner["role_type"], owner["principal"]) == (None, "administrator", bench.wren.id)
    (role,) = bench.get(f"/endpoint/{guest}/role_list")["DATA"]
    assert (owner["role_id"], owner["path"], owner["permissions"]) == (role["id"], "/", "rw")
    assert (rule["id"], rule["role_id"]) == (rule_id, None)
    assert [each["id"] for each in listed(bench, guest, filter="path:/data/".replace("/", "*"))] == []
    assert [each["id"] for each in listed(bench, guest, filter="permissions:r")] == [rule_id]
    ordered = listed(bench, guest, orderby="path DESC", fields="path")
    assert ordered == [{"path": "/data/"}, {"path": "/"}]


def test_one_rule_for_a_principal_and_a_path(bench: Bench, guest: str) -> None:
    add(bench, guest)
    for path in ("/data/", "/~/data/"):
        assert bench.refused("POST", f"/endpoint/{guest}/access", json=body(bench, path, "rw"))[:2] == (409, "Exists")
    add(bench, guest, "/data/deep/")
    add(bench, guest, principal_type="all_authenticated_users", principal="")
    add(bench, guest, principal_type="anonymous", principal="")
    assert len(listed(bench, guest)) == 5


@pytest.mark.parametrize(
    ("change", "code", "named"),
    [
        ({"path": "~/data/"}, "InvalidPath", "path"),
        ({"path": "data/"}, "InvalidPath", "path"),
        ({"path": "/../"}, "InvalidPath", "path"),
        ({"permissions": "w"}, "ClientError.BadRequest", "permissions"),
        ({"principal": "lark"}, "ClientError.BadRequest", "principal"),
        ({"principal_type": "anonymous"}, "ClientError.BadRequest", "principal"),
        ({"principal_type": "user"}, "ClientError.BadRequest", "principal_type"),
        ({"DATA_TYPE": "role"}, "ClientError.BadRequest", "DATA_TYPE"),
        ({"role_id": None}, "ClientError.BadRequest", "role_id"),
        ({"expiration_date": "tomorrow"}, "ClientError.BadRequest", "expiration_date"),
        ({"expiration_date": "2023-11-14T22:13:20Z"}, "ClientError.BadRequest", "expiration_date"),
    ],
)
def test_wrong_rules_are_refused_by_name(
    bench: Bench, guest: str, change: dict[str, object], code: str, named: str
) -> None:
    status, refused, message = bench.refused("POST", f"/endpoint/{guest}/access", json={**body(bench), **change})
    assert (status, refused) == (400, code)
    assert message.startswith(f"{named}: ")
    assert len(listed(bench, guest)) == 1


def test_the_subject_of_a_rule_cannot_be_changed(bench: Bench, guest: str) -> None:
    url = f"/endpoint/{guest}/access/{add(bench, guest)}"
    for change, named in (
        ({"path": "/"}, "path"),
        ({"principal": bench.wren.id}, "principal"),
        ({"permissions": None}, "permissions"),
        ({"notify_email": "x"}, "notify_email"),
    ):
        status, _, message = bench.refused("PUT", url, json={"DATA_TYPE": "access", **change})
        assert (status, message.split(":")[0]) == (400, named)


def test_only_guest_collections_have_rules(bench: Bench) -> None:
    refused = bench.refused("POST", f"/endpoint/{bench.source.id}/access", json=body(bench))
    assert refused[:2] == (409, "NotSupported")
    assert bench.get(f"/endpoint/{bench.source.id}/access_list")["DATA"] == []


def test_rules_are_for_those_who_manage_them(bench: Bench, guest: str) -> None:
    base = f"/endpoint/{guest}"
    rule_id = add(bench, guest, "/", "rw")
    for method, path, sent in (
        ("GET", f"{base}/access_list", None),
        ("POST", f"{base}/access", body(bench, "/x/")),
        ("GET", f"{base}/access/{rule_id}", None),
        ("DELETE", f"{base}/access/{rule_id}", None),
    ):
        assert bench.refused(method, path, json=sent, token=LARK)[:2] == (403, "PermissionDenied")


def test_a_thousand_rules_are_enough(bench: Bench, guest: str) -> None:
    permissions = bench.state.collection(bench.wren, guest).permissions
    for n in range(999):
        permissions.add_rule(AccessRule("identity", bench.lark.id, f"/{n}/", "r", 0))
    add(bench, guest)
    refused = bench.refused("POST", f"/endpoint/{guest}/access", json=body(bench, "/one more/"))
    assert refused[:2] == (409, "LimitExceeded")


def test_rules_expire(bench: Bench, guest: str) -> None:
    rule_id = add(bench, guest, expiration_date="2023-11-14T23:00:00+00:00")
    ls = f"/operation/endpoint/{guest}/ls"
    assert bench.request("GET", ls, params={"path": "/data/"}, token=LARK).status_code == 200
    bench.clock.now += 3600
    assert bench.refused("GET", ls, params={"path": "/data/"}, token=LARK)[:2] == (403, "PermissionDenied")
    assert bench.refused("GET", f"/endpoint/{guest}/access/{rule_id}")[:2] == (404, "AccessRuleNotFound")
    add(bench, guest)


def test_a_collection_can_demand_that_rules_expire(bench: Bench) -> None:
    guest = bench.share(acl_max_expiration_period_mins=60)
    url = f"/endpoint/{guest}/access"
    for date in (None, "2023-11-14T23:13:21Z"):
        status, _, message = bench.refused("POST", url, json=body(bench, expiration_date=date))
        assert (status, message.split(":")[0]) == (400, "expiration_date")
    add(bench, guest, expiration_date="2023-11-14T23:13:20Z")


def test_a_rule_to_read_is_for_its_directory_and_nothing_else(bench: Bench, guest: str) -> None:
    base = f"/operation/endpoint/{guest}"
    denied = (403, "EndpointPermissionDenied")
    assert bench.refused("GET", f"{base}/ls", params={"path": "/data/"}, token=LARK)[:2] == (403, "PermissionDenied")
    add(bench, guest)
    (bench.here / "data" / "way out").symlink_to("../secret")
    for path, names in (
        ("/data/", ["a", "deep", "way out"]),
        ("/~/data", ["a", "deep", "way out"]),
        ("/data/deep/", ["b"]),
    ):
        entries = good(bench.request("GET", f"{base}/ls", params={"path": path}, token=LARK))["DATA"]
        assert [entry["name"] for entry in entries] == names
        assert all(entry["type"] != "dir" for entry in entries if entry["name"] == "way out")
    assert good(bench.request("GET", f"{base}/stat", params={"path": "/data/a"}, token=LARK))["size"] == 1
    for path in ("/", "/secret/", "/nowhere/", "/dat/", "/data/way out/", "/data2/"):
        assert bench.refused("GET", f"{base}/ls", params={"path": path}, token=LARK)[:2] == denied
    for path in ("/top", "/secret/s", "/data/way out/s"):
        assert bench.refused("GET", f"{base}/stat", params={"path": path}, token=LARK)[:2] == denied
    mkdir = {"DATA_TYPE": "mkdir", "path": "/data/new/"}
    rename = {"DATA_TYPE": "rename", "old_path": "/data/a", "new_path": "/data/c"}
    for name, sent in (("mkdir", mkdir), ("rename", rename)):
        assert bench.refused("POST", f"{base}/{name}", json=sent, token=LARK)[:2] == (403, "PermissionDenied")


def test_a_rule_to_write_ends_at_its_directory_too(bench: Bench, guest: str) -> None:
    base = f"/operation/endpoint/{guest}"
    denied = (403, "EndpointPermissionDenied")
    add(bench, guest, "/data/", "rw")
    add(bench, guest, "/secret/", "r")
    good(bench.request("POST", f"{base}/mkdir", json={"DATA_TYPE": "mkdir", "path": "/data/new/"}, token=LARK))
    for path in ("/new/", "/secret/new/"):
        mkdir = {"DATA_TYPE": "mkdir", "path": path}
        assert bench.refused("POST", f"{base}/mkdir", json=mkdir, token=LARK)[:2] == denied

    def rename(old: str, new: str) -> dict[str, str]:
        return {"DATA_TYPE": "rename", "old_path": old, "new_path": new}

    good(bench.request("POST", f"{base}/rename", json=rename("/data/a", "/data/new/a"), token=LARK))
    for old, new in (("/data/new/a", "/a"), ("/secret/s", "/data/s"), ("/data/new/a", "/secret/a")):
        assert bench.refused("POST", f"{base}/rename", json=rename(old, new), token=LARK)[:2] == denied
    assert tree(bench.here) == {"data/deep/b": "b", "data/new/a": "a", "secret/s": "s", "top": "t"}


def test_a_rule_for_a_single_file(bench: Bench, guest: str) -> None:
    add(bench, guest, "/data/a", "rw")
    base = f"/operation/endpoint/{guest}"
    assert good(bench.request("GET", f"{base}/stat", params={"path": "/data/a"}, token=LARK))["size"] == 1
    for path in ("/data/deep/b", "/data/", "/data/a2"):
        assert bench.refused("GET", f"{base}/stat", params={"path": path}, token=LARK)[0] == 403
    write(bench.here, {"other": "new"})
    add(bench, guest, "/other", "r")
    task = submit(
        bench,
        bench.transfer(item("/other", "/data/a", False), source_endpoint=guest, destination_endpoint=guest),
    )
    assert (task["status"], tree(bench.here)["data/a"]) == ("SUCCEEDED", "new")


@pytest.mark.parametrize("kind", ["group", "all_authenticated_users", "anonymous"])
def test_rules_for_many(bench: Bench, guest: str, kind: str) -> None:
    group = bench.add_group(bench.lark)
    empty = bench.add_group()
    ls = f"/operation/endpoint/{guest}/ls"
    add(bench, guest, principal_type="group", principal=empty)
    assert bench.refused("GET", ls, params={"path": "/data/"}, token=LARK)[0] == 403
    add(bench, guest, principal_type=kind, principal=group if kind == "group" else "")
    assert good(bench.request("GET", ls, params={"path": "/data/"}, token=LARK))["length"] == 2
    query = {"filter_scope": "shared-with-me"}
    hits = good(bench.request("GET", "/endpoint_search", params=query, token=LARK))["DATA"]
    assert [hit["id"] for hit in hits] == ([guest] if kind == "group" else [])


def test_transfers_go_where_rules_let_them(bench: Bench, guest: str) -> None:
    add(bench, guest, "/data/", "r")
    into = bench.share("/", display_name="Inbox")
    add(bench, into, "/inbox/", "rw")
    (bench.here / "inbox").mkdir()
    (bench.here / "data" / "way out").symlink_to("../secret/s")
    ends = {"source_endpoint": guest, "destination_endpoint": into}
    task = submit(bench, bench.transfer(item("/data/", "/inbox/copy/", True), **ends))
    assert task["status"] == "SUCCEEDED"
    for source, destination, recursive in (
        ("/secret/", "/inbox/s/", True),
        ("/top", "/inbox/top", False),
        ("/data/way out", "/inbox/out", False),
        ("/data/a", "/new/a", False),
        ("/data/a", "/top", False),
        ("/data/", "/secret/", True),
    ):
        task = submit(bench, bench.transfer(item(source, destination, recursive), **ends))
        assert (task["status"], task["fatal_error"]["code"]) == ("FAILED", "PERMISSION_DENIED"), (source, destination)
    assert tree(bench.here / "inbox") == {"copy/a": "a", "copy/deep/b": "b"}
    assert tree(bench.here / "secret") == {"s": "s"}
    assert not (bench.here / "new").exists()
    swapped = bench.transfer(item("/inbox/copy/a", "/data/a"), source_endpoint=into, destination_endpoint=guest)
    assert bench.refused("POST", "/transfer", json=swapped, token=LARK)[:2] == (403, "PermissionDenied")


def test_deletes_go_where_rules_let_them(bench: Bench, guest: str) -> None:
    add(bench, guest, "/secret/", "r")
    document = bench.delete("/secret/s", endpoint=guest)
    assert bench.refused("POST", "/delete", json=document, token=LARK)[:2] == (403, "PermissionDenied")
    add(bench, guest, "/data/", "rw")
    task = submit(bench, bench.delete("/secret/s", endpoint=guest))
    assert (task["status"], task["fatal_error"]["code"]) == ("FAILED", "PERMISSION_DENIED")
    assert submit(bench, bench.delete("/data/deep", endpoint=guest, recursive=True))["status"] == "SUCCEEDED"
    assert tree(bench.here) == {"data/a": "a", "secret/s": "s", "top": "t"}


def test_a_rule_that_is_taken_away_stops_what_is_running(bench: Bench, guest: str) -> None:
    write(bench.here, {f"data/{n}": "x" for n in range(9)})
    rule_id = add(bench, guest, "/data/", "rw")
    bench.hold.free = 4
    document = bench.delete("/data/*", endpoint=guest, interpret_globs=True, recursive=True)
    task_id = good(bench.request("POST", "/delete", json=document, token=LARK))["task_id"]
    assert bench.hold.held.wait(20)
    good(bench.request("DELETE", f"/endpoint/{guest}/access/{rule_id}"))
    bench.hold.release()
    assert bench.state.task(bench.lark, task_id).done.wait(20)
    task = good(bench.request("GET", f"/task/{task_id}", token=LARK))
    assert (task["status"], task["fatal_error"]["code"]) == ("FAILED", "PERMISSION_DENIED")
    assert "data/8" in tree(bench.here)
