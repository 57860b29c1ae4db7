"""Plans of downloads and uploads, checked before anything is sent."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeAlias

from globus_typed.core.fields import is_id
from globus_typed.errors import GlobusUsageError
from globus_typed.files.checks import (
    DownloadCheck,
    UploadCheck,
    algorithm_name,
    check_count,
    check_word,
    checked_checksum,
    checked_resume,
)
from globus_typed.files.errors import DestinationExistsError
from globus_typed.files.part_file import Source
from globus_typed.files.paths import local_path
from globus_typed.files.results import FileInfo, FileProgress

__all__ = ["DownloadPlan", "ProgressFunction", "UploadPlan", "download_plan", "upload_plan"]

ProgressFunction: TypeAlias = Callable[[FileProgress], object]
"""A function that is told how far a copy is."""


@dataclass(frozen=True)
class DownloadPlan:
    """A download, as it was asked for."""

    destination: Path
    resume: bool | Literal["trust"]
    overwrite: bool
    expected_size: int | None
    checksum: str | None
    algorithm: str
    verify: DownloadCheck
    preserve_timestamp: bool
    progress: ProgressFunction | None

    @property
    def hash(self) -> str | None:
        """The algorithm to compute the checksum with; None for no checksum."""
        return self.algorithm if self.verify == "checksum" else None


def download_plan(
    destination: str | os.PathLike[str],
    *,
    resume: bool | Literal["trust"],
    overwrite: bool,
    expected_size: int | None,
    checksum: str | None,
    algorithm: str,
    verify: DownloadCheck | None,
    preserve_timestamp: bool,
    progress: ProgressFunction | None,
) -> DownloadPlan:
    """The download that the arguments ask for; `GlobusUsageError` for wrong ones."""
    name = local_path(destination, "destination")
    if name.endswith(("/", os.sep)) or os.path.isdir(name):
        raise GlobusUsageError(f"destination: must be the name of the new file, and not a directory, got {name!r}")
    path = Path(name)
    if not path.parent.is_dir():
        raise GlobusUsageError(f"destination: there is no directory {str(path.parent)!r}; make it first")
    if os.path.lexists(path) and not overwrite and not resume:
        raise exists_already(path)
    if expected_size is not None:
        check_count("expected_size", expected_size, 0)
    if verify is not None:
        check_word("verify", verify, DownloadCheck)
    known = algorithm_name(algorithm)
    wanted = checked_checksum(checksum, known)
    if wanted is not None and verify not in (None, "checksum"):
        raise GlobusUsageError(f'verify: must be "checksum", or left out, where a checksum is given, got {verify!r}')
    _check_progress(progress)
    return DownloadPlan(
        path,
        checked_resume(resume),
        overwrite,
        expected_size,
        wanted,
        known,
        "checksum" if wanted is not None else verify or "change",
        preserve_timestamp,
        progress,
    )


def exists_already(path: Path) -> DestinationExistsError:
    """The exception for a download to a file that is there."""
    return DestinationExistsError(
        f"destination: {path} is there already; give overwrite=True to replace it, or another name"
    )


@dataclass(frozen=True)
class UploadPlan:
    """An upload, as it was asked for."""

    overwrite: bool
    atomic: bool
    make_parents: bool
    verify: UploadCheck
    algorithm: str
    progress: ProgressFunction | None


def upload_plan(
    *,
    overwrite: bool,
    atomic: bool,
    make_parents: bool,
    verify: UploadCheck,
    algorithm: str,
    progress: ProgressFunction | None,
) -> UploadPlan:
    """The upload that the arguments ask for; `GlobusUsageError` for wrong ones."""
    check_word("verify", verify, UploadCheck)
    _check_progress(progress)
    return UploadPlan(overwrite, atomic, make_parents, verify, algorithm_name(algorithm), progress)


def _check_progress(progress: object) -> None:
    if progress is not None and not callable(progress):
        raise GlobusUsageError(f"progress: must be a function that takes a FileProgress, got {type(progress).__name__}")


def source_of(url: str, collection: str | None, info: FileInfo | None, path: str) -> Source:
    """The content of the side file of a download."""
    if info is None:
        return Source(url, collection, path)
    modified = None if info.last_modified is None else info.last_modified.isoformat()
    return Source(url, collection, path, info.size, modified)


def goes_on(left: Source, now: Source, resume: bool | Literal["trust"]) -> bool:
    """Whether what an earlier download left is the beginning of the file as it is now."""
    if left.url != now.url or left.path != now.path:
        return False
    if resume == "trust" and (now.size is None or left.size in (None, now.size)):
        return True
    return now.size is not None and now.last_modified is not None and left == now


def is_changed(before: FileInfo, after: FileInfo) -> bool:
    """Whether a file was changed between two looks at it."""
    return (before.size, before.last_modified) != (after.size, after.last_modified)


def is_complete(path: Path, info: FileInfo | None, *, finished: bool) -> bool:
    """Whether a file of this machine is the one that a download would bring, as far as size and time tell.

    Parameters: `finished`, whether a download has put it there and could not tell it any more.
    """
    if info is None or not path.is_file():
        return False
    status = path.stat()
    if status.st_size != info.size:
        return False
    return finished or (info.last_modified is not None and int(status.st_mtime) == int(_seconds(info.last_modified)))


def _seconds(time: datetime) -> float:
    return time.timestamp()


def collection_id_of(given: object) -> str:
    """The id of a collection."""
    text = str(given)
    if not is_id(text):
        raise GlobusUsageError(f"collection_id: must be the id of a collection, which is a UUID, got {given!r}")
    return text.lower()
