"""Query parameters in the format of Globus Auth. Invalid ones are refused by name, with `GlobusUsageError`."""

from collections.abc import Iterable, Mapping
from typing import cast
from uuid import UUID

from globus_typed.core.fields import is_id
from globus_typed.core.json_data import unchecked
from globus_typed.errors import GlobusUsageError


def comma_text(name: str, values: str | UUID | Iterable[str | UUID] | None) -> str | None:
    """The values as a comma-separated list; there must be at least one."""
    if values is None:
        return None
    given = [values] if isinstance(values, (str, UUID)) or not isinstance(unchecked(values), Iterable) else values
    texts = [str(value) if isinstance(unchecked(value), (str, UUID)) else "" for value in given]
    if not texts or not all(text.strip() for text in texts):
        raise GlobusUsageError(f"{name}: must be a string, or at least one of several, got {values!r}")
    return ",".join(texts)


def ids_text(name: str, values: str | UUID | Iterable[str | UUID] | None) -> str | None:
    """The ids as a comma-separated list; there must be at least one."""
    text = comma_text(name, values)
    if text is not None and not all(is_id(each.strip()) for each in text.split(",")):
        raise GlobusUsageError(f"{name}: must be UUIDs, got {values!r}")
    return text


def no_form(given: object) -> str | None:
    """The reason why the object is not a valid form, without any of its values; None for a mapping of strings."""
    if not isinstance(given, Mapping):
        return f"form_data: must be a mapping, got {type(given).__name__}"
    form = cast("Mapping[object, object]", given)
    wrong = [str(name) for name in form if not isinstance(form[name], str)]
    return f"form_data: {', '.join(wrong)} must be strings" if wrong else None


def check_one(**values: object) -> None:
    """Check that exactly one of the parameters is given; raises `GlobusUsageError` otherwise."""
    if sum(value is not None for value in values.values()) != 1:
        raise GlobusUsageError(f"{', '.join(values)}: exactly one of the two must be given")
