"""Uploads: files and bytes of this machine, sent under another name and then renamed, so that none is seen in part."""

import warnings
from collections.abc import Iterable
from functools import partial

from globus_typed.core.documents import Document
from globus_typed.core.request import Request
from globus_typed.core.retry import RetryPolicy
from globus_typed.errors import (
    ConflictError,
    GlobusAPIError,
    GlobusError,
    GlobusUsageError,
    GlobusWarning,
    NetworkError,
    NotFoundError,
)
from globus_typed.files.async_base import AsyncCollectionBase
from globus_typed.files.async_collection import AsyncCollection
from globus_typed.files.async_exchange import AsyncExchange
from globus_typed.files.bodies import UploadBody, UploadSource, check_source, upload_body
from globus_typed.files.checks import UploadCheck, check_count, new_hash
from globus_typed.files.concurrency import async_cleanup, async_each, async_in_thread, check_stopped
from globus_typed.files.errors import (
    ChecksumMismatchError,
    DestinationExistsError,
    IncompleteFileError,
    SomeFilesFailedError,
)
from globus_typed.files.paths import missing_parents, parent_of, target_of, temporary_path
from globus_typed.files.plans import ProgressFunction, UploadPlan, upload_plan
from globus_typed.files.results import FileFailure, FileInfo, FileProgress, UploadResult

__all__ = ["AsyncUploads"]


class AsyncUploads(AsyncCollectionBase):
    """Methods that upload files."""

    async def upload(
        self,
        source: UploadSource,
        path: str,
        *,
        overwrite: bool = False,
        atomic: bool = True,
        make_parents: bool = False,
        verify: UploadCheck = "size",
        algorithm: str = "SHA256",
        progress: ProgressFunction | None = None,
    ) -> UploadResult:
        """Copy a file, or bytes, of this machine to a file of the collection.

        ``PUT /{path}`` of the collection, and of Transfer ``GET /operation/endpoint/{endpoint_id}/stat`` before and
        after it, and ``POST /operation/endpoint/{endpoint_id}/rename``

        It is sent to ``.name.….part`` in the same directory and renamed when it is complete. What was begun and failed
        is deleted, if the collection can still be reached. Where the collection cannot rename, or Transfer cannot be
        asked, it is sent to the name itself, with a `GlobusWarning`: then others may see a part of it. An upload is
        never resumed, but sent anew. Whether there is a file already is looked up before; one that somebody makes
        meanwhile may be replaced, where the storage does so.

        Parameters: `source`, a path of this machine, bytes, or a file open in binary mode, read from where it is (to a
        temporary file first, if it cannot be read twice); `path` from the root of the collection, or the URL of the
        file; `overwrite`, whether a file with the name is replaced; `atomic`, False to send it to the name itself,
        without a warning; `make_parents`, whether missing directories are made; `verify`, ``"none"``, ``"size"`` (that
        the file on the collection has the size of the source) or ``"checksum"`` (which reads all of it back), by
        `algorithm`; `progress`, a function that is called with a `FileProgress` after each MiB.
        Raises `GlobusUsageError` for wrong arguments; `DestinationExistsError`; `NotFoundError` if the directory does
        not exist, `PermissionDeniedError`, `CollectionUnavailableError`, `CollectionLoginRequiredError`;
        `SourceChangedError` if the source is written meanwhile; `IncompleteFileError`, `ChecksumMismatchError`;
        `LocalFileError` if the source cannot be read; `NetworkError`.
        """
        plan = upload_plan(
            overwrite=overwrite,
            atomic=atomic,
            make_parents=make_parents,
            verify=verify,
            algorithm=algorithm,
            progress=progress,
        )
        check_source(source)
        path = await self._collection.path(path)
        began = self._collection.clock()
        body = await async_in_thread(partial(upload_body, source))
        try:
            exchange = await self._collection.connected()
            return await _AsyncUpload(self._collection, exchange, path, plan, body, began).run()
        finally:
            await async_in_thread(body.close)

    async def upload_many(
        self,
        files: Iterable[tuple[UploadSource, str]],
        *,
        concurrency: int = 4,
        stop_on_error: bool = False,
        overwrite: bool = False,
        atomic: bool = True,
        make_parents: bool = False,
        verify: UploadCheck = "size",
        progress: ProgressFunction | None = None,
    ) -> list[UploadResult]:
        """Copy many files of this machine to files of the collection, several at once.

        ``PUT /{path}`` of the collection for each, as `upload` does; ask Transfer for a task where there are more than
        some hundreds, or where the data are large.

        Parameters: `files`, pairs of a source and a path in the collection, read as they are needed; `concurrency`, the
        number of tasks that upload, at most; `stop_on_error`, whether the first error ends all; the others as for
        `upload`.
        Raises `SomeFilesFailedError` when all others are copied, with what failed and what was copied, each in order;
        with `stop_on_error` the first error instead. `GlobusUsageError` for wrong arguments.
        """
        check_count("concurrency", concurrency, 1)

        async def one(file: tuple[UploadSource, str]) -> UploadResult | FileFailure:
            source, path = file
            try:
                return await self.upload(
                    source,
                    path,
                    overwrite=overwrite,
                    atomic=atomic,
                    make_parents=make_parents,
                    verify=verify,
                    progress=progress,
                )
            except GlobusError as error:
                check_stopped()
                if stop_on_error:
                    raise
                return FileFailure(path, error)

        done = await async_each(files, one, concurrency)
        failures = [each for each in done if isinstance(each, FileFailure)]
        results = [each for each in done if isinstance(each, UploadResult)]
        if failures:
            raise SomeFilesFailedError(failures, results)
        return results


