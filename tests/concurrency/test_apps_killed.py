"""Processes that are killed while they renew the tokens of one store: no login is lost, and no entry."""

import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from globus_typed import GlobusError
from globus_typed.sandbox import Sandbox
from globus_typed.sandbox.rotation import Rotation

from .app_stress import SCALE, Meter, environment, preloaded, shared_sandbox
from .app_workers import AUTH, LIFETIME, SERVER, TRANSFER_ALL, call_for_ever, now, set_time, store

pytestmark = pytest.mark.once

PATIENCE = 60


class Workers:
    """Eight processes that call without end, at one store; whoever is killed is replaced."""

    def __init__(self, directory: Path, sandbox: Sandbox) -> None:
        self._directory, self._sandbox = directory, sandbox
        self._context = preloaded(multiprocessing.get_context("forkserver"))
        self._started = 0
        self._running: list[BaseProcess] = []
        self.killed = self.killed_holding = 0

    def fill(self) -> None:
        """Start processes until there are eight."""
        self._running = [each for each in self._running if each.is_alive()]
        while len(self._running) < 8:
            self._started += 1
            log = self._directory / f"{self._started}.log"
            arguments = (environment(), *map(str, (self._directory, self._sandbox.native_client_id)))
            process = self._context.Process(
                name=str(self._started),
                target=call_for_ever,
                args=(*arguments, self._sandbox.source.id, str(log)),
                daemon=True,
            )
            process.start()
            self._running.append(process)

    def kill(self, pid: int | None = None) -> None:
        """Kill this one, or any."""
        running = [each for each in self._running if each.is_alive() and pid in (None, each.pid)]
        victim = random.choice(running)
        assert victim.pid is not None
        os.kill(victim.pid, signal.SIGSTOP)  # so that it is known whether it held the lock when it died
        self.killed += 1
        self.killed_holding += self.holder() in (None, victim.pid)
        victim.kill()
        victim.join()

    def holder(self) -> int | None:
        """The process that holds the lock of the store, or was the last one to; None while it writes that down."""
        words = (self._directory / "app" / "tokens.json.lock").read_bytes().split()
        return int(words[-1]) if len(words) > 1 else None

    def outcomes(self) -> Counter[str]:
        """What became of the calls, and how often."""
        lines = [line for log in self._directory.glob("*.log") for line in log.read_text().splitlines()]
        return Counter(lines)

    def wait_for_calls(self) -> int:
        """Wait until each process has made a further call, so that none goes on for two expiries.

        Gives how many logins were lost, and made again.
        """
        lost, before = 0, self._calls()
        until = time.monotonic() + PATIENCE
        while min(calls - before.get(log, 0) for log, calls in self._calls().items()) < 1:
            assert time.monotonic() < until, self.outcomes()
            time.sleep(0.01)
            if SERVER not in store(self._directory).get_token_data_by_resource_server():
                lost += 1
                log_in_again(self._directory, self._sandbox)
        return lost

    def _calls(self) -> dict[str, int]:
        """How many calls of each running process have succeeded."""
        logs = {
            process.name: self._directory / f"{process.name}.log" for process in self._running if process.is_alive()
        }
        return {name: log.read_text().count("ok\n") if log.exists() else 0 for name, log in logs.items()}

    def end(self) -> None:
        for process in self._running:
            process.kill()
            process.join()


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until, "stuck"
        time.sleep(0.002)


def log_in_again(directory: Path, sandbox: Sandbox) -> None:
    """As a person does, who tries again where the token endpoint fails."""
    while SERVER not in store(directory).get_token_data_by_resource_server():
        with suppress(GlobusError):
            sandbox.app(storage=store(directory), scopes={SERVER: TRANSFER_ALL})


@pytest.mark.parametrize("rotation", ["grace", "strict"])
def test_eight_processes_are_killed_at_random_moments(tmp_path: Path, rotation: Rotation) -> None:
    """Each expiry comes when the one before was seen to; kills come between, during and after renewals."""
    logins_lost = 0
    with shared_sandbox(tmp_path, rotation) as sandbox, Meter().at(sandbox) as meter:
        workers = Workers(tmp_path, sandbox)
        try:
            workers.fill()
            workers.wait_for_calls()
            for _ in range(5 * SCALE):
                set_time(now() + LIFETIME)
                time.sleep(random.uniform(0, 0.06))
                workers.kill()
                workers.fill()
                logins_lost += workers.wait_for_calls()
        finally:
            workers.end()
        outcomes = workers.outcomes()
        assert len(meter.granted) >= 5 * SCALE - logins_lost
        assert meter.too_early() <= workers.killed_holding
        assert logins_lost <= (workers.killed_holding if rotation == "strict" else 0)
        assert {*store(tmp_path).get_token_data_by_resource_server()} == {AUTH, SERVER}
        if not logins_lost:
            assert set(outcomes) == {"ok"}, outcomes


def test_with_grace_no_kill_between_response_and_store_loses_a_login(tmp_path: Path) -> None:
    """Whoever renews is killed when the refresh was granted, and has not learnt of it."""
    with shared_sandbox(tmp_path, "grace") as sandbox, Meter().at(sandbox) as meter:
        workers = Workers(tmp_path, sandbox)
        try:
            workers.fill()
            workers.wait_for_calls()
            for number in range(3 * SCALE):
                meter.when_granted = lambda: workers.kill(workers.holder()) if len(meter.granted) % 2 else None
                before = len(meter.granted)
                set_time(now() + LIFETIME)
                workers.fill()
                workers.wait_for_calls()
                assert len(meter.granted) == before + 2
                assert workers.killed == workers.killed_holding == number + 1
        finally:
            workers.end()
        assert set(workers.outcomes()) == {"ok"}, workers.outcomes()
        assert len(meter.granted) == 2 * 3 * SCALE
        assert meter.refused == 0
        assert {*store(tmp_path).get_token_data_by_resource_server()} == {AUTH, SERVER}


def test_with_strict_rotation_a_kill_inside_the_request_loses_that_login_and_no_other(tmp_path: Path) -> None:
    with shared_sandbox(tmp_path, "strict") as sandbox, Meter().at(sandbox) as meter:
        workers = Workers(tmp_path, sandbox)
        try:
            workers.fill()
            workers.wait_for_calls()
            meter.when_granted = lambda: workers.kill(workers.holder())
            set_time(now() + LIFETIME)
            wait_for(lambda: SERVER not in store(tmp_path).get_token_data_by_resource_server())
            assert {*store(tmp_path).get_token_data_by_resource_server()} == {AUTH}
            assert (len(meter.granted), meter.refused) == (1, 1)
            meter.when_granted = lambda: None
            log_in_again(tmp_path, sandbox)
            assert workers.wait_for_calls() == 0
        finally:
            workers.end()
        kinds = {outcome.partition(" ")[0] for outcome in workers.outcomes()}
        assert kinds <= {"ok", "LoginRequiredError"}
