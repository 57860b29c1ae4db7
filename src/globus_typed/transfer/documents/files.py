"""Files and directories of a collection, and the documents to create and rename them."""

from typing import Annotated, Literal

from pydantic import Field

from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.fields import OPEN, Timestamp
from globus_typed.core.payloads import Payload
from globus_typed.transfer.documents.fields import AbsolutePath

__all__ = ["File", "FileList", "FileType", "Mkdir", "MkdirResult", "Rename", "Symlink"]

FileType = Annotated[Literal["dir", "file", "invalid_symlink", "chr", "blk", "pipe", "other"] | str, OPEN]
"""The type of a directory entry; other types are possible."""


class File(Document, frozen=True):
    """A file, directory or other entry of a directory. A symlink appears as its target, with a `link_target`."""

    data_type: str | None = None
    """``file``"""
    name: str
    """The name, without the directory."""
    type: FileType | None = None
    """The type; for a symlink, that of its target."""
    size: int | None = None
    """The size in bytes; for a symlink, that of its target."""
    last_modified: Timestamp | None = None
    """The modification time, to the second."""
    permissions: str | None = None
    """The Unix permissions, four octal digits such as ``0644``."""
    user: str | None = None
    """The owner, by name or number; None if the storage has none."""
    group: str | None = None
    """The group, by name or number; None if the storage has none."""
    link_target: str | None = None
    """The target of the symlink; None if the entry is not a symlink."""
    link_size: int | None = None
    """The size in bytes of the symlink itself."""
    link_user: str | None = None
    """The owner of the symlink itself."""
    link_group: str | None = None
    """The group of the symlink itself."""
    link_last_modified: Timestamp | None = None
    """The modification time of the symlink itself."""


class FileList(ListDocument[File], frozen=True):
    """The entries of a directory."""

    data_type: str | None = None
    """``file_list``"""
    endpoint: str | None = None
    """The id of the collection; its old name in very old responses."""
    path: str | None = None
    """The directory, as requested and with a trailing slash."""
    absolute_path: str | None = None
    """The directory without ``~``; None if the collection does not report it."""
    rename_supported: bool | None = None
    """Whether the collection can rename."""
    symlink_supported: bool | None = None
    """Whether the collection can create symlinks."""
    length: int | None = None
    """The number of entries in this document."""
    total: int | None = None
    """The total number of entries in the directory."""
    limit: int | None = None
    """The maximum number of entries on this page, up to 100000; only in old responses."""
    offset: int | None = None
    """The number of entries before this page; only in old responses."""


class MkdirResult(Document, frozen=True):
    """The result of creating a directory."""

    data_type: str | None = None
    """``mkdir_result``"""
    code: Literal["DirectoryCreated"] | str | None = None
    """A code for programs to check."""
    message: str | None = None
    """A human-readable message."""
    request_id: str | None = None
    """The id of the request, to give to Globus support."""
    resource: str | None = None
    """The path of the request."""


class Mkdir(Payload):
    """A directory to create."""

    data_type: Literal["mkdir"] = "mkdir"
    """``mkdir``"""
    path: AbsolutePath
    """The path of the directory; its parent must exist."""
    local_user: str | None = None
    """The local account to use, on a mapped collection where the caller has several."""


class Rename(Payload):
    """A file or directory to rename, within its collection."""

    data_type: Literal["rename"] = "rename"
    """``rename``"""
    old_path: AbsolutePath
    """The path of the file or directory to rename."""
    new_path: AbsolutePath
    """The new absolute path, not just a name."""
    local_user: str | None = None
    """The local account to use, on a mapped collection where the caller has several."""


class Symlink(Payload):
    """A symlink to create. Source: Transfer API, "File Operations" (deprecated there)."""

    data_type: Literal["symlink"] = "symlink"
    """``symlink``"""
    symlink_target: Annotated[str, Field(min_length=1)]
    """The target, absolute or relative to the directory of the symlink."""
    path: AbsolutePath
    """The absolute path of the symlink."""
