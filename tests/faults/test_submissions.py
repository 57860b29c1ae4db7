"""Submissions over a network with faults: none lost, none doubled, none unclear, and hardly one to be made again.

``GLOBUS_TYPED_SUBMISSIONS`` sets how many there are: a few hundred by default, 10,000 before a release.
"""

import asyncio
import functools
import json
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeGuard
from uuid import UUID

import pytest

from globus_typed import (
    AsyncTransferClient,
    DeleteData,
    GlobusAPIError,
    GlobusError,
    NetworkError,
    ResponseShapeError,
    RetryPolicy,
    TransferClient,
    TransferData,
)

from .network import FAULTS, SHARE, Network, network

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"
COUNT = int(os.environ.get("GLOBUS_TYPED_SUBMISSIONS", "600"))
THREADS, TASKS, PROCESSES = 16, 64, 4
PATIENCE = 30 + COUNT / 10
SOON = RetryPolicy(max_backoff=0.01)
Data = TransferData | DeleteData | dict[str, Any]
Outcome = tuple[int, str | None]
"""How often the program had to submit the data again, and the id of its task."""


def builder(label: str) -> Data:
    """What is submitted: a builder or a mapping, of a transfer or a delete."""
    if label.endswith("6"):
        return {"DATA_TYPE": "delete", "endpoint": ID, "label": label, "DATA": [{"path": "/~/a"}]}
    if label.endswith("5"):
        items = [{"source_path": "/~/a", "destination_path": "/~/b"}]
        return {"source_endpoint": ID, "destination_endpoint": ID, "label": label, "DATA": items}
    if label.endswith("7"):
        delete = DeleteData(ID, label=label)
        delete.add_item("/~/a")
        return delete
    data = TransferData(ID, ID, label=label)
    data.add_item("/~/a", "/~/b")
    return data


def is_delete(data: Data) -> TypeGuard[DeleteData | dict[str, Any]]:
    return isinstance(data, DeleteData) or (isinstance(data, dict) and "endpoint" in data)


def is_transfer(data: Data) -> TypeGuard[TransferData | dict[str, Any]]:
    return not is_delete(data)


def submit(tc: TransferClient, label: str, shared: Data | None = None) -> Outcome:
    """Submit one as a careful program does: again, with the same data, as long as it fails."""
    data = builder(label) if shared is None else shared
    for again in range(5):
        try:
            if is_delete(data):
                return again, tc.submit_delete(data).task_id
            if is_transfer(data):
                return again, tc.submit_transfer(data).task_id
        except GlobusError:  # noqa: PERF203  # this is what is counted
            continue
    return 5, None


async def async_submit(tc: AsyncTransferClient, label: str) -> Outcome:
    data = builder(label)
    for again in range(5):
        try:
            if is_delete(data):
                return again, (await tc.submit_delete(data)).task_id
            if is_transfer(data):
                return again, (await tc.submit_transfer(data)).task_id
        except GlobusError:  # noqa: PERF203  # this is what is counted
            continue
    return 5, None


def labels(kind: str, count: int) -> list[str]:
    return [f"{kind} {number}" for number in range(count)]


def in_threads(url: str, tc: TransferClient, count: int) -> list[Outcome]:
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(functools.partial(submit, tc), labels("threads", count)))


def in_tasks(url: str, tc: TransferClient, count: int) -> list[Outcome]:
    async def main() -> list[Outcome]:
        free = asyncio.Semaphore(TASKS)
        async with AsyncTransferClient(base_url=url, retry=SOON) as client:

            async def one(label: str) -> Outcome:
                async with free:
                    return await async_submit(client, label)

            return await asyncio.gather(*map(one, labels("tasks", count)))

    return asyncio.run(main())


