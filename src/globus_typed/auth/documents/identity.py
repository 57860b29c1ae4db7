"""Identities, and the identity providers they belong to."""

from collections.abc import Iterator
from typing import Any, Literal, TypeAlias, overload

from globus_typed.core.documents import Document

__all__ = [
    "Identities",
    "IdentitiesIncluded",
    "Identity",
    "IdentityProvider",
    "IdentityProviders",
    "IdentityStatus",
    "IdentityType",
]

IdentityStatus: TypeAlias = Literal["unused", "used", "private", "closed"] | str
"""The status of an identity: has logged in (``used``) or not yet (``unused``), hides its details, or is closed."""
IdentityType: TypeAlias = Literal["login", "link"] | str
"""The type of an identity: used by a person to log in, or only linked to another."""


class Identity(Document, frozen=True):
    """An account that can be named in access rules and roles: that of a person or of an app."""

    id: str
    """The id of the identity, a UUID."""
    username: str | None = None
    """The username, such as ``wren@larkspur.example``."""
    status: IdentityStatus | None = None
    """``unused``, ``used``, ``private`` or ``closed``."""
    name: str | None = None
    """The person's full name; None if hidden, as for a private or unused identity."""
    email: str | None = None
    """The person's e-mail address; None if hidden."""
    organization: str | None = None
    """The person's organization; None if hidden."""
    identity_provider: str | None = None
    """The id of the identity provider, a UUID."""
    identity_type: IdentityType | None = None
    """``login`` or ``link``."""


class IdentityProvider(Document, frozen=True):
    """An organization whose accounts can log in to Globus."""

    id: str
    """The id of the provider, a UUID."""
    name: str | None = None
    """The name shown on the login page."""
    short_name: str | None = None
    """A short name."""
    alternative_names: list[str] | None = None
    """Other names it can be found by."""
    domains: list[str] | None = None
    """The domains of its usernames, the part after the ``@``."""


class IdentitiesIncluded(Document, frozen=True):
    """Additional resources, included with identities on request."""

    identity_providers: list[IdentityProvider] | None = None
    """The providers of the identities; present with ``include="identity_provider"``."""


class Identities(Document, frozen=True):
    """The identities that were found, in no particular order: iterate over it, or read `identities`.

    An identity that does not exist is absent, unless requested with ``provision=True``.
    """

    identities: list[Identity]
    """The identities."""
    included: IdentitiesIncluded | None = None
    """Additional resources, if requested."""

    def __iter__(self) -> Iterator[Identity]:  # type: ignore[override]  # yields entries, not pydantic's pairs of fields
        return iter(self.identities)

    def __len__(self) -> int:
        return len(self.identities)

    @overload
    def __getitem__(self, key: int) -> Identity: ...
    @overload
    def __getitem__(self, key: slice) -> list[Identity]: ...
    @overload
    def __getitem__(self, key: str) -> Any: ...
    def __getitem__(self, key: int | slice | str) -> Any:
        """The entry at that index, or the entries of a slice; for a str, the value sent under that name."""
        return super().__getitem__(key) if isinstance(key, str) else self.identities[key]


class IdentityProviders(Document, frozen=True):
    """The identity providers that were found: iterate over it, or read `identity_providers`."""

    identity_providers: list[IdentityProvider]
    """The providers."""

    def __iter__(self) -> Iterator[IdentityProvider]:  # type: ignore[override]  # yields entries, not pairs of fields
        return iter(self.identity_providers)

    def __len__(self) -> int:
        return len(self.identity_providers)

    @overload
    def __getitem__(self, key: int) -> IdentityProvider: ...
    @overload
    def __getitem__(self, key: slice) -> list[IdentityProvider]: ...
    @overload
    def __getitem__(self, key: str) -> Any: ...
    def __getitem__(self, key: int | slice | str) -> Any:
        """The entry at that index, or the entries of a slice; for a str, the value sent under that name."""
        return super().__getitem__(key) if isinstance(key, str) else self.identity_providers[key]
