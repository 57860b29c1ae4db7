"""Query parameters as Globus Auth writes them. What cannot be one is refused by its name, with `GlobusUsageError`."""

from collections.abc import Iterable, Mapping
from typing import cast
from uuid import UUID

from globus_typed.core.fields import is_id
from globus_typed.errors import GlobusUsageError


def comma_text(name: str, values: str | UUID | Iterable[str | UUID] | None) -> str | None:
    """The values as the service reads a list of them; there must be one at least."""
    if values is None:
        return None
    given = [values] if isinstance(values, (str, UUID)) or not isinstance(cast("object", values), Iterable) else values
    texts = [str(value) if isinstance(cast("object", value), (str, UUID)) else "" for value in given]
    if not texts or not all(text.strip() for text in texts):
        raise GlobusUsageError(f"{name}: must be a text, or several, one at least, got {values!r}")
    return ",".join(texts)


def ids_text(name: str, values: str | UUID | Iterable[str | UUID] | None) -> str | None:
    """The ids as the service reads a list of them; there must be one at least."""
    text = comma_text(name, values)
    if text is not None and not all(is_id(each.strip()) for each in text.split(",")):
        raise GlobusUsageError(f"{name}: must be UUIDs, got {values!r}")
    return text


def no_form(given: object) -> str | None:
    """What is wrong with what was given as a form, without any value of it; None for a mapping of texts."""
    if not isinstance(given, Mapping):
        return f"form_data: must be a mapping, got {type(given).__name__}"
    form = cast("Mapping[object, object]", given)
    wrong = [str(name) for name in form if not isinstance(form[name], str)]
    return f"form_data: {', '.join(wrong)} must be texts" if wrong else None


def check_one(**values: object) -> None:
    """`GlobusUsageError` where not exactly one of the parameters is given."""
    if sum(value is not None for value in values.values()) != 1:
        raise GlobusUsageError(f"{', '.join(values)}: exactly one of the two must be given")
