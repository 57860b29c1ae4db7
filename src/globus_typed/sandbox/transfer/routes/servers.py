"""Routes of the servers of an endpoint; only those of the retired kind GCSv4_host can be changed."""

from collections.abc import Mapping
from typing import Annotated, Literal

from fastapi import APIRouter, Request
from pydantic import AfterValidator, Field

from globus_typed.sandbox.auth.state import SandboxUser
from globus_typed.sandbox.described import described
from globus_typed.sandbox.transfer.errors import TransferRefused, bad_request
from globus_typed.sandbox.transfer.request_bodies import Body, read
from globus_typed.sandbox.transfer.responses import Answer, Json, result, selected
from globus_typed.sandbox.transfer.routes.call import State, User
from globus_typed.sandbox.transfer.routes.queries import Fields, Filters, OrderBy, chosen
from globus_typed.sandbox.transfer.state import TransferState
from globus_typed.sandbox.transfer.store.collections import SandboxCollection, server_documents

router: APIRouter = APIRouter(prefix="/endpoint/{endpoint_id}")


def _hostname(text: str) -> str:
    if not text or "/" in text or " " in text:
        raise ValueError("a host name or an IP address, without a scheme")
    return text


_Hostname = Annotated[str, AfterValidator(_hostname)]
_Port = Annotated[int, Field(ge=1, le=65535)]
_DataPort = Annotated[int, Field(ge=1024, le=65535)]


class _Settable(Body):
    DATA_TYPE: Literal["server"]
    port: _Port = 2811
    scheme: Literal["gsiftp", "ftp"] = "gsiftp"
    subject: str | None = None
    incoming_data_port_start: _DataPort | None = None
    incoming_data_port_end: _DataPort | None = None
    outgoing_data_port_start: _DataPort | None = None
    outgoing_data_port_end: _DataPort | None = None


class ServerBody(_Settable):
    """A server that is added to an endpoint."""

    hostname: _Hostname


class _Update(_Settable):
    hostname: _Hostname = ""


def add_server(collection: SandboxCollection, body: ServerBody) -> int:
    """Add a server to an endpoint; its number."""
    number = max(collection.servers, default=int(collection.id[:5], 16)) + 1
    collection.servers[number] = _document(number, body.model_dump())
    return number


def _document(number: int, values: Mapping[str, object]) -> Json:
    for way in ("incoming", "outgoing"):
        start, end = values[f"{way}_data_port_start"], values[f"{way}_data_port_end"]
        if (start is None) is not (end is None):
            field = f"{way}_data_port_{'start' if start is None else 'end'}"
            raise bad_request(field, "the start and the end of a range of ports are given together")
        if isinstance(start, int) and isinstance(end, int) and start > end:
            raise bad_request(f"{way}_data_port_end", f"less than {way}_data_port_start, which is {start}")
    return {
        "DATA_TYPE": "server",
        "id": number,
        **values,
        "uri": f"{values['scheme']}://{values['hostname']}:{values['port']}",
        "is_connected": True,
        "is_paused": False,
    }


@router.get("/server_list", **described("List servers", answer="ServerList"))
async def endpoint_server_list(
    state: State, user: User, endpoint_id: str, filter: Filters = None, orderby: OrderBy = None, fields: Fields = None
) -> Answer:
    collection = state.collection(user, endpoint_id)
    documents = server_documents(collection)
    listed = chosen(documents, filter, orderby, fields, keys=("id", "hostname", "port", "scheme", "uri"))
    return Answer({"DATA_TYPE": "endpoint_server_list", "endpoint": collection.id, "DATA": listed})


@router.get("/server/{server_id}", **described("Give a server", answer="Server"))
async def get_endpoint_server(
    state: State, user: User, endpoint_id: str, server_id: str, fields: Fields = None
) -> Answer:
    for document in server_documents(state.collection(user, endpoint_id)):
        if str(document["id"]) == server_id:
            return Answer(selected(document, fields))
    raise _not_found(endpoint_id, server_id)


@router.post(
    "/server",
    **described(
        "Add a server to an endpoint", answer="ServerAddResult", body="ServerCreate", read_by=ServerBody, status=201
    ),
)
async def add_endpoint_server(request: Request, state: State, user: User, endpoint_id: str) -> Answer:
    body = read(ServerBody, await request.body())
    number = add_server(_editable(state, user, endpoint_id), body)
    message = "The server was added to the endpoint successfully"
    return Answer(result(request, "Created", message, data_type="endpoint_server_add_result", id=number), 201)


@router.put(
    "/server/{server_id}", **described("Change a server", answer="Result", body="ServerUpdate", read_by=_Update)
)
async def update_endpoint_server(
    request: Request, state: State, user: User, endpoint_id: str, server_id: str
) -> Answer:
    body = read(_Update, await request.body())
    collection = _editable(state, user, endpoint_id)
    number = _known(collection, endpoint_id, server_id)
    collection.servers[number] = _document(number, collection.servers[number] | body.model_dump(exclude_unset=True))
    return Answer(result(request, "Updated", "The server was updated successfully"))


@router.delete("/server/{server_id}", **described("Delete a server", answer="Result"))
async def delete_endpoint_server(
    request: Request, state: State, user: User, endpoint_id: str, server_id: str
) -> Answer:
    collection = _editable(state, user, endpoint_id)
    number = _known(collection, endpoint_id, server_id)
    del collection.servers[number]
    return Answer(result(request, "Deleted", "The server was deleted successfully", id=number))


def _editable(state: TransferState, user: SandboxUser, endpoint_id: str) -> SandboxCollection:
    collection = state.collection(user, endpoint_id, role="administrator")
    if not collection.needs_activation:
        raise TransferRefused(
            409, "NotSupported", f"The servers of a {collection.entity_type} cannot be changed: '{endpoint_id}'"
        )
    return collection


def _known(collection: SandboxCollection, endpoint_id: str, server_id: str) -> int:
    if not server_id.isdecimal() or int(server_id) not in collection.servers:
        raise _not_found(endpoint_id, server_id)
    return int(server_id)


def _not_found(endpoint_id: str, server_id: str) -> TransferRefused:
    message = f"Endpoint '{endpoint_id}' has no server '{server_id}'"
    return TransferRefused(404, "ClientError.NotFound.ServerNotFound", message)
