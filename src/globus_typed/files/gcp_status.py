"""Whether Globus Connect Personal is running: by what Globus Transfer knows, or what its own command says."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from typing import Literal, TypeAlias

from globus_typed.files.gcp_places import Surroundings

__all__ = ["GCPStatus", "ask_command", "read_status", "status_command", "status_of"]

GCPStatus: TypeAlias = Literal["connected", "paused", "offline", "unknown"]
"""Whether Globus Connect Personal is connected to Globus, paused by the user, or not connected; or it is not known."""

_COMMAND = "globusconnectpersonal"
_SECONDS = 10.0


def status_of(connected: bool | None, paused: bool | None) -> GCPStatus:
    """The status by the fields `gcp_connected` and `gcp_paused` of an `Endpoint`; unknown for other collections."""
    if connected is None:
        return "unknown"
    if not connected:
        return "offline"
    return "paused" if paused else "connected"


def read_status(text: str) -> GCPStatus:
    """The status that the command ``globusconnectpersonal -status`` prints, such as ``Globus Online:   connected``."""
    text = text.lower()
    if re.search(r"\b(disconnected|(not|no) [\w ]*(running|connected)|stopped)\b", text):
        return "offline"
    if re.search(r"\bpaused\b", text):
        return "paused"
    return "connected" if re.search(r"\bconnected\b", text) else "unknown"


def status_command(surroundings: Surroundings, config_dir: str | None) -> list[str] | None:
    """The command that tells the status; None where there is none, as on Windows and macOS, or it is not found.

    Parameters: `config_dir`, where it is not the default one.
    """
    if not surroundings.platform.startswith("linux"):
        return None
    command = shutil.which(_COMMAND, path=surroundings.environ.get("PATH", os.defpath))
    if command is None:
        return None
    return [command, *(["-dir", config_dir] if config_dir else []), "-status"]


def ask_command(command: Sequence[str]) -> str | None:
    """The output of a command; None if it cannot be run, or is not done within ten seconds."""
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False, errors="replace"
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return f"{done.stdout}\n{done.stderr}"
