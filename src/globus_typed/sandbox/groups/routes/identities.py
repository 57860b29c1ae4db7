"""/v2/preferences and /v2/groups/{group_id}/membership_fields: what identities have set."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from globus_typed.sandbox.auth.state import Caller
from globus_typed.sandbox.described import described
from globus_typed.sandbox.groups.request_bodies import FieldsBody, PreferencesBody, read
from globus_typed.sandbox.groups.routes.call import Changing, State
from globus_typed.sandbox.groups.state import GroupsState
from globus_typed.sandbox.groups.store.group import SandboxGroup

router: APIRouter = APIRouter()


@router.get("/preferences", **described("Give the caller's preferences", answer="IdentityPreferencesMap"))
async def get_identity_preferences(state: State, caller: Changing) -> JSONResponse:
    return JSONResponse(_preferences(state, caller))


@router.put(
    "/preferences",
    **described(
        "Set preferences of the caller's",
        answer="IdentityPreferencesMap",
        body="IdentityPreferencesMapUpdate",
        read_by=PreferencesBody,
    ),
)
async def set_identity_preferences(request: Request, state: State, caller: Changing) -> JSONResponse:
    """The preferences of all identities of the caller's."""
    bodies = read(PreferencesBody, await request.body()).root
    state.own(caller.user, bodies)
    state.preferences.update({id: body.allow_add for id, body in bodies.items()})
    return JSONResponse(_preferences(state, caller))


@router.get(
    "/groups/{group_id}/membership_fields",
    **described("Give what the caller has filled in", answer="MembershipFieldsMap"),
)
async def get_membership_fields(state: State, caller: Changing, group_id: str) -> JSONResponse:
    return JSONResponse(_fields(state, caller, _joinable(state, caller, group_id)))


@router.put(
    "/groups/{group_id}/membership_fields",
    **described(
        "Fill in fields for a group",
        answer="MembershipFieldsMap",
        body="MembershipFieldsMapUpdate",
        read_by=FieldsBody,
    ),
)
async def set_membership_fields(request: Request, state: State, caller: Changing, group_id: str) -> JSONResponse:
    """The sign-up fields of all identities of the caller's; fields that are not sent stay as they are."""
    bodies = read(FieldsBody, await request.body()).root
    group = _joinable(state, caller, group_id)
    state.own(caller.user, bodies)
    for id, body in bodies.items():
        filled = group.fields.get(id, {}) | body.model_dump(exclude_unset=True)
        group.fields[id] = {name: value for name, value in filled.items() if value is not None}
    return JSONResponse(_fields(state, caller, group))


def _joinable(state: GroupsState, caller: Caller, group_id: str) -> SandboxGroup:
    """A group that the caller may see, or could request to join."""
    group = state.group(group_id)
    return group if group.policies.join_requests else state.seen(caller.user, group_id)


def _preferences(state: GroupsState, caller: Caller) -> dict[str, object]:
    return {id: {"allow_add": state.preferences.get(id, True)} for id in sorted(state.identities(caller.user))}


def _fields(state: GroupsState, caller: Caller, group: SandboxGroup) -> dict[str, object]:
    ids = sorted(state.identities(caller.user))
    return {id: group.fields[id] for id in ids if id in group.fields}
