"""`Payload`: the base class of every document that is sent."""

from collections.abc import Mapping
from functools import partial
from operator import is_
from typing import TYPE_CHECKING, Any, ClassVar, TypedDict, cast

from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    SerializerFunctionWrapHandler,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema
from typing_extensions import Self

from globus_typed.core.field_docs import described
from globus_typed.core.outside_text import Hidden
from globus_typed.core.pydantic_private import GivenFields
from globus_typed.core.pydantic_versions import MISSING, READS_JSON_BADLY, unite_missing
from globus_typed.core.readable_errors import ReadableErrors
from globus_typed.core.signatures import PayloadSignature
from globus_typed.core.wire_names import wire_name

__all__ = ["MISSING", "NoMore", "Payload", "UpdatePayload"]


class NoMore(TypedDict):
    """No further keyword arguments: type checkers refuse them; at run time they are told of, with what is close."""


class Payload(ReadableErrors, GivenFields):
    """A document that is sent: exact, and checked when it is made, when a field is assigned, and when it is sent.

    `None` means "not given" and is left out. ``model_dump_json()`` is the JSON that is sent, and ``model_validate`` and
    ``model_validate_json`` take that form as well as the fields. A payload that cannot be right raises
    `pydantic.ValidationError`, which names the field.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid",
        strict=True,
        # Any bound makes pydantic look at the string itself, and refuse by name what UTF-8 cannot hold.
        str_min_length=0,
        alias_generator=wire_name,
        validate_by_alias=True,
        validate_by_name=True,
        serialize_by_alias=True,
        validate_assignment=True,
        validate_default=False,
        revalidate_instances="always",
        defer_build=True,
    )

    if READS_JSON_BADLY:

        @model_validator(mode="before")
        @classmethod
        def _read_json_first(cls, data: object) -> object:
            return data

    if not TYPE_CHECKING:
        __signature__ = PayloadSignature(ReadableErrors.__init__)

    @classmethod
    def of(cls, data: "Self | Mapping[str, Any]") -> Self:
        """The payload itself, or the one that a mapping holds, checked as a whole; a mapping stays as it is."""
        if isinstance(data, cls):
            return data.check()
        return cls.model_validate(_copied(data))

    def check(self) -> Self:
        """This payload, checked once more as a whole; `pydantic.ValidationError` where it has become wrong."""
        return self.model_validate(dict(self))

    def to_wire(self) -> bytes:
        """The JSON that is sent, which is that of ``model_dump_json()``."""
        return self.model_dump_json().encode()

    def _wire_form(self, members: dict[str, Any]) -> dict[str, Any]:
        """The document as it is sent, from the members of its fields."""
        return members

    @classmethod
    def _may_be_left_out(cls, field: core_schema.ModelField) -> bool:
        """Whether the field is not sent where it is None."""
        kind: str = field["schema"]["type"]
        return kind == "default"

    @classmethod
    def __pydantic_on_complete__(cls) -> None:
        super().__pydantic_on_complete__()
        # Pydantic has just given the class a signature with the names on the wire.
        type.__setattr__(cls, "__signature__", Payload.__dict__["__signature__"])

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[BaseModel], handler: GetCoreSchemaHandler, /) -> CoreSchema:
        schema = handler(source)
        model: Any = _within(schema, "model")
        # A document is read field by field, never through an `__init__` with parameters of its own.
        model["custom_init"] = False
        fields: Any = _within(model["schema"], "model-fields")
        unite_missing(fields)
        for field in fields["fields"].values():
            if cls._may_be_left_out(field):
                field["serialization_exclude_if"] = _is_none
        if cls._wire_form is not Payload._wire_form and "serialization" not in model:
            # Without a schema for what it returns, so that the JSON schema stays that of the fields.
            model["serialization"] = core_schema.wrap_serializer_function_ser_schema(_to_wire_form)
        return schema

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler, /) -> JsonSchemaValue:
        return described(cls, handler.resolve_ref_schema(handler(schema)))


_is_none = partial(is_, None)


def _within(schema: Any, kind: str) -> Any:
    """The schema of that kind within the validators that are around it."""
    while schema["type"] != kind:
        schema = schema["schema"]
    return schema


def _to_wire_form(payload: Any, members_of: SerializerFunctionWrapHandler) -> dict[str, Any]:
    form: dict[str, Any] = payload._wire_form(members_of(payload))
    return form


def _copied(data: object) -> object:
    if isinstance(data, Hidden):
        return data.copy()
    return dict(cast("Mapping[str, Any]", data)) if isinstance(data, (Mapping, Payload)) else data


class UpdatePayload(Payload):
    """A document that changes some fields of another: a value sets, None clears (JSON null), MISSING leaves alone."""

    @classmethod
    def _may_be_left_out(cls, field: core_schema.ModelField) -> bool:
        return False
