# Generated from test_async_uploads.py by tools/unasync.py: change that file.
"""Uploads: no part of a file is ever seen under its name, where the collection can rename; a warning where not."""

import hashlib
import io
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from globus_typed import (
    ChecksumMismatchError,
    CollectionUnavailableError,
    DestinationExistsError,
    FileProgress,
    FilesAPIError,
    GlobusError,
    GlobusUsageError,
    GlobusWarning,
    IncompleteFileError,
    LocalFileError,
    NetworkError,
    NotFoundError,
    SomeFilesFailedError,
    SourceChangedError,
    TransferAPIError,
)

from .collection import World
from .making import open_files

pytestmark = pytest.mark.anyio

SMALL = bytes(range(256)) * 40
BIG = bytes(range(251)) * 20_000


class Once(io.RawIOBase):
    """A file that can be read once, as a pipe."""

    def __init__(self, content: bytes) -> None:
        self._rest = content

    def read(self, size: int = -1, /) -> bytes:
        size = len(self._rest) if size < 0 else size
        part, self._rest = self._rest[:size], self._rest[size:]
        return part


@pytest.mark.parametrize("content", [b"", b"x", SMALL, BIG])
def test_files_and_bytes_arrive(world: World, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "source").write_bytes(content)
    behind = io.BytesIO(b"before" + content)
    behind.seek(6)
    with open_files(world) as files:
        files.upload(tmp_path / "source", "/proj/path")
        files.upload(str(tmp_path / "source"), "/proj/str")
        files.upload(content, "/proj/bytes")
        files.upload(memoryview(content), "/proj/view")
        files.upload(behind, "/proj/file")
        result = files.upload(Once(content), "/proj/ü #%41?", verify="checksum")
    names = ("path", "str", "bytes", "view", "file", "ü #%41?")
    assert world.files == {f"/proj/{name}": content for name in names}
    assert (result.size, result.atomic, result.tries) == (len(content), True, 1)
    assert result.checksum == hashlib.sha256(content).hexdigest()


def test_it_is_sent_under_another_name_and_renamed(world: World) -> None:
    with open_files(world) as files:
        files.upload(BIG, "/proj/f")
    (put,) = world.requests("PUT")
    assert put.path.startswith("/proj/.f.")
    assert put.path.endswith(".part")
    assert world.asked[1:] == ["stat /proj/f", "ls /proj/", f"stat {put.path}", "rename"]


def test_what_is_there_is_not_replaced(world: World) -> None:
    world.put("/proj/f", b"old")
    with open_files(world) as files:
        with pytest.raises(DestinationExistsError, match="/proj/f is there already; give overwrite=True"):
            files.upload(SMALL, "/proj/f")
        assert not world.seen
        files.upload(SMALL, "/proj/f", overwrite=True)
    assert world.files == {"/proj/f": SMALL}


@pytest.mark.parametrize("overwrite", [True, False])
def test_storage_that_renames_over_nothing(world: World, overwrite: bool) -> None:
    world.renames_over = False
    if overwrite:
        world.put("/proj/f", b"old")
    else:
        world.fail("act", "ls", action=lambda: world.put("/proj/f", b"another's"))
    with open_files(world) as files:
        if overwrite:
            files.upload(SMALL, "/proj/f", overwrite=True)
        else:
            with pytest.raises(DestinationExistsError, match="was made by somebody else meanwhile"):
                files.upload(SMALL, "/proj/f")
    assert world.files == {"/proj/f": SMALL if overwrite else b"another's"}


def test_once_the_old_file_is_deleted_the_new_one_is_kept(world: World) -> None:
    world.renames_over = False
    world.put("/proj/f", b"old")
    world.fail("act", "rename")
    world.fail("drop", "rename", times=20)
    with open_files(world) as files:
        with pytest.raises(IncompleteFileError, match=r"it is complete, and called /proj/\.f\.\w+\.part"):
            files.upload(SMALL, "/proj/f", overwrite=True)
    assert list(world.files.values()) == [SMALL]


