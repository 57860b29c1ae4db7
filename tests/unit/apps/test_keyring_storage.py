"""`KeyringTokenStorage`, with keyrings of these tests' own."""

import builtins
import pickle
from collections.abc import Mapping, Sequence
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail, null
from keyring.errors import KeyringLocked, PasswordDeleteError, PasswordSetError

from globus_typed.apps.errors import StoreDamagedError, StoreError, StoreLockedError
from globus_typed.apps.storage.keyring import Keyring, KeyringTokenStorage
from globus_typed.apps.tokens import TokenStorageData
from globus_typed.errors import GlobusOptionalDependencyError

from .token_files import AUTH, CLIENT_ID, TRANSFER, record

SERVICE = f"globus_typed/{CLIENT_ID}/production"


class MemoryKeyring:
    """A keyring of one process, with what is in it in the open."""

    def __init__(self, limit: int = 10_000, *, cuts: bool = False) -> None:
        self.entries: dict[tuple[str, str], str] = {}
        self.limit, self.cuts = limit, cuts
        self.failure: Exception | None = None

    def _check(self) -> None:
        if self.failure:
            raise self.failure

    def get_password(self, service: str, username: str) -> str | None:
        self._check()
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._check()
        if len(password) > self.limit and not self.cuts:
            raise PasswordSetError(f"too long: {password}")
        self.entries[service, username] = password[: self.limit]

    def delete_password(self, service: str, username: str) -> None:
        self._check()
        if self.entries.pop((service, username), None) is None:
            raise PasswordDeleteError("none")


def tokens(resource_server: str = TRANSFER, **members: object) -> dict[str, TokenStorageData]:
    return {resource_server: TokenStorageData.from_dict(record(resource_server, **members))}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GLOBUS_TYPED_TOKEN_DIR", str(tmp_path))
    monkeypatch.delenv("GLOBUS_SDK_ENVIRONMENT", raising=False)
    return tmp_path


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    ring = MemoryKeyring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: ring)
    return ring


def test_tokens_are_stored_by_namespace_and_resource_server(ring: MemoryKeyring) -> None:
    storage, other = KeyringTokenStorage(CLIENT_ID), KeyringTokenStorage(CLIENT_ID, namespace="other")
    assert ring.entries == {}
    assert storage.get_token_data_by_resource_server() == {}
    assert not storage.remove_token_data(TRANSFER)
    assert not storage.remove_namespace()
    storage.store_token_data_by_resource_server(tokens())
    storage.store_token_data_by_resource_server(tokens(AUTH))
    other.store_token_data_by_resource_server(tokens(access_token="AgInventedAccessOther"))
    assert (SERVICE, "DEFAULT") in ring.entries
    assert storage.get_token_data_by_resource_server() == {**tokens(), **tokens(AUTH)}
    assert storage.get_token_data(AUTH) == tokens(AUTH)[AUTH]
    assert list(other.iter_namespaces()) == ["DEFAULT", "other"]
    assert storage.remove_token_data(TRANSFER)
    assert storage.get_token_data_by_resource_server() == tokens(AUTH)
    assert storage.remove_namespace("other")
    assert list(storage.iter_namespaces()) == ["DEFAULT"]
    assert storage.remove_namespace()
    assert list(storage.iter_namespaces()) == []
    assert "AgInvented" not in repr(ring.entries)


def test_apps_and_environments_have_entries_of_their_own(ring: MemoryKeyring) -> None:
    KeyringTokenStorage(CLIENT_ID).store_token_data_by_resource_server(tokens())
    assert KeyringTokenStorage(CLIENT_ID, environment="sandbox").get_token_data_by_resource_server() == {}
    assert KeyringTokenStorage(CLIENT_ID[::-1]).get_token_data_by_resource_server() == {}
    assert KeyringTokenStorage(CLIENT_ID, environment="sandbox").location.endswith(f"{CLIENT_ID}/sandbox")


