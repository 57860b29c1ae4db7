"""Which login flow suits the surroundings of a program: a pure function of what can be seen there."""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from globus_typed.apps.login_flows.browser import TEXT_BROWSERS, browser_name, windows_opener
from globus_typed.apps.login_flows.terminal import somebody_can_type
from globus_typed.errors import GlobusUsageError

__all__ = ["Choice", "Surroundings", "choose_flow", "in_notebook"]

_BATCH = ("SLURM_JOB_ID", "PBS_JOBID", "LSB_JOBID", "JOB_ID")
_SSH = ("SSH_TTY", "SSH_CONNECTION", "SSH_CLIENT")
_CONTAINER = ("/.dockerenv", "/run/.containerenv")
_NO_DISPLAY_NEEDED = ("darwin", "win32", "cygwin")
_YES = {"1", "y", "yes", "t", "true", "on"}
_NO = {"0", "n", "no", "f", "false", "off"}


@dataclass(frozen=True)
class Choice:
    """A login flow, and why it is the one."""

    flow: Literal["local-server", "command-line", "notebook"] | None
    """The flow; None if there is nobody to ask."""
    reason: str
    """Why, as a clause: ``"this is an SSH session (SSH_TTY)"``."""


@dataclass(frozen=True)
class Surroundings:
    """The place where a program runs, as it sees it. The defaults are those of a terminal without anything."""

    environment: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    """The environment variables."""
    can_type: bool = True
    """Whether somebody may type an answer: standard input is a terminal, or `input` was replaced."""
    platform: str = "linux"
    """As in `sys.platform`."""
    is_notebook: bool = False
    """Whether the program runs in the kernel of a notebook."""
    browser: Callable[[], str | None] = lambda: None
    """Gives the name of the default browser; None for none. It is looked for only if all else suits it."""
    windows_opener: str | None = None
    """The program that opens a browser of Windows, in its Subsystem for Linux; None for none."""
    file_exists: Callable[[str], bool] = lambda path: False
    """Whether there is a file of that path."""

    @classmethod
    def here(cls) -> "Surroundings":
        """Those of this process, now."""
        return cls(
            environment=os.environ,
            can_type=somebody_can_type(),
            platform=sys.platform,
            is_notebook=in_notebook(),
            browser=browser_name,
            windows_opener=windows_opener(),
            file_exists=os.path.exists,
        )


def in_notebook() -> bool:
    """Whether this is the kernel of a notebook, of Jupyter, JupyterHub or Colab: where cells run in an event loop that
    `input` may block."""
    get_shell = getattr(sys.modules.get("IPython"), "get_ipython", None)
    shell: object = get_shell() if callable(get_shell) else None
    return "ZMQInteractiveShell" in (each.__name__ for each in type(shell).__mro__)


def choose_flow(here: Surroundings, interactive: bool | None = None) -> Choice:
    """The login flow for these surroundings.

    Parameters: `interactive`, whether there is somebody to ask, even in a batch job or CI (None: as the variable
    ``GLOBUS_TYPED_INTERACTIVE`` says, 1 or 0, or else as the surroundings look).
    Raises `GlobusUsageError` for any other value of the variable.
    """
    said = _interactive(here.environment) if interactive is None else interactive
    if said is False:
        source = "GLOBUS_TYPED_INTERACTIVE=0" if interactive is None else "interactive=False"
        return Choice(None, f"{source} says so")
    if said is None and here.environment.get("CI", "").lower() not in {"", *_NO}:
        return Choice(None, "this is a run of continuous integration (CI)")
    # Before batch jobs: notebooks of clusters run in them.
    if here.is_notebook:
        return Choice("notebook", "this is a notebook")
    if said is None and not here.can_type and (name := _first(here.environment, _BATCH)):
        return Choice(None, f"this is a batch job ({name}), and standard input is no terminal")
    obstacle = _no_local_browser(here)
    if obstacle is None:
        return Choice("local-server", "a browser can be opened here")
    if here.can_type:
        return Choice("command-line", obstacle)
    return Choice(None, f"standard input is no terminal, and {obstacle}")


def _no_local_browser(here: Surroundings) -> str | None:
    """Why no browser of this machine can come back to the program; None if one can."""
    if name := _first(here.environment, _SSH):
        return f"this is an SSH session ({name})"
    if path := next((path for path in _CONTAINER if here.file_exists(path)), None):
        return f"this is a container ({path})"
    if "WSL_DISTRO_NAME" in here.environment:
        return None if here.windows_opener else "no browser of Windows can be opened from here (wslview is missing)"
    needs_display = not here.platform.startswith(_NO_DISPLAY_NEEDED)
    if needs_display and not _first(here.environment, ("DISPLAY", "WAYLAND_DISPLAY")):
        return "there is no display (DISPLAY, WAYLAND_DISPLAY)"
    browser = here.browser()
    if browser is None:
        return "there is no browser on this machine"
    if browser in TEXT_BROWSERS:
        return f"the browser of this machine runs in a terminal ({browser})"
    return None


def _interactive(environment: Mapping[str, str]) -> bool | None:
    text = environment.get("GLOBUS_TYPED_INTERACTIVE", "").strip().lower()
    if text in _NO or text in _YES:
        return text in _YES
    if text:
        raise GlobusUsageError(f"GLOBUS_TYPED_INTERACTIVE: must be 1 or 0, got {text!r}")
    return None


def _first(environment: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((name for name in names if environment.get(name)), None)
