"""A lock for file systems that have none: a file that says who holds it, for as long as it is renewed."""

import os
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

__all__ = ["Lease"]

STALE = 120.0
"""The seconds after which a lease that is not renewed counts as dropped."""


class Lease:
    """A file that one process at a time can make.

    It is renewed by a thread, four times in the time after which it would count as dropped, and taken over earlier
    where its process is known to have ended. Clocks of machines that share it must not differ by more than that time.
    """

    def __init__(self, path: Path, *, now: Callable[[], float] = time.time, stale: float = STALE) -> None:
        self.path = path
        self._now, self._stale = now, stale
        self._text = f"process {os.getpid()} on {_machine()} {uuid4().hex}"
        self._process = os.getpid()
        self._ended = threading.Event()

    @property
    def holder(self) -> str | None:
        """The process that holds it, for people; None if it is free, or does not say."""
        return _read(self.path).rpartition(" ")[0] or None

    @property
    def is_ours(self) -> bool:
        """Whether it still is the file that this object made."""
        return _read(self.path) == self._text

    def take(self) -> bool:
        """Make the file; False if another process holds it. Raises `OSError` where none can be made."""
        if self._is_dropped():
            self._clear()
        try:
            descriptor = os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            return False
        try:
            os.write(descriptor, self._text.encode())
        except OSError:
            _remove(self.path)
            raise
        finally:
            os.close(descriptor)
        self.renew()
        with suppress(RuntimeError):  # when Python ends, threads cannot start any more
            threading.Thread(target=self._keep, name=f"lease of {self.path.name}", daemon=True).start()
        return True

    def renew(self) -> None:
        """Say that it still is held."""
        now = self._now()
        with suppress(OSError):  # it may have been taken over, which `is_ours` says
            os.utime(self.path, (now, now))

    def release(self) -> None:
        """Remove the file, if it still is ours."""
        self._ended.set()
        if self.is_ours and self._process == os.getpid():
            _remove(self.path)

    def _keep(self) -> None:
        while not self._ended.wait(self._stale / 4) and self.is_ours:
            self.renew()

    def _is_dropped(self) -> bool:
        words = _read(self.path).split()
        if len(words) == 5 and words[3] == _machine() and words[1].isdecimal() and not _is_running(int(words[1])):
            return True
        return self._age(self.path) > self._stale

    def _clear(self) -> None:
        """Remove a dropped lease. One process at a time may, so that none removes what another made in its place."""
        breaking = self.path.with_name(f"{self.path.name}.breaking")
        try:
            os.close(os.open(breaking, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            if self._age(breaking) > self._stale / 12:  # of a process that was killed here, which takes no time
                _remove(breaking)
            return
        try:
            if self._is_dropped():
                _remove(self.path)
        finally:
            _remove(breaking)

    def _age(self, path: Path) -> float:
        try:
            return self._now() - path.stat().st_mtime
        except OSError:
            return 0


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(1000).decode("ascii", "replace")
    except OSError:
        return ""


def _machine() -> str:
    """The host, and within it the container, whose process numbers are its own."""
    try:
        return f"{socket.gethostname()}/{os.readlink('/proc/self/ns/pid')}"
    except OSError:
        return socket.gethostname()


def _is_running(process: int) -> bool:
    if not hasattr(os, "getuid"):
        return True  # on Windows, os.kill would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
