"""How tasks end before they are done: canceled, expired, with the sandbox, by faults; and what they leave."""

import os
from pathlib import Path

import pytest

from .bench import Bench, build, good, item, tree, write


def held(bench: Bench, free: int) -> str:
    """A transfer of a directory with three files that is held after `free` chunks, files and directories."""
    write(bench.here, {"d/a": "a", "d/b": b"b" * 900_000, "d/c": "c"})
    bench.hold.free = free
    task_id = bench.submit(bench.transfer(item("/d", "/d", True)))
    assert bench.hold.held.wait(20)
    return task_id


def test_cancel_half_way_leaves_no_partial_file(bench: Bench) -> None:
    # one for the directory, two for a, and the first chunk of b: held after the second
    task_id = held(bench, 4)
    task = bench.get(f"/task/{task_id}")
    assert (task["status"], task["nice_status"], task["is_ok"]) == ("ACTIVE", "OK", True)
    assert (task["bytes_transferred"], task["files_transferred"]) == (1 + 2 * 256 * 1024, 1)
    chunks = len(bench.hold.calls)
    bench.state.task(bench.wren, task_id).cancel_requested.set()
    bench.hold.release()
    task = bench.finish(task_id)
    assert len(bench.hold.calls) == chunks
    assert tree(bench.there) == {"d/a": "a"}
    assert (task["status"], task["fatal_error"]["code"], task["nice_status"]) == ("FAILED", "CANCELED", None)
    assert (task["subtasks_total"], task["subtasks_succeeded"], task["subtasks_canceled"]) == (4, 2, 2)
    assert task["subtasks_pending"] == 0
    assert bench.events(task) == ["CANCELED", "STARTED"]
    again = bench.run(bench.transfer(item("/d", "/d", True), sync_level=3))
    assert (again["status"], again["files_transferred"], again["files_skipped"]) == ("SUCCEEDED", 2, 1)
    assert tree(bench.there) == tree(bench.here)


def test_cancel_says_how_it_went(tmp_path: Path) -> None:
    bench = build(tmp_path, cancel_wait=0)
    task_id = held(bench, 3)
    accepted = good(bench.request("POST", f"/task/{task_id}/cancel"))
    assert (accepted["DATA_TYPE"], accepted["code"], len(accepted["request_id"])) == ("result", "CancelAccepted", 9)
    bench.hold.release()
    bench.finish(task_id)
    assert good(bench.request("POST", f"/task/{task_id}/cancel"))["code"] == "TaskComplete"
    bench.state.close()


def test_a_task_in_the_queue_is_canceled_at_once(bench: Bench) -> None:
    bench.hold.free = 0
    write(bench.here, {"a": "a"})
    for _ in range(4):
        bench.submit(bench.transfer(item("/a", "/a")))
    queued = bench.submit(bench.transfer(item("/a", "/queued")))
    assert bench.get(f"/task/{queued}")["nice_status"] == "Queued"
    assert good(bench.request("POST", f"/task/{queued}/cancel"))["code"] == "Canceled"
    bench.hold.release()
    task = bench.finish(queued)
    assert (task["status"], bench.events(task), task["subtasks_canceled"]) == ("FAILED", ["CANCELED"], 1)
    assert "queued" not in bench.names(bench.destination)


def test_a_deadline_ends_the_task(bench: Bench) -> None:
    task_id = held(bench, 4)
    assert bench.get(f"/task/{task_id}")["deadline"] == "2023-11-15T22:13:20+00:00"
    bench.clock.now += 86400
    bench.hold.release()
    task = bench.finish(task_id)
    assert (task["status"], task["fatal_error"]["code"]) == ("FAILED", "EXPIRED")
    assert (task["subtasks_expired"], task["subtasks_succeeded"]) == (2, 2)
    assert bench.events(task)[0] == "EXPIRED"
    assert task["completion_time"] == "2023-11-15T22:13:20+00:00"
    assert tree(bench.there) == {"d/a": "a"}


