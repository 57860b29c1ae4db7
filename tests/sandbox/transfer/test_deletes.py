"""What a delete takes away, and what it leaves."""

import os
from pathlib import Path

import pytest

from .bench import Bench, tree, write


@pytest.fixture(autouse=True)
def files(bench: Bench) -> None:
    write(bench.there, {"a.txt": "a", "b.txt": "b", ".hidden.txt": "h", "d/e/f": "f", "d/g": "g", "keep": "k"})


def test_files_and_directories_are_deleted(bench: Bench) -> None:
    task = bench.run(bench.delete("/~/a.txt", "/d/", recursive=True, label="tidy"))
    assert set(tree(bench.there)) == {"b.txt", ".hidden.txt", "keep"}
    assert (task["type"], task["status"], task["label"]) == ("DELETE", "SUCCEEDED", "tidy")
    assert (task["files"], task["directories"], task["subtasks_succeeded"]) == (3, 2, 2)
    assert (task["source_endpoint_id"], task["destination_endpoint_id"]) == (bench.destination.id, None)
    assert (task["recursive_symlinks"], task["sync_level"]) == (None, None)


def test_a_directory_needs_recursive(bench: Bench) -> None:
    task = bench.run(bench.delete("/d"))
    assert (task["status"], task["fatal_error"]["code"]) == ("FAILED", "ENDPOINT_ERROR")
    assert "not recursive" in task["fatal_error"]["description"]
    assert "d/e/f" in tree(bench.there)


def test_what_is_missing_fails_unless_it_is_ignored(bench: Bench) -> None:
    task = bench.run(bench.delete("/gone", "/a.txt"))
    assert (task["status"], task["fatal_error"]["code"]) == ("FAILED", "FILE_NOT_FOUND")
    assert "a.txt" not in tree(bench.there)
    task = bench.run(bench.delete("/gone", "/no/where", "/b.txt", ignore_missing=True))
    assert task["status"] == "SUCCEEDED"
    assert "b.txt" not in tree(bench.there)


def test_globs_are_names_unless_they_are_interpreted(bench: Bench) -> None:
    write(bench.there, {"*.txt": "star"})
    bench.run(bench.delete("/*.txt"))
    assert {"a.txt", "b.txt"} < set(tree(bench.there))
    bench.run(bench.delete("/[!b]*.txt", interpret_globs=True))
    assert set(tree(bench.there)) == {"b.txt", ".hidden.txt", "d/e/f", "d/g", "keep"}
    assert bench.run(bench.delete("/*.none", interpret_globs=True))["fatal_error"]["code"] == "FILE_NOT_FOUND"
    document = bench.delete("/*.none", "/none/*", interpret_globs=True, ignore_missing=True)
    assert bench.run(document)["status"] == "SUCCEEDED"


def test_links_go_and_what_they_point_to_stays(bench: Bench, tmp_path: Path) -> None:
    write(tmp_path, {"outside/precious": "p"})
    (bench.there / "d/out").symlink_to(tmp_path / "outside")
    (bench.there / "in").symlink_to("keep")
    task = bench.run(bench.delete("/d", "/in", recursive=True))
    assert task["status"] == "SUCCEEDED"
    assert set(tree(bench.there)) == {"a.txt", "b.txt", ".hidden.txt", "keep"}
    assert tree(tmp_path / "outside") == {"precious": "p"}
    (bench.there / "out").symlink_to(tmp_path / "outside")
    task = bench.run(bench.delete("/out/precious"))
    assert task["fatal_error"]["code"] == "PERMISSION_DENIED"
    assert tree(tmp_path / "outside") == {"precious": "p"}


@pytest.mark.parametrize("root", ["/", "/~/", "//./"])
def test_the_root_cannot_be_deleted(bench: Bench, root: str) -> None:
    refused = bench.refused("POST", "/delete", json=bench.delete("/a.txt", root, recursive=True))
    assert refused[:2] == (400, "InvalidPath")
    assert "DATA[1].path" in refused[2]
    assert len(os.listdir(bench.there)) == 5


def test_a_delete_can_be_canceled(bench: Bench) -> None:
    write(bench.there, {f"many/{n}": "" for n in range(50)})
    bench.hold.free = 10
    task_id = bench.submit(bench.delete("/many", recursive=True))
    assert bench.hold.held.wait(20)
    bench.state.task(bench.wren, task_id).cancel_requested.set()
    bench.hold.release()
    task = bench.finish(task_id)
    assert (task["status"], task["subtasks_canceled"], task["files"]) == ("FAILED", 1, 11)
    assert len(os.listdir(bench.there / "many")) == 39


def test_odd_delete_documents_are_refused_by_field(bench: Bench) -> None:
    document = bench.delete("/a.txt")
    for change, field in (
        ({"recursive": 1}, "recursive"),
        ({"DATA": [{"DATA_TYPE": "delete_item", "path": "/a", "recursive": True}]}, "DATA[0].recursive"),
        ({"DATA": [{"path": "/a"}]}, "DATA[0].DATA_TYPE"),
        ({"source_endpoint": bench.destination.id}, "source_endpoint"),
    ):
        status, code, message = bench.refused("POST", "/delete", json=document | change)
        assert (status, code) == (400, "ClientError.BadRequest")
        assert message.startswith(f"{field}: ")
