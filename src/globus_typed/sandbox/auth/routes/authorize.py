"""/v2/oauth2/authorize: a login asked for, consented to, and answered with a code."""

from collections.abc import Collection
from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response

from globus_typed.sandbox.auth.errors import error_response
from globus_typed.sandbox.auth.pages import consent_page, error_page, login_page, stale_page
from globus_typed.sandbox.auth.routes.call import State
from globus_typed.sandbox.auth.routes.login_request import AuthorizationRequest, RequestRefused, read_request
from globus_typed.sandbox.auth.routes.login_requirements import Requirements
from globus_typed.sandbox.auth.scope_syntax import without_declined
from globus_typed.sandbox.auth.state import AuthState
from globus_typed.sandbox.auth.store.directory import CLIENT_DOMAIN, SandboxUser, is_username
from globus_typed.sandbox.auth.store.sessions import Session
from globus_typed.sandbox.described import described

PATH = "/v2/oauth2/authorize"
_NO_STORE = {"Cache-Control": "no-store"}
_ANSWERED_BY_LOGIN = ("prompt", "login_hint")


_QUERY = {
    "client_id!": "The id of the app that asks.",
    "redirect_uri!": "The redirect URI for the code: one that the app has registered.",
    "response_type!": "`code`.",
    "scope": "The scopes that the app asks for, separated by spaces.",
    "state": "Returned as it is in the redirect.",
    "access_type": "`offline` for refresh tokens as well; else `online`.",
    "code_challenge": "The SHA-256 of the code verifier, in base64url (PKCE); native apps need it.",
    "code_challenge_method": "`S256`.",
    "nonce": "Returned as it is in the id_token.",
    "prompt": "`login` to have the user log in again.",
    "login_hint": "The username to propose.",
    "session_message": "A message for the user that says why.",
    "session_required_identities": "Identities of which the user must have logged in with one, separated by commas.",
    "session_required_single_domain": "Domains of which the user must have an identity, separated by commas.",
    "session_required_policies": "Ids of policies that the login must satisfy, separated by commas.",
    "session_required_mfa": "`True` where a second factor is needed.",
    "prefill_named_grant": "A name for the consent.",
}

router: APIRouter = APIRouter()


@router.get(PATH, **described("Ask a user to log in and to consent", query=_QUERY, callers="anybody", bare=True))
async def oauth2_get_authorize_url(request: Request, state: State) -> Response:
    accept = request.headers.get("accept", "")
    bare = "text/html" not in accept and any(kind in accept for kind in ("text/plain", "text/uri-list"))
    try:
        wanted = read_request(state, request.query_params)
    except RequestRefused as refused:
        if bare:
            return PlainTextResponse(f"{refused.code}: {refused.detail}\n", 400)
        if "application/json" in accept and "text/html" not in accept:
            return error_response(400, refused.code, refused.detail)
        return error_page(refused.code, refused.detail)
    if bare:
        return _answer_of_player(state, wanted, redirects="text/uri-list" in accept)
    return _ask(state, request, wanted)


@router.post(
    PATH,
    **described(
        "Answer the page of a login",
        query=_QUERY,
        form={
            "form_token!": "The token of the page's form.",
            "username": "Who logs in, on the page of the login.",
            "decision": "`allow` or `deny`, on the page of the consent.",
            "decline": "An optional scope that is not allowed, on the page of the consent; it may be given again.",
        },
        callers="anybody",
        also={303: "To the page of the consent, or to the app with a code or the user's no."},
    ),
)
async def answer_authorize(request: Request, state: State) -> Response:
    given = await request.form()
    form = {name: value for name, value in given.items() if isinstance(value, str)}
    declined = [value for value in given.getlist("decline") if isinstance(value, str)]
    decision = form.get("decision")
    try:
        wanted = read_request(state, request.query_params)
    except RequestRefused as refused:
        return error_page(refused.code, refused.detail)
    cookie = request.cookies.get(cookie_name(state))
    if not state.sessions.is_form_token(form.get("form_token", ""), cookie):
        return stale_page()
    if decision == "deny":
        return _denied(wanted, "The user denied the request")
    if decision is None:
        return _log_in(state, request, wanted, form.get("username", "").strip())
    session = state.sessions.find(cookie)
    if decision != "allow" or session is None or not _may_consent(state, wanted, session):
        return _ask(state, request, wanted)
    user = state.directory.user(session.user_id)
    if (unmet := state.unmet(user, wanted.requirements.policies, wanted.requirements.mfa)) is not None:
        return _denied(wanted, unmet)
    code = agree(state, wanted, user, session.authentications[session.user_id], declined)
    return RedirectResponse(wanted.location(code=code), 303, _NO_STORE)


def _denied(wanted: AuthorizationRequest, description: str) -> Response:
    return RedirectResponse(wanted.location(error="access_denied", error_description=description), 303, _NO_STORE)


