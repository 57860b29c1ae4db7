"""The scopes of Globus Flows."""

from typing import Final
from uuid import UUID

from globus_typed.core.base_errors import GlobusUsageError
from globus_typed.scopes.collection import DynamicScopeCollection, StaticScopeCollection
from globus_typed.scopes.scope import ScopeString

__all__ = ["FlowsScopes", "SpecificFlowScopes"]


class _FlowsScopes(StaticScopeCollection):
    """Scopes of Globus Flows."""

    resource_server = "flows.globus.org"
    """The service that tokens for these scopes are for: the key in `TokenResponse.by_resource_server`."""
    client_id: Final = "eec9b274-0c81-4334-bdc2-54e90e689b9a"
    """The id of the service as a client of Globus Auth, a UUID."""
    all: Final = ScopeString("https://auth.globus.org/scopes/eec9b274-0c81-4334-bdc2-54e90e689b9a/all")
    """Everything the user is allowed to do."""
    manage_flows: Final = ScopeString(
        "https://auth.globus.org/scopes/eec9b274-0c81-4334-bdc2-54e90e689b9a/manage_flows"
    )
    """Create, change and delete flows."""
    view_flows: Final = ScopeString("https://auth.globus.org/scopes/eec9b274-0c81-4334-bdc2-54e90e689b9a/view_flows")
    """Read flows."""
    run: Final = ScopeString("https://auth.globus.org/scopes/eec9b274-0c81-4334-bdc2-54e90e689b9a/run")
    """Start runs."""
    run_status: Final = ScopeString("https://auth.globus.org/scopes/eec9b274-0c81-4334-bdc2-54e90e689b9a/run_status")
    """Read the status of runs."""
    run_manage: Final = ScopeString("https://auth.globus.org/scopes/eec9b274-0c81-4334-bdc2-54e90e689b9a/run_manage")
    """Change and cancel runs."""


FlowsScopes: Final = _FlowsScopes()
"""Scopes of Globus Flows."""


class SpecificFlowScopes(DynamicScopeCollection):
    """Scopes of one flow.

    Parameters: `flow_id`, a UUID.
    """

    user: ScopeString
    """Start runs of the flow."""

    def __init__(self, flow_id: str | UUID) -> None:
        try:
            flow = UUID(str(flow_id))
        except ValueError:
            raise GlobusUsageError(f"flow_id: must be a UUID, got {flow_id!r}") from None
        super().__init__(str(flow))
        name = f"flow_{str(flow).replace('-', '_')}_user"
        self.user = ScopeString(f"https://auth.globus.org/scopes/{flow}/{name}")
