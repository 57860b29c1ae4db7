"""The commands ``whoami`` and ``tokens``: whose login is stored, and what for."""

from datetime import datetime, timezone
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

__all__ = ["commands"]

commands: typer.Typer = typer.Typer()


@commands.command()
def whoami(
    client_id: ClientId = None,
    app_name: AppName = None,
    token_file: TokenFile = None,
    token_storage: TokenStorage = StorageKind.json,
    namespace: Namespace = "DEFAULT",
    environment: Environment = None,
    format: Annotated[
        OutputFormat, typer.Option("--format", help="text, or json: one object, for programs.")
    ] = OutputFormat.text,
) -> None:
    """Print whose login is stored, as Globus Auth says.

    Exits with 0, and with 4 when a login is needed.
    """
    with acting_as(client_id, app_name, token_file, token_storage, namespace, environment, interactive=False) as app:
        user = app.userinfo()
        found = {
            "sub": user.sub,
            "preferred_username": user.preferred_username,
            "name": user.name,
            "email": user.email,
            "organization": user.organization,
        }
        if format is OutputFormat.json:
            print_json(found)
            return
        typer.echo(user.preferred_username or user.sub)
        for value in dict.fromkeys(filter(None, found.values())):
            if value not in (user.preferred_username or user.sub):
                typer.echo(f"  {value}")


@commands.command()
def tokens(
    client_id: ClientId = None,
    app_name: AppName = None,
    token_file: TokenFile = None,
    token_storage: TokenStorage = StorageKind.json,
    namespace: Namespace = "DEFAULT",
    environment: Environment = None,
    format: Annotated[
        OutputFormat, typer.Option("--format", help="text, or json: one object, for programs.")
    ] = OutputFormat.text,
) -> None:
    """Print which tokens are stored, for what and until when; never the tokens. Nothing is sent.

    Exits with 0, also when there are none, and with 1 when the store cannot be read.
    """
    with acting_as(client_id, app_name, token_file, token_storage, namespace, environment, interactive=False) as app:
        stored = app.token_storage.get_token_data_by_resource_server()
        now = app.clock()
        found = [
            {
                "resource_server": server,
                "scope": token.scope,
                "identity_id": token.identity_id,
                "expires": datetime.fromtimestamp(token.expires_at_seconds, timezone.utc).isoformat(),
                "expired": token.expires_at_seconds <= now,
                "refreshable": token.refresh_token is not None,
            }
            for server, token in stored.items()
        ]
        location = app.token_storage.location
    if format is OutputFormat.json:
        print_json({"location": location, "namespace": namespace, "tokens": found})
        return
    typer.echo(f"{location}, namespace {namespace}: {'' if found else 'no '}tokens")
    for token in found:
        ends = f"{'expired' if token['expired'] else 'until'} {token['expires']}"
        typer.echo(f"{token['resource_server']}: {ends}{', with a refresh token' * bool(token['refreshable'])}")
        if token["identity_id"]:
            typer.echo(f"  of {token['identity_id']}")
        for scope in str(token["scope"]).split():
            typer.echo(f"  {scope}")
