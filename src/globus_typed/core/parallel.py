"""Several calls at once, for threads and for tasks: jobs, some of which bring further jobs."""

from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TypeVar

__all__ = ["async_in_parallel", "in_parallel"]

JobT = TypeVar("JobT")
ResultT = TypeVar("ResultT")


def in_parallel(
    jobs: Iterable[JobT],
    work: Callable[[JobT], ResultT],
    took: Callable[[JobT, ResultT], Iterable[JobT]],
    at_once: int,
) -> None:
    """Do all jobs in threads, and those that come of them.

    The first exception ends it: no job is begun any more, and it is raised when those under way have ended.

    Parameters: `work` gives the result of a job; `took` takes it, in this thread, and gives further jobs; `at_once`,
    how many are worked on at the same time (1: in this thread).
    """
    waiting = deque(jobs)
    if at_once == 1:
        while waiting:
            job = waiting.popleft()
            waiting.extend(took(job, work(job)))
        return
    running: dict[Future[ResultT], JobT] = {}
    pool = ThreadPoolExecutor(at_once)
    try:
        while waiting or running:
            while waiting and len(running) < at_once:
                job = waiting.popleft()
                running[pool.submit(work, job)] = job
            for done in wait(running, return_when=FIRST_COMPLETED).done:
                waiting.extend(took(running.pop(done), done.result()))
    finally:
        pool.shutdown(cancel_futures=True)


async def async_in_parallel(
    jobs: Iterable[JobT],
    work: Callable[[JobT], Awaitable[ResultT]],
    took: Callable[[JobT, ResultT], Iterable[JobT]],
    at_once: int,
) -> None:
    """Do all jobs in tasks, and those that come of them.

    The first exception ends it: the jobs under way are cancelled, and it is raised.

    Parameters: `work` gives the result of a job; `took` takes it and gives further jobs; `at_once`, how many are worked
    on at the same time.
    """
    import anyio

    waiting = deque(jobs)
    running = 0
    failures: list[Exception] = []

    async def worker() -> None:
        nonlocal running
        try:
            while waiting:
                job = waiting.popleft()
                waiting.extend(took(job, await work(job)))
                begin()
        except Exception as error:
            failures.append(error)
            group.cancel_scope.cancel()
        finally:
            running -= 1

    def begin() -> None:
        nonlocal running
        for _ in range(min(at_once - running, len(waiting))):
            running += 1
            group.start_soon(worker)

    async with anyio.create_task_group() as group:
        begin()
    if failures:
        raise failures[0]