@pytest.mark.parametrize("after", [0, 1, 70_000, 2_000_000])
@pytest.mark.parametrize("overwrite", [True, False])
def test_a_cut_is_sent_again_from_the_beginning(world: World, after: int, overwrite: bool) -> None:
    if overwrite:
        world.put("/proj/f", b"old")
    seen: list[bytes | None] = []
    world.fail("cut", "PUT", times=2, after=after, action=lambda: seen.append(world.files.get("/proj/f")))
    with open_files(world) as files:
        result = files.upload(BIG, "/proj/f", overwrite=overwrite)
    assert seen == [b"old" if overwrite else None] * 2
    assert world.files == {"/proj/f": BIG}
    assert result.tries == 3


@pytest.mark.parametrize("kind", ["cut", "500", "drop", "sticky", "refuse", "403", "short"])
@pytest.mark.parametrize("overwrite", [True, False])
def test_what_fails_leaves_everything_as_it_was(world: World, kind: str, overwrite: bool) -> None:
    before = {"/proj/f": world.put("/proj/f", b"old")} if overwrite else {}
    world.fail(kind, "PUT", times=20, after=1_000_000)
    with open_files(world, retries=2) as files:
        with pytest.raises((NetworkError, FilesAPIError, IncompleteFileError)):
            files.upload(BIG, "/proj/f", overwrite=overwrite)
    assert world.files == before


def test_a_response_that_is_lost_is_no_failure(world: World) -> None:
    world.fail("lose", "PUT")
    world.fail("lose", "rename", times=10)
    with open_files(world) as files:
        files.upload(SMALL, "/proj/f")
    assert world.files == {"/proj/f": SMALL}


def test_a_source_that_is_written_meanwhile_is_not_put_in_place(world: World, tmp_path: Path) -> None:
    source = tmp_path / "source"
    with open_files(world) as files:
        for change in (BIG + b"more", BIG[:10]):
            source.write_bytes(BIG)

            def progress(at: FileProgress, new: bytes = change) -> None:
                source.write_bytes(new)

            with pytest.raises(SourceChangedError, match="source: was changed while it was uploaded"):
                files.upload(source, "/proj/f", progress=progress)
    assert not world.files


def test_a_part_that_is_broken_is_found_by_the_checksum(world: World) -> None:
    world.fail("act", "PUT", action=lambda: [world.put(name, SMALL[::-1]) for name in list(world.files)])
    with open_files(world) as files:
        with pytest.raises(ChecksumMismatchError, match="what the collection has is SHA256"):
            files.upload(SMALL, "/proj/f", verify="checksum")
    assert not world.files


def test_ctrl_c_leaves_nothing(world: World) -> None:
    def progress(at: FileProgress) -> None:
        raise KeyboardInterrupt

    with open_files(world) as files:
        with pytest.raises(KeyboardInterrupt):
            files.upload(BIG, "/proj/f", progress=progress)
    assert not world.files


def test_without_renaming_it_warns_and_sends_it_to_the_name_itself(world: World) -> None:
    world.rename_supported = False
    with open_files(world) as files:
        with pytest.warns(GlobusWarning, match="others may see a part of it: the collection cannot rename files"):
            result = files.upload(SMALL, "/proj/f")
    assert (result.atomic, world.files) == (False, {"/proj/f": SMALL})
    with open_files(world, transfer=False) as files:
        with pytest.warns(GlobusWarning, match=r"Transfer, which could rename it, cannot be asked without app=…"):
            files.upload(SMALL, "/proj/g")
        files.upload(BIG, "/proj/h", atomic=False)
        with pytest.raises(DestinationExistsError):
            files.upload(SMALL, "/proj/h", atomic=False)
        files.upload(SMALL, "/proj/h", atomic=False, overwrite=True)
    assert world.files == dict.fromkeys(("/proj/f", "/proj/g", "/proj/h"), SMALL)


def test_sent_to_the_name_itself_a_part_is_deleted_and_what_was_refused_is_not(world: World) -> None:
    with open_files(world, retries=0) as files:
        world.fail("cut", "PUT", after=1_000_000)
        with pytest.raises(NetworkError):
            files.upload(BIG, "/proj/f", atomic=False)
        assert not world.files
        world.put("/proj/f", b"old")
        for kind in ("500", "403"):
            world.fail(kind, "PUT")
            with pytest.raises((FilesAPIError, NetworkError)) as caught:
                files.upload(SMALL, "/proj/f", atomic=False, overwrite=True)
            assert kind in str(caught.value)
            assert world.files == {"/proj/f": b"old"}