def test_a_deadline_can_be_put_off(bench: Bench) -> None:
    task_id = held(bench, 4)
    change = {"DATA_TYPE": "task", "deadline": "2023-12-01 00:00Z", "label": "late"}
    assert good(bench.request("PUT", f"/task/{task_id}", json=change))["code"] == "Updated"
    bench.clock.now += 86400
    bench.hold.release()
    task = bench.finish(task_id)
    assert (task["status"], task["label"], task["deadline"]) == ("SUCCEEDED", "late", "2023-12-01T00:00:00+00:00")
    assert bench.refused("PUT", f"/task/{task_id}", json=change)[:2] == (409, "Conflict")


def test_progress_is_told_now_and_then(bench: Bench) -> None:
    task_id = held(bench, 3)
    bench.clock.now += 20
    bench.hold.release()
    task = bench.finish(task_id)
    progress = bench.get(f"/task/{task_id}/event_list")["DATA"][1]
    assert (progress["code"], progress["is_error"], progress["description"]) == ("PROGRESS", False, "progress")
    assert '"duration": 20.0' in progress["details"]
    assert task["effective_bytes_per_second"] == 900_002 // 20


def test_closing_stops_tasks_and_threads(tmp_path: Path) -> None:
    bench = build(tmp_path)
    task_id = held(bench, 4)
    task = bench.state.task(bench.wren, task_id)
    task.cancel_requested.set()
    bench.hold.release()
    bench.state.close()
    assert task.done.is_set()
    assert tree(bench.there) == {"d/a": "a"}
    refused = bench.refused("POST", "/transfer", json=bench.transfer(item("/d", "/d")))
    assert refused[:2] == (503, "ServiceUnavailable")


def test_a_source_that_is_missing_is_tried_three_times(bench: Bench) -> None:
    write(bench.here, {"a": "a"})
    task = bench.run(bench.transfer(item("/gone", "/gone"), item("/a", "/a")))
    assert (task["status"], task["faults"], task["fatal_error"]["code"]) == ("FAILED", 3, "FILE_NOT_FOUND")
    assert "/gone" in task["fatal_error"]["description"]
    assert (task["subtasks_failed"], task["subtasks_succeeded"], task["subtasks_retrying"]) == (1, 1, 0)
    assert bench.events(task) == ["FILE_NOT_FOUND"] * 3 + ["STARTED"]
    assert bench.events(task, filter="is_error:1") == ["FILE_NOT_FOUND"] * 3
    assert tree(bench.there) == {"a": "a"}


def test_a_fault_that_goes_away_is_forgiven(bench: Bench) -> None:
    write(bench.here, {"z": "z"})
    bench.hold.free = 2
    # a fault, then two calls for z: the mover is held with the first try behind it
    task_id = bench.submit(bench.transfer(item("/late", "/late", False), item("/z", "/z", False)))
    assert bench.hold.held.wait(20)
    task = bench.get(f"/task/{task_id}")
    assert (task["nice_status"], task["is_ok"]) == ("FILE_NOT_FOUND", False)
    assert (task["subtasks_retrying"], task["faults"]) == (1, 1)
    write(bench.here, {"late": "now"})
    bench.hold.release()
    task = bench.finish(task_id)
    assert (task["status"], task["faults"], task["subtasks_succeeded"]) == ("SUCCEEDED", 1, 2)
    assert tree(bench.there) == {"late": "now", "z": "z"}


def test_source_errors_are_skipped_when_asked_for(bench: Bench) -> None:
    write(bench.here, {"a": "a"})
    items = [item(f"/gone{n}", f"/gone{n}") for n in range(5)]
    task = bench.run(bench.transfer(*items, item("/a", "/a"), skip_source_errors=True))
    assert (task["status"], task["subtasks_skipped_errors"], task["faults"]) == ("SUCCEEDED", 5, 0)
    assert (task["subtasks_total"], task["subtasks_succeeded"]) == (6, 1)
    assert bench.events(task) == ["SUCCEEDED", "SKIPPED_ERRORS", "STARTED"]
    page = bench.get(f"/task/{task['task_id']}/skipped_errors", limit=2)
    assert (page["DATA_TYPE"], page["marker"], len(page["DATA"])) == ("skipped_errors", 0, 2)
    rest = bench.get(f"/task/{task['task_id']}/skipped_errors", limit=3, marker=page["next_marker"])
    assert (rest["next_marker"], len(rest["DATA"])) == (None, 3)
    assert rest["DATA"][0] == {
        "DATA_TYPE": "skipped_error",
        "error_code": "FILE_NOT_FOUND",
        "error_details": "Error\nFile: /gone2\nNo such file or directory",
        "error_time": "2023-11-14T22:13:20+00:00",
        "source_path": "/gone2",
        "destination_path": "/gone2",
        "is_directory": False,
        "is_symlink": False,
        "is_delete_destination_extra": False,
        "external_checksum": None,
        "checksum_algorithm": None,
    }


