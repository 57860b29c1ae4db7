"""The claims about a person in userinfo and id_tokens, as far as the scopes allow."""

from collections.abc import Collection
from typing import Any

from jose import jwt

from globus_typed.sandbox.auth.own_scopes import AUTH_URN
from globus_typed.sandbox.auth.state import AuthState
from globus_typed.sandbox.auth.store.directory import Directory, SandboxUser
from globus_typed.sandbox.auth.store.keys import ALGORITHM
from globus_typed.sandbox.auth.store.ledger import Grant

CLAIMS = (
    "sub",
    "preferred_username",
    "name",
    "email",
    "organization",
    "identity_provider",
    "identity_provider_display_name",
    "identity_set",
    "last_authentication",
    "iss",
    "aud",
    "exp",
    "iat",
    "at_hash",
    "nonce",
)


def person(directory: Directory, user: SandboxUser, scopes: Collection[str], authenticated_at: int) -> dict[str, Any]:
    """The claims about a person, by scope: `profile`, `email` and `view_identity_set`."""
    claims: dict[str, Any] = {"sub": user.id}
    if "profile" in scopes:
        claims |= {
            "preferred_username": user.username,
            "name": user.name,
            "organization": user.organization,
            "identity_provider": user.identity_provider,
            "identity_provider_display_name": directory.provider(user.username).name,
            "last_authentication": authenticated_at,
        }
    if "email" in scopes:
        claims["email"] = user.email
    if "profile" in scopes or f"{AUTH_URN}view_identity_set" in scopes:
        claims["identity_set"] = [
            _linked(directory, identity, scopes, authenticated_at if identity.id == user.id else None)
            for identity in directory.identity_set(user)
        ]
    return claims


def _linked(
    directory: Directory, identity: SandboxUser, scopes: Collection[str], last_authentication: int | None
) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "sub": identity.id,
        "username": identity.username,
        "status": identity.status,
        "identity_provider": identity.identity_provider,
        "identity_provider_display_name": directory.provider(identity.username).name,
        "last_authentication": last_authentication,
    }
    if "profile" in scopes:
        entry |= {"name": identity.name, "organization": identity.organization}
    if "email" in scopes:
        entry["email"] = identity.email
    return entry


def id_token(state: AuthState, grant: Grant, scopes: Collection[str], access_token: str, nonce: str | None) -> str:
    """A signed statement, for the app, about who logged in; `at_hash` binds it to the access token beside it."""
    now = int(state.clock())
    claims = person(state.directory, state.directory.user(grant.user_id), scopes, grant.authenticated_at)
    for entry in claims.get("identity_set", ()):
        del entry["status"]
    claims |= {
        "iss": state.issuer,
        "aud": grant.client_id,
        "iat": now,
        "exp": now + state.ledger.token_lifetime,
    }
    if nonce is not None:
        claims["nonce"] = nonce
    key = state.signing_key()
    return jwt.encode(claims, key.private_pem, algorithm=ALGORITHM, headers={"kid": key.kid}, access_token=access_token)
