"""The main job from end to end, through the real clients: what a user's program does and finds."""

import hashlib
import threading
from pathlib import Path

import anyio
import httpx
import pytest

from globus_typed import (
    AccessTokenAuthorizer,
    AsyncNativeAppAuthClient,
    AsyncTransferClient,
    AuthAPIError,
    AuthenticationError,
    ConflictError,
    NativeAppAuthClient,
    PermissionDeniedError,
    RefreshTokenAuthorizer,
    TransferAPIError,
    TransferClient,
    TransferData,
)
from globus_typed.sandbox import Sandbox

AUTH = "openid"


def sums(root: Path) -> dict[str, str]:
    """The checksum of every file below a directory, by its place there."""
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file()
    }


def log_in(sandbox: Sandbox) -> tuple[NativeAppAuthClient, str]:
    """A native app, and a refresh token for Transfer that its user got it."""
    app = NativeAppAuthClient(sandbox.native_client_id)
    url = app.oauth2_start_flow(refresh_tokens=True).get_authorize_url()
    code = httpx.get(url, headers={"Accept": "text/plain"}).text
    token = app.oauth2_exchange_code_for_tokens(code).by_resource_server["transfer.api.globus.org"]
    assert token.refresh_token is not None
    return app, token.refresh_token


class Gate:
    """A pace that lets the mover do some files, and then holds it until it is opened."""

    def __init__(self, files: int) -> None:
        self.left = files
        self.reached = threading.Event()
        self.opened = threading.Event()

    def __call__(self, size: int) -> None:
        if size == 0 and self.left > 0:
            self.left -= 1
            return
        if self.left == 0:
            self.reached.set()
            self.opened.wait(timeout=60)


