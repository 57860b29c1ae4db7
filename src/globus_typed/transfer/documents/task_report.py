"""`TaskReport`: what became of the files of a task that were not copied or deleted at once."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from globus_typed.core.outside_text import clean
from globus_typed.transfer.documents.task import Event, SkippedError, Task

__all__ = ["TaskFault", "TaskReport"]

_PATH = re.compile(r"^[ \t]*(?:File|Path|Directory):[ \t]?(.+?)\r?$", re.MULTILINE | re.IGNORECASE)
_NO_MESSAGE = re.compile(
    r"^\s*(?:Error(?:\s*\(.*\))?|-+|(?:File|Path|Directory|Endpoint|Server|Command):.*|)\s*$", re.I
)
_NO_FAULT = {"CANCELED", "EXPIRED"}
"""The codes of errors that are about the task as a whole."""
_LONGEST = 200
"""The characters of a message in a report."""


@dataclass(frozen=True)
class TaskFault:
    """Something that went wrong with a file or directory, once or several times."""

    task_id: str
    """The id of the task."""
    code: str
    """The reason, as a code, such as ``PERMISSION_DENIED``."""
    path: str | None
    """The path, on the source or the destination, as the event gives it; None for one that is about no path."""
    message: str
    """The reason, human-readable, on one line."""
    time: datetime | None
    """The time of the last such event."""
    event: Event
    """The last such event, whose `details` are complete."""
    times: int = 1
    """How often it happened."""

    @classmethod
    def of(cls, task_id: str, event: Event) -> "TaskFault":
        """The fault that an event tells of."""
        details = _decoded(event.details)
        found = _PATH.search(details)
        path = found[1].strip() if found else None
        return cls(task_id, event.code or "UNKNOWN", path, _message(details, event.description), event.time, event)

    @property
    def is_about_files(self) -> bool:
        """Whether it is about files, and not the end of the task as a whole, cancelled or at its deadline."""
        return self.code not in _NO_FAULT

    @classmethod
    def all_of(cls, task_id: str, events: Iterable[Event]) -> list["TaskFault"]:
        """The faults that events, newest first, tell of: one for each path and code, in that order."""
        found: dict[tuple[str | None, str], TaskFault] = {}
        for event in events:
            fault = cls.of(task_id, event)
            if fault.is_about_files:
                last = found.get((fault.path, fault.code))
                found[fault.path, fault.code] = fault if last is None else replace(last, times=last.times + 1)
        return list(found.values())

    def __str__(self) -> str:
        return f"{self.code}: {': '.join(filter(None, (_shown(self.path), self.message)))}"


@dataclass(frozen=True)
class TaskReport:
    """The files and directories of a task that failed or were skipped, with the reasons. Printed, it is a table."""

    task: Task
    """The task, as it was when the report was made."""
    events: tuple[Event, ...] = ()
    """Its last events of any kind, newest first."""
    failed: tuple[TaskFault, ...] = ()
    """Faults that lasted, or are being retried in a task that has not ended: one for each path and reason."""
    recovered: tuple[TaskFault, ...] = ()
    """Faults that were overcome: those of a task that succeeded, and those of files that were copied later."""
    skipped: tuple[SkippedError, ...] = ()
    """Files that were skipped because of `skip_source_errors`."""
    unlisted: int = 0
    """The number of faults and skipped files that are not in the report."""
    problem: str | None = field(default=None, compare=False)
    """The reason why the report is not complete, besides its limits; None for none."""

    @classmethod
    def made(
        cls,
        task: Task,
        *,
        events: Sequence[Event] = (),
        errors: Sequence[Event] = (),
        skipped: Sequence[SkippedError] = (),
        copied: Collection[str] = (),
        problem: str | None = None,
    ) -> "TaskReport":
        """The report of a task, from what the service tells of it.

        Parameters: `events`, the last ones; `errors`, those that are errors, newest first; `copied`, the paths of
        faults that were copied in the end.
        """
        faults = TaskFault.all_of(task.task_id, errors)
        well = {fault for fault in range(len(faults)) if task.status == "SUCCEEDED" or faults[fault].path in copied}
        told = sum(fault.times for fault in faults)
        missing = max((task.faults or 0) - told, 0) + max((task.subtasks_skipped_errors or 0) - len(skipped), 0)
        return cls(
            task,
            tuple(events),
            tuple(fault for number, fault in enumerate(faults) if number not in well),
            tuple(fault for number, fault in enumerate(faults) if number in well),
            tuple(skipped),
            missing,
            problem,
        )

    @property
    def is_complete(self) -> bool:
        """Whether every fault and every skipped file that the task counts is in the report."""
        return not self.unlisted and self.problem is None

    @property
    def by_reason(self) -> Mapping[str, tuple[TaskFault | SkippedError, ...]]:
        """Failed and skipped files, by the code of the reason: the most frequent first."""
        found: dict[str, list[TaskFault | SkippedError]] = {}
        for fault in self.failed:
            found.setdefault(fault.code, []).append(fault)
        for skipped in self.skipped:
            found.setdefault(skipped.error_code or "UNKNOWN", []).append(skipped)
        return {code: tuple(rows) for code, rows in sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))}

    def to_table(self, max_rows: int | None = None) -> str:
        """The report as text: a line about the task, and a table of what failed and what was skipped.

        Parameters: `max_rows`, the most rows of the table (None: all of them).
        """
        rows = [("failed", each.code, str(each.times), _shown(each.path), each.message) for each in self.failed]
        rows += [
            (
                "skipped",
                each.error_code or "UNKNOWN",
                "",
                _shown(each.source_path or each.destination_path),
                _message(_decoded(each.error_details), None),
            )
            for each in self.skipped
        ]
        shown = rows if max_rows is None else rows[: max(max_rows, 0)]
        more = len(rows) - len(shown) + self.unlisted
        lines = [self._head()]
        if shown:
            table = [("outcome", "reason", "times", "path", "message"), *shown]
            widths = [max(map(len, column)) for column in zip(*table, strict=True)]
            lines += ["  ".join(map(str.ljust, row, widths)).rstrip() for row in table]
        lines += [f"and {more:,} more"] * (more > 0)
        lines += [f"not complete: {self.problem}"] * (self.problem is not None)
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """The report as plain JSON data."""
        faults: dict[str, Any] = {
            name: [
                {
                    "path": each.path,
                    "code": each.code,
                    "message": each.message,
                    "times": each.times,
                    "event": each.event.data,
                }
                for each in each_kind
            ]
            for name, each_kind in (("failed", self.failed), ("recovered", self.recovered))
        }
        return {
            "task": self.task.data,
            "events": [event.data for event in self.events],
            **faults,
            "skipped": [each.data for each in self.skipped],
            "unlisted": self.unlisted,
            "problem": self.problem,
        }

    def __str__(self) -> str:
        return self.to_table()

    def _head(self) -> str:
        task = self.task
        label = f" ({clean(task.label, longest=_LONGEST)})" if task.label else ""
        counts = [f"{len(self.failed):,} failed", f"{len(self.skipped):,} skipped"]
        counts += [f"{len(self.recovered):,} recovered"] * bool(self.recovered)
        fatal = task.fatal_error
        why = "" if fatal is None else f"; {fatal.code or 'UNKNOWN'}: {_message(fatal.description or '', None)}"
        return f"task {task.task_id}{label}: {task.status}, {', '.join(counts)}{why}".rstrip(": ")


def _decoded(details: str | None) -> str:
    text = details or ""
    # Some are percent-encoded as a whole: a path alone may hold a percent sign of its own.
    return unquote(text) if "\n" not in text and "%0A" in text.upper() else text


def _message(details: str, description: str | None) -> str:
    lines = [line for line in details.splitlines() if not _NO_MESSAGE.match(line)]
    told = " ".join(re.sub(r"^\s*(?:Message|Details):\s*", "", line).strip() for line in lines)
    return clean(told or description or "", longest=_LONGEST)


def _shown(path: str | None) -> str:
    return "" if path is None else clean(path, longest=4 * _LONGEST)
