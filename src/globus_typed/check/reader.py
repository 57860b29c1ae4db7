"""Reader of JSON documents with their line numbers, piece by piece: the largest is never in memory as a whole."""

import codecs
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, NoReturn

__all__ = ["BATCH", "WHOLE", "Elements", "Member", "Reader", "Unreadable"]

CHUNK = 1 << 18
"""The bytes that are read at once."""
BATCH = 1000
"""The most elements of a list in one batch."""
WHOLE = "(list)"
"""The name, compared by ``is``, of a list that is itself the document."""
LARGEST = 16 << 20
"""The most characters of one value (of a list: of one element); more than that means a missing quote."""

_BLANKS = re.compile(r"[ \t\n\r]*")
_CUT = 16
"""Within so many characters of the end, what looks wrong may be right once more is read."""
_EXPECTED = {
    "Expecting value": "expected a value",
    "Expecting property name enclosed in double quotes": "expected a name in double quotes",
    "Expecting ',' delimiter": 'expected "," or the end of what is open',
    "Expecting ':' delimiter": 'expected ":"',
    "Illegal trailing comma": "expected no comma after the last one",
    "Invalid \\": 'expected one of "\\/bfnrt or u and four digits after "\\"',
    "Invalid control character": "expected the end of the string, which must be on one line,",
    "Unterminated string": "expected the end of the string that begins here",
}


class Unreadable(Exception):
    """A place in the file that is not JSON, or not a document, and what was expected there."""

    def __init__(self, line: int, column: int | None, message: str) -> None:
        super().__init__(line, column, message)
        self.line = line
        self.column = column
        self.message = message


@dataclass(frozen=True)
class Member:
    """A member of a document that is not a list."""

    name: str
    line: int
    """The line that its name is on, from 1."""
    value: Any
    repeated: list[str]
    """The names that appear twice in an object inside it."""


@dataclass(frozen=True)
class Elements:
    """A batch of elements of a list that is a member of a document; an empty list is one empty batch."""

    name: str
    line: int
    """The line that the member's name is on, from 1."""
    start: int
    """The index of the first of these elements."""
    values: list[Any]
    lines: list[int]
    """The line that each of them begins on."""
    repeated: list[tuple[int, str]]
    """The indexes of elements, and names that appear twice in an object there."""


