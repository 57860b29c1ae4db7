"""/v2/api/clients: apps and services. What is made here can log users in, or itself, at once."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import AfterValidator, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import Self

from globus_typed.sandbox.auth.errors import AuthRefused
from globus_typed.sandbox.auth.own_scopes import AUTH_URN
from globus_typed.sandbox.auth.routes.api import (
    MANAGE,
    Asker,
    Body,
    Id,
    Line,
    app_of,
    asker,
    asker_by_token,
    changes_of,
    checked,
    fields_of,
    forbidden,
    ids_of,
    invalid,
    not_found,
    query_of,
    read,
)
from globus_typed.sandbox.auth.routes.call import State
from globus_typed.sandbox.auth.state import MADE_WITH_THE_CLIENT, AuthState
from globus_typed.sandbox.auth.store.developer import PUBLIC_TYPES, Client, ClientType, Visibility
from globus_typed.sandbox.described import described

PATH = "/v2/api/clients"
_VIEW = (MANAGE, f"{AUTH_URN}view_clients", f"{AUTH_URN}view_clients_and_scopes")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def _check_redirect(uri: str) -> str:
    try:
        parts = urlsplit(uri)
        secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    except ValueError:
        parts, secure = urlsplit(""), False
    if not secure or not parts.hostname or parts.fragment:
        problem = "must be an https address, or an http one of localhost, without a fragment, not {uri}"
        raise PydanticCustomError("redirect_uri", problem, {"uri": repr(uri)})
    return uri


_Redirect = Annotated[str, AfterValidator(_check_redirect)]


class _Links(Body):
    privacy_policy: str | None
    terms_and_conditions: str | None

    @model_validator(mode="after")
    def _are_both_or_neither(self) -> Self:
        if (self.privacy_policy is None) != (self.terms_and_conditions is None):
            raise PydanticCustomError("links", "must have both privacy_policy and terms_and_conditions, or neither")
        return self


class _Child(Body):
    name: Line
    public_client: bool = False
    client_type: ClientType = "hybrid_confidential_client_resource_server"
    visibility: Visibility = "private"
    redirect_uris: list[_Redirect] = []
    links: _Links | None = None
    required_idp: Id | None = None
    preselect_idp: Id | None = None
    userinfo_from_effective_identity: bool = True
    prompt_for_named_grant: bool = False

    @model_validator(mode="after")
    def _is_of_one_type(self) -> Self:
        if len({"public_client", "client_type"} & self.model_fields_set) != 1:
            raise PydanticCustomError("client_type", "exactly one of client_type and public_client must be given")
        if self.public_client:
            self.client_type = "public_installed_client"
        return self


class _Client(_Child):
    project: Id


class _Instance(Body):
    template_id: Id
    name: Line


class _Changes(Body):
    name: Line = ""
    visibility: Visibility = "private"
    redirect_uris: list[_Redirect] = []
    links: _Links = _Links(privacy_policy=None, terms_and_conditions=None)
    required_idp: Id | None = None
    preselect_idp: Id | None = None


router: APIRouter = APIRouter()


@router.get(
    PATH,
    **described(
        "List the clients that the caller manages, or find one",
        answer="OAuthClients OAuthClientResult",
        query={
            "fqdn": "A domain name of a client, to be given that one alone.",
            "project_id": "The project whose clients to list.",
        },
        callers="token app",
    ),
)
async def get_clients(request: Request, state: State) -> JSONResponse:
    by = asker(state, request, _VIEW)
    query = query_of(request, {"fqdn", "project_id"})
    if len(query) > 1:
        raise invalid("fqdn, project_id: only one of the two can be given")
    clients = state.registry.clients()
    if "fqdn" in query:
        for client in clients:
            if query["fqdn"].lower() in client.fqdns and state.registry.sees(by.ids, client):
                return _answer(state, client)
        raise not_found("client with the fqdn", query["fqdn"])
    found = [client for client in clients if state.registry.manages(by.ids, client)]
    if "project_id" in query:
        project_ids = ids_of("project_id", query["project_id"])
        found = [client for client in found if client.project in project_ids]
    return JSONResponse({"clients": [_document(state, client) for client in found]})


@router.post(
    PATH,
    **described(
        "Make a client in a project, of another client, or from a template",
        answer="OAuthClientResult",
        body="OAuthClientCreate",
        read_by=(_Client, _Child, _Instance),
        envelope="client",
        status=201,
        callers="token app anybody",
    ),
)
async def create_client(request: Request, state: State) -> JSONResponse:
    if "authorization" not in request.headers:
        return await _from_template(state, request)
    app = app_of(state, request)
    if app is not None:
        child = await read(request, "client", _Child)
        parent = state.registry.client(app.client_id)
        project = None if parent is None else parent.project
        return _made(state, child, project=project, parent_client=app.client_id)
    by = asker_by_token(state, request)
    body = await read(request, "client", _Client)
    if state.registry.project(body.project, by.ids) is None:
        raise forbidden(f"project: there is no project {body.project} that you administer")
    return _made(state, body)


@router.get(f"{PATH}/{{client_id}}", **described("Give a client", answer="OAuthClientResult", callers="token app"))
async def get_client(request: Request, state: State, client_id: str) -> JSONResponse:
    by = asker(state, request, _VIEW)
    query_of(request, ())
    return _answer(state, client_to_see(state, by, client_id))


@router.put(
    f"{PATH}/{{client_id}}",
    **described(
        "Change a client",
        answer="OAuthClientResult",
        body="OAuthClientUpdate",
        read_by=_Changes,
        envelope="client",
        callers="token app",
    ),
)
async def update_client(request: Request, state: State, client_id: str) -> JSONResponse:
    client = client_to_change(state, asker(state, request), client_id)
    changes = _fields(state, await read(request, "client", _Changes))
    app = state.directory.app(client.id)
    if app is None:
        raise not_found("client", client_id)
    of_app = {name: changes.pop(name) for name in ("name", "redirect_uris") if name in changes}
    client = replace(client, **changes)
    state.directory.keep_app(replace(app, **of_app))
    state.registry.keep_client(client)
    return _answer(state, client)


@router.delete(f"{PATH}/{{client_id}}", **described("Delete a client", answer="OAuthClientResult", callers="token app"))
async def delete_client(request: Request, state: State, client_id: str) -> JSONResponse:
    client = client_to_change(state, asker(state, request), client_id)
    answer = _answer(state, client)
    state.drop_app(client.id)
    return answer


def client_to_see(state: AuthState, by: Asker, id: str) -> Client:
    """The client with this id, if the asker may look at it."""
    client = state.registry.client(id.lower())
    if client is None or not state.registry.sees(by.ids, client):
        raise not_found("client", id)
    return client


def client_to_change(state: AuthState, by: Asker, id: str) -> Client:
    """The client with this id, if the asker may change it."""
    client = client_to_see(state, by, id)
    if not state.registry.manages(by.ids, client):
        raise forbidden(f"The client {id} is another one's")
    return client


def _made(state: AuthState, body: _Child, **more: Any) -> JSONResponse:
    fields: dict[str, Any] = {"client_type": body.client_type, **_fields(state, body), **more}
    fields.pop("public_client", None)
    app = state.directory.add_app(
        fields.pop("name"),
        redirect_uris=fields.pop("redirect_uris", ()),
        client_id=None,
        confidential=body.client_type not in PUBLIC_TYPES,
    )
    client = Client(app.client_id, **fields)
    state.registry.keep_client(client)
    return _answer(state, client, 201)


async def _from_template(state: AuthState, request: Request) -> JSONResponse:
    """An app with a secret for one installation of a native app, which asks for it before anybody has logged in."""
    fields = await fields_of(request, "client")
    if "template_id" not in fields:
        raise AuthRefused(401, "UNAUTHORIZED", "Without authentication a client is made from a template alone")
    body = checked(_Instance, fields)
    template = state.directory.app(body.template_id)
    if template is None or not template.native:
        raise invalid(f"template_id: there is no native app {body.template_id}")
    app = state.directory.add_app(body.name, redirect_uris=(), client_id=None, confidential=True)
    client = Client(app.client_id, "confidential_client", parent_client=template.client_id)
    state.registry.keep_client(client)
    credential, secret = state.registry.add_credential(client.id, MADE_WITH_THE_CLIENT)
    made = {"id": credential.id, "client": client.id, "name": credential.name, "secret": secret}
    return JSONResponse({"client": _document(state, client), "included": {"client_credential": made}}, 201)


def _fields(state: AuthState, body: Body) -> dict[str, Any]:
    """The fields of a client in a body, by the names that they are kept under."""
    fields = changes_of(body)
    links: Mapping[str, str | None] | None = fields.pop("links", None)
    providers = {provider.id for provider in state.directory.providers()}
    for name in ("required_idp", "preselect_idp"):
        if fields.get(name) is not None and fields[name] not in providers:
            raise invalid(f"{name}: there is no identity provider {fields[name]}")
    return fields | dict(links or {})


def _answer(state: AuthState, client: Client, status: int = 200) -> JSONResponse:
    return JSONResponse({"client": _document(state, client)}, status)


def _document(state: AuthState, client: Client) -> dict[str, Any]:
    app = state.directory.app(client.id)
    return {
        "id": client.id,
        "name": None if app is None else app.name,
        "project": client.project,
        "public_client": client.public,
        "client_type": client.client_type,
        "grant_types": list(client.grant_types),
        "visibility": client.visibility,
        "scopes": [scope.id for scope in state.registry.scopes_of(client.id)],
        "fqdns": list(client.fqdns),
        "redirect_uris": [] if app is None else list(app.redirect_uris),
        "links": {"privacy_policy": client.privacy_policy, "terms_and_conditions": client.terms_and_conditions},
        "required_idp": client.required_idp,
        "preselect_idp": client.preselect_idp,
        "parent_client": client.parent_client,
        "userinfo_from_effective_identity": client.userinfo_from_effective_identity,
        "prompt_for_named_grant": client.prompt_for_named_grant,
    }
