"""Sleeping and waiting, for threads and for tasks."""

import time
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

ResultT = TypeVar("ResultT")


def sleep(seconds: float) -> None:
    """Sleep in this thread."""
    time.sleep(seconds)


async def async_sleep(seconds: float) -> None:
    """Sleep in this task."""
    import anyio  # here and below, since sync programs need none of these

    await anyio.sleep(seconds)


def wait(future: "Future[None]") -> None:
    """Wait in this thread until the future is done, and raise its exception."""
    future.result()


async def async_wait(future: "Future[None]") -> None:
    """Wait in this task until the future is done, and raise its exception; the future outlives a cancelled task."""
    import asyncio

    import anyio
    import sniffio

    if sniffio.current_async_library() == "asyncio":
        await asyncio.wrap_future(future)
    else:
        await anyio.to_thread.run_sync(future.result, abandon_on_cancel=True)


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
