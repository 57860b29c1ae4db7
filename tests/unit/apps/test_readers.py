"""Readers of the token files of other programs."""

import json
import os
import sqlite3
import traceback
from contextlib import closing
from pathlib import Path

import globus_sdk
import pytest
from globus_sdk.token_storage import JSONTokenStorage as OfficialStorage

from globus_typed.apps.errors import StoreDamagedError, StoreError, StoreLockedError, StorePermissionError
from globus_typed.apps.readers.reading import read_tokens
from globus_typed.errors import GlobusUsageError

from .token_files import (
    AUTH,
    CLIENT_ID,
    EXPIRES,
    IDENTITY_ID,
    SCOPES,
    SECRET_PARTS,
    TRANSFER,
    WRITERS,
    access_token,
    edit,
    globus_cli,
    globus_compute,
    json_2,
    record,
    refresh_token,
    sqlite_1,
    sqlite_2,
    state,
    write,
)

posix = pytest.mark.skipif(os.name != "posix", reason="modes of files are those of POSIX")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for variable in ("GLOBUS_SDK_ENVIRONMENT", "GLOBUS_PROFILE", "GLOBUS_COMPUTE_USER_DIR"):
        monkeypatch.delenv(variable, raising=False)
    return home


@pytest.mark.parametrize("program", WRITERS)
def test_every_format_is_read_and_left_as_it_is(program: str, tmp_path: Path) -> None:
    path = tmp_path / "folder" / "store"
    path.parent.mkdir()
    WRITERS[program](path)
    before = state(path)
    found = read_tokens(path)
    assert state(path) == before
    assert {name: str(data.access_token) for name, data in found.by_resource_server.items()} == {
        name: access_token(name) for name in (TRANSFER, AUTH)
    }
    assert found[TRANSFER].scope == SCOPES[TRANSFER]
    assert found[TRANSFER].token_type == "Bearer"
    assert found[TRANSFER].expires_at_seconds >= EXPIRES
    assert found.path == path
    assert found.format is not None
    assert AUTH in found
    assert len(found) == len(list(found)) == 2
    shown = f"{found!r} {found} {found.skipped!r}"
    assert not any(part in shown for part in SECRET_PARTS)


@pytest.mark.parametrize("program", WRITERS)
def test_refresh_tokens_are_read_but_those_of_globus_cli_only_when_asked_for(program: str, tmp_path: Path) -> None:
    path = tmp_path / "store"
    WRITERS[program](path)
    found, asked = read_tokens(path), read_tokens(path, allow_refresh=True)
    is_of_cli = "globus-cli" in program
    assert asked[TRANSFER].refresh_token == refresh_token(TRANSFER)
    assert found[TRANSFER].refresh_token == (None if is_of_cli else refresh_token(TRANSFER))
    assert found.client is None
    assert {skipped.resource_server for skipped in found.skipped} == ({TRANSFER, AUTH} if is_of_cli else set())
    assert all("allow_refresh=True" in skipped.reason for skipped in found.skipped)
    assert not asked.skipped
    if is_of_cli:
        assert asked.client is not None
        assert asked.client.client_id == CLIENT_ID
        assert asked.client.client_secret.startswith("InventedClientSecret")
    assert not any(part in repr(asked) for part in SECRET_PARTS)


def test_the_identity_is_known_where_the_file_says_it(tmp_path: Path) -> None:
    globus_cli(tmp_path / "cli")
    sqlite_1(tmp_path / "legacy")
    json_2(tmp_path / "json")
    assert read_tokens(tmp_path / "cli")[AUTH].identity_id == IDENTITY_ID
    assert read_tokens(tmp_path / "legacy")[AUTH].identity_id is None
    assert read_tokens(tmp_path / "json")[AUTH].identity_id == IDENTITY_ID


