"""Whose token goes where, what a login is asked for, and which files need none."""

import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from globus_typed import (
    AuthenticationError,
    CollectionFiles,
    CollectionLoginRequiredError,
    ConsentRequiredError,
    FilesAPIError,
    GlobusAPIError,
    GlobusAuthorizer,
    GlobusUsageError,
    LoginRequiredError,
    NotFoundError,
    PermissionDeniedError,
    RedirectedError,
    RetryPolicy,
    Scope,
)
from globus_typed.core.authorizers import NullAuthorizer
from globus_typed.core.http_info import Secret
from globus_typed.scopes.scope import scopes_to_text

from .collection import HTTPS_TOKEN, ID, TRANSFER_TOKEN, World
from .making import Pauses, open_files

TRANSFER = "transfer.api.globus.org"
HTTPS_SCOPE = f"https://auth.globus.org/scopes/{ID}/https"
DATA_ACCESS = f"https://auth.globus.org/scopes/{ID}/data_access"


class Known(NullAuthorizer):
    """An authorizer that finds its token in every process."""

    def __init__(self, resource_server: str) -> None:
        self.resource_server = resource_server

    def header(self) -> Any:
        return Secret(f"Bearer { ({TRANSFER: TRANSFER_TOKEN, ID: HTTPS_TOKEN}[self.resource_server]) }")


class App:
    """An app that has tokens, and notes what is required of it."""

    app_name = "an app"
    environment = "production"

    def __init__(self) -> None:
        self.required: dict[str, list[str]] = {}
        self.logins = 0
        self.helps = False

    def authorizer_for(self, resource_server: str, scopes: Any) -> GlobusAuthorizer:
        texts = [str(scope) for scope in Scope.parse_all(scopes_to_text(scopes))]
        known = self.required.setdefault(resource_server, [])
        known += [text for text in texts if text not in known]
        return Known(resource_server)

    def redrive(self, error: GlobusAPIError, logins_before: int, redriven: int) -> bool:
        self.logins += 1
        return self.helps and redriven == 0


@pytest.fixture
def app(world: World, monkeypatch: pytest.MonkeyPatch) -> App:
    monkeypatch.setenv("GLOBUS_SDK_SERVICE_URL_TRANSFER", world.url)
    return App()


def test_an_app_is_asked_for_all_that_is_needed_before_anything_is_sent(world: World, app: App) -> None:
    with CollectionFiles(ID, app=app):
        assert app.required[ID] == [HTTPS_SCOPE]
        assert TRANSFER in app.required
    assert not world.asked


def test_a_guest_collection_needs_no_data_access(world: World, app: App) -> None:
    world.put("/f", b"x")
    with CollectionFiles(ID.upper(), app=app) as files:
        assert files.read_bytes("/f") == b"x"
        assert (files.collection_id, files.https_server, files.app) == (ID, world.url, app)
    assert app.required[ID] == [HTTPS_SCOPE]
    assert world.asked == [ID]


@pytest.mark.parametrize("high_assurance", [False, True, None])
def test_a_mapped_collection_does_unless_it_is_for_high_assurance(
    world: World, app: App, high_assurance: bool | None
) -> None:
    world.entity_type, world.more = "GCSv5_mapped_collection", {"high_assurance": high_assurance}
    world.put("/f", b"x")
    with CollectionFiles(ID, app=app) as files:
        files.read_bytes("/f")
    needs = high_assurance is False
    assert app.required[ID] == [HTTPS_SCOPE, *([DATA_ACCESS] if needs else [])]
    transfer = [Scope(text) if "[" not in text else text for text in app.required[TRANSFER]]
    assert any(DATA_ACCESS in str(scope) for scope in transfer) == needs


def test_files_that_anybody_may_read_need_no_login(world: World, tmp_path: Path) -> None:
    world.public = True
    world.put("/f", b"x")
    with CollectionFiles.from_url(f"{world.url}/f") as files:
        assert files.read_bytes("/f") == b"x"
        assert files.download(f"{world.url}/f", tmp_path / "f").size == 1
        assert files.info("/f").size == 1
        assert (files.collection_id, files.https_server, files.app) == (None, world.url, None)
    assert {each.authorization for each in world.seen} == {None}
    assert not world.asked


def test_an_app_does_not_log_in_for_them(world: World, app: App) -> None:
    world.public = True
    world.put("/f", b"x")
    with CollectionFiles.from_url(f"{world.url}/f", app=app) as files:
        assert files.read_bytes("/f") == b"x"
    assert not app.required
    assert not world.asked


def test_the_collection_tells_its_id_where_a_login_is_needed(world: World, app: App, tmp_path: Path) -> None:
    world.put("/f", b"x")
    with CollectionFiles.from_url(f"{world.url}/f", app=app) as files:
        assert files.read_bytes("/f") == b"x"
        assert files.collection_id == ID
        files.upload(b"y", "/g")
        assert files.download("/g", tmp_path / "g").size == 1
    assert [each.authorization for each in world.seen][:2] == [None, f"Bearer {HTTPS_TOKEN}"]
    assert {each.authorization for each in world.seen[1:]} == {f"Bearer {HTTPS_TOKEN}"}
    assert app.required[ID] == [HTTPS_SCOPE]


def test_a_server_that_lies_about_its_collection_gets_no_token(world: World, app: App) -> None:
    world.https_server = "https://the-real-one.example"
    world.put("/f", b"x")
    with (
        CollectionFiles.from_url(f"{world.url}/f", app=app) as files,
        pytest.raises(GlobusUsageError, match=f"{world.url} is not the address of the collection {ID}"),
    ):
        files.read_bytes("/f")
    assert [each.authorization for each in world.seen] == [None]


