"""`tell`: the meanings of fields, in schemas that others have made of the same documents."""

from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["tell"]


def tell(schema: dict[str, Any], told: Mapping[str, Any], parts: Mapping[str, Any]) -> None:
    """Put the descriptions of a schema into another one of the same document, which refers to nothing.

    Parameters: `parts`, what `told` refers to, by name.
    """
    for part in _alternatives(schema, {}):
        for other in _alternatives(told, parts):
            known: Mapping[str, Mapping[str, Any]] = other.get("properties", {})
            if _data_type(part) != _data_type(other):
                continue
            for name, member in part.get("properties", {}).items():
                if name in known:
                    tell(member, known[name], parts)
            if "items" in part and "items" in other:
                tell(part["items"], other["items"], parts)
            if "properties" in part and "properties" in other and "description" in other:
                part["description"] = other["description"]
    if "description" in told:
        schema["description"] = told["description"]


def _alternatives(schema: Any, parts: Mapping[str, Any]) -> Iterator[Any]:
    if "$ref" in schema:
        schema = parts[schema["$ref"].rpartition("/")[2]]
    yield schema
    for word in ("anyOf", "oneOf"):
        for each in schema.get(word, ()):
            yield from _alternatives(each, parts)


def _data_type(schema: Mapping[str, Any]) -> object:
    """The type that a document says it is of, by which those are told apart that may stand in one place."""
    return schema.get("properties", {}).get("DATA_TYPE", {}).get("const")
