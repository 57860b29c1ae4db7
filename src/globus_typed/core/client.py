# Generated from async_client.py by tools/unasync.py: change that file.
"""`Client`: the loop of a call. Authorize, send, decide whether to send again, decode."""

from __future__ import annotations

import copy
import logging
import time
from collections.abc import Callable
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, ClassVar, TypedDict

from typing_extensions import Self

from globus_typed import config
from globus_typed._version import __version__
from globus_typed.core.apps import App, checked_app, header_name, login_may_help
from globus_typed.core.authorizers import AccessTokenAuthorizer, GlobusAuthorizer, no_authorizer
from globus_typed.core.concurrency import call, owner, sleep, to_the_end, wait
from globus_typed.core.connections import Connections
from globus_typed.core.forks import OneProcess
from globus_typed.core.http_info import Secret
from globus_typed.core.lazy import Later
from globus_typed.core.low_level import LowLevelCalls
from globus_typed.core.renewal import Flight, Renewal
from globus_typed.core.request import DocumentT, Request
from globus_typed.core.retry import RetryPolicy
from globus_typed.errors import GlobusAPIError, GlobusError, GlobusUsageError, ResponseShapeError
from globus_typed.scopes.scope import Scope, Scopes

if TYPE_CHECKING:
    import httpx
else:
    httpx = Later("httpx")

_log = logging.getLogger("globus_typed")


class ClientOptions(TypedDict, total=False):
    """The options that every client takes: see `Client`."""

    app: App | None
    app_scopes: Scopes | None
    environment: str | None
    base_url: str | None
    app_name: str | None
    timeout: float | None
    retry: RetryPolicy | None
    http_client: httpx.Client | None
    clock: Callable[[], float]
    sleep: Callable[[float], None]