def test_what_may_not_be_read_is_a_fault(unprivileged: Bench) -> None:
    bench = unprivileged
    write(bench.here, {"d/open": "o", "d/closed": "c", "d/sub/x": "x"})
    write(bench.there, {"readonly": "r"})
    (bench.here / "d/closed").chmod(0)
    (bench.here / "d/sub").chmod(0)
    (bench.there / "readonly").chmod(0o400)
    task = bench.run(bench.transfer(item("/d", "/d", True)))
    assert (task["status"], task["fatal_error"]["code"], task["faults"]) == ("FAILED", "PERMISSION_DENIED", 6)
    assert tree(bench.there) == {"d/open": "o", "readonly": "r"}
    document = bench.transfer(item("/d", "/e", True), skip_source_errors=True, delete_destination_extra=True)
    task = bench.run(document)
    assert (task["status"], task["subtasks_skipped_errors"]) == ("SUCCEEDED", 2)
    skipped = bench.get(f"/task/{task['task_id']}/skipped_errors")["DATA"]
    assert [(one["source_path"], one["is_directory"]) for one in skipped] == [("/d/sub/", True), ("/d/closed", False)]
    task = bench.run(bench.transfer(item("/d/open", "/readonly")))
    assert (task["status"], (bench.there / "readonly").read_text()) == ("FAILED", "r")
    refused = bench.refused("GET", f"/operation/endpoint/{bench.source.id}/ls", params={"path": "/d/sub"})
    assert refused[:2] == (502, "ExternalError.DirListingFailed.PermissionDenied")
    (bench.here / "d/sub").chmod(0o700)


@pytest.mark.parametrize("change", ["grow", "shrink", "touch"])
def test_a_file_that_changes_while_it_is_copied_is_caught(bench: Bench, change: str) -> None:
    write(bench.here, {"a": b"a" * 600_000})
    bench.hold.free = 1
    task_id = bench.submit(bench.transfer(item("/a", "/a", False)))
    assert bench.hold.held.wait(20)
    if change == "touch":
        os.utime(bench.here / "a", (1, 1))
    else:
        os.truncate(bench.here / "a", 10_000_000 if change == "grow" else 300_000)
    bench.hold.release()
    task = bench.finish(task_id)
    assert (task["status"], task["faults"]) == ("SUCCEEDED", 1)
    assert bench.events(task) == ["SUCCEEDED", "FILE_SIZE_CHANGED", "STARTED"]
    size = (bench.here / "a").stat().st_size
    assert (bench.there / "a").stat().st_size == task["bytes_transferred"] == size
    assert os.listdir(bench.there) == ["a"]


def test_a_wrong_verify_size_fails(bench: Bench) -> None:
    write(bench.here, {"a": "a"})
    task = bench.run(bench.transfer(item("/a", "/a", verify_size=2)))
    assert (task["status"], task["fatal_error"]["code"]) == ("FAILED", "FILE_SIZE_CHANGED")


def test_a_copy_that_is_damaged_is_made_again(bench: Bench) -> None:
    write(bench.here, {"a": b"a" * 600_000})
    bench.hold.free = 1
    task_id = bench.submit(bench.transfer(item("/a", "/a", False), verify_checksum=True))
    assert bench.hold.held.wait(20)
    (partial,) = bench.there.iterdir()
    with partial.open("r+b") as file:
        file.write(b"b")
    bench.hold.release()
    task = bench.finish(task_id)
    assert (task["status"], task["faults"], task["bytes_transferred"]) == ("SUCCEEDED", 1, 600_000)
    assert bench.events(task) == ["SUCCEEDED", "VERIFY_CHECKSUM", "STARTED"]
    assert tree(bench.there) == tree(bench.here)
