"""The items of transfers and deletes, and the rules that leave some out."""

from typing import ClassVar, Literal

from pydantic import ConfigDict, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from globus_typed.core.schema_parts import having, rules
from globus_typed.transfer.documents.fields import AbsolutePath, Checksum, FilterName
from globus_typed.transfer.documents.official_forms import ReadableByName

__all__ = ["DeleteItem", "FilterRule", "TransferItem", "TransferSymlinkItem"]


_SUM_OF_A_FILE = {
    "if": having({"const": True}, "recursive"),
    "then": {"properties": {"external_checksum": {"type": "null"}}},
}


class TransferItem(ReadableByName):
    """A file or directory to copy."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, json_schema_extra=rules(_SUM_OF_A_FILE))

    data_type: Literal["transfer_item"] = "transfer_item"
    """``transfer_item``"""
    source_path: AbsolutePath
    """The path to copy; that of a directory best ends with a slash."""
    destination_path: AbsolutePath
    """Its whole path at the destination: for a file, not just the directory to put it into."""
    recursive: bool | None = None
    """Whether it is a directory, to be copied with all in it; None: the service looks at the source."""
    external_checksum: Checksum | None = None
    """The checksum the file must have, in hexadecimal digits, or the whole task fails; not for directories."""
    checksum_algorithm: str | None = None
    """How `external_checksum` was taken, such as ``SHA256``; None: MD5."""
    verify_size: int | None = None
    """The size in bytes the file must have (old, and not documented any more)."""

    @field_validator("external_checksum")
    @classmethod
    def _is_of_a_file(cls, checksum: str | None, info: ValidationInfo) -> str | None:
        if checksum is not None and info.data.get("recursive"):
            raise PydanticCustomError("external_checksum", "is for files alone, and this item is recursive")
        return checksum


class TransferSymlinkItem(ReadableByName):
    """A symlink to copy as the link it is, not as what it leads to."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True)

    data_type: Literal["transfer_symlink_item"] = "transfer_symlink_item"
    """``transfer_symlink_item``"""
    source_path: AbsolutePath
    """The symlink to copy."""
    destination_path: AbsolutePath
    """Its whole path at the destination."""


class DeleteItem(ReadableByName):
    """A file or directory to delete."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True)

    data_type: Literal["delete_item"] = "delete_item"
    """``delete_item``"""
    path: AbsolutePath
    """The path to delete."""


class FilterRule(ReadableByName):
    """A rule by which a transfer takes or leaves what it finds in directories.

    The first rule that fits a name decides; what no rule fits is taken.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True)

    data_type: Literal["filter_rule"] = "filter_rule"
    """``filter_rule``"""
    method: Literal["exclude", "include"]
    """Whether what fits is left out or taken."""
    type: Literal["file", "dir"] | None = None
    """The type of entries that the rule is about; None for files and directories."""
    name: FilterName
    """The pattern that a name (not a path) must fit, with ``*``, ``?``, ``[..]`` and ``[!..]``."""
