"""Work on many files at once, in threads and in tasks, and how it is stopped."""

import contextlib
import threading
import time
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, TypeVar

from globus_typed.errors import GlobusError

__all__ = [
    "Stopper",
    "async_cleanup",
    "async_each",
    "async_sleep",
    "check_stopped",
    "cleanup",
    "each",
    "sleep",
    "stopper",
]

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")


class Stopped(GlobusError):
    """The work that this thread does was stopped by the one that began it."""


class Stopper:
    """Stops threads that wait for a response: it knows their connections, and ends them."""

    def __init__(self) -> None:
        self.event: threading.Event = threading.Event()
        self._streams: list[Any] = []

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """Learn of a connection: the function that httpcore calls with what it does."""
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._streams.append(info.get("return_value"))

    def stop(self) -> None:
        """End the connections; each thread finds out at its next step."""
        self.event.set()
        import socket

        for stream in self._streams:
            with contextlib.suppress(Exception):
                stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)


class _Thread(threading.local):
    stopper: Stopper | None = None


_thread = _Thread()


def stopper() -> Stopper | None:
    """The signal that may stop this thread; None if nothing may."""
    return _thread.stopper


def check_stopped() -> None:
    """Raise an exception where this thread has been stopped."""
    if _thread.stopper is not None and _thread.stopper.event.is_set():
        raise Stopped("stopped")


def sleep(seconds: float) -> None:
    """Sleep in this thread, until it is stopped."""
    if _thread.stopper is None:
        time.sleep(seconds)
    else:
        _thread.stopper.event.wait(seconds)
        check_stopped()


async def async_sleep(seconds: float) -> None:
    """Sleep in this task."""
    import anyio

    await anyio.sleep(seconds)


def at_once() -> int:
    """The bytes to gather before they are written: each chunk as it comes."""
    return 1


def async_at_once() -> int:
    """The bytes to gather before they are written: as many as are worth the way to another thread."""
    return 2**19


def in_thread(work: Callable[[], ResultT]) -> ResultT:
    """The result of work that waits for the disk, done in this thread."""
    return work()


async def async_in_thread(work: Callable[[], ResultT]) -> ResultT:
    """The result of work that waits for the disk, done in a thread; it is finished even if this task is cancelled."""
    import anyio

    return await anyio.to_thread.run_sync(work)


def cleanup(work: Callable[[], object]) -> None:
    """Do work that nobody waits for any more, and that may fail, although this thread is stopped."""
    own, _thread.stopper = _thread.stopper, None
    try:
        with contextlib.suppress(GlobusError):
            work()
    finally:
        _thread.stopper = own


async def async_cleanup(work: Callable[[], Awaitable[object]]) -> None:
    """Do work that nobody waits for any more, and that may fail, although this task is cancelled: for 10 s at most."""
    import anyio

    with anyio.move_on_after(10, shield=True), contextlib.suppress(GlobusError):
        await work()


def each(items: Iterable[ItemT], work: Callable[[ItemT], ResultT], limit: int) -> list[ResultT]:
    """The results of the work on each item, in order, by so many threads at most.

    The first exception stops all others, and is raised when they have ended; so does Ctrl-C.
    """
    own = Stopper()
    outer = _thread.stopper
    queue = enumerate(items)
    results: dict[int, ResultT] = {}
    errors: list[BaseException] = []
    lock = threading.Lock()

    def run() -> None:
        _thread.stopper = own
        try:
            while not own.event.is_set():
                with lock:
                    number, item = next(queue, (-1, None))
                if number < 0:
                    return
                assert item is not None
                results[number] = work(item)
        except BaseException as error:
            if not own.event.is_set():
                errors.append(error)
            own.stop()
        finally:
            finished.append(threading.current_thread())
            ended.release()

    # Not by `join`: interrupted by Ctrl-C, it takes a thread that runs for one that has ended (before Python 3.13).
    ended = threading.Semaphore(0)
    threads: list[threading.Thread] = []
    finished: list[threading.Thread] = []
    try:
        for _ in range(limit):
            threads.append(threading.Thread(target=run, name="globus_typed.files", daemon=True))
            threads[-1].start()
        while len(finished) < len(threads):
            ended.acquire(timeout=1 if outer is None else 0.1)
            if outer is not None and outer.event.is_set():
                own.stop()
    finally:
        if len(finished) < len(threads):
            own.stop()
        for thread in threads:
            while thread.ident is not None and thread not in finished:
                ended.acquire(timeout=1)
            if thread.ident is not None:
                thread.join()
    if errors:
        raise errors[0]
    return [results[number] for number in sorted(results)]


async def async_each(items: Iterable[ItemT], work: Callable[[ItemT], Awaitable[ResultT]], limit: int) -> list[ResultT]:
    """The results of the work on each item, in order, by so many tasks at most.

    The first exception cancels all others, and is raised when they have ended.
    """
    import anyio

    queue = enumerate(items)
    results: dict[int, ResultT] = {}
    errors: list[Exception] = []

    async with anyio.create_task_group() as group:

        async def run() -> None:
            try:
                for number, item in queue:
                    results[number] = await work(item)
            except Exception as error:
                errors.append(error)
                group.cancel_scope.cancel()

        for _ in range(limit):
            group.start_soon(run)
    if errors:
        raise errors[0]
    return [results[number] for number in sorted(results)]
