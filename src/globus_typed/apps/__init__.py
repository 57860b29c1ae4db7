"""Apps: logins that keep their tokens, for clients of all services."""

# The names are written by tools/names.py, from the `__all__` of the modules.

from typing import TYPE_CHECKING

from globus_typed.core.lazy import lazy

if TYPE_CHECKING:
    from globus_typed.apps.authorizers import AppAuthorizer
    from globus_typed.apps.client_app import ClientApp
    from globus_typed.apps.config import (
        GlobusAppConfig,
        IDTokenDecoder,
        IDTokenDecoderProvider,
        LoginFlowManagerProvider,
        TokenResponseDecoder,
        TokenStorageProvider,
        TokenValidationErrorHandler,
        resolve_by_login_flow,
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
        PreflightError,
        StoreDamagedError,
        StoreError,
        StoreKeyError,
        StoreLockedError,
        StorePermissionError,
        TokenValidationError,
        UnmetScopeRequirementsError,
    )
    from globus_typed.apps.gare import GARE, GlobusAuthorizationParameters, has_gares, is_gare, to_gare, to_gares
    from globus_typed.apps.login_flows.auto import AutoLoginFlowManager
    from globus_typed.apps.login_flows.base import LoginChoices, LoginFlowManager
    from globus_typed.apps.login_flows.command_line import CommandLineLoginFlowManager
    from globus_typed.apps.login_flows.local_server import LocalServerLoginFlowManager
    from globus_typed.apps.login_flows.notebook import NotebookLoginFlowManager
    from globus_typed.apps.login_flows.pending import LoginClient, PendingLogin
    from globus_typed.apps.preflight_report import Check, PreflightItem, PreflightReport, Verdict
    from globus_typed.apps.preparing import NeededScope, Preparation
    from globus_typed.apps.readers.importing import ImportReport, import_tokens
    from globus_typed.apps.readers.reading import read_tokens
    from globus_typed.apps.readers.stored import SkippedRecord, StoredClient, StoredTokens
    from globus_typed.apps.results import LoginResult, LogoutFailure, LogoutReport
    from globus_typed.apps.storage.base import TokenStorage
    from globus_typed.apps.storage.file_storage import FileTokenStorage, IfReadOnly
    from globus_typed.apps.storage.json_file import JSONTokenStorage
    from globus_typed.apps.storage.keyring import Keyring, KeyringTokenStorage
    from globus_typed.apps.storage.memory import MemoryTokenStorage
    from globus_typed.apps.storage.sqlite import SQLiteTokenStorage
    from globus_typed.apps.storage.validating import ValidatingTokenStorage
    from globus_typed.apps.storage.validators import (
        HasRefreshTokensValidator,
        NotExpiredValidator,
        ScopeRequirementsValidator,
        TokenDataValidator,
        TokenValidationContext,
        UnchangingIdentityIDValidator,
    )
    from globus_typed.apps.tokens import TokenStorageData
    from globus_typed.apps.user_app import UserApp
