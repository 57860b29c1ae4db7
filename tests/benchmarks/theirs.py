"""The pieces of work, done by globus-sdk; each gives the processor seconds that it took."""

import json
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import globus_sdk
from tests.benchmarks import files
from tests.benchmarks.work import CALLS, DIRECTORIES, IN_FLIGHT, A, B, memory_counts_from_here, paths, two_listings


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


def plan() -> float:
    # There is none in globus-sdk: this is what its users write.
    bodies = two_listings()
    start = time.process_time()
    here, there = ({entry["name"]: entry for entry in json.loads(body)["DATA"]} for body in bodies)
    copy = [name for name in here if name not in there]
    update = [
        name
        for name, entry in here.items()
        if name in there
        and (entry["size"] != there[name]["size"] or entry["last_modified"] > there[name]["last_modified"])
    ]
    delete = [name for name in there if name not in here]
    took = time.process_time() - start
    assert (len(copy), len(update), len(delete)) == (0, 10_000, 0)
    return took


def listed(tc: globus_sdk.TransferClient, start: str) -> list[Mapping[str, Any]]:
    """All that is below a directory, as the documentation of globus-sdk walks: one listing after another."""
    found: list[Mapping[str, Any]] = []
    queue = [start]
    while queue:
        path = queue.pop()
        for entry in tc.operation_ls(A, path=path):
            found.append(entry)
            if entry["type"] == "dir":
                queue.append(f"{path}/{entry['name']}")
    return found


def walk() -> float:
    tc = client()
    list(tc.operation_ls(A, path="/10/"))
    start = time.perf_counter()
    seen = listed(tc, "/slow/tree_1000_20")
    took = time.perf_counter() - start
    assert len(seen) == DIRECTORIES * 21
    return took


def walk_1m() -> float:
    tc = client()
    assert len(listed(tc, "/tree_2_10")) == 22
    memory_counts_from_here()
    start = time.process_time()
    size = sum(entry["size"] or 0 for entry in listed(tc, "/tree_1000_1000"))
    took = time.process_time() - start
    assert size
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
    "plan": plan,
    "walk": walk,
    "walk_1m": walk_1m,
    **files.THEIRS,
}
