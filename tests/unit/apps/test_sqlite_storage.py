"""`SQLiteTokenStorage`: the official schema, private files, and damage that is told."""

import errno
import os
import pickle
import sqlite3
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import globus_sdk
import pytest
from globus_sdk.token_storage import SQLiteTokenStorage as OfficialStorage

from globus_typed.apps.errors import StoreDamagedError, StoreError, StoreLockedError, StorePermissionError
from globus_typed.apps.storage.sqlite import SQLiteTokenStorage
from globus_typed.apps.tokens import TokenStorageData
from globus_typed.errors import GlobusUsageError, GlobusWarning

from .token_files import AUTH, CLIENT_ID, IDENTITY_ID, TRANSFER, access_token, edit, record, sqlite_1, sqlite_2, write

posix = pytest.mark.skipif(os.name != "posix", reason="modes of files are those of POSIX")


def tokens(resource_server: str = TRANSFER, **members: object) -> dict[str, TokenStorageData]:
    return {resource_server: TokenStorageData.from_dict(record(resource_server, **members))}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "tokens.db"


def test_making_one_does_nothing(path: Path) -> None:
    storage = SQLiteTokenStorage(path)
    assert storage.location == storage.filepath == str(path)
    assert storage.is_shared
    assert not path.parent.exists()
    assert storage.get_token_data_by_resource_server() == {}
    assert storage.get_token_data(TRANSFER) is None
    assert list(storage.iter_namespaces()) == []
    assert not storage.remove_token_data(TRANSFER)
    assert not storage.remove_namespace()
    storage.store_token_data_by_resource_server({})
    assert not path.exists()


def test_tokens_are_stored_by_namespace_and_resource_server(path: Path) -> None:
    with SQLiteTokenStorage(path) as storage, SQLiteTokenStorage(path, namespace="other") as other:
        storage.store_token_data_by_resource_server(tokens())
        storage.store_token_data_by_resource_server(tokens(AUTH))
        assert other.get_token_data_by_resource_server() == {}
        other.store_token_data_by_resource_server(tokens(access_token="AgInventedAccessOther"))
        assert storage.get_token_data_by_resource_server() == {**tokens(), **tokens(AUTH)}
        assert storage.get_token_data(TRANSFER) == tokens()[TRANSFER]
        assert list(storage.iter_namespaces()) == ["DEFAULT", "other"]
        assert storage.remove_token_data(TRANSFER)
        assert not storage.remove_token_data(TRANSFER)
        assert list(storage.get_token_data_by_resource_server()) == [AUTH]
        assert storage.remove_namespace("other")
        assert not storage.remove_namespace("other")
        assert other.get_token_data_by_resource_server() == {}
        assert storage.remove_namespace()
        assert list(storage.iter_namespaces()) == []


def test_the_official_layer_reads_what_we_wrote_and_we_what_it_wrote(path: Path) -> None:
    storage = SQLiteTokenStorage(path)
    storage.store_token_data_by_resource_server({**tokens(), **tokens(AUTH, refresh_token=None)})
    with closing(OfficialStorage(path)) as official:
        assert {name: data.to_dict() for name, data in official.get_token_data_by_resource_server().items()} == {
            TRANSFER: record(TRANSFER),
            AUTH: {name: value for name, value in record(AUTH).items() if name != "refresh_token"},
        }
        assert list(official.iter_namespaces()) == ["DEFAULT"]
        assert official.remove_token_data(AUTH)
        official.store_token_data_by_resource_server(official.get_token_data_by_resource_server())
    assert storage.get_token_data_by_resource_server() == tokens()


def test_databases_of_the_official_layer_are_taken(tmp_path: Path) -> None:
    sqlite_2(tmp_path / "2")
    assert SQLiteTokenStorage(tmp_path / "2").get_token_data_by_resource_server() == {**tokens(), **tokens(AUTH)}
    sqlite_1(tmp_path / "1")
    storage = SQLiteTokenStorage(tmp_path / "1")
    data = storage.get_token_data_by_resource_server()[TRANSFER]
    assert (data.access_token, data.identity_id) == (access_token(TRANSFER), None)
    storage.store_token_data_by_resource_server(tokens())
    with closing(OfficialStorage(tmp_path / "1")) as official:
        found = official.get_token_data(TRANSFER)
        assert found is not None
        assert found.identity_id == IDENTITY_ID
    with closing(sqlite3.connect(tmp_path / "1")) as connection:
        assert connection.execute("SELECT count(*) FROM config_storage").fetchone() == (0,)  # of schema 1, and kept


