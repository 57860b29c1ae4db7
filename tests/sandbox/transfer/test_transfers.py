"""What a transfer leaves at the destination, and what it tells about it."""

import hashlib
import os
from pathlib import Path

import pytest

from .bench import Bench, item, tree, write


def test_a_directory_is_moved_with_all_that_is_in_it(bench: Bench) -> None:
    files = {"p/readme.txt": "read me", "p/data/a.csv": "a" * 700_000, "p/data/deep/er/b": "b", "p/zero": ""}
    write(bench.here, files)
    (bench.here / "p/empty").mkdir()
    bench.clock.now += 1
    task = bench.run(bench.transfer(item("/~/p/", "/copy/", True), label="all of it"))
    assert tree(bench.there) == {name.replace("p/", "copy/", 1): text for name, text in files.items()} | {
        "copy/empty": "/"
    }
    assert (task["status"], task["label"], task["nice_status"], task["is_ok"]) == ("SUCCEEDED", "all of it", None, None)
    assert (task["files"], task["directories"], task["files_transferred"], task["files_skipped"]) == (4, 5, 4, 0)
    assert (task["subtasks_total"], task["subtasks_succeeded"], task["subtasks_pending"]) == (9, 9, 0)
    assert (task["bytes_transferred"], task["faults"]) == (700_008, 0)
    assert bench.events(task) == ["SUCCEEDED", "STARTED"]
    assert {name: one["size"] for name, one in bench.moved(task).items()} == {
        "/copy/readme.txt": 7,
        "/copy/data/a.csv": 700_000,
        "/copy/data/deep/er/b": 1,
        "/copy/zero": 0,
    }
    assert bench.moved(task)["/copy/data/a.csv"]["source_path"] == "/~/p/data/a.csv"
    assert max(bench.hold.calls) == 256 * 1024


def test_a_file_goes_to_the_full_path_that_is_named(bench: Bench) -> None:
    write(bench.here, {"a.txt": "hello"})
    task = bench.run(bench.transfer(item("/a.txt", "/new/dir/b.txt", False)))
    assert tree(bench.there) == {"new/dir/b.txt": "hello"}
    assert task["files_transferred"] == 1
    task = bench.run(bench.transfer(item("/a.txt", "/new/", False)))
    assert (task["status"], task["fatal_error"]["code"]) == ("FAILED", "ENDPOINT_ERROR")
    assert tree(bench.there) == {"new/dir/b.txt": "hello"}


@pytest.mark.parametrize(("recursive", "works"), [(None, True), (True, False), (False, True)])
def test_recursive_must_fit_a_file(bench: Bench, recursive: bool | None, works: bool) -> None:
    write(bench.here, {"a": "x"})
    assert (bench.run(bench.transfer(item("/a", "/a", recursive)))["status"] == "SUCCEEDED") is works


@pytest.mark.parametrize(("recursive", "works"), [(None, True), (True, True), (False, False)])
def test_recursive_must_fit_a_directory(bench: Bench, recursive: bool | None, works: bool) -> None:
    write(bench.here, {"d/a": "x"})
    assert (bench.run(bench.transfer(item("/d", "/d", recursive)))["status"] == "SUCCEEDED") is works
    assert bool(tree(bench.there)) is works


@pytest.mark.parametrize(
    ("level", "copied"),
    [
        (None, {"missing", "size", "newer", "content", "same"}),
        (0, {"missing"}),
        (1, {"missing", "size"}),
        (2, {"missing", "size", "newer"}),
        (3, {"missing", "size", "content"}),
    ],
)
def test_sync_levels(bench: Bench, level: int | None, copied: set[str]) -> None:
    write(bench.here, dict.fromkeys(("d/missing", "d/size", "d/newer", "d/content", "d/same"), "source"))
    write(bench.there, {"d/size": "longer than that", "d/newer": "source", "d/content": "SOURCE", "d/same": "source"})
    for name in ("size", "newer", "content", "same"):
        os.utime(bench.here / "d" / name, (1000, 2000 if name == "newer" else 1000))
        os.utime(bench.there / "d" / name, (1500, 1500))
    task = bench.run(bench.transfer(item("/d/", "/d/", True), sync_level=level))
    assert task["status"] == "SUCCEEDED"
    assert {name.removeprefix("/d/") for name in bench.moved(task)} == copied
    assert (task["files_transferred"], task["files_skipped"]) == (len(copied), 5 - len(copied))
    assert task["sync_level"] == level
    if level == 3:
        assert set(tree(bench.there).values()) == {"source"}


