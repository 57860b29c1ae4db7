"""Routes of file operations: ls, stat, mkdir, rename, symlink."""

import errno
import os
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Query, Request

from globus_typed.sandbox.auth.state import Caller
from globus_typed.sandbox.described import described
from globus_typed.sandbox.transfer.errors import TransferRefused
from globus_typed.sandbox.transfer.listing import ORDER, entries, entry_at, keep
from globus_typed.sandbox.transfer.paths import LeavesCollection, NotPermitted, Parts, Tree, parts_of
from globus_typed.sandbox.transfer.request_bodies import MkdirBody, RenameBody, SymlinkBody, read
from globus_typed.sandbox.transfer.responses import Answer, result, selected, shown
from globus_typed.sandbox.transfer.routes.call import Calling, State
from globus_typed.sandbox.transfer.routes.queries import Fields, Filters, Offset, OrderBy, ordered
from globus_typed.sandbox.transfer.state import TransferState
from globus_typed.sandbox.transfer.store.collections import SandboxCollection
from globus_typed.sandbox.transfer.store.pauses import Operation

router: APIRouter = APIRouter(prefix="/operation/endpoint/{endpoint_id}")

_MOST_ENTRIES = 100_000

LocalUser = Annotated[str | None, Query()]
"""For mapped collections, where it names the local account; other collections ignore it."""


@router.get("/ls", **described("List a directory", answer="FileList"))
def operation_ls(
    state: State,
    caller: Calling,
    endpoint_id: str,
    path: str | None = None,
    show_hidden: bool = True,
    limit: Annotated[int, Query(ge=1, le=_MOST_ENTRIES)] = _MOST_ENTRIES,
    offset: Offset = 0,
    orderby: OrderBy = None,
    filter: Filters = None,
    fields: Fields = None,
    local_user: LocalUser = None,
) -> Answer:
    collection = _collection(state, caller, endpoint_id, "pause_ls")
    if path is None:
        default = collection.default_directory
        path = "/~/" if default == "/{server_default}/" else default
    parts = _parts(path)
    wanted = keep(filter or [])
    try:
        found = entries(collection.view(caller.user), parts, show_hidden=show_hidden)
    except FileNotFoundError:
        raise TransferRefused(404, "ClientError.NotFound", f"Directory '{path}' not found on endpoint") from None
    except NotADirectoryError:
        code = "ExternalError.DirListingFailed.NotDirectory"
        raise TransferRefused(502, code, f"'{path}' is not a directory") from None
    except OSError as error:
        raise _failed(error, path, "ExternalError.DirListingFailed") from None
    chosen = ordered([entry for entry in found if wanted(entry)], orderby, ORDER)
    page = [selected(entry.document(), fields) for entry in chosen[offset : offset + limit]]
    return Answer(
        {
            "DATA_TYPE": "file_list",
            "DATA": page,
            "endpoint": collection.id,
            "path": path.rstrip("/") + "/",
            "absolute_path": shown("/" + "".join(f"{name}/" for name in parts)),
            "rename_supported": True,
            "symlink_supported": True,
            "length": len(page),
            "total": len(chosen),
        }
    )


@router.get("/stat", **described("Tell of one file or directory", answer="File"))
def operation_stat(
    state: State, caller: Calling, endpoint_id: str, path: str, fields: Fields = None, local_user: LocalUser = None
) -> Answer:
    collection = _collection(state, caller, endpoint_id, "pause_ls")
    parts = _parts(path)
    try:
        return Answer(selected(entry_at(collection.view(caller.user), parts).document(), fields))
    except (FileNotFoundError, NotADirectoryError):
        raise TransferRefused(404, "NotFound", f"'{path}' not found on endpoint") from None
    except OSError as error:
        raise _failed(error, path, "ExternalError.StatFailed") from None


