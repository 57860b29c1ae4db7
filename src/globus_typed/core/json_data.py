"""JSON data, told apart so that type checkers know what is in it."""

from typing import Any, TypeGuard

__all__ = ["is_list", "is_object"]


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Whether JSON data is an object."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[object]]:
    """Whether JSON data is a list."""
    return isinstance(value, list)
