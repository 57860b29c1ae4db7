"""`import_tokens`: tokens of other programs, in stores of this package."""

from pathlib import Path

import pytest

from globus_typed.apps.errors import IdentityMismatchError
from globus_typed.apps.readers.importing import import_tokens
from globus_typed.apps.readers.reading import read_tokens
from globus_typed.apps.readers.stored import StoredTokens
from globus_typed.apps.storage.base import TokenStorage
from globus_typed.apps.storage.json_file import JSONTokenStorage
from globus_typed.apps.storage.memory import MemoryTokenStorage
from globus_typed.apps.storage.sqlite import SQLiteTokenStorage
from globus_typed.apps.tokens import TokenStorageData

from .token_files import AUTH, EXPIRES, IDENTITY_ID, TRANSFER, WRITERS, globus_cli, json_2, record, state


def data(resource_server: str, **members: object) -> TokenStorageData:
    return TokenStorageData.from_dict(record(resource_server, **members))


def stored(*tokens: TokenStorageData) -> StoredTokens:
    by_resource_server = {token.resource_server: token for token in tokens}
    return StoredTokens(Path("elsewhere"), "JSON 2.0", "DEFAULT", by_resource_server)


@pytest.fixture(params=["memory", "JSON", "SQLite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> TokenStorage:
    if request.param == "memory":
        return MemoryTokenStorage()
    return (JSONTokenStorage if request.param == "JSON" else SQLiteTokenStorage)(tmp_path / "new" / "tokens")


@pytest.mark.parametrize("program", WRITERS)
def test_tokens_of_every_program_can_be_imported(program: str, store: TokenStorage, tmp_path: Path) -> None:
    path = tmp_path / "theirs" / "store"
    path.parent.mkdir()
    WRITERS[program](path)
    before = state(path)
    found = read_tokens(path)
    report = import_tokens(found, store, clock=lambda: EXPIRES - 1)
    assert report.imported == (AUTH, TRANSFER)
    assert report.skipped == found.skipped
    assert store.get_token_data_by_resource_server() == found.by_resource_server
    assert state(path) == before
    assert "AgInvented" not in repr(report)


def test_expired_tokens_are_left_out_unless_they_can_be_renewed_or_are_asked_for(store: TokenStorage) -> None:
    theirs = stored(data(TRANSFER), data(AUTH, refresh_token=None))
    report = import_tokens(theirs, store, clock=lambda: EXPIRES)
    assert report.imported == (TRANSFER,)
    assert [(skipped.resource_server, "has expired" in skipped.reason) for skipped in report.skipped] == [(AUTH, True)]
    assert import_tokens(theirs, store, only_unexpired=False, clock=lambda: EXPIRES).imported == (AUTH,)


def test_what_the_store_has_is_kept_where_it_lasts_as_long(store: TokenStorage) -> None:
    mine = {
        TRANSFER: data(TRANSFER, access_token="AgInventedAccessMine"),
        AUTH: data(AUTH, access_token="AgInventedAccessMine", refresh_token=None),
    }
    store.store_token_data_by_resource_server(mine)
    later = data(AUTH, refresh_token=None, expires_at_seconds=EXPIRES + 1)
    report = import_tokens(stored(data(TRANSFER, expires_at_seconds=EXPIRES + 1), later), store, clock=lambda: 0)
    assert report.imported == (AUTH,)
    assert [skipped.resource_server for skipped in report.skipped] == [TRANSFER]
    assert store.get_token_data_by_resource_server() == {TRANSFER: mine[TRANSFER], AUTH: later}


def test_tokens_of_two_identities_do_not_get_into_one_namespace(store: TokenStorage) -> None:
    store.store_token_data_by_resource_server({AUTH: data(AUTH)})
    other = IDENTITY_ID.replace("2a7c", "ffff")
    with pytest.raises(IdentityMismatchError, match="another namespace") as caught:
        import_tokens(stored(data(TRANSFER, identity_id=other)), store, clock=lambda: 0)
    assert (caught.value.stored_id, caught.value.new_id) == (IDENTITY_ID, other)
    assert list(store.get_token_data_by_resource_server()) == [AUTH]
    # What does not say whose it is may be anybody's.
    assert import_tokens(stored(data(TRANSFER, identity_id=None)), store, clock=lambda: 0).imported == (TRANSFER,)


def test_tokens_of_globus_cli_come_without_what_renews_them_unless_asked_for(tmp_path: Path) -> None:
    globus_cli(tmp_path / "store")
    mine = MemoryTokenStorage()
    import_tokens(read_tokens(tmp_path / "store"), mine, clock=lambda: EXPIRES - 1)
    assert {token.refresh_token for token in mine.get_token_data_by_resource_server().values()} == {None}
    report = import_tokens(read_tokens(tmp_path / "store", allow_refresh=True), mine, clock=lambda: EXPIRES - 1)
    assert report.imported == (AUTH, TRANSFER)
    assert None not in {token.refresh_token for token in mine.get_token_data_by_resource_server().values()}


def test_an_empty_place_imports_nothing(store: TokenStorage, tmp_path: Path) -> None:
    json_2(tmp_path / "theirs")
    report = import_tokens(read_tokens(tmp_path / "theirs", namespace="none"), store)
    assert (report.imported, report.skipped) == ((), ())
    assert store.get_token_data_by_resource_server() == {}
