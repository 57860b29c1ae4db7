"""Bookmarks: directories that a user has given a name."""

from typing import Annotated, Literal

from pydantic import Field

from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.fields import Identifier, Line
from globus_typed.core.payloads import MISSING, Payload, UpdatePayload
from globus_typed.transfer.documents.fields import DirectoryPath

__all__ = ["Bookmark", "BookmarkCreate", "BookmarkList", "BookmarkUpdate"]


class Bookmark(Document, frozen=True):
    """A directory that the caller has given a name."""

    data_type: str | None = None
    """``bookmark``"""
    id: str
    """The id of the bookmark, a UUID."""
    name: str | None = None
    """Its name, which no other bookmark of the caller's has."""
    endpoint_id: str | None = None
    """The collection that the directory is on."""
    path: str | None = None
    """The directory, with a slash at its end."""
    pinned: bool | None = None
    """Whether it stands before the others."""


class BookmarkList(ListDocument[Bookmark], frozen=True):
    """All bookmarks of the caller's."""

    data_type: str | None = None
    """``bookmark_list``"""


_Name = Annotated[Line, Field(min_length=1)]


class BookmarkCreate(Payload):
    """A bookmark to make; a user has 100 at most. Source: Transfer API, "Endpoint Bookmarks"."""

    data_type: Literal["bookmark"] = "bookmark"
    """``bookmark``"""
    name: _Name
    """Its name: one line, which no other bookmark of the user's has."""
    endpoint_id: Identifier
    """The id of the collection that the directory is on."""
    path: DirectoryPath
    """The directory, with a slash at its end."""
    pinned: bool | None = None
    """Whether it stands before the others; None: no."""


class BookmarkUpdate(UpdatePayload):
    """What to change of a bookmark; where it leads to stays."""

    data_type: Literal["bookmark"] = "bookmark"
    """``bookmark``"""
    name: _Name | MISSING = MISSING
    """Its new name: one line, which no other bookmark of the user's has."""
    pinned: bool | MISSING = MISSING
    """Whether it stands before the others."""
