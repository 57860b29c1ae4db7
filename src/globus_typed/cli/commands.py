"""The command ``globus-typed``. Needs the extra ``sandbox``."""

import io
import os
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

from globus_typed._version import __version__
from globus_typed.errors import GlobusError, GlobusOptionalDependencyError

if TYPE_CHECKING:
    from globus_typed.schema.catalogue import Kind

try:
    import typer
except ModuleNotFoundError:
    # The entry point is there with or without the extra.
    sys.exit(str(GlobusOptionalDependencyError(["typer"], "the command globus-typed", "sandbox")))

app: typer.Typer = typer.Typer(
    help="Try Globus programs on this machine, and check their documents.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,  # they hold tokens
)
sandbox_app: typer.Typer = typer.Typer(help="A local Globus on 127.0.0.1, which moves real files.")
app.add_typer(sandbox_app, name="sandbox")


def main() -> None:
    """Run the command."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        _on(number, _end)
    try:
        app()
    except GlobusError as error:
        sys.exit(f"globus-typed: {error}")


def _on(number: int, handler: Callable[[int, FrameType | None], object]) -> None:
    # What the caller has us ignore (nohup does so) stays ignored.
    if signal.getsignal(number) != signal.SIG_IGN:
        signal.signal(number, handler)


def _end(number: int, frame: FrameType | None) -> None:
    # As an exception, so that what is open is closed and what is temporary is removed.
    raise SystemExit(128 + number)


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


def _show_all(errors: str) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Some names of files are more than some terminals can show.
        sys.stdout.reconfigure(errors=errors)  # pyright: ignore[reportUnknownMemberType]  # its buffer's type


@app.command()
def demo() -> None:
    """Show the main job: log in, look around, move a directory, check every file. Leaves nothing behind."""
    from globus_typed.cli.demo import run_demo

    _show_all("replace")
    raise typer.Exit(run_demo())


@app.command()
def validate(
    files: Annotated[list[str], typer.Argument(help="JSON or JSON lines; - for standard input.", show_default=False)],
    kind: Annotated[
        str | None,
        typer.Option("--as", metavar="TYPE", help="What the documents are, such as TransferData, whatever they say."),
    ] = None,
) -> None:
    """Check documents, and print what is wrong with them: by file and line, item and field.

    A document is what its DATA_TYPE says. Exits with 1 when something is wrong, and with 2 when something is no JSON or
    no document that is known.
    """
    from globus_typed.check.report import check_files

    _show_all("backslashreplace")
    raise typer.Exit(check_files(files, _kinds(kind) if kind is not None else ()))


@app.command()
def schema(
    kind: Annotated[
        str | None, typer.Argument(metavar="TYPE", help="A class, such as TransferData, or a DATA_TYPE.")
    ] = None,
    everything: Annotated[
        Path | None, typer.Option("--all", metavar="DIR", file_okay=False, help="Write one file for each document.")
    ] = None,
) -> None:
    """Print the JSON Schema (2020-12) of a document as it is on the wire, with what its fields mean."""
    from globus_typed.schema.catalogue import all_kinds
    from globus_typed.schema.json_schema import schema_text

    if (kind is None) == (everything is None):
        raise typer.BadParameter("give either TYPE or --all DIR")
    if kind is not None:
        found, *others = _kinds(kind)
        typer.echo(schema_text(found), nl=False)
        if others:
            names = ", ".join(other.__name__ for other in others)
            typer.echo(f"globus-typed: this is {found.__name__}; {kind} is also {names}", err=True)
    if everything is not None:
        try:
            everything.mkdir(parents=True, exist_ok=True)
            for name, each in all_kinds().items():
                (everything / f"{name}.json").write_text(schema_text(each), encoding="utf-8")
        except OSError as error:
            raise typer.BadParameter(f"{error.filename}: {error.strerror}") from None
        typer.echo(f"{len(all_kinds())} schemas are in {everything}.")


@app.command()
def openapi() -> None:
    """Print the OpenAPI 3.1 document of the services that the sandbox plays."""
    import json

    from globus_typed.sandbox.openapi import openapi as described
    from globus_typed.schema.openapi import openapi

    _show_all("backslashreplace")
    typer.echo(json.dumps(openapi(described()), indent=2, ensure_ascii=False))


def _kinds(name: str) -> "tuple[Kind, ...]":
    from globus_typed.schema.catalogue import all_kinds, named, wire_names

    kinds = named(name)
    if not kinds:
        typer.echo(f"globus-typed: there is no document called {name!r}. There are, by DATA_TYPE:", err=True)
        typer.echo(", ".join(wire_names()), err=True)
        typer.echo("and by class:", err=True)
        typer.echo(", ".join(all_kinds()), err=True)
        raise typer.Exit(2)
    return kinds


@sandbox_app.callback(invoke_without_command=True)
def serve(
    context: typer.Context,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 for a free one.")] = 0,
    directory: Annotated[
        Path | None,
        typer.Option(file_okay=False, help="Where the collections' files are and stay; else a temporary one."),
    ] = None,
    token_lifetime: Annotated[int, typer.Option(min=1, help="How many seconds access tokens are good.")] = 172800,
    rotate_refresh_tokens: Annotated[
        bool, typer.Option("--rotate-refresh-tokens", help="Every refresh gives a new refresh token and ends the old.")
    ] = False,
) -> None:
    """Serve a local Globus until Ctrl-C, and print what to export for programs to use it."""
    from globus_typed.sandbox import Sandbox
    from globus_typed.sandbox.server import NOT_INHERITED

    sandbox = Sandbox(
        port=port,
        directory=directory,
        token_lifetime=token_lifetime,
        rotate_refresh_tokens=rotate_refresh_tokens,
    )
    if context.invoked_subcommand is not None:
        context.obj = sandbox
        return
    done = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        done.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    _on(signal.SIGHUP, stop)
    with sandbox:
        for name, value in sandbox.environment.items():
            typer.echo(f"export {name}={shlex.quote(value)}")
        for name in NOT_INHERITED:
            if name in os.environ:
                typer.echo(f"unset {name}")
        sys.stdout.flush()
        typer.echo(f"The sandbox serves at {sandbox.url}. Ctrl-C stops it.", err=True)
        done.wait()


@sandbox_app.command(context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
def run(
    context: typer.Context,
    command: Annotated[list[str], typer.Argument(help="The command and its arguments, after --.")],
) -> None:
    """Run a command against a fresh local Globus; its exit status is passed on."""
    from globus_typed.sandbox import Sandbox
    from globus_typed.sandbox.server import NOT_INHERITED

    child: subprocess.Popen[bytes] | None = None

    def pass_on(number: int, frame: FrameType | None) -> None:
        if child is None:
            _end(number, frame)
        else:
            child.send_signal(number)

    with context.find_object(Sandbox) or Sandbox() as sandbox:
        inherited = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
        # Ctrl-C goes to the child by itself, which decides what to make of it.
        signal.signal(signal.SIGINT, lambda number, frame: None)
        for number in (signal.SIGTERM, signal.SIGHUP):
            _on(number, pass_on)
        try:
            child = subprocess.Popen(command, env={**inherited, **sandbox.environment})
        except OSError as error:
            typer.echo(f"globus-typed: {command[0]}: {error.strerror}", err=True)
            raise typer.Exit(127 if isinstance(error, FileNotFoundError) else 126) from None
        status = child.wait()
    raise typer.Exit(status if status >= 0 else 128 - status)


if __name__ == "__main__":
    main()
