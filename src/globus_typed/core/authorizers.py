"""Authorizers: the Authorization header, and when it has to be renewed. They hold state and do no I/O.

A client asks an authorizer for its `renewal`. The first to ask makes the call and hands the response to `accept`; all
others that ask meanwhile, in threads and tasks, wait for the same renewal.
"""

import base64
import inspect
import math
from abc import ABC, abstractmethod
from collections.abc import Callable, MutableMapping
from typing import ClassVar, NamedTuple

from globus_typed.core import forks
from globus_typed.core.concurrency import async_call
from globus_typed.core.documents import Document
from globus_typed.core.http_info import Secret
from globus_typed.core.httpx_auth import HTTPXAuth
from globus_typed.core.renewal import Flight, Renewal, Runway
from globus_typed.core.request import Request
from globus_typed.errors import GlobusUsageError

__all__ = [
    "AccessTokenAuthorizer",
    "BasicAuthorizer",
    "GlobusAuthorizer",
    "NullAuthorizer",
    "RenewingAuthorizer",
    "check_text",
    "early",
    "no_authorizer",
]

_EARLY = 60.0
"""The most seconds before a token expires that it is renewed."""
_LONGEST = 10**12
"""Seconds that a token may be valid, at most: an integer can be greater than any float."""


class _Secretive(forks.OneProcess):
    _instead: ClassVar[str] = (
        "its secrets stay in this process. All clients, threads and tasks can share it; in another process, make a new "
        "authorizer there, from a token that you give to that process yourself"
    )


class GlobusAuthorizer(HTTPXAuth):
    """Base class of authorizers. One is an `httpx.Auth` too: ``httpx.get(url, auth=authorizer)``.

    For one of your own, override `set_authorization_header` or `get_authorization_header`, and, where a refused header
    can be replaced, `handle_missing_authorization`. Both are called from all threads and tasks of a client.
    """

    def header(self) -> Secret | None:
        """The Authorization header as it is now; None for no header."""
        own = type(self)
        given: object
        if own.get_authorization_header is not GlobusAuthorizer.get_authorization_header:
            given = self.get_authorization_header()
        elif own.set_authorization_header is not GlobusAuthorizer.set_authorization_header:
            headers: dict[str, str] = {}
            self.set_authorization_header(headers)
            given = next((value for name, value in headers.items() if name.lower() == "authorization"), None)
        else:
            raise GlobusUsageError(_nothing_overridden(own))
        if given is None:
            return None
        given = Secret.of(given)
        check_text(**{f"{own.__name__}: Authorization": given})
        if not given.isascii():
            raise GlobusUsageError(f"{own.__name__}: Authorization: must be ASCII")
        return given

    def renewal(self) -> Renewal | None:
        """The renewal that must be made, or waited for, before `header` may be used; None if none is due."""
        return None

    def accept(self, tokens: Document, flight: Flight | None = None) -> None:
        """Take the response to a renewal."""

    def give_up(self, error: BaseException, flight: Flight | None = None) -> bool:
        """Note that a renewal failed; True if `header` is still valid."""
        return False

    def reject(self, header: Secret | None) -> bool:
        """Note that the service refused this header with 401; True if another attempt would have a new one."""
        if type(self).handle_missing_authorization is GlobusAuthorizer.handle_missing_authorization:
            return False
        return bool(self.handle_missing_authorization())

    def set_authorization_header(self, header_dict: MutableMapping[str, str]) -> None:
        """Set the Authorization header in the dict."""
        header = self.header()
        if header is not None:
            header_dict["Authorization"] = header

    def get_authorization_header(self) -> str | None:
        """The Authorization header, after a renewal if one is due; None for no header."""
        headers: dict[str, str] = {}
        self.set_authorization_header(headers)
        return headers.get("Authorization")

    def _valid_header(self) -> Secret | None:
        header = self.get_authorization_header()
        return None if header is None else Secret(header)

    def handle_missing_authorization(self) -> bool:
        """Note a 401; True if the next header may be a new one."""
        # An override that asks this method too would otherwise be asked again, for ever.
        return type(self).reject is not GlobusAuthorizer.reject and self.reject(self.header())

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


class BasicAuthorizer(_Secretive, GlobusAuthorizer):
    """HTTP Basic authentication with a name and a password, as confidential apps use it."""

    def __init__(self, username: str, password: str) -> None:
        password = Secret.of(password)
        check_text(username=username, password=password)
        if ":" in username:
            raise GlobusUsageError("username: must not contain a colon")
        self._header = Secret("Basic " + base64.b64encode(f"{username}:{password}".encode()).decode())

    def header(self) -> Secret:
        return self._header


class AccessTokenAuthorizer(_Secretive, GlobusAuthorizer):
    """One access token, used until the service refuses it."""

    def __init__(self, access_token: str) -> None:
        access_token = Secret.of(access_token)
        check_text(access_token=access_token)
        self._header = Secret(f"Bearer {access_token}")

    def header(self) -> Secret:
        return self._header


