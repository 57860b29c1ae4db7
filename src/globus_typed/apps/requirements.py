"""`ScopeRequirements`: the scopes that an app needs, by resource server. No I/O here."""

import threading
from collections.abc import Mapping

from globus_typed import registry
from globus_typed.core import forks
from globus_typed.core.fields import is_id
from globus_typed.core.json_data import unchecked
from globus_typed.errors import GlobusUsageError
from globus_typed.scopes.parser import ScopeParser
from globus_typed.scopes.scope import Scope, Scopes, scopes_to_text

__all__ = ["ScopeRequirements", "scopes_of"]


class ScopeRequirements:
    """The scopes that an app needs, by resource server: merged, each once, in the order in which they were added."""

    def __init__(self, given: Mapping[str, Scopes] | None = None) -> None:
        self._lock = threading.Lock()
        self._scopes: dict[str, tuple[Scope, ...]] = {}
        forks.watch(self)
        self.add(given or {})

    def after_fork(self) -> object:
        # A thread that does not exist here may hold it.
        lock, self._lock = self._lock, threading.Lock()
        return lock

    def add(self, given: Mapping[str, Scopes]) -> frozenset[str]:
        """Add scopes, and return the resource servers that need more than before.

        Raises `GlobusUsageError` for what is no scope, and for a scope of another resource server.
        """
        if not isinstance(unchecked(given), Mapping):
            raise GlobusUsageError(
                f"scope_requirements: must be scopes by resource server, such as {{'auth.globus.org': 'openid'}}, got "
                f"{type(given).__name__}"
            )
        added = {
            _checked_server(server): scopes_of(f"scope_requirements: {server}", own) for server, own in given.items()
        }
        for server, own in added.items():
            for scope in own:
                _check_home(server, scope)
        changed: set[str] = set()
        with self._lock:
            for server, own in added.items():
                before = self._scopes.get(server, ())
                after = tuple(ScopeParser.merge_scopes(before, own))
                if after != before:
                    self._scopes = {**self._scopes, server: after}
                    changed.add(server)
        return frozenset(changed)

    @property
    def by_resource_server(self) -> dict[str, list[Scope]]:
        """A copy of the requirements."""
        return {server: [*scopes] for server, scopes in self._scopes.items()}

    def of(self, resource_server: str) -> tuple[Scope, ...]:
        """The scopes needed of a resource server; empty for none."""
        return self._scopes.get(resource_server, ())

    def all(self) -> tuple[Scope, ...]:
        """The scopes needed of all resource servers."""
        return tuple(ScopeParser.merge_scopes([], [scope for own in self._scopes.values() for scope in own]))

    def unmet(self, resource_server: str, granted: str) -> tuple[str, ...]:
        """The scopes that a token with the granted ones lacks. What is optional never lacks."""
        have = set(granted.split())
        needed = (scope for scope in self.of(resource_server) if not scope.optional)
        return tuple(scope.scope_string for scope in needed if scope.scope_string not in have)


def scopes_of(name: str, scopes: Scopes) -> tuple[Scope, ...]:
    """The scopes, parsed and merged; `GlobusUsageError`, by the given name, for what is none."""
    try:
        return tuple(ScopeParser.merge_scopes([], Scope.parse_all(scopes_to_text(scopes))))
    except ValueError as error:
        raise GlobusUsageError(f"{name}: {error}") from None


def _checked_server(server: object) -> str:
    if not isinstance(server, str) or not server or not server.isprintable() or " " in server:
        raise GlobusUsageError(f"scope_requirements: must be by resource server, a str, got {server!r}")
    if "://" in server:
        raise GlobusUsageError(
            f"scope_requirements: {server!r} is a URL; a resource server is a name such as "
            f"{server.partition('://')[2].strip('/')!r}"
        )
    return server


def _check_home(server: str, scope: Scope) -> None:
    home = _home(scope.scope_string)
    # A service that is registered by a domain name has scopes with its id: which name that is cannot be told.
    may_be_named = home is not None and is_id(home) and not is_id(server) and not {home, server} & _known_servers()
    if home is not None and server != home and not may_be_named:
        raise GlobusUsageError(
            f"scope_requirements: {scope.scope_string} is a scope of {home}, not of {server}; "
            "give it under its own resource server"
        )


_ADDRESS = "https://auth.globus.org/scopes/"


def _owner(scope: str) -> str | None:
    """Whose scope an address is: the id of a collection, a flow or an app, or the name of a known service."""
    owner = scope.removeprefix(_ADDRESS).partition("/")[0]
    for service in registry.services():
        if any(text.startswith(f"{_ADDRESS}{owner}/") for text in service.default_scopes):
            return service.resource_server
    return owner or None


def _known_servers() -> set[str | None]:
    return {service.resource_server for service in registry.services()}


def _home(scope: str) -> str | None:
    """The resource server that a known scope belongs to; None for a scope that is not known."""
    for service in registry.services():
        if service.resource_server and scope in {text.partition("[")[0] for text in service.default_scopes}:
            return service.resource_server
    prefix = "urn:globus:auth:scope:"
    if scope.startswith(prefix):
        return scope.removeprefix(prefix).rpartition(":")[0]
    if scope.startswith(_ADDRESS):
        return _owner(scope)
    return "auth.globus.org" if scope in {"openid", "profile", "email"} else None
