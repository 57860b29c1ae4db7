"""GET /v2/api/identities and /v2/api/identities/{id}."""

from collections.abc import Iterable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from globus_typed.sandbox.auth.errors import AuthRefused, from_token
from globus_typed.sandbox.auth.own_scopes import AUTH_URN
from globus_typed.sandbox.auth.routes.api import app_of, ids_of, invalid, parts_of, query_of
from globus_typed.sandbox.auth.routes.call import State
from globus_typed.sandbox.auth.routes.identity_providers import provider_document
from globus_typed.sandbox.auth.state import AuthState, TokenRefused
from globus_typed.sandbox.auth.store.directory import SandboxUser, is_username
from globus_typed.sandbox.described import described

# The documented default scopes of a login do for looking people up, though view_identities is the scope made for it.
READING = frozenset({f"{AUTH_URN}view_identities", "openid"})


_INCLUDE = {"include": "`identity_provider` to have the providers too."}

router: APIRouter = APIRouter()


@router.get(
    "/v2/api/identities",
    **described(
        "Find identities",
        answer="Identities",
        query={
            "usernames": "Usernames separated by commas; either these or `ids`.",
            "ids": "Ids separated by commas.",
            "provision": "`true` to make those usernames that there are not yet.",
            **_INCLUDE,
        },
        callers="token app",
    ),
)
async def get_identities(request: Request, state: State) -> JSONResponse:
    caller_id = _caller_id(state, request)
    query = query_of(request, {"usernames", "ids", "provision", "include"})
    if ("usernames" in query) == ("ids" in query):
        raise invalid("Exactly one of usernames and ids must be given")
    provision = query.get("provision", "false")
    if provision not in ("true", "false"):
        raise invalid("provision: must be true or false")
    if "ids" in query:
        if provision == "true":
            raise invalid("provision: only usernames can be provisioned")
        found = [state.directory.find_user(id=id) for id in ids_of("ids", query["ids"])]
    else:
        usernames = parts_of("usernames", query["usernames"])
        if provision == "true":
            found = [_provisioned(state, username) for username in usernames]
        else:
            found = [state.directory.find_user(username=username) for username in usernames]
    users = {user.id: user for user in found if user is not None}.values()
    document: dict[str, Any] = {"identities": [identity_document(user, caller_id) for user in users]}
    return JSONResponse(document | _included(state, query, users))


@router.get(
    "/v2/api/identities/{id}",
    **described("Give one identity", answer="IdentityAnswer", query=_INCLUDE, callers="token app"),
)
async def get_identity(request: Request, state: State, id: str) -> JSONResponse:
    caller_id = _caller_id(state, request)
    query = query_of(request, {"include"})
    user = state.directory.find_user(id=id.lower())
    if user is None:
        raise AuthRefused(404, "NOT_FOUND", f"There is no identity {id}")
    return JSONResponse({"identity": identity_document(user, caller_id)} | _included(state, query, [user]))


def _caller_id(state: AuthState, request: Request) -> str:
    app = app_of(state, request)
    if app is not None:
        return app.client_id
    try:
        caller = state.caller(request.headers.get("authorization"))
    except TokenRefused as refused:
        raise from_token(refused) from None
    if not READING & caller.scopes:
        raise AuthRefused(403, "FORBIDDEN", f"The token gives none of the scopes {', '.join(sorted(READING))}")
    return caller.user.id


def _provisioned(state: AuthState, username: str) -> SandboxUser:
    if not is_username(username):
        raise invalid(f"usernames: {username!r} is not name@domain and cannot be provisioned")
    return state.directory.provisioned(username)


def identity_document(user: SandboxUser, caller_id: str | None = None) -> dict[str, Any]:
    """The identity as Auth shows it to a caller: of one that has never logged in, others see the name alone."""
    shown = user.status == "used" or user.id == caller_id
    return {
        "id": user.id,
        "username": user.username,
        "status": user.status,
        "name": user.name if shown else None,
        "email": user.email if shown else None,
        "organization": user.organization if shown else None,
        "identity_provider": user.identity_provider,
        "identity_type": user.identity_type,
    }


def _included(state: AuthState, query: dict[str, str], users: Iterable[SandboxUser]) -> dict[str, Any]:
    if "include" not in query:
        return {}
    if query["include"] != "identity_provider":
        raise invalid("include: must be identity_provider")
    providers = {provider.id: provider for provider in (state.directory.provider(user.username) for user in users)}
    return {"included": {"identity_providers": [provider_document(provider) for provider in providers.values()]}}
