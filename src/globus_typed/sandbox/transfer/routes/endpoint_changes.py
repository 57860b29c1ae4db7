"""Routes that make, change and delete endpoints, and what of each kind of endpoint can be set."""

import re
import uuid
from collections.abc import Mapping
from typing import Annotated, Literal

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from pydantic import AfterValidator, Field

from globus_typed.sandbox.auth.state import SandboxUser
from globus_typed.sandbox.described import described
from globus_typed.sandbox.transfer.errors import TransferRefused, bad_request
from globus_typed.sandbox.transfer.fields import Id, Path, one_line
from globus_typed.sandbox.transfer.request_bodies import Body, read
from globus_typed.sandbox.transfer.responses import Answer, result
from globus_typed.sandbox.transfer.routes.call import State, User
from globus_typed.sandbox.transfer.routes.servers import ServerBody, add_server
from globus_typed.sandbox.transfer.state import TransferState
from globus_typed.sandbox.transfer.store.collections import SandboxCollection

router: APIRouter = APIRouter()

_CONCURRENCY = ("max_concurrency", "preferred_concurrency", "max_parallelism", "preferred_parallelism")


def _location(text: str) -> str:
    if text != "Automatic":
        found = re.fullmatch(r"(-?\d+(?:\.\d+)?),\s*(-?\d+(?:\.\d+)?)", text)
        if found is None or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:
            raise ValueError("neither 'Automatic' nor a latitude and longitude such as '47.38,8.54'")
    return text


def _subscription(text: str) -> str:
    try:
        return text if text == "DEFAULT" else str(uuid.UUID(text))
    except ValueError:
        raise ValueError("neither the id of a subscription nor 'DEFAULT'") from None


DisplayName = Annotated[str, Field(min_length=1, max_length=128), AfterValidator(one_line)]
_Line = Annotated[str, Field(max_length=1024), AfterValidator(one_line)]
_Text = Annotated[str, Field(max_length=1024)]
_Positive = Annotated[int, Field(ge=1)]
_Subscription = Annotated[str, AfterValidator(_subscription)]


class _NotificationPolicy(Body):
    status: list[Literal["SUCCEEDED", "FAILED"]]
    transfer_use: list[Literal["source", "destination"]]


class GuestFields(Body):
    """The fields of a guest collection that can be set; only those that are sent are changed."""

    description: str | None = None
    organization: _Line | None = None
    department: _Line | None = None
    keywords: _Text | None = None
    contact_email: str | None = None
    contact_info: _Text | None = None
    info_link: _Text | None = None
    owner_string: str = ""
    default_directory: Path | None = None
    force_encryption: bool = False
    disable_verify: bool = False
    force_verify: bool = False
    guest_collection_activity_notification_policy: _NotificationPolicy | None = None
    acl_max_expiration_period_mins: _Positive | None = None


class MappedFields(GuestFields):
    """The fields of a Globus Connect Personal mapped collection that can be set."""

    public: bool = False
    subscription_id: _Subscription | None = None
    authentication_timeout_mins: _Positive | None = None
    location: Annotated[str, AfterValidator(_location)] | None = None
    network_use: Literal["normal", "minimal", "aggressive", "custom"] | None = None
    max_concurrency: _Positive | None = None
    preferred_concurrency: _Positive | None = None
    max_parallelism: _Positive | None = None
    preferred_parallelism: _Positive | None = None
    user_message: Annotated[str, Field(max_length=256)] | None = None
    user_message_link: str | None = None


class HostFields(MappedFields):
    """The fields of an endpoint of the retired kind GCSv4_host that can be set."""

    myproxy_server: str | None = None
    myproxy_dn: str | None = None
    oauth_server: str | None = None
    s3_url: str | None = None
    s3_owner_activated: bool = False


class _GuestUpdate(GuestFields):
    # the documented call of update_endpoint sends none
    DATA_TYPE: Literal["endpoint"] = "endpoint"
    display_name: DisplayName = ""
    is_globus_connect: bool = False
    subscription_admin_verified: bool = False


class _MappedUpdate(MappedFields):
    DATA_TYPE: Literal["endpoint"] = "endpoint"
    display_name: DisplayName = ""
    is_globus_connect: bool = False
    subscription_admin_verified: bool = False
    owner_id: Id = ""


