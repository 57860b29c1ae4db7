"""The commands that need the sandbox: ``demo``, ``sandbox`` and ``sandbox run``."""

import os
import shlex
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from globus_typed.cli.output import escape_unprintable
from globus_typed.cli.signals import end, on

__all__ = ["commands"]

commands: typer.Typer = typer.Typer()
_sandbox: typer.Typer = typer.Typer(help="A local Globus on 127.0.0.1, which moves real files.")
commands.add_typer(_sandbox, name="sandbox")


@commands.command()
def demo() -> None:
    """Show the main job: log in, look around, move a directory, check every file. Leaves nothing behind."""
    from globus_typed.cli.demo import run_demo

    escape_unprintable("replace")
    raise typer.Exit(run_demo())


@_sandbox.callback(invoke_without_command=True)
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
    any_query_parameter: Annotated[
        bool, typer.Option("--any-query-parameter", help="Ignore query parameters that a route does not know.")
    ] = False,
    retry_faults_for: Annotated[
        float, typer.Option(min=0, help="How many seconds a task with a fault goes on, before it fails.")
    ] = 0,
    strict_apps: Annotated[
        bool,
        typer.Option("--strict-apps", help="Refuse client ids that are not registered; else they are native apps."),
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
        any_query_parameter=any_query_parameter,
        strict_apps=strict_apps,
        retry_faults_for=retry_faults_for,
    )
    if context.invoked_subcommand is not None:
        context.obj = sandbox
        return
    done = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        done.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    on(signal.SIGHUP, stop)
    with sandbox:
        for name, value in sandbox.environment.items():
            typer.echo(f"export {name}={shlex.quote(value)}")
        for name in NOT_INHERITED:
            if name in os.environ:
                typer.echo(f"unset {name}")
        sys.stdout.flush()
        typer.echo(f"The sandbox serves at {sandbox.url}. Ctrl-C stops it.", err=True)
        done.wait()


@_sandbox.command(context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
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
            end(number, frame)
        else:
            child.send_signal(number)

    with context.find_object(Sandbox) or Sandbox() as sandbox:
        inherited = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
        # Ctrl-C goes to the child by itself, which decides what to make of it.
        signal.signal(signal.SIGINT, lambda number, frame: None)
        for number in (signal.SIGTERM, signal.SIGHUP):
            on(number, pass_on)
        try:
            child = subprocess.Popen(command, env={**inherited, **sandbox.environment})
        except OSError as error:
            typer.echo(f"globus-typed: {command[0]}: {error.strerror}", err=True)
            raise typer.Exit(127 if isinstance(error, FileNotFoundError) else 126) from None
        status = child.wait()
    raise typer.Exit(status if status >= 0 else 128 - status)
