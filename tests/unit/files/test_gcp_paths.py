"""Paths of three systems, and what they are in a collection of Globus Connect Personal."""

from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globus_typed import GlobusUsageError
from globus_typed.files.gcp_files import AllowedPath
from globus_typed.files.gcp_paths import absolute, allowing, to_collection, to_local
from globus_typed.files.gcp_places import Surroundings, config_directory

LINUX = Surroundings("linux", {"HOME": "/home/me"}, "/home/me/work")
MAC = Surroundings("darwin", {"HOME": "/Users/me"}, "/Users/me")
WINDOWS = Surroundings("win32", {"USERPROFILE": "C:\\Users\\me", "LOCALAPPDATA": "C:\\Local"}, "D:\\work")
NOWHERE = Surroundings("linux", {}, "")


@pytest.mark.parametrize(
    ("local", "path"),
    [
        ("C:\\data\\a b", "/C/data/a b"),
        ("c:\\data\\", "/C/data/"),
        ("C:/data/x", "/C/data/x"),
        ("C:\\", "/C/"),
        ("C:\\a\\.\\b\\..\\c", "/C/a/c"),
        ("C:\\..\\..\\x", "/C/x"),
        ("\\\\?\\C:\\long\\x", "/C/long/x"),
        ("\\rooted", "/D/rooted"),
        ("relative\\x", "/D/work/relative/x"),
        (".", "/D/work/"),
        ("~\\x", "/C/Users/me/x"),
        ("~/x", "/C/Users/me/x"),
        ("~", "/C/Users/me"),
        (PureWindowsPath("E:/y"), "/E/y"),
    ],
)
def test_a_path_of_windows_begins_with_its_drive(local: str, path: str) -> None:
    assert to_collection(local, WINDOWS) == path


@pytest.mark.parametrize(
    ("local", "told"),
    [
        ("\\\\server\\share\\x", "network share"),
        ("//server/share/x", "network share"),
        ("\\\\?\\UNC\\server\\share\\x", "has no path"),
        ("\\\\.\\PhysicalDrive0", "has no path"),
        ("C:data", "backslash after the drive"),
        ("", "must be a path"),
        ("C:\\a\0b", "must be a path"),
        ("C:\\\udcff", "Unicode"),
    ],
)
def test_what_has_no_path_in_a_collection_is_refused(local: str, told: str) -> None:
    with pytest.raises(GlobusUsageError, match=f"^local: .*{told}"):
        to_collection(local, WINDOWS)


@pytest.mark.parametrize(
    ("local", "path"),
    [
        ("/data/x", "/data/x"),
        ("/data/x/", "/data/x/"),
        ("//data//x/.", "/data/x/"),
        ("/a/../b", "/b"),
        ("/", "/"),
        ("x", "/home/me/work/x"),
        ("../x", "/home/me/x"),
        ("~/x", "/home/me/x"),
        ("~", "/home/me"),
        ("C:\\data", "/home/me/work/C:\\data"),
        (PurePosixPath("/p"), "/p"),
    ],
)
def test_other_paths_stay_as_they_are(local: str, path: str) -> None:
    assert to_collection(local, LINUX) == path


@pytest.mark.parametrize("local", ["~other/x", "", "/a\0", "/\udcff"])
def test_what_cannot_be_told_is_refused(local: str) -> None:
    with pytest.raises(GlobusUsageError, match=r"^local: "):
        to_collection(local, LINUX)


def test_without_a_home_or_a_working_directory_only_absolute_paths_are_known() -> None:
    assert to_collection("/x", NOWHERE) == "/x"
    for local in ("x", "~/x"):
        with pytest.raises(GlobusUsageError, match="is not known here; give an absolute path"):
            to_collection(local, NOWHERE)
    with pytest.raises(GlobusUsageError, match="HOME"):
        config_directory(NOWHERE)


@pytest.mark.parametrize(
    ("path", "local"),
    [
        ("/C/data/a b", "C:\\data\\a b"),
        ("/c/data/", "C:\\data\\"),
        ("/C", "C:\\"),
        ("/C/", "C:\\"),
        ("/~/x", "C:\\Users\\me\\x"),
        ("~/x/", "C:\\Users\\me\\x\\"),
        ("/~/", "C:\\Users\\me\\"),
    ],
)
def test_back_on_windows(path: str, local: str) -> None:
    assert to_local(path, WINDOWS) == local


