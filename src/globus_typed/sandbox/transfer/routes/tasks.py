"""Routes of tasks: list, get, update, cancel, remove, and what a task has to tell."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, TypeVar

from anyio.to_thread import run_sync
from fastapi import APIRouter, Query, Request

from globus_typed.sandbox.described import described
from globus_typed.sandbox.transfer.errors import TransferRefused, bad_request
from globus_typed.sandbox.transfer.request_bodies import TaskUpdateBody, read
from globus_typed.sandbox.transfer.responses import Answer, Json, result, selected
from globus_typed.sandbox.transfer.routes.call import State, User
from globus_typed.sandbox.transfer.routes.queries import (
    Fields,
    Limit1000,
    Offset,
    OrderBy,
    clauses,
    in_range,
    marker_page,
    matches_name,
    ordered,
    total_page,
)
from globus_typed.sandbox.transfer.store.task import Skipped, Success, Task

router: APIRouter = APIRouter()

_T = TypeVar("_T")

_TYPES = ("TRANSFER", "DELETE")
_STATUSES = ("ACTIVE", "INACTIVE", "SUCCEEDED", "FAILED")

_ORDER: Mapping[str, Callable[[Task], str | float | None]] = {
    "task_id": lambda task: task.id,
    "type": lambda task: task.type,
    "status": lambda task: task.status,
    "label": lambda task: task.label,
    "request_time": lambda task: task.request_time,
    "completion_time": lambda task: task.completion_time,
    "deadline": lambda task: task.deadline,
    "faults": lambda task: task.counts.faults,
    "files": lambda task: task.counts.files,
    "bytes_transferred": lambda task: task.counts.bytes_transferred,
    "source_endpoint_display_name": lambda task: task.source.display_name,
    "destination_endpoint_display_name": lambda task: (
        None if task.destination is None else task.destination.display_name
    ),
}


@router.get("/task_list", **described("List the caller's tasks", answer="TaskList"))
async def task_list(
    state: State,
    user: User,
    filter: Annotated[list[str] | None, Query()] = None,
    orderby: OrderBy = None,
    fields: Fields = None,
    limit: Limit1000 = 10,
    offset: Offset = 0,
) -> Answer:
    """The caller's tasks, the newest first when `orderby` does not say otherwise.

    As with the service, deletes are listed only when they are asked for: by `type:TRANSFER,DELETE`, or by a `task_id`.
    """
    parsed = clauses(filter or [], ("task_id", "status", "type", "label", "request_time", "completion_time"))
    tests = [_test(key, value) for key, value in parsed]
    if not {"type", "task_id"} & {key for key, _ in parsed}:
        tests.append(lambda task: task.type == "TRANSFER")
    newest_first = sorted(state.tasks(user), key=lambda task: task.request_time, reverse=True)
    found = ordered([task for task in newest_first if all(test(task) for test in tests)], orderby, _ORDER)
    return Answer(total_page("task_list", found, limit, offset, lambda task: selected(task.document(), fields)))


def _test(key: str, value: str) -> Callable[[Task], bool]:
    if key == "label":
        matches = matches_name(value)
        return lambda task: matches(task.label or "")
    if key == "request_time":
        requested = in_range(value)
        return lambda task: requested(task.request_time)
    if key == "completion_time":
        completed = in_range(value)
        return lambda task: completed(task.completion_time)
    wanted = set(value.split(","))
    if key == "task_id":
        return lambda task: task.id in wanted
    known = _TYPES if key == "type" else _STATUSES
    if not wanted <= set(known):
        raise bad_request("filter", f"{key}:{value} has something else than {', '.join(known)}")
    return lambda task: (task.type if key == "type" else task.status) in wanted


@router.get("/task/{task_id}", **described("Give a task", answer="Task"))
async def get_task(state: State, user: User, task_id: str, fields: Fields = None) -> Answer:
    return Answer(selected(state.task(user, task_id).document(), fields))


@router.put(
    "/task/{task_id}",
    **described("Change label or deadline of a task", answer="Result", body="TaskUpdate", read_by=TaskUpdateBody),
)
async def update_task(request: Request, state: State, user: User, task_id: str) -> Answer:
    body = read(TaskUpdateBody, await request.body())
    task = state.task(user, task_id)
    changes: dict[str, str | float | None] = {}
    if "label" in body.model_fields_set:
        changes["label"] = body.label
    if "deadline" in body.model_fields_set:
        changes["deadline"] = state.deadline(body.deadline)
    if not task.update(changes):
        raise TransferRefused(409, "Conflict", f"Task '{task_id}' is complete and cannot be updated")
    return Answer(result(request, "Updated", "The task was updated successfully"))


@router.post("/task/{task_id}/cancel", **described("Cancel a task", answer="Result"))
async def cancel_task(request: Request, state: State, user: User, task_id: str) -> Answer:
    task = state.task(user, task_id)
    stopped = await run_sync(state.cancel, task)
    if stopped is None:
        return Answer(result(request, "CancelAccepted", "The task will be canceled as soon as possible"))
    if stopped:
        return Answer(result(request, "Canceled", "The task was canceled successfully"))
    return Answer(result(request, "TaskComplete", "The task completed before the cancel request was processed"))


@router.post("/task/{task_id}/remove", **described("Remove a task from the caller's list", answer="Result"))
async def remove_task(request: Request, state: State, user: User, task_id: str) -> Answer:
    state.remove(state.task(user, task_id))
    return Answer(result(request, "Removed", "The task was removed successfully"))


@router.get("/task/{task_id}/event_list", **described("List what happened in a task", answer="EventList"))
async def task_event_list(
    state: State,
    user: User,
    task_id: str,
    filter: Annotated[list[str] | None, Query()] = None,
    fields: Fields = None,
    limit: Limit1000 = 10,
    offset: Offset = 0,
) -> Answer:
    is_error: bool | None = None
    for _, value in clauses(filter or [], ("is_error",)):
        if value not in ("0", "1"):
            raise bad_request("filter", f"is_error:{value} is neither is_error:0 nor is_error:1")
        is_error = value == "1"
    return Answer(event_page(state.task(user, task_id), is_error, fields, limit, offset))


def event_page(task: Task, is_error: bool | None, fields: str | None, limit: int, offset: int) -> Json:
    """A page of what happened to a task, errors or other things alone where that is asked for."""
    events = [event for event in task.events() if is_error in (None, event.is_error)]
    return total_page("event_list", events, limit, offset, lambda event: selected(event.document(), fields))


@router.get(
    "/task/{task_id}/successful_transfers",
    **described("List the files that a task has moved", answer="SuccessfulTransfers"),
)
async def task_successful_transfers(
    state: State,
    user: User,
    task_id: str,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    marker: Offset = 0,
    fields: Fields = None,
) -> Answer:
    task = state.task(user, task_id)
    return Answer(
        marker_of_ended(task, "successful_transfers", task.successes, limit, marker, Success.document, fields)
    )


@router.get(
    "/task/{task_id}/skipped_errors", **described("List the files that a task has left out", answer="SkippedErrors")
)
async def task_skipped_errors(
    state: State,
    user: User,
    task_id: str,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    marker: Offset = 0,
    fields: Fields = None,
) -> Answer:
    task = state.task(user, task_id)
    return Answer(marker_of_ended(task, "skipped_errors", task.skipped, limit, marker, Skipped.document, fields))


def marker_of_ended(
    task: Task,
    data_type: str,
    items: Sequence[_T],
    limit: int,
    marker: int,
    document: Callable[[_T], Json],
    fields: str | None,
) -> Json:
    """A page of what a transfer brought over or left out; TransferRefused before it has ended, and for a delete."""
    if task.type != "TRANSFER":
        raise TransferRefused(400, "ClientError.BadRequest", f"task_id: '{task.id}' is not a transfer")
    if not task.done.is_set():
        raise TransferRefused(409, "Conflict", f"Task '{task.id}' is active; ask again when it has ended")
    return marker_page(data_type, items, limit, marker, lambda one: selected(document(one), fields))
