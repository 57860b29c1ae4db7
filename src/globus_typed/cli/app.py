"""The command ``globus-typed`` itself: its options, its subcommands, and how it ends."""

import signal
import sys
from typing import Annotated

import typer

from globus_typed._version import __version__
from globus_typed.cli import documents, login, preflight, sandbox, tokens
from globus_typed.cli.signals import end, on
from globus_typed.errors import GlobusError

__all__ = ["app", "main"]

app: typer.Typer = typer.Typer(
    help="Log in to apps, try Globus programs on this machine, and check their documents.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,  # they hold tokens
)
for _module in (login, tokens, preflight, sandbox, documents):
    app.add_typer(_module.commands)


def main() -> None:
    """Run the command."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        on(number, end)
    try:
        app()
    except GlobusError as error:
        sys.exit(f"globus-typed: {error}")


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _globus_typed(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_show_version)
    ] = False,
) -> None:
    pass
