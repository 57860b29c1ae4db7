"""Collections of scopes: those of a service, and those of one collection, endpoint or flow."""

from abc import ABC, abstractmethod
from collections.abc import Iterator

from globus_typed.scopes.scope import Scope

__all__ = ["DynamicScopeCollection", "ScopeCollection", "StaticScopeCollection"]


class ScopeCollection(ABC):
    """Base class of collections of scopes of one resource server: iterate over it for all of them."""

    resource_server: str
    """The service that tokens for these scopes are for: the key in `TokenResponse.by_resource_server`."""

    @abstractmethod
    def __iter__(self) -> Iterator[Scope]: ...

    def __repr__(self) -> str:
        return f"{type(self).__name__.lstrip('_')}({self.resource_server!r})"


class StaticScopeCollection(ScopeCollection):
    """Base class of the scopes of a service, which are attributes of the class."""

    def __iter__(self) -> Iterator[Scope]:
        """All scopes, in the order in which the class has them."""
        names = dict.fromkeys(name for owner in reversed(type(self).__mro__) for name in vars(owner))
        return (value for name in names if isinstance(value := getattr(type(self), name), Scope))


class DynamicScopeCollection(ScopeCollection):
    """Base class of the scopes of something that has an id, which are attributes of the object.

    Parameters: `resource_server`, usually that id.
    """

    def __init__(self, resource_server: str) -> None:
        self.resource_server = resource_server

    def __iter__(self) -> Iterator[Scope]:
        """All scopes, in the order in which they were set."""
        return (value for value in vars(self).values() if isinstance(value, Scope))
