"""From a `Request` to what goes over the wire, and from what came back to a document or an exception."""

from dataclasses import replace
from typing import Any, cast
from urllib.parse import urlencode

import httpx
from pydantic import ValidationError
from pydantic_core import from_json, to_json

from globus_typed.documents import HTTPInfo, Payload, Secret, attach, member_name
from globus_typed.errors import (
    GlobusAPIError,
    GlobusConnectionError,
    GlobusTimeoutError,
    GlobusUsageError,
    NetworkError,
    ResponseShapeError,
    api_error,
)
from globus_typed.request import DocumentT, QueryValue, Request


def encode(
    request: Request[DocumentT],
    base_url: str,
    headers: dict[str, str],
    authorization: Secret | None,
    timeout: float | None,
) -> httpx.Request:
    """The HTTP request; the client's Authorization header goes along only to the origin of the base address.

    `headers` are the client's, by names in lower case.
    """
    url = request.target
    absolute = url.lower().startswith(("https://", "http://"))
    if not absolute:
        url = base_url.rstrip("/") + ("" if url.startswith("/") else "/") + url
    if request.query:
        pairs = [pair for name, value in request.query.items() for pair in _pairs(name, value)]
        url += ("&" if "?" in url else "?") + urlencode(pairs) if pairs else ""
    try:
        address = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise GlobusUsageError(f"path: {error}") from None

    all_headers = {**headers, **{name.lower(): value for name, value in request.headers.items()}}
    content = request.content
    if request.json is not None:
        content = request.json.to_wire() if isinstance(request.json, Payload) else to_json(request.json)
        all_headers.setdefault("content-type", "application/json")
    elif request.form is not None:
        content = urlencode(request.form).encode()
        all_headers.setdefault("content-type", "application/x-www-form-urlencoded")
    if absolute and _origin(address) != _origin(httpx.URL(base_url)):
        authorization = None
    if authorization := request.authorization or authorization:
        all_headers["authorization"] = authorization
    seconds = {"connect": timeout, "read": timeout, "write": timeout, "pool": timeout}
    return httpx.Request(request.method, address, headers=all_headers, content=content, extensions={"timeout": seconds})


def decode(
    request: Request[DocumentT],
    response: httpx.Response,
    service_error: type[GlobusAPIError],
    attempts: int,
    received_at: float,
) -> DocumentT:
    """The document that came, with how it came; the error of the service, or of this package where it does not fit."""
    http = http_info(response, attempts, received_at)
    if not 200 <= http.status < 400:
        raise api_error(service_error, http)
    document: DocumentT | None
    problems: list[tuple[str, str]] = []
    try:
        document = request.answer.from_body(http.body)
    except ValidationError as error:
        document = _partial(request, http.body, error)
        problems = [(".".join(map(str, problem["loc"])), problem["msg"]) for problem in error.errors()]
    if document is None:
        # Raised out here, it has no context: that one's traceback would show the body, which may hold tokens.
        raise ResponseShapeError(request.answer.__name__, problems, http)
    if http.request_id is None and "request_id" in document:
        http = replace(http, request_id=document["request_id"])
    return attach(document, http)


def http_info(response: httpx.Response, attempts: int, received_at: float) -> HTTPInfo:
    """How an answer came."""
    return HTTPInfo(
        method=response.request.method,
        url=str(response.request.url),
        status=response.status_code,
        headers=response.headers,
        body=response.content,
        request_id=response.headers.get("X-Request-Id"),
        attempts=attempts,
        received_at=received_at,
    )


def network_error(error: httpx.HTTPError, sent: httpx.Request) -> NetworkError:
    """The error of this package for one of the transport."""
    # The exception holds the request, and outlives the call; the token must not.
    sent.headers.pop("Authorization", None)
    kind = NetworkError
    if isinstance(error, httpx.TransportError):
        kind = GlobusTimeoutError if isinstance(error, httpx.TimeoutException) else GlobusConnectionError
    return kind(f"{sent.method} {sent.url.copy_with(query=None)}: {type(error).__name__} {error}".rstrip(), error)


def was_unsent(error: httpx.HTTPError) -> bool:
    """Whether the request surely never left."""
    return isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout))


def _pairs(name: str, value: QueryValue) -> list[tuple[str, str]]:
    if value is None:
        return []
    if isinstance(value, bool):
        return [(name, "true" if value else "false")]
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        return [(name, str(value))]
    return [(name, str(each)) for each in value]  # type: ignore[union-attr]  # hasattr is no type guard


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _partial(request: Request[DocumentT], body: bytes, error: ValidationError) -> DocumentT | None:
    """The document of an answer cut down by ``fields``: what was left out is no attribute of it."""
    problems = error.errors(include_url=False, include_context=False, include_input=False)
    if not request.query.get("fields") or any(problem["type"] != "missing" for problem in problems):
        return None
    value = from_json(body)
    for problem in problems:
        _walk(value, problem["loc"][:-1])[problem["loc"][-1]] = ""
    try:
        document = request.answer.model_validate(value)
    except ValidationError:
        return None
    for problem in problems:
        holder: Any = document
        for step in problem["loc"][:-1]:
            holder = getattr(holder, member_name(holder, step)) if isinstance(step, str) else holder[step]
        name = member_name(holder, str(problem["loc"][-1]))
        del vars(holder)[name]
        cast("set[str]", holder.model_fields_set).discard(name)
    return document


def _walk(value: Any, steps: tuple[int | str, ...]) -> Any:
    for step in steps:
        value = value[step]
    return value
