"""Routes of guest collections: make one on a host, and the lists of those that a host has."""

import base64
import binascii
import os
import uuid
from pathlib import Path as Directory
from typing import Annotated, Literal

from anyio.to_thread import run_sync
from fastapi import APIRouter, Query, Request

from globus_typed.sandbox.auth.state import Caller, SandboxUser
from globus_typed.sandbox.described import described
from globus_typed.sandbox.transfer.errors import TransferRefused, bad_request
from globus_typed.sandbox.transfer.fields import Id, Path
from globus_typed.sandbox.transfer.paths import parts_of
from globus_typed.sandbox.transfer.request_bodies import read
from globus_typed.sandbox.transfer.responses import Answer, Json, result
from globus_typed.sandbox.transfer.routes.call import Calling, State, User
from globus_typed.sandbox.transfer.routes.endpoint_changes import DisplayName, GuestFields, apply
from globus_typed.sandbox.transfer.routes.queries import Fields, Filters, OrderBy, chosen
from globus_typed.sandbox.transfer.state import TransferState
from globus_typed.sandbox.transfer.store.collections import SandboxCollection, endpoint_document

router: APIRouter = APIRouter()

_GUESTS = {
    "GCSv4_host": "GCSv4_share",
    "GCSv5_mapped_collection": "GCSv5_guest_collection",
    "GCSv5_guest_collection": "GCSv5_guest_collection",
}


class SharedEndpointBody(GuestFields):
    """The body of `POST /shared_endpoint`; the host is named by one of two fields."""

    DATA_TYPE: Literal["shared_endpoint"]
    display_name: DisplayName
    host_endpoint: Id | None = None
    host_endpoint_id: Id | None = None
    host_path: Path


@router.post(
    "/shared_endpoint",
    **described(
        "Make a guest collection",
        answer="EndpointCreateResult",
        body="SharedEndpointCreate",
        read_by=SharedEndpointBody,
        status=201,
    ),
)
async def create_shared_endpoint(request: Request, state: State, caller: Calling) -> Answer:
    body = read(SharedEndpointBody, await request.body())
    if (body.host_endpoint is None) is (body.host_endpoint_id is None):
        raise bad_request("host_endpoint", "the host is named by either host_endpoint or host_endpoint_id")
    host = state.collection(caller.user, body.host_endpoint or body.host_endpoint_id or "")
    guest = await run_sync(_share, state, caller, host, body)
    return Answer(
        result(
            request,
            "Created",
            "The shared endpoint was created successfully",
            data_type="endpoint_create_result",
            id=guest.id,
            canonical_name=guest.canonical_name,
            globus_connect_setup_key=None,
        ),
        201,
    )


def _share(
    state: TransferState, caller: Caller, host: SandboxCollection, body: SharedEndpointBody
) -> SandboxCollection:
    if not host.may_host:
        raise TransferRefused(409, "NotSupported", f"Endpoint '{host.id}' is a guest collection and cannot host others")
    user = caller.user
    host = state.reach(caller, host.id, write=True)
    state.refuse_without_consent(caller, host)
    tree = host.view(user, write=True)
    try:
        os.close(tree.directory(parts_of(body.host_path)))
        with tree.locate(parts_of(body.host_path)) as place:
            root = Directory(tree.root, *place.parts)
    except OSError as error:
        raise TransferRefused(400, "InvalidPath", f"host_path: {error.strerror}: {body.host_path!r}") from None
    guest = SandboxCollection(
        id=str(uuid.uuid4()),
        display_name=body.display_name,
        root=root,
        owner=user,
        entity_type=_GUESTS.get(host.entity_type, "GCP_guest_collection"),
        default_directory="/",
        host=host,
        host_path=body.host_path.rstrip("/") + "/",
        **state.surroundings(),
    )
    apply(state, guest, body)
    state.register(guest)
    return guest


def _guests(state: TransferState, host: SandboxCollection) -> list[SandboxCollection]:
    return [collection for collection in state.collections() if collection.host is host]


@router.get(
    "/endpoint/{endpoint_id}/my_shared_endpoint_list",
    **described("List the caller's guest collections on an endpoint", answer="EndpointList"),
)
async def my_shared_endpoint_list(
    state: State,
    user: User,
    endpoint_id: str,
    filter: Filters = None,
    orderby: OrderBy = None,
    fields: Fields = None,
) -> Answer:
    """The guest collections of the caller on a host."""
    host, in_use = _host(state, user, endpoint_id), state.in_use(user)
    mine = [guest for guest in _guests(state, host) if guest.owner.id == user.id]
    documents = [endpoint_document(guest, user, in_use=guest.id in in_use) for guest in mine]
    listed = chosen(documents, filter, orderby, fields, keys=("id", "display_name", "owner_id", "entity_type"))
    return Answer({"DATA_TYPE": "endpoint_list", "DATA": listed, "length": len(listed)})


@router.get(
    "/endpoint/{endpoint_id}/shared_endpoint_list",
    **described("List the ids of all guest collections on an endpoint", answer="SharedEndpointList"),
)
async def get_shared_endpoint_list(
    state: State,
    user: User,
    endpoint_id: str,
    max_results: Annotated[int, Query(ge=1, le=1000)] = 1000,
    next_token: str | None = None,
) -> Answer:
    """The guest collections on a host that the caller may see; the administrators of the host see all."""
    host = _host(state, user, endpoint_id)
    everything = host.has_role(user, "administrator")
    ids = sorted(guest.id for guest in _guests(state, host) if everything or guest.may_see(user))
    if next_token is not None:
        last = _last_seen(next_token)
        ids = [id for id in ids if id > last]
    page = ids[:max_results]
    more = len(ids) > len(page)
    document: Json = {
        "shared_endpoints": [{"id": id} for id in page],
        "next_token": base64.urlsafe_b64encode(page[-1].encode()).decode() if more else None,
    }
    return Answer(document)


def _host(state: TransferState, user: SandboxUser, id: str) -> SandboxCollection:
    host = state.collection(user, id)
    if not host.may_host:
        raise TransferRefused(409, "NotSupported", f"Endpoint '{id}' is a guest collection and hosts no others")
    return host


def _last_seen(token: str) -> str:
    try:
        return str(uuid.UUID(base64.urlsafe_b64decode(token).decode()))
    except (ValueError, binascii.Error):
        raise bad_request("next_token", f"not one that a page of this list gave: {token!r}") from None
