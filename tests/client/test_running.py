# Generated from test_async_running.py by tools/unasync.py: change that file.
"""Running tasks: from their submission to their end, or to the exception that tells why there is none."""

import logging
from datetime import timedelta
from typing import Any

import httpx
import pytest

from globus_typed import (
    DeleteData,
    GlobusConnectionError,
    GlobusUsageError,
    NotFoundError,
    PermissionDeniedError,
    TaskFailedError,
    TaskFault,
    TaskTimeoutError,
    TransferData,
)

from .service import ID, NOW, OTHER
from .tasks import Tasks, fault, task_id

pytestmark = pytest.mark.anyio

ACTIVE: dict[str, Any] = {"status": "ACTIVE", "nice_status": "OK"}
DONE: dict[str, Any] = {"status": "SUCCEEDED", "nice_status": None}
FAILED: dict[str, Any] = {"status": "FAILED", "fatal_error": {"code": "FILE_NOT_FOUND", "description": "no such file"}}
DENIED: dict[str, Any] = {**ACTIVE, "nice_status": "permission_denied", "faults": 1}


def one() -> TransferData:
    data = TransferData(ID, OTHER, label="bench run 7")
    data.add_item("/from", "/to")
    return data


def places(globus: Tasks) -> list[str]:
    return [request.url.path.removeprefix("/v0.10/") for request in globus.requests]


def test_what_has_succeeded_is_given_back_as_it_ended() -> None:
    globus = Tasks([ACTIVE, ACTIVE, DONE])
    task = globus.client().run(one())
    assert (task.task_id, task.status) == (task_id(0), "SUCCEEDED")
    assert places(globus) == ["submission_id", "transfer", *[f"task/{task_id(0)}"] * 3]
    assert globus.pauses == [0.5, 0.75]
    assert not globus.canceled


def test_the_pauses_grow_unless_they_are_given() -> None:
    globus = Tasks([*[ACTIVE] * 12, DONE])
    globus.client().run(one())
    assert globus.pauses == sorted(globus.pauses)
    assert globus.pauses[-1] == 10
    globus = Tasks([*[ACTIVE] * 12, DONE])
    globus.client().run(one(), progress=True)
    assert globus.pauses[-1] == 2
    globus = Tasks([*[ACTIVE] * 3, DONE])
    globus.client().run(one(), polling_interval=7)
    assert globus.pauses == [7, 7, 7]


def test_deletes_mappings_and_batches_run_too() -> None:
    delete = DeleteData(ID)
    delete.add_item("/gone")
    item = {"DATA_TYPE": "delete_item", "path": "/x"}
    for data in (delete, {"DATA_TYPE": "delete", "endpoint": ID, "DATA": [item]}, {"endpoint": ID, "DATA": [item]}):
        globus = Tasks([DONE])
        assert globus.client().run(data).status == "SUCCEEDED"
        assert places(globus)[1] == "delete"
    globus = Tasks([ACTIVE, DONE], [DONE])
    delete.submission_id = None
    tasks = globus.client().run([one(), delete])
    assert [task.task_id for task in tasks] == [task_id(0), task_id(1)]
    assert places(globus)[:4] == ["submission_id", "transfer", "submission_id", "delete"]


@pytest.mark.parametrize("data", [None, "transfer", 7, [], [{"DATA_TYPE": "transfer"}], {"DATA_TYPE": "task"}])
def test_what_is_no_task_is_refused(data: Any) -> None:
    globus = Tasks([DONE])
    with pytest.raises(GlobusUsageError, match=r"^data"):
        globus.client().run(data)
    assert not globus.requests


@pytest.mark.parametrize(
    "arguments",
    [
        {"timeout": -1},
        {"timeout": "60"},
        {"polling_interval": 0},
        {"polling_interval": True},
        {"fail_on": {"PERMISION_DENIED"}},
        {"fail_on": {"OK"}},
        {"fail_on": [3]},
        {"max_faults": -1},
        {"max_faults": 1.5},
    ],
)
def test_a_wrong_parameter_is_refused_by_name_before_anything_is_sent(arguments: dict[str, Any]) -> None:
    globus = Tasks([DONE])
    (name,) = arguments
    with pytest.raises(GlobusUsageError, match=rf"^{name}: "):
        globus.client().run(one(), **arguments)
    with pytest.raises(GlobusUsageError, match=rf"^{name}: "):
        globus.client().wait(ID, **arguments)
    assert not globus.requests


