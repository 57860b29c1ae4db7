"""Documents to submit, one or several."""

from typing import Any, TypeAlias, Union

from globus_typed.core.json_data import is_iterable, is_mapping, is_object
from globus_typed.errors import GlobusUsageError
from globus_typed.transfer import documents

__all__ = ["Batch", "batches_of", "is_delete", "submission_id_of", "take_out_submission_id"]

Batch: TypeAlias = Union["documents.TransferData", "documents.DeleteData", dict[str, Any]]
"""A document to submit, which keeps the submission id that it is given."""


def batches_of(data: object) -> tuple[list[Batch], bool]:
    """The documents to submit, and whether they are several. Raises `GlobusUsageError` for what is none."""
    if isinstance(data, (documents.TransferData, documents.DeleteData)):
        return [data], False
    if is_mapping(data):
        # One that cannot be changed could not tell its submission id.
        batch = data if is_object(data) else dict(data)
        is_delete(batch)
        return [batch], False
    if not is_iterable(data) or isinstance(data, (str, bytes)):
        raise GlobusUsageError(f"data: must be a TransferData or DeleteData, got {type(data).__name__}")
    found: list[Batch] = []
    for number, each in enumerate(data):
        if not isinstance(each, (documents.TransferData, documents.DeleteData)):
            kind = type(each).__name__
            raise GlobusUsageError(f"data[{number}]: must be a TransferData or DeleteData, got {kind}")
        found.append(each)
    if not found:
        raise GlobusUsageError("data: must hold at least one batch")
    return found, True


def is_delete(batch: Batch) -> bool:
    """Whether it is a delete, and not a transfer. Raises `GlobusUsageError` for a mapping that does not say."""
    if isinstance(batch, dict):
        kind: object = batch.get("DATA_TYPE", "delete" if "endpoint" in batch else "transfer")
        if kind not in ("transfer", "delete"):
            raise GlobusUsageError(f'data: its DATA_TYPE must be "transfer" or "delete", got {kind!r}')
        return kind == "delete"
    return isinstance(batch, documents.DeleteData)


def submission_id_of(batch: Batch) -> str | None:
    """The submission id that it has; None if it has none yet, so that it was never sent."""
    found: object = batch.get("submission_id") if isinstance(batch, dict) else batch.submission_id
    return None if found is None else str(found)


def take_out_submission_id(batch: Batch) -> None:
    """Make it a document that becomes another task when it is submitted."""
    if isinstance(batch, dict):
        batch.pop("submission_id", None)
    else:
        batch.submission_id = None
