"""`UserApp`: an app that acts for the person who logs in."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from globus_typed.apps.app import GlobusApp
from globus_typed.apps.config import GlobusAppConfig
from globus_typed.apps.errors import (
    ExpiredTokenError,
    IdentityMismatchError,
    MissingTokenError,
    StoreError,
    TokenValidationError,
    UnmetScopeRequirementsError,
)
from globus_typed.apps.id_tokens import claims_of
from globus_typed.apps.records import records_of
from globus_typed.apps.redrives import note
from globus_typed.apps.requirements import scopes_of
from globus_typed.apps.results import LoginResult
from globus_typed.apps.running_loop import in_running_loop
from globus_typed.apps.tokens import TokenStorageData
from globus_typed.auth import documents
from globus_typed.core.authorization_parameters import AuthorizationParameters
from globus_typed.core.http_info import Secret
from globus_typed.core.json_data import unchecked
from globus_typed.core.lazy import Later
from globus_typed.errors import (
    GlobusAPIError,
    GlobusUsageError,
    LoginRequiredError,
)
from globus_typed.scopes.parser import ScopeParser
from globus_typed.scopes.scope import Scope, Scopes

if TYPE_CHECKING:
    from globus_typed.apps.login_flows import base as flows
    from globus_typed.apps.login_flows import pending
else:
    flows = Later("globus_typed.apps.login_flows.base")
    pending = Later("globus_typed.apps.login_flows.pending")

__all__ = ["UserApp"]


class UserApp(GlobusApp):
    """An app that acts for the person who logs in to it.

    ``UserApp("lab sync", client_id=ID)``, and then ``TransferClient(app=app)``: the first call of a client logs the
    user in, unless tokens are stored that suffice. An app without a `client_secret` is a native one.
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
        of the registered app, and the `client_secret` if it has one, or a `login_client`; `scope_requirements`, scopes
        by resource server, besides those that clients bring along; `config`.
        Raises `GlobusUsageError` for arguments that do not go together.
        """
        secret = None if client_secret is None else Secret.of(client_secret)
        client_secret = None
        super().__init__(
            app_name,
            login_client=login_client,
            client_id=client_id,
            client_secret=secret,
            scope_requirements=scope_requirements,
            config=config,
        )
        if secret is not None and self.config.login_flow_manager == "local-server":
            raise GlobusUsageError(
                "login_flow_manager: the local server is for native apps, without a client_secret; one that has a "
                'secret logs its users in by "command-line", with one of its redirect URIs as login_redirect_uri'
            )

    def login(self, *, auth_params: AuthorizationParameters | None = None, force: bool = False) -> LoginResult:
        """Log the user in, unless the stored tokens suffice, and store the tokens.

        Parameters: `auth_params`, what the login is to ask for besides the requirements of the app, such as
        ``error.authorization_parameters``, which makes it needed; `force`, whether to log in in any case.
        Raises `LoginRequiredError` if there is nobody to ask; `LoginError` if the login does not succeed;
        `IdentityMismatchError` if another identity logs in than the one whose tokens are stored; `GlobusUsageError` in
        a running event loop, where `login_async` is the form.
        """
        if in_running_loop():
            raise GlobusUsageError("login: would block the running event loop; use `await app.login_async(…)`")
        with self._login_lock:
            if auth_params is None and not force and not self.login_required():
                stored = self.token_storage.get_token_data_by_resource_server()
                return self._result(stored, was_needed=False, username=None, declined=())
            parameters = self._parameters(auth_params)
            response = self._login_flow(parameters).run_login_flow(parameters)
            return self._logged_in(response, parameters.required_scopes)

    def start_login(
        self, *, auth_params: AuthorizationParameters | None = None, redirect_uri: str | None = None
    ) -> "pending.PendingLogin":
        """A login in two steps, for schedulers and web services: the URL to show, as a value. Nothing is sent.

        Parameters: `auth_params`, as for `login`; `redirect_uri`, the URL to which the user returns with the code
        (None: that of the configuration, else, for a native app, a page of Globus that shows the code).
        """
        return self._flow_for_two_steps().start_login(self._parameters(auth_params), redirect_uri=redirect_uri)

    def finish_login(self, pending: "pending.PendingLogin", code_or_url: str) -> LoginResult:
        """Finish the login: exchange the code that the user brought back, and store the tokens.

        Parameters: `pending`, of `start_login`; `code_or_url`, the code, or the whole URL to which the browser was
        redirected, whose `state` is then verified.
        Raises `GlobusUsageError` for a code of another login; `LoginError` for one that was refused.
        """
        code_or_url = Secret.of(code_or_url)
        response = self._flow_for_two_steps().finish_login(pending, code_or_url)
        with self._login_lock:
            return self._logged_in(response, pending.scopes)

    def resolve(self, error: GlobusAPIError, *, remember: bool = True) -> LoginResult:
        """Make the login that a refused call asks for; then make the call again.

        Parameters: `error`, such as a `ConsentRequiredError` or a `ReauthenticationRequiredError`; `remember`, whether
        the scopes that it asks for are requirements from now on.
        Raises the error itself if no login would help; otherwise as `login`.
        """
        parameters = error.authorization_parameters
        if parameters is None:
            raise error
        result = self.login(auth_params=parameters)
        if remember:
            self._remember(parameters)
        return result

    def redrive(self, error: GlobusAPIError, logins_before: int, redriven: int) -> bool:
        """Whether a refused call should be made once more, because a login was made that it asked for."""
        parameters = error.authorization_parameters
        if not self.config.auto_redrive_gares or parameters is None:
            return False
        tries = self._failed_logins.count
        with self._login_lock:
            if self._redrives.is_answered(parameters, logins_before):
                return True
            problem = self._redrives.problem(parameters, redriven, self.clock())
            if problem is not None:
                note(error, problem)
                return False
            try:
                with self._failed_logins.for_all(parameters, tries):
                    self.resolve(error)
            except GlobusUsageError as unfit:
                note(error, str(unfit))
                return False
            except LoginRequiredError as required:
                note(error, str(required))
                if required.authorize_url:
                    note(error, f"log in at {required.authorize_url}")
                return False
            self._redrives.add(parameters, self._logins, self.clock())
        return True

    def obtain(self, resource_server: str, known: str | None, is_urgent: bool) -> TokenStorageData:
        """Tokens for a resource server, other than the known access token: stored, renewed, or of a login.

        Raises `LoginRequiredError` if only a login would help and there is nobody to ask, and whatever the renewal or
        the login raises.
        """
        known = None if known is None else Secret.of(known)
        tries = self._failed_logins.count
        usable = self._usable(resource_server, known)
        if usable is not None:
            return usable
        with self.token_storage.transaction():
            found = self._renewed(resource_server, known, is_urgent)
        # Not in the transaction: nobody should hold its lock while a person logs in, who takes it at the end.
        if isinstance(found, TokenStorageData):
            return found
        return self._after_login(resource_server, known, is_urgent, found, tries)

    def _renewed(
        self, resource_server: str, known: str | None, is_urgent: bool
    ) -> TokenStorageData | TokenValidationError | None:
        """The tokens as another process stored them meanwhile, or renewed; or the reason why neither can be."""
        while True:
            # Another process may have renewed it while this one waited for the lock.
            usable = self._usable(resource_server, known)
            if usable is not None:
                return usable
            stored = self.token_storage.get_token_data(resource_server)
            unfit = self._unfit(resource_server, stored)
            if unfit is not None or stored is None:
                return unfit
            if stored.refresh_token is None:
                if stored.access_token == known and is_urgent and self.clock() < stored.expires_at_seconds:
                    # Refused, and nothing renews it: nobody should try it again.
                    self.token_storage.remove_token_data(resource_server)
                    return MissingTokenError(f"the token for {resource_server} was refused", resource_server)
                return ExpiredTokenError(stored.expires_at_seconds)
            try:
                return self._refreshed(stored, stored.refresh_token)
            except LoginRequiredError as error:
                # Only if it is still the stored one: another machine may have renewed it at the same time.
                later = self.token_storage.get_token_data(resource_server)
                if later is not None and later.refresh_token not in (None, stored.refresh_token):
                    continue
                self.token_storage.remove_token_data(resource_server)
                dead = MissingTokenError(f"the refresh token for {resource_server} is dead", resource_server)
                dead.__cause__ = error
                return dead

    def _after_login(
        self, resource_server: str, known: str | None, is_urgent: bool, reason: TokenValidationError | None, tries: int
    ) -> TokenStorageData:
        """The tokens, after a login, or whatever the configured handler of unfit tokens does."""
        problem = reason or MissingTokenError(f"there is no token for {resource_server}", resource_server)
        if not is_urgent:  # the old token will do for now
            raise problem
        with self._login_lock:
            # One login serves all resource servers, and all threads that wait for it.
            usable = self._usable(resource_server, known)
            if usable is not None:
                return usable
            if self.config.token_validation_error_handler is None:
                raise problem
            with self._failed_logins.for_all(None, tries):
                self.config.token_validation_error_handler(self, problem)
            usable = self._usable(resource_server, known)
        if usable is None:
            raise problem
        return usable

    def _refreshed(self, stored: TokenStorageData, refresh_token: str) -> TokenStorageData:
        """New tokens for a refresh token, stored before anybody uses them."""
        refresh_token = Secret(refresh_token)
        client = self._renewing_client
        # Repeated after whatever failed: if the first attempt had an effect, one without a second would lose the login.
        response = client.send(replace(client.refresh_token_request(refresh_token), repeatable=True))
        found = records_of(response, now=self.clock(), identity_id=stored.identity_id)
        if stored.resource_server not in found:
            raise GlobusUsageError(
                f"app: the refresh token for {stored.resource_server} gave tokens for {', '.join(found)} instead"
            )
        # A response without a refresh token leaves the one there is.
        renewed = TokenStorageData.from_dict({**stored.to_dict(), **found[stored.resource_server].to_dict()})
        try:
            self.token_storage.store_token_data_by_resource_server({stored.resource_server: renewed})
        except StoreError as error:
            self._warn_unstored(error, rotated=renewed.refresh_token != refresh_token)
        return renewed

    def _unfit(self, resource_server: str, token: TokenStorageData | None) -> TokenValidationError | None:
        problem = super()._unfit(resource_server, token)
        if problem is not None or token is None:
            return problem
        if self.config.request_refresh_tokens and token.refresh_token is None:
            return MissingTokenError(f"there is no refresh token for {resource_server}", resource_server)
        return None

    def login_hint(self, scopes: Iterable[Scope] = ()) -> str:
        """The way out, in words, where tokens with these scopes are missing: the command that makes the login.

        Parameters: `scopes` (none: all that the app needs).
        """
        from globus_typed.apps.hints import login_hint

        asked = tuple(map(str, scopes))
        parameters = AuthorizationParameters(required_scopes=asked) if asked else self._parameters(None)
        return login_hint(self.config, self.app_name, self.client_id, parameters)

    def lacking(self, scopes: Scopes) -> tuple[str, ...] | None:
        """The dependencies of scopes that the user has not consented to, optional ones included, each as the scope with
        the way to it; None if that cannot be found out.

        ``GET /v2/api/identities/{identity_id}/consents``, once a minute at most
        """
        stored = self.token_storage.get_token_data_by_resource_server()
        given = scopes_of("scopes", scopes)
        found = [self._consents.lacking(given, stored, optional=optional) for optional in (False, True)]
        return None if None in found else tuple(path for paths in found for path in paths or ())

    def _lacks_tokens(self, stored: Mapping[str, TokenStorageData]) -> bool:
        now = self.clock()
        for server in self.scope_requirements:
            token = stored.get(server)
            if token is None or self._unfit(server, token) is not None:
                return True
            if token.refresh_token is None and token.expires_at_seconds <= now:
                return True
        required = self._requirements.all()
        return not self._consents.suffice(required, stored) or bool(self._consents.never_asked(required, stored))

    @property
    def renews_itself(self) -> bool:
        return False

    def _made_login_client(self, secret: Secret | None) -> "pending.LoginClient":
        from globus_typed.auth.client import ConfidentialAppAuthClient, NativeAppAuthClient

        if secret is None:
            return NativeAppAuthClient(self.client_id, environment=self.environment, app_name=self.app_name)
        return ConfidentialAppAuthClient(self.client_id, secret, environment=self.environment, app_name=self.app_name)

    def _login_flow(self, parameters: AuthorizationParameters) -> "flows.LoginFlowManager":
        from globus_typed.apps.login_flows.choice import login_flow_of

        return login_flow_of(self.config, self.app_name, self.login_client, parameters)

    def _flow_for_two_steps(self) -> "flows.LoginFlowManager":
        from globus_typed.apps.login_flows.command_line import CommandLineLoginFlowManager

        return CommandLineLoginFlowManager.for_globus_app(self.app_name, self.login_client, self.config)

    def _parameters(self, asked: AuthorizationParameters | None) -> AuthorizationParameters:
        """The parameters of a login: the scopes of all resource servers, and those that were asked for."""
        asked = asked or AuthorizationParameters()
        if not isinstance(unchecked(asked), AuthorizationParameters):
            raise GlobusUsageError(
                f"auth_params: must be an AuthorizationParameters, such as error.authorization_parameters, got "
                f"{type(asked).__name__}"
            )
        more = scopes_of("auth_params: required_scopes", asked.required_scopes) if asked.required_scopes else ()
        # The profile has the name of whoever logged in.
        scopes = ScopeParser.merge_scopes([*self._requested_scopes(), Scope("profile")], more)
        return replace(asked, required_scopes=tuple(map(str, scopes)))

    def _remember(self, parameters: AuthorizationParameters) -> None:
        """Take the scopes that a service asked for as requirements, as far as it can be told whose they are."""
        needed: dict[str, list[Scope]] = {}
        homes = {scope.scope_string: server for server, own in self.scope_requirements.items() for scope in own}
        for text in parameters.required_scopes:
            for scope in Scope.parse_all(text):
                if scope.scope_string in homes:
                    needed.setdefault(homes[scope.scope_string], []).append(scope)
        self._requirements.add(needed)

    def _logged_in(self, response: "documents.TokenResponse", requested: Iterable[str]) -> LoginResult:
        """Check the tokens of a login that asked for these scopes, and store them."""
        claims = claims_of(
            response, self.config, client_id=self.client_id, app_name=self.app_name, login_client=self.login_client
        )
        identity: str = claims["sub"]
        tokens = response.by_resource_server
        storage = self.token_storage
        with storage.transaction():
            stored = storage.get_token_data_by_resource_server()
            before = {token.identity_id for name, token in stored.items() if name in self.scope_requirements} - {None}
            if len(before) == 1 and identity not in before:
                (former,) = before
                raise IdentityMismatchError(
                    f"the identity {identity} logged in, but the stored tokens are those of {former}: log out first, "
                    "or use another namespace of the token store: GlobusAppConfig(namespace=…)",
                    str(former),
                    identity,
                )
            for server in self.scope_requirements:
                granted = tokens[server].scope or "" if server in tokens else ""
                if lacking := self._requirements.unmet(server, granted):
                    raise UnmetScopeRequirementsError(
                        f"the login gave no token for {server} with {', '.join(lacking)}", tuple(lacking)
                    )
            asked = scopes_of("scopes", requested)
            records = records_of(response, now=self.clock(), identity_id=identity, requested=asked, stored=stored)
            storage.store_token_data_by_resource_server(records)
        self._consents.forget()
        # In this order: whoever sees the new number of logins, sees the new tokens too.
        self._forget_tokens()
        self._logins += 1
        username: object = claims.get("preferred_username")
        return self._result(
            {**stored, **records},
            was_needed=True,
            username=username if isinstance(username, str) else None,
            declined=self._consents.declined(self._requirements.all(), records),
        )
