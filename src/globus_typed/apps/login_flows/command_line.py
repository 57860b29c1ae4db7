"""`CommandLineLoginFlowManager`: a link to open in any browser, and a code to paste."""

from collections.abc import Callable

from globus_typed.apps.errors import CommandLineLoginFlowEOFError, LoginDeniedError, LoginError
from globus_typed.apps.login_flows.base import LoginFlowManager
from globus_typed.apps.login_flows.pending import LoginClient, PendingLogin
from globus_typed.apps.login_flows.terminal import input_is_replaced, say, somebody_can_type, wait_for_typing
from globus_typed.auth.documents import TokenResponse
from globus_typed.core.authorization_parameters import AuthorizationParameters
from globus_typed.core.http_info import Secret
from globus_typed.core.json_data import unchecked
from globus_typed.errors import GlobusUsageError

__all__ = ["CommandLineLoginFlowManager"]

_TRIES = 3


class CommandLineLoginFlowManager(LoginFlowManager):
    """Logs the user in by a link, to be opened in a browser on any machine, and the code which the page there shows.

    A program that asks in its own way passes `ask`, or overrides `print_authorize_url` and `prompt_for_code`.
    """

    ask: Callable[[str], str] | None
    """Takes the URL to open, and returns the code or the URL to which the browser was sent."""

    def __init__(
        self,
        login_client: LoginClient | None = None,
        *,
        ask: Callable[[str], str] | None = None,
        redirect_uri: str | None = None,
        request_refresh_tokens: bool = False,
        native_prefill_named_grant: str | None = None,
    ) -> None:
        """Make a flow.

        Parameters: `login_client` of the app (None: that of the app which uses the flow); `ask`, a function that shows
        the URL to the user and returns the code, or the URL to which the browser was sent, and whose exceptions pass
        through (None: the terminal); `redirect_uri` (None, for a native app: a page of Globus that shows the code);
        `request_refresh_tokens`; `native_prefill_named_grant`, a label that the consent page suggests.
        Raises `GlobusUsageError` for an `ask` that is no function.
        """
        super().__init__(
            login_client,
            request_refresh_tokens=request_refresh_tokens,
            native_prefill_named_grant=native_prefill_named_grant,
        )
        if ask is not None and not callable(ask):
            raise GlobusUsageError(f"ask: must be a function of the URL, got {type(ask).__name__}")
        self.ask = ask
        self.redirect_uri = redirect_uri

    def run_login_flow(self, auth_parameters: AuthorizationParameters) -> TokenResponse:
        """The tokens of a login that the user makes now: the URL is shown, and the code awaited, three times at most.

        Raises `GlobusUsageError` without `required_scopes` or without a client; `LoginRequiredError` if standard input
        is no terminal, so that there is nobody to ask; `CommandLineLoginFlowEOFError` if the input ends;
        `LoginDeniedError` if the user or Globus Auth refused; `LoginError` for a third wrong code.
        """
        if self.ask is None and (reason := self._why_nobody()):
            raise self.nobody_to_ask(auth_parameters, reason)
        pending = self.start_login(auth_parameters)
        if self.ask is None:
            self.print_authorize_url(pending.authorize_url)
        for _ in range(_TRIES - 1):
            code = self._code(pending)
            try:
                return self.finish_login(pending, code)
            except LoginDeniedError:
                raise
            except (LoginError, GlobusUsageError) as error:
                self.print_problem(str(error))
        return self.finish_login(pending, self._code(pending))

    def print_authorize_url(self, authorize_url: str) -> None:
        """Show the URL to open, by default on standard error."""
        say(f"Open this link in a browser, log in, and copy the code that the page shows:\n\n{authorize_url}\n")

    def prompt_for_code(self) -> str:
        """The code, or the URL to which the browser was sent, from the terminal; `EOFError` if the input ends."""
        if input_is_replaced():
            return Secret(input("Code: "))
        say("Code: ", end="")  # where input would write to standard output
        wait_for_typing()
        return Secret(input())

    def print_problem(self, problem: str) -> None:
        """Say why the code would not do, before the next try: by default on standard error, without an `ask`."""
        if self.ask is None:
            say(f"{problem}\n")

    def _why_nobody(self) -> str | None:
        asks_itself = type(self).prompt_for_code is not CommandLineLoginFlowManager.prompt_for_code
        return None if asks_itself or somebody_can_type() else "standard input is no terminal"

    def _code(self, pending: PendingLogin) -> Secret:
        if self.ask is not None:
            given = self.ask(pending.authorize_url)
        else:
            try:
                given = self.prompt_for_code()
            except EOFError:
                raise CommandLineLoginFlowEOFError(
                    "the input ended before a code was pasted; run the program in a terminal, or pass ask=…"
                ) from None
        if not isinstance(unchecked(given), str):
            name = "ask" if self.ask is not None else "prompt_for_code"
            raise GlobusUsageError(f"{name}: must return the code as a str, got {type(given).__name__}")
        return Secret(given)
