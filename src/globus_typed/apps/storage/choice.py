"""From the configuration of an app to its token store."""

from dataclasses import replace
from typing import TYPE_CHECKING

from globus_typed.apps.config import GlobusAppConfig
from globus_typed.apps.storage.base import TokenStorage
from globus_typed.core.json_data import unchecked
from globus_typed.errors import GlobusUsageError

__all__ = ["storage_of"]

if TYPE_CHECKING:
    from globus_typed.apps.config import TokenStorageProvider


def storage_of(config: GlobusAppConfig, *, app_name: str, client_id: str) -> TokenStorage:
    """The token store that the configuration names. Nothing is read or written yet."""
    given = config.token_storage
    if isinstance(given, TokenStorage):
        return given
    provider = _named(given) if isinstance(given, str) else given
    made = provider.for_globus_app(
        app_name=app_name,
        config=replace(config, environment=config.environment_name),
        client_id=client_id,
        namespace=config.namespace,
    )
    if not isinstance(unchecked(made), TokenStorage):
        raise GlobusUsageError(f"token_storage: for_globus_app must return a TokenStorage, got {type(made).__name__}")
    return made


def _named(name: str) -> "TokenStorageProvider":
    if name == "sqlite":
        from globus_typed.apps.storage.sqlite import SQLiteTokenStorage

        return SQLiteTokenStorage
    if name == "keyring":
        from globus_typed.apps.storage.keyring import KeyringTokenStorage

        return KeyringTokenStorage
    if name == "memory":
        from globus_typed.apps.storage.memory import MemoryTokenStorage

        return MemoryTokenStorage
    from globus_typed.apps.storage.json_file import JSONTokenStorage

    return JSONTokenStorage