def test_places_are_known_by_name(home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("globus-cli", "globus-compute"):
        empty = read_tokens(name)
        assert (empty.format, len(empty)) == (None, 0)
    globus_cli(home / ".globus" / "cli" / "storage.db")
    assert read_tokens("globus-cli").namespace == "userprofile/production"
    assert read_tokens("globus-cli", environment="sandbox").namespace == "userprofile/sandbox"
    assert not read_tokens("globus-cli", environment="preview").by_resource_server
    monkeypatch.setenv("GLOBUS_PROFILE", "work")
    assert len(read_tokens("globus-cli")) == 2
    assert read_tokens("globus-cli").namespace == "userprofile/production/work"

    globus_compute(home / ".globus_compute" / "storage.db")
    assert read_tokens("globus-compute").path == home / ".globus_compute" / "storage.db"
    globus_compute(tmp_path / "other" / "storage.db")
    monkeypatch.setenv("GLOBUS_COMPUTE_USER_DIR", str(tmp_path / "other"))
    assert read_tokens("globus-compute").path == tmp_path / "other" / "storage.db"
    assert read_tokens("globus-compute").namespace == "user/production"


def test_the_old_file_of_globus_cli_is_read_where_there_is_no_new_one(home: Path) -> None:
    write(home / ".globus.cfg", "[general]\nenvironment = production\n")
    assert not read_tokens("globus-cli").by_resource_server
    WRITERS["INI of globus-cli"](home / ".globus.cfg")
    assert read_tokens("globus-cli")[TRANSFER].access_token == access_token(TRANSFER)
    assert read_tokens("~/.globus.cfg")[TRANSFER].access_token == access_token(TRANSFER)
    unknown = read_tokens("globus-cli", environment="sandbox")
    assert not unknown.by_resource_server
    assert {skipped.reason for skipped in unknown.skipped} == {"it does not say when it expires"}


@pytest.mark.parametrize(
    ("app_name", "folder"),
    [("My App", "my-app"), ("a/b.c", "a+b-c"), ("日本 App", "日本-app"), ("tab\tbed", "tabbed")],
)
@pytest.mark.parametrize("environment", ["production", "sandbox"])
def test_apps_of_globus_sdk_are_found_by_id_and_name(app_name: str, folder: str, environment: str, home: Path) -> None:
    prefix = "" if environment == "production" else f"{environment}-"
    config = globus_sdk.GlobusAppConfig(environment=environment)
    official = OfficialStorage.for_globus_app(
        app_name=app_name, client_id=CLIENT_ID, config=config, namespace="DEFAULT"
    )
    assert isinstance(official, OfficialStorage)
    assert Path(official.filepath) == home / ".globus" / "app" / CLIENT_ID / folder / f"{prefix}tokens.json"
    (home / ".globus" / "app" / CLIENT_ID / folder).mkdir(parents=True, exist_ok=True)
    sqlite_2(home / ".globus" / "app" / CLIENT_ID / folder / f"{prefix}tokens.db")

    def read() -> str | None:
        return read_tokens("sdk-app", client_id=CLIENT_ID, app_name=app_name, environment=environment).format

    assert read() == "SQLite 2"
    json_2(Path(official.filepath))
    assert read() == "JSON 2.0"


def test_wrong_arguments_are_refused(tmp_path: Path) -> None:
    json_2(tmp_path / "store")
    with pytest.raises(GlobusUsageError, match="client_id and the app_name"):
        read_tokens("sdk-app")
    with pytest.raises(GlobusUsageError, match='source must be "sdk-app"'):
        read_tokens(tmp_path / "store", client_id=CLIENT_ID)
    with pytest.raises(GlobusUsageError, match="client_id: must be a UUID"):
        read_tokens("sdk-app", client_id="../..", app_name="x")
    with pytest.raises(GlobusUsageError, match="no folder can have this name"):
        read_tokens("sdk-app", client_id=CLIENT_ID, app_name="con")


def test_one_of_several_namespaces_must_be_named(tmp_path: Path) -> None:
    path = tmp_path / "store"
    write(path, json.dumps({"data": {"a": {}, "b": {TRANSFER: record(TRANSFER)}}, "format_version": "2.0"}))
    with pytest.raises(GlobusUsageError, match="give one of a, b"):
        read_tokens(path)
    assert list(read_tokens(path, namespace="b")) == [TRANSFER]
    assert read_tokens(path, namespace="b").namespaces == ("a", "b")
    assert not read_tokens(path, namespace="c").by_resource_server


def test_a_missing_file_holds_no_tokens(tmp_path: Path) -> None:
    found = read_tokens(tmp_path / "none" / "tokens.json")
    assert (found.format, len(found), found.path) == (None, 0, tmp_path / "none" / "tokens.json")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"expires_at_seconds": "soon"}, "expires_at_seconds"),
        ({"expires_at_seconds": 1.5}, "expires_at_seconds"),
        ({"access_token": "AgInventedAccess with spaces"}, "ASCII without spaces"),
        ({"access_token": None}, "access_token"),
        ({"scope": None}, "scope"),
        ({"resource_server": "elsewhere.example"}, "another resource server"),
        ({"scope": 'openid", "access_token": "AgInventedAccess'}, "damaged"),
        ({"a: AgInventedAccess": 1}, "damaged"),
    ],
)
@pytest.mark.parametrize("is_json", [True, False])
def test_records_without_tokens_are_left_out_with_the_reason(
    changes: dict[str, object], reason: str, is_json: bool, tmp_path: Path
) -> None:
    path = tmp_path / "store"
    changed = {**record(TRANSFER), **changes}
    if is_json:
        data = {"DEFAULT": {TRANSFER: changed, AUTH: record(AUTH)}}
        write(path, json.dumps({"data": data, "format_version": "2.0"}))
    else:
        sqlite_2(path)
        statement = "UPDATE token_storage SET token_data_json=? WHERE resource_server=?"
        edit(path, statement, json.dumps(changed), TRANSFER)
    found = read_tokens(path)
    assert list(found) == [AUTH]
    (skipped,) = found.skipped
    assert (skipped.namespace, skipped.resource_server) == ("DEFAULT", TRANSFER)
    assert reason in skipped.reason
    assert not any(part in repr(found) for part in SECRET_PARTS)


