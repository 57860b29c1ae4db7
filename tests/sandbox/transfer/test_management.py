"""The endpoint manager: what those see and do who monitor and manage endpoints."""

from typing import Any

import pytest

from globus_typed.sandbox.transfer.store.permissions import Role, RoleName

from .bench import Bench, good, item, tree, write

LARK = "lark@sandbox.example"


def give(bench: Bench, role: RoleName, *, destination: bool = True) -> None:
    """Make lark something on the destination, or on the source."""
    collection = bench.destination if destination else bench.source
    collection.permissions.add_role(Role("identity", bench.lark.id, role))


def ask(bench: Bench, path: str, **params: Any) -> dict[str, Any]:
    """What lark is answered."""
    return good(bench.request("GET", f"/endpoint_manager{path}", params=params, token=LARK))


def post(bench: Bench, path: str, **document: Any) -> dict[str, Any]:
    return good(bench.request("POST", f"/endpoint_manager{path}", json=document, token=LARK))


def ended(bench: Bench, *names: str, **fields: Any) -> list[str]:
    """Transfers that are over, one a file."""
    write(bench.here, {name: name for name in names})
    tasks: list[str] = []
    for name in names:
        bench.clock.now += 1
        tasks.append(str(bench.run(bench.transfer(item(f"/{name}", f"/{name}"), **fields))["task_id"]))
    return tasks


def held(bench: Bench) -> str:
    write(bench.here, {"d/a": "a", "d/b": b"b" * 900_000, "d/c": "c"})
    bench.hold.free = 3
    task_id = bench.submit(bench.transfer(item("/d", "/d", True)))
    assert bench.hold.held.wait(20)
    return task_id


def paused(bench: Bench, task_id: str) -> None:
    task = bench.state.task(bench.wren, task_id)
    while not any(event.code == "PAUSED" for event in task.events()):
        assert not task.done.wait(0.01)


def test_endpoints_are_monitored_by_those_who_have_the_role(bench: Bench) -> None:
    assert ask(bench, "/monitored_endpoints") == {"DATA_TYPE": "monitored_endpoints", "length": 0, "DATA": []}
    give(bench, "activity_monitor")
    (endpoint,) = ask(bench, "/monitored_endpoints")["DATA"]
    assert endpoint["id"] == bench.destination.id
    assert endpoint["my_effective_roles"] == ["activity_monitor"]
    assert ask(bench, "/monitored_endpoints", fields="id", orderby="display_name")["DATA"] == [{"id": endpoint["id"]}]
    assert ask(bench, f"/endpoint/{bench.destination.id}")["display_name"] == "Bench Destination"
    path = f"/endpoint_manager/endpoint/{bench.source.id}"
    assert bench.refused("GET", path, token=LARK)[:2] == (403, "PermissionDenied")


def test_a_hosts_monitor_sees_its_guests_and_their_rules(bench: Bench) -> None:
    guest = bench.share("/")
    give(bench, "activity_monitor", destination=False)
    (hosted,) = ask(bench, f"/endpoint/{bench.source.id}/hosted_endpoint_list")["DATA"]
    assert hosted["id"] == guest
    rules = ask(bench, f"/endpoint/{guest}/access_list")
    assert [rule["role_type"] for rule in rules["DATA"]] == ["administrator"]
    assert ask(bench, f"/endpoint/{guest}")["host_endpoint_id"] == bench.source.id


def test_a_monitor_sees_tasks_with_their_owner_and_nothing_of_the_other_side(bench: Bench) -> None:
    (task_id,) = ended(bench, "a")
    give(bench, "activity_monitor")
    task = ask(bench, f"/task/{task_id}")
    assert task["owner_string"] == "wren@sandbox.example"
    assert (task["destination_endpoint_id"], task["destination_local_user_status"]) == (bench.destination.id, "OK")
    assert (task["source_endpoint_id"], task["source_endpoint_display_name"], task["source_endpoint"]) == (None,) * 3
    assert task["source_local_user_status"] == "NO_PERMISSION"
    (moved,) = ask(bench, f"/task/{task_id}/successful_transfers")["DATA"]
    assert (moved["source_path"], moved["destination_path"]) == (None, "/a")
    events = ask(bench, f"/task/{task_id}/event_list", limit=1)
    assert (events["total"], [event["code"] for event in events["DATA"]]) == (2, ["SUCCEEDED"])
    assert ask(bench, f"/task/{task_id}/event_list", filter_is_error=1)["DATA"] == []
    assert ask(bench, f"/task/{task_id}/skipped_errors")["DATA"] == []
    assert ask(bench, f"/task/{task_id}/pause_info")["pause_rules"] == []
    assert bench.refused("GET", f"/task/{task_id}", token=LARK)[0] == 404


