"""/v2/groups: the groups themselves."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse

from globus_typed.sandbox.described import described
from globus_typed.sandbox.groups.documents import INCLUDED, group_document
from globus_typed.sandbox.groups.request_bodies import GroupBody, GroupUpdateBody, read
from globus_typed.sandbox.groups.routes.call import Changing, Looking, State, words
from globus_typed.sandbox.groups.state import policies_with
from globus_typed.sandbox.groups.store.group import Policies, SandboxGroup

STATUSES = ("active", "invited", "pending", "rejected", "removed", "left", "declined")
Words = Annotated[list[str] | None, Query()]

router: APIRouter = APIRouter(prefix="/groups")


@router.get("/my_groups", **described("List the caller's groups", answer="GroupList"))
async def get_my_groups(state: State, caller: Looking, statuses: Words = None) -> JSONResponse:
    """The groups in which an identity of the caller has a membership of one of the statuses."""
    wanted = words("statuses", statuses, STATUSES) or ["active"]
    listed = [group for group in state.groups() if state.own_memberships(caller.user, group, wanted)]
    return JSONResponse(
        [
            {
                **group_document(state, caller, group, ("my_memberships",), wanted),
                "policies": {
                    "group_visibility": group.policies.group_visibility,
                    "group_members_visibility": group.policies.group_members_visibility,
                },
            }
            for group in listed
        ]
    )


@router.get("/statuses", **described("Count the memberships of groups by status", answer="GroupStatuses"))
async def get_statuses(state: State, caller: Changing) -> JSONResponse:
    """The counts of the groups that the caller is a manager or an admin of."""
    actor = state.actor(caller.user)
    managed = [group for group in state.groups() if actor.role_in(group) in ("manager", "admin")]
    found: dict[str, list[str]] = {group.id: [each.status for each in group.memberships.values()] for group in managed}
    return JSONResponse({id: {each: has.count(each) for each in STATUSES} for id, has in found.items()})


@router.post("", **described("Make a group", answer="Group", body="GroupCreate", read_by=GroupBody, status=201))
async def create_group(request: Request, state: State, caller: Changing) -> JSONResponse:
    body = read(GroupBody, await request.body())
    given = {} if body.policies is None else body.policies.model_dump(exclude_unset=True)
    group = SandboxGroup(
        body.name,
        description=body.description,
        terms_and_conditions=body.terms_and_conditions,
        parent_id=body.parent_id,
        policies=policies_with(Policies(), given),
    )
    state.create(caller.user, group)
    return JSONResponse(group_document(state, caller, group, ("policies", "my_memberships")), 201)


@router.get("/{group_id}", **described("Give a group", answer="Group"))
async def get_group(state: State, caller: Looking, group_id: str, include: Words = None) -> JSONResponse:
    """The policies come without being asked for, as globus-cli relies on."""
    parts = [*words("include", include, INCLUDED), "policies"]
    return JSONResponse(group_document(state, caller, state.seen(caller.user, group_id), parts))


@router.get("/{group_id}/children", **described("List the groups below a group", answer="GroupChildren"))
async def get_children(state: State, caller: Looking, group_id: str, include: Words = None) -> JSONResponse:
    """Those that the caller may see."""
    parts = words("include", include, INCLUDED)
    group = state.seen(caller.user, group_id)
    children = [child for child in state.children(group.id) if state.sees(caller.user, child)]
    return JSONResponse({"children": [group_document(state, caller, child, parts) for child in children]})


@router.put("/{group_id}", **described("Change a group", answer="Group", body="GroupUpdate", read_by=GroupUpdateBody))
async def update_group(request: Request, state: State, caller: Changing, group_id: str) -> JSONResponse:
    body = read(GroupUpdateBody, await request.body())
    group = state.administered(caller.user, group_id)
    state.refuse_stale(caller, group)
    sent = body.model_fields_set
    if "subscription_admin_verified_id" in sent:
        state.clear_verified(group, body.subscription_admin_verified_id)
    group.name = body.name if "name" in sent else group.name
    group.description = body.description if "description" in sent else group.description
    if "terms_and_conditions" in sent:
        group.terms_and_conditions = body.terms_and_conditions
    return JSONResponse(group_document(state, caller, group, ("policies", "my_memberships")))


@router.delete("/{group_id}", **described("Delete a group", answer="Group"))
async def delete_group(state: State, caller: Changing, group_id: str) -> JSONResponse:
    state.refuse_stale(caller, state.administered(caller.user, group_id))
    document = group_document(state, caller, state.group(group_id), ("policies", "my_memberships"))
    state.delete(caller.user, group_id)
    return JSONResponse(document)
