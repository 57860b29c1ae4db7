"""Open files of the sync client, which are Python's own: with text, seeking, and what is never uploaded."""

import csv
import gc
import io
import warnings

import pytest

from globus_typed import CollectionFiles, DestinationExistsError, FileReader, FileWriter, GlobusWarning

from .collection import World
from .making import open_files

BIG = bytes(range(251)) * 20_000


def test_they_are_binary_files_as_python_has_them(world: World) -> None:
    world.put("/f", BIG)
    with open_files(world) as files:
        with files.open("/f") as file:
            assert isinstance(file, FileReader)
            assert isinstance(file, io.BufferedReader)
            assert file.readable()
            assert file.seekable()
            assert not file.writable()
            assert file.info.size == len(BIG)
            assert file.read(3) == BIG[:3]
            assert file.peek(1)[:1] == BIG[3:4]
            assert file.readline() == BIG[3:11]
            buffer = bytearray(2_000_000)
            assert file.readinto(buffer) == len(buffer)
            assert bytes(buffer) == BIG[11:2_000_011]
            file.seek(0)
            assert file.read() == BIG
            assert file.read() == b""
        assert file.closed
        with pytest.raises(ValueError, match="closed"):
            file.read()


def test_text_is_read_and_written_by_pythons_own(world: World) -> None:
    with open_files(world) as files:
        with files.open("/t.csv", "wb") as raw, io.TextIOWrapper(raw, encoding="utf-8", newline="") as text:
            csv.writer(text).writerows([["ü", "1"], ["ß", "2"]])
        assert world.files["/t.csv"] == "ü,1\r\nß,2\r\n".encode()
        with io.TextIOWrapper(files.open("/t.csv"), encoding="utf-8", newline="") as text:
            assert list(csv.reader(text)) == [["ü", "1"], ["ß", "2"]]


def test_writing_on_a_place_before(world: World) -> None:
    with open_files(world) as files, files.open("/f", "wb") as file:
        assert isinstance(file, FileWriter)
        file.write(BIG)
        file.seek(2)
        file.write(b"!!")
        file.seek(0, 2)
        assert file.tell() == len(BIG)
        file.truncate(1000)
    assert world.files == {"/f": (BIG[:2] + b"!!" + BIG[4:])[:1000]}


def test_an_exception_uploads_nothing(world: World) -> None:
    with open_files(world) as files:
        with pytest.raises(ZeroDivisionError), files.open("/f", "wb") as file:
            file.write(BIG)
            raise ZeroDivisionError
        with pytest.warns(
            GlobusWarning, match="/f: was not uploaded, because it was closed on the way of an exception"
        ):
            with pytest.raises(ZeroDivisionError):
                half_written(files)
        file = files.open("/f", "wb")
        file.write(b"x")
        file.discard()
        assert file.closed
    assert not world.files


def test_what_is_written_while_another_exception_is_handled_is_uploaded(world: World) -> None:
    with open_files(world) as files:
        try:
            raise ZeroDivisionError
        except ZeroDivisionError:
            with files.open("/f", "wb") as file:
                file.write(b"x")
    assert world.files == {"/f": b"x"}


def half_written(files: CollectionFiles) -> None:
    with files.open("/f", "wb") as raw, io.TextIOWrapper(raw, encoding="utf-8") as text:
        text.write("half")
        raise ZeroDivisionError


def unclosed(files: CollectionFiles) -> None:
    file = files.open("/f", "wb")
    file.write(b"half")


def test_one_that_is_never_closed_is_never_uploaded(world: World) -> None:
    with open_files(world) as files, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        unclosed(files)
        gc.collect()
    assert not world.files


def test_an_upload_that_is_refused_is_told_by_closing(world: World) -> None:
    world.put("/f", b"old")
    with open_files(world) as files, pytest.raises(DestinationExistsError):
        with files.open("/f", "wb", overwrite=False) as file:
            file.write(b"new")
    assert world.files == {"/f": b"old"}
