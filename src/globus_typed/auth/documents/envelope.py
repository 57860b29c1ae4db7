"""What bodies of Auth's developer API have in common: each goes out in an envelope, ``{"project": {…}}``."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, ClassVar, cast
from uuid import UUID

from pydantic import BeforeValidator, Strict, model_validator
from pydantic_core import PydanticCustomError, to_json
from typing_extensions import Self

from globus_typed.core.fields import Identifier
from globus_typed.core.payloads import Payload, UpdatePayload
from globus_typed.errors import GlobusUsageError

__all__ = ["EnvelopePayload", "Ids", "IdsArgument", "Texts"]

IdsArgument = str | UUID | Iterable[str | UUID]
"""One id or several, as a method takes them."""


def _to_ids(value: object) -> object:
    return [value] if isinstance(value, (str, UUID)) else value


Ids = Annotated[list[Identifier], Strict(False), BeforeValidator(_to_ids)]
"""Several ids; one alone is taken for a list of one."""


Texts = Annotated[list[str], Strict(False)]
"""Several texts."""


class EnvelopePayload(Payload):
    """A document that is sent in an envelope. Its fields are flat here; a mapping has them so, or in the envelope."""

    envelope: ClassVar[str]
    """The name that the document goes by in what is sent."""
    positional: ClassVar[tuple[str, ...]] = ()
    """The fields that a method also takes by position."""

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
    def of_call(cls, args: tuple[Any, ...], fields: Mapping[str, Any]) -> Self:
        """The payload that the arguments of a method are, checked: one that is made, a mapping, or the fields."""
        data: object = args[0] if args else None
        if isinstance(data, (Payload, Mapping)):
            if len(args) > 1 or fields:
                raise GlobusUsageError(f"{cls.__name__}: give it, or its fields, but not both")
            return cls.of(cast("Mapping[str, Any]", data))
        if len(args) > len(cls.positional):
            named = ", ".join((*cls.positional, f"or a {cls.__name__}"))
            raise GlobusUsageError(f"{named}: nothing else goes by position here; got {len(args)} such arguments")
        given = dict(zip(cls.positional, args, strict=False))
        if twice := given.keys() & fields.keys():
            raise GlobusUsageError(f"{min(twice)}: given by position and by keyword")
        return cls.model_validate({**given, **fields})

    def to_wire(self) -> bytes:
        """The JSON that is sent: the document in its envelope."""
        return to_json({self.envelope: self}, by_alias=True, exclude_none=not isinstance(self, UpdatePayload))
