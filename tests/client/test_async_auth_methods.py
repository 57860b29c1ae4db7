"""Every method of Auth on the wire: route, query, body or form, who is asking, and the document that answers."""

import base64
import inspect
import json
from typing import Any, Literal, NamedTuple
from uuid import UUID

import httpx
import pytest

from globus_typed import (
    AsyncAuthClient,
    AsyncConfidentialAppAuthClient,
    AsyncNativeAppAuthClient,
    Document,
    GlobusUsageError,
    Introspection,
    Response,
    TokenResponse,
    UserInfo,
)
from globus_typed import auth as a

from .async_service import ID, OTHER, Service, ok

pytestmark = pytest.mark.anyio

Asking = Literal["auth", "native", "confidential"]
AUTHORIZATION: dict[Asking, str | None] = {
    "auth": "Bearer the-token",
    "native": None,
    "confidential": "Basic " + base64.b64encode(f"{ID}:the-secret".encode()).decode(),
}
PROVIDER = a.OpenIDConfiguration(issuer="https://auth.example", jwks_uri="https://auth.example/jwk.json")
TOKENS: dict[str, Any] = {
    "access_token": "t",
    "resource_server": "auth.globus.org",
    "expires_in": 60,
    "scope": "openid",
}
PROJECT = {"display_name": "n", "contact_email": "a@b.example", "admin_ids": [ID]}
POLICY = {"project_id": ID, "display_name": "n", "description": "d"}
CLIENT = {"name": "n", "project": ID, "public_client": True}
SCOPE = {"name": "n", "description": "d", "scope_suffix": "s"}
PAGES = {"privacy_policy": "https://a.example/p", "terms_and_conditions": "https://a.example/t"}
CLIENTS = "v2/api/clients"
ONE: dict[str, dict[str, Any]] = {
    kind: {kind: {"id": OTHER}} for kind in ("project", "policy", "client", "credential", "scope")
}
NONE: dict[str, dict[str, Any]] = {
    kind: {kind: []}
    for kind in ("projects", "policies", "clients", "credentials", "scopes", "consents", "identities", "keys")
}


class Row(NamedTuple):
    """A method, how it is called, what it sends, and what answers it."""

    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    method: str
    path: str
    answer: Any
    type: type[Document]
    query: dict[str, str] = {}
    body: dict[str, Any] | None = None
    form: dict[str, str] | None = None
    asking: Asking = "auth"
    anonymous: bool = False


def get(
    name: str, path: str, answer: Any, document: type[Document], /, *args: Any, query: Any = None, **kwargs: Any
) -> Row:
    """A row that reads; its keywords go into the query, as they are where it is not given."""
    query = {key: str(value) for key, value in kwargs.items()} if query is None else query
    return Row(name, args, kwargs, "GET", path, answer, document, query)


def change(
    name: str, method: str, path: str, body: Any, answer: Any, document: type[Document], /, *args: Any, **kwargs: Any
) -> Row:
    """A row that writes."""
    return Row(name, args, kwargs, method, path, answer, document, body=body)


def form(name: str, path: str, answer: Any, document: type[Document], /, *args: Any, **form: str) -> Row:
    """A row that sends a form, by an app with a secret."""
    return Row(name, args, {}, "POST", f"v2/oauth2/{path}", answer, document, form=form, asking="confidential")


