"""The arguments that apps are made with, checked."""

import inspect
import sys
from pathlib import Path

from globus_typed import registry
from globus_typed.apps.config import GlobusAppConfig
from globus_typed.errors import GlobusUsageError

__all__ = ["checked_name", "id_of"]


def id_of(login_client: object, config: GlobusAppConfig) -> str:
    """The id of the app that a login client is for."""
    client_id: object = getattr(login_client, "client_id", None)
    if not callable(getattr(login_client, "oauth2_start_flow", None)) or inspect.iscoroutinefunction(
        getattr(login_client, "send", None)
    ):
        raise GlobusUsageError(
            "login_client: must be a NativeAppAuthClient or a ConfidentialAppAuthClient, and a sync one, which serves "
            f"async clients too; got {type(login_client).__name__}"
        )
    if not isinstance(client_id, str):
        raise GlobusUsageError("login_client: must be made with a client_id")
    hosts = registry.service("auth").hosts
    theirs = next((name for name, url in hosts.items() if url == getattr(login_client, "base_url", None)), None)
    if theirs is not None and theirs != config.environment_name:
        raise GlobusUsageError(
            f"environment: that of the app, {config.environment_name!r}, is not that of the login_client, {theirs!r}; "
            "give both the same: GlobusAppConfig(environment=…)"
        )
    return client_id


def checked_name(app_name: object) -> str:
    """The name of an app, by default that of the program's file."""
    if app_name is None:
        own = Path(sys.argv[0] if sys.argv else "").stem
        app_name = own if own not in ("", "-c", "__main__") else "globus_typed program"
    if not isinstance(app_name, str) or not app_name.strip():
        raise GlobusUsageError(f"app_name: must be a name that is not empty, got {app_name!r}")
    return app_name