class _HostUpdate(HostFields):
    DATA_TYPE: Literal["endpoint"] = "endpoint"
    display_name: DisplayName = ""
    is_globus_connect: bool = False
    subscription_admin_verified: bool = False
    owner_id: Id = ""


class _Create(HostFields):
    DATA_TYPE: Literal["endpoint"]
    display_name: DisplayName
    is_globus_connect: bool = False
    name: str | None = None
    DATA: list[ServerBody] = []


class _SubscriptionBody(Body):
    DATA_TYPE: Literal["endpoint"] = "endpoint"
    subscription_id: _Subscription | None


class _VerifiedBody(Body):
    DATA_TYPE: Literal["endpoint"] = "endpoint"
    subscription_admin_verified: bool


def apply(state: TransferState, collection: SandboxCollection, body: GuestFields) -> None:
    """Set what a document sends of the fields above; TransferRefused 400 for values that do not go together."""
    settable = {"display_name", *HostFields.model_fields}
    sent: dict[str, object] = {name: getattr(body, name) for name in body.model_fields_set & settable}
    if "owner_string" in sent:
        sent["advertised_owner"] = sent.pop("owner_string")
    if sent.get("default_directory", "") is None:
        sent["default_directory"] = "/~/"
    if "subscription_id" in sent:
        sent["own_subscription_id"] = subscription(state, sent.pop("subscription_id"))
    if sent.get("myproxy_server") is not None and sent.get("oauth_server") is not None:
        raise bad_request("oauth_server", "cannot be set together with myproxy_server")
    for one, other in (("myproxy_server", "oauth_server"), ("oauth_server", "myproxy_server")):
        if sent.get(one) is not None:
            sent[other] = None
    _check_network_use({name: sent.get(name, getattr(collection, name)) for name in ("network_use", *_CONCURRENCY)})
    if sent.get("force_verify") and sent.get("disable_verify"):
        raise bad_request("force_verify", "cannot be set together with disable_verify")
    policy = sent.get("guest_collection_activity_notification_policy")
    if isinstance(policy, Body):
        sent["guest_collection_activity_notification_policy"] = policy.model_dump()
    for name, value in sent.items():
        setattr(collection, name, value)


def _check_network_use(values: Mapping[str, object]) -> None:
    if values["network_use"] != "custom":
        return
    for name in _CONCURRENCY:
        if values[name] is None:
            raise bad_request(name, "required when network_use is 'custom'")
    for name in ("concurrency", "parallelism"):
        preferred, most = values[f"preferred_{name}"], values[f"max_{name}"]
        if isinstance(preferred, int) and isinstance(most, int) and preferred > most:
            raise bad_request(f"preferred_{name}", f"more than max_{name}, which is {most}")


def subscription(state: TransferState, wanted: object) -> str | None:
    """The subscription that is meant; the sandbox has one, which is everybody's."""
    if wanted is None or wanted in ("DEFAULT", state.subscription_id):
        return None if wanted is None else state.subscription_id
    message = f"subscription_id: you do not belong to the subscription {wanted!r}"
    raise TransferRefused(403, "PermissionDenied", message)


@router.post(
    "/endpoint",
    **described("Make an endpoint", answer="EndpointCreateResult", body="EndpointCreate", read_by=_Create, status=201),
)
async def create_endpoint(request: Request, state: State, user: User) -> Answer:
    """Make an endpoint of the retired kind GCSv4_host, or one that waits for a Globus Connect Personal to set it up."""
    body = read(_Create, await request.body())
    if body.is_globus_connect and body.DATA:
        raise bad_request("DATA", "an endpoint with is_globus_connect has no servers of its own")
    collection = await run_sync(_new_endpoint, state, user, body)
    return Answer(
        result(
            request,
            "Created",
            "The endpoint was created successfully",
            data_type="endpoint_create_result",
            id=collection.id,
            canonical_name=collection.canonical_name,
            globus_connect_setup_key=collection.setup_key,
        ),
        201,
    )


