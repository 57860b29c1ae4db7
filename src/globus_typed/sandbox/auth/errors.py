"""The error documents of Auth: the `errors` array of its resources, the OAuth2 form of its token routes."""

import uuid
from collections.abc import Sequence

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from globus_typed.sandbox.auth.state import TokenRefused


class AuthRefused(Exception):
    """A request for a resource (`/v2/api/...`, userinfo) that is refused, with an upper-case code."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.status = status
        self.code = code
        self.detail = detail


class OAuthRefused(Exception):
    """A token request that is refused, with an OAuth2 error name; with the scopes, where the user must agree first."""

    def __init__(self, status: int, error: str, description: str, *, unapproved_scopes: Sequence[str] = ()) -> None:
        super().__init__(f"{error}: {description}")
        self.status = status
        self.error = error
        self.description = description
        self.unapproved_scopes = unapproved_scopes


def error_response(status: int, code: str, detail: str) -> JSONResponse:
    """The `errors` array form, for any answer of Auth that is no success."""
    title = code.replace("_", " ").capitalize()
    entry = {"status": str(status), "id": str(uuid.uuid4()), "code": code, "title": title, "detail": detail}
    document = {"errors": [entry], "error": code.lower(), "error_description": title}
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    return JSONResponse(document, status, headers)


def oauth_error_response(
    status: int, error: str, description: str, unapproved_scopes: Sequence[str] = ()
) -> JSONResponse:
    """The OAuth2 form: `error` and `error_description`; beside it, the scopes that the user has not agreed to."""
    headers = {"Cache-Control": "no-store"}
    if error == "invalid_client" and status == 401:
        headers["WWW-Authenticate"] = 'Basic realm="Globus Auth sandbox"'
    document: dict[str, object] = {"error": error, "error_description": description}
    if unapproved_scopes:
        entry = {
            "status": str(status),
            "id": str(uuid.uuid4()),
            "code": error.upper(),
            "title": "Missing consents",
            "detail": description,
            "unapproved_scopes": list(unapproved_scopes),
        }
        document["errors"] = [entry]
    return JSONResponse(document, status, headers)


def from_token(refused: TokenRefused) -> AuthRefused:
    """The same refusal as a resource of Auth states it."""
    return AuthRefused(refused.status, "UNAUTHORIZED" if refused.status == 401 else "FORBIDDEN", refused.reason)


_CODES = {401: "UNAUTHORIZED", 403: "FORBIDDEN", 429: "TOO_MANY_REQUESTS", 500: "INTERNAL_ERROR", 503: "UNAVAILABLE"}


def refuse(request: Request, error: Exception) -> Response:
    """Auth's response to what was raised on one of its paths."""
    if isinstance(error, OAuthRefused):
        return oauth_error_response(error.status, error.error, error.description, error.unapproved_scopes)
    if isinstance(error, AuthRefused):
        return error_response(error.status, error.code, error.detail)
    if isinstance(error, HTTPException):
        code = {404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED"}.get(error.status_code, "INVALID_REQUEST")
        detail = f"{request.method} {request.url.path}: there is no such resource"
        if error.status_code not in (404, 405):
            code, detail = _CODES.get(error.status_code, code), str(error.detail)
        response = error_response(error.status_code, code, detail)
        response.headers.update(error.headers or {})
        return response
    if isinstance(error, RequestValidationError):
        return error_response(400, "INVALID_PARAMETERS", str(error))
    return error_response(500, "INTERNAL_ERROR", "The sandbox failed; its log has the traceback")
