"""Apps and their configuration, under the name that their module has in globus-sdk."""

from globus_typed.apps.app import GlobusApp
from globus_typed.apps.client_app import ClientApp
from globus_typed.apps.config import (
    GlobusAppConfig,
    IDTokenDecoderProvider,
    LoginFlowManagerProvider,
    TokenStorageProvider,
    TokenValidationErrorHandler,
)
from globus_typed.apps.user_app import UserApp

__all__ = [
    "ClientApp",
    "GlobusApp",
    "GlobusAppConfig",
    "IDTokenDecoderProvider",
    "LoginFlowManagerProvider",
    "TokenStorageProvider",
    "TokenValidationErrorHandler",
    "UserApp",
]
