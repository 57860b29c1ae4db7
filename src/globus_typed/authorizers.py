"""Authorizers: what goes into the Authorization header, and when it has to be renewed. State, without I/O.

A client asks an authorizer for its `renewal`. The first to ask makes the call and hands the answer to `accept`; all
others that ask meanwhile, in threads and tasks, wait for the same flight.
"""

import base64
import inspect
import math
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, MutableMapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

from globus_typed.documents import Secret
from globus_typed.errors import GlobusUsageError
from globus_typed.request import Request
from globus_typed.scopes import Scopes, scopes_to_text

if TYPE_CHECKING:
    from globus_typed.auth.documents.token import ResourceServerToken, TokenResponse

_EARLY = 60.0
"""How long before its end a token is renewed, in seconds."""


class TokenClient(Protocol):
    """An app's Auth client, sync or async, as far as a refresh needs it."""

    def refresh_token_request(self, refresh_token: str) -> "Request[TokenResponse]":
        """The request that gets new tokens for a refresh token."""
        ...


class CredentialsClient(Protocol):
    """A confidential app's Auth client, sync or async, as far as `ClientCredentialsAuthorizer` needs it."""

    def client_credentials_request(self, requested_scopes: Scopes) -> "Request[TokenResponse]":
        """The request that gets tokens for the app itself."""
        ...


@dataclass(frozen=True)
class Renewal:
    """A renewal under way: `request` is to be sent by whoever has `ours`; all others wait for `done`."""

    request: "Request[TokenResponse]"
    client: object
    """The client that the authorizer was made with, sync or async."""
    done: "Future[None]"
    ours: bool


class GlobusAuthorizer(ABC):
    """What every authorizer can do."""

    @abstractmethod
    def header(self) -> Secret | None:
        """The Authorization header as it is now; None for no header."""

    def renewal(self) -> Renewal | None:
        """What has to happen before `header` may be used; None where nothing has."""
        return None

    def accept(self, tokens: "TokenResponse") -> None:  # noqa: B027  # most never renew, and are never asked to
        """Take the answer of a renewal that was ours."""

    def give_up(self, error: BaseException) -> bool:
        """Take note that a renewal that was ours failed; True if `header` is good all the same."""
        return False

    def reject(self, header: Secret | None) -> bool:
        """Take note that the service refused this header with 401; True if another try has a better one."""
        return False

    def set_authorization_header(self, header_dict: MutableMapping[str, str]) -> None:
        """Put the Authorization header into the dict, over one that is there."""
        header = self.header()
        if header is not None:
            header_dict["Authorization"] = header

    def handle_missing_authorization(self) -> bool:
        """Take note of a 401; True if the next header may be a better one."""
        return self.reject(self.header())

    def __repr__(self) -> str:
        return f"{type(self).__name__}(<redacted>)"


class NullAuthorizer(GlobusAuthorizer):
    """No authorization: calls go out without the header."""

    def header(self) -> None:
        return None

    def set_authorization_header(self, header_dict: MutableMapping[str, str]) -> None:
        """Take the Authorization header out of the dict."""
        header_dict.pop("Authorization", None)

    def __repr__(self) -> str:
        return "NullAuthorizer()"


class BasicAuthorizer(GlobusAuthorizer):
    """A name and a password, as HTTP Basic: how a confidential app shows who it is."""

    def __init__(self, username: str, password: str) -> None:
        password = Secret.of(password)
        check_text(username=username, password=password)
        if ":" in username:
            raise GlobusUsageError("username: must have no colon, which ends it")
        self._header = Secret("Basic " + base64.b64encode(f"{username}:{password}".encode()).decode())

    def header(self) -> Secret:
        return self._header


class AccessTokenAuthorizer(GlobusAuthorizer):
    """One access token, used until the service refuses it."""

    def __init__(self, access_token: str) -> None:
        access_token = Secret.of(access_token)
        check_text(access_token=access_token)
        self._header = Secret(f"Bearer {access_token}")

    def header(self) -> Secret:
        return self._header