class Client(OneProcess, LowLevelCalls):
    """Base class of service clients. Use the client of a service, such as `TransferClient`.

    A client may be shared by any number of threads. It opens its connections at the first call; `with` or
    `close()` closes them.

    Parameters: `authorizer` for all calls (None: that of the `app`, else a token from the configuration if there is one
    and this is the configured address, else no authorization); `app`, such as a `UserApp`, which logs in and keeps the
    tokens; `app_scopes`, what to ask for there (None: what the client needs); `environment` and `base_url`, where the
    service is (see `globus_typed.config`); `app_name`, sent in the User-Agent; `timeout` in seconds, for connect, read
    and write, each (None: as configured, 60 by default; -1: no limit); `retry`; `http_client`, an `httpx.Client`
    of your own, which you also close; `clock` and `sleep`, for tests.

    Of an `http_client`, the transport, proxies, certificates, headers, cookies and event hooks are used; its timeout
    too, unless it is httpx's own or a `timeout` is given. What a hook raises becomes a `GlobusError`: after
    ``response.raise_for_status()`` the exception of the service, which knows the status alone if the hook has not read
    the response. Redirects are never followed. One with `auth`, an Authorization header, `params` or another `base_url`
    is refused with `GlobusUsageError`.
    """

    error_class: ClassVar[type[GlobusAPIError]] = GlobusAPIError
    """The exception raised when the service refuses a request."""

    _instead: ClassVar[str] = (
        "its connections and tokens stay in this process. All threads and tasks can share it, and `with_options` makes "
        "one with other options over the same connections; in another process, make a new client there. One of an app "
        "whose token store is a file can be pickled"
    )

    resource_server: str | None = None
    """The resource server that tokens for the client are for; None where that is not known before the first call."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.resource_server = cls.service.resource_server

    def __init__(
        self,
        authorizer: GlobusAuthorizer | None = None,
        *,
        app: App | None = None,
        app_scopes: Scopes | None = None,
        environment: str | None = None,
        base_url: str | None = None,
        app_name: str | None = None,
        timeout: float | None = None,
        retry: RetryPolicy | None = None,
        http_client: httpx.Client | None = None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = sleep,
    ) -> None:
        if authorizer is not None and (problem := no_authorizer(authorizer)):
            authorizer = None  # it may be a token, which no traceback is to show
            raise GlobusUsageError(problem)
        if app is not None:
            authorizer = self._attached(app, app_scopes, authorizer, environment)
            environment = app.environment
            app_name = header_name(app) if app_name is None else app_name
        elif app_scopes is not None:
            raise GlobusUsageError("app_scopes: are those of an app; give app=… too")
        self.app: App | None = app
        self.environment: str = config.environment_name(environment)
        _check_kind("retry", retry, RetryPolicy)
        self.base_url: str = (
            config.service_url(self.service, environment)
            if base_url is None
            else config.checked_url(base_url, "base_url")
        )
        # That of an app stands in its place.
        self._configured: GlobusAuthorizer | None = None
        if authorizer is None and self.service.name and (token := config.access_token(self.service, self.base_url)):
            authorizer = self._configured = AccessTokenAuthorizer(token)
        self.authorizer: GlobusAuthorizer | None = authorizer
        self.retry: RetryPolicy = RetryPolicy() if retry is None else retry
        self._timeouts: dict[str, float | None] | None = None
        if http_client is not None:
            from globus_typed.core.transport import checked_http_client

            self._timeouts = checked_http_client(http_client, self.base_url)
        self.timeout: float | None
        if timeout is not None:
            self.timeout, self._timeouts = config.checked_timeout(timeout), None
        else:
            self.timeout = config.http_timeout() if self._timeouts is None else self._timeouts["read"]
        self.clock = clock
        self.sleep = sleep
        self._connections = Connections(http_client, config.verify_ssl(environment))
        self.set_app_name(app_name)

    def set_app_name(self, app_name: str | None) -> None:
        """Tell the service which app is calling, in the User-Agent."""
        self.app_name: str | None = None if app_name is None else config.checked_app_name(app_name)
        agent = f"globus-typed/{__version__}"
        self._headers = {
            **self._connections.given_headers,
            "accept": "application/json",
            "accept-encoding": "gzip, deflate",
            "user-agent": f"{agent} {app_name}" if app_name else agent,
        }

    def attach_globus_app(self, app: App, app_scopes: Scopes | None = None) -> None:
        """Have an app log in and keep the tokens, as with ``app=`` for the constructor. Nothing is sent.

        Parameters: `app`, such as a `UserApp`; `app_scopes`, what to ask for there (None: what the client needs).
        Raises `GlobusUsageError` if the client has an app or an authorizer, or is for another environment than the app
        or for no service that an app could have tokens for.
        """
        if self.app is not None:
            raise GlobusUsageError(
                f"app: the client has one, {self.app.app_name!r}, and can have no other; make another client for it"
            )
        own = None if self.authorizer is self._configured else self.authorizer
        self.authorizer = self._attached(app, app_scopes, own, self.environment)
        self.app, self._configured = app, None
        if self.app_name is None:
            self.set_app_name(header_name(app))

    def add_app_scope(self, scope_collection: Scopes) -> Self:
        """Have the app of the client ask for more scopes. Nothing is sent.

        Tokens that lack them are replaced at the next call; for scopes with dependencies, ``app.login()`` asks.
        Raises `GlobusUsageError` for a client without an app, and for what is no scope of the service.
        """
        if self.app is None or self.resource_server is None:
            raise GlobusUsageError(
                "app: the client has none, so that nobody asks for scopes; make it with app=…, or attach_globus_app"
            )
        self.app.authorizer_for(self.resource_server, scope_collection)
        return self

    @property
    def default_scope_requirements(self) -> list[Scope]:
        """The scopes that the client asks for where it is given an app without `app_scopes`."""
        return Scope.parse_all(" ".join(self.service.default_scopes))

    def _attached(
        self, app: App, app_scopes: Scopes | None, authorizer: GlobusAuthorizer | None, environment: str | None
    ) -> GlobusAuthorizer | None:
        """The authorizer that an app gives; None from a client that can ask for one only at its first call."""
        scopes = self.service.default_scopes if app_scopes is None else app_scopes
        checked_app(app, authorizer=authorizer, environment=environment)
        if self.resource_server is None:
            raise GlobusUsageError(
                f"app: {self.service.title or type(self).__name__} has no resource server that an app could have "
                "tokens for"
            )
        return app.authorizer_for(self.resource_server, scopes)

    def with_options(
        self, *, timeout: float | None = None, retry: RetryPolicy | None = None, app_name: str | None = None
    ) -> Self:
        """A client with other options over the same connections; this one stays as it is.

        Parameters: as for the constructor; None keeps the option of this client.
        """
        _check_kind("retry", retry, RetryPolicy)
        other = object.__new__(type(self))
        vars(other).update(vars(self))
        if timeout is not None:
            other.timeout, other._timeouts = config.checked_timeout(timeout), None
        other.retry = self.retry if retry is None else retry
        other.set_app_name(self.app_name if app_name is None else app_name)
        return other

    def with_own_connections(self) -> Self:
        """A client with the same options over connections of its own, unless they are those of your `http_client`.

        For work in another event loop, at whose end they are to be closed, and those of this client are not.
        """
        other = self.with_options()
        if not self._connections.is_given:
            other._connections = Connections(None, config.verify_ssl(self.environment))
        return other

    def send(self, request: Request[DocumentT]) -> DocumentT:
        """The document in the response to a request. Every method of a client goes through here.

        Raises `GlobusAPIError` when the service refuses the request, `NetworkError` when no response comes,
        `ResponseShapeError` when the response is not the document expected.
        """
        # Not before the first call: httpx takes longer to import than all else.
        from globus_typed.core.wire import decode, encode, http_info, network_error

        error_class = request.error_class or self.error_class
        began = self.clock()
        attempt = redriven = 0
        renewed = False
        while True:
            attempt += 1
            logins = 0 if self.app is None else self.app.logins
            authorization = self.authorization() if request.authorization is None else None
            timeout = self.retry.attempt_timeout(self.timeout, self.clock() - began)
            http_request = encode(request, self.base_url, self._headers, authorization, timeout)
            if self._timeouts is not None and self._timeouts["read"] == self.timeout:
                http_request.extensions["timeout"] = {
                    name: self.retry.attempt_timeout(seconds, self.clock() - began)
                    for name, seconds in self._timeouts.items()
                }
            send = self._connections.http.send
            try:
                response = send(http_request)
            except GlobusError:
                raise
            except Exception as error:  # whatever breaks beneath, httpx's own exceptions and others
                broken = network_error(error, http_request)
                failure = self._connections.misused(error) or broken
                delay = self.retry.delay(request, failure, attempt, self.clock() - began)
                if delay is None:
                    raise failure from error
                reason = str(failure)
            else:
                if _log.isEnabledFor(logging.DEBUG):
                    _log.debug("%s %s: %d", request.method, http_request.url.path, response.status_code)
                http = http_info(response, attempt, self.clock())
                if http.status == 401 and not renewed and self._has_better(request, http_request, authorization):
                    renewed = True
                    continue
                try:
                    return decode(request, http, error_class)
                except (GlobusAPIError, ResponseShapeError) as error:
                    if (
                        self.app is not None
                        and login_may_help(error, request)
                        and call(partial(self.app.redrive, error, logins, redriven))
                    ):
                        redriven += 1
                        continue
                    delay = self.retry.delay(request, error, attempt, self.clock() - began)
                    if delay is None:
                        raise
                    reason = str(error)
            _log.info("%s %s again in %.2f s: %s", request.method, http_request.url.path, delay, reason)
            self.sleep(delay)

    def authorization(self, authorizer: GlobusAuthorizer | None = None) -> Secret | None:
        """The Authorization header to send now, after a renewal if one is due; None for no header.

        Parameters: `authorizer`, this client's own by default.
        """
        authorizer = self.authorizer if authorizer is None else authorizer
        if authorizer is None:
            return None
        while (renewal := authorizer.renewal()) is not None:
            # A new refresh token must not get lost, even if nobody waits for it any more.
            if renewal.flight is None and to_the_end(self._renew(authorizer, renewal)):
                # If this one has expired already, the next would be no better.
                break
            if renewal.is_urgent and renewal.flight is not None:
                try:
                    wait(renewal.flight)
                except GlobusError as error:
                    raise copy.copy(error) from error.__cause__
        return authorizer.header()

    def _renew(self, authorizer: GlobusAuthorizer, renewal: Renewal) -> bool:
        """Make the renewal, unless somebody else was quicker: then, or if it failed early, this is False."""
        flight = Flight(owner())
        if not renewal.begin(flight):
            return False
        sender = renewal.client if isinstance(renewal.client, Client) else self
        try:
            making = renewal.request
            tokens = call(making) if callable(making) else sender.send(making)
        except BaseException as error:
            if not authorizer.give_up(error, flight):
                raise
            return False
        authorizer.accept(tokens, flight)
        return True

    def close(self) -> None:
        """Close the connections, except those of an `http_client` of your own."""
        self._connections.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        self.close()

    def __getstate__(self) -> dict[str, object]:
        if self.app is None or self._connections.is_given:
            raise self._not_copied()
        # The app opens its token store in the other process, and holds no secret itself.
        return {name: value for name, value in vars(self).items() if name != "_connections"}

    def __setstate__(self, state: dict[str, object]) -> None:
        vars(self).update(state)
        environment = None if self.app is None else self.app.environment
        self._connections = Connections(None, config.verify_ssl(environment))

    def __repr__(self) -> str:
        # A traceback may show one that was not made to the end.
        shown = {name: vars(self).get(name) for name in ("base_url", "authorizer")}
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in shown.items())})"

    def _has_better(self, request: Request[DocumentT], sent: httpx.Request, authorization: Secret | None) -> bool:
        if not request.retry_401 or authorization is None or self.authorizer is None:
            return False
        # A 401 from another origin, where the token does not go, says nothing about the token.
        if sent.headers.get("Authorization") != authorization:
            return False
        return self.authorizer.reject(authorization)


def _check_kind(name: str, given: object, kind: type[object]) -> None:
    if given is not None and not isinstance(given, kind):
        raise GlobusUsageError(f"{name}: must be a {kind.__module__}.{kind.__name__}, got {type(given).__name__}")