def test_verified_copies_have_a_checksum(bench: Bench) -> None:
    write(bench.here, {"a": b"x" * 600_000})
    task = bench.run(bench.transfer(item("/a", "/a"), verify_checksum=True))
    assert bench.moved(task)["/a"]["checksum"] == hashlib.md5(b"x" * 600_000).hexdigest()
    assert bench.moved(task)["/a"]["checksum_algorithm"] == "MD5"
    assert task["bytes_checksummed"] == 600_000
    task = bench.run(bench.transfer(item("/a", "/b")))
    assert bench.moved(task)["/b"]["checksum"] is None


@pytest.mark.parametrize("algorithm", [None, "MD5", "SHA1", "SHA256", "SHA512"])
def test_an_external_checksum_is_checked(bench: Bench, algorithm: str | None) -> None:
    write(bench.here, {"a": "hello"})
    right = hashlib.new(algorithm or "MD5", b"hello").hexdigest()
    named = {} if algorithm is None else {"checksum_algorithm": algorithm}
    task = bench.run(bench.transfer(item("/a", "/a", False, external_checksum=right.upper(), **named)))
    assert (task["status"], bench.moved(task)["/a"]["checksum"]) == ("SUCCEEDED", right)
    wrong = ("0" if right[0] != "0" else "1") + right[1:]
    task = bench.run(bench.transfer(item("/a", "/b", False, external_checksum=wrong, **named), item("/a", "/c")))
    assert (task["status"], task["fatal_error"]["code"]) == ("FAILED", "VERIFY_CHECKSUM")
    assert os.listdir(bench.there) == ["a"]
    assert (task["bytes_transferred"], task["faults"], task["subtasks_failed"]) == (0, 1, 2)


def test_timestamps_are_kept_when_asked_for(bench: Bench) -> None:
    write(bench.here, {"a": "x"})
    os.utime(bench.here / "a", ns=(1, 1_234_567_890_123_456_789))
    bench.run(bench.transfer(item("/a", "/kept"), item("/a", "/kept too"), preserve_timestamp=True))
    bench.run(bench.transfer(item("/a", "/new")))
    assert (bench.there / "kept").stat().st_mtime_ns == 1_234_567_890_123_456_789
    assert (bench.there / "new").stat().st_mtime_ns > 1_500_000_000_000_000_000


def test_filter_rules_go_by_the_first_that_matches(bench: Bench) -> None:
    names = ("keep.tmp", "a.tmp", "b.txt", "tmp/x.txt", "sub/c.tmp", "sub/d.txt", "sub/tmp")
    write(bench.here, {f"d/{name}": name for name in names})
    rules = [
        {"DATA_TYPE": "filter_rule", "method": "include", "name": "keep.*"},
        {"DATA_TYPE": "filter_rule", "method": "exclude", "type": "file", "name": "*.t[m]p"},
        {"DATA_TYPE": "filter_rule", "method": "exclude", "type": "dir", "name": "tmp"},
    ]
    task = bench.run(bench.transfer(item("/d", "/d", True), filter_rules=rules))
    assert set(tree(bench.there)) == {"d/keep.tmp", "d/b.txt", "d/sub/d.txt", "d/sub/tmp"}
    assert task["filter_rules"][0] == {"DATA_TYPE": "filter_rule", "method": "include", "type": None, "name": "keep.*"}
    assert (task["files"], task["directories"]) == (4, 2)


