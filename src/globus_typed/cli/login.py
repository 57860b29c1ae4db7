"""The commands ``login`` and ``logout``."""

from dataclasses import replace
from datetime import datetime, timezone
from typing import Annotated, Any

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

_ASKED = "What to ask for"


@commands.command()
def login(
    services: Annotated[
        list[str] | None,
        typer.Option("--service", metavar="NAME", help="A service to use.", rich_help_panel=_ASKED, show_default=False),
    ] = None,
    collections: Annotated[
        list[str] | None,
        typer.Option(
            "--collection",
            metavar="UUID",
            help="A collection to use: asks for the consent that it needs.",
            rich_help_panel=_ASKED,
            show_default=False,
        ),
    ] = None,
    scopes: Annotated[
        list[str] | None,
        typer.Option("--scope", metavar="SCOPES", help="Scopes, as a login takes them.", rich_help_panel=_ASKED),
    ] = None,
    policies: Annotated[
        list[str] | None,
        typer.Option("--policy", metavar="UUID", help="A policy to meet.", rich_help_panel=_ASKED),
    ] = None,
    identities: Annotated[
        list[str] | None,
        typer.Option("--identity", metavar="IDENTITY", help="The identity to log in with.", rich_help_panel=_ASKED),
    ] = None,
    domains: Annotated[
        list[str] | None,
        typer.Option("--domain", metavar="DOMAIN", help="The domain to log in from.", rich_help_panel=_ASKED),
    ] = None,
    mfa: Annotated[bool, typer.Option("--mfa", help="With a second factor.", rich_help_panel=_ASKED)] = False,
    refresh_tokens: Annotated[
        bool, typer.Option("--refresh-tokens", help="Ask for refresh tokens, with which the login lasts.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Log in even if the stored tokens suffice.")] = False,
    no_local_server: Annotated[
        bool, typer.Option("--no-local-server", help="By a link and a code, without a browser on this machine.")
    ] = False,
    redirect_uri: Annotated[
        str | None,
        typer.Option("--redirect-uri", metavar="URL", help="Where an app with a secret lets its users return."),
    ] = None,
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
    """Log in to an app, and store its tokens where its programs find them.

    Without --service, --collection and --scope, it asks for what most programs need. An app whose secret is configured
    gets tokens for itself. Exits with 0 when there are tokens that suffice, with 4 when a login is needed and there is
    nobody to ask, with 2 for wrong use, and with 1 for a login that failed.
    """
    flow: dict[str, Any] = {"login_flow_manager": "command-line"} if no_local_server else {}
    with acting_as(
        client_id,
        app_name,
        token_file,
        token_storage,
        namespace,
        environment,
        redirect_uri=redirect_uri,
        request_refresh_tokens=refresh_tokens,
        **flow,
    ) as app:
        from globus_typed import registry
        from globus_typed.apps.user_app import UserApp
        from globus_typed.core.authorization_parameters import AuthorizationParameters

        for name in services or ():
            try:
                service = registry.service(name)
            except LookupError as error:
                raise GlobusUsageError(f"--service: {error.args[0]}") from None
            if service.resource_server is None:
                raise GlobusUsageError(f"--service: {service.title} has none that all share; give --scope")
            app.add_scope_requirements({service.resource_server: service.default_scopes})
        asked = AuthorizationParameters(
            required_scopes=tuple(scopes or ()),
            session_required_policies=tuple(policies or ()),
            session_required_identities=tuple(identities or ()),
            session_required_single_domain=tuple(domains or ()),
            session_required_mfa=mfa or None,
            # An app that acts for itself is asked nothing.
            prompt="login" if force and isinstance(app, UserApp) else None,
        )
        own = asked if asked != AuthorizationParameters() else None
        result = app.login(auth_params=own, force=force)
        if collections:
            second = app.prepare(collections).login
            result = replace(second, username=second.username or result.username, was_needed=True)
        # What was asked for by --scope is of services that the app does not know to need.
        ends = {
            server: None
            if token.refresh_token or app.renews_itself
            else datetime.fromtimestamp(token.expires_at_seconds, timezone.utc).isoformat()
            for server, token in app.token_storage.get_token_data_by_resource_server().items()
        }
        if format is OutputFormat.json:
            print_json(
                {
                    "identity_id": result.identity_id,
                    "username": result.username,
                    "login_ends": ends,
                    "declined_scopes": result.declined_scopes,
                    "was_needed": result.was_needed,
                    "location": app.token_storage.location,
                }
            )
            return
        who = " ".join(filter(None, (result.username, f"({result.identity_id})" if result.identity_id else None)))
        typer.echo(f"{'Logged in' if result.was_needed else 'Logged in already'}{f' as {who}' if who else ''}.")
        for server, end in ends.items():
            typer.echo(f"  {server}: {'renewed by itself' if end is None else f'until {end}'}")
        for scope in result.declined_scopes:
            typer.echo(f"  declined: {scope}")
        typer.echo(f"The tokens are in {app.token_storage.location}.")


@commands.command()
def logout(
    sweep: Annotated[
        bool, typer.Option("--sweep", help="Those of all namespaces of the token store.", show_default=False)
    ] = False,
    reset: Annotated[
        bool, typer.Option("--reset", help="Move a token store aside that is damaged, or whose key is lost.")
    ] = False,
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
    """Revoke all stored tokens of an app, and forget them.

    They are forgotten even if Globus Auth cannot be reached. Exits with 0 when all were revoked, and with 1 when some
    were not.
    """
    where = (client_id, app_name, token_file, token_storage)
    moved = None
    with acting_as(*where, namespace, environment, interactive=False) as app:
        storage = app.token_storage
        begin_anew = getattr(storage, "reset", None)
        if reset and begin_anew is not None:
            moved = begin_anew()
        names = [*storage.iter_namespaces()] if sweep else [namespace]
        location = storage.location
    revoked: list[str] = []
    failures: list[tuple[str, str]] = []
    for name in names:
        with acting_as(*where, name, environment, interactive=False) as app:
            report = app.logout(sweep=True)  # the command knows not what the app needs
            revoked += report.revoked
            failures += [(failure.resource_server, str(failure.error)) for failure in report.failures]
    if format is OutputFormat.json:
        print_json(
            {
                "revoked": revoked,
                "failures": [{"resource_server": server, "error": error} for server, error in failures],
                "moved_to": None if moved is None else str(moved),
                "location": location,
            }
        )
    else:
        if moved is not None:
            typer.echo(f"The damaged token store was moved to {moved}.")
        for server in revoked:
            typer.echo(f"Logged out of {server}.")
        if not revoked and not failures:
            typer.echo(f"There were no tokens in {location}.")
    for server, error in failures:
        typer.echo(f"globus-typed: {server}: forgotten, but not revoked: {error}", err=True)
    raise typer.Exit(1 if failures else 0)
