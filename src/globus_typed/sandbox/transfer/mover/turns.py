"""Movers of small files take turns.

Otherwise their threads take the interpreter from each other at every system call, and all are several times slower.
"""

import threading
from collections import deque

__all__ = ["Turn", "Turns"]

_STEPS = 300
"""The number of steps in a turn, some milliseconds: a small file takes two to four."""


class Turns:
    """Turns of several threads: the one that has waited longest goes on."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Lock] = deque()

    def take(self) -> None:
        """Wait until it is this thread's turn."""
        with self._lock:
            if not self._taken:
                self._taken = True
                return
            gate = threading.Lock()
            gate.acquire()
            self._waiting.append(gate)
        gate.acquire()

    def leave(self) -> None:
        """Let the next one go on."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


class Turn:
    """One thread's part in it: a turn lasts for some steps, unless the thread leaves before, since it has to wait."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._left = 0

    def take(self) -> None:
        """Go on when it is this thread's turn."""
        if not self._left:
            self._turns.take()
            self._left = _STEPS

    def step(self) -> None:
        """One step is done; when it was the last of the turn, the others go first."""
        if self._left:
            self._left -= 1
            if not self._left:
                self._turns.leave()
                self.take()

    def leave(self) -> None:
        """Let others go on, if it is this thread's turn."""
        if self._left:
            self._left = 0
            self._turns.leave()
