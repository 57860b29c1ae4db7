"""Lists of tasks and of what happened to them; who may see them."""

from typing import Any

import pytest

from .bench import Bench, good, item, write


@pytest.fixture
def ids(bench: Bench) -> list[str]:
    """Three transfers, of which the second fails, and a delete, a minute apart, the oldest first."""
    write(bench.here, {"a": "a"})
    documents = [
        bench.transfer(item("/a", "/one"), label="run one"),
        bench.transfer(item("/gone", "/two"), label="run two"),
        bench.transfer(item("/a", "/three")),
        bench.delete("/one", label="tidy"),
    ]
    found: list[str] = []
    for document in documents:
        bench.clock.now += 60
        found.append(bench.run(document)["task_id"])
    return found


def listed(bench: Bench, **params: Any) -> list[str]:
    return [task["task_id"] for task in bench.get("/task_list", **params)["DATA"]]


def test_the_newest_come_first_and_deletes_when_asked_for(bench: Bench, ids: list[str]) -> None:
    page = bench.get("/task_list")
    assert {key: page[key] for key in page if key != "DATA"} == {
        "DATA_TYPE": "task_list",
        "length": 3,
        "limit": 10,
        "offset": 0,
        "total": 3,
    }
    assert [task["task_id"] for task in page["DATA"]] == ids[2::-1]
    assert listed(bench, filter="type:TRANSFER,DELETE") == ids[::-1]
    assert listed(bench, filter="type:DELETE") == [ids[3]]
    assert listed(bench, filter=f"task_id:{ids[3]},{ids[0]}") == [ids[3], ids[0]]


def test_filters(bench: Bench, ids: list[str]) -> None:
    one, two, three, _ = ids
    assert listed(bench, filter="status:FAILED") == [two]
    assert listed(bench, filter="status:ACTIVE,SUCCEEDED") == [three, one]
    assert listed(bench, filter="label:run one") == [one]
    assert listed(bench, filter="label:=run one") == [one]
    assert listed(bench, filter="label:!=run one") == [three, two]
    assert listed(bench, filter="label:~run*") == [two, one]
    assert listed(bench, filter="label:!~*two") == [three, one]
    assert listed(bench, filter="request_time:2023-11-14 22:15,") == [three, two]
    assert listed(bench, filter="completion_time:,2023-11-14 22:14:30Z/status:SUCCEEDED") == [one]
    assert listed(bench, filter=["status:SUCCEEDED", "label:run one"]) == [one]


def test_orders_and_pages(bench: Bench, ids: list[str]) -> None:
    one, two, three, _ = ids
    assert listed(bench, orderby="request_time ASC") == [one, two, three]
    assert listed(bench, orderby="status,request_time") == [two, one, three]
    assert listed(bench, orderby="label") == [three, one, two]
    page = bench.get("/task_list", limit=1, offset=1, fields="task_id,status")
    assert page["DATA"] == [{"task_id": two, "status": "FAILED"}]
    assert (page["length"], page["total"]) == (1, 3)


@pytest.mark.parametrize(
    ("params", "named"),
    [
        ({"limit": 1001}, "limit"),
        ({"filter": "state:ACTIVE"}, "filter"),
        ({"filter": "status:DONE"}, "filter"),
        ({"filter": "type:COPY"}, "filter"),
        ({"filter": "request_time:now"}, "filter"),
        ({"orderby": "colour"}, "orderby"),
    ],
)
def test_lists_that_are_refused(bench: Bench, params: dict[str, Any], named: str) -> None:
    status, code, message = bench.refused("GET", "/task_list", params=params)
    assert (status, code) == (400, "ClientError.BadRequest")
    assert message.startswith(f"{named}: ")


def test_a_task_document(bench: Bench, ids: list[str]) -> None:
    task = bench.get(f"/task/{ids[1]}")
    assert (task["DATA_TYPE"], task["type"], task["command"]) == ("task", "TRANSFER", "API 0.10")
    assert (task["owner_id"], task["source_endpoint_id"]) == (bench.wren.id, bench.source.id)
    assert task["destination_endpoint_display_name"] == "Bench Destination"
    assert task["request_time"] == "2023-11-14T22:15:20+00:00"
    assert task["completion_time"] == "2023-11-14T22:15:20+00:00"
    assert task["deadline"] == "2023-11-15T22:15:20+00:00"
    assert (task["is_paused"], task["history_deleted"], task["filter_rules"]) == (False, False, None)
    assert bench.get(f"/task/{ids[1]}", fields="status") == {"status": "FAILED"}


def test_tasks_belong_to_their_owner(bench: Bench, ids: list[str]) -> None:
    lark = "lark@sandbox.example"
    assert bench.request("GET", "/task_list", token=lark).json()["total"] == 0
    for method, path in (
        ("GET", ""),
        ("POST", "/cancel"),
        ("POST", "/remove"),
        ("GET", "/event_list"),
        ("GET", "/pause_info"),
        ("GET", "/successful_transfers"),
        ("GET", "/skipped_errors"),
    ):
        refused = bench.refused(method, f"/task/{ids[0]}{path}", token=lark)
        assert refused == (404, "ClientError.NotFound", f"No task with id '{ids[0]}'")
    change = {"DATA_TYPE": "task", "label": "mine"}
    assert bench.refused("PUT", f"/task/{ids[0]}", json=change, token=lark)[0] == 404


