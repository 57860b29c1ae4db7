"""What scopes allow, in words for the person who is asked."""

from dataclasses import dataclass

from globus_typed.sandbox.auth.known_scopes import KNOWN_SCOPES
from globus_typed.sandbox.auth.scope_syntax import Scope, resource_server
from globus_typed.sandbox.auth.store.developer_registry import Registry
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
    if scope.name in KNOWN_SCOPES:
        words = KNOWN_SCOPES[scope.name]
    elif registered is not None:
        words, details = registered.name, registered.description
    elif scope.name.endswith("/data_access"):
        words = f"See and change the data on collection {resource_server(scope.name)} as you can"
    else:
        server = resource_server(scope.name) or ""
        app = directory.app(server)
        last = scope.name.rpartition("/")[2].replace("_", " ")
        words = f"Use “{last}” of {app.name if app is not None else server} as you"
    dependencies = tuple(in_words(dependency, directory, registry) for dependency in scope.dependencies)
    return ScopeInWords(scope.name, words, details, scope.optional, dependencies)
