"""Parts of JSON schemas that payloads say their rules and envelopes with."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic.json_schema import JsonSchemaValue

__all__ = ["both_or_neither", "closed_object", "enclosed", "having", "rules"]


def having(schema: Mapping[str, Any], *names: str) -> JsonSchemaValue:
    """The schema of an object that has these members, each of that schema."""
    return {"required": [*names], "properties": dict.fromkeys(names, schema)}


def both_or_neither(schema: Mapping[str, Any], one: str, other: str) -> JsonSchemaValue:
    """The schema of an object that has both members, each of that schema, or neither."""
    either = {"anyOf": [having(schema, one), having(schema, other)]}
    return {"if": either, "then": having(schema, one, other)}


def rules(*schemas: Mapping[str, Any]) -> dict[str, Any]:
    """The `json_schema_extra` of a model whose documents must fit these schemas besides that of its fields."""
    return {"allOf": [*schemas]}


def closed_object(properties: Mapping[str, Any], required: Sequence[str]) -> JsonSchemaValue:
    """The schema of an object that has no other members than these."""
    said = {"additionalProperties": False, "properties": properties, "required": required, "type": "object"}
    return {key: value for key, value in said.items() if value or key == "additionalProperties"}


def enclosed(name: str, said: JsonSchemaValue) -> JsonSchemaValue:
    """The schema of an object whose only member has that schema; title and description move to the object."""
    told: JsonSchemaValue = {key: said[key] for key in ("title", "description") if key in said}
    inner = {key: value for key, value in said.items() if key not in told}
    return told | closed_object({name: inner}, [name])
