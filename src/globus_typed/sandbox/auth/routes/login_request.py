"""The query of an authorize URL: which app asks for what, and whether it may."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from fastapi.datastructures import QueryParams

from globus_typed.sandbox.auth.routes.login_requirements import RequirementRefused, Requirements, read_requirements
from globus_typed.sandbox.auth.scope_syntax import Scope, ScopeSyntaxError, parse_scopes
from globus_typed.sandbox.auth.state import AuthState
from globus_typed.sandbox.auth.store.directory import App

_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_GLOBUS_CODE_PAGE = "https://auth.globus.org/v2/web/auth-code"
"""The page that shows codes, as programs spell it out that were written for the real service."""


@dataclass(frozen=True)
class AuthorizationRequest:
    """A login that an app may ask for: what is left is the user's yes or no."""

    app: App
    redirect_uri: str
    landing: str
    """Where the browser is sent: `redirect_uri`, or for the page of Globus that shows codes the sandbox's own."""
    scopes: tuple[Scope, ...]
    state: str | None
    offline: bool
    code_challenge: str | None
    nonce: str | None
    prefill_named_grant: str | None
    requirements: Requirements

    def location(self, **answer: str) -> str:
        """The URI that the browser is redirected to, with the state that the app gave."""
        return with_query(self.landing, **answer, state=self.state)


class RequestRefused(Exception):
    """The request is wrong. The person is told here: an app that sends wrong ones may not be the one it says it is."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


def read_request(state: AuthState, query: QueryParams) -> AuthorizationRequest:
    """The login that a query asks for; raises RequestRefused.

    Parameters that are unknown here are ignored, as OAuth2 wants it.
    """
    for name in query:
        if len(query.getlist(name)) > 1:
            raise _invalid(f"{name}: given twice")
    app, redirect_uri = _app_and_redirect(state, query)
    if not query.get("response_type"):
        raise _invalid("response_type: missing")
    if query["response_type"] != "code":
        raise _invalid("response_type: must be code")
    access_type = query.get("access_type", "online")
    if access_type not in ("online", "offline"):
        raise _invalid("access_type: must be online or offline")
    try:
        requirements = read_requirements(query, state.directory)
    except RequirementRefused as refused:
        raise _invalid(str(refused)) from None
    return AuthorizationRequest(
        app=app,
        redirect_uri=redirect_uri,
        landing=state.native_redirect_uri if redirect_uri == _GLOBUS_CODE_PAGE else redirect_uri,
        scopes=_scopes(state, query.get("scope", ""), app),
        state=query.get("state"),
        offline=access_type == "offline",
        code_challenge=_challenge(query, app),
        nonce=query.get("nonce"),
        prefill_named_grant=query.get("prefill_named_grant"),
        requirements=requirements,
    )


def _invalid(detail: str) -> RequestRefused:
    return RequestRefused("INVALID_PARAMETERS", detail)


def _app_and_redirect(state: AuthState, query: QueryParams) -> tuple[App, str]:
    for name in ("client_id", "redirect_uri"):
        if not query.get(name):
            raise _invalid(f"{name}: missing")
    redirect_uri = query["redirect_uri"]
    app = state.directory.app(query["client_id"])
    if app is None:
        # An app that has a secret would use it at the token route, where it is known by its secret or not at all.
        may_be_native = "code_challenge" in query and _is_native(state, redirect_uri)
        app = state.first_seen(query["client_id"]) if may_be_native else None
    if app is None:
        raise _invalid("client_id: no app is registered under this id")
    template = _template(state, app)
    if not _may_redirect(state, app, redirect_uri) and not (template and _may_redirect(state, template, redirect_uri)):
        raise _invalid(f"redirect_uri: not registered for {app.name}")
    return app, redirect_uri


def _template(state: AuthState, app: App) -> App | None:
    """The native app that an app is an instance of, whose redirects it shares."""
    client = state.registry.client(app.client_id)
    parent = None if client is None else state.directory.app(client.parent_client or "")
    return parent if parent is not None and parent.native else None


def _may_redirect(state: AuthState, app: App, uri: str) -> bool:
    if any(_matches(uri, registered, any_port=app.native) for registered in app.redirect_uris):
        return True
    return app.native and (_is_code_page(state, uri) if app.redirect_uris else _is_native(state, uri))


def _is_code_page(state: AuthState, uri: str) -> bool:
    return uri in (state.native_redirect_uri, _GLOBUS_CODE_PAGE)


def _is_native(state: AuthState, uri: str) -> bool:
    """Whether a native app that has registered no redirect URI may use this one: a page for codes, or a local port."""
    try:
        parts = urlsplit(uri)
        local = parts.scheme == "http" and parts.hostname in _LOOPBACK and parts.username is None
        return _is_code_page(state, uri) or (local and not parts.fragment and parts.port != 0)
    except ValueError:
        return False


def _matches(given: str, registered: str, *, any_port: bool) -> bool:
    if given == registered:
        return True
    try:
        asked, known = urlsplit(given), urlsplit(registered)
    except ValueError:
        return False
    # RFC 8252: a native app listens on whatever loopback port is free.
    free = any_port and known.hostname in _LOOPBACK and asked.username is None
    return free and (asked.scheme, asked.hostname, *asked[2:]) == (known.scheme, known.hostname, *known[2:])


def _scopes(state: AuthState, text: str, app: App) -> tuple[Scope, ...]:
    try:
        scopes = parse_scopes(text)
    except ScopeSyntaxError as error:
        raise _invalid(f"scope: {error}") from None
    if unknown := state.registry.unknown_scopes(scopes):
        raise RequestRefused("UNKNOWN_SCOPE_ERROR", f"{app.name} asks for unknown scopes: {', '.join(unknown)}")
    return state.registry.with_dependencies(scopes)


def _challenge(query: QueryParams, app: App) -> str | None:
    challenge, method = query.get("code_challenge"), query.get("code_challenge_method")
    if challenge is None:
        if app.native:
            raise _invalid("code_challenge: missing; a native app must use PKCE")
        if method is not None:
            raise _invalid("code_challenge: missing beside code_challenge_method")
        return None
    if method != "S256":
        raise _invalid("code_challenge_method: must be S256")
    if not _CHALLENGE.fullmatch(challenge):
        raise _invalid("code_challenge: must be the 43 characters of a base64url SHA-256")
    return challenge


def with_query(uri: str, **extra: str | None) -> str:
    """The URI with more query parameters, those it has kept; None is left out."""
    parts = urlsplit(uri)
    added = [(name, value) for name, value in extra.items() if value is not None]
    query = [*parse_qsl(parts.query, keep_blank_values=True), *added]
    return urlunsplit(parts._replace(query=urlencode(query)))
