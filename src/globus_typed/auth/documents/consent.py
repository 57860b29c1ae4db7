"""Consents: what users have allowed apps, and services behind those, to do for them."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.fields import Timestamp
from globus_typed.scopes import Scope, Scopes, scopes_to_text

__all__ = ["Consent", "ConsentStatus", "Consents"]

ConsentStatus = Literal["approved"] | str
"""Whether the consent is good; there may be states that are not listed here."""


class Consent(Document, frozen=True):
    """That a user allows a client the use of a scope, for what began with the consent at the root of the path."""

    id: int
    """The number of the consent."""
    client: str | None = None
    """The client that is allowed something, a UUID."""
    scope: str | None = None
    """The id of the scope, a UUID."""
    scope_name: str | None = None
    """The scope as it is asked for, such as ``urn:globus:auth:scope:transfer.api.globus.org:all``."""
    effective_identity: str | None = None
    """The identity that the client acts for, a UUID."""
    dependency_path: list[int]
    """The numbers of the consents from the one that the user gave an app down to this, which is the last."""
    created: Timestamp | None = None
    """When it was given."""
    updated: Timestamp | None = None
    """When it was last changed."""
    last_used: Timestamp | None = None
    """When it was last used; None for never."""
    status: ConsentStatus | None = None
    """Whether it is good."""
    allows_refresh: bool | None = None
    """Whether refresh tokens can be had with it."""
    auto_approved: bool | None = None
    """Whether it was given without the user being asked."""
    atomically_revocable: bool | None = None
    """Whether the user may withdraw it alone, and leave what it depends on."""


class Consents(ListDocument[Consent], frozen=True):
    """The consents of an identity: iterate it, or walk the trees that they make.

    A tree begins with what the user allows an app (`top_level`); below are the consents for what the services then ask
    of one another (`children`).
    """

    items: list[Consent] = Field(alias="consents")
    """The consents (``consents`` on the wire)."""

    def top_level(self) -> list[Consent]:
        """The consents that users gave to apps, and that follow from no other."""
        return [consent for consent in self.items if not _parent(consent)]

    def children(self, consent: Consent) -> list[Consent]:
        """The consents that follow from that one at once: those for what its service asks of other services."""
        return [each for each in self.items if _parent(each) == _place(consent)]

    def contains(self, scopes: Scopes) -> bool:
        """Whether all the scopes are consented to, each with all it depends on, in one tree.

        Parameters: `scopes`, as for a login: texts such as ``"a[b c]"``, or `Scope` values. Dependencies that are
        optional must be there as well. Where the consents are those of several apps, any of the apps will do.
        Raises `ValueError` for a text that is no scope.
        """
        below: dict[tuple[int, ...], list[Consent]] = {}
        for consent in self.items:
            if consent.status in (None, "approved"):
                below.setdefault(_parent(consent), []).append(consent)
        return all(_is_among(scope, below, ()) for scope in Scope.parse_all(scopes_to_text(scopes)))


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
