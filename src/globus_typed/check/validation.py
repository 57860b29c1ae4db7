"""Validation of the documents in a file, however large: problems by line, item and field."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain
from typing import BinaryIO

from globus_typed.check.document import DocumentCheck, Found
from globus_typed.check.reader import Elements, Member, Reader, Unreadable
from globus_typed.core.fields import shown
from globus_typed.core.problems import Problem
from globus_typed.schema.catalogue import DocumentClass, best, wire_names

__all__ = ["Found", "Summary", "validate"]

_LINES = (".jsonl", ".ndjson", ".jsonlines")
"""The endings of the names of files with a document on each line."""

_NOWHERE = -1, 1
"""Where no document has begun yet."""


@dataclass
class Summary:
    """The numbers of what was checked and of what was found."""

    documents: int = 0
    items: int = 0
    problem: int = 0
    warning: int = 0
    unusable: int = 0


def validate(
    file: BinaryIO,
    name: str = "",
    classes: tuple[DocumentClass, ...] = (),
    *,
    summary: Summary | None = None,
    advance: Callable[[int], object] = lambda count: None,
) -> Iterator[Found]:
    """The problems of the JSON documents of a file, which follow one another, such as one on each line.

    Parameters: `file`, seekable; `name`, its name, which tells whether it must have a document on each line; `classes`,
    of which each document is the one that fits best (none: what its ``DATA_TYPE`` says); `summary`, to count in;
    `advance`, called with the number of bytes whenever some were read.
    """
    summary = Summary() if summary is None else summary
    for found in _documents(file, name.endswith(_LINES), classes, summary, advance):
        setattr(summary, found.what, getattr(summary, found.what) + 1)
        yield found


def _documents(
    file: BinaryIO, lines: bool, classes: tuple[DocumentClass, ...], summary: Summary, advance: Callable[[int], object]
) -> Iterator[Found]:
    reader: Reader | None = None
    start = _NOWHERE
    while True:
        try:
            reader = reader or Reader(file, advance)
            if not reader.more():
                if start == _NOWHERE:
                    yield Found(1, Problem("", "expected a JSON document, got nothing"), "unusable", 1)
                return
            start = reader.place()
            summary.documents += 1
            yield from _document(reader, start, classes, summary)
            lines = lines or reader.place()[1] == start[1]
            continue
        except _Unknown as unknown:
            yield unknown.found
            continue
        except Unreadable as problem:
            yield Found(problem.line, Problem("", problem.message), "unusable", problem.column)
        except RecursionError:
            yield Found(start[1], Problem("", "expected fewer objects and lists inside one another"), "unusable")
        if not lines or reader is None:
            return
        reader.next_line(start)


class _Unknown(Exception):
    """A document that names no class that is known; it has been read to its end."""

    def __init__(self, line: int, message: str, suggestion: str | None = None) -> None:
        super().__init__(line, message)
        self.found = Found(line, Problem("DATA_TYPE", message, suggestion), "unusable")


def _document(
    reader: Reader, start: tuple[int, int], classes: tuple[DocumentClass, ...], summary: Summary
) -> Iterator[Found]:
    events = reader.document()
    likely, seen, whole = _decide(events, start[1], classes)
    if not whole:
        # Many items were read before it was known what they are.
        reader.go(start)
        seen, events = [], reader.document()
    for document in likely[1:]:
        # As one of the others, it may have no problem.
        check = DocumentCheck(document, reader, start)
        if whole and not any([*chain.from_iterable(map(check.take, seen)), *check.whole()]):
            summary.items += check.count
            return
    check = DocumentCheck(likely[0], reader, start)
    for event in chain(seen, events):
        count = check.count
        yield from check.take(event)
        summary.items += check.count - count
    yield from check.whole()


def _decide(
    events: Iterator[Member | Elements], line: int, classes: tuple[DocumentClass, ...]
) -> tuple[tuple[DocumentClass, ...], list[Member | Elements], bool]:
    """The classes that the document may be of, what was read to decide that, and whether all of that was kept."""
    if len(classes) == 1:
        return classes, [], True
    candidates = classes
    members: dict[str, object] = {}
    seen: list[Member | Elements] = []
    whole = True
    for event in events:
        if isinstance(event, Member) or not event.start:
            seen.append(event)
        else:
            whole = False
        members.setdefault(event.name, event.value if isinstance(event, Member) else [])
        if event.name == "DATA_TYPE" and not classes:
            line = event.line
            given = members["DATA_TYPE"]
            candidates = wire_names().get(given, ()) if isinstance(given, str) else ()
            if len(candidates) == 1:
                return candidates, seen, whole
    if candidates:
        return best(candidates, members), seen, whole
    if "DATA_TYPE" not in members:
        raise _Unknown(line, "is missing; say with --as which document it is")
    given = members["DATA_TYPE"]
    near = next(iter(get_close_matches(given[:100], wire_names(), n=1)), None) if isinstance(given, str) else None
    hint = "" if near is None else f" (did you mean {near}?)"
    got = shown(given)["got"]
    raise _Unknown(line, f"is not known, got {got}{hint}; there are {', '.join(wire_names())}", near)
