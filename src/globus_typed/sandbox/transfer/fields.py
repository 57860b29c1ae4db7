"""The types of the fields in request bodies: paths, ids, labels, times, principals."""

import re
from datetime import datetime, timezone
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, JsonValue, TypeAdapter
from pydantic_core import PydanticCustomError

from globus_typed.sandbox.transfer.errors import bad_request
from globus_typed.sandbox.transfer.paths import parts_of

__all__ = [
    "Id",
    "Label",
    "Path",
    "PathBelowRoot",
    "PathFromRoot",
    "Time",
    "one_line",
    "principal_of",
    "seconds_of",
    "task_id_of",
]


def _path(text: str) -> str:
    try:
        parts_of(text)
    except ValueError as error:
        raise PydanticCustomError(
            "invalid_path", "{problem}: {path}", {"problem": str(error), "path": repr(text)}
        ) from None
    return text


def _below_root(text: str) -> str:
    if not parts_of(text):
        raise PydanticCustomError("invalid_path", "the root of a collection cannot be deleted or renamed")
    return text


def _from_root(text: str) -> str:
    if not text.startswith("/"):
        raise PydanticCustomError(
            "invalid_path", "the path of an access rule starts with '/': {path}", {"path": repr(text)}
        )
    return text


def _uuid(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        raise ValueError("not a UUID") from None


def task_id_of(text: str, parameter: str = "task_id") -> str:
    """The id of a task in its usual form; TransferRefused 400, which names the parameter, where it is malformed."""
    try:
        return _uuid(text)
    except ValueError:
        raise bad_request(parameter, f"{text!r} is not a UUID") from None


def _label(text: str) -> str:
    if "\r" in text or "\n" in text:
        raise ValueError("a label is one line")
    if text != text.strip():
        raise ValueError("a label neither starts nor ends with a space")
    return text


def one_line(text: str) -> str:
    if "\r" in text or "\n" in text:
        raise ValueError("it is one line")
    return text


_DATETIME = TypeAdapter(datetime)


def _time(text: str) -> str:
    # a bare number would be read as seconds since the epoch, which the service does not take
    try:
        if re.match(r"\d{4}-\d{2}-\d{2}", text) is None:
            raise ValueError
        moment = _DATETIME.validate_python(text)
        if moment.tzinfo is not None:
            moment.astimezone(timezone.utc)
    except (ValueError, OverflowError):
        raise ValueError("not an ISO 8601 time such as 2025-03-05 00:00:00+00:00") from None
    return text


def seconds_of(text: str) -> float:
    """Seconds since the epoch of an ISO 8601 time; one without a zone is UTC. ValueError when it is none."""
    moment = _DATETIME.validate_python(_time(text))
    return (moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).timestamp()


def principal_of(principal_type: str, principal: str) -> str:
    """The principal of a role or access rule as it is kept; TransferRefused 400 when it does not fit its type."""
    if principal_type not in ("identity", "group"):
        if principal:
            raise bad_request("principal", f"empty for the principal_type {principal_type}")
        return ""
    try:
        return _uuid(principal)
    except ValueError:
        raise bad_request("principal", f"the id of the {principal_type} is a UUID, not {principal!r}") from None


_NO_EDGE: dict[str, JsonValue] = {"not": {"pattern": r"^\s|\s$|[\n\r]"}}

Path = Annotated[str, AfterValidator(_path), Field(json_schema_extra={"pattern": "^[/~]"})]
PathBelowRoot = Annotated[Path, AfterValidator(_below_root)]
PathFromRoot = Annotated[Path, AfterValidator(_from_root), Field(json_schema_extra={"pattern": "^/"})]
Id = Annotated[str, AfterValidator(_uuid), Field(json_schema_extra={"format": "uuid"})]
Label = Annotated[str, Field(max_length=128, json_schema_extra=_NO_EDGE), AfterValidator(_label)]
Time = Annotated[str, AfterValidator(_time), Field(json_schema_extra={"pattern": r"^\d{4}-\d{2}-\d{2}"})]
