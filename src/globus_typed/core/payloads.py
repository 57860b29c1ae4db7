"""`Payload`: what every document that is sent is made of."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, cast

from pydantic import BaseModel, ConfigDict
from pydantic_core import to_json
from typing_extensions import Self

from globus_typed.core.wire_names import wire_name

if TYPE_CHECKING:
    from typing_extensions import Sentinel

    # pyright takes pydantic's own for any object, and the fields that may be MISSING for unknown.
    MISSING = Sentinel("MISSING")
else:
    from pydantic import MISSING

__all__ = ["MISSING", "Payload", "UpdatePayload"]


class Payload(BaseModel):
    """A document that is sent: exact, and checked when it is made, when a field is assigned, and when it is sent.

    `None` means "not given" and is left out. A payload that cannot be right raises `pydantic.ValidationError`, which
    names the field.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid",
        strict=True,
        # Any bound makes pydantic look at the text itself, and refuse by name what UTF-8 cannot hold.
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

    @classmethod
    def of(cls, data: "Self | Mapping[str, Any]") -> Self:
        """The payload that the data is, or that a mapping holds, checked as a whole; a mapping stays as it is."""
        return data.check() if isinstance(data, cls) else cls.model_validate(_copied(data))

    def check(self) -> Self:
        """This payload, checked once more as a whole; `pydantic.ValidationError` where it has become wrong."""
        return self.model_validate(dict(self))

    def to_wire(self) -> bytes:
        """The JSON that is sent: wire names, without the members that are not given."""
        return to_json(self, by_alias=True, exclude_none=True)


def _copied(data: object) -> object:
    return dict(cast("Mapping[str, Any]", data)) if isinstance(data, (Mapping, Payload)) else data


class UpdatePayload(Payload):
    """A document that changes some fields of another: a value sets, None clears (JSON null), MISSING leaves alone."""

    def to_wire(self) -> bytes:
        """The JSON that is sent: wire names, without the members that are left alone."""
        return to_json(self, by_alias=True)
