"""Types of the arguments that methods of Auth take. Importing this loads no document."""

from collections.abc import Iterable
from uuid import UUID

IdsArgument = str | UUID | Iterable[str | UUID]
"""One id or several."""