@pytest.mark.parametrize("value", ["{", "[]", "null", "", b"\xff\xfe", None, 7])
def test_rows_that_are_no_records_are_left_out(value: object, tmp_path: Path) -> None:
    sqlite_2(tmp_path / "store")
    edit(tmp_path / "store", "DROP TABLE token_storage")
    edit(tmp_path / "store", "CREATE TABLE token_storage (namespace, resource_server, token_data_json)")
    edit(tmp_path / "store", "INSERT INTO token_storage VALUES (?, ?, ?)", "DEFAULT", AUTH, value)
    edit(
        tmp_path / "store",
        "INSERT INTO token_storage VALUES (?, ?, ?)",
        "DEFAULT",
        TRANSFER,
        json.dumps(record(TRANSFER)),
    )
    edit(tmp_path / "store", "INSERT INTO token_storage VALUES (?, ?, ?)", b"\xff", 5, "{}")
    found = read_tokens(tmp_path / "store")
    assert list(found) == [TRANSFER]
    assert [skipped.resource_server for skipped in found.skipped] == [AUTH]


def test_unknown_members_are_kept_and_not_shown(tmp_path: Path) -> None:
    write(
        tmp_path / "store",
        json.dumps({"by_rs": {AUTH: record(AUTH, vault="AgInventedAccessX")}, "format_version": "1.0", "more": 1}),
    )
    found = read_tokens(tmp_path / "store")
    assert found[AUTH].to_dict() == record(AUTH, vault="AgInventedAccessX")
    assert "AgInvented" not in repr(found)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"  \r\n", "is empty"),
        (b"hello", "no token file"),
        (b'{"data": {"DEFAULT": {"x": {"access_token": "AgInventedAccess', "damaged or was cut"),
        (b'{"data": {}, "format_version": "3.0"}', "format '3.0'; known are 1.0 and 2.0"),
        (b'{"access_token": "AgInventedAccess"}', "no token file"),
        (b'{"data": [], "format_version": "2.0"}', 'without its "data"'),
        (b'{"data": {"DEFAULT": 1}, "format_version": "2.0"}', "not filed by resource server"),
        (b'{"format_version": "1.0"}', "not filed by resource server"),
        (b'["AgInventedAccess"]', "INI"),
        (b"[general]\nenvironment = production\n", "holds no tokens"),
        (b"[cli\nAgInventedAccess", "no readable INI file"),
        (b"[cli]\nAgInventedAccess", "no readable INI file"),
        (b"SQLite format 3\0", "damaged SQLite database"),
        (b"SQLite format 3\0" + b"AgInventedAccess" * 500, "damaged SQLite database"),
    ],
)
def test_what_is_no_token_file_is_refused_by_its_path(content: bytes, message: str, tmp_path: Path) -> None:
    path = write(tmp_path / "folder" / "store", content)
    before = state(path)
    with pytest.raises(StoreDamagedError, match=message) as caught:
        read_tokens(path)
    assert str(path) in str(caught.value)
    assert state(path) == before
    assert caught.value.__cause__ is caught.value.__context__ is None
    frames = traceback.StackSummary.extract(
        # Without the frame of this test, which holds the content of the file.
        [each for each in traceback.walk_tb(caught.tb) if each[0].f_code.co_filename != __file__],
        capture_locals=True,
    )
    assert frames
    assert "AgInvented" not in "".join(frames.format())


