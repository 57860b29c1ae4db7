"""Running tasks, and waiting for them, as programs do it: against a sandbox that moves files."""

from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest

from globus_typed import (
    AccessTokenAuthorizer,
    AsyncTransferClient,
    DeleteData,
    TaskFailedError,
    TaskFault,
    TaskTimeoutError,
    TransferClient,
    TransferData,
)
from globus_typed.sandbox import Sandbox


@pytest.fixture(scope="module")
def patient() -> Iterator[Sandbox]:
    """A sandbox that tries again for an hour, as the service does until the deadline."""
    with Sandbox(retry_faults_for=3600) as sandbox:
        yield sandbox


def client(sandbox: Sandbox) -> TransferClient:
    return TransferClient(AccessTokenAuthorizer(sandbox.access_token()), base_url=sandbox.url)


def copy_of(sandbox: Sandbox, *names: str, skip_source_errors: bool = False) -> TransferData:
    data = TransferData(sandbox.source.id, sandbox.destination.id, label="a run", skip_source_errors=skip_source_errors)
    for name in names:
        data.add_item(f"/~/{name}", f"/~/{name}.copy")
    return data


def plant(root: Path, *names: str) -> None:
    for name in names:
        (root / name).write_bytes(b"x" * 1000)


def test_many_tasks_of_both_kinds_are_waited_for(globus_sandbox: Sandbox) -> None:
    tc, root = client(globus_sandbox), globus_sandbox.source.root
    plant(root, *(f"{number}.bin" for number in range(30)))
    transfers = [copy_of(globus_sandbox, f"{number}.bin") for number in range(30)]
    tasks = tc.run(transfers, progress=True, timeout=60)
    assert [task.status for task in tasks] == ["SUCCEEDED"] * 30
    assert (globus_sandbox.destination.root / "29.bin.copy").read_bytes() == b"x" * 1000
    deletes = [DeleteData(globus_sandbox.source.id) for _ in range(30)]
    for number, delete in enumerate(deletes):
        delete.add_item(f"/~/{number}.bin")
    results = tc.submit_all(deletes)
    assert [task.type for task in tc.wait([*results, tasks[0], tasks[1].task_id], timeout=60)] == [
        *["DELETE"] * 30,
        *["TRANSFER"] * 2,
    ]
    assert not (root / "29.bin").exists()


def test_a_file_that_is_not_there_fails_at_once_if_it_is_asked_to(patient: Sandbox) -> None:
    tc = client(patient)
    plant(patient.source.root, "there.txt")
    told: list[TaskFault] = []
    with pytest.raises(TaskFailedError, match=r"FILE_NOT_FOUND: /~/not there\.txt") as raised:
        tc.run(
            copy_of(patient, "there.txt", "not there.txt"),
            timeout=60,
            fail_on={"FILE_NOT_FOUND", "PERMISSION_DENIED"},
            on_fault=told.append,
            cancel_on_exit=True,
        )
    error = raised.value
    assert error.canceled
    assert [row.path for row in error.report.failed] == ["/~/not there.txt"]
    assert told[0].path == "/~/not there.txt"
    assert tc.get_task(error.task.task_id).status == "FAILED"


def test_a_report_after_all_tells_what_was_skipped_and_what_failed(globus_sandbox: Sandbox) -> None:
    tc = client(globus_sandbox)
    plant(globus_sandbox.source.root, "good.txt")
    data = copy_of(globus_sandbox, "good.txt", "gone.txt", skip_source_errors=True)
    task = tc.run(data, timeout=60)
    report = tc.task_report(task.task_id)
    assert [row.source_path for row in report.skipped] == ["/~/gone.txt"]
    assert report.is_complete
    assert "skipped  FILE_NOT_FOUND         /~/gone.txt" in report.to_table()
    with pytest.raises(TaskFailedError) as raised:
        tc.run(copy_of(globus_sandbox, "gone.txt", "good.txt"), timeout=60)
    assert raised.value.task.status == "FAILED"
    again = tc.task_report(raised.value.task)
    assert [(row.path, row.code) for row in again.failed] == [("/~/gone.txt", "FILE_NOT_FOUND")]
    delete = DeleteData(globus_sandbox.source.id)
    delete.add_item("/~/never there.txt")
    with pytest.raises(TaskFailedError, match="never there"):
        tc.run(delete, timeout=60)


def test_what_is_given_up_can_be_run_again_as_another_task(patient: Sandbox) -> None:
    tc = client(patient)
    data = copy_of(patient, "comes later.txt")
    with pytest.raises(TaskTimeoutError) as raised:
        tc.run(data, timeout=0.5, polling_interval=0.1, cancel_on_exit=True)
    assert raised.value.canceled
    plant(patient.source.root, "comes later.txt")
    task = tc.run(data, timeout=60)
    assert task.status == "SUCCEEDED"
    assert task.task_id != raised.value.task.task_id


def test_an_async_program_that_is_cancelled_leaves_no_task(patient: Sandbox) -> None:
    async def main() -> None:
        async with AsyncTransferClient(AccessTokenAuthorizer(patient.access_token()), base_url=patient.url) as tc:
            data = copy_of(patient, "never.txt")
            with anyio.move_on_after(0.5) as scope:
                await tc.run(data, polling_interval=0.1, cancel_on_exit=True)
            assert scope.cancelled_caught
            (task,) = await tc.task_list(1).all()
            assert task.status == "FAILED"

    anyio.run(main)
