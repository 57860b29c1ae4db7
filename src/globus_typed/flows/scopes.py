"""The scopes of Globus Flows."""

from typing import Final

__all__ = ["FlowsScopes"]


class FlowsScopes:
    """Scopes of Globus Flows."""

    resource_server: Final = "flows.globus.org"
    """The service that tokens for these scopes are for: the key in `TokenResponse.by_resource_server`."""
    all: Final = "https://auth.globus.org/scopes/eec9b274-0c81-4334-bdc2-54e90e689b9a/all"
    """Everything the user is allowed to do."""
    manage_flows: Final = "https://auth.globus.org/scopes/eec9b274-0c81-4334-bdc2-54e90e689b9a/manage_flows"
    """Create, change and delete flows."""
    view_flows: Final = "https://auth.globus.org/scopes/eec9b274-0c81-4334-bdc2-54e90e689b9a/view_flows"
    """Read flows."""
    run: Final = "https://auth.globus.org/scopes/eec9b274-0c81-4334-bdc2-54e90e689b9a/run"
    """Start runs."""
    run_status: Final = "https://auth.globus.org/scopes/eec9b274-0c81-4334-bdc2-54e90e689b9a/run_status"
    """Read the status of runs."""
    run_manage: Final = "https://auth.globus.org/scopes/eec9b274-0c81-4334-bdc2-54e90e689b9a/run_manage"
    """Change and cancel runs."""
