"""Work that is finished although a program ends: for threads and for tasks."""

import signal
import threading
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator
from contextlib import asynccontextmanager, contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import asyncio

__all__ = ["async_finished", "async_until_terminated", "finished", "until_terminated"]

ResultT = TypeVar("ResultT")

_CODE = 128 + signal.SIGTERM
"""The exit status of a program that SIGTERM ended."""


def finished(work: Callable[[], ResultT]) -> ResultT:
    """The result of work that can be done twice. Ctrl-C or SIGTERM has it done again; the second time they end it."""
    try:
        return work()
    except (KeyboardInterrupt, SystemExit):
        work()
        raise


async def async_finished(work: "Callable[[], Coroutine[Any, Any, ResultT]]") -> ResultT:
    """The result of work, which is finished before this task goes on, even if it is cancelled."""
    import asyncio  # here and below, since sync programs need none of these

    import anyio
    import sniffio

    if sniffio.current_async_library() != "asyncio":
        with anyio.CancelScope(shield=True):
            return await work()
    task = asyncio.ensure_future(work())
    cancelled = False
    with anyio.CancelScope(shield=True):
        while not task.done():
            cancelled = await _is_cancelled(task) or cancelled
    result = task.result()
    if cancelled:
        raise asyncio.CancelledError
    return result


async def _is_cancelled(other: "asyncio.Task[Any]") -> bool:
    """Whether this task was cancelled while it waited for the other, which goes on."""
    import asyncio

    try:
        await asyncio.wait([other])
    except asyncio.CancelledError:
        return True
    return False


def _is_ours() -> bool:
    """Whether SIGTERM would end the program at once, and may be handled here."""
    return threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


@contextmanager
def until_terminated() -> Generator[None]:
    """SIGTERM raises SystemExit here, if it is not handled or ignored by the program. In the main thread alone."""
    if not _is_ours():
        yield
        return

    def end(number: int, frame: FrameType | None) -> None:
        raise SystemExit(_CODE)

    signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


@asynccontextmanager
async def async_until_terminated() -> AsyncGenerator[None]:
    """SIGTERM cancels this task, and is a SystemExit at its end, if the program does not handle or ignore it.

    In the main thread alone, and on asyncio alone.
    """
    import asyncio

    import sniffio

    task = asyncio.current_task() if sniffio.current_async_library() == "asyncio" and _is_ours() else None
    if task is None:
        yield
        return
    came = False

    def end() -> None:
        nonlocal came
        came = True
        task.cancel()

    loop = asyncio.get_running_loop()
    try:
        loop.add_signal_handler(signal.SIGTERM, end)
    except NotImplementedError:  # on Windows
        yield
        return
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGTERM)
        if came:
            raise SystemExit(_CODE)
