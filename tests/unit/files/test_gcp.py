"""Globus Connect Personal on this machine: found, whole or damaged, on three systems."""

import os
import stat
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import globus_sdk
import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from globus_typed import (
    AccessTokenAuthorizer,
    AsyncAuthClient,
    AsyncTransferClient,
    AuthClient,
    GlobusUsageError,
    LocalGlobusConnectPersonal,
    TransferClient,
)
from globus_typed.files import AllowedPath, GlobusConnectPersonalOwnerInfo
from globus_typed.files.gcp_status import GCPStatus, ask_command, read_status

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"
OWNER = "2a7c9e10-33b4-4d5e-9f60-1b2c3d4e0001"
GRIDMAP = '"/C=US/O=Globus Consortium/OU=Globus Connect User/CN=u_fj6j4ebtwrgv5h3admwd2tqaae" mwren\n'
NAMED = GRIDMAP.replace("u_fj6j4ebtwrgv5h3admwd2tqaae", "mwren")


def install(home: Path, client_id: str = ID, gridmap: str = GRIDMAP, paths: str = "~/,0,1\n") -> Path:
    lta = home / ".globusonline" / "lta"
    lta.mkdir(parents=True)
    (lta / "client-id.txt").write_text(client_id)
    (lta / "gridmap").write_text(gridmap)
    (lta / "config-paths").write_text(paths)
    return lta


def detected(home: Path, **environ: str) -> LocalGlobusConnectPersonal:
    found = LocalGlobusConnectPersonal.detect(environ={"HOME": str(home), **environ}, platform="linux", cwd=str(home))
    assert found is not None
    return found


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_all_that_is_known(tmp_path: Path, platform: str) -> None:
    install(tmp_path)
    environ = {"HOME": str(tmp_path), "USER": "mwren"}
    found = LocalGlobusConnectPersonal.detect(environ=environ, platform=platform)
    assert found is not None
    assert found.endpoint_id == found.collection_id == ID
    assert (found.owner_id, found.owner_username) == (OWNER, None)
    assert found.get_owner_info() == GlobusConnectPersonalOwnerInfo(OWNER, None, "mwren")
    assert found.allowed_paths == (AllowedPath("~/", shared=False, writable=True),)
    assert found.config_dir == str(tmp_path / ".globusonline")
    assert found.problems == ()


def test_windows_has_its_files_elsewhere(tmp_path: Path) -> None:
    folder = tmp_path / "Globus Connect"
    folder.mkdir()
    (folder / "client-id.txt").write_bytes(b"\xef\xbb\xbf" + ID.upper().encode() + b"\r\n")
    (folder / "gridmap").write_text(NAMED)
    environ = {"LOCALAPPDATA": str(tmp_path), "USERPROFILE": "C:\\Users\\m", "USERNAME": "MWREN"}
    found = LocalGlobusConnectPersonal.detect(environ=environ, platform="win32", cwd="D:\\x")
    assert found is not None
    assert (found.endpoint_id, found.owner_username) == (ID, "mwren@globusid.org")
    assert found.allowed_paths is None
    assert [str(each) for each in found.problems] == [
        f"{folder}: on Windows no file has the allowed paths, which are set in the window of the program"
    ]
    assert found.to_collection_path("a b") == "/D/x/a b"
    assert found.to_local_path("/~/y") == "C:\\Users\\m\\y"
    assert found.is_allowed("C:\\anything") is None
    with pytest.raises(GlobusUsageError, match="network share"):
        found.to_collection_path("\\\\server\\share")


def test_windows_without_the_variable_is_a_problem_and_no_directory() -> None:
    found = LocalGlobusConnectPersonal.detect(environ={}, platform="win32")
    assert found is not None
    assert (found.endpoint_id, found.allowed_paths, found.get_owner_info()) == (None, None, None)
    assert [each.file for each in found.problems] == ["LOCALAPPDATA"]
    assert found.status() == "unknown"
    with pytest.raises(GlobusUsageError, match="LOCALAPPDATA"):
        _ = found.config_dir


