"""The forms of documents to send that are dicts in globus-sdk: their members by the names on the wire."""

from collections.abc import Mapping
from copy import copy
from typing import Any

from globus_typed.core.payloads import Payload
from globus_typed.core.wire_names import python_name, wire_name
from globus_typed.errors import GlobusUsageError

__all__ = ["DictForms", "ReadableByName", "with_additional_fields"]


class ReadableByName(Payload):
    """A document whose members are read by their names on the wire too, as those of a dict."""

    def __getitem__(self, key: str) -> Any:
        """The value that is sent under that name; KeyError where none is."""
        return self.model_dump(mode="json", include={python_name(key)})[key]

    def __contains__(self, key: object) -> bool:
        if not isinstance(key, str):
            return False
        name = python_name(key)
        return name in type(self).model_fields and wire_name(name) == key and getattr(self, name) is not None

    def get(self, key: str, default: Any = None) -> Any:
        """The value that is sent under that name, or the default where none is."""
        try:
            return self[key]
        except KeyError:
            return default


class DictForms(ReadableByName):
    """A document whose members are set by their names on the wire too, as those of a dict."""

    def __setitem__(self, key: str, value: Any) -> None:
        """Sets the field of that name, as assigning to the attribute does."""
        setattr(self, python_name(key), value)

    def update(self, fields: Mapping[str, Any]) -> None:
        """Set several fields, by their names on the wire.

        Raises `pydantic.ValidationError`, which names the field, where one is wrong; nothing is set then.
        """
        changed = copy(self)
        for name, value in fields.items():
            changed[name] = value
        for name in map(python_name, fields):
            setattr(self, name, getattr(changed, name))


def with_additional_fields(fields: Mapping[str, Any], additional: Mapping[str, Any]) -> dict[str, Any]:
    """The fields, and further ones by their names on the wire; `GlobusUsageError` for one that is given twice."""
    if problem := _no_mapping(additional):
        raise GlobusUsageError(problem)
    together = dict(fields)
    for name, value in additional.items():
        if python_name(name) in together:
            raise GlobusUsageError(f"{name}: is given twice, by keyword and in additional_fields")
        together[python_name(name)] = value
    return together


def _no_mapping(given: object) -> str | None:
    if isinstance(given, Mapping):
        return None
    return f"additional_fields: must be a mapping, such as a dict, got {type(given).__name__}"
