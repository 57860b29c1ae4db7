# pyright: reportUnnecessaryTypeIgnoreComment=true
"""What a type checker says of files. Checked, never run: every ignored line must be an error."""

from collections.abc import AsyncIterator
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path

from typing_extensions import assert_type

from globus_typed import (
    AsyncCollectionFiles,
    AsyncFileReader,
    AsyncFileWriter,
    AsyncTransferClient,
    DownloadResult,
    FileInfo,
    FileProgress,
    SomeFilesFailedError,
    TransferClient,
    UploadResult,
    UserApp,
)

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20003"


async def made(app: UserApp, transfer: AsyncTransferClient, wrong: TransferClient) -> None:
    files = AsyncCollectionFiles(ID, app=app)
    assert_type(AsyncCollectionFiles.from_url("https://h.example/a", app=app), AsyncCollectionFiles)
    AsyncCollectionFiles(ID, transfer=transfer, https_server="https://h.example")
    async with files as entered:
        assert_type(entered, AsyncCollectionFiles)
    assert_type(files.collection_id, str | None)
    assert_type(files.https_server, str | None)
    AsyncCollectionFiles(ID, token="x")  # type: ignore[call-arg]  # an authorizer
    AsyncCollectionFiles(7)  # type: ignore[arg-type]  # a number is no id
    AsyncCollectionFiles(ID, app="x")  # type: ignore[arg-type]  # an app, not its name
    AsyncCollectionFiles.from_url(7)  # type: ignore[arg-type]  # a URL
    AsyncCollectionFiles(ID, transfer=ID)  # type: ignore[arg-type]  # a client


async def copied(files: AsyncCollectionFiles) -> None:
    result = await files.download("/a", Path("a"), verify="checksum")
    assert_type(result, DownloadResult)
    assert_type(result.last_modified, datetime | None)
    assert_type(result.sha256, str | None)
    assert_type(await files.download_many([("/a", "a"), ("/b", Path("b"))], concurrency=16), list[DownloadResult])
    assert_type(await files.upload(b"", "/a"), UploadResult)
    await files.upload(Path("a"), "/a")
    await files.upload(BytesIO(), "/a")
    assert_type(await files.upload_many([(Path("a"), "/a")]), list[UploadResult])
    await files.download("/a", "a", progress=lambda at: assert_type(at, FileProgress))
    await files.download("/a")  # type: ignore[call-arg]  # no destination
    await files.download(Path("/a"), "a")  # type: ignore[arg-type]  # a str, since it is no path of this machine
    await files.download("/a", "a", verify="everything")  # type: ignore[arg-type]  # size, change or checksum
    await files.download("/a", "a", resume="yes")  # type: ignore[arg-type]  # a bool, or "trust"
    await files.download("/a", "a", overwritte=True)  # type: ignore[call-arg]  # a misspelt parameter
    await files.download_many([Path("a")])  # type: ignore[list-item]  # pairs
    await files.upload(StringIO(), "/a")  # type: ignore[arg-type]  # a binary file
    await files.upload(7, "/a")  # type: ignore[arg-type]  # a number is no source
    await files.upload_many([(b"", b"/a")])  # type: ignore[list-item]  # the path is a str


async def read(files: AsyncCollectionFiles) -> None:
    assert_type(await files.read_bytes("/a", 0, 10), bytes)
    assert_type(await files.read_bytes("/a", start=0, stop=None, limit=None), bytes)
    assert_type(files.iter_bytes("/a"), AsyncIterator[bytes])
    assert_type(await files.read_ranges("/a", [(0, 10), (20, None)]), list[bytes])
    assert_type(await files.read_ranges(["/a", "/b"], [(0, 10), (20, None)], max_gap=10), list[bytes])
    assert_type(await files.info("/a"), FileInfo)
    assert_type(await files.exists("/a"), bool)
    assert_type(await files.url_for("/a"), str)
    await files.read_bytes("/a", "0")  # type: ignore[arg-type]  # a number
    await files.read_ranges("/a", [0, 10])  # type: ignore[list-item]  # pairs
    await files.info()  # type: ignore[call-arg]  # no path
    await files.exists(7)  # type: ignore[arg-type]  # a number is no path
    await files.delete("/a", mising_ok=True)  # type: ignore[call-arg]  # a misspelt parameter
    files.iter_bytes("/a", size=5)  # type: ignore[call-arg]  # chunk_size


async def opened(files: AsyncCollectionFiles) -> None:
    assert_type(await files.open("/a"), AsyncFileReader)
    assert_type(await files.open("/a", "rb"), AsyncFileReader)
    assert_type(await files.open("/a", "wb"), AsyncFileWriter)
    await files.open("/a", "r")  # type: ignore[call-overload]  # binary modes alone
    await files.open("/a", "rb", overwrite=True)  # type: ignore[call-overload]  # of those that are written


def failed(error: SomeFilesFailedError) -> None:
    for failure in error.failures:
        assert_type(failure.path, str)
