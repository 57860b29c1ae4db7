"""`JSONTokenStorage`: what it reads and writes, and that nothing of it is lost."""

import copy
import json
import os
import pickle
from pathlib import Path
from typing import Any

import pytest
from globus_sdk.token_storage import JSONTokenStorage as OfficialStorage
from globus_sdk.token_storage import TokenStorageData as OfficialTokens
from globus_sdk.token_storage.legacy import SimpleJSONFileAdapter

from globus_typed import GlobusUsageError
from globus_typed.apps.errors import StoreDamagedError, StoreError, StorePermissionError
from globus_typed.apps.storage.json_file import JSONTokenStorage

from .some_tokens import AUTH, TRANSFER, tokens


def content(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "app" / "tokens.json"


def write(path: Path, document: object) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")


def test_nothing_is_done_before_the_first_call(path: Path) -> None:
    storage = JSONTokenStorage(path)
    assert repr(storage) == f"JSONTokenStorage({str(path)!r}, namespace='DEFAULT')"
    assert storage.location == str(path)
    assert storage.get_token_data_by_resource_server() == {}
    assert storage.get_token_data(TRANSFER) is None
    assert list(storage.iter_namespaces()) == []
    assert not storage.file_exists()
    assert not path.parent.exists()


def test_tokens_are_stored_and_found_by_another_object(path: Path) -> None:
    with JSONTokenStorage(path) as storage:
        storage.store_token_data_by_resource_server({TRANSFER: tokens()})
        storage.store_token_data_by_resource_server({AUTH: tokens(AUTH, "AgExampleAuth1")})
    again = JSONTokenStorage(str(path))
    assert again.get_token_data_by_resource_server() == {TRANSFER: tokens(), AUTH: tokens(AUTH, "AgExampleAuth1")}
    assert again.remove_token_data(TRANSFER)
    assert not again.remove_token_data(TRANSFER)
    assert storage.get_token_data(TRANSFER) is None
    assert list(storage.get_token_data_by_resource_server()) == [AUTH]


def test_namespaces_are_apart(path: Path) -> None:
    here, there = JSONTokenStorage(path), JSONTokenStorage(path, namespace="staff")
    here.store_token_data_by_resource_server({TRANSFER: tokens()})
    there.store_token_data_by_resource_server({TRANSFER: tokens(access_token="AgOther")})
    assert sorted(here.iter_namespaces()) == ["DEFAULT", "staff"]
    assert here.remove_namespace("staff")
    assert not here.remove_namespace("staff")
    assert here.get_token_data_by_resource_server() == {TRANSFER: tokens()}
    assert there.get_token_data_by_resource_server() == {}


def test_the_official_layer_reads_what_is_written(path: Path) -> None:
    JSONTokenStorage(path).store_token_data_by_resource_server({TRANSFER: tokens(refresh_token=None)})
    found = OfficialStorage(path).get_token_data(TRANSFER)
    assert found is not None
    assert OfficialTokens.to_dict(found) == tokens(refresh_token=None).to_dict()


def test_what_the_official_layer_wrote_is_read_and_kept(path: Path) -> None:
    official = OfficialStorage(path)
    mine = OfficialTokens(AUTH, None, "openid", "AgExampleAuth1", None, 1795949068, "Bearer")
    official.store_token_data_by_resource_server({AUTH: mine})
    path.parent.chmod(0o700)
    JSONTokenStorage(path).store_token_data_by_resource_server({TRANSFER: tokens()})
    both = official.get_token_data_by_resource_server()
    assert {name: each.access_token for name, each in both.items()} == {
        AUTH: "AgExampleAuth1",
        TRANSFER: "AgExampleTransfer1",
    }
    assert content(path)["globus-sdk.version"] != ""


def test_the_former_official_format_is_read_and_becomes_the_present_one(path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    record = {**tokens(refresh_token=None).to_dict(), "refresh_token": None}
    record.pop("identity_id")
    write(path, {"by_rs": {TRANSFER: record}, "globus-sdk.version": "3.1.0", "format_version": "1.0", "mine": [1]})
    assert SimpleJSONFileAdapter(str(path)).get_token_data(TRANSFER) == record
    storage = JSONTokenStorage(path)
    found = storage.get_token_data(TRANSFER)
    assert found is not None
    assert (found.access_token, found.refresh_token, found.identity_id) == ("AgExampleTransfer1", None, None)
    assert content(path)["format_version"] == "1.0"
    storage.store_token_data_by_resource_server({AUTH: tokens(AUTH)})
    assert list(content(path)) == ["data", "globus-sdk.version", "format_version", "mine"]
    assert content(path)["data"] == {"DEFAULT": {TRANSFER: record, AUTH: tokens(AUTH).to_dict()}}
    assert set(OfficialStorage(path).get_token_data_by_resource_server()) == {TRANSFER, AUTH}


def test_what_is_not_known_is_kept_at_every_level_and_in_order(path: Path) -> None:
    record = {"new": {"deep": 1}, **tokens().to_dict(), "last": None}
    write(
        path,
        {
            "first": "x",
            "format_version": "2.0",
            "data": {"other": {"rs": {"anything": True}}, "DEFAULT": {TRANSFER: record}},
            "globus-sdk.version": "9.9",
        },
    )
    storage = JSONTokenStorage(path)
    found = storage.get_token_data(TRANSFER)
    assert found is not None
    assert found.extra == {"new": {"deep": 1}, "last": None}
    storage.store_token_data_by_resource_server({TRANSFER: tokens(access_token="AgNew", refresh_token=None)})
    after = content(path)
    assert list(after) == ["first", "format_version", "data", "globus-sdk.version"]
    assert after["globus-sdk.version"] == "9.9"
    assert after["data"]["other"] == {"rs": {"anything": True}}
    expected = {**record, "access_token": "AgNew"}
    expected.pop("refresh_token")
    assert list(after["data"]["DEFAULT"][TRANSFER].items()) == list(expected.items())


@pytest.mark.parametrize(("start", "after_comma"), [("\ufeff", ""), ("", "\r\n"), ("\ufeff\r\n", "\r\n")])
def test_a_byte_order_mark_and_line_breaks_of_windows_are_no_damage(path: Path, start: str, after_comma: str) -> None:
    storage = JSONTokenStorage(path)
    storage.store_token_data_by_resource_server({TRANSFER: tokens()})
    write(path, start + path.read_text(encoding="utf-8").replace(",", f",{after_comma}"))
    assert storage.get_token_data_by_resource_server() == {TRANSFER: tokens()}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "is empty"),
        ("   \n", "is empty"),
        ('{"data": {"DEFAULT": {"transfer.api.globus.org": {"access_token": "AgTorn', "is no JSON"),
        ("\0" * 200, "is no JSON"),
        ("[]", "holds no JSON object"),
        ("{}", "format_version is none"),
        ('{"data": {}, "format_version": "3.0"}', "format_version is 3.0"),
        ('{"data": {}, "format_version": 2.0}', "format_version is 2.0"),
        ('{"data": [], "format_version": "2.0"}', "data is missing or malformed"),
        ('{"data": {"DEFAULT": {"rs": []}}, "format_version": "2.0"}', "a record in it is no JSON object"),
        ('{"by_rs": [], "format_version": "1.0"}', "by_rs is missing or malformed"),
        ('{"data": {"DEFAULT": {"rs": {}}}, "data": {}, "format_version": "2.0"}', "stands twice"),
        ("[" * 100_000, "is no JSON"),
    ],
    ids=range(13),
)
def test_a_damaged_or_foreign_file_is_an_error_that_names_it(path: Path, text: str, problem: str) -> None:
    write(path, text)
    storage = JSONTokenStorage(path)
    for call in (
        storage.get_token_data_by_resource_server,
        lambda: storage.store_token_data_by_resource_server({TRANSFER: tokens()}),
        lambda: storage.remove_token_data(TRANSFER),
        lambda: storage.remove_namespace(),
        lambda: list(storage.iter_namespaces()),
    ):
        with pytest.raises(StoreDamagedError) as raised:
            call()
        assert problem in str(raised.value)
        assert str(path) in str(raised.value)
        assert "logout --reset" in str(raised.value)
        assert "AgTorn" not in str(raised.value)
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("expires_at_seconds", "1795949068"),
        ("expires_at_seconds", 1795949068.5),
        ("access_token", "Ag Secret"),
        ("access_token", "AgSecret\r\n"),
        ("access_token", None),
        ("scope", 7),
    ],
)
def test_a_damaged_record_is_an_error_that_names_the_member(path: Path, member: str, value: object) -> None:
    record = {**tokens().to_dict(), member: value}
    write(path, {"data": {"DEFAULT": {TRANSFER: record}}, "format_version": "2.0"})
    with pytest.raises(StoreDamagedError, match=rf"tokens\.json: the tokens for {TRANSFER}.*{member}") as raised:
        JSONTokenStorage(path).get_token_data(TRANSFER)
    assert "Secret" not in str(raised.value)


