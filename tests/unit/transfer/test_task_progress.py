"""Numbers of tasks, which to look at, and when to give up."""

from datetime import timedelta
from itertools import islice
from typing import Any

import pytest

from globus_typed import GlobusUsageError, Progress, Task
from globus_typed.transfer.tasks.limits import Limits
from globus_typed.transfer.tasks.lookout import Lookout, several_tasks, waits
from globus_typed.transfer.tasks.progress import Meter

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d2{:04}"


def task(number: int = 0, **more: Any) -> Task:
    return Task.model_validate({"task_id": ID.format(number), "status": "ACTIVE", **more})


def at(done: int, total: int = 100, moved: int = 0, **more: Any) -> Task:
    return task(subtasks_total=total, subtasks_succeeded=done, bytes_transferred=moved, **more)


def test_there_is_no_rate_before_the_second_look_unless_the_service_tells_one() -> None:
    assert Meter().take([at(0)], 0.0).rate is None
    assert Meter().take([at(0, effective_bytes_per_second=7)], 0.0).rate == 7
    assert Meter().take([at(5)], 0.0).time_left is None


def test_a_task_that_has_come_to_a_halt_has_no_rate_and_no_end() -> None:
    meter = Meter()
    for second in range(0, 40, 10):
        meter.take([at(second, moved=second * 100)], second)
    assert meter.now.rate == 100
    for second in range(40, 140, 10):
        meter.take([at(30, moved=3000)], second)
    assert (meter.now.rate, meter.now.time_left) == (0, None)


def test_what_does_not_count_is_done_too() -> None:
    counts = {
        "subtasks_failed": 1,
        "subtasks_canceled": 2,
        "subtasks_expired": 3,
        "subtasks_skipped_errors": 4,
        "subtasks_succeeded": 5,
    }
    assert Meter().take([task(subtasks_total=20, **counts)], 0.0).fraction == 0.75


def test_several_tasks_are_added_up() -> None:
    meter = Meter()
    meter.take([at(10, moved=100), at(0)], 0.0)
    now = meter.take([at(30, moved=300, faults=2), at(0, 50, 100, faults=1)], 10.0)
    assert (now.tasks, now.ended, now.done, now.total, now.faults, now.rate) == (2, 0, 30, 150, 3, 30)
    assert now.time_left == timedelta(seconds=60)
    assert meter.take([at(30, status="FAILED"), at(50, status="SUCCEEDED")], 20.0).time_left == timedelta(0)
    assert meter.now.fraction == 1


def test_a_clock_that_is_set_back_or_stands_still_breaks_nothing() -> None:
    meter = Meter()
    for time in (100.0, 100.0, 50.0):
        assert meter.take([at(0, moved=1000)], time).rate is None
    assert meter.take([at(0, moved=2000)], 60.0).rate == 100


def test_more_tasks_than_before_are_no_speed() -> None:
    meter = Meter()
    meter.take([at(0)], 0.0)
    assert meter.take([at(0), at(50, moved=10**9)], 1.0).rate is None


def test_progress_of_nothing() -> None:
    assert Progress().fraction is None
    assert Meter().take([], 0.0) == Progress()


def test_two_hundred_ids_are_two_requests_that_fit_a_url() -> None:
    lookout = Lookout([ID.format(number) for number in range(200)])
    groups = lookout.groups()
    assert [len(group) for group in groups] == [100, 100]
    assert max(len(str(several_tasks(group).query["filter"])) for group in groups) < 4000


def test_those_that_have_ended_are_not_looked_at_any_more() -> None:
    lookout = Lookout([ID.format(1), ID.format(2).upper(), ID.format(1), ID.format(3)])
    (group,) = lookout.groups()
    assert len(group) == lookout.count == 3
    assert lookout.take(group, [task(2, status="FAILED"), task(1)]) == [ID.format(3)]
    assert (lookout.is_complete, lookout.count) == (False, 3)
    assert lookout.groups() == [[ID.format(1)], [ID.format(3)]]
    lookout.take([ID.format(3)], [task(3, status="SUCCEEDED")])
    lookout.take([ID.format(1)], [task(1, status="INACTIVE")])
    assert (lookout.is_complete, lookout.left) == (True, [])
    assert [each.status for each in lookout.tasks] == ["INACTIVE", "FAILED", "INACTIVE", "SUCCEEDED"]
    assert len(lookout.seen) == 3


def test_what_is_no_uuid_is_asked_for_by_itself_and_what_is_no_id_is_refused() -> None:
    assert Lookout(["task-1", ID.format(1), "a,b"]).groups() == [[ID.format(1)], ["task-1"], ["a,b"]]
    for wrong in (None, "", "a/b", 1.5):
        with pytest.raises(GlobusUsageError, match="task_id"):
            Lookout([wrong])


def test_pauses() -> None:
    assert list(islice(waits(3, 10), 3)) == [3, 3, 3]
    grown = list(islice(waits(None, 10), 12))
    assert grown == sorted(grown)
    assert (grown[0], grown[-1]) == (0.5, 10)


@pytest.mark.parametrize("code", ["OK", "succeeded", "PERMISSION_DENIED ", "FILE_NOT_FOUN", "", 7, None])
def test_codes_that_can_be_no_failure_are_refused(code: Any) -> None:
    with pytest.raises(GlobusUsageError, match=r"^fail_on: "):
        Limits.of({code}, None)


def test_codes_that_are_not_known_yet_are_taken() -> None:
    limits = Limits.of({"QUOTA_EXCEEDED", "Gc_Not_Connected"}, 5)
    assert limits.exceeded(task(nice_status="GC_NOT_CONNECTED"), []) is not None
    assert limits.exceeded(task(), ["quota_exceeded"]) is not None
    assert limits.exceeded(task(nice_status="OK", faults=5), ["OTHER"]) is None
    assert limits.exceeded(task(nice_status="GC_NOT_CONNECTED", status="FAILED", faults=99), []) is None
