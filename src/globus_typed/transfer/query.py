"""Query parameters in the format of Transfer. Invalid ones are refused by name, with `GlobusUsageError`."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import PurePath
from typing import TypeAlias, cast
from uuid import UUID

from globus_typed.core.fields import is_id
from globus_typed.core.suggestions import near_name
from globus_typed.errors import GlobusUsageError

Filter: TypeAlias = str | Mapping[str, str | Iterable[str]]
"""Clauses ``key:value,value`` joined by ``/``, as a string or as a mapping from key to value or values."""


def filter_text(name: str, filter: Filter | None, keys: Iterable[str] = ()) -> str | None:
    """The filter in the format of the service; a mapping may have these keys (none: any)."""
    if filter is None:
        return None
    if isinstance(filter, Mapping):
        _check_known(name, filter, keys)
        filter = "/".join(f"{key}:{comma_text(values)}" for key, values in filter.items())
    if not isinstance(cast("object", filter), str) or not all(":" in each for each in filter.split("/") if each):
        raise GlobusUsageError(f'{name}: must be clauses such as "type:file", joined by "/", got {filter!r}')
    return filter


def comma_text(values: str | Iterable[str | UUID] | None) -> str | None:
    """The values as a comma-separated list."""
    return values if values is None or isinstance(values, str) else ",".join(map(str, values))


_ORDER = re.compile(r"\s*[A-Za-z_]+(\s+(ASC|DESC))?\s*", re.IGNORECASE)


def order_text(name: str, fields: str | Iterable[str] | None, known: Iterable[str] = ()) -> str | None:
    """The sort order in the format of the service, by these fields (none: any)."""
    text = comma_text(fields)
    if text and not all(_ORDER.fullmatch(term) for term in text.split(",")):
        raise GlobusUsageError(f'{name}: must be fields such as "name" or "size DESC", got {fields!r}')
    if text:
        _check_known(name, (term.split()[0] for term in text.split(",")), known)
    return text


def _check_known(name: str, given: Iterable[str], known: Iterable[str]) -> None:
    names = sorted(known)
    for each in given:
        if names and each not in names:
            near = near_name(each, names)
            hint = "" if near is None else f'; did you mean "{near}"?'
            raise GlobusUsageError(f"{name}: must be one of {', '.join(names)}, got {each!r}{hint}")


def flag(name: str, value: bool | None) -> int | None:
    """The boolean in the format of Transfer: 1 or 0."""
    if value is None:
        return None
    if value not in (True, False):
        raise GlobusUsageError(f"{name}: must be True or False, got {value!r}")
    return int(value)


def whole_number(name: str, value: int | None, least: int, most: int | None = None) -> int | None:
    """The number, after checking that it is an integer within the limits."""
    given = cast("object", value)
    if given is None:
        return None
    if not isinstance(given, int) or isinstance(given, bool) or given < least or (most is not None and given > most):
        limits = f"at least {least:,}" if most is None else f"{least:,} to {most:,}"
        raise GlobusUsageError(f"{name}: must be a whole number, {limits}, got {given!r}")
    return given


def path_text(name: str, path: str) -> str:
    """The path, after checking that it is absolute."""
    given = cast("object", path)
    if isinstance(given, PurePath):
        raise GlobusUsageError(f"{name}: must be a str: use str(path), got {given!r}")
    if not isinstance(given, str) or not given.startswith(("/", "~")):
        raise GlobusUsageError(f'{name}: must be absolute (start with "/" or "~"), got {given!r}')
    if "\0" in given or ".." in given.split("/"):
        raise GlobusUsageError(f'{name}: must not contain a NUL character or "..", got {given!r}')
    return given


def id_text(name: str, value: str | UUID | None) -> str | None:
    """The id as a string, after checking that it is a UUID."""
    if value is None:
        return None
    if not is_id(text := str(value)):
        raise GlobusUsageError(f"{name}: must be a UUID, got {value!r}")
    return text


_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def time_range(name: str, times: str | tuple[datetime | str | None, datetime | str | None] | None) -> str | None:
    """A period in the format of the service: a `datetime` must have a time zone, a string without one is in UTC."""
    if times is None:
        return None
    texts: list[str] = times.split(",") if isinstance(times, str) else []
    for time in () if isinstance(times, str) else times:
        if isinstance(time, datetime) and time.utcoffset() is None:
            raise GlobusUsageError(f"{name}: a time needs a time zone: use datetime.now(timezone.utc) or the like")
        texts.append(time.isoformat() if isinstance(time, datetime) else time or "")
    if len(texts) > 2 or not all(_DAY.match(text) or not text for text in texts):
        raise GlobusUsageError(f'{name}: must be two times such as "2030-01-31T12:00Z,", got {times!r}')
    return ",".join(texts)
