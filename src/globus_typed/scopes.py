"""`Scope`: what a token may be used for, with its dependencies, and the grammar that scopes are written in."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias, cast

from typing_extensions import Self

from globus_typed import registry

__all__ = ["Scope", "ScopeParser", "Scopes", "scopes_to_text"]

if not TYPE_CHECKING:  # a module with __getattr__ has, to a type checker, every name there is

    def __getattr__(name: str) -> object:
        for service in () if name.startswith("_") else registry.names():
            scopes = registry.part(service, "scopes")
            if name in getattr(scopes, "__all__", ()):
                return getattr(scopes, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@dataclass(frozen=True)
class Scope:
    """A scope and those it depends on: ``str(scope)`` gives the string that Globus Auth reads, such as ``a[b *c]``.

    May be given instead of a str wherever scopes are. Raises `ValueError` for a string that is not a scope.
    """

    scope_string: str
    """The scope, such as ``urn:globus:auth:scope:transfer.api.globus.org:all``."""
    optional: bool = False
    """As a dependency: whether the user may decline it (written with a ``*`` in front)."""
    dependencies: "tuple[Scope, ...]" = ()
    """The scopes that the service behind this one may use at other services for the user."""

    def __post_init__(self) -> None:
        if not isinstance(cast(object, self.scope_string), str) or not _NAME.fullmatch(self.scope_string):
            raise ValueError(
                f"scope_string: must be one scope, without spaces, brackets and stars, got {self.scope_string!r}; "
                "Scope.parse reads more than that"
            )
        object.__setattr__(self, "dependencies", tuple(self.dependencies))

    @classmethod
    def parse(cls, text: str) -> "Scope":
        """The one scope in the string, with its dependencies; `ValueError` for none, several, or a malformed string."""
        scopes = cls.parse_all(text)
        if len(scopes) != 1:
            raise ValueError(
                f"must hold exactly one scope, got {len(scopes)} in {text!r}; Scope.parse_all reads several"
            )
        return scopes[0]

    @classmethod
    def parse_all(cls, text: str) -> "list[Scope]":
        """The scopes in the string, separated by spaces; `ValueError`, with the position, for a malformed string."""
        # One level for each bracket that is open, so that no nesting is too deep.
        levels: list[list[Scope]] = [[]]
        place = 0
        while place < len(text):
            token = _TOKEN.match(text, place)
            if token is None:
                raise ValueError(f"character {place + 1} of {text!r}: {_wrong(text, place)}")
            if token["name"] is not None:
                levels[-1].append(cls(token["name"], optional=bool(token["star"])))
            elif token["open"] is not None:
                levels.append([])
            elif token["close"] is not None:
                if len(levels) == 1 or not levels[-1]:
                    raise ValueError(f"character {place + 1} of {text!r}: {_wrong(text, place)}")
                dependencies = levels.pop()
                levels[-1][-1] = replace(levels[-1][-1], dependencies=tuple(dependencies))
            place = token.end()
        if len(levels) > 1:
            raise ValueError(f"{text!r}: a bracket is open at its end")
        return levels[0]

    def with_dependency(self, dependency: "Scope | str") -> Self:
        """This scope with one more dependency."""
        return self.with_dependencies((dependency,))

    def with_dependencies(self, dependencies: "Iterable[Scope | str]") -> Self:
        """This scope with more dependencies."""
        more = (Scope.parse(each) if isinstance(each, str) else each for each in dependencies)
        return replace(self, dependencies=(*self.dependencies, *more))

    def with_optional(self, optional: bool) -> Self:
        """This scope as a dependency that may, or may not, be declined."""
        return replace(self, optional=optional)

    def __str__(self) -> str:
        # Not by recursion, so that no nesting is too deep.
        pieces: list[str] = []
        left: list[Scope | str] = [self]
        while left:
            piece = left.pop()
            if isinstance(piece, str):
                pieces.append(piece)
                continue
            pieces.append("*" * piece.optional + piece.scope_string)
            if piece.dependencies:
                inside = [part for dependency in piece.dependencies for part in (dependency, " ")]
                left += ["]", *reversed(inside[:-1]), "["]
        return "".join(pieces)


Scopes: TypeAlias = str | Scope | Iterable[str | Scope]
"""One scope or several: as a str, separated by spaces, or as `Scope`."""

_NAME = re.compile(r"[^\s\[\]*]+")
_TOKEN = re.compile(
    r"""
    (?P<star>\*)? (?P<name>[^\s\[\]*]+)
    | (?<=[^\s\[\]*]) (?P<open>\[)
    | (?P<close>\]) (?=[\s\]]|$)
    | \s+
    """,
    re.VERBOSE,
)


def _wrong(text: str, place: int) -> str:
    return {
        "[": "a bracket must follow a scope at once",
        "]": "a bracket is closed that is empty or not open, or something follows it without a space",
        "*": "a star must stand before a scope at once",
    }.get(text[place], "unexpected")


def scopes_to_text(scopes: Scopes) -> str:
    """The scopes as the one string that Globus Auth reads, separated by single spaces.

    Raises `ValueError` for no scope at all, and for anything that is neither a `Scope` nor a string of scopes.
    """
    if isinstance(scopes, (str, Scope)):
        scopes = (scopes,)
    given = cast(object, scopes)  # programs without a type checker can bring anything
    if not isinstance(given, Iterable):
        raise ValueError(f"must be a str or several, got {given!r}")
    found: list[Scope] = []
    for scope in cast("Iterable[object]", given):
        if isinstance(scope, Scope):
            found.append(scope)
        elif isinstance(scope, str) and scope.strip():
            found += Scope.parse_all(scope)
        else:
            raise ValueError(f'must be scopes such as "openid", got {scope!r}')
    if not found:
        raise ValueError("must name at least one scope")
    return " ".join(map(str, found))


class ScopeParser:
    """Functions on scopes, under the names that globus-sdk gives them."""

    @staticmethod
    def parse(scopes_str: str) -> list[Scope]:
        """The scopes in a string, those of one name merged into one. Raises `ValueError` for a malformed string."""
        return ScopeParser.merge_scopes([], Scope.parse_all(scopes_str))

    @staticmethod
    def merge_scopes(scopes_a: Iterable[Scope], scopes_b: Iterable[Scope]) -> list[Scope]:
        """The scopes of both, in the order in which they came: those of one name are one, with the dependencies of
        both; it is required if either is.

        Raises `ValueError` for a scope that depends on itself.
        """
        return list(_merged((*scopes_a, *scopes_b), ()))

    @staticmethod
    def serialize(scopes: Scopes, *, reject_empty: bool = True) -> str:
        """The scopes as one string, separated by spaces. Raises `ValueError` for none, unless that is allowed."""
        given = [scopes] if isinstance(scopes, (str, Scope)) else [*scopes]
        return scopes_to_text(given) if given or reject_empty else ""


def _merged(scopes: Iterable[Scope], above: tuple[str, ...]) -> tuple[Scope, ...]:
    found: dict[str, list[Scope]] = {}
    for scope in scopes:
        if scope.scope_string in above:
            raise ValueError(f"{scope.scope_string} depends on itself: {' > '.join((*above, scope.scope_string))}")
        found.setdefault(scope.scope_string, []).append(scope)
    return tuple(
        Scope(
            name,
            optional=all(scope.optional for scope in same),
            dependencies=_merged((each for scope in same for each in scope.dependencies), (*above, name)),
        )
        for name, same in found.items()
    )
