"""Looking at tokens and ending them: POST /v2/oauth2/token/introspect, .../revoke and .../validate."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from globus_typed.sandbox.auth.routes.call import State
from globus_typed.sandbox.auth.routes.forms import client_of, confidential_client_of, invalid_request, read_form
from globus_typed.sandbox.auth.routes.token import NO_STORE
from globus_typed.sandbox.auth.state import AuthState
from globus_typed.sandbox.auth.store.directory import SandboxUser
from globus_typed.sandbox.auth.store.ledger import TokenRecord
from globus_typed.sandbox.described import described

INCLUDES = frozenset({"identity_set", "identities_set", "identity_set_detail", "session_info"})


_FORM = {"token!": "The token.", "client_id": "The id of a native app; others authenticate."}

router: APIRouter = APIRouter()


@router.post(
    "/v2/oauth2/token/introspect",
    **described(
        "Tell what a token is good for, and whose it is",
        answer="Introspection",
        form={
            **_FORM,
            "include": "What to add, separated by commas: `identity_set`, `identity_set_detail`, `session_info`.",
        },
        callers="app",
    ),
)
async def oauth2_token_introspect(request: Request, state: State) -> JSONResponse:
    form = await read_form(request)
    app = confidential_client_of(state, request, form)
    form.allow({"client_id", "token", "include"})
    include = {part.strip() for part in (form.get("include") or "").split(",")} - {""}
    if unknown := sorted(include - INCLUDES):
        raise invalid_request(f"include: unknown: {', '.join(unknown)}; there are {', '.join(sorted(INCLUDES))}")
    record = state.ledger.active(form.need("token"))
    # A client may look at tokens made for it and at its own; to it, any other one is no token.
    if record is None or app.client_id not in (record.resource_server, record.grant.client_id):
        return JSONResponse({"active": False}, headers=NO_STORE)
    user = state.directory.user(record.grant.user_id)
    document = _introspection(state, record) | {"username": user.username, "name": user.name, "email": user.email}
    for name in include:
        document[name] = _included(state, name, user, record)
    return JSONResponse(document, headers=NO_STORE)


@router.post(
    "/v2/oauth2/token/revoke",
    **described("Revoke a token", answer="TokenRevocation", form=_FORM, callers="app anybody"),
)
async def oauth2_revoke_token(request: Request, state: State) -> JSONResponse:
    form = await read_form(request)
    app = client_of(state, request, form)
    form.allow({"client_id", "token"})
    token = form.need("token")
    record = state.ledger.find(token)
    if record is not None and record.grant.client_id == app.client_id:
        state.ledger.revoke(token)
    return JSONResponse({"active": False}, headers=NO_STORE)


@router.post(
    "/v2/oauth2/token/validate",
    **described("Tell whether a token is valid", answer="Introspection", form=_FORM, callers="app anybody"),
)
async def oauth2_validate_token(request: Request, state: State) -> JSONResponse:
    form = await read_form(request)
    app = client_of(state, request, form)
    form.allow({"client_id", "token"})
    record = state.ledger.active(form.need("token"))
    if record is None or record.grant.client_id != app.client_id:
        return JSONResponse({"active": False}, headers=NO_STORE)
    return JSONResponse(_introspection(state, record), headers=NO_STORE)


def _introspection(state: AuthState, record: TokenRecord) -> dict[str, Any]:
    client_id, server = record.grant.client_id, record.resource_server
    return {
        "active": True,
        "token_type": "Bearer",
        "scope": record.scope,
        "client_id": client_id,
        "sub": record.grant.user_id,
        "aud": [server] if server == client_id else [server, client_id],
        "iss": state.issuer,
        "exp": int(record.expires_at),
        "iat": record.issued_at,
        "nbf": record.issued_at,
    }


def _included(state: AuthState, name: str, user: SandboxUser, record: TokenRecord) -> object:
    if name == "session_info":
        return {"session_id": record.grant.id, "authentications": _authentications(user, record)}
    identities = state.directory.identity_set(user)
    if name != "identity_set_detail":
        return [identity.id for identity in identities]
    return [
        {
            "sub": identity.id,
            "username": identity.username,
            "name": identity.name,
            "email": identity.email,
            "organization": identity.organization,
            "identity_provider": identity.identity_provider,
            "identity_provider_display_name": state.directory.provider(identity.username).name,
            "identity_type": identity.identity_type,
            "status": identity.status,
            "last_authentication": record.grant.authenticated_at if identity.id == user.id else None,
        }
        for identity in identities
    ]


def _authentications(user: SandboxUser, record: TokenRecord) -> dict[str, Any]:
    if user.id == record.grant.client_id:
        return {}
    return {
        user.id: {
            "acr": None,
            "amr": ["pwd"],
            "idp": user.identity_provider,
            "auth_time": record.grant.authenticated_at,
            "custom_claims": {},
        }
    }
