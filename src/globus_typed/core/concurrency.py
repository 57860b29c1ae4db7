"""Sleeping and waiting, for threads and for tasks."""

import inspect
import time
from collections.abc import Callable, Coroutine
from concurrent import futures
from typing import Any, TypeVar

from globus_typed.core.renewal import Flight, FrameOwner, Owner, TaskOwner

ResultT = TypeVar("ResultT")


def sleep(seconds: float) -> None:
    """Sleep in this thread."""
    time.sleep(seconds)


async def async_sleep(seconds: float) -> None:
    """Sleep in this task."""
    import anyio  # here and below, since sync programs need none of these

    await anyio.sleep(seconds)


def call(work: Callable[[], ResultT]) -> ResultT:
    """The result of work that may wait, made in this thread."""
    return work()


async def async_call(work: Callable[[], ResultT]) -> ResultT:
    """The result of work that may wait, made in a thread, which goes on if this task is cancelled."""
    import anyio

    return await anyio.to_thread.run_sync(work, abandon_on_cancel=True)


_LOOK = 1.0
"""Seconds from one look to the next, whether the owner of a renewal still is at it."""


def owner() -> Owner:
    """The function that calls this one."""
    return FrameOwner(inspect.stack(0)[1].frame)


def async_owner() -> Owner:
    """The task that calls this."""
    import asyncio

    try:
        return TaskOwner(asyncio.current_task(), asyncio.get_running_loop())
    except RuntimeError:  # on something other than asyncio
        return TaskOwner(None, None)


def wait(flight: Flight) -> None:
    """Wait in this thread until a renewal has ended, and raise its exception; or until its owner is gone."""
    flight.check_thread()
    while not flight.is_lost:
        if futures.wait([flight], _LOOK).done:
            flight.result()
            break


async def async_wait(flight: Flight) -> None:
    """Wait in this task until a renewal has ended, and raise its exception; or until its owner is gone.

    The renewal outlives a task that is cancelled.
    """
    import asyncio

    import anyio
    import sniffio

    if sniffio.current_async_library() != "asyncio":
        await anyio.to_thread.run_sync(wait, flight, abandon_on_cancel=True)
        return
    ended = asyncio.wrap_future(flight)
    try:
        while not flight.is_lost:
            if (await asyncio.wait([ended], timeout=_LOOK))[0]:
                ended.result()
                break
    finally:
        ended.cancel()  # its exception, if it comes, is not for this task any more


def to_the_end(result: ResultT) -> ResultT:
    """The result, unchanged: threads are not cancelled."""
    return result


async def async_to_the_end(work: "Coroutine[Any, Any, ResultT]") -> ResultT:
    """The result of the work, which is finished even if this task is cancelled meanwhile."""
    import asyncio

    import anyio
    import sniffio

    if sniffio.current_async_library() != "asyncio":
        with anyio.CancelScope(shield=True):
            return await work
    task = asyncio.ensure_future(work)
    # Otherwise asyncio would report an exception that nobody retrieves any more.
    task.add_done_callback(lambda done: done.cancelled() or done.exception())
    return await asyncio.shield(task)
