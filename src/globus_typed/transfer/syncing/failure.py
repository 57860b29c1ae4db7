"""`TaskFailedError`: a task that ended without success."""

from typing import Any

from globus_typed.errors import GlobusError
from globus_typed.transfer.documents.task import Task

__all__ = ["TaskFailedError"]


class TaskFailedError(GlobusError):
    """A task that was waited for has ended, or stopped, without success."""

    task: Task
    """The task as it was in the end."""

    def __init__(self, task: Task) -> None:
        self.task = task
        error = task.fatal_error
        reason = None if error is None else f"{error.code}: {error.description}"
        super().__init__(f"task {task.task_id}: {task.status}: {reason or task.nice_status or 'no reason was given'}")

    def __reduce__(self) -> tuple[type["TaskFailedError"], tuple[Any, ...], dict[str, object]]:
        return type(self), (self.task,), {"submission_id": self.submission_id}
