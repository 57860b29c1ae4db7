"""Scopes in words, for the consent page."""

from dataclasses import dataclass

from globus_typed.sandbox.auth.scope_syntax import Scope
from globus_typed.sandbox.auth.store.developer import Registry
from globus_typed.sandbox.auth.store.directory import Directory


@dataclass(frozen=True)
class ScopeInWords:
    """A scope as the consent page shows it."""

    name: str
    words: str
    details: str | None
    optional: bool
    dependencies: tuple["ScopeInWords", ...]


def in_words(scope: Scope, directory: Directory, registry: Registry) -> ScopeInWords:
    """The scope with what it allows in words, and so what it depends on."""
    registered = registry.scope_named(scope.name)
    details = None
    words = registry.known.words(scope.name)
    if words is None and registered is not None:
        words, details = registered.name, registered.description
    elif words is None:
        server = registry.known.resource_server(scope.name) or ""
        app = directory.app(server)
        last = scope.name.rpartition("/")[2].replace("_", " ")
        words = f"Use “{last}” of {app.name if app is not None else server} as you"
    dependencies = tuple(in_words(dependency, directory, registry) for dependency in scope.dependencies)
    return ScopeInWords(scope.name, words, details, scope.optional, dependencies)
