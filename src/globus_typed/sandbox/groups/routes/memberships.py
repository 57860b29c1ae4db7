"""POST /v2/groups/{group_id}: actions on memberships."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from globus_typed.sandbox.described import described
from globus_typed.sandbox.groups.documents import membership_document
from globus_typed.sandbox.groups.request_bodies import ActionsBody, Item, read
from globus_typed.sandbox.groups.routes.call import Changing, State
from globus_typed.sandbox.groups.store.actions import Given

router: APIRouter = APIRouter(prefix="/groups")


@router.post(
    "/{group_id}",
    **described(
        "Act on memberships", answer="MembershipActionResult", body="BatchMembershipActions", read_by=ActionsBody
    ),
)
async def batch_membership_action(request: Request, state: State, caller: Changing, group_id: str) -> JSONResponse:
    """The outcome of each action; those that fail do not keep others from being done."""
    body = read(ActionsBody, await request.body())
    items: dict[str, list[Item]] = {name: value for name, value in body if value}
    actions = {name: [Given(**item.model_dump()) for item in given] for name, given in items.items()}
    group, done, failed = state.act(caller, group_id, actions)
    document: dict[str, object] = {
        action: [membership_document(state, group, each) for each in memberships]
        for action, memberships in done.items()
    }
    if failed:
        document["errors"] = {
            action: [{"identity_id": id, **failure._asdict()} for id, failure in failures]
            for action, failures in failed.items()
        }
    return JSONResponse(document)
