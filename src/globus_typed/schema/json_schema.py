"""JSON schemas (2020-12) of all documents as they are on the wire, with what their fields mean."""

import ast
import inspect
import json
import re
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from globus_typed.auth.documents.envelope import EnvelopePayload
from globus_typed.auth.documents.token import DependentTokenResponse
from globus_typed.schema.catalogue import DocumentClass
from globus_typed.schema.rules import RULES
from globus_typed.transfer.documents.json_api import ResourcePayload
from globus_typed.transfer.documents.task_builder import TaskBuilder

__all__ = ["DIALECT", "components", "schema", "schema_text"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
"""What the schemas are written in."""


def schema(kind: DocumentClass) -> dict[str, Any]:
    """The JSON schema of a document as it is on the wire."""
    return {"$schema": DIALECT, **kind.model_json_schema(by_alias=True, schema_generator=_WireSchema)}


def schema_text(kind: DocumentClass) -> str:
    """The JSON schema of a document as the text of a file."""
    return json.dumps(schema(kind), indent=2, ensure_ascii=False) + "\n"


def components(kinds: Sequence[DocumentClass], ref_template: str) -> dict[str, dict[str, Any]]:
    """The JSON schemas of several documents and of what they are made of, by name, which refer to each other so."""
    _, definitions = models_json_schema(
        [(kind, "validation") for kind in kinds],
        by_alias=True,
        ref_template=ref_template,
        schema_generator=_WireSchema,
    )
    found: dict[str, dict[str, Any]] = definitions["$defs"]
    return found


class _WireSchema(GenerateJsonSchema):
    """Says what goes over the wire, and what it means, where a model says how it is used from Python."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        kind = schema["cls"]
        said = super().model_schema(schema)
        if "description" in said:
            said["description"] = _marked_up(said["description"])
        meanings = _meanings(kind)
        for name, info in kind.model_fields.items():
            member = said.get("properties", {}).get(info.alias or name)
            if member is not None and name in meanings:
                member["description"] = meanings[name]
        if kind.__name__ in RULES:
            said["allOf"] = RULES[kind.__name__]
        if issubclass(kind, TaskBuilder):
            said["properties"]["DATA"]["minItems"] = 1
            said["required"] = [*said["required"], "DATA"]
        if issubclass(kind, ResourcePayload):
            return _resource(kind, said)
        if issubclass(kind, EnvelopePayload):
            return _enclosed(kind.envelope, said)
        if issubclass(kind, DependentTokenResponse):
            return {**said["properties"]["tokens"], "title": said["title"], "description": said["description"]}
        return said

    def field_title_should_be_set(self, schema: Any) -> bool:
        # It would repeat the name.
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        said = super().default_schema(schema)
        # A member that is not given is not sent as null.
        return {name: value for name, value in said.items() if name != "default" or value is not None}


def _enclosed(name: str, said: JsonSchemaValue) -> JsonSchemaValue:
    """The schema of an object with one member, which the schema is of."""
    told: JsonSchemaValue = {key: said[key] for key in ("title", "description") if key in said}
    return {
        "additionalProperties": False,
        **told,
        "properties": {name: {key: value for key, value in said.items() if key not in told}},
        "required": [name],
        "type": "object",
    }


def _object(properties: Mapping[str, Any], required: Sequence[str]) -> JsonSchemaValue:
    said = {"additionalProperties": False, "properties": properties, "required": required, "type": "object"}
    return {key: value for key, value in said.items() if value or key == "additionalProperties"}


def _resource(kind: type[ResourcePayload], said: JsonSchemaValue) -> JsonSchemaValue:
    """The schema of a resource as JSON:API has it, from that of its fields."""
    fields: dict[str, Any] = {**said["properties"]}
    required: list[str] = said.get("required", [])
    resource = {"type": fields.pop("type")}
    related = {
        name: _enclosed(
            "data", _object({"type": {"const": kind.related[name]}, "id": fields.pop(name)}, ["type", "id"])
        )
        for name in kind.related
    }
    parts = {"attributes": fields, "relationships": related}
    needed = ["type"]
    for name, members in parts.items():
        if members:
            needs = [member for member in members if member in required]
            resource[name] = _object(members, needs)
            if needs:
                needed.append(name)
    told: JsonSchemaValue = {key: said[key] for key in ("title", "description")}
    return _enclosed("data", told | _object(resource, needed))


def _meanings(kind: type[BaseModel]) -> dict[str, str]:
    """What the fields of a model mean, by their names in Python: the texts that stand below them in its source."""
    found: dict[str, str] = {}
    for each in reversed(kind.__mro__):
        found |= _written(each.__module__).get(each.__qualname__, {})
    return found


@cache
def _written(module: str) -> Mapping[str, Mapping[str, str]]:
    """The texts below the fields of the classes of a module."""
    if not module.startswith("globus_typed."):
        return {}
    try:
        tree = ast.parse(inspect.getsource(sys.modules[module]))
    except OSError:  # installed without its source
        return {}
    return {node.name: _below_fields(node) for node in tree.body if isinstance(node, ast.ClassDef)}


def _below_fields(node: ast.ClassDef) -> dict[str, str]:
    found: dict[str, str] = {}
    for field, text in zip(node.body, node.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(text, ast.Expr):
            value = text.value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                found[field.target.id] = _marked_up(re.sub(r"\s+", " ", value.value))
    return found


def _marked_up(text: str) -> str:
    """A docstring as text in Markdown, which is what JSON schemas are shown as."""
    return text.replace("``", "`")
