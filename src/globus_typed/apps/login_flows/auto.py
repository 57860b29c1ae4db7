"""`AutoLoginFlowManager`: the login flow that suits the surroundings."""

import logging
from collections.abc import Callable
from types import NoneType

from typing_extensions import Self

from globus_typed.apps.errors import LocalServerEnvironmentalLoginError
from globus_typed.apps.login_flows.base import LoginChoices, LoginFlowManager
from globus_typed.apps.login_flows.command_line import CommandLineLoginFlowManager
from globus_typed.apps.login_flows.local_server import LocalServerLoginFlowManager
from globus_typed.apps.login_flows.notebook import NotebookLoginFlowManager
from globus_typed.apps.login_flows.pending import LoginClient
from globus_typed.apps.login_flows.surroundings import Choice, Surroundings, choose_flow
from globus_typed.apps.login_flows.terminal import say
from globus_typed.auth.client.native import NativeAppAuthClient
from globus_typed.auth.documents import TokenResponse
from globus_typed.core.authorization_parameters import AuthorizationParameters

__all__ = ["AutoLoginFlowManager"]

_log = logging.getLogger("globus_typed")

_WAYS = {
    "local-server": "by the browser of this machine",
    "command-line": "by a link and a code",
    "notebook": "by a link and a code in the notebook",
}


class AutoLoginFlowManager(LoginFlowManager):
    """Logs the user in by the flow that suits the surroundings, and says which it chose and why.

    With a browser on this machine, by that; in SSH sessions, containers and where there is no display, by a link and a
    code; in notebooks the same within them. In batch jobs, in continuous integration and wherever else nobody can
    answer it raises `LoginRequiredError` at once. ``GLOBUS_TYPED_INTERACTIVE`` of 0 or 1 says whether somebody can.
    """

    def __init__(
        self,
        login_client: LoginClient | None = None,
        *,
        redirect_uri: str | None = None,
        request_refresh_tokens: bool = False,
        native_prefill_named_grant: str | None = None,
        interactive: bool | None = None,
        timeout: float = 600.0,
        open_browser: Callable[[str], object] | None = None,
        look_around: Callable[[], Surroundings] = Surroundings.here,
    ) -> None:
        """Make a flow.

        Parameters: `login_client` of the app (None: that of the app which uses the flow); `redirect_uri`, one of those
        of a confidential app, at which no local server waits; `request_refresh_tokens`; `native_prefill_named_grant`, a
        label that the consent page suggests; `interactive`, whether there is somebody to ask (None: that is found out);
        `timeout` and `open_browser`, those of `LocalServerLoginFlowManager`; `look_around`, a function that returns the
        surroundings.
        Raises `GlobusUsageError` for an invalid timeout.
        """
        super().__init__(
            login_client,
            request_refresh_tokens=request_refresh_tokens,
            native_prefill_named_grant=native_prefill_named_grant,
        )
        self.redirect_uri = redirect_uri
        self.interactive = interactive
        self._look_around = look_around
        self._local_server = LocalServerLoginFlowManager(
            timeout=timeout, open_browser=open_browser, require_browser=True
        )

    @classmethod
    def for_globus_app(cls, app_name: str, login_client: LoginClient, config: LoginChoices) -> Self:
        """The flow as an app makes it from its configuration."""
        flow = super().for_globus_app(app_name, login_client, config)
        flow.interactive = config.interactive
        return flow

    def choose(self) -> Choice:
        """The flow that a login would use now, and why."""
        here = self._look_around()
        choice = choose_flow(here, self.interactive)
        if choice.flow == "local-server":
            if self.redirect_uri is not None:
                return _without_browser(here, "a redirect URI is given")
            if not isinstance(self.login_client, NativeAppAuthClient | NoneType):
                return _without_browser(here, "the app is not a native one")
        return choice

    def run_login_flow(self, auth_parameters: AuthorizationParameters) -> TokenResponse:
        """The tokens of a login that the user makes now, by the flow that suits the surroundings.

        Raises `LoginRequiredError` if there is nobody to ask, and what the chosen flow raises.
        """
        choice = self.choose()
        if choice.flow == "local-server":
            self._say(choice)
            try:
                return self._bound(self._local_server).run_login_flow(auth_parameters)
            except LocalServerEnvironmentalLoginError as error:
                choice = _without_browser(self._look_around(), str(error).partition(";")[0])
        if choice.flow is None:
            raise self.nobody_to_ask(auth_parameters, choice.reason)
        self._say(choice)
        flow = NotebookLoginFlowManager() if choice.flow == "notebook" else CommandLineLoginFlowManager()
        return self._bound(flow).run_login_flow(auth_parameters)

    def _bound(self, flow: LoginFlowManager) -> LoginFlowManager:
        bound = flow.bound_to(
            self._client(),
            request_refresh_tokens=self.request_refresh_tokens,
            prefill=self.native_prefill_named_grant,
            redirect_uri=self.redirect_uri,
        )
        bound.hint = self.hint
        return bound

    def _say(self, choice: Choice) -> None:
        text = f"Logging in {_WAYS[choice.flow or '']}: {choice.reason}."
        _log.info(text)
        say(text)


def _without_browser(here: Surroundings, reason: str) -> Choice:
    if here.can_type:
        return Choice("command-line", reason)
    return Choice(None, f"standard input is no terminal, and {reason}")
