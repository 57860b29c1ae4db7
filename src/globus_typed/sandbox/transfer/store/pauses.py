"""Pauses of operations and tasks: pause rules on endpoints, and administrators who pause single tasks."""

import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol

from globus_typed.sandbox.auth.state import SandboxUser
from globus_typed.sandbox.transfer.responses import Json, task_time
from globus_typed.sandbox.transfer.store.collections import SandboxCollection, user_name

__all__ = ["OPERATIONS", "Operation", "PauseRule", "Pauses"]

Operation = Literal[
    "pause_ls",
    "pause_mkdir",
    "pause_symlink",
    "pause_rename",
    "pause_task_delete",
    "pause_task_transfer_write",
    "pause_task_transfer_read",
]
OPERATIONS: tuple[Operation, ...] = (
    "pause_ls",
    "pause_mkdir",
    "pause_symlink",
    "pause_rename",
    "pause_task_delete",
    "pause_task_transfer_write",
    "pause_task_transfer_read",
)

_LOOK_SECONDS = 0.25
"""The seconds that a paused task waits until it looks at the clock for its deadline."""


def _new_id() -> str:
    return str(uuid.uuid4())


@dataclass
class PauseRule:
    """A rule of an endpoint's managers; it also holds the guest collections on that endpoint. Times are in seconds."""

    collection: SandboxCollection
    message: str
    by: SandboxUser
    modified: float
    paused: dict[Operation, bool]
    identity_id: str | None = None
    start: float | None = None
    by_host_manager: bool = False
    id: str = field(default_factory=_new_id)

    def covers(self, collection: SandboxCollection, user_id: str, now: float) -> bool:
        """Whether it is about this user's work on this collection, now."""
        return (
            (self.collection is collection or self.collection is collection.host)
            and self.identity_id in (None, user_id)
            and (self.start is None or self.start <= now)
        )

    def limited(self) -> Json:
        """The document for those whom it holds."""
        return {
            "DATA_TYPE": "pause_rule_limited",
            "id": self.id,
            "message": self.message,
            "start_time": None if self.start is None else task_time(self.start),
            "endpoint_id": self.collection.id,
            "endpoint_display_name": self.collection.display_name,
            "identity_id": self.identity_id,
            "modified_time": task_time(self.modified),
            **{str(operation): paused for operation, paused in self.paused.items()},
        }

    def document(self, user: SandboxUser) -> Json:
        """The document for those who manage the endpoint."""
        return {
            **self.limited(),
            "DATA_TYPE": "pause_rule",
            "modified_by": user_name(self.by),
            "modified_by_id": self.by.id,
            "created_by_host_manager": self.by_host_manager,
            "editable": self.editable(user),
        }

    def editable(self, user: SandboxUser) -> bool:
        """Whether the user may change it: managers of a guest collection may not change the rules of its host's."""
        host = self.collection.host
        manages = host if self.by_host_manager and host is not None else self.collection
        return manages.has_role(user, "activity_manager")


class Held(Protocol):
    """A task, as far as rules can hold it."""

    @property
    def owner(self) -> SandboxUser: ...

    @property
    def source(self) -> SandboxCollection: ...

    @property
    def destination(self) -> SandboxCollection | None: ...


class Pauses:
    """All that holds tasks and operations of one sandbox; every method may be called from any thread.

    A task that is held gives its place among the `slots` to another.
    """

    def __init__(self, clock: Callable[[], float], slots: threading.Semaphore) -> None:
        self._clock = clock
        self._slots = slots
        self._changed = threading.Condition()
        self._rules: dict[str, PauseRule] = {}

    def rules(self) -> list[PauseRule]:
        return list(self._rules.values())

    def rule(self, id: str) -> PauseRule | None:
        return self._rules.get(id.lower())

    def put(self, rule: PauseRule) -> None:
        """From now on there is this rule, as it is."""
        self._rules[rule.id] = rule
        self.changed()

    def remove(self, rule: PauseRule) -> None:
        self._rules.pop(rule.id, None)
        self.changed()

    def on(self, collection: SandboxCollection, user: SandboxUser) -> list[PauseRule]:
        """The rules in effect for a user on a collection."""
        now = self._clock()
        return [rule for rule in self.rules() if rule.covers(collection, user.id, now)]

    def of(self, task: Held) -> list[PauseRule]:
        """The rules that hold a task."""
        if not self._rules:
            return []
        sides: list[tuple[SandboxCollection, Operation]] = [(task.source, "pause_task_delete")]
        if task.destination is not None:
            sides = [(task.source, "pause_task_transfer_read"), (task.destination, "pause_task_transfer_write")]
        found = {
            rule.id: rule
            for collection, operation in sides
            for rule in self.on(collection, task.owner)
            if rule.paused[operation]
        }
        return list(found.values())

    def changed(self) -> None:
        """Wake the tasks that are held, so that they look whether they still are."""
        with self._changed:
            self._changed.notify_all()

    def wait(self) -> None:
        """Let another task run until something may have changed."""
        self._slots.release()
        try:
            with self._changed:
                self._changed.wait(_LOOK_SECONDS)
        finally:
            self._slots.acquire()
