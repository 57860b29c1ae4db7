"""The user of a login flow, if there is one: standard error to write to, and standard input to read from."""

import os
import sys
import threading
from contextlib import suppress
from types import BuiltinFunctionType

__all__ = ["input_is_replaced", "say", "somebody_can_type", "wait_for_typing"]


def say(text: str, end: str = "\n") -> None:
    """Write to standard error, so that piped standard output stays clean. A program without one says nothing."""
    if sys.stderr:  # which is None under pythonw
        sys.stderr.write(f"{text}{end}")
        sys.stderr.flush()


def input_is_replaced() -> bool:
    """Whether `input` asks elsewhere than in a terminal, as in the kernel of a notebook."""
    return not isinstance(input, BuiltinFunctionType)


def somebody_can_type() -> bool:
    """Whether `input` may get an answer: from a terminal, or from the kernel or the window that has replaced it."""
    if input_is_replaced():
        return True
    try:
        if not sys.stdin.isatty():
            return False
        stdin = sys.stdin.fileno()
    except (AttributeError, ValueError, OSError):  # None under pythonw, closed, or not a file
        return False
    try:
        return os.tcgetpgrp(stdin) == os.getpgrp()  # to read in the background is to be stopped
    except (AttributeError, OSError):  # Windows, or a terminal that does not control this process
        return True


def wait_for_typing() -> None:
    """In a thread, wait until somebody types, or else raise `EOFError` when Ctrl-C has ended the main thread.

    Python waits for its threads at its end, and one that reads would keep it there.
    """
    if threading.current_thread() is threading.main_thread() or os.name == "nt" or input_is_replaced():
        return
    from select import select

    with suppress(ValueError, OSError):  # closed, or not a file: input says so
        while not select([sys.stdin], [], [], 0.2)[0]:
            if not threading.main_thread().is_alive():
                raise EOFError
