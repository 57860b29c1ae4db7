"""Query parameters in the format of Transfer. Invalid ones are refused by name, with `GlobusUsageError`."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import PurePath
from typing import Literal, TypeAlias
from uuid import UUID

from globus_typed.core.fields import is_id
from globus_typed.core.json_data import is_mapping
from globus_typed.core.suggestions import near_name
from globus_typed.errors import GlobusUsageError
from globus_typed.transfer.documents.local_paths import local_path_hint

FileKey = Literal["name", "type", "size", "last_modified"]
FileFilter: TypeAlias = str | Mapping[FileKey, str | Iterable[str]]
"""Clauses ``key:value,value`` joined by ``/``, as a string or as a mapping from key to value or values."""
TaskKey = Literal["task_id", "type", "status", "label", "request_time", "completion_time"]
TaskFilter: TypeAlias = str | Mapping[TaskKey, str | Iterable[str]]
"""Clauses ``key:value,value`` joined by ``/``, as a string or as a mapping from key to value or values."""
FileOrder = Literal[
    "name",
    "name ASC",
    "name DESC",
    "type",
    "type ASC",
    "type DESC",
    "size",
    "size ASC",
    "size DESC",
    "last_modified",
    "last_modified ASC",
    "last_modified DESC",
    "permissions",
    "permissions ASC",
    "permissions DESC",
    "user",
    "user ASC",
    "user DESC",
    "group",
    "group ASC",
    "group DESC",
    "link_target",
    "link_target ASC",
    "link_target DESC",
    "link_size",
    "link_size ASC",
    "link_size DESC",
    "link_last_modified",
    "link_last_modified ASC",
    "link_last_modified DESC",
    "link_user",
    "link_user ASC",
    "link_user DESC",
    "link_group",
    "link_group ASC",
    "link_group DESC",
]
"""A field to sort the entries of a directory by."""


def filter_text(
    name: str,
    filter: object,
    keys: Iterable[str],
    values: Mapping[str, Iterable[str]] | None = None,
) -> str | None:
    """The filter in the format of the service.

    Parameters: `keys`, those that clauses may have; `values`, by key, those that are known: there may be others, but
    none that is a slip away from one of them.
    """
    if filter is None:
        return None
    known = [*keys]
    if is_mapping(filter):
        check_known(name, filter, known)
        filter = "/".join(f"{key}:{comma_text(filter[key])}" for key in filter)
    if not isinstance(filter, str) or not all(":" in each for each in filter.split("/") if each):
        raise GlobusUsageError(f'{name}: must be clauses such as "type:file", joined by "/", got {filter!r}')
    for key, _, texts in (clause.partition(":") for clause in filter.split("/") if clause):
        check_known(name, [key], known)
        check_spelling(f"{name}: {key}", texts.replace("!", "").split(","), (values or {}).get(key, ()))
    return filter


def check_spelling(name: str, given: Iterable[str], known: Iterable[str]) -> None:
    """Refuse what is a slip away from a known value; what is like none of them may be new."""
    values = sorted(known)
    for each in given:
        near = near_name(each, values) if each not in values else None
        if near is not None:
            raise GlobusUsageError(f'{name}: there is no {each!r}; did you mean "{near}"?')


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
        check_known(name, (term.split()[0] for term in text.split(",")), known)
    return text


def check_known(name: str, given: Iterable[str], known: Iterable[str]) -> None:
    """Refuse what is not among the known names (of which there are none: any may be given)."""
    names = sorted(known)
    for each in given:
        if names and each not in names:
            near = near_name(each, names)
            hint = "" if near is None else f'; did you mean "{near}"?'
            raise GlobusUsageError(f"{name}: must be one of {', '.join(names)}, got {each!r}{hint}")


def flag(name: str, value: object) -> int | None:
    """The boolean in the format of Transfer: 1 or 0."""
    if value is None:
        return None
    if value not in (True, False):
        raise GlobusUsageError(f"{name}: must be True or False, got {value!r}")
    return int(bool(value))


def whole_number(name: str, given: object, least: int, most: int | None = None) -> int | None:
    """The number, after checking that it is an integer within the limits."""
    if given is None:
        return None
    if not isinstance(given, int) or isinstance(given, bool) or given < least or (most is not None and given > most):
        limits = f"at least {least:,}" if most is None else f"{least:,} to {most:,}"
        raise GlobusUsageError(f"{name}: must be a whole number, {limits}, got {given!r}")
    return given


def paging_number(name: str, given: object, least: int, most: int | None = None) -> int | None:
    """The size of a page or the place in a list, which may be a string of digits, as it was before it had a name."""
    digits = isinstance(given, str) and given.isdecimal() and len(given) <= 18
    return whole_number(name, int(str(given)) if digits else given, least, most)


def marker_text(name: str, given: object) -> str | None:
    """The place in a list to go on from, as a string."""
    if given is None:
        return None
    if not isinstance(given, (str, int)) or isinstance(given, bool) or not str(given):
        raise GlobusUsageError(f"{name}: must be what a page before said, got {given!r}")
    return str(given)


def path_text(name: str, given: object) -> str:
    """The path, after checking that it is absolute."""
    if isinstance(given, PurePath):
        raise GlobusUsageError(f"{name}: must be a str: use str(path), got {given!r}")
    if not isinstance(given, str) or not given.startswith(("/", "~")):
        hint = local_path_hint(given) if isinstance(given, str) else ""
        raise GlobusUsageError(f'{name}: must be absolute (start with "/" or "~"), got {given!r}{hint}')
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
