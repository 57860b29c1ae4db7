"""Pause rules: who may make them, and what they hold, until they are gone."""

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from globus_typed.sandbox.transfer.store.permissions import Role, RoleName

from .bench import Bench, good, item, tree, write

LARK = "lark@sandbox.example"
OPERATIONS = ("pause_ls", "pause_mkdir", "pause_symlink", "pause_rename")
TASKS = ("pause_task_delete", "pause_task_transfer_write", "pause_task_transfer_read")


def rule(bench: Bench, *paused: str, token: str = "wren@sandbox.example", **fields: Any) -> str:
    """The id of a new rule, on the destination, that holds what is named and nothing else."""
    document = {
        "DATA_TYPE": "pause_rule",
        "message": "Array rebuild",
        "endpoint_id": bench.destination.id,
        **{name: name in paused for name in (*OPERATIONS, *TASKS)},
        **fields,
    }
    made = good(bench.request("POST", "/endpoint_manager/pause_rule", json=document, token=token))
    id = made["id"]
    assert isinstance(id, str)
    return id


def remove(bench: Bench, rule_id: str) -> None:
    good(bench.request("DELETE", f"/endpoint_manager/pause_rule/{rule_id}"))


def paused(bench: Bench, task_id: str) -> dict[str, Any]:
    """The task's document once its mover stands still."""
    task = bench.state.task(bench.wren, task_id)
    while not any(event.code == "PAUSED" for event in task.events()):
        assert not task.done.wait(0.01)
    return bench.get(f"/task/{task_id}")


def half_way(bench: Bench) -> str:
    """A transfer of three files that is held after the first."""
    write(bench.here, {"d/a": "a", "d/b": b"b" * 900_000, "d/c": "c"})
    bench.hold.free = 3
    task_id = bench.submit(bench.transfer(item("/d", "/d", True)))
    assert bench.hold.held.wait(20)
    return task_id


def test_a_rule_holds_a_running_transfer_until_it_is_gone(bench: Bench) -> None:
    task_id = half_way(bench)
    rule_id = rule(bench, "pause_task_transfer_write")
    bench.hold.release()
    task = paused(bench, task_id)
    assert (task["status"], task["is_paused"], task["is_ok"]) == ("ACTIVE", True, False)
    assert task["nice_status"] == "PAUSED_BY_ADMIN"
    info = bench.get(f"/task/{task_id}/pause_info")
    assert [(each["id"], each["message"]) for each in info["pause_rules"]] == [(rule_id, "Array rebuild")]
    assert info["destination_pause_message"] is None
    chunks = len(bench.hold.calls)
    assert bench.get(f"/task/{task_id}")["is_paused"] is True
    assert len(bench.hold.calls) == chunks

    remove(bench, rule_id)
    task = bench.finish(task_id)
    assert (task["status"], task["is_paused"], task["nice_status"]) == ("SUCCEEDED", False, None)
    assert tree(bench.there) == tree(bench.here)
    assert bench.events(task) == ["SUCCEEDED", "UNPAUSED", "PAUSED", "STARTED"]
    assert bench.get(f"/task/{task_id}/pause_info")["pause_rules"] == []


def test_a_rule_that_is_changed_lets_go(bench: Bench) -> None:
    write(bench.here, {"a": "a"})
    rule_id = rule(bench, "pause_task_transfer_write")
    task_id = bench.submit(bench.transfer(item("/a", "/a")))
    paused(bench, task_id)
    change = {"DATA_TYPE": "pause_rule", "pause_task_transfer_write": False, "pause_task_delete": True}
    changed = good(bench.request("PUT", f"/endpoint_manager/pause_rule/{rule_id}", json=change))
    assert (changed["pause_task_transfer_write"], changed["message"]) == (False, "Array rebuild")
    assert bench.finish(task_id)["status"] == "SUCCEEDED"
    deleting = bench.submit(bench.delete("/a"))
    paused(bench, deleting)
    assert (bench.there / "a").exists()
    remove(bench, rule_id)
    assert bench.finish(deleting)["status"] == "SUCCEEDED"


