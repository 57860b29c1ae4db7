"""/v2/api/clients/{client_id}/credentials: the secrets of a client."""

from datetime import datetime, timezone
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from globus_typed.sandbox.auth.routes.api import Body, asker, invalid, not_found, query_of, read
from globus_typed.sandbox.auth.routes.call import State
from globus_typed.sandbox.auth.routes.clients import PATH, client_to_change
from globus_typed.sandbox.auth.store.developer import Credential
from globus_typed.sandbox.described import described


class _Credential(Body):
    name: str


router: APIRouter = APIRouter()


@router.get(
    f"{PATH}/{{client_id}}/credentials",
    **described("List the credentials of a client", answer="ClientCredentials", callers="token app"),
)
async def get_client_credentials(request: Request, state: State, client_id: str) -> JSONResponse:
    client = client_to_change(state, asker(state, request), client_id)
    query_of(request, ())
    found = state.registry.credentials(client.id)
    return JSONResponse({"credentials": [_document(credential) for credential in found]})


@router.post(
    f"{PATH}/{{client_id}}/credentials",
    **described(
        "Make a credential, and tell its secret once",
        answer="ClientCredentialResult",
        body="ClientCredentialCreate",
        read_by=_Credential,
        envelope="credential",
        status=201,
        callers="token app",
    ),
)
async def create_client_credential(request: Request, state: State, client_id: str) -> JSONResponse:
    client = client_to_change(state, asker(state, request), client_id)
    body = await read(request, "credential", _Credential)
    if client.public:
        raise invalid(f"client: {client.id} is a {client.client_type}, which can keep no secret")
    credential, secret = state.registry.add_credential(client.id, body.name)
    return JSONResponse({"credential": _document(credential) | {"secret": secret}}, 201)


@router.delete(
    f"{PATH}/{{client_id}}/credentials/{{credential_id}}",
    **described("Delete a credential", answer="ClientCredentialResult", callers="token app"),
)
async def delete_client_credential(request: Request, state: State, client_id: str, credential_id: str) -> JSONResponse:
    client = client_to_change(state, asker(state, request), client_id)
    for credential in state.registry.credentials(client.id):
        if credential.id == credential_id.lower():
            state.registry.drop_credential(credential.id)
            return JSONResponse({"credential": _document(credential)})
    raise not_found("credential", credential_id)


def _document(credential: Credential) -> dict[str, Any]:
    return {
        "id": credential.id,
        "client": credential.client,
        "name": credential.name,
        "secret": None,
        "created": datetime.fromtimestamp(credential.created, timezone.utc).isoformat(timespec="microseconds"),
    }