def test_unknown_members_are_kept(path: Path) -> None:
    storage = SQLiteTokenStorage(path)
    storage.store_token_data_by_resource_server(tokens(vault="north"))
    storage.store_token_data_by_resource_server(tokens(access_token="AgInventedAccessNew"))
    data = storage.get_token_data(TRANSFER)
    assert data is not None
    assert data.to_dict() == record(TRANSFER, access_token="AgInventedAccessNew", vault="north")


def test_what_is_removed_is_not_in_the_file_any_more(path: Path) -> None:
    storage = SQLiteTokenStorage(path)
    storage.store_token_data_by_resource_server(tokens())
    assert access_token(TRANSFER).encode() in path.read_bytes()
    storage.remove_token_data(TRANSFER)
    assert b"AgInvented" not in path.read_bytes()
    assert sorted(os.listdir(path.parent)) == ["tokens.db", "tokens.db.lock"]


def test_a_copy_in_a_pickle_opens_the_same_file_and_holds_no_secret(path: Path) -> None:
    storage = SQLiteTokenStorage(path, namespace="other", connect_params={"timeout": 7})
    storage.store_token_data_by_resource_server(tokens())
    pickled = pickle.dumps(storage)
    assert b"AgInvented" not in pickled
    copy = pickle.loads(pickled)
    assert copy.get_token_data_by_resource_server() == tokens()
    assert (copy.namespace, copy.connect_params) == ("other", {"timeout": 7})
    assert "AgInvented" not in repr(storage)


@pytest.mark.parametrize("fails", [True, False])
def test_what_is_stored_in_a_transaction_stays_and_others_wait(path: Path, fails: bool) -> None:
    storage = SQLiteTokenStorage(path)
    entered, order = threading.Event(), list[str]()

    def other() -> None:
        entered.wait()
        with SQLiteTokenStorage(path).transaction():
            order.append("other")

    thread = threading.Thread(target=other)
    thread.start()
    try:
        with storage.transaction(), storage.transaction() as inner:
            entered.set()
            inner.store_token_data_by_resource_server(tokens())
            assert inner.get_token_data(TRANSFER) is not None
            # A new refresh token must not be lost, whatever happens next.
            with closing(sqlite3.connect(path)) as connection:
                assert connection.execute("SELECT count(*) FROM token_storage").fetchone() == (1,)
            order.append("first")
            if fails:
                raise LookupError
    except LookupError:
        assert fails
    thread.join()
    assert order == ["first", "other"]
    assert storage.get_token_data_by_resource_server() == tokens()


def test_threads_share_one_object(path: Path) -> None:
    storage = SQLiteTokenStorage(path)

    def work(number: int) -> None:
        storage.store_token_data_by_resource_server(
            {f"server{number}": TokenStorageData.from_dict({**record(TRANSFER), "resource_server": f"server{number}"})}
        )
        assert storage.get_token_data(f"server{number}") is not None

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(40)))
    assert len(storage.get_token_data_by_resource_server()) == 40


@posix
def test_files_are_private(path: Path) -> None:
    umask = os.umask(0o277)  # which would take away the right to write
    try:
        SQLiteTokenStorage(path).store_token_data_by_resource_server(tokens())
    finally:
        os.umask(umask)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    path.chmod(0o644)
    with pytest.raises(StorePermissionError, match="0644"):
        SQLiteTokenStorage(path, on_insecure="refuse").get_token_data(TRANSFER)
    with pytest.warns(GlobusWarning, match="0644"):
        assert SQLiteTokenStorage(path).get_token_data(TRANSFER) is not None
    assert path.stat().st_mode & 0o777 == 0o600


