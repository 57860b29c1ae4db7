"""The large job from end to end: validated from its file, submitted in ten batches, every item accounted for.

GLOBUS_TYPED_ITEMS says how many items; ``GLOBUS_TYPED_ITEMS=1000000 pytest -s tests/sandbox/test_million.py`` shows
what each step of a million takes. That needs 2,000,000 inodes and some minutes.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from globus_typed import AccessTokenAuthorizer, TransferClient, TransferData
from globus_typed.sandbox import Sandbox

pytestmark = pytest.mark.once

ITEMS = int(os.environ.get("GLOBUS_TYPED_ITEMS", "5000"))
BATCH = -(-ITEMS // 10)
IN_A_DIRECTORY = 1000
COMMAND = [sys.executable, "-W", "error", "-m", "globus_typed"]


def name(number: int) -> str:
    return f"part{number // IN_A_DIRECTORY:04}/sample_{number:07}.dat"


def make_files(root: Path) -> None:
    """Zero bytes each."""
    for number in range(ITEMS):
        if number % IN_A_DIRECTORY == 0:
            (root / name(number)).parent.mkdir(parents=True)
        os.close(os.open(root / name(number), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))


def number_of_empty_files(root: Path) -> int:
    """How many of the files are there; another one, or one with something in it, is none of them."""
    found = 0
    for part in os.scandir(root):
        for entry in os.scandir(part):
            number = int(entry.name[7:14])
            assert f"{part.name}/{entry.name}" == name(number)
            assert number < ITEMS
            assert entry.is_file(follow_symlinks=False)
            assert not entry.stat().st_size
            found += 1
    return found


def write(job: Path, sandbox: Sandbox, spoilt: int | None) -> None:
    """The document, with an item a line from line 2 on; `spoilt` is the item whose path is wrong."""
    ends = f'"source_endpoint": "{sandbox.source.id}", "destination_endpoint": "{sandbox.destination.id}"'
    with job.open("w", encoding="ascii") as file:
        file.write(f'{{"DATA_TYPE": "transfer", {ends}, "verify_checksum": true, "DATA": [\n')
        for number in range(ITEMS):
            slash = "" if number == spoilt else "/"
            paths = f'"source_path": "/run/{name(number)}", "destination_path": "{slash}results/{name(number)}"'
            comma = "," if number + 1 < ITEMS else ""
            file.write(f'{{"DATA_TYPE": "transfer_item", {paths}, "recursive": false}}{comma}\n')
        file.write("]}\n")


def validated(file: Path) -> tuple[int, list[str]]:
    """What the command has to say of a file, and its exit status."""
    done = subprocess.run([*COMMAND, "validate", file.name], cwd=file.parent, capture_output=True, text=True)
    assert not done.stderr
    return done.returncode, done.stdout.splitlines()


@contextmanager
def step(title: str) -> Generator[None, None, None]:
    """Say what a step took: seconds, and where the system tells it the peak memory of this process, sandbox and all."""
    memory = Path("/proc/self/clear_refs")
    if memory.exists():
        memory.write_text("5", encoding="ascii")
    start = time.perf_counter()
    yield
    took = f"{time.perf_counter() - start:8.1f} s"
    if memory.exists():
        (peak,) = re.findall(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))
        took += f"{int(peak) / 1024:8.0f} MB"
    sys.stdout.write(f"\n{title:44}{took}")


def test_every_item_is_validated_submitted_and_accounted_for(globus_sandbox: Sandbox, tmp_path: Path) -> None:
    source, destination = (side.root for side in (globus_sandbox.source, globus_sandbox.destination))
    job = tmp_path / "job.json"

    with step(f"{ITEMS:,} files of zero bytes"):
        make_files(source / "run")
    spoilt = ITEMS * 2 // 3
    write(job, globus_sandbox, spoilt)
    with step("validate, one item spoilt"):
        status, said = validated(job)
    field = f"job.json:{spoilt + 2}: items[{spoilt}].destination_path"
    problem = f'must be absolute (start with "/" or "~"), got "results/{name(spoilt)}"'
    assert said == [f"{field}: {problem}", f"1 problem in 1 document with {ITEMS:,} items."]
    assert status == 1
    write(job, globus_sandbox, None)
    with step("validate, all right"):
        assert validated(job) == (0, [f"Nothing wrong in 1 document with {ITEMS:,} items."])

    with step("read"):
        data = TransferData.model_validate_json(job.read_bytes())
    job.unlink()
    assert len(data.items) == ITEMS

    # Looks for the end more often than every second, which is the least that may be asked for.
    with TransferClient(
        AccessTokenAuthorizer(globus_sandbox.access_token()), sleep=lambda seconds: time.sleep(seconds / 20)
    ) as tc:
        with step("submitted"):
            results = tc.submit_all(data.batches(max_items=BATCH))
        del data
        assert len({result.task_id for result in results}) == len(results) == -(-ITEMS // BATCH)
        with step("transferred"):
            assert tc.task_wait(results, timeout=100_000, polling_interval=1)
        tasks = [tc.get_task(result.task_id) for result in results]
        assert {(task.status, task.faults, task.subtasks_failed) for task in tasks} == {("SUCCEEDED", 0, 0)}
        assert sum(task.files_transferred or 0 for task in tasks) == ITEMS

        # How often each item is in the lists, which are far longer than what has to be remembered of them.
        times = bytearray(ITEMS)
        with step("lists of successful transfers"):
            for result in results:
                for moved in tc.task_successful_transfers(
                    result.task_id, num_results=None, query_params={"limit": 1000}
                ):
                    number = int((moved.source_path or "")[-11:-4])
                    paths = (moved.source_path, moved.destination_path)
                    assert paths == (f"/run/{name(number)}", f"/results/{name(number)}")
                    times[number] += 1
    assert times == b"\1" * ITEMS
    with step("files looked for"):
        assert number_of_empty_files(destination / "results") == ITEMS
