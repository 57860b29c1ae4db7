"""Whatever ends a program, no task is left behind that was asked to be cancelled."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import anyio
import httpx
import pytest

from globus_typed import AccessTokenAuthorizer, AsyncTransferClient, RetryPolicy, TransferClient, TransferData
from globus_typed.core import endings
from globus_typed.transfer import async_client, client, tasks

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"
OTHER = "5d2e8f31-9a07-4c63-8b12-aa10bb20cc01"
TASK = "7a1d3c52-0b6e-4f19-9c44-3e8a51d2{:04}"
WATCHED = tuple(str(Path(module.__file__ or "").parent) for module in (client, async_client, tasks))


class Globus:
    """Tasks that never end unless they are cancelled."""

    def __init__(self) -> None:
        self.numbers: dict[str, str] = {}
        self.active: set[str] = set()
        self.asked = threading.Event()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        _, _, *place = request.url.path.split("/")
        if place == ["submission_id"]:
            return httpx.Response(200, json={"value": f"5d2e8f31-9a07-4c63-8b12-aa10bb20{len(self.numbers):04}"})
        if place == ["transfer"]:
            key = request.content.decode().partition('"submission_id":"')[2][:36]
            assert len(key) == 36
            if key not in self.numbers:
                self.numbers[key] = TASK.format(len(self.numbers))
                self.active.add(self.numbers[key])
            return httpx.Response(200, json={"task_id": self.numbers[key], "code": "Accepted"})
        if place == ["task_list"]:
            return httpx.Response(200, json={"DATA": [self.task(key) for key in self.numbers.values()]})
        if place[-1] == "cancel":
            self.active.discard(place[1])
            return httpx.Response(200, json={"code": "Canceled"})
        if place[-1] == "event_list":
            return httpx.Response(200, json={"DATA": [], "total": 0})
        self.asked.set()
        return httpx.Response(200, json=self.task(place[1]))

    def task(self, key: str) -> dict[str, Any]:
        return {"task_id": key, "status": "ACTIVE" if key in self.active else "FAILED", "faults": 1}

    def client(self, sleep: Callable[[float], None] = lambda _: None) -> TransferClient:
        http = httpx.Client(transport=httpx.MockTransport(self))
        return TransferClient(
            AccessTokenAuthorizer("t"),
            base_url="https://x.example/",
            http_client=http,
            sleep=sleep,
            retry=RetryPolicy(max_retries=0),
        )

    def async_client(self) -> AsyncTransferClient:
        http = httpx.AsyncClient(transport=httpx.MockTransport(self))
        return AsyncTransferClient(
            AccessTokenAuthorizer("t"),
            base_url="https://x.example/",
            http_client=http,
            retry=RetryPolicy(max_retries=0),
        )


def one() -> TransferData:
    data = TransferData(ID, OTHER)
    data.add_item("/from", "/to")
    return data


class Interrupting:
    """A trace that raises KeyboardInterrupt at the so-manieth line in the modules that run tasks."""

    def __init__(self, at: int) -> None:
        self.left = at
        self.place = ""

    def __call__(self, frame: FrameType, event: str, argument: object) -> Any:
        if not frame.f_code.co_filename.startswith(WATCHED):
            return None
        if event == "line":
            self.left -= 1
            if self.left == 0:
                self.place = f"{frame.f_code.co_filename}:{frame.f_lineno}"
                raise KeyboardInterrupt
        return self


def test_ctrl_c_at_any_line_leaves_no_task_behind() -> None:
    at = 0
    while True:
        at += 1
        globus, trace = Globus(), Interrupting(at)
        tc = globus.client()
        before = sys.gettrace()
        sys.settrace(trace)
        try:
            with pytest.raises((KeyboardInterrupt, TimeoutError)):
                tc.run([one(), one()], timeout=3, cancel_on_exit=True)
        finally:
            sys.settrace(before)
        assert not globus.active, f"a task is left after Ctrl-C at {trace.place}"
        if not trace.place:
            break
    assert at > 150


def test_ctrl_c_while_the_tasks_are_cancelled_cancels_them_all_the_same() -> None:
    globus = Globus()
    tc = globus.client()
    cancel, came = tc.cancel_task, list[str]()

    def interrupted(task_id: Any, **more: Any) -> Any:
        came.append(task_id)
        if len(came) == 2:
            raise KeyboardInterrupt
        return cancel(task_id, **more)

    tc.__dict__["cancel_task"] = interrupted  # its copies with other options have it too
    with pytest.raises(KeyboardInterrupt):
        tc.run([one(), one()], timeout=3, cancel_on_exit=True)
    assert len(came) == 4
    assert not globus.active


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_cancelled_scope_cancels_the_tasks(backend: str) -> None:
    globus = Globus()

    async def main() -> None:
        with anyio.move_on_after(0.1) as scope:
            await globus.async_client().run([one(), one()], cancel_on_exit=True)
        assert scope.cancelled_caught
        assert not globus.active

    anyio.run(main, backend=backend)


def test_a_task_that_is_cancelled_again_and_again_cancels_first() -> None:
    globus = Globus()

    async def main() -> None:
        running = asyncio.ensure_future(globus.async_client().run(one(), cancel_on_exit=True))
        await asyncio.to_thread(globus.asked.wait)
        while not running.done():
            running.cancel()
            await asyncio.sleep(0)
        assert running.cancelled()
        assert not globus.active

    asyncio.run(main())


def test_without_being_asked_nothing_is_cancelled() -> None:
    globus = Globus()
    with pytest.raises(TimeoutError):
        globus.client().run(one(), timeout=3)
    assert len(globus.active) == 1


@pytest.fixture
def handlers() -> Iterator[None]:
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.mark.usefixtures("handlers")
def test_sigterm_cancels_and_ends_the_program() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    globus = Globus()
    with pytest.raises(SystemExit) as raised:
        globus.client(lambda _: os.kill(os.getpid(), signal.SIGTERM)).run(one(), cancel_on_exit=True)
    assert raised.value.code == 128 + signal.SIGTERM
    assert not globus.active
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


@pytest.mark.usefixtures("handlers")
def test_sigterm_ends_a_task_of_asyncio_after_the_tasks_of_globus() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    globus = Globus()

    async def main() -> None:
        async def kill() -> None:
            await asyncio.to_thread(globus.asked.wait)
            os.kill(os.getpid(), signal.SIGTERM)

        killer = asyncio.ensure_future(kill())
        try:
            await globus.async_client().run(one(), cancel_on_exit=True)
        finally:
            await killer

    with pytest.raises(SystemExit) as raised:
        asyncio.run(main())
    assert raised.value.code == 128 + signal.SIGTERM
    assert not globus.active
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


@pytest.mark.usefixtures("handlers")
def test_a_program_that_handles_sigterm_goes_on_doing_so() -> None:
    came: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: came.append(number))
    globus = Globus()
    with pytest.raises(TimeoutError):
        globus.client(lambda _: os.kill(os.getpid(), signal.SIGTERM)).run(one(), timeout=1, cancel_on_exit=True)
    assert came
    assert not globus.active


def test_signals_are_left_alone_in_other_threads() -> None:
    globus, found = Globus(), list[object]()

    def work() -> None:
        try:
            globus.client(lambda _: found.append(signal.getsignal(signal.SIGTERM))).run(
                one(), timeout=1, cancel_on_exit=True
            )
        except TimeoutError:
            found.append("timeout")

    before = signal.getsignal(signal.SIGTERM)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found[0] is before
    assert found[-1] == "timeout"
    assert not globus.active


def test_what_was_interrupted_is_done_again_once() -> None:
    came: list[int] = []

    def work() -> int:
        came.append(1)
        if len(came) <= 2:
            raise KeyboardInterrupt
        return 7

    with pytest.raises(KeyboardInterrupt):
        endings.finished(work)
    assert len(came) == 2
    assert endings.finished(work) == 7


PROGRAM = """
import sys
from globus_typed import TransferClient, TransferData
transfer = TransferClient()
mine = {ep.display_name: ep.id for ep in transfer.endpoint_search(filter_scope="my-endpoints", num_results=None)}
data = TransferData(mine["Sandbox Source"], mine["Sandbox Destination"])
data.add_item("/~/missing.txt", "/~/copy.txt")
transfer.run(data, cancel_on_exit=True, polling_interval=0.05, on_fault=lambda fault: print(fault.path, flush=True))
"""


@pytest.mark.once
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_program_that_is_ended_from_outside_leaves_no_task_in_the_sandbox(number: signal.Signals) -> None:
    from globus_typed.sandbox import Sandbox

    with Sandbox(retry_faults_for=3600) as sandbox:
        environment = {**os.environ, **sandbox.environment, "GLOBUS_SDK_TRANSFER_TOKEN": sandbox.access_token()}
        command = [sys.executable, "-c", PROGRAM]
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as program:
            assert program.stdout is not None
            assert program.stdout.readline() == "/~/missing.txt\n"
            program.send_signal(number)
            assert program.wait(timeout=30) != 0
        tc = TransferClient(AccessTokenAuthorizer(sandbox.access_token()), base_url=sandbox.url)
        (task,) = tc.task_list()
        assert task.status == "FAILED"
        assert task.fatal_error is not None
        assert task.fatal_error.code == "CANCELED"