def _new_endpoint(state: TransferState, user: SandboxUser, body: _Create) -> SandboxCollection:
    collection = SandboxCollection(
        id=str(uuid.uuid4()),
        display_name=body.display_name,
        root=state.new_directory(),
        owner=user,
        entity_type="GCP_mapped_collection" if body.is_globus_connect else "GCSv4_host",
        setup_key=str(uuid.uuid4()) if body.is_globus_connect else None,
        legacy_name=body.name,
        **state.surroundings(),
    )
    apply(state, collection, body)
    for server in body.DATA:
        add_server(collection, server)
    state.register(collection)
    return collection


@router.put(
    "/endpoint/{endpoint_id}",
    **described(
        "Change fields of an endpoint",
        answer="Result",
        body="EndpointUpdate",
        read_by=(_GuestUpdate, _MappedUpdate, _HostUpdate),
    ),
)
async def update_endpoint(request: Request, state: State, user: User, endpoint_id: str) -> Answer:
    raw = await request.body()
    collection = state.collection(user, endpoint_id, role="administrator")
    if not collection.may_host:
        kind: type[_GuestUpdate | _MappedUpdate | _HostUpdate] = _GuestUpdate
    else:
        kind = _HostUpdate if collection.needs_activation else _MappedUpdate
    body = read(kind, raw)
    if getattr(body, "owner_id", "") not in ("", collection.owner.id):
        raise TransferRefused(403, "PermissionDenied", "owner_id: the sandbox hands no endpoint to another owner")
    subscribed = collection.subscription_id
    if isinstance(body, MappedFields) and "subscription_id" in body.model_fields_set:
        subscribed = body.subscription_id
    if body.subscription_admin_verified and subscribed is None:
        raise TransferRefused(403, "PermissionDenied", f"Endpoint '{endpoint_id}' has no subscription to verify it")
    apply(state, collection, body)
    if "subscription_admin_verified" in body.model_fields_set or subscribed is None:
        collection.subscription_admin_verified = body.subscription_admin_verified
    return Answer(result(request, "Updated", "The endpoint was updated successfully"))


@router.delete("/endpoint/{endpoint_id}", **described("Delete an endpoint; its files stay", answer="Result"))
async def delete_endpoint(request: Request, state: State, user: User, endpoint_id: str) -> Answer:
    """Delete an endpoint with the guest collections on it; the files stay where they are."""
    collection = state.collection(user, endpoint_id)
    if not any(each and each.has_role(user, "administrator") for each in (collection, collection.host)):
        raise TransferRefused(403, "PermissionDenied", f"You are no administrator of endpoint '{endpoint_id}'")
    for each in state.collections():
        if each is collection or each.host is collection:
            each.deleted = True
    return Answer(result(request, "Deleted", "The endpoint was deleted successfully"))


@router.put(
    "/endpoint/{endpoint_id}/subscription",
    **described(
        "Put a collection under a subscription", answer="Result", body="SubscriptionUpdate", read_by=_SubscriptionBody
    ),
)
async def set_subscription_id(request: Request, state: State, user: User, endpoint_id: str) -> Answer:
    body = read(_SubscriptionBody, await request.body())
    collection = state.collection(user, endpoint_id, role="administrator")
    if not collection.may_host:
        raise TransferRefused(409, "NotSupported", "A guest collection has the subscription of its host")
    collection.own_subscription_id = subscription(state, body.subscription_id)
    if collection.own_subscription_id is None:
        collection.subscription_admin_verified = False
    return Answer(result(request, "Updated", "The endpoint's subscription was updated successfully"))


@router.put(
    "/endpoint/{endpoint_id}/subscription_admin_verified",
    **described(
        "Approve of a collection", answer="Result", body="SubscriptionAdminVerifiedUpdate", read_by=_VerifiedBody
    ),
)
async def set_subscription_admin_verified(request: Request, state: State, user: User, endpoint_id: str) -> Answer:
    body = read(_VerifiedBody, await request.body())
    collection = state.collection(user, endpoint_id, role="administrator")
    if collection.subscription_id is None:
        raise TransferRefused(403, "PermissionDenied", f"Endpoint '{endpoint_id}' has no subscription to verify it")
    collection.subscription_admin_verified = body.subscription_admin_verified
    return Answer(result(request, "Updated", "The endpoint was updated successfully"))