def test_parents_are_made_where_that_is_asked_for(world: World) -> None:
    with open_files(world) as files:
        with pytest.raises(TransferAPIError) as caught:
            files.upload(SMALL, "/proj/a/b/f")
        assert isinstance(caught.value, NotFoundError)
        files.upload(SMALL, "/proj/a/b/f", make_parents=True)
    assert world.files == {"/proj/a/b/f": SMALL}
    assert world.directories == {"/", "/proj", "/proj/a", "/proj/a/b"}
    with open_files(world, transfer=False) as files:
        with pytest.raises(GlobusUsageError, match="make_parents: directories are made by Transfer"):
            files.upload(SMALL, "/proj/c/f", make_parents=True)


def pieces() -> Iterator[bytes]:
    yield b"x"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (pieces(), "bytes, or a file that is open in binary mode, which can be read again"),
        (io.StringIO("x"), 'open in binary mode, "rb"; this one gives text'),
        (7, "got int"),
        ("", "source: must be the name of a file"),
        ("a\0b", "source: must be the name of a file"),
    ],
)
def test_what_cannot_be_sent_is_refused_before(world: World, source: object, message: str) -> None:
    with open_files(world) as files:
        with pytest.raises(GlobusUsageError, match=message):
            files.upload(source, "/proj/f")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert not world.asked


def test_a_source_that_is_not_there(world: World, tmp_path: Path) -> None:
    with open_files(world) as files:
        for source in (tmp_path / "none", tmp_path):
            with pytest.raises(LocalFileError, match="source: cannot open"):
                files.upload(source, "/proj/f")


def test_many_files_are_sent_and_those_that_fail_are_told(world: World) -> None:
    with open_files(world) as files:
        results = files.upload_many((SMALL + bytes([n]), f"/proj/{n}") for n in range(20))
        assert [result.path for result in results] == [f"/proj/{n}" for n in range(20)]
        assert world.files == {f"/proj/{n}": SMALL + bytes([n]) for n in range(20)}
        with pytest.raises(SomeFilesFailedError, match="1 of 2 files failed: /none/f: 404") as caught:
            files.upload_many([(b"", "/none/f"), (b"", "/proj/f")])
        assert [each.path for each in caught.value.results] == ["/proj/f"]


def test_progress_is_told(world: World) -> None:
    seen: list[FileProgress] = []
    with open_files(world) as files:
        files.upload(BIG, "/proj/f", progress=seen.append)
    assert [each.done for each in seen] == [2**20, 2**21, 3 * 2**20, 2**22, len(BIG)]
    assert {each.total for each in seen} == {len(BIG)}


def test_files_are_deleted(world: World) -> None:
    world.put("/proj/f", b"")
    with open_files(world) as files:
        files.delete("/proj/f")
        assert not world.files
        with pytest.raises(NotFoundError):
            files.delete("/proj/f")
        files.delete("/proj/f", missing_ok=True)
        world.put("/proj/f", b"")
        world.fail("500", "DELETE", times=9)
        with pytest.raises(CollectionUnavailableError):
            files.delete("/proj/f")


def test_a_written_file_is_uploaded_when_it_is_closed(world: World) -> None:
    with open_files(world) as files:
        with files.open("/proj/f", "wb") as file:
            assert file.write(BIG) == len(BIG)
            file.seek(2)
            file.write(b"!!")
            assert not world.files
        assert world.files == {"/proj/f": BIG[:2] + b"!!" + BIG[4:]}
        with pytest.raises(ZeroDivisionError):
            with files.open("/proj/g", "wb") as file:
                file.write(b"half of it")
                raise ZeroDivisionError
        with pytest.raises(DestinationExistsError):
            with files.open("/proj/f", "wb", overwrite=False) as file:
                file.write(b"new")
        file = files.open("/proj/g", "wb")
        file.write(b"x")
        assert file.tell() == 1
        file.close()
        with pytest.raises((GlobusError, ValueError)):
            file.write(b"y")
    assert world.files == {"/proj/f": BIG[:2] + b"!!" + BIG[4:], "/proj/g": b"x"}


def test_a_collection_that_can_rename_gives_no_warning(world: World) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with open_files(world) as files:
            files.upload(b"", "/proj/f")
