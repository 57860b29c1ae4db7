"""`EnvelopePayload`: the base class of Auth's developer documents, which are sent as ``{"project": {…}}``."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, cast
from uuid import UUID

from pydantic import BeforeValidator, GetJsonSchemaHandler, Strict, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError
from typing_extensions import Self

from globus_typed.core.fields import Identifier
from globus_typed.core.payloads import MISSING, Payload, UpdatePayload
from globus_typed.core.schema_parts import enclosed
from globus_typed.core.suggestions import unknown_arguments
from globus_typed.errors import GlobusUsageError

__all__ = ["EnvelopePayload", "Ids", "Texts"]


def _to_ids(value: object) -> object:
    return [value] if isinstance(value, (str, UUID)) else value


Ids = Annotated[list[Identifier], Strict(False), BeforeValidator(_to_ids)]
"""Several ids; one alone is taken for a list of one."""


Texts = Annotated[list[str], Strict(False)]
"""Several strings."""


class EnvelopePayload(Payload):
    """A document that is sent in an envelope. Its fields are flat here; a mapping has them so, or in the envelope."""

    envelope: ClassVar[str]
    """The name that the document goes by in what is sent."""

    @model_validator(mode="before")
    @classmethod
    def _unwrap(cls, document: object) -> Any:
        if not isinstance(document, Mapping):
            return document
        fields = cast("Mapping[str, Any]", document)
        if set(fields) != {cls.envelope}:
            return fields
        if not isinstance(fields[cls.envelope], Mapping):
            raise PydanticCustomError("envelope", "{name} must be an object", {"name": cls.envelope})
        return fields[cls.envelope]

    @classmethod
    def of_call(cls, unknown: Mapping[str, object], /, **arguments: object) -> Self:
        """Make the payload from the arguments of a method, the first of which may be a payload or a mapping.

        Parameters: `unknown`, arguments that the method has no name for; `arguments`, those that it has.
        Raises `GlobusUsageError` for a payload or mapping with fields beside it, and for a first argument that is no
        field and neither of them; `pydantic.ValidationError` for an unknown name, and for a value that is wrong.
        """
        if unknown:
            raise unknown_arguments(cls.__name__, unknown, arguments)
        not_given = MISSING if issubclass(cls, UpdatePayload) else None
        first, data = next(iter(arguments.items()))
        given = {name: value for name, value in arguments.items() if name != first and value is not not_given}
        if isinstance(data, (Payload, Mapping)):
            if given:
                raise GlobusUsageError(f"{cls.__name__}: give it or its fields, but not both; got {', '.join(given)}")
            return cls.of(cast("Mapping[str, Any]", data))
        if first not in cls.model_fields and data is not None:
            raise GlobusUsageError(f"{first}: must be a {cls.__name__} or a mapping, got {type(data).__name__}")
        return cls.of(cls._document(given if data is None else {first: data, **given}))

    @classmethod
    def _document(cls, fields: dict[str, object]) -> Mapping[str, object]:
        """The document with these fields, as a method names them."""
        return fields

    def _wire_form(self, members: dict[str, Any]) -> dict[str, Any]:
        return {self.envelope: members}

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler, /) -> JsonSchemaValue:
        return enclosed(cls.envelope, super().__get_pydantic_json_schema__(schema, handler))
