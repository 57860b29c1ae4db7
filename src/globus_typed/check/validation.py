"""Documents in files: what is wrong with them, by line, item and field, however large they are."""

import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any, BinaryIO, Literal, cast

from pydantic import ValidationError
from pydantic_core import to_json

from globus_typed.check.elements import ElementCheck, items_in_file
from globus_typed.check.reader import WHOLE, Elements, Member, Reader, Unreadable
from globus_typed.core.documents import Document
from globus_typed.core.fields import shown
from globus_typed.core.payloads import Payload
from globus_typed.core.problems import Problem, problems
from globus_typed.core.wire_names import python_name
from globus_typed.errors import GlobusWarning
from globus_typed.schema.catalogue import Kind, best, wire_names

__all__ = ["Found", "Summary", "validate"]

_LINES = (".jsonl", ".ndjson", ".jsonlines")
"""What the names of files end with that hold a document a line."""

_NOWHERE = -1, 1
"""Where no document has begun yet."""


@dataclass(frozen=True)
class Found:
    """Something about a document in a file."""

    line: int
    """The line of the member or item it is about, from 1; of the document, where a member is missing."""
    text: str
    """What is to be said, with the member it is about."""
    what: Literal["problem", "warning", "unusable"] = "problem"
    """Whether it is wrong, suspicious, or nothing that can be looked at."""
    column: int | None = None
    """Where in the line, from 1, of what is no JSON."""


@dataclass
class Summary:
    """What was looked at, and how much was found."""

    documents: int = 0
    items: int = 0
    problem: int = 0
    warning: int = 0
    unusable: int = 0


def validate(
    file: BinaryIO,
    name: str = "",
    kinds: tuple[Kind, ...] = (),
    *,
    summary: Summary | None = None,
    advance: Callable[[int], object] = lambda count: None,
) -> Iterator[Found]:
    """What is wrong with the JSON documents of a file, which stand one after the other, such as one a line.

    Parameters: `file`, which can be read from any place again; `name`, its name, which tells whether it must have a
    document a line; `kinds`, what the documents are, the one of them that fits best (none: what their DATA_TYPE says);
    `summary`, to count in; `advance`, which is told how many bytes were read.
    """
    summary = Summary() if summary is None else summary
    for found in _documents(file, name.endswith(_LINES), kinds, summary, advance):
        setattr(summary, found.what, getattr(summary, found.what) + 1)
        yield found


def _documents(
    file: BinaryIO, lines: bool, kinds: tuple[Kind, ...], summary: Summary, advance: Callable[[int], object]
) -> Iterator[Found]:
    reader: Reader | None = None
    start = _NOWHERE
    while True:
        try:
            reader = reader or Reader(file, advance)
            if not reader.more():
                if start == _NOWHERE:
                    yield Found(1, "expected a JSON document, got nothing", "unusable", 1)
                return
            start = reader.place()
            summary.documents += 1
            yield from _document(reader, start, kinds, summary)
            lines = lines or reader.place()[1] == start[1]
            continue
        except _Unknown as unknown:
            yield unknown.found
            continue
        except Unreadable as problem:
            yield Found(problem.line, problem.message, "unusable", problem.column)
        except RecursionError:
            yield Found(start[1], "expected fewer objects and lists inside one another", "unusable")
        if not lines or reader is None:
            return
        reader.next_line(start)


