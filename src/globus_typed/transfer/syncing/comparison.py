"""Whether a file that exists on both sides is copied, by the level of the sync (Transfer API: ``sync_level``)."""

from collections.abc import Callable
from typing import TypeAlias

from globus_typed.core.fields import parse_time
from globus_typed.transfer.syncing.listing import Entry
from globus_typed.transfer.syncing.rows import SyncAction, SyncReason

__all__ = ["Verdict", "comparer"]

Verdict: TypeAlias = tuple[SyncAction, SyncReason]

_ALWAYS: Verdict = ("update", "always")
_EXISTS: Verdict = ("skip", "exists")
_SIZE: Verdict = ("update", "size")
_SAME_SIZE: Verdict = ("skip", "same size")
_SIZE_UNKNOWN: Verdict = ("check", "size_unknown")
_NEWER: Verdict = ("update", "newer")
_NOT_NEWER: Verdict = ("skip", "not newer")
_WITHIN_SKEW: Verdict = ("skip", "within skew")
_TIME_UNKNOWN: Verdict = ("check", "time_unknown")
_CHECKSUM_UNKNOWN: Verdict = ("check", "checksum_unknown")


def comparer(level: int | None, skew: float) -> Callable[[Entry, Entry], Verdict]:
    """The comparison of a file at the source with that at the destination.

    Parameters: `level`, 0 to 3 (None: all are copied); `skew`, the seconds by which the source has to be newer.
    """
    if level is None:
        return lambda source, destination: _ALWAYS
    if level == 0:
        return lambda source, destination: _EXISTS
    if level == 1:
        return _by_size
    if level == 2:
        return lambda source, destination: _by_time(source, destination, skew)
    return _by_checksum


def _by_size(source: Entry, destination: Entry) -> Verdict:
    here, there = source.get("size"), destination.get("size")
    if here is None or there is None:
        return _SIZE_UNKNOWN
    return _SAME_SIZE if here == there else _SIZE


def _by_checksum(source: Entry, destination: Entry) -> Verdict:
    verdict = _by_size(source, destination)
    return _CHECKSUM_UNKNOWN if verdict is _SAME_SIZE else verdict


def _by_time(source: Entry, destination: Entry, skew: float) -> Verdict:
    by_size = _by_size(source, destination)
    if by_size is _SIZE:
        return _SIZE
    verdict = _by_time_alone(source, destination, skew)
    return by_size if by_size is _SIZE_UNKNOWN and verdict[0] == "skip" else verdict


def _by_time_alone(source: Entry, destination: Entry, skew: float) -> Verdict:
    when, then = source.get("last_modified"), destination.get("last_modified")
    if when is None or then is None:
        return _TIME_UNKNOWN
    if when == then and _is_usual(when):
        return _NOT_NEWER
    if not skew and _is_usual(when) and _is_usual(then):
        return _NEWER if when > then else _NOT_NEWER
    seconds, others = _seconds(when), _seconds(then)
    if seconds is None or others is None:
        return _TIME_UNKNOWN
    if seconds <= others:
        return _NOT_NEWER
    return _NEWER if seconds > others + skew else _WITHIN_SKEW


def _is_usual(time: str) -> bool:
    """Whether it is in the form of listings, ``2025-03-04 11:20:05+00:00``, in which later times compare greater."""
    return len(time) == 25 and time[10] == " " and time[:4].isdigit() and time[19:] == "+00:00"


def _seconds(time: str) -> int | None:
    """The whole seconds since the epoch; None if it is no time."""
    parsed = parse_time(time)
    return None if parsed is None else int(parsed.timestamp() // 1)
