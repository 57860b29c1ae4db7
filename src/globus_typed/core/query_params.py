"""Query parameters that a method has no name for, and the refusal of those that are misspelt names of its own."""

import inspect
from collections.abc import Callable, Mapping
from typing import TypeGuard

from typing_extensions import TypedDict

from globus_typed.core.request import QueryValue, is_query_value
from globus_typed.core.suggestions import near_name
from globus_typed.errors import GlobusUsageError

__all__ = ["NoMoreParams", "merged_query"]


class NoMoreParams(TypedDict):
    """No further keyword arguments: type checkers refuse them; at run time they are sent as query parameters."""


def merged_query(
    method: Callable[..., object],
    params: Mapping[str, object],
    query_params: Mapping[str, QueryValue] | None,
    named: Mapping[str, QueryValue] | None = None,
) -> dict[str, QueryValue]:
    """All query parameters of a call.

    Parameters: `method`, the one called, for its name and those of its parameters; `params`, the keyword arguments that
    it has no name for; `query_params`, what it got by that name; `named`, the query parameters that it has names for.
    Raises `GlobusUsageError` for a keyword that is nearly a name of the method's, for a parameter given twice, and for
    a value that no query parameter can have.
    """
    query = dict(named or {})
    if not params and query_params is None:
        return query
    where = method.__name__
    if params:
        own = {name for name, parameter in inspect.signature(method).parameters.items() if parameter.kind.value != 4}
        for name in params:
            if (near := near_name(name, own)) is not None:
                raise GlobusUsageError(
                    f'{where}: there is no parameter "{name}"; did you mean "{near}"? '
                    f"(If not, give it in query_params={{{name!r}: ...}}.)"
                )
    further: object = {} if query_params is None else query_params
    if not _is_mapping(further):
        raise GlobusUsageError(f"query_params: must be a mapping, such as a dict, got {type(further).__name__}")
    for given in (params, further):
        for name, value in given.items():
            if query.get(name) not in (None, []):
                raise GlobusUsageError(f"{where}: {name} is given twice, by two names or in query_params too")
            if not is_query_value(value):
                raise GlobusUsageError(
                    f"{name}: must be a str, a number, a bool or several of them, not {type(value).__name__}"
                )
            query[name] = value
    return query


def _is_mapping(given: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(given, Mapping)
