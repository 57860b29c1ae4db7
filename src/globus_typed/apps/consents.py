"""Whether the user has consented to the scopes that others depend on."""

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from globus_typed.apps.tokens import TokenStorageData
from globus_typed.auth import documents
from globus_typed.core.authorizers import AccessTokenAuthorizer
from globus_typed.errors import GlobusError
from globus_typed.scopes import Scope

__all__ = ["ConsentCheck"]

_KEPT = 60.0
"""Seconds that consents are kept, since they can be withdrawn elsewhere."""


class _AsksAuth(Protocol):
    @property
    def environment(self) -> str: ...
    @property
    def clock(self) -> Callable[[], float]: ...


class ConsentCheck:
    """The consents of the user of an app, read where scopes with dependencies are needed, and kept for a minute."""

    def __init__(self, app: _AsksAuth) -> None:
        self._app = app
        self._known: tuple[float, documents.Consents] | None = None

    def forget(self) -> None:
        """Read them anew at the next question."""
        self._known = None

    def suffice(self, scopes: Iterable[Scope], stored: Mapping[str, TokenStorageData]) -> bool:
        """Whether the user has consented to what the scopes depend on, optional dependencies aside.

        True too if that cannot be found out: a login would not be found out to be needed by a call that failed.
        """
        needed = [scope for scope in scopes if not scope.optional and _needs_any(scope)]
        if not needed:
            return True
        consents = self._read(stored)
        if consents is None or consents.meets_scope_requirements(needed):
            return True
        self.forget()  # they may have been given since
        consents = self._read(stored)
        return consents is None or consents.meets_scope_requirements(needed)

    def declined(self, scopes: Iterable[Scope], stored: Mapping[str, TokenStorageData]) -> tuple[str, ...]:
        """The optional scopes that the user has not consented to; those of a token's own that it lacks included."""
        granted = {name for token in stored.values() for name in token.scope.split()}
        given = [*scopes]
        absent = [scope.scope_string for scope in given if scope.optional and scope.scope_string not in granted]
        asked = [scope for scope in given if _has_optional(scope)]
        consents = self._read(stored) if asked else None
        if consents is not None:
            absent += [str(path) for scope in asked for path in _optional_paths(scope) if not consents.contains(path)]
        return tuple(absent)

    def _read(self, stored: Mapping[str, TokenStorageData]) -> "documents.Consents | None":
        if self._known is not None and self._app.clock() - self._known[0] < _KEPT:
            return self._known[1]
        token = stored.get("auth.globus.org")
        if token is None or token.identity_id is None or token.expires_at_seconds <= self._app.clock():
            return None
        from globus_typed.auth.client import AuthClient

        try:
            with AuthClient(
                authorizer=AccessTokenAuthorizer(token.access_token), environment=self._app.environment
            ) as client:
                consents = client.get_consents(token.identity_id)
        except GlobusError:
            return None
        self._known = self._app.clock(), consents
        return consents


def _needs_any(scope: Scope) -> bool:
    return any(not dependency.optional for dependency in scope.dependencies)


def _has_optional(scope: Scope) -> bool:
    return any(dependency.optional or _has_optional(dependency) for dependency in scope.dependencies)


def _optional_paths(scope: Scope) -> Iterable[Scope]:
    """Each optional dependency, as the scope with nothing but the way to it."""
    for dependency in scope.dependencies:
        if dependency.optional:
            yield Scope(scope.scope_string, dependencies=(Scope(dependency.scope_string),))
        for path in _optional_paths(dependency):
            yield Scope(scope.scope_string, dependencies=(path,))
