"""The pages a person sees, in plain HTML that needs no script: the texts are in `templates`."""

from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from globus_typed.sandbox.auth.routes.login_request import AuthorizationRequest
from globus_typed.sandbox.auth.scope_words import in_words
from globus_typed.sandbox.auth.state import AuthState
from globus_typed.sandbox.auth.store.directory import SandboxUser

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
# There is no form-action here: browsers apply it to where a form's answer redirects too, which is any app.
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}


def _page(template: str, status: int = 200, **values: object) -> HTMLResponse:
    return HTMLResponse(_TEMPLATES.get_template(template).render(values), status, _HEADERS)


def login_page(
    state: AuthState,
    wanted: AuthorizationRequest,
    form_token: str,
    *,
    address: str,
    typed: str | None = None,
    problem: str | None = None,
    status: int = 200,
) -> HTMLResponse:
    """The login page: one of the sandbox's users, or any username. `problem` is about the username `typed`."""
    wishes = wanted.requirements
    people = [user for user in state.directory.people() if wishes.ask_for(user.username)]
    # Whom the app has in mind comes first.
    people.sort(key=lambda user: user.username != (wishes.hint or "").lower())
    known = {user.username for user in people}
    if typed is None:
        suggested = [name for name in (wishes.hint, *wishes.identities) if name and name.lower() not in known]
        typed = suggested[0] if suggested else ""
    return _page(
        "login.html",
        status,
        app=wanted.app,
        wishes=wishes,
        people=people,
        typed=typed,
        problem=problem,
        address=address,
        form_token=form_token,
    )


def consent_page(
    state: AuthState, wanted: AuthorizationRequest, user: SandboxUser, form_token: str, *, address: str
) -> HTMLResponse:
    """The consent page: the scopes that the app asks for, to be allowed or denied."""
    return _page(
        "consent.html",
        app=wanted.app,
        wanted=wanted,
        user=user,
        scopes=[in_words(scope, state.directory, state.registry) for scope in wanted.scopes],
        shows_code=wanted.landing == state.native_redirect_uri,
        address=address,
        form_token=form_token,
    )


def code_page(code: str) -> HTMLResponse:
    """The authorization code, for copying into the program that asked for it."""
    return _page("code.html", code=code)


def denied_page() -> HTMLResponse:
    """That the person said no, and what comes of it."""
    return _page("denied.html")


def error_page(code: str, detail: str, status: int = 400) -> HTMLResponse:
    """The page for a refused request that does not go back to the app."""
    return _page("error.html", status, code=code, detail=detail)


def stale_page() -> HTMLResponse:
    """That a form was sent which was not made for this browser and whoever is logged in with it now."""
    return _page("stale.html", 403)


def logged_out_page(redirect_uri: str | None, redirect_name: str | None) -> HTMLResponse:
    """That the person is logged out, with a way back to the app."""
    return _page("logged_out.html", redirect_uri=redirect_uri, redirect_name=redirect_name or redirect_uri)
