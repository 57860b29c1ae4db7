"""Tasks: what they are, what happens to them, what they moved and what they left out."""

from typing import Annotated, Literal

from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.fields import OPEN, Timestamp
from globus_typed.core.payloads import MISSING, UpdatePayload
from globus_typed.transfer.documents.fields import Deadline, Label

__all__ = [
    "Event",
    "EventCode",
    "EventList",
    "FatalError",
    "LocalUserStatus",
    "NiceStatus",
    "SkippedError",
    "SkippedErrors",
    "SuccessfulTransfer",
    "SuccessfulTransfers",
    "Task",
    "TaskFilterRule",
    "TaskList",
    "TaskStatus",
    "TaskType",
    "TaskUpdate",
]

TaskType = Annotated[Literal["TRANSFER", "DELETE"] | str, OPEN]
"""What a task does; there may be types that are not listed here."""

TaskStatus = Annotated[Literal["ACTIVE", "INACTIVE", "SUCCEEDED", "FAILED"] | str, OPEN]
"""How far a task is. INACTIVE is held up until somebody acts; SUCCEEDED and FAILED are the end."""

NiceStatus = (
    Literal[
        "OK",
        "Queued",
        "PAUSED_BY_ADMIN",
        "PERMISSION_DENIED",
        "ENDPOINT_ERROR",
        "CONNECT_FAILED",
        "GC_NOT_CONNECTED",
        "UNKNOWN",
    ]
    | str
)
"""How a task is doing; any event code of an error too. Compare it without regard to case."""

LocalUserStatus = Annotated[Literal["OK", "NO_PERMISSION", "NOT_SCANNED", "ENDPOINT_ERROR", "NO_ENDPOINT"] | str, OPEN]
"""Whether the local account of a task could be told; there may be values that are not listed here."""

EventCode = (
    Literal[
        "STARTED",
        "PROGRESS",
        "SUCCEEDED",
        "EXPIRED",
        "CANCELED",
        "PAUSED",
        "UNPAUSED",
        "SKIPPED_ERRORS",
        "DELETE_DESTINATION_EXTRA_SKIPPED",
        "PERMISSION_DENIED",
        "FILE_NOT_FOUND",
        "AUTH",
        "CONNECT_FAILED",
        "CONNECTION_BROKEN",
        "CONNECTION_RESET",
        "ENDPOINT_ERROR",
        "ENDPOINT_TOO_BUSY",
        "FILE_SIZE_CHANGED",
        "GC_NOT_CONNECTED",
        "GC_PAUSED",
        "NO_APPEND_FILESYSTEM",
        "TIMEOUT",
        "UNKNOWN",
        "VERIFY_CHECKSUM",
    ]
    | str
)
"""What happened to a task; there may be codes that are not listed here."""


class FatalError(Document, frozen=True):
    """What made a task fail."""

    code: str | None = None
    """The kind of error, such as ``FILE_NOT_FOUND``."""
    description: str | None = None
    """The same for people."""


class TaskFilterRule(Document, frozen=True):
    """A rule by which a task takes or leaves files, as `FilterRule` asked for it."""

    data_type: str | None = None
    """``filter_rule``"""
    method: Literal["exclude", "include"] | str | None = None
    """Whether what fits is left out or taken."""
    type: Literal["file", "dir"] | str | None = None
    """What the rule is about; None for files and directories."""
    name: str | None = None
    """The pattern that names must fit, with ``*``, ``?``, ``[..]`` and ``[!..]``."""


