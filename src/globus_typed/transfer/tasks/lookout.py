"""Which tasks are still to be looked at, with as few requests as possible, and how often."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from globus_typed.core.fields import is_id
from globus_typed.core.request import Part, QueryValue, Request
from globus_typed.transfer import documents
from globus_typed.transfer.service import V0_10

__all__ = ["ENDED", "Lookout", "error_events", "one_task", "several_tasks", "waits"]

ENDED = frozenset({"SUCCEEDED", "FAILED", "INACTIVE"})
"""The statuses with which waiting for a task ends."""
TOGETHER = 100
"""The ids in one request, which a URL of some 4,000 characters holds: many servers take no more than 8,000."""
_FIRST, _GROWTH = 0.5, 1.5

T = TypeVar("T")


class Lookout:
    """The tasks that are waited for, in their order, as they were when they were last seen."""

    def __init__(self, task_ids: Sequence[object]) -> None:
        for task_id in task_ids:
            one_task(task_id)  # refuses what can be no id
        self._keys = [str(task_id).lower() for task_id in task_ids]
        self._seen: dict[str, documents.Task] = {}
        self._alone = {key for key in self._keys if not is_id(key)}

    def groups(self) -> list[list[str]]:
        """The ids of tasks that are not known to have ended: those of each group can be asked for in one request."""
        left = [key for key in dict.fromkeys(self._keys) if not self.has_ended(key)]
        together = [key for key in left if key not in self._alone]
        listed = [together[start : start + TOGETHER] for start in range(0, len(together), TOGETHER)]
        return [*listed, *([key] for key in left if key in self._alone)]

    def take(self, group: Sequence[str], found: Iterable["documents.Task"]) -> list[str]:
        """Keep what was found; gives the ids of the group that a list lacks.

        They are asked for one by one from now on.
        """
        if len(group) == 1:
            self._seen |= dict(zip(group, found, strict=False))
            return []
        tasks = {task.task_id.lower(): task for task in found}
        self._seen |= {key: tasks[key] for key in group if key in tasks}
        missing = [key for key in group if key not in tasks]
        self._alone.update(missing)
        return missing

    def has_ended(self, key: str) -> bool:
        """Whether the task has been seen to have ended."""
        return key in self._seen and self._seen[key].status in ENDED

    @property
    def is_complete(self) -> bool:
        """Whether every task has been seen."""
        return len(self._seen) == len(set(self._keys))

    @property
    def left(self) -> list[str]:
        """The ids of tasks that are not known to have ended."""
        return [key for group in self.groups() for key in group]

    @property
    def tasks(self) -> list["documents.Task"]:
        """Those that were seen, one for each id that was given, in that order."""
        return [self._seen[key] for key in self._keys if key in self._seen]

    @property
    def seen(self) -> list["documents.Task"]:
        """Those that were seen, each once."""
        return [self._seen[key] for key in dict.fromkeys(self._keys) if key in self._seen]

    @property
    def count(self) -> int:
        """The number of tasks."""
        return len(set(self._keys))


def one_task(task_id: object) -> "Request[documents.Task]":
    """The request for one task."""
    return Request("GET", (V0_10, "task", Part("task_id", task_id)), documents.Task)


def several_tasks(task_ids: Sequence[str]) -> "Request[documents.TaskList]":
    """The request for up to `TOGETHER` tasks."""
    # Servers have listed transfers alone where no type is asked for.
    query: dict[str, QueryValue] = {"filter": f"task_id:{','.join(task_ids)}/type:TRANSFER,DELETE", "limit": TOGETHER}
    return Request("GET", (V0_10, "task_list"), documents.TaskList, query=query)


def error_events(task_id: str, count: int) -> "Request[documents.EventList]":
    """The request for the newest errors of a task."""
    query: dict[str, QueryValue] = {"filter": "is_error:1", "limit": min(max(count, 1), 1000)}
    return Request("GET", (V0_10, "task", Part("task_id", task_id), "event_list"), documents.EventList, query=query)


def waits(interval: float | None, longest: float) -> Iterator[float]:
    """The seconds from one look to the next: always the same, or (None) short at first and longer and longer."""
    pause = _FIRST if interval is None else interval
    while True:
        yield pause
        if interval is None:
            pause = min(pause * _GROWTH, longest)
