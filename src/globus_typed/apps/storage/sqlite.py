"""`SQLiteTokenStorage`: tokens in a SQLite database, in the schema of the official layer."""

import json
import os
import stat
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from pydantic import ValidationError
from pydantic_core import from_json

from globus_typed._version import __version__
from globus_typed.apps.errors import StoreDamagedError, StoreError, StoreLockedError, StorePermissionError
from globus_typed.apps.storage.file_storage import FileTokenStorage
from globus_typed.apps.storage.files import OnInsecure, check_private, explained
from globus_typed.apps.tokens import TokenStorageData
from globus_typed.core.forks import watch
from globus_typed.core.http_info import Secret
from globus_typed.core.json_data import is_object
from globus_typed.core.outside_text import clean
from globus_typed.core.problems import explain
from globus_typed.errors import GlobusUsageError

if TYPE_CHECKING:
    from sqlite3 import Connection

__all__ = ["SQLiteTokenStorage"]

T = TypeVar("T")

_BUSY_SECONDS = 30.0
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
    ) -> None:
        if str(filepath) == ":memory:" or str(filepath).startswith("file:"):
            raise GlobusUsageError(
                "filepath: must be the path of a file; for tokens in memory, use MemoryTokenStorage, "
                f"got {str(filepath)!r}"
            )
        super().__init__(filepath, namespace=namespace, on_insecure=on_insecure)
        self.connect_params: dict[str, Any] = dict(connect_params or {})
        if wrong := {"database", "uri", "isolation_level"} & self.connect_params.keys():
            raise GlobusUsageError(f"connect_params: {', '.join(sorted(wrong))} cannot be chosen, since the store does")

    def store_token_data_by_resource_server(
        self, token_data_by_resource_server: Mapping[str, TokenStorageData]
    ) -> None:
        """Store the tokens of these resource servers; those of others stay, and so do members that are not known."""
        new = {name: token.to_dict() for name, token in token_data_by_resource_server.items()}

        def store(connection: "Connection") -> int:
            for name, token in new.items():
                connection.execute(
                    "REPLACE INTO token_storage (namespace, resource_server, token_data_json) VALUES (?, ?, ?)",
                    (self.namespace, name, json.dumps({**self._unknown(connection, name), **token})),
                )
            return len(new)

        if new:
            self._change(store, create=True)

    def get_token_data_by_resource_server(self) -> dict[str, TokenStorageData]:
        """All tokens of the namespace, by resource server; none if there is no file."""
        return self._tokens("SELECT resource_server, token_data_json FROM token_storage WHERE namespace=?")

    def get_token_data(self, resource_server: str) -> TokenStorageData | None:
        """The tokens of a resource server; None if there are none."""
        statement = "SELECT resource_server, token_data_json FROM token_storage WHERE namespace=? AND resource_server=?"
        return self._tokens(statement, resource_server).get(resource_server)

    def remove_token_data(self, resource_server: str) -> bool:
        """Remove the tokens of a resource server; False if there were none."""
        statement = "DELETE FROM token_storage WHERE namespace=? AND resource_server=?"
        values = (self.namespace, resource_server)
        return self._change(lambda connection: connection.execute(statement, values).rowcount)

    def iter_namespaces(self) -> Iterator[str]:
        """The namespaces in the database that hold tokens."""
        rows = self._read("SELECT DISTINCT namespace FROM token_storage ORDER BY 1")
        return iter([str.__str__(name) for (name,) in rows])

    def remove_namespace(self, namespace: str | None = None) -> bool:
        """Remove all tokens of a namespace, by default this one's; False if there were none."""
        name = self.namespace if namespace is None else namespace
        statement = "DELETE FROM token_storage WHERE namespace=?"
        return self._change(lambda connection: connection.execute(statement, (name,)).rowcount)

    def reset(self) -> Path | None:
        """Begin anew where the file is damaged: it is moved to ``<name>.damaged``, whose path is returned.

        None, and nothing is done, for a file that can be read, or none.
        """
        with self.transaction():
            try:
                self.get_token_data_by_resource_server()
            except StoreDamagedError:
                path = self._path
                kept = path.with_name(f"{path.name}.damaged")
                # A journal left beside it would be played into the next database of that name.
                with suppress(FileNotFoundError):
                    os.replace(path.with_name(f"{path.name}-journal"), kept.with_name(f"{kept.name}-journal"))
                os.replace(path, kept)
                return kept
        return None

    def _tokens(self, statement: str, *values: str) -> dict[str, TokenStorageData]:
        """The tokens in the rows, of resource server and record, that a statement finds in the namespace."""
        tokens: dict[str, TokenStorageData] = {}
        for name, text in self._read(statement, self.namespace, *values):
            found = _token(text)
            if isinstance(found, str):
                raise self._damaged(f"the tokens for {clean(name, (), 200)} cannot be read: {found}")
            tokens[str.__str__(name)] = found
        return tokens

    def _read(self, statement: str, *values: str) -> list[tuple[Secret, ...]]:
        """The rows that a statement finds; none if there is no file."""
        path = self._path
        if not self._is_there(path):
            return []
        return self._use(path, lambda connection: _rows(connection, statement, *values))

    def _change(self, change: Callable[["Connection"], int], *, create: bool = False) -> bool:
        """Change the database in a transaction of its own; whether any row was changed."""
        with self.transaction():
            path = self._path
            if not self._is_there(path):
                if not create:
                    return False
                explained(path, lambda: self._create(path))

            def work(connection: "Connection") -> int:
                with suppress(_operational_error()):  # in use by a program that writes ahead
                    connection.execute("PRAGMA journal_mode=DELETE")
                connection.execute("BEGIN IMMEDIATE")
                try:
                    _check_schema(connection)
                    changed = change(connection)
                    self._lock.check()
                    connection.execute("COMMIT")
                except BaseException:
                    with suppress(_operational_error()):  # rolled back by SQLite itself
                        connection.execute("ROLLBACK")
                    raise
                return changed

            return self._use(path, work) > 0

    def _is_there(self, path: Path) -> bool:
        """Whether there is a file, which is then checked.

        It is not opened for that: closing it would take the locks that SQLite has of it from this whole process.
        """

        def stat_of() -> os.stat_result | None:
            with suppress(FileNotFoundError, NotADirectoryError):
                return path.stat()
            return None

        found = explained(path, stat_of)
        if found is None:
            return False
        if not stat.S_ISREG(found.st_mode):
            raise StoreDamagedError(f"{path}: is no file; give the path of a file for the tokens")
        check_private(path, found, self.on_insecure, path.chmod)
        self._check_directory()
        if not found.st_size:
            raise self._damaged("is empty, so it was cut")
        return True

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

        params: dict[str, Any] = {"timeout": _BUSY_SECONDS, **self.connect_params, "uri": True, "isolation_level": None}
        problem = ""
        try:
            with closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", **params)) as connection, _open.of(connection):
                # The text of a column in an error message could be a token; decoded here, none gets into one.
                connection.text_factory = bytes
                connection.execute("PRAGMA trusted_schema=OFF")
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

    def _unknown(self, connection: "Connection", resource_server: str) -> dict[str, Any]:
        """The members of a stored record that this package does not know."""
        statement = "SELECT token_data_json FROM token_storage WHERE namespace=? AND resource_server=?"
        for (text,) in _rows(connection, statement, self.namespace, resource_server):
            with suppress(ValueError):
                former: Any = from_json(text)
                if is_object(former):
                    return {name: former[name] for name in former if name not in TokenStorageData.model_fields}
        return {}

    def _damaged(self, problem: str) -> StoreDamagedError:
        return StoreDamagedError(
            f"{self.filepath}: {problem}. It is left as it is; restore it, or move it away and log in again "
            "(`globus-typed logout --reset`, or `reset()` of the store, keeps a copy)"
        )


class _Open:
    """The connections in use. A forked process keeps them for good: closing one would undo its parent's transaction."""

    def __init__(self) -> None:
        self._connections: set[Connection] = set()
        watch(self)

    def after_fork(self) -> object:
        former, self._connections = self._connections, set()
        return former

    @contextmanager
    def of(self, connection: "Connection") -> Generator[None]:
        self._connections.add(connection)
        try:
            yield
        finally:
            self._connections.discard(connection)


_open = _Open()


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
    """Raise `sqlite3.DatabaseError` for a database of another schema."""
    from sqlite3 import DatabaseError

    found = connection.execute("SELECT value FROM sdk_storage_adapter_internal WHERE attribute=?", (_VERSION,))
    if found.fetchone() not in ((b"1",), (b"2",)):
        raise DatabaseError("no such schema is known")


def _rows(connection: "Connection", statement: str, *values: str) -> list[tuple[Secret, ...]]:
    """The rows that a statement finds, of text alone. Raises `sqlite3.DatabaseError` for others."""
    from sqlite3 import DatabaseError

    _check_schema(connection)
    try:
        return [tuple(Secret(column.decode()) for column in row) for row in connection.execute(statement, values)]
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
