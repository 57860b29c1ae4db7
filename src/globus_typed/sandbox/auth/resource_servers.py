"""Scopes with their dependencies, by the resource servers that they belong to."""

from collections.abc import Iterable

from globus_typed.sandbox.auth.scope_syntax import Scope, merge
from globus_typed.sandbox.known_scopes import KnownScopes

__all__ = ["by_resource_server", "unknown_names"]


def unknown_names(scopes: Iterable[Scope], known: KnownScopes) -> list[str]:
    """The names, dependencies included, that belong to no resource server."""
    unknown: list[str] = []
    for scope in scopes:
        if known.resource_server(scope.name) is None:
            unknown.append(scope.name)
        unknown += unknown_names(scope.dependencies, known)
    return unknown


def by_resource_server(scopes: Iterable[Scope], known: KnownScopes) -> dict[str, tuple[Scope, ...]]:
    """Known scopes grouped by resource server, the server of the first one first."""
    grouped: dict[str, tuple[Scope, ...]] = {}
    for scope in merge(scopes):
        server = known.resource_server(scope.name)
        if server is not None:
            grouped[server] = (*grouped.get(server, ()), scope)
    return grouped
