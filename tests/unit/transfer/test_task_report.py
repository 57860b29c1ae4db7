"""Reports of tasks: what is read from events, and how it is told."""

import copy
import json
import pickle
from typing import Any

import pytest

from globus_typed import Event, Task, TaskFailedError, TaskFault, TaskReport, TaskTimeoutError
from globus_typed.transfer import SkippedError

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"
FTP = """Error (transfer)
Endpoint: Larkspur Lab Store (7a1d3c52-0b6e-4f19-9c44-3e8a51d20001)
Server: 192.0.2.7:443
File: /results/run 7/a.csv
Command: RETR /results/run 7/a.csv
Message: Fatal FTP response
---
Details: 550 No space left on device"""


def event(details: str | None, code: str = "PERMISSION_DENIED", **more: Any) -> Event:
    return Event(code=code, is_error=True, details=details, description="permission denied", **more)


def task(**more: Any) -> Task:
    return Task.model_validate({"task_id": ID, "status": "FAILED", **more})


@pytest.mark.parametrize(
    ("details", "path", "message"),
    [
        ("Error (open)\nFile: /results/run7/a.csv", "/results/run7/a.csv", "permission denied"),
        ("Error\nFile: /~/a: b.csv\nPermission denied by the disk", "/~/a: b.csv", "Permission denied by the disk"),
        (FTP, "/results/run 7/a.csv", "Fatal FTP response 550 No space left on device"),
        ("Error%20(open)%0AFile:%20/a%2520b", "/a%20b", "permission denied"),
        ("Error\nFile: /a%0Ab", "/a%0Ab", "permission denied"),
        ("Error\r\nFile: /a b\r\nno", "/a b", "no"),
        ("the endpoint is not there", None, "the endpoint is not there"),
        ('{"concurrency": 4}', None, '{"concurrency": 4}'),
        ("", None, "permission denied"),
        (None, None, "permission denied"),
        ("Error\nFile: /\x1b[31mred\nbad\x07", "/\x1b[31mred", "bad"),
    ],
)
def test_the_path_of_a_fault_is_in_the_details(details: str | None, path: str | None, message: str) -> None:
    given = event(details)
    fault = TaskFault.of(ID, given)
    assert (fault.path, fault.message, fault.code, fault.event) == (path, message, "PERMISSION_DENIED", given)
    assert "\x1b" not in str(fault)


def test_faults_of_one_path_and_reason_are_one() -> None:
    errors = [event("File: /b"), event("File: /a"), event("File: /b"), event("File: /b", "QUOTA_EXCEEDED")]
    report = TaskReport.made(task(faults=4), errors=errors)
    assert [(row.path, row.code, row.times) for row in report.failed] == [
        ("/b", "PERMISSION_DENIED", 2),
        ("/a", "PERMISSION_DENIED", 1),
        ("/b", "QUOTA_EXCEEDED", 1),
    ]
    assert report.is_complete
    assert {code: len(rows) for code, rows in report.by_reason.items()} == {"PERMISSION_DENIED": 2, "QUOTA_EXCEEDED": 1}


def test_what_was_overcome_is_no_failure() -> None:
    errors = [event("File: /a"), event("File: /b")]
    report = TaskReport.made(task(status="SUCCEEDED", faults=2), errors=errors)
    assert (report.failed, len(report.recovered)) == ((), 2)
    report = TaskReport.made(task(faults=2), errors=errors, copied={"/a"})
    assert [row.path for row in report.failed] == ["/b"]
    assert [row.path for row in report.recovered] == ["/a"]


def test_the_end_of_the_task_is_no_fault_of_a_file() -> None:
    report = TaskReport.made(task(), errors=[event("Canceled by the owner", "CANCELED"), event("late", "EXPIRED")])
    assert not report.failed


def test_what_is_not_listed_is_counted() -> None:
    report = TaskReport.made(task(faults=7, subtasks_skipped_errors=3), errors=[event("File: /a")])
    assert report.unlisted == 9
    assert not report.is_complete
    assert report.to_table().endswith("\nand 9 more")


SKIPPED = SkippedError(error_code="FILE_NOT_FOUND", source_path="/in/gone.csv", error_details="No such file")


def test_the_table_has_a_row_for_each() -> None:
    report = TaskReport.made(
        task(label="bench run 7", faults=3, fatal_error={"code": "EXPIRED", "description": "the deadline has passed"}),
        errors=[event("Error\nFile: /in/a b.csv\nno"), event("Error\nFile: /in/a b.csv\nno"), event("away")],
        skipped=[SKIPPED],
    )
    assert str(report).splitlines() == [
        f"task {ID} (bench run 7): FAILED, 2 failed, 1 skipped; EXPIRED: the deadline has passed",
        "outcome  reason             times  path          message",
        "failed   PERMISSION_DENIED  2      /in/a b.csv   no",
        "failed   PERMISSION_DENIED  1                    away",
        "skipped  FILE_NOT_FOUND            /in/gone.csv  No such file",
    ]
    assert report.to_table(max_rows=1).splitlines()[2:] == [
        "failed   PERMISSION_DENIED  2      /in/a b.csv  no",
        "and 2 more",
    ]
    assert len(TaskReport(task()).to_table().splitlines()) == 1


def test_a_table_holds_no_control_characters() -> None:
    report = TaskReport.made(
        task(label="a\x1b[2Jb"), errors=[event("File: /\x1b[31m\u202ea\nline\x07")], skipped=[SKIPPED]
    )
    assert report.to_table().replace("\n", "").isprintable()


def test_a_report_is_plain_data_and_travels() -> None:
    report = TaskReport.made(
        task(faults=2), errors=[event("File: /a"), event("x")], skipped=[SKIPPED], events=[event("x")]
    )
    plain = json.loads(json.dumps(report.to_dict()))
    assert plain["task"]["task_id"] == ID
    assert [row["path"] for row in plain["failed"]] == ["/a", None]
    assert plain["failed"][0]["event"]["details"] == "File: /a"
    assert plain["skipped"][0]["source_path"] == "/in/gone.csv"
    assert pickle.loads(pickle.dumps(report)) == copy.deepcopy(report) == report


def test_the_errors_travel_with_what_they_hold() -> None:
    report = TaskReport.made(task(label="x\x07y"), errors=[event("File: /a")])
    failed = TaskFailedError(report.task, report, "FAILED", [report.task, task(status="SUCCEEDED")])
    failed.canceled = True
    late = TaskTimeoutError(task(status="ACTIVE"), 60)
    for error in (failed, late):
        other = pickle.loads(pickle.dumps(error))
        assert (str(other), other.tasks, other.canceled) == (str(error), error.tasks, error.canceled)
        assert "\x07" not in str(error)
    assert pickle.loads(pickle.dumps(failed)).report == report
    assert str(failed).endswith("what had not ended was cancelled")
