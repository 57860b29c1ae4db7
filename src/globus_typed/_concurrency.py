"""The few things that are done differently by threads and by tasks, each in both ways."""

import asyncio
import time
from concurrent.futures import Future

import anyio
import sniffio


def sleep(seconds: float) -> None:
    """Let this thread wait."""
    time.sleep(seconds)


async def async_sleep(seconds: float) -> None:
    """Let this task wait."""
    await anyio.sleep(seconds)


def wait(future: "Future[None]") -> None:
    """Let this thread wait until the future is done, and raise what it raised."""
    future.result()


async def async_wait(future: "Future[None]") -> None:
    """Let this task wait until the future is done, and raise what it raised; one that runs goes on without the task."""
    if sniffio.current_async_library() == "asyncio":
        await asyncio.wrap_future(future)
    else:
        await anyio.to_thread.run_sync(future.result, abandon_on_cancel=True)
