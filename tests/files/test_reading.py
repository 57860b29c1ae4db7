# Generated from test_async_reading.py by tools/unasync.py: change that file.
"""Reading: whole files and ranges, piece by piece and by open files."""

import pickle
from pathlib import Path

import pytest

from globus_typed import (
    CollectionFiles,
    FileInfo,
    GlobusUsageError,
    IncompleteFileError,
    NotFoundError,
    RangeNotSatisfiableError,
    SourceChangedError,
)

from .collection import ID, World
from .making import open_files

pytestmark = pytest.mark.anyio

SMALL = bytes(range(256)) * 40
BIG = bytes(range(251)) * 20_000


@pytest.mark.parametrize(
    ("start", "stop"), [(None, None), (0, 10), (5, None), (None, 7), (10_000, 20_000), (10_239, None), (3, 3), (0, 0)]
)
@pytest.mark.parametrize("ignores_ranges", [False, True])
def test_bytes_are_those_of_a_slice(world: World, start: int | None, stop: int | None, ignores_ranges: bool) -> None:
    world.put("/f", SMALL)
    world.ignores_ranges = ignores_ranges
    with open_files(world) as files:
        assert files.read_bytes("/f", start, stop) == SMALL[start:stop]
        pieces = list(files.iter_bytes("/f", start, stop, chunk_size=1000))
    assert b"".join(pieces) == SMALL[start:stop]
    assert all(0 < len(piece) <= 1000 for piece in pieces)
    assert start != stop or start is None or not world.seen


def test_what_lies_behind_the_end(world: World) -> None:
    world.put("/f", SMALL)
    world.put("/empty", b"")
    with open_files(world) as files:
        with pytest.raises(RangeNotSatisfiableError):
            files.read_bytes("/f", 20_000)
        assert files.read_bytes("/empty") == b""
        assert files.read_bytes("/empty", 0, 10) == b""
        assert list(files.iter_bytes("/empty")) == []


def test_more_than_fits_into_memory_is_refused(world: World) -> None:
    world.put("/f", BIG)
    with open_files(world) as files:
        with pytest.raises(GlobusUsageError, match=r"limit: 5,020,000 bytes are more than 1,000; give limit=None"):
            files.read_bytes("/f", limit=1000)
        with pytest.raises(GlobusUsageError, match="limit: 2,000 bytes are more"):
            files.read_bytes("/f", 0, 2000, limit=1000)
        assert len(world.seen) == 1
        assert files.read_bytes("/f", limit=None) == BIG


def test_a_cut_is_outlived(world: World) -> None:
    world.put("/f", BIG)
    with open_files(world) as files:
        world.fail("cut", after=1_000_000)
        assert files.read_bytes("/f") == BIG
        world.fail("cut", after=1_000_000)
        assert b"".join(list(files.iter_bytes("/f"))) == BIG
        assert world.seen[-1].range is not None
        world.fail("cut", after=1_000_000, action=lambda: world.put("/f", BIG[::-1], 5))
        with pytest.raises(SourceChangedError):
            list(files.iter_bytes("/f"))
        world.fail("cut", times=5)
        with pytest.raises(IncompleteFileError, match="again and again"):
            list(files.iter_bytes("/f"))
    world.faults.clear()
    with open_files(world, transfer=False) as files:
        world.fail("cut", after=1_000_000)
        with pytest.raises(IncompleteFileError, match="without access to Transfer"):
            list(files.iter_bytes("/f"))


def test_an_iterator_that_is_left_gives_its_connection_back(world: World) -> None:
    world.put("/f", BIG)
    with open_files(world) as files:
        for piece in files.iter_bytes("/f"):
            assert BIG.startswith(piece)
            break
        assert files.read_bytes("/f", 0, 3) == BIG[:3]


