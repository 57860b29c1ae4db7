"""`SQLiteTokenStorage`: tokens in a SQLite database, in the schema of the official layer."""

import json
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from pydantic import ValidationError
from pydantic_core import from_json

from globus_typed._version import __version__
from globus_typed.apps.errors import StoreDamagedError, StoreError, StoreLockedError, StorePermissionError
from globus_typed.apps.storage.file_storage import FileTokenStorage, IfReadOnly
from globus_typed.apps.storage.files import OnInsecure, check_private, explained, warn_once
from globus_typed.apps.storage.sqlite_connections import connected
from globus_typed.apps.tokens import TokenStorageData
from globus_typed.core.http_info import Secret
from globus_typed.core.json_data import is_object
from globus_typed.core.outside_text import clean
from globus_typed.core.problems import explain
from globus_typed.errors import GlobusUsageError

if TYPE_CHECKING:
    from sqlite3 import Connection

__all__ = ["SQLiteTokenStorage"]

T = TypeVar("T")

_Key = tuple[str, str]
"""A namespace and a resource server."""

_BUSY_SECONDS = 30.0
_COLUMNS = "namespace, resource_server, token_data_json"
_TABLES = """
CREATE TABLE token_storage (
    namespace VARCHAR NOT NULL, resource_server VARCHAR NOT NULL, token_data_json VARCHAR NOT NULL,
    PRIMARY KEY (namespace, resource_server)
);
CREATE TABLE sdk_storage_adapter_internal (
    attribute VARCHAR NOT NULL, value VARCHAR NOT NULL, PRIMARY KEY (attribute)
);
"""
_VERSION = "globus-sdk.database_schema_version"


