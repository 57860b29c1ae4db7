"""`NotebookLoginFlowManager`: a link in the notebook, and a field for the code."""

from html import escape
from importlib import import_module
from typing import Any

from globus_typed.apps.login_flows.command_line import CommandLineLoginFlowManager
from globus_typed.auth.documents import TokenResponse
from globus_typed.core.authorization_parameters import AuthorizationParameters

__all__ = ["NotebookLoginFlowManager"]


class NotebookLoginFlowManager(CommandLineLoginFlowManager):
    """Logs the user in by a link in a notebook and the code which the page there shows.

    The browser may be on another machine than the kernel, so that no local server could be reached. Without IPython it
    is as `CommandLineLoginFlowManager`.
    """

    def run_login_flow(self, auth_parameters: AuthorizationParameters) -> TokenResponse:
        """The tokens of a login that the user makes now; raises as `CommandLineLoginFlowManager` does.

        A notebook that runs with nobody before it, as by papermill, raises `LoginRequiredError`.
        """
        try:
            return super().run_login_flow(auth_parameters)
        except NotImplementedError as error:  # IPython's StdinNotImplementedError, which cannot be imported everywhere
            if type(error).__name__ != "StdinNotImplementedError":
                raise
            raise self.nobody_to_ask(auth_parameters, "nobody is before this notebook") from None

    def print_authorize_url(self, authorize_url: str) -> None:
        """Show the link below the cell."""
        try:
            display: Any = import_module("IPython.display")
        except ImportError:
            super().print_authorize_url(authorize_url)
        else:
            link = f'<a href="{escape(authorize_url)}" target="_blank" rel="noopener noreferrer">Log in to Globus</a>'
            display.display(display.HTML(f"<p>{link}, and copy the code that the page shows into the field below.</p>"))
