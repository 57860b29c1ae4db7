"""The caller of a collection's HTTPS server: who it is, and what the server says to those who may not."""

from urllib.parse import urlencode

from pydantic_core import to_json
from starlette.requests import Request

from globus_typed.sandbox.auth.state import AuthState, Caller, TokenRefused
from globus_typed.sandbox.https.files import FileRefused, text_of
from globus_typed.sandbox.transfer.errors import TransferRefused
from globus_typed.sandbox.transfer.state import TransferState
from globus_typed.sandbox.transfer.store.collections import SandboxCollection

__all__ = ["LOGIN_PATH", "JSONRefused", "caller_of", "log_in"]

LOGIN_PATH = "/v2/oauth2/authorize"


class JSONRefused(FileRefused):
    """A refusal that programs can act on: it says which consent or login would help."""

    def __init__(self, status: int, code: str, message: str, **more: object) -> None:
        super().__init__(status, to_json({"code": code, "message": message, **more}).decode())


def caller_of(request: Request, auth: AuthState, state: TransferState, collection: SandboxCollection) -> Caller | None:
    """The caller, by the token that came; None where none came.

    FileRefused 401 for a token that is not good, a redirect to the login for one that is for something else, and
    JSONRefused 403 where a consent or a newer login is missing.
    """
    authorization = request.headers.get("authorization")
    if authorization is None:
        return None
    try:
        caller = auth.caller(authorization)
    except TokenRefused as refused:
        text = text_of("NOT_AUTHENTICATED", reason=refused.reason)
        raise FileRefused(refused.status, text, {"WWW-Authenticate": "Bearer"}) from None
    if collection.https_scope not in caller.scopes:
        raise log_in(request, auth, collection)
    data_access = collection.data_access_scope
    if data_access is not None and data_access not in caller.scopes:
        message = "Missing required data_access consent"
        needed = {"required_scopes": [data_access], "session_message": message}
        raise JSONRefused(403, "ConsentRequired", message, authorization_parameters=needed)
    try:
        for demand in state.login_demands:
            demand.refuse_unmet(caller, collection.id, state.clock())
    except TransferRefused as refused:
        raise JSONRefused(refused.status, refused.code, refused.message, **refused.extra) from None
    return caller


def log_in(request: Request, auth: AuthState, collection: SandboxCollection) -> FileRefused:
    """The way to the login, for browsers: a redirect. Programs that say what they are get a 401 instead."""
    if request.headers.get("x-requested-with", "").lower() == "xmlhttprequest":
        text = text_of("NOT_AUTHENTICATED", reason="A token of this collection is needed")
        return FileRefused(401, text, {"WWW-Authenticate": "Bearer"})
    query = urlencode(
        {
            "client_id": collection.id,
            "redirect_uri": str(request.url.replace(path="/oauth2/callback", query="")),
            "response_type": "code",
            "scope": " ".join(filter(None, [collection.https_scope, collection.data_access_scope])),
            "state": request.url.path,
        }
    )
    return FileRefused(302, "", {"Location": f"{auth.issuer}{LOGIN_PATH}?{query}", "Cache-Control": "no-store"})
