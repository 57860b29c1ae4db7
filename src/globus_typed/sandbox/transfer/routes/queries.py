"""Query parameters of lists: filter clauses, order, pages."""

import fnmatch
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Annotated, Protocol, TypeVar

from fastapi import Query, Request

from globus_typed.sandbox.transfer.errors import bad_request
from globus_typed.sandbox.transfer.fields import seconds_of
from globus_typed.sandbox.transfer.responses import Json, selected

__all__ = [
    "Fields",
    "Filters",
    "Marker",
    "Offset",
    "OrderBy",
    "PageLimit",
    "Resource",
    "chosen",
    "clauses",
    "in_range",
    "link_page",
    "marker_page",
    "matches_name",
    "ordered",
    "total_page",
]

Offset = Annotated[int, Query(ge=0)]
Fields = Annotated[str | None, Query()]
OrderBy = Annotated[str | None, Query()]
Filters = Annotated[list[str] | None, Query()]
Limit1000 = Annotated[int, Query(ge=0, le=1000)]
Marker = Annotated[int, Query(alias="page[marker]", ge=0)]
PageLimit = Annotated[int, Query(alias="page[limit]", ge=1, le=1000)]

_T = TypeVar("_T")


class Resource(Protocol):
    """An entry of a list of Transfer v2: a number that only grows, and a resource object."""

    @property
    def number(self) -> int: ...

    def document(self) -> Json: ...


def clauses(filters: Iterable[str], keys: Iterable[str]) -> list[tuple[str, str]]:
    """The `key:value` clauses of a filter, which `/` separates; TransferRefused 400 for a key not among `keys`."""
    found: list[tuple[str, str]] = []
    for clause in (clause for text in filters for clause in text.split("/") if clause):
        key, colon, value = clause.partition(":")
        if not colon or key not in keys:
            raise bad_request("filter", f"{clause!r} is not KEY:VALUE with a KEY out of {', '.join(sorted(keys))}")
        found.append((key, value))
    return found


def matches_name(value: str) -> Callable[[str], bool]:
    """`x` or `=x` is equal, `~x*` matches the pattern, and `!` before any negates it."""
    negated = value.startswith("!")
    text = value[1:] if negated else value
    if text.startswith("~"):
        return lambda name: fnmatch.fnmatchcase(name, text[1:]) is not negated
    text = text.removeprefix("=")
    return lambda name: (name == text) is not negated


def in_range(value: str, parameter: str = "filter") -> Callable[[float | None], bool]:
    """`a,b` is between two times, of which either may be empty; a single time is the earliest.

    Raises TransferRefused 400, which names the parameter, for what is no time.
    """
    first, _, last = value.partition(",")
    try:
        low = seconds_of(first) if first else float("-inf")
        high = seconds_of(last) if last else float("inf")
    except ValueError as error:
        raise bad_request(parameter, f"{value!r}: {error}") from None
    return lambda moment: moment is not None and low <= moment <= high


def ordered(
    items: Sequence[_T], orderby: str | None, keys: Mapping[str, Callable[[_T], str | float | None]]
) -> list[_T]:
    """The items as `orderby`, `FIELD [ASC|DESC],...`, orders them; the first field counts most, null comes first."""
    result = list(items)
    for term in reversed(orderby.split(",") if orderby else []):
        name, _, direction = term.strip().partition(" ")
        direction = direction.strip().upper() or "ASC"
        if name not in keys or direction not in ("ASC", "DESC"):
            fields = ", ".join(sorted(keys))
            raise bad_request("orderby", f"{term!r} is not FIELD, FIELD ASC or FIELD DESC with a FIELD out of {fields}")
        result.sort(key=_nulls_first(keys[name]), reverse=direction == "DESC")
    return result


def _nulls_first(key: Callable[[_T], str | float | None]) -> Callable[[_T], tuple[bool, str | float]]:
    def sort_key(item: _T) -> tuple[bool, str | float]:
        value = key(item)
        return value is not None, 0 if value is None else value

    return sort_key


def chosen(
    documents: Sequence[Json],
    filters: Iterable[str] | None,
    orderby: str | None,
    fields: str | None,
    *,
    keys: Sequence[str],
) -> list[Json]:
    """The documents as `filter`, `orderby` and `fields` choose them; the first two go by the fields `keys`."""
    found = list(documents)
    for key, value in clauses(filters or (), keys):
        tests = [matches_name(text) for text in value.split(",")]
        found = [document for document in found if any(matches(_text(document[key])) for matches in tests)]
    order = {key: _by_field(key) for key in keys}
    return [selected(document, fields) for document in ordered(found, orderby, order)]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(int(value))
    return "" if value is None else str(value)


def _by_field(key: str) -> Callable[[Json], str | float | None]:
    def value_of(document: Json) -> str | float | None:
        value = document[key]
        return value if value is None or isinstance(value, int | float) else str(value)

    return value_of


def total_page(data_type: str, items: Sequence[_T], limit: int, offset: int, document: Callable[[_T], Json]) -> Json:
    """A page of a list that says its total."""
    page = [document(item) for item in items[offset : offset + limit]]
    return {
        "DATA_TYPE": data_type,
        "DATA": page,
        "length": len(page),
        "limit": limit,
        "offset": offset,
        "total": len(items),
    }


def marker_page(data_type: str, items: Sequence[_T], limit: int, marker: int, document: Callable[[_T], Json]) -> Json:
    """A page of a list that goes on at its `next_marker`, null at the end."""
    following = marker + limit
    return {
        "DATA_TYPE": data_type,
        "DATA": [document(item) for item in items[marker:following]],
        "marker": marker,
        "next_marker": following if following < len(items) else None,
    }


def link_page(
    request: Request, found: Sequence[Resource], marker: int, limit: int, *, filters: Iterable[str] = ()
) -> Json:
    """The page after the number `marker` of a list of Transfer v2, with the address of the next one, null at the end.

    TransferRefused 400 for a filter that is not among `filters`, since JSON:API does not let one be ignored.
    """
    known = {"page[marker]", "page[limit]", *(f"filter[{name}]" for name in filters)}
    for name in request.query_params:
        if name.startswith(("filter[", "page[")) and name not in known:
            raise bad_request(name, f"there is no such parameter; there are {', '.join(sorted(known))}")
    rest = [each for each in found if each.number > marker]
    links: Json | None = None
    if len(rest) > limit:
        following = {"page[marker]": rest[limit - 1].number, "page[limit]": limit}
        links = {"next": str(request.url.include_query_params(**following))}
    return {"data": [each.document() for each in rest[:limit]], "links": links}
