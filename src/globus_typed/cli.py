"""The command ``globus-typed``. Needs the extra ``sandbox``."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import Annotated

from globus_typed._version import __version__
from globus_typed.errors import GlobusError, GlobusOptionalDependencyError

try:
    import typer
except ModuleNotFoundError:
    # The entry point is there with or without the extra.
    sys.exit(str(GlobusOptionalDependencyError(["typer"], "the command globus-typed", "sandbox")))

from globus_typed.sandbox import Sandbox

app: typer.Typer = typer.Typer(help="Try Globus programs on this machine.", no_args_is_help=True, add_completion=False)
sandbox_app: typer.Typer = typer.Typer(help="A local Globus on 127.0.0.1, which moves real files.")
app.add_typer(sandbox_app, name="sandbox")


def main() -> None:
    """Run the command."""
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


@app.command()
def demo() -> None:
    """Show the main job: log in, look around, move a directory, check every file. Leaves nothing behind."""
    from globus_typed.demo import run_demo

    raise typer.Exit(run_demo())


@sandbox_app.callback(invoke_without_command=True)
def serve(
    context: typer.Context,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 for a free one.")] = 0,
    directory: Annotated[
        Path | None,
        typer.Option(file_okay=False, help="Where the collections' files are and stay; else a temporary one."),
    ] = None,
    token_lifetime: Annotated[int, typer.Option(min=1, help="How many seconds access tokens are good.")] = 172800,
) -> None:
    """Serve a local Globus until Ctrl-C, and print what to export for programs to use it."""
    sandbox = Sandbox(port=port, directory=directory, token_lifetime=token_lifetime)
    if context.invoked_subcommand is not None:
        context.obj = sandbox
        return
    done = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        done.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    with sandbox:
        typer.echo("".join(f"export {name}={value}\n" for name, value in sandbox.environment.items()), nl=False)
        sys.stdout.flush()
        typer.echo(f"The sandbox serves at {sandbox.url}. Ctrl-C stops it.", err=True)
        done.wait()


@sandbox_app.command(context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
def run(
    context: typer.Context,
    command: Annotated[list[str], typer.Argument(help="The command and its arguments, after --.")],
) -> None:
    """Run a command against a fresh local Globus; its exit status is passed on."""
    with context.find_object(Sandbox) or Sandbox() as sandbox:
        inherited = {name: value for name, value in os.environ.items() if name != "GLOBUS_SDK_ENVIRONMENT"}
        try:
            child = subprocess.Popen(command, env={**inherited, **sandbox.environment})
        except OSError as error:
            typer.echo(f"globus-typed: {command[0]}: {error.strerror}", err=True)
            raise typer.Exit(127 if isinstance(error, FileNotFoundError) else 126) from None
        # Ctrl-C goes to the child too, which decides what to make of it.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            status = child.wait()
        finally:
            signal.signal(signal.SIGINT, before)
    raise typer.Exit(status if status >= 0 else 128 - status)


if __name__ == "__main__":
    main()
