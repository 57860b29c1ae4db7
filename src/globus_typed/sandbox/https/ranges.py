"""Ranges of a file, as the servers of collections read and answer them."""

import re
from typing import NamedTuple

__all__ = ["RangeRefused", "Span", "spans_of"]

_RANGE = re.compile(r"(\d*)-(\d*)")


class RangeRefused(Exception):
    """The file has no such range, or the server does not know this form of one."""


class Span(NamedTuple):
    """A range of bytes, the end not among them."""

    start: int
    stop: int


def spans_of(header: str | None, size: int) -> list[Span] | None:
    """The ranges that a header ``Range`` asks for; None for the whole file, as for a header that is none.

    RangeRefused for a range that begins beyond the end, and for one of the last bytes (``bytes=-8``), which these
    servers do not know.
    """
    unit, _, rest = (header or "").partition("=")
    found = [_RANGE.fullmatch(text.strip()) for text in rest.split(",")]
    if unit.strip().lower() != "bytes" or not all(found):
        return None
    spans: list[Span] = []
    for match in found:
        first, last = ("", "") if match is None else match.groups()
        if not first or int(first) >= size:
            raise RangeRefused
        stop = min(int(last) + 1, size) if last else size
        if stop <= int(first):
            return None
        spans.append(Span(int(first), stop))
    return spans
