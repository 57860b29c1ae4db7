"""Identities, and the identity providers they belong to."""

from typing import Literal, TypeAlias

from globus_typed.core.documents import Document, Entries

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


class Identities(Entries[Identity], frozen=True):
    """The identities that were found, in no particular order: iterate over it, or read `identities`.

    An identity that does not exist is absent, unless requested with ``provision=True``.
    """

    identities: list[Identity]
    """The identities."""
    included: IdentitiesIncluded | None = None
    """Additional resources, if requested."""

    @property
    def _entries(self) -> list[Identity]:
        return self.identities


class IdentityProviders(Entries[IdentityProvider], frozen=True):
    """The identity providers that were found: iterate over it, or read `identity_providers`."""

    identity_providers: list[IdentityProvider]
    """The providers."""

    @property
    def _entries(self) -> list[IdentityProvider]:
        return self.identity_providers
