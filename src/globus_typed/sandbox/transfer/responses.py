"""Responses of Transfer v0.10: JSON with a request id and the version header, timestamps, readable names."""

import random
import string
import time
from collections.abc import Mapping

from fastapi import Request
from fastapi.responses import Response
from pydantic_core import to_json

__all__ = [
    "PREFIX",
    "Answer",
    "Json",
    "file_time",
    "new_request_id",
    "resource_of",
    "result",
    "selected",
    "shown",
    "task_time",
]

PREFIX = "/v0.10"

Json = dict[str, object]

_ALPHABET = string.ascii_letters + string.digits


def new_request_id() -> str:
    return "".join(random.choices(_ALPHABET, k=9))


class Answer(Response):
    """A JSON document; its `request_id`, or a new one when it has none, is also the header `X-Request-Id`."""

    media_type = "application/json"

    def __init__(
        self, document: Mapping[str, object], status: int = 200, headers: Mapping[str, str] | None = None
    ) -> None:
        request_id = document.get("request_id")
        common = {
            "X-Transfer-API-Version": "0.10",
            "X-Request-Id": request_id if isinstance(request_id, str) else new_request_id(),
        }
        super().__init__(to_json(document), status, {**common, **(headers or {})})


def resource_of(request: Request) -> str:
    """The path that was asked for, without the version, as `resource` fields have it."""
    return shown(request.url.path.removeprefix(PREFIX))


def result(request: Request, code: str, message: str, *, data_type: str = "result", **more: object) -> Json:
    """A `result` document or one of its relatives (Transfer API: generic result)."""
    return {
        "DATA_TYPE": data_type,
        "code": code,
        "message": message,
        "request_id": new_request_id(),
        "resource": resource_of(request),
        **more,
    }


def refusal(request: Request, code: str, message: str, **more: object) -> Json:
    """An error document, which has no DATA_TYPE (Transfer API: errors)."""
    return {
        "code": code,
        "message": shown(message),
        "request_id": new_request_id(),
        "resource": resource_of(request),
        **more,
    }


def selected(document: Json, fields: str | None) -> Json:
    """The document with only the fields that the query parameter `fields` names; the whole one when it is not given."""
    if fields is None:
        return document
    wanted = {name.strip() for name in fields.split(",")}
    return {name: value for name, value in document.items() if name in wanted}


def task_time(seconds: float) -> str:
    """A time of a task or event: `2025-03-04T11:20:05+00:00`."""
    return _time("%m-%dT%H:%M:%S+00:00", seconds)


def file_time(seconds: float) -> str:
    """A time of a file: `2025-03-04 11:20:05+00:00`."""
    return _time("%m-%d %H:%M:%S+00:00", seconds)


def _time(rest: str, seconds: float) -> str:
    moment = time.gmtime(seconds)
    # strftime leaves out the zeros before an early year.
    return f"{moment.tm_year:04}-{time.strftime(rest, moment)}"


def shown(text: str) -> str:
    r"""Text that JSON can carry: bytes of a file name that are not UTF-8 become `\xff` escapes.

    Such a name is listed and moved with its directory, but it cannot be asked for by name.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return text
