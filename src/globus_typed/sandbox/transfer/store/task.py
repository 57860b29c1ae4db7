"""A task: its submission, progress and events; every method may be called from any thread."""

import posixpath
import random
import threading
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from globus_typed.sandbox.auth.state import SandboxUser
from globus_typed.sandbox.transfer.request_bodies import DeleteBody, TransferBody
from globus_typed.sandbox.transfer.responses import Json, shown, task_time
from globus_typed.sandbox.transfer.store.collections import SandboxCollection, user_name
from globus_typed.sandbox.transfer.store.pauses import Pauses

__all__ = ["PAUSE_MESSAGES", "Event", "PauseMessage", "Skipped", "Success", "Task"]

Status = Literal["ACTIVE", "INACTIVE", "SUCCEEDED", "FAILED"]

PauseMessage = Literal[
    "source_pause_message",
    "destination_pause_message",
    "source_pause_message_share",
    "destination_pause_message_share",
]
PAUSE_MESSAGES: tuple[PauseMessage, ...] = (
    "source_pause_message",
    "destination_pause_message",
    "source_pause_message_share",
    "destination_pause_message_share",
)

_KEPT_EVENTS = 10_000


class Event(NamedTuple):
    """Something that happened to a task."""

    code: str
    is_error: bool
    details: str
    time: float

    def document(self) -> Json:
        return {
            "DATA_TYPE": "event",
            "code": self.code,
            "is_error": self.is_error,
            "description": self.code.lower().replace("_", " "),
            "details": shown(self.details),
            "time": task_time(self.time),
        }


class Success(NamedTuple):
    """A file or link that was moved: two directories, empty when the names are whole paths, and its names in them."""

    base: tuple[str, str]
    source: str
    destination: str
    size: int
    checksum: bytes | None
    algorithm: str | None

    def document(self) -> Json:
        return {
            "DATA_TYPE": "successful_transfer",
            "source_path": shown(self.base[0] + self.source),
            "destination_path": shown(self.base[1] + self.destination),
            "size": self.size,
            "checksum": None if self.checksum is None else self.checksum.hex(),
            "checksum_algorithm": self.algorithm,
            "dynamic": False,
        }


class Skipped(NamedTuple):
    """A source path that `skip_source_errors` passed over."""

    code: str
    details: str
    time: float
    source: str
    destination: str
    is_directory: bool
    is_symlink: bool
    external_checksum: str | None
    algorithm: str | None

    def document(self) -> Json:
        return {
            "DATA_TYPE": "skipped_error",
            "error_code": self.code,
            "error_details": shown(self.details),
            "error_time": task_time(self.time),
            "source_path": shown(self.source),
            "destination_path": shown(self.destination),
            "is_directory": self.is_directory,
            "is_symlink": self.is_symlink,
            "is_delete_destination_extra": False,
            "external_checksum": self.external_checksum,
            "checksum_algorithm": self.algorithm,
        }


@dataclass
class Counts:
    """The counters of a task document, by the names they have there without `subtasks_`."""

    faults: int = 0
    files: int = 0
    directories: int = 0
    symlinks: int = 0
    files_skipped: int = 0
    files_transferred: int = 0
    bytes_transferred: int = 0
    bytes_checksummed: int = 0
    total: int = 0
    pending: int = 0
    retrying: int = 0
    succeeded: int = 0
    expired: int = 0
    canceled: int = 0
    failed: int = 0
    skipped_errors: int = 0


_SUBTASKS = ("total", "pending", "retrying", "succeeded", "expired", "canceled", "failed", "skipped_errors")
_PLAIN = tuple(name for name in Counts.__dataclass_fields__ if name not in _SUBTASKS)


