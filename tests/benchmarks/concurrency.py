"""What a call costs in processor time when many are in flight: tasks against threads."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor

import anyio

from globus_typed import AccessTokenAuthorizer, AsyncTransferClient, TransferClient

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"
CALLS = 2000


def threads(url: str, workers: int) -> float:
    """Microseconds of processor time a call, by that many threads."""
    with TransferClient(AccessTokenAuthorizer("t"), base_url=url) as tc, ThreadPoolExecutor(workers) as pool:
        list(pool.map(tc.get_endpoint, [ID] * 200))
        start = time.process_time()
        list(pool.map(tc.get_endpoint, [ID] * CALLS))
        return (time.process_time() - start) / CALLS * 1e6


def tasks(url: str, in_flight: int) -> float:
    """Microseconds of processor time a call, with that many tasks."""

    async def main() -> float:
        async with AsyncTransferClient(AccessTokenAuthorizer("t"), base_url=url) as tc:

            async def work(calls: int) -> None:
                for _ in range(calls):
                    await tc.get_endpoint(ID)

            async def everybody(calls: int) -> None:
                async with anyio.create_task_group() as group:
                    for _ in range(in_flight):
                        group.start_soon(work, calls // in_flight)

            await everybody(200)
            start = time.process_time()
            await everybody(CALLS)
            return (time.process_time() - start) / CALLS * 1e6

    return anyio.run(main)


def report(url: str, rounds: int = 5) -> None:
    """Print the figures, measured by turns so that both meet the same machine."""
    rows = [(threads(url, 32), tasks(url, 32), tasks(url, 100)) for _ in range(rounds)]
    by_threads, by_32, by_100 = (statistics.median(column) for column in zip(*rows, strict=True))
    print("processor time a call (median), in flight:")
    print(f"  32 threads  {by_threads:7.0f} us  1.00")
    print(f"  32 tasks    {by_32:7.0f} us  {by_32 / by_threads:.2f}")
    print(f"  100 tasks   {by_100:7.0f} us  {by_100 / by_threads:.2f}")
