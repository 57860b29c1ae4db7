# Generated from test_async_waiting.py by tools/unasync.py: change that file.
"""Waiting for a task, and watching it."""

from typing import Any

import httpx
import pytest

from globus_typed import (
    AuthenticationError,
    GlobusConnectionError,
    GlobusUsageError,
    GlobusWarning,
    NotFoundError,
    ServiceUnavailableError,
    Task,
)

from .service import ID, NOW, OTHER, Answer, Service, error, ok

pytestmark = pytest.mark.anyio


def both(status: str) -> httpx.Response:
    return ok(DATA=[{"task_id": OTHER, "status": status}, {"task_id": ID, "status": status}])


ACTIVE, DONE = ok(task_id=ID, status="ACTIVE"), ok(task_id=ID, status="SUCCEEDED")


@pytest.mark.parametrize(
    ("arguments", "pauses"),
    [
        ({}, [10]),
        ({"timeout": 10, "polling_interval": 10}, [10]),
        ({"timeout": 25, "polling_interval": 10}, [10, 10, 5]),
        ({"timeout": 30, "polling_interval": 10}, [10, 10, 10]),
        ({"timeout": 5, "polling_interval": 10}, [5]),
        ({"timeout": 1, "polling_interval": 1}, [1]),
        ({"timeout": 4, "polling_interval": 1.5}, [1.5, 1.5, 1]),
    ],
)
def test_waiting_for_a_task_that_does_not_end_looks_at_every_interval_and_at_the_timeout(
    arguments: dict[str, float], pauses: list[float]
) -> None:
    service = Service(ACTIVE)
    assert service.transfer().task_wait(ID, **arguments) is False
    assert service.pauses == pauses
    assert len(service.requests) == len(pauses) + 1


@pytest.mark.parametrize("status", ["SUCCEEDED", "FAILED", "INACTIVE"])
def test_waiting_ends_when_the_task_is_active_no_more(status: str) -> None:
    service = Service(ACTIVE, ACTIVE, ok(task_id=ID, status=status))
    assert service.transfer().task_wait(ID, timeout=600, polling_interval=60) is True
    assert service.pauses == [60, 60]
    assert {str(request.url) for request in service.requests} == {f"https://transfer.example/v0.10/task/{ID}"}


@pytest.mark.parametrize("status", ["BRAND_NEW", None])
def test_a_status_that_is_not_known_does_not_end_the_waiting_and_is_told_once(status: str | None) -> None:
    new = ok(task_id=ID, status=status)
    with pytest.warns(GlobusWarning, match="is not known") as told:
        assert Service(new, new, DONE).transfer().task_wait(ID, timeout=600) is True
    assert len(told) == 1
    with pytest.warns(GlobusWarning, match="is not known"):
        assert Service(new).transfer().task_wait(ID, timeout=30) is False
    watching = Service(new, new, DONE).transfer().task_progress(ID)
    with pytest.warns(GlobusWarning, match="is not known") as told:
        seen = [task.status for task in watching]
    assert seen == [status, status, "SUCCEEDED"]
    assert len(told) == 1


OUTAGES: dict[str, list[Answer]] = {
    "no connection": [httpx.ConnectError("refused")] * 9,
    "no answer": [httpx.ReadTimeout("late")] * 12,
    "busy": [error(503)] * 12,
    "too many": [error(429, headers={"Retry-After": "100000"})] * 3,
    "cut": [httpx.Response(200, content=b'{"task_id": "')] * 12,
    "a page of a proxy": [httpx.Response(200, content=b"<html>")] * 12,
}


@pytest.mark.parametrize("outage", OUTAGES.values(), ids=OUTAGES.keys())
@pytest.mark.parametrize("before", [[], [ACTIVE]], ids=["at once", "later"])
def test_waiting_outlives_an_outage(before: list[Answer], outage: list[Answer]) -> None:
    service = Service(*before, *outage, DONE)
    assert service.transfer().task_wait(ID, timeout=3600) is True
    service = Service(*before, *outage, DONE)
    seen = [task.status for task in service.transfer().task_progress(ID, timeout=3600)]
    assert seen == ["ACTIVE"] * len(before) + ["SUCCEEDED"]
    service = Service(*[both("ACTIVE")] * len(before), *outage, both("SUCCEEDED"))
    tasks = [Task(task_id=ID, status="ACTIVE"), Task(task_id=OTHER, status="ACTIVE")]
    looks = [[task.status for task in look] for look in service.transfer().task_progress(tasks, timeout=3600)]
    assert looks[-1] == ["SUCCEEDED", "SUCCEEDED"]