def test_reset_keeps_a_copy_and_only_of_what_is_damaged(path: Path) -> None:
    storage = JSONTokenStorage(path)
    assert storage.reset() is None
    storage.store_token_data_by_resource_server({TRANSFER: tokens()})
    assert storage.reset() is None
    for name in ("tokens.json.damaged", "tokens.json.damaged-2"):
        write(path, name)
        assert storage.reset() == path.with_name(name)
        assert storage.get_token_data_by_resource_server() == {}
        assert path.with_name(name).read_text(encoding="utf-8") == name
    storage.store_token_data_by_resource_server({TRANSFER: tokens()})
    assert storage.get_token_data(TRANSFER) == tokens()


def test_a_relative_name_stays_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    storage = JSONTokenStorage("tokens.json")
    monkeypatch.chdir("/")
    storage.store_token_data_by_resource_server({TRANSFER: tokens()})
    assert storage.filepath == str(tmp_path / "tokens.json")
    assert (tmp_path / "tokens.json").exists()


def test_a_tilde_is_the_home_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert JSONTokenStorage("~/tokens.json").filepath == str(tmp_path / "tokens.json")


@pytest.mark.parametrize(
    "arguments",
    [
        {"filepath": ""},
        {"filepath": "a\0b"},
        {"filepath": "~nobody-of-that-name/tokens.json"},
        {"filepath": "x", "namespace": ""},
        {"filepath": "x", "namespace": None},
        {"filepath": "x", "on_insecure": "ignore"},
        {"filepath": "x", "if_read_only": "ignore"},
        {"filepath": "x", "encryption_key_from": "file"},
    ],
)
def test_a_wrong_argument_is_refused_when_the_store_is_made(arguments: dict[str, Any]) -> None:
    with pytest.raises(GlobusUsageError):
        JSONTokenStorage(**arguments)


