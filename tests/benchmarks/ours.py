"""The pieces of work, done by this project; each gives the processor seconds that it took."""

import time
from collections.abc import Callable
from datetime import datetime

import anyio
from tests.benchmarks import files
from tests.benchmarks.work import CALLS, IN_FLIGHT, A, B, paths

from globus_typed import AccessTokenAuthorizer, AsyncTransferClient, TransferClient, TransferData


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
    **files.OURS,
}