@router.post(
    "/mkdir", **described("Make a directory", answer="MkdirResult", body="Mkdir", read_by=MkdirBody, status=202)
)
async def operation_mkdir(request: Request, state: State, caller: Calling, endpoint_id: str) -> Answer:
    body = read(MkdirBody, await request.body())
    collection = _collection(state, caller, endpoint_id, "pause_mkdir", write=True)
    await run_sync(_mkdir, collection.view(caller.user, write=True), body.path)
    message = "The directory was created successfully"
    return Answer(result(request, "DirectoryCreated", message, data_type="mkdir_result"), 202)


@router.post("/rename", **described("Rename a file or directory", answer="Result", body="Rename", read_by=RenameBody))
async def operation_rename(request: Request, state: State, caller: Calling, endpoint_id: str) -> Answer:
    body = read(RenameBody, await request.body())
    collection = _collection(state, caller, endpoint_id, "pause_rename", write=True)
    await run_sync(_rename, collection.view(caller.user, write=True), body.old_path, body.new_path)
    return Answer(result(request, "FileRenamed", "The file was renamed successfully"))


@router.post("/symlink", **described("Make a symlink", answer="Result", body="Symlink", read_by=SymlinkBody))
async def operation_symlink(request: Request, state: State, caller: Calling, endpoint_id: str) -> Answer:
    body = read(SymlinkBody, await request.body())
    collection = _collection(state, caller, endpoint_id, "pause_symlink", write=True)
    await run_sync(_symlink, collection.view(caller.user, write=True), body.symlink_target, body.path)
    return Answer(result(request, "SymlinkCreated", "The symlink was created successfully"))


def _collection(
    state: TransferState, caller: Caller, id: str, operation: Operation, *, write: bool = False
) -> SandboxCollection:
    collection = state.reach(caller, id, write=write)
    state.refuse_without_consent(caller, collection)
    state.refuse_paused(caller.user, collection, operation)
    state.use(caller.user, collection)
    return collection


def _parts(path: str) -> Parts:
    try:
        return parts_of(path)
    except ValueError as error:
        raise TransferRefused(400, "InvalidPath", f"path: {error}: {path!r}") from None


def _mkdir(tree: Tree, path: str) -> None:
    try:
        with tree.locate(parts_of(path)) as place:
            os.mkdir(place.name, dir_fd=place.fd)
    except FileExistsError:
        raise TransferRefused(502, "ExternalError.MkdirFailed.Exists", f"Path already exists: '{path}'") from None
    except OSError as error:
        raise _failed(error, path, "ExternalError.MkdirFailed") from None


def _rename(tree: Tree, old_path: str, new_path: str) -> None:
    try:
        with (
            tree.locate(parts_of(old_path), follow=False) as old,
            tree.locate(parts_of(new_path), follow=False) as new,
        ):
            if old.status is None:
                raise TransferRefused(404, "ClientError.NotFound", f"'{old_path}' not found on endpoint")
            if new.status is not None:
                raise TransferRefused(502, "EndpointError", f"Path already exists: '{new_path}'")
            os.rename(old.name, new.name, src_dir_fd=old.fd, dst_dir_fd=new.fd)
    except OSError as error:
        raise _failed(error, f"{old_path}' to '{new_path}", "EndpointError") from None


def _symlink(tree: Tree, target: str, path: str) -> None:
    try:
        with tree.locate(parts_of(path), follow=False) as place:
            os.symlink(target, place.name, dir_fd=place.fd)
    except OSError as error:
        raise _failed(error, path, "EndpointError") from None


def _failed(error: OSError, path: str, code: str) -> TransferRefused:
    message = f"{error.strerror}: '{path}'"
    if isinstance(error, LeavesCollection | NotPermitted):
        return TransferRefused(403, "EndpointPermissionDenied", message)
    if error.errno in (errno.EACCES, errno.EPERM) and code != "EndpointError":
        code += ".PermissionDenied"
    return TransferRefused(502, code, message)
