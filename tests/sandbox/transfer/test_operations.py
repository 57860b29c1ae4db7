"""Listing, looking at, making and renaming what is in a collection."""

import os
from pathlib import Path
from typing import Any

import pytest

from globus_typed.sandbox.transfer.listing import Entry
from globus_typed.sandbox.transfer.routes import operations

from .bench import Bench, good, tree, write


@pytest.fixture
def ls(bench: Bench) -> str:
    write(bench.here, {"a.txt": "a" * 10, "b.csv": "b" * 20, ".hidden": "h", "Dir/x": "x"})
    os.utime(bench.here / "a.txt", (0, 1_000_000_000))
    os.utime(bench.here / "b.csv", (0, 1_100_000_000))
    (bench.here / "a.txt").chmod(0o640)
    return f"/operation/endpoint/{bench.source.id}/ls"


def test_ls(bench: Bench, ls: str) -> None:
    listed = bench.get(ls)
    assert (listed["DATA_TYPE"], listed["endpoint"], listed["path"]) == ("file_list", bench.source.id, "/~/")
    assert (listed["length"], listed["total"], listed["absolute_path"]) == (4, 4, "/")
    by_name = {entry["name"]: entry for entry in listed["DATA"]}
    assert list(by_name) == [".hidden", "Dir", "a.txt", "b.csv"]
    user = Path(bench.here / "a.txt").owner()
    assert by_name["a.txt"] == {
        "DATA_TYPE": "file",
        "name": "a.txt",
        "type": "file",
        "size": 10,
        "last_modified": "2001-09-09 01:46:40+00:00",
        "permissions": "0640",
        "user": user,
        "group": by_name["Dir"]["group"],
        "link_target": None,
        "link_size": None,
        "link_user": None,
        "link_group": None,
        "link_last_modified": None,
    }
    assert by_name["Dir"]["type"] == "dir"
    inner = bench.get(ls, path="/~/Dir")
    assert (inner["path"], inner["absolute_path"], inner["length"]) == ("/~/Dir/", "/Dir/", 1)
    assert bench.names(bench.source, "~/Dir/") == bench.names(bench.source, "/Dir/") == ["x"]
    bench.source.default_directory = "/Dir/"
    assert bench.names(bench.source) == ["x"]
    assert bench.names(bench.source, "/") == bench.names(bench.source, "/~/") == list(by_name)


@pytest.mark.parametrize("hidden", ["0", "false"])
def test_hidden_files_can_be_left_out(bench: Bench, ls: str, hidden: str) -> None:
    assert ".hidden" not in bench.names(bench.source, "/", show_hidden=hidden)


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ("name:a.txt", ["a.txt"]),
        ("name:a.txt,b.csv", ["a.txt", "b.csv"]),
        ("name:~*.t?t", ["a.txt"]),
        ("name:!a.txt", [".hidden", "Dir", "b.csv"]),
        ("name:!~*.*", ["Dir"]),
        ("type:dir", ["Dir"]),
        ("type:!dir", [".hidden", "a.txt", "b.csv"]),
        ("type:file/size:>10", ["b.csv"]),
        ("type:file/size:>=10", ["a.txt", "b.csv"]),
        ("type:file/size:<10", [".hidden"]),
        ("size:20", ["b.csv"]),
        ("last_modified:2001-01-01,2002-01-01", ["a.txt"]),
        ("last_modified:,2005-01-01", ["a.txt", "b.csv"]),
        ("last_modified:2004-01-01,2005-01-01 00:00Z", ["b.csv"]),
        ("name:=a.txt", ["a.txt"]),
        ("name:!=a.txt", [".hidden", "Dir", "b.csv"]),
        ("name:=~*.txt", []),
        ("name:~*.*/type:file/name:!.hidden/size:<20", ["a.txt"]),
        (["type:dir", "name:~*.csv"], ["Dir", "b.csv"]),
        (["type:file/size:<10", "name:=a.txt"], [".hidden", "a.txt"]),
    ],
)
def test_filters(bench: Bench, ls: str, filters: str | list[str], names: list[str]) -> None:
    (bench.here / "Dir").chmod(0o700)
    assert bench.names(bench.source, "/", filter=filters) == names


@pytest.mark.parametrize(
    ("orderby", "names"),
    [
        ("name DESC", ["b.csv", "a.txt", "Dir", ".hidden"]),
        ("size", [".hidden", "a.txt", "b.csv"]),
        ("type desc,size DESC", ["b.csv", "a.txt", ".hidden", "Dir"]),
        ("last_modified", ["a.txt", "b.csv"]),
        ("link_target,name", [".hidden", "Dir", "a.txt", "b.csv"]),
    ],
)
def test_orders(bench: Bench, ls: str, orderby: str, names: list[str]) -> None:
    found = bench.names(bench.source, "/", orderby=orderby)
    assert [name for name in found if name in names] == names


