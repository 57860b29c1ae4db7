"""Types of the fields that are sent to Transfer: paths, labels, deadlines, checksums."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import PurePath
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, GetCoreSchemaHandler, PlainSerializer, Strict
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from globus_typed.core.fields import ONE_LINE, Checked, shown
from globus_typed.transfer.documents.local_paths import local_path_hint

__all__ = [
    "AbsolutePath",
    "Checksum",
    "ChecksumAlgorithm",
    "Deadline",
    "DirectoryPath",
    "FilterName",
    "Label",
    "PathFromRoot",
    "Port",
    "SyncLevel",
    "WireSyncLevel",
]

SyncLevel = Literal[0, 1, 2, 3, "exists", "size", "mtime", "checksum"]
"""The criterion for copying a file that already exists: 0 never, 1 another size, 2 an older time, 3 another checksum.
"""

ChecksumAlgorithm = Literal["MD5", "SHA1", "SHA256", "SHA512"] | str
"""The algorithm of a checksum; collections may support other algorithms than those listed here."""


def _check_path(path: object) -> object:
    return _checked_path(path, ("/", "~"), 'be absolute (start with "/" or "~")')


def _checked_path(path: object, beginnings: tuple[str, ...], beginning: str) -> object:
    if isinstance(path, PurePath):
        raise PydanticCustomError("path", "must be a str: use str(path), got {got}", shown(path))
    if not isinstance(path, str):
        return path  # the schema of strings says what is wrong with it
    if not path.startswith(beginnings):
        told = {"beginning": beginning, **shown(path), "hint": local_path_hint(path)}
        raise PydanticCustomError("path", "must {beginning}, got {got}{hint}", told)
    if "\0" in path:
        raise PydanticCustomError("path", "must not contain a NUL character, got {got}", shown(path))
    if ".." in path and ".." in path.split("/"):
        raise PydanticCustomError("path", 'must not contain "..": write the resolved path, got {got}', shown(path))
    return path


class _CheckedBefore(Checked[object]):
    """A check that sees the value as it was given, so that what is no string can be told of in its own words."""

    __slots__ = ()

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._check, handler(source))


AbsolutePath = Annotated[
    str, _CheckedBefore(_check_path, {"pattern": "^[/~]", "not": {"pattern": r"\u0000|(^|/)\.\.(/|$)"}})
]
"""A path on a collection, from its root ("/") or from the home directory there ("/~/" or "~/")."""


def _check_from_root(path: object) -> object:
    return _checked_path(path, ("/",), 'start with "/"')


PathFromRoot = Annotated[
    str, _CheckedBefore(_check_from_root, {"pattern": "^/", "not": {"pattern": r"\u0000|(^|/)\.\.(/|$)"}})
]
"""A path on a collection that begins with "/", as those of access rules do."""


def _check_directory(path: str) -> str:
    if not path.endswith("/"):
        raise PydanticCustomError("path", 'must be a directory and end with "/", got {got}', shown(path))
    return path


DirectoryPath = Annotated[AbsolutePath, Checked(_check_directory, {"pattern": "^(/|[/~].*/)$"})]
"""The path of a directory on a collection, with a trailing slash."""


Port = Annotated[int, Field(ge=1, le=65535)]
"""A port number, 1 to 65535."""


def _check_label(label: str) -> str:
    if label != label.strip():
        raise PydanticCustomError("label", "must not begin or end with whitespace, got {got}", shown(label))
    return label


Label = Annotated[str, Field(max_length=128), ONE_LINE, Checked(_check_label, {"not": {"pattern": r"^\s|\s$|[\n\r]"}})]
"""The label of a task: one line of at most 128 characters, without leading or trailing whitespace."""


def _check_checksum(checksum: str) -> str:
    if not re.fullmatch("[0-9A-Fa-f]+", checksum):
        raise PydanticCustomError("checksum", "must be hexadecimal digits, got {got}", shown(checksum))
    return checksum


Checksum = Annotated[str, Checked(_check_checksum, {"pattern": "^[0-9A-Fa-f]+$"})]
"""A checksum in hexadecimal digits."""

_SYNC_WORDS: dict[object, object] = {"exists": 0, "size": 1, "mtime": 2, "checksum": 3}


def _to_sync_level(level: object) -> object:
    # pydantic accepts True and 1.0 as the literal 1.
    if not isinstance(level, (int, str)) or isinstance(level, bool):
        raise PydanticCustomError("sync_level", "must be 0 to 3 or one of their names, got {got}", shown(level))
    return level


def _to_number(level: SyncLevel) -> object:
    return _SYNC_WORDS.get(level, level)


WireSyncLevel = Annotated[SyncLevel, BeforeValidator(_to_sync_level), AfterValidator(_to_number)]
"""A `SyncLevel` that is converted to its number, as the service expects it."""


def _now() -> datetime:
    return datetime.now(timezone.utc)


def read_deadline(value: object, now: Callable[[], datetime] = _now) -> object:
    """The deadline as an absolute time; a `timedelta` is added to the current time."""
    if isinstance(value, timedelta):
        if value <= timedelta():
            raise PydanticCustomError("deadline", "must be in the future, got {got}", shown(value))
        try:
            return now() + value
        except OverflowError:
            raise PydanticCustomError("deadline", "is too far away, got {got}", shown(value)) from None
    if isinstance(value, datetime):
        if value.utcoffset() is None:
            raise PydanticCustomError(
                "deadline", "needs a time zone: use datetime.now(timezone.utc) or the like, got {got}", shown(value)
            )
    # Otherwise pydantic would accept numbers as seconds, even in strings.
    elif not isinstance(value, str) or not re.match(r"\d{4}-\d\d-\d\d", value):
        raise PydanticCustomError(
            "deadline",
            'must be a time such as "2030-01-31T12:00Z", or a timedelta from now such as timedelta(hours=1), got {got}',
            shown(value),
        )
    return value


def _to_utc(time: datetime) -> datetime:
    try:
        return time.replace(tzinfo=timezone.utc) if time.tzinfo is None else time.astimezone(timezone.utc)
    except OverflowError:
        raise PydanticCustomError("deadline", "is too far away, got {got}", shown(time)) from None


Deadline = Annotated[
    datetime,
    Strict(False),
    BeforeValidator(read_deadline),
    AfterValidator(_to_utc),
    Field(json_schema_extra={"pattern": r"^\d{4}-\d\d-\d\d"}),
    PlainSerializer(datetime.isoformat, return_type=str, when_used="json"),
]
"""The deadline of a task: an aware `datetime`, a `timedelta` from now, or an ISO 8601 string, which is in UTC if it has
no time zone; read as a `datetime` in UTC."""


def _check_filter_name(name: str) -> str:
    if not name or "/" in name:
        raise PydanticCustomError(
            "filter_name", 'must be a pattern for names such as "*.tmp", not for paths, got {got}', shown(name)
        )
    return name


FilterName = Annotated[str, Checked(_check_filter_name, {"minLength": 1, "not": {"pattern": "/"}})]
"""A pattern for names, not for paths."""