ROWS: list[Row] = [
    # OpenID Connect
    get("userinfo", "v2/oauth2/userinfo", {"sub": ID}, UserInfo),
    get("oauth2_userinfo", "v2/oauth2/userinfo", {"sub": ID}, UserInfo),
    get("get_openid_configuration", ".well-known/openid-configuration", PROVIDER.data, a.OpenIDConfiguration)._replace(anonymous=True),
    get("get_jwk", "jwk.json", NONE["keys"], a.JSONWebKeySet, PROVIDER)._replace(anonymous=True),
    # identities and consents
    get("get_identities", "v2/api/identities", NONE["identities"], a.Identities, ids=ID),
    get("get_identities", "v2/api/identities", NONE["identities"], a.Identities, usernames=["a@b.example", "c@d.example"], provision=True, include="identity_provider", some="x", query={"usernames": "a@b.example,c@d.example", "provision": "true", "include": "identity_provider", "some": "x"}),
    get("get_identity_providers", "v2/api/identity_providers", {"identity_providers": []}, a.IdentityProviders, domains="b.example", some="x"),
    get("get_identity_providers", "v2/api/identity_providers", {"identity_providers": []}, a.IdentityProviders, ids=[UUID(ID), OTHER], query={"ids": f"{ID},{OTHER}"}),
    get("get_consents", f"v2/api/identities/{ID}/consents", NONE["consents"], a.Consents, ID, query={"all": "false"}),
    get("get_consents", f"v2/api/identities/{ID}/consents", NONE["consents"], a.Consents, UUID(ID), all=True, some="x", query={"all": "true", "some": "x"}),
    # projects
    get("get_project", f"v2/api/projects/{ID}", ONE["project"], a.ProjectResult, ID, some="x"),
    get("get_projects", "v2/api/projects", NONE["projects"], a.Projects, some="x"),
    change("create_project", "POST", "v2/api/projects", {"project": PROJECT}, ONE["project"], a.ProjectResult, "n", "a@b.example", admin_ids=UUID(ID)),
    change("create_project", "POST", "v2/api/projects", {"project": PROJECT}, ONE["project"], a.ProjectResult, PROJECT),
    change("update_project", "PUT", f"v2/api/projects/{ID}", {"project": {"display_name": "m", "admin_ids": None, "admin_group_ids": [OTHER]}}, ONE["project"], a.ProjectResult, ID, display_name="m", admin_ids=None, admin_group_ids=[OTHER]),
    change("update_project", "PUT", f"v2/api/projects/{ID}", {"project": {"display_name": "m"}}, ONE["project"], a.ProjectResult, ID, a.ProjectUpdate(display_name="m")),
    change("delete_project", "DELETE", f"v2/api/projects/{ID}", None, ONE["project"], a.ProjectResult, ID),
    # policies
    get("get_policy", f"v2/api/policies/{ID}", ONE["policy"], a.PolicyResult, ID, some="x"),
    get("get_policies", "v2/api/policies", NONE["policies"], a.Policies, some="x"),
    change("create_policy", "POST", "v2/api/policies", {"policy": {**POLICY, "high_assurance": True, "required_mfa": True}}, ONE["policy"], a.PolicyResult, **POLICY, high_assurance=True, required_mfa=True),
    change("create_policy", "POST", "v2/api/policies", {"policy": POLICY}, ONE["policy"], a.PolicyResult, {"policy": POLICY}),
    change("update_policy", "PUT", f"v2/api/policies/{ID}", {"policy": {"project_id": OTHER, "domain_constraints_include": None}}, ONE["policy"], a.PolicyResult, ID, project_id=OTHER, domain_constraints_include=None),
    change("update_policy", "PUT", f"v2/api/policies/{ID}", {"policy": {"description": "e"}}, ONE["policy"], a.PolicyResult, ID, {"description": "e"}),
    change("delete_policy", "DELETE", f"v2/api/policies/{ID}", None, ONE["policy"], a.PolicyResult, ID),
    # clients and their credentials
    get("get_client", f"{CLIENTS}/{ID}", ONE["client"], a.OAuthClientResult, client_id=ID, some="x", query={"some": "x"}),
    get("get_client", CLIENTS, ONE["client"], a.OAuthClientResult, fqdn="a.example"),
    get("get_clients", CLIENTS, NONE["clients"], a.OAuthClients, project_id=ID, some="x"),
    change("create_client", "POST", CLIENTS, {"client": {**CLIENT, "links": PAGES}}, ONE["client"], a.OAuthClientResult, "n", ID, public_client=True, **PAGES),
    change("create_client", "POST", CLIENTS, {"client": CLIENT}, ONE["client"], a.OAuthClientResult, a.OAuthClientCreate(name="n", project=ID, public_client=True)),
    change("update_client", "PUT", f"{CLIENTS}/{ID}", {"client": {"redirect_uris": [], "required_idp": None}}, ONE["client"], a.OAuthClientResult, ID, redirect_uris=[], required_idp=None),
    change("update_client", "PUT", f"{CLIENTS}/{ID}", {"client": {"visibility": "public"}}, ONE["client"], a.OAuthClientResult, ID, {"visibility": "public"}),
    change("delete_client", "DELETE", f"{CLIENTS}/{ID}", None, ONE["client"], a.OAuthClientResult, ID),
    get("get_client_credentials", f"{CLIENTS}/{ID}/credentials", NONE["credentials"], a.ClientCredentials, ID, some="x"),
    change("create_client_credential", "POST", f"{CLIENTS}/{ID}/credentials", {"credential": {"name": "k"}}, ONE["credential"], a.ClientCredentialResult, ID, "k"),
    change("create_client_credential", "POST", f"{CLIENTS}/{ID}/credentials", {"credential": {"name": "k"}}, ONE["credential"], a.ClientCredentialResult, ID, {"name": "k"}),
    change("delete_client_credential", "DELETE", f"{CLIENTS}/{ID}/credentials/{OTHER}", None, ONE["credential"], a.ClientCredentialResult, ID, OTHER),
    change("create_native_app_instance", "POST", CLIENTS, {"client": {"template_id": ID, "name": "n"}}, ONE["client"], a.OAuthClientResult, UUID(ID), "n")._replace(asking="native"),
    change("create_child_client", "POST", CLIENTS, {"client": {"name": "n", "client_type": "client_identity", "prompt_for_named_grant": True}}, ONE["client"], a.OAuthClientResult, "n", client_type="client_identity", additional_fields={"prompt_for_named_grant": True})._replace(asking="confidential"),
    change("create_child_client", "POST", CLIENTS, {"client": {"name": "n", "public_client": False}}, ONE["client"], a.OAuthClientResult, {"name": "n", "public_client": False})._replace(asking="confidential"),
    # scopes
    get("get_scope", f"v2/api/scopes/{ID}", ONE["scope"], a.ScopeResult, ID, some="x"),
    get("get_scopes", "v2/api/scopes", NONE["scopes"], a.ScopeDefinitions, some="x"),
    get("get_scopes", "v2/api/scopes", NONE["scopes"], a.ScopeDefinitions, scope_strings=["openid", "email"], query={"scope_strings": "openid,email"}),
    get("get_scopes", "v2/api/scopes", NONE["scopes"], a.ScopeDefinitions, ids=ID),
    change("create_scope", "POST", f"{CLIENTS}/{ID}/scopes", {"scope": {**SCOPE, "advertised": True}}, ONE["scope"], a.ScopeResult, ID, "n", "d", "s", advertised=True),
    change("create_scope", "POST", f"{CLIENTS}/{ID}/scopes", {"scope": SCOPE}, ONE["scope"], a.ScopeResult, ID, SCOPE),
    change("update_scope", "PUT", f"v2/api/scopes/{ID}", {"scope": {"dependent_scopes": []}}, ONE["scope"], a.ScopeResult, ID, dependent_scopes=[]),
    change("update_scope", "PUT", f"v2/api/scopes/{ID}", {"scope": {"name": "m"}}, ONE["scope"], a.ScopeResult, ID, a.ScopeUpdate(name="m")),
    change("delete_scope", "DELETE", f"v2/api/scopes/{ID}", None, ONE["scope"], a.ScopeResult, ID),
    # tokens
    form("oauth2_refresh_token", "token", TOKENS, TokenResponse, "r", grant_type="refresh_token", refresh_token="r"),
    form("oauth2_refresh_token", "token", TOKENS, TokenResponse, "r", {"x": "y"}, grant_type="refresh_token", refresh_token="r", client_id=ID, x="y")._replace(asking="native"),
    form("oauth2_revoke_token", "token/revoke", {"active": False}, a.TokenRevocation, "t", token="t"),
    form("oauth2_revoke_token", "token/revoke", {"active": False}, a.TokenRevocation, "t", token="t", client_id=ID)._replace(asking="native"),
    form("oauth2_validate_token", "token/validate", {"active": True}, Introspection, "t", token="t"),
    form("oauth2_validate_token", "token/validate", {"active": True}, Introspection, "t", token="t", client_id=ID)._replace(asking="native"),
    form("oauth2_token", "token", TOKENS, TokenResponse, {"grant_type": "g"}, grant_type="g"),
    form("oauth2_client_credentials_tokens", "token", TOKENS, TokenResponse, "openid", grant_type="client_credentials", scope="openid"),
    form("oauth2_get_dependent_tokens", "token", [TOKENS], a.DependentTokenResponse, "t", grant_type="urn:globus:auth:grant_type:dependent_token", token="t"),
    form("oauth2_token_introspect", "token/introspect", {"active": True}, Introspection, "t", "identity_set", token="t", include="identity_set"),
]  # fmt: skip

