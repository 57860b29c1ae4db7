"""Routes of tunnels, which are of Transfer v2."""

from typing import Annotated, Literal, cast

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from globus_typed.sandbox.described import described
from globus_typed.sandbox.transfer.errors import bad_request
from globus_typed.sandbox.transfer.fields import Id
from globus_typed.sandbox.transfer.json_api import answer
from globus_typed.sandbox.transfer.request_bodies import Body, read
from globus_typed.sandbox.transfer.routes.call import State, User
from globus_typed.sandbox.transfer.routes.queries import Marker, PageLimit, link_page
from globus_typed.sandbox.transfer.store.streams import Changes, Plan

router: APIRouter = APIRouter(prefix="/tunnels")

_Address = Annotated[str, Field(min_length=1)]
_Port = Annotated[int, Field(ge=1, le=65535)]


class _AccessPointId(Body):
    type: Literal["StreamAccessPoint"]
    id: Id


class _AccessPoint(Body):
    data: _AccessPointId


class _Ends(Body):
    listener: _AccessPoint
    initiator: _AccessPoint


class _Attributes(Body):
    submission_id: Id
    label: str | None = None
    listener_ip_address: _Address | None = None
    listener_port: _Port | None = None
    lifetime_mins: Annotated[int, Field(ge=1, le=2**31 - 1)] = 360
    restartable: bool = False


class _Tunnel(Body):
    type: Literal["Tunnel"] = "Tunnel"
    attributes: _Attributes
    relationships: _Ends


class TunnelBody(Body):
    """The body of `POST /tunnels`."""

    data: _Tunnel


class _ChangedAttributes(Body):
    label: str | None = None
    listener_ip_address: _Address | None = None
    listener_port: _Port | None = None
    state: Literal["STOPPING"] = "STOPPING"


class _ChangedTunnel(Body):
    type: Literal["Tunnel"] = "Tunnel"
    id: str | None = None
    attributes: _ChangedAttributes


class TunnelUpdateBody(Body):
    """The body of a `PATCH` on a tunnel; only what is sent is changed."""

    data: _ChangedTunnel


@router.get("", **described("List the caller's tunnels", answer="TunnelList"))
async def list_tunnels(
    request: Request, state: State, user: User, marker: Marker = 0, limit: PageLimit = 100
) -> Response:
    return answer(link_page(request, state.streams.tunnels(user), marker, limit))


@router.post("", **described("Make a tunnel", answer="Tunnel", body="TunnelCreate", read_by=TunnelBody, status=201))
async def create_tunnel(request: Request, state: State, user: User) -> Response:
    body = read(TunnelBody, await request.body()).data
    ends = body.relationships
    plan = Plan(listener=ends.listener.data.id, initiator=ends.initiator.data.id, **body.attributes.model_dump())
    tunnel, new = state.streams.create_tunnel(user, plan)
    return answer({"data": tunnel.document()}, 201 if new else 200)


@router.get("/{tunnel_id}", **described("Give a tunnel", answer="Tunnel"))
async def get_tunnel(state: State, user: User, tunnel_id: str) -> Response:
    return answer({"data": state.streams.tunnel(user, tunnel_id).document()})


@router.patch(
    "/{tunnel_id}",
    **described("Change or stop a tunnel", answer="Tunnel", body="TunnelUpdate", read_by=TunnelUpdateBody),
)
async def update_tunnel(request: Request, state: State, user: User, tunnel_id: str) -> Response:
    body = read(TunnelUpdateBody, await request.body()).data
    if body.id is not None and body.id.lower() != tunnel_id.lower():
        raise bad_request("data.id", "it is not the id in the path")
    changes = cast("Changes", body.attributes.model_dump(exclude_unset=True, exclude={"state"}))
    stop = "state" in body.attributes.model_fields_set
    return answer({"data": state.streams.change_tunnel(user, tunnel_id, changes, stop=stop).document()})


@router.delete("/{tunnel_id}", **described("Delete a tunnel that has stopped", answer="TunnelDeleteResult"))
async def delete_tunnel(state: State, user: User, tunnel_id: str) -> Response:
    state.streams.delete_tunnel(user, tunnel_id)
    return answer({"data": None})


@router.get("/{tunnel_id}/events", **described("List what happened to a tunnel", answer="TunnelEventList"))
async def get_tunnel_events(
    request: Request,
    state: State,
    user: User,
    tunnel_id: str,
    code_name: Annotated[str | None, Query(alias="filter[code_name]")] = None,
    is_error: Annotated[bool | None, Query(alias="filter[is_error]")] = None,
    marker: Marker = 0,
    limit: PageLimit = 100,
) -> Response:
    if code_name is not None and is_error is not None:
        raise bad_request("filter[is_error]", "cannot be combined with filter[code_name]")
    events = [
        event
        for event in state.streams.tunnel(user, tunnel_id).events
        if code_name in (None, event.code) and is_error in (None, event.is_error)
    ]
    return answer(link_page(request, events, marker, limit, filters=("code_name", "is_error")))
