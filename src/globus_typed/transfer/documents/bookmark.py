"""Bookmarks: names that users have given to directories."""

from typing import Annotated, Literal

from pydantic import Field

from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.fields import AnswerId, Identifier, Line
from globus_typed.core.payloads import MISSING, Payload, UpdatePayload
from globus_typed.transfer.documents.fields import DirectoryPath

__all__ = ["Bookmark", "BookmarkCreate", "BookmarkList", "BookmarkUpdate"]


class Bookmark(Document, frozen=True):
    """A bookmark of the caller: a name for a directory."""

    data_type: str | None = None
    """``bookmark``"""
    id: AnswerId = ""
    """The id of the bookmark, a UUID; empty where the response left it out."""
    name: str | None = None
    """The name, unique among the caller's bookmarks."""
    endpoint_id: str | None = None
    """The id of the collection of the directory."""
    path: str | None = None
    """The directory, with a trailing slash."""
    pinned: bool | None = None
    """Whether it is listed before the others."""


class BookmarkList(ListDocument[Bookmark], frozen=True):
    """All bookmarks of the caller."""

    data_type: str | None = None
    """``bookmark_list``"""


_Name = Annotated[Line, Field(min_length=1)]


class BookmarkCreate(Payload):
    """A bookmark to create; at most 100 per user. Source: Transfer API, "Endpoint Bookmarks"."""

    data_type: Literal["bookmark"] = "bookmark"
    """``bookmark``"""
    name: _Name
    """The name: one line, unique among the user's bookmarks."""
    endpoint_id: Identifier
    """The id of the collection of the directory."""
    path: DirectoryPath
    """The directory, with a trailing slash."""
    pinned: bool | None = None
    """Whether it is listed before the others (None: no)."""


class BookmarkUpdate(UpdatePayload):
    """Changes to a bookmark; its collection and path cannot be changed."""

    data_type: Literal["bookmark"] = "bookmark"
    """``bookmark``"""
    name: _Name | MISSING = MISSING
    """The new name: one line, unique among the user's bookmarks."""
    pinned: bool | MISSING = MISSING
    """Whether it is listed before the others."""
