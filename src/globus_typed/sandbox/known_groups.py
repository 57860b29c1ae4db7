"""`KnownGroups`: the groups that may be principals, for the services that ask who is in them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

__all__ = ["KnownGroup", "KnownGroups"]


@dataclass(frozen=True)
class KnownGroup:
    """A group, as far as other services know it."""

    name: str
    description: str | None
    members: Collection[str]
    """The ids of the identities that are active members, and of those linked with them."""


class KnownGroups:
    """The groups of a sandbox; without a service that plays groups, there are none."""

    def __init__(self) -> None:
        self._find: Callable[[str], KnownGroup | None] | None = None

    def ask(self, find: Callable[[str], KnownGroup | None]) -> None:
        """Have a service say which group has an id, None for none; from now on it is asked each time."""
        self._find = find

    def group(self, id: str) -> KnownGroup | None:
        """The group with this id; None where there is none."""
        return None if self._find is None else self._find(id)

    def members_of(self, id: str) -> Collection[str]:
        """The ids of the identities in a group, as it is now; none where there is no such group."""
        group = self.group(id)
        return () if group is None else group.members
