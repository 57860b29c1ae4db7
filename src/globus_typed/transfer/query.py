"""Query parameters as Transfer writes them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from globus_typed.errors import GlobusUsageError

Filter: TypeAlias = str | Mapping[str, str | Iterable[str]]
"""Clauses ``key:value,value`` joined by ``/``: as text, or as a mapping from key to value or values."""


def filter_text(filter: Filter | None) -> str | None:
    """The filter as the service reads it."""
    if filter is None or isinstance(filter, str):
        return filter
    return "/".join(f"{key}:{comma_text(values)}" for key, values in filter.items())


def comma_text(values: str | Iterable[str | UUID] | None) -> str | None:
    """The values as the service reads a list of them."""
    return values if values is None or isinstance(values, str) else ",".join(map(str, values))


def flag(value: bool | None) -> int | None:
    """The truth value as Transfer reads it: 1 or 0."""
    return None if value is None else int(value)


def time_range(name: str, times: str | tuple[datetime | str | None, datetime | str | None] | None) -> str | None:
    """Two times as the service reads the span between them; `GlobusUsageError`, by the name, for one without a zone."""
    if times is None or isinstance(times, str):
        return times
    texts: list[str] = []
    for time in times:
        if isinstance(time, datetime) and time.utcoffset() is None:
            raise GlobusUsageError(f"{name}: a time needs a zone: use datetime.now(timezone.utc) or the like")
        texts.append(time.isoformat() if isinstance(time, datetime) else time or "")
    return ",".join(texts)
