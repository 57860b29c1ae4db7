"""The pieces of work, done by globus-sdk; each gives the processor seconds that it took."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import globus_sdk
from tests.benchmarks import files
from tests.benchmarks.work import CALLS, IN_FLIGHT, A, B, paths


def client() -> globus_sdk.TransferClient:
    return globus_sdk.TransferClient(authorizer=globus_sdk.AccessTokenAuthorizer("t"))


def call() -> float:
    tc = client()
    for _ in range(50):
        tc.get_endpoint(A)
    start = time.process_time()
    for _ in range(CALLS):
        tc.get_endpoint(A)
    return (time.process_time() - start) / CALLS


def flight() -> float:
    tc = client()
    with ThreadPoolExecutor(IN_FLIGHT) as pool:
        list(pool.map(tc.get_endpoint, [A] * 320))
        start = time.process_time()
        list(pool.map(tc.get_endpoint, [A] * CALLS))
        return (time.process_time() - start) / CALLS


def items(count: int) -> float:
    tc = client()
    tc.get_endpoint(A)
    start = time.process_time()
    data = globus_sdk.TransferData(A, B, submission_id=A)
    for source, destination in paths(count):
        data.add_item(source, destination)
    assert tc.submit_transfer(data)["task_id"]
    return time.process_time() - start


def listing(count: int) -> float:
    tc = client()
    list(tc.operation_ls(A, path="/10/"))
    start = time.process_time()
    seen = [(entry["name"], entry["last_modified"]) for entry in tc.operation_ls(A, path=f"/{count}/")]
    took = time.process_time() - start
    assert len(seen) == count
    return took


def pages() -> float:
    tc = client()
    tc.get_endpoint(A)
    start = time.process_time()
    # Its pager gives a thousand tasks at most, so the pages are asked for one by one.
    ids = [task["task_id"] for offset in range(0, 100_000, 1000) for task in tc.task_list(limit=1000, offset=offset)]
    took = time.process_time() - start
    assert len(ids) == 100_000
    return took


FOUR = "from globus_sdk import NativeAppAuthClient, RefreshTokenAuthorizer, TransferClient, TransferData"
FIRST = f"{FOUR}, AccessTokenAuthorizer\nTransferClient(authorizer=AccessTokenAuthorizer('t')).get_endpoint('{A}')"
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
    **files.THEIRS,
}