def test_a_failure_is_told_with_the_files_and_reasons() -> None:
    globus = Tasks([ACTIVE, {**FAILED, "faults": 3, "files_transferred": 2}])
    globus.events[task_id(0)] = [
        {"code": "CANCELED", "is_error": True, "details": "", "time": "2025-03-04T11:21:50+00:00"},
        fault("/in/a b.txt", "FILE_NOT_FOUND", 42),
        fault("/in/a b.txt", "FILE_NOT_FOUND", 41),
        fault("/in/later.txt"),
        {"code": "STARTED", "is_error": False, "details": "{}", "time": "2025-03-04T11:20:05+00:00"},
    ]
    globus.skipped = [{"error_code": "PERMISSION_DENIED", "source_path": "/in/secret", "error_details": "Error"}]
    globus.copied = [{"source_path": "/in/later.txt", "destination_path": "/out/later.txt"}]
    with pytest.raises(TaskFailedError) as raised:
        globus.client().run(one(), cancel_on_exit=True)
    error = raised.value
    assert error.task.status == "FAILED"
    assert [(row.path, row.code, row.times) for row in error.report.failed] == [("/in/a b.txt", "FILE_NOT_FOUND", 2)]
    assert [row.path for row in error.report.recovered] == ["/in/later.txt"]
    assert [row.source_path for row in error.report.skipped] == ["/in/secret"]
    assert error.events[0].code == "CANCELED"
    assert "FILE_NOT_FOUND: /in/a b.txt: file not found" in str(error)
    assert task_id(0) in str(error)
    assert not globus.canceled
    assert not error.canceled


def test_a_task_that_is_suspended_does_not_go_on_by_itself() -> None:
    with pytest.raises(TaskFailedError, match="INACTIVE"):
        Tasks([{"status": "INACTIVE"}]).client().run(one())


def test_a_report_that_cannot_be_had_does_not_hide_the_failure(caplog: pytest.LogCaptureFixture) -> None:
    globus = Tasks([FAILED])
    globus.broken["event_list"] = httpx.ConnectError("refused")
    with pytest.raises(TaskFailedError, match="FILE_NOT_FOUND: no such file") as raised:
        globus.client().run(one())
    assert not raised.value.report.is_complete
    assert "refused" in str(raised.value.report)


def test_fail_on_gives_up_by_the_condition_of_the_task() -> None:
    globus = Tasks([ACTIVE, DENIED])
    globus.events[task_id(0)] = [fault("/in/a")]
    with pytest.raises(TaskFailedError, match="given up, as PERMISSION_DENIED") as raised:
        globus.client().run(one(), fail_on={"FILE_NOT_FOUND", "permission_denied"})
    assert raised.value.task.status == "ACTIVE"
    assert [row.path for row in raised.value.report.failed] == ["/in/a"]
    assert not globus.canceled
    assert "cancelled" not in str(raised.value)


def test_fail_on_gives_up_by_a_fault_that_the_condition_does_not_show() -> None:
    globus = Tasks([ACTIVE, {**ACTIVE, "faults": 2}])
    globus.events[task_id(0)] = [fault("/in/b", "ENDPOINT_ERROR"), fault("/in/a", "QUOTA_EXCEEDED")]
    with pytest.raises(TaskFailedError, match="QUOTA_EXCEEDED is among"):
        globus.client().wait(task_id(0), fail_on="QUOTA_EXCEEDED")
    globus = Tasks([ACTIVE, {**ACTIVE, "faults": 2}, DONE])
    globus.events[task_id(0)] = [fault("/in/b", "ENDPOINT_ERROR")]
    assert globus.client().wait(task_id(0), fail_on={"QUOTA_EXCEEDED"}).status == "SUCCEEDED"


def test_what_has_succeeded_is_no_failure_whatever_went_wrong_before() -> None:
    globus = Tasks([{**DONE, "faults": 9}])
    globus.events[task_id(0)] = [fault("/in/a")]
    globus.client().run(one(), fail_on={"PERMISSION_DENIED"}, max_faults=3)


@pytest.mark.parametrize(("most", "gives_up"), [(0, True), (1, True), (2, False), (None, False)])
def test_max_faults_are_those_that_are_put_up_with(most: int | None, gives_up: bool) -> None:
    globus = Tasks([ACTIVE, {**ACTIVE, "faults": 2}, DONE])
    if gives_up:
        with pytest.raises(TaskFailedError, match=f"2 faults, more than {most}"):
            globus.client().run(one(), max_faults=most, cancel_on_exit=True)
        assert globus.canceled == [task_id(0)]
    else:
        globus.client().run(one(), max_faults=most, cancel_on_exit=True)
        assert not globus.canceled


