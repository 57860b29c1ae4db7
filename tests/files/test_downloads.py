# Generated from test_async_downloads.py by tools/unasync.py: change that file.
"""Downloads: what arrives, what is left behind when it does not, and that no wrong file gets the right name."""

import errno
import hashlib
import json
import os
from datetime import datetime, timezone
from pathlib import Path

import pytest

from globus_typed import (
    ChecksumMismatchError,
    CollectionUnavailableError,
    DestinationExistsError,
    FileProgress,
    GlobusError,
    GlobusUsageError,
    IncompleteFileError,
    LocalFileError,
    NotFoundError,
    SomeFilesFailedError,
    SourceChangedError,
)

from .collection import BACKEND, World
from .making import Pauses, open_files

pytestmark = pytest.mark.anyio

SMALL = bytes(range(256)) * 40
BIG = bytes(range(251)) * 20_000
MIB = 2**20


def left(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_file_arrives_with_its_content_and_its_time(world: World, tmp_path: Path) -> None:
    world.put("/proj/a b#?%41ü.csv", SMALL, 1_700_000_000)
    with open_files(world) as files:
        result = files.download("/proj/a b#?%41ü.csv", tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == SMALL
    assert (tmp_path / "a.csv").stat().st_mtime == 1_700_000_000
    assert (result.size, result.tries, result.resumed_from, result.checksum) == (len(SMALL), 1, 0, None)
    assert result.last_modified == datetime.fromtimestamp(1_700_000_000, timezone.utc)
    assert result.destination == tmp_path / "a.csv"
    assert left(tmp_path) == {"a.csv"}


@pytest.mark.parametrize("content", [b"", b"x", SMALL, BIG])
def test_files_of_all_sizes_arrive_with_their_checksum(world: World, tmp_path: Path, content: bytes) -> None:
    world.put("/f", content)
    wanted = hashlib.sha256(content).hexdigest()
    with open_files(world) as files:
        result = files.download("/f", str(tmp_path / "f"), checksum=wanted.upper())
    assert (tmp_path / "f").read_bytes() == content
    assert result.sha256 == result.checksum == wanted
    assert left(tmp_path) == {"f"}


def test_one_request_is_enough_where_only_the_size_is_checked(world: World, tmp_path: Path) -> None:
    world.put("/f", SMALL)
    with open_files(world) as files:
        files.url_for("/f")
        world.asked.clear()
        files.download("/f", tmp_path / "f", verify="size")
        assert (len(world.seen), world.asked) == (1, [])
        files.download("/f", tmp_path / "g")
        assert world.asked == ["stat /f", "stat /f"]


def test_the_token_goes_with_it_and_the_url_will_do(world: World, tmp_path: Path) -> None:
    world.put("/proj/a b.csv", SMALL)
    with open_files(world) as files:
        url = files.url_for("/proj/a b.csv")
        assert url == f"{world.url}/proj/a%20b.csv"
        files.download(url, tmp_path / "f")
    assert {each.authorization for each in world.seen} == {"Bearer https-token"}


@pytest.mark.parametrize("after", [0, 1, 70_000, MIB, 2 * MIB + 5, len(BIG) - 1])
def test_the_rest_is_asked_for_where_the_connection_is_cut(world: World, tmp_path: Path, after: int) -> None:
    world.put("/f", BIG)
    world.fail("cut", after=after)
    with open_files(world) as files:
        result = files.download("/f", tmp_path / "f", verify="checksum")
    assert (tmp_path / "f").read_bytes() == BIG
    assert result.sha256 == hashlib.sha256(BIG).hexdigest()
    assert [each.range for each in world.seen] == [None, f"bytes={after}-" if after else None]
    assert result.tries == 2
    assert left(tmp_path) == {"f"}


def test_a_connection_that_is_cut_again_and_again_brings_all_in_the_end(world: World, tmp_path: Path) -> None:
    world.put("/f", BIG)
    world.fail("cut", times=10, after=400_000)
    with open_files(world) as files:
        result = files.download("/f", tmp_path / "f")
    assert (tmp_path / "f").read_bytes() == BIG
    assert result.tries == 11


def test_what_arrived_is_kept_and_resumed_by_the_next_program(world: World, tmp_path: Path) -> None:
    world.put("/f", BIG)
    world.fail("cut", after=2 * MIB)
    world.fail("cut", times=3)
    pauses = Pauses()
    with open_files(world, pauses=pauses) as files:
        with pytest.raises(IncompleteFileError, match=r"2,097,152 bytes arrived of 5,020,000, and no more after 4 att"):
            files.download("/f", tmp_path / "f")
    assert left(tmp_path) == {"f.part", "f.part.json"}
    assert (tmp_path / "f.part").read_bytes() == BIG[: 2 * MIB]
    side = json.loads((tmp_path / "f.part.json").read_text())
    assert (side["path"], side["size"], side["url"]) == ("/f", len(BIG), f"{world.url}/f")
    assert len(pauses.seconds) == 3
    with open_files(world) as files:
        result = files.download("/f", tmp_path / "f", verify="checksum")
    assert (result.resumed_from, result.tries) == (2 * MIB, 1)
    assert result.sha256 == hashlib.sha256(BIG).hexdigest()
    assert (tmp_path / "f").read_bytes() == BIG
    assert left(tmp_path) == {"f"}


@pytest.mark.parametrize("what", ["time", "size", "url", "side file", "told not to", "garbage"])
def test_a_part_of_another_file_is_not_gone_on_with(world: World, tmp_path: Path, what: str) -> None:
    world.put("/f", BIG)
    world.put("/g", BIG)
    world.fail("cut", after=2 * MIB)
    world.fail("cut", times=3)
    with open_files(world) as files:
        with pytest.raises(IncompleteFileError):
            files.download("/g" if what == "url" else "/f", tmp_path / "f")
        new = BIG[::-1]
        if what == "size":
            new = world.put("/f", new + b"x")
        else:
            world.put("/f", new, 1_800_000_000 if what == "time" else 1_700_000_000)
        if what == "side file":
            side = json.loads((tmp_path / "f.part.json").read_text())
            (tmp_path / "f.part.json").write_text(json.dumps({**side, "last_modified": None}))
        if what == "garbage":
            (tmp_path / "f.part.json").write_text('{"size": ')
        result = files.download("/f", tmp_path / "f", resume=what != "told not to")
    assert result.resumed_from == 0
    assert (tmp_path / "f").read_bytes() == new
    assert left(tmp_path) == {"f"}


def test_a_part_that_is_complete_needs_no_request(world: World, tmp_path: Path) -> None:
    world.put("/f", BIG)
    world.fail("cut", after=2 * MIB)
    world.fail("cut", times=3)
    with open_files(world) as files:
        with pytest.raises(IncompleteFileError):
            files.download("/f", tmp_path / "f")
        (tmp_path / "f.part").write_bytes(BIG)
        world.seen.clear()
        result = files.download("/f", tmp_path / "f")
    assert (result.resumed_from, result.tries, world.seen) == (len(BIG), 0, [])
    assert (tmp_path / "f").read_bytes() == BIG


def test_without_transfer_only_trust_resumes(world: World, tmp_path: Path) -> None:
    world.put("/f", BIG)
    with open_files(world, transfer=False) as files:
        world.fail("cut", after=2 * MIB)
        files.download("/f", tmp_path / "f")
        assert [each.range for each in world.seen] == [None, None]
        world.seen.clear()
        world.fail("cut", after=2 * MIB)
        files.download("/f", tmp_path / "g", resume="trust")
        assert [each.range for each in world.seen] == [None, f"bytes={2 * MIB}-"]
    assert (tmp_path / "f").read_bytes() == (tmp_path / "g").read_bytes() == BIG


def test_a_server_that_ignores_ranges_sends_all_of_it_again(world: World, tmp_path: Path) -> None:
    world.put("/f", BIG)
    world.ignores_ranges = True
    world.fail("cut", after=2 * MIB)
    with open_files(world) as files:
        result = files.download("/f", tmp_path / "f", verify="checksum")
    assert (tmp_path / "f").read_bytes() == BIG
    assert result.sha256 == hashlib.sha256(BIG).hexdigest()


@pytest.mark.parametrize("kind", ["wrong range", "gzip"])
def test_another_range_than_was_asked_for_is_refused(world: World, tmp_path: Path, kind: str) -> None:
    world.put("/f", BIG)
    world.fail("cut", after=2 * MIB)
    world.fail(kind)
    with open_files(world) as files:
        with pytest.raises(IncompleteFileError):
            files.download("/f", tmp_path / "f")
    assert "f" not in left(tmp_path)


def test_a_length_that_nothing_tells_is_no_reason_to_believe_all_of_it_came(world: World, tmp_path: Path) -> None:
    world.put("/f", SMALL)
    world.fail("endless", times=2)
    with open_files(world, transfer=False) as files:
        with pytest.raises(IncompleteFileError, match="nothing tells how long it is"):
            files.download("/f", tmp_path / "f")
        files.download("/f", tmp_path / "f", expected_size=len(SMALL))
    assert (tmp_path / "f").read_bytes() == SMALL


@pytest.mark.parametrize(
    ("content", "modified"),
    [(BIG[::-1], 1_800_000_000), (BIG + b"more", 1_800_000_000), (BIG[:-1], 1_700_000_000)],
    ids=["time", "grown", "shorter"],
)
@pytest.mark.parametrize("kind", ["act", "cut"])
def test_a_file_that_is_changed_meanwhile_is_not_put_in_place(
    world: World, tmp_path: Path, kind: str, content: bytes, modified: int
) -> None:
    world.put("/f", BIG)
    world.fail(kind, after=2 * MIB, action=lambda: world.put("/f", content, modified))
    with open_files(world) as files:
        with pytest.raises(SourceChangedError, match=r"changed while|has 5"):
            files.download("/f", tmp_path / "f")
    assert not left(tmp_path)


def test_a_file_that_changes_between_the_look_and_the_request(world: World, tmp_path: Path) -> None:
    world.put("/f", BIG)
    with open_files(world) as files:
        files.info("/f")
        world.fail("act", "stat", action=lambda: None)
        world.fail("act", action=lambda: world.put("/f", BIG[:10], 5))
        with pytest.raises(SourceChangedError):
            files.download("/f", tmp_path / "f")
    assert not left(tmp_path)


def test_a_wrong_checksum_leaves_nothing(world: World, tmp_path: Path) -> None:
    for size, content in (("small", SMALL), ("big", BIG)):
        world.put(f"/{size}", content)
        with open_files(world) as files:
            with pytest.raises(ChecksumMismatchError, match=f"{size}: its MD5 is {hashlib.md5(content).hexdigest()}"):
                files.download(f"/{size}", tmp_path / size, checksum="0" * 32, algorithm="md5")
    assert not left(tmp_path)


def test_an_unexpected_size_is_told_before_it_is_fetched(world: World, tmp_path: Path) -> None:
    world.put("/f", BIG)
    with open_files(world) as files:
        with pytest.raises(SourceChangedError, match="has 5,020,000 bytes, and not 7, as expected"):
            files.download("/f", tmp_path / "f", expected_size=7)
    assert not world.seen
    assert not left(tmp_path)


def test_what_is_there_is_not_replaced_and_not_fetched_again(world: World, tmp_path: Path) -> None:
    world.put("/f", SMALL)
    target = tmp_path / "f"
    target.write_bytes(b"mine")
    with open_files(world) as files:
        for resume in (True, False):
            with pytest.raises(DestinationExistsError, match=r"is there already; give overwrite=True"):
                files.download("/f", target, resume=resume)
        assert target.read_bytes() == b"mine"
        assert not world.seen
        files.download("/f", target, overwrite=True)
        assert target.read_bytes() == SMALL
        world.seen.clear()
        again = files.download("/f", target, verify="checksum")
        assert not world.seen
        assert (again.size, again.resumed_from, again.tries) == (len(SMALL), len(SMALL), 0)
        assert again.sha256 == hashlib.sha256(SMALL).hexdigest()
        # The same size and time, but not what the checksum says.
        with pytest.raises(DestinationExistsError):
            files.download("/f", target, checksum="0" * 64)


def test_a_program_killed_after_the_last_step_is_not_told_of_an_obstacle(world: World, tmp_path: Path) -> None:
    world.put("/f", SMALL)
    (tmp_path / "f").write_bytes(SMALL)
    (tmp_path / "f.part.json").write_text("{}")
    with open_files(world) as files:
        result = files.download("/f", tmp_path / "f")
    assert (result.resumed_from, left(tmp_path)) == (len(SMALL), {"f"})


def test_somebody_elses_part_is_not_overwritten(world: World, tmp_path: Path) -> None:
    world.put("/f", BIG)
    (tmp_path / "f.part").write_bytes(b"the novel of my life")
    with open_files(world) as files:
        with pytest.raises(DestinationExistsError, match=r"f\.part is in the way"):
            files.download("/f", tmp_path / "f")
    assert (tmp_path / "f.part").read_bytes() == b"the novel of my life"


def test_two_downloads_to_one_place_do_not_mix(world: World, tmp_path: Path) -> None:
    world.put("/f", BIG)
    refused: list[GlobusError] = []

    with open_files(world) as files:

        def other() -> None:
            from .making import open_files

            with open_files(world) as second:
                try:
                    second.download("/f", tmp_path / "f")
                except LocalFileError as error:
                    refused.append(error)

        started: list[FileProgress] = []

        def progress(at: FileProgress) -> None:
            if not started:
                started.append(at)
                other()

        files.download("/f", tmp_path / "f", progress=progress)
    assert "another download writes it" in str(refused[0])
    assert (tmp_path / "f").read_bytes() == BIG
    assert left(tmp_path) == {"f"}


@pytest.mark.parametrize("at", [0, 1, 30, 60])
def test_a_full_disk_keeps_what_arrived(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    from globus_typed.files import part_file

    world.put("/f", BIG)
    blocks: list[int] = []
    real = part_file._write  # pyright: ignore[reportPrivateUsage]  # the disk

    def write(file: object, block: bytes) -> None:
        blocks.append(len(block))
        if len(blocks) > at:
            real(file, block[:1000])  # type: ignore[arg-type]  # a file  # pyright: ignore[reportArgumentType]
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(file, block)  # type: ignore[arg-type]  # a file  # pyright: ignore[reportArgumentType]

    with monkeypatch.context() as patch:
        patch.setattr(part_file, "_write", write)
        with open_files(world) as files:
            with pytest.raises(
                LocalFileError, match=r"No space left on device: [\d,]+ bytes are free, [\d,]+ more"
            ) as e:
                files.download("/f", tmp_path / "f")
    assert e.value.errno == errno.ENOSPC
    assert isinstance(e.value, OSError)
    assert BIG.startswith((tmp_path / "f.part").read_bytes())
    with open_files(world) as files:
        result = files.download("/f", tmp_path / "f")
    assert result.resumed_from >= at * 30_000
    assert (tmp_path / "f").read_bytes() == BIG


def test_a_fault_of_the_storage_is_no_missing_file_and_a_new_connection_helps(world: World, tmp_path: Path) -> None:
    world.put("/f", SMALL)
    world.fail("sticky")
    with open_files(world) as files:
        result = files.download("/f", tmp_path / "f")
    assert result.size == len(SMALL)
    first, second = world.seen
    assert first.connection != second.connection


def test_a_fault_that_stays_is_told_as_one(world: World, tmp_path: Path) -> None:
    world.put("/f", SMALL)
    world.fail("sticky", times=100)
    pauses = Pauses()
    with open_files(world, pauses=pauses) as files:
        with pytest.raises(CollectionUnavailableError, match="ENDPOINT_ERROR: GCS Manager Internal Error") as caught:
            files.download("/f", tmp_path / "f")
    assert not isinstance(caught.value, NotFoundError)
    assert caught.value.http.body == BACKEND
    assert len({each.connection for each in world.seen}) == 6
    assert len(pauses.seconds) == 5
    assert all(0.25 <= seconds / 2**number <= 0.75 for number, seconds in enumerate(pauses.seconds))
    assert not left(tmp_path)


@pytest.mark.parametrize("kind", ["500", "502", "503", "504", "429", "drop", "odd 404"])
def test_faults_that_pass_are_outlived(world: World, tmp_path: Path, kind: str) -> None:
    world.put("/f", SMALL)
    world.fail(kind)
    pauses = Pauses()
    with open_files(world, pauses=pauses) as files:
        files.download("/f", tmp_path / "f")
    assert (tmp_path / "f").read_bytes() == SMALL
    assert len(pauses.seconds) == 1
    assert kind != "429" or pauses.seconds == [7]


def test_a_missing_file_is_told_at_once(world: World, tmp_path: Path) -> None:
    pauses = Pauses()
    for transfer in (True, False):
        with open_files(world, transfer=transfer, pauses=pauses) as files:
            with pytest.raises(NotFoundError):
                files.download("/f", tmp_path / "f")
    assert len(world.seen) == 1
    assert not pauses.seconds
    assert not left(tmp_path)


def test_a_directory_is_told_to_be_one(world: World, tmp_path: Path) -> None:
    with open_files(world) as files:
        with pytest.raises(GlobusUsageError, match=r"'/proj' is a directory; copy it by a task"):
            files.download("/proj", tmp_path / "f")


def test_progress_is_told_and_ends_with_all_of_it(world: World, tmp_path: Path) -> None:
    world.put("/f", BIG)
    seen: list[FileProgress] = []
    with open_files(world) as files:
        files.download("/f", tmp_path / "f", progress=seen.append)
    done = [each.done for each in seen]
    assert done == sorted(done)
    assert (done[-1], seen[-1].total, seen[-1].path) == (len(BIG), len(BIG), "/f")
    assert len(seen) >= 4


def test_an_exception_of_the_program_itself_keeps_the_part(world: World, tmp_path: Path) -> None:
    world.put("/f", BIG)

    def progress(at: FileProgress) -> None:
        if at.done >= 2 * MIB:
            raise KeyboardInterrupt

    with open_files(world) as files:
        with pytest.raises(KeyboardInterrupt):
            files.download("/f", tmp_path / "f", progress=progress)
        assert left(tmp_path) == {"f.part", "f.part.json"}
        result = files.download("/f", tmp_path / "f")
    assert result.resumed_from >= 2 * MIB
    assert (tmp_path / "f").read_bytes() == BIG


def test_many_files_arrive_and_those_that_fail_are_told(world: World, tmp_path: Path) -> None:
    for number in range(20):
        world.put(f"/f{number}", SMALL + bytes([number]))
    pairs = [(f"/f{number}", tmp_path / f"f{number}") for number in range(20)]
    with open_files(world) as files:
        results = files.download_many(iter(pairs), concurrency=5)
        assert [result.path for result in results] == [path for path, _ in pairs]
        assert all((tmp_path / f"f{number}").read_bytes() == SMALL + bytes([number]) for number in range(20))
        wrong = [(path, tmp_path / f"{path[1:]}.again") for path, _ in pairs]
        wrong[3:3] = [("/none", tmp_path / "none"), ("/~/x", tmp_path / "x")]
        with pytest.raises(SomeFilesFailedError, match="2 of 22 files failed: /none: 404") as caught:
            files.download_many(wrong)
        assert [each.path for each in caught.value.failures] == ["/none", "/~/x"]
        assert isinstance(caught.value.failures[0].error, NotFoundError)
        assert len(caught.value.results) == 20
        with pytest.raises(NotFoundError):
            files.download_many([("/none", tmp_path / "none")] * 3, stop_on_error=True)


def test_an_exception_among_many_ends_all_of_them(world: World, tmp_path: Path) -> None:
    for number in range(50):
        world.put(f"/f{number}", SMALL)

    def progress(at: FileProgress) -> None:
        raise ZeroDivisionError

    with open_files(world) as files:
        pairs = [(f"/f{number}", tmp_path / f"f{number}") for number in range(50)]
        with pytest.raises(ZeroDivisionError):
            files.download_many(pairs, progress=progress)
    assert len(left(tmp_path)) < 20
