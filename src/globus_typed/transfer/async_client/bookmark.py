"""Bookmarks: the caller's own names for directories."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from typing_extensions import Unpack

from globus_typed.core.query_params import NoMoreParams, merged_query
from globus_typed.core.request import Part, QueryValue, Request
from globus_typed.core.results import with_id
from globus_typed.transfer import documents
from globus_typed.transfer.async_client.base import AsyncTransferBase
from globus_typed.transfer.service import V0_10


class AsyncBookmarkMethods(AsyncTransferBase):
    """Methods on bookmarks."""

    async def bookmark_list(
        self, *, query_params: Mapping[str, QueryValue] | None = None, **params: Unpack[NoMoreParams]
    ) -> documents.BookmarkList:
        """The caller's bookmarks.

        ``GET /bookmark_list``, at most 100 per user

        Parameters: `query_params`, further query parameters.
        Source: Transfer API, "Bookmarks".
        """
        return await self.send(
            Request(
                "GET",
                (V0_10, "bookmark_list"),
                documents.BookmarkList,
                query=merged_query(self.bookmark_list, params, query_params),
            )
        )

    async def create_bookmark(self, bookmark_data: documents.BookmarkCreate | Mapping[str, Any]) -> documents.Bookmark:
        """Create a bookmark. Retried only if the request certainly did not arrive.

        ``POST /bookmark``

        Parameters: `bookmark_data`, a `BookmarkCreate` or an equivalent mapping.
        Raises `ConflictError` if the name is taken; `pydantic.ValidationError` for an invalid document.
        Source: Transfer API, "Bookmarks".
        """
        return await self.send(
            Request("POST", (V0_10, "bookmark"), documents.Bookmark, json=documents.BookmarkCreate.of(bookmark_data))
        )

    async def get_bookmark(
        self,
        bookmark_id: str | UUID,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.Bookmark:
        """The bookmark with this id.

        ``GET /bookmark/{bookmark_id}``

        Parameters: `query_params`, further query parameters. Raises `NotFoundError`.
        Source: Transfer API, "Bookmarks".
        """
        return await self.send(
            Request(
                "GET",
                _bookmark(bookmark_id),
                documents.Bookmark,
                query=merged_query(self.get_bookmark, params, query_params),
            )
        )

    async def update_bookmark(
        self, bookmark_id: str | UUID, bookmark_data: documents.BookmarkUpdate | Mapping[str, Any]
    ) -> documents.Bookmark:
        """Update a bookmark; the result is the bookmark after the change.

        ``PUT /bookmark/{bookmark_id}``

        Parameters: `bookmark_data`, a `BookmarkUpdate` or an equivalent mapping.
        Raises `NotFoundError`; `ConflictError` if the name is taken; `pydantic.ValidationError` for an invalid
        document.
        Source: Transfer API, "Bookmarks".
        """
        body = documents.BookmarkUpdate.of(bookmark_data)
        response = await self.send(Request("PUT", _bookmark(bookmark_id), documents.Bookmark, json=body))
        return with_id(response, bookmark_id)

    async def delete_bookmark(self, bookmark_id: str | UUID) -> documents.Result:
        """Delete a bookmark.

        ``DELETE /bookmark/{bookmark_id}``

        Raises `NotFoundError`.
        Source: Transfer API, "Bookmarks".
        """
        return await self.send(Request("DELETE", _bookmark(bookmark_id), documents.Result))


def _bookmark(bookmark_id: str | UUID) -> tuple[str | Part, ...]:
    return V0_10, "bookmark", Part("bookmark_id", bookmark_id)
