"""The commands that need the sandbox: ``demo``, ``sandbox`` and ``sandbox run``."""

import os
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from types import FrameType
from typing import Annotated, Literal

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


Port = Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 for a free one.")]
Directory = Annotated[
    Path | None, typer.Option(file_okay=False, help="Where the collections' files are and stay; else a temporary one.")
]
TokenLifetime = Annotated[int, typer.Option(min=1, help="How many seconds access tokens are good.")]
RotateRefreshTokens = Annotated[
    bool, typer.Option("--rotate-refresh-tokens", help="Every refresh gives a new refresh token and ends the old.")
]
RefreshRotation = Annotated[
    Literal["never", "strict", "grace", "omit"] | None,
    typer.Option(
        help="The refresh token that a refresh gives: the same; a new one, which ends the old one at once (strict) or "
        "at its first use (grace); or none, where the old one stays good (omit)."
    ),
]
RefreshTokenLifetime = Annotated[int, typer.Option(min=1, help="How many seconds an unused refresh token is good.")]
AnyQueryParameter = Annotated[
    bool, typer.Option("--any-query-parameter", help="Ignore query parameters that a route does not know.")
]
RetryFaultsFor = Annotated[
    float, typer.Option(min=0, help="How many seconds a task with a fault goes on, before it fails.")
]
StrictApps = Annotated[
    bool, typer.Option("--strict-apps", help="Refuse client ids that are not registered; else they are native apps.")
]
Collection = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME=ID", help="A collection with this id: a further one, or Sandbox Source or Sandbox Destination."
    ),
]
NativeApp = Annotated[
    list[str] | None, typer.Option(metavar="ID", help="A native app with this id; the first is the sandbox's own.")
]


@_sandbox.callback(invoke_without_command=True)
def serve(
    context: typer.Context,
    port: Port = 0,
    directory: Directory = None,
    token_lifetime: TokenLifetime = 172800,
    refresh_token_lifetime: RefreshTokenLifetime = 180 * 86400,
    rotation: RefreshRotation = None,
    rotate_refresh_tokens: RotateRefreshTokens = False,
    any_query_parameter: AnyQueryParameter = False,
    retry_faults_for: RetryFaultsFor = 0,
    strict_apps: StrictApps = False,
    collection: Collection = None,
    native_app: NativeApp = None,
) -> None:
    """Serve a local Globus until Ctrl-C, and print what to export for programs to use it."""
    from globus_typed.sandbox import Sandbox
    from globus_typed.sandbox.server import NOT_INHERITED

    if context.invoked_subcommand is not None:
        # Its options may stand before its name too.
        context.default_map = {context.invoked_subcommand: context.params}
        return
    sandbox = Sandbox(
        port=port,
        directory=directory,
        token_lifetime=token_lifetime,
        refresh_token_lifetime=refresh_token_lifetime,
        rotation=rotation,
        rotate_refresh_tokens=rotate_refresh_tokens,
        any_query_parameter=any_query_parameter,
        strict_apps=strict_apps,
        collections=_ids_by_name(collection or ()),
        native_apps=native_app or (),
        retry_faults_for=retry_faults_for,
    )
    done = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        done.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    on(signal.SIGHUP, stop)
    with sandbox:
        environment = sandbox.environment
        for name, value in environment.items():
            typer.echo(f"export {name}={shlex.quote(value)}")
        for name in NOT_INHERITED:
            if name in os.environ and name not in environment:
                typer.echo(f"unset {name}")
        sys.stdout.flush()
        _print_globus_cfg(sandbox.globus_cfg)
        typer.echo(f"The sandbox serves at {sandbox.url}. Ctrl-C stops it.", err=True)
        done.wait()


def _ids_by_name(collections: Iterable[str]) -> dict[str, str]:
    ids: dict[str, str] = {}
    for text in collections:
        name, _, id = text.rpartition("=")
        if not name:
            raise typer.BadParameter(f"must be NAME=ID, not {text!r}", param_hint="--collection")
        ids[name] = id
    return ids


def _print_globus_cfg(text: str) -> None:
    typer.echo(
        f"~/.globus.cfg for globus-sdk 1.x and 2.x, which know no environment variable for it:\n\n{text}", err=True
    )


@_sandbox.command(context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
def run(
    command: Annotated[list[str], typer.Argument(help="The command and its arguments, after --.")],
    port: Port = 0,
    directory: Directory = None,
    token_lifetime: TokenLifetime = 172800,
    refresh_token_lifetime: RefreshTokenLifetime = 180 * 86400,
    rotation: RefreshRotation = None,
    rotate_refresh_tokens: RotateRefreshTokens = False,
    any_query_parameter: AnyQueryParameter = False,
    retry_faults_for: RetryFaultsFor = 0,
    strict_apps: StrictApps = False,
    collection: Collection = None,
    native_app: NativeApp = None,
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

    sandbox = Sandbox(
        port=port,
        directory=directory,
        token_lifetime=token_lifetime,
        refresh_token_lifetime=refresh_token_lifetime,
        rotation=rotation,
        rotate_refresh_tokens=rotate_refresh_tokens,
        any_query_parameter=any_query_parameter,
        strict_apps=strict_apps,
        collections=_ids_by_name(collection or ()),
        native_apps=native_app or (),
        retry_faults_for=retry_faults_for,
    )
    with sandbox:
        inherited = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
        # Ctrl-C goes to the child by itself, which decides what to make of it.
        signal.signal(signal.SIGINT, lambda number, frame: None)
        for number in (signal.SIGTERM, signal.SIGHUP):
            on(number, pass_on)
        _print_globus_cfg(sandbox.globus_cfg)
        try:
            child = subprocess.Popen(command, env={**inherited, **sandbox.environment})
        except OSError as error:
            typer.echo(f"globus-typed: {command[0]}: {error.strerror}", err=True)
            raise typer.Exit(127 if isinstance(error, FileNotFoundError) else 126) from None
        status = child.wait()
    raise typer.Exit(status if status >= 0 else 128 - status)
