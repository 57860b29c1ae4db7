"""The differences between the supported versions of pydantic, made good here."""

from typing import TYPE_CHECKING, Any, get_args

import pydantic
from pydantic_core import CoreSchema, PydanticUseDefault, core_schema

if TYPE_CHECKING:
    from typing_extensions import Sentinel

    # pyright takes pydantic's own for any object, and the fields that may be MISSING for unknown.
    MISSING = Sentinel("MISSING")
else:
    try:
        from pydantic import MISSING
    except ImportError:  # before pydantic 2.14
        from pydantic.experimental.missing_sentinel import MISSING

__all__ = ["MISSING", "READS_JSON_BADLY", "complete_models", "unite_missing"]

_VERSION = tuple(int(part) for part in pydantic.VERSION.split(".")[:2])

READS_JSON_BADLY: bool = _VERSION == (2, 13) or pydantic.VERSION.startswith(("2.14.0", "2.14.1"))
"""Whether models that pydantic fills from JSON by itself come out wrong, as in 2.13.0 to 2.14.1.

There it loses an unknown member that has the Python name of another one, and until 2.13.2 it tells the validators of a
field nothing of the other fields. It does neither where a model has a validator that runs before it.
"""


def complete_models(annotation: Any) -> None:
    """Build the models in an annotation, for a model whose unknown members are of that type.

    Before 2.13 pydantic cannot serialize such members while their models wait to be built.
    """
    if isinstance(annotation, type) and issubclass(annotation, pydantic.BaseModel):
        annotation.model_rebuild()
    for part in get_args(annotation):
        complete_models(part)


def unite_missing(schema: CoreSchema) -> None:
    """Change the schema of a model's fields so that the errors of those that may be MISSING stand at the field.

    Before 2.14 pydantic takes MISSING for a member of a union, and reports an error for each member, at a place below
    the field.
    """
    if _VERSION < (2, 14):
        _unite(schema)


def _unite(schema: Any) -> None:
    for field in schema.get("fields", {}).values():
        _unite(field)
    inner = schema.get("schema")
    if inner is None:
        return
    choices = [choice for choice in inner.get("choices", ()) if choice != core_schema.missing_sentinel_schema()]
    if inner["type"] == "union" and len(choices) < len(inner["choices"]):
        given = choices[0] if len(choices) == 1 else core_schema.union_schema(choices)
        checked = core_schema.no_info_before_validator_function(_skip_missing, given)
        schema["schema"] = core_schema.with_default_schema(checked, default=MISSING)
    else:
        _unite(inner)


def _skip_missing(value: object) -> object:
    if value is MISSING:
        raise PydanticUseDefault
    return value
