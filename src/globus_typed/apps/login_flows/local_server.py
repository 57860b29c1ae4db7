"""`LocalServerLoginFlowManager`: a browser on this machine, which comes back to the program by itself."""

import threading
import time
from collections.abc import Callable
from string import Template

from typing_extensions import Self

from globus_typed.apps.errors import LocalServerEnvironmentalLoginError
from globus_typed.apps.login_flows import pages
from globus_typed.apps.login_flows.base import LoginFlowManager
from globus_typed.apps.login_flows.browser import open_url
from globus_typed.apps.login_flows.pending import LoginClient
from globus_typed.apps.login_flows.terminal import say
from globus_typed.auth.client.native import NativeAppAuthClient
from globus_typed.auth.documents import TokenResponse
from globus_typed.core.authorization_parameters import AuthorizationParameters
from globus_typed.errors import GlobusUsageError

__all__ = ["LocalServerLoginFlowManager"]

_LOCAL = ("localhost", "127.0.0.1", "::1")
_OPENING = 5.0
"""Seconds to wait for the answer of what opens the browser, where it must open."""


class LocalServerLoginFlowManager(LoginFlowManager):
    """Logs the user in by a browser on this machine, which returns to a server that the program runs for it.

    The server is there for one login, at 127.0.0.1, and takes only the answer to that login (PKCE, and a random
    state). The link is shown too, for a browser that does not open or was closed.
    """

    def __init__(
        self,
        login_client: LoginClient | None = None,
        *,
        request_refresh_tokens: bool = False,
        native_prefill_named_grant: str | None = None,
        server_address: tuple[str, int] = ("localhost", 0),
        html_template: Template | None = None,
        timeout: float = 600.0,
        open_browser: Callable[[str], object] | None = None,
        require_browser: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make a flow.

        Parameters: `login_client` of the app, a native one (None: that of the app which uses the flow);
        `request_refresh_tokens`; `native_prefill_named_grant`, a label that the consent page suggests;
        `server_address`, of this machine, with a port (0: any free one); `html_template` of the pages, with
        ``$login_result`` and ``$post_login_message``; `timeout`, seconds to wait for the user; `open_browser`, a
        function that opens a URL and returns False if it cannot (None: the default browser); `require_browser`, to
        raise in that case instead of waiting for somebody to open the link; `clock`, in seconds.
        Raises `GlobusUsageError` for an invalid argument.
        """
        super().__init__(
            login_client,
            request_refresh_tokens=request_refresh_tokens,
            native_prefill_named_grant=native_prefill_named_grant,
        )
        host, port = server_address
        if host not in _LOCAL:
            raise GlobusUsageError(
                f"server_address: must be of this machine alone, 'localhost' or '127.0.0.1', got {host!r}"
            )
        if not 0 <= port <= 65535:
            raise GlobusUsageError(f"server_address: the port must be from 0 to 65535, got {port!r}")
        if not timeout > 0:
            raise GlobusUsageError(f"timeout: must be a number of seconds above 0, got {timeout!r}")
        self.server_address = server_address
        self.html_template: Template = html_template or pages.PAGE
        self.timeout = timeout
        self.open_browser: Callable[[str], object] = open_browser or open_url
        self.require_browser = require_browser
        self._clock = clock
        if login_client is not None:
            self._check(login_client, None)

    def bound_to(
        self,
        login_client: LoginClient,
        *,
        request_refresh_tokens: bool = False,
        prefill: str | None = None,
        redirect_uri: str | None = None,
    ) -> Self:
        """A copy for an app, with its client and its choices; raises `GlobusUsageError` for a redirect URI, and for a
        confidential app."""
        self._check(self.login_client or login_client, redirect_uri)
        return super().bound_to(login_client, request_refresh_tokens=request_refresh_tokens, prefill=prefill)

    def run_login_flow(self, auth_parameters: AuthorizationParameters) -> TokenResponse:
        """The tokens of a login that the user makes now, in a browser.

        Raises `GlobusUsageError` without `required_scopes` or without a client; `LoginDeniedError` if the user or
        Globus Auth refused; `LocalServerLoginError` after the timeout; `LocalServerEnvironmentalLoginError` for a port
        that is in use, or no browser where one is required; `LoginError` if Globus Auth refuses the code.
        """
        from globus_typed.apps.login_flows.redirect_server import RedirectServer  # which takes http.server along

        self._check(self._client(), self.redirect_uri)
        port = self.server_address[1]
        try:
            server = RedirectServer(port, self.html_template)
        except OSError as error:
            place = f"port {port} of 127.0.0.1 cannot be used" if port else "no port of 127.0.0.1 can be used"
            raise LocalServerEnvironmentalLoginError(
                f"{place} ({error.strerror or error}); choose another by server_address=('localhost', port), 0 for "
                "any free one, or log in by CommandLineLoginFlowManager"
            ) from error
        with server:
            pending = self.start_login(auth_parameters, redirect_uri=server.redirect_uri)
            server.start(pending.flow)
            self._show(pending.authorize_url, server.arrived)
            code = server.wait(self.timeout, self._clock)
            try:
                tokens = self.finish_login(pending, code)
            except BaseException:
                server.show(pages.FAILED)
                raise
            server.show(pages.DONE)
            return tokens

    def print_authorize_url(self, authorize_url: str) -> None:
        """Show the URL to open, by default on standard error."""
        say(f"Log in in the browser. If none opens, open this link on this machine:\n\n{authorize_url}\n")

    def _show(self, authorize_url: str, arrived: threading.Event) -> None:
        """Open a browser and show the link; in a thread, as some browsers return only when they are closed."""
        failed: list[bool] = []
        tried = threading.Event()

        def open_it() -> None:
            try:
                failed.append(self.open_browser(authorize_url) is False)
            except Exception:
                failed.append(True)
            finally:
                tried.set()

        if not self.require_browser:
            self.print_authorize_url(authorize_url)
        threading.Thread(target=open_it, name="globus_typed browser", daemon=True).start()
        if self.require_browser:
            for _ in range(int(_OPENING / 0.05)):
                if tried.wait(0.05) or arrived.is_set():
                    break
            if any(failed) and not arrived.is_set():
                raise LocalServerEnvironmentalLoginError("no browser could be opened on this machine")
            self.print_authorize_url(authorize_url)

    def _check(self, login_client: LoginClient, redirect_uri: str | None) -> None:
        if redirect_uri is not None:
            raise GlobusUsageError(
                "login_redirect_uri: the local server has its own; leave it out, or use CommandLineLoginFlowManager"
            )
        if not isinstance(login_client, NativeAppAuthClient):
            raise GlobusUsageError(
                "client_secret: a login by a local server is for native apps, which have none; leave it out, or use "
                "CommandLineLoginFlowManager with a login_redirect_uri"
            )
