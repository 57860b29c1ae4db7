"""Where Globus Connect Personal keeps its files, on each system."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from globus_typed.errors import GlobusUsageError

__all__ = ["Surroundings", "config_directory", "file_names"]

_NAMES = ("HOME", "USERPROFILE", "HOMEDRIVE", "HOMEPATH", "LOCALAPPDATA", "USERNAME", "LOGNAME", "USER", "PATH")


@dataclass(frozen=True)
class Surroundings:
    """The system that a program runs on, as far as paths depend on it."""

    platform: str
    """The name of the system, as `sys.platform` has it: ``linux``, ``darwin``, ``win32``."""
    environ: Mapping[str, str]
    """The environment variables; of others than those that are read here, some may hold secrets."""
    cwd: str
    """The working directory, which relative paths begin at; empty if it is gone."""

    @classmethod
    def of(cls, platform: str | None, environ: Mapping[str, str] | None, cwd: str | None) -> "Surroundings":
        """The surroundings; those of this process where they are not given."""
        given = os.environ if environ is None else environ
        known = {name: given[name] for name in _NAMES if given.get(name)}
        if environ is None and (home := os.path.expanduser("~")) != "~":
            known.setdefault("HOME", home)
        return cls(sys.platform if platform is None else platform, known, _working_directory() if cwd is None else cwd)

    @property
    def is_windows(self) -> bool:
        """Whether paths are those of Windows."""
        return self.platform.startswith("win")

    @property
    def home(self) -> str | None:
        """The home directory; None if it is not known."""
        if not self.is_windows:
            return self.environ.get("HOME")
        drive, path = self.environ.get("HOMEDRIVE", ""), self.environ.get("HOMEPATH", "")
        return self.environ.get("USERPROFILE") or (drive + path if drive and path else None)

    @property
    def user(self) -> str | None:
        """The name of the account; None if it is not known."""
        names = ("USERNAME",) if self.is_windows else ("LOGNAME", "USER")
        return next((self.environ[name] for name in names if self.environ.get(name)), None)


def _working_directory() -> str:
    try:
        return os.getcwd()
    except OSError:
        return ""


def config_directory(surroundings: Surroundings) -> str:
    """The directory where Globus Connect Personal keeps its configuration, unless started with ``-dir``.

    Raises `GlobusUsageError` if the environment variable that says so is not set.
    """
    if surroundings.is_windows:
        local = surroundings.environ.get("LOCALAPPDATA")
        if not local:
            raise GlobusUsageError("LOCALAPPDATA: is not set, so that the directory of Globus Connect is not known")
        return os.path.join(local, "Globus Connect")
    home = surroundings.home
    if not home:
        raise GlobusUsageError("HOME: is not set, so that the directory of Globus Connect is not known")
    return os.path.join(home, ".globusonline")


def file_names(platform: str) -> tuple[str, str, str | None]:
    """The files of the collection's id, of its owner, and of the allowed paths, from the directory.

    The last is None on Windows, where the paths are set in a window.
    """
    if platform.startswith("win"):
        return "client-id.txt", "gridmap", None
    return os.path.join("lta", "client-id.txt"), os.path.join("lta", "gridmap"), os.path.join("lta", "config-paths")