def test_pages(bench: Bench, ls: str) -> None:
    page = bench.get(ls, limit=2, offset=1, orderby="name")
    assert [entry["name"] for entry in page["DATA"]] == ["Dir", "a.txt"]
    assert (page["length"], page["total"]) == (2, 4)
    assert bench.get(ls, offset=4)["DATA"] == []
    assert bench.get(ls, limit=1, fields="name,type")["DATA"] == [{"name": ".hidden", "type": "file"}]


@pytest.mark.parametrize(
    ("params", "named"),
    [
        ({"limit": 100_001}, "limit"),
        ({"limit": "x"}, "limit"),
        ({"offset": -1}, "offset"),
        ({"show_hidden": "perhaps"}, "show_hidden"),
        ({"orderby": "colour"}, "orderby"),
        ({"orderby": "name UP"}, "orderby"),
        ({"filter": "colour:red"}, "filter"),
        ({"filter": "name"}, "filter"),
        ({"filter": "size:big"}, "filter"),
        ({"filter": "last_modified:yesterday"}, "filter"),
    ],
)
def test_wrong_parameters_are_refused_by_name(bench: Bench, ls: str, params: dict[str, Any], named: str) -> None:
    status, code, message = bench.refused("GET", ls, params=params)
    assert (status, code) == (400, "ClientError.BadRequest")
    assert message.startswith(f"{named}: ")


def test_links_in_a_listing(bench: Bench, ls: str, tmp_path: Path) -> None:
    (bench.here / "l1").symlink_to("a.txt")
    (bench.here / "l2").symlink_to("Dir/")
    (bench.here / "l3").symlink_to("nowhere")
    (bench.here / "l4").symlink_to(tmp_path)
    os.mkfifo(bench.here / "pipe")
    by_name = {entry["name"]: entry for entry in bench.get(ls)["DATA"]}
    kinds = {name: by_name[name]["type"] for name in ("l1", "l2", "l3", "l4", "pipe")}
    assert kinds == {"l1": "file", "l2": "dir", "l3": "invalid_symlink", "l4": "invalid_symlink", "pipe": "pipe"}
    assert (by_name["l1"]["size"], by_name["l1"]["link_size"], by_name["l1"]["link_target"]) == (10, 5, "a.txt")
    assert by_name["l1"]["link_last_modified"] is not None
    assert bench.names(bench.source, "/l2") == ["x"]
    refused = bench.refused("GET", ls, params={"path": "/l4"})
    assert refused[:2] == (403, "EndpointPermissionDenied")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/gone", 404, "ClientError.NotFound"),
        ("/a.txt", 502, "ExternalError.DirListingFailed.NotDirectory"),
        ("/a.txt/x", 502, "ExternalError.DirListingFailed.NotDirectory"),
        ("/Dir/../..", 400, "InvalidPath"),
        ("Dir", 400, "InvalidPath"),
        ("/" + "x" * 300, 502, "ExternalError.DirListingFailed"),
    ],
)
def test_what_cannot_be_listed(bench: Bench, ls: str, path: str, status: int, code: str) -> None:
    refused = bench.refused("GET", ls, params={"path": path})
    assert refused[:2] == (status, code)
    assert path in refused[2]


def test_stat(bench: Bench, ls: str) -> None:
    stat = ls.replace("/ls", "/stat")
    found = bench.get(stat, path="/~/Dir/x")
    assert (found["DATA_TYPE"], found["name"], found["type"], found["size"]) == ("file", "x", "file", 1)
    (bench.here / "link").symlink_to("Dir")
    found = bench.get(stat, path="/link")
    assert (found["name"], found["type"], found["link_target"]) == ("link", "dir", "Dir")
    assert bench.get(stat, path="/~/", fields="type") == {"type": "dir"}
    for path in ("/gone", "/gone/x", "/a.txt/x"):
        assert bench.refused("GET", stat, params={"path": path})[:2] == (404, "NotFound")
    status, _, message = bench.refused("GET", stat)
    assert (status, message) == (400, "path: Field required")


def test_mkdir(bench: Bench, tmp_path: Path) -> None:
    url = f"/operation/endpoint/{bench.destination.id}/mkdir"
    made = bench.request("POST", url, json={"DATA_TYPE": "mkdir", "path": "/~/new dir/"})
    answer = good(made)
    assert (made.status_code, answer["DATA_TYPE"], answer["code"]) == (202, "mkdir_result", "DirectoryCreated")
    assert answer["resource"] == url
    assert tree(bench.there) == {"new dir": "/"}
    (bench.there / "out").symlink_to(tmp_path)
    for path, status, code in (
        ("/new dir", 502, "ExternalError.MkdirFailed.Exists"),
        ("/", 502, "ExternalError.MkdirFailed.Exists"),
        ("/no/parent", 502, "ExternalError.MkdirFailed"),
        ("/out/side", 403, "EndpointPermissionDenied"),
        ("/x/../y", 400, "InvalidPath"),
    ):
        assert bench.refused("POST", url, json={"DATA_TYPE": "mkdir", "path": path})[:2] == (status, code)
    assert not (tmp_path / "side").exists()
    for body, field in (({"path": "/x"}, "DATA_TYPE"), ({"DATA_TYPE": "mkdir", "path": "/x", "mode": 1}, "mode")):
        assert f"{field}: " in bench.refused("POST", url, json=body)[2]