@dataclass(eq=False)
class Task:
    """One submission on its way. `source` is also the collection of a delete; `clock` gives seconds since the epoch."""

    body: TransferBody | DeleteBody
    owner: SandboxUser
    source: SandboxCollection
    destination: SandboxCollection | None
    deadline: float
    clock: Callable[[], float]
    pauses: Pauses
    id: str = field(default_factory=lambda: str(uuid.uuid1(node=random.getrandbits(48) | 1 << 40)))
    status: Status = "ACTIVE"
    started: bool = False
    completion_time: float | None = None
    fatal_error: tuple[str, str] | None = None
    trouble: tuple[str, str] | None = None
    counts: Counts = field(default_factory=Counts)
    successes: list[Success] = field(default_factory=list["Success"])
    skipped: list[Skipped] = field(default_factory=list["Skipped"])
    # by the names that they have in the document
    paused_by_admin: dict[PauseMessage, str] = field(default_factory=dict["PauseMessage", str])
    # the sides whose administrators canceled it, and why
    canceled_by_admin: tuple[Literal["SOURCE", "DESTINATION", "BOTH"], str] | None = None

    def __post_init__(self) -> None:
        self.type: Literal["TRANSFER", "DELETE"] = "TRANSFER" if isinstance(self.body, TransferBody) else "DELETE"
        self.label: str | None = self.body.label
        self.request_time: float = self.clock()
        self.counts.total = self.counts.pending = len(self.body.DATA)
        self.cancel_requested: threading.Event = threading.Event()
        self.done: threading.Event = threading.Event()
        self._base_paths = _base_paths(self.body) if self.body.store_base_path_info else (None, None)
        self._events: deque[Event] = deque(maxlen=_KEPT_EVENTS)
        self._lock = threading.Lock()

    def add(self, **amounts: int) -> None:
        """Add to several counters at once, so that no reader sees a sum that does not add up."""
        counts = self.counts
        with self._lock:
            for name, amount in amounts.items():
                setattr(counts, name, getattr(counts, name) + amount)

    def event(self, code: str, details: str = "", *, is_error: bool = False) -> None:
        self._events.appendleft(Event(code, is_error, details, self.clock()))

    def events(self) -> list[Event]:
        """Newest first, the last ten thousand."""
        return list(self._events)

    def finish(self, status: Status, event: str | None, details: str, fatal: tuple[str, str] | None, rest: str) -> None:
        """End the task; what is pending or retrying is counted as `rest`. A task that has ended stays as it is."""
        with self._lock:
            if self.status != "ACTIVE":
                return
            counts = self.counts
            setattr(counts, rest, getattr(counts, rest) + counts.pending + counts.retrying)
            counts.pending = counts.retrying = 0
            self.trouble = None
            self.fatal_error = fatal
            self.completion_time = self.clock()
            if event is not None:
                self.event(event, details, is_error=status == "FAILED")
            self.status = status
        self.done.set()

    def update(self, changes: Mapping[str, str | float | None]) -> bool:
        """Change `label` and `deadline`; False, and nothing is changed, when the task has ended."""
        with self._lock:
            if self.status != "ACTIVE":
                return False
            for name, value in changes.items():
                setattr(self, name, value)
        return True

    def is_paused(self) -> bool:
        """Whether somebody holds it: a pause rule, or an administrator."""
        return not self.done.is_set() and bool(self.paused_by_admin or self.pauses.of(self))

    def pause_messages(self) -> Json:
        """The messages of the administrators who pause it."""
        said = {} if self.done.is_set() else dict(self.paused_by_admin)
        return {name: said.get(name) for name in PAUSE_MESSAGES}

    def document(self) -> Json:
        """The `task` document as its owner sees it (Transfer API: task)."""
        with self._lock:
            counts = Counts(**vars(self.counts))
            active = self.status == "ACTIVE"
            trouble, fatal, completed = self.trouble, self.fatal_error, self.completion_time
            status, label, deadline = self.status, self.label, self.deadline
        elapsed = (self.clock() if completed is None else completed) - self.request_time
        paused = active and self.is_paused()
        if paused:
            trouble = ("PAUSED_BY_ADMIN", "paused by the administrator of an endpoint")
        nice = (trouble or (("OK", "OK") if self.started else ("Queued", "Queued"))) if active else (None, None)
        by_admin = self.canceled_by_admin or (None, None)
        return {
            "DATA_TYPE": "task",
            "task_id": self.id,
            "type": self.type,
            "status": status,
            "fatal_error": None if fatal is None else {"code": fatal[0], "description": shown(fatal[1])},
            "label": label,
            "username": user_name(self.owner),
            "owner_id": self.owner.id,
            "request_time": task_time(self.request_time),
            "completion_time": None if completed is None else task_time(completed),
            "deadline": task_time(deadline),
            **_side("source", self.source),
            **_side("destination", self.destination),
            "command": "API 0.10",
            "history_deleted": False,
            **{name: getattr(counts, name) for name in _PLAIN},
            **{f"subtasks_{name}": getattr(counts, name) for name in _SUBTASKS},
            "effective_bytes_per_second": int(counts.bytes_transferred / elapsed) if elapsed > 0 else 0,
            "nice_status": nice[0],
            "nice_status_details": None,
            "nice_status_short_description": nice[1],
            "nice_status_expires_in": -1 if active else None,
            "is_ok": trouble is None if active else None,
            "is_paused": paused,
            "canceled_by_admin": by_admin[0],
            "canceled_by_admin_message": by_admin[1],
            **self._asked(),
        }

    def _asked(self) -> Json:
        body = self.body
        transfer = body if isinstance(body, TransferBody) else None
        rules = transfer.filter_rules if transfer else None
        return {
            "sync_level": transfer.sync_level if transfer else None,
            "encrypt_data": transfer is not None and transfer.encrypt_data,
            "verify_checksum": transfer is not None and transfer.verify_checksum,
            "preserve_timestamp": transfer is not None and transfer.preserve_timestamp,
            "delete_destination_extra": transfer is not None and transfer.delete_destination_extra,
            "skip_source_errors": transfer is not None and transfer.skip_source_errors,
            "fail_on_quota_errors": transfer is not None and transfer.fail_on_quota_errors,
            "recursive_symlinks": transfer.recursive_symlinks if transfer else None,
            "filter_rules": None if rules is None else [rule.model_dump() for rule in rules],
            "source_local_user": body.source_local_user if isinstance(body, TransferBody) else body.local_user,
            "destination_local_user": transfer.destination_local_user if transfer else None,
            "source_base_path": self._base_paths[0],
            "destination_base_path": self._base_paths[1],
        }


def _side(which: str, collection: SandboxCollection | None) -> Json:
    return {
        f"{which}_endpoint": None if collection is None else collection.canonical_name,
        f"{which}_endpoint_id": None if collection is None else collection.id,
        f"{which}_endpoint_display_name": None if collection is None else collection.display_name,
    }


def _base_paths(body: TransferBody | DeleteBody) -> tuple[str | None, str | None]:
    if isinstance(body, DeleteBody):
        return _common(posixpath.dirname(item.path.rstrip("/")) for item in body.DATA), None
    return (
        _common(_directory(item.source_path, item.recursive) for item in body.DATA),
        _common(_directory(item.destination_path, item.recursive) for item in body.DATA),
    )


def _directory(path: str, recursive: bool | None) -> str:
    return path if recursive or path.endswith("/") else posixpath.dirname(path)


def _common(directories: Iterable[str]) -> str:
    return posixpath.commonpath(list(directories)).rstrip("/") + "/"
