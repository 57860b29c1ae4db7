"""How Transfer says no: one exception for every refusal, and the handlers that make it the service's error document."""

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import cast

from fastapi import FastAPI, Request, Response
from fastapi.exception_handlers import http_exception_handler, request_validation_exception_handler
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from globus_typed.sandbox.transfer.answers import PREFIX, Answer, refusal
from globus_typed.sandbox.transfer.json_api import is_v2, refusal_v2

__all__ = ["TransferRefused", "bad_request", "install"]


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


_Handler = Callable[[Request, Exception], Response | Awaitable[Response]]

_CODES = {
    400: "ClientError.BadRequest",
    404: "ClientError.NotFound",
    405: "ClientError.BadMethod",
}


def _error(
    request: Request, status: int, code: str, message: str, headers: Mapping[str, str] | None = None, **more: object
) -> Response:
    if is_v2(request.url.path):
        return refusal_v2(status, code, message, headers, **more)
    return Answer(refusal(request, code, message, **more), status, headers)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, TransferRefused)
    return _error(request, error.status, error.code, error.message, error.headers, **error.extra)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = _CODES.get(error.status_code, "ClientError" if error.status_code < 500 else "InternalError")
    message = f"{request.method} is not allowed here" if error.status_code == 405 else str(error.detail)
    if error.status_code == 404 and error.detail == HTTPStatus.NOT_FOUND.phrase:
        message = f"No resource '{request.url.path}'"
    return _error(request, error.status_code, code, message, error.headers)


async def _invalid_parameters(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    problems = cast("list[dict[str, object]]", error.errors())
    message = "; ".join(f"{_parameter(problem)}: {problem['msg']}" for problem in problems)
    return _error(request, 400, "ClientError.BadRequest", message)


def _parameter(problem: dict[str, object]) -> str:
    where, *names = cast("tuple[str | int, ...]", problem["loc"])
    return ".".join(str(name) for name in names) or str(where)


async def _internal_error(request: Request, error: Exception) -> Response:
    return _error(request, 500, "InternalError", "The sandbox failed; its log has the traceback")


async def _plain_internal_error(request: Request, error: Exception) -> Response:
    return Response("Internal Server Error", 500, media_type="text/plain")


def install(app: FastAPI) -> None:
    """Answer every failure of Transfer's paths with its error documents; other paths keep the handlers they had."""
    app.add_exception_handler(TransferRefused, _refused)
    for kind, ours, default in (
        (HTTPException, _http_error, cast("_Handler", http_exception_handler)),
        (RequestValidationError, _invalid_parameters, cast("_Handler", request_validation_exception_handler)),
        (Exception, _internal_error, _plain_internal_error),
    ):
        theirs = cast("_Handler", app.exception_handlers.get(kind, default))
        app.add_exception_handler(kind, _by_prefix(ours, theirs))


def _by_prefix(
    ours: Callable[[Request, Exception], Awaitable[Response]], theirs: _Handler
) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def handle(request: Request, error: Exception) -> Response:
        path = request.url.path
        if path == PREFIX or path.startswith(f"{PREFIX}/") or is_v2(path):
            return await ours(request, error)
        answer = theirs(request, error)
        return answer if isinstance(answer, Response) else await answer

    return handle
