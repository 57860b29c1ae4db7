"""Data of which a type checker knows nothing yet: JSON, and arguments of programs that none has seen."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeGuard

__all__ = ["is_iterable", "is_list", "is_mapping", "is_object", "unchecked"]


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Whether JSON data is an object."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[object]]:
    """Whether JSON data is a list."""
    return isinstance(value, list)


def is_mapping(value: object) -> TypeGuard[Mapping[Any, Any]]:
    """Whether a value is a mapping."""
    return isinstance(value, Mapping)


def is_iterable(value: object) -> TypeGuard[Iterable[object]]:
    """Whether a value can be iterated over."""
    return isinstance(value, Iterable)


def unchecked(value: object) -> object:
    """The value, of which nothing is taken for granted: a program without a type checker may have given anything."""
    return value
