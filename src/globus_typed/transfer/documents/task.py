"""Tasks, their events, and the files they transferred or skipped."""

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
"""The type of a task; other types are possible."""

TaskStatus = Annotated[Literal["ACTIVE", "INACTIVE", "SUCCEEDED", "FAILED"] | str, OPEN]
"""The status of a task. INACTIVE means suspended until someone acts; SUCCEEDED and FAILED are final."""

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
"""The condition of a task; may also be any error code of an event. Compare it case-insensitively."""

LocalUserStatus = Annotated[Literal["OK", "NO_PERMISSION", "NOT_SCANNED", "ENDPOINT_ERROR", "NO_ENDPOINT"] | str, OPEN]
"""Whether the local account of a task could be determined; other values are possible."""

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
"""The code of an event; other codes are possible."""


class FatalError(Document, frozen=True):
    """The error that made a task fail."""

    code: str | None = None
    """The kind of error, such as ``FILE_NOT_FOUND``."""
    description: str | None = None
    """A human-readable description."""


class TaskFilterRule(Document, frozen=True):
    """A rule by which a task includes or excludes files, as requested with `FilterRule`."""

    data_type: str | None = None
    """``filter_rule``"""
    method: Literal["exclude", "include"] | str | None = None
    """Whether files that match are excluded or included."""
    type: Literal["file", "dir"] | str | None = None
    """The type of entries it applies to; None for files and directories."""
    name: str | None = None
    """The pattern that names must match, with ``*``, ``?``, ``[..]`` and ``[!..]``."""


class Task(Document, frozen=True):
    """A transfer or delete that was submitted."""

    data_type: str | None = None
    """``task``"""
    task_id: str
    """The id, a UUID."""
    type: TaskType | None = None
    """The type: a transfer or a delete."""
    status: TaskStatus | None = None
    """The status."""
    label: str | None = None
    """The label; at most 128 characters."""
    fatal_error: FatalError | None = None
    """The error that made it fail."""
    owner_id: str | None = None
    """The id of the identity that submitted it."""
    owner_string: str | None = None
    """The username of that identity; only given to activity managers."""
    username: str | None = None
    """The Globus ID username of the owner (deprecated)."""
    command: str | None = None
    """The API it was submitted with: ``API 0.10``."""
    key: str | None = None
    """The position in lists; only in old responses."""

    request_time: Timestamp | None = None
    """The time of submission."""
    completion_time: Timestamp | None = None
    """The time it ended; None while it runs."""
    deadline: Timestamp | None = None
    """The time at which it ends, completed or not."""

    source_endpoint_id: str | None = None
    """The id of the collection it reads from; for a delete, of the one it deletes on."""
    source_endpoint_display_name: str | None = None
    """The name of that collection."""
    source_endpoint: str | None = None
    """The old name of that collection (deprecated)."""
    source_local_user: str | None = None
    """The local account it reads as, on a mapped collection."""
    source_local_user_status: LocalUserStatus | None = None
    """Whether that account could be determined."""
    source_base_path: str | None = None
    """The common prefix of all source paths; only if `store_base_path_info` was requested."""
    destination_endpoint_id: str | None = None
    """The id of the collection it writes to; None for a delete."""
    destination_endpoint_display_name: str | None = None
    """The name of that collection."""
    destination_endpoint: str | None = None
    """The old name of that collection (deprecated)."""
    destination_local_user: str | None = None
    """The local account it writes as, on a mapped collection."""
    destination_local_user_status: LocalUserStatus | None = None
    """Whether that account could be determined."""
    destination_base_path: str | None = None
    """The common prefix of all destination paths; only if `store_base_path_info` was requested."""

    sync_level: int | None = None
    """The criterion for copying a file that already exists: 0 never, 1 size, 2 an older time, 3 checksum; None: always.
    """
    encrypt_data: bool | None = None
    """Whether data is encrypted in transit."""
    verify_checksum: bool | None = None
    """Whether the data written is verified against the data read, by checksum."""
    preserve_timestamp: bool | None = None
    """Whether the modification times of files are preserved."""
    delete_destination_extra: bool | None = None
    """Whether files at the destination that are not in the source are deleted."""
    skip_source_errors: bool | None = None
    """Whether source files that are missing or inaccessible are skipped."""
    fail_on_quota_errors: bool | None = None
    """Whether it fails when a quota is exceeded, instead of retrying."""
    recursive_symlinks: Literal["ignore", "keep", "copy"] | str | None = None
    """How symlinks in directories are treated: ignored, kept as links, or copied as their targets."""
    filter_rules: list[TaskFilterRule] | None = None
    """The rules that include and exclude files, in the order in which they apply."""

    files: int | None = None
    """The number of files found so far."""
    directories: int | None = None
    """The number of directories found so far."""
    symlinks: int | None = None
    """The number of symlinks found so far."""
    files_transferred: int | None = None
    """The number of files written."""
    files_skipped: int | None = None
    """The number of files skipped because of `sync_level`."""
    bytes_transferred: int | None = None
    """The number of bytes written."""
    bytes_checksummed: int | None = None
    """The number of bytes read to compare checksums."""
    effective_bytes_per_second: int | None = None
    """The average rate in bytes per second, over its whole duration."""
    faults: int | None = None
    """The number of errors encountered."""
    subtasks_total: int | None = None
    """The number of subtasks found so far: files and directories."""
    subtasks_pending: int | None = None
    """The number of subtasks not started yet."""
    subtasks_retrying: int | None = None
    """The number of subtasks being retried after an error."""
    subtasks_succeeded: int | None = None
    """The number of subtasks that succeeded."""
    subtasks_expired: int | None = None
    """The number of subtasks that the deadline ended."""
    subtasks_canceled: int | None = None
    """The number of subtasks that were cancelled."""
    subtasks_failed: int | None = None
    """The number of subtasks that failed permanently."""
    subtasks_skipped_errors: int | None = None
    """The number of subtasks skipped because of `skip_source_errors`."""

    is_ok: bool | None = None
    """Whether it is making progress without problems; None when it has ended."""
    is_paused: bool | None = None
    """Whether it is paused by a pause rule or an administrator."""
    nice_status: NiceStatus | None = None
    """The condition of the task, as a code; None when it has ended."""
    nice_status_short_description: str | None = None
    """A human-readable description of its condition."""
    nice_status_details: str | None = None
    """A longer description (deprecated, None)."""
    nice_status_expires_in: int | str | None = None
    """The number of seconds until its access to the endpoints expires; -1 if never, 0 if expired."""
    canceled_by_admin: Literal["SOURCE", "DESTINATION", "BOTH"] | str | None = None
    """The side whose administrator cancelled it."""
    canceled_by_admin_message: str | None = None
    """The message of that administrator."""
    history_deleted: bool | None = None
    """Whether its details have been deleted, as they are some 30 days after it ended."""


