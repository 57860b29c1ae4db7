"""GET /v2/api/identities/{id}/consents: what a user has allowed the app that asks, or all apps."""

from datetime import datetime, timezone
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from globus_typed.sandbox.auth.errors import AuthRefused, from_token
from globus_typed.sandbox.auth.own_scopes import AUTH_SERVER, AUTH_URN
from globus_typed.sandbox.auth.routes.api import invalid, query_of
from globus_typed.sandbox.auth.routes.call import State
from globus_typed.sandbox.auth.state import AuthState, TokenRefused
from globus_typed.sandbox.auth.store.consents import Consent
from globus_typed.sandbox.auth.store.developer import service_id
from globus_typed.sandbox.described import described

_OF_ALL_APPS = frozenset({f"{AUTH_URN}view_consents", f"{AUTH_URN}manage_consents"})


router: APIRouter = APIRouter()


@router.get(
    "/v2/api/identities/{identity_id}/consents",
    **described(
        "List what a user has allowed",
        answer="Consents",
        query={"all": "`true` for what all apps were allowed, and not only the one that asks."},
    ),
)
async def get_consents(request: Request, state: State, identity_id: str) -> JSONResponse:
    try:
        record = state.bearer(request.headers.get("authorization"))
    except TokenRefused as refused:
        raise from_token(refused) from None
    if record.resource_server != AUTH_SERVER:
        raise AuthRefused(403, "FORBIDDEN", f"The token is made for {record.resource_server}, not for Auth")
    of_all = _is_true("all", query_of(request, {"all"}).get("all", "false"))
    if of_all and record.scope_names.isdisjoint(_OF_ALL_APPS):
        raise AuthRefused(403, "FORBIDDEN", f"all: the token gives none of {', '.join(sorted(_OF_ALL_APPS))}")
    user = state.directory.find_user(id=identity_id.lower())
    if user is None:
        raise AuthRefused(404, "NOT_FOUND", f"There is no identity {identity_id!r}")
    if user not in state.directory.identity_set(state.directory.user(record.grant.user_id)):
        raise AuthRefused(403, "FORBIDDEN", "These are the consents of somebody else")
    found = state.consents.of_user(user.id, None if of_all else record.grant.client_id)
    return JSONResponse({"consents": [_document(state, consent) for consent in found]})


def _is_true(name: str, text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise invalid(f"{name}: must be true or false, not {text!r}")
    return text.lower() == "true"


def _document(state: AuthState, consent: Consent) -> dict[str, Any]:
    return {
        "id": consent.id,
        "client": consent.client_id if len(consent.dependency_path) == 1 else _who_depends(state, consent),
        "scope": state.registry.scope_id(consent.scope),
        "scope_name": consent.scope,
        "effective_identity": consent.user_id,
        "dependency_path": list(consent.dependency_path),
        "created": _time(consent.created),
        "updated": _time(consent.updated),
        "last_used": _time(consent.last_used),
        "status": "approved",
        "allows_refresh": consent.allows_refresh,
        "auto_approved": consent.auto_approved,
        "atomically_revocable": consent.atomically_revocable,
    }


def _who_depends(state: AuthState, consent: Consent) -> str:
    """The id of the service that the scope above belongs to: the one that is allowed this scope."""
    above = consent.dependency_path[-2]
    (scope,) = (each.scope for each in state.consents.of_user(consent.user_id) if each.id == above)
    server = state.known.resource_server(scope) or ""
    return service_id(server) if state.directory.app(server) is None else server


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="microseconds")
