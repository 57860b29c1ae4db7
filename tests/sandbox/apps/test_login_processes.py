"""Logins in programs of their own: Ctrl-C, a terminal, and nobody before the program. None of them may hang."""

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import IO, Any

import httpx
import pytest

from globus_typed.sandbox import Sandbox

PROGRAM = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # which is ignored below a shell's background jobs
from globus_typed import NativeAppAuthClient
from globus_typed.apps.login_flows.{module} import {kind}
from globus_typed.core.authorization_parameters import AuthorizationParameters

flow = {kind}(NativeAppAuthClient(sys.argv[1]){more})
print(sorted(flow.run_login_flow(AuthorizationParameters(required_scopes=("openid",))).by_resource_server))
"""
LOCAL = PROGRAM.format(
    module="local_server", kind="LocalServerLoginFlowManager", more=", open_browser=lambda url: None"
)
AUTO = PROGRAM.format(module="auto", kind="AutoLoginFlowManager", more="")
LINK = PROGRAM.format(module="command_line", kind="CommandLineLoginFlowManager", more="")


LOOP = """
import asyncio
from anyio.to_thread import run_sync

async def tick():  # Python hears of a signal that comes just before the loop waits only when that wakes up again
    while True:
        await asyncio.sleep(0.1)

async def main():
    ticking = asyncio.create_task(tick())
    await run_sync(flow.run_login_flow, AuthorizationParameters(required_scopes=("openid",)), abandon_on_cancel=True)
    ticking.cancel()

asyncio.run(main())
"""
IN_A_LOOP = LOCAL.partition("print(")[0] + LOOP
LINK_IN_A_LOOP = LINK.partition("print(")[0] + LOOP


def environment(**more: str) -> dict[str, str]:
    left_out = {"DISPLAY", "WAYLAND_DISPLAY", "CI", "GLOBUS_TYPED_INTERACTIVE", "SLURM_JOB_ID"}
    return {**{name: value for name, value in os.environ.items() if name not in left_out}, **more}


@contextmanager
def started(command: list[str], **options: Any) -> Generator["subprocess.Popen[str]", None, None]:
    """A program that does not outlive the test, whatever becomes of it."""
    with subprocess.Popen(command, text=True, **options) as program:
        try:
            yield program
        finally:
            program.kill()


@contextmanager
def at_a_terminal(
    source: str, client_id: str, **more: str
) -> Generator[tuple["subprocess.Popen[str]", int, IO[str]], None, None]:
    """A program whose standard input is a terminal; gives its keyboard, and what the program shows."""
    keyboard, terminal = pty.openpty()
    command = [sys.executable, "-c", source, client_id]
    pipe = subprocess.PIPE
    try:
        with started(
            command, stdin=terminal, stdout=pipe, stderr=pipe, start_new_session=True, env=environment(**more)
        ) as program:
            assert program.stderr is not None
            yield program, keyboard, program.stderr
    finally:
        os.close(keyboard)
        os.close(terminal)


@pytest.mark.parametrize("source", [LOCAL, IN_A_LOOP])
def test_ctrl_c_ends_a_local_server_at_once(globus_sandbox: Sandbox, source: str) -> None:
    command = [sys.executable, "-c", source, globus_sandbox.native_client_id]
    with started(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE) as program:
        assert program.stderr is not None
        link = next(line for line in program.stderr if line.startswith("http")).strip()
        home = httpx.URL(link).params["redirect_uri"]
        assert httpx.get(f"{home}/favicon.ico").status_code == 404
        program.send_signal(signal.SIGINT)
        _, rest = program.communicate(timeout=20)
    assert rest.strip().endswith("KeyboardInterrupt")
    with pytest.raises(httpx.ConnectError):
        httpx.get(home)


@pytest.mark.parametrize("program", [AUTO, LINK])
def test_a_program_with_nobody_before_it_ends_at_once(globus_sandbox: Sandbox, program: str) -> None:
    command = [sys.executable, "-c", program, globus_sandbox.native_client_id]
    ended = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30, env=environment(), check=False
    )
    assert ended.returncode == 1
    assert ended.stdout == ""
    last = ended.stderr.strip().splitlines()[-1]
    assert last.startswith("globus_typed.errors.LoginRequiredError: a login is needed, and there is nobody to ask: ")
    assert "globus-typed login" in last
    assert "state=" not in ended.stderr


def test_a_person_at_a_terminal(globus_sandbox: Sandbox) -> None:
    """Standard input is a terminal; what the program prints goes elsewhere, and holds nothing of the login."""
    with at_a_terminal(AUTO, globus_sandbox.native_client_id, SSH_TTY="/dev/pts/1") as (program, keyboard, shown):
        assert "an SSH session (SSH_TTY)" in shown.readline()
        link = next(line for line in shown if line.startswith("http")).strip()
        code = httpx.get(link, headers={"Accept": "text/plain"}).text.strip()
        os.write(keyboard, f"{code}\n".encode())
        out, _ = program.communicate(timeout=30)
    assert out == "['auth.globus.org']\n"
    assert program.returncode == 0


def test_a_person_at_a_terminal_answers_a_thread_of_an_event_loop(globus_sandbox: Sandbox) -> None:
    with at_a_terminal(LINK_IN_A_LOOP, globus_sandbox.native_client_id) as (program, keyboard, shown):
        link = next(line for line in shown if line.startswith("http")).strip()
        code = httpx.get(link, headers={"Accept": "text/plain"}).text.strip()
        os.write(keyboard, f"wrong\n{code}\n".encode())
        program.communicate(timeout=30)
    assert program.returncode == 0


def test_ctrl_c_ends_a_question_in_an_event_loop(globus_sandbox: Sandbox) -> None:
    with at_a_terminal(LINK_IN_A_LOOP, globus_sandbox.native_client_id) as (program, _, shown):
        assert any(line.startswith("http") for line in shown)
        program.send_signal(signal.SIGINT)
        program.communicate(timeout=20)
    assert program.returncode
