"""Token stores that many threads and processes write at once: no entry is lost, and no file is ever torn."""

import json
import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from globus_typed.apps.storage.json_file import JSONTokenStorage
from globus_typed.apps.tokens import TokenStorageData

WRITER = """
import sys
from globus_typed.apps.storage.json_file import JSONTokenStorage
from globus_typed.apps.tokens import TokenStorageData
path, name, stores = sys.argv[1], sys.argv[2], int(sys.argv[3])
if "without locks" in sys.argv:
    import errno, fcntl
    def refuse(descriptor, operation):
        raise OSError(errno.ENOLCK, "No locks available")
    fcntl.flock = refuse
storage = JSONTokenStorage(path)
print("ready", flush=True)
sys.stdin.readline()
for number in range(stores):
    number %= 50
    token = TokenStorageData(
        resource_server=f"{name}-{number}", scope="all", access_token="AgExample" * 50, expires_at_seconds=1795949068
    )
    storage.store_token_data_by_resource_server({f"{name}-{number}": token})
    print(f"{name}-{number}", flush=True)
"""


def token_for(name: str) -> TokenStorageData:
    return TokenStorageData(resource_server=name, scope="all", access_token="AgExample", expires_at_seconds=1795949068)


def writer(path: Path, name: str, stores: int, *more: str) -> "subprocess.Popen[str]":
    """A process that stores that many tokens, once it is told to, and prints the name of each when it is stored."""
    command = [sys.executable, "-c", WRITER, str(path), name, str(stores), *more]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def start(processes: "list[subprocess.Popen[str]]") -> None:
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()


def test_six_threads_store_forty_tokens_each(tmp_path: Path) -> None:
    path = tmp_path / "tokens.json"
    shared = JSONTokenStorage(path)

    def store(number: int) -> None:
        storage = shared if number % 2 else JSONTokenStorage(path)
        for each in range(40):
            storage.store_token_data_by_resource_server({f"{number}-{each}": token_for(f"{number}-{each}")})
            assert f"{number}-{each}" in storage.get_token_data_by_resource_server()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(store, range(6)))
    assert len(shared.get_token_data_by_resource_server()) == 240


@pytest.mark.parametrize("kind", ["with locks", "without locks"])
def test_eight_processes_store_thirty_tokens_each(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "app" / "tokens.json"
    with ExitStack() as stack:
        processes = [stack.enter_context(writer(path, str(number), 30, kind)) for number in range(8)]
        start(processes)
        storage, seen = JSONTokenStorage(path), 0
        while any(process.poll() is None for process in processes):
            now = len(storage.get_token_data_by_resource_server())  # raises for a torn file
            assert now >= seen
            seen = now
        assert [process.returncode for process in processes] == [0] * 8
    assert len(storage.get_token_data_by_resource_server()) == 240
    names = {each.name for each in path.parent.iterdir()}
    assert names <= {"tokens.json", "tokens.json.lock"}


@pytest.mark.parametrize("kind", ["with locks", "without locks"])
def test_processes_that_are_killed_while_they_write_leave_what_was_stored(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "app" / "tokens.json"
    stored: set[str] = set()
    randomly = random.Random(11)
    for turn in range(3):
        with ExitStack() as stack:
            processes = [stack.enter_context(writer(path, f"{turn}-{number}", 10_000, kind)) for number in range(3)]
            start(processes)
            for process in processes:
                assert process.stdout
                stored |= {process.stdout.readline().strip() for _ in range(randomly.randrange(1, 4))}
                process.kill()
                stored |= {line.strip() for line in process.stdout if line.endswith("\n")}
                json.loads(path.read_text(encoding="utf-8"))
        found = set(JSONTokenStorage(path).get_token_data_by_resource_server())
        assert stored - {""} <= found
    storage = JSONTokenStorage(path)
    storage.store_token_data_by_resource_server({"last": token_for("last")})
    assert "last" in storage.get_token_data_by_resource_server()
    assert not [each for each in path.parent.iterdir() if each.name.endswith(".part")]


FORKING = """
import os, sys, threading
from globus_typed.apps.storage.json_file import JSONTokenStorage
from globus_typed.apps.tokens import TokenStorageData
storage, ended = JSONTokenStorage(sys.argv[1]), threading.Event()
def store(name):
    token = TokenStorageData(resource_server=name, scope="all", access_token="AgExample", expires_at_seconds=1795949068)
    storage.store_token_data_by_resource_server({name: token})
def work(number):
    while not ended.is_set():
        store(f"thread-{number}")
store("first")
threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
for thread in threads:
    thread.start()
children = []
for number in range(8):
    child = os.fork()
    if not child:
        store(f"child-{number}")
        os._exit(0)
    children.append(child)
codes = [os.waitpid(child, 0)[1] for child in children]
ended.set()
for thread in threads:
    thread.join()
print(codes)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on this system")
def test_processes_that_are_forked_while_threads_store_can_store(tmp_path: Path) -> None:
    path = tmp_path / "tokens.json"
    command = [sys.executable, "-c", FORKING, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout == f"{[0] * 8}\n"
    names = set(JSONTokenStorage(path).get_token_data_by_resource_server())
    assert names == {"first", *(f"thread-{each}" for each in range(3)), *(f"child-{each}" for each in range(8))}
