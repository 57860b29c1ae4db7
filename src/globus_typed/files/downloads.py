# Generated from async_downloads.py by tools/unasync.py: change that file.
"""Downloads: into files of this machine, checked, resumed, and put in place only when they are complete."""

import os
from collections.abc import Iterable
from functools import partial
from typing import Literal

from globus_typed.errors import GlobusConnectionError, GlobusError, GlobusUsageError, NetworkError
from globus_typed.files.base import CollectionBase
from globus_typed.files.checks import DownloadCheck, check_count
from globus_typed.files.collection import Collection
from globus_typed.files.concurrency import at_once, check_stopped, each, in_thread
from globus_typed.files.errors import (
    ChecksumMismatchError,
    IncompleteFileError,
    RangeNotSatisfiableError,
    SomeFilesFailedError,
    SourceChangedError,
)
from globus_typed.files.exchange import Answer, Exchange
from globus_typed.files.part_file import PartFile, hashed
from globus_typed.files.paths import target_of
from globus_typed.files.plans import (
    DownloadPlan,
    ProgressFunction,
    download_plan,
    exists_already,
    goes_on,
    is_changed,
    is_complete,
    source_of,
)
from globus_typed.files.ranges import range_header
from globus_typed.files.results import DownloadResult, FileFailure, FileInfo, FileProgress
from globus_typed.files.retries import Beginning, begins

__all__ = ["Downloads"]

_STUCK = 3
"""The attempts without progress after which a download is given up."""


class Downloads(CollectionBase):
    """Methods that download files."""

    def download(
        self,
        path: str,
        destination: str | os.PathLike[str],
        *,
        resume: bool | Literal["trust"] = True,
        overwrite: bool = False,
        expected_size: int | None = None,
        checksum: str | None = None,
        algorithm: str = "SHA256",
        verify: DownloadCheck | None = None,
        preserve_timestamp: bool = True,
        progress: ProgressFunction | None = None,
    ) -> DownloadResult:
        """Copy a file of the collection to a file of this machine.

        ``GET /{path}`` of the collection, and with access to Transfer ``GET /operation/endpoint/{endpoint_id}/stat``
        before and after it

        What arrives is kept in ``destination.part`` until it is complete, checked and on the disk; then it gets its
        name. If the connection is lost, the rest is asked for; if the program ends, the next download of the same file
        goes on with the part, as ``destination.part.json`` and a look at the file tell that it is still the same.
        For more than about 1 GiB, or 100 files, a Transfer task is faster.

        Parameters: `path` from the root of the collection, or the URL of the file; `destination`, the name of the new
        file, in a directory that exists; `resume`, whether to go on with what an earlier download left (``"trust"``:
        also where nothing tells that the file was not changed since), and to do nothing where the file is there with
        the same size and time; `overwrite`, whether a file at the destination is replaced; `expected_size` in bytes;
        `checksum`, in hexadecimal digits, and `algorithm`, one of MD5, SHA1, SHA224, SHA256, SHA384 and SHA512;
        `verify`, ``"size"`` (that all bytes came: one request), ``"change"`` (also that size and time did not change
        meanwhile; the default) or ``"checksum"`` (also the checksum, which the result holds); `preserve_timestamp`,
        whether the file gets the time of its last change on the collection; `progress`, a function that is called with
        a `FileProgress` after each MiB, or less often.
        A change that leaves the size as it is and happens within one second shows by the checksum alone. Without access
        to Transfer, changes show only by the size.
        Raises `GlobusUsageError` for wrong arguments; `NotFoundError`, `PermissionDeniedError`,
        `CollectionUnavailableError`, `CollectionLoginRequiredError`; `DestinationExistsError`; `SourceChangedError`,
        `ChecksumMismatchError`, `IncompleteFileError`; `LocalFileError` if the disk is full; `NetworkError`.
        """
        plan = download_plan(
            destination,
            resume=resume,
            overwrite=overwrite,
            expected_size=expected_size,
            checksum=checksum,
            algorithm=algorithm,
            verify=verify,
            preserve_timestamp=preserve_timestamp,
            progress=progress,
        )
        path = self._collection.path(path)
        exchange = self._collection.connected()
        return _Download(self._collection, exchange, path, plan).run()

    def download_many(
        self,
        files: Iterable[tuple[str, str | os.PathLike[str]]],
        *,
        concurrency: int = 4,
        stop_on_error: bool = False,
        resume: bool | Literal["trust"] = True,
        overwrite: bool = False,
        algorithm: str = "SHA256",
        verify: DownloadCheck | None = None,
        preserve_timestamp: bool = True,
        progress: ProgressFunction | None = None,
    ) -> list[DownloadResult]:
        """Copy many files of the collection to files of this machine, several at once.

        ``GET /{path}`` of the collection for each, as `download` does; ask Transfer for a task where there are more
        than some hundreds, or where the data are large.

        Parameters: `files`, pairs of a path in the collection and a destination, read as they are needed;
        `concurrency`, the number of threads that download, at most; `stop_on_error`, whether the first error ends all;
        the others as for `download`.
        Raises `SomeFilesFailedError` when all others are copied, with what failed and what was copied, each in order;
        with `stop_on_error` the first error instead. `GlobusUsageError` for wrong arguments.
        """
        check_count("concurrency", concurrency, 1)

        def one(file: tuple[str, str | os.PathLike[str]]) -> DownloadResult | FileFailure:
            source, destination = file
            try:
                return self.download(
                    source,
                    destination,
                    resume=resume,
                    overwrite=overwrite,
                    algorithm=algorithm,
                    verify=verify,
                    preserve_timestamp=preserve_timestamp,
                    progress=progress,
                )
            except GlobusError as error:
                check_stopped()
                if stop_on_error:
                    raise
                return FileFailure(source, error)

        done = each(files, one, concurrency)
        failures = [each for each in done if isinstance(each, FileFailure)]
        results = [each for each in done if isinstance(each, DownloadResult)]
        if failures:
            raise SomeFilesFailedError(failures, results)
        return results


