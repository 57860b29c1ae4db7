"""A look at collections before a job uses them."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Protocol

from globus_typed.apps.preflight_report import PreflightItem
from globus_typed.core.authorizers import AccessTokenAuthorizer
from globus_typed.core.lazy import Later
from globus_typed.errors import GlobusError
from globus_typed.gcs.scopes import CollectionScopes
from globus_typed.scopes.scope import Scope, Scopes
from globus_typed.transfer.scopes import TransferScopes

if TYPE_CHECKING:
    from globus_typed.transfer import documents
    from globus_typed.transfer.client import TransferClient
else:
    documents = Later("globus_typed.transfer.documents")

__all__ = ["CollectionChecks"]


class _App(Protocol):
    @property
    def environment(self) -> str: ...
    @property
    def clock(self) -> Callable[[], float]: ...
    @property
    def renews_itself(self) -> bool: ...
    def lacking(self, scopes: Scopes) -> tuple[str, ...] | None: ...


class CollectionChecks:
    """The checks of collections.

    Parameters: `app`; `until`, when the job will have ended; `transfer` and `auth`, the authorizers for these services
    (None: there is no valid token).
    """

    def __init__(
        self,
        app: _App,
        until: datetime,
        transfer: AccessTokenAuthorizer | None,
        auth: AccessTokenAuthorizer | None,
    ) -> None:
        self._app, self._until, self._transfer, self._auth = app, until, transfer, auth

    def of_collections(self, ids: Iterable[str]) -> Iterator[PreflightItem]:
        """The findings of all collections."""
        if self._transfer is None:
            for each in ids:
                yield PreflightItem("collection", each, "fail", "it was not looked at, for want of a valid token")
            return
        from globus_typed.transfer.client import TransferClient

        authenticated = self._last_authentication()
        with TransferClient(self._transfer, environment=self._app.environment) as client:
            for each in ids:
                try:
                    collection = client.get_endpoint(each)
                except GlobusError as error:
                    yield PreflightItem("collection", each, "fail", f"it cannot be read: {error}")
                    continue
                yield self._of_state(each, collection)
                yield from self._of_session(each, collection, authenticated)
                yield self._of_data_access(each, collection)
                yield self._of_pauses(each, client)

    def _of_state(self, each: str, collection: "documents.Endpoint") -> PreflightItem:
        name = collection.display_name or collection.canonical_name or "it"
        kind = collection.entity_type or "unknown kind"
        if collection.non_functional or kind == "GCSv5_endpoint":
            return PreflightItem("collection", each, "fail", f"{name} is an endpoint, and holds no files itself")
        if collection.gcp_connected is False:
            detail = f"{name} is not connected: start Globus Connect Personal there"
            return PreflightItem("collection", each, "fail", detail)
        if collection.gcp_paused:
            detail = f"{name} is paused: resume Globus Connect Personal there"
            return PreflightItem("collection", each, "warn", detail)
        if kind.endswith("guest_collection") and collection.subscription_id is None:
            detail = f"{name} is a guest collection without a subscription, and may not be usable"
            return PreflightItem("collection", each, "warn", detail)
        return PreflightItem("collection", each, "ok", f"{name} can be seen ({kind})")

    def _of_session(
        self, each: str, collection: "documents.Endpoint", authenticated: datetime | None
    ) -> Iterator[PreflightItem]:
        if collection.mfa_required or collection.authentication_policy_id:
            what = "a second factor" if collection.mfa_required else "a policy"
            detail = f"the login must meet {what}; whether it does, the first call will tell"
            yield PreflightItem("policy", each, "warn", detail)
        minutes = collection.authentication_timeout_mins
        if not minutes:
            return
        allowed = f"needs a login within {minutes} minutes"
        if self._app.renews_itself:
            yield PreflightItem("session_age", each, "warn", f"{allowed}, and an app by itself never logs in")
        elif authenticated is None:
            detail = f"{allowed}; when the last one was is not known without the scope profile"
            yield PreflightItem("session_age", each, "warn", detail)
        else:
            ends = authenticated + timedelta(minutes=minutes)
            now = datetime.fromtimestamp(self._app.clock(), timezone.utc)
            if ends <= now:
                detail = f"{allowed}; the last one was at {authenticated.isoformat()}; log in again"
                yield PreflightItem("session_age", each, "fail", detail)
            elif ends < self._until:
                detail = f"{allowed}; that of {authenticated.isoformat()} is too old from {ends.isoformat()} on"
                yield PreflightItem("session_age", each, "fail" if collection.high_assurance else "warn", detail)
            else:
                yield PreflightItem("session_age", each, "ok", f"{allowed}, which lasts until {ends.isoformat()}")

    def _of_data_access(self, each: str, collection: "documents.Endpoint") -> PreflightItem:
        needed = collection.needs_data_access
        if needed is None:
            return PreflightItem("data_access", each, "warn", "whether it needs a consent cannot be told")
        if not needed:
            return PreflightItem("data_access", each, "ok", "it needs no consent")
        scope = Scope(TransferScopes.all).with_dependency(CollectionScopes(each).data_access)
        lacking = self._app.lacking(scope)
        if lacking is None:
            return PreflightItem("data_access", each, "warn", "the consents could not be read")
        if lacking:
            detail = f"there is no consent to {scope}; ask for it by app.prepare(collections=…)"
            return PreflightItem("data_access", each, "fail", detail)
        return PreflightItem("data_access", each, "ok", "the consent is given")

    def _of_pauses(self, each: str, client: "TransferClient") -> PreflightItem:
        try:
            rules = [*client.my_effective_pause_rule_list(each)]
        except GlobusError as error:
            return PreflightItem("pause_rules", each, "warn", f"they cannot be read: {error}")
        if not rules:
            return PreflightItem("pause_rules", each, "ok", "there are none")
        words = "; ".join(rule.message or "no reason is given" for rule in rules)
        return PreflightItem("pause_rules", each, "warn", f"operations are paused: {words}")

    def _last_authentication(self) -> datetime | None:
        """When the user last logged in; None if that cannot be found out."""
        if self._auth is None or self._app.renews_itself:
            return None
        from globus_typed.auth.client import AuthClient

        try:
            with AuthClient(authorizer=self._auth, environment=self._app.environment) as client:
                seconds = client.userinfo().last_authentication
            return None if seconds is None else datetime.fromtimestamp(seconds, timezone.utc)
        except (GlobusError, ValueError, OverflowError):
            return None