def test_the_host_of_a_guest_is_told(bench: Bench) -> None:
    guest = bench.share("/")
    write(bench.here, {"a": "a"})
    task_id = bench.run(bench.transfer(item("/a", "/a"), source_endpoint=guest))["task_id"]
    give(bench, "activity_monitor", destination=False)
    task = ask(bench, f"/task/{task_id}")
    assert (task["source_endpoint_id"], task["source_host_endpoint_id"]) == (guest, bench.source.id)
    assert (task["source_host_path"], task["destination_endpoint_id"]) == ("/", None)
    listed = ask(bench, "/task_list", filter_endpoint=bench.source.id)["DATA"]
    assert [each["task_id"] for each in listed] == [task_id]


def test_others_see_nothing(bench: Bench) -> None:
    (task_id,) = ended(bench, "a")
    for path in ("", "/event_list", "/pause_info", "/successful_transfers", "/skipped_errors"):
        found = bench.refused("GET", f"/endpoint_manager/task/{task_id}{path}", token=LARK)
        assert found[:2] == (403, "PermissionDenied")
    assert ask(bench, "/task_list")["DATA"] == []
    give(bench, "access_manager")
    assert bench.refused("GET", f"/endpoint_manager/task/{task_id}", token=LARK)[0] == 403
    assert bench.refused("GET", f"/endpoint_manager/task/{bench.source.id}", token=LARK)[0] == 404


def test_tasks_are_listed_page_by_page(bench: Bench) -> None:
    ids = ended(bench, *"abcde")
    give(bench, "activity_monitor")
    query = {"filter_endpoint": bench.destination.id, "limit": 2, "fields": "task_id"}
    seen: list[str] = []
    key: dict[str, str] = {}
    for more in (True, True, False):
        page = ask(bench, "/task_list", **query, **key)
        assert page["has_next_page"] is more
        seen += [task["task_id"] for task in page["DATA"]]
        key = {"last_key": page["last_key"]}
    assert seen == ids[::-1]
    assert ask(bench, "/task_list", **query, **key)["DATA"] == []


def test_tasks_are_filtered(bench: Bench) -> None:
    a, b = ended(bench, "a", "b")
    first, second = (bench.state.task(bench.wren, id) for id in (a, b))
    second.counts.faults = 3
    running = held(bench)
    give(bench, "activity_monitor")

    def listed(**params: Any) -> list[str]:
        return [task["task_id"] for task in ask(bench, "/task_list", **params)["DATA"]]

    here = {"filter_endpoint": bench.destination.id}
    assert listed() == [running]
    assert listed(filter_status="ACTIVE,INACTIVE") == [running]
    assert listed(filter_status="SUCCEEDED", **here) == [b, a]
    assert set(listed(**here)) == {a, b, running}
    assert listed(filter_task_id=f"{a},{b}") == [b, a]
    assert listed(filter_min_faults=1, **here) == [b]
    assert listed(filter_endpoint_use="source", **here) == []
    assert set(listed(filter_endpoint_use="destination", **here)) == {a, b, running}
    assert set(listed(filter_owner_id=bench.wren.id, **here)) == {a, b, running}
    assert listed(filter_owner_id=bench.destination.owner.id, filter_status="ACTIVE") == [running]
    assert listed(filter_is_paused=False, filter_status="ACTIVE") == [running]
    assert listed(filter_is_paused=True, filter_status="ACTIVE") == []
    end = f"{bench.get(f'/task/{a}')['completion_time']}"
    assert listed(filter_completion_time=f"{end},{end}", **here) == [a]
    assert set(listed(filter_completion_time=f"{end},", **here)) == {a, b, running}
    assert listed(filter_local_user="nobody", **here) == []
    assert first.completion_time is not None
    bench.hold.release()
    bench.finish(running)


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"filter_status": "SUCCEEDED"}, "filter_status"),
        ({"filter_status": "DONE"}, "filter_status"),
        ({"filter_endpoint_use": "source"}, "filter_endpoint_use"),
        ({"filter_endpoint_use": "both", "filter_endpoint": "HERE"}, "filter_endpoint_use"),
        ({"filter_is_paused": "1"}, "filter_is_paused"),
        ({"filter_local_user": "x"}, "filter_local_user"),
        ({"filter_task_id": "HERE", "filter_status": "ACTIVE"}, "filter_task_id"),
        ({"filter_task_id": ",".join(["x"] * 51)}, "filter_task_id"),
        ({"filter_min_faults": "-1"}, "filter_min_faults"),
        ({"filter_completion_time": "soon,", "filter_endpoint": "HERE"}, "soon"),
        ({"limit": "1001"}, "limit"),
    ],
)
def test_filters_that_do_not_go_together_are_refused(bench: Bench, params: dict[str, str], field: str) -> None:
    give(bench, "activity_monitor")
    query = {name: bench.destination.id if value == "HERE" else value for name, value in params.items()}
    status, _, message = bench.refused("GET", "/endpoint_manager/task_list", params=query, token=LARK)
    assert status == 400
    assert field in message


