"""`DeleteData`: a delete to submit."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from pydantic import Field
from typing_extensions import Unpack

from globus_typed.core.fields import Identifier
from globus_typed.core.payloads import NoMore
from globus_typed.errors import GlobusUsageError
from globus_typed.transfer.documents.item_list import DeleteItems
from globus_typed.transfer.documents.items import DeleteItem
from globus_typed.transfer.documents.official_forms import with_additional_fields
from globus_typed.transfer.documents.task_builder import NOT_GIVEN, AnyTransferClient, TaskBuilder, given_fields
from globus_typed.transfer.documents.task_findings import Finding, delete_findings

__all__ = ["DeleteData"]


class DeleteData(TaskBuilder):
    """A delete to submit: make it, add items, give it to `submit_delete`.

    Every field is an attribute, checked when it is set. To submit the same builder again is safe: it is the same task.
    A subclass without an `__init__` of its own is made in the same ways, but type checkers take the parameters of its
    constructor for its fields, by keyword only: give it an `__init__` where that matters.

        data = DeleteData(endpoint_id, recursive=True)
        data.add_item("/~/run7/")
        task_id = transfer.submit_delete(data).task_id

    Source: Transfer API, "Task Submission".
    """

    data_type: Literal["delete"] = "delete"
    """``delete``"""
    endpoint: Identifier
    """The id of the collection to delete on."""
    recursive: bool | None = False
    """Whether directories are deleted, with all in them; without it, any directory makes the task fail. None: up to the
    service."""
    ignore_missing: bool | None = None
    """Whether what is not there is no error; None: it is one."""
    interpret_globs: bool | None = None
    """Whether ``*``, ``?`` and ``[..]`` in the last part of a path stand for other characters; None: no."""
    local_user: str | None = None
    """The account to delete as, on a mapped collection with several for the caller."""

    items: DeleteItems = Field(default_factory=DeleteItems)
    """The items to delete (``DATA`` on the wire); at least one when it is submitted."""

    def __init__(
        self,
        client_or_endpoint: AnyTransferClient | str | UUID | None = None,
        endpoint_after_client: str | UUID = NOT_GIVEN,
        /,
        label: str | None = None,
        submission_id: str | UUID | None = None,
        recursive: bool | None = False,
        deadline: datetime | timedelta | str | None = None,
        *,
        transfer_client: AnyTransferClient | None = None,
        endpoint: str | UUID = NOT_GIVEN,
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
        additional_fields: Mapping[str, Any] | None = None,
        **unknown: Unpack[NoMore],
    ) -> None:
        """A delete on a collection, without items yet.

        ``DeleteData(endpoint, ...)`` takes all else by keyword. After a client (or None), which the documented form
        begins with and nothing is done with, ``DeleteData(client, endpoint, label, ...)`` takes the documented order.
        The id and the client may also go by keyword, as `endpoint` and `transfer_client`.

        Parameters: the fields, which have their meanings. The ids may be strings or UUIDs; `deadline` is an aware
        `datetime`, a `timedelta` from now, or an ISO 8601 string (in UTC where it names no zone); `additional_fields`
        are fields too, by their names on the wire.
        Raises `pydantic.ValidationError`, which names the field, for what the service would refuse, and for a field
        that does not exist; `GlobusUsageError` for a second id without a client first.
        Source: Transfer API, "Task Submission".
        """
        places = (client_or_endpoint, endpoint_after_client)
        super().__init__(**given_fields(DeleteData, places, ("endpoint",), locals()))

    def _findings(self) -> Iterator[Finding]:
        return delete_findings(self.items, interpret_globs=self.interpret_globs)

    def add_item(
        self, path: str, *, additional_fields: Mapping[str, Any] | None = None, **unknown: Unpack[NoMore]
    ) -> None:
        """Add a file or directory to delete; for directories, `recursive` must be set on the builder.

        Parameters: `path`, absolute or from ``/~/``; `additional_fields`, further fields of the item by name.
        Raises `pydantic.ValidationError`, which names the parameter; nothing is added then.
        Source: Transfer API, "Task Submission".
        """
        self.items.append(with_additional_fields({"path": path, **unknown}, additional_fields or {}))

    def iter_items(self) -> Iterator[DeleteItem]:
        """The items, in their order. ``item["path"]`` is ``item.path``."""
        return iter(self.items)

    def add_items(self, items: Iterable[DeleteItem | Mapping[str, Any] | str]) -> None:
        """Add items: paths, models or mappings of their fields.

        Raises `pydantic.ValidationError`, which names place and field of what is wrong, and `GlobusUsageError` for a
        single path, which `add_item` takes; nothing is added then.
        """
        if isinstance(items, str):
            raise GlobusUsageError(f"items: must be an iterable of paths or items; for one path, add_item({items!r})")
        self.items.extend({"path": item} if isinstance(item, str) else item for item in items)