def test_where_it_is_not_installed_there_is_none(tmp_path: Path) -> None:
    environ = {"HOME": str(tmp_path)}
    assert LocalGlobusConnectPersonal.detect(environ=environ, platform="linux") is None
    assert LocalGlobusConnectPersonal.detect(config_dir=tmp_path / "no\0where") is None
    # As with globus-sdk, which has no `detect`.
    bare = LocalGlobusConnectPersonal(config_dir=str(tmp_path / "none"))
    assert bare.endpoint_id is None
    assert bare.get_owner_info() is None
    assert bare.problems[0].what == "does not exist; has Globus Connect Personal been set up?"
    assert len(bare.problems) == 3


def test_several_installations(tmp_path: Path) -> None:
    for name in ("a", "b"):
        install(tmp_path / name)
    dirs = [tmp_path / name / ".globusonline" for name in ("a", "none", "b")]
    found = LocalGlobusConnectPersonal.detect_all(dirs, platform="linux")
    assert [each.config_dir for each in found] == [str(dirs[0]), str(dirs[2])]
    assert repr(found[0]) == f"LocalGlobusConnectPersonal(config_dir={str(dirs[0])!r})"


def test_files_are_read_once_and_again_when_asked(tmp_path: Path) -> None:
    lta = install(tmp_path)
    found = LocalGlobusConnectPersonal(environ={"HOME": str(tmp_path)}, platform="linux")
    assert found.endpoint_id == ID
    (lta / "client-id.txt").write_text(OWNER)
    (lta / "config-paths").unlink()
    assert found.endpoint_id == ID
    del found.endpoint_id
    assert found.endpoint_id == OWNER
    assert found.allowed_paths is None
    (lta / "config-paths").write_text("/x,1,0")
    found.reload()
    assert found.allowed_paths == (AllowedPath("/x", shared=True, writable=False),)


@pytest.mark.parametrize(
    ("files", "wrong"),
    [
        ({"client_id": f"{ID}\n{ID}"}, "client-id.txt: must have one line"),
        ({"client_id": "mine"}, "client-id.txt: must have the id of the collection, a UUID"),
        ({"client_id": ""}, "client-id.txt: is empty"),
        ({"gridmap": ""}, "gridmap: has no line"),
        ({"paths": "/a,1"}, "config-paths: line 1: must be a path and two flags"),
        ({"paths": "/a,0,2"}, "config-paths: line 1: the flags after the path must be 0 or 1"),
    ],
)
def test_a_damaged_file_is_told_of(tmp_path: Path, files: dict[str, str], wrong: str) -> None:
    install(tmp_path, **files)
    (problem,) = detected(tmp_path).problems
    assert wrong in str(problem)
    assert problem.file.startswith(str(tmp_path))


def test_an_installation_of_another_user_is_told_of(tmp_path: Path) -> None:
    install(tmp_path)
    (problem,) = detected(tmp_path, LOGNAME="okello").problems
    assert "of the user mwren of this machine, and this program is run by okello" in str(problem)


def test_what_is_no_file_is_told_of_and_not_waited_for(tmp_path: Path) -> None:
    lta = install(tmp_path)
    for name in ("client-id.txt", "gridmap", "config-paths"):
        (lta / name).unlink()
    os.mkfifo(lta / "client-id.txt")
    (lta / "gridmap").mkdir()
    (lta / "config-paths").symlink_to("config-paths")
    found = detected(tmp_path)
    assert found.problems[0].what == "is not a file"
    assert len(found.problems) == 3
    (lta / "client-id.txt").unlink()
    (lta / "client-id.txt").write_bytes(b"x" * (2 << 20))
    (lta / "config-paths").unlink()
    (lta / "config-paths").write_bytes(b"~/,0,1\n\xff")
    found.reload()
    assert [each.what for each in found.problems][::2] == [
        "is larger than 1,048,576 bytes",
        "is not UTF-8 text, at byte 7",
    ]


def test_files_that_may_not_be_read_are_told_of(tmp_path: Path) -> None:
    lta = install(tmp_path)
    (lta / "client-id.txt").chmod(0)
    tmp_path.chmod(0o755)
    root = os.geteuid() == 0
    if root:
        for parent in (tmp_path, *tmp_path.parents[:-2]):
            parent.chmod(stat.S_IMODE(parent.stat().st_mode) | 0o055)
        os.seteuid(65534)
    try:
        found = detected(tmp_path)
    finally:
        if root:
            os.seteuid(0)
    assert found.endpoint_id is None
    assert "cannot be read: Permission denied; it belongs to " in str(found.problems[0])


DAMAGED = st.one_of(
    st.none(), st.binary(max_size=200), st.text(max_size=100).map(lambda text: text.encode(errors="replace"))
)


