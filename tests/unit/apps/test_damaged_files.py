"""Readers of token files that were damaged in any way: they find tokens or say which file is damaged, and no more."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from globus_typed.apps.errors import StoreError
from globus_typed.apps.readers.reading import read_tokens
from globus_typed.apps.readers.stored import StoredTokens
from globus_typed.apps.storage.sqlite import SQLiteTokenStorage
from globus_typed.apps.tokens import TokenStorageData
from globus_typed.errors import GlobusUsageError

from .token_files import SECRET_PARTS, WRITERS, access_token, state, write

STARTS = (b"", b"SQLite format 3\0", b"{", b"[cli]\n", b"[a]\nb__access_token=", b"#")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as name:
        yield Path(name)


@cache
def whole(program: str) -> bytes:
    with TemporaryDirectory() as name:
        WRITERS[program](Path(name) / "store")
        return (Path(name) / "store").read_bytes()


def read(path: Path) -> StoredTokens | StoreError | GlobusUsageError:
    try:
        return read_tokens(path, allow_refresh=True)
    except (StoreError, GlobusUsageError) as error:  # the latter for a namespace that must be given
        return error


def check(path: Path, content: bytes, *, names_are_whole: bool = True) -> None:
    """What is promised of any file: typed tokens, or an error with its path; no secret shown, and nothing changed."""
    write(path, content)
    before = state(path)
    found = read(path)
    if isinstance(found, StoredTokens):
        assert found.format is not None
        assert all(data.access_token for data in found.by_resource_server.values())
    else:
        assert str(path) in str(found)
        assert found.__context__ is None
    assert state(path) == before
    if names_are_whole or isinstance(found, StoreError):
        assert not any(part in f"{found!r} {found}" for part in SECRET_PARTS)


@settings(deadline=None, max_examples=60)
@given(content=st.binary(max_size=300), start=st.sampled_from(STARTS))
def test_any_bytes(folder: Path, content: bytes, start: bytes) -> None:
    check(folder / "any", start + content)


@pytest.mark.parametrize("program", WRITERS)
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_any_truncation(program: str, folder: Path, data: st.DataObject) -> None:
    content = whole(program)
    check(folder / "cut", content[: data.draw(st.integers(0, len(content) - 1))])


def changed(program: str, data: st.DataObject) -> bytes:
    """A file of a program, with one change to four changes of bytes."""
    content = bytearray(whole(program))
    # Most of a database is empty: changes there would show nothing.
    places = st.sampled_from([place for place, byte in enumerate(content) if byte])
    for _ in range(data.draw(st.integers(1, 4))):
        change: Callable[[int], object] = data.draw(
            st.sampled_from(
                [
                    lambda place: content.__setitem__(place, data.draw(st.integers(0, 255))),
                    lambda place: content.__setitem__(place, b'"\\{}:=[]\n'[data.draw(st.integers(0, 8))]),
                    lambda place: content.insert(place, data.draw(st.integers(0, 255))),
                    lambda place: content.__delitem__(slice(place, place + data.draw(st.integers(1, 40)))),
                ]
            )
        )
        place = data.draw(places)
        if place < len(content):
            change(place)
    return bytes(content)


@pytest.mark.parametrize("program", WRITERS)
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_any_change_of_bytes(program: str, folder: Path, data: st.DataObject) -> None:
    check(folder / "changed", changed(program, data))


def stored_in(path: Path) -> dict[str, TokenStorageData] | StoreError:
    try:
        return SQLiteTokenStorage(path).get_token_data_by_resource_server()
    except StoreError as error:
        return error


@pytest.mark.parametrize("program", ["SQLite 1", "SQLite 2"])
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_any_change_of_bytes_of_a_store(program: str, folder: Path, data: st.DataObject) -> None:
    path = write(folder / "store.db", changed(program, data))
    before = path.read_bytes()
    found = stored_in(path)
    assert path.read_bytes() == before
    assert not any(part in f"{found!r} {found}" for part in SECRET_PARTS)
    if isinstance(found, StoreError):
        assert str(path) in str(found)
        assert found.__context__ is None
    else:
        assert len(found) == 2  # and never fewer


@pytest.mark.parametrize("program", WRITERS)
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_any_piece_in_another_place(program: str, folder: Path, data: st.DataObject) -> None:
    content = whole(program)
    start, stop, target = (data.draw(st.integers(0, len(content))) for _ in range(3))
    piece = content[min(start, stop) : max(start, stop)]
    # A piece of a token inside a name is a part of that name, to all who read it.
    check(folder / "moved", content[:target] + piece + content[target:], names_are_whole=False)
    over = content[:target] + piece + content[target + len(piece) :]
    check(folder / "over", over[: len(content)], names_are_whole=False)


@pytest.mark.parametrize("program", WRITERS)
def test_a_whole_file_has_its_tokens(program: str, folder: Path) -> None:
    """So that the tests above damage what could be read."""
    check(folder / "whole", whole(program))
    found = read_tokens(folder / "whole", allow_refresh=True)
    assert {data.access_token for data in found.by_resource_server.values()} == {access_token(name) for name in found}