else:  # a module with __getattr__ has, to a type checker, every name there is
    __getattr__, __dir__ = lazy(
        __name__,
        {
            "globus_typed.apps.authorizers": ("AppAuthorizer"),
            "globus_typed.apps.client_app": ("ClientApp"),
            "globus_typed.apps.config": (
                "GlobusAppConfig IDTokenDecoder IDTokenDecoderProvider LoginFlowManagerProvider "
                "TokenResponseDecoder TokenStorageProvider TokenValidationErrorHandler "
                "resolve_by_login_flow"
            ),
            "globus_typed.apps.errors": (
                "CommandLineLoginFlowEOFError ExpiredTokenError IdentityMismatchError "
                "IdentityValidationError LocalServerEnvironmentalLoginError LocalServerLoginError "
                "LoginDeniedError LoginError MissingIdentityError MissingTokenError PreflightError "
                "StoreDamagedError StoreError StoreKeyError StoreLockedError StorePermissionError "
                "TokenValidationError UnmetScopeRequirementsError"
            ),
            "globus_typed.apps.gare": ("GARE GlobusAuthorizationParameters has_gares is_gare to_gare to_gares"),
            "globus_typed.apps.login_flows.auto": ("AutoLoginFlowManager"),
            "globus_typed.apps.login_flows.base": ("LoginChoices LoginFlowManager"),
            "globus_typed.apps.login_flows.command_line": ("CommandLineLoginFlowManager"),
            "globus_typed.apps.login_flows.local_server": ("LocalServerLoginFlowManager"),
            "globus_typed.apps.login_flows.notebook": ("NotebookLoginFlowManager"),
            "globus_typed.apps.login_flows.pending": ("LoginClient PendingLogin"),
            "globus_typed.apps.preflight_report": ("Check PreflightItem PreflightReport Verdict"),
            "globus_typed.apps.preparing": ("NeededScope Preparation"),
            "globus_typed.apps.readers.importing": ("ImportReport import_tokens"),
            "globus_typed.apps.readers.reading": ("read_tokens"),
            "globus_typed.apps.readers.stored": ("SkippedRecord StoredClient StoredTokens"),
            "globus_typed.apps.results": ("LoginResult LogoutFailure LogoutReport"),
            "globus_typed.apps.storage.base": ("TokenStorage"),
            "globus_typed.apps.storage.file_storage": ("FileTokenStorage IfReadOnly"),
            "globus_typed.apps.storage.json_file": ("JSONTokenStorage"),
            "globus_typed.apps.storage.keyring": ("Keyring KeyringTokenStorage"),
            "globus_typed.apps.storage.memory": ("MemoryTokenStorage"),
            "globus_typed.apps.storage.sqlite": ("SQLiteTokenStorage"),
            "globus_typed.apps.storage.validating": ("ValidatingTokenStorage"),
            "globus_typed.apps.storage.validators": (
                "HasRefreshTokensValidator NotExpiredValidator ScopeRequirementsValidator "
                "TokenDataValidator TokenValidationContext UnchangingIdentityIDValidator"
            ),
            "globus_typed.apps.tokens": ("TokenStorageData"),
            "globus_typed.apps.user_app": ("UserApp"),
        },
    )

__all__ = [
    "GARE",
    "AppAuthorizer",
    "AutoLoginFlowManager",
    "Check",
    "ClientApp",
    "CommandLineLoginFlowEOFError",
    "CommandLineLoginFlowManager",
    "ExpiredTokenError",
    "FileTokenStorage",
    "GlobusAppConfig",
    "GlobusAuthorizationParameters",
    "HasRefreshTokensValidator",
    "IDTokenDecoder",
    "IDTokenDecoderProvider",
    "IdentityMismatchError",
    "IdentityValidationError",
    "IfReadOnly",
    "ImportReport",
    "JSONTokenStorage",
    "Keyring",
    "KeyringTokenStorage",
    "LocalServerEnvironmentalLoginError",
    "LocalServerLoginError",
    "LocalServerLoginFlowManager",
    "LoginChoices",
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
    "NeededScope",
    "NotExpiredValidator",
    "NotebookLoginFlowManager",
    "PendingLogin",
    "PreflightError",
    "PreflightItem",
    "PreflightReport",
    "Preparation",
    "SQLiteTokenStorage",
    "ScopeRequirementsValidator",
    "SkippedRecord",
    "StoreDamagedError",
    "StoreError",
    "StoreKeyError",
    "StoreLockedError",
    "StorePermissionError",
    "StoredClient",
    "StoredTokens",
    "TokenDataValidator",
    "TokenResponseDecoder",
    "TokenStorage",
    "TokenStorageData",
    "TokenStorageProvider",
    "TokenValidationContext",
    "TokenValidationError",
    "TokenValidationErrorHandler",
    "UnchangingIdentityIDValidator",
    "UnmetScopeRequirementsError",
    "UserApp",
    "ValidatingTokenStorage",
    "Verdict",
    "has_gares",
    "import_tokens",
    "is_gare",
    "read_tokens",
    "resolve_by_login_flow",
    "to_gare",
    "to_gares",
]