def test_ranges_that_touch_are_read_together(world: World) -> None:
    world.put("/f", BIG)
    world.put("/g", BIG[::-1])
    with open_files(world) as files:
        touching = [(number * 100, number * 100 + 100) for number in range(50)]
        assert files.read_ranges("/f", reversed(touching)) == [BIG[a:b] for a, b in reversed(touching)]
        assert [each.range for each in world.seen] == ["bytes=0-4999"]
        world.seen.clear()
        apart = [(0, 10), (20, 30), (5, 8), (1000, None), (7, 7), (25, 40)]
        assert files.read_ranges("/f", apart) == [BIG[a:b] for a, b in apart]
        assert {each.range for each in world.seen} == {"bytes=0-9", "bytes=20-39", "bytes=1000-"}
        world.seen.clear()
        files.read_ranges("/f", apart, max_gap=10)
        assert {each.range for each in world.seen} == {"bytes=0-39", "bytes=1000-"}
        both = files.read_ranges(["/f", "/g", f"{world.url}/f"], [(0, 10), (0, 10), (10, 20)])
        assert both == [BIG[:10], BIG[::-1][:10], BIG[10:20]]
        assert files.read_ranges("/f", []) == []
        with pytest.raises(GlobusUsageError, match="as many as there are ranges, 1, got 2"):
            files.read_ranges(["/f", "/g"], [(0, 1)])
        with pytest.raises(GlobusUsageError, match=r"ranges: each must be a pair of start and stop, got \(1,\)"):
            files.read_ranges("/f", [(1,)])
        with pytest.raises(NotFoundError):
            files.read_ranges("/none", [(0, 1), (5, 6)])


def test_an_open_file_can_be_read_from_anywhere(world: World) -> None:
    world.put("/f", BIG)
    with open_files(world) as files:
        with files.open("/f") as file:
            assert file.info == files.info("/f")
            assert file.read(10) == BIG[:10]
            assert file.seek(-10, 2) == len(BIG) - 10
            assert file.read() == BIG[-10:]
            assert file.read() == b""
            assert file.seek(1000) == file.tell() == 1000
            assert file.seek(5, 1) == 1005
            assert file.read(3_000_000) == BIG[1005:3_001_005]
            assert file.read() == BIG[3_001_005:]
            file.seek(len(BIG) + 10)
            assert file.read(1) == b""
            with pytest.raises(GlobusUsageError):
                file.seek(-1)
        with pytest.raises(NotFoundError):
            files.open("/none")
        with pytest.raises(GlobusUsageError, match="'/proj' is a directory"):
            files.open("/proj")
        for mode in ("r", "w", "ab", "r+b", "xb"):
            with pytest.raises(GlobusUsageError, match='mode: must be "rb" or "wb"'):
                files.open("/f", mode)  # type: ignore[call-overload]  # pyright: ignore[reportCallIssue, reportArgumentType]


def test_reading_on_takes_few_requests(world: World) -> None:
    world.put("/f", BIG)
    with open_files(world) as files:
        file = files.open("/f")
        with file:
            parts: list[bytes] = []
            while part := file.read(5000):
                parts.append(part)
    assert b"".join(parts) == BIG
    assert len(world.seen) <= 4


def test_info_is_of_transfer_or_of_the_collection(world: World) -> None:
    world.put("/proj/f", SMALL)
    with open_files(world) as files:
        assert files.info("/proj") == FileInfo("/proj", 4096, None, "dir")
        known = files.info("/proj/f")
        assert (known.path, known.size, known.type) == ("/proj/f", len(SMALL), "file")
        assert known.last_modified is not None
        assert files.exists("/proj/f")
        assert not files.exists("/proj/g")
        assert not world.seen
    with open_files(world, transfer=False) as files:
        assert files.info("/proj/f") == FileInfo("/proj/f", len(SMALL))
        world.fail("405", "HEAD")
        assert files.info("/proj/f") == FileInfo("/proj/f", len(SMALL))
        world.put("/empty", b"")
        world.fail("405", "HEAD")
        assert files.info("/empty") == FileInfo("/empty", 0)
        assert not files.exists("/proj/g")
        # A HEAD cannot tell a fault from a missing file.
        world.fail("sticky", "HEAD")
        assert files.exists("/proj/f")
    assert not world.asked[7:]


def test_it_is_closed_for_good(world: World, tmp_path: Path) -> None:
    world.put("/f", SMALL)
    with open_files(world) as files:
        files.read_bytes("/f")
        files.close()
        with pytest.raises(GlobusUsageError, match="closed"):
            files.read_bytes("/f")


def test_one_with_a_token_stays_in_its_process(world: World) -> None:
    with open_files(world) as files:
        with pytest.raises(TypeError, match="CollectionFiles cannot be pickled or copied: its connections and tokens"):
            pickle.dumps(files)
        assert repr(files) == f"{CollectionFiles.__name__}(collection_id={ID!r})"
