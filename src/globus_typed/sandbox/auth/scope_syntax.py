"""The scope syntax of Globus Auth."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

_PIECE = re.compile(r"[^\s\[\]*]+|[\[\]*]|\s+")


class ScopeSyntaxError(ValueError):
    """The text is no scope string; the message says where it stops being one."""


@dataclass(frozen=True)
class Scope:
    """One scope with the scopes it depends on: `name[dependency *optional_dependency]`."""

    name: str
    dependencies: tuple["Scope", ...] = ()
    optional: bool = False


def parse_scopes(text: str) -> tuple[Scope, ...]:
    """Read `scope1 scope2[dep1 *dep2[dep3]]`; raise ScopeSyntaxError, with the position, where it is none."""
    stack: list[list[Scope]] = [[]]
    optional = False
    previous = " "
    position = 0
    for match in _PIECE.finditer(text):
        piece, position = match.group(), match.start()
        if piece.isspace():
            if optional:
                raise ScopeSyntaxError(f"'*' at {position - 1} is not followed by a scope")
        elif piece == "[":
            if previous in " []*":
                raise ScopeSyntaxError(f"'[' at {position} does not follow a scope")
            stack.append([])
        elif piece == "]":
            if len(stack) == 1 or not stack[-1] or optional:
                raise ScopeSyntaxError(f"']' at {position} closes no list of dependencies")
            dependencies = tuple(stack.pop())
            owner = stack[-1].pop()
            stack[-1].append(Scope(owner.name, dependencies, owner.optional))
        elif piece == "*":
            if optional or previous not in " [" or len(stack) == 1:
                raise ScopeSyntaxError(f"'*' at {position} does not mark a dependency")
            optional = True
        else:
            if previous == "]":
                raise ScopeSyntaxError(f"a space is missing at {position}")
            stack[-1].append(Scope(piece, optional=optional))
            optional = False
        previous = " " if piece.isspace() else piece
    if len(stack) > 1:
        raise ScopeSyntaxError("a '[' is not closed")
    if not stack[0]:
        raise ScopeSyntaxError("no scope is named")
    if optional:
        raise ScopeSyntaxError(f"'*' at {position} is not followed by a scope")
    return tuple(stack[0])


def merge(scopes: Iterable[Scope]) -> tuple[Scope, ...]:
    """The same scopes with each name once, in the order first met, dependencies of repeated names joined."""
    merged: dict[str, Scope] = {}
    for scope in scopes:
        seen = merged.get(scope.name)
        merged[scope.name] = Scope(
            scope.name,
            merge((*(seen.dependencies if seen else ()), *scope.dependencies)),
            scope.optional and (seen is None or seen.optional),
        )
    return tuple(merged.values())


def innermost(scope: Scope) -> Iterator[tuple[str, ...]]:
    """The names that lead from a scope to each of those in it that depend on no further one."""
    if not scope.dependencies:
        yield (scope.name,)
    for dependency in scope.dependencies:
        yield from ((scope.name, *path) for path in innermost(dependency))


def without_declined(scopes: Iterable[Scope], declined: Collection[str]) -> tuple[Scope, ...]:
    """The scopes without the optional ones, however deep, that are declined."""
    return tuple(
        Scope(scope.name, without_declined(scope.dependencies, declined), scope.optional)
        for scope in scopes
        if not (scope.optional and scope.name in declined)
    )