class RenewingAuthorizer(GlobusAuthorizer):
    """What the authorizers share that get new access tokens: 60 s before the end of one, and when one is refused.

    One authorizer serves any number of clients, threads and tasks; those that find the token at its end together make
    one renewal. A renewal before the end that fails is no error as long as the old token is good.
    """

    def __init__(
        self,
        client: object,
        access_token: str | None,
        expires_at: float | None,
        on_refresh: "Callable[[TokenResponse], object] | None",
        clock: Callable[[], float],
    ) -> None:
        access_token = None if access_token is None else Secret.of(access_token)
        if access_token is not None:
            check_text(access_token=access_token)
        if expires_at is not None and not _is_time(expires_at):
            raise GlobusUsageError(f"expires_at: must be seconds since the epoch, got {expires_at!r}")
        if on_refresh is not None and (not callable(on_refresh) or inspect.iscoroutinefunction(on_refresh)):
            raise GlobusUsageError("on_refresh: must be a function that is called with the tokens, and not async")
        if not callable(clock):
            raise GlobusUsageError(f"clock: must be a function such as time.time, got {type(clock).__name__}")
        self.on_refresh = on_refresh
        self._client = client
        self._header = None if access_token is None else Secret(f"Bearer {access_token}")
        self._expires_at = expires_at if access_token is not None and expires_at is not None else 0.0
        self._renew_at = self._expires_at - _EARLY
        self._clock = clock
        self._lock = threading.Lock()
        self._flight: _Flight | None = None

    @abstractmethod
    def _request(self) -> "Request[TokenResponse]":
        """The request that gets the next token."""

    def _keep(self, token: "ResourceServerToken") -> None:
        """Keep what the next renewal needs of this one's answer."""

    @property
    def expires_at(self) -> int | None:
        """When the access token ends, in seconds since the epoch; None when there is none that is good, or no end."""
        return int(self._expires_at) or None if math.isfinite(self._expires_at) else None

    def header(self) -> Secret | None:
        return self._header

    def renewal(self) -> Renewal | None:
        with self._lock:
            now = self._clock()
            if now < self._renew_at or (self._flight is not None and now < self._expires_at):
                return None
            # Made first: if it cannot be, no flight is left behind for others to wait for.
            request = self._request()
            ours = self._flight is None
            self._flight = self._flight or _Flight()
            return Renewal(request, self._client, self._flight, ours)

    def accept(self, tokens: "TokenResponse") -> None:
        try:
            token = _the_one(tokens)
        except GlobusUsageError as error:
            self.give_up(error)
            raise
        with self._lock:
            now = self._clock()
            # Without one it is good until it is refused.
            lifetime = math.inf if tokens.expires_in is None else max(0.0, tokens.expires_in)
            self._header = Secret(f"Bearer {token.access_token}")
            self._keep(token)
            self._expires_at = now + lifetime
            # A token that lives for less than two minutes would otherwise be renewed at every call.
            self._renew_at = self._expires_at - min(_EARLY, lifetime / 2)
            self._land(None)
        if self.on_refresh is not None:
            self.on_refresh(tokens)

    def give_up(self, error: BaseException) -> bool:
        with self._lock:
            now = self._clock()
            good = isinstance(error, Exception) and self._header is not None and now < self._expires_at
            if good:
                # The next call need not try again at once.
                self._renew_at = min(self._expires_at, now + _EARLY / 4)
            # One who was only cancelled leaves the renewal to the next in line.
            self._land(error if isinstance(error, Exception) and not good else None)
            return good

    def reject(self, header: Secret | None) -> bool:
        with self._lock:
            # A late 401 to an older token says nothing of the one that came since.
            if header == self._header:
                self._expires_at = self._renew_at = 0.0
            return True

    def set_authorization_header(self, header_dict: MutableMapping[str, str]) -> None:
        """Put the Authorization header into the dict, after a renewal by the app's client where one is due."""
        authorize = getattr(self._client, "authorization", None)
        if authorize is None or inspect.iscoroutinefunction(authorize):
            raise GlobusUsageError(
                "authorizer: the app's client must be a sync one here; use `await client.authorization(…)` instead"
            )
        header_dict["Authorization"] = authorize(self)

    def _land(self, error: Exception | None) -> None:
        flight, self._flight = self._flight, None
        if flight is None:
            return
        if error is None:
            flight.set_result(None)
        else:
            flight.set_exception(error)


