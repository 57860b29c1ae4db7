"""Requests for files as httpx sends them."""

from collections.abc import AsyncIterator, Iterator, Mapping

import httpx

from globus_typed.core.http_info import HTTPInfo, Secret
from globus_typed.core.wire import Reply, http_info
from globus_typed.files.bodies import UploadBody
from globus_typed.files.concurrency import async_in_thread, stopper

__all__ = ["file_request", "redirect_target", "refused"]

_NOTHING = httpx.ByteStream(b"")


def file_request(
    method: str,
    url: str,
    headers: Mapping[str, str],
    authorization: Secret | None,
    timeout: float | None,
    body: UploadBody | None,
) -> httpx.Request:
    """A request for the file at a URL."""
    address = httpx.URL(url)
    sent = {"host": address.netloc.decode("ascii"), **headers}
    if authorization is not None:
        sent["authorization"] = authorization
    stream: httpx.SyncByteStream | httpx.AsyncByteStream = _NOTHING
    if body is not None:
        sent["content-type"] = "application/octet-stream"
        sent["content-length"] = str(body.length)
        stream = _BodyStream(body)
    extensions: dict[str, object] = {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), timeout)}
    if (own := stopper()) is not None:
        extensions["trace"] = own.trace
    request = httpx.Request(method, address, headers=sent, stream=stream, extensions=extensions)
    if body is None:
        request.read()
    return request


class _BodyStream(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The body of an upload. What has been read is told when the block before it has been sent."""

    def __init__(self, body: UploadBody) -> None:
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        self._body.rewind()
        while block := self._body.read():
            yield block
            self._body.report()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        await async_in_thread(self._body.rewind)
        while block := await async_in_thread(self._body.read):
            yield block
            self._body.report()


def refused(
    request: httpx.Request, status: int, headers: httpx.Headers, content: bytes, attempts: int, now: float
) -> HTTPInfo:
    """The HTTP exchange of a response that was read, as far as that went."""
    return http_info(Reply(request, status, headers, content), attempts, now)


def redirect_target(request: httpx.Request, location: str) -> httpx.URL | None:
    """Where a redirect leads; None where it may not be followed: to other than https, but on this machine."""
    try:
        target = request.url.join(location)
    except (httpx.InvalidURL, ValueError):
        return None
    same_kind = target.scheme == "https" or (target.scheme == request.url.scheme and target.host == request.url.host)
    return target if same_kind and not target.userinfo else None