@given(files=st.tuples(DAMAGED, DAMAGED, DAMAGED), platform=st.sampled_from(["linux", "darwin", "win32"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_damage_makes_it_raise(tmp_path: Path, files: tuple[bytes | None, ...], platform: str) -> None:
    folder = tmp_path / ("Globus Connect" if platform == "win32" else ".globusonline/lta")
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in zip(("client-id.txt", "gridmap", "config-paths"), files, strict=True):
        (folder / name).unlink(missing_ok=True)
        if content is not None:
            (folder / name).write_bytes(content)
    environ = {"HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}
    found = LocalGlobusConnectPersonal.detect(environ=environ, platform=platform)
    assert found is not None
    told = {os.path.basename(each.file) for each in found.problems}
    assert (found.endpoint_id is None) == ("client-id.txt" in told)
    assert (found.get_owner_info() is None) == ("gridmap" in told)
    assert found.allowed_paths is not None or told & {"config-paths", "Globus Connect"}


def test_paths_outside_the_allowed_ones_are_refused_with_the_file_to_edit(tmp_path: Path) -> None:
    lta = install(tmp_path, paths="~/,0,1\n~/ro,0,0\n")
    found = detected(tmp_path)
    assert found.to_collection_path("x") == f"{tmp_path}/x"
    assert found.to_collection_path("~/ro/x") == f"{tmp_path}/ro/x"
    assert found.is_allowed("~/x", write=True) is True
    assert found.is_allowed("~/ro/x", write=True) is False
    with pytest.raises(
        GlobusUsageError, match=r"'/srv/x' is not in a path .*\(~/, ~/ro\); add the line \"/srv/x,0,0\" to"
    ) as caught:
        found.to_collection_path("/srv/x")
    assert str(lta / "config-paths") in str(caught.value)
    with pytest.raises(GlobusUsageError, match="allowed for reading only; end its line in"):
        found.to_collection_path("~/ro/x", write=True)
    assert found.to_collection_path("/srv/x", check=False) == "/srv/x"
    (tmp_path / "out").symlink_to("/etc")
    assert found.is_allowed("~/out/passwd") is False
    # A line that cannot be read may be the one.
    (lta / "config-paths").write_text("~/,0,1\n/srv,x\n")
    found.reload()
    assert (found.is_allowed("/srv/x"), found.is_allowed("~/x")) == (None, True)
    assert found.to_collection_path("/srv/x") == "/srv/x"


def answer(document: dict[str, Any]) -> httpx.MockTransport:
    return httpx.MockTransport(lambda request: httpx.Response(200, json={**document, "asked": str(request.url)}))


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize(
    ("gridmap", "query"), [(GRIDMAP, f"ids={OWNER}"), (NAMED, "usernames=mwren%40globusid.org&provision=false")]
)
async def test_the_owner_is_looked_up(tmp_path: Path, gridmap: str, query: str) -> None:
    install(tmp_path, gridmap=gridmap)
    found = detected(tmp_path)
    document = {"identities": [{"id": OWNER, "username": "mwren@globusid.org"}]}
    token = AccessTokenAuthorizer("t")
    with httpx.Client(transport=answer(document)) as http:
        identity = found.get_owner_info(AuthClient(authorizer=token, http_client=http))
    async with httpx.AsyncClient(transport=answer(document)) as async_http:
        same = await found.get_owner_info(AsyncAuthClient(authorizer=token, http_client=async_http))
    assert identity is not None
    assert identity == same
    assert (identity.id, identity.http.url.partition("?")[2]) == (OWNER, query) if identity.http else True
    install(tmp_path / "b", gridmap="")
    nobody = detected(tmp_path / "b")
    with httpx.Client(transport=answer({})) as http:
        assert nobody.get_owner_info(AuthClient(authorizer=token, http_client=http)) is None
    async with httpx.AsyncClient(transport=answer({})) as async_http:
        assert await nobody.get_owner_info(AsyncAuthClient(authorizer=token, http_client=async_http)) is None


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"gcp_connected": True, "gcp_paused": False}, "connected"),
        ({"gcp_connected": True, "gcp_paused": True}, "paused"),
        ({"gcp_connected": False, "gcp_paused": False}, "offline"),
        ({"gcp_connected": None}, "unknown"),
    ],
)
async def test_globus_knows_whether_it_runs(tmp_path: Path, fields: dict[str, Any], status: GCPStatus) -> None:
    install(tmp_path)
    found = detected(tmp_path)
    token = AccessTokenAuthorizer("t")
    document = {"DATA_TYPE": "endpoint", "id": ID, **fields}
    install(tmp_path / "b", client_id="")
    with httpx.Client(transport=answer(document)) as http:
        client = TransferClient(token, http_client=http)
        assert found.status(client) == status
        assert detected(tmp_path / "b").status(client) == "unknown"
    async with httpx.AsyncClient(transport=answer(document)) as async_http:
        async_client = AsyncTransferClient(token, http_client=async_http)
        assert await found.status(async_client) == status
        assert await detected(tmp_path / "b").status(async_client) == "unknown"


