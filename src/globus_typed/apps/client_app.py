"""`ClientApp`: an app that acts for itself."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from globus_typed.apps.app import GlobusApp
from globus_typed.apps.config import GlobusAppConfig
from globus_typed.apps.errors import StoreError, TokenValidationError, UnmetScopeRequirementsError
from globus_typed.apps.records import is_within, records_of, requested_scopes
from globus_typed.apps.redrives import note
from globus_typed.apps.requirements import scopes_of
from globus_typed.apps.results import LoginResult
from globus_typed.apps.running_loop import in_running_loop
from globus_typed.apps.tokens import TokenStorageData
from globus_typed.auth import documents
from globus_typed.core.authorization_parameters import AuthorizationParameters
from globus_typed.core.http_info import Secret
from globus_typed.core.lazy import Later
from globus_typed.errors import GlobusAPIError, GlobusUsageError, LoginRequiredError
from globus_typed.scopes.parser import ScopeParser
from globus_typed.scopes.scope import Scope, Scopes

if TYPE_CHECKING:
    from globus_typed.apps.login_flows import pending
else:
    pending = Later("globus_typed.apps.login_flows.pending")

__all__ = ["ClientApp"]


class ClientApp(GlobusApp):
    """An app that acts for itself: its identity is ``<client_id>@clients.auth.globus.org``.

    ``ClientApp("nightly", client_id=ID, client_secret=SECRET)``, and then ``TransferClient(app=app)``. It gets tokens
    by its secret whenever it needs some; nobody is asked.
    """

    def __init__(
        self,
        app_name: str | None = None,
        *,
        login_client: "pending.LoginClient | None" = None,
        client_id: str | UUID | None = None,
        client_secret: str | None = None,
        scope_requirements: Mapping[str, Scopes] | None = None,
        config: GlobusAppConfig | None = None,
    ) -> None:
        """Make an app.

        Parameters: `app_name`, by which people know the program (None: the name of its file); either the `client_id`
        and the `client_secret` of the registered app, or a `login_client`, a `ConfidentialAppAuthClient`;
        `scope_requirements`, scopes by resource server, besides those that clients bring along; `config`.
        Raises `GlobusUsageError` for arguments that do not go together.
        """
        client_secret = None if client_secret is None else Secret.of(client_secret)
        super().__init__(
            app_name,
            login_client=login_client,
            client_id=client_id,
            client_secret=client_secret,
            scope_requirements=scope_requirements,
            config=config,
        )
        if login_client is None and not client_secret:
            raise GlobusUsageError("client_secret: must be given; an app without one acts for people: UserApp")
        if login_client is not None and not callable(getattr(login_client, "client_credentials_request", None)):
            raise GlobusUsageError(
                "login_client: must be a ConfidentialAppAuthClient, as a native app cannot act for itself"
            )
        if self.config.login_flow_manager is not None:
            raise GlobusUsageError("login_flow_manager: is for people, and a ClientApp asks nobody; leave it out")
        if self.config.request_refresh_tokens:
            raise GlobusUsageError(
                "request_refresh_tokens: a ClientApp gets tokens by its secret, and there are no refresh tokens for it"
            )

    def login(self, *, auth_params: AuthorizationParameters | None = None, force: bool = False) -> LoginResult:
        """Get tokens for all resource servers, unless the stored ones suffice, and store them.

        ``POST /v2/oauth2/token``, grant ``client_credentials``

        Parameters: `auth_params`, of which only the scopes can be met; `force`, whether to get tokens in any case.
        Raises `GlobusUsageError` for requirements on a session, which an app does not have; `AuthAPIError` for a wrong
        secret or an unknown scope.
        """
        if in_running_loop():
            raise GlobusUsageError("login: would block the running event loop; use `await app.login_async(…)`")
        if auth_params is not None and auth_params.requires_session:
            raise GlobusUsageError(
                "auth_params: an app has no session, so that it can meet no identities, domains, policies or second "
                "factors; a person can, by a UserApp"
            )
        storage = self.token_storage
        with self._login_lock:
            if auth_params is None and not force and not self.login_required():
                stored = storage.get_token_data_by_resource_server()
                return self._result(stored, was_needed=False, username=None, declined=())
            more = Scope.parse_all(" ".join(auth_params.required_scopes)) if auth_params is not None else []
            asked = ScopeParser.merge_scopes(self._requested_scopes(), more)
            records = records_of(self._tokens(asked), now=self.clock(), identity_id=None, requested=asked)
            storage.store_token_data_by_resource_server(records)
            # In this order: whoever sees the new number of logins, sees the new tokens too.
            self._forget_tokens()
            self._logins += 1
            stored = storage.get_token_data_by_resource_server()
            name = f"{self.client_id}@clients.auth.globus.org"
            return self._result(stored, was_needed=True, username=name, declined=())

    def redrive(self, error: GlobusAPIError, logins_before: int, redriven: int) -> bool:
        """Whether a refused call should be made once more, because tokens were got with the scopes it asked for."""
        parameters = error.authorization_parameters
        if not self.config.auto_redrive_gares or parameters is None:
            return False
        if parameters.requires_session:
            note(error, "an app has no session that a login could renew; a person can log in, by a UserApp")
            return False
        with self._login_lock:
            if self._redrives.is_answered(parameters, logins_before):
                return True
            problem = self._redrives.problem(parameters, redriven, self.clock())
            if problem is not None:
                note(error, problem)
                return False
            self.login(auth_params=parameters)
            self._redrives.add(parameters, self._logins, self.clock())
        return True

    def obtain(self, resource_server: str, known: str | None, is_urgent: bool) -> TokenStorageData:
        """Tokens for a resource server, other than the known access token: stored ones, or new ones.

        Raises `AuthAPIError` for a wrong secret or an unknown scope; `StoreError`.
        """
        known = None if known is None else Secret.of(known)
        usable = self._usable(resource_server, known)
        if usable is not None:
            return usable
        storage = self.token_storage
        with storage.transaction():
            # Another process may have got some while this one waited for the lock.
            usable = self._usable(resource_server, known)
            if usable is not None:
                return usable
            asked = self._requirements.of(resource_server)
            records = records_of(self._tokens(asked), now=self.clock(), identity_id=None, requested=asked)
            try:
                storage.store_token_data_by_resource_server(records)
            except StoreError as error:
                self._warn_unstored(error, rotated=False)
            if resource_server not in records:
                raise GlobusUsageError(
                    f"scope_requirements: the scopes for {resource_server} gave tokens for {', '.join(records)} instead"
                )
            return records[resource_server]

    def login_hint(self, scopes: Iterable[Scope] = ()) -> str:
        """The way out, in words, where tokens are missing."""
        return "get new tokens by app.login(force=True); if that is refused, see to the secret of the app"

    def lacking(self, scopes: Scopes) -> tuple[str, ...]:
        """The dependencies of scopes that the app has not asked for with its tokens, which is its consent."""
        stored = self.token_storage.get_token_data_by_resource_server()
        asked = [scope for token in stored.values() for scope in requested_scopes(token)]
        return tuple(str(scope) for scope in scopes_of("scopes", scopes) if not is_within(scope, asked))

    def _unfit(self, resource_server: str, token: TokenStorageData | None) -> TokenValidationError | None:
        problem = super()._unfit(resource_server, token)
        if problem is not None or token is None:
            return problem
        asked = requested_scopes(token)
        needed = [scope for scope in self._requirements.of(resource_server) if scope.dependencies]
        if lacking := tuple(str(scope) for scope in needed if not is_within(scope, asked)):
            return UnmetScopeRequirementsError(f"the token lacks {', '.join(lacking)}", lacking)
        return None

    @property
    def renews_itself(self) -> bool:
        return True

    def _made_login_client(self, secret: Secret | None) -> "pending.LoginClient":
        from globus_typed.auth.client import ConfidentialAppAuthClient

        if secret is None:
            raise LoginRequiredError(
                "this copy of the app came from another process, and the secret did not come along",
                hint="set GLOBUS_TYPED_CLIENT_ID and GLOBUS_TYPED_CLIENT_SECRET there",
            )
        return ConfidentialAppAuthClient(self.client_id, secret, environment=self.environment, app_name=self.app_name)

    def _tokens(self, scopes: "list[Scope] | tuple[Scope, ...]") -> "documents.TokenResponse":
        from globus_typed.auth.client import ConfidentialAppAuthClient

        client = self._renewing_client
        assert isinstance(client, ConfidentialAppAuthClient)
        return client.oauth2_client_credentials_tokens(scopes)
