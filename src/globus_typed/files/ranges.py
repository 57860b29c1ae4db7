"""Ranges of bytes: what may be asked for, what a response says of them, and those that are merged into one request."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast

from globus_typed.core.json_data import unchecked
from globus_typed.errors import GlobusUsageError
from globus_typed.files.paths import checked_path

__all__ = ["Block", "ByteRange", "blocks_of", "checked_range", "checked_ranges", "range_header", "start_in"]

ByteRange: TypeAlias = tuple[int, int | None]
"""The first byte, and the one behind the last; None for the end of the file."""

_CONTENT_RANGE = re.compile(r"\s*bytes\s+(\d+)-(\d+)/(\d+|\*)\s*", re.IGNORECASE)
_MERGED = 8 * 2**20
"""The most bytes of ranges that are merged into one request."""


def checked_range(start: object, stop: object) -> ByteRange:
    """The range from `start`, None for the beginning, to before `stop`; `GlobusUsageError` for one that cannot be."""
    for name, value in (("start", start), ("stop", stop)):
        whole = isinstance(value, int) and not isinstance(value, bool)
        if value is not None and not (whole and cast("int", value) >= 0):
            raise GlobusUsageError(
                f"{name}: must be a whole number of bytes from the beginning, at least 0, got {value!r}"
                + ("; collections serve no ranges counted from the end: info(path).size tells it" if whole else "")
            )
    first, last = cast("int | None", start) or 0, cast("int | None", stop)
    if last is not None and first > last:
        raise GlobusUsageError(f"start: must not be greater than stop, got {first} and {last}")
    return first, last


def range_header(start: int, stop: int | None) -> Mapping[str, str]:
    """The header that asks for a range."""
    return {"range": f"bytes={start}-{'' if stop is None else stop - 1}"}


def start_in(content_range: str) -> tuple[int, int, int | None] | None:
    """The first byte, the one behind the last, and the size of the file, None for ``*``; None for no such header."""
    found = _CONTENT_RANGE.fullmatch(content_range)
    if found is None:
        return None
    return int(found[1]), int(found[2]) + 1, None if found[3] == "*" else int(found[3])


def length_in(headers: Mapping[str, str]) -> int | None:
    """The length of the body; None where the response does not tell it."""
    text = headers.get("Content-Length", "")
    return int(text) if text.isascii() and text.isdigit() else None


@dataclass(frozen=True)
class Block:
    """One request of `read_ranges`, and what it is for."""

    path: str
    start: int
    stop: int | None
    parts: tuple[tuple[int, int, int | None], ...]
    """For each range that is in it, its number and its first and last place in the block."""


def checked_ranges(paths: str | Sequence[str], ranges: Iterable[Sequence[int | None]]) -> list[tuple[str, ByteRange]]:
    """The ranges, each with the path it is of."""
    given = list(ranges)
    if not isinstance(unchecked(paths), Sequence):
        checked_path(paths, "paths")
    if not isinstance(paths, str) and len(paths) != len(given):
        raise GlobusUsageError(f"paths: must be one, or as many as there are ranges, {len(given)}, got {len(paths)}")
    for each in given:
        if isinstance(each, (str, bytes)) or not isinstance(unchecked(each), Sequence) or len(each) != 2:
            raise GlobusUsageError(f"ranges: each must be a pair of start and stop, got {each!r}")
    each_path = [paths] * len(given) if isinstance(paths, str) else paths
    return [(path, checked_range(*each)) for path, each in zip(each_path, given, strict=True)]


def blocks_of(wanted: Sequence[tuple[str, ByteRange]], max_gap: int) -> list[Block]:
    """The requests that bring all ranges: those of one file that touch, or lie close together, in one."""
    order = sorted(
        (number for number, (_, (start, stop)) in enumerate(wanted) if start != stop),
        key=lambda number: (wanted[number][0], wanted[number][1][0]),
    )
    blocks: list[Block] = []
    parts: list[tuple[int, int, int | None]] = []
    path, first, end = "", 0, 0
    for number in order:
        own, (start, stop) = wanted[number]
        fits = stop is not None and own == path and start <= end + max_gap and max(end, stop) - first <= _MERGED
        if not parts or not fits:
            if parts:
                blocks.append(Block(path, first, end, tuple(parts)))
                parts = []
            if stop is None:
                blocks.append(Block(own, start, None, ((number, 0, None),)))
                continue
            path, first, end = own, start, stop
        assert stop is not None
        parts.append((number, start - first, stop - first))
        end = max(end, stop)
    if parts:
        blocks.append(Block(path, first, end, tuple(parts)))
    return blocks
