"""Routes of pause rules, and of what holds an endpoint or a task for its user."""

from typing import Annotated, Literal

from fastapi import APIRouter, Request
from pydantic import AfterValidator, Field

from globus_typed.sandbox.auth.state import SandboxUser
from globus_typed.sandbox.described import described
from globus_typed.sandbox.transfer.errors import TransferRefused, bad_request
from globus_typed.sandbox.transfer.fields import Id, Time, seconds_of
from globus_typed.sandbox.transfer.request_bodies import Body, read
from globus_typed.sandbox.transfer.responses import Answer, Json, result, selected
from globus_typed.sandbox.transfer.routes.call import State, User
from globus_typed.sandbox.transfer.routes.queries import Fields, Filters, OrderBy, chosen
from globus_typed.sandbox.transfer.state import TransferState
from globus_typed.sandbox.transfer.store.pauses import OPERATIONS, Operation, PauseRule
from globus_typed.sandbox.transfer.store.task import Task

router: APIRouter = APIRouter()

_KEYS = ("id", "message", "endpoint_id", "endpoint_display_name", "identity_id", "modified_time", *OPERATIONS)


def _said(message: str) -> str:
    if not message.strip():
        raise ValueError("must say why, since it is shown to users")
    return message


_Message = Annotated[str, Field(min_length=1, json_schema_extra={"pattern": r"\S"}), AfterValidator(_said)]


class _Paused(Body):
    DATA_TYPE: Literal["pause_rule"]
    start_time: Time | None = None
    identity_id: Id | None = None
    pause_ls: bool = True
    pause_mkdir: bool = True
    pause_symlink: bool = True
    pause_rename: bool = True
    pause_task_delete: bool = True
    pause_task_transfer_write: bool = True
    pause_task_transfer_read: bool = True


class PauseRuleBody(_Paused):
    """The body of `POST /endpoint_manager/pause_rule`."""

    message: _Message
    endpoint_id: Id


class PauseRuleUpdateBody(_Paused):
    """The body of a `PUT`; what cannot be changed may be sent as it is."""

    id: str = ""
    message: _Message = ""
    endpoint_id: str = ""
    endpoint_display_name: str | None = None
    modified_by: str | None = None
    modified_by_id: str | None = None
    modified_time: str | None = None
    created_by_host_manager: bool | None = None
    editable: bool | None = None


@router.get(
    "/endpoint/{endpoint_id}/my_effective_pause_rule_list",
    **described("List the pause rules that hold for the caller", answer="PauseRuleList"),
)
async def my_effective_pause_rule_list(
    state: State, user: User, endpoint_id: str, filter: Filters = None, orderby: OrderBy = None, fields: Fields = None
) -> Answer:
    """The rules that hold the caller on an endpoint."""
    rules = state.pauses.on(state.collection(user, endpoint_id), user)
    listed = chosen([rule.limited() for rule in rules], filter, orderby, fields, keys=_KEYS)
    return Answer({"DATA_TYPE": "pause_rule_list", "DATA": listed})


@router.get("/task/{task_id}/pause_info", **described("Tell what pauses a task", answer="PauseInfoLimited"))
async def task_pause_info(state: State, user: User, task_id: str, fields: Fields = None) -> Answer:
    return Answer(selected(pause_document(state, state.task(user, task_id)), fields))


def pause_document(state: TransferState, task: Task) -> Json:
    """Why a task is paused (Transfer API: pause_info_limited)."""
    rules = [] if task.done.is_set() else state.pauses.of(task)
    return {
        "DATA_TYPE": "pause_info_limited",
        "pause_rules": [rule.limited() for rule in rules],
        **task.pause_messages(),
    }


