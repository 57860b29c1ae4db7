"""`KnownScopes`: which scopes there are, the resource server of each, and what each allows in words."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

__all__ = ["KnownScopes", "ServiceScopes"]

_OF_A_CLIENT = re.compile(
    r"https://auth\.globus\.org/scopes/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z0-9-]+(?:\.[a-z0-9-]+)+)/[a-z0-9_]+"
)
"""The scopes of registered clients, by their id or domain name."""


@dataclass(frozen=True)
class ServiceScopes:
    """The scopes that a service declares."""

    resource_server: str | None = None
    """The resource server of the scopes in `words`."""
    words: Mapping[str, str] = field(default_factory=dict[str, str])
    """The scopes, with what they allow, in words for the consent page."""
    patterns: Mapping[str, str] = field(default_factory=dict[str, str])
    """Scopes that each installation has of its own: regular expressions with a group ``server`` for the resource
    server, with what they allow, in which ``{server}`` is replaced."""


class KnownScopes:
    """The scopes of all services of a sandbox."""

    def __init__(self, declared: Iterable[ServiceScopes] = ()) -> None:
        self._words: dict[str, str] = {}
        self._servers: dict[str, str] = {}
        self._patterns: list[tuple[re.Pattern[str], str]] = []
        self._missing: list[Callable[[str], bool]] = []
        for scopes in declared:
            self._words |= scopes.words
            if scopes.resource_server is not None:
                self._servers |= dict.fromkeys(scopes.words, scopes.resource_server)
            self._patterns += [(re.compile(pattern), words) for pattern, words in scopes.patterns.items()]

    def refuse_where(self, missing: Callable[[str], bool]) -> None:
        """Have a service say of each scope of its installations whether what the scope is of is missing."""
        self._missing.append(missing)

    def is_missing(self, name: str) -> bool:
        """Whether a service says that there is nothing that this scope could be of."""
        return any(missing(name) for missing in self._missing)

    def by_server(self) -> list[tuple[str, str, str]]:
        """Every scope that a service declares by its name: resource server, name, and what it allows."""
        return [(server, name, self._words[name]) for name, server in self._servers.items()]

    def resource_server(self, name: str) -> str | None:
        """The resource server that a scope belongs to; None when no such scope can be."""
        if name in self._servers:
            return self._servers[name]
        for pattern, _ in self._patterns:
            if match := pattern.fullmatch(name):
                return match["server"]
        match = _OF_A_CLIENT.fullmatch(name)
        return match[1] if match else None

    def words(self, name: str) -> str | None:
        """A scope in words for the consent page; None for one that no service declares."""
        if name in self._words:
            return self._words[name]
        for pattern, words in self._patterns:
            if match := pattern.fullmatch(name):
                return words.format(server=match["server"])
        return None
