"""Reading token requests: the form, strictly, and the client that sends it."""

import base64
import binascii
from collections.abc import Collection
from urllib.parse import parse_qsl

from fastapi import Request

from globus_typed.sandbox.auth.errors import AuthRefused, OAuthRefused
from globus_typed.sandbox.auth.scope_syntax import Scope, ScopeSyntaxError, parse_scopes
from globus_typed.sandbox.auth.state import AuthState
from globus_typed.sandbox.auth.store.directory import App


class Form:
    """The fields of an urlencoded body, each given once."""

    def __init__(self, fields: dict[str, str]) -> None:
        self._fields = fields

    def allow(self, names: Collection[str]) -> None:
        """Refuse fields of other names."""
        if unknown := sorted(set(self._fields) - set(names)):
            raise invalid_request(
                f"{', '.join(unknown)}: unknown here; this request may have {', '.join(sorted(names))}"
            )

    def get(self, name: str) -> str | None:
        return self._fields.get(name)

    def need(self, name: str) -> str:
        value = self._fields.get(name)
        if not value:
            raise invalid_request(f"{name}: missing")
        return value

    def choice(self, name: str, values: Collection[str], default: str) -> str:
        value = self._fields.get(name, default)
        if value not in values:
            raise invalid_request(f"{name}: must be one of {', '.join(sorted(values))}")
        return value


def invalid_request(description: str) -> OAuthRefused:
    return OAuthRefused(400, "invalid_request", description)


async def read_form(request: Request, *, query: Collection[str] = ()) -> Form:
    """The urlencoded body; refuses other content types, fields given twice, and in the URL all but `query`."""
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type != "application/x-www-form-urlencoded":
        raise invalid_request("The body must be application/x-www-form-urlencoded")
    if not set(request.query_params) <= set(query):
        raise invalid_request("The fields belong into the body: a URL ends up in logs")
    body = await request.body()
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, strict_parsing=True, errors="strict")
    except ValueError:
        if body:
            raise invalid_request("The body is not urlencoded") from None
        pairs = []
    fields: dict[str, str] = {}
    for name, value in pairs:
        if name in fields:
            raise invalid_request(f"{name}: given twice")
        fields[name] = value
    return Form(fields)


def basic_credentials(header: str) -> tuple[str, str] | None:
    """Name and password of an `Authorization: Basic ...` header; None when it is something else."""
    kind, _, encoded = header.partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        text = base64.b64decode(encoded.strip(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
    name, colon, password = text.partition(":")
    return (name, password) if colon else None


def confidential_app(state: AuthState, header: str) -> App | None:
    """The app whose id and secret stand in a Basic header; None when they are not right."""
    credentials = basic_credentials(header)
    app = state.directory.app(credentials[0]) if credentials else None
    if credentials is None or app is None or app.native:
        return None
    return app if state.registry.is_secret(app.client_id, credentials[1]) else None


def client_of(state: AuthState, request: Request, form: Form) -> App:
    """The app that sends the request: by Basic authentication, or by `client_id` in the form for a native app."""
    header, client_id = request.headers.get("authorization"), form.get("client_id")
    if header is not None:
        app = confidential_app(state, header)
        if app is None:
            raise OAuthRefused(401, "invalid_client", "The client id or secret of the Authorization header is wrong")
        if client_id not in (None, app.client_id):
            raise invalid_request("client_id: another one than in the Authorization header")
        return app
    if client_id is None:
        raise OAuthRefused(401, "invalid_client", "No client: send Basic authentication, or client_id for a native app")
    app = state.directory.app(client_id)
    if app is None:
        raise OAuthRefused(401, "invalid_client", "client_id: no such app")
    if not app.native:
        raise OAuthRefused(401, "invalid_client", "This app has a secret and must send it by Basic authentication")
    return app


def confidential_client_of(state: AuthState, request: Request, form: Form) -> App:
    """The app that sends the request, which must have a secret."""
    app = client_of(state, request, form)
    if app.native:
        raise OAuthRefused(401, "invalid_client", "This request needs the Basic authentication of a confidential app")
    return app


def scopes_of(state: AuthState, text: str) -> tuple[Scope, ...]:
    """The scopes of a form field, each once, all of them known, with what they depend on."""
    try:
        scopes = parse_scopes(text)
    except ScopeSyntaxError as error:
        raise OAuthRefused(400, "invalid_scope", f"scope: {error}") from None
    if unknown := state.registry.unknown_scopes(scopes):
        raise AuthRefused(400, "UNKNOWN_SCOPE_ERROR", f"Unknown scopes: {', '.join(unknown)}")
    return state.registry.with_dependencies(scopes)