LOGINS = {"oauth2_exchange_code_for_tokens", "decode_id_token"}
"""The methods that begin with a login, which other tests make."""
SENDS_NOTHING = {
    "client_credentials_request",
    "oauth2_get_authorize_url",
    "oauth2_get_logout_url",
    "oauth2_start_flow",
    "oauth2_start_flow_authorization_code",
    "oauth2_start_flow_native_app",
    "refresh_token_request",
}


def test_every_method_is_in_the_table() -> None:
    methods = {
        name
        for client in (AsyncAuthClient, AsyncNativeAppAuthClient, AsyncConfidentialAppAuthClient)
        for name, member in inspect.getmembers(client, inspect.isfunction)
        if not name.startswith("_") and member.__module__.startswith("globus_typed.auth.")
    }
    assert methods == {row.name for row in ROWS} | LOGINS | SENDS_NOTHING


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
async def test_a_method_sends_what_the_table_says_and_answers_with_its_document(row: Row) -> None:
    service = Service(httpx.Response(200, json=row.answer))
    answer = await getattr(getattr(service, row.asking)(), row.name)(*row.args, **row.kwargs)
    assert type(answer) is row.type
    assert type(answer) not in (Document, Response)
    (request,) = service.requests
    assert (request.method, request.url.path) == (row.method, f"/{row.path}")
    assert dict(request.url.params) == row.query
    assert request.headers.get("Authorization") == (None if row.anonymous else AUTHORIZATION[row.asking])
    if row.form is not None:
        assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"
        assert service.forms == [row.form]
    elif row.body is not None:
        assert request.headers["Content-Type"].startswith("application/json")
        assert json.loads(request.content) == row.body
    else:
        assert not request.content


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("get_identity_providers", {}),
        ("get_identity_providers", {"domains": "b.example", "ids": ID}),
        ("get_identity_providers", {"ids": []}),
        ("get_client", {}),
        ("get_client", {"client_id": ID, "fqdn": "a.example"}),
        ("get_scopes", {"scope_strings": "openid", "ids": ID}),
        ("get_scopes", {"ids": ""}),
        ("get_project", {"project_id": "a/b"}),
        ("delete_client_credential", {"client_id": ID, "credential_id": ""}),
        ("get_consents", {"identity_id": None}),
    ],
)
async def test_what_cannot_be_asked_for_is_refused_before_anything_is_sent(
    name: str, arguments: dict[str, Any]
) -> None:
    service = Service(ok())
    with pytest.raises(GlobusUsageError):
        await getattr(service.auth(), name)(**arguments)
    assert not service.requests
