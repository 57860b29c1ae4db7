"""Routes of submissions: a submission id, a transfer, a delete."""

import uuid

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request

from globus_typed.sandbox.auth.state import Caller
from globus_typed.sandbox.described import described
from globus_typed.sandbox.transfer.request_bodies import DeleteBody, TransferBody
from globus_typed.sandbox.transfer.responses import Answer, result
from globus_typed.sandbox.transfer.routes.call import Calling, State, User
from globus_typed.sandbox.transfer.state import TransferState

router: APIRouter = APIRouter()


@router.get("/submission_id", **described("Give an id to submit a task with", answer="SubmissionId"))
async def get_submission_id(user: User) -> Answer:
    return Answer({"DATA_TYPE": "submission_id", "value": str(uuid.uuid4())})


@router.post(
    "/transfer",
    **described("Submit a transfer", answer="TransferResult", body="TransferData", read_by=TransferBody, status=202),
)
async def submit_transfer(request: Request, state: State, caller: Calling) -> Answer:
    return await _submit(request, state, caller, TransferBody)


@router.post(
    "/delete", **described("Submit a delete", answer="DeleteResult", body="DeleteData", read_by=DeleteBody, status=202)
)
async def submit_delete(request: Request, state: State, caller: Calling) -> Answer:
    return await _submit(request, state, caller, DeleteBody)


async def _submit(
    request: Request, state: TransferState, caller: Caller, kind: type[TransferBody] | type[DeleteBody]
) -> Answer:
    raw = await request.body()
    taken = await run_sync(state.submit, caller, kind, raw)
    name = "transfer" if kind is TransferBody else "delete"
    link = {
        "DATA_TYPE": "link",
        "href": f"task/{taken.task_id}?format=json",
        "rel": "related",
        "resource": "task",
        "title": "related task",
    }
    document = result(
        request,
        "Accepted" if taken.new else "Duplicate",
        f"The {name} was accepted and a task was queued" if taken.new else f"This {name} was submitted before",
        data_type=f"{name}_result",
        submission_id=taken.submission_id,
        task_id=taken.task_id,
        task_link=link,
    )
    return Answer(document, 202 if taken.new else 200)
