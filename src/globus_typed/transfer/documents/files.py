"""Files and directories of a collection: what they look like, and the requests to make and rename them."""

from typing import Annotated, Literal

from pydantic import Field

from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.fields import OPEN, Timestamp
from globus_typed.core.payloads import Payload
from globus_typed.transfer.documents.fields import AbsolutePath

__all__ = ["File", "FileList", "FileType", "Mkdir", "MkdirResult", "Rename", "Symlink"]

FileType = Annotated[Literal["dir", "file", "invalid_symlink", "chr", "blk", "pipe", "other"] | str, OPEN]
"""What an entry of a directory is; there may be types that are not listed here."""


class File(Document, frozen=True):
    """A file, directory or other entry of a directory. A symlink shows as what it leads to, with a `link_target`."""

    data_type: str | None = None
    """``file``"""
    name: str
    """The name, without the directory."""
    type: FileType | None = None
    """What it is; for a symlink, what it leads to."""
    size: int | None = None
    """The size in bytes; for a symlink, of what it leads to."""
    last_modified: Timestamp | None = None
    """When it was last changed, to the second."""
    permissions: str | None = None
    """The Unix permissions, four octal digits such as ``0644``."""
    user: str | None = None
    """The owner, by name or number; None where the storage has none."""
    group: str | None = None
    """The group, by name or number; None where the storage has none."""
    link_target: str | None = None
    """Where the symlink leads; None for what is no symlink."""
    link_size: int | None = None
    """The size in bytes of the symlink itself."""
    link_user: str | None = None
    """The owner of the symlink itself."""
    link_group: str | None = None
    """The group of the symlink itself."""
    link_last_modified: Timestamp | None = None
    """When the symlink itself was last changed."""


class FileList(ListDocument[File], frozen=True):
    """What is in a directory."""

    data_type: str | None = None
    """``file_list``"""
    endpoint: str | None = None
    """The id of the collection; its old name in very old answers."""
    path: str | None = None
    """The directory, as asked for and with a slash at its end."""
    absolute_path: str | None = None
    """The directory without ``~``; None where the collection does not tell."""
    rename_supported: bool | None = None
    """Whether the collection can rename."""
    symlink_supported: bool | None = None
    """Whether the collection can make symlinks."""
    length: int | None = None
    """How many entries are in this document."""
    total: int | None = None
    """How many entries the directory has in all."""
    limit: int | None = None
    """How many entries this page holds at most, up to 100000; only in old answers."""
    offset: int | None = None
    """How many entries came before this page; only in old answers."""


class MkdirResult(Document, frozen=True):
    """That the directory was made."""

    data_type: str | None = None
    """``mkdir_result``"""
    code: Literal["DirectoryCreated"] | str | None = None
    """What was done, for programs."""
    message: str | None = None
    """What was done, for people."""
    request_id: str | None = None
    """The id of the request, to give to Globus support."""
    resource: str | None = None
    """The path that was asked."""


class Mkdir(Payload):
    """A directory to make."""

    data_type: Literal["mkdir"] = "mkdir"
    """``mkdir``"""
    path: AbsolutePath
    """The directory to make; the one above it must exist."""
    local_user: str | None = None
    """The account to do it as, on a mapped collection with several for the caller."""


class Rename(Payload):
    """A file or directory to rename, within its collection."""

    data_type: Literal["rename"] = "rename"
    """``rename``"""
    old_path: AbsolutePath
    """What to rename."""
    new_path: AbsolutePath
    """Its whole new path, not just a name."""
    local_user: str | None = None
    """The account to do it as, on a mapped collection with several for the caller."""


class Symlink(Payload):
    """A symlink to make. Source: Transfer API, "File Operations" (deprecated there)."""

    data_type: Literal["symlink"] = "symlink"
    """``symlink``"""
    symlink_target: Annotated[str, Field(min_length=1)]
    """Where it shall lead, absolute or from its own directory."""
    path: AbsolutePath
    """The whole path of the symlink."""
