"""When to give up on a task that may never end."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import get_args

from globus_typed.core.json_data import unchecked
from globus_typed.core.outside_text import clean
from globus_typed.errors import GlobusUsageError
from globus_typed.transfer import documents
from globus_typed.transfer.query import check_spelling, whole_number
from globus_typed.transfer.tasks.lookout import ENDED

__all__ = ["Limits", "failure_reason"]

_LONGEST = 200
"""The characters of a text from outside in a reason."""
_NO_TROUBLE = {
    *("OK", "STARTED", "PROGRESS", "SUCCEEDED", "UNPAUSED", "SKIPPED_ERRORS", "DELETE_DESTINATION_EXTRA_SKIPPED")
}


@dataclass(frozen=True)
class Limits:
    """The faults with which to give up on a task."""

    fail_on: frozenset[str] = field(default_factory=frozenset[str])
    """The codes of faults, and of conditions of the task, with which to give up, in upper case."""
    max_faults: int | None = None
    """The most faults that a task may have."""

    @classmethod
    def of(cls, fail_on: str | Iterable[str], max_faults: int | None) -> "Limits":
        """Limits as a program gives them. Raises `GlobusUsageError`."""
        given = [fail_on] if isinstance(fail_on, str) else list(fail_on)
        for each in given:
            if not isinstance(unchecked(each), str) or not each:
                raise GlobusUsageError(f'fail_on: must be codes such as "PERMISSION_DENIED", got {each!r}')
        codes = frozenset(each.upper() for each in given)
        if codes & _NO_TROUBLE:
            raise GlobusUsageError(f"fail_on: {', '.join(sorted(codes & _NO_TROUBLE))} tells of no failure")
        if codes:
            check_spelling("fail_on", sorted(codes), _known_codes())
        return cls(codes, whole_number("max_faults", max_faults, 0))

    def exceeded(self, task: "documents.Task", codes: Iterable[str]) -> str | None:
        """The reason to give up on a task now; None for none.

        Parameters: `codes`, those of its faults that are new.
        """
        if task.status in ENDED:  # its status says how it went
            return None
        condition = (task.nice_status or "").upper()
        found = next((code for code in (*codes, condition) if code.upper() in self.fail_on), None)
        if found is not None:
            return f"{found} is among those to fail on"
        if self.max_faults is not None and (task.faults or 0) > self.max_faults:
            return f"it has {task.faults:,} faults, more than {self.max_faults:,}"
        return None


def failure_reason(task: "documents.Task", report: "documents.TaskReport", given_up: str | None) -> str:
    """The reason why a task failed, or was given up, on one line, with the first file that it could not do."""
    if given_up is not None:
        told = [f"given up, as {given_up}"]
    elif task.status == "INACTIVE":
        told = ["INACTIVE: it is suspended until someone acts"]
    else:
        told = [task.status or "UNKNOWN"]
    fatal, faults = task.fatal_error, report.failed
    if fatal is not None and not any(fault.code == fatal.code for fault in faults):
        told.append(": ".join(filter(None, (fatal.code, clean(fatal.description or "", longest=_LONGEST)))))
    if task.canceled_by_admin_message:
        told.append(clean(task.canceled_by_admin_message, longest=_LONGEST))
    more = f", and {len(faults) - 1:,} more" if len(faults) > 1 else ""
    told += [f"{fault}{more}" for fault in faults[:1]]
    return "; ".join(told)


def _known_codes() -> set[str]:
    kinds = (documents.EventCode, documents.NiceStatus)
    return {str(value).upper() for kind in kinds for part in get_args(kind) for value in get_args(part)}
