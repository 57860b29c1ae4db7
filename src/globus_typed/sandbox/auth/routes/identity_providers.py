"""GET /v2/api/identity_providers: who vouches for the identities of a domain."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from globus_typed.sandbox.auth.errors import AuthRefused, from_token
from globus_typed.sandbox.auth.own_scopes import AUTH_SERVER
from globus_typed.sandbox.auth.routes.api import app_of, ids_of, invalid, parts_of, query_of
from globus_typed.sandbox.auth.routes.call import State
from globus_typed.sandbox.auth.state import AuthState, TokenRefused
from globus_typed.sandbox.auth.store.directory import IdentityProvider
from globus_typed.sandbox.described import described

router: APIRouter = APIRouter()


@router.get(
    "/v2/api/identity_providers",
    **described(
        "Find identity providers",
        answer="IdentityProviders",
        query={"domains": "Domains separated by commas; either these or `ids`.", "ids": "Ids separated by commas."},
        callers="token app",
    ),
)
async def get_identity_providers(request: Request, state: State) -> JSONResponse:
    _check_asker(state, request)
    query = query_of(request, {"domains", "ids"})
    if len(query) != 1:
        raise invalid("Exactly one of domains and ids must be given")
    providers = state.directory.providers()
    if "ids" in query:
        ids = ids_of("ids", query["ids"])
        found = [provider for provider in providers if provider.id in ids]
    else:
        domains = [domain.lower() for domain in parts_of("domains", query["domains"])]
        found = [provider for provider in providers if provider.domain in domains]
    return JSONResponse({"identity_providers": [provider_document(provider) for provider in found]})


def _check_asker(state: AuthState, request: Request) -> None:
    """Any token for Auth will do: who vouches for a domain is no secret."""
    if app_of(state, request) is not None:
        return
    try:
        record = state.bearer(request.headers.get("authorization"))
    except TokenRefused as refused:
        raise from_token(refused) from None
    if record.resource_server != AUTH_SERVER:
        raise AuthRefused(403, "FORBIDDEN", f"The token is for {record.resource_server}, not for {AUTH_SERVER}")


def provider_document(provider: IdentityProvider) -> dict[str, Any]:
    """The provider as Auth shows it."""
    return {
        "id": provider.id,
        "name": provider.name,
        "short_name": provider.domain.partition(".")[0],
        "alternative_names": [],
        "domains": [provider.domain],
    }
