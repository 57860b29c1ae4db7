"""`LoginFlowManager`, the base class of the ways in which a user logs in."""

import copy
import platform
from abc import ABC, abstractmethod
from typing import Protocol

from typing_extensions import Self

from globus_typed.apps.login_flows.nobody import HINT, nobody_to_ask
from globus_typed.apps.login_flows.pending import LoginClient, PendingLogin, finish_login, start_login
from globus_typed.auth.documents import TokenResponse
from globus_typed.core.authorization_parameters import AuthorizationParameters
from globus_typed.errors import GlobusUsageError, LoginRequiredError

__all__ = ["LoginChoices", "LoginFlowManager", "prefilled_name"]


class LoginChoices(Protocol):
    """The part of the configuration of an app that a login flow is made from."""

    @property
    def request_refresh_tokens(self) -> bool: ...
    @property
    def login_redirect_uri(self) -> str | None: ...
    @property
    def interactive(self) -> bool | None: ...


def prefilled_name(app_name: str) -> str:
    """The label that the consent page suggests for a consent: the name of the app, and of this machine."""
    return f"{app_name} on {platform.node().removesuffix('.local') or 'an unnamed machine'}"


class LoginFlowManager(ABC):
    """Base class of login flows. A class of one's own overrides `run_login_flow`.

    A manager keeps nothing of a login: it may be used by many threads at once, and for any number of logins.
    """

    login_client: LoginClient | None
    """The Auth client of the app; None until an app binds the manager to its own."""
    request_refresh_tokens: bool
    """Whether refresh tokens are requested too."""
    native_prefill_named_grant: str | None
    """The label that the consent page of a native app suggests for the consent."""
    redirect_uri: str | None
    """Where the user returns with the code; None for the usual place of the flow."""
    hint: str = HINT
    """The way out where there is nobody to ask, such as the command to run: the end of `LoginRequiredError`."""

    def __init__(
        self,
        login_client: LoginClient | None = None,
        *,
        request_refresh_tokens: bool = False,
        native_prefill_named_grant: str | None = None,
    ) -> None:
        """Make a flow.

        Parameters: `login_client` of the app (None: that of the app which uses the flow); `request_refresh_tokens`;
        `native_prefill_named_grant`, a label that the consent page suggests.
        """
        self.login_client = login_client
        self.request_refresh_tokens = request_refresh_tokens
        self.native_prefill_named_grant = native_prefill_named_grant
        self.redirect_uri = None

    @classmethod
    def for_globus_app(cls, app_name: str, login_client: LoginClient, config: LoginChoices) -> Self:
        """The flow as an app makes it from its configuration."""
        return cls().bound_to(
            login_client,
            request_refresh_tokens=config.request_refresh_tokens,
            prefill=prefilled_name(app_name),
            redirect_uri=config.login_redirect_uri,
        )

    def bound_to(
        self,
        login_client: LoginClient,
        *,
        request_refresh_tokens: bool = False,
        prefill: str | None = None,
        redirect_uri: str | None = None,
    ) -> Self:
        """A copy for an app, with its client and its choices. A flow that was given a client is returned as it is, and
        what else it was given stays."""
        if self.login_client is not None:
            return self
        bound = copy.copy(self)
        bound.login_client = login_client
        bound.request_refresh_tokens = self.request_refresh_tokens or request_refresh_tokens
        if bound.native_prefill_named_grant is None:
            bound.native_prefill_named_grant = prefill
        if bound.redirect_uri is None:
            bound.redirect_uri = redirect_uri
        return bound

    @abstractmethod
    def run_login_flow(self, auth_parameters: AuthorizationParameters) -> TokenResponse:
        """The tokens of a login that the user makes now.

        Parameters: `auth_parameters`, what the login is to ask for: scopes, and requirements on the user's session.
        Raises `GlobusUsageError` without `required_scopes` or without a client; `LoginRequiredError` if there is nobody
        to ask; `LoginError` if the login does not succeed.
        """

    def start_login(self, auth_parameters: AuthorizationParameters, *, redirect_uri: str | None = None) -> PendingLogin:
        """A new login, to be shown to the user; `redirect_uri` overrides that of the flow."""
        return start_login(
            self._client(),
            auth_parameters,
            redirect_uri=self.redirect_uri if redirect_uri is None else redirect_uri,
            request_refresh_tokens=self.request_refresh_tokens,
            prefill=self.native_prefill_named_grant,
        )

    def finish_login(self, pending: PendingLogin, code_or_url: str) -> TokenResponse:
        """The tokens for the code, or for the URL to which the browser was sent. See the function `finish_login`."""
        return finish_login(self._client(), pending, code_or_url)

    def nobody_to_ask(self, auth_parameters: AuthorizationParameters, reason: str) -> LoginRequiredError:
        """The exception to raise where nobody can make the login, and why."""
        error = nobody_to_ask(self.start_login(auth_parameters), reason, hint=self.hint)
        error.authorization_parameters = auth_parameters
        return error

    def _client(self) -> LoginClient:
        if self.login_client is None:
            raise GlobusUsageError(
                f"login_client: {type(self).__name__} has none; pass one, or use the flow in an app: "
                "GlobusAppConfig(login_flow_manager=…)"
            )
        return self.login_client

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.login_client!r})"