class Task(Document, frozen=True):
    """A transfer or delete that was submitted."""

    data_type: str | None = None
    """``task``"""
    task_id: str
    """The id, a UUID."""
    type: TaskType | None = None
    """What it does."""
    status: TaskStatus | None = None
    """How far it is."""
    label: str | None = None
    """The label it was given; at most 128 characters."""
    fatal_error: FatalError | None = None
    """What made it fail."""
    owner_id: str | None = None
    """The identity that submitted it."""
    owner_string: str | None = None
    """The username of that identity; told to activity managers alone."""
    username: str | None = None
    """The Globus ID name of the owner (deprecated)."""
    command: str | None = None
    """How it was submitted: ``API 0.10``."""
    key: str | None = None
    """Where it stands in lists, in old answers."""

    request_time: Timestamp | None = None
    """When it was submitted."""
    completion_time: Timestamp | None = None
    """When it ended; None while it runs."""
    deadline: Timestamp | None = None
    """When it ends, done or not."""

    source_endpoint_id: str | None = None
    """The collection it reads from; for a delete, the one it deletes on."""
    source_endpoint_display_name: str | None = None
    """The name of that collection."""
    source_endpoint: str | None = None
    """The old name of that collection (deprecated)."""
    source_local_user: str | None = None
    """The account it reads as, on a mapped collection."""
    source_local_user_status: LocalUserStatus | None = None
    """Whether that account could be told."""
    source_base_path: str | None = None
    """What all source paths begin with; only where `store_base_path_info` was asked for."""
    destination_endpoint_id: str | None = None
    """The collection it writes to; None for a delete."""
    destination_endpoint_display_name: str | None = None
    """The name of that collection."""
    destination_endpoint: str | None = None
    """The old name of that collection (deprecated)."""
    destination_local_user: str | None = None
    """The account it writes as, on a mapped collection."""
    destination_local_user_status: LocalUserStatus | None = None
    """Whether that account could be told."""
    destination_base_path: str | None = None
    """What all destination paths begin with; only where `store_base_path_info` was asked for."""

    sync_level: int | None = None
    """What makes it copy a file that is there: 0 nothing, 1 size, 2 an older time, 3 checksum; None: it copies all."""
    encrypt_data: bool | None = None
    """Whether data is encrypted on its way."""
    verify_checksum: bool | None = None
    """Whether what was written is compared with what was read."""
    preserve_timestamp: bool | None = None
    """Whether files keep their times."""
    delete_destination_extra: bool | None = None
    """Whether what the source does not have is deleted at the destination."""
    skip_source_errors: bool | None = None
    """Whether source files that are missing or forbidden are left out."""
    fail_on_quota_errors: bool | None = None
    """Whether a full quota makes it fail, where it would try again."""
    recursive_symlinks: Literal["ignore", "keep", "copy"] | str | None = None
    """What becomes of symlinks in directories: left out, kept as links, or copied as what they lead to."""
    filter_rules: list[TaskFilterRule] | None = None
    """Which files it takes and leaves, in the order in which the rules hold."""

    files: int | None = None
    """How many files it has found so far."""
    directories: int | None = None
    """How many directories it has found so far."""
    symlinks: int | None = None
    """How many symlinks it has found so far."""
    files_transferred: int | None = None
    """How many files it has written."""
    files_skipped: int | None = None
    """How many files it left alone because of `sync_level`."""
    bytes_transferred: int | None = None
    """How many bytes it has written."""
    bytes_checksummed: int | None = None
    """How many bytes it has read to compare checksums."""
    effective_bytes_per_second: int | None = None
    """The bytes it wrote, a second, over all its time."""
    faults: int | None = None
    """How many errors it has met."""
    subtasks_total: int | None = None
    """How many steps it has found so far: files and directories."""
    subtasks_pending: int | None = None
    """How many steps it has not come to yet."""
    subtasks_retrying: int | None = None
    """How many steps it tries again after an error."""
    subtasks_succeeded: int | None = None
    """How many steps are done."""
    subtasks_expired: int | None = None
    """How many steps the deadline cut off."""
    subtasks_canceled: int | None = None
    """How many steps a cancel cut off."""
    subtasks_failed: int | None = None
    """How many steps failed for good."""
    subtasks_skipped_errors: int | None = None
    """How many steps were left out because of `skip_source_errors`."""

    is_ok: bool | None = None
    """Whether it is doing well; None when it has ended."""
    is_paused: bool | None = None
    """Whether a pause rule or an administrator holds it."""
    nice_status: NiceStatus | None = None
    """How it is doing, for programs; None when it has ended."""
    nice_status_short_description: str | None = None
    """How it is doing, for people."""
    nice_status_details: str | None = None
    """The same at length (deprecated, None)."""
    nice_status_expires_in: int | str | None = None
    """In how many seconds its access to the endpoints ends; -1 never, 0 it has."""
    canceled_by_admin: Literal["SOURCE", "DESTINATION", "BOTH"] | str | None = None
    """The side whose administrator cancelled it."""
    canceled_by_admin_message: str | None = None
    """What that administrator says."""
    history_deleted: bool | None = None
    """Whether its details are gone, as they are some 30 days after its end."""


