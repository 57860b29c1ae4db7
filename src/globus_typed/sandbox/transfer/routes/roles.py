"""Routes of the roles on a collection."""

from typing import Literal

from fastapi import APIRouter, Request

from globus_typed.sandbox.auth.state import SandboxUser
from globus_typed.sandbox.described import described
from globus_typed.sandbox.transfer.errors import TransferRefused
from globus_typed.sandbox.transfer.fields import principal_of
from globus_typed.sandbox.transfer.request_bodies import Body, read
from globus_typed.sandbox.transfer.responses import Answer, result, selected
from globus_typed.sandbox.transfer.routes.call import State, User
from globus_typed.sandbox.transfer.routes.queries import Fields, Filters, OrderBy, chosen
from globus_typed.sandbox.transfer.state import TransferState
from globus_typed.sandbox.transfer.store.collections import SandboxCollection
from globus_typed.sandbox.transfer.store.permissions import Role, RoleName

router: APIRouter = APIRouter(prefix="/endpoint/{endpoint_id}")


class RoleBody(Body):
    """The body of `POST /endpoint/<id>/role`."""

    DATA_TYPE: Literal["role"]
    principal_type: Literal["identity", "group"]
    principal: str
    role: RoleName


@router.get("/role_list", **described("List roles", answer="RoleList"))
async def endpoint_role_list(
    state: State, user: User, endpoint_id: str, filter: Filters = None, orderby: OrderBy = None, fields: Fields = None
) -> Answer:
    """The roles on a collection; the owner has the role administrator from the beginning."""
    collection = state.collection(user, endpoint_id, role="administrator")
    documents = [role.document() for role in collection.permissions.roles()]
    listed = chosen(documents, filter, orderby, fields, keys=("id", "principal_type", "principal", "role"))
    return Answer({"DATA_TYPE": "role_list", "DATA": listed})


@router.post("/role", **described("Give a role", answer="Role", body="RoleCreate", read_by=RoleBody, status=201))
async def add_endpoint_role(request: Request, state: State, user: User, endpoint_id: str) -> Answer:
    body = read(RoleBody, await request.body())
    collection = state.collection(user, endpoint_id, role="administrator")
    if collection.subscription_id is None:
        message = f"Endpoint '{endpoint_id}' has no subscription, which roles need"
        raise TransferRefused(409, "Conflict", message)
    role = Role(body.principal_type, principal_of(body.principal_type, body.principal), body.role)
    if not collection.permissions.add_role(role):
        raise TransferRefused(409, "Exists", f"This principal has the role {role.role} on endpoint '{endpoint_id}'")
    return Answer(role.document(), 201)


@router.get("/role/{role_id}", **described("Give a role that there is", answer="Role"))
async def get_endpoint_role(state: State, user: User, endpoint_id: str, role_id: str, fields: Fields = None) -> Answer:
    _, role = _role(state, user, endpoint_id, role_id)
    return Answer(selected(role.document(), fields))


@router.delete("/role/{role_id}", **described("Take a role away", answer="Result"))
async def delete_endpoint_role(request: Request, state: State, user: User, endpoint_id: str, role_id: str) -> Answer:
    collection, role = _role(state, user, endpoint_id, role_id)
    if (role.role, role.principal) == ("administrator", collection.owner.id):
        raise TransferRefused(409, "Conflict", "The owner of an endpoint is always its administrator")
    collection.permissions.remove_role(role.id)
    return Answer(result(request, "Deleted", "Role deleted successfully"))


def _role(state: TransferState, user: SandboxUser, endpoint_id: str, role_id: str) -> tuple[SandboxCollection, Role]:
    collection = state.collection(user, endpoint_id, role="administrator")
    for role in collection.permissions.roles():
        if role.id == role_id.lower():
            return collection, role
    raise TransferRefused(404, "RoleNotFound", f"Endpoint '{endpoint_id}' has no role '{role_id}'")
