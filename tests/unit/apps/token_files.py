"""Token files as other programs write them, where there is one by globus-sdk itself. All secrets are invented."""

import io
import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import globus_sdk
import requests
from globus_sdk.token_storage import JSONTokenStorage, SQLiteTokenStorage, TokenStorageData
from globus_sdk.token_storage.legacy import SimpleJSONFileAdapter, SQLiteAdapter

CLIENT_ID = "ef0a61b9-1c8f-4e4b-8d9a-cc98dd080001"
IDENTITY_ID = "2a7c9e10-33b4-4d5e-9f60-1b2c3d4e0001"
TRANSFER, AUTH = "transfer.api.globus.org", "auth.globus.org"
SCOPES = {TRANSFER: "urn:globus:auth:scope:transfer.api.globus.org:all", AUTH: "openid"}
EXPIRES = 1_795_949_068
SECRET_PARTS = ("AgInventedAccess", "AgInventedRefresh", "InventedClientSecret")
"""What every invented secret begins with."""


def access_token(resource_server: str) -> str:
    return f"AgInventedAccess{resource_server[:4]}"


def refresh_token(resource_server: str) -> str:
    return f"AgInventedRefresh{resource_server[:4]}"


def record(resource_server: str, **members: Any) -> dict[str, Any]:
    """A record of a token file, of the form of SDK 4."""
    return {
        "resource_server": resource_server,
        "identity_id": IDENTITY_ID,
        "scope": SCOPES[resource_server],
        "access_token": access_token(resource_server),
        "refresh_token": refresh_token(resource_server),
        "expires_at_seconds": EXPIRES,
        "token_type": "Bearer",
        **members,
    }


def official_data() -> dict[str, TokenStorageData]:
    return {name: TokenStorageData.from_dict(record(name)) for name in (TRANSFER, AUTH)}


def official_response() -> globus_sdk.OAuthTokenResponse:
    """The response of a login, as the legacy storages take it."""
    tokens = [{**record(name), "expires_in": 172800} for name in (TRANSFER, AUTH)]
    response = requests.Response()
    response.status_code = 200
    response.headers["Content-Type"] = "application/json"
    response.raw = io.BytesIO(json.dumps({**tokens[0], "other_tokens": tokens[1:]}).encode())
    return globus_sdk.OAuthTokenResponse(response, client=globus_sdk.NativeAppAuthClient(CLIENT_ID))


def write(path: Path, content: str | bytes) -> Path:
    """The file with that content, which only its owner can read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    path.chmod(0o600)
    return path


def json_2(path: Path) -> None:
    JSONTokenStorage(path).store_token_data_by_resource_server(official_data())


def json_1(path: Path) -> None:
    SimpleJSONFileAdapter(str(path)).store(official_response())


def sqlite_2(path: Path) -> None:
    with closing(SQLiteTokenStorage(path)) as storage:
        storage.store_token_data_by_resource_server(official_data())


def sqlite_1(path: Path) -> None:
    with closing(SQLiteAdapter(path, namespace="DEFAULT")) as storage:
        storage.store(official_response())


def globus_cli(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    for namespace in ("userprofile/production", "userprofile/sandbox", "userprofile/production/work"):
        with closing(SQLiteAdapter(path, namespace=namespace)) as storage:
            storage.store(official_response())
            client = {"client_id": CLIENT_ID, "client_secret": "InventedClientSecret1"}
            storage.store_config("auth_client_data", client)
            storage.store_config("auth_user_data", {"sub": IDENTITY_ID})
            storage.store_config("scope_contract_versions", {TRANSFER: 3})


def globus_compute(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(SQLiteTokenStorage(path, namespace="user/production")) as storage:
        storage.store_token_data_by_resource_server(official_data())


def cli_ini(path: Path) -> None:
    lines = ["[general]", "environment = production", "[cli]"]
    for service, name in (("auth", AUTH), ("transfer", TRANSFER)):
        lines += [
            f"{service}_access_token = {access_token(name)}",
            f"{service}_access_token_expires = {EXPIRES}",
            f"{service}_refresh_token = {refresh_token(name)}",
            f"sandbox_{service}_access_token = {access_token(name)}Sandbox",
        ]
    lines += [f"client_id = {CLIENT_ID}", "client_secret = InventedClientSecret2", ""]
    write(path, "\n".join(lines))


def native_app_ini(path: Path) -> None:
    lines = [f"[{CLIENT_ID}]"]
    for name in (TRANSFER, AUTH):
        members = record(name, refresh_token="" if name == AUTH else refresh_token(name))
        del members["identity_id"]
        lines += [f"{name.replace('.', '_')}__{member} = {value}" for member, value in members.items()]
    write(path, "\n".join([*lines, ""]))


WRITERS: dict[str, Callable[[Path], None]] = {
    "JSON 2.0": json_2,
    "JSON 1.0": json_1,
    "SQLite 2": sqlite_2,
    "SQLite 1": sqlite_1,
    "globus-cli": globus_cli,
    "globus-compute": globus_compute,
    "INI of globus-cli": cli_ini,
    "INI of fair-research-login": native_app_ini,
}


def edit(path: Path, statement: str, *values: object) -> None:
    """Change a SQLite database by hand."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement, values)
        connection.commit()


def state(path: Path) -> tuple[bytes, int, int, list[str]]:
    """What a reader must leave as it is: a file, with its time of change and mode, and what is beside it."""
    found = path.stat()
    return path.read_bytes(), found.st_mtime_ns, found.st_mode, sorted(os.listdir(path.parent))
