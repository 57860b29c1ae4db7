"""The Auth clients: `AsyncAuthClient` for a user's token, the other two for apps that log users in."""

from globus_typed.auth.async_client.base import AsyncAuthClient
from globus_typed.auth.async_client.confidential import AsyncConfidentialAppAuthClient
from globus_typed.auth.async_client.flow_manager import (
    AsyncGlobusAuthorizationCodeFlowManager,
    AsyncGlobusNativeAppFlowManager,
    AsyncGlobusOAuthFlowManager,
)
from globus_typed.auth.async_client.native import AsyncNativeAppAuthClient

__all__ = [
    "AsyncAuthClient",
    "AsyncConfidentialAppAuthClient",
    "AsyncGlobusAuthorizationCodeFlowManager",
    "AsyncGlobusNativeAppFlowManager",
    "AsyncGlobusOAuthFlowManager",
    "AsyncNativeAppAuthClient",
]
