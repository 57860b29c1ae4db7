"""Tunnels, stream access points, bookmarks of version 2 and symlinks through this package's own clients."""

import uuid
from datetime import timedelta

import anyio
import pytest
from pydantic import ValidationError

from globus_typed import (
    AccessTokenAuthorizer,
    AsyncTransferClient,
    AuthenticationError,
    ConflictError,
    ConsentRequiredError,
    NotFoundError,
    Request,
    TransferAPIError,
    TransferClient,
)
from globus_typed.sandbox import Sandbox
from globus_typed.transfer import BookmarkV2Create, BookmarkV2Update, Result, TunnelCreate, TunnelUpdate


def client(sandbox: Sandbox) -> TransferClient:
    return TransferClient(AccessTokenAuthorizer(sandbox.access_token()))


def test_a_tunnel_from_its_making_to_its_end(globus_sandbox: Sandbox) -> None:
    with client(globus_sandbox) as tc:
        found = {point.attributes.display_name: point.id for point in tc.list_stream_access_points()}
        initiator, listener = found["Sandbox Stream Out"], found["Sandbox Stream In"]
        point = tc.get_stream_access_point(listener)
        assert point.relationships.host_endpoint is not None
        assert point.relationships.host_endpoint.resource is not None
        assert point.relationships.host_endpoint.resource.id == globus_sandbox.destination.id

        data = TunnelCreate(listener=listener, initiator=initiator, label="feed", lifetime_mins=10)
        tunnel = tc.create_tunnel(data)
        assert tunnel.attributes.state == "AWAITING_LISTENER"
        assert (tunnel.attributes.label, tunnel.attributes.submission_id) == ("feed", data.submission_id)
        assert tunnel.attributes.created_time is not None
        assert tunnel.attributes.created_time.utcoffset() == timedelta(0)
        assert tunnel.relationships.owner is not None
        assert tunnel.relationships.owner.resource is not None
        assert tunnel.relationships.owner.resource.id == globus_sandbox.user.id
        assert tc.create_tunnel(data).id == tunnel.id

        with pytest.raises(ConflictError, match="has not stopped") as caught:
            tc.delete_tunnel(tunnel.id)
        assert isinstance(caught.value, TransferAPIError)
        assert caught.value.request_id == caught.value.http.headers["X-Request-Id"]
        tc.update_tunnel(tunnel.id, TunnelUpdate(listener_ip_address="198.51.100.7", listener_port=40001, label=None))
        active = tc.get_tunnel(tunnel.id).attributes
        assert (active.state, active.label, active.listener_port) == ("ACTIVE", None, 40001)
        assert tc.update_tunnel(tunnel.id, TunnelUpdate(state="STOPPING")).attributes.state == "STOPPING"
        codes = [event.code for event in tc.get_tunnel_events(tunnel.id)]
        assert codes == ["STARTED", "TUNNEL_ACTIVE", "TUNNEL_STOPPED"]
        by_code = tc.get_tunnel_events(tunnel.id, None, query_params={"filter[code_name]": "TUNNEL_ACTIVE"})
        assert [event.details for event in by_code] == ["Both ends are joined"]
        assert [each.attributes.state for each in tc.list_tunnels()] == ["STOPPED"]
        assert tc.delete_tunnel(tunnel.id).resource is None
        with pytest.raises(NotFoundError, match="You have no tunnel"):
            tc.get_tunnel(tunnel.id)


def test_the_confidential_app_makes_tunnels_too(globus_sandbox: Sandbox) -> None:
    token = globus_sandbox.access_token(user=globus_sandbox.app_identity)
    with TransferClient(AccessTokenAuthorizer(token)) as tc:
        initiator, listener = tc.list_stream_access_points()
        names = [point.attributes.display_name for point in (initiator, listener)]
        assert names == ["Sandbox Stream Out", "Sandbox Stream In"]
        assert globus_sandbox.listener.id not in (initiator.id, listener.id)
        tunnel = tc.create_tunnel(TunnelCreate(listener=listener.id, initiator=initiator.id))
        assert tunnel.relationships.owner is not None
        assert tunnel.relationships.owner.resource is not None
        assert tunnel.relationships.owner.resource.id == globus_sandbox.client_id


