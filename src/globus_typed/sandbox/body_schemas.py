"""The JSON schemas of request bodies: what the models accept that read them, in the words of the clients' documents."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from globus_typed.core.json_data import is_list
from globus_typed.schema.catalogue import document_classes

__all__ = ["body_schema"]

_Schema = dict[str, Any]


def body_schema(document: str, read_by: Sequence[type[BaseModel]], envelope: str = "") -> _Schema:
    """The schema of a request body.

    Parameters: `document`, the name of the class of the clients that is sent; `read_by`, the models one of which reads
    it; `envelope`, the only member of the body, which holds the document (empty: the body is the document).
    """
    kind = document_classes().get(document)
    told = {} if kind is None else _inlined(kind.model_json_schema())
    bodies = [_inlined(each.model_json_schema(schema_generator=_AsRead)) for each in read_by]
    body: _Schema = bodies[0] if len(bodies) == 1 else {"anyOf": bodies}
    if envelope:
        members = {envelope: body}
        body = {"type": "object", "properties": members, "required": [envelope], "additionalProperties": False}
    _tell(body, told)
    return body


class _AsRead(GenerateJsonSchema):
    """Without titles, which repeat the names, and defaults, which stand for what was not sent."""

    def field_title_should_be_set(self, schema: object) -> bool:
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])


def _inlined(schema: _Schema) -> _Schema:
    """The schema without references; no body contains itself."""
    parts: Mapping[str, _Schema] = schema.get("$defs", {})

    def whole(value: Any) -> Any:
        if is_list(value):
            return [whole(each) for each in value]
        if not isinstance(value, dict):
            return value
        members = cast("_Schema", value)
        if "$ref" in members:
            part = whole(parts[members["$ref"].rpartition("/")[2]])
            return {**part, **{name: each for name, each in members.items() if name != "$ref"}}
        left_out = ("$defs", "discriminator") if "type" in members or "oneOf" in members else ()
        return {name: whole(each) for name, each in members.items() if name not in left_out}

    inlined: _Schema = whole(schema)
    return inlined


def _tell(schema: _Schema, told: _Schema) -> None:
    """Take over the descriptions of what both have."""
    for part in _alternatives(schema):
        part.pop("title", None)
        part.pop("description", None)
        for other in _alternatives(told):
            if part.get("const", 0) != other.get("const", 0) or not _of_one_type(part, other):
                continue
            if "properties" in part and "description" in other:
                part["description"] = other["description"]
            for name, member in part.get("properties", {}).items():
                known = other.get("properties", {}).get(name, {})
                _tell(member, known)
                if "description" in known:
                    member["description"] = known["description"]
            if "items" in part:
                _tell(part["items"], other.get("items", {}))


def _alternatives(schema: _Schema) -> Iterator[_Schema]:
    yield schema
    for word in ("anyOf", "oneOf"):
        for each in schema.get(word, ()):
            yield from _alternatives(each)


def _of_one_type(part: _Schema, other: _Schema) -> bool:
    consts = [each.get("properties", {}).get("DATA_TYPE", {}).get("const") for each in (part, other)]
    return None in consts or consts[0] == consts[1]
