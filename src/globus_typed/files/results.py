"""Results of the methods of `CollectionFiles`: `FileInfo`, `DownloadResult`, `UploadResult`; and `FileProgress`."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from globus_typed.errors import GlobusError

__all__ = ["DownloadResult", "FileFailure", "FileInfo", "FileProgress", "UploadResult"]


@dataclass(frozen=True)
class FileInfo:
    """A file of a collection, or a directory."""

    path: str
    """The path in the collection."""
    size: int | None
    """The size in bytes; None where the storage does not tell it."""
    last_modified: datetime | None = None
    """The time of the last change, to the second; None where it is not known, as without access to Transfer."""
    type: str = "file"
    """``file`` or ``dir``, or another type that Transfer tells of."""


@dataclass(frozen=True)
class DownloadResult:
    """A file that was downloaded."""

    path: str
    """The path in the collection."""
    destination: Path
    """The file on this machine."""
    size: int
    """The size in bytes."""
    seconds: float
    """The time it took."""
    resumed_from: int = 0
    """The number of bytes that an earlier download had left; the whole size where the file was complete already."""
    tries: int = 1
    """The number of requests for its content."""
    checksum: str | None = None
    """The checksum of the file as it arrived, in hexadecimal digits; None if none was computed."""
    algorithm: str | None = None
    """The algorithm of the checksum, such as ``SHA256``."""
    last_modified: datetime | None = None
    """The time of its last change on the collection; None if it is not known."""

    @property
    def sha256(self) -> str | None:
        """The SHA-256 checksum; None if none, or another one, was computed."""
        return self.checksum if self.algorithm == "SHA256" else None


@dataclass(frozen=True)
class UploadResult:
    """A file that was uploaded."""

    path: str
    """The path in the collection."""
    size: int
    """The size in bytes."""
    seconds: float
    """The time it took."""
    tries: int = 1
    """How often the file was sent."""
    atomic: bool = True
    """Whether it was sent under another name and then renamed, so that nobody could see a part of it."""
    checksum: str | None = None
    """The checksum of what was read back, in hexadecimal digits; None if none was asked for."""
    algorithm: str | None = None
    """The algorithm of the checksum, such as ``SHA256``."""


@dataclass(frozen=True)
class FileProgress:
    """How far the copy of one file is."""

    path: str
    """The path in the collection."""
    done: int
    """The number of bytes that are copied, those of an earlier attempt included."""
    total: int | None
    """The size in bytes; None if it is not known yet."""
    seconds: float
    """The time since the copy began."""


@dataclass(frozen=True)
class FileFailure:
    """One of many files that could not be copied."""

    path: str
    """The path in the collection."""
    error: GlobusError
    """The reason."""
