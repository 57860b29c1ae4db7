# Generated from bookmark_v2.py by tools/unasync.py: change that file.
"""Bookmarks of Transfer version 2, which speaks JSON:API; those of version 0.10 are the same ones, told otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID

from globus_typed.core.pager import Pager
from globus_typed.core.paging import LinkPaging
from globus_typed.core.request import Part, QueryValue, Request
from globus_typed.transfer import documents
from globus_typed.transfer.client.base import TransferBase
from globus_typed.transfer.service import V2


class BookmarkV2Methods(TransferBase):
    """Methods on bookmarks that name their collection; globus-sdk has them in a client of their own, without "v2"."""

    def list_bookmarks_v2(
        self,
        num_results: int | None = None,
        *,
        include: Literal["collection"] | str | None = None,
        **params: QueryValue,
    ) -> Pager[documents.BookmarkV2Resource, documents.BookmarkV2List]:
        """The caller's bookmarks, at most 100: a pager. A path is None where the collection holds protected data and
        the session is not fresh: `get_bookmark_v2` tells it, or asks for a login.

        ``GET /v2/bookmarks``

        Parameters: `num_results`, how many to give at most (None: all); `include`, ``"collection"`` for what the
        collections are called, in `included` of each page; `params`, query parameters.
        Source: Transfer API v2, "Bookmarks".
        """
        request = Request("GET", (V2, "bookmarks"), documents.BookmarkV2List, query={**params, "include": include})
        return Pager(self.send, request, LinkPaging(), num_results)

    def create_bookmark_v2(self, data: documents.BookmarkV2Create | Mapping[str, Any]) -> documents.BookmarkV2:
        """The new bookmark; it is asked for once, unless the request surely did not arrive.

        ``POST /v2/bookmarks``

        Parameters: `data`, a `BookmarkV2Create`, or a mapping that holds such a document.
        Raises `ConflictError` for a name that is taken, `NotFoundError` for a collection that is not there;
        `pydantic.ValidationError` for a document that is wrong.
        Source: Transfer API v2, "Bookmarks".
        """
        body = documents.BookmarkV2Create.of(data)
        return self.send(Request("POST", (V2, "bookmarks"), documents.BookmarkV2, json=body))

    def get_bookmark_v2(
        self,
        bookmark_id: str | UUID,
        *,
        include: Literal["collection"] | str | None = None,
        **params: QueryValue,
    ) -> documents.BookmarkV2:
        """The bookmark with that id.

        ``GET /v2/bookmarks/{bookmark_id}``

        Parameters: `include`, ``"collection"`` for what the collection is called; `params`, query parameters.
        Raises `NotFoundError`.
        Source: Transfer API v2, "Bookmarks".
        """
        query = {**params, "include": include}
        return self.send(Request("GET", _bookmark(bookmark_id), documents.BookmarkV2, query=query))

    def update_bookmark_v2(
        self, bookmark_id: str | UUID, update_document: documents.BookmarkV2Update | Mapping[str, Any]
    ) -> documents.BookmarkV2:
        """The bookmark as it is after the change, of its name, its path or both.

        ``PATCH /v2/bookmarks/{bookmark_id}``

        Parameters: `update_document`, a `BookmarkV2Update`, or a mapping that holds such a document.
        Raises `NotFoundError`; `ConflictError` for a name that is taken; `pydantic.ValidationError` for a document that
        is wrong.
        Source: Transfer API v2, "Bookmarks".
        """
        body = documents.BookmarkV2Update.of(update_document)
        return self.send(Request("PATCH", _bookmark(bookmark_id), documents.BookmarkV2, json=body))

    def delete_bookmark_v2(self, bookmark_id: str | UUID) -> documents.BookmarkV2DeleteResult:
        """The confirmation that the bookmark is gone.

        ``DELETE /v2/bookmarks/{bookmark_id}``

        Raises `NotFoundError`.
        Source: Transfer API v2, "Bookmarks".
        """
        return self.send(Request("DELETE", _bookmark(bookmark_id), documents.BookmarkV2DeleteResult))


def _bookmark(bookmark_id: str | UUID) -> tuple[str | Part, ...]:
    return V2, "bookmarks", Part("bookmark_id", bookmark_id)
