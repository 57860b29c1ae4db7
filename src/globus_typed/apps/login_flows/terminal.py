"""What login flows write for the user, and whether there is one: standard error and standard input, if they exist."""

import os
import sys
from types import BuiltinFunctionType

__all__ = ["input_is_replaced", "say", "somebody_can_type"]


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
