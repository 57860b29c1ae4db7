"""Logins in programs of their own: Ctrl-C, a terminal, and nobody before the program. None of them may hang."""

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from globus_typed.sandbox import Sandbox

PROGRAM = """
import sys
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


def environment(**more: str) -> dict[str, str]:
    left_out = {"DISPLAY", "WAYLAND_DISPLAY", "CI", "GLOBUS_TYPED_INTERACTIVE", "SLURM_JOB_ID"}
    return {**{name: value for name, value in os.environ.items() if name not in left_out}, **more}


def test_ctrl_c_ends_a_local_server_at_once(globus_sandbox: Sandbox) -> None:
    command = [sys.executable, "-c", LOCAL, globus_sandbox.native_client_id]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as program:
        assert program.stderr is not None
        link = next(line for line in program.stderr if line.startswith("http")).strip()
        home = httpx.URL(link).params["redirect_uri"]
        assert httpx.get(f"{home}/favicon.ico").status_code == 404
        program.send_signal(signal.SIGINT)
        _, rest = program.communicate(timeout=5)
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


def test_a_person_at_a_terminal(globus_sandbox: Sandbox, tmp_path: Path) -> None:
    """Standard input is a terminal; what the program prints goes elsewhere, and holds nothing of the login."""
    keyboard, terminal = pty.openpty()
    command = [sys.executable, "-c", AUTO, globus_sandbox.native_client_id]
    with subprocess.Popen(
        command,
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=environment(SSH_TTY="/dev/pts/1"),
    ) as program:
        os.close(terminal)
        assert program.stderr is not None
        assert program.stdout is not None
        assert "an SSH session (SSH_TTY)" in program.stderr.readline()
        link = next(line for line in program.stderr if line.startswith("http")).strip()
        code = httpx.get(link, headers={"Accept": "text/plain"}).text.strip()
        os.write(keyboard, f"{code}\n".encode())
        out, _ = program.communicate(timeout=30)
        os.close(keyboard)
    assert out == "['auth.globus.org']\n"
    assert program.returncode == 0
