"""From the configuration of an app to its login flow."""

from typing import TYPE_CHECKING, NoReturn

from globus_typed.apps.config import GlobusAppConfig
from globus_typed.apps.hints import login_hint
from globus_typed.apps.login_flows.base import LoginFlowManager, prefilled_name
from globus_typed.core.authorization_parameters import AuthorizationParameters
from globus_typed.core.json_data import unchecked
from globus_typed.errors import GlobusUsageError

if TYPE_CHECKING:
    from globus_typed.apps.login_flows.pending import LoginClient

__all__ = ["login_flow_of"]


def login_flow_of(
    config: GlobusAppConfig, app_name: str, login_client: "LoginClient", parameters: AuthorizationParameters
) -> LoginFlowManager:
    """The login flow that the configuration names, bound to the app, for a login that asks for these parameters."""
    flow = _flow(config, app_name, login_client)
    if "hint" not in vars(flow):
        flow.hint = login_hint(config, app_name, str(login_client.client_id), parameters)
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
    if not isinstance(unchecked(made), LoginFlowManager):
        raise GlobusUsageError(
            f"login_flow_manager: for_globus_app must return a LoginFlowManager, got {type(made).__name__}"
        )
    return made


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
