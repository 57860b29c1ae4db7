"""`DeleteData`: a delete to submit."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Literal, overload
from uuid import UUID

from pydantic import Field

from globus_typed.core.fields import Identifier
from globus_typed.transfer.documents.item_list import DeleteItems
from globus_typed.transfer.documents.items import DeleteItem
from globus_typed.transfer.documents.task_builder import AnyTransferClient, TaskBuilder, take_fields
from globus_typed.transfer.documents.task_findings import Finding, delete_findings

__all__ = ["DeleteData"]

_POSITIONAL = ("endpoint", "label", "submission_id", "recursive", "deadline")


class DeleteData(TaskBuilder):
    """A delete to submit: make it, add items, give it to `submit_delete`.

    Every field is an attribute, checked when it is set. To submit the same builder again is safe: it is the same task.

        data = DeleteData(endpoint_id, recursive=True)
        data.add_item("/~/run7/")
        task_id = transfer.submit_delete(data).task_id

    Source: Transfer API, "Task Submission".
    """

    data_type: Literal["delete"] = "delete"
    """``delete``"""
    endpoint: Identifier
    """The id of the collection to delete on."""
    items: DeleteItems = Field(default_factory=DeleteItems)
    """What to delete (``DATA`` on the wire); at least one item when it is submitted."""
    recursive: bool | None = False
    """Whether directories are deleted, with all in them; without it, any directory makes the task fail. None: up to the
    service."""
    ignore_missing: bool | None = None
    """Whether what is not there is no error; None: it is one."""
    interpret_globs: bool | None = None
    """Whether ``*``, ``?`` and ``[..]`` in the last part of a path stand for other characters; None: no."""
    local_user: str | None = None
    """The account to delete as, on a mapped collection with several for the caller."""

    @overload
    def __init__(
        self,
        /,
        endpoint: str | UUID,
        *,
        label: str | None = None,
        submission_id: str | UUID | None = None,
        recursive: bool | None = False,
        deadline: datetime | timedelta | str | None = None,
        ignore_missing: bool | None = None,
        interpret_globs: bool | None = None,
        notify_on_succeeded: bool | None = None,
        notify_on_failed: bool | None = None,
        notify_on_inactive: bool | None = None,
        local_user: str | None = None,
        store_base_path_info: bool | None = None,
        skip_activation_check: bool | None = None,
        length: int | None = None,
        items: Iterable[DeleteItem | Mapping[str, Any]] = (),
    ) -> None: ...
    @overload
    def __init__(
        self,
        /,
        transfer_client: AnyTransferClient | None,
        endpoint: str | UUID,
        label: str | None = None,
        submission_id: str | UUID | None = None,
        recursive: bool | None = False,
        deadline: datetime | timedelta | str | None = None,
        *,
        ignore_missing: bool | None = None,
        interpret_globs: bool | None = None,
        notify_on_succeeded: bool | None = None,
        notify_on_failed: bool | None = None,
        notify_on_inactive: bool | None = None,
        local_user: str | None = None,
        store_base_path_info: bool | None = None,
        skip_activation_check: bool | None = None,
        length: int | None = None,
        items: Iterable[DeleteItem | Mapping[str, Any]] = (),
    ) -> None: ...
    def __init__(self, /, *args: Any, **fields: Any) -> None:
        """A delete on a collection, without items yet.

        Parameters: the fields, which say what they mean. The ids may be text or UUIDs; `deadline` is an aware
        `datetime`, a `timedelta` from now, or ISO 8601 text (in UTC where it names no zone). A client may go first, as
        it once had to; nothing is done with it.
        Raises `pydantic.ValidationError`, which names the field, for what the service would refuse.
        Source: Transfer API, "Task Submission".
        """
        super().__init__(**take_fields(args, fields, _POSITIONAL, 1))

    # So that documents are read as those of any other payload, not through __init__.
    __init__.__dict__["__pydantic_base_init__"] = True

    def _findings(self) -> Iterator[Finding]:
        return delete_findings(self)

    def add_item(self, path: str) -> None:
        """Adds a file or directory to delete; for directories, `recursive` must be set on the builder.

        Parameters: `path`, absolute or from ``/~/``.
        Raises `pydantic.ValidationError`, which names the parameter; nothing is added then.
        Source: Transfer API, "Task Submission".
        """
        self.items.append({"path": path})

    def add_items(self, items: Iterable[DeleteItem | Mapping[str, Any]]) -> None:
        """Adds items, models or mappings of their fields.

        Raises `pydantic.ValidationError`, which names place and field of what is wrong; nothing is added then.
        """
        self.items.extend(items)
