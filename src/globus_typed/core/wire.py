"""From a `Request` to what goes over the wire, and from what came back to a document or an exception."""

import re
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, cast
from urllib.parse import urlencode

import httpx
from httpx import HTTPError
from pydantic import ValidationError
from pydantic_core import PydanticSerializationError, from_json, to_json

from globus_typed.core.documents import attach, member_name
from globus_typed.core.http_info import HTTPInfo, Secret
from globus_typed.core.payloads import Payload
from globus_typed.core.refusal import api_error
from globus_typed.core.request import Body, DocumentT, Request
from globus_typed.errors import (
    GlobusAPIError,
    GlobusConnectionError,
    GlobusTimeoutError,
    GlobusUsageError,
    NetworkError,
    ResponseShapeError,
)

__all__ = ["HTTPError", "decode", "encode", "http_info", "network_error", "was_unsent"]


def encode(
    request: Request[DocumentT],
    base_url: str,
    headers: dict[str, str],
    authorization: Secret | None,
    timeout: float | None,
) -> httpx.Request:
    """The HTTP request; the client's Authorization header goes along only to the origin of the base address.

    `headers` are the client's, by names in lower case. `GlobusUsageError` where something cannot be sent.
    """
    # A fragment is never sent, and would take the query with it.
    url = request.target.partition("#")[0]
    absolute = url.lower().startswith(("https://", "http://"))
    if not absolute:
        url = base_url.rstrip("/") + ("" if url.startswith("/") else "/") + url
    if request.query:
        pairs = [pair for name, value in request.query.items() for pair in _pairs(name, value)]
        url += ("&" if "?" in url else "?") + urlencode(pairs) if pairs else ""
    try:
        address = _url(url)
    except (httpx.InvalidURL, UnicodeEncodeError) as error:
        raise GlobusUsageError(f"path: {error}") from None

    all_headers = {**headers, **dict(_header(name, value) for name, value in request.headers.items())}
    content = request.content
    stream = None
    if isinstance(content, Body):
        all_headers.setdefault("content-type", "application/json")
        if content.length > _AT_ONCE:
            # What httpx adds by itself to all but a stream.
            all_headers |= {"host": address.netloc.decode("ascii"), "content-length": str(content.length)}
            stream, content = _PartStream(content.parts), None
        else:
            content = b"".join(content.parts)
    elif request.json is not None:
        try:
            content = request.json.to_wire() if isinstance(request.json, Payload) else to_json(request.json)
        except PydanticSerializationError as error:
            raise GlobusUsageError(f"json_body: {error}") from None
        all_headers.setdefault("content-type", "application/json")
    elif request.form is not None:
        content = urlencode([pair for name, value in request.form.items() for pair in _pairs(name, value)]).encode()
        all_headers.setdefault("content-type", "application/x-www-form-urlencoded")
    if absolute and _origin(address) != _origin(_url(base_url)):
        authorization = None
    if authorization := request.authorization or authorization:
        all_headers["authorization"] = authorization
    seconds = {"connect": timeout, "read": timeout, "write": timeout, "pool": timeout}
    return httpx.Request(
        request.method,
        address,
        headers=all_headers,
        content=content,
        stream=stream,
        extensions={"timeout": seconds},
    )


_url = lru_cache(maxsize=256)(httpx.URL)  # parsing one takes as long as all the rest of this
_AT_ONCE = 2**20
"""How large a body may be, in bytes, to be joined before it is sent."""


class _PartStream(httpx.SyncByteStream, httpx.AsyncByteStream):
    def __init__(self, parts: tuple[bytes, ...]) -> None:
        self._parts = parts

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._parts)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self._parts:
            yield part


def decode(request: Request[DocumentT], http: HTTPInfo, service_error: type[GlobusAPIError]) -> DocumentT:
    """The document in a response, with its HTTP exchange; else the error of the service, or `ResponseShapeError`."""
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
    # The exception holds the request, and outlives the call; the token must not, nor a form with others.
    sent.headers.pop("Authorization", None)
    error.request = httpx.Request(sent.method, sent.url)
    kind = NetworkError
    if isinstance(error, httpx.TransportError):
        kind = GlobusTimeoutError if isinstance(error, httpx.TimeoutException) else GlobusConnectionError
    return kind(f"{sent.method} {sent.url.copy_with(query=None)}: {type(error).__name__} {error}".rstrip(), error)


def was_unsent(error: httpx.HTTPError) -> bool:
    """Whether the request surely never left."""
    return isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout))


def _pairs(name: str, value: object) -> list[tuple[str, bytes]]:
    if value is None:
        return []
    if isinstance(value, (Mapping, bytes)):
        raise GlobusUsageError(f"{name}: must be a text, a number, a bool or several texts, not bytes or a mapping")
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [pair for each in cast("Iterable[object]", value) for pair in _pairs(name, each)]
    # An enum of texts is its text, which `str` does not give.
    text = value if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
    try:
        return [(name, text.encode())]
    except UnicodeEncodeError:
        raise GlobusUsageError(f"{name}: must be text that UTF-8 can hold, without half characters") from None


_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


def _header(name: object, value: object) -> tuple[str, str]:
    if not isinstance(name, str) or not _HEADER_NAME.fullmatch(name):
        raise GlobusUsageError(f"headers: {name!r} is no name of a header")
    if not isinstance(value, str) or not (value.isascii() and value.isprintable()) or value != value.strip():
        # The value may be a secret.
        raise GlobusUsageError(f"headers: {name} must be printable ASCII without spaces around it")
    return name.lower(), value


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