class TaskList(ListDocument[Task], frozen=True):
    """A page of tasks."""

    data_type: str | None = None
    """``task_list``"""
    length: int | None = None
    """How many are in this document."""
    limit: int | None = None
    """How many this page holds at most; up to 1000."""
    offset: int | None = None
    """How many came before this page."""
    total: int | None = None
    """How many there are in all."""


class TaskUpdate(UpdatePayload):
    """What to change of a task that has not ended."""

    data_type: Literal["task"] = "task"
    """``task``"""
    label: Label | None | MISSING = MISSING
    """The new label: one line of at most 128 characters, with no blanks around it. None takes it away."""
    deadline: Deadline | None | MISSING = MISSING
    """When it ends, done or not: an aware `datetime`, a `timedelta` from now, or ISO 8601 text. None takes it away."""


class Event(Document, frozen=True):
    """Something that happened to a task."""

    data_type: str | None = None
    """``event``"""
    code: EventCode | None = None
    """What happened, for programs."""
    is_error: bool | None = None
    """Whether it is an error."""
    description: str | None = None
    """What happened, for people."""
    details: str | None = None
    """More about it: text, and for STARTED and PROGRESS often a JSON object as text."""
    time: Timestamp | None = None
    """When it happened."""


class EventList(ListDocument[Event], frozen=True):
    """A page of events, newest first."""

    data_type: str | None = None
    """``event_list``"""
    length: int | None = None
    """How many are in this document."""
    limit: int | None = None
    """How many this page holds at most."""
    offset: int | None = None
    """How many came before this page."""
    total: int | None = None
    """How many there are in all."""


class SuccessfulTransfer(Document, frozen=True):
    """A file that was brought over."""

    data_type: str | None = None
    """``successful_transfer``"""
    source_path: str | None = None
    """Where it came from; None for who may not see the source."""
    destination_path: str | None = None
    """Where it went; None for who may not see the destination."""
    size: int | None = None
    """Its size in bytes."""
    checksum: str | None = None
    """Its checksum, in hexadecimal digits, where one was taken."""
    checksum_algorithm: str | None = None
    """How the checksum was taken, such as ``MD5``."""
    dynamic: bool | None = None
    """Whether its content was made up as it was read."""


class SuccessfulTransfers(ListDocument[SuccessfulTransfer], frozen=True):
    """A page of files that were brought over."""

    data_type: str | None = None
    """``successful_transfers``"""
    marker: int | str | None = None
    """Where this page begins."""
    next_marker: int | str | None = None
    """Where the next page begins; None, or 0, when this is the last."""


class SkippedError(Document, frozen=True):
    """A file or directory that was left out because the source did not give it."""

    data_type: str | None = None
    """``skipped_error``"""
    error_code: Literal["PERMISSION_DENIED", "FILE_NOT_FOUND"] | str | None = None
    """Why, for programs."""
    error_details: str | None = None
    """Why, for people; several lines, which may be percent-encoded."""
    error_time: Timestamp | None = None
    """When it was tried."""
    source_path: str | None = None
    """Where it should have come from; None for who may not see the source."""
    destination_path: str | None = None
    """Where it should have gone; None for who may not see the destination."""
    is_directory: bool | None = None
    """Whether it is a directory."""
    is_symlink: bool | None = None
    """Whether it is a symlink."""
    is_delete_destination_extra: bool | None = None
    """Whether it is something that was to be deleted at the destination."""
    external_checksum: str | None = None
    """The checksum that it was submitted with."""
    checksum_algorithm: str | None = None
    """How that checksum was taken."""


class SkippedErrors(ListDocument[SkippedError], frozen=True):
    """A page of files and directories that were left out."""

    data_type: str | None = None
    """``skipped_errors``"""
    marker: int | str | None = None
    """Where this page begins."""
    next_marker: int | str | None = None
    """Where the next page begins; None, or 0, when this is the last."""
