"""Bookmarks as Transfer v2 has them: with the collection, and without `pinned`."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from globus_typed.core.documents import Document
from globus_typed.core.fields import Identifier, Line
from globus_typed.core.payloads import MISSING, UpdatePayload
from globus_typed.transfer.documents.fields import DirectoryPath
from globus_typed.transfer.documents.json_api import Meta, Relationship, ResourceDocument, ResourceList, ResourcePayload

__all__ = [
    "BookmarkV2",
    "BookmarkV2Attributes",
    "BookmarkV2Collection",
    "BookmarkV2CollectionAttributes",
    "BookmarkV2Create",
    "BookmarkV2DeleteResult",
    "BookmarkV2List",
    "BookmarkV2Relationships",
    "BookmarkV2Resource",
    "BookmarkV2Update",
]


class BookmarkV2Attributes(Document, frozen=True):
    """What there is to say of a bookmark."""

    name: str | None = None
    """Its name, which no other bookmark of the caller's has."""
    path: str | None = None
    """The directory; None in lists where the collection holds protected data and the session is not fresh."""


class BookmarkV2Relationships(Document, frozen=True):
    """What a bookmark goes with."""

    collection: Relationship | None = None
    """The collection that the directory is on."""


class BookmarkV2Resource(Document, frozen=True):
    """A bookmark, as it stands in lists."""

    type: Literal["Bookmark"] | str | None = None
    """``Bookmark``"""
    id: str
    """The id, a UUID."""
    attributes: BookmarkV2Attributes = Field(default_factory=BookmarkV2Attributes)
    """What there is to say of it."""
    relationships: BookmarkV2Relationships = Field(default_factory=BookmarkV2Relationships)
    """What it goes with."""


class BookmarkV2CollectionAttributes(Document, frozen=True):
    """What a bookmark tells of its collection."""

    display_name: str | None = None
    """The name that people see."""
    high_assurance: bool | None = None
    """Whether it holds protected data, for which sessions must be fresh."""


class BookmarkV2Collection(Document, frozen=True):
    """The collection of a bookmark."""

    type: Literal["Collection"] | str | None = None
    """``Collection``"""
    id: str
    """The id, a UUID."""
    attributes: BookmarkV2CollectionAttributes = Field(default_factory=BookmarkV2CollectionAttributes)
    """What there is to say of it."""


class BookmarkV2(ResourceDocument[BookmarkV2Resource], frozen=True):
    """A directory that the caller has given a name."""

    included: list[BookmarkV2Collection] | None = None
    """Its collection, where that was asked for."""

    @property
    def id(self) -> str:
        """The id, a UUID."""
        return self.resource.id

    @property
    def attributes(self) -> BookmarkV2Attributes:
        """What there is to say of it."""
        return self.resource.attributes

    @property
    def relationships(self) -> BookmarkV2Relationships:
        """What it goes with."""
        return self.resource.relationships


class BookmarkV2List(ResourceList[BookmarkV2Resource], frozen=True):
    """A page of the caller's bookmarks."""

    included: list[BookmarkV2Collection] | None = None
    """Their collections, where those were asked for."""


class BookmarkV2DeleteResult(Document, frozen=True):
    """That a bookmark was deleted."""

    meta: Meta | None = None
    """What the answer says besides."""


_Name = Annotated[Line, Field(min_length=1)]


class BookmarkV2Create(ResourcePayload):
    """A bookmark to make. Source: Transfer API v2, "Bookmarks"."""

    related: ClassVar[Mapping[str, str]] = {"collection": "Collection"}

    type: Literal["Bookmark"] = "Bookmark"
    """``Bookmark``"""
    collection: Identifier
    """The id of the collection that the directory is on."""
    name: _Name
    """Its name: one line, which no other bookmark of the user's has."""
    path: DirectoryPath
    """The directory, with a slash at its end."""


class BookmarkV2Update(ResourcePayload, UpdatePayload):
    """What to change of a bookmark; its collection stays."""

    type: Literal["Bookmark"] = "Bookmark"
    """``Bookmark``"""
    name: _Name | MISSING = MISSING
    """Its new name: one line, which no other bookmark of the user's has."""
    path: DirectoryPath | MISSING = MISSING
    """The new directory, with a slash at its end."""
