"""The lock of a token store, among the threads of this process and among processes, on whatever file system."""

import os
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from errno import ENOLCK, ENOSYS, ENOTSUP, EOPNOTSUPP
from functools import partial
from pathlib import Path
from random import uniform
from typing import Protocol

from globus_typed.apps.errors import StoreLockedError, StorePermissionError
from globus_typed.apps.storage.files import explained, explained_error, make_directory
from globus_typed.apps.storage.leases import Lease
from globus_typed.core.forks import watch

__all__ = ["LIMIT", "StoreLock", "ThreadLock", "lock_for"]

LIMIT = 30.0
"""The seconds that a store waits for its lock."""
_SHORTEST, _LONGEST = 0.01, 0.1
"""The seconds from one look at a lock that another process holds to the next, at first and at last."""
_POLITE = 0.03
"""The seconds for which one who had the lock leaves it to those who wait, before taking it again."""
_REFUSED = {ENOLCK, ENOSYS, ENOTSUP, EOPNOTSUPP}
"""The errors of file systems that have no locks, such as some of NFS, and of Lustre without the option ``flock``."""


class _Held(Protocol):
    """A lock that was taken and can be released."""

    def release(self) -> object: ...


class _Lock(_Held, Protocol):
    def acquire(self) -> object: ...


@dataclass
class _Hold:
    """Which thread of which process holds a lock, and how often."""

    threads: "threading.RLock" = field(default_factory=threading.RLock)
    process: int = field(default_factory=os.getpid)
    depth: int = 0
    held: _Held | None = None
    refused: StorePermissionError | None = None


class ThreadLock:
    """A lock among threads, which its thread may take again, and which is free in a forked process."""

    def __init__(self) -> None:
        self._hold = _Hold()
        watch(self)

    def after_fork(self) -> object:
        former, self._hold = self._hold, _Hold()
        return former

    @contextmanager
    def hold(self) -> Generator[None]:
        """A block that no other thread of this process enters meanwhile."""
        with self._hold.threads:
            yield


class StoreLock:
    """The lock of the store at a path: one at a time, of all threads of all processes, may hold it.

    A thread may take it again. The system drops it when its process ends, however it ends. Where the file system has
    no locks, there is a file that says who holds it, a lease, which counts as dropped once it is no longer renewed.
    """

    path: Path
    """The file that is locked, beside the store. It stays: a lock on a file that was deleted locks nobody out."""

    def __init__(
        self,
        store: Path,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.path = store.with_name(f"{store.name}.lock")
        self._store, self._clock, self._sleep = store, clock, sleep
        self._lease = partial(Lease, store.with_name(f"{store.name}.lease"), now=now)
        self._has_locks = True
        self._taken_at, self._others_wait = 0, False
        self._hold = _Hold()
        watch(self)

    def after_fork(self) -> object:
        former, self._hold = self._hold, _Hold()
        return former

    @contextmanager
    def hold(self, limit: float = LIMIT, *, optional: bool = False) -> Generator[None]:
        """A block that no other thread or process enters meanwhile.

        Raises `StoreLockedError` after `limit` seconds, `StorePermissionError` where the lock cannot be made; with
        `optional`, the lock then holds among the threads of this process, and `check` raises that error.
        """
        hold, until = self._hold, self._clock() + limit
        if not hold.threads.acquire(timeout=limit):
            raise StoreLockedError(f"{self._store}: another thread of this process held it for {limit:g} seconds")
        try:
            if not hold.depth:
                try:
                    hold.held = self._take(until, limit)
                    self._taken_at = _touched(self.path)
                except StorePermissionError as error:
                    if not optional:
                        raise
                    hold.refused = error
            hold.depth += 1
            try:
                yield
            finally:
                hold.depth -= 1
                # In a process forked inside the block, the lock is still the parent's.
                if not hold.depth:
                    held, hold.held, hold.refused = hold.held, None, None
                    if held and hold.process == os.getpid():
                        self._others_wait = _touched(self.path) != self._taken_at
                        held.release()
        finally:
            hold.threads.release()

    def check(self) -> None:
        """Raise an error if the store must not be written: nothing is held, or a lease that another process took."""
        if refused := self._hold.refused:
            raise refused
        if isinstance(self._hold.held, Lease) and not self._hold.held.is_ours:
            raise StoreLockedError(
                f"{self._store}: this process was stopped for so long that another one took over; nothing was written"
            )

    def _take(self, until: float, limit: float) -> _Held:
        make_directory(self.path.parent)
        if self._others_wait:
            # They look only now and then: without this, they would hardly ever find it free.
            self._sleep(uniform(0.5, 1) * _POLITE)
        pause = _SHORTEST
        while True:
            if self._has_locks and (lock := self._native()):
                return lock
            if not self._has_locks:
                lease = self._lease()
                if explained(self._store, lease.take):
                    return lease
            if self._clock() >= until:
                holder = _holder(self.path) if self._has_locks else self._lease().holder
                raise StoreLockedError(
                    f"{self._store}: {holder or 'another process'} held its lock for {limit:g} seconds; "
                    "wait for that process, or end it if it hangs"
                )
            with suppress(OSError):
                os.utime(self.path)  # which tells the holder that somebody waits
            self._sleep(min(uniform(0.5, 1) * pause, max(until - self._clock(), 0)))
            pause = min(2 * pause, _LONGEST)

    def _native(self) -> _Held | None:
        """The lock of the file system; None if another process holds it, or if there is none."""
        from filelock import Timeout  # here, since programs that only read need it not

        lock = _file_lock(self.path)
        try:
            lock.acquire()
        except Timeout:
            return None
        except OSError as error:
            if error.errno not in _REFUSED:
                raise explained_error(self.path, error) from error
            self._has_locks = False
            return None
        return lock


def _file_lock(path: Path) -> _Lock:
    from filelock import FileLock

    return FileLock(
        path,
        timeout=0,
        mode=0o600,
        thread_local=False,
        fallback_to_soft=False,
        preserve_lock_file=True,
        on_acquired=_sign,
    )


def _sign(descriptor: int) -> None:
    """Write who holds the lock: behind the first byte, which other processes cannot read on Windows."""
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, f" process {os.getpid()}".encode())


def _touched(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _holder(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            file.seek(1)
            return file.read(100).decode("ascii", "replace") or None
    except OSError:
        return None


class _Locks:
    """The locks of this process, one a path, so that its threads see each other."""

    def __init__(self) -> None:
        self._made: dict[str, StoreLock] = {}
        self._guard = threading.Lock()
        watch(self)

    def after_fork(self) -> object:
        former, self._guard = self._guard, threading.Lock()
        return former

    def of(self, store: Path) -> StoreLock:
        key = os.path.normcase(store)
        with self._guard:
            return self._made.get(key) or self._made.setdefault(key, StoreLock(store))


lock_for: Callable[[Path], StoreLock] = _Locks().of
"""The lock of the store at that path, which must be the real one (`files.real_path`)."""