def test_its_command_knows_too(tmp_path: Path) -> None:
    install(tmp_path)
    asked: list[Sequence[str]] = []

    def run(command: Sequence[str]) -> str | None:
        asked.append(command)
        return "Globus Online:   connected\nTransfer Status: idle\n"

    assert detected(tmp_path, PATH=str(tmp_path)).status(run=run) == "unknown"
    assert asked == []
    program = tmp_path / "globusconnectpersonal"
    program.write_text("#!/bin/sh\necho Globus Online:   disconnected\n")
    program.chmod(0o755)
    found = detected(tmp_path, PATH=str(tmp_path))
    assert found.status(run=run) == "connected"
    assert asked == [[str(program), "-status"]]
    assert found.status() == "offline"
    other = LocalGlobusConnectPersonal(config_dir="/gcp", environ={"PATH": str(tmp_path)}, platform="linux")
    assert other.status(run=run) == "connected"
    assert asked[1] == [str(program), "-dir", "/gcp", "-status"]
    assert other.status(run=lambda command: None) == "unknown"
    mac = LocalGlobusConnectPersonal(environ={"PATH": str(tmp_path)}, platform="darwin")
    assert mac.status(run=run) == "unknown"
    assert ask_command([str(tmp_path / "none")]) is None
    assert "3.1" in str(ask_command([sys.executable, "-c", "import sys; print(sys.version)"]))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Globus Online:   connected\nTransfer Status: idle", "connected"),
        ("Globus Online:   disconnected\nTransfer Status: idle", "offline"),
        ("Globus Online: connected\nTransfer Status: paused", "paused"),
        ("Globus Connect Personal is not running", "offline"),
        ("No Globus Connect Personal running", "offline"),
        ("not connected", "offline"),
        ("usage: …", "unknown"),
        ("", "unknown"),
    ],
)
def test_what_the_command_prints(text: str, status: GCPStatus) -> None:
    assert read_status(text) == status


def test_the_surroundings_are_those_of_the_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.chdir(tmp_path)
    found = LocalGlobusConnectPersonal()
    assert found.endpoint_id == ID
    assert found.to_collection_path("x") == f"{tmp_path}/x"


def test_the_rest_of_the_environment_is_not_kept(tmp_path: Path) -> None:
    install(tmp_path)
    found = detected(tmp_path, GLOBUS_SDK_TRANSFER_TOKEN="the-secret")
    assert "the-secret" not in repr(vars(found)) + repr(found)


@pytest.mark.parametrize("gridmap", [GRIDMAP, NAMED, "", f"# none\n{NAMED}{GRIDMAP}", GRIDMAP.replace('"', "")])
def test_it_says_what_globus_sdk_says(tmp_path: Path, gridmap: str) -> None:
    lta = install(tmp_path, gridmap=gridmap)
    theirs = globus_sdk.LocalGlobusConnectPersonal(config_dir=str(lta.parent))
    ours = LocalGlobusConnectPersonal(config_dir=str(lta.parent))
    assert ours.config_dir == theirs.config_dir
    assert ours.endpoint_id == theirs.endpoint_id == ID
    expected, owner = theirs.get_owner_info(), ours.get_owner_info()
    if expected is None:
        assert owner is None
    else:
        assert isinstance(expected, globus_sdk.GlobusConnectPersonalOwnerInfo)
        assert owner is not None
        assert (owner.id, owner.username) == (expected.id, expected.username)
    del ours.endpoint_id, theirs.endpoint_id
    (lta / "client-id.txt").unlink()
    assert ours.endpoint_id is theirs.endpoint_id is None
