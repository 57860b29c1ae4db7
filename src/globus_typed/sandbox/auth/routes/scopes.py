"""/v2/api/scopes, and /v2/api/clients/{client_id}/scopes: what services can be asked to do for users."""

from dataclasses import asdict, replace
from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import Field

from globus_typed.sandbox.auth.errors import AuthRefused
from globus_typed.sandbox.auth.own_scopes import AUTH_URN
from globus_typed.sandbox.auth.routes.api import (
    MANAGE,
    Asker,
    Body,
    Id,
    asker,
    changes_of,
    forbidden,
    ids_of,
    invalid,
    not_found,
    parts_of,
    query_of,
    read,
)
from globus_typed.sandbox.auth.routes.call import State
from globus_typed.sandbox.auth.routes.clients import client_to_change
from globus_typed.sandbox.auth.state import AuthState
from globus_typed.sandbox.auth.store.developer import SCOPE_URL, DependentScope, RegisteredScope, new_id
from globus_typed.sandbox.described import described

PATH = "/v2/api/scopes"
_VIEW = (MANAGE, f"{AUTH_URN}view_clients_and_scopes")
_Suffix = Annotated[str, Field(pattern="^[a-z0-9_]+$")]


class _Dependent(Body):
    scope: Id
    optional: bool
    requires_refresh_token: bool


class _Scope(Body):
    name: str
    description: str
    scope_suffix: _Suffix
    required_domains: list[str] = []
    dependent_scopes: list[_Dependent] = []
    advertised: bool = False
    allows_refresh_token: bool = True


class _Changes(Body):
    name: str = ""
    description: str = ""
    scope_suffix: _Suffix = ""
    required_domains: list[str] = []
    dependent_scopes: list[_Dependent] = []
    advertised: bool = False
    allows_refresh_token: bool = True


router: APIRouter = APIRouter()


@router.get(
    PATH,
    **described(
        "Find scopes, or list those of the clients that the caller manages",
        answer="ScopeDefinitions",
        query={
            "scope_strings": "Names separated by commas; either these or `ids`.",
            "ids": "Ids separated by commas.",
        },
        callers="token app",
    ),
)
async def get_scopes(request: Request, state: State) -> JSONResponse:
    by = asker(state, request, _VIEW)
    query = query_of(request, {"ids", "scope_strings"})
    if len(query) > 1:
        raise invalid("scope_strings, ids: only one of the two can be given")
    scopes = state.registry.all_scopes()
    if "ids" in query:
        ids = ids_of("ids", query["ids"])
        found = [scope for scope in scopes if scope.id in ids and _sees(state, by, scope)]
    elif "scope_strings" in query:
        names = parts_of("scope_strings", query["scope_strings"])
        found = [scope for scope in scopes if scope.scope_string in names and _sees(state, by, scope)]
    else:
        found = [scope for scope in scopes if _manages(state, by, scope)]
    return JSONResponse({"scopes": [asdict(scope) for scope in found]})


@router.post(
    "/v2/api/clients/{client_id}/scopes",
    **described(
        "Make a scope of a client",
        answer="ScopeResult",
        body="ScopeCreate",
        read_by=_Scope,
        envelope="scope",
        status=201,
        callers="token app",
    ),
)
async def create_scope(request: Request, state: State, client_id: str) -> JSONResponse:
    client = client_to_change(state, asker(state, request), client_id)
    fields = _fields(state, client.id, await read(request, "scope", _Scope))
    scope = RegisteredScope(new_id(), client.id, **fields)
    state.registry.keep_scope(scope)
    return _answer(scope, 201)


@router.get(f"{PATH}/{{scope_id}}", **described("Give a scope", answer="ScopeResult", callers="token app"))
async def get_scope(request: Request, state: State, scope_id: str) -> JSONResponse:
    by = asker(state, request, _VIEW)
    query_of(request, ())
    return _answer(_scope(state, by, scope_id))


@router.put(
    f"{PATH}/{{scope_id}}",
    **described(
        "Change a scope",
        answer="ScopeResult",
        body="ScopeUpdate",
        read_by=_Changes,
        envelope="scope",
        callers="token app",
    ),
)
async def update_scope(request: Request, state: State, scope_id: str) -> JSONResponse:
    scope = _scope_to_change(state, asker(state, request), scope_id)
    scope = replace(scope, **_fields(state, scope.client, await read(request, "scope", _Changes), scope))
    state.registry.keep_scope(scope)
    return _answer(scope)


@router.delete(f"{PATH}/{{scope_id}}", **described("Delete a scope", answer="ScopeResult", callers="token app"))
async def delete_scope(request: Request, state: State, scope_id: str) -> JSONResponse:
    scope = _scope_to_change(state, asker(state, request), scope_id)
    state.registry.drop_scope(scope.id)
    return _answer(scope)


def _manages(state: AuthState, by: Asker, scope: RegisteredScope) -> bool:
    client = state.registry.client(scope.client)
    return client is not None and state.registry.manages(by.ids, client)


def _sees(state: AuthState, by: Asker, scope: RegisteredScope) -> bool:
    client = state.registry.client(scope.client)
    return scope.advertised or (client is not None and state.registry.sees(by.ids, client))


def _scope(state: AuthState, by: Asker, id: str) -> RegisteredScope:
    scope = state.registry.scope(id.lower())
    if scope is None or not _sees(state, by, scope):
        raise not_found("scope", id)
    return scope


def _scope_to_change(state: AuthState, by: Asker, id: str) -> RegisteredScope:
    scope = _scope(state, by, id)
    if not _manages(state, by, scope):
        raise forbidden(f"The scope {id} is another one's")
    return scope


def _fields(state: AuthState, client_id: str, body: Body, scope: RegisteredScope | None = None) -> dict[str, Any]:
    """The fields of a scope in a body, by the names that they are kept under."""
    fields = changes_of(body)
    if "scope_suffix" in fields:
        name = f"{SCOPE_URL}{client_id}/{fields.pop('scope_suffix')}"
        known = state.registry.scope_named(name)
        if known is not None and known != scope:
            raise AuthRefused(409, "CONFLICT", f"scope_suffix: there is a scope {name}")
        fields["scope_string"] = name
    if "dependent_scopes" in fields:
        dependents = tuple(DependentScope(**dependent) for dependent in fields["dependent_scopes"])
        if unknown := [each.scope for each in dependents if state.registry.scope(each.scope) is None]:
            raise invalid(f"dependent_scopes: there is no scope {', '.join(unknown)}")
        fields["dependent_scopes"] = dependents
    return fields


def _answer(scope: RegisteredScope, status: int = 200) -> JSONResponse:
    return JSONResponse({"scope": asdict(scope)}, status)
