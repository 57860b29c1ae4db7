"""GET /v2/oauth2/authorize: a login asked for, consented to, and answered with a code."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from fastapi import APIRouter, Request
from fastapi.datastructures import QueryParams
from fastapi.responses import PlainTextResponse, RedirectResponse, Response

from .errors import error_response
from .pages import error_page
from .records import App, SandboxUser
from .scopes import Scope, ScopeSyntaxError, merge, parse_scopes, unknown_names
from .state import AuthState

_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class AuthorizationRequest:
    """A login that an app may ask for: what is left is the user's yes or no."""

    app: App
    redirect_uri: str
    scopes: tuple[Scope, ...]
    state: str | None
    offline: bool
    code_challenge: str | None
    nonce: str | None
    prefill_named_grant: str | None


class RequestRefused(Exception):
    """The request is wrong, and so may be where it wants to go: the person has to be told here."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


class RedirectRefused(Exception):
    """The request is wrong, and the app is told so at its redirect URI."""

    def __init__(self, error: str, description: str, redirect_uri: str, state: str | None) -> None:
        super().__init__(f"{error}: {description}")
        self.error = error
        self.description = description
        self.location: str = with_query(redirect_uri, error=error, error_description=description, state=state)


def add_routes(router: APIRouter, state: AuthState) -> None:
    @router.get("/v2/oauth2/authorize")
    async def authorize(request: Request) -> Response:
        accept = request.headers.get("accept", "")
        bare = "text/plain" in accept and "text/html" not in accept
        try:
            wanted = read_request(state, request.query_params)
            user = state.default_user
            if user is None:
                raise RedirectRefused(
                    "access_denied", "The sandbox has no user to log in", wanted.redirect_uri, wanted.state
                )
            code = agree(state, wanted, user)
        except RequestRefused as refused:
            if bare:
                return PlainTextResponse(f"{refused.code}: {refused.detail}\n", 400)
            if "application/json" in accept and "text/html" not in accept:
                return error_response(400, refused.code, refused.detail)
            return error_page(refused.code, refused.detail)
        except RedirectRefused as refused:
            if bare:
                return PlainTextResponse(f"{refused.error}: {refused.description}\n", 400)
            return RedirectResponse(refused.location, 302, {"Cache-Control": "no-store"})
        if bare:
            return PlainTextResponse(code, headers={"Cache-Control": "no-store"})
        return RedirectResponse(code_location(wanted, code), 302, {"Cache-Control": "no-store"})


def agree(state: AuthState, request: AuthorizationRequest, user: SandboxUser) -> str:
    """Record that the user consents to what the app asks for; gives the authorization code."""
    state.directory.mark_used(user.id)
    state.ledger.consent(request.app.client_id, user.id, request.scopes, offline=request.offline)
    return state.ledger.new_code(
        state.ledger.new_grant(request.app.client_id, user.id, offline=request.offline),
        request.scopes,
        redirect_uri=request.redirect_uri,
        state=request.state,
        code_challenge=request.code_challenge,
        nonce=request.nonce,
    )


def code_location(request: AuthorizationRequest, code: str) -> str:
    """Where the browser brings the code."""
    return with_query(request.redirect_uri, code=code, state=request.state)


def read_request(state: AuthState, query: QueryParams) -> AuthorizationRequest:
    """The login that a query asks for; raises RequestRefused or RedirectRefused.

    Parameters that are unknown here are ignored, as OAuth2 wants it.
    """
    app, redirect_uri = _app_and_redirect(state, query)
    echoed = query.get("state")

    def refused(error: str, description: str) -> RedirectRefused:
        return RedirectRefused(error, description, redirect_uri, echoed)

    for name in query:
        if len(query.getlist(name)) > 1:
            raise refused("invalid_request", f"{name}: given twice")
    if not query.get("response_type"):
        raise refused("invalid_request", "response_type: missing")
    if query["response_type"] != "code":
        raise refused("unsupported_response_type", "response_type: must be code")
    try:
        scopes = parse_scopes(query.get("scope", ""))
    except ScopeSyntaxError as error:
        raise refused("invalid_scope", f"scope: {error}") from None
    if unknown := unknown_names(scopes):
        # The service shows a page for this one and does not go back to the app.
        raise RequestRefused("UNKNOWN_SCOPE_ERROR", f"{app.name} asks for unknown scopes: {', '.join(unknown)}")
    access_type = query.get("access_type", "online")
    if access_type not in ("online", "offline"):
        raise refused("invalid_request", "access_type: must be online or offline")
    challenge, method = query.get("code_challenge"), query.get("code_challenge_method")
    if challenge is None and app.native:
        raise refused("invalid_request", "code_challenge: missing; a native app must use PKCE")
    if challenge is None and method is not None:
        raise refused("invalid_request", "code_challenge: missing beside code_challenge_method")
    if challenge is not None and method != "S256":
        raise refused("invalid_request", "code_challenge_method: must be S256")
    if challenge is not None and not _CHALLENGE.fullmatch(challenge):
        raise refused("invalid_request", "code_challenge: must be the 43 characters of a base64url SHA-256")
    return AuthorizationRequest(
        app=app,
        redirect_uri=redirect_uri,
        scopes=merge(scopes),
        state=echoed,
        offline=access_type == "offline",
        code_challenge=challenge,
        nonce=query.get("nonce"),
        prefill_named_grant=query.get("prefill_named_grant"),
    )


def _app_and_redirect(state: AuthState, query: QueryParams) -> tuple[App, str]:
    for name in ("client_id", "redirect_uri"):
        if not query.get(name):
            raise RequestRefused("INVALID_PARAMETERS", f"{name}: missing")
        if len(query.getlist(name)) > 1:
            raise RequestRefused("INVALID_PARAMETERS", f"{name}: given twice")
    app = state.directory.app(query["client_id"])
    if app is None:
        raise RequestRefused("INVALID_PARAMETERS", "client_id: no app is registered under this id")
    redirect_uri = query["redirect_uri"]
    registered = (*app.redirect_uris, *([state.native_redirect_uri] if app.native else []))
    if not any(_matches(redirect_uri, uri, any_port=app.native) for uri in registered):
        raise RequestRefused("INVALID_PARAMETERS", f"redirect_uri: not registered for {app.name}")
    return app, redirect_uri


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


def with_query(uri: str, **extra: str | None) -> str:
    """The URI with more query parameters, those it has kept; None is left out."""
    parts = urlsplit(uri)
    added = [(name, value) for name, value in extra.items() if value is not None]
    query = [*parse_qsl(parts.query, keep_blank_values=True), *added]
    return urlunsplit(parts._replace(query=urlencode(query)))
