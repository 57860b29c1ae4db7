"""Submission of transfers and deletes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast, overload

from typing_extensions import Unpack

from globus_typed.core.query_params import NoMoreParams, merged_query
from globus_typed.core.request import DocumentT, QueryValue, Request
from globus_typed.errors import GlobusError, GlobusUsageError
from globus_typed.transfer import documents
from globus_typed.transfer.async_client.base import AsyncTransferBase
from globus_typed.transfer.documents.submission_ids import keep_submission_id
from globus_typed.transfer.service import V0_10


class AsyncSubmissionMethods(AsyncTransferBase):
    """Methods that submit tasks."""

    async def get_submission_id(
        self, *, query_params: Mapping[str, QueryValue] | None = None, **params: Unpack[NoMoreParams]
    ) -> documents.SubmissionId:
        """A new submission id, with which a document can safely be submitted more than once.

        ``GET /submission_id``

        `submit_transfer` and `submit_delete` fetch one themselves. Parameters: `query_params`, further query
        parameters.
        Source: Transfer API, "Task Submission".
        """
        return await self.send(
            Request(
                "GET",
                (V0_10, "submission_id"),
                documents.SubmissionId,
                query=merged_query(self.get_submission_id, params, query_params),
            )
        )

    async def submit_transfer(self, data: documents.TransferData | Mapping[str, Any]) -> documents.TransferResult:
        """Submit a transfer; the result has its `task_id`.

        ``POST /transfer``

        Data without a submission id is given one and keeps it, once it has been validated and before it is sent:
        submitted again, the result has the code ``Duplicate`` and the same task. For the same reason a lost request is
        retried without creating a second task. To submit it as another task, take the id out.

        Parameters: `data`, a `TransferData` or an equivalent mapping. A mapping that cannot be changed stays as it is;
        the `submission_id` of the exception is the one that it was sent with.
        Raises `pydantic.ValidationError`, before anything is sent, for a document that the service would refuse, such
        as one without items; `ConflictError` if the submission id was used for another document, as when the data was
        changed since; `ConsentRequiredError`, `PermissionDeniedError`, `NotFoundError`. A `GlobusError` has the
        `submission_id`.
        Source: Transfer API, "Task Submission".
        """
        payload = documents.TransferData.to_submit(data, self.clock())
        return await self._submit("transfer", documents.TransferResult, payload, data)

    async def submit_delete(self, data: documents.DeleteData | Mapping[str, Any]) -> documents.DeleteResult:
        """Submit a delete; the result has its `task_id`.

        ``POST /delete``

        Parameters, retries and errors are those of `submit_transfer`, with a `DeleteData`.
        Source: Transfer API, "Task Submission".
        """
        payload = documents.DeleteData.to_submit(data, self.clock())
        return await self._submit("delete", documents.DeleteResult, payload, data)

    async def _submit(
        self,
        route: str,
        result: type[DocumentT],
        payload: documents.TransferData | documents.DeleteData,
        data: documents.TransferData | documents.DeleteData | Mapping[str, Any],
    ) -> DocumentT:
        if payload.submission_id is None:
            fresh = await self.get_submission_id()
            keep_submission_id(fresh.value, payload, data)
        submission_id = payload.submission_id
        try:
            return await self.send(Request("POST", (V0_10, route), result, content=payload.body(), repeatable=True))
        except GlobusError as error:
            error.submission_id = submission_id
            raise

    @overload
    async def submit_all(self, batches: Iterable[documents.TransferData]) -> list[documents.TransferResult]: ...
    @overload
    async def submit_all(self, batches: Iterable[documents.DeleteData]) -> list[documents.DeleteResult]: ...
    async def submit_all(
        self, batches: Iterable[documents.TransferData] | Iterable[documents.DeleteData]
    ) -> list[documents.TransferResult] | list[documents.DeleteResult]:
        """Submit several batches, one after another; the results can be passed to `task_wait` or `task_progress`.

        ``POST /transfer`` or ``POST /delete``, once for each batch

        The results are in the order of the batches. If a submission fails, those before it remain submitted. To
        continue, call this again with the same builders: for those already accepted the result has the code
        ``Duplicate`` and the same task. So keep them: ``batches = list(data.batches())``.

        Parameters: `batches`, builders such as those from ``data.batches()``.
        Raises as `submit_transfer`; `GlobusUsageError` for an object that is not a builder.
        Source: Transfer API, "Task Submission".
        """
        results: list[Any] = []
        for number, batch in enumerate(cast("Iterable[object]", batches)):
            if isinstance(batch, documents.TransferData):
                results.append(await self.submit_transfer(batch))
            elif isinstance(batch, documents.DeleteData):
                results.append(await self.submit_delete(batch))
            else:
                kind = type(batch).__name__
                raise GlobusUsageError(f"batches[{number}]: must be a TransferData or DeleteData, got {kind}")
        return results