class SQLiteTokenStorage(FileTokenStorage):
    """A token store in a SQLite database, as globus-sdk reads and writes it too: schema 2; 1 is taken as well.

    The file has the mode 0600, in a directory of the mode 0700 where that is made for it. Threads and processes share
    it: each call opens the database for itself, changes it in one transaction, and what it stored is on disk when it
    returns. It has a rollback journal, never a write-ahead log, which network file systems cannot have. For a file on
    one of those, `JSONTokenStorage` is the better choice, since the locks of SQLite are unreliable there.

    Parameters: those of `FileTokenStorage`, and `connect_params`, further arguments of `sqlite3.connect`, such as the
    ``timeout`` for a database that another program writes, by default 30 seconds.
    All methods raise `StoreDamagedError` for a file that is no such database, an empty one included,
    `StorePermissionError` for one that belongs to another user, is insecure and to be refused, or cannot be read or
    written, and `StoreLockedError` if another process holds the lock for 30 seconds.
    """

    file_format = "db"

    def __init__(
        self,
        filepath: "str | os.PathLike[str]",
        *,
        namespace: str = "DEFAULT",
        connect_params: Mapping[str, Any] | None = None,
        on_insecure: OnInsecure = "repair",
        if_read_only: IfReadOnly = "raise",
    ) -> None:
        if str(filepath) == ":memory:" or str(filepath).startswith("file:"):
            raise GlobusUsageError(
                "filepath: must be the path of a file; for tokens in memory, use MemoryTokenStorage, "
                f"got {str(filepath)!r}"
            )
        super().__init__(filepath, namespace=namespace, on_insecure=on_insecure, if_read_only=if_read_only)
        self.connect_params: dict[str, Any] = dict(connect_params or {})
        if wrong := {"database", "uri", "isolation_level"} & self.connect_params.keys():
            raise GlobusUsageError(f"connect_params: {', '.join(sorted(wrong))} cannot be chosen, since the store does")
        self._unwritten = _Unwritten()

    def store_token_data_by_resource_server(
        self, token_data_by_resource_server: Mapping[str, TokenStorageData]
    ) -> None:
        """Store the tokens of these resource servers; those of others stay, and so do members that are not known."""
        if token_data_by_resource_server:
            self._change({(self.namespace, name): token for name, token in token_data_by_resource_server.items()})

    def get_token_data_by_resource_server(self) -> dict[str, TokenStorageData]:
        """All tokens of the namespace, by resource server; none if there is no file."""
        return self._tokens("WHERE namespace=?", self.namespace)

    def get_token_data(self, resource_server: str) -> TokenStorageData | None:
        """The tokens of a resource server; None if there are none."""
        found = self._tokens("WHERE namespace=? AND resource_server=?", self.namespace, resource_server)
        return found.get(resource_server)

    def remove_token_data(self, resource_server: str) -> bool:
        """Remove the tokens of a resource server; False if there were none."""
        return self._change({(self.namespace, resource_server): None})

    def iter_namespaces(self) -> Iterator[str]:
        """The namespaces in the database that hold tokens."""
        return iter(sorted({namespace for namespace, _ in self._read()}))

    def remove_namespace(self, namespace: str | None = None) -> bool:
        """Remove all tokens of a namespace, by default this one's; False if there were none."""
        name = self.namespace if namespace is None else namespace
        with self.transaction():
            return self._change(dict.fromkeys(self._read("WHERE namespace=?", name)))

    def reset(self) -> Path | None:
        """Begin anew where the file is damaged: it is moved aside, to the path that is returned.

        None, and nothing is done, for a file that can be read, or none.
        """
        with self.transaction():
            try:
                self.get_token_data_by_resource_server()
            except StoreDamagedError:
                path = self._path
                if not path.is_file():
                    raise
                names = (f"{path.name}.damaged{f'-{number}' * (number > 1)}" for number in count(1))
                kept = next(each for each in map(path.with_name, names) if not each.exists())
                # A journal left beside it would be played into the next database of that name.
                with suppress(FileNotFoundError):
                    path.with_name(f"{path.name}-journal").rename(kept.with_name(f"{kept.name}-journal"))
                explained(path, lambda: path.rename(kept))
                return kept
        return None

    def _tokens(self, condition: str, *values: str) -> dict[str, TokenStorageData]:
        """The tokens in the rows of the namespace that a condition chooses."""
        tokens: dict[str, TokenStorageData] = {}
        for (_, name), text in self._read(condition, *values).items():
            found = _token(text)
            if isinstance(found, str):
                raise self._damaged(f"the tokens for {clean(name, (), 200)} cannot be read: {found}")
            tokens[name] = found
        return tokens

    def _read(self, condition: str = "", *values: str) -> dict[_Key, Secret]:
        """The records that a condition chooses, by namespace and resource server; none if there is no file."""
        path = self._path
        found = self._is_there(path)
        if found is None:
            return {}
        records = self._use(path, lambda connection: _records(connection, condition, *values))
        for key, token in self._unwritten.of(found).items():
            if token is None:
                records.pop(key, None)
            elif all(value in key for value in values):
                records[key] = Secret(json.dumps(token.to_dict()))
        return records

    def _change(self, changes: Mapping[_Key, TokenStorageData | None]) -> bool:
        """Store tokens, or remove them, in a transaction; whether there was anything to do."""
        with self.transaction():
            path = self._path
            found = self._is_there(path)
            if found is None:
                if not any(changes.values()):
                    return False
                self._lock.check()
                explained(path, lambda: self._create(path))
            try:
                return self._use(path, lambda connection: self._write(connection, changes))
            except StorePermissionError as error:
                present = self._read() if self.if_read_only == "keep in memory" else {}
                if found is None or not present:
                    raise
                self._unwritten = _Unwritten(found, {**self._unwritten.of(found), **changes})
                warn_once(path, f"{error}. Until then, new tokens are in the memory of this process alone")
            return any(token or key in present for key, token in changes.items())

    def _write(self, connection: "Connection", changes: Mapping[_Key, TokenStorageData | None]) -> bool:
        with suppress(_operational_error()):  # in use by a program that writes ahead
            connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("BEGIN IMMEDIATE")
        try:
            former = _records(connection)
            for key, token in changes.items():
                connection.execute("DELETE FROM token_storage WHERE namespace=? AND resource_server=?", key)
                if token is not None:
                    record = Secret(json.dumps({**_unknown(former.get(key)), **token.to_dict()}))
                    connection.execute(f"INSERT INTO token_storage ({_COLUMNS}) VALUES (?, ?, ?)", (*key, record))
            self._lock.check()
            connection.execute("COMMIT")
        except BaseException:
            with suppress(_operational_error()):  # rolled back by SQLite itself
                connection.execute("ROLLBACK")
            raise
        return any(token or key in former for key, token in changes.items())

    def _is_there(self, path: Path) -> os.stat_result | None:
        """The state of the file, which is checked; None if there is none.

        It is not opened for that: closing it would take the locks that SQLite has of it from this whole process.
        """

        def stat_of() -> os.stat_result | None:
            with suppress(FileNotFoundError, NotADirectoryError):
                return path.stat()
            return None

        found = explained(path, stat_of)
        if found is None:
            return None
        if not stat.S_ISREG(found.st_mode):
            raise StoreDamagedError(f"{path}: is no file; give the path of a file for the tokens")
        check_private(path, found, self.on_insecure, path.chmod)
        self._check_directory()
        if not found.st_size:
            raise self._damaged("is empty, so it was cut")
        return found

    def _create(self, path: Path) -> None:
        """Make the database beside its place and put it there whole, so that a crash leaves no half of one."""
        part = path.with_name(f".{path.name}.{os.getpid()}.{uuid4().hex}.part")
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            part.chmod(0o600)  # whatever the umask took away
            self._use(part, _make_tables)
            try:
                os.link(part, path)
            except FileExistsError:  # another program was faster
                pass
            except OSError:  # a file system without hard links
                os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)

    def _use(self, path: Path, work: Callable[["Connection"], T]) -> T:
        """The result of the work on the database at that path; the errors of SQLite are raised as those of a store."""
        import sqlite3

        params: dict[str, Any] = {"timeout": _BUSY_SECONDS, **self.connect_params, "isolation_level": None}
        problem = ""
        try:
            with connected(f"{path.as_uri()}?mode=rw", **params) as connection:
                connection.execute("PRAGMA secure_delete=ON")  # what is removed does not stay in the file
                return work(connection)
        except (sqlite3.Error, UnicodeDecodeError) as error:  # the latter for the names of damaged tables
            # Raised out here, it has no context, which could hold tokens.
            problem = str(error) if isinstance(error, sqlite3.Error) else ""
        raise self._explained(problem)

    def _explained(self, problem: str) -> StoreError:
        if "locked" in problem:
            return StoreLockedError(f"{self.filepath}: another program is writing to it for long; try again, or end it")
        if "readonly" in problem or "unable to open" in problem:
            return StorePermissionError(
                f"{self.filepath}: cannot be written or opened; make it and its directory writable, or choose another"
            )
        if "full" in problem:
            return StoreError(
                f"{self.filepath}: there is no room on the disk; make room and try again. "
                "What was stored before is still there"
            )
        if "disk I/O" in problem or "locking protocol" in problem:
            return StoreError(
                f"{self.filepath}: the file system cannot do what SQLite needs of it; use JSONTokenStorage there"
            )
        if "no such" in problem:
            return self._damaged("is a SQLite database, but none of tokens")
        return self._damaged("is no SQLite database, or a damaged one")

    def _damaged(self, problem: str) -> StoreDamagedError:
        return StoreDamagedError(
            f"{self.filepath}: {problem}. It is left as it is; restore it, or move it away and log in again "
            "(`globus-typed logout --reset`, or `reset()` of the store, keeps a copy)"
        )