class RefreshTokenAuthorizer(RenewingAuthorizer):
    """Access tokens that a refresh token renews: 60 s before their end, and when the service refuses one.

    One authorizer serves any number of clients, threads and tasks; those that find the token at its end together make
    one renewal. A renewal before the end that fails is no error as long as the old token is good. A refresh token that
    is revoked or too old makes the call raise `LoginRequiredError`.

    Parameters: `refresh_token` of one resource server; `auth_client`, the app it was given to; optionally the
    `access_token` that came with it and its `expires_at` in seconds since the epoch (without both, the first call
    makes a renewal); `on_refresh`, called with each new `TokenResponse`, to store what is in it, a new refresh token
    too; `clock`, the time in seconds since the epoch.
    """

    def __init__(
        self,
        refresh_token: str,
        auth_client: TokenClient,
        access_token: str | None = None,
        expires_at: float | None = None,
        on_refresh: "Callable[[TokenResponse], object] | None" = None,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        refresh_token = Secret.of(refresh_token)
        access_token = None if access_token is None else Secret.of(access_token)
        check_text(refresh_token=refresh_token)
        if isinstance(auth_client, type) or not callable(getattr(auth_client, "refresh_token_request", None)):
            raise GlobusUsageError("auth_client: must be the client of the app, such as NativeAppAuthClient(client_id)")
        super().__init__(auth_client, access_token, expires_at, on_refresh, clock)
        self.auth_client = auth_client
        self._refresh_token = refresh_token

    def _request(self) -> "Request[TokenResponse]":
        return self.auth_client.refresh_token_request(self._refresh_token)

    def _keep(self, token: "ResourceServerToken") -> None:
        self._refresh_token = Secret(token.refresh_token or self._refresh_token)


class ClientCredentialsAuthorizer(RenewingAuthorizer):
    """Access tokens for an app itself, whose identity is ``<client_id>@clients.auth.globus.org``, got when needed.

    Renewed 60 s before their end, and when the service refuses one; one authorizer serves any number of clients,
    threads and tasks.

    Parameters: `confidential_client`, the app; `scopes`, of one resource server; optionally an `access_token` that the
    program has kept and its `expires_at` in seconds since the epoch (without both, the first call asks for one);
    `on_refresh`, called with each new `TokenResponse`; `clock`, the time in seconds since the epoch.
    """

    def __init__(
        self,
        confidential_client: CredentialsClient,
        scopes: Scopes,
        access_token: str | None = None,
        expires_at: float | None = None,
        on_refresh: "Callable[[TokenResponse], object] | None" = None,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        access_token = None if access_token is None else Secret.of(access_token)
        given: object = confidential_client
        if isinstance(given, type) or not callable(getattr(given, "client_credentials_request", None)):
            raise GlobusUsageError(
                "confidential_client: must be the client of the app: ConfidentialAppAuthClient(client_id, secret)"
            )
        try:
            self.scopes: str = scopes_to_text("" if cast(object, scopes) is None else scopes)
        except ValueError as error:
            raise GlobusUsageError(f"scopes: {error}") from None
        super().__init__(confidential_client, access_token, expires_at, on_refresh, clock)
        self.confidential_client = confidential_client

    def _request(self) -> "Request[TokenResponse]":
        return self.confidential_client.client_credentials_request(self.scopes)


class _Flight(Future[None]):
    """A renewal that a thread or a task is making. One who waits and is cancelled cannot cancel it for all."""

    def __init__(self) -> None:
        super().__init__()
        self._thread = threading.get_ident()
        self.set_running_or_notify_cancel()

    def result(self, timeout: float | None = None) -> None:
        if self._thread == threading.get_ident() and not self.done():
            raise GlobusUsageError(
                "authorizer: a task of this very thread is renewing the token, and cannot go on while a sync call "
                "waits for it; use the async client in tasks"
            )
        super().result(timeout)


def _the_one(tokens: "TokenResponse") -> "ResourceServerToken":
    found = list(tokens.by_resource_server.values())
    if len(found) != 1:
        raise GlobusUsageError(
            f"authorizer: a renewal must give the token of one resource server, but this one gave {len(found)}"
        )
    check_text(access_token=Secret(found[0].access_token))
    return found[0]


def _is_time(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def check_text(**values: object) -> None:
    """Refuse, by name, what is no text for a header; what is called a token must be one."""
    for name, value in values.items():
        if not isinstance(value, str) or not value or not value.isprintable():
            raise GlobusUsageError(f"{name}: must be a text that is not empty and has no line breaks")
        # The transport would quote the header that it cannot send.
        if name.endswith("token") and (" " in value or not value.isascii()):
            raise GlobusUsageError(f"{name}: must be ASCII without spaces, as tokens are")


def no_authorizer(given: object) -> str | None:
    """What is wrong with what was given as an authorizer; None for one."""
    if isinstance(given, GlobusAuthorizer):
        return None
    return f"authorizer: must be one, such as AccessTokenAuthorizer(token), got {type(given).__name__}"