class TaskList(ListDocument[Task], frozen=True):
    """A page of tasks."""

    data_type: str | None = None
    """``task_list``"""
    length: int | None = None
    """The number of entries in this document."""
    limit: int | None = None
    """The maximum number of entries per page, up to 1000."""
    offset: int | None = None
    """The number of entries before this page."""
    total: int | None = None
    """The total number of entries."""


class TaskUpdate(UpdatePayload):
    """Changes to a task that has not ended."""

    data_type: Literal["task"] = "task"
    """``task``"""
    label: Label | None | MISSING = MISSING
    """The new label: one line of at most 128 characters, without leading or trailing whitespace. None removes it."""
    deadline: Deadline | None | MISSING = MISSING
    """The time at which it ends, completed or not: an aware `datetime`, a `timedelta` from now, or an ISO 8601 string.
    None removes it."""


class Event(Document, frozen=True):
    """An event of a task."""

    data_type: str | None = None
    """``event``"""
    code: EventCode | None = None
    """A code for the event."""
    is_error: bool | None = None
    """Whether it is an error."""
    description: str | None = None
    """A human-readable description."""
    details: str | None = None
    """More details: a string, which for STARTED and PROGRESS often holds a JSON object."""
    time: Timestamp | None = None
    """The time of the event."""


class EventList(ListDocument[Event], frozen=True):
    """A page of events, newest first."""

    data_type: str | None = None
    """``event_list``"""
    length: int | None = None
    """The number of entries in this document."""
    limit: int | None = None
    """The maximum number of entries per page."""
    offset: int | None = None
    """The number of entries before this page."""
    total: int | None = None
    """The total number of entries."""


class SuccessfulTransfer(Document, frozen=True):
    """A file that was copied."""

    data_type: str | None = None
    """``successful_transfer``"""
    source_path: str | None = None
    """The source path; None if the caller may not see the source."""
    destination_path: str | None = None
    """The destination path; None if the caller may not see the destination."""
    size: int | None = None
    """The size in bytes."""
    checksum: str | None = None
    """The checksum in hexadecimal digits, if one was computed."""
    checksum_algorithm: str | None = None
    """The algorithm of the checksum, such as ``MD5``."""
    dynamic: bool | None = None
    """Whether its content was generated while it was read."""


class SuccessfulTransfers(ListDocument[SuccessfulTransfer], frozen=True):
    """A page of files that were copied."""

    data_type: str | None = None
    """``successful_transfers``"""
    marker: int | str | None = None
    """The start of this page."""
    next_marker: int | str | None = None
    """The start of the next page; None or 0 on the last page."""


class SkippedError(Document, frozen=True):
    """A file or directory that was skipped because it could not be read from the source."""

    data_type: str | None = None
    """``skipped_error``"""
    error_code: Literal["PERMISSION_DENIED", "FILE_NOT_FOUND"] | str | None = None
    """The reason, as a code."""
    error_details: str | None = None
    """The reason, human-readable; several lines, which may be percent-encoded."""
    error_time: Timestamp | None = None
    """The time of the attempt."""
    source_path: str | None = None
    """The source path; None if the caller may not see the source."""
    destination_path: str | None = None
    """The destination path; None if the caller may not see the destination."""
    is_directory: bool | None = None
    """Whether it is a directory."""
    is_symlink: bool | None = None
    """Whether it is a symlink."""
    is_delete_destination_extra: bool | None = None
    """Whether it was to be deleted at the destination, as an extra entry there."""
    external_checksum: str | None = None
    """The checksum it was submitted with."""
    checksum_algorithm: str | None = None
    """The algorithm of that checksum."""


class SkippedErrors(ListDocument[SkippedError], frozen=True):
    """A page of files and directories that were skipped."""

    data_type: str | None = None
    """``skipped_errors``"""
    marker: int | str | None = None
    """The start of this page."""
    next_marker: int | str | None = None
    """The start of the next page; None or 0 on the last page."""
