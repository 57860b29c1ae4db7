"""Responses of Transfer v2, which are JSON:API documents, and its refusals."""

from collections.abc import Mapping
from http import HTTPStatus

from fastapi.responses import Response
from pydantic_core import to_json

from globus_typed.sandbox.transfer.responses import Json, new_request_id, shown

__all__ = ["MEDIA_TYPE", "RESOURCES", "V2_PREFIX", "answer", "is_v2", "refusal_v2", "related"]

V2_PREFIX = "/v2"

MEDIA_TYPE = "application/vnd.api+json"
"""The media type of refusals."""
RESOURCES = ("tunnels", "stream_access_points", "bookmarks")


def is_v2(path: str) -> bool:
    """Whether a path is one of Transfer v2, which shares `/v2` with Auth."""
    return any(path == f"{V2_PREFIX}/{name}" or path.startswith(f"{V2_PREFIX}/{name}/") for name in RESOURCES)


def answer(
    document: Mapping[str, object],
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    *,
    media_type: str = "application/json",
) -> Response:
    """A document with a new request id, which is also the header `X-Request-Id`."""
    request_id = new_request_id()
    content = to_json({**document, "meta": {"request_id": request_id}})
    return Response(content, status, {"X-Request-Id": request_id, **(headers or {})}, media_type)


def related(type: str, id: str) -> Json:
    """A relationship to another resource."""
    return {"data": {"type": type, "id": id}}


def refusal_v2(
    status: int, code: str, message: str, headers: Mapping[str, str] | None = None, **more: object
) -> Response:
    """An error document (Transfer API v2: errors); what more there is to say is in its only error."""
    error = {"status": str(status), "code": code, "title": HTTPStatus(status).phrase, "detail": shown(message), **more}
    return answer({"errors": [error]}, status, headers, media_type=MEDIA_TYPE)
