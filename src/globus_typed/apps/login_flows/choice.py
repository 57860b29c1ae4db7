"""From the configuration of an app to its login flow."""

import shlex
from typing import TYPE_CHECKING, NoReturn, cast

from globus_typed.apps.config import GlobusAppConfig
from globus_typed.apps.login_flows.base import LoginFlowManager, prefilled_name
from globus_typed.core.authorization_parameters import AuthorizationParameters
from globus_typed.errors import GlobusUsageError

if TYPE_CHECKING:
    from globus_typed.apps.login_flows.pending import LoginClient

__all__ = ["login_flow_of"]


def login_flow_of(config: GlobusAppConfig, app_name: str, login_client: "LoginClient") -> LoginFlowManager:
    """The login flow that the configuration names, bound to the app."""
    flow = _flow(config, app_name, login_client)
    if "hint" not in vars(flow):
        flow.hint = _command(config, app_name, login_client)
    return flow


def _flow(config: GlobusAppConfig, app_name: str, login_client: "LoginClient") -> LoginFlowManager:
    given = config.login_flow_manager
    if config.interactive is False:
        return NobodyLoginFlowManager.for_globus_app(app_name, login_client, config)
    if isinstance(given, LoginFlowManager):
        return given.bound_to(
            login_client,
            request_refresh_tokens=config.request_refresh_tokens,
            prefill=prefilled_name(app_name),
            redirect_uri=config.login_redirect_uri,
        )
    provider = _named(given or "auto") if given is None or isinstance(given, str) else given
    made = provider.for_globus_app(app_name=app_name, login_client=login_client, config=config)
    if not isinstance(cast(object, made), LoginFlowManager):
        raise GlobusUsageError(
            f"login_flow_manager: for_globus_app must return a LoginFlowManager, got {type(made).__name__}"
        )
    return made


def _command(config: GlobusAppConfig, app_name: str, login_client: "LoginClient") -> str:
    """What to run where there is somebody to ask, so that the tokens lie where this app looks for them."""
    words = ["globus-typed", "login", "--client-id", str(login_client.client_id), "--app-name", app_name]
    if config.request_refresh_tokens:
        words.append("--refresh-tokens")
    if isinstance(location := getattr(config.token_storage, "filepath", None), str):
        words += ["--token-file", location]
    after = "" if config.request_refresh_tokens else "; with refresh tokens (request_refresh_tokens=True) it lasts"
    return f"log in where somebody can answer, by `{shlex.join(words)}`{after}"


class NobodyLoginFlowManager(LoginFlowManager):
    """The login flow where there is nobody to ask: it says so, and what to do."""

    def run_login_flow(self, auth_parameters: AuthorizationParameters) -> NoReturn:
        """Nothing but `LoginRequiredError`."""
        raise self.nobody_to_ask(auth_parameters, "the app is configured with interactive=False")


def _named(name: str) -> type[LoginFlowManager]:
    if name == "command-line":
        from globus_typed.apps.login_flows.command_line import CommandLineLoginFlowManager

        return CommandLineLoginFlowManager
    if name == "local-server":
        from globus_typed.apps.login_flows.local_server import LocalServerLoginFlowManager

        return LocalServerLoginFlowManager
    if name == "notebook":
        from globus_typed.apps.login_flows.notebook import NotebookLoginFlowManager

        return NotebookLoginFlowManager
    from globus_typed.apps.login_flows.auto import AutoLoginFlowManager

    return AutoLoginFlowManager
