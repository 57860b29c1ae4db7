"""Small files of programs on this machine, read with a reason where that fails."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

__all__ = ["LocalProblem", "read_text"]

_MOST = 1 << 20


@dataclass(frozen=True)
class LocalProblem:
    """The reason why something is not known of a program on this machine; as text, ``/etc/x: cannot be read: …``."""

    file: str
    """The file, or the environment variable, that is missing or damaged."""
    what: str
    """The problem, and where there is one, the cure."""

    def __str__(self) -> str:
        return f"{self.file}: {self.what}"


def read_text(path: str) -> tuple[str | None, str | None]:
    """The text of a small file, and else the reason why it cannot be read. Never raises, and never waits."""
    try:
        # Without waiting for a writer, where it is a pipe.
        file = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
        with open(file, "rb") as stream:
            if not stat.S_ISREG(os.fstat(file).st_mode):
                return None, "is not a file"
            content = stream.read(_MOST + 1)
    except FileNotFoundError:
        return None, "does not exist"
    except PermissionError as error:
        return None, f"cannot be read: {error.strerror}; it belongs to {_owner_of(path)}"
    except (OSError, ValueError) as error:
        return None, f"cannot be read: {getattr(error, 'strerror', None) or error}"
    if len(content) > _MOST:
        return None, f"is larger than {_MOST:,} bytes"
    try:
        return content.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        return None, f"is not UTF-8 text, at byte {error.start}"


def _owner_of(path: str) -> str:
    try:
        return f"the user {Path(path).owner()}"
    except (OSError, ValueError, KeyError, NotImplementedError):
        return "another user"
