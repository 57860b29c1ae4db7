"""`AsyncWalk`: the entries below a directory, one after another, while several listings are under way."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from types import TracebackType
from typing import Generic, TypeVar

from typing_extensions import Self

from globus_typed.core.request import Request
from globus_typed.errors import GlobusError, GlobusUsageError, RateLimitedError
from globus_typed.transfer.async_client.base import AsyncTransferBase
from globus_typed.transfer.documents.files import FileList
from globus_typed.transfer.walks.calls import AsyncCalls, Traveller
from globus_typed.transfer.walks.checkpoint import WalkCheckpoint, checked_checkpoint
from globus_typed.transfer.walks.directories import Directory
from globus_typed.transfer.walks.entries import WalkError, WalkProgress
from globus_typed.transfer.walks.failures import advise, concerns_all, has_vanished, is_no_directory
from globus_typed.transfer.walks.frontier import Frame, Frontier
from globus_typed.transfer.walks.limiter import shared_limiter
from globus_typed.transfer.walks.listing import Listing, listing_request, read_listing
from globus_typed.transfer.walks.opening import Arrange, Opening
from globus_typed.transfer.walks.options import WalkOptions

__all__ = ["AsyncWalk"]

T = TypeVar("T")


class AsyncWalk(AsyncIterator[T], Generic[T]):
    """The entries below a directory of a collection, or its directories, in an order that only the tree decides.

    Iterate it once. Listings are asked for ahead, as many at a time as `concurrency` says, and kept no longer than they
    are needed. It is not a snapshot: what changes during a walk may be seen twice, or never. `async with`, or
    `aclose()`, ends it before its end. After an exception it may go on: the directory that failed is asked for again.
    """

    def __init__(
        self,
        client: AsyncTransferBase,
        options: WalkOptions,
        arrange: Arrange[T],
        start_from: WalkCheckpoint | None = None,
    ) -> None:
        self.errors: list[WalkError] = []
        """The directories that could not be listed, where such errors are not raised."""
        self.vanished: list[str] = []
        """The directories that were gone when they were to be listed."""
        self._options = options
        self._client = client
        self._kind = arrange.__name__
        # Of a 429 all calls of the walk learn, not one alone.
        own = client.with_options(retry=replace(client.retry, statuses=set(client.retry.statuses) - {429}))
        self._traveller = Traveller(own)
        self._limiter = options.limiter or shared_limiter(client.app or client.authorizer or client)
        self._opening = Opening(options, arrange)
        breadth = options.order == "breadth" and not options.bottom_up
        ahead = 4 * options.concurrency
        self._frontier = Frontier[T](Directory(options.start, 0), breadth=breadth, ahead=ahead)
        self._calls: AsyncCalls[Frame[T], Listing] = AsyncCalls(options.concurrency, options.executor)
        self._began = self._latest = client.clock()
        self._made = self._read = 0
        self._closed = False
        if start_from is not None:
            state = checked_checkpoint(start_from, options.identity(self._kind))
            self._frontier.restore(state["pending"])
            self._opening.guard.root = state["root"]
            self._opening.guard.entered.update(state["entered"])
            self._made, self._read = state["calls"], state["entries"]

    @property
    def calls(self) -> int:
        """The number of listings that came back, refused ones included; those before a checkpoint too."""
        return self._made

    @property
    def entries(self) -> int:
        """The number of entries in the listings that were read, those left out by a filter included."""
        return self._read

    @property
    def loops(self) -> list[str]:
        """The symlinks that were not followed, since they lead to where the walk has been."""
        return self._opening.loops

    @property
    def progress(self) -> WalkProgress:
        """How far the walk has come."""
        return WalkProgress(self._made, self._read, self._frontier.pending, self._now() - self._began)

    def checkpoint(self) -> WalkCheckpoint:
        """How far the walk has come, as JSON data: `start_from` of a walk with the same arguments goes on after the
        last entry that this one gave.

        Functions are no part of it, nor are the errors so far. A directory that was given in part is listed again.
        """
        guard = self._opening.guard
        return WalkCheckpoint(
            version=1,
            walk=self._options.identity(self._kind),
            root=guard.root,
            entered=sorted(guard.entered),
            calls=self._made,
            entries=self._read,
            pending=self._frontier.state(),
        )

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> T:
        while not self._closed:
            item = self._frontier.next_item()
            if item is not None:
                return item
            if self._frontier.is_done:
                await self.aclose()
                break
            try:
                await self._go_on()
            except BaseException:
                self._stop()
                raise
        raise StopAsyncIteration

    async def _go_on(self) -> None:
        """Open the directory whose turn it is, if its listing is there; else ask for more, and wait for one."""
        delay = self._ask()
        head = self._frontier.head
        if head is not None and head.outcome is not None:
            self._take(head)
        elif self._calls.count:
            for frame, outcome in await self._calls.wait(delay):
                self._arrive(frame, outcome)
        elif delay is not None:
            await self._client.sleep(delay)
            # A clock may stand still, or be set back meanwhile.
            self._latest += delay

    def _ask(self) -> float | None:
        """Begin as many calls as there may be; the seconds until the next, if the limiter allows none now."""
        options = self._options
        while self._calls.count < options.concurrency:
            frame = self._frontier.to_ask()
            if frame is None:
                return None
            delay = self._limiter.reserve(self._now())
            if delay:
                self._frontier.ask_again(frame)
                return delay
            self._begin(frame)
        return None

    def _begin(self, frame: Frame[T]) -> None:
        work = partial(async_list_directory, self._traveller, self._request(frame), self._calls.alone)
        try:
            self._calls.start(frame, work)
        except Exception as error:
            self._frontier.ask_again(frame)
            if self._options.executor is None:
                raise
            raise GlobusUsageError(f"executor: it takes no more work: {error}") from error

    def _now(self) -> float:
        self._latest = max(self._latest, self._client.clock())
        return self._latest

    def _request(self, frame: Frame[T]) -> Request[FileList]:
        options = self._options
        return listing_request(
            str(options.collection),
            frame.directory.path,
            show_hidden=options.show_hidden,
            local_user=options.local_user,
            filter=options.sent_filter,
        )

    def _arrive(self, frame: Frame[T], outcome: Listing | Exception) -> None:
        self._made += 1
        if isinstance(outcome, RateLimitedError):
            frame.attempts += 1
            delay = self._client.retry.delay(self._request(frame), outcome, frame.attempts)
            if delay is not None:
                self._limiter.pause(delay, self._now())
                self._frontier.ask_again(frame)
                return
        self._frontier.arrived(frame, outcome)

    def _take(self, head: Frame[T]) -> None:
        outcome = head.outcome
        if isinstance(outcome, Listing):
            self._frontier.open_head(self._opening.open(head.directory, outcome))
            self._read += len(outcome.items)
        elif outcome is not None:
            self._fail(head, outcome)
        if self._options.on_progress is not None:
            self._options.on_progress(self.progress)

    def _fail(self, head: Frame[T], error: Exception) -> None:
        """Go on without a directory that could not be listed, or raise its exception: it is then asked for again."""
        options, path, depth = self._options, head.directory.path, head.directory.depth
        if depth and has_vanished(error):
            self.vanished.append(path)
        elif not depth and is_no_directory(error):
            self._frontier.ask_again(head)
            raise GlobusUsageError(
                f"path: {options.path!r} is a file, and a walk begins at a directory; operation_stat tells of a file"
            ) from error
        elif not isinstance(error, GlobusError):
            self._frontier.ask_again(head)
            raise GlobusError(f"{path}: the listing failed in its worker: {error!r}") from error
        elif concerns_all(error) or options.on_error == "raise":
            self._frontier.ask_again(head)
            advise(error, path)
            raise error
        else:
            advise(error, path)
            problem = WalkError(path, error)
            if callable(options.on_error):
                options.on_error(problem)
            self.errors.append(problem)
        self._frontier.drop_head()

    def _stop(self) -> None:
        for frame in self._calls.stop():
            self._frontier.ask_again(frame)

    async def aclose(self) -> None:
        """End the walk. No call begins any more, and those in flight are cancelled; those in threads end by themselves.

        `checkpoint()` still tells how far it came.
        """
        self._closed = True
        self._stop()
        await self._calls.join()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        await self.aclose()

    def __del__(self) -> None:
        # For loops that are left by `break`. One that was not made to the end has no calls.
        calls = vars(self).get("_calls")
        if calls is not None:
            calls.stop()

    def __repr__(self) -> str:
        options = self._options
        return f"{type(self).__name__}({options.collection!s}, {options.start!r}, {self.progress})"


async def async_list_directory(
    traveller: Traveller[AsyncTransferBase], request: Request[FileList], alone: bool
) -> Listing:
    """The entries of a directory; `alone` in its event loop, over connections that are closed afterwards."""
    client = traveller.client
    if not alone:
        return read_listing(await client.send(request))
    async with client.with_own_connections() as own:
        return read_listing(await own.send(request))
