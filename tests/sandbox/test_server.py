"""The running sandbox: what it starts, what it says, and what it leaves behind."""

import socket
import tempfile
import threading
from pathlib import Path

import httpx
import pytest
import uvicorn

from globus_typed import AccessTokenAuthorizer, GlobusError, GlobusUsageError, TransferClient
from globus_typed.sandbox import Sandbox


def test_it_answers_while_it_runs_and_leaves_nothing_behind() -> None:
    before = set(threading.enumerate())
    with Sandbox() as sandbox:
        root = sandbox.source.root
        assert httpx.get(f"{sandbox.url}/.well-known/openid-configuration").json()["issuer"] == sandbox.url
        assert (root / "project1" / "data" / "a.csv").is_file()
        assert not list(sandbox.destination.root.iterdir())
    assert not root.exists()
    assert set(threading.enumerate()) <= before
    with pytest.raises(httpx.ConnectError):
        httpx.get(sandbox.url)


def test_a_given_directory_stays_with_what_was_put_there(tmp_path: Path) -> None:
    with Sandbox(directory=tmp_path) as sandbox:
        (sandbox.destination.root / "result.txt").write_text("kept")
        assert tmp_path in sandbox.destination.root.parents
    with Sandbox(directory=tmp_path) as sandbox:
        assert (sandbox.destination.root / "result.txt").read_text() == "kept"


def test_a_port_that_is_taken_and_a_directory_that_is_none_are_refused_by_name(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(GlobusUsageError, match="port"), Sandbox(port=taken.getsockname()[1]):
            pass
    (tmp_path / "file").touch()
    with pytest.raises(GlobusUsageError, match="directory"), Sandbox(directory=tmp_path / "file"):
        pass


def test_it_can_be_stopped_twice_and_not_started_twice() -> None:
    sandbox = Sandbox()
    sandbox.start()
    with pytest.raises(GlobusUsageError, match="started"):
        sandbox.start()
    sandbox.stop()
    sandbox.stop()


def test_each_sandbox_is_a_world_of_its_own() -> None:
    with Sandbox() as one, Sandbox() as other:
        assert one.url != other.url
        with TransferClient(AccessTokenAuthorizer(one.access_token()), base_url=other.url) as tc:
            answer = httpx.get(f"{other.url}/v0.10/submission_id", headers={"Authorization": "Bearer x"})
            assert answer.status_code == 401
            with pytest.raises(Exception, match="401"):
                tc.get_submission_id()


def test_a_program_is_told_not_to_ask_a_proxy_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", "intern.example")
    with Sandbox() as sandbox:
        assert sandbox.environment["NO_PROXY"] == "intern.example,127.0.0.1"


def test_further_collections_can_be_added_and_made_public(globus_sandbox: Sandbox) -> None:
    colleague = globus_sandbox.add_user("colleague@sandbox.example")
    public = globus_sandbox.add_collection("Public Data", owner=colleague, public=True)
    private = globus_sandbox.add_collection("Private Data", owner=colleague)
    with TransferClient(AccessTokenAuthorizer(globus_sandbox.access_token())) as tc:
        found = {endpoint.id for endpoint in tc.endpoint_search("Data")}
    assert public.id in found
    assert private.id not in found


@pytest.mark.parametrize(
    ("path", "code"), [("/v0.10/nothing", "ClientError.NotFound"), ("/v2/api/nothing", "NOT_FOUND")]
)
def test_unknown_routes_are_answered_in_the_shape_of_their_service(
    globus_sandbox: Sandbox, path: str, code: str
) -> None:
    answer = httpx.get(globus_sandbox.url + path)
    document = answer.json()
    assert answer.status_code == 404
    assert (document["errors"][0] if "errors" in document else document)["code"] == code


def test_a_start_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = set(threading.enumerate())
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    async def give_up(*_: object) -> None:
        raise OSError

    def say_nothing(failure: threading.ExceptHookArgs) -> None:
        pass

    monkeypatch.setattr(uvicorn.Server, "startup", give_up)
    monkeypatch.setattr(threading, "excepthook", say_nothing)
    with pytest.raises(GlobusError, match="did not start"):
        Sandbox().start()
    assert set(threading.enumerate()) <= before
    assert not list(tmp_path.iterdir())
