"""Routes of the access rules of guest collections."""

from dataclasses import replace
from typing import Literal

from fastapi import APIRouter, Request

from globus_typed.sandbox.auth.state import SandboxUser
from globus_typed.sandbox.described import described
from globus_typed.sandbox.transfer.errors import TransferRefused, bad_request
from globus_typed.sandbox.transfer.fields import PathFromRoot, Time, principal_of, seconds_of
from globus_typed.sandbox.transfer.request_bodies import Body, read
from globus_typed.sandbox.transfer.responses import Answer, Json, result, selected, task_time
from globus_typed.sandbox.transfer.routes.call import State, User
from globus_typed.sandbox.transfer.routes.queries import Fields, Filters, OrderBy, chosen
from globus_typed.sandbox.transfer.state import TransferState
from globus_typed.sandbox.transfer.store.collections import SandboxCollection
from globus_typed.sandbox.transfer.store.permissions import AccessRule

router: APIRouter = APIRouter(prefix="/endpoint/{endpoint_id}")

_MOST_RULES = 1000

_KEYS = (
    "id",
    "principal_type",
    "principal",
    "path",
    "permissions",
    "role_id",
    "role_type",
    "create_time",
    "expiration_date",
)


class AccessBody(Body):
    """The body of `POST /endpoint/<id>/access`; the sandbox takes the two `notify_` fields and sends no mail."""

    DATA_TYPE: Literal["access"]
    principal_type: Literal["identity", "group", "all_authenticated_users", "anonymous"]
    principal: str
    path: PathFromRoot
    permissions: Literal["r", "rw"]
    expiration_date: Time | None = None
    notify_email: str | None = None
    notify_message: str | None = None


class AccessUpdateBody(Body):
    """The body of a `PUT`; what cannot be changed may be sent as it is."""

    DATA_TYPE: Literal["access"]
    id: str = ""
    principal_type: str = ""
    principal: str = ""
    path: str = ""
    permissions: Literal["r", "rw"] = "r"
    expiration_date: Time | None = None


def access_documents(collection: SandboxCollection) -> list[Json]:
    """The rules of a collection, and those that its roles are worth; none where files are not shared by rules."""
    if collection.host is None:
        return []
    roles = (role for role in collection.permissions.roles() if role.role in ("administrator", "access_manager"))
    return [role.access_document() for role in roles] + [rule.document() for rule in collection.permissions.rules()]


@router.get("/access_list", **described("List access rules", answer="AccessRuleList"))
async def endpoint_acl_list(
    state: State, user: User, endpoint_id: str, filter: Filters = None, orderby: OrderBy = None, fields: Fields = None
) -> Answer:
    collection = state.collection(user, endpoint_id, role="access_manager")
    listed = chosen(access_documents(collection), filter, orderby, fields, keys=_KEYS)
    return Answer({"DATA_TYPE": "access_list", "endpoint": collection.id, "length": len(listed), "DATA": listed})


@router.post(
    "/access",
    **described(
        "Make an access rule", answer="AccessRuleCreateResult", body="AccessRuleCreate", read_by=AccessBody, status=201
    ),
)
async def add_endpoint_acl_rule(request: Request, state: State, user: User, endpoint_id: str) -> Answer:
    body = read(AccessBody, await request.body())
    collection = state.collection(user, endpoint_id, role="access_manager")
    if collection.host is None:
        message = f"A {collection.entity_type} has no access rules, only guest collections have: '{endpoint_id}'"
        raise TransferRefused(409, "NotSupported", message)
    rule = AccessRule(
        principal_type=body.principal_type,
        principal=principal_of(body.principal_type, body.principal),
        path=body.path,
        permissions=body.permissions,
        created=state.clock(),
        expiration=_expiration(state, collection, body.expiration_date),
    )
    if len(collection.permissions.rules()) >= _MOST_RULES:
        message = f"Endpoint '{endpoint_id}' has {_MOST_RULES} access rules, which is as many as it may have"
        raise TransferRefused(409, "LimitExceeded", message)
    if not collection.permissions.add_rule(rule):
        raise TransferRefused(409, "Exists", f"There is an access rule for this principal on path '{rule.path}'")
    message = "Access rule created successfully"
    return Answer(
        result(request, "Created", message, data_type="access_create_result", access_id=rule.id),
        201,
    )


@router.get("/access/{rule_id}", **described("Give an access rule", answer="AccessRule"))
async def get_endpoint_acl_rule(
    state: State, user: User, endpoint_id: str, rule_id: str, fields: Fields = None
) -> Answer:
    _, rule = _rule(state, user, endpoint_id, rule_id)
    return Answer(selected(rule.document(), fields))


@router.put(
    "/access/{rule_id}",
    **described("Change an access rule", answer="Result", body="AccessRuleUpdate", read_by=AccessUpdateBody),
)
async def update_endpoint_acl_rule(
    request: Request, state: State, user: User, endpoint_id: str, rule_id: str
) -> Answer:
    body = read(AccessUpdateBody, await request.body())
    collection, rule = _rule(state, user, endpoint_id, rule_id)
    sent = body.model_fields_set
    for name in ("id", "principal_type", "principal", "path"):
        if name in sent and getattr(body, name) != getattr(rule, name):
            raise bad_request(name, "cannot be changed; delete the rule and make another")
    permissions = body.permissions if "permissions" in sent else rule.permissions
    expiration = rule.expiration
    if "expiration_date" in sent:
        expiration = _expiration(state, collection, body.expiration_date)
    collection.permissions.replace_rule(replace(rule, permissions=permissions, expiration=expiration))
    return Answer(result(request, "Updated", "Access rule updated successfully"))


@router.delete("/access/{rule_id}", **described("Delete an access rule", answer="Result"))
async def delete_endpoint_acl_rule(
    request: Request, state: State, user: User, endpoint_id: str, rule_id: str
) -> Answer:
    collection, rule = _rule(state, user, endpoint_id, rule_id)
    collection.permissions.remove_rule(rule.id)
    return Answer(result(request, "Deleted", "Access rule deleted successfully"))


def _rule(
    state: TransferState, user: SandboxUser, endpoint_id: str, rule_id: str
) -> tuple[SandboxCollection, AccessRule]:
    collection = state.collection(user, endpoint_id, role="access_manager")
    for rule in collection.permissions.rules():
        if rule.id == rule_id.lower():
            return collection, rule
    raise TransferRefused(404, "AccessRuleNotFound", f"Endpoint '{endpoint_id}' has no access rule '{rule_id}'")


def _expiration(state: TransferState, collection: SandboxCollection, text: str | None) -> float | None:
    most = collection.acl_max_expiration_period_mins
    if text is None:
        if most is not None:
            raise bad_request("expiration_date", f"required here, and at most {most} minutes ahead")
        return None
    expiration = seconds_of(text)
    if expiration <= state.clock():
        raise bad_request("expiration_date", f"it has passed: {text}")
    if most is not None and expiration > state.clock() + most * 60:
        latest = task_time(state.clock() + most * 60)
        raise bad_request("expiration_date", f"at most {most} minutes ahead, which is {latest}: {text}")
    return expiration
