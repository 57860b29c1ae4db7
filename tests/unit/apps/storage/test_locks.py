"""The lock of a store: by the file system, and by a lease where that has no locks."""

import errno
import fcntl
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from globus_typed.apps.errors import StoreError, StoreLockedError, StorePermissionError
from globus_typed.apps.storage import locks
from globus_typed.apps.storage.json_file import JSONTokenStorage
from globus_typed.apps.storage.leases import Lease
from globus_typed.apps.storage.locks import StoreLock, lock_for

from .some_tokens import TRANSFER, tokens

HOLD = """
import sys
from pathlib import Path
from globus_typed.apps.storage.locks import StoreLock
with StoreLock(Path(sys.argv[1])).hold():
    print("held", flush=True)
    sys.stdin.read()
"""


class Clock:
    """A clock that moves when somebody sleeps."""

    def __init__(self) -> None:
        self.time = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "tokens.json"


@pytest.fixture
def holder(store: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that holds the lock until its input ends."""
    command = [sys.executable, "-c", HOLD, str(store)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def without_locks(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    def refuse(descriptor: int, operation: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(fcntl, "flock", refuse)


REFUSALS = pytest.mark.parametrize("code", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP], ids=errno.errorcode.get)


def test_a_lock_that_another_process_holds_is_waited_for_and_names_it(
    store: Path, holder: "subprocess.Popen[str]"
) -> None:
    clock = Clock()
    lock = StoreLock(store, clock=clock, sleep=clock.sleep)
    with (
        pytest.raises(StoreLockedError, match=f"process {holder.pid} held its lock for 30 seconds") as raised,
        lock.hold(),
    ):
        raise AssertionError
    assert str(store) in str(raised.value)
    assert clock.time == pytest.approx(30)
    assert max(clock.slept) <= 0.1
    assert clock.slept[0] <= 0.01


def test_a_lock_is_taken_once_the_other_process_drops_it(store: Path, holder: "subprocess.Popen[str]") -> None:
    clock = Clock()

    def sleep(seconds: float) -> None:
        clock.sleep(seconds)
        if len(clock.slept) == 3:
            holder.communicate()

    with StoreLock(store, clock=clock, sleep=sleep).hold():
        assert len(clock.slept) == 3
    assert store.with_name("tokens.json.lock").exists()  # since deleting it would break the exclusion


def test_the_lock_of_a_killed_process_is_free(store: Path, holder: "subprocess.Popen[str]") -> None:
    holder.kill()
    holder.wait()
    with StoreLock(store).hold(limit=0):
        pass


def test_a_thread_takes_it_again_and_others_wait(store: Path) -> None:
    lock = StoreLock(store)
    inside = threading.Event()

    def other() -> str:
        try:
            with lock.hold(limit=0.01):
                return "entered"
        except StoreLockedError as error:
            return str(error)

    with ThreadPoolExecutor(1) as pool, lock.hold():
        with lock.hold():
            inside.set()
        assert "another thread of this process held it" in pool.submit(other).result()
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(other).result() == "entered"


def test_it_is_free_after_an_exception(store: Path) -> None:
    lock = StoreLock(store)
    with pytest.raises(RuntimeError, match="inside"), lock.hold():
        raise RuntimeError("inside")
    with StoreLock(store).hold(limit=0):
        pass


def test_all_stores_of_one_file_share_one_lock(store: Path) -> None:
    assert lock_for(store) is lock_for(Path(str(store)))
    assert lock_for(store) is not lock_for(store.with_name("other.json"))


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")  # that a process with threads forks
def test_a_forked_process_does_not_hold_the_lock_of_its_parent(store: Path) -> None:
    clock = Clock()
    lock = lock_for(store)
    with lock.hold():
        child = os.fork()
        if not child:
            code = 1
            try:
                with pytest.raises(StoreLockedError), StoreLock(store, clock=clock, sleep=clock.sleep).hold():
                    pass
                with pytest.raises(StoreLockedError), lock_for(store).hold(limit=0.01):
                    pass
                code = 0
            finally:
                os._exit(code)
        assert os.waitpid(child, 0)[1] == 0
    # And the one that leaves the block in the child does not drop it.
    read, write = os.pipe()
    with lock.hold():
        child = os.fork()
        if child:
            os.waitpid(child, 0)
            with pytest.raises(StoreLockedError), StoreLock(store, clock=clock, sleep=clock.sleep).hold():
                pass
    if not child:
        os.write(write, b"left")
        os._exit(0)
    assert os.read(read, 4) == b"left"
    os.close(read)
    os.close(write)
    with StoreLock(store).hold(limit=0):
        pass


def test_a_child_that_outlives_its_killed_parent_holds_nothing(store: Path) -> None:
    program = """
import os, sys
from pathlib import Path
from globus_typed.apps.storage.locks import StoreLock
with StoreLock(Path(sys.argv[1])).hold():
    if os.fork():
        print("held", flush=True)
        os.kill(os.getpid(), 9)
    sys.stdin.read()
    os._exit(0)
"""
    command = [sys.executable, "-c", program, str(store)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        with StoreLock(store).hold(limit=20):
            pass
        assert process.stdin
        process.stdin.close()


@REFUSALS
def test_without_locks_a_lease_does_it(store: Path, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch, code)
    clock = Clock()
    lease = store.with_name("tokens.json.lease")
    with StoreLock(store).hold():
        assert lease.read_text().startswith(f"process {os.getpid()} on {socket.gethostname()}")
        assert lease.stat().st_mode & 0o777 == 0o600
        other = StoreLock(store, clock=clock, sleep=clock.sleep)
        with pytest.raises(StoreLockedError, match=f"process {os.getpid()} on .* held its lock"), other.hold():
            pass
        assert clock.time == pytest.approx(30)
    assert not lease.exists()
    with other.hold():
        pass


@REFUSALS
def test_without_locks_a_store_works(store: Path, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch, code)
    monkeypatch.setattr(locks, "lock_for", locks._Locks().of)  # pyright: ignore[reportPrivateUsage]  # as in a new process
    storage = JSONTokenStorage(store)
    with storage.transaction():
        storage.store_token_data_by_resource_server({TRANSFER: tokens()})
    assert storage.get_token_data(TRANSFER) == tokens()


def test_another_error_of_locking_is_the_store_s(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch, errno.EIO)
    with pytest.raises(StoreError, match="Input/output error"), StoreLock(store).hold():
        pass


def test_an_optional_lock_holds_among_threads_where_it_cannot_be_made(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(directory: Path) -> None:
        raise StorePermissionError("read-only")

    monkeypatch.setattr(locks, "make_directory", refuse)
    lock = StoreLock(store)
    with pytest.raises(StorePermissionError), lock.hold():
        pass
    with lock.hold(optional=True), ThreadPoolExecutor(1) as pool:

        def other() -> None:
            with lock.hold(limit=0.01, optional=True):
                pass

        with pytest.raises(StoreLockedError):
            pool.submit(other).result()
        with pytest.raises(StorePermissionError):
            lock.check()


def test_a_lease_that_is_not_renewed_is_broken(store: Path) -> None:
    now = time.time()
    former = Lease(store, now=lambda: now)
    assert former.take()
    text = store.read_text()
    store.write_text(text.replace(socket.gethostname(), "another-host"))
    os.utime(store, (now, now))
    assert not Lease(store, now=lambda: now + 119).take()
    later = Lease(store, now=lambda: now + 121)
    assert later.take()
    assert later.is_ours
    assert not former.is_ours
    former.release()  # which does not drop the other one's
    assert later.is_ours
    later.release()
    assert list(store.parent.iterdir()) == []


def test_a_lease_is_broken_at_once_where_its_process_has_ended(store: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import os, sys; from pathlib import Path; from globus_typed.apps.storage.leases import Lease;"
            "Lease(Path(sys.argv[1])).take(); os.kill(os.getpid(), 9)",
            str(store),
        ],
        check=False,
    )
    assert done.returncode == -9
    assert store.exists()
    assert Lease(store).take()


def test_a_lease_is_renewed_while_it_is_held(store: Path) -> None:
    lease = Lease(store, stale=0.02)
    assert lease.take()
    os.utime(store, (0, 0))
    until = time.monotonic() + 30
    while not store.stat().st_mtime and time.monotonic() < until:
        os.sched_yield()
    assert store.stat().st_mtime > 0
    lease.release()


def test_what_was_a_lease_of_ours_is_not_written_with(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch, errno.ENOLCK)
    lock = StoreLock(store)
    with lock.hold():
        lock.check()
        store.with_name("tokens.json.lease").write_text("process 1 on other-host 0")
        with pytest.raises(StoreLockedError, match="another one took over"):
            lock.check()


def test_of_many_that_break_a_lease_one_gets_it(store: Path) -> None:
    now = time.time()
    for _ in range(20):
        store.write_text("process 1 on another-host 0")
        os.utime(store, (now - 1000, now - 1000))
        leases = [Lease(store, now=lambda: now) for _ in range(8)]
        with ThreadPoolExecutor(8) as pool:
            taken = [lease for lease, got in zip(leases, pool.map(Lease.take, leases), strict=True) if got]
        assert [lease.is_ours for lease in taken] == [True]
        for lease in leases:
            lease.release()


def test_who_had_the_lock_leaves_it_to_those_who_wait(store: Path) -> None:
    clock = Clock()
    lock = StoreLock(store, clock=clock, sleep=clock.sleep)
    for _ in range(2):
        with lock.hold():
            assert clock.slept == []  # nobody waits
    with lock.hold():
        os.utime(lock.path, (1, 1))  # as one who waits in another process does
    with lock.hold():
        (pause,) = clock.slept
        assert 0 < pause <= 0.03
