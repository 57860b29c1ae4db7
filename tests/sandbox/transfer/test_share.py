"""Sharing, and directories that are to be there, with clients of an app and of tokens, at a sandbox."""

from datetime import timedelta

import pytest

from globus_typed import (
    AccessTokenAuthorizer,
    AsyncTransferClient,
    AuthClient,
    GlobusUsageError,
    NotFoundError,
    PermissionDeniedError,
    TransferAPIError,
    TransferClient,
    UserApp,
)
from globus_typed.sandbox import Sandbox
from globus_typed.transfer import SharedEndpointCreate

LARK = "lark@sandbox.example"


def guest(client: TransferClient, sandbox: Sandbox) -> str:
    made = client.create_shared_endpoint(
        SharedEndpointCreate(host_endpoint=sandbox.source.id, host_path="/~/project1/", display_name="Project 1")
    )
    return made.id


def test_a_directory_is_shared_by_username_and_taken_back(globus_sandbox: Sandbox, globus_app: UserApp) -> None:
    lark = globus_sandbox.add_user(LARK)
    with (
        TransferClient(app=globus_app) as client,
        TransferClient(AccessTokenAuthorizer(globus_sandbox.access_token(user=lark))) as theirs,
    ):
        collection = guest(client, globus_sandbox)
        assert client.ensure_directory(collection, "/for lark/run 7") == ["/for lark", "/for lark/run 7"]
        with pytest.raises(PermissionDeniedError):
            theirs.exists(collection, "/for lark/run 7")
        rule = client.share(collection, "/for lark", with_=LARK, expires=timedelta(days=30))
        assert (rule.principal, rule.path, rule.permissions) == (lark.id, "/for lark/", "r")
        assert rule.expiration_date is not None
        assert theirs.exists(collection, "/for lark/run 7", type="dir")
        with pytest.raises(PermissionDeniedError):
            theirs.ensure_directory(collection, "/for lark/more")
        wider = client.share(collection, "/for lark/", with_=LARK, permissions="rw", update=True)
        assert (wider.id, wider.expiration_date) == (rule.id, None)
        assert theirs.ensure_directory(collection, "/for lark/more/and/more") == [
            "/for lark/more",
            "/for lark/more/and",
            "/for lark/more/and/more",
        ]
        assert client.unshare(collection, "/for lark", with_=lark.id) == wider
        assert client.unshare(collection, "/for lark", with_=LARK) is None
        with pytest.raises(PermissionDeniedError):
            theirs.exists(collection, "/for lark/run 7")


def test_somebody_new_is_given_an_identity(globus_sandbox: Sandbox) -> None:
    transfer = AccessTokenAuthorizer(globus_sandbox.access_token())
    auth = AccessTokenAuthorizer(globus_sandbox.access_token("openid"))
    with TransferClient(transfer) as client, AuthClient(authorizer=auth) as auth_client:
        collection = guest(client, globus_sandbox)
        with pytest.raises(GlobusUsageError, match="auth_client="):
            client.share(collection, "/", with_="new@sandbox.example")
        with pytest.raises(GlobusUsageError, match="knows no identity"):
            client.unshare(collection, "/", with_="new@sandbox.example", auth_client=auth_client)
        rule = client.share(collection, "/", with_="new@sandbox.example", auth_client=auth_client)
        (identity,) = auth_client.get_identities(usernames="new@sandbox.example").identities
        assert (rule.principal, identity.status) == (identity.id, "unused")
        assert client.unshare(collection, rule) == rule


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_async_clients_of_an_app_share_too(globus_sandbox: Sandbox, globus_app: UserApp) -> None:
    lark = globus_sandbox.add_user(LARK)
    async with AsyncTransferClient(app=globus_app) as client:
        made = await client.create_shared_endpoint(
            SharedEndpointCreate(host_endpoint=globus_sandbox.source.id, host_path="/~/", display_name="All")
        )
        rule = await client.share(made.id, "/project1", with_=LARK)
        assert (rule.principal, rule.path) == (lark.id, "/project1/")
        by_id = await client.share(made.id, "/", with_=lark.id)
        assert by_id.principal_type == "identity"
        assert await client.unshare(made.id, "/project1/", with_=LARK) == rule
        with pytest.raises(NotFoundError):
            await client.share(made.id, "/nothing", with_=LARK)


def test_directories_and_what_is_there(globus_sandbox: Sandbox, globus_transfer_client: TransferClient) -> None:
    client, here = globus_transfer_client, globus_sandbox.destination
    assert client.ensure_directory(here.id, "/~/a/b/c/") == ["/~/a", "/~/a/b", "/~/a/b/c"]
    assert client.ensure_directory(here.id, "/a/b") == client.ensure_directory(here.id, "/") == []
    (here.root / "a" / "file").write_text("x")
    (here.root / "a" / "link").symlink_to("b")
    (here.root / "a" / "broken").symlink_to("none")
    assert client.ensure_directory(here.id, "/a/link/d") == ["/a/link/d"]
    assert client.ensure_directory(here.id, "/a/link") == []
    with pytest.raises(TransferAPIError) as caught:
        client.ensure_directory(here.id, "/a/file")
    assert caught.value.code == "ExternalError.MkdirFailed.Exists"
    with pytest.raises(TransferAPIError):
        client.ensure_directory(here.id, "/a/file/below/it")
    found = {
        path: (client.exists(here.id, path), client.exists(here.id, path, type="dir"))
        for path in ("/", "/a", "/a/", "/a/file", "/a/link", "/a/broken", "/a/none", "/a/file/x", "/none/x")
    }
    assert found == {
        "/": (True, True),
        "/a": (True, True),
        "/a/": (True, True),
        "/a/file": (True, False),
        "/a/link": (True, True),
        "/a/broken": (False, False),
        "/a/none": (False, False),
        "/a/file/x": (False, False),
        "/none/x": (False, False),
    }
    with pytest.raises(NotFoundError):
        client.exists("7a1d3c52-0b6e-4f19-9c44-3e8a51d2ffff", "/")
