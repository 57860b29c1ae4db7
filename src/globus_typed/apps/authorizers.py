"""`AppAuthorizer`: the authorizer that an app gives to its clients."""

from collections.abc import Callable
from functools import partial
from typing import Protocol
from urllib.parse import urlsplit

from globus_typed import registry
from globus_typed.apps.tokens import TokenStorageData
from globus_typed.config import service_url
from globus_typed.core.authorizers import GlobusAuthorizer, RenewingAuthorizer
from globus_typed.core.documents import Document
from globus_typed.core.http_info import Secret
from globus_typed.core.renewal import Flight
from globus_typed.errors import GlobusUsageError

__all__ = ["AppAuthorizer"]


class TokenSource(Protocol):
    """An app, as far as its authorizers need it."""

    @property
    def environment(self) -> str:
        """The environment whose services the app uses."""
        ...

    @property
    def clock(self) -> Callable[[], float]:
        """The time in seconds since the epoch."""
        ...

    def obtain(self, resource_server: str, known: str | None, is_urgent: bool) -> TokenStorageData:
        """Tokens for a resource server: stored ones, renewed, or of a login."""
        ...

    def get_authorizer(self, resource_server: str) -> GlobusAuthorizer:
        """The authorizer for a resource server, the same for all clients."""
        ...

    def authorization(self, authorizer: GlobusAuthorizer) -> Secret | None:
        """The Authorization header of an authorizer, after a renewal if one is due."""
        ...


class AppAuthorizer(RenewingAuthorizer):
    """The tokens of an app for one resource server: from its store, renewed there, or of a login.

    All clients of an app, sync and async, in threads and tasks, use the same one.
    """

    def __init__(self, app: TokenSource, resource_server: str) -> None:
        super().__init__(app, None, None, app.clock)
        self.app = app
        self.resource_server = resource_server
        # Reloads are counted by objects, as each must be one assignment: a token that was read before one is outdated.
        self._reload = object()
        self._read_after: object = None
        self._reloaded: object = None

    def reload(self) -> None:
        """Take the tokens from the store at the next call, because others may lie there now."""
        self._reload = object()
        self._reloaded = self._rejected = self._token

    def reject(self, header: Secret | None) -> bool:
        self._reloaded = None  # what lies in the store may be what was refused
        return super().reject(header)

    def accept(self, tokens: Document, flight: Flight | None = None) -> None:
        super().accept(tokens)
        # It may have been read before a login, and accepted after it: the store is asked once more.
        if self._read_after is not self._reload:
            self._reloaded = self._rejected = self._token
        if flight is not None:
            flight.land()

    def _request(self, *, is_urgent: bool) -> Callable[[], Document]:
        # After a reload, the one that is known may be had again: the store decides.
        known = None if self._token is self._reloaded else self.access_token
        return partial(self._obtain, known, is_urgent)

    def _obtain(self, known: str | None, is_urgent: bool) -> Document:
        known = None if known is None else Secret.of(known)
        self._read_after = self._reload
        return self.app.obtain(self.resource_server, known, is_urgent)

    def _read(self, tokens: Document) -> tuple[str, float | None]:
        assert isinstance(tokens, TokenStorageData)
        return tokens.access_token, tokens.expires_at_seconds - self._clock()

    def _check_origin(self, url: str) -> None:
        super()._check_origin(url)
        own = [
            service_url(service, self.app.environment)
            for service in registry.services()
            if service.resource_server == self.resource_server
        ]
        if own and not any(_origin(url) == _origin(known) for known in own):
            raise GlobusUsageError(
                f"auth: the token for {self.resource_server} goes to {own[0]} alone, not to {_shown_origin(url)}"
            )

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return _authorizer_of, (self.app, self.resource_server)

    def __repr__(self) -> str:
        return f"AppAuthorizer({self.resource_server!r})"


def _authorizer_of(app: TokenSource, resource_server: str) -> GlobusAuthorizer:
    return app.get_authorizer(resource_server)


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"https": 443, "http": 80}.get(parts.scheme)


def _shown_origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
