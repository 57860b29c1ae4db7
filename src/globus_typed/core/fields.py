"""The types of fields that documents of all services have: secrets, ids, times."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime, timezone
from types import NoneType
from typing import Annotated, Any, Generic, TypeVar, Union, get_args
from uuid import UUID

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    WrapValidator,
)
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, PydanticUseDefault, core_schema

from globus_typed.core.http_info import Secret

__all__ = [
    "NULL_IS_ABSENT",
    "ONE_LINE",
    "OPEN",
    "AnswerId",
    "Checked",
    "Identifier",
    "Line",
    "NotNull",
    "Number",
    "ReceivedId",
    "SecretText",
    "Timestamp",
    "id_or",
    "is_id",
    "is_time",
    "parse_time",
    "shown",
]


CheckedT = TypeVar("CheckedT")


class Checked(Generic[CheckedT]):
    """A check of a field, together with the part of it that a JSON schema can express."""

    __slots__ = ("_check", "_said")

    def __init__(self, check: Callable[[CheckedT], CheckedT], said: dict[str, Any]) -> None:
        self._check = check
        self._said = said

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(schema), **self._said}


def shown(value: object) -> dict[str, str]:
    """The rejected value, shortened for an error message, as the context of that message."""
    import json  # here, since a program that is right does without it

    text = json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)
    text = text.encode(errors="backslashreplace").decode()
    return {"got": text if len(text) <= 100 else text[:97] + "..."}


def _check_line(text: str) -> str:
    if "\n" in text or "\r" in text:
        raise PydanticCustomError("line", "must be one line, got {got}", shown(text))
    return text


ONE_LINE: Checked[str] = Checked(_check_line, {"not": {"pattern": r"[\n\r]"}})
"""Marks a field for strings of one line."""

Line = Annotated[str, ONE_LINE]
"""A string of one line."""


SecretText = Annotated[str, AfterValidator(Secret)]
"""A token or secret: a `str` whose repr is redacted."""


class Number(str):
    """A number as a string, serialized as the number again."""

    __slots__ = ()


def _number_to_text(value: object, handler: ValidatorFunctionWrapHandler) -> Any:
    return Number(value) if type(value) is int else handler(value)


def _text_to_number(value: str) -> str | int:
    return int(value) if isinstance(value, Number) else value


ReceivedId = Annotated[
    str, WrapValidator(_number_to_text, json_schema_input_type=str | int), PlainSerializer(_text_to_number)
]
"""A received id, a number in old responses: always a `str`; ``doc["…"]`` gives it as it was sent."""


AnswerId = Annotated[ReceivedId, BeforeValidator(lambda value: "" if value is None else value)]
"""A received id without which an answer still says that all went well: empty where the service left it out."""


def _use_default(value: object) -> object:
    if value is None:
        raise PydanticUseDefault
    return value


NULL_IS_ABSENT = BeforeValidator(_use_default)
"""Marks a field of a received document that has its default, which is not None, where the service sent null."""


class _NotNull:
    """Reads a field as if its annotation had no None in it, and says so where None is given."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        kinds = tuple(kind for kind in get_args(source) if kind is not NoneType)
        given = handler.generate_schema(Union[kinds])  # noqa: UP007  # there are no two of which one could write it
        return core_schema.no_info_before_validator_function(_refuse_null, given)


def _refuse_null(value: object) -> object:
    if value is None:
        raise PydanticCustomError("null", "must not be None: the service has no null for it")
    return value


GivenT = TypeVar("GivenT")
NotNull = Annotated[GivenT | None, _NotNull()]
"""A field that is sent and has no null, for a value that may be missing where it is received: the type lets None
through, so that what was received can be handed on, and the field refuses it."""


class _OpenText:
    """Accepts any string: the values that the annotation lists are for readers, and for the JSON schema."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        known = [value for part in get_args(source) for value in get_args(part)]
        return handler(Annotated[str, Field(examples=known)])


OPEN = _OpenText()
"""Marks a field for strings, some of them known, of documents that come by the thousand: a union is slow to check."""


class _WireTime:
    """Keeps a received time as the string that was sent, so that a document is dumped as it came."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        # Not in the format date-time of JSON schemas, which has a "T" and a zone: the services leave out either.
        text = handler.generate_schema(str)
        # A number is no time here, but it is no reason either to fail the document that it came in.
        odd: list[CoreSchema] = [core_schema.int_schema(strict=True), core_schema.float_schema(strict=True)]
        received = core_schema.union_schema([text, *odd], mode="left_to_right")
        return core_schema.json_or_python_schema(
            received, core_schema.no_info_before_validator_function(_time_to_text, received)
        )


Timestamp = Annotated[datetime, _WireTime()]
"""A received time: an aware `datetime`, in UTC where the service sends no zone; ``doc["…"]`` gives the string it sent.

A string that is no time reads as `None` and stays readable as a string, rather than failing the whole document.
"""


def parse_time(value: object) -> datetime | None:
    """The aware time in a string, in any format the services send, or None if there is none."""
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str):
        return None
    try:
        time = datetime.fromisoformat(value)
    except ValueError:
        try:
            # Python 3.10 knows neither the "Z" nor fractions of other than three or six digits.
            time = datetime.fromisoformat(_FRACTION.sub(_six_digits, value).replace("Z", "+00:00"))
        except ValueError:
            return None
    return time if time.tzinfo is not None else time.replace(tzinfo=timezone.utc)


_FRACTION = re.compile(r"\.(\d+)")


def _six_digits(match: re.Match[str]) -> str:
    return "." + match[1][:6].ljust(6, "0")


def _time_to_text(value: object) -> object:
    if not isinstance(value, datetime):
        return value
    if value.tzinfo is None:
        raise PydanticCustomError("timezone_aware", "a time needs a zone: use datetime.now(timezone.utc) or the like")
    return value.isoformat()


def _to_id(value: object) -> object:
    return str(value) if isinstance(value, UUID) else value


_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def is_id(value: str) -> bool:
    """Whether a string is a UUID, as the services write them."""
    return _UUID.fullmatch(value.lower()) is not None


def _check_id(value: str) -> str:
    if not is_id(value):
        hint = "; get_identities(usernames=…) of an AuthClient finds the id of a username" if "@" in value else ""
        raise PydanticCustomError(
            "uuid",
            'must be a UUID such as "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001", got {got}{hint}',
            {"got": repr(value), "hint": hint},
        )
    return value.lower()


_ID_SCHEMA = {"pattern": "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$", "maxLength": 36}


def id_or(word: str) -> WithJsonSchema:
    """Says in the JSON schema of an `Identifier` whose validator lets one word through that it may be that too."""
    return WithJsonSchema({"anyOf": [{**_ID_SCHEMA, "type": "string"}, {"const": word, "type": "string"}]})


Identifier = Annotated[
    str,
    BeforeValidator(_to_id),
    Checked(_check_id, _ID_SCHEMA),
]
"""An id that is sent: a UUID as a string; a `uuid.UUID` is converted to one."""


def is_time(info: FieldInfo) -> bool:
    """Whether a field holds a received time."""
    parts = (info, *(part for part in get_args(info.annotation)))
    return any(isinstance(mark, _WireTime) for part in parts for mark in _marks(part))


def _marks(part: object) -> Iterable[object]:
    return part.metadata if isinstance(part, FieldInfo) else getattr(part, "__metadata__", ())
