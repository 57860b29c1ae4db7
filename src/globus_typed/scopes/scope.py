"""`Scope`: what a token may be used for, with its dependencies, and the grammar that scopes are written in."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias, cast

from globus_typed.core.json_data import unchecked
from globus_typed.scopes.errors import ScopeParseError

__all__ = ["Scope", "ScopeString", "Scopes", "scopes_to_text"]


@dataclass(frozen=True, eq=False, repr=False)
class Scope:
    """A scope and those it depends on: ``str(scope)`` gives the string that Globus Auth reads, such as ``a[b *c]``.

    May be given instead of a str wherever scopes are. Raises `ScopeParseError` for a string that is not a scope.
    """

    scope_string: str
    """The scope, such as ``urn:globus:auth:scope:transfer.api.globus.org:all``."""
    optional: bool = False
    """As a dependency: whether the user may decline it (written with a ``*`` in front)."""
    dependencies: "tuple[Scope, ...]" = ()
    """The scopes that the service behind this one may use at other services for the user."""

    def __post_init__(self) -> None:
        if not isinstance(unchecked(self.scope_string), str) or not _NAME.fullmatch(self.scope_string):
            raise ScopeParseError(
                f"scope_string: must be one scope of printable ASCII characters, without spaces, brackets and stars, "
                f"got {self.scope_string!r}; Scope.parse reads more than that"
            )
        object.__setattr__(self, "scope_string", str(self.scope_string))
        object.__setattr__(self, "dependencies", tuple(self.dependencies))

    @classmethod
    def parse(cls, text: str) -> "Scope":
        """The one scope in the string, with its dependencies.

        Raises `ScopeParseError` for none, several, or a malformed string.
        """
        scopes = cls.parse_all(text)
        if len(scopes) != 1:
            raise ScopeParseError(
                f"must hold exactly one scope, got {len(scopes)} in {text!r}; Scope.parse_all reads several"
            )
        return scopes[0]

    @classmethod
    def parse_all(cls, text: str) -> "list[Scope]":
        """The scopes in the string, separated by spaces.

        Raises `ScopeParseError`, which tells the position, for a malformed string.
        """
        # One level for each bracket that is open, so that no nesting is too deep.
        levels: list[list[Scope]] = [[]]
        place = 0
        while place < len(text):
            token = _TOKEN.match(text, place)
            if token is None:
                raise ScopeParseError(f"character {place + 1} of {text!r}: {_wrong(text, place)}")
            if token["name"] is not None:
                levels[-1].append(cls(token["name"], optional=bool(token["star"])))
            elif token["open"] is not None:
                levels.append([])
            elif token["close"] is not None:
                if len(levels) == 1 or not levels[-1]:
                    raise ScopeParseError(f"character {place + 1} of {text!r}: {_wrong(text, place)}")
                dependencies = levels.pop()
                levels[-1][-1] = replace(levels[-1][-1], dependencies=tuple(dependencies))
            place = token.end()
        if len(levels) > 1:
            raise ScopeParseError(f"{text!r}: a bracket is open at its end")
        return levels[0]

    def with_dependency(self, dependency: "Scope | str") -> "Scope":
        """This scope with one more dependency."""
        return self.with_dependencies((dependency,))

    def with_dependencies(self, dependencies: "Iterable[Scope | str]") -> "Scope":
        """This scope with more dependencies."""
        more = (each if isinstance(each, Scope) else Scope.parse(each) for each in dependencies)
        return Scope(self.scope_string, self.optional, (*self.dependencies, *more))

    def with_optional(self, optional: bool) -> "Scope":
        """This scope as a dependency that may, or may not, be declined."""
        return Scope(self.scope_string, optional, self.dependencies)

    def __str__(self) -> str:
        # Not by recursion, so that no nesting is too deep.
        pieces: list[str] = []
        left: list[Scope | str] = [self]
        while left:
            piece = left.pop()
            if not isinstance(piece, Scope):
                pieces.append(piece)
                continue
            pieces.append("*" * piece.optional + piece.scope_string)
            if piece.dependencies:
                inside = [part for dependency in piece.dependencies for part in (dependency, " ")]
                left += ["]", *reversed(inside[:-1]), "["]
        return "".join(pieces)

    def __repr__(self) -> str:
        plain = not self.optional and not self.dependencies
        return f"Scope({self.scope_string!r})" if plain else f"Scope.parse({str(self)!r})"

    # By the string, which says all: so no nesting is too deep for these either.

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other) if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(str(self))

    def __reduce__(self) -> "tuple[Callable[[str], Scope], tuple[str]]":
        return Scope.parse, (str(self),)


class ScopeString(str, Scope):
    """A scope without dependencies that is a str as well, as the scopes of services are: ``TransferScopes.all``."""

    def __reduce__(self) -> "tuple[type[ScopeString], tuple[str]]":
        return ScopeString, (str(self),)


Scopes: TypeAlias = str | Scope | Iterable[str | Scope]
"""One scope or several: as a str, separated by spaces, or as `Scope`."""

_NAME = re.compile(r"[!-)+-Z\\^-~]+")
"""Printable ASCII characters but the space, the brackets and the star."""
_TOKEN = re.compile(
    r"""
    (?P<star>\*)? (?P<name>[!-)+-Z\\^-~]+)
    | (?<=[!-)+-Z\\^-~]) (?P<open>\[)
    | (?P<close>\]) (?=[ \n\]]|\Z)
    | [ \n]+
    """,
    re.VERBOSE,
)


def _wrong(text: str, place: int) -> str:
    return {
        "[": "a bracket must follow a scope at once",
        "]": "a bracket is closed that is empty or not open, or something follows it without a space",
        "*": "a star must stand before a scope at once",
    }.get(text[place], f"{text[place]!r} is none of the printable ASCII characters that scopes are made of")


def scopes_to_text(scopes: Scopes) -> str:
    """The scopes as the one string that Globus Auth reads, separated by single spaces.

    Raises `ScopeParseError` for no scope at all, and for anything that is neither a `Scope` nor a string of scopes.
    """
    if isinstance(scopes, (str, Scope)):
        scopes = (scopes,)
    given = unchecked(scopes)  # programs without a type checker can bring anything
    if not isinstance(given, Iterable):
        raise ScopeParseError(f"must be a str or several, got {given!r}")
    found: list[Scope] = []
    for scope in cast("Iterable[object]", given):
        if isinstance(scope, Scope):
            found.append(scope)
        elif isinstance(scope, str) and scope.strip():
            found += Scope.parse_all(scope)
        else:
            raise ScopeParseError(f'must be scopes such as "openid", got {scope!r}')
    if not found:
        raise ScopeParseError("must name at least one scope")
    return " ".join(map(str, found))