def test_what_is_extra_at_the_destination_is_deleted_when_asked_for(bench: Bench) -> None:
    write(bench.here, {"d/a": "a", "d/sub/b": "b", "e/other": "o"})
    extra = {"d/extra": "x", "d/old/deep/x": "x", "d/sub/extra": "x", "d/log.keep": "x", "outside": "x"}
    write(bench.there, extra)
    (bench.there / "d/link").symlink_to("../outside")
    bench.run(bench.transfer(item("/d", "/d", True)))
    assert "d/extra" in tree(bench.there)
    rules = [{"DATA_TYPE": "filter_rule", "method": "exclude", "name": "*.keep"}]
    document = bench.transfer(
        item("/d", "/d", True),
        item("/e", "/d/nested", True),
        item("/e/other", "/d/single", False),
        delete_destination_extra=True,
        filter_rules=rules,
    )
    task = bench.run(document)
    assert task["status"] == "SUCCEEDED"
    assert set(tree(bench.there)) == {"d/a", "d/sub/b", "d/nested/other", "d/single", "d/log.keep", "outside"}


def test_nothing_is_deleted_where_the_source_was_not_seen_whole(bench: Bench) -> None:
    write(bench.here, {"d/a": "a"})
    write(bench.there, {"gone/precious": "x", "d/extra": "x"})
    document = bench.transfer(
        item("/gone", "/gone", True), item("/d", "/d", True), delete_destination_extra=True, skip_source_errors=True
    )
    task = bench.run(document)
    assert task["status"] == "SUCCEEDED"
    assert set(tree(bench.there)) == {"gone/precious", "d/a"}
    assert "DELETE_DESTINATION_EXTRA_SKIPPED" in bench.events(task)
    task = bench.run(document | {"submission_id": bench.transfer()["submission_id"], "skip_source_errors": False})
    assert task["status"] == "FAILED"
    assert set(tree(bench.there)) == {"gone/precious", "d/a"}


def test_deleting_extras_never_reaches_the_source(bench: Bench) -> None:
    document = bench.transfer(item("/d", "/d/copy", True), delete_destination_extra=True)
    document["destination_endpoint"] = bench.source.id
    status, _, message = bench.refused("POST", "/transfer", json=document)
    assert status == 400
    assert "DATA[0].destination_path" in message


@pytest.mark.parametrize("destination", ["/d/copy", "/~/d/", "/d//./x/y"])
def test_nothing_is_copied_onto_or_into_itself(bench: Bench, destination: str) -> None:
    write(bench.here, {"d/a": "a"})
    document = bench.transfer(item("/d", destination, True))
    status, code, message = bench.refused(
        "POST", "/transfer", json=document | {"destination_endpoint": bench.source.id}
    )
    assert (status, code) == (400, "ClientError.BadRequest")
    assert message.startswith("DATA[0].destination_path: ")
    assert bench.run(document)["status"] == "SUCCEEDED"


def test_two_files_are_not_written_to_one_path(bench: Bench) -> None:
    write(bench.here, {"d/a": "a", "e/b": "b", "f": "f"})
    twice = bench.transfer(item("/f", "/x", False), item("/d/a", "/~/x/", False))
    status, code, message = bench.refused("POST", "/transfer", json=twice)
    assert (status, code, message.split(":")[0]) == (400, "ClientError.BadRequest", "DATA[1].destination_path")
    assert bench.run(bench.transfer(item("/d", "/x", True), item("/e", "/x", True)))["status"] == "SUCCEEDED"
    assert tree(bench.there) == {"x/a": "a", "x/b": "b"}


