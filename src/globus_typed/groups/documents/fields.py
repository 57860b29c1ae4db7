"""The words that documents of Groups hold, and how those that are sent may be given: as words, or as enum members."""

from enum import Enum
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler, Strict
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from globus_typed.core.fields import Checked, shown
from globus_typed.groups.arguments import GivenMembersVisibility, GivenRole, GivenSignupField, GivenVisibility

ACTIONS = (
    *("accept", "add", "approve", "change_role", "decline", "invite"),
    *("join", "leave", "reject", "remove", "request_join"),
)
"""The actions on memberships, by their names on the wire."""


class _Word:
    """Reads a field as one of its words, given as such or as a member of the enum beside them."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        (words,) = (kind for kind in get_args(source) if get_origin(kind) is Literal)
        return core_schema.no_info_before_validator_function(_word, handler.generate_schema(words))


def _word(value: object) -> object:
    return value.value if isinstance(value, Enum) else value


Role = Annotated[GivenRole, _Word()]
"""A role to give."""
Visibility = Annotated[GivenVisibility, _Word()]
"""Who sees the group."""
MembersVisibility = Annotated[GivenMembersVisibility, _Word()]
"""Who sees its members."""


def _each_once(values: list[Any]) -> list[Any]:
    for place, value in enumerate(values):
        if value in values[:place]:
            raise PydanticCustomError("repeated", "must not have anything twice, got {got} again", shown(value))
    return values


SignupFields = Annotated[
    list[Annotated[GivenSignupField, _Word()]], Strict(False), Checked[list[Any]](_each_once, {"uniqueItems": True})
]
"""Membership fields that are required, each once."""

Seconds = Annotated[int, Field(ge=0)]
"""A number of seconds."""

Name = Annotated[str, Field(min_length=1)]
"""A name, which is not empty."""


def null_as(empty: dict[str, object] | list[object]) -> BeforeValidator:
    """Marks what stands in a list or mapping that was received, and is read as empty where null was sent."""
    return BeforeValidator(lambda value: type(empty)() if value is None else value)
