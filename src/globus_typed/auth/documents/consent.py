"""Consents: permissions that users have given to apps, and to the services those apps use."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from pydantic import Field, ValidationError

from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.fields import Timestamp
from globus_typed.core.problems import explain
from globus_typed.errors import GlobusUsageError
from globus_typed.scopes.scope import Scope, Scopes, scopes_to_text

__all__ = [
    "Consent",
    "ConsentForest",
    "ConsentParseError",
    "ConsentStatus",
    "ConsentTree",
    "ConsentTreeConstructionError",
    "Consents",
]

ConsentStatus = Literal["approved"] | str
"""The status of a consent; other values are possible."""


class ConsentParseError(GlobusUsageError):
    """Data that is not a consent."""

    def __init__(self, message: str, raw_consent: Mapping[str, Any]) -> None:
        self.raw_consent = raw_consent
        super().__init__(message, raw_consent)

    def __str__(self) -> str:
        return str(self.args[0])


class ConsentTreeConstructionError(GlobusUsageError):
    """Consents that make no trees, because some are missing."""

    def __init__(self, message: str, consents: "list[Consent]") -> None:
        self.consents = consents
        super().__init__(message, consents)

    def __str__(self) -> str:
        return str(self.args[0])


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
        needed = [scope for scope in Scope.parse_all(scopes_to_text(scopes)) if not scope.optional]
        return not needed or self._has(needed, with_optional=False)

    def to_forest(self) -> "ConsentForest":
        """The consents as trees, under the name that they have in globus-sdk.

        Raises `ConsentTreeConstructionError` if a consent is there, and the one that it follows from is not.
        """
        return ConsentForest(self.items)

    def contains(self, scopes: Scopes) -> bool:
        """Whether all the scopes are consented to, each with all its dependencies, in one tree.

        Parameters: `scopes`, as for a login: strings such as ``"a[b c]"``, or `Scope` objects. Optional dependencies
        must be consented to as well. If the consents belong to several apps, those of any one app suffice.
        Raises `ValueError` for a string that is not a scope.
        """
        return self._has(Scope.parse_all(scopes_to_text(scopes)), with_optional=True)

    def _has(self, scopes: Iterable[Scope], *, with_optional: bool) -> bool:
        named: dict[str | None, list[Consent]] = {}
        for consent in self.items:
            if consent.status in (None, "approved"):
                named.setdefault(consent.scope_name, []).append(consent)
        return all(any(len(place) == 1 for place in _places(scope, named, with_optional)) for scope in scopes)


class ConsentForest:
    """The consents of an identity as trees, made of consents, or of their plain JSON data."""

    nodes: list[Consent]
    """All consents."""

    def __init__(self, consents: Iterable[Consent | Mapping[str, Any]]) -> None:
        """Make a forest.

        Raises `ConsentParseError` for what is not a consent, and `ConsentTreeConstructionError` if a consent is there,
        and the one that it follows from is not.
        """
        self.nodes = [each if isinstance(each, Consent) else _read(each) for each in consents]
        places = {_place(consent) for consent in self.nodes}
        for consent in self.nodes:
            if _parent(consent) and _parent(consent) not in places:
                raise ConsentTreeConstructionError(
                    f"consent {consent.id} follows from consent {_parent(consent)[-1]}, which is not among them",
                    self.nodes,
                )

    @property
    def trees(self) -> "list[ConsentTree]":
        """The trees, one for each consent that the user gave to an app."""
        return [ConsentTree(consent.id, self) for consent in self.nodes if not _parent(consent)]

    def get_node(self, consent_id: int) -> Consent:
        """The consent with this id. Raises `KeyError` if there is none."""
        return _with_id(self.nodes, consent_id)

    def meets_scope_requirements(self, scopes: Scopes) -> bool:
        """Whether all the scopes are consented to, each with the dependencies that may not be declined, in one tree."""
        return Consents(consents=self.nodes).meets_scope_requirements(scopes)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({len(self.nodes)} consents)"


class ConsentTree:
    """A consent that the user gave to an app, and those that follow from it.

    Parameters: `root_id`, the id of that consent; `forest`, in which it is. Raises `KeyError` if it is not.
    """

    root: Consent
    """The consent that the user gave to an app."""
    nodes: list[Consent]
    """All consents of the tree."""

    def __init__(self, root_id: int, forest: ConsentForest) -> None:
        self.root = forest.get_node(root_id)
        place = _place(self.root)
        self.nodes = [consent for consent in forest.nodes if _place(consent)[: len(place)] == place]

    @property
    def max_depth(self) -> int:
        """The most levels that the tree has, one for the root alone."""
        return max(len(_place(consent)) for consent in self.nodes) - len(_place(self.root)) + 1

    def get_node(self, consent_id: int) -> Consent:
        """The consent with this id. Raises `KeyError` if it is not in the tree."""
        return _with_id(self.nodes, consent_id)

    def meets_scope_requirements(self, scope: Scope | str) -> bool:
        """Whether the root is the consent to the scope, and what it depends on follows, unless it may be declined."""
        return Consents(consents=self.nodes).meets_scope_requirements(scope)


def _read(data: Mapping[str, Any]) -> Consent:
    try:
        return Consent.model_validate(dict(data))
    except ValueError as error:
        problem = explain(error) if isinstance(error, ValidationError) else str(error)
    raise ConsentParseError(f"not a consent: {problem}", data)


def _with_id(consents: Iterable[Consent], consent_id: int) -> Consent:
    for consent in consents:
        if consent.id == consent_id:
            return consent
    raise KeyError(consent_id)


def _place(consent: Consent) -> tuple[int, ...]:
    return tuple(consent.dependency_path) or (consent.id,)


def _parent(consent: Consent) -> tuple[int, ...]:
    return _place(consent)[:-1]


def _places(scope: Scope, named: Mapping[str | None, list[Consent]], with_optional: bool) -> set[tuple[int, ...]]:
    """The places of the consents to the scope that have consents to all its dependencies below them."""
    # Not by recursion, so that no nesting is too deep: the innermost dependencies first.
    order, left = list[Scope](), [scope]
    while left:
        order.append(left.pop())
        left += _needed(order[-1], with_optional)
    found: dict[int, set[tuple[int, ...]]] = {}
    for each in reversed(order):
        found[id(each)] = {_place(consent) for consent in named.get(each.scope_string, ())}
        for dependency in _needed(each, with_optional):
            found[id(each)] &= {place[:-1] for place in found[id(dependency)]}
    return found[id(scope)]


def _needed(scope: Scope, with_optional: bool) -> list[Scope]:
    return [dependency for dependency in scope.dependencies if with_optional or not dependency.optional]