@router.get("/endpoint_manager/pause_rule_list", **described("List pause rules", answer="PauseRuleList"))
async def endpoint_manager_pause_rule_list(
    state: State,
    user: User,
    filter_endpoint: str | None = None,
    filter_host_endpoint: str | None = None,
    filter: Filters = None,
    orderby: OrderBy = None,
    fields: Fields = None,
) -> Answer:
    """The rules on endpoints that the caller monitors."""
    rules = [rule for rule in state.pauses.rules() if rule.collection.has_role(user, "activity_monitor")]
    if filter_endpoint is not None:
        wanted = state.collection(user, filter_endpoint, role="activity_monitor")
        rules = [rule for rule in rules if rule.collection is wanted]
    if filter_host_endpoint is not None:
        host = state.collection(user, filter_host_endpoint, role="activity_monitor")
        rules = [rule for rule in rules if rule.collection.host is host]
    listed = chosen([rule.document(user) for rule in rules], filter, orderby, fields, keys=_KEYS)
    return Answer({"DATA_TYPE": "pause_rule_list", "DATA": listed})


@router.post(
    "/endpoint_manager/pause_rule",
    **described("Make a pause rule", answer="PauseRule", body="PauseRuleCreate", read_by=PauseRuleBody, status=201),
)
async def endpoint_manager_create_pause_rule(request: Request, state: State, user: User) -> Answer:
    body = read(PauseRuleBody, await request.body())
    collection = state.collection(user, body.endpoint_id, role="activity_manager")
    rule = PauseRule(
        collection,
        body.message,
        user,
        state.clock(),
        {name: getattr(body, name) for name in OPERATIONS},
        body.identity_id,
        None if body.start_time is None else seconds_of(body.start_time),
        by_host_manager="activity_manager" not in collection.permissions.held_by(user),
    )
    state.pauses.put(rule)
    return Answer(rule.document(user), 201)


@router.get("/endpoint_manager/pause_rule/{rule_id}", **described("Give a pause rule", answer="PauseRule"))
async def endpoint_manager_get_pause_rule(state: State, user: User, rule_id: str, fields: Fields = None) -> Answer:
    return Answer(selected(_rule(state, user, rule_id).document(user), fields))


@router.put(
    "/endpoint_manager/pause_rule/{rule_id}",
    **described("Change a pause rule", answer="PauseRule", body="PauseRuleUpdate", read_by=PauseRuleUpdateBody),
)
async def endpoint_manager_update_pause_rule(request: Request, state: State, user: User, rule_id: str) -> Answer:
    body = read(PauseRuleUpdateBody, await request.body())
    rule = _editable(state, user, rule_id)
    changes = body.model_dump(exclude_unset=True, exclude={"DATA_TYPE"})
    now = rule.document(user)
    for name in changes.keys() & {"id", "endpoint_id", "modified_by", "modified_by_id", "created_by_host_manager"}:
        if changes[name] != now[name]:
            raise bad_request(name, "cannot be changed")
    rule.message = changes.get("message", rule.message)
    rule.identity_id = changes.get("identity_id", rule.identity_id)
    if "start_time" in changes:
        rule.start = None if body.start_time is None else seconds_of(body.start_time)
    paused: dict[Operation, bool] = {name: changes.get(name, rule.paused[name]) for name in OPERATIONS}
    rule.paused, rule.by, rule.modified = paused, user, state.clock()
    state.pauses.put(rule)
    return Answer(rule.document(user))


@router.delete("/endpoint_manager/pause_rule/{rule_id}", **described("Delete a pause rule", answer="Result"))
async def endpoint_manager_delete_pause_rule(request: Request, state: State, user: User, rule_id: str) -> Answer:
    state.pauses.remove(_editable(state, user, rule_id))
    return Answer(result(request, "Deleted", "Pause rule deleted successfully"))


def _rule(state: TransferState, user: SandboxUser, id: str) -> PauseRule:
    rule = state.pauses.rule(id)
    if rule is None:
        raise TransferRefused(404, "PauseRuleNotFound", f"No pause rule with id '{id}'")
    if not rule.collection.has_role(user, "activity_monitor"):
        message = f"You do not have the role activity_monitor on endpoint '{rule.collection.id}'"
        raise TransferRefused(403, "PermissionDenied", message)
    return rule


def _editable(state: TransferState, user: SandboxUser, id: str) -> PauseRule:
    rule = _rule(state, user, id)
    if not rule.editable(user):
        raise TransferRefused(403, "PermissionDenied", f"You may not change pause rule '{id}'")
    return rule
