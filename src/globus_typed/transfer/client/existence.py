# Generated from existence.py by tools/unasync.py: change that file.
"""Whether something is there, and directories that are to be there."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from globus_typed.core.request import Part, Request
from globus_typed.errors import GlobusUsageError
from globus_typed.transfer import documents
from globus_typed.transfer.client.files import FileMethods
from globus_typed.transfer.errors import TransferAPIError
from globus_typed.transfer.existence import directories_to, lacks_parent, says_exists, says_missing
from globus_typed.transfer.query import path_text
from globus_typed.transfer.service import V0_10


class ExistenceMethods(FileMethods):
    """Methods on what is there and what is to be there."""

    def exists(
        self,
        collection_id: str | UUID,
        path: str,
        *,
        type: Literal["file", "dir"] | None = None,
        local_user: str | None = None,
    ) -> bool:
        """Whether there is a file or a directory at a path; a symlink counts as its target, a broken one as nothing.

        ``GET /operation/endpoint/{collection_id}/stat``; for the type, size and time of what is there, use
        `operation_stat`

        Parameters: `path`; `type`, whether it has to be a file or a directory (None: either, or anything else);
        `local_user`, the local account to use, on a mapped collection.
        Raises `GlobusUsageError` for an invalid path or type; `NotFoundError` if the collection does not exist;
        `PermissionDeniedError` if the caller may not look there, which does not say whether something is there.
        """
        if type not in (None, "file", "dir"):
            raise GlobusUsageError(f'type: must be "file" or "dir", or None for either, got {type!r}')
        try:
            found = self.operation_stat(collection_id, path, local_user=local_user)
        except TransferAPIError as error:
            if says_missing(error):
                return False
            raise
        return found.type != "invalid_symlink" and type in (None, found.type)

    def ensure_directory(self, collection_id: str | UUID, path: str, *, local_user: str | None = None) -> list[str]:
        """Create a directory, with those above it that are missing; the ones created, the topmost first.

        ``POST /operation/endpoint/{collection_id}/mkdir``, once if the directory above is there

        The list is empty, thus false, if the directory is there already, also as a symlink to one. Several programs may
        do this at once. A request that was lost is repeated: what it created before is then not in the list.

        Parameters: `path` of the directory, with or without a slash at the end; `local_user`, the local account to use,
        on a mapped collection.
        Raises `GlobusUsageError` for an invalid path; `TransferAPIError` with the code
        ``ExternalError.MkdirFailed.Exists`` if there is a file at the path; `PermissionDeniedError`; `NotFoundError` if
        the collection does not exist. What was created before an error stays.
        """
        wanted = directories_to(path_text("path", path))
        if not wanted:
            self.operation_stat(collection_id, path, local_user=local_user)
        made: list[str] = []
        missing: list[str] = []
        for directory in wanted:
            try:
                made += self._made(collection_id, directory, local_user, is_last=not missing)
                break
            except TransferAPIError as error:
                if not lacks_parent(error) or directory == wanted[-1]:
                    raise
                missing.append(directory)
        for directory in reversed(missing):
            made += self._made(collection_id, directory, local_user, is_last=directory == missing[0])
        return made

    def _made(self, collection_id: str | UUID, path: str, local_user: str | None, *, is_last: bool) -> list[str]:
        route = (V0_10, "operation", "endpoint", Part("collection_id", collection_id), "mkdir")
        body = documents.Mkdir(path=path, local_user=local_user)
        try:
            self.send(Request("POST", route, documents.MkdirResult, json=body, repeatable=True))
        except TransferAPIError as error:
            # A file in the way of one above shows when the next one is created.
            if not says_exists(error) or (
                is_last and not self.exists(collection_id, path, type="dir", local_user=local_user)
            ):
                raise
            return []
        return [path]
