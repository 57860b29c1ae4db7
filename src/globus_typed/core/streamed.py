"""`Streamed` and `AsyncStreamed`: responses whose bodies are read as they come."""

from collections.abc import AsyncIterator, Callable, Iterator
from typing import TYPE_CHECKING

from globus_typed.core.lazy import Later

if TYPE_CHECKING:
    import httpx
else:
    httpx = Later("httpx")

__all__ = ["AsyncStreamed", "Streamed"]


class Streamed:
    """A response whose body is read by iterating over it, as it was sent: nothing is decoded."""

    def __init__(self, request: "httpx.Request", response: "httpx.Response") -> None:
        self.request = request
        self.status_code: int = response.status_code
        self.headers: httpx.Headers = response.headers
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        stream = self._response.stream
        assert isinstance(stream, httpx.SyncByteStream)
        return iter(stream)

    def close(self) -> None:
        """Give the connection back; it is closed if the body was not read to its end."""
        self._response.close()


class AsyncStreamed:
    """A response whose body is read by iterating over it, as it was sent: nothing is decoded.

    Parameters: `on_close`, called once when the connection is given back.
    """

    def __init__(
        self, request: "httpx.Request", response: "httpx.Response", on_close: "Callable[[], None] | None" = None
    ) -> None:
        self.request = request
        self.status_code: int = response.status_code
        self.headers: httpx.Headers = response.headers
        self._response = response
        self._on_close = on_close

    def __aiter__(self) -> AsyncIterator[bytes]:
        stream = self._response.stream
        assert isinstance(stream, httpx.AsyncByteStream)
        return stream.__aiter__()

    async def aclose(self) -> None:
        """Give the connection back; it is closed if the body was not read to its end."""
        on_close, self._on_close = self._on_close, None
        try:
            await self._response.aclose()
        finally:
            if on_close is not None:
                on_close()
