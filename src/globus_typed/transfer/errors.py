"""The exceptions of Globus Transfer."""

from collections.abc import Sequence
from typing import Any, ClassVar

from typing_extensions import Self

from globus_typed.core.http_info import HTTPInfo
from globus_typed.core.outside_text import clean
from globus_typed.errors import GlobusAPIError, GlobusError
from globus_typed.transfer import documents
from globus_typed.transfer.service import SERVICE

__all__ = ["TaskFailedError", "TaskTimeoutError", "TransferAPIError"]


class TransferAPIError(GlobusAPIError):
    """Globus Transfer refused a request."""

    final_codes: ClassVar[frozenset[str]] = SERVICE.final_codes

    def __init__(self, http: HTTPInfo) -> None:
        super().__init__(http)
        self.args: tuple[Any, ...] = (self.http_status, self.code, self.message, self.request_id)

    def __str__(self) -> str:
        told = super().__str__()
        if self.submission_id is None or (self.http_status, self.code) != (409, "Conflict"):
            return told
        return (
            f"{told}; if the document was changed since it was submitted, take its submission_id out to submit it as "
            'another one: `del data["submission_id"]` for a mapping, `data.submission_id = None` for a builder'
        )


class TaskFailedError(GlobusError):
    """A task that was waited for failed, or was given up. Several were waited for: the first of those that failed."""

    task: "documents.Task"
    """The task, as it was last seen."""
    tasks: tuple["documents.Task", ...]
    """All tasks that were waited for, as they were last seen, in their order."""
    report: "documents.TaskReport"
    """The files that failed and those that were skipped, with the reasons, as `task_report` gives it."""
    reason: str
    """The reason, on one line."""
    canceled: bool = False
    """Whether the tasks that had not ended were cancelled because of it, as `cancel_on_exit` asks for."""

    def __init__(
        self,
        task: "documents.Task",
        report: "documents.TaskReport",
        reason: str,
        tasks: Sequence["documents.Task"] = (),
    ) -> None:
        self.task, self.report, self.reason, self.tasks = task, report, reason, tuple(tasks) or (task,)
        super().__init__(f"{_named(task)}: {reason}")

    @property
    def events(self) -> tuple["documents.Event", ...]:
        """Its last events, newest first."""
        return self.report.events

    @property
    def failed(self) -> tuple["documents.Task", ...]:
        """Those of `tasks` that ended without success."""
        return tuple(task for task in self.tasks if task.status in ("FAILED", "INACTIVE"))

    def __str__(self) -> str:
        more = len(self.failed) - 1
        others = f"; {more:,} more of {len(self.tasks):,} tasks failed too" if more > 0 else ""
        return f"{super().__str__()}{others}{_canceled(self.canceled)}"

    def __reduce__(self) -> tuple[type[Self], tuple[object, ...], dict[str, object]]:
        state: dict[str, object] = {"submission_id": self.submission_id, "canceled": self.canceled}
        return type(self), (self.task, self.report, self.reason, self.tasks), state


class TaskTimeoutError(GlobusError, TimeoutError):
    """Tasks that were waited for had not ended at the timeout. They go on, unless they were cancelled."""

    task: "documents.Task"
    """The first task that had not ended, as it was last seen."""
    tasks: tuple["documents.Task", ...]
    """All tasks that were waited for, as they were last seen, in their order."""
    timeout: float
    """The seconds that they were waited for."""
    canceled: bool = False
    """Whether those that had not ended were cancelled because of it, as `cancel_on_exit` asks for."""

    def __init__(self, task: "documents.Task", timeout: float, tasks: Sequence["documents.Task"] = ()) -> None:
        self.task, self.timeout, self.tasks = task, timeout, tuple(tasks) or (task,)
        condition = task.nice_status if task.nice_status not in (None, task.status) else None
        state = ", ".join(clean(each, longest=80) for each in (task.status, condition) if each)
        super().__init__(f"{_named(task)} has not ended after {timeout:,g} s: {state}")

    def __str__(self) -> str:
        return f"{super().__str__()}{_canceled(self.canceled)}"

    def __reduce__(self) -> tuple[type[Self], tuple[object, ...], dict[str, object]]:
        state: dict[str, object] = {"submission_id": self.submission_id, "canceled": self.canceled}
        return type(self), (self.task, self.timeout, self.tasks), state


def _named(task: "documents.Task") -> str:
    label = f" ({clean(task.label, longest=128)})" if task.label else ""
    return f"task {task.task_id}{label}"


def _canceled(canceled: bool) -> str:
    return "; what had not ended was cancelled" if canceled else ""
