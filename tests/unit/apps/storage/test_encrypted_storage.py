"""Encrypted stores: the key comes from elsewhere, and without it nothing is lost."""

import pickle
from collections.abc import Iterator
from pathlib import Path

import keyring.backend
import keyring.backends.fail
import pytest
from cryptography.fernet import Fernet

from globus_typed.apps.errors import StoreDamagedError, StoreKeyError
from globus_typed.apps.storage.json_file import JSONTokenStorage

from .some_tokens import AUTH, TRANSFER, tokens

KEY = "GLOBUS_TYPED_TOKEN_KEY"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tokens.json"


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> str:
    key = Fernet.generate_key().decode()
    monkeypatch.setenv(KEY, key)
    return key


class Keyring(keyring.backend.KeyringBackend):
    """The keyring of a session, in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class NoKeyring(keyring.backends.fail.Keyring, Keyring):
    """What the package has where there is no keyring."""


@pytest.fixture
def ring() -> Iterator[Keyring]:
    former, ring = keyring.get_keyring(), Keyring()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(former)


def test_a_key_in_the_environment_encrypts(path: Path, key: str) -> None:
    storage = JSONTokenStorage(path)
    storage.store_token_data_by_resource_server({TRANSFER: tokens()})
    written = path.read_bytes()
    assert written.startswith(b"globus-typed encrypted tokens 1 fernet ")
    assert b"transfer" not in written
    assert key.encode() not in written
    assert storage.get_token_data(TRANSFER) == tokens()
    assert key.encode() not in pickle.dumps(storage)
    assert pickle.loads(pickle.dumps(storage)).get_token_data(TRANSFER) == tokens()


def test_a_file_that_is_not_encrypted_yet_is_with_the_next_tokens(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    JSONTokenStorage(path).store_token_data_by_resource_server({TRANSFER: tokens()})
    monkeypatch.setenv(KEY, Fernet.generate_key().decode())
    storage = JSONTokenStorage(path, encryption_key_from="environment")
    assert storage.get_token_data(TRANSFER) == tokens()
    storage.store_token_data_by_resource_server({AUTH: tokens(AUTH)})
    assert b"transfer" not in path.read_bytes()
    assert set(storage.get_token_data_by_resource_server()) == {TRANSFER, AUTH}


def test_without_its_key_a_file_is_an_error_and_stays(path: Path, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    storage = JSONTokenStorage(path)
    storage.store_token_data_by_resource_server({TRANSFER: tokens()})
    written = path.read_bytes()
    other = Fernet.generate_key().decode()
    for value in (None, other):
        if value:
            monkeypatch.setenv(KEY, value)
        else:
            monkeypatch.delenv(KEY)
        for call in (
            storage.get_token_data_by_resource_server,
            lambda: storage.store_token_data_by_resource_server({AUTH: tokens(AUTH)}),
            lambda: storage.remove_token_data(TRANSFER),
        ):
            with pytest.raises(StoreKeyError, match=f"is encrypted with the key .*{KEY} has") as raised:
                call()
            assert str(path) in str(raised.value)
            assert key not in str(raised.value)
            assert other not in str(raised.value)
    assert path.read_bytes() == written
    monkeypatch.setenv(KEY, f"{other}, {key}")
    assert storage.get_token_data(TRANSFER) == tokens()
    storage.store_token_data_by_resource_server({AUTH: tokens(AUTH)})  # with the first key
    monkeypatch.setenv(KEY, other)
    assert set(storage.get_token_data_by_resource_server()) == {TRANSFER, AUTH}
    monkeypatch.setenv(KEY, key)
    assert storage.reset() == path.with_name("tokens.json.damaged")
    assert storage.get_token_data_by_resource_server() == {}


@pytest.mark.usefixtures("key")
def test_an_encrypted_file_that_was_changed_is_damaged(path: Path) -> None:
    storage = JSONTokenStorage(path)
    storage.store_token_data_by_resource_server({TRANSFER: tokens()})
    written = path.read_bytes()
    other = b"Y" if written[80:81] == b"X" else b"X"
    for changed in (written[:-10], written[:80] + other + written[81:], written.splitlines()[0]):
        path.write_bytes(changed)
        with pytest.raises(StoreDamagedError, match=r"tokens\.json: is encrypted, and was changed or cut"):
            storage.get_token_data_by_resource_server()


def test_a_key_that_was_asked_for_and_is_missing_or_none_is_an_error(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(KEY, raising=False)
    storage = JSONTokenStorage(path, encryption_key_from="environment")
    with pytest.raises(StoreKeyError, match=f"set {KEY} to what this prints: python"):
        storage.store_token_data_by_resource_server({TRANSFER: tokens()})
    monkeypatch.setenv(KEY, "my password")
    with pytest.raises(StoreKeyError, match=f"{KEY}: is no key, which has 44 characters") as raised:
        storage.store_token_data_by_resource_server({TRANSFER: tokens()})
    assert "my password" not in str(raised.value)
    assert not path.exists()


def test_a_keyring_gets_a_key_of_its_own_for_each_file(path: Path, ring: Keyring) -> None:
    storage = JSONTokenStorage(path, encryption_key_from="keyring")
    assert storage.get_token_data_by_resource_server() == {}
    assert ring.kept == {}
    storage.store_token_data_by_resource_server({TRANSFER: tokens()})
    storage.store_token_data_by_resource_server({AUTH: tokens(AUTH)})
    assert list(ring.kept) == [("globus_typed token key", str(path))]
    assert b"transfer" not in path.read_bytes()
    assert set(storage.get_token_data_by_resource_server()) == {TRANSFER, AUTH}
    ring.kept.clear()
    with pytest.raises(StoreKeyError, match="the keyring has none"):
        storage.get_token_data(TRANSFER)


def test_without_a_keyring_nothing_is_written_in_plain(path: Path, ring: Keyring) -> None:
    keyring.set_keyring(NoKeyring())
    storage = JSONTokenStorage(path, encryption_key_from="keyring")
    with pytest.raises(StoreKeyError, match=f"keyring cannot be used.*{KEY}"):
        storage.store_token_data_by_resource_server({TRANSFER: tokens()})
    assert not path.exists()


def test_a_keyring_that_keeps_nothing_is_an_error(path: Path, ring: Keyring, monkeypatch: pytest.MonkeyPatch) -> None:
    def lose(*arguments: str) -> None: ...

    monkeypatch.setattr(ring, "set_password", lose)
    storage = JSONTokenStorage(path, encryption_key_from="keyring")
    with pytest.raises(StoreKeyError, match="did not keep its key"):
        storage.store_token_data_by_resource_server({TRANSFER: tokens()})