def test_every_fault_is_told_once_the_oldest_first() -> None:
    globus = Tasks([ACTIVE, {**ACTIVE, "faults": 2}, {**ACTIVE, "faults": 2}, {**ACTIVE, "faults": 3}, DONE])
    events = [fault("/b", second=2), fault("/a", second=1)]
    globus.events[task_id(0)] = events
    told: list[TaskFault] = []

    def tell(given: TaskFault) -> None:
        told.append(given)
        events.insert(0, fault("/c", second=3)) if given.path == "/b" else None

    globus.client().run(one(), on_fault=tell)
    assert [(each.path, each.code, each.task_id) for each in told] == [
        (path, "PERMISSION_DENIED", task_id(0)) for path in ("/a", "/b", "/c")
    ]
    assert places(globus).count(f"task/{task_id(0)}/event_list") == 2


def test_what_on_fault_raises_ends_the_run() -> None:
    class Enough(Exception):
        pass

    def stop(given: TaskFault) -> None:
        raise Enough(given.path)

    globus = Tasks([DENIED])
    globus.events[task_id(0)] = [fault("/in/a")]
    with pytest.raises(Enough, match="/in/a"):
        globus.client().run(one(), on_fault=stop, cancel_on_exit=True)
    assert globus.canceled == [task_id(0)]


@pytest.mark.parametrize("cancel", [False, True])
def test_a_timeout_is_told_apart_from_a_failure(cancel: bool) -> None:
    globus = Tasks([{**ACTIVE, "nice_status": "GC_NOT_CONNECTED"}])
    with pytest.raises(TaskTimeoutError, match="has not ended after 60 s: ACTIVE, GC_NOT_CONNECTED") as raised:
        globus.client().run(one(), timeout=60, cancel_on_exit=cancel)
    assert isinstance(raised.value, TimeoutError)
    assert not isinstance(raised.value, TaskFailedError)
    assert sum(globus.pauses) == 60
    assert globus.canceled == [task_id(0)] * cancel
    assert ("cancelled" in str(raised.value)) == raised.value.canceled == cancel
    with pytest.raises(TaskTimeoutError):
        globus.client().wait(task_id(0), timeout=0)


def test_waiting_outlives_an_outage_and_tells_of_one_that_lasts() -> None:
    globus = Tasks([ACTIVE, DONE])
    client = globus.client()
    globus.broken[task_id(0)] = httpx.ConnectError("refused")
    calm = client.sleep

    def sleep(seconds: float) -> None:
        calm(seconds)
        if len(globus.pauses) == 4:
            globus.broken.clear()

    client.sleep = sleep
    assert client.run(one()).status == "SUCCEEDED"
    globus.broken[task_id(0)] = httpx.ConnectError("refused")
    with pytest.raises(GlobusConnectionError):
        client.wait(task_id(0), timeout=60)


def test_two_hundred_tasks_take_two_requests_a_round() -> None:
    globus = Tasks([*[ACTIVE] * 5, DONE])
    globus.looks *= 200
    globus.looks = [list(looks) for looks in globus.looks]
    tasks = globus.client().wait([task_id(number) for number in range(200)])
    assert [task.task_id for task in tasks] == [task_id(number) for number in range(200)]
    assert {task.status for task in tasks} == {"SUCCEEDED"}
    assert len(globus.pauses) == 5
    assert len(globus.requests) == 2 * 6
    assert all(request.url.path == "/v0.10/task_list" for request in globus.requests)
    assert max(len(str(request.url)) for request in globus.requests) < 8000


def test_several_are_waited_for_although_one_has_failed() -> None:
    globus = Tasks([FAILED], [ACTIVE, ACTIVE, DONE], [ACTIVE, FAILED])
    with pytest.raises(TaskFailedError, match="1 more of 3 tasks failed too") as raised:
        globus.client().wait([task_id(0), task_id(1), task_id(2)])
    assert [task.status for task in raised.value.tasks] == ["FAILED", "SUCCEEDED", "FAILED"]
    assert [task.task_id for task in raised.value.failed] == [task_id(0), task_id(2)]
    assert raised.value.task.task_id == task_id(0)


