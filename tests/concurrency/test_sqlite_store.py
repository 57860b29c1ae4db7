"""The SQLite store among threads, forked processes and killed ones: no entry is lost, and the database stays whole."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

import pytest
from globus_sdk.token_storage import SQLiteTokenStorage as OfficialStorage

from globus_typed.apps.readers.reading import read_tokens
from globus_typed.apps.storage.sqlite import SQLiteTokenStorage
from globus_typed.apps.tokens import TokenStorageData

PATIENCE = 60.0
"""The seconds that no test waits longer for another process."""

WRITER = """
import sys
from globus_typed.apps.storage.sqlite import SQLiteTokenStorage
from globus_typed.apps.tokens import TokenStorageData
path, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
storage = SQLiteTokenStorage(path)
for number in range(count):
    with storage.transaction():
        data = storage.get_token_data("counter")
        counter = data.extra["counter"] if data else 0
        for server, more in ((f"{name}-{number}", {}), ("counter", {"counter": counter + 1})):
            storage.store_token_data_by_resource_server({server: TokenStorageData(
                resource_server=server, scope="a", access_token="AgInvented", expires_at_seconds=1, **more)})
    print(number, flush=True)
"""
"""A program that counts up what it stores, so that a lost update shows."""


def tokens(name: str) -> dict[str, TokenStorageData]:
    data = TokenStorageData(resource_server=name, scope="a", access_token="AgInvented", expires_at_seconds=1)
    return {name: data}


def writer(path: Path, name: str, count: int) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-c", WRITER, str(path), name, str(count)]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)


def check_whole(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert not [name for name in os.listdir(path.parent) if name.endswith((".part", "-journal", "-wal", "-shm"))]


def test_six_threads_store_forty_times_each(tmp_path: Path) -> None:
    path = tmp_path / "tokens.db"
    storage = SQLiteTokenStorage(path)

    def work(thread: int) -> None:
        mine = storage if thread % 2 else SQLiteTokenStorage(path)
        for number in range(40):
            mine.store_token_data_by_resource_server(tokens(f"{thread}-{number}"))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(6)))
    assert len(storage.get_token_data_by_resource_server()) == 240
    check_whole(path)


def test_processes_lose_no_update_while_the_official_layer_writes_too(tmp_path: Path) -> None:
    path = tmp_path / "tokens.db"
    processes = [writer(path, f"process{number}", 10) for number in range(4)]
    # The first line is there once the database is.
    assert [process.stdout.readline() for process in processes if process.stdout] == ["0\n"] * 4
    with closing(OfficialStorage(path, namespace="official")) as official:
        for _ in range(10):
            data = official.get_token_data_by_resource_server()
            official.store_token_data_by_resource_server(data)
    for process in processes:
        process.communicate(timeout=PATIENCE)
        assert process.returncode == 0
    found = SQLiteTokenStorage(path).get_token_data_by_resource_server()
    assert len(found) == 41
    assert found["counter"].extra["counter"] == 40
    check_whole(path)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL on this system")
def test_a_killed_process_leaves_what_it_had_stored_and_a_database_that_can_be_used(tmp_path: Path) -> None:
    path = tmp_path / "tokens.db"
    for attempt in range(5):
        process = writer(path, f"attempt{attempt}", 1_000_000)
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(1 + attempt)]
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=PATIENCE)
        found = SQLiteTokenStorage(path).get_token_data_by_resource_server()
        # What was said to be stored is; and of one transaction, the second entry may be missing.
        assert all(f"attempt{attempt}-{line.strip()}" in found for line in lines)
        stored = sum(name.startswith("attempt") for name in found)
        assert 0 <= stored - found["counter"].extra["counter"] <= attempt + 1
        SQLiteTokenStorage(path).store_token_data_by_resource_server(tokens(f"after{attempt}"))
        check_whole(path)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on this system")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_fork_in_the_middle_of_a_transaction_disturbs_neither_process(tmp_path: Path) -> None:
    path = tmp_path / "tokens.db"
    storage = SQLiteTokenStorage(path)
    storage.store_token_data_by_resource_server(tokens("first"))
    inside, forking = threading.Event(), threading.Event()
    os.register_at_fork(before=forking.set)

    class Slow(sqlite3.Connection):
        """Waits, with the transaction begun and the journal written, until the process is to fork."""

        def execute(self, sql: str, *parameters: object) -> sqlite3.Cursor:
            if sql == "COMMIT":
                inside.set()
                assert forking.wait(PATIENCE)
            return super().execute(sql, *parameters)  # type: ignore[arg-type]  # any

    slow = SQLiteTokenStorage(path, connect_params={"factory": Slow})
    thread = threading.Thread(target=slow.store_token_data_by_resource_server, args=[tokens("of parent")])
    thread.start()
    assert inside.wait(PATIENCE)

    def child() -> None:
        storage.store_token_data_by_resource_server(tokens("of child"))
        os._exit(set(storage.get_token_data_by_resource_server()) != {"first", "of parent", "of child"})

    process = get_context("fork").Process(target=child)
    process.start()
    thread.join(PATIENCE)
    process.join(PATIENCE)
    assert process.exitcode == 0
    assert set(storage.get_token_data_by_resource_server()) == {"first", "of parent", "of child"}
    check_whole(path)


def test_reading_the_file_of_a_store_of_this_process_takes_no_lock_from_it(tmp_path: Path) -> None:
    path = tmp_path / "tokens.db"
    SQLiteTokenStorage(path).store_token_data_by_resource_server(tokens("first"))
    begun, done = threading.Event(), threading.Event()
    outcomes: list[str] = []

    def read() -> None:
        assert begun.wait(PATIENCE)
        read_tokens(path)
        done.set()

    reader = threading.Thread(target=read)
    reader.start()

    class Watching(sqlite3.Connection):
        """Looks, before it commits, whether another process could write now."""

        def execute(self, sql: str, *parameters: object) -> sqlite3.Cursor:
            if sql == "COMMIT":
                begun.set()
                done.wait(0.5)  # the reader would be done by then, if it did not wait for this
                program = f"import sqlite3; sqlite3.connect({str(path)!r}, timeout=0).execute('BEGIN IMMEDIATE')"
                process = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
                outcomes.append(process.stderr)
            return super().execute(sql, *parameters)  # type: ignore[arg-type]  # any

    watching = SQLiteTokenStorage(path, connect_params={"factory": Watching})
    watching.store_token_data_by_resource_server(tokens("second"))
    reader.join(PATIENCE)
    assert done.is_set()
    assert "database is locked" in outcomes[0]
