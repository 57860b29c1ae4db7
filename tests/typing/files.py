# Generated from async_files.py by tools/unasync.py: change that file.
# pyright: reportUnnecessaryTypeIgnoreComment=true
"""What a type checker says of files. Checked, never run: every ignored line must be an error."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path

from typing_extensions import assert_type

from globus_typed import (
    CollectionFiles,
    DownloadResult,
    FileInfo,
    FileProgress,
    FileReader,
    FileWriter,
    SomeFilesFailedError,
    TransferClient,
    UploadResult,
    UserApp,
)

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20003"


def made(app: UserApp, transfer: TransferClient, wrong: TransferClient) -> None:
    files = CollectionFiles(ID, app=app)
    assert_type(CollectionFiles.from_url("https://h.example/a", app=app), CollectionFiles)
    CollectionFiles(ID, transfer=transfer, https_server="https://h.example")
    with files as entered:
        assert_type(entered, CollectionFiles)
    assert_type(files.collection_id, str | None)
    assert_type(files.https_server, str | None)
    CollectionFiles(ID, token="x")  # type: ignore[call-arg]  # an authorizer
    CollectionFiles(7)  # type: ignore[arg-type]  # a number is no id
    CollectionFiles(ID, app="x")  # type: ignore[arg-type]  # an app, not its name
    CollectionFiles.from_url(7)  # type: ignore[arg-type]  # a URL
    CollectionFiles(ID, transfer=ID)  # type: ignore[arg-type]  # a client


def copied(files: CollectionFiles) -> None:
    result = files.download("/a", Path("a"), verify="checksum")
    assert_type(result, DownloadResult)
    assert_type(result.last_modified, datetime | None)
    assert_type(result.sha256, str | None)
    assert_type(files.download_many([("/a", "a"), ("/b", Path("b"))], concurrency=16), list[DownloadResult])
    assert_type(files.upload(b"", "/a"), UploadResult)
    files.upload(Path("a"), "/a")
    files.upload(BytesIO(), "/a")
    assert_type(files.upload_many([(Path("a"), "/a")]), list[UploadResult])
    files.download("/a", "a", progress=lambda at: assert_type(at, FileProgress))
    files.download("/a")  # type: ignore[call-arg]  # no destination
    files.download(Path("/a"), "a")  # type: ignore[arg-type]  # a str, since it is no path of this machine
    files.download("/a", "a", verify="everything")  # type: ignore[arg-type]  # size, change or checksum
    files.download("/a", "a", resume="yes")  # type: ignore[arg-type]  # a bool, or "trust"
    files.download("/a", "a", overwritte=True)  # type: ignore[call-arg]  # a misspelt parameter
    files.download_many([Path("a")])  # type: ignore[list-item]  # pairs
    files.upload(StringIO(), "/a")  # type: ignore[arg-type]  # a binary file
    files.upload(7, "/a")  # type: ignore[arg-type]  # a number is no source
    files.upload_many([(b"", b"/a")])  # type: ignore[list-item]  # the path is a str


def read(files: CollectionFiles) -> None:
    assert_type(files.read_bytes("/a", 0, 10), bytes)
    assert_type(files.read_bytes("/a", start=0, stop=None, limit=None), bytes)
    assert_type(files.iter_bytes("/a"), Iterator[bytes])
    assert_type(files.read_ranges("/a", [(0, 10), (20, None)]), list[bytes])
    assert_type(files.read_ranges(["/a", "/b"], [(0, 10), (20, None)], max_gap=10), list[bytes])
    assert_type(files.info("/a"), FileInfo)
    assert_type(files.exists("/a"), bool)
    assert_type(files.url_for("/a"), str)
    files.read_bytes("/a", "0")  # type: ignore[arg-type]  # a number
    files.read_ranges("/a", [0, 10])  # type: ignore[list-item]  # pairs
    files.info()  # type: ignore[call-arg]  # no path
    files.exists(7)  # type: ignore[arg-type]  # a number is no path
    files.delete("/a", mising_ok=True)  # type: ignore[call-arg]  # a misspelt parameter
    files.iter_bytes("/a", size=5)  # type: ignore[call-arg]  # chunk_size


def opened(files: CollectionFiles) -> None:
    assert_type(files.open("/a"), FileReader)
    assert_type(files.open("/a", "rb"), FileReader)
    assert_type(files.open("/a", "wb"), FileWriter)
    files.open("/a", "r")  # type: ignore[call-overload]  # binary modes alone
    files.open("/a", "rb", overwrite=True)  # type: ignore[call-overload]  # of those that are written


def failed(error: SomeFilesFailedError) -> None:
    for failure in error.failures:
        assert_type(failure.path, str)