@pytest.mark.parametrize("path", ["", "/event_list", "/pause_info", "/successful_transfers"])
def test_a_malformed_task_id_is_a_bad_request(bench: Bench, path: str) -> None:
    for before in ("", "/endpoint_manager"):
        refused = bench.refused("GET", f"{before}/task/nonsense{path}")
        assert refused == (400, "ClientError.BadRequest", "task_id: 'nonsense' is not a UUID")


def test_a_removed_task_is_gone(bench: Bench) -> None:
    bench.hold.free = 0
    document = bench.transfer(item("/a", "/a"))
    task_id = bench.submit(document)
    assert bench.refused("POST", f"/task/{task_id}/remove")[:2] == (409, "Conflict")
    bench.hold.release()
    bench.finish(task_id)
    assert good(bench.request("POST", f"/task/{task_id}/remove"))["code"] == "Removed"
    assert bench.refused("GET", f"/task/{task_id}")[0] == 404
    assert bench.submit(document) == task_id


def test_updates_are_read_strictly(bench: Bench) -> None:
    bench.hold.free = 0
    task_id = bench.submit(bench.transfer(item("/a", "/a"), label="old"))
    url = f"/task/{task_id}"
    for change, field in (
        ({"label": "x"}, "DATA_TYPE"),
        ({"DATA_TYPE": "task", "label": 5}, "label"),
        ({"DATA_TYPE": "task", "deadline": None}, "deadline"),
        ({"DATA_TYPE": "task", "deadline": "2001-01-01"}, "deadline"),
        ({"DATA_TYPE": "task", "status": "FAILED"}, "status"),
    ):
        status, code, message = bench.refused("PUT", url, json=change)
        assert (status, code) == (400, "ClientError.BadRequest")
        assert message.startswith(f"{field}: ")
    deadline = bench.get(url)["deadline"]
    assert good(bench.request("PUT", url, json={"DATA_TYPE": "task", "label": None}))["code"] == "Updated"
    task = bench.get(url)
    assert (task["label"], task["deadline"]) == (None, deadline)


def test_events_are_paged(bench: Bench, ids: list[str]) -> None:
    url = f"/task/{ids[1]}/event_list"
    page = bench.get(url, limit=2, offset=1)
    assert (page["DATA_TYPE"], page["length"], page["limit"], page["offset"], page["total"]) == (
        "event_list",
        2,
        2,
        1,
        4,
    )
    assert bench.get(url)["DATA"][3] == {
        "DATA_TYPE": "event",
        "code": "STARTED",
        "is_error": False,
        "description": "started",
        "details": '{"type": "Sandbox Transfer", "concurrency": 1}',
        "time": "2023-11-14T22:15:20+00:00",
    }
    assert bench.get(url, filter="is_error:0")["total"] == 1
    assert bench.refused("GET", url, params={"filter": "is_error:yes"})[0] == 400
    assert bench.refused("GET", url, params={"limit": 1001})[0] == 400


def test_pause_info_is_empty(bench: Bench, ids: list[str]) -> None:
    info = bench.get(f"/task/{ids[0]}/pause_info")
    assert (info["DATA_TYPE"], info["pause_rules"], info["source_pause_message"]) == ("pause_info_limited", [], None)


def test_successful_transfers_are_paged_by_marker(bench: Bench) -> None:
    write(bench.here, {f"d/{n:03}": "" for n in range(250)})
    task = bench.run(bench.transfer(item("/d", "/d", True)))
    url = f"/task/{task['task_id']}/successful_transfers"
    markers: list[int | None] = [0]
    names: list[str] = []
    while markers[-1] is not None:
        page = bench.get(url, marker=markers[-1])
        assert (page["DATA_TYPE"], page["marker"]) == ("successful_transfers", markers[-1])
        names += [one["destination_path"] for one in page["DATA"]]
        markers.append(page["next_marker"])
    assert markers == [0, 100, 200, None]
    assert names == [f"/d/{n:03}" for n in range(250)]
    assert len(bench.get(url, limit=1000)["DATA"]) == 250
    assert bench.get(url, marker=250)["DATA"] == []
    assert bench.get(url, limit=1, fields="size")["DATA"] == [{"size": 0}]
    assert bench.refused("GET", url, params={"limit": 1001})[0] == 400


def test_successful_transfers_are_of_transfers_that_have_ended(bench: Bench, ids: list[str]) -> None:
    for name in ("successful_transfers", "skipped_errors"):
        assert bench.get(f"/task/{ids[1]}/{name}")["DATA"] == []
        assert bench.refused("GET", f"/task/{ids[3]}/{name}")[:2] == (400, "ClientError.BadRequest")
    bench.hold.calls.clear()
    bench.hold.free = 0
    task_id = bench.submit(bench.transfer(item("/a", "/a")))
    for name in ("successful_transfers", "skipped_errors"):
        assert bench.refused("GET", f"/task/{task_id}/{name}")[:2] == (409, "Conflict")


def test_what_has_been_counted_adds_up_at_any_time(bench: Bench) -> None:
    write(bench.here, {f"d/{n}/{m}": "x" for n in range(3) for m in range(4)})
    task = bench.state.task(bench.wren, bench.submit(bench.transfer(item("/d", "/d", True), item("/gone", "/x"))))
    while not task.done.is_set():
        seen = task.document()
        parts = ("pending", "retrying", "succeeded", "expired", "canceled", "failed", "skipped_errors")
        assert sum(int(str(seen[f"subtasks_{part}"])) for part in parts) == seen["subtasks_total"]
