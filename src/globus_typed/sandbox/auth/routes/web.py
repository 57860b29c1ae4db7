"""The pages under /v2/web: the code for copying, and logging out."""

from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from globus_typed.sandbox.auth.pages import code_page, denied_page, error_page, logged_out_page
from globus_typed.sandbox.auth.routes.authorize import cookie_name
from globus_typed.sandbox.auth.routes.call import State
from globus_typed.sandbox.described import described

router: APIRouter = APIRouter()


@router.get("/v2/web/auth-code", **described("Show the user a code, to be copied into a program", callers="anybody"))
async def show_code(
    state: State, code: str | None = None, error: str | None = None, error_description: str | None = None
) -> HTMLResponse:
    if error == "access_denied":
        return denied_page()
    if error is not None:
        return error_page(error, error_description or "The login did not succeed.")
    if not code:
        return error_page("invalid_request", "There is no code in this address. Start again in your program.")
    return code_page(code)


@router.get("/v2/web/logout", **described("End the session of a browser", callers="anybody"))
async def oauth2_get_logout_url(
    request: Request,
    state: State,
    client: str | None = None,
    redirect_uri: str | None = None,
    redirect_name: str | None = None,
) -> HTMLResponse:
    if client is not None and state.directory.app(client) is None:
        return error_page("INVALID_PARAMETERS", "client: no app is registered under this id.")
    if redirect_uri is not None and not _is_web_address(redirect_uri):
        return error_page("INVALID_PARAMETERS", "redirect_uri: must be an absolute http or https address.")
    state.sessions.end(request.cookies.get(cookie_name(state)))
    response = logged_out_page(redirect_uri, redirect_name)
    response.delete_cookie(cookie_name(state), path="/v2", httponly=True, samesite="lax")
    return response


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
