"""What login flows write for the user, and whether there is one: standard error and standard input, if they exist."""

import sys

__all__ = ["say", "stdin_is_terminal"]


def say(text: str, end: str = "\n") -> None:
    """Write to standard error, so that piped standard output stays clean. A program without one says nothing."""
    if sys.stderr:  # which is None under pythonw
        sys.stderr.write(f"{text}{end}")
        sys.stderr.flush()


def stdin_is_terminal() -> bool:
    """Whether somebody may be typing."""
    try:
        return sys.stdin.isatty()
    except (AttributeError, ValueError):  # None under pythonw, or closed
        return False
