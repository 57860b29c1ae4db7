"""SQLite token databases: of globus-sdk (schema 1 and 2), globus-cli (schema 1), and the Compute SDK (schema 2)."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic_core import from_json

from globus_typed.apps.errors import StoreLockedError
from globus_typed.apps.readers.contents import Contents, Damaged
from globus_typed.apps.storage.sqlite_connections import connected
from globus_typed.core.http_info import Secret
from globus_typed.core.json_data import is_object

if TYPE_CHECKING:
    from sqlite3 import Connection

__all__ = ["SQLITE_HEADER", "read_sqlite"]

SQLITE_HEADER = b"SQLite format 3\0"
"""The first bytes of every SQLite database."""

_BUSY_SECONDS = 5.0
_CLI_NAMES = {"auth_client_data", "auth_user_data", "scope_contract_versions"}
_BUSY, _LOCKED, _READ_ONLY, _CANNOT_OPEN = 5, 6, 8, 14


def read_sqlite(path: Path, header: bytes) -> Contents:
    """The records in a SQLite token database, opened read only; `Damaged` if it is none.

    Parameters: `header`, the first 100 bytes of the file.
    """
    import sqlite3

    problem = code = None
    try:
        with connected(_uri(path, header), timeout=_BUSY_SECONDS) as connection:
            return _read(connection)
    except (sqlite3.Error, UnicodeDecodeError) as error:  # the latter for the names of damaged tables
        # Raised out here, it has no context: the error of SQLite may quote what lies in the place of a name.
        problem, code = type(error).__name__, _code(error)
    if code in (_BUSY, _LOCKED):
        raise StoreLockedError(f"{path}: another program is writing to it; try again")
    if code in (_READ_ONLY, _CANNOT_OPEN):
        raise Damaged("was left in the middle of a change; let the program that it belongs to open it once")
    raise Damaged(f"is a damaged SQLite database ({problem})")


def _code(error: Exception) -> int | None:
    code: int | None = getattr(error, "sqlite_errorcode", None)  # from Python 3.11 on
    if code is None:
        return _LOCKED if "locked" in str(error) else None
    return code & 0xFF


def _uri(path: Path, header: bytes) -> str:
    log, index = (path.with_name(f"{path.name}{ending}") for ending in ("-wal", "-shm"))
    writes_ahead = header[19:20] == b"\2"
    if writes_ahead and log.exists() and log.stat().st_size and not index.exists():
        raise Damaged("was left in the middle of a change; let the program that it belongs to open it once")
    # Even when it only reads, SQLite makes files beside a database with a write-ahead log.
    unchanging = writes_ahead and not index.exists()
    return f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' * unchanging}"


def _read(connection: "Connection") -> Contents:
    if connection.execute("PRAGMA integrity_check(1)").fetchone() != (b"ok",):
        raise Damaged("is a damaged SQLite database (its index is not that of its tables)")
    tables = {_text(name) for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")}
    if not {"token_storage", "sdk_storage_adapter_internal"} <= tables:
        raise Damaged("is a SQLite database, but no token store: it has no token_storage")
    internal = {
        _text(name): _text(value)
        for name, value in connection.execute("SELECT attribute, value FROM sdk_storage_adapter_internal")
    }
    version = internal.get("globus-sdk.database_schema_version")
    if version not in ("1", "2"):
        shown = repr(version) if version is not None and len(version) < 10 else "that is not said"
        raise Damaged(f"is a token database of a schema {shown}; known are 1 and 2")
    contents = Contents(f"SQLite {version}", {})
    for row in connection.execute("SELECT namespace, resource_server, token_data_json FROM token_storage"):
        namespace, resource_server, record = map(_text, row)
        if namespace is None or resource_server is None:
            contents.unreadable.setdefault("<damaged>", {})["<damaged>"] = "its namespace or resource server is no text"
            continue
        records = contents.records.setdefault(namespace, {})
        try:
            records[resource_server] = from_json(record or "")
        except ValueError:
            contents.unreadable.setdefault(namespace, {})[resource_server] = "it is no JSON"
    if "config_storage" in tables:
        _read_config(connection, contents)
    contents.is_of_cli |= any(name.startswith("userprofile/") for name in contents.records)
    return contents


def _read_config(connection: "Connection", contents: Contents) -> None:
    for row in connection.execute("SELECT namespace, config_name, config_data_json FROM config_storage"):
        namespace, name, text = map(_text, row)
        try:
            value: Any = from_json(text or "")
        except ValueError:
            value = None
        if namespace is None or name not in _CLI_NAMES:
            continue
        contents.is_of_cli = True
        if not is_object(value):
            continue
        if name == "auth_user_data" and isinstance(value.get("sub"), str) and len(value["sub"]) == 36:
            contents.identity_ids[namespace] = value["sub"]
        elif name == "auth_client_data":
            client_id, secret = value.get("client_id"), value.get("client_secret")
            if isinstance(client_id, str) and len(client_id) == 36 and isinstance(secret, str):
                contents.clients[namespace] = client_id, Secret(secret)


def _text(value: object) -> str | None:
    try:
        return value.decode() if isinstance(value, bytes) else None
    except UnicodeDecodeError:
        return None
