"""Routes of the endpoint manager's tasks: other people's, on endpoints that the caller monitors or manages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import Field

from globus_typed.sandbox.auth.state import SandboxUser
from globus_typed.sandbox.described import described
from globus_typed.sandbox.transfer.errors import TransferRefused, bad_request
from globus_typed.sandbox.transfer.fields import Id, task_id_of
from globus_typed.sandbox.transfer.request_bodies import Body, read
from globus_typed.sandbox.transfer.responses import Answer, Json, result, selected
from globus_typed.sandbox.transfer.routes.call import State, User
from globus_typed.sandbox.transfer.routes.pause_rules import pause_document
from globus_typed.sandbox.transfer.routes.queries import Fields, Limit1000, Offset, in_range
from globus_typed.sandbox.transfer.routes.tasks import event_page, marker_of_ended
from globus_typed.sandbox.transfer.state import TransferState
from globus_typed.sandbox.transfer.store.collections import SandboxCollection
from globus_typed.sandbox.transfer.store.permissions import RoleName
from globus_typed.sandbox.transfer.store.task import PauseMessage, Success, Task

router: APIRouter = APIRouter(prefix="/endpoint_manager")

_RUNNING = {"ACTIVE", "INACTIVE"}
_STATUSES = {"ACTIVE", "INACTIVE", "SUCCEEDED", "FAILED"}
_MOST_IDS = 50


class _TaskIds(Body):
    task_id_list: Annotated[list[Id], Field(min_length=1)]


class ResumeBody(_TaskIds):
    """The body of `POST /endpoint_manager/admin_resume`."""

    DATA_TYPE: Literal["admin_resume"] = "admin_resume"


class PauseBody(_TaskIds):
    """The body of `POST /endpoint_manager/admin_pause`."""

    DATA_TYPE: Literal["admin_pause"] = "admin_pause"
    message: Annotated[str, Field(min_length=1)]


class CancelBody(_TaskIds):
    """The body of `POST /endpoint_manager/admin_cancel`."""

    DATA_TYPE: Literal["admin_cancel"] = "admin_cancel"
    message: Annotated[str, Field(min_length=1)]


@dataclass(frozen=True)
class _Wanted:
    """The filters of a list of tasks, checked against each other."""

    statuses: frozenset[str]
    task_ids: tuple[str, ...] | None
    endpoint: str | None
    use: str | None
    owner: str | None
    paused: bool | None
    completed: Callable[[float | None], bool] | None
    completed_is_open: bool
    min_faults: int | None
    local_user: str | None

    def has(self, task: Task) -> bool:
        return (
            (self.task_ids is None or task.id in self.task_ids)
            and task.status in self.statuses
            and (self.endpoint is None or any(self.endpoint in ids for ids in self._sides(task)))
            and self.owner in (None, task.owner.id)
            and (self.paused is None or task.is_paused() is self.paused)
            and self._completed(task)
            and (self.min_faults is None or task.counts.faults >= self.min_faults)
            and (self.local_user is None or self.local_user in _local_users(task))
        )

    def _sides(self, task: Task) -> list[set[str]]:
        sides = {"source": task.source, "destination": task.destination}
        return [_ids(side) for name, side in sides.items() if side is not None and self.use in (None, name)]

    def _completed(self, task: Task) -> bool:
        if self.completed is None:
            return True
        if task.completion_time is None:
            return self.completed_is_open
        return self.completed(task.completion_time)


def _ids(collection: SandboxCollection) -> set[str]:
    return {collection.id} | (set() if collection.host is None else {collection.host.id})


def _local_users(task: Task) -> set[object]:
    document = task.document()
    return {document["source_local_user"], document["destination_local_user"]}


@router.get("/task_list", **described("List the tasks on watched endpoints", answer="ManagedTaskList"))
async def endpoint_manager_task_list(
    state: State,
    user: User,
    filter_status: str | None = None,
    filter_task_id: str | None = None,
    filter_owner_id: str | None = None,
    filter_endpoint: str | None = None,
    filter_endpoint_use: Literal["source", "destination"] | None = None,
    filter_is_paused: bool | None = None,
    filter_completion_time: str | None = None,
    filter_min_faults: Annotated[int | None, Query(ge=0)] = None,
    filter_local_user: str | None = None,
    last_key: str | None = None,
    limit: Limit1000 = 100,
    fields: Fields = None,
) -> Answer:
    """The tasks on endpoints that the caller monitors, the newest first; those that are running, if not said otherwise.

    The page goes on after `last_key`, which the page before gave.
    """
    others = {
        "filter_status": filter_status,
        "filter_owner_id": filter_owner_id,
        "filter_endpoint": filter_endpoint,
        "filter_endpoint_use": filter_endpoint_use,
        "filter_is_paused": filter_is_paused,
        "filter_completion_time": filter_completion_time,
        "filter_min_faults": filter_min_faults,
        "filter_local_user": filter_local_user,
    }
    task_ids = None if filter_task_id is None else _task_ids(filter_task_id, others)
    everything = filter_endpoint is not None or task_ids is not None
    statuses = (
        frozenset(filter_status.split(",")) if filter_status else frozenset(_STATUSES if everything else _RUNNING)
    )
    if not statuses <= _STATUSES:
        raise bad_request("filter_status", f"{filter_status!r} has something else than {', '.join(sorted(_STATUSES))}")
    running = statuses <= _RUNNING
    if not running and not everything:
        raise bad_request("filter_status", "tasks that have ended need filter_endpoint or filter_task_id")
    asked_running = running and bool(filter_status)
    needing = ("filter_endpoint_use", "filter_local_user", *(() if asked_running else ("filter_owner_id",)))
    for name in needing:
        if others[name] is not None and filter_endpoint is None:
            raise bad_request(name, "needs filter_endpoint")
    if filter_is_paused is not None and not asked_running:
        raise bad_request("filter_is_paused", "needs a filter_status of ACTIVE or INACTIVE")
    if filter_endpoint is not None:
        state.collection(user, filter_endpoint, role="activity_monitor")
    if filter_owner_id is not None and filter_owner_id not in _owners(state):
        raise TransferRefused(404, "UserNotFound", f"filter_owner_id: no such user '{filter_owner_id}'")
    wanted = _Wanted(
        statuses,
        task_ids,
        None if filter_endpoint is None else filter_endpoint.lower(),
        filter_endpoint_use,
        filter_owner_id,
        filter_is_paused,
        None if filter_completion_time is None else in_range(filter_completion_time, "filter_completion_time"),
        filter_completion_time is not None and filter_completion_time.endswith(","),
        filter_min_faults,
        filter_local_user,
    )
    if task_ids is not None:
        for task_id in task_ids:
            _task(state, user, task_id)
    seen = [task for task in state.every_task() if _roles(task, user, "activity_monitor") and wanted.has(task)]
    return Answer(_page(user, sorted(seen, key=_key, reverse=True), last_key, limit, fields))


def _task_ids(text: str, others: Mapping[str, object]) -> tuple[str, ...]:
    ids = tuple(text.lower().split(","))
    if len(ids) > _MOST_IDS:
        raise bad_request("filter_task_id", f"at most {_MOST_IDS} ids, got {len(ids)}")
    for id in ids:
        task_id_of(id, "filter_task_id")
    given = sorted(name for name, value in others.items() if value is not None)
    if given:
        raise bad_request("filter_task_id", f"cannot be combined with {', '.join(given)}")
    return ids


def _key(task: Task) -> str:
    return f"{'active' if task.completion_time is None else 'complete'},{task.request_time:017.6f},{task.id}"


def _page(user: SandboxUser, tasks: Sequence[Task], last_key: str | None, limit: int, fields: str | None) -> Json:
    left = [task for task in tasks if last_key is None or _key(task) < last_key]
    page = left[:limit]
    return {
        "DATA_TYPE": "task_list",
        "DATA": [selected(_document(task, user), fields) for task in page],
        "has_next_page": len(left) > len(page),
        "last_key": _key(page[-1]) if page else None,
        "limit": limit,
    }


@router.get("/task/{task_id}", **described("Give a task on a watched endpoint", answer="ManagedTask"))
async def endpoint_manager_get_task(state: State, user: User, task_id: str, fields: Fields = None) -> Answer:
    return Answer(selected(_document(_task(state, user, task_id), user), fields))


@router.get("/task/{task_id}/event_list", **described("List what happened in such a task", answer="EventList"))
async def endpoint_manager_task_event_list(
    state: State,
    user: User,
    task_id: str,
    filter_is_error: bool | None = None,
    fields: Fields = None,
    limit: Limit1000 = 10,
    offset: Offset = 0,
) -> Answer:
    return Answer(event_page(_task(state, user, task_id), filter_is_error, fields, limit, offset))


@router.get("/task/{task_id}/pause_info", **described("Tell what pauses such a task", answer="PauseInfoLimited"))
async def endpoint_manager_task_pause_info(state: State, user: User, task_id: str, fields: Fields = None) -> Answer:
    return Answer(selected(pause_document(state, _task(state, user, task_id)), fields))


@router.get(
    "/task/{task_id}/successful_transfers",
    **described("List the files that such a task has moved", answer="SuccessfulTransfers"),
)
async def endpoint_manager_task_successful_transfers(
    state: State,
    user: User,
    task_id: str,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    marker: Offset = 0,
    fields: Fields = None,
) -> Answer:
    """As the owner sees them, but without the paths on a side where the caller has no role."""
    task = _task(state, user, task_id)

    def document(one: Success) -> Json:
        return _without_paths(one.document(), task, user)

    return Answer(marker_of_ended(task, "successful_transfers", task.successes, limit, marker, document, fields))


@router.get(
    "/task/{task_id}/skipped_errors",
    **described("List the files that such a task has left out", answer="SkippedErrors"),
)
async def endpoint_manager_task_skipped_errors(
    state: State,
    user: User,
    task_id: str,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    marker: Offset = 0,
    fields: Fields = None,
) -> Answer:
    """As the owner sees them, but without the paths on a side where the caller has no role."""
    task = _task(state, user, task_id)
    documents = [_without_paths(one.document(), task, user) for one in task.skipped]
    return Answer(marker_of_ended(task, "skipped_errors", documents, limit, marker, dict[str, object], fields))


@router.post(
    "/admin_cancel",
    **described("Cancel such tasks", answer="AdminCancel", body="AdminCancelCreate", read_by=CancelBody),
)
async def endpoint_manager_cancel_tasks(request: Request, state: State, user: User) -> Answer:
    body = read(CancelBody, await request.body())
    tasks = _managed(state, user, body.task_id_list)
    for task in tasks:
        sides = _roles(task, user, "activity_manager")
        side: Literal["SOURCE", "DESTINATION", "BOTH"] = (
            "BOTH" if len(sides) == 2 else "SOURCE" if "source" in sides else "DESTINATION"
        )
        if not task.done.is_set():
            task.canceled_by_admin = side, body.message
            state.request_cancel(task)
    return Answer(_cancel_document(state.canceled_together(user, tasks), tasks))


@router.get("/admin_cancel/{cancel_id}", **described("Tell whether they are canceled", answer="AdminCancel"))
async def endpoint_manager_cancel_status(state: State, user: User, cancel_id: int) -> Answer:
    tasks = state.cancel_of(user, cancel_id)
    if tasks is None:
        raise TransferRefused(404, "ClientError.NotFound", f"You have canceled nothing by the id {cancel_id}")
    return Answer(_cancel_document(cancel_id, tasks))


@router.post("/admin_pause", **described("Pause such tasks", answer="Result", body="AdminPause", read_by=PauseBody))
async def endpoint_manager_pause_tasks(request: Request, state: State, user: User) -> Answer:
    body = read(PauseBody, await request.body())
    for task in _managed(state, user, body.task_id_list):
        for name in _messages(task, user):
            task.paused_by_admin[name] = body.message
    state.pauses.changed()
    return Answer(result(request, "PauseAccepted", "The tasks are being paused"))


@router.post(
    "/admin_resume", **described("Let such tasks go on", answer="Result", body="AdminResume", read_by=ResumeBody)
)
async def endpoint_manager_resume_tasks(request: Request, state: State, user: User) -> Answer:
    body = read(ResumeBody, await request.body())
    for task in _managed(state, user, body.task_id_list):
        for name in _messages(task, user):
            task.paused_by_admin.pop(name, None)
    state.pauses.changed()
    return Answer(result(request, "ResumeAccepted", "The tasks are being resumed"))


def _sides(task: Task) -> dict[str, SandboxCollection]:
    return {"source": task.source} | ({} if task.destination is None else {"destination": task.destination})


def _roles(task: Task, user: SandboxUser, role: RoleName) -> set[str]:
    """The sides of a task on which the user has the role."""
    return {name for name, collection in _sides(task).items() if collection.has_role(user, role)}


def _messages(task: Task, user: SandboxUser) -> list[PauseMessage]:
    """The fields for an administrator's message, which differ for the host of a guest collection."""
    found: list[PauseMessage] = []
    for name, collection in _sides(task).items():
        if "activity_manager" in collection.permissions.held_by(user):
            found.append("source_pause_message" if name == "source" else "destination_pause_message")
        elif collection.has_role(user, "activity_manager"):
            found.append("source_pause_message_share" if name == "source" else "destination_pause_message_share")
    return found


