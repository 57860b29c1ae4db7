"""POST /v2/oauth2/token: what a client gets for a code, a refresh token, its secret, or a token given to it."""

import base64
import hashlib
import re
import secrets
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from globus_typed.sandbox.auth.claims import id_token
from globus_typed.sandbox.auth.errors import OAuthRefused
from globus_typed.sandbox.auth.routes.call import State
from globus_typed.sandbox.auth.routes.forms import Form, client_of, invalid_request, read_form, scopes_of
from globus_typed.sandbox.auth.scope_syntax import Scope, merge
from globus_typed.sandbox.auth.state import AuthState
from globus_typed.sandbox.auth.store.directory import App
from globus_typed.sandbox.auth.store.ledger import CodeRecord, GivenToken, TokenRecord
from globus_typed.sandbox.described import described

DEPENDENT = "urn:globus:auth:grant_type:dependent_token"
VERIFIER = re.compile(r"[A-Za-z0-9~_.-]{43,128}")
NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}


router: APIRouter = APIRouter()


@router.post(
    "/v2/oauth2/token",
    **described(
        "Exchange a code, a refresh token, an app's secret or another token for tokens",
        answer="TokenResponse DependentTokenResponse",
        form={
            "grant_type!": "`authorization_code`, `refresh_token`, `client_credentials` or "
            "`urn:globus:auth:grant_type:dependent_token`.",
            "client_id": "The id of a native app; others authenticate.",
            "code": "The code, for `authorization_code`.",
            "redirect_uri": "Where the code was brought, for `authorization_code`.",
            "code_verifier": "What the code challenge was made from, for `authorization_code`.",
            "refresh_token": "The refresh token, for `refresh_token`.",
            "scope": "Scopes separated by spaces, for `client_credentials` and dependent tokens.",
            "token": "The token that the caller was called with, for dependent tokens.",
            "access_type": "`offline` for refresh tokens as well, for dependent tokens.",
        },
        callers="app anybody",
    ),
)
async def oauth2_token(request: Request, state: State, include_consented_scopes: bool = False) -> JSONResponse:
    grants: dict[str, Callable[[AuthState, App, Form], object]] = {
        "authorization_code": partial(_for_code, with_consents=include_consented_scopes),
        "refresh_token": _for_refresh_token,
        "client_credentials": _for_credentials,
        DEPENDENT: _for_dependent,
    }
    form = await read_form(request, query=("include_consented_scopes",))
    grant_type = form.need("grant_type")
    if grant_type not in grants:
        raise OAuthRefused(400, "unsupported_grant_type", f"grant_type: must be one of {', '.join(grants)}")
    app = client_of(state, request, form)
    return JSONResponse(grants[grant_type](state, app, form), headers=NO_STORE)


def _for_code(state: AuthState, app: App, form: Form, *, with_consents: bool) -> dict[str, Any]:
    """Tokens for the scopes that were asked for, or for all that the user has allowed the app so far."""
    form.allow({"grant_type", "client_id", "code", "redirect_uri", "code_verifier"})
    code, redirect_uri = form.need("code"), form.need("redirect_uri")
    record = state.ledger.find_code(code)
    if record is None:
        raise _invalid_grant("The code is unknown or was used before")
    if record.expires_at <= state.clock():
        raise _invalid_grant("The code has expired")
    if record.grant.client_id != app.client_id:
        raise _invalid_grant("The code was given to another client")
    if record.redirect_uri != redirect_uri:
        raise _invalid_grant("redirect_uri: not the one the code was sent to")
    _check_verifier(record, form)
    allowed = state.consents.below(app.client_id, record.grant.user_id) if with_consents else ()
    tokens = state.ledger.redeem(code, allowed)
    if tokens is None:
        raise _invalid_grant("The code is unknown or was used before")
    document = _token_response(state, tokens, nonce=record.nonce)
    if record.state is not None:
        document["state"] = record.state
    return document


def _check_verifier(record: CodeRecord, form: Form) -> None:
    verifier = form.get("code_verifier")
    if record.code_challenge is None:
        if verifier is not None:
            raise _invalid_grant("code_verifier: the code was asked for without a code_challenge")
        return
    if verifier is None:
        raise invalid_request("code_verifier: missing")
    if not VERIFIER.fullmatch(verifier):
        raise invalid_request("code_verifier: must be 43 to 128 characters of A-Z a-z 0-9 ~ _ . -")
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    if not secrets.compare_digest(challenge, record.code_challenge):
        raise _invalid_grant("code_verifier: does not fit the code_challenge")


