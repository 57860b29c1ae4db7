"""The logins that make their own calls, under the name that their module has in globus-sdk."""

from globus_typed.auth.client.flow_manager import (
    GlobusAuthorizationCodeFlowManager,
    GlobusNativeAppFlowManager,
    GlobusOAuthFlowManager,
)

__all__ = ["GlobusAuthorizationCodeFlowManager", "GlobusNativeAppFlowManager", "GlobusOAuthFlowManager"]
