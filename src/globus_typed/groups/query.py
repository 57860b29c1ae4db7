"""Query parameters in the format of Globus Groups. Invalid ones are refused by name, with `GlobusUsageError`."""

from collections.abc import Collection, Iterable
from difflib import get_close_matches

from globus_typed.core.json_data import is_iterable
from globus_typed.errors import GlobusUsageError

STATUSES = ("active", "invited", "pending", "rejected", "removed", "left", "declined")
"""The statuses of memberships that can be asked for."""
INCLUDED = ("memberships", "my_memberships", "policies", "allowed_actions", "child_ids")
"""The parts of a group that can be asked for."""


def words_text(name: str, values: str | Iterable[str] | None, known: Collection[str]) -> str | None:
    """The words as a comma-separated list, each one of those that are known; there must be at least one.

    Parameters: `values`, one word, several, or several in one str with commas.
    """
    if values is None:
        return None
    words = _words(values)
    for word in words or [values]:
        if word not in known:
            close = get_close_matches(str(word).lower(), known, n=1)
            meant = f"; did you mean {close[0]}?" if close else ""
            raise GlobusUsageError(f"{name}: must be any of {', '.join(known)}, got {word!r}{meant}")
    return ",".join(map(str, words))


def _words(values: object) -> list[object]:
    if isinstance(values, str):
        return [*values.split(",")]
    return [*values] if is_iterable(values) else []
