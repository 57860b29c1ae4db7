"""The body of a low-level call, in whichever of its forms it was given."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

from globus_typed.core.outside_text import Hidden
from globus_typed.core.payloads import Payload
from globus_typed.core.request import check_kinds
from globus_typed.errors import GlobusUsageError

__all__ = ["BodyData", "Encoding", "GivenBody", "given_body"]

BodyData: TypeAlias = Mapping[str, Any] | Payload | str | bytes | None
"""The `data` of a low-level call."""
Encoding: TypeAlias = Literal["json", "form", "text"]
"""How the `data` of a low-level call is sent."""


class GivenBody(NamedTuple):
    """A body, of which at most one form is there."""

    json: Payload | Mapping[str, Any] | None = None
    form: Mapping[str, str] | None = None
    content: bytes | None = None

    def __repr__(self) -> str:
        return "GivenBody(<redacted>)"


def given_body(
    json_body: Mapping[str, Any] | None,
    text_body: str | Mapping[str, str] | None,
    data: BodyData,
    encoding: Encoding | None,
) -> GivenBody:
    """The body that the arguments give; `GlobusUsageError` for wrong ones, and for more than one."""
    arguments: dict[str, object] = {"json_body": json_body, "text_body": text_body, "data": data}
    names = [name for name, value in arguments.items() if value is not None]
    if len(names) > 1:
        raise GlobusUsageError(f"{', '.join(names)}: only one of them can be sent")
    check_kinds(**arguments)
    if encoding is not None and (problem := _no_encoding(encoding, data)):
        raise GlobusUsageError(problem)
    if isinstance(data, (str, bytes)):
        return GivenBody(content=data if isinstance(data, bytes) else data.encode())
    if encoding == "form" and isinstance(data, Mapping):
        return GivenBody(form=data)
    if isinstance(text_body, str):
        return GivenBody(content=text_body.encode())
    json = json_body if data is None else data
    return GivenBody(json=json.given if isinstance(json, Hidden) else json, form=text_body)


def _no_encoding(given: object, data: object) -> str | None:
    """The reason why `data` cannot be sent in this encoding; None if it can."""
    kinds = _ENCODINGS.get(given) if isinstance(given, str) else None
    if kinds is None:
        return f'encoding: must be "json", "form" or "text", got {given!r}'
    if not isinstance(data, kinds):
        return f'encoding: "{given}" is for data that is a {" or a ".join(kind.__name__ for kind in kinds)}'
    return None


_ENCODINGS: dict[str, tuple[type[object], ...]] = {
    "json": (Mapping, Payload),
    "form": (Mapping,),
    "text": (str, bytes),
}
