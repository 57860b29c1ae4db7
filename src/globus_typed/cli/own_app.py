"""The app that a command acts as: given by options, else configured."""

from collections.abc import Generator
from contextlib import contextmanager
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from globus_typed.errors import AuthenticationError, GlobusAPIError, GlobusError, GlobusUsageError, LoginRequiredError

if TYPE_CHECKING:
    from globus_typed.apps.app import GlobusApp

__all__ = [
    "AppName",
    "ClientId",
    "Environment",
    "LOGIN_REQUIRED",
    "Namespace",
    "StorageKind",
    "TokenFile",
    "TokenStorage",
    "acting_as",
]

LOGIN_REQUIRED = 4
"""The exit status where a login would help, that of globus-cli too."""
_APP = "The app"


class StorageKind(Enum):
    """The kinds of token stores that other programs can read."""

    json = "json"
    sqlite = "sqlite"
    keyring = "keyring"


ClientId = Annotated[
    str | None,
    typer.Option(
        "--client-id",
        metavar="UUID",
        help="The id of the app; else GLOBUS_TYPED_CLIENT_ID, else client_id in the section app of ~/.globus.cfg.",
        rich_help_panel=_APP,
    ),
]
AppName = Annotated[
    str | None,
    typer.Option(
        "--app-name",
        metavar="NAME",
        help="The name of the app, by which its tokens are found; else GLOBUS_TYPED_APP_NAME, else name there.",
        rich_help_panel=_APP,
    ),
]
TokenFile = Annotated[
    str | None,
    typer.Option(
        "--token-file", metavar="PATH", help="The file of tokens; else that of the app.", rich_help_panel=_APP
    ),
]
TokenStorage = Annotated[
    StorageKind, typer.Option("--token-storage", help="The kind of the token store.", rich_help_panel=_APP)
]
Namespace = Annotated[
    str, typer.Option("--namespace", metavar="NAME", help="The part of the token store.", rich_help_panel=_APP)
]
Environment = Annotated[
    str | None,
    typer.Option("--environment", metavar="NAME", help="The environment of Globus.", rich_help_panel=_APP),
]


@contextmanager
def acting_as(
    client_id: str | None,
    app_name: str | None,
    token_file: str | None,
    token_storage: StorageKind,
    namespace: str,
    environment: str | None,
    *,
    redirect_uri: str | None = None,
    **options: Any,
) -> Generator["GlobusApp"]:
    """The app: one that acts for itself if a secret is configured for its id, else one that acts for its user. What
    goes wrong ends the command, with the line to paste if a login would help.

    Parameters: `redirect_uri`, of an app with a secret that acts for its user nonetheless; `options`, further members
    of `GlobusAppConfig`.
    """
    try:
        with _app(client_id, app_name, token_file, token_storage, namespace, environment, redirect_uri, options) as app:
            try:
                yield app
            except GlobusError as error:
                _end_with(error, _cure(app, error))
    except GlobusError as error:
        _end_with(error, None)


def _end_with(error: GlobusError, cure: str | None) -> NoReturn:
    """End the command: with 2 for wrong use, 4 where a login would help, else 1."""
    # The hint of the error is the cure, in other words.
    message = error.args[0] if isinstance(error, LoginRequiredError) and cure else error
    typer.echo(f"globus-typed: {message}", err=True)
    if cure:
        typer.echo(cure, err=True)
    if isinstance(error, GlobusUsageError):
        raise typer.Exit(2)
    raise typer.Exit(LOGIN_REQUIRED if cure or isinstance(error, LoginRequiredError) else 1)


def _cure(app: "GlobusApp", error: GlobusError) -> str | None:
    """The login that would mend an error, as a line to paste; None where no login would."""
    from globus_typed.apps.errors import IdentityMismatchError, TokenValidationError
    from globus_typed.apps.hints import login_command
    from globus_typed.apps.user_app import UserApp
    from globus_typed.core.authorization_parameters import AuthorizationParameters

    parameters: AuthorizationParameters | None = None
    if isinstance(error, (LoginRequiredError, GlobusAPIError)) and error.authorization_parameters is not None:
        parameters = error.authorization_parameters
    elif isinstance(error, LoginRequiredError):
        parameters = AuthorizationParameters(required_scopes=error.scopes) if error.scopes else None
    elif isinstance(error, IdentityMismatchError) or not isinstance(error, (TokenValidationError, AuthenticationError)):
        return None
    if not isinstance(app, UserApp):  # it has logged in, if that is possible at all
        return None
    return login_command(app.config, app.app_name, app.client_id, parameters)


def _app(
    client_id: str | None,
    app_name: str | None,
    token_file: str | None,
    token_storage: StorageKind,
    namespace: str,
    environment: str | None,
    redirect_uri: str | None,
    options: dict[str, Any],
) -> "GlobusApp":
    from globus_typed import config
    from globus_typed.apps.client_app import ClientApp
    from globus_typed.apps.config import GlobusAppConfig
    from globus_typed.apps.user_app import UserApp

    client_id, app_name = client_id or config.app_id(), app_name or config.app_name()
    if client_id is None:
        raise GlobusUsageError(
            "client_id: there is no app; give --client-id, or set GLOBUS_TYPED_CLIENT_ID or client_id in [app] of "
            "~/.globus.cfg"
        )
    if app_name is None and token_file is None:
        raise GlobusUsageError(
            "app_name: the app has no name, by which its tokens are found; give --app-name, or set "
            "GLOBUS_TYPED_APP_NAME or name in [app] of ~/.globus.cfg"
        )
    storage: object = token_storage.value
    if token_file is not None:
        if token_storage is StorageKind.keyring:
            raise GlobusUsageError("token_file: is no part of a keyring; leave --token-file or --token-storage out")
        from globus_typed.apps.storage.json_file import JSONTokenStorage
        from globus_typed.apps.storage.sqlite import SQLiteTokenStorage

        kind = JSONTokenStorage if token_storage is StorageKind.json else SQLiteTokenStorage
        storage = kind(token_file, namespace=namespace)
    settings: dict[str, Any] = {"token_storage": storage, "namespace": namespace, "environment": environment}
    secret = config.app_secret(client_id)
    if secret is not None and redirect_uri is None:
        options = {name: value for name, value in options.items() if name not in ("login_flow_manager", "interactive")}
        return ClientApp(
            app_name or "globus-typed",
            client_id=client_id,
            client_secret=secret,
            config=GlobusAppConfig(**settings, **options),
        )
    return UserApp(
        app_name or "globus-typed",
        client_id=client_id,
        client_secret=secret,
        config=GlobusAppConfig(**settings, login_redirect_uri=redirect_uri, **options),
    )
