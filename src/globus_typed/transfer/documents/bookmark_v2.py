"""Bookmarks of Transfer v2: with their collection, and without `pinned`."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from globus_typed.core.documents import Document
from globus_typed.core.fields import NULL_IS_ABSENT, AnswerId, Identifier, Line
from globus_typed.core.payloads import MISSING, UpdatePayload
from globus_typed.transfer.documents.fields import AbsolutePath
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
    """The attributes of a bookmark."""

    name: str | None = None
    """The name, unique among the caller's bookmarks."""
    path: str | None = None
    """The directory; None in lists if the collection holds protected data and the session is not recent enough."""


class BookmarkV2Relationships(Document, frozen=True):
    """The resources related to a bookmark."""

    collection: Relationship | None = None
    """The collection of the directory."""


class BookmarkV2Resource(Document, frozen=True):
    """A bookmark, as in lists."""

    type: Literal["Bookmark"] | str | None = None
    """``Bookmark``"""
    id: AnswerId = ""
    """The id, a UUID; empty where the response left it out."""
    attributes: Annotated[BookmarkV2Attributes, NULL_IS_ABSENT] = Field(default_factory=BookmarkV2Attributes)
    """The attributes."""
    relationships: Annotated[BookmarkV2Relationships, NULL_IS_ABSENT] = Field(default_factory=BookmarkV2Relationships)
    """The related resources."""


class BookmarkV2CollectionAttributes(Document, frozen=True):
    """The attributes of a bookmark's collection."""

    display_name: str | None = None
    """The display name."""
    high_assurance: bool | None = None
    """Whether it holds protected data, which requires recent logins."""


class BookmarkV2Collection(Document, frozen=True):
    """The collection of a bookmark."""

    type: Literal["Collection"] | str | None = None
    """``Collection``"""
    id: AnswerId = ""
    """The id, a UUID; empty where the response left it out."""
    attributes: Annotated[BookmarkV2CollectionAttributes, NULL_IS_ABSENT] = Field(
        default_factory=BookmarkV2CollectionAttributes
    )
    """The attributes."""


class BookmarkV2(ResourceDocument[BookmarkV2Resource], frozen=True):
    """A bookmark of the caller: a name for a directory."""

    resource: Annotated[BookmarkV2Resource, NULL_IS_ABSENT] = Field(default_factory=BookmarkV2Resource, alias="data")
    """The bookmark (``data`` on the wire)."""
    included: list[BookmarkV2Collection] | None = None
    """Its collection, if requested."""

    @property
    def id(self) -> str:
        """The id, a UUID; empty where the response left it out."""
        return self.resource.id

    @property
    def attributes(self) -> BookmarkV2Attributes:
        """The attributes."""
        return self.resource.attributes

    @property
    def relationships(self) -> BookmarkV2Relationships:
        """The related resources."""
        return self.resource.relationships


class BookmarkV2List(ResourceList[BookmarkV2Resource], frozen=True):
    """A page of the caller's bookmarks."""

    included: list[BookmarkV2Collection] | None = None
    """Their collections, if requested."""


class BookmarkV2DeleteResult(Document, frozen=True):
    """The result of deleting a bookmark."""

    meta: Meta | None = None
    """Additional information in the response."""


_Name = Annotated[Line, Field(min_length=1)]


class BookmarkV2Create(ResourcePayload):
    """A bookmark to create. Source: Transfer API v2, "Bookmarks"."""

    related: ClassVar[Mapping[str, str]] = {"collection": "Collection"}

    type: Literal["Bookmark"] = "Bookmark"
    """``Bookmark``"""
    collection: Identifier
    """The id of the collection of the directory."""
    name: _Name
    """The name: one line, unique among the user's bookmarks."""
    path: AbsolutePath
    """The path of the directory."""


class BookmarkV2Update(ResourcePayload, UpdatePayload):
    """Changes to a bookmark; its collection cannot be changed."""

    type: Literal["Bookmark"] = "Bookmark"
    """``Bookmark``"""
    name: _Name | MISSING = MISSING
    """The new name: one line, unique among the user's bookmarks."""
    path: AbsolutePath | MISSING = MISSING
    """The path of the new directory."""
