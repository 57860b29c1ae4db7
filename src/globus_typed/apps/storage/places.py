"""Where the tokens of an app lie."""

import os
import re
import sys
from hashlib import sha256
from pathlib import Path
from typing import Protocol
from uuid import UUID

from globus_typed.apps.errors import StoreError
from globus_typed.apps.storage.files import absolute_path
from globus_typed.config import environment_name
from globus_typed.errors import GlobusUsageError

__all__ = ["TOKEN_DIR", "HasEnvironment", "app_path", "slug"]

TOKEN_DIR = "GLOBUS_TYPED_TOKEN_DIR"
"""The environment variable that names another directory for the tokens of all apps."""

_RESERVED = re.compile(r'[<>:"/\\|?*]')
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)")
"""The names that Windows keeps for devices."""
_LONGEST = 64


class HasEnvironment(Protocol):
    """A config of an app, as far as the place of its tokens depends on it."""

    @property
    def environment(self) -> str | None:
        """The environment of Globus, such as ``production``; None for the configured one."""
        ...


def slug(app_name: str) -> str:
    """The name of an app's directory: lower case, ``-`` for spaces and periods, ``+`` for what file names cannot hold.

    One of more than 64 characters ends in a hash. `GlobusUsageError` where nothing is left, and for a name that
    Windows keeps for a device.
    """
    text = _RESERVED.sub("+", app_name).replace(".", "-").replace(" ", "-")
    text = "".join(filter(str.isprintable, text)).lower()
    if not text or _DEVICE.fullmatch(text):
        raise GlobusUsageError(f"app_name: {app_name!r} cannot be the name of a directory; choose another name")
    if len(text) > _LONGEST or len(text.encode(errors="replace")) > 3 * _LONGEST:
        text = f"{text[:_LONGEST]}-{sha256(text.encode(errors='replace')).hexdigest()[:12]}"
    return text


def app_path(app_name: str, client_id: UUID | str, environment: str | None, ending: str) -> Path:
    """The path of an app's file of tokens; nothing is looked up on disk.

    ``~/.globus/app/<client id>/<slug of the name>/tokens.json``, where the official layer has it too, on Windows in
    ``%LOCALAPPDATA%\\globus``; outside production, the environment stands before the name of the file.
    ``GLOBUS_TYPED_TOKEN_DIR`` replaces ``~/.globus/app``. Raises `StoreError` where there is no home directory.
    """
    environment = environment_name(environment)
    name = "tokens" if environment == "production" else f"{environment}-tokens"
    return _apps() / str(client_id) / slug(app_name) / f"{name}.{ending}"


def _apps() -> Path:
    if directory := os.environ.get(TOKEN_DIR):
        return absolute_path(directory)
    if sys.platform == "win32":
        data = os.environ.get("LOCALAPPDATA") or os.environ.get("APPDATA")
        return (Path(data) if data else Path.home() / "AppData" / "Local") / "globus" / "app"
    return _home() / ".globus" / "app"


def _home() -> Path:
    """The home directory, of the environment, else of the list of users."""
    import pwd

    home = os.environ.get("HOME", "")
    if not home.startswith("/"):
        try:
            home = pwd.getpwuid(os.getuid()).pw_dir
        except KeyError:
            home = ""
    if not home.startswith("/"):
        raise StoreError(
            f"there is no home directory for tokens: HOME is not set, and the user {os.getuid()} is in no list; "
            f"set {TOKEN_DIR} to a directory that only you can read"
        )
    return Path(home)