def test_a_byte_order_mark_and_other_line_ends_change_nothing(tmp_path: Path) -> None:
    text = json.dumps({"data": {"DEFAULT": {AUTH: record(AUTH)}}, "format_version": "2.0"}, indent=1)
    path = write(tmp_path / "store", b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert list(read_tokens(path)) == [AUTH]
    WRITERS["INI of fair-research-login"](tmp_path / "ini")
    path = write(tmp_path / "ini", b"\xef\xbb\xbf" + (tmp_path / "ini").read_bytes().replace(b"\n", b"\r\n"))
    assert list(read_tokens(path)) == [TRANSFER, AUTH]


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("UPDATE sdk_storage_adapter_internal SET value='3'", "schema '3'; known are 1 and 2"),
        ("DELETE FROM sdk_storage_adapter_internal", "schema that is not said"),
        ("DROP TABLE token_storage", "no token store"),
        ("ALTER TABLE token_storage RENAME COLUMN namespace TO AgInventedAccess", "damaged SQLite database"),
    ],
)
def test_other_databases_are_refused(statement: str, message: str, tmp_path: Path) -> None:
    sqlite_2(tmp_path / "store")
    edit(tmp_path / "store", statement)
    with pytest.raises(StoreDamagedError, match=message) as caught:
        read_tokens(tmp_path / "store")
    assert "AgInvented" not in str(caught.value)


@posix
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o620])
@pytest.mark.parametrize("program", ["JSON 2.0", "globus-cli", "INI of fair-research-login"])
def test_files_that_others_can_read_are_refused(program: str, mode: int, tmp_path: Path) -> None:
    path = tmp_path / "store"
    WRITERS[program](path)
    path.chmod(mode)
    with pytest.raises(StorePermissionError, match=f"mode {mode:04o}") as caught:
        read_tokens(path)
    assert str(path) in str(caught.value)
    assert len(read_tokens(path, insecure_ok=True)) == 2
    assert path.stat().st_mode & 0o777 == mode


@posix
def test_files_of_other_users_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    json_2(tmp_path / "store")
    (tmp_path / "link").symlink_to(tmp_path / "store")
    assert len(read_tokens(tmp_path / "link")) == 2
    me = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: me + 1)
    for name in ("store", "link"):
        with pytest.raises(StorePermissionError, match="belongs to another user"):
            read_tokens(tmp_path / name)
    assert len(read_tokens(tmp_path / "store", insecure_ok=True)) == 2


@posix
def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe", 0o600)
    for name in ("pipe", "."):
        with pytest.raises(StoreError, match="is no file"):
            read_tokens(tmp_path / name)
    with pytest.raises(StoreError, match="cannot be read"):
        read_tokens("a\0b")


@pytest.mark.parametrize("left", [True, False])
def test_a_database_with_a_write_ahead_log_gets_no_files_beside_it(left: bool, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    path = folder / "store"
    sqlite_2(path)
    edit(path, "PRAGMA journal_mode=WAL")
    if left:  # by a program that was killed
        write(folder / "store-wal", b"frames")
    before = state(path)
    if left:
        with pytest.raises(StoreDamagedError, match="in the middle of a change"):
            read_tokens(path)
    else:
        assert len(read_tokens(path)) == 2
    assert state(path) == before


def test_what_was_written_ahead_is_read_while_its_program_runs(tmp_path: Path) -> None:
    sqlite_2(tmp_path / "store")
    with closing(sqlite3.connect(tmp_path / "store")) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("DELETE FROM token_storage WHERE resource_server=?", (AUTH,))
        connection.commit()
        assert list(read_tokens(tmp_path / "store")) == [TRANSFER]


def test_a_database_that_is_being_written_is_not_waited_for_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("globus_typed.apps.readers.sqlite_file._BUSY_SECONDS", 0.01)
    sqlite_2(tmp_path / "store")
    with closing(sqlite3.connect(tmp_path / "store", isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        assert len(read_tokens(tmp_path / "store")) == 2
        connection.execute("COMMIT")
        connection.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreLockedError, match="another program is writing") as caught:
            read_tokens(tmp_path / "store")
    frames = traceback.StackSummary.extract(traceback.walk_tb(caught.tb), capture_locals=True)
    assert "AgInvented" not in "".join(frames.format())
