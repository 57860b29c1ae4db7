"""Several jobs at once, in threads and in tasks: all are done, no more at a time than allowed, and failures end it."""

import threading
from collections.abc import Callable
from typing import Any

import anyio
import anyio.lowlevel
import pytest

from globus_typed.core.parallel import async_in_parallel, in_parallel

Run = Callable[..., None]


def in_tasks(jobs: Any, work: Callable[[int], int], took: Callable[[int, int], list[int]], at_once: int) -> None:
    async def one(job: int) -> int:
        await anyio.lowlevel.checkpoint()
        return work(job)

    anyio.run(lambda: async_in_parallel(jobs, one, took, at_once))


def tenfold(job: int) -> int:
    return job * 10


BOTH = pytest.mark.parametrize("run", [in_parallel, in_tasks], ids=["threads", "tasks"])


@BOTH
@pytest.mark.parametrize("at_once", [1, 2, 16])
def test_jobs_and_those_that_come_of_them_are_done_once(run: Run, at_once: int) -> None:
    done: list[int] = []

    def took(job: int, result: int) -> list[int]:
        assert result == job * 10
        done.append(job)
        return [job * 2, job * 2 + 1] if job < 32 else []

    run([1], tenfold, took, at_once)
    assert sorted(done) == list(range(1, 64))
    run([], tenfold, took, at_once)


@BOTH
@pytest.mark.parametrize("at_once", [1, 4])
@pytest.mark.parametrize("in_work", [True, False])
def test_the_first_failure_is_raised_itself_and_no_job_is_begun_after_it(run: Run, at_once: int, in_work: bool) -> None:
    begun: list[int] = []

    def work(job: int) -> int:
        begun.append(job)
        if in_work and job == 3:
            raise LookupError("3")
        return job

    def took(job: int, result: int) -> list[int]:
        if not in_work and job == 3:
            raise LookupError("3")
        return []

    with pytest.raises(LookupError, match="3"):
        run(range(1000), work, took, at_once)
    assert len(begun) < 100
    assert threading.active_count() == 1 or not [each for each in threading.enumerate() if "Pool" in each.name]


def test_as_many_are_under_way_as_allowed_and_no_more() -> None:
    together = threading.Barrier(3, timeout=20)
    running: list[int] = []
    most: list[int] = []
    lock = threading.Lock()

    def work(job: int) -> int:
        with lock:
            running.append(job)
            most.append(len(running))
        together.wait()
        with lock:
            running.remove(job)
        return job

    in_parallel(range(9), work, lambda job, result: [], 3)
    assert max(most) == 3


def test_tasks_under_way_are_cancelled_by_a_failure() -> None:
    cancelled: list[int] = []

    async def work(job: int) -> int:
        if job == 0:
            await anyio.lowlevel.checkpoint()
            raise LookupError
        try:
            await anyio.sleep_forever()
        except anyio.get_cancelled_exc_class():
            cancelled.append(job)
            raise
        return job

    with pytest.raises(LookupError):
        anyio.run(lambda: async_in_parallel(range(3), work, lambda job, result: [], 3))
    assert sorted(cancelled) == [1, 2]
