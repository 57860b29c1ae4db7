"""`AsyncConnections`: the connections that a client shares with those made from it with other options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from globus_typed.core import forks
from globus_typed.errors import GlobusUsageError

if TYPE_CHECKING:
    import httpx

    from globus_typed.core.transport import AsyncDirectClient, AsyncGivenClient


class AsyncConnections:
    """The HTTP client of a client and of those made from it with other options; made when first used.

    A forked process makes its own: two processes on one connection would get each other's responses.
    """

    def __init__(self, given: httpx.AsyncClient | None, verify: bool | str) -> None:
        self._given = given
        self._verify = verify
        self._in_use: AsyncGivenClient | AsyncDirectClient | None = None
        self._closed = False
        self._forked = False
        self._made: dict[str, AsyncDirectClient] = {}
        forks.watch(self)

    @property
    def is_given(self) -> bool:
        """Whether the HTTP client is one of the program's own."""
        return self._given is not None

    @property
    def given(self) -> httpx.AsyncClient | None:
        """The HTTP client of the program's own, if there is one."""
        return self._given

    @property
    def given_headers(self) -> dict[str, str]:
        """The headers that the given HTTP client sends with every request, by names in lower case."""
        return {} if self._given is None else dict(self._given.headers)

    @property
    def http(self) -> AsyncGivenClient | AsyncDirectClient:
        """The HTTP client to send with."""
        http = self._in_use
        if http is not None:
            return http
        if self._closed:
            raise GlobusUsageError("client: it is closed; make a new one")
        if self._given is None:
            from globus_typed.core.transport import async_http_client

            # Of two that meet here, both use the first one's. A lock might stay locked, if whoever holds it is killed.
            http = self._made.setdefault("http", async_http_client(self._verify))
        elif self._forked:
            raise GlobusUsageError(
                "http_client: it was used before this process was forked, and its connections belong to the parent; "
                "make a new one, and a new client, in each process"
            )
        else:
            from globus_typed.core.transport import AsyncGivenClient

            http = AsyncGivenClient(self._given)
        self._in_use = http
        return http

    def misused(self, error: Exception) -> GlobusUsageError | None:
        """The misuse of the given HTTP client that made it raise this error; None where it is no misuse."""
        if self._given is None or not isinstance(error, RuntimeError):
            return None
        return GlobusUsageError(f"http_client: {error} (it is closed, or was used in an event loop that is)")

    async def aclose(self) -> None:
        """Close the connections, except those of the given HTTP client."""
        if self._given is not None:
            return
        self._closed = True
        made, self._made, self._in_use = self._made, {}, None
        for http in made.values():
            await http.aclose()

    def after_fork(self) -> object:
        parents, self._made = self._made, {}
        self._forked = self._forked or self._in_use is not None
        self._in_use = None
        return parents
