# Generated from __init__.py by tools/unasync.py: change that file.
"""The Auth clients: `AuthClient` for a user's token, the other two for apps that log users in."""

from globus_typed.auth.client.base import AuthClient
from globus_typed.auth.client.confidential import ConfidentialAppAuthClient
from globus_typed.auth.client.flow_manager import (
    GlobusAuthorizationCodeFlowManager,
    GlobusNativeAppFlowManager,
    GlobusOAuthFlowManager,
)
from globus_typed.auth.client.native import NativeAppAuthClient

__all__ = [
    "AuthClient",
    "ConfidentialAppAuthClient",
    "GlobusAuthorizationCodeFlowManager",
    "GlobusNativeAppFlowManager",
    "GlobusOAuthFlowManager",
    "NativeAppAuthClient",
]
