"""A renewal whose owner is gone, whatever ended it, is taken over by those who wait."""

import asyncio
import gc
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import anyio
import pytest

from globus_typed import GlobusUsageError, RefreshTokenAuthorizer
from globus_typed.core import authorizers, client, concurrency, renewal

from .meeting import ID, NOW, PATIENCE, Clock, Globus, async_client, transfer

RENEWING = {
    "authorization", "_renew", "begin", "renewal", "flight", "accept", "give_up", "land", "is_lost", "is_gone", "place",
    "owner", "async_owner", "to_the_end", "async_to_the_end", "__enter__", "__exit__", "__init__",
}  # fmt: skip
FILES = {authorizers.__file__, renewal.__file__, concurrency.__file__, client.__file__} | {
    client.__file__.replace("client.py", "async_client.py")
}


class Interrupt(BaseException):
    """What is raised between two lines."""


class Interrupting:
    """Raises at the line with this number, counted over all lines of the functions that renew, in one thread."""

    def __init__(self, at: int, error: type[BaseException]) -> None:
        self.at, self.error, self.lines = at, error, 0

    def __call__(self, frame: FrameType, event: str, arg: object) -> Any:
        code = frame.f_code
        if code.co_filename not in FILES or code.co_name not in RENEWING:
            return None
        if event == "line":
            self.lines += 1
            if self.lines == self.at:
                raise self.error(f"{code.co_name}:{frame.f_lineno}")
        return self


def expired(globus: Globus, kind: str) -> RefreshTokenAuthorizer:
    return RefreshTokenAuthorizer(
        "refresh-0", globus.app(kind), access_token="access-0", expires_at=NOW - 1, clock=Clock()
    )


def interrupted(run: Callable[[], object], at: int, error: type[BaseException]) -> tuple[int, bool]:
    """How many lines there were until the end or the interruption, and whether it came."""
    trace = Interrupting(at, error)
    kept: list[BaseException] = []  # a program, or a prompt, may keep the traceback, and with it the frames

    def main() -> None:
        before = sys.gettrace()
        sys.settrace(trace)
        try:
            run()
        except BaseException as raised:
            kept.append(raised)
        finally:
            sys.settrace(before)

    main()
    return trace.lines, bool(kept)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(concurrency, "_LOOK", 0.01)
    monkeypatch.setattr(renewal, "STANDSTILL", 0.05)
    with warnings.catch_warnings():
        # A coroutine that was interrupted before its first line is never awaited, and a loop may be left open.
        warnings.simplefilter("ignore")
        yield
        gc.collect()


@pytest.mark.parametrize("error", [Interrupt, ValueError])
@pytest.mark.parametrize("kind", ["threads", "tasks"])
def test_an_exception_at_any_line_leaves_nobody_waiting(kind: str, error: type[BaseException]) -> None:
    at = 1
    while comes_through(kind, at, error):
        at += 1
    assert at > 40


def comes_through(kind: str, at: int, error: type[BaseException]) -> bool:
    """Whether the exception came; all others get their token in any case."""
    globus = Globus()
    globus.rotates = False
    authorizer = expired(globus, kind)

    async def async_call() -> str:
        return (await async_client(globus, authorizer).get_endpoint(ID)).id

    def call() -> str:
        return transfer(globus, authorizer).get_endpoint(ID).id

    lines, came = interrupted(call if kind == "threads" else lambda: asyncio.run(async_call()), at, error)
    outcomes: list[str] = []
    # The thread that was interrupted lives on; another one, and it itself, have to get their token.
    thread = threading.Thread(target=lambda: outcomes.append(call()), daemon=True)
    thread.start()
    thread.join(PATIENCE)
    assert outcomes == [ID], f"nothing comes after an exception at line {lines} of the renewal"
    assert asyncio.run(asyncio.wait_for(async_call(), PATIENCE)) == ID
    assert call() == ID
    return came