@posix
def test_a_file_of_another_user_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    storage = SQLiteTokenStorage(path)
    storage.store_token_data_by_resource_server(tokens())
    me = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: me + 1)
    with pytest.raises(StorePermissionError, match="belongs to another user"):
        storage.get_token_data(TRANSFER)
    with pytest.raises(StorePermissionError, match="belongs to another user"):
        storage.store_token_data_by_resource_server(tokens())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"{}", "no SQLite database"),
        (b"SQLite format 3\0" + b"AgInventedAccess" * 500, "no SQLite database"),
    ],
)
def test_what_is_no_database_is_never_taken_for_an_empty_one(path: Path, content: bytes, message: str) -> None:
    write(path, content)
    storage = SQLiteTokenStorage(path)
    for use in (
        storage.get_token_data_by_resource_server,
        lambda: storage.get_token_data(TRANSFER),
        lambda: storage.store_token_data_by_resource_server(tokens()),
        lambda: storage.remove_token_data(TRANSFER),
        storage.remove_namespace,
        storage.iter_namespaces,
    ):
        with pytest.raises(StoreDamagedError, match=message) as caught:
            use()
        assert str(path) in str(caught.value)
        assert caught.value.__context__ is None
        assert path.read_bytes() == content
    kept = storage.reset()
    assert kept is not None
    assert kept.read_bytes() == content
    assert not path.exists()
    storage.store_token_data_by_resource_server(tokens())
    assert storage.reset() is None
    assert storage.get_token_data_by_resource_server() == tokens()


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("UPDATE sdk_storage_adapter_internal SET value='3'", "none of tokens"),
        ("DELETE FROM sdk_storage_adapter_internal", "none of tokens"),
        ("DROP TABLE sdk_storage_adapter_internal", "none of tokens"),
        ("DROP TABLE token_storage", "none of tokens"),
        ('UPDATE token_storage SET token_data_json=\'{"access_token": "AgInventedAccess\'', "are no JSON"),
        ("UPDATE token_storage SET token_data_json='{}'", "cannot be read"),
        ("UPDATE token_storage SET token_data_json='[]'", "cannot be read"),
        ("UPDATE token_storage SET token_data_json=x'ff'", "damaged"),
        ("UPDATE token_storage SET token_data_json=7 WHERE 0", ""),
    ],
)
def test_other_databases_and_records_are_refused(path: Path, statement: str, message: str) -> None:
    storage = SQLiteTokenStorage(path)
    storage.store_token_data_by_resource_server(tokens())
    edit(path, statement)
    if not message:
        assert storage.get_token_data(TRANSFER) is not None
        return
    with pytest.raises(StoreDamagedError, match=message) as caught:
        storage.get_token_data_by_resource_server()
    frames = traceback.StackSummary.extract(traceback.walk_tb(caught.tb), capture_locals=True)
    assert not any("AgInvented" in line for line in list(frames.format())[1:])


def test_wrong_arguments_are_refused(tmp_path: Path) -> None:
    for name in (":memory:", "file:x?mode=memory"):
        with pytest.raises(GlobusUsageError, match="MemoryTokenStorage"):
            SQLiteTokenStorage(name)
    with pytest.raises(GlobusUsageError, match="uri cannot be chosen"):
        SQLiteTokenStorage(tmp_path / "x", connect_params={"uri": False})
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreDamagedError, match="is no file"):
        SQLiteTokenStorage(tmp_path / "folder").get_token_data(TRANSFER)


def test_a_database_that_another_program_writes_is_waited_for_but_not_without_end(path: Path) -> None:
    storage = SQLiteTokenStorage(path, connect_params={"timeout": 0.01})
    storage.store_token_data_by_resource_server(tokens())
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        assert storage.get_token_data(TRANSFER) is not None
        with pytest.raises(StoreLockedError, match="another program"):
            storage.store_token_data_by_resource_server(tokens(AUTH))
        connection.execute("COMMIT")
        storage.store_token_data_by_resource_server(tokens(AUTH))