@pytest.mark.parametrize(
    "path", ["/data/x", "/CC/x", "/", "/C/a\\b", "/C/a:b", "/C/x ", "/C/nul?", "/C/../x", "C:\\x", ""]
)
def test_what_cannot_be_on_windows_is_refused(path: str) -> None:
    with pytest.raises(GlobusUsageError, match=r"^path: "):
        to_local(path, WINDOWS)


@pytest.mark.parametrize(
    ("path", "local"),
    [
        ("/C/data", "/C/data"),
        ("/~/x", "/Users/me/x"),
        ("~/", "/Users/me/"),
        ("~", "/Users/me"),
        ("/", "/"),
        ("/a//b", "/a/b"),
    ],
)
def test_back_elsewhere(path: str, local: str) -> None:
    assert to_local(path, MAC) == local


@pytest.mark.parametrize("path", ["x", "~x/y", "/a/../b", "/\0", ""])
def test_what_is_no_path_of_a_collection_is_refused(path: str) -> None:
    with pytest.raises(GlobusUsageError, match=r"^path: "):
        to_local(path, MAC)


NAMES = st.text(st.characters(exclude_characters='/\\:*?"<>|', exclude_categories=["C"]), min_size=1).filter(
    lambda name: name == name.rstrip(" .") and name not in ("~",)
)
PATHS = st.tuples(st.lists(NAMES), st.booleans())


@given(PATHS, st.sampled_from("CDz"))
def test_there_and_back_on_windows(path: tuple[list[str], bool], drive: str) -> None:
    names, slash = path
    local = "\\".join([f"{drive.upper()}:", *names]) + ("\\" if slash or not names else "")
    there = to_collection(local, WINDOWS)
    assert there.split("/")[1:] == [drive.upper(), *names, *([""] if slash or not names else [])]
    assert to_local(there, WINDOWS) == local
    assert to_collection(to_local(there, WINDOWS), WINDOWS) == there


@given(PATHS)
def test_there_and_back_elsewhere(path: tuple[list[str], bool]) -> None:
    names, slash = path
    local = "/" + "/".join(names) + ("/" if slash and names else "")
    assert to_collection(local, LINUX) == local
    assert to_local(local, LINUX) == local


@given(st.text(), st.sampled_from([LINUX, MAC, WINDOWS, NOWHERE]))
def test_any_text_is_a_path_or_refused(text: str, surroundings: Surroundings) -> None:
    try:
        there = to_collection(text, surroundings)
    except GlobusUsageError:
        return
    assert there.startswith("/")
    assert ".." not in there.split("/")


def test_the_nearest_allowed_path_counts_and_links_are_followed() -> None:
    paths = [AllowedPath("~/", False, True), AllowedPath("~/ro", False, False), AllowedPath("/link", True, True)]
    links = {"/link": "/mnt/data", "/home/me/out": "/etc"}

    def resolve(path: str) -> str:
        path = path.rstrip("/")
        return next((path.replace(link, end, 1) for link, end in links.items() if path.startswith(link)), path)

    def found(local: str) -> str | None:
        allowed = allowing(absolute(local, LINUX), paths, LINUX, resolve)
        return None if allowed is None else allowed.path

    assert found("~/x") == "~/"
    assert found("~") == "~/"
    assert found("x") == "~/"
    assert found("~/ro/x") == found("~/ro") == found("~/ro/") == "~/ro"
    assert found("~/rox") == "~/"
    assert found("/home/mean") is None
    assert found("/mnt/data/x") == found("/link/x") == "/link"
    assert found("~/out/passwd") is None
    everything = [AllowedPath("/", False, True)]
    assert allowing("/etc/x", everything, LINUX, str) is everything[0]
    assert allowing("/", everything, LINUX, str) is everything[0]


def test_windows_compares_without_regard_to_case() -> None:
    paths = [AllowedPath("C:\\Data", False, True)]
    assert allowing("c:\\dATA\\x", paths, WINDOWS, str) is paths[0]
    assert allowing("C:\\Database", paths, WINDOWS, str) is None
