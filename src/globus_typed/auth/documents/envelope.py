"""What bodies of Auth's developer API have in common: each goes out in an envelope, ``{"project": {…}}``."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, ClassVar, cast
from uuid import UUID

from pydantic import BeforeValidator, Strict, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError, to_json
from typing_extensions import Self

from globus_typed.core.fields import Identifier
from globus_typed.core.payloads import MISSING, Payload, UpdatePayload
from globus_typed.errors import GlobusUsageError

__all__ = ["EnvelopePayload", "Ids", "Texts"]


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
            raise ValidationError.from_exception_data(
                cls.__name__, [_no_such_field(name, unknown[name], cls._names(arguments)) for name in unknown]
            )
        not_given = MISSING if issubclass(cls, UpdatePayload) else None
        first, data = next(iter(arguments.items()))
        given = {name: value for name, value in arguments.items() if name != first and value is not not_given}
        if isinstance(data, (Payload, Mapping)):
            if given:
                raise GlobusUsageError(f"{cls.__name__}: give it or its fields, but not both; got {', '.join(given)}")
            return cls.of(cast("Mapping[str, Any]", data))
        if first not in cls.model_fields and data is not None:
            raise GlobusUsageError(f"{first}: must be a {cls.__name__} or a mapping, got {type(data).__name__}")
        return cls.model_validate(cls._document(given if data is None else {first: data, **given}))

    @classmethod
    def _names(cls, arguments: Iterable[str]) -> list[str]:
        """The arguments that are fields."""
        return [name for name in arguments if name in cls.model_fields or name != "data"]

    @classmethod
    def _document(cls, fields: dict[str, object]) -> Mapping[str, object]:
        """The document with these fields, as a method names them."""
        return fields

    def to_wire(self) -> bytes:
        """The JSON that is sent: the document in its envelope."""
        return to_json({self.envelope: self}, by_alias=True, exclude_none=not isinstance(self, UpdatePayload))


def _no_such_field(name: str, value: object, known: Iterable[str]) -> InitErrorDetails:
    from difflib import get_close_matches  # no client has to wait for it

    near = get_close_matches(name, known, 1)
    hint = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(known)}"
    problem = PydanticCustomError("extra_forbidden", "no such field{hint}", {"hint": hint})
    return InitErrorDetails(type=problem, loc=(name,), input=value)