@pytest.mark.parametrize("cuts", [True, False])
def test_what_is_too_long_is_split_by_resource_server(cuts: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    ring = MemoryKeyring(limit=500, cuts=cuts)
    storage = KeyringTokenStorage(CLIENT_ID, backend=ring)
    storage.store_token_data_by_resource_server(tokens())
    assert set(ring.entries) == {(SERVICE, "DEFAULT"), (f"{SERVICE}#namespaces", "all")}
    storage.store_token_data_by_resource_server(tokens(AUTH, vault="north"))
    assert {(f"{SERVICE}#DEFAULT", TRANSFER), (f"{SERVICE}#DEFAULT", AUTH)} < set(ring.entries)
    assert "AgInvented" not in ring.entries[SERVICE, "DEFAULT"]
    storage.store_token_data_by_resource_server(tokens(AUTH, access_token="AgInventedAccessNew"))
    new = tokens(AUTH, access_token="AgInventedAccessNew", vault="north")
    assert storage.get_token_data_by_resource_server() == {**tokens(), **new}
    assert storage.remove_token_data(TRANSFER)
    assert storage.get_token_data_by_resource_server() == new
    assert (f"{SERVICE}#DEFAULT", TRANSFER) not in ring.entries
    assert storage.remove_namespace()
    assert not any("AgInvented" in text for text in ring.entries.values())
    with pytest.raises(StoreError, match="does not keep"):
        storage.store_token_data_by_resource_server(tokens(vault="x" * 1000))


def test_a_copy_in_a_pickle_opens_the_same_entries(ring: MemoryKeyring) -> None:
    storage = KeyringTokenStorage(CLIENT_ID, namespace="other")
    storage.store_token_data_by_resource_server(tokens())
    pickled = pickle.dumps(storage)
    assert b"AgInvented" not in pickled
    assert pickle.loads(pickled).get_token_data_by_resource_server() == tokens()
    assert storage.is_shared


class PlaintextKeyring(MemoryKeyring):
    """A keyring that calls itself what it is."""


@pytest.mark.parametrize(
    ("backend", "message"),
    [
        (fail.Keyring(), "there is no keyring in this session"),  # type: ignore[no-untyped-call]
        (null.Keyring(), "there is no keyring in this session"),  # type: ignore[no-untyped-call]
        (PlaintextKeyring(), "in plain text"),
    ],
)
def test_without_a_keyring_to_trust_nothing_is_stored(
    backend: Keyring, message: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    storage = KeyringTokenStorage(CLIENT_ID)
    for use in (
        storage.get_token_data_by_resource_server,
        lambda: storage.store_token_data_by_resource_server(tokens()),
    ):
        with pytest.raises(StoreError, match=message) as caught:
            use()
        assert "JSONTokenStorage" in str(caught.value)
    assert not any(path.read_bytes() for path in home.rglob("*") if path.is_file() and path.suffix != ".lock")


def test_a_keyring_in_plain_text_can_be_given() -> None:
    storage = KeyringTokenStorage(CLIENT_ID, backend=PlaintextKeyring())
    storage.store_token_data_by_resource_server(tokens())
    assert storage.get_token_data_by_resource_server() == tokens()


def test_without_the_package_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without_keyring(
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> object:
        if name.partition(".")[0] == "keyring" and not level:
            raise ImportError(name)
        return real(name, globals, locals, fromlist, level)

    storage = KeyringTokenStorage(CLIENT_ID)
    monkeypatch.setattr(builtins, "__import__", without_keyring)
    with pytest.raises(GlobusOptionalDependencyError, match=r"globus-typed\[keyring\]"):
        storage.get_token_data(TRANSFER)


@pytest.mark.parametrize(
    ("failure", "kind", "message"),
    [
        (KeyringLocked("AgInvented"), StoreLockedError, "unlock it"),
        (RuntimeError("AgInvented"), StoreError, "RuntimeError"),
    ],
)
def test_errors_of_the_keyring_are_those_of_a_store(
    failure: Exception, kind: type[StoreError], message: str, ring: MemoryKeyring
) -> None:
    storage = KeyringTokenStorage(CLIENT_ID)
    storage.store_token_data_by_resource_server(tokens())
    ring.failure = failure
    for use in (
        storage.get_token_data_by_resource_server,
        lambda: storage.store_token_data_by_resource_server(tokens()),
        lambda: storage.remove_token_data(TRANSFER),
    ):
        with pytest.raises(kind, match=message) as caught:
            use()
        assert "AgInvented" not in str(caught.value)
        assert caught.value.__context__ is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"transfer.api.globus.org": {"access_token": "AgInventedAccess"}}'])
def test_a_damaged_entry_is_never_taken_for_an_empty_one(text: str, ring: MemoryKeyring) -> None:
    ring.entries[SERVICE, "DEFAULT"] = text
    storage = KeyringTokenStorage(CLIENT_ID)
    for use in (
        storage.get_token_data_by_resource_server,
        lambda: storage.store_token_data_by_resource_server(tokens()),
    ):
        with pytest.raises(StoreDamagedError, match="DEFAULT") as caught:
            use()
        assert "AgInvented" not in str(caught.value)
    assert ring.entries == {(SERVICE, "DEFAULT"): text}
    assert storage.remove_namespace()
    storage.store_token_data_by_resource_server(tokens())


def test_a_missing_part_of_a_split_entry_is_damage(ring: MemoryKeyring) -> None:
    ring.limit = 400
    storage = KeyringTokenStorage(CLIENT_ID)
    storage.store_token_data_by_resource_server({**tokens(), **tokens(AUTH)})
    del ring.entries[f"{SERVICE}#DEFAULT", AUTH]
    with pytest.raises(StoreDamagedError, match=AUTH):
        storage.get_token_data(TRANSFER)
