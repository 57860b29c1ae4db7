"""The JSON schemas of request bodies: what the models accept that read them."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard, cast

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

__all__ = ["body_schema"]

_Schema = dict[str, Any]


def body_schema(read_by: Sequence[type[BaseModel]], envelope: str = "") -> _Schema:
    """The schema of a request body, without references.

    Parameters: `read_by`, the models one of which reads it; `envelope`, the only member of the body, which holds the
    document (empty: the body is the document).
    """
    bodies = [_inlined(each.model_json_schema(schema_generator=_AsRead)) for each in read_by]
    body: _Schema = bodies[0] if len(bodies) == 1 else {"anyOf": bodies}
    if not envelope:
        return body
    return {"type": "object", "properties": {envelope: body}, "required": [envelope], "additionalProperties": False}


class _AsRead(GenerateJsonSchema):
    """Without titles, which repeat the names, and defaults, which stand for what was not sent."""

    def field_title_should_be_set(self, schema: object) -> bool:
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])


def _is_list(value: object) -> TypeGuard[list[object]]:
    return isinstance(value, list)


def _inlined(schema: _Schema) -> _Schema:
    """The schema with its parts in their places, and without what is said of the models; no body contains itself."""
    parts: Mapping[str, _Schema] = schema.get("$defs", {})

    def whole(value: Any) -> Any:
        if _is_list(value):
            return [whole(each) for each in value]
        if not isinstance(value, dict):
            return value
        members = cast("_Schema", value)
        if "$ref" in members:
            return whole(parts[members["$ref"].rpartition("/")[2]])
        # Members of these names are fields, where they are no strings.
        said = {name for name in ("title", "description") if isinstance(members.get(name), str)}
        return {name: whole(each) for name, each in members.items() if name not in {*said, "$defs", "discriminator"}}

    inlined: _Schema = whole(schema)
    return inlined
