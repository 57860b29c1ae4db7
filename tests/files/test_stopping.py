"""Programs that are stopped, by Ctrl-C, by cancelling or by force: no thread, no task and no wrong file stays."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import anyio
import pytest

from globus_typed import CollectionFiles

from .async_making import async_open_files
from .collection import ID, World, eventually
from .making import open_files

BIG = bytes(range(251)) * 40_000


def threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name == "globus_typed.files"]


def size_of(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def interrupt_when(world: World, count: int, folder: Path | None = None) -> threading.Thread:
    """Send Ctrl-C to this process as soon as so many requests wait, and a part in that folder has a MiB."""

    def is_time() -> bool:
        written = folder is None or any(size_of(path) >= 2**20 for path in folder.glob("*.part"))
        return written and len(world.seen) >= count and world.waiting.is_set()

    def run() -> None:
        if eventually(is_time):
            os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.parametrize("what", ["download", "read"])
def test_ctrl_c_ends_threads_that_wait_for_a_server_that_says_nothing(world: World, tmp_path: Path, what: str) -> None:
    for number in range(8):
        world.put(f"/{number}", BIG)
    world.fail("stall", times=99, after=3_000_000)
    began = time.monotonic()
    with open_files(world) as files:
        files.url_for("/0")
        interrupting = interrupt_when(world, 4, tmp_path if what == "download" else None)
        with pytest.raises(KeyboardInterrupt):
            if what == "download":
                files.download_many([(f"/{number}", tmp_path / f"{number}") for number in range(8)], concurrency=4)
            else:
                files.read_ranges([f"/{number}" for number in range(8)], [(0, None)] * 8, concurrency=4)
        interrupting.join()
    assert not threads()
    assert time.monotonic() - began < 10
    names = {path.name for path in tmp_path.iterdir()}
    assert all(name.endswith((".part", ".part.json")) for name in names)
    # What had come can be resumed.
    world.faults.clear()
    world.released.set()
    if what == "download":
        assert names
        with open_files(world) as files:
            results = files.download_many([(f"/{number}", tmp_path / f"{number}") for number in range(8)])
        assert any(result.resumed_from >= 2**20 for result in results)
        assert all((tmp_path / f"{number}").read_bytes() == BIG for number in range(8))


def test_ctrl_c_while_headers_are_waited_for(world: World, tmp_path: Path) -> None:
    world.fail("stall before", times=99)
    world.put("/f", BIG)
    began = time.monotonic()
    with open_files(world) as files:
        files.url_for("/f")
        interrupting = interrupt_when(world, 2)
        with pytest.raises(KeyboardInterrupt):
            files.download_many([("/f", tmp_path / "a"), ("/f", tmp_path / "b")], concurrency=2, verify="size")
        interrupting.join()
    assert not threads()
    assert time.monotonic() - began < 10
    assert not list(tmp_path.iterdir())


def test_the_pauses_of_stopped_threads_end(world: World, tmp_path: Path) -> None:
    world.fail("429", times=99)  # seven seconds each
    world.waiting.set()
    with CollectionFiles(ID, https_server=world.url) as files:
        interrupting = interrupt_when(world, 2)
        began = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            files.download_many([("/f", tmp_path / "a"), ("/f", tmp_path / "b")], concurrency=2)
        interrupting.join()
    assert time.monotonic() - began < 6
    assert not threads()


@pytest.mark.anyio
async def test_a_task_that_is_cancelled_keeps_the_part(world: World, tmp_path: Path) -> None:
    world.put("/f", BIG)
    world.fail("stall", after=3_000_000)
    async with async_open_files(world) as files:
        async with anyio.create_task_group() as group:
            group.start_soon(files.download, "/f", tmp_path / "f")
            await anyio.to_thread.run_sync(eventually, lambda: size_of(tmp_path / "f.part") >= 2 * 2**20)
            group.cancel_scope.cancel()
        assert set(os.listdir(tmp_path)) == {"f.part", "f.part.json"}
        result = await files.download("/f", tmp_path / "f")
    assert result.resumed_from >= 2 * 2**20
    assert (tmp_path / "f").read_bytes() == BIG


@pytest.mark.anyio
async def test_an_upload_that_is_cancelled_leaves_nothing(world: World) -> None:
    async with async_open_files(world) as files:
        with anyio.CancelScope() as scope:
            await files.upload(BIG, "/f", progress=lambda _: scope.cancel())
        assert scope.cancelled_caught
    assert not world.files


@pytest.mark.anyio
async def test_many_that_are_cancelled_leave_no_task(world: World, tmp_path: Path) -> None:
    import asyncio

    world.put("/f", BIG)
    world.fail("stall", times=99, after=3_000_000)
    before = asyncio.all_tasks()
    async with async_open_files(world) as files:
        with anyio.move_on_after(0.3):
            await files.download_many([("/f", tmp_path / f"{number}") for number in range(8)], concurrency=4)
    assert asyncio.all_tasks() == before


PROGRAM = """
import sys
from globus_typed import AccessTokenAuthorizer, CollectionFiles, TransferClient
from pathlib import Path
url, folder = sys.argv[1], Path(sys.argv[2])
transfer = TransferClient(AccessTokenAuthorizer("transfer-token"), base_url=url)
id = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20003"
files = CollectionFiles(id, authorizer=AccessTokenAuthorizer("https-token"), transfer=transfer)
def progress(at):
    print(at.done, flush=True)
files.download("/f", folder / "f", progress=progress)
"""


@pytest.mark.parametrize("megabytes", [1, 4, 9])
def test_a_program_that_is_killed_leaves_what_the_next_one_goes_on_with(
    world: World, tmp_path: Path, megabytes: int
) -> None:
    world.put("/f", BIG)
    world.fail("stall", after=megabytes * 2**20 + 700_000)
    program = subprocess.Popen([sys.executable, "-c", PROGRAM, world.url, str(tmp_path)], stdout=subprocess.PIPE)
    assert program.stdout is not None
    with program.stdout:
        while int(program.stdout.readline()) < megabytes * 2**20:
            pass
        program.kill()
        program.wait()
    assert {path.name for path in tmp_path.iterdir()} == {"f.part", "f.part.json"}
    with open_files(world) as files:
        result = files.download("/f", tmp_path / "f", verify="checksum")
    assert result.resumed_from >= megabytes * 2**20
    assert (tmp_path / "f").read_bytes() == BIG
