"""`GlobusApp`: what all apps do: log in and out, and look ahead."""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from globus_typed.apps.app_state import AppState
from globus_typed.apps.results import LoginResult, LogoutFailure, LogoutReport
from globus_typed.apps.running_loop import in_running_loop
from globus_typed.apps.tokens import TokenStorageData
from globus_typed.core.authorization_parameters import AuthorizationParameters
from globus_typed.core.concurrency import async_call
from globus_typed.core.http_info import Secret
from globus_typed.core.lazy import Later
from globus_typed.errors import GlobusAPIError, GlobusError, GlobusUsageError
from globus_typed.scopes.scope import Scope, Scopes

if TYPE_CHECKING:
    from globus_typed.apps import preflight_report, preparing
    from globus_typed.auth import documents
else:
    documents = Later("globus_typed.auth.documents")
    preflight_report = Later("globus_typed.apps.preflight_report")
    preparing = Later("globus_typed.apps.preparing")

__all__ = ["GlobusApp"]


class GlobusApp(AppState):
    """Base class of apps: use `UserApp` or `ClientApp`.

    An app is made without any call and without a look at its token store. It may be used by any number of threads,
    tasks and clients, sync and async; processes share what lies in the store. It is not thread-bound, and a copy that
    is pickled into another process holds no secret: it opens the same store there.
    """

    def login_required(self, *, check: bool = False) -> bool:
        """Whether stored tokens do not suffice, so that a login is needed.

        Sends nothing, but where scopes with dependencies are required: then the consents are read. An optional scope
        needs a login until the user has been asked for it once.

        ``POST /v2/oauth2/token/validate``, with `check`, once for each resource server

        Parameters: `check`, whether to ask Globus Auth if the tokens are still valid, which may have been revoked
        elsewhere, or not used for too long.
        """
        stored = self.token_storage.get_token_data_by_resource_server()
        return self._lacks_tokens(stored) or (check and not self._are_valid(stored))

    def _are_valid(self, stored: Mapping[str, TokenStorageData]) -> bool:
        """Whether Globus Auth takes the tokens that the app needs: the refresh token where there is one."""
        tokens = [stored[server] for server in self.scope_requirements]
        return all(
            self.login_client.oauth2_validate_token(Secret(token.refresh_token or token.access_token)).active
            for token in tokens
        )

    def _lacks_tokens(self, stored: Mapping[str, TokenStorageData]) -> bool:
        return any(self._unfit(server, stored.get(server)) is not None for server in self.scope_requirements)

    def prepare(
        self, collections: "str | UUID | Iterable[str | UUID]" = (), *, purpose: str = "transfer"
    ) -> "preparing.Preparation":
        """Ask for what the use of these collections needs, in at most one login more than the app needs anyway.

        ``GET /endpoint/{endpoint_id}``, once for each collection in ten minutes

        The scopes become requirements of the app, and a login is made if they were never asked for: only for
        collections that have such scopes, since Globus Auth refuses a login with others as a whole.

        Parameters: `collections`, their ids; `purpose`, what for: ``"transfer"`` and listings of files, a ``"timer"``
        that transfers, files by ``"https"``, or runs of a flow that transfers, ``"flow:<id>"``.
        Raises `GlobusUsageError` for another purpose or an invalid id, and in a running event loop, where
        `prepare_async` is the form; `NotFoundError` and `PermissionDeniedError` for a collection that cannot be read;
        and as `login`.
        """
        if in_running_loop():
            raise GlobusUsageError("prepare: would block the running event loop; use `await app.prepare_async(…)`")
        from globus_typed.apps.preparing import prepare

        return prepare(self, self._collections, collections, purpose)

    async def prepare_async(
        self, collections: "str | UUID | Iterable[str | UUID]" = (), *, purpose: str = "transfer"
    ) -> "preparing.Preparation":
        """Ask for what the use of these collections needs, in a thread: `prepare` for a running event loop."""
        return await async_call(lambda: self.prepare(collections, purpose=purpose))

    def preflight(
        self,
        collections: "str | UUID | Iterable[str | UUID]" = (),
        *,
        until: datetime | None = None,
        services: Iterable[str] = (),
        refresh: bool | None = None,
    ) -> "preflight_report.PreflightReport":
        """Whether the stored login will last and suffice, before a job waits in a queue: one item for each check.

        Nobody is asked to log in, and nothing is changed at Globus. Checked are the stored tokens and their scopes and
        consents, whether they last or can be renewed, whether the store can be written, the clock of this machine, and
        of each collection whether it can be used: connected, consented to, not paused, and the session young enough.

        Parameters: `collections`, the ids of those that the job uses; `until`, when the job will have ended, with its
        time zone (None: now); `services`, the names of those that the job calls besides what the app has scopes for,
        such as ``"groups"``; `refresh`, whether to renew each token now, to see whether that works (None: only those
        that have expired).
        Raises `GlobusUsageError` for a time without a zone or in the past, an unknown service or an invalid id. What
        the checks find is in the report.
        """
        from globus_typed.apps.preflight import preflight

        return preflight(self, collections, until=until, services=services, refresh=refresh)

    async def preflight_async(
        self,
        collections: "str | UUID | Iterable[str | UUID]" = (),
        *,
        until: datetime | None = None,
        services: Iterable[str] = (),
        refresh: bool | None = None,
    ) -> "preflight_report.PreflightReport":
        """Whether the stored login will last and suffice: `preflight` in a thread, for a running event loop."""
        return await async_call(lambda: self.preflight(collections, until=until, services=services, refresh=refresh))

    @abstractmethod
    def login_hint(self, scopes: Iterable[Scope] = ()) -> str:
        """The way out, in words, where tokens with these scopes are missing, such as the command to run."""

    @abstractmethod
    def lacking(self, scopes: Scopes) -> tuple[str, ...] | None:
        """The dependencies of scopes that there is no consent to, optional ones included, each as the scope with the
        way to it; None if that cannot be found out."""

    @abstractmethod
    def login(self, *, auth_params: AuthorizationParameters | None = None, force: bool = False) -> LoginResult:
        """Log in, unless the stored tokens suffice.

        Parameters: `auth_params`, what the login is to ask for besides the requirements of the app, which makes it
        needed; `force`, whether to log in in any case.
        """

    async def login_async(
        self, *, auth_params: AuthorizationParameters | None = None, force: bool = False
    ) -> LoginResult:
        """Log in, unless the stored tokens suffice, in a thread: the form of `login` for a running event loop."""
        return await async_call(lambda: self.login(auth_params=auth_params, force=force))

    def userinfo(self) -> "documents.UserInfo":
        """The identity that the app acts for; the scopes of the login determine which fields are present.

        ``GET /v2/oauth2/userinfo``
        """
        from globus_typed.auth.client import AuthClient

        with AuthClient(app=self, app_scopes="openid") as client:
            return client.userinfo()

    def logout(self, *, sweep: bool = False) -> LogoutReport:
        """Revoke all tokens of the app, and forget them, those included that could not be revoked.

        ``POST /v2/oauth2/token/revoke``, once for each token

        Parameters: `sweep`, whether the tokens of resource servers go too that the app does not need.
        Raises `StoreError` if the store cannot be changed; a failed revocation is in the report.
        """
        revoked: list[str] = []
        failures: list[LogoutFailure] = []
        # Not in a transaction, which nobody should hold during many calls.
        stored = self.token_storage.get_token_data_by_resource_server()
        for server in [name for name in stored if sweep or name in self.scope_requirements]:
            token: TokenStorageData | None = stored[server]
            failed = False
            while token is not None:
                # The refresh token first: its end may end the access token too.
                for secret in filter(None, (token.refresh_token, token.access_token)):
                    error = self._not_revoked(secret)
                    if error is not None:
                        failed = True
                        failures.append(LogoutFailure(server, error))
                with self.token_storage.transaction():
                    # Another process may have renewed it meanwhile: that one would be good for ever.
                    later = self.token_storage.get_token_data(server)
                    if failed or later is None or later.refresh_token in (None, token.refresh_token):
                        self.token_storage.remove_token_data(server)
                        later = None
                token = later
            if not failed:
                revoked.append(server)
        self._forget_tokens()
        return LogoutReport(tuple(revoked), tuple(failures))

    def _not_revoked(self, token: str) -> GlobusError | None:
        token = Secret(token)
        try:
            self.login_client.oauth2_revoke_token(token)
        except GlobusError as error:
            return error
        return None

    async def logout_async(self, *, sweep: bool = False) -> LogoutReport:
        """Revoke all tokens of the app, and forget them, in a thread: the form of `logout` for a running event loop."""
        return await async_call(lambda: self.logout(sweep=sweep))

    @abstractmethod
    def redrive(self, error: GlobusAPIError, logins_before: int, redriven: int) -> bool:
        """Whether a refused call should be made once more, because a login was made that it asked for."""
