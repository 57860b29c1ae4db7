# Generated from test_async_batches.py by tools/unasync.py: change that file.
"""Jobs of several tasks: submitted, waited for and watched together; and large documents on the wire."""

from typing import Any

import httpx
import pytest
from pydantic_core import from_json

from globus_typed import DeleteData, GlobusUsageError, RetryPolicy, TransferClient, TransferData
from globus_typed.errors import ServiceUnavailableError

from .service import ID, OTHER, Service, error, ok

pytestmark = pytest.mark.anyio


def numbered(count: int) -> TransferData:
    data = TransferData(ID, OTHER)
    for n in range(count):
        data.add_item(f"/from/{n}", f"/to/{n}")
    return data


class Globus(Service):
    """Takes submissions, one task for each submission id; `fails` of them answer 503 first."""

    def __init__(self) -> None:
        super().__init__(self.answer)
        self.ids = 0
        self.tasks: dict[str, str] = {}
        self.bodies: list[bytes] = []
        self.fails = 0
        self.left: dict[str, int] = {}

    def answer(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/v0.10")
        if path == "/submission_id":
            self.ids += 1
            return ok(value=f"{self.ids:08}-0000-0000-0000-000000000000")
        if path in {"/transfer", "/delete"}:
            self.bodies.append(request.content)
            if self.fails:
                self.fails -= 1
                return error(503)
            submission = from_json(request.content)["submission_id"]
            code = "Duplicate" if submission in self.tasks else "Accepted"
            task = self.tasks.setdefault(submission, f"task-{len(self.tasks)}")
            return ok(task_id=task, submission_id=submission, code=code)
        task = path.rpartition("/")[2]
        self.left[task] = self.left.get(task, 0) - 1
        return ok(task_id=task, status="ACTIVE" if self.left[task] >= 0 else "SUCCEEDED")

    @property
    def looks(self) -> list[str]:
        return [request.url.path.rpartition("/")[2] for request in self.requests]


def test_batches_are_submitted_in_order_each_as_a_task_of_its_own() -> None:
    globus = Globus()
    data = numbered(25)
    batches = list(data.batches(max_items=10))
    results = globus.transfer().submit_all(batches)
    assert [result.task_id for result in results] == ["task-0", "task-1", "task-2"]
    sent = [from_json(body) for body in globus.bodies]
    assert [item["source_path"] for body in sent for item in body["DATA"]] == [f"/from/{n}" for n in range(25)]
    assert len({body["submission_id"] for body in sent}) == 3

    again = globus.transfer().submit_all(batches)
    assert [(result.task_id, result.code) for result in again] == [(f"task-{n}", "Duplicate") for n in range(3)]


def test_deletes_are_submitted_together_too() -> None:
    globus = Globus()
    data = DeleteData(ID)
    data.add_items({"path": f"/{n}"} for n in range(3))
    results = globus.transfer().submit_all(data.batches(max_items=2))
    assert [result.task_id for result in results] == ["task-0", "task-1"]
    assert globus.transfer().submit_all([]) == []


def test_after_a_failure_the_same_builders_go_on_where_it_was() -> None:
    globus = Globus()
    tc = globus.transfer().with_options(retry=RetryPolicy(max_retries=0))
    batches = list(numbered(20).batches(max_items=10))
    tc.submit_transfer(batches[0])
    globus.fails = 1
    with pytest.raises(ServiceUnavailableError):
        tc.submit_all(batches[1:])
    results = tc.submit_all(batches)
    assert [result.code for result in results] == ["Duplicate", "Accepted"]


def test_what_is_no_builder_is_refused_by_its_place() -> None:
    globus = Globus()
    wrong: Any = [numbered(1), {"DATA": []}]
    with pytest.raises(GlobusUsageError, match=r"batches\[1\]"):
        globus.transfer().submit_all(wrong)


def test_a_lot_is_waited_for_until_its_last_task_ends() -> None:
    globus = Globus()
    results = globus.transfer().submit_all(list(numbered(3).batches(max_items=1)))
    globus.requests.clear()
    globus.left = {"task-1": 2, "task-2": 1}
    assert globus.transfer().task_wait(results, timeout=100)
    assert globus.looks == ["task-0", "task-1", "task-1", "task-1", "task-2", "task-2"]
    globus.left = {"task-2": 9}
    assert not globus.transfer().task_wait(results[2], timeout=2, polling_interval=1)


def test_a_lot_is_watched_task_by_task() -> None:
    globus = Globus()
    results = globus.transfer().submit_all(list(numbered(3).batches(max_items=1)))
    globus.requests.clear()
    globus.left = {"task-1": 2, "task-2": 1}
    seen = [[task.status for task in tasks] for tasks in globus.transfer().task_progress(results)]
    assert seen == [
        ["SUCCEEDED", "ACTIVE", "ACTIVE"],
        ["SUCCEEDED", "ACTIVE", "SUCCEEDED"],
        ["SUCCEEDED", "SUCCEEDED", "SUCCEEDED"],
    ]
    assert globus.looks == ["task-0", "task-1", "task-2", "task-1", "task-2", "task-1"]
    assert [task.status for task in globus.transfer().task_progress(results[0])] == ["SUCCEEDED"]


def test_no_task_at_all_is_refused() -> None:
    tc = Globus().transfer()
    with pytest.raises(GlobusUsageError, match="task_id"):
        tc.task_wait([])
    with pytest.raises(GlobusUsageError, match="task_id"):
        tc.task_progress([])


def test_a_large_document_is_sent_whole_and_a_retry_sends_the_same() -> None:
    globus = Globus()
    tc: TransferClient = globus.transfer()
    data = numbered(20_000)
    globus.fails = 2
    tc.submit_transfer(data)
    first, second, third = globus.bodies
    assert first == second == third == data.to_wire()
    assert len(first) > 2**20
    sent = globus.requests[-1]
    assert sent.headers["Content-Length"] == str(len(first))
    assert sent.headers["Content-Type"] == "application/json"
    assert sent.headers["Host"] == "transfer.example"
    assert "Transfer-Encoding" not in sent.headers
    assert len(from_json(first)["DATA"]) == 20_000
