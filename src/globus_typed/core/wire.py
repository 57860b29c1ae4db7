"""Encoding a `Request` as an HTTP request, and decoding the response as a document or an exception."""

import re
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from types import TracebackType
from typing import Any, NamedTuple, cast
from urllib.parse import urlencode

import httpx
from pydantic import ValidationError
from pydantic_core import from_json, to_json

from globus_typed.config import host_problem
from globus_typed.core.documents import attach, member_name
from globus_typed.core.http_info import HTTPInfo, Secret
from globus_typed.core.json_data import unchecked
from globus_typed.core.outside_text import HiddenText, clean, hidden, sent_secrets
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

__all__ = ["Reply", "decode", "encode", "http_info", "network_error"]


def encode(
    request: Request[DocumentT],
    base_url: str,
    headers: Mapping[str, str],
    authorization: Secret | None,
    timeout: float | None,
) -> httpx.Request:
    """The HTTP request; the client's Authorization header goes along only to the origin of the base URL.

    `headers` are the client's, by names in lower case. `GlobusUsageError` where something cannot be sent.
    """
    # What can be refused comes first: a traceback from here on would show the URL, whose query may hold a secret.
    body, kind = _body(request)
    own_headers = _checked_headers(request.headers)
    # A fragment is never sent, and would take the query with it.
    url = request.target.partition("#")[0]
    absolute = url.lower().startswith(("https://", "http://"))
    if not absolute:
        url = base_url.rstrip("/") + ("" if url.startswith("/") else "/") + url
    if request.query:
        pairs = [pair for name in request.query for pair in _pairs(name, hidden(request.query[name]))]
        url += ("&" if "?" in url else "?") + urlencode(pairs) if pairs else ""
    # Errors are raised outside of `except` here: a context holds what was to be sent, and some picklers take it along.
    address, problem = None, ""
    try:
        address = _url(url)
    except (httpx.InvalidURL, UnicodeEncodeError) as error:
        problem = str(error)
    if address is None:
        url = ""
        raise GlobusUsageError(f"path: {problem}")

    all_headers = httpx.Headers(_client_headers(tuple(headers.items()), address.netloc))
    all_headers.update(own_headers)
    if kind is not None and "content-type" not in all_headers:
        all_headers["content-type"] = kind
    length = body.length if isinstance(body, Body) else len(body)
    if length or request.method in {"POST", "PUT", "PATCH"}:
        all_headers["content-length"] = str(length)
    if absolute and _origin(address) != _origin(_url(base_url)):
        authorization = None
    if authorization := request.authorization or authorization:
        all_headers["authorization"] = authorization
    sent = _Sent(
        request.method,
        address,
        headers=all_headers,
        # With a stream, httpx adds no headers of its own, and copies none.
        stream=_PartStream(body.parts) if isinstance(body, Body) else httpx.ByteStream(body) if body else _NOTHING,
        extensions={"timeout": dict.fromkeys(("connect", "read", "write", "pool"), timeout)},
    )
    sent.payload = request.json
    if not isinstance(body, Body):
        sent.read()  # so that hooks and mocks find its content
    return sent


@lru_cache(maxsize=256)  # parsing one takes as long as all the rest of this
def _url(text: str) -> httpx.URL:
    url = httpx.URL(text)
    problem = host_problem(url.host) or ("a port is at most 65535" if (url.port or 0) > 65535 else None)
    if problem:
        raise httpx.InvalidURL(problem)
    return url


_AT_ONCE = 2**20
"""The largest body, in bytes, that is joined before it is sent."""
_NOTHING = httpx.ByteStream(b"")


@lru_cache(maxsize=64)
def _client_headers(headers: tuple[tuple[str, str], ...], netloc: bytes) -> httpx.Headers:
    """The headers of all requests of a client to a host, encoded once."""
    return httpx.Headers({"host": netloc.decode("ascii"), **dict(headers)})


def _body(request: Request[DocumentT]) -> tuple[bytes | Body, str | None]:
    """The body of a request, in parts where it is large, and the Content-Type that it has if no other is given."""
    content = request.content
    if isinstance(content, Body):
        return content if content.length > _AT_ONCE else b"".join(content.parts), "application/json"
    if request.json is not None:
        text, problem = None, ""
        try:
            text = request.json.to_wire() if isinstance(request.json, Payload) else to_json(request.json)
        except (ValueError, TypeError, RecursionError) as error:  # PydanticSerializationError is a ValueError
            problem = str(error)
        if text is None:
            raise GlobusUsageError(f"json_body: {problem}")
        return text, "application/json"
    if request.form is not None:
        pairs = [pair for name in request.form for pair in _pairs(name, hidden(request.form[name]))]
        return urlencode(pairs).encode(), "application/x-www-form-urlencoded"
    return content or b"", None


class _Sent(httpx.Request):
    """A request whose repr does not show its query, which may hold what is private."""

    payload: object = None
    """The document that it sends."""

    def __repr__(self) -> str:
        return f"<Request({self.method!r}, {str(self.url.copy_with(query=None))!r})>"


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
    if not 200 <= http.status < 300 and http.status not in request.statuses:
        raise api_error(service_error, http)
    document: DocumentT | None
    problems: list[tuple[str, str]] = []
    try:
        # 204 says that there is nothing more to say.
        document = request.answer.from_body(http.body if http.body or http.status != 204 else b"{}")
    except ValidationError as error:
        document = _partial(request, http.body, error)
        problems = [(".".join(map(str, problem["loc"])), problem["msg"]) for problem in error.errors()]
    if document is None:
        # Raised out here, it has no context: that one's traceback would show the body, which may hold tokens.
        raise ResponseShapeError(request.answer.__name__, problems, http)
    if http.request_id is None and "request_id" in document:
        http = replace(http, request_id=document["request_id"])
    return attach(document, http)