@pytest.mark.parametrize("waiters", ["threads", "tasks"])
@pytest.mark.parametrize("ending", ["stopped", "closed", "stopped here"])
def test_a_renewal_in_a_loop_that_is_stopped_is_taken_over(ending: str, waiters: str) -> None:
    globus = Globus()
    asked, go_on = threading.Event(), threading.Event()

    def hold(number: int) -> None:
        if number == 1:
            asked.set()
            assert go_on.wait(PATIENCE)

    globus.at_refresh = hold
    authorizer = expired(globus, "tasks")
    loop = asyncio.new_event_loop()
    tasks: list[asyncio.Task[object]] = []

    def run() -> None:
        tasks.append(loop.create_task(async_client(globus, authorizer).get_endpoint(ID)))
        loop.run_forever()

    owner = threading.Thread(target=run)
    if ending == "stopped here":
        loop.call_later(0.05, loop.stop)
        run()
        assert asked.wait(PATIENCE)
    else:
        owner.start()
        assert asked.wait(PATIENCE)
        loop.call_soon_threadsafe(loop.stop)
        owner.join(PATIENCE)
    pending = asyncio.all_tasks(loop)
    if ending == "closed":
        loop.close()
    outcomes: list[object] = []

    async def call() -> None:
        with anyio.fail_after(PATIENCE):
            outcomes.append((await async_client(globus, authorizer).get_endpoint(ID)).id)

    def wait() -> None:
        if waiters == "tasks":
            anyio.run(call)
        else:
            outcomes.append(transfer(globus, authorizer).get_endpoint(ID).id)

    if ending == "stopped here":
        wait()
    else:
        threads = [threading.Thread(target=wait) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
    assert outcomes == [ID] * (1 if ending == "stopped here" else 4)
    assert len(globus.refreshes) == 2
    go_on.set()
    if ending == "closed":
        for task in pending:
            task._log_destroy_pending = False  # type: ignore[attr-defined]  # asyncio would complain of them
        for worker in threading.enumerate():
            # anyio ends its threads when the loop's tasks are done, which they never are: Python would wait for them.
            if getattr(worker, "loop", None) is loop:
                stop: Any = getattr(worker, "stop")  # noqa: B009  # of a class that anyio does not name
                stop()
    else:
        # It comes back to life: what it brings is late, and does no harm.
        loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
    assert transfer(globus, authorizer).get_endpoint(ID).id == ID


def test_an_owner_that_is_only_slow_is_not_taken_over() -> None:
    globus = Globus()
    asked, go_on = threading.Event(), threading.Event()

    def hold(number: int) -> None:
        asked.set()
        assert go_on.wait(PATIENCE)

    globus.at_refresh = hold
    authorizer = expired(globus, "threads")
    looks = threading.Semaphore(0)
    outcomes: list[str] = []

    def call() -> None:
        outcomes.append(transfer(globus, authorizer).get_endpoint(ID).id)

    class Counted(renewal.FrameOwner):
        def is_gone(self) -> bool:
            looks.release()
            return super().is_gone()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(concurrency, "FrameOwner", Counted)
        threads = [threading.Thread(target=call) for _ in range(3)]
        threads[0].start()
        assert asked.wait(PATIENCE)
        for thread in threads[1:]:
            thread.start()
        for _ in range(50):
            assert looks.acquire(timeout=PATIENCE)
        go_on.set()
        for thread in threads:
            thread.join(PATIENCE)
    assert outcomes == [ID] * 3
    assert globus.refreshes == ["refresh-0"]


def test_an_owner_that_runs_generators_is_not_taken_over() -> None:
    """A generator that yields loses its caller, just as somebody looks whether the owner is at it."""
    owners: list[renewal.Owner] = []
    begun, over = threading.Event(), threading.Event()

    def count() -> Iterator[int]:
        yield from range(50)

    def run() -> None:
        owners.append(concurrency.owner())
        begun.set()
        while not over.is_set():
            sum(count())

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    thread = threading.Thread(target=run)
    thread.start()
    try:
        assert begun.wait(PATIENCE)
        assert not any(owners[0].is_gone() for _ in range(50_000))
    finally:
        over.set()
        thread.join(PATIENCE)
        sys.setswitchinterval(before)
    assert owners[0].is_gone()


def test_a_renewal_that_lands_just_before_its_owner_goes_is_not_lost() -> None:
    class Going:
        def is_gone(self) -> bool:
            flight.land(ValueError("refused"))
            return True

        def is_blocked_here(self) -> bool:
            return False

    flight = renewal.Flight(Going())
    assert not flight.is_lost
    with pytest.raises(ValueError, match="refused"):
        concurrency.wait(flight)


def test_a_sync_call_in_the_thread_of_the_task_that_renews_says_so() -> None:
    globus = Globus()
    asked, go_on = threading.Event(), threading.Event()

    def hold(number: int) -> None:
        asked.set()
        assert go_on.wait(PATIENCE)

    globus.at_refresh = hold
    authorizer = expired(globus, "tasks")

    async def main() -> None:
        first = asyncio.ensure_future(async_client(globus, authorizer).get_endpoint(ID))
        await anyio.to_thread.run_sync(asked.wait, PATIENCE)
        with pytest.raises(GlobusUsageError, match="this very thread"):
            transfer(globus, authorizer).get_endpoint(ID)
        go_on.set()
        assert (await first).id == ID

    asyncio.run(main())