def test_a_full_disk_leaves_what_was_stored(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Small(sqlite3.Connection):
        def execute(self, sql: str, *parameters: object) -> sqlite3.Cursor:
            if sql.startswith("BEGIN"):
                super().execute("PRAGMA max_page_count=1")  # which is what it has at least
            return super().execute(sql, *parameters)  # type: ignore[arg-type]  # any

    SQLiteTokenStorage(path).store_token_data_by_resource_server(tokens())
    storage = SQLiteTokenStorage(path, connect_params={"factory": Small})
    with pytest.raises(StoreError, match="no room"):
        storage.store_token_data_by_resource_server(tokens(AUTH, vault="x" * 100_000))
    assert storage.get_token_data_by_resource_server() == tokens()


def test_a_write_ahead_log_is_given_up(path: Path) -> None:
    storage = SQLiteTokenStorage(path)
    storage.store_token_data_by_resource_server(tokens())
    edit(path, "PRAGMA journal_mode=WAL")
    storage.store_token_data_by_resource_server(tokens(AUTH))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert len(storage.get_token_data_by_resource_server()) == 2


class ReadOnly:
    """A directory in which nothing can be made, so that the lock of a store cannot be."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_on, self._open = True, os.open
        monkeypatch.setattr(os, "open", self.open)

    def open(self, path: str, flags: int, *more: int) -> int:
        if self.is_on and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        return self._open(path, flags, *more)


class QueryOnly(sqlite3.Connection):
    """What SQLite makes of a file that it cannot write."""

    def execute(self, sql: str, *parameters: object) -> sqlite3.Cursor:
        if sql.startswith("BEGIN"):
            super().execute("PRAGMA query_only=ON")
        return super().execute(sql, *parameters)  # type: ignore[arg-type]  # any


@pytest.mark.parametrize("by", ["the lock", "SQLite"])
def test_a_read_only_place_with_tokens_can_keep_new_ones_in_memory(
    path: Path, by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    SQLiteTokenStorage(path).store_token_data_by_resource_server(tokens())
    params = {"factory": QueryOnly} if by == "SQLite" else None
    place = ReadOnly(monkeypatch) if by == "the lock" else None
    with pytest.raises(StorePermissionError, match=r"tokens\.db"):
        SQLiteTokenStorage(path, connect_params=params).store_token_data_by_resource_server(tokens(AUTH))
    storage = SQLiteTokenStorage(path, connect_params=params, if_read_only="keep in memory")
    with pytest.warns(GlobusWarning, match="in the memory of this process"):
        storage.store_token_data_by_resource_server(tokens(access_token="AgInventedAccessNew"))
    storage.store_token_data_by_resource_server(tokens(AUTH))
    assert storage.get_token_data_by_resource_server() == {**tokens(access_token="AgInventedAccessNew"), **tokens(AUTH)}
    assert storage.get_token_data(AUTH) == tokens(AUTH)[AUTH]
    assert storage.remove_token_data(AUTH)
    assert not storage.remove_token_data(AUTH)
    assert storage.get_token_data_by_resource_server() == tokens(access_token="AgInventedAccessNew")
    assert b"AgInventedAccessNew" not in pickle.dumps(storage)
    assert SQLiteTokenStorage(path).get_token_data_by_resource_server() == tokens()
    # What a process that can write stores meanwhile counts again.
    if place:
        place.is_on = False
    SQLiteTokenStorage(path).store_token_data_by_resource_server(tokens(access_token="AgInventedAccessLater"))
    assert storage.get_token_data_by_resource_server() == tokens(access_token="AgInventedAccessLater")


def test_a_read_only_place_without_tokens_is_an_error(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.parent.mkdir()
    ReadOnly(monkeypatch)
    storage = SQLiteTokenStorage(path, if_read_only="keep in memory")
    assert storage.get_token_data_by_resource_server() == {}
    with pytest.raises(StorePermissionError, match=str(path)):
        storage.store_token_data_by_resource_server(tokens())
    assert os.listdir(path.parent) == []


def test_an_app_of_the_official_layer_finds_the_login_that_we_stored(path: Path) -> None:
    stored = {**tokens(expires_at_seconds=1 << 33), **tokens(AUTH, expires_at_seconds=1 << 33)}
    SQLiteTokenStorage(path).store_token_data_by_resource_server(stored)
    with closing(OfficialStorage(path)) as official:
        config = globus_sdk.GlobusAppConfig(token_storage=official)
        app = globus_sdk.UserApp("theirs", client_id=CLIENT_ID, config=config)
        app.add_scope_requirements({TRANSFER: [globus_sdk.scopes.TransferScopes.all]})
        assert app.get_authorizer(TRANSFER).get_authorization_header() == f"Bearer {access_token(TRANSFER)}"