def test_an_outage_that_lasts_is_the_error_at_the_timeout() -> None:
    with pytest.raises(GlobusConnectionError):
        Service(ACTIVE, httpx.ConnectError("refused")).transfer().task_wait(ID, timeout=60)
    with pytest.raises(ServiceUnavailableError):
        for _ in Service(ACTIVE, error(503)).transfer().task_progress(ID, timeout=60):
            pass


@pytest.mark.parametrize("seconds", [7.0, 70.0])
def test_requests_count_as_waiting(seconds: float) -> None:
    """By the clock, which goes on while the service thinks."""
    now = [NOW]

    def slowly(request: httpx.Request) -> httpx.Response:
        now[0] += seconds
        return httpx.Response(200, json={"task_id": ID, "status": "ACTIVE"})

    service = Service(slowly)
    tc = service.transfer()
    tc.clock = lambda: now[0] + sum(service.pauses)
    assert tc.task_wait(ID, timeout=60, polling_interval=10) is False
    assert now[0] + sum(service.pauses) - NOW <= 60 + seconds


def test_a_task_that_has_ended_is_looked_at_once() -> None:
    service = Service(DONE)
    assert service.transfer().task_wait(ID) is True
    assert not service.pauses


@pytest.mark.parametrize("name", ["timeout", "polling_interval"])
@pytest.mark.parametrize("seconds", [0, 0.5, -1, float("nan")])
def test_waiting_less_than_a_second_is_refused_by_name(name: str, seconds: float) -> None:
    service = Service(DONE)
    arguments: dict[str, Any] = {name: seconds}
    with pytest.raises(GlobusUsageError, match=rf"^{name}: "):
        service.transfer().task_wait(ID, **arguments)
    assert not service.requests


def test_a_refusal_ends_the_waiting() -> None:
    with pytest.raises(NotFoundError):
        Service(ACTIVE, error(404)).transfer().task_wait(ID, timeout=100)
    with pytest.raises(AuthenticationError):
        Service(ACTIVE, error(401)).transfer().task_wait(ID, timeout=100)


def test_a_service_that_is_busy_for_a_moment_does_not() -> None:
    service = Service(ACTIVE, error(503, headers={"Retry-After": "3"}), DONE)
    assert service.transfer().task_wait(ID, timeout=100) is True
    assert service.pauses == [10, 3]


def test_watching_gives_the_task_at_every_look_and_how_it_ended() -> None:
    service = Service(ACTIVE, ok(task_id=ID, status="ACTIVE", files=7), ok(task_id=ID, status="FAILED"))
    seen = [(task.status, task.files) for task in service.transfer().task_progress(ID)]
    assert seen == [("ACTIVE", None), ("ACTIVE", 7), ("FAILED", None)]
    assert service.pauses == [2, 2]


def test_watching_asks_when_a_task_is_wanted_and_no_earlier() -> None:
    service = Service(ACTIVE)
    watching = service.transfer().task_progress(ID, polling_interval=5)
    assert not service.requests
    for _ in watching:
        if len(service.requests) == 3:
            break
    assert service.pauses == [5, 5]


@pytest.mark.parametrize(("timeout", "looks"), [(0, 1), (1, 2), (2, 2), (5, 4)])
def test_watching_stops_at_the_timeout(timeout: float, looks: int) -> None:
    service = Service(ACTIVE)
    seen = list(service.transfer().task_progress(ID, timeout=timeout))
    assert len(seen) == len(service.requests) == looks
    assert seen[-1].status == "ACTIVE"


@pytest.mark.parametrize(
    ("name", "seconds"),
    [
        ("polling_interval", 0),
        ("polling_interval", -1),
        ("polling_interval", float("nan")),
        ("timeout", -1),
        ("timeout", float("nan")),
    ],
)
def test_watching_out_of_range_is_refused_at_the_call(name: str, seconds: float) -> None:
    arguments: dict[str, Any] = {name: seconds}
    with pytest.raises(GlobusUsageError, match=rf"^{name}: "):
        Service(ACTIVE).transfer().task_progress(ID, **arguments)
