# Generated from running.py by tools/unasync.py: change that file.
"""Running tasks from their submission to their end, and telling what became of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, TypeAlias, Union, overload
from uuid import UUID

from globus_typed.errors import GlobusError
from globus_typed.transfer import documents
from globus_typed.transfer.client.canceling import Canceling, CancelingClient
from globus_typed.transfer.client.waiting import (
    Submitted,
    WaitingMethods,
    check_interval,
    check_timeout,
    is_several,
    task_ids,
)
from globus_typed.transfer.client.watching import Watch
from globus_typed.transfer.errors import TaskFailedError, TaskTimeoutError
from globus_typed.transfer.tasks.builders import batches_of
from globus_typed.transfer.tasks.display import progress_display
from globus_typed.transfer.tasks.faults import NewFaults
from globus_typed.transfer.tasks.limits import Limits, failure_reason
from globus_typed.transfer.tasks.lookout import Lookout, waits

Data: TypeAlias = Union["documents.TransferData", "documents.DeleteData", Mapping[str, Any]]
"""A document that becomes a task."""

_LONGEST, _LONGEST_SHOWN = 10.0, 2.0
"""The most seconds from one look to the next, where the program leaves it open; and where somebody looks on."""
_REPORT = 15.0
"""The most seconds for a report that an exception takes along, with its retries."""
_COPIED = 2000
"""The most copied files among which those are looked for that failed at first."""


class RunningMethods(WaitingMethods, CancelingClient):
    """Methods that see tasks to their end."""

    @overload
    def run(
        self,
        data: Data,
        *,
        timeout: float | None = None,
        polling_interval: float | None = None,
        progress: bool = False,
        on_fault: Callable[[documents.TaskFault], object] | None = None,
        fail_on: str | Iterable[str] = (),
        max_faults: int | None = None,
        cancel_on_exit: bool = False,
    ) -> documents.Task: ...
    @overload
    def run(
        self,
        data: Iterable[documents.TransferData | documents.DeleteData],
        *,
        timeout: float | None = None,
        polling_interval: float | None = None,
        progress: bool = False,
        on_fault: Callable[[documents.TaskFault], object] | None = None,
        fail_on: str | Iterable[str] = (),
        max_faults: int | None = None,
        cancel_on_exit: bool = False,
    ) -> list[documents.Task]: ...
    def run(
        self,
        data: Data | Iterable[documents.TransferData | documents.DeleteData],
        *,
        timeout: float | None = None,
        polling_interval: float | None = None,
        progress: bool = False,
        on_fault: Callable[[documents.TaskFault], object] | None = None,
        fail_on: str | Iterable[str] = (),
        max_faults: int | None = None,
        cancel_on_exit: bool = False,
    ) -> documents.Task | list[documents.Task]:
        """The ended task of a transfer or delete that is submitted here, once it has succeeded.

        ``POST /transfer`` or ``POST /delete``, then as `wait`

        For several batches, as of ``data.batches()``, all are submitted, and there is a list of their tasks.

        Parameters: `data`, a `TransferData` or `DeleteData`, or an equivalent mapping with its ``DATA_TYPE``, or
        several builders; `cancel_on_exit`, whether leaving by any exception (Ctrl-C, SIGTERM, a cancelled task of
        asyncio, a timeout, `fail_on` or `max_faults`) cancels what has been submitted and has not ended. A submission
        whose response was not seen any more is found by its submission id, and cancelled too. Data that got its
        submission id here gives it up when its task was cancelled, so that it can be run again. Other parameters as
        for `wait`.
        Raises `TaskFailedError` and `TaskTimeoutError` as `wait`; otherwise as `submit_transfer`.
        Source: Transfer API, "Task Submission" and "Task".
        """
        check = self._checked(timeout, polling_interval, fail_on, max_faults)
        batches, several = batches_of(data)
        canceling = Canceling(self, batches)

        def work() -> list[documents.Task]:
            for batch in batches:
                canceling.submit(self, batch)
            return self._end_of(canceling.lookout(), timeout, polling_interval, progress, on_fault, check)

        tasks = canceling.during(work) if cancel_on_exit else work()
        return tasks if several else tasks[0]

    @overload
    def wait(  # type: ignore[overload-overlap]  # a str is an iterable of str, and one id all the same
        self,
        tasks: str | UUID | Submitted,
        *,
        timeout: float | None = None,
        polling_interval: float | None = None,
        progress: bool = False,
        on_fault: Callable[[documents.TaskFault], object] | None = None,
        fail_on: str | Iterable[str] = (),
        max_faults: int | None = None,
        cancel_on_exit: bool = False,
    ) -> documents.Task: ...
    @overload
    def wait(
        self,
        tasks: Iterable[str | UUID | Submitted],
        *,
        timeout: float | None = None,
        polling_interval: float | None = None,
        progress: bool = False,
        on_fault: Callable[[documents.TaskFault], object] | None = None,
        fail_on: str | Iterable[str] = (),
        max_faults: int | None = None,
        cancel_on_exit: bool = False,
    ) -> list[documents.Task]: ...
    def wait(
        self,
        tasks: str | UUID | Submitted | Iterable[str | UUID | Submitted],
        *,
        timeout: float | None = None,
        polling_interval: float | None = None,
        progress: bool = False,
        on_fault: Callable[[documents.TaskFault], object] | None = None,
        fail_on: str | Iterable[str] = (),
        max_faults: int | None = None,
        cancel_on_exit: bool = False,
    ) -> documents.Task | list[documents.Task]:
        """The task once it has succeeded, or a list of several, in their order, once all have.

        ``GET /task/{task_id}``, again and again; for several tasks ``GET /task_list``, 100 at a time

        Of several tasks, all are waited for, although one has failed. Outages of the network or the service are waited
        out, and logged. `task_wait` and `task_progress` wait without raising.

        Parameters: `tasks`, an id, or the response to a submission, or a task, or several of these, as of `submit_all`;
        `timeout`, the seconds to wait in all by the clock, 0 for one look (None: no limit); `polling_interval`, the
        seconds from one look to the next, above 0 (None: half a second at first, growing to 10, with `progress` to 2);
        `progress`, whether to show on standard error how they go on: drawn on a terminal or in a notebook, which needs
        the extra ``progress``, else as plain lines; `on_fault`, called with each new `TaskFault`; `fail_on`, codes of
        faults, or of `nice_status`, such as ``{"PERMISSION_DENIED", "FILE_NOT_FOUND"}``, with which to give up on a
        task that would be retried until its deadline, in any case; `max_faults`, the most faults that a task may have
        before it is given up; `cancel_on_exit`, whether leaving by any exception (Ctrl-C, SIGTERM, a cancelled task of
        asyncio, a timeout, `fail_on` or `max_faults`) cancels those that have not ended. Signals reach the main thread
        alone, and SIGTERM is left to a program that handles it.
        Raises `TaskFailedError` if a task ended as FAILED or INACTIVE or is given up; `TaskTimeoutError`, or the error
        of an outage that lasts at the timeout; what `on_fault` raises; `GlobusUsageError` for a wrong parameter, and
        for no task at all; otherwise as `get_task`.
        Source: Transfer API, "Task".
        """
        check = self._checked(timeout, polling_interval, fail_on, max_faults)
        lookout = Lookout(task_ids(tasks))
        work = partial(self._end_of, lookout, timeout, polling_interval, progress, on_fault, check)
        found = Canceling(self, (), lookout).during(work) if cancel_on_exit else work()
        return found if is_several(tasks) else found[0]

    def task_report(
        self, task_id: str | UUID | Submitted, *, num_faults: int | None = 1000, num_skipped: int | None = 1000
    ) -> documents.TaskReport:
        """The files and directories of a task that failed, and those that were skipped, with the reasons.

        ``GET /task/{task_id}``, ``/event_list`` and for a transfer that has ended ``/skipped_errors``

        The service tells of faults by events; their paths are taken from the details of these. What went wrong at
        first and not in the end is under `recovered`: all faults of a task that succeeded, and files that were copied
        in the end, where a task that failed copied at most 2,000 (``GET /task/{task_id}/successful_transfers``).

        Parameters: `task_id`, or the response to its submission, or the task; `num_faults` and `num_skipped`, the most
        events and the most skipped files to read (None: all).
        Raises `NotFoundError` if the caller has no such task; `GlobusUsageError` for several tasks, or a wrong number.
        Source: Transfer API, "Task".
        """
        submitted = (documents.TransferResult, documents.DeleteResult, documents.Task)
        task = self.get_task(task_id.task_id if isinstance(task_id, submitted) else task_id)
        key = task.task_id
        errors = self.task_event_list(key, num_faults, is_error=True)
        skips = self.task_skipped_errors(key, num_skipped)
        has_ended = task.status in ("SUCCEEDED", "FAILED") and task.type == "TRANSFER" and not task.history_deleted
        events = self.task_event_list(key, 10).all()
        faults = errors.all() if task.faults or task.status != "SUCCEEDED" else []
        skipped = skips.all() if has_ended and task.subtasks_skipped_errors != 0 else []
        made = partial(documents.TaskReport.made, task, events=events, errors=faults, skipped=skipped)
        report = made()
        failed = {fault.path for fault in report.failed if fault.path is not None}
        if failed and has_ended and 0 < (task.files_transferred or 0) <= _COPIED:
            copied: set[str] = set()
            for file in self.task_successful_transfers(key, _COPIED):
                copied |= failed & {file.source_path, file.destination_path}
            report = made(copied=copied)
        return report

    def _checked(
        self, timeout: object, polling_interval: object, fail_on: str | Iterable[str], max_faults: int | None
    ) -> Limits:
        check_timeout(timeout)
        if polling_interval is not None:
            check_interval(polling_interval)
        return Limits.of(fail_on, max_faults)

    def _end_of(
        self,
        lookout: Lookout,
        timeout: float | None,
        interval: float | None,
        progress: bool,
        on_fault: Callable[[documents.TaskFault], object] | None,
        limits: Limits,
    ) -> list[documents.Task]:
        watch = Watch(self, lookout, waits(interval, _LONGEST_SHOWN if progress else _LONGEST), timeout)
        news = NewFaults()
        with progress_display(progress, self.clock) as display:
            while True:
                watch.look_at_all()
                display.show(lookout.seen, lookout.count, outage=watch.failure is not None)
                for task in lookout.seen:
                    codes: list[str] = []
                    if (on_fault is not None or limits.fail_on) and (request := news.request(task)) is not None:
                        page = watch.ask(request)
                        faults = [] if page is None else news.take(task, page.items)
                        codes = [fault.code for fault in faults]
                        for fault in faults:
                            if on_fault is not None:
                                on_fault(fault)
                    if (reason := limits.exceeded(task, codes)) is not None:
                        raise self._failure(task, reason, lookout)
                if not lookout.left:
                    break
                if not watch.sleep():
                    task = next(task for task in lookout.seen if task.task_id.lower() in lookout.left)
                    raise TaskTimeoutError(task, timeout or 0, lookout.tasks)
        for task in lookout.seen:
            if task.status != "SUCCEEDED":
                raise self._failure(task, None, lookout)
        return lookout.tasks

    def _failure(self, task: documents.Task, given_up: str | None, lookout: Lookout) -> TaskFailedError:
        """The exception for a task; that its report cannot be had is no reason to raise another."""
        total = self.retry.total_timeout
        quick = replace(self.retry, total_timeout=_REPORT if total is None else min(total, _REPORT))
        try:
            report = self.with_options(retry=quick).task_report(task)
        except GlobusError as error:
            report = documents.TaskReport.made(task, problem=str(error))
        return TaskFailedError(task, report, failure_reason(task, report, given_up), lookout.tasks)
