"""Files of tokens are private to their user: made so, and checked when they are read."""

import errno
import os
import stat
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from globus_typed import GlobusWarning
from globus_typed.apps.errors import StorePermissionError
from globus_typed.apps.storage import files
from globus_typed.apps.storage.file_storage import IfReadOnly
from globus_typed.apps.storage.json_file import JSONTokenStorage

from .some_tokens import AUTH, TRANSFER, tokens

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
NOBODY = 65534


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o277], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    former = os.umask(request.param)
    yield
    os.umask(former)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "app" / "tokens.json"
    JSONTokenStorage(path).store_token_data_by_resource_server({TRANSFER: tokens()})
    return path


@pytest.mark.usefixtures("umask")
def test_whatever_the_umask_all_that_is_made_is_private(tmp_path: Path) -> None:
    path = tmp_path / "one" / "two" / "tokens.json"
    storage = JSONTokenStorage(path)
    for _ in range(2):
        storage.store_token_data_by_resource_server({TRANSFER: tokens()})
        assert {each.name: mode(each) for each in path.parent.iterdir()} == {
            "tokens.json": 0o600,
            "tokens.json.lock": 0o600,
        }
        assert (mode(path.parent), mode(path.parent.parent)) == (0o700, 0o700)


def test_a_file_that_others_can_read_is_repaired_with_one_warning(path: Path) -> None:
    path.chmod(0o644)
    with pytest.warns(GlobusWarning, match="had the mode 0644") as warned:
        assert JSONTokenStorage(path).get_token_data(TRANSFER) == tokens()
    assert str(path) in str(warned[0].message)
    assert mode(path) == 0o600
    path.chmod(0o644)
    JSONTokenStorage(path).get_token_data(TRANSFER)  # warned once
    assert mode(path) == 0o600


@pytest.mark.parametrize("given", [0o644, 0o640, 0o604, 0o620, 0o602])
def test_a_file_that_others_can_read_or_write_is_refused_where_that_was_asked(path: Path, given: int) -> None:
    path.chmod(given)
    storage = JSONTokenStorage(path, on_insecure="refuse")
    calls: tuple[Callable[[], object], ...] = (
        storage.get_token_data_by_resource_server,
        lambda: storage.store_token_data_by_resource_server({AUTH: tokens(AUTH)}),
    )
    for call in calls:
        with pytest.raises(StorePermissionError, match=f"has the mode {given:04o}.*chmod 600") as raised:
            call()
        assert str(path) in str(raised.value)
    assert mode(path) == given


def test_the_directory_that_is_for_tokens_alone_is_made_private(path: Path) -> None:
    path.with_name("tokens.db").touch()
    path.parent.chmod(0o755)
    JSONTokenStorage(path).get_token_data(TRANSFER)
    assert mode(path.parent) == 0o700


def test_the_directory_of_other_things_is_left(path: Path) -> None:
    path.with_name("notes.txt").touch()
    path.parent.chmod(0o755)
    JSONTokenStorage(path).get_token_data(TRANSFER)
    assert mode(path.parent) == 0o755


def test_a_directory_that_others_can_write_in_is_warned_of(path: Path) -> None:
    path.with_name("notes.txt").touch()
    path.parent.chmod(0o775)
    with pytest.warns(GlobusWarning, match="mode 0775, by which others can put their tokens"):
        JSONTokenStorage(path).get_token_data(TRANSFER)
    path.parent.chmod(0o1777)  # as /tmp, where nobody can rename what is another one's
    JSONTokenStorage(path).get_token_data(TRANSFER)


def test_a_directory_that_others_can_enter_is_refused_where_that_was_asked(path: Path) -> None:
    path.parent.chmod(0o755)
    with pytest.raises(StorePermissionError, match=r"0755.*chmod 700"):
        JSONTokenStorage(path, on_insecure="refuse").get_token_data(TRANSFER)


@as_root
def test_the_file_of_another_user_is_refused(path: Path) -> None:
    os.chown(path, NOBODY, NOBODY)
    with pytest.raises(StorePermissionError, match=f"belongs to another user, number {NOBODY}"):
        JSONTokenStorage(path).get_token_data(TRANSFER)


