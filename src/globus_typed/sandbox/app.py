"""The one application that plays both services."""

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from globus_typed.sandbox.auth import errors as auth_errors
from globus_typed.sandbox.auth.routes import auth_router
from globus_typed.sandbox.auth.state import AuthState
from globus_typed.sandbox.transfer import add_transfer
from globus_typed.sandbox.transfer.state import TransferState


def create_app(auth: AuthState, transfer: TransferState) -> FastAPI:
    """Auth and Transfer over the given states: Transfer under ``/v0.10``, Auth everywhere else."""
    app = FastAPI(title="Globus sandbox", openapi_url=None, redirect_slashes=False, docs_url=None, redoc_url=None)
    app.include_router(auth_router(auth))
    app.add_exception_handler(HTTPException, _no_route)
    app.add_exception_handler(RequestValidationError, _wrong_parameters)
    auth_errors.install(app)
    # Last, because it takes what is Transfer's and leaves the rest to the handlers that are there.
    add_transfer(app, transfer)
    return app


def _no_route(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    code = {404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED"}.get(status, "INVALID_REQUEST")
    return auth_errors.error_response(status, code, f"{request.method} {request.url.path}: there is no such resource")


def _wrong_parameters(request: Request, error: Exception) -> Response:
    return auth_errors.error_response(400, "INVALID_PARAMETERS", str(error))
