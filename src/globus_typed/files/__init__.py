"""Files over HTTPS."""

# The names are written by tools/names.py, from the `__all__` of the modules.

from typing import TYPE_CHECKING

from globus_typed.core.lazy import lazy

if TYPE_CHECKING:
    from globus_typed.files.async_collection_files import AsyncCollectionFiles
    from globus_typed.files.checks import DownloadCheck, UploadCheck
    from globus_typed.files.collection_files import CollectionFiles
    from globus_typed.files.errors import (
        ChecksumMismatchError,
        CollectionLoginRequiredError,
        CollectionTokenRefusedError,
        CollectionUnavailableError,
        DestinationExistsError,
        FilesAPIError,
        IncompleteFileError,
        LocalFileError,
        RangeNotSatisfiableError,
        SomeFilesFailedError,
        SourceChangedError,
    )
    from globus_typed.files.opened import AsyncFileReader, AsyncFileWriter, FileReader, FileWriter
    from globus_typed.files.results import DownloadResult, FileFailure, FileInfo, FileProgress, UploadResult
else:  # a module with __getattr__ has, to a type checker, every name there is
    __getattr__, __dir__ = lazy(
        __name__,
        {
            "globus_typed.files.async_collection_files": ("AsyncCollectionFiles"),
            "globus_typed.files.checks": ("DownloadCheck UploadCheck"),
            "globus_typed.files.collection_files": ("CollectionFiles"),
            "globus_typed.files.errors": (
                "ChecksumMismatchError CollectionLoginRequiredError CollectionTokenRefusedError "
                "CollectionUnavailableError DestinationExistsError FilesAPIError IncompleteFileError "
                "LocalFileError RangeNotSatisfiableError SomeFilesFailedError SourceChangedError"
            ),
            "globus_typed.files.opened": ("AsyncFileReader AsyncFileWriter FileReader FileWriter"),
            "globus_typed.files.results": ("DownloadResult FileFailure FileInfo FileProgress UploadResult"),
        },
    )

__all__ = [
    "AsyncCollectionFiles",
    "AsyncFileReader",
    "AsyncFileWriter",
    "ChecksumMismatchError",
    "CollectionFiles",
    "CollectionLoginRequiredError",
    "CollectionTokenRefusedError",
    "CollectionUnavailableError",
    "DestinationExistsError",
    "DownloadCheck",
    "DownloadResult",
    "FileFailure",
    "FileInfo",
    "FileProgress",
    "FileReader",
    "FileWriter",
    "FilesAPIError",
    "IncompleteFileError",
    "LocalFileError",
    "RangeNotSatisfiableError",
    "SomeFilesFailedError",
    "SourceChangedError",
    "UploadCheck",
    "UploadResult",
]
