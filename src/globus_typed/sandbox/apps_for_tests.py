"""Apps that are logged in at a sandbox, for tests of programs that use them.

This is a client of the sandbox, the one module here that is: nothing that the sandbox serves comes from it.
"""

import threading
from collections.abc import Callable, Mapping
from http.client import HTTPConnection
from typing import Protocol
from urllib.parse import urlsplit

from globus_typed import config
from globus_typed.apps.client_app import ClientApp
from globus_typed.apps.config import GlobusAppConfig
from globus_typed.apps.errors import LoginError
from globus_typed.apps.login_flows.base import LoginFlowManager
from globus_typed.apps.storage.base import TokenStorage
from globus_typed.apps.storage.memory import MemoryTokenStorage
from globus_typed.apps.user_app import UserApp
from globus_typed.auth.documents import TokenResponse
from globus_typed.auth.service import SERVICE
from globus_typed.core.authorization_parameters import AuthorizationParameters
from globus_typed.core.http_info import Secret
from globus_typed.errors import GlobusUsageError
from globus_typed.scopes.scope import Scopes

__all__ = ["SandboxLoginFlowManager", "client_app", "user_app"]


class SandboxLoginFlowManager(LoginFlowManager):
    """The login of the sandbox's user, who agrees to whatever is asked for: by HTTP, without a browser.

    Where the user cannot meet what the login asks for, it is refused as a person's is: `LoginDeniedError`.
    """

    def run_login_flow(self, auth_parameters: AuthorizationParameters) -> TokenResponse:
        """The tokens of a login. Raises `LoginDeniedError`; `LoginError` for a URL that Auth takes no login from."""
        pending = self.start_login(auth_parameters)
        url = urlsplit(pending.authorize_url)
        connection = HTTPConnection(url.hostname or "", url.port, timeout=60)
        try:
            connection.request("GET", f"{url.path}?{url.query}", headers={"Accept": "text/uri-list"})
            response = connection.getresponse()
            location = Secret(response.getheader("Location", ""))
            problem = "" if location else response.read().decode("utf-8", "replace")[:1000]
        finally:
            connection.close()
        if not location:
            raise LoginError(f"the sandbox refused the login: {problem}")
        return self.finish_login(pending, location)


class _Sandbox(Protocol):
    @property
    def url(self) -> str: ...
    @property
    def native_client_id(self) -> str: ...
    @property
    def client_id(self) -> str: ...
    @property
    def client_secret(self) -> str: ...
    @property
    def clock(self) -> Callable[[], float]: ...


def user_app(
    sandbox: _Sandbox,
    app_name: str,
    scopes: Mapping[str, Scopes] | None,
    refresh_tokens: bool,
    storage: TokenStorage | None,
    auto_redrive_gares: bool,
) -> UserApp:
    """An app of the sandbox's native client, logged in."""
    _check_address(sandbox)
    app = UserApp(
        app_name,
        client_id=sandbox.native_client_id,
        scope_requirements=scopes,
        config=GlobusAppConfig(
            login_flow_manager=SandboxLoginFlowManager(),
            token_storage=MemoryTokenStorage() if storage is None else storage,
            request_refresh_tokens=refresh_tokens,
            auto_redrive_gares=auto_redrive_gares,
            clock=sandbox.clock,
        ),
    )
    _in_a_thread(app.login)
    return app


def client_app(
    sandbox: _Sandbox,
    app_name: str,
    scopes: Mapping[str, Scopes] | None,
    storage: TokenStorage | None,
) -> ClientApp:
    """An app of the sandbox's confidential client, which has its tokens."""
    _check_address(sandbox)
    app = ClientApp(
        app_name,
        client_id=sandbox.client_id,
        client_secret=sandbox.client_secret,
        scope_requirements=scopes,
        config=GlobusAppConfig(token_storage=MemoryTokenStorage() if storage is None else storage, clock=sandbox.clock),
    )
    _in_a_thread(app.login)
    return app


def _check_address(sandbox: _Sandbox) -> None:
    if config.service_url(SERVICE).rstrip("/") != sandbox.url:
        raise GlobusUsageError(
            "sandbox: its environment variables must be set first, or the app would log in at another Globus: "
            "os.environ.update(sandbox.environment), or the fixture globus_sandbox"
        )


def _in_a_thread(login: Callable[[], object]) -> None:
    """Log in even in a running event loop, which waits: it is a matter of milliseconds here."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            login()
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
