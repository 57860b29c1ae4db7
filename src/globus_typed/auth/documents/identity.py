"""Identities, and the organizations that vouch for them."""

from collections.abc import Iterator
from typing import Literal, TypeAlias

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
"""Whether the identity has logged in (``used``) or not yet, hides its details, or is gone."""
IdentityType: TypeAlias = Literal["login", "link"] | str
"""Whether a person logs in with the identity, or it is only linked to another."""


class Identity(Document, frozen=True):
    """An account that can be named in access rules and roles: a person's, or an app's."""

    id: str
    """The identity's id, a UUID."""
    username: str | None = None
    """Its name, such as ``wren@larkspur.example``."""
    status: IdentityStatus | None = None
    """``unused``, ``used``, ``private`` or ``closed``."""
    name: str | None = None
    """The person's full name; None where it is hidden, as for a private or unused identity."""
    email: str | None = None
    """The person's e-mail address; None where it is hidden."""
    organization: str | None = None
    """The person's organization; None where it is hidden."""
    identity_provider: str | None = None
    """The id of the identity provider that vouches for it, a UUID."""
    identity_type: IdentityType | None = None
    """``login`` or ``link``."""


class IdentityProvider(Document, frozen=True):
    """An organization whose accounts can log in to Globus."""

    id: str
    """The provider's id, a UUID."""
    name: str | None = None
    """Its name, as the login page shows it."""
    short_name: str | None = None
    """A short name."""
    alternative_names: list[str] | None = None
    """Other names that it is found by."""
    domains: list[str] | None = None
    """The domains of its usernames, the part behind the ``@``."""


class IdentitiesIncluded(Document, frozen=True):
    """What comes along with identities where it was asked for."""

    identity_providers: list[IdentityProvider] | None = None
    """The providers of the identities; there with ``include="identity_provider"``."""


class Identities(Document, frozen=True):
    """The identities that were found, in no promised order: iterate it, or read `identities`.

    One that does not exist is missing, unless it was asked for with ``provision=True``.
    """

    identities: list[Identity]
    """The identities."""
    included: IdentitiesIncluded | None = None
    """What comes along where it was asked for."""

    def __iter__(self) -> Iterator[Identity]:  # type: ignore[override]  # the entries, and not pydantic's pairs of members
        return iter(self.identities)

    def __len__(self) -> int:
        return len(self.identities)


class IdentityProviders(Document, frozen=True):
    """The identity providers that were found: iterate it, or read `identity_providers`."""

    identity_providers: list[IdentityProvider]
    """The providers."""

    def __iter__(self) -> Iterator[IdentityProvider]:  # type: ignore[override]  # the entries, and not pairs of members
        return iter(self.identity_providers)

    def __len__(self) -> int:
        return len(self.identity_providers)