def test_reading_is_held_on_the_side_that_is_read(bench: Bench) -> None:
    write(bench.here, {"a": "a"})
    rule(bench, "pause_task_transfer_read")
    assert bench.run(bench.transfer(item("/a", "/a")))["status"] == "SUCCEEDED"
    rule_id = rule(bench, "pause_task_transfer_read", endpoint_id=bench.source.id)
    task_id = bench.submit(bench.transfer(item("/a", "/b")))
    paused(bench, task_id)
    remove(bench, rule_id)
    assert bench.finish(task_id)["status"] == "SUCCEEDED"


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_that_is_held_is_refused_with_the_message(bench: Bench, operation: str) -> None:
    write(bench.there, {"x": "x", "d/y": "y"})
    path = f"/operation/endpoint/{bench.destination.id}"
    calls: dict[str, list[tuple[str, str, dict[str, Any] | None]]] = {
        "pause_ls": [("GET", f"{path}/ls", None)],
        "pause_mkdir": [("POST", f"{path}/mkdir", {"DATA_TYPE": "mkdir", "path": "/new"})],
        "pause_rename": [("POST", f"{path}/rename", {"DATA_TYPE": "rename", "old_path": "/x", "new_path": "/z"})],
        "pause_symlink": [("POST", f"{path}/symlink", {"DATA_TYPE": "symlink", "symlink_target": "x", "path": "/l"})],
    }
    before = tree(bench.there)
    rule_id = rule(bench, operation)
    for name, requests in calls.items():
        for method, url, body in requests:
            if name != operation:
                continue
            status, code, message = bench.refused(method, url, json=body)
            assert (status, code) == (409, "OperationPaused")
            assert "Array rebuild" in message
    assert tree(bench.there) == before
    others = [call for name, requests in calls.items() if name != operation for call in requests]
    for method, url, body in others:
        good(bench.request(method, url, json=body))
    remove(bench, rule_id)
    for method, url, body in calls[operation]:
        good(bench.request(method, url, json=body))


def test_a_rule_for_one_user_holds_nobody_else(bench: Bench) -> None:
    rule(bench, "pause_ls", identity_id=bench.lark.id)
    assert bench.names(bench.destination) == []
    bench.destination.permissions.add_role(Role("identity", bench.lark.id, "administrator"))
    path = f"/operation/endpoint/{bench.destination.id}/ls"
    assert bench.refused("GET", path, token=LARK)[:2] == (409, "OperationPaused")
    effective = f"/endpoint/{bench.destination.id}/my_effective_pause_rule_list"
    assert bench.get(effective)["DATA"] == []
    (held,) = good(bench.request("GET", effective, token=LARK))["DATA"]
    assert held["DATA_TYPE"] == "pause_rule_limited"
    assert held["identity_id"] == bench.lark.id
    assert not held.keys() & {"modified_by", "modified_by_id", "editable", "created_by_host_manager"}


def test_a_rule_on_a_host_holds_its_guests(bench: Bench) -> None:
    guest = bench.share("/")
    rule_id = rule(bench, "pause_ls", endpoint_id=bench.source.id)
    assert bench.refused("GET", f"/operation/endpoint/{guest}/ls")[:2] == (409, "OperationPaused")
    remove(bench, rule_id)
    on_guest = rule(bench, "pause_ls", endpoint_id=guest)
    assert bench.refused("GET", f"/operation/endpoint/{guest}/ls")[:2] == (409, "OperationPaused")
    assert bench.names(bench.source) == []
    listed = bench.get("/endpoint_manager/pause_rule_list", filter_host_endpoint=bench.source.id)["DATA"]
    assert [each["id"] for each in listed] == [on_guest]


def test_a_rule_begins_when_it_says(bench: Bench) -> None:
    start = datetime.fromtimestamp(bench.clock.now, timezone.utc) + timedelta(hours=1)
    rule_id = rule(bench, "pause_ls", start_time=start.isoformat())
    assert bench.names(bench.destination) == []
    bench.clock.now += 3600
    path = f"/operation/endpoint/{bench.destination.id}/ls"
    assert bench.refused("GET", path)[:2] == (409, "OperationPaused")
    now = {"DATA_TYPE": "pause_rule", "start_time": None}
    assert good(bench.request("PUT", f"/endpoint_manager/pause_rule/{rule_id}", json=now))["start_time"] is None


def test_a_task_that_is_held_can_be_canceled_and_expires(bench: Bench) -> None:
    write(bench.here, {"a": "a"})
    rule(bench, "pause_task_transfer_write")
    first = bench.submit(bench.transfer(item("/a", "/a")))
    second = bench.submit(bench.transfer(item("/a", "/b")))
    paused(bench, first)
    paused(bench, second)
    assert good(bench.request("POST", f"/task/{first}/cancel"))["code"] == "Canceled"
    bench.clock.now += 2 * 86400
    task = bench.finish(second)
    assert (task["status"], task["fatal_error"]["code"], task["is_paused"]) == ("FAILED", "EXPIRED", False)
    assert tree(bench.there) == {}


def test_tasks_that_are_held_leave_the_movers_to_others(bench: Bench, tmp_path: Path) -> None:
    write(bench.here, {"a": "a"})
    (tmp_path / "third").mkdir()
    third = bench.state.add_collection("Third", tmp_path / "third", bench.wren)
    rule_id = rule(bench, "pause_task_transfer_write")
    held = [bench.submit(bench.transfer(item("/a", f"/{n}"))) for n in range(6)]
    for task_id in held:
        paused(bench, task_id)
    other = bench.run(bench.transfer(item("/a", "/a"), destination_endpoint=third.id))
    assert other["status"] == "SUCCEEDED"
    remove(bench, rule_id)
    assert {bench.finish(task_id)["status"] for task_id in held} == {"SUCCEEDED"}