class Reader:
    """A window that slides over a file of JSON documents, which follow one another.

    Parameters: `file`, seekable; `advance`, called with the number of bytes whenever some were read.
    """

    def __init__(self, file: BinaryIO, advance: Callable[[int], object] = lambda count: None) -> None:
        self._file = file
        self._advance = advance
        self._repeated: list[str] = []
        self._decode = json.JSONDecoder(object_pairs_hook=self._object, parse_constant=_constant).raw_decode
        self._start(0, 1)
        if self._peek() == "\ufeff":
            self._at += 1

    def _start(self, offset: int, line: int) -> None:
        self._file.seek(offset)
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._text = ""
        self._at = self._counted = self._line_start = self._measured = self._gone = 0
        self._line, self._offset = line, offset
        self._ended = False

    def place(self) -> tuple[int, int]:
        """The start of the next document, its offset in bytes and its line, once `more` has said that there is one."""
        self._offset += len(self._text[self._measured : self._at].encode())
        self._measured = self._at
        return self._offset, self._here()

    def go(self, place: tuple[int, int]) -> None:
        """Go on reading from a place."""
        self._start(*place)

    def next_line(self, place: tuple[int, int]) -> None:
        """Go on reading from the line after a place."""
        self._start(*place)
        while True:
            end = self._text.find("\n", self._at)
            if end >= 0:
                self._at = end
                return
            self._at = len(self._text)
            if not self._fill(CHUNK):
                return

    def more(self) -> bool:
        """Whether there is anything but blanks before the end of the file."""
        return self._peek() != ""

    def document(self) -> Iterator[Member | Elements]:
        """The members of the next document, in their order; lists come in batches.

        A document that is itself a list comes as the member `WHOLE`. Raises `Unreadable`.
        """
        if self._peek() == "[":
            yield from self._elements(WHOLE, self._here())
            return
        if self._peek() != "{":
            self._fail(self._at, 'expected an object, "{",')
        self._at += 1
        seen: set[str] = set()
        if self._peek() == "}":
            self._at += 1
            return
        while True:
            if self._peek() != '"':
                self._fail(self._at, "expected a name in double quotes")
            line = self._here()
            name = self._value()
            twice = [name] if name in seen else []
            seen.add(name)
            self._next(":")
            if self._peek() == "[":
                yield from self._elements(name, line)
                if twice:
                    yield Member(name, line, None, twice)
            else:
                value = self._value()
                yield Member(name, line, value, [*self._repeated, *twice])
            if self._next(",}") == "}":
                return

    def _elements(self, name: str, line: int) -> Iterator[Elements]:
        self._at += 1
        start, begin = 0, self._gone + self._at
        values: list[Any] = []
        lines: list[int] = []
        repeated: list[tuple[int, str]] = []
        last = self._peek() == "]"
        if last:
            self._at += 1
        while not last:
            self._peek()
            lines.append(self._here())
            values.append(self._value())
            if self._repeated:
                repeated += [(start + len(values) - 1, key) for key in self._repeated]
            last = self._next(",]") == "]"
            if not last and (len(values) == BATCH or self._gone + self._at - begin > LARGEST):
                yield Elements(name, line, start, values, lines, repeated)
                start, begin = start + len(values), self._gone + self._at
                values, lines, repeated = [], [], []
        yield Elements(name, line, start, values, lines, repeated)

    def _value(self) -> Any:
        """The value that begins at the current position."""
        while True:
            self._repeated.clear()
            try:
                value, end = self._decode(self._text, self._at)
            except json.JSONDecodeError as error:
                unterminated = error.msg.startswith("Unterminated")
                if self._ended or not (unterminated or error.pos >= len(self._text) - _CUT):
                    expected = next(
                        (text for start, text in _EXPECTED.items() if error.msg.startswith(start)), error.msg
                    )
                    self._fail(error.pos, expected, found=not unterminated)
            except RecursionError:
                self._fail(self._at, "expected fewer objects and lists inside one another", found=False)
            except ValueError as error:
                # For integers that are too long, Python's message is about a setting of the interpreter.
                expected = str(error) if "JSON" in str(error) else "expected numbers of fewer digits"
                self._fail(self._at, expected, found=False)
            else:
                # Where the window ends, a number may go on.
                if end < len(self._text) or self._ended:
                    self._at = end
                    return value
            if len(self._text) - self._at > LARGEST:
                self._fail(self._at, f"expected a value of at most {LARGEST} characters", found=False)
            self._fill(len(self._text) - self._at)

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        value = dict(pairs)
        if len(value) != len(pairs):
            names = [name for name, _ in pairs]
            self._repeated += [name for name in value if names.count(name) > 1]
        return value

    def _next(self, wanted: str) -> str:
        character = self._peek()
        if not character or character not in wanted:
            self._fail(self._at, "expected " + " or ".join(f'"{each}"' for each in wanted))
        self._at += 1
        return character

    def _peek(self) -> str:
        """The next character that is not blank; empty at the end."""
        while True:
            match = _BLANKS.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._fill(CHUNK):
                return ""

    def _here(self) -> int:
        """The line of the current position."""
        count = self._text.count("\n", self._counted, self._at)
        if count:
            self._line += count
            self._line_start = self._text.rfind("\n", self._counted, self._at) + 1
        self._counted = self._at
        return self._line

    def _fill(self, size: int) -> bool:
        """Read more into the window, and drop what is behind the current position; whether there was more."""
        if self._ended:
            return False
        data = self._file.read(max(size, CHUNK))
        self._advance(len(data))
        self._here()
        self._offset += len(self._text[self._measured : self._at].encode())
        try:
            more = self._decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            line = self._line + self._text.count("\n", self._at) + data.count(b"\n", 0, error.start)
            raise Unreadable(line, None, "expected UTF-8") from None
        self._ended = not data
        self._line_start -= self._at
        self._gone += self._at
        self._text = self._text[self._at :] + more
        self._at = self._counted = self._measured = 0
        return True

    def _fail(self, at: int, expected: str, *, found: bool = True) -> NoReturn:
        if found:
            got = json.dumps(self._text[at], ensure_ascii=False) if at < len(self._text) else "the end of the file"
            expected = f"{expected.removesuffix(',')}, got {got}"
        self._at = at
        line = self._here()
        raise Unreadable(line, at - self._line_start + 1, expected)


def _constant(name: str) -> NoReturn:
    raise ValueError(f"expected a number, and JSON has no {name}")
