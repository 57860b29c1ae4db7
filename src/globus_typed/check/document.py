"""Check of one document, as its members are read."""

import re
import warnings
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal, cast

from pydantic import ValidationError
from pydantic_core import to_json

from globus_typed.check.elements import ElementCheck, ItemList
from globus_typed.check.reader import WHOLE, Elements, Member, Reader
from globus_typed.core.documents import Document
from globus_typed.core.payloads import Payload
from globus_typed.core.problems import Problem, problems
from globus_typed.core.wire_names import python_name
from globus_typed.errors import GlobusWarning
from globus_typed.schema.catalogue import DocumentClass

__all__ = ["DocumentCheck", "Found"]


@dataclass(frozen=True)
class Found:
    """Something found in a document of a file."""

    line: int
    """The line of the member or item it is about, from 1; of the document, where a member is missing."""
    problem: Problem
    """The member it is about, and what is to be said of it."""
    what: Literal["problem", "warning", "unusable"] = "problem"
    """Whether it is wrong, suspicious, or cannot be checked at all."""
    column: int | None = None
    """The column, from 1, where it is not JSON."""
    document: DocumentClass | None = None
    """The class that the document was checked as; None where it is of none."""

    @property
    def text(self) -> str:
        """The message, with the member it is about."""
        return str(self.problem)


class DocumentCheck:
    """Check of one document: its members are taken as they are read, its list in batches."""

    def __init__(self, document: DocumentClass, reader: Reader, start: tuple[int, int]) -> None:
        self._document = document
        self._reader = reader
        self._start = start
        self._head: dict[str, Any] = {}
        self._list_itself: list[Any] | None = None
        self._lines: dict[str, int] = {}
        items = document.model_fields.get("items")
        self._list = items and items.alias
        self._elements = _elements_of(document)
        annotation: object = items and items.annotation
        self._kept = annotation.kept_elsewhere(self._read_again) if isinstance(annotation, ItemList) else None
        self._kept_lines: array[int] = array("Q")
        self._has_read_again = False
        self.count: int = 0
        """The number of elements of its list so far."""

    def take(self, event: Member | Elements) -> Iterator[Found]:
        """The problems of elements; those of other members are found at the end."""
        self._lines.setdefault(event.name, event.line)
        if isinstance(event, Member):
            for name in event.repeated:
                yield self._found(event.line, _twice(name, "" if name == event.name else event.name))
            if event.value is not None or event.name not in event.repeated:
                self._head.setdefault(event.name, event.value)
        elif event.name is WHOLE:
            self._list_itself = [*(self._list_itself or ()), *event.values]
        elif self._elements is not None and event.name == self._list:
            yield from self._take_elements(self._elements, event)
        else:
            for index, name in event.repeated:
                yield self._found(event.lines[index - event.start], _twice(name, f"{event.name}[{index}]"))
            earlier = self._head.setdefault(event.name, [])
            if isinstance(earlier, list):
                cast("list[object]", earlier).extend(event.values)

    def _take_elements(self, check: ElementCheck, batch: Elements) -> Iterator[Found]:
        # They are checked here, and need not be kept.
        self._head.setdefault(batch.name, [] if self._kept is None else self._kept)
        for index, name in batch.repeated:
            here = index - batch.start
            yield self._found(batch.lines[here], _twice(name, f"items[{self.count + here}]"))
        wrong = check.wrong(batch.values)
        for here, problem in wrong:
            item = f"items[{self.count + here}]"
            field = f"{item}.{problem.field}" if problem.field else item
            yield self._found(batch.lines[here], replace(problem, field=field))
        if self._kept is not None:
            self._kept.take(batch.values, {here for here, _ in wrong})
            self._kept_lines.extend(batch.lines)
        self.count += len(batch.values)

    def _read_again(self) -> Iterator[dict[str, Any]]:
        """The elements of the list from the file again."""
        self._reader.go(self._start)
        self._has_read_again = True
        for event in self._reader.document():
            if isinstance(event, Elements) and event.name == self._list:
                yield from event.values

    def whole(self) -> Iterator[Found]:
        """The problems of the document apart from those of single elements."""
        end = self._reader.place()
        found: list[Problem] = []
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always", GlobusWarning)
            try:
                document = self._read()
                if isinstance(document, Payload):
                    document.check()
            except ValidationError as error:
                found = problems(error)
        if self._has_read_again:
            self._reader.go(end)
        for problem in found:
            yield self._found(self._line(str(problem)), problem)
        for warning in warned:
            text = str(warning.message)
            yield self._found(self._line(text), _of_warning(text), "warning")

    def _found(self, line: int, problem: Problem, what: Literal["problem", "warning"] = "problem") -> Found:
        return Found(line, problem, what, document=self._document)

    def _read(self) -> Document | Payload:
        if self._list_itself is not None and issubclass(self._document, Document):
            return self._document.from_body(to_json(self._list_itself))
        value: object = self._head if self._list_itself is None else self._list_itself
        return self._document.model_validate(value, by_alias=True, by_name=False)

    def _line(self, text: str) -> int:
        """The line of what a message is about."""
        item = re.match(r"items\[(\d+)\]", text)
        if item and self._kept is not None:
            return self._kept_lines[int(item[1])]
        for name, line in self._lines.items():
            if any(re.match(rf"{re.escape(each)}(?!\w)", text) for each in (name, python_name(name))):
                return line
        return self._start[1]


@cache
def _elements_of(document: DocumentClass) -> ElementCheck | None:
    items = document.model_fields.get("items")
    return items and ElementCheck.of(items.annotation)


def _twice(name: str, where: str) -> Problem:
    return Problem(f"{where}{'.' if where else ''}{name}", "appears twice")


def _of_warning(text: str) -> Problem:
    field, colon, message = text.partition(": ")
    return Problem(field, message) if colon and re.fullmatch(r"[\w.\[\]]+", field) else Problem("", text)