@pytest.mark.parametrize(
    ("how", "found"),
    [
        ("ignore", {"d/f": "f"}),
        ("keep", {"d/f": "f", "d/to file": "-> f", "d/to dir": "-> ../e", "d/broken": "-> nowhere"}),
        ("copy", {"d/f": "f", "d/to file": "f", "d/to dir/g": "g"}),
    ],
)
def test_symlinks_in_a_directory(bench: Bench, how: str, found: dict[str, str]) -> None:
    write(bench.here, {"d/f": "f", "e/g": "g"})
    (bench.here / "d/to file").symlink_to("f")
    (bench.here / "d/to dir").symlink_to("../e")
    (bench.here / "d/broken").symlink_to("nowhere")
    document = bench.transfer(item("/d", "/d", True), recursive_symlinks=how, skip_source_errors=True)
    task = bench.run(document)
    assert tree(bench.there) == found
    assert (task["status"], task["symlinks"]) == ("SUCCEEDED", 3 if how == "keep" else 0)
    assert task["recursive_symlinks"] == how
    if how == "copy":
        skipped = bench.get(f"/task/{task['task_id']}/skipped_errors")["DATA"]
        assert [(one["error_code"], one["source_path"]) for one in skipped] == [("FILE_NOT_FOUND", "/d/broken")]


def test_links_that_go_in_circles_end(bench: Bench) -> None:
    write(bench.here, {"d/f": "f"})
    (bench.here / "d/again").symlink_to("../d")
    (bench.here / "d/self").symlink_to("self")
    task = bench.run(bench.transfer(item("/d", "/d", True), recursive_symlinks="copy"))
    assert (task["status"], task["fatal_error"]["code"], task["faults"]) == ("FAILED", "ENDPOINT_ERROR", 6)
    assert tree(bench.there) == {"d/f": "f"}


def test_a_symlink_item_is_the_link_itself(bench: Bench) -> None:
    (bench.here / "link").symlink_to("/somewhere/else")
    write(bench.there, {"old": "x"})
    links = [
        {"DATA_TYPE": "transfer_symlink_item", "source_path": "/link", "destination_path": path}
        for path in ("/made/link", "/old")
    ]
    task = bench.run(bench.transfer(*links))
    assert tree(bench.there) == {"made/link": "-> /somewhere/else", "old": "-> /somewhere/else"}
    assert (task["symlinks"], task["files"], set(bench.moved(task))) == (2, 0, {"/made/link", "/old"})


def test_no_link_leads_out_of_a_collection(bench: Bench, tmp_path: Path) -> None:
    write(tmp_path, {"secret/key": "s"})
    write(bench.here, {"d/inner": "i"})
    for name, target in {
        "d/up": "../../secret",
        "d/abs": str(tmp_path / "secret"),
        "d/key": "../../secret/key",
    }.items():
        (bench.here / name).symlink_to(target)
    (bench.there / "out").symlink_to(tmp_path / "secret")
    (bench.there / "file").symlink_to(tmp_path / "secret/key")
    task = bench.run(bench.transfer(item("/d", "/d", True), recursive_symlinks="copy"))
    assert (task["status"], task["fatal_error"]["code"]) == ("FAILED", "PERMISSION_DENIED")
    assert "leads out of the collection" in task["fatal_error"]["description"]
    for source, destination in (("/d/up/key", "/x"), ("/d/inner", "/out/new"), ("/d/inner", "/file")):
        task = bench.run(bench.transfer(item(source, destination, False)))
        assert (task["status"], task["fatal_error"]["code"]) == ("FAILED", "PERMISSION_DENIED")
    assert tree(tmp_path / "secret") == {"key": "s"}
    assert "s" not in tree(bench.there).values()


def test_links_that_stay_inside_are_followed(bench: Bench) -> None:
    write(bench.here, {"real/a": "a"})
    (bench.here / "rel").symlink_to("real/../real")
    (bench.here / "abs").symlink_to(bench.here / "real")
    (bench.there / "elsewhere").mkdir()
    (bench.there / "in").symlink_to("elsewhere")
    bench.run(bench.transfer(item("/rel/a", "/in/a"), item("/abs/a", "/b")))
    assert tree(bench.there) == {"elsewhere/a": "a", "b": "a", "in": "-> elsewhere"}