def test_lists_are_walked_by_their_links(globus_sandbox: Sandbox) -> None:
    with client(globus_sandbox) as tc:
        listener, initiator = globus_sandbox.listener.id, globus_sandbox.initiator.id
        made = [tc.create_tunnel(TunnelCreate(listener=listener, initiator=initiator)).id for _ in range(5)]
        two = {"page[limit]": 2}
        assert [len(page) for page in tc.list_tunnels(None, query_params=two).pages()] == [2, 2, 1]
        assert [tunnel.id for tunnel in tc.list_tunnels(None, query_params=two)] == made
        assert [tunnel.id for tunnel in tc.list_tunnels(3, query_params=two)] == made[:3]
        points = list(
            tc.list_stream_access_points(None, query_params={"page[limit]": "1", "filter[fulltext]": "sandbox"})
        )
        assert [point.id for point in points] == [initiator, listener]
        for state in ("one", "two"):
            tc.update_tunnel(made[0], TunnelUpdate(listener_ip_address="198.51.100.7", listener_port=1, label=state))
            tc.update_tunnel(made[0], TunnelUpdate(listener_port=None))
        events = tc.get_tunnel_events(made[0], None, query_params={"page[limit]": 1, "filter[is_error]": False})
        assert [event.code for event in events] == ["STARTED", "TUNNEL_ACTIVE"] * 2


def test_the_async_client_walks_them_too(globus_sandbox: Sandbox) -> None:
    async def walk() -> list[str]:
        async with AsyncTransferClient(AccessTokenAuthorizer(globus_sandbox.access_token())) as tc:
            return [point.id async for point in tc.list_stream_access_points(None, query_params={"page[limit]": 1})]

    assert anyio.run(walk) == [globus_sandbox.initiator.id, globus_sandbox.listener.id]


def test_refusals_are_the_exceptions_of_transfer(globus_sandbox: Sandbox) -> None:
    nowhere = str(uuid.uuid4())
    with client(globus_sandbox) as tc:
        for call in (tc.get_tunnel, tc.delete_tunnel, tc.get_stream_access_point):
            with pytest.raises(NotFoundError) as missing:
                call(nowhere)
            assert isinstance(missing.value, TransferAPIError)
            assert (missing.value.code, nowhere in missing.value.message) == ("ClientError.NotFound", True)
        with pytest.raises(NotFoundError, match=nowhere):
            tc.create_tunnel(TunnelCreate(listener=nowhere, initiator=globus_sandbox.initiator.id))
        with pytest.raises(ValidationError):
            tc.create_tunnel({"listener": nowhere})
    with TransferClient(AccessTokenAuthorizer("unknown")) as tc, pytest.raises(AuthenticationError):
        next(iter(tc.list_tunnels()))
    foreign = AccessTokenAuthorizer(globus_sandbox.access_token(["openid"]))
    with TransferClient(foreign) as tc, pytest.raises(ConsentRequiredError):
        next(iter(tc.list_stream_access_points()))


def test_tokens_expire() -> None:
    now = [1_700_000_000.0]
    with Sandbox(clock=lambda: now[0]) as sandbox:
        authorizer = AccessTokenAuthorizer(sandbox.access_token(lifetime=60))
        with TransferClient(authorizer, base_url=sandbox.url) as tc:
            assert list(tc.list_tunnels()) == []
            now[0] += 61
            with pytest.raises(AuthenticationError):
                list(tc.list_tunnels())


def test_a_symlink(globus_sandbox: Sandbox) -> None:
    here = globus_sandbox.source.id
    link = {"DATA_TYPE": "symlink", "symlink_target": "project1/", "path": "/~/latest"}
    with client(globus_sandbox) as tc:
        route = ("v0.10", "operation", "endpoint", here, "symlink")
        assert tc.send(Request("POST", route, Result, json=link)).code == "SymlinkCreated"
        (entry,) = (entry for entry in tc.operation_ls(here) if entry.name == "latest")
        assert (entry.type, entry.link_target) == ("dir", "project1/")
        assert [entry.name for entry in tc.operation_ls(here, path="/~/latest/")] == ["data", "readme.txt"]


def test_a_bookmark_with_its_collection(globus_sandbox: Sandbox) -> None:
    with client(globus_sandbox) as tc:
        made = tc.create_bookmark_v2(BookmarkV2Create(collection=globus_sandbox.source.id, name="gulls", path="/~/"))
        found = tc.get_bookmark_v2(made.id, include="collection")
        assert found.included is not None
        assert [each.attributes.display_name for each in found.included] == ["Sandbox Source"]
        assert found.relationships.collection is not None
        assert found.relationships.collection.resource is not None
        assert found.relationships.collection.resource.id == globus_sandbox.source.id
        tc.update_bookmark_v2(made.id, BookmarkV2Update(name="terns"))
        assert [(each.attributes.name, each.attributes.path) for each in tc.list_bookmarks_v2()] == [("terns", "/~/")]
        with pytest.raises(ConflictError, match="terns"):
            tc.create_bookmark_v2({"collection": globus_sandbox.source.id, "name": "terns", "path": "/~/x/"})
        assert tc.delete_bookmark_v2(made.id).meta is not None
        with pytest.raises(NotFoundError):
            tc.get_bookmark_v2(made.id)
