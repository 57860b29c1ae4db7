"""The contents of a file, as a response sends them, and what may happen to it on the way."""

import os
import secrets
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence

from anyio.to_thread import run_sync
from starlette.types import Receive, Scope, Send

from globus_typed.sandbox.http_server import HANG_UP
from globus_typed.sandbox.https.ranges import Span
from globus_typed.sandbox.weather import Event

__all__ = ["FileAnswer"]

_CHUNK = 1 << 20
MEDIA_TYPE = "application/octet-stream"


class FileAnswer:
    """An open file, or parts of it, as a response, which closes it.

    Parameters: `spans` (None: the whole file); `events` of the weather that concern it; `bodiless` for a HEAD.
    """

    def __init__(
        self,
        file: int,
        size: int,
        spans: Sequence[Span] | None,
        headers: Mapping[str, str],
        *,
        events: Sequence[Event] = (),
        bodiless: bool = False,
    ) -> None:
        self._file = file
        self._events = events
        self._bodiless = bodiless
        self._status = 200 if spans is None else 206
        self._headers = {"Content-Type": MEDIA_TYPE, **headers}
        self._segments: list[bytes | Span] = []
        if spans is None:
            self._segments = [Span(0, size)]
        elif len(spans) == 1:
            self._segments = [spans[0]]
            self._headers["Content-Range"] = _content_range(spans[0])
        else:
            boundary = secrets.token_hex(16)
            self._headers["Content-Type"] = f"multipart/byteranges; boundary={boundary}"
            self._segments = list(_multipart(spans, boundary))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._send(scope, receive, send)
        finally:
            os.close(self._file)

    async def _send(self, scope: Scope, receive: Receive, send: Send) -> None:
        length = sum(len(each) if isinstance(each, bytes) else each.stop - each.start for each in self._segments)
        cut = next((event for event in self._events if event.kind == "cut"), None)
        stop = length if cut is None else min(cut.after, length)
        told = stop if cut is not None and cut.told else length
        headers = {**self._headers, "Content-Length": str(told)}
        raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": self._status, "headers": raw})
        if self._bodiless:
            await send({"type": "http.response.body", "body": b""})
            return
        meanwhile = sorted((e for e in self._events if e.kind == "meanwhile"), key=lambda event: event.after)
        sent = 0
        await _happen(meanwhile, sent)
        async for chunk in self._chunks([event.after for event in meanwhile], stop):
            piece = chunk[: stop - sent]
            sent += len(piece)
            await _happen(meanwhile, sent if sent < stop else None)
            await send({"type": "http.response.body", "body": piece, "more_body": sent < told})
        if sent < told:
            # Cut off, or the file has become shorter.
            scope[HANG_UP]()
            while (await receive())["type"] != "http.disconnect":
                pass
        elif not told:
            await send({"type": "http.response.body", "body": b""})

    async def _chunks(self, stops: Sequence[int], end: int) -> AsyncIterator[bytes]:
        """The first `end` bytes of the segments, or somewhat more, in pieces; one ends at each of the stops."""
        done = 0
        for segment in self._segments:
            if done >= end:
                return
            if isinstance(segment, bytes):
                done += len(segment)
                yield segment
                continue
            at = segment.start
            while at < segment.stop and done < end:
                size = min([_CHUNK, segment.stop - at, *(stop - done for stop in stops if stop > done)])
                chunk = await run_sync(os.pread, self._file, size, at)
                if not chunk:
                    return
                at += len(chunk)
                done += len(chunk)
                yield chunk


async def _happen(meanwhile: list[Event], sent: int | None) -> None:
    """Have happen what was to happen after so many bytes, or all that is left."""
    while meanwhile and (sent is None or meanwhile[0].after <= sent):
        action = meanwhile.pop(0).action
        if action is not None:
            await run_sync(action)


def _content_range(span: Span) -> str:
    # The servers do not tell the size of the file.
    return f"bytes {span.start}-{span.stop - 1}/*"


def _multipart(spans: Sequence[Span], boundary: str) -> Iterator[bytes | Span]:
    for number, span in enumerate(spans):
        begin = "" if number == 0 else "\r\n"
        head = f"{begin}--{boundary}\r\nContent-Type: {MEDIA_TYPE}\r\nContent-Range: {_content_range(span)}\r\n\r\n"
        yield head.encode()
        yield span
    yield f"\r\n--{boundary}--\r\n".encode()
