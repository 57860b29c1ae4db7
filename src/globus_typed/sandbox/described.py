"""`described`: the OpenAPI description of a route, beside the declaration of the route."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import NamedTuple

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.routing import BaseRoute
from typing_extensions import TypedDict

from globus_typed.sandbox.setting import setting_of

__all__ = ["READERS", "READ_BY", "SCHEMAS", "Described", "Reader", "described", "reference", "routes_of"]

SCHEMAS = "#/components/schemas/"
"""The place of the schemas in an OpenAPI document."""

_STRING: Mapping[str, object] = {"type": "string"}


class Reader(NamedTuple):
    """The reader of a request body: models, and the member of the body that the document is in."""

    models: tuple[type[BaseModel], ...]
    envelope: str


READERS: dict[str, Reader] = {}
"""The readers of the request bodies of the routes that are described, by what their descriptions have as `READ_BY`."""
READ_BY = "x-read-by"
"""The member of the description of an operation that is for `READERS` alone."""


class Described(TypedDict):
    """Arguments of the decorators of FastAPI's routers."""

    summary: str
    status_code: int
    response_model: None
    response_class: type[Response]
    openapi_extra: dict[str, object]


def described(
    summary: str,
    *,
    answer: str = "",
    body: str = "",
    read_by: type[BaseModel] | tuple[type[BaseModel], ...] = (),
    envelope: str = "",
    status: int = 200,
    form: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
    callers: str = "token",
    also: Mapping[int, str] | None = None,
    bare: bool = False,
) -> Described:
    """The description of a route: ``@router.get("/things", **described("List things", answer="Things"))``.

    The path, the method and the query parameters that the function declares come from FastAPI. The operation is called
    as the function, which is called as the method of the clients that uses the route, where there is one.

    Parameters: `summary`, a verb phrase; `answer` and `body`, the documents that the route gives and takes, by the
    names of their classes, several answers separated by spaces (no `answer`: a page of HTML); `read_by`, the models one
    of which reads the body, and `envelope`, the member that the document is in, if it is in one; `status` of the
    answer; `form` and `query`, what the fields of the form and the query parameters that the function reads by itself
    mean, those that are required with a ``!`` after their name; `callers`, who may call, separated by spaces: with a
    ``token``, an ``app`` with its secret, or ``anybody``; `also`, what further statuses without content mean; `bare`,
    whether the page can be asked for as plain text.
    """
    content: dict[str, object] = (
        {"application/json": {"schema": _any_of(answer)}} if answer else {"text/html": {"schema": _STRING}}
    )
    if bare:
        content["text/plain"] = {"schema": _STRING}
    done = {str(status): {"description": "Done.", "content": content}}
    further = {str(each): {"description": meaning} for each, meaning in (also or {}).items()}
    said: dict[str, object] = {"responses": {**done, **further}}
    if query:
        said["parameters"] = [
            {
                "name": name.removesuffix("!"),
                "in": "query",
                "required": name.endswith("!"),
                "description": meaning,
                "schema": _STRING,
            }
            for name, meaning in query.items()
        ]
    if body:
        said["requestBody"] = _required("application/json", reference(body))
    if read_by:
        reader = Reader(read_by if isinstance(read_by, tuple) else (read_by,), envelope)
        said[READ_BY] = " ".join([envelope, *(f"{each.__module__}.{each.__qualname__}" for each in reader.models)])
        READERS[str(said[READ_BY])] = reader
    if form:
        said["requestBody"] = _required("application/x-www-form-urlencoded", _form(form))
    said["security"] = [{} if who == "anybody" else {who: []} for who in callers.split()]
    return {
        "summary": summary,
        "status_code": status,
        "response_model": None,
        "response_class": JSONResponse if answer else HTMLResponse,
        "openapi_extra": said,
    }


def routes_of(
    routers: Iterable[APIRouter], prefix: str = "", *, unknown: Callable[[str, str], Exception] | None = None
) -> list[BaseRoute]:
    """The routes of several routers, below a prefix, as operations that have the names of their functions.

    Parameters: `unknown`, makes the refusal of a query parameter that a route does not declare, from its name and from
    what is wrong with it (None: the routes look at their parameters themselves).
    """
    template = FastAPI(openapi_url=None, generate_unique_id_function=lambda route: route.name)
    for router in routers:
        template.include_router(router, prefix=prefix, dependencies=[Depends(_only_known(unknown))] if unknown else [])
    return template.router.routes


def _only_known(unknown: Callable[[str, str], Exception]) -> Callable[[Request], Awaitable[None]]:
    async def check(request: Request) -> None:
        if setting_of(request).options.any_query_parameter:
            return
        route = request.scope["route"]
        assert isinstance(route, APIRoute)
        known = {field.alias for field in route.dependant.query_params}
        for name in request.query_params:
            if name not in known:
                there = f"there are {', '.join(sorted(known))}" if known else "this route has none"
                raise unknown(name, f"there is no such parameter; {there}")

    return check


def reference(name: str) -> dict[str, object]:
    """The schema of a document, by the name of its class."""
    return {"$ref": f"{SCHEMAS}{name}"}


def _any_of(names: str) -> dict[str, object]:
    documents = [reference(name) for name in names.split()]
    return documents[0] if len(documents) == 1 else {"anyOf": documents}


def _required(media_type: str, schema: Mapping[str, object]) -> dict[str, object]:
    return {"required": True, "content": {media_type: {"schema": schema}}}


def _form(fields: Mapping[str, str]) -> dict[str, object]:
    return {
        "type": "object",
        "properties": {name.removesuffix("!"): {**_STRING, "description": fields[name]} for name in fields},
        "required": [name.removesuffix("!") for name in fields if name.endswith("!")],
        "additionalProperties": False,
    }
