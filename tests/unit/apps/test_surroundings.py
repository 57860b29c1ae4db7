"""Which login flow suits which surroundings."""

import sys
from dataclasses import replace
from types import ModuleType

import pytest

from globus_typed import GlobusUsageError
from globus_typed.apps.login_flows.surroundings import Surroundings, choose_flow, in_notebook

DESKTOP = Surroundings(environment={"DISPLAY": ":0"}, browser=lambda: "firefox")


def at(*, browser: str | None = "firefox", files: tuple[str, ...] = (), **environment: str) -> Surroundings:
    """A desktop with what is told about it."""
    given = {"DISPLAY": ":0", **environment}
    return Surroundings(
        environment={name: value for name, value in given.items() if value},
        browser=lambda: browser,
        file_exists=lambda path: path in files,
    )


@pytest.mark.parametrize(
    ("here", "flow", "reason"),
    [
        (DESKTOP, "local-server", "a browser can be opened here"),
        (at(DISPLAY="", WAYLAND_DISPLAY="wayland-0"), "local-server", "browser"),
        (replace(at(DISPLAY=""), platform="darwin"), "local-server", "browser"),
        (replace(at(DISPLAY="", browser=""), platform="win32"), "local-server", "browser"),
        (replace(DESKTOP, can_type=False), "local-server", "browser"),
        (at(SSH_TTY="/dev/pts/1"), "command-line", "SSH session (SSH_TTY)"),
        (at(SSH_CONNECTION="::1 1 ::1 22"), "command-line", "SSH session (SSH_CONNECTION)"),
        (replace(at(SSH_CLIENT="::1 1 22"), platform="darwin"), "command-line", "SSH session (SSH_CLIENT)"),
        (at(files=("/.dockerenv",)), "command-line", "container (/.dockerenv)"),
        (at(files=("/run/.containerenv",)), "command-line", "container (/run/.containerenv)"),
        (at(DISPLAY=""), "command-line", "no display"),
        (replace(at(DISPLAY=""), platform="freebsd14"), "command-line", "no display"),
        (at(browser=None), "command-line", "no browser"),
        (at(browser="w3m"), "command-line", "runs in a terminal (w3m)"),
        (at(WSL_DISTRO_NAME="Ubuntu"), "command-line", "wslview"),
        (replace(at(WSL_DISTRO_NAME="Ubuntu", DISPLAY=""), windows_opener="/usr/bin/wslview"), "local-server", ""),
        (at(SLURM_JOB_ID="17", DISPLAY=""), "command-line", "no display"),
        (replace(at(), is_notebook=True), "notebook", "notebook"),
        (replace(at(SLURM_JOB_ID="17", SSH_CLIENT="a"), is_notebook=True, can_type=False), "notebook", "notebook"),
        (replace(at(SLURM_JOB_ID="17"), can_type=False), None, "batch job (SLURM_JOB_ID)"),
        (replace(at(PBS_JOBID="17"), can_type=False), None, "batch job (PBS_JOBID)"),
        (replace(at(LSB_JOBID="17"), can_type=False), None, "batch job (LSB_JOBID)"),
        (replace(at(JOB_ID="17"), can_type=False), None, "batch job (JOB_ID)"),
        (replace(at(SLURM_JOB_ID="17", GLOBUS_TYPED_INTERACTIVE="1"), can_type=False), "local-server", ""),
        (replace(at(DISPLAY=""), can_type=False), None, "standard input is no terminal, and there is no display"),
        (replace(at(SSH_TTY="/dev/pts/1"), can_type=False), None, "standard input is no terminal"),
        (at(CI="true"), None, "continuous integration (CI)"),
        (replace(at(CI="1"), is_notebook=True), None, "continuous integration (CI)"),
        (at(CI="false"), "local-server", "browser"),
        (at(CI="true", GLOBUS_TYPED_INTERACTIVE="yes"), "local-server", "browser"),
        (at(GLOBUS_TYPED_INTERACTIVE="0"), None, "GLOBUS_TYPED_INTERACTIVE=0"),
        (replace(at(GLOBUS_TYPED_INTERACTIVE="off"), is_notebook=True), None, "GLOBUS_TYPED_INTERACTIVE=0"),
    ],
)
def test_the_flow_and_why(here: Surroundings, flow: str | None, reason: str) -> None:
    choice = choose_flow(here)
    assert choice.flow == flow
    assert reason in choice.reason


def test_an_argument_counts_more_than_the_variable() -> None:
    assert choose_flow(at(GLOBUS_TYPED_INTERACTIVE="0", CI="1"), True).flow == "local-server"
    choice = choose_flow(at(GLOBUS_TYPED_INTERACTIVE="1"), False)
    assert choice.flow is None
    assert choice.reason == "interactive=False says so"


def test_a_word_that_is_neither_yes_nor_no_is_refused() -> None:
    with pytest.raises(GlobusUsageError, match="GLOBUS_TYPED_INTERACTIVE: must be 1 or 0, got 'maybe'"):
        choose_flow(at(GLOBUS_TYPED_INTERACTIVE="maybe"))


def test_the_browser_is_not_looked_for_where_it_could_not_be_used() -> None:
    def look() -> str | None:
        raise AssertionError("looked for")

    assert choose_flow(replace(at(SSH_TTY="x"), browser=look)).flow == "command-line"


def test_this_process_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_TTY", "/dev/pts/9")
    monkeypatch.setattr("builtins.input", lambda prompt="": "code")
    here = Surroundings.here()
    assert here.environment["SSH_TTY"] == "/dev/pts/9"
    assert here.can_type
    assert "SSH_TTY" not in repr(here)


class InteractiveShell:
    pass


class TerminalInteractiveShell(InteractiveShell):
    pass


class ZMQInteractiveShell(InteractiveShell):
    pass


class Shell(ZMQInteractiveShell):
    """That of Colab."""


@pytest.mark.parametrize(
    ("shell", "is_notebook"),
    [(Shell(), True), (ZMQInteractiveShell(), True), (TerminalInteractiveShell(), False), (None, False)],
)
def test_a_notebook_is_known_by_its_shell(monkeypatch: pytest.MonkeyPatch, shell: object, is_notebook: bool) -> None:
    ipython = ModuleType("IPython")
    vars(ipython)["get_ipython"] = lambda: shell
    monkeypatch.setitem(sys.modules, "IPython", ipython)
    assert in_notebook() is is_notebook
    assert Surroundings.here().is_notebook is is_notebook


def test_without_ipython_there_is_no_notebook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "IPython", raising=False)
    assert not in_notebook()