class _AsyncUpload:
    """One upload, and the name that it is sent to."""

    def __init__(
        self,
        files: AsyncCollection,
        exchange: AsyncExchange,
        path: str,
        plan: UploadPlan,
        body: UploadBody,
        began: float,
    ) -> None:
        self._files = files
        self._exchange = exchange
        self._path = path
        self._plan = plan
        self._body = body
        self._began = began
        self._place = f"{exchange.origin}{target_of(path)}"
        self._transfer = files.transfer
        self._target = path
        self._tries = 0
        self._keep = False

    async def run(self) -> UploadResult:
        """Do it."""
        is_there = await self._is_there()
        if is_there and not self._plan.overwrite:
            raise DestinationExistsError(
                f"path: {self._place} is there already; give overwrite=True to replace it, or another name"
            )
        if self._plan.make_parents and not is_there:
            await self._make_parents()
        atomic = self._plan.atomic and await self._can_rename()
        if atomic:
            self._target = temporary_path(self._path)
        self._body.told = self._report
        try:
            async with await self._files.open("PUT", self._target, body=self._body) as answer:
                self._tries = answer.attempts
            await async_in_thread(self._body.check)
            checksum = await self._checked()
            if atomic:
                await self._rename(is_there)
        except BaseException as error:
            if self._may_be_there(error, atomic):
                await async_cleanup(self._removed)
            raise
        return UploadResult(
            self._path,
            self._body.length,
            self._files.clock() - self._began,
            self._tries,
            atomic,
            checksum,
            self._plan.algorithm if checksum is not None else None,
        )

    async def _is_there(self) -> bool:
        if self._plan.overwrite and (self._transfer is None or not self._plan.atomic):
            return True  # it makes no difference
        try:
            info = await self._look(self._path)
        except NotFoundError:
            return False
        if info.type == "dir":
            raise GlobusUsageError(f"path: {self._path!r} is a directory; add the name of the file")
        return True

    async def _look(self, path: str) -> FileInfo:
        return await (self._files.head(path) if self._transfer is None else self._files.stat(path))

    async def _can_rename(self) -> bool:
        reason = "Transfer, which could rename it, cannot be asked without app=… or transfer=…"
        if self._transfer is not None:
            if await self._files.can_rename(parent_of(self._path)):
                return True
            reason = "the collection cannot rename files"
        message = f"path: {self._place} is written under its own name, so that others may see a part of it: {reason}"
        warnings.warn(f"{message}; atomic=False says that this will do", GlobusWarning, stacklevel=4)
        return False

    async def _make_parents(self) -> None:
        if self._transfer is None:
            raise GlobusUsageError(
                "make_parents: directories are made by Transfer, which cannot be asked; give app=… or transfer=…"
            )
        missing: list[str] = []
        for directory in reversed(missing_parents(self._path)):
            try:
                await self._files.stat(directory)
                break
            except NotFoundError:
                missing.append(directory)
        for directory in reversed(missing):
            await self._make(directory)

    async def _make(self, directory: str) -> None:
        assert self._transfer is not None
        assert self._files.collection_id is not None
        try:
            await self._transfer.operation_mkdir(self._files.collection_id, directory)
        except GlobusAPIError as error:
            if not _is_in_the_way(error):  # somebody else made it meanwhile
                raise

    async def _checked(self) -> str | None:
        """The checksum of what is on the collection, where that was asked for; an error if it is not what was sent."""
        if self._plan.verify == "none":
            return None
        size = (await self._look(self._target)).size
        if size is not None and size != self._body.length:
            raise IncompleteFileError(
                f"{self._place}: the collection has {size:,} bytes of {self._body.length:,} that were sent"
            )
        if self._plan.verify != "checksum":
            return None
        wanted = await async_in_thread(partial(self._body.checksum, self._plan.algorithm))
        running = new_hash(self._plan.algorithm)
        async with await self._files.open("GET", self._target) as answer:
            while (chunk := await answer.read()) is not None:
                running.update(chunk)
        if running.hexdigest() != wanted:
            raise ChecksumMismatchError(
                f"{self._place}: what the collection has is {self._plan.algorithm} {running.hexdigest()}, and not "
                f"{wanted}, which was sent"
            )
        return wanted

    async def _rename(self, is_there: bool) -> None:
        """Give it its name."""
        try:
            await self._move()
        except NetworkError as error:
            # The response may have been lost, and not the request.
            if not error.was_sent or not await self._is_moved():
                raise
        except GlobusAPIError as error:
            if not _is_in_the_way(error):
                raise
            if not self._plan.overwrite:
                raise DestinationExistsError(
                    f"path: {self._place} was made by somebody else meanwhile; it was not replaced"
                ) from error
            # Not all storage renames over a file. From here on, what was sent is all that there is.
            self._keep = True
            await self._delete(self._path, self._exchange)
            try:
                await self._move()
            except GlobusError as again:
                raise IncompleteFileError(
                    f"{self._place}: the old file was deleted, and the new one could not be renamed: it is complete, "
                    f"and called {self._target}"
                ) from again

    async def _move(self) -> None:
        assert self._transfer is not None
        assert self._files.collection_id is not None
        await self._transfer.operation_rename(self._files.collection_id, self._target, self._path)

    async def _is_moved(self) -> bool:
        try:
            await self._files.stat(self._target)
        except NotFoundError:
            return (await self._files.stat(self._path)).size == self._body.length
        return False

    async def _removed(self) -> None:
        """Delete what a failed upload has left, without much ado."""
        exchange = self._exchange.with_options(timeout=10, retry=RetryPolicy(max_retries=0))
        if not await self._delete(self._target, exchange):
            # The collection may still be about to write what came before the connection was cut.
            await self._exchange.sleep(0.5)
            await self._delete(self._target, exchange)

    async def _delete(self, path: str, exchange: AsyncExchange) -> bool:
        request: Request[Document] = Request("DELETE", target_of(path), Document)
        try:
            async with await exchange.open(request):
                return True
        except NotFoundError:
            return False

    def _may_be_there(self, error: BaseException, atomic: bool) -> bool:
        """Whether the collection may have a part of the file, under a name that nothing else has."""
        if self._keep or (isinstance(error, GlobusAPIError) and error.http.method == "PUT" and not atomic):
            return False
        return self._body.sent > 0 if not atomic else not _is_refusal(error)

    def _report(self, sent: int) -> None:
        if self._plan.progress is not None:
            seconds = self._files.clock() - self._began
            self._plan.progress(FileProgress(self._path, sent, self._body.length, seconds))


def _is_refusal(error: BaseException) -> bool:
    """Whether the collection certainly has nothing of the file."""
    return (
        isinstance(error, GlobusAPIError) and error.http.method == "PUT" and error.http_status in (401, 403, 404, 405)
    )


def _is_in_the_way(error: GlobusAPIError) -> bool:
    """Whether a file could not be renamed because there is one with its new name."""
    return isinstance(error, ConflictError) or "exists" in f"{error.code} {error.message}".lower()
