"""Types of the arguments of a plan."""

from typing import Literal, TypeAlias
from uuid import UUID

__all__ = ["SyncPlace", "SyncSymlinks"]

SyncPlace: TypeAlias = tuple[str | UUID, str]
"""A collection, by its id, and the path of a directory on it."""
SyncSymlinks = Literal["ignore", "keep", "copy"]
"""How symlinks in the source are treated: left out, kept as links, or copied as what they lead to."""
