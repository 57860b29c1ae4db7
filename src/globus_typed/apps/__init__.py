"""Apps: logins that keep their tokens, for clients of all services."""

# The names are written by tools/names.py, from the `__all__` of the modules.

from typing import TYPE_CHECKING

from globus_typed.core.lazy import lazy

if TYPE_CHECKING:
    from globus_typed.apps.app import GlobusApp
    from globus_typed.apps.client_app import ClientApp
    from globus_typed.apps.config import (
        GlobusAppConfig,
        IDTokenDecoder,
        LoginFlowManagerProvider,
        TokenStorageProvider,
        TokenValidationErrorHandler,
    )
    from globus_typed.apps.errors import (
        CommandLineLoginFlowEOFError,
        ExpiredTokenError,
        IdentityMismatchError,
        IdentityValidationError,
        LocalServerEnvironmentalLoginError,
        LocalServerLoginError,
        LoginDeniedError,
        LoginError,
        MissingIdentityError,
        MissingTokenError,
        StoreDamagedError,
        StoreError,
        StoreLockedError,
        StorePermissionError,
        TokenValidationError,
        UnmetScopeRequirementsError,
    )
    from globus_typed.apps.login_flows.base import LoginFlowManager
    from globus_typed.apps.login_flows.command_line import CommandLineLoginFlowManager
    from globus_typed.apps.login_flows.pending import LoginClient, PendingLogin
    from globus_typed.apps.results import LoginResult, LogoutFailure, LogoutReport
    from globus_typed.apps.storage.base import TokenStorage
    from globus_typed.apps.storage.file_storage import FileTokenStorage
    from globus_typed.apps.storage.files import OnInsecure
    from globus_typed.apps.storage.json_file import JSONTokenStorage
    from globus_typed.apps.storage.locks import LIMIT
    from globus_typed.apps.storage.memory import MemoryTokenStorage
    from globus_typed.apps.storage.places import TOKEN_DIR
    from globus_typed.apps.tokens import TokenStorageData
    from globus_typed.apps.user_app import UserApp
else:  # a module with __getattr__ has, to a type checker, every name there is
    __getattr__, __dir__ = lazy(
        __name__,
        {
            "globus_typed.apps.app": ("GlobusApp"),
            "globus_typed.apps.client_app": ("ClientApp"),
            "globus_typed.apps.config": (
                "GlobusAppConfig IDTokenDecoder LoginFlowManagerProvider TokenStorageProvider "
                "TokenValidationErrorHandler"
            ),
            "globus_typed.apps.errors": (
                "CommandLineLoginFlowEOFError ExpiredTokenError IdentityMismatchError "
                "IdentityValidationError LocalServerEnvironmentalLoginError LocalServerLoginError "
                "LoginDeniedError LoginError MissingIdentityError MissingTokenError StoreDamagedError "
                "StoreError StoreLockedError StorePermissionError TokenValidationError "
                "UnmetScopeRequirementsError"
            ),
            "globus_typed.apps.login_flows.base": ("LoginFlowManager"),
            "globus_typed.apps.login_flows.command_line": ("CommandLineLoginFlowManager"),
            "globus_typed.apps.login_flows.pending": ("LoginClient PendingLogin"),
            "globus_typed.apps.results": ("LoginResult LogoutFailure LogoutReport"),
            "globus_typed.apps.storage.base": ("TokenStorage"),
            "globus_typed.apps.storage.file_storage": ("FileTokenStorage"),
            "globus_typed.apps.storage.files": ("OnInsecure"),
            "globus_typed.apps.storage.json_file": ("JSONTokenStorage"),
            "globus_typed.apps.storage.locks": ("LIMIT"),
            "globus_typed.apps.storage.memory": ("MemoryTokenStorage"),
            "globus_typed.apps.storage.places": ("TOKEN_DIR"),
            "globus_typed.apps.tokens": ("TokenStorageData"),
            "globus_typed.apps.user_app": ("UserApp"),
        },
    )

__all__ = [
    "LIMIT",
    "TOKEN_DIR",
    "ClientApp",
    "CommandLineLoginFlowEOFError",
    "CommandLineLoginFlowManager",
    "ExpiredTokenError",
    "FileTokenStorage",
    "GlobusApp",
    "GlobusAppConfig",
    "IDTokenDecoder",
    "IdentityMismatchError",
    "IdentityValidationError",
    "JSONTokenStorage",
    "LocalServerEnvironmentalLoginError",
    "LocalServerLoginError",
    "LoginClient",
    "LoginDeniedError",
    "LoginError",
    "LoginFlowManager",
    "LoginFlowManagerProvider",
    "LoginResult",
    "LogoutFailure",
    "LogoutReport",
    "MemoryTokenStorage",
    "MissingIdentityError",
    "MissingTokenError",
    "OnInsecure",
    "PendingLogin",
    "StoreDamagedError",
    "StoreError",
    "StoreLockedError",
    "StorePermissionError",
    "TokenStorage",
    "TokenStorageData",
    "TokenStorageProvider",
    "TokenValidationError",
    "TokenValidationErrorHandler",
    "UnmetScopeRequirementsError",
    "UserApp",
]
