"""Subscriptions, as far as groups stand for them."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from globus_typed.sandbox.described import described
from globus_typed.sandbox.groups.documents import subscription_document
from globus_typed.sandbox.groups.errors import not_found
from globus_typed.sandbox.groups.request_bodies import VerifiedBody, read
from globus_typed.sandbox.groups.routes.call import Changing, State

router: APIRouter = APIRouter()


@router.get(
    "/subscription_info/{subscription_id}",
    **described("Give the group of a subscription", answer="SubscriptionGroup"),
)
async def get_group_by_subscription_id(state: State, caller: Changing, subscription_id: str) -> JSONResponse:
    """Everybody may know it, even where the group is private."""
    group = state.of_subscription(subscription_id)
    if group is None:
        raise not_found("subscription", subscription_id)
    return JSONResponse(subscription_document(group))


@router.put(
    "/groups/{group_id}/subscription_admin_verified",
    **described(
        "Verify a group for a subscription",
        answer="SubscriptionVerified",
        body="SubscriptionVerifiedUpdate",
        read_by=VerifiedBody,
    ),
)
async def set_subscription_admin_verified(
    request: Request, state: State, caller: Changing, group_id: str
) -> JSONResponse:
    body = read(VerifiedBody, await request.body())
    group = state.verify(caller.user, group_id, body.subscription_admin_verified_id)
    return JSONResponse({"group_id": group.id, "subscription_admin_verified_id": group.verified_id})
