"""Routes of the caller's bookmarks in Transfer v2: the same bookmarks, with their collections."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from globus_typed.sandbox.described import described
from globus_typed.sandbox.transfer.errors import bad_request
from globus_typed.sandbox.transfer.fields import Id, Path
from globus_typed.sandbox.transfer.json_api import answer, related
from globus_typed.sandbox.transfer.request_bodies import Body, read
from globus_typed.sandbox.transfer.responses import Json
from globus_typed.sandbox.transfer.routes.bookmarks import (
    BookmarkName,
    add_bookmark,
    bookmark_of,
    bookmarks_of,
    refuse_taken,
)
from globus_typed.sandbox.transfer.routes.call import State, User
from globus_typed.sandbox.transfer.state import TransferState

router: APIRouter = APIRouter(prefix="/bookmarks")

_Include = Annotated[Literal["collection"] | None, Query()]


class _CollectionId(Body):
    type: Literal["Collection"]
    id: Id


class _Collection(Body):
    data: _CollectionId


class _Relationships(Body):
    collection: _Collection


class _Attributes(Body):
    name: BookmarkName
    path: Path


class _Bookmark(Body):
    type: Literal["Bookmark"]
    attributes: _Attributes
    relationships: _Relationships


class BookmarkV2Body(Body):
    """The body of `POST /bookmarks`."""

    data: _Bookmark


class _ChangedAttributes(Body):
    name: BookmarkName = ""
    path: Path = ""


class _ChangedBookmark(Body):
    type: Literal["Bookmark"]
    id: str | None = None
    attributes: _ChangedAttributes
    relationships: _Relationships | None = None


class BookmarkV2UpdateBody(Body):
    """The body of a `PATCH` on a bookmark; only what is sent is changed."""

    data: _ChangedBookmark


@router.get("", **described("List bookmarks with their collections", answer="BookmarkV2List"))
async def list_bookmarks_v2(state: State, user: User, include: _Include = None) -> Response:
    listed = list(bookmarks_of(state, user).values())
    document: Json = {"data": [_resource(bookmark) for bookmark in listed], "links": None}
    return answer(document | _included(state, listed, include))


@router.post(
    "", **described("Make a bookmark", answer="BookmarkV2", body="BookmarkV2Create", read_by=BookmarkV2Body, status=201)
)
async def create_bookmark_v2(request: Request, state: State, user: User, include: _Include = None) -> Response:
    body = read(BookmarkV2Body, await request.body()).data
    collection = body.relationships.collection.data.id
    made = add_bookmark(state, user, name=body.attributes.name, endpoint_id=collection, path=body.attributes.path)
    return answer({"data": _resource(made), **_included(state, [made], include)}, 201)


@router.get("/{bookmark_id}", **described("Give a bookmark with its collection", answer="BookmarkV2"))
async def get_bookmark_v2(state: State, user: User, bookmark_id: str, include: _Include = None) -> Response:
    bookmark = bookmark_of(state, user, bookmark_id)
    return answer({"data": _resource(bookmark), **_included(state, [bookmark], include)})


@router.patch(
    "/{bookmark_id}",
    **described("Change a bookmark", answer="BookmarkV2", body="BookmarkV2Update", read_by=BookmarkV2UpdateBody),
)
async def update_bookmark_v2(
    request: Request, state: State, user: User, bookmark_id: str, include: _Include = None
) -> Response:
    body = read(BookmarkV2UpdateBody, await request.body()).data
    bookmark = bookmark_of(state, user, bookmark_id)
    if body.id is not None and body.id.lower() != bookmark_id.lower():
        raise bad_request("data.id", "it is not the id in the path")
    if body.relationships is not None and body.relationships.collection.data.id != bookmark["endpoint_id"]:
        raise bad_request("data.relationships.collection", "cannot be changed; only name and path can")
    changes = body.attributes.model_dump(exclude_unset=True)
    if changes.get("name", bookmark["name"]) != bookmark["name"]:
        refuse_taken(bookmarks_of(state, user), body.attributes.name)
    bookmark.update(changes)
    return answer({"data": _resource(bookmark), **_included(state, [bookmark], include)})


@router.delete("/{bookmark_id}", **described("Delete a bookmark", answer="BookmarkV2DeleteResult"))
async def delete_bookmark_v2(state: State, user: User, bookmark_id: str) -> Response:
    del bookmarks_of(state, user)[str(bookmark_of(state, user, bookmark_id)["id"])]
    return answer({})


def _resource(bookmark: Json) -> Json:
    return {
        "type": "Bookmark",
        "id": bookmark["id"],
        "attributes": {"name": bookmark["name"], "path": bookmark["path"]},
        "relationships": {"collection": related("Collection", str(bookmark["endpoint_id"]))},
    }


def _included(state: TransferState, bookmarks: list[Json], include: str | None) -> Json:
    if include is None:
        return {}
    wanted = {bookmark["endpoint_id"] for bookmark in bookmarks}
    return {
        "included": [
            {
                "type": "Collection",
                "id": collection.id,
                "attributes": {"display_name": collection.display_name, "high_assurance": False},
            }
            for collection in state.collections()
            if collection.id in wanted
        ]
    }
