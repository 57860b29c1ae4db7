"""Routes of the caller's bookmarks."""

import uuid
from typing import Annotated, Literal

from fastapi import APIRouter, Request
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from globus_typed.sandbox.auth.state import SandboxUser
from globus_typed.sandbox.described import described
from globus_typed.sandbox.transfer.errors import TransferRefused, bad_request
from globus_typed.sandbox.transfer.fields import Id, Path, one_line
from globus_typed.sandbox.transfer.request_bodies import Body, read
from globus_typed.sandbox.transfer.responses import Answer, Json, result, selected
from globus_typed.sandbox.transfer.routes.call import State, User
from globus_typed.sandbox.transfer.routes.queries import Fields, Filters, OrderBy, chosen
from globus_typed.sandbox.transfer.state import TransferState

router: APIRouter = APIRouter()

_MOST_BOOKMARKS = 100


def _directory(path: str) -> str:
    if not path.endswith("/"):
        raise PydanticCustomError("invalid_path", "the path of a directory ends with '/': {path}", {"path": repr(path)})
    return path


BookmarkName = Annotated[str, Field(min_length=1), AfterValidator(one_line)]
DirectoryPath = Annotated[Path, AfterValidator(_directory)]


class BookmarkBody(Body):
    """The body of `POST /bookmark`."""

    DATA_TYPE: Literal["bookmark"] = "bookmark"
    name: BookmarkName
    endpoint_id: Id
    path: DirectoryPath
    pinned: bool = False


class BookmarkUpdateBody(Body):
    """The body of a `PUT`; what cannot be changed may be sent as it is."""

    DATA_TYPE: Literal["bookmark"] = "bookmark"
    id: str = ""
    name: BookmarkName = ""
    endpoint_id: str = ""
    path: str = ""
    pinned: bool = False


@router.get("/bookmark_list", **described("List the caller's bookmarks", answer="BookmarkList"))
async def bookmark_list(
    state: State, user: User, filter: Filters = None, orderby: OrderBy = None, fields: Fields = None
) -> Answer:
    documents = list(bookmarks_of(state, user).values())
    listed = chosen(documents, filter, orderby, fields, keys=("id", "name", "endpoint_id", "path", "pinned"))
    return Answer({"DATA_TYPE": "bookmark_list", "DATA": listed})


@router.post(
    "/bookmark",
    **described("Make a bookmark", answer="Bookmark", body="BookmarkCreate", read_by=BookmarkBody, status=201),
)
async def create_bookmark(request: Request, state: State, user: User) -> Answer:
    body = read(BookmarkBody, await request.body())
    made = add_bookmark(state, user, name=body.name, endpoint_id=body.endpoint_id, path=body.path, pinned=body.pinned)
    return Answer(made, 201)


@router.get("/bookmark/{bookmark_id}", **described("Give a bookmark", answer="Bookmark"))
async def get_bookmark(state: State, user: User, bookmark_id: str, fields: Fields = None) -> Answer:
    return Answer(selected(bookmark_of(state, user, bookmark_id), fields))


@router.put(
    "/bookmark/{bookmark_id}",
    **described("Change a bookmark", answer="Bookmark", body="BookmarkUpdate", read_by=BookmarkUpdateBody),
)
async def update_bookmark(request: Request, state: State, user: User, bookmark_id: str) -> Answer:
    body = read(BookmarkUpdateBody, await request.body())
    bookmark = bookmark_of(state, user, bookmark_id)
    changes = body.model_dump(exclude_unset=True, exclude={"DATA_TYPE"})
    for name in ("id", "endpoint_id", "path"):
        if changes.get(name, bookmark[name]) != bookmark[name]:
            raise bad_request(name, "cannot be changed; only name and pinned can")
    if changes.get("name", bookmark["name"]) != bookmark["name"]:
        refuse_taken(bookmarks_of(state, user), body.name)
    bookmark.update(changes)
    return Answer(bookmark)


@router.delete("/bookmark/{bookmark_id}", **described("Delete a bookmark", answer="Result"))
async def delete_bookmark(request: Request, state: State, user: User, bookmark_id: str) -> Answer:
    bookmark = bookmark_of(state, user, bookmark_id)
    del bookmarks_of(state, user)[str(bookmark["id"])]
    return Answer(result(request, "Deleted", "Bookmark deleted successfully"))


def add_bookmark(
    state: TransferState, user: SandboxUser, *, name: str, endpoint_id: str, path: str, pinned: bool = False
) -> Json:
    """A new bookmark; TransferRefused for a collection that is not there, a name that is taken, and one too many."""
    bookmarks = bookmarks_of(state, user)
    if all(collection.id != endpoint_id for collection in state.collections()):
        raise TransferRefused(404, "EndpointNotFound", f"endpoint_id: no such endpoint '{endpoint_id}'")
    refuse_taken(bookmarks, name)
    if len(bookmarks) >= _MOST_BOOKMARKS:
        message = f"You have {_MOST_BOOKMARKS} bookmarks, which is as many as a user may have"
        raise TransferRefused(409, "LimitExceeded", message)
    id = str(uuid.uuid4())
    bookmarks[id] = {
        "DATA_TYPE": "bookmark",
        "id": id,
        "name": name,
        "endpoint_id": endpoint_id,
        "path": path,
        "pinned": pinned,
    }
    return bookmarks[id]


def bookmarks_of(state: TransferState, user: SandboxUser) -> dict[str, Json]:
    """The user's bookmarks, by id."""
    return state.bookmarks.setdefault(user.id, {})


def bookmark_of(state: TransferState, user: SandboxUser, id: str) -> Json:
    """The user's bookmark with that id; TransferRefused where there is none."""
    bookmark = bookmarks_of(state, user).get(id.lower())
    if bookmark is None:
        raise TransferRefused(404, "BookmarkNotFound", f"You have no bookmark '{id}'")
    return bookmark


def refuse_taken(bookmarks: dict[str, Json], name: str) -> None:
    """TransferRefused where one of the bookmarks has that name."""
    if any(bookmark["name"] == name for bookmark in bookmarks.values()):
        raise TransferRefused(409, "Conflict", f"name: you have a bookmark of the name {name!r}")
