"""Calls in flight: of a sync walk in threads, of an async one in tasks, of either in an executor of the user's."""

import asyncio
import pickle
from collections.abc import Awaitable, Callable
from concurrent import futures
from functools import lru_cache
from typing import Any, Generic, TypeVar

__all__ = ["AsyncCalls", "Calls", "Traveller"]

KeyT = TypeVar("KeyT")
ResultT = TypeVar("ResultT")
ClientT = TypeVar("ClientT")


class Traveller(Generic[ClientT]):
    """A client on its way to a worker. Where that is a process, it makes the client once, with connections to reuse."""

    def __init__(self, client: ClientT) -> None:
        self.client = client

    def __reduce__(self) -> tuple[Callable[[bytes], "Traveller[Any]"], tuple[bytes]]:
        return _arrived, (pickle.dumps(self.client),)


@lru_cache(maxsize=8)
def _arrived(pickled: bytes) -> Traveller[Any]:
    return Traveller(pickle.loads(pickled))


class Calls(Generic[KeyT, ResultT]):
    """Calls in flight in threads; one at a time is made in the thread that waits for it.

    Parameters: `most` calls at once; `executor` of the user's, instead of threads of its own.
    """

    alone = False
    """Whether each call is in an event loop of its own, where it needs connections of its own."""

    def __init__(self, most: int, executor: futures.Executor | None = None) -> None:
        self._most = most
        self._given = executor
        self._own: futures.ThreadPoolExecutor | None = None
        self._running: dict[futures.Future[ResultT], KeyT] = {}
        self._queued: list[tuple[KeyT, Callable[[], ResultT]]] = []

    @property
    def count(self) -> int:
        """The number of calls in flight."""
        return len(self._running) + len(self._queued)

    def start(self, key: KeyT, work: Callable[[], ResultT]) -> None:
        """Begin a call."""
        executor = self._given
        if executor is None:
            if self._most == 1:
                self._queued.append((key, work))
                return
            if self._own is None:
                self._own = futures.ThreadPoolExecutor(self._most, thread_name_prefix="globus-walk")
            executor = self._own
        self._running[executor.submit(work)] = key

    def wait(self, timeout: float | None) -> list[tuple[KeyT, ResultT | Exception]]:
        """The calls that have ended, with their results or exceptions; waits for one, or until the timeout."""
        if self._queued:
            return [(key, _outcome(work)) for key, work in self._taken()]
        done, _ = futures.wait(self._running, timeout, futures.FIRST_COMPLETED)
        return [(self._running.pop(future), _outcome(future.result)) for future in done]

    def _taken(self) -> list[tuple[KeyT, Callable[[], ResultT]]]:
        queued, self._queued = self._queued, []
        return queued

    def stop(self) -> list[KeyT]:
        """Have no call begin any more, and forget those in flight: they end by themselves."""
        keys = [*self._running.values(), *(key for key, _ in self._queued)]
        for future in self._running:
            future.cancel()
        self._running, self._queued = {}, []
        own, self._own = self._own, None
        if own is not None:
            own.shutdown(wait=False, cancel_futures=True)
        return keys

    def join(self) -> None:
        """Nothing more: a thread cannot be cancelled, and its call may take as long as the client's timeout."""


class AsyncCalls(Generic[KeyT, ResultT]):
    """Calls in flight in tasks. Where anyio runs on something other than asyncio, which has no tasks by themselves,
    they are made together when they are waited for.

    Parameters: `most`, which tasks do not need; `executor` of the user's, in whose workers the calls are made.
    """

    def __init__(self, most: int, executor: futures.Executor | None = None) -> None:
        self._given = executor
        self._running: dict[asyncio.Future[ResultT], KeyT] = {}
        self._ending: list[asyncio.Future[ResultT]] = []
        self._queued: list[tuple[KeyT, Callable[[], Awaitable[ResultT]]]] = []

    @property
    def alone(self) -> bool:
        """Whether each call is in an event loop of its own, where it needs connections of its own."""
        return self._given is not None

    @property
    def count(self) -> int:
        """The number of calls in flight."""
        return len(self._running) + len(self._queued)

    def start(self, key: KeyT, work: Callable[[], Awaitable[ResultT]]) -> None:
        """Begin a call."""
        import sniffio

        if sniffio.current_async_library() != "asyncio":
            self._queued.append((key, work))
        elif self._given is not None:
            self._running[asyncio.wrap_future(self._given.submit(_run, work))] = key
        else:
            task: asyncio.Task[ResultT] = asyncio.get_running_loop().create_task(_awaited(work))
            self._running[task] = key
            # Otherwise asyncio would report an exception that nobody retrieves any more.
            task.add_done_callback(lambda done: done.cancelled() or done.exception())

    async def wait(self, timeout: float | None) -> list[tuple[KeyT, ResultT | Exception]]:
        """The calls that have ended, with their results or exceptions; waits for one, or until the timeout."""
        if self._queued:
            return await self._together()
        done, _ = await asyncio.wait(self._running, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
        return [(self._running.pop(future), _outcome(future.result)) for future in done]

    async def _together(self) -> list[tuple[KeyT, ResultT | Exception]]:
        import anyio

        queued, self._queued = self._queued, []
        ended: list[tuple[KeyT, ResultT | Exception]] = []

        async def one(key: KeyT, work: Callable[[], Awaitable[ResultT]]) -> None:
            try:
                if self._given is None:
                    ended.append((key, await work()))
                else:
                    future = self._given.submit(_run, work)
                    ended.append((key, await anyio.to_thread.run_sync(future.result, abandon_on_cancel=True)))
            except Exception as error:
                ended.append((key, error))

        async with anyio.create_task_group() as group:
            for key, work in queued:
                group.start_soon(one, key, work)
        return ended

    def stop(self) -> list[KeyT]:
        """Cancel the calls in flight, and forget them."""
        keys = [*self._running.values(), *(key for key, _ in self._queued)]
        self._ending = [future for future in self._running if not future.done()]
        for future in self._ending:
            if not future.get_loop().is_closed():
                future.cancel()
        self._running, self._queued = {}, []
        return keys

    async def join(self) -> None:
        """Wait until those that were cancelled have ended."""
        ending, self._ending = self._ending, []
        if ending:
            await asyncio.wait(ending)


async def _awaited(work: Callable[[], Awaitable[ResultT]]) -> ResultT:
    return await work()


def _run(work: Callable[[], Awaitable[ResultT]]) -> ResultT:
    return asyncio.run(_awaited(work))


def _outcome(work: Callable[[], ResultT]) -> ResultT | Exception:
    try:
        return work()
    except Exception as error:
        return error
