"""Standard output that takes every character."""

import io
import sys

__all__ = ["escape_unprintable"]


def escape_unprintable(errors: str) -> None:
    """Let characters that the encoding of standard output lacks be written by this error handler of codecs."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors=errors)  # pyright: ignore[reportUnknownMemberType]  # its buffer's type
