"""Problems of documents, in words that a person can act on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

__all__ = ["Problem", "custom_error", "explain", "place", "problems"]

SHOWN = 20
"""How many problems are told one by one; of more there is a count."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a document; as text, ``items[4711].destination_path: must be absolute …``."""

    field: str
    """The member that is wrong, by its place: ``label``, ``items[4711].destination_path``; empty for the whole."""
    message: str
    """The problem, with the suggestion."""
    suggestion: str | None = None
    """The name or value that was probably meant."""

    def __str__(self) -> str:
        return f"{self.field}: {self.message}" if self.field else self.message


def place(loc: tuple[int | str, ...]) -> str:
    """The place of a member as people write it: ``items[4711].destination_path``."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc)
    return "".join(steps).removeprefix(".")


def problems(error: ValidationError) -> list[Problem]:
    """All that is wrong with a document, in the order of its members."""
    return [
        Problem(place(detail["loc"]), detail["msg"], detail.get("ctx", {}).get("suggestion"))
        for detail in error.errors(include_url=False, include_input=False)
    ]


def explain(error: ValidationError, limit: int = SHOWN) -> str:
    """The problems of a document, a line each: the first `limit` of them, and a count of the others."""
    found = problems(error)
    lines = [str(problem) for problem in found[:limit]]
    if len(found) > limit:
        lines.append(f"and {len(found) - limit} more problems")
    return "\n".join(lines)


def custom_error(kind: str, message: str, context: "Mapping[str, Any]") -> PydanticCustomError:
    """The error of that type; the message is filled in already, where pydantic would fill it in from the context."""
    kept = None if any(f"{{{name}}}" in message for name in context) else dict(context)
    return PydanticCustomError(kind, message, kept)  # pyright: ignore[reportArgumentType]  # any str is a type