def test_a_thousand_files_cancelled_half_way_are_whole_after_a_sync(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = Gate(files=500)
    with Sandbox(pace=gate) as sandbox:
        for name, value in sandbox.environment.items():
            monkeypatch.setenv(name, value)
        source = sandbox.source.root / "many"
        for number in range(1000):
            path = source / f"{number % 7}" / f"näme {number}.bin"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(bytes([number % 251]) * (number * 37 % 9000))
        with TransferClient(AccessTokenAuthorizer(sandbox.access_token())) as tc:
            data = TransferData(sandbox.source.id, sandbox.destination.id, verify_checksum=True)
            data.add_item("/~/many/", "/~/many/", recursive=True)
            first = tc.submit_transfer(data)
            assert gate.reached.wait(timeout=60)
            # The mover is held, so that the cancel finds the task half done; it is let go once that is asked for.
            threading.Timer(0.0, gate.opened.set).start()
            tc.cancel_task(first.task_id)
            for task in tc.task_progress(first.task_id, polling_interval=0.01):
                assert task.status in ("ACTIVE", "FAILED")
            events = [event.code for event in tc.task_event_list(first.task_id, num_results=None)]
            assert "CANCELED" in events
            whole = sums(sandbox.destination.root / "many")
            assert 0 < len(whole) < 1000
            assert whole.items() <= sums(source).items()

            again = TransferData(sandbox.source.id, sandbox.destination.id, sync_level="checksum")
            again.add_item("/~/many/", "/~/many/", recursive=True)
            second = tc.submit_transfer(again)
            assert tc.task_wait(second.task_id, timeout=60, polling_interval=1)
            task = tc.get_task(second.task_id)
            assert (task.status, task.files_transferred, task.files_skipped) == (
                "SUCCEEDED",
                1000 - len(whole),
                len(whole),
            )
            copied = [t.source_path for t in tc.task_successful_transfers(second.task_id, num_results=None)]
            assert len(copied) == len(set(copied)) == 1000 - len(whole)
            assert not {f"/~/many/{name}" for name in whole} & set(copied)
        assert sums(sandbox.destination.root / "many") == sums(source)


def test_one_builder_is_one_task_and_another_document_with_its_id_a_conflict(globus_sandbox: Sandbox) -> None:
    with TransferClient(AccessTokenAuthorizer(globus_sandbox.access_token())) as tc:
        data = TransferData(globus_sandbox.source.id, globus_sandbox.destination.id)
        data.add_item("/~/welcome.txt", "/~/welcome.txt")
        first, again = tc.submit_transfer(data), tc.submit_transfer(data)
        assert (again.code, again.task_id) == ("Duplicate", first.task_id)
        data.label = "another document"
        with pytest.raises(ConflictError):
            tc.submit_transfer(data)


def test_a_wrong_document_sent_past_the_checks_is_refused_by_field_name(globus_sandbox: Sandbox) -> None:
    with TransferClient(AccessTokenAuthorizer(globus_sandbox.access_token())) as tc:
        document = {"DATA_TYPE": "transfer", "submission_id": tc.get_submission_id().value, "sync_levle": 3}
        with pytest.raises(TransferAPIError, match="sync_levle") as caught:
            tc.post("transfer", document)
        assert (caught.value.http_status, caught.value.code) == (400, "ClientError.BadRequest")


def test_tokens_that_are_wrong_expired_or_of_another_service_are_told_apart(globus_sandbox: Sandbox) -> None:
    expired = globus_sandbox.access_token(lifetime=0)
    foreign = globus_sandbox.access_token([AUTH])
    for token, error in (
        ("no-token", AuthenticationError),
        (expired, AuthenticationError),
        (foreign, PermissionDeniedError),
    ):
        with TransferClient(AccessTokenAuthorizer(token)) as tc, pytest.raises(error) as caught:
            tc.get_endpoint(globus_sandbox.source.id)
        assert isinstance(caught.value, TransferAPIError)
        assert caught.value.request_id


def test_an_expired_access_token_is_renewed_once_and_a_revoked_refresh_token_says_so(globus_sandbox: Sandbox) -> None:
    app, refresh_token = log_in(globus_sandbox)
    renewed: list[str] = []
    authorizer = RefreshTokenAuthorizer(
        refresh_token,
        app,
        access_token=globus_sandbox.access_token(lifetime=0),
        expires_at=4e9,  # what the program believes; the service knows better
        on_refresh=lambda tokens: renewed.append(tokens.resource_server),
    )
    with TransferClient(authorizer) as tc:
        assert tc.get_endpoint(globus_sandbox.source.id).display_name == "Sandbox Source"
    assert renewed == ["transfer.api.globus.org"]

    app.oauth2_revoke_token(refresh_token)
    with (
        TransferClient(RefreshTokenAuthorizer(refresh_token, app)) as tc,
        pytest.raises(AuthAPIError, match="invalid_grant"),
    ):
        tc.get_endpoint(globus_sandbox.source.id)


def test_a_hundred_async_calls_share_one_refresh_and_watch_a_transfer_end(globus_sandbox: Sandbox) -> None:
    _, refresh_token = log_in(globus_sandbox)
    renewed: list[str] = []

    async def main() -> None:
        app = AsyncNativeAppAuthClient(globus_sandbox.native_client_id)
        authorizer = RefreshTokenAuthorizer(
            refresh_token, app, on_refresh=lambda tokens: renewed.append(tokens.resource_server)
        )
        async with app, AsyncTransferClient(authorizer) as tc, anyio.create_task_group() as group:
            for _ in range(100):
                group.start_soon(tc.get_endpoint, globus_sandbox.source.id)

    anyio.run(main)
    assert renewed == ["transfer.api.globus.org"]


def test_files_are_listed_made_renamed_looked_at_and_deleted(globus_sandbox: Sandbox) -> None:
    here = globus_sandbox.source.id
    with TransferClient(AccessTokenAuthorizer(globus_sandbox.access_token())) as tc:
        tc.operation_mkdir(here, "/~/new dir/")
        tc.operation_rename(here, "/~/new dir/", "/~/renamed/")
        assert tc.operation_stat(here, "/~/renamed/").type == "dir"
        listing = tc.operation_ls(here, "/~/", filter={"type": "dir"}, orderby="name DESC")
        assert [entry.name for entry in listing] == ["renamed", "project1"]
        with pytest.raises(TransferAPIError, match="Exists"):
            tc.operation_mkdir(here, "/~/renamed/")
