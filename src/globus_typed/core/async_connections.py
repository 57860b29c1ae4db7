"""`AsyncConnections`: the connections that a client shares with those made from it with other options."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from globus_typed.errors import GlobusUsageError

if TYPE_CHECKING:
    import httpx

    from globus_typed.core.transport import AsyncDirectClient


class AsyncConnections:
    """The HTTP client of a client and of those made from it with other options; made when first used."""

    def __init__(self, given: httpx.AsyncClient | None, verify: bool | str) -> None:
        self._given = given
        self._verify = verify
        self._made: httpx.AsyncClient | AsyncDirectClient | None = None
        self._closed = False
        self._lock = threading.Lock()

    @property
    def given_headers(self) -> dict[str, str]:
        """The headers that the given HTTP client sends with every request, by names in lower case."""
        return {} if self._given is None else dict(self._given.headers)

    @property
    def http(self) -> httpx.AsyncClient | AsyncDirectClient:
        http = self._given or self._made
        if http is not None:
            return http
        with self._lock:
            if self._closed:
                raise GlobusUsageError("client: it is closed; make a new one")
            if self._made is None:
                from globus_typed.core.transport import async_http_client

                self._made = async_http_client(self._verify)
            return self._made

    async def aclose(self) -> None:
        with self._lock:
            made, self._made, self._closed = self._made, None, self._given is None
        if made is not None:
            await made.aclose()
