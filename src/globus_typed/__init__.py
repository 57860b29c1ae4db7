"""A Globus SDK in which every document is a pydantic model, sync and async, with a local Globus to try programs on.

Names load when they are first used, so that importing this package costs next to nothing.
"""

# The names are written by tools/names.py, from the `__all__` of the modules.

from typing import TYPE_CHECKING

from globus_typed._former_paths import find_former_paths
from globus_typed._version import __version__
from globus_typed.core.lazy import lazy

if TYPE_CHECKING:
    from globus_typed import apps as apps
    from globus_typed import auth as auth
    from globus_typed import authorizers as authorizers
    from globus_typed import base as base
    from globus_typed import compute as compute
    from globus_typed import config as config
    from globus_typed import errors as errors
    from globus_typed import exc as exc
    from globus_typed import files as files
    from globus_typed import flows as flows
    from globus_typed import gare as gare
    from globus_typed import gcs as gcs
    from globus_typed import globus_app as globus_app
    from globus_typed import groups as groups
    from globus_typed import login_flows as login_flows
    from globus_typed import response as response
    from globus_typed import scopes as scopes
    from globus_typed import search as search
    from globus_typed import timers as timers
    from globus_typed import token_storage as token_storage
    from globus_typed import transfer as transfer
    from globus_typed._resource_servers import ResourceServers
    from globus_typed.apps.authorizers import AppAuthorizer
    from globus_typed.apps.client_app import ClientApp
    from globus_typed.apps.config import (
        GlobusAppConfig,
        IDTokenDecoder,
        IDTokenDecoderProvider,
        LoginFlowManagerProvider,
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
    from globus_typed.auth.async_client import AsyncAuthClient, AsyncConfidentialAppAuthClient, AsyncNativeAppAuthClient
    from globus_typed.auth.authorizers import ClientCredentialsAuthorizer, RefreshTokenAuthorizer
    from globus_typed.auth.client import AuthClient, ConfidentialAppAuthClient, NativeAppAuthClient
    from globus_typed.auth.documents.consent import Consents
    from globus_typed.auth.documents.identity import Identities, Identity
    from globus_typed.auth.documents.introspection import Introspection
    from globus_typed.auth.documents.oauth_client import OAuthClient
    from globus_typed.auth.documents.openid import IdToken, UserInfo
    from globus_typed.auth.documents.policy import Policy
    from globus_typed.auth.documents.project import Project
    from globus_typed.auth.documents.scope import ScopeDefinition
    from globus_typed.auth.documents.token import ResourceServerToken, TokenResponse
    from globus_typed.auth.errors import AuthAPIError, IdTokenError
    from globus_typed.auth.scopes import AuthScopes
    from globus_typed.auth.token_response import (
        OAuthAuthorizationCodeResponse,
        OAuthClientCredentialsResponse,
        OAuthDependentTokenResponse,
        OAuthRefreshTokenResponse,
        OAuthTokenResponse,
    )
    from globus_typed.base import BaseClient
    from globus_typed.core.async_pager import AsyncPager
    from globus_typed.core.authorization_parameters import AuthorizationParameters
    from globus_typed.core.authorizers import AccessTokenAuthorizer, BasicAuthorizer, GlobusAuthorizer, NullAuthorizer
    from globus_typed.core.documents import Document, ListDocument, Response
    from globus_typed.core.http_info import HTTPInfo
    from globus_typed.core.pager import Pager
    from globus_typed.core.payloads import MISSING, Payload
    from globus_typed.core.request import Part, Request
    from globus_typed.core.retry import RetryPolicy
    from globus_typed.errors import (
        AuthenticationError,
        BadRequestError,
        ConflictError,
        ConsentRequiredError,
        ErrorSubdocument,
        GlobusAPIError,
        GlobusConnectionError,
        GlobusConnectionTimeoutError,
        GlobusError,
        GlobusOptionalDependencyError,
        GlobusSDKUsageError,
        GlobusTimeoutError,
        GlobusUsageError,
        GlobusWarning,
        LoginRequiredError,
        NetworkError,
        NotFoundError,
        PermissionDeniedError,
        RateLimitedError,
        ReauthenticationRequiredError,
        RedirectedError,
        ResponseShapeError,
        ServiceUnavailableError,
    )
    from globus_typed.files.async_collection_files import AsyncCollectionFiles
    from globus_typed.files.checks import DownloadCheck, UploadCheck
    from globus_typed.files.collection_files import CollectionFiles
    from globus_typed.files.errors import (
        ChecksumMismatchError,
        CollectionLoginRequiredError,
        CollectionTokenRefusedError,
        CollectionUnavailableError,
        DestinationExistsError,
        FilesAPIError,
        IncompleteFileError,
        LocalFileError,
        RangeNotSatisfiableError,
        SomeFilesFailedError,
        SourceChangedError,
    )
    from globus_typed.files.opened import AsyncFileReader, AsyncFileWriter, FileReader, FileWriter
    from globus_typed.files.results import DownloadResult, FileFailure, FileInfo, FileProgress, UploadResult
    from globus_typed.gcs.scopes import CollectionScopes
    from globus_typed.response import GlobusHTTPResponse, GlobusResponse, IterableResponse
    from globus_typed.scopes.errors import ScopeCycleError, ScopeParseError
    from globus_typed.scopes.parser import ScopeParser
    from globus_typed.scopes.scope import Scope
    from globus_typed.transfer.async_client import AsyncTransferClient
    from globus_typed.transfer.client import TransferClient
    from globus_typed.transfer.documents.delete_data import DeleteData
    from globus_typed.transfer.documents.endpoint import Endpoint
    from globus_typed.transfer.documents.files import File, FileList
    from globus_typed.transfer.documents.submission import DeleteResult, TransferResult
    from globus_typed.transfer.documents.task import Event, Task
    from globus_typed.transfer.documents.transfer_data import TransferData
    from globus_typed.transfer.errors import TransferAPIError
    from globus_typed.transfer.response import (
        ActivationRequirementsResponse,
        IterableTransferResponse,
        TransferResponse,
    )
    from globus_typed.transfer.scopes import TransferScopes
else:  # a module with __getattr__ has, to a type checker, every name there is
    __getattr__, __dir__ = lazy(
        __name__,
        {
            "globus_typed._resource_servers": ("ResourceServers"),
            "globus_typed.apps.authorizers": ("AppAuthorizer"),
            "globus_typed.apps.client_app": ("ClientApp"),
            "globus_typed.apps.config": (
                "GlobusAppConfig IDTokenDecoder IDTokenDecoderProvider LoginFlowManagerProvider "
                "TokenStorageProvider TokenValidationErrorHandler resolve_by_login_flow"
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
            "globus_typed.auth.async_client": (
                "AsyncAuthClient AsyncConfidentialAppAuthClient AsyncNativeAppAuthClient"
            ),
            "globus_typed.auth.authorizers": ("ClientCredentialsAuthorizer RefreshTokenAuthorizer"),
            "globus_typed.auth.client": ("AuthClient ConfidentialAppAuthClient NativeAppAuthClient"),
            "globus_typed.auth.documents.consent": ("Consents"),
            "globus_typed.auth.documents.identity": ("Identities Identity"),
            "globus_typed.auth.documents.introspection": ("Introspection"),
            "globus_typed.auth.documents.oauth_client": ("OAuthClient"),
            "globus_typed.auth.documents.openid": ("IdToken UserInfo"),
            "globus_typed.auth.documents.policy": ("Policy"),
            "globus_typed.auth.documents.project": ("Project"),
            "globus_typed.auth.documents.scope": ("ScopeDefinition"),
            "globus_typed.auth.documents.token": ("ResourceServerToken TokenResponse"),
            "globus_typed.auth.errors": ("AuthAPIError IdTokenError"),
            "globus_typed.auth.scopes": ("AuthScopes"),
            "globus_typed.auth.token_response": (
                "OAuthAuthorizationCodeResponse OAuthClientCredentialsResponse OAuthDependentTokenResponse "
                "OAuthRefreshTokenResponse OAuthTokenResponse"
            ),
            "globus_typed.base": ("BaseClient"),
            "globus_typed.core.async_pager": ("AsyncPager"),
            "globus_typed.core.authorization_parameters": ("AuthorizationParameters"),
            "globus_typed.core.authorizers": ("AccessTokenAuthorizer BasicAuthorizer GlobusAuthorizer NullAuthorizer"),
            "globus_typed.core.documents": ("Document ListDocument Response"),
            "globus_typed.core.http_info": ("HTTPInfo"),
            "globus_typed.core.pager": ("Pager"),
            "globus_typed.core.payloads": ("MISSING Payload"),
            "globus_typed.core.request": ("Part Request"),
            "globus_typed.core.retry": ("RetryPolicy"),
            "globus_typed.errors": (
                "AuthenticationError BadRequestError ConflictError ConsentRequiredError ErrorSubdocument "
                "GlobusAPIError GlobusConnectionError GlobusConnectionTimeoutError GlobusError "
                "GlobusOptionalDependencyError GlobusSDKUsageError GlobusTimeoutError GlobusUsageError "
                "GlobusWarning LoginRequiredError NetworkError NotFoundError PermissionDeniedError "
                "RateLimitedError ReauthenticationRequiredError RedirectedError ResponseShapeError "
                "ServiceUnavailableError"
            ),
            "globus_typed.files.async_collection_files": ("AsyncCollectionFiles"),
            "globus_typed.files.checks": ("DownloadCheck UploadCheck"),
            "globus_typed.files.collection_files": ("CollectionFiles"),
            "globus_typed.files.errors": (
                "ChecksumMismatchError CollectionLoginRequiredError CollectionTokenRefusedError "
                "CollectionUnavailableError DestinationExistsError FilesAPIError IncompleteFileError "
                "LocalFileError RangeNotSatisfiableError SomeFilesFailedError SourceChangedError"
            ),
            "globus_typed.files.opened": ("AsyncFileReader AsyncFileWriter FileReader FileWriter"),
            "globus_typed.files.results": ("DownloadResult FileFailure FileInfo FileProgress UploadResult"),
            "globus_typed.gcs.scopes": ("CollectionScopes"),
            "globus_typed.response": ("GlobusHTTPResponse GlobusResponse IterableResponse"),
            "globus_typed.scopes.errors": ("ScopeCycleError ScopeParseError"),
            "globus_typed.scopes.parser": ("ScopeParser"),
            "globus_typed.scopes.scope": ("Scope"),
            "globus_typed.transfer.async_client": ("AsyncTransferClient"),
            "globus_typed.transfer.client": ("TransferClient"),
            "globus_typed.transfer.documents.delete_data": ("DeleteData"),
            "globus_typed.transfer.documents.endpoint": ("Endpoint"),
            "globus_typed.transfer.documents.files": ("File FileList"),
            "globus_typed.transfer.documents.submission": ("DeleteResult TransferResult"),
            "globus_typed.transfer.documents.task": ("Event Task"),
            "globus_typed.transfer.documents.transfer_data": ("TransferData"),
            "globus_typed.transfer.errors": ("TransferAPIError"),
            "globus_typed.transfer.response": (
                "ActivationRequirementsResponse IterableTransferResponse TransferResponse"
            ),
            "globus_typed.transfer.scopes": ("TransferScopes"),
        },
    )

find_former_paths()

__all__ = [
    "GARE",
    "MISSING",
    "AccessTokenAuthorizer",
    "ActivationRequirementsResponse",
    "AppAuthorizer",
    "AsyncAuthClient",
    "AsyncCollectionFiles",
    "AsyncConfidentialAppAuthClient",
    "AsyncFileReader",
    "AsyncFileWriter",
    "AsyncNativeAppAuthClient",
    "AsyncPager",
    "AsyncTransferClient",
    "AuthAPIError",
    "AuthClient",
    "AuthScopes",
    "AuthenticationError",
    "AuthorizationParameters",
    "AutoLoginFlowManager",
    "BadRequestError",
    "BaseClient",
    "BasicAuthorizer",
    "Check",
    "ChecksumMismatchError",
    "ClientApp",
    "ClientCredentialsAuthorizer",
    "CollectionFiles",
    "CollectionLoginRequiredError",
    "CollectionScopes",
    "CollectionTokenRefusedError",
    "CollectionUnavailableError",
    "CommandLineLoginFlowEOFError",
    "CommandLineLoginFlowManager",
    "ConfidentialAppAuthClient",
    "ConflictError",
    "ConsentRequiredError",
    "Consents",
    "DeleteData",
    "DeleteResult",
    "DestinationExistsError",
    "Document",
    "DownloadCheck",
    "DownloadResult",
    "Endpoint",
    "ErrorSubdocument",
    "Event",
    "ExpiredTokenError",
    "File",
    "FileFailure",
    "FileInfo",
    "FileList",
    "FileProgress",
    "FileReader",
    "FileTokenStorage",
    "FileWriter",
    "FilesAPIError",
    "GlobusAPIError",
    "GlobusAppConfig",
    "GlobusAuthorizationParameters",
    "GlobusAuthorizer",
    "GlobusConnectionError",
    "GlobusConnectionTimeoutError",
    "GlobusError",
    "GlobusHTTPResponse",
    "GlobusOptionalDependencyError",
    "GlobusResponse",
    "GlobusSDKUsageError",
    "GlobusTimeoutError",
    "GlobusUsageError",
    "GlobusWarning",
    "HTTPInfo",
    "HasRefreshTokensValidator",
    "IDTokenDecoder",
    "IDTokenDecoderProvider",
    "IdToken",
    "IdTokenError",
    "Identities",
    "Identity",
    "IdentityMismatchError",
    "IdentityValidationError",
    "IfReadOnly",
    "ImportReport",
    "IncompleteFileError",
    "Introspection",
    "IterableResponse",
    "IterableTransferResponse",
    "JSONTokenStorage",
    "Keyring",
    "KeyringTokenStorage",
    "ListDocument",
    "LocalFileError",
    "LocalServerEnvironmentalLoginError",
    "LocalServerLoginError",
    "LocalServerLoginFlowManager",
    "LoginChoices",
    "LoginClient",
    "LoginDeniedError",
    "LoginError",
    "LoginFlowManager",
    "LoginFlowManagerProvider",
    "LoginRequiredError",
    "LoginResult",
    "LogoutFailure",
    "LogoutReport",
    "MemoryTokenStorage",
    "MissingIdentityError",
    "MissingTokenError",
    "NativeAppAuthClient",
    "NeededScope",
    "NetworkError",
    "NotExpiredValidator",
    "NotFoundError",
    "NotebookLoginFlowManager",
    "NullAuthorizer",
    "OAuthAuthorizationCodeResponse",
    "OAuthClient",
    "OAuthClientCredentialsResponse",
    "OAuthDependentTokenResponse",
    "OAuthRefreshTokenResponse",
    "OAuthTokenResponse",
    "Pager",
    "Part",
    "Payload",
    "PendingLogin",
    "PermissionDeniedError",
    "Policy",
    "PreflightError",
    "PreflightItem",
    "PreflightReport",
    "Preparation",
    "Project",
    "RangeNotSatisfiableError",
    "RateLimitedError",
    "ReauthenticationRequiredError",
    "RedirectedError",
    "RefreshTokenAuthorizer",
    "Request",
    "ResourceServerToken",
    "ResourceServers",
    "Response",
    "ResponseShapeError",
    "RetryPolicy",
    "SQLiteTokenStorage",
    "Scope",
    "ScopeCycleError",
    "ScopeDefinition",
    "ScopeParseError",
    "ScopeParser",
    "ScopeRequirementsValidator",
    "ServiceUnavailableError",
    "SkippedRecord",
    "SomeFilesFailedError",
    "SourceChangedError",
    "StoreDamagedError",
    "StoreError",
    "StoreKeyError",
    "StoreLockedError",
    "StorePermissionError",
    "StoredClient",
    "StoredTokens",
    "Task",
    "TokenDataValidator",
    "TokenResponse",
    "TokenStorage",
    "TokenStorageData",
    "TokenStorageProvider",
    "TokenValidationContext",
    "TokenValidationError",
    "TokenValidationErrorHandler",
    "TransferAPIError",
    "TransferClient",
    "TransferData",
    "TransferResponse",
    "TransferResult",
    "TransferScopes",
    "UnchangingIdentityIDValidator",
    "UnmetScopeRequirementsError",
    "UploadCheck",
    "UploadResult",
    "UserApp",
    "UserInfo",
    "ValidatingTokenStorage",
    "Verdict",
    "__version__",
    "has_gares",
    "import_tokens",
    "is_gare",
    "read_tokens",
    "resolve_by_login_flow",
    "to_gare",
    "to_gares",
]
