"""`ScopeParser`: functions on scopes."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from globus_typed.scopes.errors import ScopeCycleError
from globus_typed.scopes.scope import Scope, Scopes, scopes_to_text

__all__ = ["ScopeParser"]


class ScopeParser:
    """Functions on scopes, under the names that globus-sdk gives them."""

    @staticmethod
    def parse(scopes_str: str) -> list[Scope]:
        """The scopes in a string, those of one name merged into one.

        Raises `ScopeParseError` for a malformed string, and `ScopeCycleError` for a scope that depends on itself.
        """
        return ScopeParser.merge_scopes([], Scope.parse_all(scopes_str))

    @staticmethod
    def merge_scopes(scopes_a: Iterable[Scope], scopes_b: Iterable[Scope]) -> list[Scope]:
        """The scopes of both, in the order in which they came: those of one name are one, with the dependencies of
        both; it is required if either is.

        Raises `ScopeCycleError` for a scope that depends on itself.
        """
        top: dict[str, _Merged] = {}
        known: list[_Merged] = []
        above: dict[str, None] = {}
        # Not by recursion, so that no nesting is too deep: a name in it stands for the way back up from that scope.
        left: list[tuple[dict[str, _Merged], Scope] | str] = [
            (top, scope) for scope in reversed([*scopes_a, *scopes_b])
        ]
        while left:
            step = left.pop()
            if isinstance(step, str):
                del above[step]
                continue
            level, scope = step
            name = scope.scope_string
            if name in above:
                raise ScopeCycleError(f"{name} depends on itself: {' > '.join((*above, name))}")
            if name not in level:
                level[name] = _Merged(name)
                known.append(level[name])
            merged = level[name]
            merged.optional = merged.optional and scope.optional
            above[name] = None
            left += [name, *((merged.below, dependency) for dependency in reversed(scope.dependencies))]
        made: dict[int, Scope] = {}
        for merged in reversed(known):  # what a scope depends on is known after it
            dependencies = tuple(made[id(each)] for each in merged.below.values())
            made[id(merged)] = Scope(merged.name, merged.optional, dependencies)
        return [made[id(merged)] for merged in top.values()]

    @staticmethod
    def serialize(scopes: Scopes, *, reject_empty: bool = True) -> str:
        """The scopes as one string, separated by spaces. Raises `ScopeParseError` for none, unless that is allowed."""
        given = [scopes] if isinstance(scopes, (str, Scope)) else [*scopes]
        return scopes_to_text(given) if given or reject_empty else ""


@dataclass
class _Merged:
    """The scopes of one name at one place."""

    name: str
    optional: bool = True
    below: "dict[str, _Merged]" = field(default_factory=dict[str, "_Merged"])
