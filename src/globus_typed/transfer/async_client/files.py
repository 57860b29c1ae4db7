"""Operations on the files and directories of a collection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import get_args
from uuid import UUID

from typing_extensions import Unpack

from globus_typed.core.query_params import NoMoreParams, merged_query
from globus_typed.core.request import Part, QueryValue, Request
from globus_typed.transfer import documents
from globus_typed.transfer.async_client.base import AsyncTransferBase
from globus_typed.transfer.query import (
    FileFilter,
    FileKey,
    FileOrder,
    comma_text,
    filter_text,
    flag,
    order_text,
    path_text,
    whole_number,
)
from globus_typed.transfer.service import V0_10

_ORDER_FIELDS = frozenset(order.split()[0] for order in get_args(FileOrder))
_KNOWN_VALUES = {"type": ("file", "dir", "invalid_symlink", "chr", "blk", "pipe", "other")}


class AsyncFileMethods(AsyncTransferBase):
    """Methods on files and directories."""

    async def operation_ls(
        self,
        endpoint_id: str | UUID,
        path: str | None = None,
        *,
        show_hidden: bool | None = None,
        orderby: FileOrder | Iterable[FileOrder] | None = None,
        filter: FileFilter | Sequence[FileFilter] | None = None,
        fields: str | Iterable[str] | None = None,
        limit: int | None = None,
        offset: int | None = None,
        local_user: str | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.FileList:
        """The entries of a directory: iterate over the result, or index its `items`.

        ``GET /operation/endpoint/{endpoint_id}/ls``

        Parameters: `path` of the directory (None: the collection's default directory); `show_hidden`, whether to
        include names that begin with a dot (the service does by default); `orderby`, fields such as ``"name"`` or
        ``"size DESC"``; `filter`, such as ``"name:~*.csv"`` or ``{"type": "file"}``, or several such filters, of which
        one must match; `fields`, the names of the fields to return; `limit` and `offset` in entries (at most, and by
        default, 100,000); `local_user`, the local account to use, on a mapped collection; `query_params`, further query
        parameters.
        Raises `GlobusUsageError` for an invalid parameter; `NotFoundError`, `PermissionDeniedError`, or
        `TransferAPIError` with a code such as ``ExternalError.DirListingFailed.NotDirectory`` if the collection cannot
        list the directory.
        Source: Transfer API, "File Operations".
        """
        several = filter if isinstance(filter, Sequence) and not isinstance(filter, str) else [filter]
        filters = [filter_text("filter", each, get_args(FileKey), _KNOWN_VALUES) for each in several]
        query = merged_query(
            self.operation_ls,
            params,
            query_params,
            {
                "path": path_text("path", path) if path else path,
                "show_hidden": flag("show_hidden", show_hidden),
                "orderby": order_text("orderby", orderby, _ORDER_FIELDS),
                "filter": [each for each in filters if each is not None],
                "fields": comma_text(fields),
                "limit": whole_number("limit", limit, 1, 100_000),
                "offset": whole_number("offset", offset, 0),
                "local_user": local_user,
            },
        )
        return await self.send(Request("GET", _operation(endpoint_id, "ls"), documents.FileList, query=query))

    async def operation_stat(
        self,
        endpoint_id: str | UUID,
        path: str,
        *,
        local_user: str | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.File:
        """The file or directory at a path.

        ``GET /operation/endpoint/{endpoint_id}/stat``

        Parameters: `path`; `local_user`, the local account to use, on a mapped collection; `query_params`, further
        query parameters.
        Raises `GlobusUsageError` for an invalid path; `NotFoundError` if nothing is there, `PermissionDeniedError` if
        the caller may not see it.
        Source: Transfer API, "File Operations".
        """
        query = merged_query(
            self.operation_stat, params, query_params, {"path": path_text("path", path), "local_user": local_user}
        )
        return await self.send(Request("GET", _operation(endpoint_id, "stat"), documents.File, query=query))

    async def operation_mkdir(
        self,
        endpoint_id: str | UUID,
        path: str,
        *,
        local_user: str | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.MkdirResult:
        """Create a directory. Retried only if the request certainly did not arrive.

        ``POST /operation/endpoint/{endpoint_id}/mkdir``

        Parameters: `path` of the new directory, whose parent must exist; `local_user`, the local account to use, on a
        mapped collection; `query_params`, further query parameters.
        Raises `TransferAPIError` with the code ``ExternalError.MkdirFailed.Exists`` if it exists;
        `pydantic.ValidationError` for an invalid path.
        Source: Transfer API, "File Operations".
        """
        body = documents.Mkdir(path=path, local_user=local_user)
        return await self.send(
            Request(
                "POST",
                _operation(endpoint_id, "mkdir"),
                documents.MkdirResult,
                query=merged_query(self.operation_mkdir, params, query_params),
                json=body,
            )
        )

    async def operation_rename(
        self,
        endpoint_id: str | UUID,
        oldpath: str,
        newpath: str,
        *,
        local_user: str | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.Result:
        """Rename a file or directory. Retried only if the request certainly did not arrive.

        ``POST /operation/endpoint/{endpoint_id}/rename``

        Parameters: `oldpath`, which must exist, and `newpath`, which must not; `local_user`, the local account to use,
        on a mapped collection; `query_params`, further query parameters.
        Raises `TransferAPIError` if the collection cannot rename it; `pydantic.ValidationError` for an invalid path.
        Source: Transfer API, "File Operations".
        """
        body = documents.Rename(old_path=oldpath, new_path=newpath, local_user=local_user)
        return await self.send(
            Request(
                "POST",
                _operation(endpoint_id, "rename"),
                documents.Result,
                query=merged_query(self.operation_rename, params, query_params),
                json=body,
            )
        )


def _operation(endpoint_id: str | UUID, operation: str) -> tuple[str | Part, ...]:
    return V0_10, "operation", "endpoint", Part("endpoint_id", endpoint_id), operation
