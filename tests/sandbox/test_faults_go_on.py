"""Tasks with a fault go on for as long as the sandbox is told: they are watched, canceled, or mended in time."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from globus_typed import AccessTokenAuthorizer, DeleteData, Task, TransferClient, TransferData
from globus_typed.errors import GlobusUsageError
from globus_typed.sandbox import Sandbox


class Place:
    """A sandbox whose tasks go on for an hour, by a clock that moves when the test says so."""

    def __init__(self, directory: Path) -> None:
        self.now = time.time()
        self.sandbox = Sandbox(directory=directory, clock=lambda: self.now, retry_faults_for=timedelta(hours=1))

    def submit(self) -> str:
        data = TransferData(self.sandbox.source.id, self.sandbox.destination.id)
        data.add_item("/~/late.txt", "/~/late.txt")
        data.add_item("/~/project1/readme.txt", "/~/readme.txt")
        return self.client.submit_transfer(data).task_id

    def __enter__(self) -> "Place":
        self.sandbox.start()
        self.client = TransferClient(AccessTokenAuthorizer(self.sandbox.access_token()), base_url=self.sandbox.url)
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()
        self.sandbox.stop()

    def once(self, task_id: str, reached: Callable[[Task], bool]) -> Task:
        """The task as soon as it is so."""
        give_up = time.monotonic() + 20
        while not reached(task := self.client.get_task(task_id)):
            assert time.monotonic() < give_up, task
        return task


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with Place(tmp_path) as place:
        yield place


def with_faults(number: int) -> Callable[[Task], bool]:
    return lambda task: task.faults is not None and task.faults >= number


def test_faults_grow_and_the_task_says_what_is_wrong(place: Place) -> None:
    task_id = place.submit()
    task = place.once(task_id, with_faults(3))
    assert (task.status, task.nice_status, task.is_ok, task.fatal_error) == ("ACTIVE", "FILE_NOT_FOUND", False, None)
    assert (task.nice_status_short_description, task.subtasks_retrying) == ("file not found", 1)
    # What is well is moved meanwhile.
    assert (task.files_transferred, task.subtasks_succeeded) == (1, 1)
    for pause in (1, 2, 4):
        place.now += pause
        task = place.once(task_id, with_faults((task.faults or 0) + 1))
    assert (task.status, task.faults) == ("ACTIVE", 6)
    errors = [event for event in place.client.task_event_list(task_id, None) if event.is_error]
    assert [event.code for event in errors] == ["FILE_NOT_FOUND"] * 6
    times = [event.time for event in errors if event.time is not None]
    assert times[0] - times[-1] == timedelta(seconds=7)


def test_a_cancel_ends_it(place: Place) -> None:
    task_id = place.submit()
    place.once(task_id, with_faults(3))
    assert place.client.cancel_task(task_id).code == "Canceled"
    task = place.client.get_task(task_id)
    assert (task.status, task.nice_status) == ("FAILED", None)
    assert task.fatal_error is not None
    assert task.fatal_error.code == "CANCELED"


def test_what_is_mended_in_time_succeeds(place: Place) -> None:
    task_id = place.submit()
    place.once(task_id, with_faults(3))
    (place.sandbox.source.root / "late.txt").write_text("here at last")
    place.now += 1
    task = place.once(task_id, lambda task: task.status != "ACTIVE")
    assert (task.status, task.faults, task.files_transferred, task.subtasks_retrying) == ("SUCCEEDED", 3, 2, 0)
    assert (place.sandbox.destination.root / "late.txt").read_text() == "here at last"


def test_after_that_time_it_fails(place: Place) -> None:
    task_id = place.submit()
    place.once(task_id, with_faults(3))
    place.now += 3599
    assert place.once(task_id, with_faults(4)).status == "ACTIVE"
    place.now += 1
    task = place.once(task_id, lambda task: task.status != "ACTIVE")
    assert (task.status, task.faults, task.subtasks_failed) == ("FAILED", 5, 1)
    assert task.fatal_error is not None
    assert task.fatal_error.code == "FILE_NOT_FOUND"


def test_deletes_go_on_too_and_the_sandbox_stops_at_once(place: Place) -> None:
    data = DeleteData(place.sandbox.destination.id, recursive=True)
    data.add_item("/~/nothing/")
    task_id = place.client.submit_delete(data).task_id
    assert place.once(task_id, with_faults(3)).nice_status == "FILE_NOT_FOUND"
    since = time.monotonic()
    place.sandbox.stop()
    assert time.monotonic() - since < 5


def test_a_deadline_ends_it(place: Place) -> None:
    deadline = datetime.fromtimestamp(place.now + 1800, timezone.utc)
    data = TransferData(place.sandbox.source.id, place.sandbox.destination.id, deadline=deadline)
    data.add_item("/~/late.txt", "/~/late.txt")
    task_id = place.client.submit_transfer(data).task_id
    place.once(task_id, with_faults(3))
    place.now += 1801
    task = place.once(task_id, lambda task: task.status != "ACTIVE")
    assert task.fatal_error is not None
    assert task.fatal_error.code == "EXPIRED"


PROGRAM = """
import os
from globus_typed import AccessTokenAuthorizer, ConfidentialAppAuthClient, DeleteData, TransferClient
app = ConfidentialAppAuthClient(os.environ["GLOBUS_SANDBOX_CLIENT_ID"], os.environ["GLOBUS_SANDBOX_CLIENT_SECRET"])
token = app.oauth2_client_credentials_tokens().by_resource_server["transfer.api.globus.org"].access_token
with TransferClient(AccessTokenAuthorizer(token)) as tc:
    data = DeleteData(next(iter(tc.endpoint_search(filter_scope="my-endpoints"))).id)
    data.add_item("/~/nothing")
    task_id = tc.submit_delete(data).task_id
    while (task := tc.get_task(task_id)).faults < 3:
        pass
    print(task.status, task.nice_status, tc.cancel_task(task_id).code)
"""


def test_the_command_has_an_option_for_it() -> None:
    command = [sys.executable, "-W", "error", "-m", "globus_typed", "sandbox", "--retry-faults-for", "3600", "run"]
    done = subprocess.run([*command, "--", sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ["ACTIVE", "FILE_NOT_FOUND", "Canceled"], done.stderr


def test_a_time_is_not_negative() -> None:
    with pytest.raises(GlobusUsageError, match="retry_faults_for: must be at least 0 seconds"):
        Sandbox(retry_faults_for=timedelta(seconds=-1))