@pytest.mark.parametrize(
    "name", ["with space", "ünïcödé-日本", "new\nline", "-rf *", "quote'\"", "~", "%2e%2e", "a" * 255]
)
def test_odd_names(bench: Bench, name: str) -> None:
    write(bench.here, {f"d/{name}/{name}": name})
    task = bench.run(bench.transfer(item("/d", "/d", True), item(f"/d/{name}/{name}", f"/one/{name}", False)))
    assert task["status"] == "SUCCEEDED"
    assert tree(bench.there) == {f"d/{name}/{name}": name, f"one/{name}": name}
    assert f"/one/{name}" in bench.moved(task)
    assert bench.names(bench.destination, "/d") == [name]


def test_names_that_are_not_utf8_are_moved_and_shown_escaped(bench: Bench) -> None:
    name = os.fsdecode(b"caf\xe9")
    (bench.here / "d").mkdir()
    (bench.here / "d" / name).write_bytes(b"x")
    task = bench.run(bench.transfer(item("/d", "/d", True)))
    assert os.listdir(os.fsencode(bench.there / "d")) == [b"caf\xe9"]
    assert list(bench.moved(task)) == ["/d/caf\\xe9"]
    assert bench.names(bench.source, "/d") == ["caf\\xe9"]


def test_pipes_are_left_alone(bench: Bench) -> None:
    write(bench.here, {"d/a": "a"})
    os.mkfifo(bench.here / "d/pipe")
    assert bench.run(bench.transfer(item("/d", "/d", True)))["status"] == "SUCCEEDED"
    assert tree(bench.there) == {"d/a": "a"}
    assert bench.run(bench.transfer(item("/d/pipe", "/pipe")))["status"] == "FAILED"


def test_a_replaced_file_keeps_its_permissions_and_never_is_half_there(bench: Bench) -> None:
    write(bench.here, {"a": b"n" * 600_000})
    write(bench.there, {"a": "old"})
    (bench.there / "a").chmod(0o640)
    bench.hold.free = 1
    task_id = bench.submit(bench.transfer(item("/a", "/a", False)))
    assert bench.hold.held.wait(20)
    assert (bench.there / "a").read_text() == "old"
    assert bench.names(bench.destination) == ["a"]
    bench.hold.release()
    bench.finish(task_id)
    assert (bench.there / "a").stat().st_size == 600_000
    assert (bench.there / "a").stat().st_mode & 0o777 == 0o640


def test_base_paths_are_told_when_asked_for(bench: Bench) -> None:
    write(bench.here, {"d/e/a": "a", "d/f/b": "b"})
    items = item("/~/d/e/", "/x/e/", True), item("/~/d/f/b", "/x/b", False)
    task = bench.run(bench.transfer(*items, store_base_path_info=True))
    assert (task["source_base_path"], task["destination_base_path"]) == ("/~/d/", "/x/")
    assert bench.run(bench.transfer(*items))["source_base_path"] is None


def test_no_descriptor_stays_open(bench: Bench, tmp_path: Path) -> None:
    write(bench.here, {f"d/{n}/{m}": "x" for n in range(3) for m in range(3)})
    (bench.here / "d/out").symlink_to(tmp_path)
    (bench.here / "d/up").symlink_to("0/../../d/1/1")
    (bench.there / "d").mkdir()
    (bench.there / "d/0").write_text("in the way")

    def all_sorts() -> None:
        document = bench.transfer(item("/d", "/d", True), item("/gone", "/x"), recursive_symlinks="copy", sync_level=3)
        assert bench.run(document)["status"] == "FAILED"
        bench.run(bench.delete("/d/1", "/gone", recursive=True))
        bench.names(bench.source, "/d")
        bench.refused("GET", f"/operation/endpoint/{bench.source.id}/ls", params={"path": "/d/out"})

    all_sorts()
    open_before = len(os.listdir("/dev/fd"))
    all_sorts()
    assert len(os.listdir("/dev/fd")) == open_before