def test_a_task_that_a_list_lacks_is_asked_for_by_itself() -> None:
    globus = Tasks([ACTIVE, DONE], [{**ACTIVE, "hidden": True}, ACTIVE, DONE], [ACTIVE, ACTIVE, ACTIVE, DONE])
    tasks = globus.client().wait([task_id(0), task_id(1).upper(), task_id(2), task_id(0)])
    assert [task.task_id for task in tasks] == [task_id(0), task_id(1).upper().lower(), task_id(2), task_id(0)]
    globus.broken[task_id(1)] = httpx.Response(404, json={"code": "ClientError.NotFound", "message": "no"})
    globus.looks[1] = [{"hidden": True}]
    with pytest.raises(NotFoundError):
        globus.client().wait([task_id(0), task_id(1)])


def test_no_task_at_all_is_refused() -> None:
    nothing: list[Any] = [[], None]
    for each in nothing:
        with pytest.raises(GlobusUsageError, match="task_id"):
            Tasks([DONE]).client().wait(each)


def test_a_submission_whose_response_was_lost_is_found_and_cancelled() -> None:
    globus = Tasks([ACTIVE])
    data = one()
    lost = globus.__call__

    def lose(request: httpx.Request) -> httpx.Response:
        response = lost(request)
        if request.url.path == "/v0.10/transfer" and len(globus.requests) == 2:
            raise KeyboardInterrupt
        return response

    client = globus.client()
    transport = httpx.Client(transport=httpx.MockTransport(lose))
    client = type(client)(client.authorizer, base_url=client.base_url, http_client=transport, clock=lambda: NOW)
    with pytest.raises(KeyboardInterrupt):
        client.run(data, cancel_on_exit=True)
    assert globus.canceled == [task_id(0)]
    assert len(globus.submitted) == 1
    assert data.submission_id is None  # so that it is another task when it is run again


def test_a_refused_submission_leaves_nothing_to_cancel() -> None:
    globus = Tasks([ACTIVE])
    globus.broken["transfer"] = httpx.Response(403, json={"code": "PermissionDenied", "message": "no"})
    with pytest.raises(PermissionDeniedError):
        globus.client().run(one(), cancel_on_exit=True)
    assert places(globus) == ["submission_id", "transfer"]


def test_what_cannot_be_cancelled_is_told_and_the_first_exception_stays(caplog: pytest.LogCaptureFixture) -> None:
    globus = Tasks([ACTIVE])
    globus.broken["cancel"] = httpx.ConnectError("refused")
    data = one()
    with caplog.at_level(logging.WARNING, "globus_typed"), pytest.raises(TaskTimeoutError) as raised:
        globus.client().run(data, timeout=1, cancel_on_exit=True)
    assert not raised.value.canceled
    assert data.submission_id is not None
    assert f"task {task_id(0)} is left" in caplog.text


def test_a_report_of_any_task() -> None:
    globus = Tasks([{**ACTIVE, "faults": 5, "nice_status": "PERMISSION_DENIED"}])
    globus.events[task_id(0)] = [fault("/in/b", second=3), fault("/in/a", second=2), fault("/in/b", second=1)]
    report = globus.client().task_report(task_id(0))
    assert [(row.path, row.times) for row in report.failed] == [("/in/b", 2), ("/in/a", 1)]
    assert report.unlisted == 2
    assert places(globus) == [f"task/{task_id(0)}", *[f"task/{task_id(0)}/event_list"] * 2]
    report = globus.client().task_report(task_id(0), num_faults=1)
    assert [row.path for row in report.failed] == ["/in/b"]
    with pytest.raises(GlobusUsageError):
        globus.client().task_report(None)  # type: ignore[arg-type]  # it is what is tested


def test_watching_tells_the_rate_and_the_time_left() -> None:
    looks = [
        {**ACTIVE, "bytes_transferred": 1000 * number, "subtasks_total": 100, "subtasks_succeeded": 10 * number}
        for number in range(4)
    ]
    globus = Tasks([*looks, {**DONE, "effective_bytes_per_second": 400, "subtasks_total": 100}])
    watch = globus.client().task_progress(task_id(0))
    assert watch.now.rate is None
    seen = [(task.status, watch.now.rate, watch.now.time_left, watch.now.fraction) for task in watch]
    assert seen == [
        ("ACTIVE", None, None, 0.0),
        ("ACTIVE", 500.0, timedelta(seconds=18), 0.1),
        ("ACTIVE", 500.0, timedelta(seconds=16), 0.2),
        ("ACTIVE", 500.0, timedelta(seconds=14), 0.3),
        ("SUCCEEDED", 400.0, timedelta(0), 1.0),
    ]