def agree(
    state: AuthState,
    request: AuthorizationRequest,
    user: SandboxUser,
    authenticated_at: int | None = None,
    declined: Collection[str] = (),
) -> str:
    """Record that the user consents to what the app asks for, but for optional scopes that are declined; gives the
    authorization code."""
    state.directory.mark_used(user.id)
    scopes = without_declined(request.scopes, {*state.declined_scopes, *declined})
    state.consents.give(request.app.client_id, user.id, scopes, offline=request.offline)
    return state.ledger.new_code(
        state.ledger.new_grant(
            request.app.client_id,
            user.id,
            offline=request.offline,
            authenticated_at=authenticated_at,
            login=state.ledger.new_login(
                request.requirements.policies, _has_factor(state, request.requirements), authenticated_at
            ),
        ),
        scopes,
        redirect_uri=request.redirect_uri,
        state=request.state,
        code_challenge=request.code_challenge,
        nonce=request.nonce,
    )


def _has_factor(state: AuthState, wishes: Requirements) -> bool:
    """Whether a login for these requirements used a second factor."""
    policies = filter(None, map(state.registry.policy, wishes.policies))
    return wishes.mfa or any(policy.required_mfa for policy in policies)


def cookie_name(state: AuthState) -> str:
    """The browser's cookie. Browsers give it to every port of a host: the name tells sandboxes apart."""
    return f"globus_sandbox_{urlsplit(state.base_url).port or ''}"


def _answer_of_player(state: AuthState, wanted: AuthorizationRequest, *, redirects: bool) -> Response:
    """The answer to a program that plays the person: whoever the request asks for logs in, and agrees.

    It gets the code alone, or, where it `redirects`, goes where the browser would, with the code or an error.
    """
    wishes = wanted.requirements
    people = state.directory.people()
    hinted = [user for user in people if user.username == (wishes.hint or "").lower()]
    wished = people if wishes.identities or wishes.domains else []
    unmet = "the sandbox has no user whose login would do"
    for user in (*hinted, state.default_user, *wished):
        if user is not None and wishes.met_by([user.username]):
            problem = state.unmet(user, wishes.policies, wishes.mfa)
            if problem is None:
                code = agree(state, wanted, user)
                if redirects:
                    return RedirectResponse(wanted.location(code=code), 303, _NO_STORE)
                return PlainTextResponse(code, headers=_NO_STORE)
            unmet = problem
    return _denied(wanted, unmet) if redirects else PlainTextResponse(f"access_denied: {unmet}\n", 400)


def _ask(state: AuthState, request: Request, wanted: AuthorizationRequest) -> Response:
    """The page that comes next: for consent when the login will do, else for the login."""
    cookie = request.cookies.get(cookie_name(state)) or state.sessions.new_cookie()
    session = state.sessions.find(cookie)
    form_token = state.sessions.form_token(cookie)
    if session is not None and _may_consent(state, wanted, session):
        user = state.directory.user(session.user_id)
        if (wanted.requirements.hint or user.username).lower() == user.username:
            return consent_page(state, wanted, user, form_token, address=_address(request))
    response = login_page(state, wanted, form_token, address=_address(request))
    _set_cookie(state, response, cookie)
    return response


def _may_consent(state: AuthState, wanted: AuthorizationRequest, session: Session) -> bool:
    usernames = [state.directory.user(id).username for id in session.authentications]
    return not wanted.requirements.new_login and wanted.requirements.met_by(usernames)


def _log_in(state: AuthState, request: Request, wanted: AuthorizationRequest, username: str) -> Response:
    cookie = request.cookies[cookie_name(state)]
    problem = _login_problem(state, wanted, username)
    if problem is not None:
        form_token = state.sessions.form_token(cookie)
        return login_page(
            state, wanted, form_token, address=_address(request), typed=username, problem=problem, status=400
        )
    user = state.directory.find_user(username=username)
    if user is None:
        user = state.add_user(username, name=username.partition("@")[0], email=username.lower())
    state.directory.mark_used(user.id)
    linked = [identity.id for identity in state.directory.identity_set(user)]
    # The new login has answered these: with them the person would be asked once more.
    rest = [(name, value) for name, value in request.query_params.multi_items() if name not in _ANSWERED_BY_LOGIN]
    response = RedirectResponse(f"{PATH}?{urlencode(rest)}", 303, _NO_STORE)
    _set_cookie(state, response, state.sessions.log_in(cookie, user.id, linked))
    return response


def _login_problem(state: AuthState, wanted: AuthorizationRequest, username: str) -> str | None:
    if not is_username(username):
        return "A username has the form name@domain, such as kim@sandbox.example."
    if username.lower().endswith(f"@{CLIENT_DOMAIN}"):
        return "This is the identity of an app. An app logs in with its secret, not here."
    if not wanted.requirements.ask_for(username.lower()):
        return f"{wanted.app.name} asks for another login than {username}: see above."
    return None


def _address(request: Request) -> str:
    return f"{PATH}?{request.url.query}"


def _set_cookie(state: AuthState, response: Response, cookie: str) -> None:
    response.set_cookie(cookie_name(state), cookie, path="/v2", httponly=True, samesite="lax")
