"""Which faults of tasks are new."""

from collections.abc import Sequence

from globus_typed.core.request import Request
from globus_typed.transfer import documents
from globus_typed.transfer.tasks.lookout import error_events

__all__ = ["NewFaults"]

_MOST = 100
"""The most faults that are told at a look: a task that cannot write at all has a fault for each file."""
_AROUND = 10
"""Further events to ask for: faults come while the look is made, so that those that are new are not the newest."""


class NewFaults:
    """Asks for the faults of tasks when there are more than there were, and tells each once."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._told: dict[str, set[object]] = {}

    def request(self, task: "documents.Task") -> "Request[documents.EventList] | None":
        """The request for the faults of a task that are new; None if there are none."""
        more = (task.faults or 0) - self._counts.get(task.task_id, 0)
        return error_events(task.task_id, min(more, _MOST) + _AROUND) if more > 0 else None

    def take(self, task: "documents.Task", events: "Sequence[documents.Event]") -> "list[documents.TaskFault]":
        """The faults that were not told yet, oldest first, of the events that came, newest first."""
        self._counts[task.task_id] = task.faults or 0
        told = self._told.setdefault(task.task_id, set())
        found: list[documents.TaskFault] = []
        for event in reversed(events):
            key = (event.time, event.code, event.details)
            if key not in told:
                told.add(key)
                found.append(documents.TaskFault.of(task.task_id, event))
        return [fault for fault in found if fault.is_about_files]
