"""The base classes of Transfer v2's documents: JSON:API's envelopes, resources and relationships."""

from collections.abc import Mapping
from typing import Any, ClassVar, Generic, TypeVar, cast

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.fields import AnswerId
from globus_typed.core.payloads import Payload
from globus_typed.core.schema_parts import closed_object, enclosed

__all__ = ["Links", "Meta", "Related", "Relationship", "ResourceDocument", "ResourceList", "ResourcePayload"]

R = TypeVar("R")


class Meta(Document, frozen=True):
    """Metadata of a response."""

    request_id: str | None = None
    """The id of the request, to give to Globus support."""


class Links(Document, frozen=True):
    """Links from a response to others."""

    next: str | None = None
    """The address of the next page; None on the last."""


class Related(Document, frozen=True):
    """The identity of a related resource."""

    type: str | None = None
    """The type of the resource, such as ``StreamAccessPoint``, ``Identity`` or ``Endpoint``."""
    id: AnswerId = ""
    """Its id, a UUID; empty where the response left it out."""


class Relationship(Document, frozen=True):
    """A relationship of a resource to another one."""

    resource: Related | None = Field(default=None, alias="data")
    """The other one (``data`` on the wire); None where there is none."""


class ResourceDocument(Document, Generic[R], frozen=True):
    """A response with one resource."""

    resource: R = Field(alias="data")
    """The resource (``data`` on the wire)."""
    meta: Meta | None = None
    """Metadata of the response."""


class ResourceList(ListDocument[R], Generic[R], frozen=True):
    """A response with a page of resources."""

    items: list[R] = Field(alias="data")
    """The resources (``data`` on the wire)."""
    links: Links | None = None
    """Where to go on; None on the last page."""
    meta: Meta | None = None
    """Metadata of the response."""


class ResourcePayload(Payload):
    """A resource that is sent. Its fields are flat here; a mapping may be so too, or have the form that is sent."""

    related: ClassVar[Mapping[str, str]] = {}
    """The fields that name other resources, and the types of those."""

    @model_validator(mode="before")
    @classmethod
    def _flatten(cls, document: object) -> Any:
        if not isinstance(document, Mapping) or "data" not in document:
            return cast("Any", document)
        # What has no place in the form stays under its name, and is refused by it.
        fields = dict(cast("Mapping[str, Any]", document))
        fields |= _mapping("data", fields.pop("data"))
        fields |= _mapping("attributes", fields.pop("attributes", {}))
        for name, relationship in _mapping("relationships", fields.pop("relationships", {})).items():
            other = _mapping(name, _mapping(name, relationship).get("data"))
            if other.get("type") != cls.related.get(name, other.get("type")):
                problem = "{name} must be of the type {type}"
                raise PydanticCustomError("related", problem, {"name": name, "type": cls.related[name]})
            fields[name] = other.get("id")
        return fields

    def _wire_form(self, members: dict[str, Any]) -> dict[str, Any]:
        own = {"type", *self.related}
        resource: dict[str, Any] = {"type": members["type"]} if "type" in members else {}
        resource["attributes"] = {name: value for name, value in members.items() if name not in own}
        relationships = {
            name: {"data": {"type": kind, "id": members[name]}}
            for name, kind in self.related.items()
            if name in members
        }
        return {"data": {**resource, "relationships": relationships} if relationships else resource}

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler, /) -> JsonSchemaValue:
        said = super().__get_pydantic_json_schema__(schema, handler)
        attributes: dict[str, Any] = {**said["properties"]}
        required: list[str] = said.get("required", [])
        resource = {"type": attributes.pop("type")}
        relationships = {
            name: enclosed("data", closed_object({"type": {"const": kind}, "id": attributes.pop(name)}, ["type", "id"]))
            for name, kind in cls.related.items()
        }
        needed = ["type"]
        for part, members in (("attributes", attributes), ("relationships", relationships)):
            if members:
                needs = [name for name in members if name in required]
                resource[part] = closed_object(members, needs)
                needed += [part] if needs else []
        told = {key: said[key] for key in ("title", "description") if key in said}
        return enclosed("data", told | closed_object(resource, needed))


def _mapping(name: str, value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise PydanticCustomError("json_api", "{name} must be an object", {"name": name})
    return cast("Mapping[str, Any]", value)
