"""The pieces of work, done by this project; each gives the processor seconds that it took."""

import time
from collections.abc import Callable
from datetime import datetime

import anyio
from tests.benchmarks import files
from tests.benchmarks.work import CALLS, DIRECTORIES, IN_FLIGHT, A, B, memory_counts_from_here, paths, two_listings

from globus_typed import AccessTokenAuthorizer, AsyncTransferClient, RateLimiter, TransferClient, TransferData
from globus_typed.transfer.syncing.listing import Listing
from globus_typed.transfer.syncing.options import checked_options
from globus_typed.transfer.syncing.walk import SyncWalk


def client() -> TransferClient:
    return TransferClient(AccessTokenAuthorizer("t"))


def call() -> float:
    with client() as tc:
        for _ in range(50):
            tc.get_endpoint(A)
        start = time.process_time()
        for _ in range(CALLS):
            tc.get_endpoint(A)
        return (time.process_time() - start) / CALLS


def flight() -> float:
    async def main() -> float:
        async with AsyncTransferClient(AccessTokenAuthorizer("t")) as tc:

            async def work(calls: int) -> None:
                for _ in range(calls):
                    await tc.get_endpoint(A)

            async def everybody(calls: int) -> None:
                async with anyio.create_task_group() as group:
                    for _ in range(IN_FLIGHT):
                        group.start_soon(work, calls // IN_FLIGHT)

            await everybody(320)
            start = time.process_time()
            await everybody(CALLS)
            return (time.process_time() - start) / CALLS

    return anyio.run(main)


def items(count: int) -> float:
    with client() as tc:
        tc.get_endpoint(A)
        TransferData(A, B).add_item("/a", "/b")
        start = time.process_time()
        data = TransferData(A, B, submission_id=A)
        for source, destination in paths(count):
            data.add_item(source, destination)
        assert tc.submit_transfer(data).task_id
        return time.process_time() - start


def listing(count: int) -> float:
    with client() as tc:
        list(tc.operation_ls(A, path="/10/"))
        start = time.process_time()
        seen = [(entry.name, entry.last_modified) for entry in tc.operation_ls(A, path=f"/{count}/")]
        took = time.process_time() - start
    assert len(seen) == count
    assert isinstance(seen[-1][1], datetime)
    return took


def pages() -> float:
    with client() as tc:
        tc.get_endpoint(A)
        list(tc.task_list(num_results=1))
        start = time.process_time()
        ids = [task.task_id for task in tc.task_list(num_results=None)]
        took = time.process_time() - start
    assert len(ids) == 100_000
    return took


def plan() -> float:
    # As `plan_sync` does it, without HTTP.
    here, there = two_listings()
    start = time.process_time()
    options = checked_options(
        (A, "/a/"),
        (B, "/b/"),
        level="mtime",
        delete_extra=True,
        filter_rules=(),
        symlinks="ignore",
        skew=0,
        max_entries=None,
        confirm_above=0.5,
        source_local_user=None,
        destination_local_user=None,
        label=None,
        preserve_timestamp=False,
    )
    walk = SyncWalk(options)
    for job in walk.start():
        walk.took(job, Listing.from_body(here if job.side == "source" else there))
    found = walk.found()
    took = time.process_time() - start
    assert (found.summary.update, len(found.rows)) == (10_000, 100_000)
    return took


def walk() -> float:
    with client() as tc:
        list(tc.operation_ls(A, path="/10/"))
        start = time.perf_counter()
        seen = [entry.path for entry in tc.walk(A, "/slow/tree_1000_20", concurrency=10, limiter=RateLimiter(None))]
        took = time.perf_counter() - start
    assert len(seen) == DIRECTORIES * 21
    return took


def walk_1m() -> float:
    with client() as tc:
        assert len(list(tc.walk(A, "/tree_2_10", limiter=RateLimiter(None)))) == 22
        memory_counts_from_here()
        start = time.process_time()
        size = sum(entry.size or 0 for entry in tc.walk(A, "/tree_1000_1000", limiter=RateLimiter(None)))
        took = time.process_time() - start
    assert size
    return took


FOUR = "from globus_typed import NativeAppAuthClient, RefreshTokenAuthorizer, TransferClient, TransferData"
FIRST = f"{FOUR}, AccessTokenAuthorizer\nTransferClient(AccessTokenAuthorizer('t')).get_endpoint('{A}')"
WORK: dict[str, Callable[[], float]] = {
    "call_38": call,
    "call_3": call,
    "flight": flight,
    "items_1k": lambda: items(1_000),
    "items_10k": lambda: items(10_000),
    "items_100k": lambda: items(100_000),
    "items_1m": lambda: items(1_000_000),
    "listing_10k": lambda: listing(10_000),
    "listing_100k": lambda: listing(100_000),
    "pages": pages,
    "plan": plan,
    "walk": walk,
    "walk_1m": walk_1m,
    **files.OURS,
}
