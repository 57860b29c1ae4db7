"""Where other programs keep their tokens."""

import os
from dataclasses import dataclass
from pathlib import Path

from globus_typed.apps.errors import StoreError
from globus_typed.config import environment_name
from globus_typed.errors import GlobusUsageError

__all__ = ["PLACES", "Place", "app_folder_name", "place"]

PLACES = ("sdk-app", "globus-cli", "globus-compute")
"""The names of places that `read_tokens` takes instead of a path."""

_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}


@dataclass(frozen=True)
class Place:
    """The files in which a program may keep its tokens, and the namespace of them that it uses."""

    paths: tuple[Path, ...]
    """The files, the newest form first."""
    namespace: str
    """The namespace that the program uses."""


def place(name: str, client_id: object = None, app_name: object = None, environment: str | None = None) -> Place:
    """The place of that name, one of `PLACES`, for the environment.

    Parameters: `client_id`, `app_name`, those of the app, of ``sdk-app`` only.
    """
    environment = environment_name(environment)
    if name == "globus-cli":
        profile = os.environ.get("GLOBUS_PROFILE")
        namespace = f"userprofile/{environment}" + (f"/{profile}" if profile else "")
        return Place((_globus_folder() / "cli" / "storage.db", _home() / ".globus.cfg"), namespace)
    if name == "globus-compute":
        folder = os.environ.get("GLOBUS_COMPUTE_USER_DIR")
        path = Path(folder) if folder else _home() / ".globus_compute"
        return Place((path / "storage.db",), f"user/{environment}")
    if not isinstance(client_id, str) or not isinstance(app_name, str):
        raise GlobusUsageError(
            'source: "sdk-app" needs the client_id and the app_name of the app, each a str, '
            f"got {client_id!r} and {app_name!r}"
        )
    if not client_id.replace("-", "").isalnum():
        raise GlobusUsageError(f"client_id: must be a UUID, got {client_id!r}")
    folder_of_app = _globus_folder() / "app" / client_id / app_folder_name(app_name)
    prefix = "" if environment == "production" else f"{environment}-"
    return Place(tuple(folder_of_app / f"{prefix}tokens.{ending}" for ending in ("json", "db")), "DEFAULT")


def app_folder_name(app_name: str) -> str:
    """The name of the folder in which globus-sdk keeps the tokens of an app of that name."""
    printable = "".join(character for character in app_name if character.isprintable())
    folder = "".join("+" if character in '<>:"/\\|?*' else character for character in printable)
    folder = folder.replace(".", "-").replace(" ", "-").lower()
    if not folder or folder in _DEVICES:
        raise GlobusUsageError(f"app_name: no folder can have this name, got {app_name!r}")
    return folder


def _globus_folder() -> Path:
    if os.name != "nt":
        return _home() / ".globus"
    local = os.environ.get("LOCALAPPDATA") or os.environ.get("APPDATA")
    return (Path(local) if local else _home() / "AppData" / "Local") / "globus"


def _home() -> Path:
    home = os.path.expanduser("~")
    if home == "~":
        raise StoreError("there is no home directory to look for token files in: set HOME, or give a path")
    return Path(home)
