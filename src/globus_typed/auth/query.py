"""Query parameters as Globus Auth writes them. What cannot be one is refused by its name, with `GlobusUsageError`."""

from collections.abc import Iterable
from uuid import UUID

from globus_typed.errors import GlobusUsageError


def comma_text(name: str, values: str | UUID | Iterable[str | UUID] | None) -> str | None:
    """The values as the service reads a list of them; there must be one at least."""
    if values is None:
        return None
    texts = [str(values)] if isinstance(values, (str, UUID)) else [str(value) for value in values]
    if not texts or not all(text.strip() for text in texts):
        raise GlobusUsageError(f"{name}: must name at least one, got {values!r}")
    return ",".join(texts)


def check_one(**values: object) -> None:
    """`GlobusUsageError` where not exactly one of the parameters is given."""
    if sum(value is not None for value in values.values()) != 1:
        raise GlobusUsageError(f"{', '.join(values)}: exactly one of the two must be given")
