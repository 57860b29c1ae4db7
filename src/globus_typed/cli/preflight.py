"""The command ``preflight``."""

from datetime import datetime
from typing import Annotated

import typer

from globus_typed.cli.output import OutputFormat, print_json
from globus_typed.cli.own_app import (
    AppName,
    ClientId,
    Environment,
    Namespace,
    StorageKind,
    TokenFile,
    TokenStorage,
    acting_as,
)
from globus_typed.errors import GlobusUsageError

__all__ = ["commands"]

commands: typer.Typer = typer.Typer()


@commands.command()
def preflight(
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="TIME", help="When the job will have ended: 2026-12-05T08:00+00:00."),
    ] = None,
    collections: Annotated[
        list[str] | None,
        typer.Option("--collection", metavar="UUID", help="A collection that the job uses.", show_default=False),
    ] = None,
    services: Annotated[
        list[str] | None,
        typer.Option("--service", metavar="NAME", help="A service that the job calls.", show_default=False),
    ] = None,
    refresh: Annotated[
        bool | None,
        typer.Option(
            "--refresh/--no-refresh",
            help="Renew all tokens now, to see whether that works, or none; else those that have expired.",
            show_default=False,
        ),
    ] = None,
    client_id: ClientId = None,
    app_name: AppName = None,
    token_file: TokenFile = None,
    token_storage: TokenStorage = StorageKind.json,
    namespace: Namespace = "DEFAULT",
    environment: Environment = None,
    format: Annotated[
        OutputFormat, typer.Option("--format", help="text: a line for each check; json: one object, for programs.")
    ] = OutputFormat.text,
) -> None:
    """Look whether the stored login will last and suffice, before a job waits in a queue.

    Nobody is asked to log in, and nothing is changed at Globus. Exits with 0 when no check failed (warnings are none),
    with 1 when one did, and with 2 for wrong use.
    """
    with acting_as(client_id, app_name, token_file, token_storage, namespace, environment, interactive=False) as app:
        try:
            ends = None if until is None else datetime.fromisoformat(until.replace("Z", "+00:00"))
        except ValueError:
            raise GlobusUsageError(f"--until: must be a time such as 2026-12-05T08:00+00:00, got {until!r}") from None
        app.require_stored_scopes()
        report = app.preflight(collections or (), until=ends, services=services or (), refresh=refresh)
    if format is OutputFormat.json:
        print_json(report.to_dict())
    else:
        typer.echo(str(report))
        if report.hint:
            typer.echo(f"globus-typed: {report.hint}", err=True)
    raise typer.Exit(0 if report.ok else 1)
