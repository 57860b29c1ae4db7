# Generated from files.py by tools/unasync.py: change that file.
"""Operations on the files and directories of a collection."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from globus_typed.core.request import Part, QueryValue, Request
from globus_typed.transfer import documents
from globus_typed.transfer.client.base import TransferBase
from globus_typed.transfer.query import Filter, comma_text, filter_text, flag, order_text, path_text, whole_number
from globus_typed.transfer.service import V0_10


class FileMethods(TransferBase):
    """Methods on files and directories."""

    def operation_ls(
        self,
        endpoint_id: str | UUID,
        path: str | None = None,
        *,
        show_hidden: bool | None = None,
        orderby: str | Iterable[str] | None = None,
        filter: Filter | list[Filter] | None = None,
        fields: str | Iterable[str] | None = None,
        limit: int | None = None,
        offset: int | None = None,
        local_user: str | None = None,
        **params: QueryValue,
    ) -> documents.FileList:
        """The directory's entries: iterate the list, or index its `items`.

        ``GET /operation/endpoint/{endpoint_id}/ls``

        Parameters: `path` of the directory (None: the collection's default directory); `show_hidden`, whether to give
        names that begin with a dot (the service does by default); `orderby`, fields such as ``"name"`` or ``"size
        DESC"``; `filter`, such as ``"name:~*.csv"`` or ``{"type": "file"}``, or a list of such, all of which must
        hold; `fields`, the names of the fields to answer with; `limit` and `offset` in entries (at most, and by
        default, 100,000); `local_user`, the account to list as, on a mapped collection; `params`, further query
        parameters.
        Raises `GlobusUsageError` for a parameter that cannot be right; `NotFoundError`, `PermissionDeniedError`, or
        `TransferAPIError` with a code such as ``ExternalError.DirListingFailed.NotDirectory`` when the
        collection cannot list it.
        Source: Transfer API, "File Operations".
        """
        filters = [filter_text("filter", each) for each in (filter if isinstance(filter, list) else [filter])]
        query: dict[str, QueryValue] = {
            "path": path_text("path", path) if path else path,
            "show_hidden": flag("show_hidden", show_hidden),
            "orderby": order_text("orderby", orderby),
            "filter": [each for each in filters if each is not None],
            "fields": comma_text(fields),
            "limit": whole_number("limit", limit, 1, 100_000),
            "offset": whole_number("offset", offset, 0),
            "local_user": local_user,
            **params,
        }
        return self.send(Request("GET", _operation(endpoint_id, "ls"), documents.FileList, query=query))

    def operation_stat(
        self, endpoint_id: str | UUID, path: str, *, local_user: str | None = None, **params: QueryValue
    ) -> documents.File:
        """The file or directory at that path.

        ``GET /operation/endpoint/{endpoint_id}/stat``

        Parameters: `path`; `local_user`, the account to look as, on a mapped collection; `params`, further query
        parameters.
        Raises `GlobusUsageError` for a path that cannot be one; `NotFoundError` where there is nothing,
        `PermissionDeniedError` where it may not be seen.
        Source: Transfer API, "File Operations".
        """
        query: dict[str, QueryValue] = {"path": path_text("path", path), "local_user": local_user, **params}
        return self.send(Request("GET", _operation(endpoint_id, "stat"), documents.File, query=query))

    def operation_mkdir(
        self, endpoint_id: str | UUID, path: str, *, local_user: str | None = None, **params: QueryValue
    ) -> documents.MkdirResult:
        """The result of making a directory; it is asked for once, unless the request surely did not arrive.

        ``POST /operation/endpoint/{endpoint_id}/mkdir``

        Parameters: `path` of the new directory, whose parent exists; `local_user`, the account to act as, on a mapped
        collection; `params`, further query parameters.
        Raises `TransferAPIError` with the code ``ExternalError.MkdirFailed.Exists`` where it exists;
        `pydantic.ValidationError` for a path that cannot be one.
        Source: Transfer API, "File Operations".
        """
        body = documents.Mkdir(path=path, local_user=local_user)
        return self.send(
            Request("POST", _operation(endpoint_id, "mkdir"), documents.MkdirResult, query=params, json=body)
        )

    def operation_rename(
        self,
        endpoint_id: str | UUID,
        oldpath: str,
        newpath: str,
        *,
        local_user: str | None = None,
        **params: QueryValue,
    ) -> documents.Result:
        """The result of giving a file or directory another name; it is asked for once, unless it surely did not arrive.

        ``POST /operation/endpoint/{endpoint_id}/rename``

        Parameters: `oldpath`, which exists, and `newpath`, which does not; `local_user`, the account to act as, on a
        mapped collection; `params`, further query parameters.
        Raises `TransferAPIError` where the collection cannot do it; `pydantic.ValidationError` for a path that cannot
        be one.
        Source: Transfer API, "File Operations".
        """
        body = documents.Rename(old_path=oldpath, new_path=newpath, local_user=local_user)
        return self.send(Request("POST", _operation(endpoint_id, "rename"), documents.Result, query=params, json=body))


def _operation(endpoint_id: str | UUID, operation: str) -> tuple[str | Part, ...]:
    return V0_10, "operation", "endpoint", Part("endpoint_id", endpoint_id), operation
