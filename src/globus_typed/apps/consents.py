"""Whether the user has consented to the scopes that others depend on."""

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from globus_typed.apps.records import is_within, requested_scopes
from globus_typed.apps.tokens import TokenStorageData
from globus_typed.auth import documents
from globus_typed.core.authorizers import AccessTokenAuthorizer
from globus_typed.errors import GlobusError
from globus_typed.scopes.scope import Scope

__all__ = ["ConsentCheck"]

_KEPT = 60.0
"""Seconds that consents are kept, since they can be withdrawn elsewhere."""


class _AsksAuth(Protocol):
    @property
    def environment(self) -> str: ...
    @property
    def clock(self) -> Callable[[], float]: ...
    def obtain(self, resource_server: str, known: str | None, is_urgent: bool) -> TokenStorageData: ...


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
        return (*absent, *(self.lacking(given, stored, optional=True) or ()))

    def never_asked(self, scopes: Iterable[Scope], stored: Mapping[str, TokenStorageData]) -> tuple[str, ...]:
        """The optional dependencies that the user has neither consented to nor been asked for at a login."""
        asked = [scope for token in stored.values() for scope in requested_scopes(token)]
        new = [scope for scope in scopes if any(not is_within(path, asked) for path in _paths(scope, optional=True))]
        lacking = self.lacking(new, stored, optional=True) or ()
        return tuple(path for path in lacking if not is_within(Scope.parse(path), asked))

    def lacking(
        self, scopes: Iterable[Scope], stored: Mapping[str, TokenStorageData], *, optional: bool
    ) -> tuple[str, ...] | None:
        """The dependencies that the user has not consented to, each as the scope with nothing but the way to it; None
        if that cannot be found out.

        Parameters: `optional`, whether the optional ones are looked for, or those that are required.
        """
        paths = [path for scope in scopes for path in _paths(scope, optional=optional)]
        consents = self._read(stored) if paths else None
        if paths and consents is None:
            return None
        return tuple(str(path) for path in paths if consents is not None and not consents.contains(path))

    def _read(self, stored: Mapping[str, TokenStorageData]) -> "documents.Consents | None":
        if self._known is not None and self._app.clock() - self._known[0] < _KEPT:
            return self._known[1]
        token = stored.get("auth.globus.org")
        identity = None if token is None else token.identity_id
        if token is None or identity is None:
            return None
        from globus_typed.auth.client import AuthClient

        try:
            if token.expires_at_seconds <= self._app.clock():
                token = self._app.obtain("auth.globus.org", None, False)
            with AuthClient(
                authorizer=AccessTokenAuthorizer(token.access_token), environment=self._app.environment
            ) as client:
                consents = client.get_consents(identity)
        except GlobusError:
            return None
        self._known = self._app.clock(), consents
        return consents


def _needs_any(scope: Scope) -> bool:
    return any(not dependency.optional for dependency in scope.dependencies)


def _paths(scope: Scope, *, optional: bool) -> Iterable[Scope]:
    """Each dependency of the kind, as the scope with nothing but the way to it."""
    # Not by recursion, so that no nesting is too deep.
    left: list[tuple[tuple[str, ...], Scope]] = [
        ((scope.scope_string,), dependency) for dependency in reversed(scope.dependencies)
    ]
    while left:
        way, dependency = left.pop()
        way = (*way, dependency.scope_string)
        if dependency.optional is optional:
            path = Scope(way[-1])
            for name in reversed(way[:-1]):
                path = Scope(name, dependencies=(path,))
            yield path
        if optional or not dependency.optional:  # nobody needs what a dependency needs that was declined
            left += [(way, each) for each in reversed(dependency.dependencies)]