def test_a_filter_for_what_cannot_be_seen_is_refused(bench: Bench) -> None:
    (task_id,) = ended(bench, "a")
    refused = [
        ({"filter_endpoint": bench.source.id}, (403, "PermissionDenied")),
        ({"filter_task_id": task_id}, (403, "PermissionDenied")),
        ({"filter_owner_id": "Hold", "filter_status": "ACTIVE"}, (404, "UserNotFound")),
    ]
    for params, expected in refused:
        assert bench.refused("GET", "/endpoint_manager/task_list", params=params, token=LARK)[:2] == expected


def test_an_administrator_pauses_and_resumes_a_running_task(bench: Bench) -> None:
    task_id = held(bench)
    give(bench, "activity_manager")
    assert post(bench, "/admin_pause", message="a moment", task_id_list=[task_id])["code"] == "PauseAccepted"
    bench.hold.release()
    paused(bench, task_id)
    task = bench.get(f"/task/{task_id}")
    assert (task["is_paused"], task["nice_status"], task["status"]) == (True, "PAUSED_BY_ADMIN", "ACTIVE")
    info = bench.get(f"/task/{task_id}/pause_info")
    assert (info["destination_pause_message"], info["source_pause_message"]) == ("a moment", None)
    assert [each["task_id"] for each in ask(bench, "/task_list", filter_is_paused=1, filter_status="ACTIVE")["DATA"]]

    assert post(bench, "/admin_resume", task_id_list=[task_id])["code"] == "ResumeAccepted"
    assert bench.finish(task_id)["status"] == "SUCCEEDED"
    assert tree(bench.there) == tree(bench.here)
    assert bench.get(f"/task/{task_id}/pause_info")["destination_pause_message"] is None


def test_the_message_of_a_hosts_manager_is_told_apart(bench: Bench) -> None:
    guest = bench.share("/")
    write(bench.here, {"a": "a"})
    bench.hold.free = 0
    task_id = bench.submit(bench.transfer(item("/a", "/a"), source_endpoint=guest))
    assert bench.hold.held.wait(20)
    give(bench, "activity_manager", destination=False)
    post(bench, "/admin_pause", message="from the host", task_id_list=[task_id])
    info = bench.get(f"/task/{task_id}/pause_info")
    assert (info["source_pause_message"], info["source_pause_message_share"]) == (None, "from the host")
    post(bench, "/admin_resume", task_id_list=[task_id])
    bench.hold.release()
    assert bench.finish(task_id)["status"] == "SUCCEEDED"


def test_an_administrator_cancels_and_says_why(bench: Bench) -> None:
    task_id = held(bench)
    give(bench, "activity_manager")
    cancel = post(bench, "/admin_cancel", message="the disk is full", task_id_list=[task_id])
    assert cancel == {"DATA_TYPE": "admin_cancel", "id": 1, "done": False}
    bench.hold.release()
    task = bench.finish(task_id)
    assert (task["status"], task["fatal_error"]["code"]) == ("FAILED", "CANCELED")
    assert (task["canceled_by_admin"], task["canceled_by_admin_message"]) == ("DESTINATION", "the disk is full")
    assert ask(bench, "/admin_cancel/1")["done"] is True
    assert bench.refused("GET", "/endpoint_manager/admin_cancel/1")[0] == 404
    assert bench.refused("GET", "/endpoint_manager/admin_cancel/7", token=LARK)[0] == 404


def test_a_task_that_is_over_stays_as_it_is(bench: Bench) -> None:
    (task_id,) = ended(bench, "a")
    give(bench, "activity_manager")
    assert post(bench, "/admin_cancel", message="m", task_id_list=[task_id])["done"] is True
    post(bench, "/admin_pause", message="m", task_id_list=[task_id])
    task = bench.get(f"/task/{task_id}")
    assert (task["status"], task["canceled_by_admin"], task["is_paused"]) == ("SUCCEEDED", None, False)


@pytest.mark.parametrize("action", ["admin_cancel", "admin_pause", "admin_resume"])
def test_all_tasks_of_a_list_must_be_the_callers_to_manage(bench: Bench, action: str) -> None:
    task_id = held(bench)
    give(bench, "activity_monitor")
    message = {} if action == "admin_resume" else {"message": "m"}
    path = f"/endpoint_manager/{action}"
    refused = bench.refused("POST", path, json={"task_id_list": [task_id], **message}, token=LARK)
    assert refused[:2] == (403, "PermissionDenied")
    wrong: list[dict[str, Any]] = [{"task_id_list": [], **message}, {"task_id_list": ["x"], **message}, {**message}]
    for body in wrong:
        assert bench.refused("POST", path, json=body, token=LARK)[0] == 400
    bench.hold.release()
    assert bench.finish(task_id)["status"] == "SUCCEEDED"
