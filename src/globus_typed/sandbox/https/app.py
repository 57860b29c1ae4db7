"""The HTTPS server of one collection, as an ASGI application."""

import errno
import os
from collections.abc import Sequence
from typing import Protocol

from anyio.to_thread import run_sync
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from globus_typed.sandbox.auth.state import AuthState
from globus_typed.sandbox.http_server import CONNECTION, HANG_UP, Connection
from globus_typed.sandbox.https.bodies import FileAnswer
from globus_typed.sandbox.https.callers import JSONRefused, caller_of, log_in
from globus_typed.sandbox.https.files import (
    BACKEND_FAULT,
    FileRefused,
    names_of,
    open_to_read,
    open_to_write,
    refusal_of,
    remove,
    text_of,
)
from globus_typed.sandbox.https.ranges import RangeRefused, Span, spans_of
from globus_typed.sandbox.https.records import RECORD, FileRequest
from globus_typed.sandbox.transfer.paths import NotPermitted, Parts, Tree
from globus_typed.sandbox.transfer.state import TransferState
from globus_typed.sandbox.transfer.store.collections import SandboxCollection
from globus_typed.sandbox.weather import EVENTS, Event

__all__ = ["CollectionServer", "refuse"]

_BLOCK = 1 << 20


class _Answer(Protocol):
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None: ...


class CollectionServer:
    """The HTTPS server of one collection: its files by their paths, from its root."""

    def __init__(self, auth: AuthState, state: TransferState, collection: SandboxCollection) -> None:
        self._auth = auth
        self._state = state
        self._collection = collection

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            answer = await self._answer(request)
        except FileRefused as refused:
            answer = _refusal(refused)
        except ClientDisconnect:
            return
        await answer(scope, receive, send)

    async def _answer(self, request: Request) -> _Answer:
        events: Sequence[Event] = request.scope.get(EVENTS, ())
        if _is_faulty(request, events):
            raise FileRefused(404, BACKEND_FAULT)
        collection, method = self._collection, request.method
        if collection.deleted:
            raise FileRefused(404, text_of("COLLECTION_NOT_FOUND", reason="There is no such collection"))
        if not collection.serves_https:
            raise FileRefused(404, text_of("HTTPS_DISABLED", reason="The collection is not served over HTTPS"))
        allowed = _allowed(collection)
        if method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": ", ".join(allowed)})
        if method not in allowed:
            raise FileRefused(405, text_of("METHOD_NOT_ALLOWED"), {"Allow": ", ".join(allowed)})
        caller = caller_of(request, self._auth, self._state, collection)
        user = None if caller is None else caller.user
        record: FileRequest = request.scope[RECORD]
        record.user = None if user is None else user.username
        writes = method in ("PUT", "DELETE")
        view = collection.view(user, write=writes)
        try:
            parts = names_of(_raw_path(request))
            if method == "PUT":
                return await _put(request, view, parts, events)
            if method == "DELETE":
                await run_sync(remove, view, parts)
                return Response(status_code=204)
            return await _get(request, view, parts, events)
        except NotPermitted as error:
            raise log_in(request, self._auth, collection) if user is None else refusal_of(error) from None
        except OSError as error:
            raise refusal_of(error) from None


def refuse(request: Request, error: Exception) -> Response:
    """The response to a request that a test wants to fail."""
    if not isinstance(error, HTTPException):
        return _refusal(FileRefused(500, text_of("INTERNAL_ERROR", reason="The sandbox failed")))
    code = {403: "PERMISSION_DENIED", 404: "PATH_NOT_FOUND"}.get(error.status_code, "INTERNAL_ERROR")
    number = errno.ENOENT if error.status_code == 404 else None
    text = text_of(code, number, "" if number else str(error.detail))
    return _refusal(FileRefused(error.status_code, text, error.headers))


def _refusal(refused: FileRefused) -> Response:
    kind = "application/json" if isinstance(refused, JSONRefused) else "text/plain; charset=utf-8"
    return Response(refused.text, refused.status, dict(refused.headers or {}), kind)


def _allowed(collection: SandboxCollection) -> list[str]:
    methods = sorted(collection.https_methods)
    return [*methods, *(["HEAD"] if "GET" in methods else []), "OPTIONS"]


def _raw_path(request: Request) -> bytes:
    raw = request.scope.get("raw_path")
    return raw if isinstance(raw, bytes) else request.url.path.encode()


def _is_faulty(request: Request, events: Sequence[Event]) -> bool:
    """Whether what is behind the server fails: for this request, or for all on this connection."""
    connection: Connection = request.scope.get(CONNECTION) or Connection()
    fault = next((event for event in events if event.kind == "false_404"), None)
    if fault is not None and fault.sticky:
        connection.faulty = True
    return fault is not None or connection.faulty


async def _get(request: Request, view: Tree, parts: Parts, events: Sequence[Event]) -> _Answer:
    file, size = await run_sync(open_to_read, view, parts)
    try:
        whole = request.method == "HEAD" or any(event.kind == "whole" for event in events)
        spans: list[Span] | None = None if whole else spans_of(request.headers.get("range"), size)
    except RangeRefused:
        os.close(file)
        raise FileRefused(416, text_of("RANGE_NOT_SATISFIABLE")) from None
    headers = {"Content-Disposition": "attachment"} if "download" in request.query_params else {}
    return FileAnswer(file, size, spans, headers, events=events, bodiless=request.method == "HEAD")


async def _put(request: Request, view: Tree, parts: Parts, events: Sequence[Event]) -> _Answer:
    if "content-length" not in request.headers:
        raise FileRefused(411, text_of("LENGTH_REQUIRED"))
    if "content-range" in request.headers:
        raise FileRefused(400, text_of("BAD_REQUEST", reason="A file is written as a whole"))
    cut = next((event.after for event in events if event.kind == "cut"), None)
    file = await run_sync(open_to_write, view, parts)
    written, block = 0, bytearray()
    try:
        async for chunk in request.stream():
            block += chunk
            if cut is not None and written + len(block) >= cut:
                await run_sync(_write, file, bytes(block[: cut - written]))
                return _hang_up
            if len(block) >= _BLOCK:
                await run_sync(_write, file, bytes(block))
                written += len(block)
                block.clear()
        await run_sync(_write, file, bytes(block))
    except ClientDisconnect:
        # What has come stays, as a file that is too short.
        await run_sync(_write, file, bytes(block))
        raise
    finally:
        os.close(file)
    return Response(status_code=200)


def _write(file: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]


async def _hang_up(scope: Scope, receive: Receive, send: Send) -> None:
    scope[HANG_UP]()
    while (await receive())["type"] != "http.disconnect":
        pass
