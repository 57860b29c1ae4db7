"""Output of commands, on a standard output that takes every character."""

import io
import json
import sys
from enum import Enum

import typer

__all__ = ["OutputFormat", "escape_unprintable", "print_json"]


class OutputFormat(Enum):
    """The forms of a report."""

    text = "text"
    json = "json"


def print_json(found: object) -> None:
    """Print one JSON object."""
    typer.echo(json.dumps(found, indent=2))


def escape_unprintable(errors: str) -> None:
    """Let characters that the encoding of standard output lacks be written by this error handler of codecs."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors=errors)  # pyright: ignore[reportUnknownMemberType]  # its buffer's type
