"""A look at a stored login before a job waits in a queue: will it last, and will it suffice?"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from globus_typed import registry
from globus_typed.apps.collections import collection_ids
from globus_typed.apps.errors import StoreError, TokenValidationError
from globus_typed.apps.preflight_collections import CollectionChecks
from globus_typed.apps.preflight_report import PreflightItem, PreflightReport
from globus_typed.apps.tokens import TokenStorageData
from globus_typed.core.authorizers import AccessTokenAuthorizer
from globus_typed.core.lazy import Later
from globus_typed.errors import GlobusError, GlobusUsageError, LoginRequiredError
from globus_typed.scopes.scope import Scope, Scopes

if TYPE_CHECKING:
    from globus_typed.apps.login_flows import pending
    from globus_typed.apps.storage import base as stores
else:
    pending = Later("globus_typed.apps.login_flows.pending")
    stores = Later("globus_typed.apps.storage.base")

__all__ = ["preflight"]

_SKEWED, _TOO_SKEWED = 60.0, 300.0
"""Seconds that the clock of the machine may be wrong: to warn of, and that id_tokens are refused for."""


class CheckedApp(Protocol):
    """An app, as far as it is looked at."""

    @property
    def app_name(self) -> str: ...
    @property
    def environment(self) -> str: ...
    @property
    def clock(self) -> Callable[[], float]: ...
    @property
    def renews_itself(self) -> bool: ...
    @property
    def scope_requirements(self) -> dict[str, list[Scope]]: ...
    @property
    def login_client(self) -> "pending.LoginClient": ...
    @property
    def token_storage(self) -> "stores.TokenStorage": ...
    def login_hint(self, scopes: Iterable[Scope] = ()) -> str: ...
    def obtain(self, resource_server: str, known: str | None, is_urgent: bool) -> TokenStorageData: ...
    def lacking(self, scopes: Scopes) -> tuple[str, ...] | None: ...


def preflight(
    app: CheckedApp,
    collections: str | UUID | Iterable[str | UUID],
    *,
    until: datetime | None,
    services: Iterable[str],
    refresh: bool | None,
) -> PreflightReport:
    """The report on the stored login of an app. See `GlobusApp.preflight`."""
    checks = _Checks(app, _checked_until(until, app.clock()), refresh)
    ids = collection_ids(collections)
    needed = _needed(app, services, of_collections=bool(ids))
    items = [*checks.of_store(), *checks.of_clock()]
    for server, scopes in needed.items():
        items += checks.of_tokens(server, scopes)
    if ids:
        tokens = [checks.token(server) for server in ("transfer.api.globus.org", "auth.globus.org")]
        items += CollectionChecks(app, checks.until, *tokens).of_collections(ids)
    failed = any(item.verdict == "fail" for item in items)
    hint = app.login_hint(scope for scopes in needed.values() for scope in scopes) if failed else None
    return PreflightReport(checks.until, tuple(items), hint)


def _checked_until(until: datetime | None, now: float) -> datetime:
    present = datetime.fromtimestamp(now, timezone.utc)
    if until is None:
        return present
    if not isinstance(until, datetime):  # pyright: ignore[reportUnnecessaryIsInstance]  # programs bring anything
        raise GlobusUsageError(f"until: must be a datetime, got {until!r}")
    if until.tzinfo is None:
        raise GlobusUsageError(
            f"until: must have a time zone, such as datetime(…, tzinfo=timezone.utc), got {until.isoformat()}"
        )
    if until < present:
        raise GlobusUsageError(f"until: {until.isoformat()} is in the past")
    return until


def _needed(app: CheckedApp, services: Iterable[str], *, of_collections: bool) -> dict[str, list[Scope]]:
    """The scopes to look for, by resource server: those of the app, of further services, and of collections."""
    needed = app.scope_requirements
    names = [services] if isinstance(services, str) else [*services]
    for name in [*names, *(["transfer"] if of_collections else [])]:
        try:
            service = registry.service(name)
        except LookupError as error:
            raise GlobusUsageError(f"services: {error.args[0]}") from None
        if service.resource_server is None:
            raise GlobusUsageError(f"services: {service.title} has no resource server that all share")
        needed.setdefault(service.resource_server, Scope.parse_all(" ".join(service.default_scopes)))
    return needed


class _Checks:
    """The checks of what is stored, and of this machine."""

    def __init__(self, app: CheckedApp, until: datetime, refresh: bool | None) -> None:
        self.app, self.until, self.refresh = app, until, refresh
        self._stored: dict[str, TokenStorageData] = {}

    def of_store(self) -> Iterator[PreflightItem]:
        storage = self.app.token_storage
        try:
            self._stored = storage.get_token_data_by_resource_server()
        except StoreError as error:
            yield PreflightItem("store", storage.location, "fail", str(error))
            return
        if not storage.is_shared and not self.app.renews_itself:
            detail = "it is gone with this process, and another one has no tokens"
            yield PreflightItem("store_writable", storage.location, "warn", detail)
        check: Callable[[], None] | None = getattr(storage, "check_writable", None)
        if check is not None:
            try:
                check()
            except StoreError as error:
                detail = f"renewed tokens cannot be stored from here: {error}"
                yield PreflightItem("store_writable", storage.location, "warn", detail)
            else:
                yield PreflightItem("store_writable", storage.location, "ok", "renewed tokens can be stored")

    def of_clock(self) -> Iterator[PreflightItem]:
        from email.utils import parsedate_to_datetime

        from globus_typed.auth.client import AuthClient

        with AuthClient(environment=self.app.environment, app_name=_ascii(self.app.app_name)) as client:
            url = client.base_url
            try:
                http = client.get_openid_configuration().http
                date = parsedate_to_datetime(http.headers.get("Date", "") if http is not None else "")
            except (GlobusError, ValueError, TypeError) as error:
                reason = str(error) if isinstance(error, GlobusError) else "its response has no date"
                yield PreflightItem("clock", url, "warn", f"the clock of this machine could not be checked: {reason}")
                return
        skew = self.app.clock() - date.timestamp()
        words = f"the clock of this machine is {abs(skew):.0f} seconds {'fast' if skew > 0 else 'slow'}"
        if abs(skew) > _TOO_SKEWED:
            yield PreflightItem("clock", url, "fail", f"{words}; set it, or logins are refused")
        elif abs(skew) > _SKEWED:
            yield PreflightItem("clock", url, "warn", f"{words}; set it")
        else:
            yield PreflightItem("clock", url, "ok", "the clock of this machine is right")

    def of_tokens(self, server: str, scopes: list[Scope]) -> Iterator[PreflightItem]:
        token = self._stored.get(server)
        if token is None:
            if self.app.renews_itself:
                yield PreflightItem("stored_tokens", server, "ok", "none yet; the app gets them by its secret")
            else:
                yield PreflightItem("stored_tokens", server, "fail", "there are none; log in")
            return
        taken = self._is_taken(token)
        if taken is False and not self.app.renews_itself:
            detail = "Globus Auth does not take them any more: they were revoked; log in"
            yield PreflightItem("stored_tokens", server, "fail", detail)
        else:
            detail = "there are some" if taken is None else "there are some, which Globus Auth takes"
            yield PreflightItem("stored_tokens", server, "ok", detail)
        granted = set(token.scope.split())
        lacking = [scope.scope_string for scope in scopes if scope.scope_string not in granted and not scope.optional]
        if lacking:
            yield PreflightItem("scopes", server, "fail", f"the token lacks {', '.join(lacking)}; log in for them")
        else:
            yield PreflightItem("scopes", server, "ok", "the token has them")
        yield from self._of_consents(server, [scope for scope in scopes if scope.dependencies])
        yield from self._of_life(server, token)

    def _is_taken(self, token: TokenStorageData) -> bool | None:
        """Whether Globus Auth takes what the login rests on; None where it cannot be asked, or need not."""
        if token.refresh_token is None and token.expires_at_seconds <= self.app.clock():
            return None
        try:
            client = self.app.login_client
            return client.oauth2_validate_token(token.refresh_token or token.access_token).active
        except GlobusError:
            return None

    def _of_consents(self, server: str, scopes: list[Scope]) -> Iterator[PreflightItem]:
        lacking = self.app.lacking(scopes) if scopes else ()
        if lacking is None:
            yield PreflightItem("consents", server, "warn", "the consents could not be read")
            return
        required = [path for path in lacking if _is_required(Scope.parse(path), scopes)]
        if required:
            yield PreflightItem("consents", server, "fail", f"there is no consent to {', '.join(required)}; log in")
        for path in lacking:
            if path not in required:
                yield PreflightItem("consents", server, "warn", f"there is no consent to {path}, which is optional")
        if scopes and not lacking:
            yield PreflightItem("consents", server, "ok", "they are given")

    def _of_life(self, server: str, token: TokenStorageData) -> Iterator[PreflightItem]:
        ends = datetime.fromtimestamp(token.expires_at_seconds, timezone.utc)
        lasts, expired = ends > self.until, token.expires_at_seconds <= self.app.clock()
        renewable = token.refresh_token is not None or self.app.renews_itself
        means = "its secret" if self.app.renews_itself else "the refresh token"
        if lasts:
            yield PreflightItem("access_token", server, "ok", f"valid until {ends.isoformat()}")
        elif renewable:
            word = "expired" if expired else "expires"
            yield PreflightItem("access_token", server, "ok", f"{word} at {ends.isoformat()}; renewed by {means}")
        if self.app.renews_itself:
            pass
        elif token.refresh_token is not None:
            yield PreflightItem("refresh_token", server, "ok", "stored")
        elif lasts:
            yield PreflightItem("refresh_token", server, "ok", "there is none, and none is needed until then")
        else:
            when = "expired" if expired else "expires before the end"
            detail = f"there is none, and the access token {when}, at {ends.isoformat()}; log in with refresh tokens"
            yield PreflightItem("refresh_token", server, "fail", detail)
        if renewable and (self.refresh or (self.refresh is None and expired)):
            yield self._of_renewal(server, token)

    def _of_renewal(self, server: str, token: TokenStorageData) -> PreflightItem:
        try:
            self._stored[server] = self.app.obtain(server, token.access_token, False)
        except (LoginRequiredError, TokenValidationError) as error:
            del self._stored[server]
            return PreflightItem("refresh", server, "fail", f"the token could not be renewed: {error}; log in")
        except GlobusError as error:
            return PreflightItem("refresh", server, "warn", f"the token could not be renewed now: {error}")
        return PreflightItem("refresh", server, "ok", "the token was renewed")

    def token(self, server: str) -> AccessTokenAuthorizer | None:
        """The authorizer for calls that look at collections; None without a valid token."""
        token = self._stored.get(server)
        if token is None and self.app.renews_itself and self.refresh is not False:
            try:
                token = self._stored[server] = self.app.obtain(server, None, False)
            except GlobusError:
                return None
        if token is None or token.expires_at_seconds <= self.app.clock():
            return None
        return AccessTokenAuthorizer(token.access_token)


def _is_required(path: Scope, scopes: Iterable[Scope]) -> bool:
    """Whether none of the dependencies on the way may be declined."""
    return any(
        scope.scope_string == path.scope_string
        and not scope.optional
        and all(_is_required(dependency, scope.dependencies) for dependency in path.dependencies)
        for scope in scopes
    )


def _ascii(name: str) -> str:
    return name.encode("ascii", "replace").decode()
