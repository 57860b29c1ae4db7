"""`Listing`: the entries of a directory, with as little of them as a comparison needs."""

from functools import cache
from typing import Any, TypedDict

from pydantic_core import SchemaValidator, ValidationError, core_schema
from typing_extensions import NotRequired, Self

from globus_typed.core.documents import Document
from globus_typed.core.http_info import without_lone_surrogates

__all__ = ["Entry", "Listing"]


class Entry(TypedDict):
    """An entry of a directory as it was sent, cut down. A symlink appears as its target, with a ``link_target``."""

    name: str
    type: NotRequired[str | None]
    size: NotRequired[int | None]
    last_modified: NotRequired[str | None]
    link_target: NotRequired[str | None]


class Listing(Document, frozen=True):
    """The entries of a directory, read without a model for each: a plan compares hundreds of thousands of them."""

    absolute_path: str | None = None
    """The directory without ``~``; None if the collection does not report it."""
    entries: list[Any]
    """The entries (`Entry`), in the service's order."""

    @classmethod
    def from_body(cls, body: bytes) -> Self:
        try:
            read = _validator().validate_json(body)
        except ValidationError:
            mended = without_lone_surrogates(body)
            if mended is None:
                raise
            read = _validator().validate_json(mended)
        return cls.model_construct(absolute_path=read.get("absolute_path"), entries=read["DATA"])


@cache
def _validator() -> SchemaValidator:
    text, number = core_schema.str_schema(), core_schema.int_schema()
    entry = core_schema.typed_dict_schema(
        {
            "name": core_schema.typed_dict_field(text),
            "type": _may_be_missing(text),
            "size": _may_be_missing(number),
            "last_modified": _may_be_missing(text),
            "link_target": _may_be_missing(text),
        }
    )
    return SchemaValidator(
        core_schema.typed_dict_schema(
            {
                "absolute_path": _may_be_missing(text),
                "DATA": core_schema.typed_dict_field(core_schema.list_schema(entry)),
            },
            cls_name="Listing",
        )
    )


def _may_be_missing(schema: core_schema.CoreSchema) -> core_schema.TypedDictField:
    return core_schema.typed_dict_field(core_schema.nullable_schema(schema), required=False)