def test_rename(bench: Bench) -> None:
    write(bench.there, {"a": "a", "b": "b", "d/x": "x"})
    url = f"/operation/endpoint/{bench.destination.id}/rename"

    def body(old: str, new: str) -> dict[str, str]:
        return {"DATA_TYPE": "rename", "old_path": old, "new_path": new}

    answer = good(bench.request("POST", url, json=body("/~/a", "/d/new name")))
    assert (answer["DATA_TYPE"], answer["code"], len(answer["request_id"])) == ("result", "FileRenamed", 9)
    assert tree(bench.there) == {"b": "b", "d/x": "x", "d/new name": "a"}
    for document, status, code in (
        (body("/gone", "/x"), 404, "ClientError.NotFound"),
        (body("/b", "/d/x"), 502, "EndpointError"),
        (body("/b", "/no/where"), 502, "EndpointError"),
        (body("/d", "/d/d"), 502, "EndpointError"),
        (body("/~/", "/x"), 400, "InvalidPath"),
        (body("/b", "/../b"), 400, "InvalidPath"),
    ):
        assert bench.refused("POST", url, json=document)[:2] == (status, code)
    assert tree(bench.there) == {"b": "b", "d/x": "x", "d/new name": "a"}


def test_symlink(bench: Bench) -> None:
    write(bench.there, {"a": "a", "d/x": "x"})
    url = f"/operation/endpoint/{bench.destination.id}/symlink"

    def body(target: str, path: str) -> dict[str, str]:
        return {"DATA_TYPE": "symlink", "symlink_target": target, "path": path}

    answer = good(bench.request("POST", url, json=body("../a", "/~/d/link")))
    assert (answer["DATA_TYPE"], answer["code"]) == ("result", "SymlinkCreated")
    assert os.readlink(bench.there / "d" / "link") == "../a"
    (entry,) = bench.get(f"/operation/endpoint/{bench.destination.id}/ls", path="/d", filter="name:link")["DATA"]
    assert (entry["type"], entry["size"], entry["link_target"]) == ("file", 1, "../a")
    for document, status, code in (
        (body("a", "/d/x"), 502, "EndpointError"),
        (body("a", "/no/where"), 502, "EndpointError"),
        (body("a", "/~/"), 400, "InvalidPath"),
        (body("", "/b"), 400, "ClientError.BadRequest"),
        (body("a\0", "/b"), 400, "ClientError.BadRequest"),
        ({"DATA_TYPE": "symlink", "path": "/b"}, 400, "ClientError.BadRequest"),
        ({"symlink_target": "a", "path": "/b"}, 400, "ClientError.BadRequest"),
    ):
        assert bench.refused("POST", url, json=document)[:2] == (status, code)


def test_another_ones_collection_is_not_written_to(bench: Bench) -> None:
    lark, base = "lark@sandbox.example", f"/operation/endpoint/{bench.source.id}"
    write(bench.here, {"a": "a"})
    assert bench.refused("GET", f"{base}/ls", token=lark)[:2] == (403, "PermissionDenied")
    bench.source.public = True
    assert bench.request("GET", f"{base}/ls", token=lark).json()["length"] == 1
    mkdir = {"DATA_TYPE": "mkdir", "path": "/x"}
    rename = {"DATA_TYPE": "rename", "old_path": "/a", "new_path": "/b"}
    assert bench.refused("POST", f"{base}/mkdir", json=mkdir, token=lark)[:2] == (403, "PermissionDenied")
    assert bench.refused("POST", f"{base}/rename", json=rename, token=lark)[:2] == (403, "PermissionDenied")
    symlink = {"DATA_TYPE": "symlink", "symlink_target": "a", "path": "/b"}
    assert bench.refused("POST", f"{base}/symlink", json=symlink, token=lark)[:2] == (403, "PermissionDenied")
    assert tree(bench.here) == {"a": "a"}


def test_a_listing_is_capped(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = os.stat_result((0o100644, 0, 0, 1, 0, 0, 0, 0, 0, 0))
    many = [Entry(f"{n:06}", entry) for n in range(100_001)]

    def entries(*_: object, **__: object) -> list[Entry]:
        return many

    monkeypatch.setattr(operations, "entries", entries)
    page = bench.get(f"/operation/endpoint/{bench.source.id}/ls")
    assert (page["length"], page["total"]) == (100_000, 100_001)
    page = bench.get(f"/operation/endpoint/{bench.source.id}/ls", offset=100_000)
    assert (page["length"], page["total"]) == (1, 100_001)
