"""Report of ``globus-typed validate``: every problem of every file, and a summary."""

import contextlib
import io
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import BinaryIO, Literal

from globus_typed._version import __version__
from globus_typed.check.validation import Found, Summary, validate
from globus_typed.core.problems import Problem
from globus_typed.schema.catalogue import DocumentClass, full_name

__all__ = ["check_files"]

STDIN = "-"
VERSION = 1
"""The version of the form of the JSON report: it changes where a member goes away, or gets another meaning."""


def check_files(
    names: Sequence[str], classes: tuple[DocumentClass, ...] = (), format: Literal["text", "json"] = "text"
) -> int:
    """Print the problems of the documents in the files, and return the exit status of the command.

    0: no problem; 1: problems; 2: something is not JSON, or not a document that is known.
    Parameters: `names`, of the files, ``-`` for standard input; `classes`, as of `validate`; `format`, ``"text"``, a
    line each, or ``"json"``, one JSON object.
    """
    summary = Summary()
    report = _Text() if format == "text" else _JSON()
    with _screen() as (begin, advance, write):
        for text in report.begin():
            write(text)
        for name in names:
            shown = "<stdin>" if name == STDIN else name
            try:
                with _opened(name) as file:
                    begin(shown, _size(file))
                    for found in validate(file, name, classes, summary=summary, advance=advance):
                        write(report.line(shown, found))
            except OSError as error:
                summary.unusable += 1
                write(report.line(shown, Found(0, Problem("", error.strerror or str(error)), "unusable")))
    sys.stdout.write(report.end(summary) + "\n")
    return 2 if summary.unusable else 1 if summary.problem else 0


class _Text:
    """A report for people: a line for each thing that was found, and a summary."""

    def begin(self) -> Sequence[str]:
        return ()

    def line(self, name: str, found: Found) -> str:
        place = ":".join(str(each) for each in (name, found.line or None, found.column) if each is not None)
        text = f"{place}: {'warning: ' if found.what == 'warning' else ''}{found.text}"
        # What a document contains must not reach the terminal as a control sequence.
        return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)

    def end(self, summary: Summary) -> str:
        return _summed_up(summary)


class _JSON:
    """A report for programs: one JSON object, written as things are found."""

    def __init__(self) -> None:
        self._before = ""

    def begin(self) -> Sequence[str]:
        return (f'{{"version": {VERSION}, "globus_typed": {json.dumps(__version__)}, "found": [',)

    def line(self, name: str, found: Found) -> str:
        told = {
            "file": name,
            "line": found.line or None,
            "column": found.column,
            "document": None if found.document is None else full_name(found.document),
            "severity": "error" if found.what == "problem" else found.what,
            "field": found.problem.field,
            "message": found.problem.message,
            "suggestion": found.problem.suggestion,
        }
        text, self._before = self._before + json.dumps(told), ", "
        return text

    def end(self, summary: Summary) -> str:
        counts = {
            "documents": summary.documents,
            "items": summary.items,
            "errors": summary.problem,
            "warnings": summary.warning,
            "unusable": summary.unusable,
        }
        return f'], "summary": {json.dumps(counts)}}}'


def _summed_up(summary: Summary) -> str:
    found = [
        _counted(count, what)
        for count, what in (
            (summary.problem, "problem"),
            (summary.warning, "warning"),
            (summary.unusable, "unusable part"),
        )
        if count
    ]
    seen = _counted(summary.documents, "document")
    if summary.items:
        seen += f" with {_counted(summary.items, 'item')}"
    return f"{' and '.join(found) or 'Nothing wrong'} in {seen}."


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


@contextlib.contextmanager
def _opened(name: str) -> Generator[BinaryIO, None, None]:
    """The file of that name, or a copy of it where it is not seekable."""
    with contextlib.ExitStack() as stack:
        file: BinaryIO = sys.stdin.buffer if name == STDIN else stack.enter_context(Path(name).open("rb"))
        if file.seekable():
            yield file
        else:
            copy = stack.enter_context(tempfile.TemporaryFile())
            shutil.copyfileobj(file, copy)
            yield copy


def _size(file: BinaryIO) -> int:
    return file.seek(0, io.SEEK_END)


Screen = tuple[Callable[[str, int], object], Callable[[int], object], Callable[[str], object]]
"""Functions to call with a file and its size, with the number of bytes just read, and with a line to print."""


@contextlib.contextmanager
def _screen() -> Generator[Screen, None, None]:
    """A progress bar on standard error, where that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda name, size: None, lambda count: None, lambda line: sys.stdout.write(line + "\n")
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn(), TimeRemainingColumn()
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False) as bar:
        task = bar.add_task("", total=None)

        def write(line: str) -> None:
            if sys.stdout.isatty():
                console.out(line, highlight=False)  # on the same terminal, above the bar
            else:
                sys.stdout.write(line + "\n")

        yield (
            lambda name, size: bar.reset(task, description=name, total=size),
            lambda count: bar.advance(task, count),
            write,
        )
