"""Consents: permissions that users have given to apps, and to the services those apps use."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.fields import Timestamp
from globus_typed.scopes import Scope, Scopes, scopes_to_text

__all__ = ["Consent", "ConsentStatus", "Consents"]

ConsentStatus = Literal["approved"] | str
"""The status of a consent; other values are possible."""


class Consent(Document, frozen=True):
    """A user's permission for a client to use a scope, as part of the tree that begins at the root of the path."""

    id: int
    """The id of the consent, a number."""
    client: str | None = None
    """The id of the client that received the permission, a UUID."""
    scope: str | None = None
    """The id of the scope, a UUID."""
    scope_name: str | None = None
    """The scope string, such as ``urn:globus:auth:scope:transfer.api.globus.org:all``."""
    effective_identity: str | None = None
    """The id of the identity that the client acts for, a UUID."""
    dependency_path: list[int]
    """The ids of the consents from the one that the user gave an app down to this one, which is last."""
    created: Timestamp | None = None
    """When it was given."""
    updated: Timestamp | None = None
    """The time of the last change."""
    last_used: Timestamp | None = None
    """The time of last use; None if it was never used."""
    status: ConsentStatus | None = None
    """The status."""
    allows_refresh: bool | None = None
    """Whether refresh tokens can be obtained with it."""
    auto_approved: bool | None = None
    """Whether it was given without asking the user."""
    atomically_revocable: bool | None = None
    """Whether the user may withdraw it separately, keeping the consents it depends on."""


class Consents(ListDocument[Consent], frozen=True):
    """The consents of an identity: iterate over it, or walk the trees that they form.

    The root of a tree is a consent that the user gave an app (`top_level`); below are the consents for the requests
    that services then make of one another (`children`).
    """

    items: list[Consent] = Field(alias="consents")
    """The consents (``consents`` on the wire)."""

    def top_level(self) -> list[Consent]:
        """The consents that users gave to apps, which are the roots of the trees."""
        return [consent for consent in self.items if not _parent(consent)]

    def children(self, consent: Consent) -> list[Consent]:
        """The consents directly below this one: those for the requests that its service makes of other services."""
        return [each for each in self.items if _parent(each) == _place(consent)]

    def meets_scope_requirements(self, scopes: Scopes) -> bool:
        """Whether all the scopes are consented to, each with the dependencies that may not be declined, in one tree.

        Parameters: `scopes`, as for `contains`; those that are optional (``*``) are left out, at every level.
        Raises `ValueError` for a string that is not a scope.
        """
        needed = [_required(scope) for scope in Scope.parse_all(scopes_to_text(scopes)) if not scope.optional]
        return not needed or self.contains(needed)

    def to_forest(self) -> "Consents":
        """The consents as trees, which they are already."""
        return self

    def contains(self, scopes: Scopes) -> bool:
        """Whether all the scopes are consented to, each with all its dependencies, in one tree.

        Parameters: `scopes`, as for a login: strings such as ``"a[b c]"``, or `Scope` objects. Optional dependencies
        must be consented to as well. If the consents belong to several apps, those of any one app suffice.
        Raises `ValueError` for a string that is not a scope.
        """
        below: dict[tuple[int, ...], list[Consent]] = {}
        for consent in self.items:
            if consent.status in (None, "approved"):
                below.setdefault(_parent(consent), []).append(consent)
        return all(_is_among(scope, below, ()) for scope in Scope.parse_all(scopes_to_text(scopes)))


def _required(scope: Scope) -> Scope:
    """The scope without what may be declined."""
    return Scope(
        scope.scope_string, dependencies=tuple(_required(each) for each in scope.dependencies if not each.optional)
    )


def _place(consent: Consent) -> tuple[int, ...]:
    return tuple(consent.dependency_path) or (consent.id,)


def _parent(consent: Consent) -> tuple[int, ...]:
    return _place(consent)[:-1]


def _is_among(scope: Scope, below: Mapping[tuple[int, ...], list[Consent]], place: tuple[int, ...]) -> bool:
    return any(
        all(_is_among(dependency, below, _place(consent)) for dependency in scope.dependencies)
        for consent in below.get(place, ())
        if consent.scope_name == scope.scope_string
    )
