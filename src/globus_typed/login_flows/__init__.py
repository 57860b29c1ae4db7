"""The ways to log in, under the name that their module has in globus-sdk."""

from globus_typed.apps.errors import (
    CommandLineLoginFlowEOFError,
    LocalServerEnvironmentalLoginError,
    LocalServerLoginError,
)
from globus_typed.apps.login_flows.base import LoginFlowManager
from globus_typed.apps.login_flows.command_line import CommandLineLoginFlowManager
from globus_typed.apps.login_flows.local_server import LocalServerLoginFlowManager

__all__ = [
    "CommandLineLoginFlowEOFError",
    "CommandLineLoginFlowManager",
    "LocalServerEnvironmentalLoginError",
    "LocalServerLoginError",
    "LocalServerLoginFlowManager",
    "LoginFlowManager",
]
