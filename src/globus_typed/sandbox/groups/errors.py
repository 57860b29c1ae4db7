"""The refusals of Groups: one exception for all, and the error documents that it and other failures become."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

__all__ = ["GroupsRefused", "bad_request", "forbidden", "invalid", "not_found", "refuse"]


class GroupsRefused(Exception):
    """The service says no: an HTTP status, a code, a detail for people, further members of the document."""

    def __init__(self, status: int, code: str, detail: str, **more: object) -> None:
        super().__init__(detail)
        self.status = status
        self.document: Mapping[str, object] = {"code": code, "detail": detail, **more}


class Invalid(GroupsRefused):
    """The body, the path or the query does not fit: a list of problems, without a code."""

    def __init__(self, problems: Sequence[Mapping[str, object]]) -> None:
        super().__init__(422, "", "")
        self.document: Mapping[str, object] = {"detail": [*problems]}


def invalid(loc: Sequence[str | int], msg: str, given: object = None, kind: str = "value_error") -> Invalid:
    """A 422 that names one place, such as ``["body", "name"]``."""
    return Invalid([{"loc": [*loc], "msg": msg, "type": kind, "input": given}])


def bad_request(detail: str, **more: object) -> GroupsRefused:
    """A 400."""
    return GroupsRefused(400, "BAD_REQUEST", detail, **more)


def forbidden(detail: str, **more: object) -> GroupsRefused:
    """A 403."""
    return GroupsRefused(403, "FORBIDDEN", detail, **more)


def not_found(kind: str, id: str) -> GroupsRefused:
    """A 404."""
    return GroupsRefused(404, "NOT_FOUND", f"There is no {kind} {id}")


def refuse(request: Request, error: Exception) -> Response:
    """The response of Groups to what was raised on one of its paths."""
    if isinstance(error, GroupsRefused):
        headers = {"WWW-Authenticate": "Bearer"} if error.status == 401 else None
        return JSONResponse(error.document, error.status, headers)
    if isinstance(error, HTTPException):
        code, detail = HTTPStatus(error.status_code).name, str(error.detail)
        if error.status_code in (404, 405):
            detail = f"{request.method} {request.url.path}: there is no such resource"
        return JSONResponse({"code": code, "detail": detail}, error.status_code, headers=error.headers)
    if isinstance(error, RequestValidationError):
        problems: Sequence[dict[str, Any]] = error.errors()
        shown = [{name: each[name] for name in ("loc", "msg", "type")} for each in problems]
        return JSONResponse({"detail": shown}, 422)
    return JSONResponse(
        {"code": "INTERNAL_SERVER_ERROR", "detail": "The sandbox failed; its log has the traceback"}, 500
    )