class _Download:
    """One download, with its part file and what is known of the file."""

    def __init__(self, files: Collection, exchange: Exchange, path: str, plan: DownloadPlan) -> None:
        self._files = files
        self._exchange = exchange
        self._path = path
        self._plan = plan
        self._part = PartFile(plan.destination, plan.hash, at_once())
        self._began = files.clock()
        self._place = f"{exchange.origin}{target_of(path)}"
        self._info: FileInfo | None = None
        self._size: int | None = plan.expected_size
        self._tries = 0
        self._reported = 0

    def run(self) -> DownloadResult:
        """Do it."""
        plan, part = self._plan, self._part
        can_look = not self._files.looks_by_https
        left = in_thread(part.left_behind) if plan.resume else None
        is_there = in_thread(partial(os.path.lexists, plan.destination))
        if can_look and (plan.verify != "size" or left is not None or is_there):
            self._info = self._looked()
            self._check_size(self._info.size)
        if is_there and not plan.overwrite:
            done = in_thread(partial(self._is_complete, part.finished_before()))
            if done is None:
                raise exists_already(plan.destination)
            return done
        part.source = source_of(self._place, self._files.collection_id, self._info, self._path)
        try:
            if left is not None and goes_on(left, part.source, plan.resume):
                in_thread(part.resume)
                if self._info is not None and part.have > (self._info.size or 0):
                    part.start_again()
            self._fill()
            if can_look and plan.verify != "size" and self._info is not None:
                self._check_unchanged(self._looked())
            modified = self._info.last_modified if self._info is not None and plan.preserve_timestamp else None
            found = in_thread(partial(part.finish, modified, plan.checksum, plan.overwrite))
            if found is not None:
                raise ChecksumMismatchError(
                    f"{self._place}: its {plan.algorithm} is {found}, and not {plan.checksum}; nothing was put in place"
                )
        except SourceChangedError:
            part.discard()
            raise
        except BaseException:
            part.keep()
            raise
        self._report()
        return self._result(part.written, part.resumed_from, part.checksum)

    def _fill(self) -> None:
        """Ask for what is missing until nothing is."""
        stuck = 0
        while self._size is None or self._part.have < self._size or self._tries == 0:
            check_stopped()
            have = self._part.have
            if self._info is not None and have and have == self._info.size:
                return
            self._tries += 1
            failure = self._fill_once(have)
            if failure is None:
                return
            stuck = 0 if self._part.have > have else stuck + 1
            if stuck >= min(_STUCK, self._exchange.retry.max_retries):
                raise IncompleteFileError(
                    f"{self._place}: {self._part.have:,} bytes arrived"
                    f"{'' if self._size is None else f' of {self._size:,}'}, and no more after {self._tries} attempts: "
                    f"{failure}"
                ) from failure
            if self._part.have and self._plan.resume != "trust":
                if self._info is None:
                    # Nothing tells that the rest would be of the same file.
                    in_thread(self._part.start_again)
                else:
                    self._check_unchanged(self._looked())
            self._exchange.sleep(min(self._exchange.retry.max_backoff, 0.5 * 2**stuck))

    def _fill_once(self, have: int) -> GlobusError | None:
        """Take what one response brings; the failure if it was cut."""
        try:
            answer = self._files.open("GET", self._path, range_header(have, None) if have else None)
        except RangeNotSatisfiableError:
            if not have:
                raise
            if self._info is None and self._part.have == self._files.head(self._path).size:
                return None
            in_thread(self._part.start_again)
            return GlobusConnectionError("the part is longer than the file")
        with answer:
            beginning = begins(answer.status, answer.headers, have, self._place)
            if have and beginning.start == 0:
                in_thread(self._part.start_again)
            self._check_size(beginning.stop)
            if not beginning.is_delimited and self._size is None:
                raise IncompleteFileError(f"{self._place}: nothing tells how long it is, or whether all of it came")
            return self._take(answer, beginning)

    def _take(self, answer: Answer, beginning: Beginning) -> GlobusError | None:
        part = self._part
        try:
            while (chunk := answer.read()) is not None:
                if part.take(chunk):
                    in_thread(part.flush)
                    self._report(least=2**20)
        except NetworkError as error:
            return error
        wanted = beginning.stop if beginning.stop is not None else self._size
        if wanted is not None and part.have != wanted:
            return GlobusConnectionError(f"{part.have:,} bytes came instead of {wanted:,}")
        return None

    def _looked(self) -> FileInfo:
        info = self._files.stat(self._path)
        if info.type == "dir":
            raise GlobusUsageError(
                f"path: {self._path!r} is a directory; copy it by a task of Transfer, or list it with operation_ls"
            )
        return info

    def _check_size(self, size: int | None) -> None:
        """Compare a size that was told with that which is known."""
        if size is None:
            return
        if self._size is not None and size != self._size:
            raise SourceChangedError(
                f"{self._place}: has {size:,} bytes, and not {self._size:,}"
                + (", as expected" if self._size == self._plan.expected_size else ": it was changed meanwhile")
            )
        self._size = size

    def _check_unchanged(self, now: FileInfo) -> None:
        if self._info is not None and is_changed(self._info, now):
            raise SourceChangedError(
                f"{self._place}: was changed while it was downloaded, from {self._info.size} bytes of "
                f"{self._info.last_modified} to {now.size} bytes of {now.last_modified}; nothing was put in place"
            )

    def _is_complete(self, finished: bool) -> DownloadResult | None:
        """The result where the file is there already, as far as size, time and a given checksum tell."""
        plan = self._plan
        if not plan.resume:
            return None
        found = None
        if plan.checksum is not None and plan.destination.is_file():
            found = hashed(plan.destination, plan.algorithm)
        if found != plan.checksum or not (
            found is not None or is_complete(plan.destination, self._info, finished=finished)
        ):
            return None
        size = plan.destination.stat().st_size
        if plan.hash is not None and found is None:
            found = hashed(plan.destination, plan.hash)
        if finished:
            self._part.side_path.unlink(missing_ok=True)
        return self._result(size, size, found)

    def _result(self, size: int, resumed_from: int, checksum: str | None) -> DownloadResult:
        return DownloadResult(
            self._path,
            self._plan.destination,
            size,
            self._files.clock() - self._began,
            resumed_from,
            self._tries,
            checksum,
            self._plan.hash,
            None if self._info is None else self._info.last_modified,
        )

    def _report(self, least: int = 0) -> None:
        """Tell how far it is, unless fewer bytes have come since this was last told."""
        if self._plan.progress is not None and not 0 <= self._part.have - self._reported < least:
            self._reported = self._part.have
            seconds = self._files.clock() - self._began
            self._plan.progress(FileProgress(self._path, self._part.have, self._size, seconds))