def _task(state: TransferState, user: SandboxUser, id: str, role: RoleName = "activity_monitor") -> Task:
    wanted = task_id_of(id)
    for task in state.every_task():
        if task.id == wanted:
            if not _roles(task, user, role):
                raise TransferRefused(403, "PermissionDenied", f"You do not have the role {role} for task '{id}'")
            return task
    raise TransferRefused(404, "ClientError.NotFound", f"No task with id '{id}'")


def _managed(state: TransferState, user: SandboxUser, ids: Sequence[str]) -> list[Task]:
    """The tasks of those ids; nothing is done to any where one of them is not the user's to manage."""
    return [_task(state, user, id, "activity_manager") for id in ids]


def _owners(state: TransferState) -> set[str]:
    tasks, collections = state.every_task(), state.collections()
    return {task.owner.id for task in tasks} | {collection.owner.id for collection in collections}


def _cancel_document(id: int, tasks: Sequence[Task]) -> Json:
    return {"DATA_TYPE": "admin_cancel", "id": id, "done": all(task.done.is_set() for task in tasks)}


def _without_paths(document: Json, task: Task, user: SandboxUser) -> Json:
    seen = _roles(task, user, "activity_monitor")
    hidden = {f"{side}_path" for side in ("source", "destination") if side not in seen}
    return {name: None if name in hidden else value for name, value in document.items()}


def _document(task: Task, user: SandboxUser) -> Json:
    """The task as those see it who manage its endpoints: with its owner, and with nothing of the other side."""
    document = {**task.document(), "owner_string": task.owner.username}
    sides = _sides(task)
    for name in ("source", "destination"):
        side = sides.get(name)
        seen = side is not None and side.has_role(user, "activity_monitor")
        host = side.host if side is not None and seen else None
        named = side.host_endpoint if side is not None and seen else None
        document |= {
            f"{name}_host_endpoint": None if named is None else named.canonical_name,
            f"{name}_host_endpoint_id": None if named is None else named.id,
            f"{name}_host_endpoint_display_name": None if named is None else named.display_name,
            f"{name}_host_path": side.host_path if side is not None and host is not None else None,
            f"{name}_mapped_collection_id": None if host is None else host.id,
            f"{name}_mapped_collection_display_name": None if host is None else host.display_name,
            f"{name}_local_user_status": "NO_ENDPOINT" if side is None else "OK" if seen else "NO_PERMISSION",
        }
        if not seen:
            hidden = ("endpoint", "endpoint_id", "endpoint_display_name", "local_user", "base_path")
            document |= {f"{name}_{member}": None for member in hidden}
    return document
