# Generated from bookmark_v2.py by tools/unasync.py: change that file.
"""Bookmarks of Transfer version 2 (JSON:API): the same bookmarks as in version 0.10, in another form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID

from typing_extensions import Unpack

from globus_typed.core.pager import Pager
from globus_typed.core.paging import LinkPaging
from globus_typed.core.query_params import NoMoreParams, merged_query
from globus_typed.core.request import Part, QueryValue, Request
from globus_typed.core.results import with_id
from globus_typed.transfer import documents
from globus_typed.transfer.client.base import TransferBase
from globus_typed.transfer.service import V2


class BookmarkV2Methods(TransferBase):
    """Methods on bookmarks that include their collection; globus-sdk has them in a separate client, without "v2"."""

    def list_bookmarks_v2(
        self,
        num_results: int | None = None,
        *,
        include: Literal["collection"] | str | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> Pager[documents.BookmarkV2Resource, documents.BookmarkV2List]:
        """The caller's bookmarks, at most 100, page by page.

        ``GET /v2/bookmarks``

        A path is None if the collection holds protected data and the session is not recent enough: `get_bookmark_v2`
        returns it, or requires a login.

        Parameters: `num_results`, the maximum number of results (None: all); `include`, ``"collection"`` to have the
        names of the collections in `included` of each page; `query_params`, further query parameters.
        Source: Transfer API v2, "Bookmarks".
        """
        request = Request(
            "GET",
            (V2, "bookmarks"),
            documents.BookmarkV2List,
            query=merged_query(self.list_bookmarks_v2, params, query_params, {"include": include}),
        )
        return Pager(self.send, request, LinkPaging(), num_results)

    def create_bookmark_v2(self, data: documents.BookmarkV2Create | Mapping[str, Any]) -> documents.BookmarkV2:
        """Create a bookmark. Retried only if the request certainly did not arrive.

        ``POST /v2/bookmarks``

        Parameters: `data`, a `BookmarkV2Create` or an equivalent mapping.
        Raises `ConflictError` if the name is taken, `NotFoundError` if the collection does not exist;
        `pydantic.ValidationError` for an invalid document.
        Source: Transfer API v2, "Bookmarks".
        """
        body = documents.BookmarkV2Create.of(data)
        return self.send(Request("POST", (V2, "bookmarks"), documents.BookmarkV2, json=body))

    def get_bookmark_v2(
        self,
        bookmark_id: str | UUID,
        *,
        include: Literal["collection"] | str | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.BookmarkV2:
        """The bookmark with this id.

        ``GET /v2/bookmarks/{bookmark_id}``

        Parameters: `include`, ``"collection"`` to have the name of the collection in `included`; `query_params`,
        further query parameters.
        Raises `NotFoundError`.
        Source: Transfer API v2, "Bookmarks".
        """
        query = merged_query(self.get_bookmark_v2, params, query_params, {"include": include})
        return self.send(Request("GET", _bookmark(bookmark_id), documents.BookmarkV2, query=query))

    def update_bookmark_v2(
        self, bookmark_id: str | UUID, update_document: documents.BookmarkV2Update | Mapping[str, Any]
    ) -> documents.BookmarkV2:
        """Update the name or the path of a bookmark, or both; the result is the bookmark after the change.

        ``PATCH /v2/bookmarks/{bookmark_id}``

        Parameters: `update_document`, a `BookmarkV2Update` or an equivalent mapping.
        Raises `NotFoundError`; `ConflictError` if the name is taken; `pydantic.ValidationError` for an invalid
        document.
        Source: Transfer API v2, "Bookmarks".
        """
        body = documents.BookmarkV2Update.of(update_document)
        response = self.send(Request("PATCH", _bookmark(bookmark_id), documents.BookmarkV2, json=body))
        return with_id(response, bookmark_id, "resource")

    def delete_bookmark_v2(self, bookmark_id: str | UUID) -> documents.BookmarkV2DeleteResult:
        """Delete a bookmark; the result confirms it.

        ``DELETE /v2/bookmarks/{bookmark_id}``

        Raises `NotFoundError`.
        Source: Transfer API v2, "Bookmarks".
        """
        return self.send(Request("DELETE", _bookmark(bookmark_id), documents.BookmarkV2DeleteResult))


def _bookmark(bookmark_id: str | UUID) -> tuple[str | Part, ...]:
    return V2, "bookmarks", Part("bookmark_id", bookmark_id)
