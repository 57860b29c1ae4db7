"""`HTTPXAuth`: authorizers as httpx takes them, ``httpx.get(url, auth=authorizer)``, sync and async."""

import sys
from collections.abc import AsyncGenerator, Generator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from globus_typed.core.http_info import Secret
from globus_typed.core.lazy import Later
from globus_typed.errors import GlobusUsageError

if TYPE_CHECKING:
    import httpx

    Auth = httpx.Auth
else:
    httpx = Later("httpx")

    class Auth:
        """Stands where httpx.Auth will stand once httpx is there: it takes longer to import than all else."""


__all__ = ["HTTPXAuth", "become_auth"]

_THIS_MACHINE = {"127.0.0.1", "localhost", "::1"}


class HTTPXAuth(Auth):
    """The part of an authorizer that is an `httpx.Auth`: its header for each request, renewed when due or refused.

    The header goes to ``https`` and to this machine alone. Of several authorizers that know their service, each refuses
    the addresses of others. A request that is redirected to another origin loses it, as httpx sees to.
    """

    if not TYPE_CHECKING:  # which would take it for the signature of all authorizers

        def __new__(cls, *arguments: object, **keywords: object) -> "HTTPXAuth":
            if "httpx" in sys.modules:
                become_auth()
            return super().__new__(cls)

    def sync_auth_flow(self, request: "httpx.Request") -> "Generator[httpx.Request, httpx.Response, None]":
        """The request with the header, and once more with a new one if that is refused with 401."""
        self._check_origin(str(request.url))
        sent = self._valid_header()
        _set(request, sent)
        response = yield request
        if response.status_code == 401 and self._renews_after(sent, request):
            _set(request, self._valid_header())
            yield request

    async def async_auth_flow(self, request: "httpx.Request") -> "AsyncGenerator[httpx.Request, httpx.Response]":
        """The request with the header, and once more with a new one if that is refused with 401."""
        self._check_origin(str(request.url))
        sent = await self._async_valid_header()
        _set(request, sent)
        response = yield request
        if response.status_code == 401 and self._renews_after(sent, request):
            _set(request, await self._async_valid_header())
            yield request

    def __call__(self, request: "httpx.Request") -> "httpx.Request":
        """The request with the header: httpx asks so where it was imported after the authorizer was made."""
        become_auth()
        self._check_origin(str(request.url))
        _set(request, self._valid_header())
        return request

    def _check_origin(self, url: str) -> None:
        """`GlobusUsageError` for an address that the header must not go to."""
        parts = urlsplit(url)
        if parts.scheme != "https" and parts.hostname not in _THIS_MACHINE:
            raise GlobusUsageError(
                f"auth: a token goes by https alone, and not to {parts.scheme}://{parts.netloc.rpartition('@')[2]}"
            )

    def _valid_header(self) -> Secret | None:
        """The header, after a renewal if one is due."""
        raise NotImplementedError

    async def _async_valid_header(self) -> Secret | None:
        """The header, after a renewal if one is due."""
        return self._valid_header()

    def reject(self, header: Secret | None) -> bool:
        """Note that the service refused this header with 401; True if another attempt would have a new one."""
        raise NotImplementedError

    def _renews_after(self, sent: Secret | None, request: "httpx.Request") -> bool:
        try:
            _ = request.content
        except RuntimeError:  # a stream, which cannot be sent twice
            return False
        return sent is not None and self.reject(sent)


def _set(request: "httpx.Request", header: Secret | None) -> None:
    if header is not None:
        request.headers["Authorization"] = header


def become_auth() -> None:
    """Make all authorizers, those made before too, instances of `httpx.Auth`."""
    if Auth in HTTPXAuth.__bases__:
        HTTPXAuth.__bases__ = (sys.modules["httpx"].Auth,)