def _operational_error() -> type[Exception]:
    from sqlite3 import OperationalError  # here, since most programs need it not

    return OperationalError


def _make_tables(connection: "Connection") -> None:
    connection.execute("PRAGMA journal_mode=MEMORY")  # nothing is lost if the new file is
    connection.executescript(f"BEGIN;{_TABLES}")
    connection.executemany(
        "INSERT INTO sdk_storage_adapter_internal (attribute, value) VALUES (?, ?)",
        [("globus-sdk.version", f"globus-typed {__version__}"), (_VERSION, "2")],
    )
    connection.execute("COMMIT")


def _check_schema(connection: "Connection") -> None:
    """Raise `sqlite3.DatabaseError` for a database that is damaged or of another schema."""
    from sqlite3 import DatabaseError

    # Where the index is not that of the table, tokens would be overlooked.
    if connection.execute("PRAGMA integrity_check(1)").fetchone() != (b"ok",):
        raise DatabaseError("malformed")

    found = connection.execute("SELECT value FROM sdk_storage_adapter_internal WHERE attribute=?", (_VERSION,))
    if found.fetchone() not in ((b"1",), (b"2",)):
        raise DatabaseError("no such schema is known")


def _records(connection: "Connection", condition: str = "", *values: str) -> dict[_Key, Secret]:
    """The records that a condition chooses, by namespace and resource server.

    Raises `sqlite3.DatabaseError` for those that are no text.
    """
    from sqlite3 import DatabaseError

    _check_schema(connection)
    try:
        return {
            (namespace.decode(), name.decode()): Secret(record.decode())
            for namespace, name, record in connection.execute(
                f"SELECT {_COLUMNS} FROM token_storage {condition}", values
            )
        }
    except (UnicodeDecodeError, AttributeError):  # bytes that are no text, or a number
        problem = "no text in a column"
    raise DatabaseError(problem)


def _token(text: Secret) -> TokenStorageData | str:
    """The tokens in a record, or what is wrong with it."""
    try:
        record: Any = from_json(text)
        return TokenStorageData.from_dict(record if is_object(record) else {})
    except ValidationError as error:
        return explain(error).replace("\n", "; ")
    except ValueError:
        return "they are no JSON"


def _unknown(text: Secret | None) -> dict[str, Any]:
    """The members of a stored record that this package does not know."""
    try:
        former: Any = from_json(text or "{}")
    except ValueError:
        return {}
    known = TokenStorageData.model_fields
    return {name: former[name] for name in former if name not in known} if is_object(former) else {}


class _Unwritten:
    """The changes that a store would have made, had it been able to, in a file in that state."""

    def __init__(
        self, found: os.stat_result | None = None, changes: Mapping[_Key, TokenStorageData | None] | None = None
    ) -> None:
        self._state, self._changes = _state(found), dict(changes or {})

    def of(self, found: os.stat_result) -> dict[_Key, TokenStorageData | None]:
        """The changes; none where another process has been able to write the file meanwhile."""
        return self._changes if _state(found) == self._state else {}

    def __reduce__(self) -> tuple[type["_Unwritten"], tuple[()]]:
        return _Unwritten, ()  # tokens leave the process through files alone


def _state(found: os.stat_result | None) -> tuple[int, ...]:
    return (found.st_ino, found.st_size, found.st_mtime_ns) if found else ()