@as_root
def test_the_link_of_another_user_is_refused(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(path)
    os.chown(link, NOBODY, NOBODY, follow_symlinks=False)
    with pytest.raises(StorePermissionError, match="symbolic link that another user made"):
        JSONTokenStorage(link).get_token_data(TRANSFER)


def test_an_own_link_leads_to_the_file_and_stays(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(path)
    storage = JSONTokenStorage(link)
    storage.store_token_data_by_resource_server({AUTH: tokens(AUTH)})
    assert link.is_symlink()
    assert set(JSONTokenStorage(path).get_token_data_by_resource_server()) == {TRANSFER, AUTH}
    assert not link.with_name("link.lock").exists()


class ReadOnly:
    """A file system that cannot be written, as the home directory of a compute node."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, code: int = errno.EROFS) -> None:
        self._open, self._code = os.open, code
        self.is_on = True
        monkeypatch.setattr(os, "open", self.open)
        monkeypatch.setattr(os, "mkdir", self.refuse)

    def open(self, path: str, flags: int, *more: int) -> int:
        if self.is_on and (flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)):
            self.refuse(path)
        return self._open(path, flags, *more)

    def refuse(self, path: str, *more: object) -> None:
        raise OSError(self._code, os.strerror(self._code), str(path))


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES])
def test_a_read_only_place_is_an_error_that_says_what_to_do(
    path: Path, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ReadOnly(monkeypatch, code)
    assert JSONTokenStorage(path).get_token_data(TRANSFER) == tokens()
    with pytest.raises(StorePermissionError, match="GLOBUS_TYPED_TOKEN_DIR") as raised:
        JSONTokenStorage(path).store_token_data_by_resource_server({AUTH: tokens(AUTH)})
    assert str(path.parent) in str(raised.value)


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES])
def test_a_read_only_place_with_tokens_can_keep_new_ones_in_memory(
    path: Path, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = ReadOnly(monkeypatch, code)
    storage = JSONTokenStorage(path, if_read_only="keep in memory")
    with pytest.warns(GlobusWarning, match="GLOBUS_TYPED_TOKEN_DIR") as warned:
        storage.store_token_data_by_resource_server({TRANSFER: tokens(access_token="AgRenewed")})
    assert len(warned) == 1
    assert str(path.parent) in str(warned[0].message)
    storage.store_token_data_by_resource_server({AUTH: tokens(AUTH)})  # without another warning
    assert storage.get_token_data_by_resource_server() == {
        TRANSFER: tokens(access_token="AgRenewed"),
        AUTH: tokens(AUTH),
    }
    assert storage.remove_token_data(AUTH)
    assert set(storage.get_token_data_by_resource_server()) == {TRANSFER}
    assert JSONTokenStorage(path).get_token_data(TRANSFER) == tokens()
    # What a process that can write stores meanwhile counts again.
    place.is_on = False
    JSONTokenStorage(path).store_token_data_by_resource_server({TRANSFER: tokens(access_token="AgOfLoginNode")})
    assert storage.get_token_data(TRANSFER) == tokens(access_token="AgOfLoginNode")


def test_a_read_only_place_without_tokens_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ReadOnly(monkeypatch)
    for path in (tmp_path / "tokens.json", tmp_path / "missing" / "tokens.json"):
        storage = JSONTokenStorage(path, if_read_only="keep in memory")
        assert storage.get_token_data_by_resource_server() == {}
        with warnings.catch_warnings(), pytest.raises(StorePermissionError, match="GLOBUS_TYPED_TOKEN_DIR") as raised:
            storage.store_token_data_by_resource_server({TRANSFER: tokens()})
        assert str(tmp_path) in str(raised.value)


@pytest.mark.parametrize("if_read_only", ["raise", "keep in memory"])
def test_whether_tokens_can_be_stored_is_known_before(
    path: Path, if_read_only: IfReadOnly, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = JSONTokenStorage(path, if_read_only=if_read_only)
    storage.check_writable()
    assert sorted(each.name for each in path.parent.iterdir()) == ["tokens.json", "tokens.json.lock"]
    assert storage.get_token_data_by_resource_server() == {TRANSFER: tokens()}
    ReadOnly(monkeypatch)
    with pytest.raises(StorePermissionError, match="GLOBUS_TYPED_TOKEN_DIR"):
        storage.check_writable()


def test_what_a_killed_process_left_is_removed(path: Path) -> None:
    remains = path.with_name(".tokens.json.123.0123456789abcdef.part")
    other = path.with_name(".other.json.123.0123456789abcdef.part")
    remains.touch()
    other.touch()
    files._cleared.discard(path)  # pyright: ignore[reportPrivateUsage]  # as in a new process
    JSONTokenStorage(path).store_token_data_by_resource_server({AUTH: tokens(AUTH)})
    assert not remains.exists()
    assert other.exists()
