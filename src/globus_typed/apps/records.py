"""From the response to a login to the tokens that are stored, and what they say about the login."""

from collections.abc import Iterable, Mapping

from globus_typed.apps.tokens import TokenStorageData
from globus_typed.auth import documents
from globus_typed.scopes.parser import ScopeParser
from globus_typed.scopes.scope import Scope

__all__ = ["ISSUED", "REQUESTED", "is_within", "records_of", "requested_scopes"]

ISSUED = "issued_at_seconds"
"""The member of stored tokens that says when they were issued, so that all processes renew them at the same time."""
REQUESTED = "requested_scopes"
"""The member of stored tokens with the scopes that the login asked for, some of which may have been declined, so that
nobody is asked again."""


def records_of(
    response: "documents.TokenResponse",
    *,
    now: float,
    identity_id: str | None,
    requested: Iterable[Scope] = (),
    stored: Mapping[str, TokenStorageData] | None = None,
) -> dict[str, TokenStorageData]:
    """The tokens of a response, as they are stored.

    Parameters: `now`, in seconds since the epoch; `identity_id`, whose they are; `requested`, the scopes that were
    asked for (none: nobody was asked); `stored`, the tokens before, of which the scopes that were asked for are kept.
    """
    lifetimes = {token.resource_server: token.expires_in or 0 for token in (response, *response.other_tokens)}
    asked = [*requested]
    found: dict[str, TokenStorageData] = {}
    for server, token in response.by_resource_server.items():
        granted = (token.scope or "").split()
        before = requested_scopes(stored[server]) if stored and server in stored else []
        own = ScopeParser.merge_scopes(before, [scope for scope in asked if scope.scope_string in granted])
        found[server] = TokenStorageData.from_dict(
            {
                **{name: value for name, value in token.items() if value is not None},
                "scope": token.scope or "",
                "expires_at_seconds": int(now + lifetimes[server]),
                ISSUED: int(now),
                **({REQUESTED: " ".join(map(str, own))} if own else {}),
                **({} if identity_id is None else {"identity_id": identity_id}),
            }
        )
    return found


def requested_scopes(token: TokenStorageData) -> list[Scope]:
    """The scopes that were asked for when these tokens were issued; none where that was not noted."""
    text = token.extra.get(REQUESTED)
    try:
        return Scope.parse_all(text) if isinstance(text, str) else []
    except ValueError:  # written by another program
        return []


def is_within(path: Scope, scopes: Iterable[Scope]) -> bool:
    """Whether the scopes have that of the path with all its dependencies, optional or not."""
    # Not by recursion, so that no nesting is too deep.
    left = [(path, [*scopes])]
    while left:
        needed, given = left.pop()
        same = [scope for scope in given if scope.scope_string == needed.scope_string]
        if not same:
            return False
        below = [dependency for scope in same for dependency in scope.dependencies]
        left += [(dependency, below) for dependency in needed.dependencies]
    return True
