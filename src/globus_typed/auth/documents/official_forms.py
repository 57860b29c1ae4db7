"""The forms of globus-sdk by which tokens are looked up."""

from typing import TypeVar, overload

__all__ = ["ByScopes"]

T = TypeVar("T")
TokenT = TypeVar("TokenT")


class ByScopes(dict[str, TokenT]):
    """Tokens by each single scope; several scopes of one token, separated by spaces, lead to it too."""

    __slots__ = ()

    def __missing__(self, scopes: str) -> TokenT:
        names = scopes.split()
        if len(names) < 2:
            raise KeyError(scopes)
        token, *others = [self[name] for name in names]
        if any(other is not token for other in others):
            raise KeyError(f"{scopes}: these scopes are of several tokens")
        return token

    def __contains__(self, scopes: object) -> bool:
        return isinstance(scopes, str) and self.get(scopes) is not None

    @overload
    def get(self, key: str, default: None = None, /) -> TokenT | None: ...
    @overload
    def get(self, key: str, default: TokenT, /) -> TokenT: ...
    @overload
    def get(self, key: str, default: T, /) -> TokenT | T: ...
    def get(self, key: str, default: T | None = None, /) -> TokenT | T | None:
        """The token of that scope, or of those scopes; the default where there is none."""
        try:
            return self[key]
        except KeyError:
            return default