class _Unknown(Exception):
    """A document, gone by, of which nobody knows what it is."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(line, text)
        self.found = Found(line, text, "unusable")


def _document(reader: Reader, start: tuple[int, int], kinds: tuple[Kind, ...], summary: Summary) -> Iterator[Found]:
    events = reader.document()
    likely, seen, whole = _decide(events, start[1], kinds)
    if not whole:
        # Many items went by before it was known what they are.
        reader.go(start)
        seen, events = [], reader.document()
    for kind in likely[1:]:
        # As one of the others, it may be right.
        check = _Check(kind, reader, start)
        if whole and not any([*chain.from_iterable(map(check.take, seen)), *check.whole()]):
            summary.items += check.count
            return
    check = _Check(likely[0], reader, start)
    for event in chain(seen, events):
        count = check.count
        yield from check.take(event)
        summary.items += check.count - count
    yield from check.whole()


def _decide(
    events: Iterator[Member | Elements], line: int, kinds: tuple[Kind, ...]
) -> tuple[tuple[Kind, ...], list[Member | Elements], bool]:
    """What the document may be, what of it was read to know that, and whether that is all that went by."""
    if len(kinds) == 1:
        return kinds, [], True
    candidates = kinds
    members: dict[str, object] = {}
    seen: list[Member | Elements] = []
    whole = True
    for event in events:
        if isinstance(event, Member) or not event.start:
            seen.append(event)
        else:
            whole = False
        members.setdefault(event.name, event.value if isinstance(event, Member) else [])
        if event.name == "DATA_TYPE" and not kinds:
            line = event.line
            given = members["DATA_TYPE"]
            candidates = wire_names().get(given, ()) if isinstance(given, str) else ()
            if len(candidates) == 1:
                return candidates, seen, whole
    if candidates:
        return best(candidates, members), seen, whole
    if "DATA_TYPE" not in members:
        raise _Unknown(line, "DATA_TYPE: is missing; say with --as which document it is")
    got = shown(members["DATA_TYPE"])["got"]
    raise _Unknown(line, f"DATA_TYPE: is none that is known, got {got}; there are {', '.join(wire_names())}")


class _Check:
    """What is found in one document, as its members go by."""

    def __init__(self, kind: Kind, reader: Reader, start: tuple[int, int]) -> None:
        self._kind = kind
        self._reader = reader
        self._start = start
        self._head: dict[str, Any] = {}
        self._list_itself: list[Any] | None = None
        self._lines: dict[str, int] = {}
        items = kind.model_fields.get("items")
        self._list = items and items.alias
        self._elements = _elements_of(kind)
        self._items = items_in_file(items and items.annotation, reader, start)
        self.count = 0
        """How many elements of its list went by."""

    def take(self, event: Member | Elements) -> Iterator[Found]:
        """What is wrong with what goes by: with items it is said at once, with other members at the end."""
        self._lines.setdefault(event.name, event.line)
        if isinstance(event, Member):
            for name in event.repeated:
                yield Found(event.line, _twice(name, "" if name == event.name else event.name))
            if event.value is not None or event.name not in event.repeated:
                self._head.setdefault(event.name, event.value)
        elif event.name is WHOLE:
            self._list_itself = [*(self._list_itself or ()), *event.values]
        elif self._elements is not None and event.name == self._list:
            yield from self._take_items(self._elements, event)
        else:
            for index, name in event.repeated:
                yield Found(event.lines[index - event.start], _twice(name, f"{event.name}[{index}]"))
            earlier = self._head.setdefault(event.name, [])
            if isinstance(earlier, list):
                cast("list[object]", earlier).extend(event.values)

    def _take_items(self, check: ElementCheck, batch: Elements) -> Iterator[Found]:
        if self._items is None:
            # They are checked here, and need not be kept.
            self._head.setdefault(batch.name, [])
        for index, name in batch.repeated:
            here = index - batch.start
            yield Found(batch.lines[here], _twice(name, f"items[{self.count + here}]"))
        wrong = check.wrong(batch.values)
        for here, problem in wrong:
            item = f"items[{self.count + here}]"
            field = f"{item}.{problem.field}" if problem.field else item
            yield Found(batch.lines[here], str(Problem(field, problem.message)))
        if self._items is not None:
            self._items.take(batch, {here for here, _ in wrong})
        self.count += len(batch.values)

    def whole(self) -> Iterator[Found]:
        """What is wrong with the document apart from its items by themselves."""
        end = self._reader.place()
        found: list[Problem] = []
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always", GlobusWarning)
            try:
                document = self._read()
                if self._items is not None:
                    vars(document)["items"] = self._items
                if isinstance(document, Payload):
                    document.check()
            except ValidationError as error:
                found = problems(error)
        if self._items is not None and self._items.read_again:
            self._reader.go(end)
        for problem in found:
            yield Found(self._line(str(problem)), str(problem))
        for warning in warned:
            yield Found(self._line(str(warning.message)), str(warning.message), "warning")

    def _read(self) -> Document | Payload:
        if self._list_itself is not None and issubclass(self._kind, Document):
            return self._kind.from_body(to_json(self._list_itself))
        value: object = self._head if self._list_itself is None else self._list_itself
        return self._kind.model_validate(value, by_alias=True, by_name=False)

    def _line(self, text: str) -> int:
        item = re.match(r"items\[(\d+)\]", text)
        if item and self._items is not None:
            return self._items.lines[int(item[1])]
        for name, line in self._lines.items():
            if any(re.match(rf"{re.escape(each)}(?!\w)", text) for each in (name, python_name(name))):
                return line
        return self._start[1]


@cache
def _elements_of(kind: Kind) -> ElementCheck | None:
    items = kind.model_fields.get("items")
    return items and ElementCheck.of(items.annotation)


def _twice(name: str, where: str) -> str:
    return f"{where}{'.' if where else ''}{name}: stands there twice"
