"""OpenID Connect: userinfo, the provider's configuration, and the published key."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from globus_typed.sandbox.auth.claims import CLAIMS, person
from globus_typed.sandbox.auth.errors import AuthRefused, from_token
from globus_typed.sandbox.auth.own_scopes import OWN_SCOPES
from globus_typed.sandbox.auth.routes.call import State
from globus_typed.sandbox.auth.state import TokenRefused
from globus_typed.sandbox.auth.store.keys import ALGORITHM
from globus_typed.sandbox.described import described

router: APIRouter = APIRouter()


@router.get("/v2/oauth2/userinfo", **described("Tell who the token's user is", answer="UserInfo"))
async def oauth2_userinfo(request: Request, state: State) -> JSONResponse:
    try:
        record = state.bearer(request.headers.get("authorization"))
    except TokenRefused as refused:
        raise from_token(refused) from None
    if "openid" not in record.scope_names:
        raise AuthRefused(403, "FORBIDDEN", "The token does not give the scope openid")
    user = state.directory.user(record.grant.user_id)
    return JSONResponse(person(state.directory, user, record.scope_names, record.grant.authenticated_at))


@router.get(
    "/.well-known/openid-configuration",
    **described("Tell what the service can do as an OpenID provider", answer="OpenIDConfiguration", callers="anybody"),
)
async def get_openid_configuration(state: State) -> dict[str, Any]:
    return {
        "issuer": state.issuer,
        "authorization_endpoint": f"{state.issuer}/v2/oauth2/authorize",
        "token_endpoint": f"{state.issuer}/v2/oauth2/token",
        "userinfo_endpoint": f"{state.issuer}/v2/oauth2/userinfo",
        "revocation_endpoint": f"{state.issuer}/v2/oauth2/token/revoke",
        "jwks_uri": f"{state.issuer}/jwk.json",
        "response_types_supported": ["code"],
        "id_token_signing_alg_values_supported": [ALGORITHM],
        "scopes_supported": list(OWN_SCOPES.words),
        "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        "claims_supported": list(CLAIMS),
        "subject_types_supported": ["public"],
    }


@router.get(
    "/jwk.json", **described("Give the keys that id_tokens are signed with", answer="JSONWebKeySet", callers="anybody")
)
async def get_jwk(state: State) -> dict[str, Any]:
    return {"keys": [state.signing_key().public]}
