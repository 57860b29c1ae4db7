"""The token stores of before: plain dictionaries around the present stores."""

import json
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from globus_typed import JSONTokenStorage, SQLiteTokenStorage, TokenResponse
from globus_typed.token_storage.legacy import (
    FileAdapter,
    MemoryAdapter,
    SimpleJSONFileAdapter,
    SQLiteAdapter,
    StorageAdapter,
)

TRANSFER, GROUPS = "transfer.api.globus.org", "groups.api.globus.org"
TOKEN: dict[str, Any] = {
    "access_token": "sesame",
    "refresh_token": "again",
    "token_type": "Bearer",
    "scope": "a b",
    "expires_in": 60,
    "resource_server": TRANSFER,
}
RESPONSE = TokenResponse.model_validate(
    {**TOKEN, "other_tokens": [{**TOKEN, "resource_server": GROUPS, "refresh_token": None}]}
)


@pytest.fixture(params=["json", "sqlite", "memory"])
def adapter(request: pytest.FixtureRequest, tmp_path: Path) -> StorageAdapter:
    if request.param == "memory":
        return MemoryAdapter()
    return (SimpleJSONFileAdapter if request.param == "json" else SQLiteAdapter)(tmp_path / "tokens")


def test_tokens_come_back_as_plain_data(adapter: StorageAdapter) -> None:
    assert adapter.get_token_data(TRANSFER) is None
    adapter.store(RESPONSE)
    found = adapter.get_token_data(TRANSFER)
    assert found is not None
    assert found.keys() == {*TOKEN, "expires_at_seconds"} - {"expires_in"}
    assert {name: found[name] for name in found if name != "expires_at_seconds"} == {
        name: value for name, value in TOKEN.items() if name != "expires_in"
    }
    assert isinstance(found["expires_at_seconds"], int)
    other = adapter.get_token_data(GROUPS)
    assert other is not None
    assert other["refresh_token"] is None
    adapter.on_refresh(TokenResponse.model_validate({**TOKEN, "access_token": "new", "refresh_token": None}))
    found = adapter.get_token_data(TRANSFER)
    assert found is not None
    assert (found["access_token"], found["refresh_token"]) == ("new", "again")
    assert "new" not in repr(adapter)


def test_files_are_those_of_the_present_stores(tmp_path: Path) -> None:
    plain = SimpleJSONFileAdapter(tmp_path / "tokens.json")
    database = SQLiteAdapter(tmp_path / "tokens.db", namespace="n")
    adapters: list[SimpleJSONFileAdapter | SQLiteAdapter] = [plain, database]
    for adapter in adapters:
        assert isinstance(adapter, FileAdapter)
        assert not adapter.file_exists()
        adapter.store(RESPONSE)
        assert adapter.file_exists()
        assert adapter.get_by_resource_server().keys() == {TRANSFER, GROUPS}
        assert os.stat(adapter.filename).st_mode & 0o777 == 0o600
        adapter.close()
    assert JSONTokenStorage(plain.filename).get_token_data_by_resource_server().keys() == {TRANSFER, GROUPS}
    assert SQLiteTokenStorage(database.filename, namespace="n").get_token_data(TRANSFER) is not None
    assert (database.namespace, [*database.iter_namespaces()]) == ("n", ["n"])
    assert database.remove_tokens_for_resource_server(TRANSFER)
    assert not database.remove_tokens_for_resource_server(TRANSFER)
    assert database.get_by_resource_server().keys() == {GROUPS}


def test_a_file_of_the_former_format_is_read(tmp_path: Path) -> None:
    path = tmp_path / "tokens.json"
    record = {name: value for name, value in TOKEN.items() if name != "expires_in"} | {"expires_at_seconds": 7}
    path.write_text(json.dumps({"by_rs": {TRANSFER: record}, "format_version": "1.0", "globus-sdk.version": "3.0"}))
    path.chmod(0o600)
    assert SimpleJSONFileAdapter(path).get_by_resource_server() == {TRANSFER: record}


def test_files_of_one_s_own_are_made_for_their_owner_alone(tmp_path: Path) -> None:
    adapter = SQLiteAdapter(tmp_path / "tokens.db")
    with adapter.user_only_umask():
        sqlite3.connect(tmp_path / "own.db").close()
        (tmp_path / "own.txt").write_text("x")
    (tmp_path / "other.txt").write_text("x")
    assert (tmp_path / "own.txt").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "other.txt").stat().st_mode & 0o077