class Reply(NamedTuple):
    """A response that was read, with as much of `httpx.Response` as a client needs."""

    request: httpx.Request
    status_code: int
    headers: httpx.Headers
    content: bytes

    def __repr__(self) -> str:
        return f"<Reply {self.status_code}>"  # the body may hold tokens


def http_info(response: httpx.Response | Reply, attempts: int, received_at: float) -> HTTPInfo:
    """The HTTP exchange that ended with this response."""
    return HTTPInfo(
        method=response.request.method,
        url=str(response.request.url),
        status=response.status_code,
        headers=response.headers,
        body=response.content,
        request_id=response.headers.get("X-Request-Id"),
        attempts=attempts,
        received_at=received_at,
        secrets=() if 200 <= response.status_code < 300 else _secrets(response.request),
    )


def _secrets(request: httpx.Request) -> tuple[Secret, ...]:
    try:
        content = request.content
    except httpx.RequestNotRead:  # one that is streamed, which is a document without secrets
        content = b""
    if "urlencoded" in request.headers.get("Content-Type", ""):
        return sent_secrets(request.headers, query=request.url.query, form=content)
    fields = _secrets_in(request.payload) if isinstance(request, _Sent) else ()
    return sent_secrets(request.headers, query=request.url.query, json=content[:_MOST_SEARCHED], more=fields)


def _secrets_in(document: object) -> Iterator[Secret]:
    if isinstance(document, Secret):
        yield document
    elif isinstance(document, (Payload, list)):
        for each in cast("Iterable[object]", vars(document).values() if isinstance(document, Payload) else document):
            yield from _secrets_in(each)


_MOST_SEARCHED = 2**16
"""The bytes of a document that are searched for secrets."""


def network_error(error: Exception, sent: httpx.Request) -> NetworkError:
    """The exception of this package for one of httpx, or for whatever else broke beneath it."""
    secrets = _secrets(sent)
    beneath: BaseException | None = error
    while beneath is not None:
        beneath.__traceback__ = _without_transport(beneath.__traceback__)
        if any(secret in repr(beneath) + str(beneath) for secret in secrets):  # of a hook, say
            beneath.args = (clean(str(beneath), secrets),)
        beneath = beneath.__cause__ or beneath.__context__
    # The exception holds the request and outlives the call; tokens in headers and forms must not.
    sent.headers.pop("Authorization", None)
    if isinstance(error, httpx.RequestError):
        error.request = httpx.Request(sent.method, sent.url.copy_with(query=None))
    kind = NetworkError
    if isinstance(error, httpx.TimeoutException):
        kind = GlobusTimeoutError
    elif isinstance(error, (httpx.TransportError, httpx.DecodingError, OSError)):
        kind = GlobusConnectionError
    message = (
        f"{sent.method} {sent.url.copy_with(query=None)}: {type(error).__name__} {clean(str(error), secrets)}".rstrip()
    )
    return kind(message, error, was_sent=not isinstance(error, _UNSENT))


def _without_transport(traceback: TracebackType | None) -> TracebackType | None:
    """The traceback without the frames that hold the bytes which were sent, and the tokens in them."""
    frames: list[TracebackType] = []
    while traceback is not None:
        module: str = traceback.tb_frame.f_globals.get("__name__", "")
        if module.partition(".")[0] not in _TRANSPORT:
            frames.append(traceback)
        traceback = traceback.tb_next
    kept: TracebackType | None = None
    for frame in reversed(frames):
        kept = TracebackType(kept, frame.tb_frame, frame.tb_lasti, frame.tb_lineno)
    return kept


_TRANSPORT = {"anyio", "asyncio", "h11", "h2", "httpcore", "httpx", "selectors", "socket", "socksio", "ssl", "trio"}
"""The packages through which a request goes on its way to the socket."""

_UNSENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,  # it let no tunnel through
    httpx.LocalProtocolError,  # for a header that no request can have
    httpx.UnsupportedProtocol,
)
"""The exceptions that httpx raises before it has sent anything."""


def _pairs(name: str, value: object) -> list[tuple[str, bytes]]:
    if value is None:
        return []
    if isinstance(value, (Mapping, bytes)):
        raise GlobusUsageError(f"{name}: must be a str, a number, a bool or several of them, not bytes or a mapping")
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [pair for each in cast("Iterable[object]", value) for pair in _pairs(name, each)]
    # `str` does not give the value of a str enum.
    try:
        text = value if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
        return [(name, text.encode())]
    except UnicodeEncodeError:
        problem = "must be encodable as UTF-8, with no lone surrogates"
    except ValueError as error:  # an int with thousands of digits
        problem = str(error)
    raise GlobusUsageError(f"{name}: {problem}")


_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


def _checked_headers(headers: Mapping[str, str]) -> dict[str, HiddenText]:
    checked: dict[str, HiddenText] = {}
    for name in headers:
        if not isinstance(unchecked(name), str) or not _HEADER_NAME.fullmatch(name):
            raise GlobusUsageError(f"headers: {name!r} is not a valid header name")
        # No traceback shows the value, which may be a secret; one that is no str is refused like an empty one.
        value = hidden(headers[name]) if isinstance(unchecked(headers[name]), str) else ""
        if (
            (not value and headers[name] != "")
            or not (value.isascii() and value.isprintable())
            or value != value.strip()
        ):
            raise GlobusUsageError(f"headers: {name} must be printable ASCII without spaces around it")
        checked[name.lower()] = HiddenText(value)
    return checked


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _partial(request: Request[DocumentT], body: bytes, error: ValidationError) -> DocumentT | None:
    """The document in a response cut down by ``fields``: members that were left out are no attributes of it."""
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