def test_a_rule_reads_back_as_it_was_made(bench: Bench) -> None:
    rule_id = rule(bench, "pause_mkdir", "pause_task_delete")
    made = bench.get(f"/endpoint_manager/pause_rule/{rule_id}")
    assert made["DATA_TYPE"] == "pause_rule"
    assert (made["pause_mkdir"], made["pause_task_delete"], made["pause_ls"]) == (True, True, False)
    assert (made["endpoint_id"], made["endpoint_display_name"]) == (bench.destination.id, "Bench Destination")
    assert (made["modified_by_id"], made["editable"], made["created_by_host_manager"]) == (bench.wren.id, True, False)
    assert made["modified_time"] == "2023-11-14T22:13:20+00:00"
    (listed,) = bench.get("/endpoint_manager/pause_rule_list", filter_endpoint=bench.destination.id)["DATA"]
    assert listed == made
    assert bench.get("/endpoint_manager/pause_rule_list", filter_endpoint=bench.source.id)["DATA"] == []
    few = bench.get("/endpoint_manager/pause_rule_list", fields="id,message", filter="message:~Array*")["DATA"]
    assert few == [{"id": rule_id, "message": "Array rebuild"}]


ROLES: list[tuple[RoleName, int, int]] = [
    ("administrator", 201, 200),
    ("activity_manager", 201, 200),
    ("activity_monitor", 403, 200),
    ("access_manager", 403, 403),
]


@pytest.mark.parametrize(("role", "makes", "reads"), ROLES)
def test_managers_make_rules_and_monitors_read_them(bench: Bench, role: RoleName, makes: int, reads: int) -> None:
    rule_id = rule(bench, "pause_ls")
    bench.destination.permissions.add_role(Role("identity", bench.lark.id, role))
    path = f"/endpoint_manager/pause_rule/{rule_id}"
    assert bench.request("GET", path, token=LARK).status_code == reads
    document = {"DATA_TYPE": "pause_rule", "message": "m", "endpoint_id": bench.destination.id}
    made = bench.request("POST", "/endpoint_manager/pause_rule", json=document, token=LARK)
    assert made.status_code == makes
    change = {"DATA_TYPE": "pause_rule", "message": "later"}
    assert bench.request("PUT", path, json=change, token=LARK).status_code == (200 if makes == 201 else 403)
    assert bench.request("DELETE", path, token=LARK).status_code == (200 if makes == 201 else 403)
    listed = good(bench.request("GET", "/endpoint_manager/pause_rule_list", token=LARK))["DATA"]
    assert len(listed) == {(201, 200): 1, (403, 200): 1, (403, 403): 0}[makes, reads]


def test_what_a_hosts_manager_made_is_not_the_guests_managers_to_change(bench: Bench) -> None:
    guest = bench.share("/")
    permissions = bench.state.collection(bench.wren, guest).permissions
    (own,) = permissions.roles()
    permissions.add_role(Role("identity", bench.lark.id, "administrator"))
    permissions.remove_role(own.id)
    rule_id = rule(bench, "pause_ls", endpoint_id=guest)
    path = f"/endpoint_manager/pause_rule/{rule_id}"
    made = bench.get(path)
    assert (made["created_by_host_manager"], made["editable"]) == (True, True)
    assert good(bench.request("GET", path, token=LARK))["editable"] is False
    assert bench.refused("DELETE", path, token=LARK)[:2] == (403, "PermissionDenied")
    theirs = rule(bench, "pause_ls", endpoint_id=guest, token=LARK)
    assert bench.get(f"/endpoint_manager/pause_rule/{theirs}")["editable"] is True


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"DATA_TYPE": "role"}, "DATA_TYPE"),
        ({"message": ""}, "message"),
        ({"message": "  "}, "message"),
        ({"message": None}, "message"),
        ({"endpoint_id": "x"}, "endpoint_id"),
        ({"pause_ls": "yes"}, "pause_ls"),
        ({"pause_all": True}, "pause_all"),
        ({"start_time": "soon"}, "start_time"),
    ],
)
def test_wrong_rules_are_refused_by_field(bench: Bench, change: dict[str, Any], field: str) -> None:
    document = {"DATA_TYPE": "pause_rule", "message": "m", "endpoint_id": bench.destination.id, **change}
    status, _, message = bench.refused("POST", "/endpoint_manager/pause_rule", json=document)
    assert status == 400
    assert field in message


def test_what_cannot_be_changed_is_refused_and_what_is_not_there_not_found(bench: Bench) -> None:
    rule_id = rule(bench, "pause_ls")
    path = f"/endpoint_manager/pause_rule/{rule_id}"
    assert bench.refused("PUT", path, json={"DATA_TYPE": "pause_rule", "endpoint_id": bench.source.id})[0] == 400
    as_it_is = bench.get(path)
    assert good(bench.request("PUT", path, json=as_it_is))["id"] == rule_id
    remove(bench, rule_id)
    for method in ("GET", "DELETE"):
        assert bench.refused(method, path)[:2] == (404, "PauseRuleNotFound")
