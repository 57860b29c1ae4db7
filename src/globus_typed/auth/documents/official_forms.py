"""The forms of globus-sdk by which tokens are looked up."""

from typing import TypeVar

__all__ = ["ByScopes"]

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
        if not isinstance(scopes, str):
            return False
        try:
            self[scopes]
        except KeyError:
            return False
        return True
