"""The token stores of globus-sdk 2 and 3, by their names: thin ones around the present stores."""

import os
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any

from globus_typed.apps.storage.base import TokenStorage
from globus_typed.apps.storage.file_storage import FileTokenStorage
from globus_typed.apps.storage.json_file import JSONTokenStorage
from globus_typed.apps.storage.memory import MemoryTokenStorage
from globus_typed.apps.storage.sqlite import SQLiteTokenStorage
from globus_typed.apps.tokens import TokenStorageData
from globus_typed.auth import documents

__all__ = ["FileAdapter", "MemoryAdapter", "SQLiteAdapter", "SimpleJSONFileAdapter", "StorageAdapter"]

_MEMBERS = ("scope", "access_token", "refresh_token", "token_type", "expires_at_seconds", "resource_server")


class StorageAdapter(ABC):
    """Base class of the former token stores, which give tokens as plain dictionaries.

    For new programs there is `TokenStorage`, which these stores use: what they write, it reads.
    """

    @abstractmethod
    def store(self, token_response: "documents.TokenResponse") -> None:
        """Store all tokens of a response of Globus Auth."""

    @abstractmethod
    def get_token_data(self, resource_server: str) -> dict[str, Any] | None:
        """The tokens of a resource server, as plain data; None if there are none."""

    def on_refresh(self, token_response: "documents.TokenResponse") -> None:
        """Store the tokens of a renewal: for ``RefreshTokenAuthorizer(…, on_refresh=adapter.on_refresh)``."""
        self.store(token_response)


class _Adapter(StorageAdapter, ABC):
    """A former store around a present one."""

    def __init__(self, token_storage: TokenStorage) -> None:
        self._token_storage = token_storage

    def store(self, token_response: "documents.TokenResponse") -> None:
        """Store all tokens of a response of Globus Auth."""
        self._token_storage.store_token_response(token_response)

    def get_by_resource_server(self) -> dict[str, dict[str, Any]]:
        """All tokens, by resource server, as plain data."""
        return {name: _plain(token) for name, token in self._token_storage.get_token_data_by_resource_server().items()}

    def get_token_data(self, resource_server: str) -> dict[str, Any] | None:
        """The tokens of a resource server, as plain data; None if there are none."""
        token = self._token_storage.get_token_data(resource_server)
        return None if token is None else _plain(token)

    def close(self) -> None:
        """Close what the store holds open; a later call opens it again."""
        self._token_storage.close()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._token_storage.location!r})"


class MemoryAdapter(_Adapter):
    """Tokens in the memory of this process; see `MemoryTokenStorage`."""

    def __init__(self) -> None:
        super().__init__(MemoryTokenStorage())


class FileAdapter(_Adapter, ABC):
    """Base class of the former token stores in files."""

    def __init__(self, token_storage: FileTokenStorage) -> None:
        super().__init__(token_storage)
        self.filename: str = token_storage.filepath
        self._file_storage = token_storage

    def file_exists(self) -> bool:
        """Whether the file is there."""
        return self._file_storage.file_exists()

    def user_only_umask(self) -> AbstractContextManager[None]:
        """A block in which new files can be read by their owner alone: the umask of the whole process is set."""
        return self._file_storage.user_only_umask()


class SimpleJSONFileAdapter(FileAdapter):
    """Tokens in a JSON file; see `JSONTokenStorage`, which reads format 1.0 and writes 2.0.

    Parameters: `filename`, the path of the file.
    """

    def __init__(self, filename: "str | os.PathLike[str]") -> None:
        super().__init__(JSONTokenStorage(filename))


class SQLiteAdapter(FileAdapter):
    """Tokens in a SQLite database; see `SQLiteTokenStorage`. It keeps no configuration, as the former one did.

    Parameters: `dbname`, the path of the file; `namespace`, the part of it that is read and written;
    `connect_params`, further arguments of `sqlite3.connect`.
    """

    def __init__(
        self,
        dbname: "str | os.PathLike[str]",
        *,
        namespace: str = "DEFAULT",
        connect_params: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(SQLiteTokenStorage(dbname, namespace=namespace, connect_params=connect_params))

    @property
    def namespace(self) -> str:
        """The part of the database that is read and written."""
        return self._token_storage.namespace

    def remove_tokens_for_resource_server(self, resource_server: str) -> bool:
        """Remove the tokens of a resource server; False if there were none."""
        return self._token_storage.remove_token_data(resource_server)

    def iter_namespaces(self) -> Iterator[str]:
        """The namespaces in the database that hold tokens."""
        return self._token_storage.iter_namespaces()


def _plain(token: TokenStorageData) -> dict[str, Any]:
    return {name: getattr(token, name) for name in _MEMBERS}