def test_without_anybody_to_log_in_it_is_told(world: World) -> None:
    world.put("/f", b"x")
    with CollectionFiles.from_url(world.url) as files, pytest.raises(CollectionLoginRequiredError) as caught:
        files.read_bytes("/f")
    error = caught.value
    assert isinstance(error, LoginRequiredError)
    assert isinstance(error, FilesAPIError)
    assert (error.collection_id, error.resource_server, error.scopes) == (ID, ID, (HTTPS_SCOPE,))
    assert error.authorize_url is not None
    assert f"client_id={ID}" in error.authorize_url
    assert "the collection asks for a login" in str(error)
    assert "give app=…" in str(error)
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.scopes) == (type(error), str(error), error.scopes)
    assert len(world.seen) == 1


class Renewing(NullAuthorizer):
    """An authorizer whose first token is dead."""

    def __init__(self, *tokens: str) -> None:
        self.tokens = list(tokens)

    def header(self) -> Any:
        return Secret(f"Bearer {self.tokens[0]}")

    def reject(self, header: Secret | None) -> bool:
        if header == self.header() and len(self.tokens) > 1:
            del self.tokens[0]
            return True
        return False


@pytest.mark.parametrize("kind", ["401", "redirect"])
def test_a_dead_token_is_renewed_once(world: World, kind: str) -> None:
    world.put("/f", b"x")
    if kind == "redirect":
        world.fail(kind)
    with CollectionFiles(ID, https_server=world.url, authorizer=Renewing("dead", HTTPS_TOKEN)) as files:
        assert files.read_bytes("/f") == b"x"
    assert [each.authorization for each in world.seen] == ["Bearer dead", f"Bearer {HTTPS_TOKEN}"]
    world.seen.clear()
    with (
        CollectionFiles(ID, https_server=world.url, authorizer=Renewing("a", "b", "c")) as files,
        pytest.raises(LoginRequiredError) as caught,
    ):
        files.read_bytes("/f")
    assert isinstance(caught.value, AuthenticationError)
    assert "log in again" in str(caught.value)
    assert len(world.seen) == 2


def test_a_consent_that_is_missing_is_told_and_asked_for_once(world: World, app: App) -> None:
    world.put("/f", b"x")
    world.consent = {"code": "ConsentRequired", "authorization_parameters": {"required_scopes": [DATA_ACCESS]}}
    with CollectionFiles(ID, app=app) as files:
        world.fail("consent")
        with pytest.raises(ConsentRequiredError) as caught:
            files.read_bytes("/f")
        assert caught.value.required_scopes == (DATA_ACCESS,)
        assert isinstance(caught.value, PermissionDeniedError)
        assert isinstance(caught.value, FilesAPIError)
        app.helps = True
        world.fail("consent")
        assert files.read_bytes("/f") == b"x"
        assert app.logins == 2


def test_a_redirect_is_followed_without_a_token_and_never_with_one(world: World) -> None:
    world.put("/f", b"x")
    world.fail("elsewhere")
    with open_files(world) as files, pytest.raises(RedirectedError):
        files.read_bytes("/f")
    world.public = True
    world.put("/other", b"y")
    world.elsewhere = "/other"
    with CollectionFiles.from_url(world.url) as files:
        world.fail("elsewhere")
        assert files.read_bytes("/f") == b"y"
        world.fail("elsewhere", times=2)
        with pytest.raises(RedirectedError):
            files.read_bytes("/f")
        world.elsewhere = "http://other.example/f"
        world.fail("elsewhere")
        with pytest.raises(RedirectedError):
            files.read_bytes("/f")
        world.fail("elsewhere", "PUT")
        with pytest.raises(RedirectedError):
            files.upload(b"", "/f", atomic=False, overwrite=True)
    assert {each.authorization for each in world.seen[1:]} == {None}


def test_one_with_an_app_travels_without_secrets(world: World, app: App) -> None:
    world.put("/f", b"x")
    with CollectionFiles(ID, app=app, retry=RetryPolicy(max_retries=1), timeout=7) as files:
        files.read_bytes("/f")
        pickled = pickle.dumps(files)
        assert HTTPS_TOKEN.encode() not in pickled
        assert TRANSFER_TOKEN.encode() not in pickled
        with pickle.loads(pickled) as other:
            assert other.read_bytes("/f") == b"x"
            assert (other.collection_id, other.https_server) == (ID, world.url)
            with pytest.raises(NotFoundError):
                other.info("/none")


def test_a_program_that_does_not_use_it_does_not_pay_for_it() -> None:
    code = (
        "import globus_typed, sys; before = {*sys.modules}; from globus_typed import CollectionFiles; "
        f"files = CollectionFiles({ID!r}, https_server='https://h.example'); "
        "heavy = {'httpx', 'anyio', 'asyncio', 'ssl', 'fsspec', 'globus_typed.transfer.client', 'globus_typed.apps'}; "
        "print(heavy & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ})
    assert done.stdout.strip() == "set()"


def test_pauses_are_those_that_were_asked_for(world: World) -> None:
    pauses = Pauses()
    world.put("/f", b"x")
    world.fail("429")
    with open_files(world, pauses=pauses) as files:
        files.read_bytes("/f")
    assert pauses.seconds == [7]
