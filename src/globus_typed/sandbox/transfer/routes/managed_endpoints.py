"""Routes of the endpoint manager: endpoints that the caller monitors or manages, what they host, who may reach them."""

from fastapi import APIRouter

from globus_typed.sandbox.described import described
from globus_typed.sandbox.transfer.responses import Answer, selected
from globus_typed.sandbox.transfer.routes.access import access_documents
from globus_typed.sandbox.transfer.routes.call import State, User
from globus_typed.sandbox.transfer.routes.queries import Fields, Filters, OrderBy, chosen
from globus_typed.sandbox.transfer.store.collections import endpoint_document

router: APIRouter = APIRouter(prefix="/endpoint_manager")

_KEYS = ("id", "display_name", "owner_id", "owner_string", "entity_type")


@router.get("/monitored_endpoints", **described("List the endpoints that the caller may watch", answer="EndpointList"))
async def endpoint_manager_monitored_endpoints(
    state: State, user: User, filter: Filters = None, orderby: OrderBy = None, fields: Fields = None
) -> Answer:
    """The endpoints on which the caller has the role activity_monitor, or one that is worth it."""
    monitored = [each for each in state.collections() if each.has_role(user, "activity_monitor")]
    in_use = state.in_use(user)
    documents = [endpoint_document(each, user, in_use=each.id in in_use) for each in monitored]
    listed = chosen(documents, filter, orderby, fields, keys=_KEYS)
    return Answer({"DATA_TYPE": "monitored_endpoints", "length": len(listed), "DATA": listed})


@router.get("/endpoint/{endpoint_id}", **described("Give an endpoint to one who watches it", answer="Endpoint"))
async def endpoint_manager_get_endpoint(state: State, user: User, endpoint_id: str, fields: Fields = None) -> Answer:
    collection = state.collection(user, endpoint_id, role="activity_monitor")
    return Answer(selected(endpoint_document(collection, user, in_use=collection.id in state.in_use(user)), fields))


@router.get(
    "/endpoint/{endpoint_id}/hosted_endpoint_list",
    **described("List all guest collections on an endpoint", answer="EndpointList"),
)
async def endpoint_manager_hosted_endpoint_list(
    state: State, user: User, endpoint_id: str, filter: Filters = None, orderby: OrderBy = None, fields: Fields = None
) -> Answer:
    """All guest collections on a host that the caller monitors."""
    host = state.collection(user, endpoint_id, role="activity_monitor")
    in_use = state.in_use(user)
    hosted = [each for each in state.collections() if each.host is host]
    documents = [endpoint_document(each, user, in_use=each.id in in_use) for each in hosted]
    listed = chosen(documents, filter, orderby, fields, keys=_KEYS)
    return Answer({"DATA_TYPE": "endpoint_list", "length": len(listed), "DATA": listed})


@router.get(
    "/endpoint/{endpoint_id}/access_list",
    **described("List access rules to one who watches the endpoint", answer="AccessRuleList"),
)
async def endpoint_manager_acl_list(
    state: State, user: User, endpoint_id: str, filter: Filters = None, orderby: OrderBy = None, fields: Fields = None
) -> Answer:
    """The access rules of a collection, for those who monitor it."""
    collection = state.collection(user, endpoint_id, role="activity_monitor")
    keys = ("id", "principal_type", "principal", "path", "permissions", "role_id", "role_type")
    listed = chosen(access_documents(collection), filter, orderby, fields, keys=keys)
    return Answer({"DATA_TYPE": "access_list", "endpoint": collection.id, "length": len(listed), "DATA": listed})
