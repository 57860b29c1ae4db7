""" "Did you mean …?": the names of fields that misspelt ones are close to."""

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from globus_typed.core.problems import custom_error

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

__all__ = ["near_name", "unknown_arguments", "with_suggestions"]


def unknown_arguments(title: str, unknown: Mapping[str, object], known: Iterable[str]) -> ValidationError:
    """The error for arguments that a method does not have, with the known ones that they are close to."""
    details: list[InitErrorDetails] = []
    for name, value in unknown.items():
        problem = _suggesting("extra_forbidden", "Extra inputs are not permitted", {}, _closest(name, known))
        details.append(InitErrorDetails(type=problem, loc=(name,), input=value))
    return ValidationError.from_exception_data(title, details)


def near_name(name: str, known: Iterable[str]) -> str | None:
    """The known name that is one slip away: a letter more, less, or another, two swapped, or another ending."""
    return min(
        (each for each in known if _is_near(name, each)), key=lambda each: (len(each) != len(name), each), default=None
    )


def _is_near(given: str, known: str) -> bool:
    if given.casefold() == known.casefold():
        return True
    shorter, longer = sorted((given, known), key=len)
    if len(shorter) >= 3 and longer.startswith(shorter) and len(longer) - len(shorter) <= 3:
        return True
    while shorter and shorter[0] == longer[0]:
        shorter, longer = shorter[1:], longer[1:]
    while shorter and shorter[-1] == longer[-1]:
        shorter, longer = shorter[:-1], longer[:-1]
    return len(longer) <= 1 or (len(longer) == 2 and shorter == longer[::-1])


def with_suggestions(annotation: object, error: ValidationError) -> ValidationError:
    """The error of a model, or of another annotation, with the names that unknown fields are close to, and no links."""
    details: list[InitErrorDetails] = []
    for detail in error.errors():
        context = detail.get("ctx", {})
        close = None if "suggestion" in context else _meant(annotation, detail)
        problem = _suggesting(detail["type"], detail["msg"], context, close)
        details.append(InitErrorDetails(type=problem, loc=detail["loc"], input=detail["input"]))
    hidden = any(kind.model_config.get("hide_input_in_errors", False) for kind in _models_in(annotation))
    return ValidationError.from_exception_data(error.title, details, hide_input=hidden)


def _suggesting(kind: str, message: str, context: Mapping[str, object], close: str | None) -> PydanticCustomError:
    if close is None:
        return custom_error(kind, message, context)
    return custom_error(kind, f'{message}; did you mean "{close}"?', {**context, "suggestion": close})


def _meant(annotation: object, detail: "ErrorDetails") -> str | None:
    """The name of a field, or the one of several words, that is close to what was given in its place."""
    if detail["type"] == "extra_forbidden":
        return _close_name(annotation, detail["loc"])
    if detail["type"] == "no_such_attribute":
        return _closest(str(detail["loc"][-1]), [name for kind in _models_in(annotation) for name in kind.model_fields])
    given: object = detail["input"]
    if detail["type"] == "literal_error" and isinstance(given, str):
        return _closest(given, re.findall("'([^']+)'", detail.get("ctx", {}).get("expected", "")))
    return None


def _close_name(annotation: object, loc: tuple[int | str, ...]) -> str | None:
    """The name of a field of the model at that place, if one is close to the unknown name there."""
    kinds = [*_models_in(annotation)]
    for step in loc[:-1]:
        if isinstance(step, str):
            fields = [(name, info) for each in kinds for name, info in each.model_fields.items()]
            kinds = [
                each for name, info in fields if step in (name, info.alias) for each in _models_in(info.annotation)
            ]
    aliases = {name: info.alias for each in kinds for name, info in each.model_fields.items() if info.alias}
    names = {name for each in kinds for name in each.model_fields}
    given = str(loc[-1]) if loc else ""
    # A name that the model has was given where only the name on the wire is taken.
    return aliases.get(given) if given in names else _closest(given, names | {*aliases.values()})


def _closest(name: str, known: Iterable[str]) -> str | None:
    from difflib import get_close_matches  # slow to import, and needed for errors only

    names = sorted(known)
    return near_name(name, names) or next(iter(get_close_matches(name, names, n=1, cutoff=0.75)), None)


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)
