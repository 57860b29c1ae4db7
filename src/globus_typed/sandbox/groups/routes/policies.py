"""/v2/groups/{group_id}/policies: who sees a group, and how people join it."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from globus_typed.sandbox.described import described
from globus_typed.sandbox.groups.request_bodies import PoliciesBody, read
from globus_typed.sandbox.groups.routes.call import Changing, State

router: APIRouter = APIRouter(prefix="/groups/{group_id}/policies")


@router.get("", **described("Give the policies of a group", answer="GroupPolicies"))
async def get_group_policies(state: State, caller: Changing, group_id: str) -> JSONResponse:
    return JSONResponse(state.seen(caller.user, group_id).policies.document())


@router.put(
    "",
    **described("Set policies of a group", answer="GroupPolicies", body="PartialGroupPolicies", read_by=PoliciesBody),
)
async def set_group_policies(request: Request, state: State, caller: Changing, group_id: str) -> JSONResponse:
    """All policies as they are from now on; those that are not sent stay as they are."""
    body = read(PoliciesBody, await request.body())
    state.refuse_stale(caller, state.administered(caller.user, group_id))
    policies = state.set_policies(caller.user, group_id, body.model_dump(exclude_unset=True))
    return JSONResponse(policies.document())