def test_copies_and_pickles_hold_the_place_and_no_token(path: Path) -> None:
    storage = JSONTokenStorage(path, namespace="staff", on_insecure="refuse")
    storage.store_token_data_by_resource_server({TRANSFER: tokens()})
    storage.get_token_data(TRANSFER)
    data = pickle.dumps(storage)
    assert b"AgExample" not in data
    for again in (pickle.loads(data), copy.copy(storage), copy.deepcopy(storage)):
        assert (again.filepath, again.namespace, again.on_insecure) == (str(path), "staff", "refuse")
        assert again.get_token_data(TRANSFER) == tokens()
        with again.transaction():
            assert again.remove_token_data("none") is False
        assert storage.is_shared
        assert again.is_shared


@pytest.mark.parametrize("number", ["ENOSPC", "EDQUOT"])
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_file(path: Path, number: str, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno

    storage = JSONTokenStorage(path)
    storage.store_token_data_by_resource_server({TRANSFER: tokens()})

    def full(*arguments: object) -> None:
        code = getattr(errno, number)
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, step, full)
    with pytest.raises(StoreError, match="make room and try again") as raised:
        storage.store_token_data_by_resource_server({AUTH: tokens(AUTH, "AgLost")})
    assert str(path) in str(raised.value)
    monkeypatch.undo()
    assert storage.get_token_data_by_resource_server() == {TRANSFER: tokens()}
    assert sorted(each.name for each in path.parent.iterdir()) == ["tokens.json", "tokens.json.lock"]


def test_a_directory_or_a_pipe_is_no_store(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, kind in ((tmp_path, "is a directory"), (tmp_path / "pipe", "is no file")):
        for call in (JSONTokenStorage(path).get_token_data_by_resource_server, JSONTokenStorage(path).reset):
            with pytest.raises(StoreDamagedError, match=kind):
                call()


def test_a_path_below_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="file"):
        JSONTokenStorage(tmp_path / "file" / "tokens.json").store_token_data_by_resource_server({TRANSFER: tokens()})


@pytest.mark.parametrize("code", ["EACCES", "EROFS"])
def test_a_place_that_cannot_be_read_is_an_error(path: Path, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno

    def refuse(*arguments: object, **more: object) -> int:
        raise OSError(getattr(errno, code), os.strerror(getattr(errno, code)))

    storage = JSONTokenStorage(path)
    storage.store_token_data_by_resource_server({TRANSFER: tokens()})
    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(StorePermissionError, match="GLOBUS_TYPED_TOKEN_DIR") as raised:
        storage.get_token_data_by_resource_server()
    assert str(path) in str(raised.value)