def _for_refresh_token(state: AuthState, app: App, form: Form) -> dict[str, Any]:
    form.allow({"grant_type", "client_id", "refresh_token"})
    given = state.ledger.refresh(form.need("refresh_token"), app.client_id)
    if given is None:
        problem = "The refresh token is unknown, was revoked or has expired, or is another client's"
        raise OAuthRefused(400, "invalid_grant", problem)
    return {**_token_document(given), "other_tokens": []}


def _for_credentials(state: AuthState, app: App, form: Form) -> dict[str, Any]:
    form.allow({"grant_type", "client_id", "scope"})
    if app.identity is None:
        raise OAuthRefused(400, "unauthorized_client", "A native app has no identity of its own: it must log a user in")
    scopes = scopes_of(state, form.need("scope"))
    grant = state.ledger.new_grant(app.client_id, app.identity.id)
    state.consents.give(app.client_id, app.identity.id, scopes, asked=False)
    return _token_response(state, state.ledger.new_tokens(grant, scopes), nonce=None)


def _for_dependent(state: AuthState, app: App, form: Form) -> list[dict[str, Any]]:
    form.allow({"grant_type", "client_id", "token", "scope", "access_type"})
    if app.native:
        raise OAuthRefused(400, "unauthorized_client", "A native app is no resource server: tokens are not given to it")
    offline = form.choice("access_type", ("online", "offline"), "online") == "offline"
    record = state.ledger.active(form.need("token"))
    if record is None or record.kind != "access":
        raise _invalid_grant("token: unknown, revoked or expired")
    if record.resource_server != app.client_id:
        raise _invalid_grant("token: made for another resource server")
    scopes = _dependencies(state, record, form.get("scope"))
    grant = state.ledger.new_grant(app.client_id, record.grant.user_id, offline=offline, login=record.grant.login)
    tokens = state.ledger.new_tokens(grant, scopes)
    # The service writes this answer's token_type in lower case.
    return [{**_token_document(given), "token_type": "bearer"} for given in tokens]


def _dependencies(state: AuthState, record: TokenRecord, wanted: str | None) -> tuple[Scope, ...]:
    """The scopes that a service may have for a token made for it: all that the user agreed to, or those wanted."""
    client_id, user_id = record.grant.client_id, record.grant.user_id
    agreed = merge(
        below
        for scope in record.scopes
        for below in (*scope.dependencies, *state.consents.below(client_id, user_id, scope.name))
    )
    by_name = {scope.name: scope for scope in agreed}
    if wanted is None:
        needed = state.registry.with_dependencies(Scope(scope.name) for scope in record.scopes)
        names = [below.name for scope in needed for below in scope.dependencies if not below.optional]
    else:
        names = [scope.name for scope in scopes_of(state, wanted)]
    if missing := [name for name in names if name not in by_name]:
        raise OAuthRefused(
            403,
            "dependent_consent_required",
            f"scope: the user has not agreed to {', '.join(missing)}",
            unapproved_scopes=[f"{record.scopes[0].name}[{' '.join(missing)}]"],
        )
    return agreed if wanted is None else tuple(by_name[name] for name in names)


def _token_document(given: GivenToken) -> dict[str, Any]:
    record = given.record
    document: dict[str, Any] = {
        "access_token": given.text,
        "scope": record.scope,
        "expires_in": int(record.expires_at - record.issued_at),
        "token_type": "Bearer",
        "resource_server": record.resource_server,
    }
    if given.refresh is not None:
        document["refresh_token"] = given.refresh
    return document


def _token_response(state: AuthState, tokens: Sequence[GivenToken], *, nonce: str | None) -> dict[str, Any]:
    first, *others = tokens
    document = {**_token_document(first), "other_tokens": [_token_document(given) for given in others]}
    scopes = {name for given in tokens for name in given.record.scope_names}
    if "openid" in scopes:
        document["id_token"] = id_token(state, first.record.grant, scopes, first.text, nonce)
    return document


def _invalid_grant(description: str) -> OAuthRefused:
    # RFC 6749 would have 400 here, as the service has for refresh tokens; for codes it was recorded with 401.
    return OAuthRefused(401, "invalid_grant", description)
