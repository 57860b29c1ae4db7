"""Transfer's refusals: one exception for all, and the error documents that it and other failures become."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import cast

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from globus_typed.sandbox.transfer.json_api import is_v2, refusal_v2
from globus_typed.sandbox.transfer.responses import Answer, refusal

__all__ = ["TransferRefused", "bad_request", "refuse"]


class TransferRefused(Exception):
    """The service says no: an HTTP status, a dotted code, a message for people, further fields of the document."""

    def __init__(
        self, status: int, code: str, message: str, *, headers: dict[str, str] | None = None, **extra: object
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers
        self.extra = extra


def bad_request(field: str, problem: str) -> TransferRefused:
    """A 400 that names the field or parameter."""
    return TransferRefused(400, "ClientError.BadRequest", f"{field}: {problem}")


_CODES = {
    400: "ClientError.BadRequest",
    401: "AuthenticationFailed",
    403: "PermissionDenied",
    404: "ClientError.NotFound",
    405: "ClientError.BadMethod",
    409: "Conflict",
    503: "ServiceUnavailable",
}


def _error(
    request: Request, status: int, code: str, message: str, headers: Mapping[str, str] | None = None, **more: object
) -> Response:
    if is_v2(request.url.path):
        return refusal_v2(status, code, message, headers, **more)
    return Answer(refusal(request, code, message, **more), status, headers)


def refuse(request: Request, error: Exception) -> Response:
    """Transfer's response to what was raised on one of its paths."""
    if isinstance(error, TransferRefused):
        return _error(request, error.status, error.code, error.message, error.headers, **error.extra)
    if isinstance(error, HTTPException):
        code = _CODES.get(error.status_code, "ClientError" if error.status_code < 500 else "InternalError")
        message = f"{request.method} is not allowed here" if error.status_code == 405 else str(error.detail)
        if error.status_code == 404 and error.detail == HTTPStatus.NOT_FOUND.phrase:
            message = f"No resource '{request.url.path}'"
        return _error(request, error.status_code, code, message, error.headers)
    if isinstance(error, RequestValidationError):
        problems = cast("list[dict[str, object]]", error.errors())
        message = "; ".join(f"{_parameter(problem)}: {problem['msg']}" for problem in problems)
        return _error(request, 400, "ClientError.BadRequest", message)
    return _error(request, 500, "InternalError", "The sandbox failed; its log has the traceback")


def _parameter(problem: dict[str, object]) -> str:
    where, *names = cast("tuple[str | int, ...]", problem["loc"])
    return ".".join(str(name) for name in names) or str(where)
