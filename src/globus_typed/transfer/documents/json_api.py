"""What the documents of Transfer v2 are made of: JSON:API's envelopes, resources and relationships."""

from collections.abc import Mapping
from typing import Any, ClassVar, Generic, TypeVar, cast

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError, to_json

from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.payloads import Payload, UpdatePayload

__all__ = ["Links", "Meta", "Related", "Relationship", "ResourceDocument", "ResourceList", "ResourcePayload"]

R = TypeVar("R")


class Meta(Document, frozen=True):
    """What an answer says besides."""

    request_id: str | None = None
    """The id of the request, to give to Globus support."""


class Links(Document, frozen=True):
    """Where to go on from an answer."""

    next: str | None = None
    """The address of the next page; None on the last."""


class Related(Document, frozen=True):
    """Which resource another one is related to."""

    type: str | None = None
    """What it is, such as ``StreamAccessPoint``, ``Identity`` or ``Endpoint``."""
    id: str
    """Its id, a UUID."""


class Relationship(Document, frozen=True):
    """A relationship of a resource to another one."""

    resource: Related | None = Field(default=None, alias="data")
    """The other one (``data`` on the wire); None where there is none."""


class ResourceDocument(Document, Generic[R], frozen=True):
    """An answer with one resource."""

    resource: R = Field(alias="data")
    """The resource (``data`` on the wire)."""
    meta: Meta | None = None
    """What the answer says besides."""


class ResourceList(ListDocument[R], Generic[R], frozen=True):
    """An answer with a page of resources."""

    items: list[R] = Field(alias="data")
    """The resources (``data`` on the wire)."""
    links: Links | None = None
    """Where to go on; None on the last page."""
    meta: Meta | None = None
    """What the answer says besides."""


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

    def to_wire(self) -> bytes:
        """The JSON:API document that is sent."""
        attributes = self.model_dump(mode="json", exclude_none=not isinstance(self, UpdatePayload))
        resource: dict[str, Any] = {"type": attributes.pop("type")}
        names = [name for name in self.related if name in attributes]
        relationships = {name: {"data": {"type": self.related[name], "id": attributes.pop(name)}} for name in names}
        resource["attributes"] = attributes
        if relationships:
            resource["relationships"] = relationships
        return to_json({"data": resource})


def _mapping(name: str, value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise PydanticCustomError("json_api", "{name} must be an object", {"name": name})
    return cast("Mapping[str, Any]", value)
