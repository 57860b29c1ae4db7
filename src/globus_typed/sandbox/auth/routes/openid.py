"""OpenID Connect: userinfo, the provider's configuration, and the published key."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from globus_typed.sandbox.auth.claims import CLAIMS, person
from globus_typed.sandbox.auth.errors import AuthRefused, from_token
from globus_typed.sandbox.auth.scope_syntax import AUTH_SUFFIXES, AUTH_URN
from globus_typed.sandbox.auth.state import AuthState, TokenRefused
from globus_typed.sandbox.auth.store.keys import ALGORITHM


def add_routes(router: APIRouter, state: AuthState) -> None:
    @router.get("/v2/oauth2/userinfo")
    async def userinfo(request: Request) -> JSONResponse:
        try:
            record = state.bearer(request.headers.get("authorization"))
        except TokenRefused as refused:
            raise from_token(refused) from None
        if "openid" not in record.scope_names:
            raise AuthRefused(403, "FORBIDDEN", "The token does not give the scope openid")
        user = state.directory.user(record.grant.user_id)
        return JSONResponse(person(state.directory, user, record.scope_names, record.grant.authenticated_at))

    @router.get("/.well-known/openid-configuration")
    async def configuration() -> dict[str, Any]:
        return {
            "issuer": state.issuer,
            "authorization_endpoint": f"{state.issuer}/v2/oauth2/authorize",
            "token_endpoint": f"{state.issuer}/v2/oauth2/token",
            "userinfo_endpoint": f"{state.issuer}/v2/oauth2/userinfo",
            "revocation_endpoint": f"{state.issuer}/v2/oauth2/token/revoke",
            "jwks_uri": f"{state.issuer}/jwk.json",
            "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": [ALGORITHM],
            "scopes_supported": ["openid", "profile", "email", *(AUTH_URN + name for name in sorted(AUTH_SUFFIXES))],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "claims_supported": list(CLAIMS),
            "subject_types_supported": ["public"],
        }

    @router.get("/jwk.json")
    async def keys() -> dict[str, Any]:
        return {"keys": [state.signing_key().public]}
