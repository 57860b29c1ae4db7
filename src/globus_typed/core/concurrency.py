"""The few things that are done differently by threads and by tasks, each in both ways."""

import time
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

ResultT = TypeVar("ResultT")


def sleep(seconds: float) -> None:
    """Let this thread wait."""
    time.sleep(seconds)


async def async_sleep(seconds: float) -> None:
    """Let this task wait."""
    import anyio  # here and below: programs with threads alone need none of these

    await anyio.sleep(seconds)


def wait(future: "Future[None]") -> None:
    """Let this thread wait until the future is done, and raise what it raised."""
    future.result()


async def async_wait(future: "Future[None]") -> None:
    """Let this task wait until the future is done, and raise what it raised; one that runs goes on without the task."""
    import asyncio

    import anyio
    import sniffio

    if sniffio.current_async_library() == "asyncio":
        await asyncio.wrap_future(future)
    else:
        await anyio.to_thread.run_sync(future.result, abandon_on_cancel=True)


def to_the_end(result: ResultT) -> ResultT:
    """What was done: a thread does what it does to the end."""
    return result


async def async_to_the_end(work: "Coroutine[Any, Any, ResultT]") -> ResultT:
    """What the work gives; it is done to the end even if this task is cancelled meanwhile."""
    import asyncio

    import anyio
    import sniffio

    if sniffio.current_async_library() != "asyncio":
        with anyio.CancelScope(shield=True):
            return await work
    task = asyncio.ensure_future(work)
    # Otherwise asyncio would complain of an error that nobody is there to hear any more.
    task.add_done_callback(lambda done: done.cancelled() or done.exception())
    return await asyncio.shield(task)
