"""Authorizers: the Authorization header, and when it has to be renewed. They hold state and do no I/O.

A client asks an authorizer for its `renewal`. The first to ask makes the call and hands the response to `accept`; all
others that ask meanwhile, in threads and tasks, wait for the same renewal.
"""

import base64
import inspect
import math
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, MutableMapping

from globus_typed.core.documents import Document
from globus_typed.core.http_info import Secret
from globus_typed.core.renewal import Flight, Renewal
from globus_typed.core.request import Request
from globus_typed.errors import GlobusUsageError

__all__ = [
    "AccessTokenAuthorizer",
    "BasicAuthorizer",
    "GlobusAuthorizer",
    "NullAuthorizer",
    "RenewingAuthorizer",
    "check_text",
    "no_authorizer",
]

_EARLY = 60.0
"""Seconds before a token expires that it is renewed."""


class GlobusAuthorizer(ABC):
    """Base class of authorizers."""

    @abstractmethod
    def header(self) -> Secret | None:
        """The Authorization header as it is now; None for no header."""

    def renewal(self) -> Renewal | None:
        """The renewal that must be made before `header` may be used; None if none is due."""
        return None

    def accept(self, tokens: Document) -> None:  # noqa: B027  # most never renew, and are never asked to
        """Take the response to a renewal that was ours."""

    def give_up(self, error: BaseException) -> bool:
        """Note that a renewal that was ours failed; True if `header` is still valid."""
        return False

    def reject(self, header: Secret | None) -> bool:
        """Note that the service refused this header with 401; True if another attempt would have a new one."""
        return False

    def set_authorization_header(self, header_dict: MutableMapping[str, str]) -> None:
        """Set the Authorization header in the dict."""
        header = self.header()
        if header is not None:
            header_dict["Authorization"] = header

    def handle_missing_authorization(self) -> bool:
        """Note a 401; True if the next header may be a new one."""
        return self.reject(self.header())

    def __repr__(self) -> str:
        return f"{type(self).__name__}(<redacted>)"


class NullAuthorizer(GlobusAuthorizer):
    """No authorization: calls go out without the header."""

    def header(self) -> None:
        return None

    def set_authorization_header(self, header_dict: MutableMapping[str, str]) -> None:
        """Remove the Authorization header from the dict."""
        header_dict.pop("Authorization", None)

    def __repr__(self) -> str:
        return "NullAuthorizer()"


class BasicAuthorizer(GlobusAuthorizer):
    """HTTP Basic authentication with a name and a password, as confidential apps use it."""

    def __init__(self, username: str, password: str) -> None:
        password = Secret.of(password)
        check_text(username=username, password=password)
        if ":" in username:
            raise GlobusUsageError("username: must not contain a colon")
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
    """Base class of authorizers that get new access tokens: 60 s before one expires, and when one is refused.

    One authorizer serves any number of clients, threads and tasks; those that find the token expired together make
    one renewal. A renewal that fails early is no error while the old token is valid.
    """

    def __init__(
        self,
        client: object,
        access_token: str | None,
        expires_at: float | None,
        clock: Callable[[], float],
    ) -> None:
        access_token = None if access_token is None else Secret.of(access_token)
        if access_token is not None:
            check_text(access_token=access_token)
        if expires_at is not None and not _is_time(expires_at):
            raise GlobusUsageError(f"expires_at: must be seconds since the epoch, got {expires_at!r}")
        if not callable(clock):
            raise GlobusUsageError(f"clock: must be a function such as time.time, got {type(clock).__name__}")
        self._client = client
        self._header = None if access_token is None else Secret(f"Bearer {access_token}")
        self._expires_at = expires_at if access_token is not None and expires_at is not None else 0.0
        self._renew_at = self._expires_at - _EARLY
        self._clock = clock
        self._lock = threading.Lock()
        self._flight: Flight | None = None

    @abstractmethod
    def _request(self) -> Request[Document]:
        """The request that gets the next token."""

    @abstractmethod
    def _read(self, tokens: Document) -> tuple[str, float | None]:
        """The access token that a response holds, and how many seconds it is valid; None for no limit."""

    def _keep(self, tokens: Document) -> None:
        """Keep what the next renewal needs of this response."""

    def _tell(self, tokens: Document) -> None:
        """Tell the program of the new tokens, which are in use by now."""

    @property
    def expires_at(self) -> int | None:
        """When the access token expires, in seconds since the epoch; None if there is no valid token, or no expiry."""
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
            self._flight = self._flight or Flight()
            return Renewal(request, self._client, self._flight, ours)

    def accept(self, tokens: Document) -> None:
        try:
            access_token, expires_in = self._read(tokens)
        except GlobusUsageError as error:
            self.give_up(error)
            raise
        with self._lock:
            now = self._clock()
            # Without an expiry it is valid until it is refused.
            lifetime = math.inf if expires_in is None else max(0.0, expires_in)
            self._header = Secret(f"Bearer {access_token}")
            self._keep(tokens)
            self._expires_at = now + lifetime
            # A token valid for less than two minutes would otherwise be renewed at every call.
            self._renew_at = self._expires_at - min(_EARLY, lifetime / 2)
            self._land(None)
        self._tell(tokens)

    def give_up(self, error: BaseException) -> bool:
        with self._lock:
            now = self._clock()
            good = isinstance(error, Exception) and self._header is not None and now < self._expires_at
            if good:
                # The next call need not try again at once.
                self._renew_at = min(self._expires_at, now + _EARLY / 4)
            # If it was only cancelled, the next in line makes the renewal.
            self._land(error if isinstance(error, Exception) and not good else None)
            return good

    def reject(self, header: Secret | None) -> bool:
        with self._lock:
            # A late 401 for an older token says nothing about the new one.
            if header == self._header:
                self._expires_at = self._renew_at = 0.0
            return True

    def set_authorization_header(self, header_dict: MutableMapping[str, str]) -> None:
        """Set the Authorization header in the dict, after a renewal by the app's client if one is due."""
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


def _is_time(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def check_text(**values: object) -> None:
    """`GlobusUsageError`, by name, for a value that no header can carry; one that is called a token must be one."""
    for name, value in values.items():
        if not isinstance(value, str) or not value or not value.isprintable():
            raise GlobusUsageError(f"{name}: must be a string that is not empty and has no line breaks")
        # The transport would quote the header that it cannot send.
        if name.endswith("token") and (" " in value or not value.isascii()):
            raise GlobusUsageError(f"{name}: must be ASCII without spaces, as tokens are")


def no_authorizer(given: object) -> str | None:
    """The reason why a value is no authorizer; None for one."""
    if isinstance(given, GlobusAuthorizer):
        return None
    return f"authorizer: must be an authorizer, such as AccessTokenAuthorizer(token), got {type(given).__name__}"