class RenewingAuthorizer(_Secretive, GlobusAuthorizer, ABC):
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
        header = None if access_token is None else Secret(f"Bearer {access_token}")
        expires_at = expires_at if header is not None and expires_at is not None else 0.0
        # No lock guards these: an exception between two lines could leave it locked for ever. Each is changed by one
        # assignment, and what goes together is one value.
        self._token = _Token(header, expires_at, expires_at - _EARLY)
        self._rejected: _Token | None = None
        self._postponed_to = 0.0
        self._runway = Runway()
        self._clock = clock
        forks.watch(self)

    @abstractmethod
    def _request(self, *, is_urgent: bool) -> Request[Document] | Callable[[], Document]:
        """The request that gets the next token, or the function that does; urgent if there is no valid one."""

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
        token = self._token
        if token is self._rejected or not math.isfinite(token.expires_at):
            return None
        return int(token.expires_at) or None

    def header(self) -> Secret | None:
        return self._token.header

    @property
    def access_token(self) -> str | None:
        """The access token as it is now, which may have expired; None if there is none yet."""
        header = self._token.header
        return None if header is None else Secret(header.removeprefix("Bearer "))

    def ensure_valid_token(self) -> None:
        """Renew the token if that is due, so that `access_token` is valid.

        Raises like the call of the app's client that makes the renewal; `GlobusUsageError` if that client is async:
        ``await client.authorization(authorizer)`` does it there.
        """
        self.set_authorization_header({})

    def renewal(self) -> Renewal | None:
        # Asked first: a renewal that has ended by now makes this one not due, and a later one is found in this place.
        place = self._runway.place()
        token = self._token
        now = self._clock()
        valid = now < token.expires_at and token is not self._rejected
        if valid and (now < max(token.renew_at, self._postponed_to) or "flight" in place):
            return None
        return Renewal(self._request(is_urgent=not valid), self._client, place, is_urgent=not valid)

    def accept(self, tokens: Document, flight: Flight | None = None) -> None:
        try:
            access_token, expires_in = self._read(tokens)
        except BaseException as error:
            self.give_up(error, flight)
            raise
        self._keep(tokens)  # first, since it cannot be had again
        now = self._clock()
        # Without an expiry it is valid until it is refused.
        lifetime = math.inf if expires_in is None else float(min(max(0, expires_in), _LONGEST))
        renew_at = now + lifetime - early(lifetime)
        self._token = _Token(Secret(f"Bearer {access_token}"), now + lifetime, renew_at)
        if flight is not None:
            flight.land()
        self._tell(tokens)

    def give_up(self, error: BaseException, flight: Flight | None = None) -> bool:
        token = self._token
        now = self._clock()
        good = (
            isinstance(error, Exception)
            and token.header is not None
            and token is not self._rejected
            and now < token.expires_at
        )
        if good:
            # The next call need not try again at once.
            self._postponed_to = now + _EARLY / 4
        if flight is not None:
            # If it was only cancelled, the next in line makes the renewal.
            flight.land(error if isinstance(error, Exception) and not good else None)
        return good

    def reject(self, header: Secret | None) -> bool:
        token = self._token
        # A late 401 for an older token says nothing about the new one.
        if header == token.header:
            self._rejected = token
        return True

    def set_authorization_header(self, header_dict: MutableMapping[str, str]) -> None:
        """Set the Authorization header in the dict, after a renewal by the app's client if one is due."""
        authorize = getattr(self._client, "authorization", None)
        if authorize is None or inspect.iscoroutinefunction(authorize):
            raise GlobusUsageError(
                "authorizer: the app's client must be a sync one here; use `await client.authorization(…)` instead"
            )
        header_dict["Authorization"] = authorize(self)

    async def _async_valid_header(self) -> Secret | None:
        authorize: Callable[..., Secret | None] | None = getattr(self._client, "authorization", None)
        if inspect.iscoroutinefunction(authorize):
            renewed: Secret | None = await authorize(self)
            return renewed
        return await async_call(self._valid_header)

    def after_fork(self) -> object:
        # A thread that does not exist here may be making the renewal.
        runway, self._runway = self._runway, Runway()
        return runway


def early(lifetime: float) -> float:
    """The seconds before its end that a token valid for so long is renewed: a minute, or a tenth of a short life."""
    return min(_EARLY, lifetime / 10)


class _Token(NamedTuple):
    header: Secret | None
    expires_at: float
    renew_at: float


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


def _nothing_overridden(own: type[GlobusAuthorizer]) -> str:
    return f"{own.__name__}: must override set_authorization_header or get_authorization_header of GlobusAuthorizer"


def no_authorizer(given: object) -> str | None:
    """The reason why a value is no authorizer; None for one."""
    if isinstance(given, GlobusAuthorizer):
        own = type(given)
        overridden = any(
            getattr(own, name) is not getattr(GlobusAuthorizer, name)
            for name in ("header", "get_authorization_header", "set_authorization_header")
        )
        return None if overridden else f"authorizer: {_nothing_overridden(own)}"
    return f"authorizer: must be an authorizer, such as AccessTokenAuthorizer(token), got {type(given).__name__}"
