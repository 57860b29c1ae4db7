"""Types of the arguments that methods of Auth take. Importing this loads no document."""

from collections.abc import Iterable
from uuid import UUID

from typing_extensions import TypedDict

IdsArgument = str | UUID | Iterable[str | UUID]
"""One id or several."""


class NoMore(TypedDict):
    """No further arguments: type checkers refuse every name, and so does the call, with the nearest that there is."""