def in_processes(url: str, tc: TransferClient, count: int, directory: Path) -> list[Outcome]:
    """In forked processes, by the client of the parent, which has connections."""

    def run(number: int) -> None:
        outcomes = [submit(tc, label) for label in labels(f"process {number}", count // PROCESSES)]
        (directory / f"{number}.json").write_text(json.dumps(outcomes))
        os._exit(0)

    processes = [multiprocessing.get_context("fork").Process(target=run, args=(each,)) for each in range(PROCESSES)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(PATIENCE)
        assert process.exitcode == 0
    read: list[list[int | str]] = [
        outcome for number in range(PROCESSES) for outcome in json.loads((directory / f"{number}.json").read_text())
    ]
    return [(int(again), str(task_id)) for again, task_id in read]


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("way", ["threads", "tasks", "processes"])
def test_no_submission_is_lost_or_doubled(way: str, tmp_path: Path) -> None:
    if way == "processes" and not hasattr(os, "fork"):
        pytest.skip("there is no fork on this system")
    count = COUNT // 3 // PROCESSES * PROCESSES
    ways: dict[str, Callable[[str, TransferClient, int], list[Outcome]]] = {
        "threads": in_threads,
        "tasks": in_tasks,
        "processes": lambda url, tc, count: in_processes(url, tc, count, tmp_path),
    }
    with network() as served, TransferClient(base_url=served.url, retry=SOON) as tc:
        submit(tc, "first")  # so that there is a connection
        outcomes = ways[way](served.url, tc, count)
        served.labels.pop("first")
    assert len(outcomes) == len(served.labels) == count, "lost"
    assert set(served.labels.values()) == {1}, "doubled"
    assert {task_id for _, task_id in outcomes} <= set(served.tasks.values()), "unclear"
    assert sum(again for again, _ in outcomes) <= count / 100
    assert set(served.faults) == set(FAULTS[:-1])


@pytest.fixture
def short_switch_interval() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("short_switch_interval")
@pytest.mark.parametrize("faulty", [False, True])
@pytest.mark.parametrize("number", [1, 5, 6, 7])
def test_what_eight_threads_submit_at_once_is_one_task(number: int, faulty: bool) -> None:
    rounds = max(10, COUNT // 60)
    with network(share=SHARE if faulty else 0) as served, TransferClient(base_url=served.url, retry=SOON) as tc:
        for turn in range(rounds):
            label = f"round {turn} {number}"
            data = builder(label)
            if isinstance(data, TransferData):
                # As it is after model_copy: what came in past the checks is set right by each thread.
                data = data.model_copy(update={"source_endpoint": UUID(ID)})
            start = threading.Barrier(8)

            def one(label: str = label, data: Data = data, start: threading.Barrier = start) -> Outcome:
                start.wait()
                return submit(tc, label, data)

            with ThreadPoolExecutor(8) as pool:
                tasks = {outcome.result()[1] for outcome in [pool.submit(one) for _ in range(8)]}
            kept = data["submission_id"] if isinstance(data, dict) else data.submission_id
            assert tasks == {served.tasks[str(kept)]}
    assert len(served.labels) == rounds
    assert set(served.labels.values()) == {1}, "doubled"


def make_directories(served: Network, count: int) -> list[tuple[str, GlobusError | None]]:
    def one(path: str) -> tuple[str, GlobusError | None]:
        try:
            tc.operation_mkdir(ID, path)
        except GlobusError as error:
            return path, error
        return path, None

    with TransferClient(base_url=served.url, retry=SOON) as tc, ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, (f"/~/{number}" for number in range(count))))


def test_what_may_not_be_repeated_is_never_doubled_and_its_error_says_whether_it_was_sent() -> None:
    with network(seed=2) as served:
        outcomes = make_directories(served, COUNT)
    assert set(served.faults) == set(FAULTS)
    assert max(served.directories.values()) == 1
    for path, error in outcomes:
        if isinstance(error, NetworkError):
            # It may have arrived; or, on a connection that was being closed, it may not.
            assert error.was_sent is True
        elif error is None:
            assert (served.seen[path], served.directories[path]) >= (1, 1)
        else:
            assert isinstance(error, (GlobusAPIError, ResponseShapeError))
    lost = [path for path, error in outcomes if isinstance(error, NetworkError)]
    assert sum(served.seen[path] > 0 for path in lost) > len(lost) * 0.8


def test_a_service_that_is_not_there_was_not_sent_anything() -> None:
    with network() as served:
        url = served.url
    with TransferClient(base_url=url, retry=SOON) as tc, pytest.raises(NetworkError) as caught:
        tc.operation_mkdir(ID, "/~/x")
    assert caught.value.was_sent is False
    assert not served.seen
