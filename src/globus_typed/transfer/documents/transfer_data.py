"""`TransferData`: a transfer to submit."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, Strict
from typing_extensions import Unpack

from globus_typed.core.fields import Identifier
from globus_typed.core.payloads import NoMore
from globus_typed.core.suggestions import unknown_arguments
from globus_typed.transfer.documents.fields import ChecksumAlgorithm, SyncLevel, WireSyncLevel
from globus_typed.transfer.documents.item_list import AnyTransferItem, TransferItems
from globus_typed.transfer.documents.items import FilterRule, TransferItem
from globus_typed.transfer.documents.official_forms import with_additional_fields
from globus_typed.transfer.documents.task_builder import NOT_GIVEN, AnyTransferClient, TaskBuilder, given_fields
from globus_typed.transfer.documents.task_findings import Finding, transfer_findings

__all__ = ["TransferData"]


class TransferData(TaskBuilder):
    """A transfer to submit: make it, add items, give it to `submit_transfer`.

    Every field is an attribute, checked when it is set. To submit the same builder again is safe: it is the same task.
    A subclass without an `__init__` of its own is made in the same ways, but type checkers take the parameters of its
    constructor for its fields, by keyword only: give it an `__init__` where that matters.

        data = TransferData(source_id, destination_id, label="bench run 7", sync_level="checksum")
        data.add_item("/~/run7/", "/results/run7/", recursive=True)
        task_id = transfer.submit_transfer(data).task_id

    Source: Transfer API, "Task Submission".
    """

    data_type: Literal["transfer"] = "transfer"
    """``transfer``"""
    source_endpoint: Identifier
    """The id of the collection to read from."""
    destination_endpoint: Identifier
    """The id of the collection to write to."""
    sync_level: WireSyncLevel | None = None
    """The difference that makes it copy a file that exists: 0 none, 1 in size, 2 in time (older), 3 in checksum,
    or the words ``exists``, ``size``, ``mtime``, ``checksum``; None: it copies all."""
    verify_checksum: bool | None = False
    """Whether to compare what was written with what was read; None: up to the service."""
    preserve_timestamp: bool | None = False
    """Whether files keep their times; None: up to the service."""
    encrypt_data: bool | None = False
    """Whether to encrypt data on its way; None: up to the service."""
    delete_destination_extra: bool | None = None
    """Whether to delete, in directories, what the source does not have; None: no."""
    skip_source_errors: bool | None = None
    """Whether to leave out source files that are missing or forbidden, where the task would fail; None: no."""
    fail_on_quota_errors: bool | None = None
    """Whether a full quota makes the task fail, where it would try again; None: no."""
    recursive_symlinks: Literal["ignore", "keep", "copy"] | None = None
    """How to treat symlinks in directories: leave them out, keep them as links, or copy what they lead to; None: the
    first (deprecated)."""
    filter_rules: Annotated[tuple[FilterRule, ...], Strict(False)] | None = None
    """Which files to take and leave in directories; the first that fits decides. `add_filter_rule` adds to them."""
    source_local_user: str | None = None
    """The account to read as, on a mapped collection with several for the caller."""
    destination_local_user: str | None = None
    """The account to write as, on a mapped collection with several for the caller."""
    perf_cc: int | None = None
    """How many files at once (for tests of the service, not documented)."""
    perf_p: int | None = None
    """How many streams a file (for tests of the service, not documented)."""
    perf_pp: int | None = None
    """How many files are asked for ahead (for tests of the service, not documented)."""
    perf_udt: bool | None = None
    """Whether to go over UDT (for tests of the service, not documented)."""

    items: TransferItems = Field(default_factory=TransferItems)
    """The items to copy (``DATA`` on the wire); at least one when it is submitted."""

    def __init__(
        self,
        client_or_source: AnyTransferClient | str | UUID | None = None,
        source_or_destination: str | UUID = NOT_GIVEN,
        destination: str | UUID = NOT_GIVEN,
        /,
        label: str | None = None,
        submission_id: str | UUID | None = None,
        sync_level: SyncLevel | None = None,
        verify_checksum: bool | None = False,
        preserve_timestamp: bool | None = False,
        encrypt_data: bool | None = False,
        deadline: datetime | timedelta | str | None = None,
        *,
        transfer_client: AnyTransferClient | None = None,
        source_endpoint: str | UUID = NOT_GIVEN,
        destination_endpoint: str | UUID = NOT_GIVEN,
        delete_destination_extra: bool | None = None,
        skip_source_errors: bool | None = None,
        fail_on_quota_errors: bool | None = None,
        recursive_symlinks: Literal["ignore", "keep", "copy"] | None = None,
        filter_rules: Iterable[FilterRule | Mapping[str, Any]] | None = None,
        notify_on_succeeded: bool | None = None,
        notify_on_failed: bool | None = None,
        notify_on_inactive: bool | None = None,
        source_local_user: str | None = None,
        destination_local_user: str | None = None,
        store_base_path_info: bool | None = None,
        skip_activation_check: bool | None = None,
        perf_cc: int | None = None,
        perf_p: int | None = None,
        perf_pp: int | None = None,
        perf_udt: bool | None = None,
        length: int | None = None,
        items: Iterable[AnyTransferItem | Mapping[str, Any]] = (),
        additional_fields: Mapping[str, Any] | None = None,
        **unknown: Unpack[NoMore],
    ) -> None:
        """A transfer from one collection to another, without items yet.

        ``TransferData(source, destination, ...)`` takes all else by keyword. After a client (or None), which the
        documented form begins with and nothing is done with, ``TransferData(client, source, destination, label, ...)``
        takes the documented order. The ids and the client may also go by keyword, as `source_endpoint`,
        `destination_endpoint` and `transfer_client`.

        Parameters: the fields, which have their meanings. The ids may be strings or UUIDs; `deadline` is an aware
        `datetime`, a `timedelta` from now, or an ISO 8601 string (in UTC where it names no zone); `additional_fields`
        are fields too, by their names on the wire.
        Raises `pydantic.ValidationError`, which names the field, for what the service would refuse, and for a field
        that does not exist; `GlobusUsageError` for a third id without a client first.
        Source: Transfer API, "Task Submission".
        """
        places = (client_or_source, source_or_destination, destination)
        names = ("source_endpoint", "destination_endpoint")
        super().__init__(**given_fields(TransferData, places, names, locals()))

    def _findings(self) -> Iterator[Finding]:
        return transfer_findings(
            self.items,
            self.filter_rules or (),
            on_one_collection=self.source_endpoint == self.destination_endpoint,
            delete_destination_extra=bool(self.delete_destination_extra),
        )

    def add_item(
        self,
        source_path: str,
        destination_path: str,
        recursive: bool | None = False,
        *,
        external_checksum: str | None = None,
        checksum_algorithm: ChecksumAlgorithm | None = None,
        additional_fields: Mapping[str, Any] | None = None,
        **unknown: Unpack[NoMore],
    ) -> None:
        """Add a file or directory to copy.

        Parameters: `source_path` and `destination_path`, both absolute or from ``/~/``, the latter the whole path of a
        file, not just its directory; `recursive`, True for a directory (None: the service looks at the source);
        `external_checksum`, in hexadecimal digits, which the file must have or the task fails, and
        `checksum_algorithm`, how it was taken (None: MD5); `additional_fields`, further fields of the item by name.
        Raises `pydantic.ValidationError`, which names the parameter; nothing is added then.
        Source: Transfer API, "Task Submission".
        """
        if unknown:
            raise unknown_arguments("TransferItem", unknown, TransferItem.model_fields)
        if additional_fields is None:
            self.items.add(source_path, destination_path, recursive, external_checksum, checksum_algorithm)
        else:
            given = {
                "source_path": source_path,
                "destination_path": destination_path,
                # Its default gives way to a further field.
                "recursive": None if recursive is False and "recursive" in additional_fields else recursive,
                "external_checksum": external_checksum,
                "checksum_algorithm": checksum_algorithm,
            }
            fields = {name: value for name, value in given.items() if value is not None}
            self.items.append(with_additional_fields(fields, additional_fields))

    def add_symlink_item(self, source_path: str, destination_path: str, **unknown: Unpack[NoMore]) -> None:
        """Add a symlink to copy as the link it is.

        Parameters: the paths of both links, absolute or from ``/~/``.
        Raises `pydantic.ValidationError`, which names the parameter; nothing is added then.
        Source: Transfer API, "Task Submission" (deprecated there).
        """
        self.items.append(
            {
                "DATA_TYPE": "transfer_symlink_item",
                "source_path": source_path,
                "destination_path": destination_path,
                **unknown,
            }
        )

    def iter_items(self) -> Iterator[AnyTransferItem]:
        """The items, in their order. ``item["source_path"]`` is ``item.source_path``."""
        return iter(self.items)

    def add_items(self, items: Iterable[AnyTransferItem | Mapping[str, Any]]) -> None:
        """Add items, models or mappings of their fields.

        Raises `pydantic.ValidationError`, which names place and field of what is wrong; nothing is added then.
        """
        self.items.extend(items)

    def add_filter_rule(
        self,
        name: str,
        *,
        method: Literal["exclude", "include"] = "exclude",
        type: Literal["file", "dir"] | None = None,
        **unknown: Unpack[NoMore],
    ) -> None:
        """Add a rule on what to take from directories, to come after those there are; the first that fits decides.

        Parameters: `name`, the pattern a name must fit, with ``*``, ``?``, ``[..]`` and ``[!..]``; `method`, whether to
        leave out or take what fits; `type`, whether the rule is about files or directories (None: both).
        Raises `pydantic.ValidationError`, which names the parameter; nothing is added then.
        Source: Transfer API, "Task Submission".
        """
        rule = FilterRule.of({"name": name, "method": method, "type": type, **unknown})
        self.filter_rules = (*(self.filter_rules or ()), rule)
