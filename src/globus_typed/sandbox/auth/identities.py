"""GET /v2/api/identities and /v2/api/identities/{id}."""

import re
from collections.abc import Iterable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from .directory import is_username
from .errors import AuthRefused, from_token
from .forms import confidential_app
from .records import IdentityProvider, SandboxUser
from .scopes import AUTH_URN
from .state import AuthState, TokenRefused

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
# The documented default scopes of a login do for looking people up, though view_identities is the scope made for it.
READING = frozenset({f"{AUTH_URN}view_identities", "openid"})


def add_routes(router: APIRouter, state: AuthState) -> None:
    @router.get("/v2/api/identities")
    async def identities(request: Request) -> JSONResponse:
        caller_id = _caller_id(state, request)
        query = _query(request, {"usernames", "ids", "provision", "include"})
        if ("usernames" in query) == ("ids" in query):
            raise _invalid("Exactly one of usernames and ids must be given")
        provision = query.get("provision", "false")
        if provision not in ("true", "false"):
            raise _invalid("provision: must be true or false")
        if "ids" in query:
            if provision == "true":
                raise _invalid("provision: only usernames can be provisioned")
            found = [state.directory.find_user(id=id) for id in _ids(query["ids"])]
        else:
            usernames = _parts(query["usernames"])
            if provision == "true":
                found = [_provisioned(state, username) for username in usernames]
            else:
                found = [state.directory.find_user(username=username) for username in usernames]
        users = {user.id: user for user in found if user is not None}.values()
        document: dict[str, Any] = {"identities": [_document(user, caller_id) for user in users]}
        return JSONResponse(document | _included(state, query, users))

    @router.get("/v2/api/identities/{id}")
    async def identity(id: str, request: Request) -> JSONResponse:
        caller_id = _caller_id(state, request)
        query = _query(request, {"include"})
        user = state.directory.find_user(id=id.lower())
        if user is None:
            raise AuthRefused(404, "NOT_FOUND", f"There is no identity {id}")
        return JSONResponse({"identity": _document(user, caller_id)} | _included(state, query, [user]))


def _caller_id(state: AuthState, request: Request) -> str:
    header = request.headers.get("authorization")
    if header is not None and header.lower().startswith("basic "):
        app = confidential_app(state, header)
        if app is None:
            raise AuthRefused(401, "UNAUTHORIZED", "The client id or secret of the Authorization header is wrong")
        return app.client_id
    try:
        caller = state.caller(header)
    except TokenRefused as refused:
        raise from_token(refused) from None
    if not READING & caller.scopes:
        raise AuthRefused(403, "FORBIDDEN", f"The token gives none of the scopes {', '.join(sorted(READING))}")
    return caller.user.id


def _query(request: Request, names: set[str]) -> dict[str, str]:
    query: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name not in names:
            raise _invalid(f"{name}: unknown; this request may have {', '.join(sorted(names))}")
        if name in query:
            raise _invalid(f"{name}: given twice; write a list with commas")
        query[name] = value
    return query


def _parts(text: str) -> list[str]:
    parts = [part.strip() for part in text.split(",")]
    if "" in parts:
        raise _invalid("The list of usernames or ids has an empty place")
    return parts


def _ids(text: str) -> list[str]:
    parts = _parts(text)
    if wrong := [part for part in parts if not _UUID.fullmatch(part)]:
        raise _invalid(f"ids: no UUID: {', '.join(wrong)}")
    return [part.lower() for part in parts]


def _provisioned(state: AuthState, username: str) -> SandboxUser:
    if not is_username(username):
        raise _invalid(f"usernames: {username!r} is not name@domain and cannot be provisioned")
    return state.directory.provisioned(username)


def _document(user: SandboxUser, caller_id: str) -> dict[str, Any]:
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
        raise _invalid("include: must be identity_provider")
    providers = {provider.id: provider for provider in (state.directory.provider(user.username) for user in users)}
    return {"included": {"identity_providers": [_provider(provider) for provider in providers.values()]}}


def _provider(provider: IdentityProvider) -> dict[str, Any]:
    return {
        "id": provider.id,
        "name": provider.name,
        "short_name": provider.domain.partition(".")[0],
        "alternative_names": [],
        "domains": [provider.domain],
    }


def _invalid(detail: str) -> AuthRefused:
    return AuthRefused(400, "INVALID_PARAMETERS", detail)
