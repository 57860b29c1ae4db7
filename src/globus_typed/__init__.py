"""A Globus SDK in which every document is a pydantic model, sync and async, with a local Globus to try programs on.

Names load when they are first used, so that importing this package costs next to nothing.
"""

from typing import TYPE_CHECKING

from globus_typed._lazy import lazy
from globus_typed._version import __version__

if TYPE_CHECKING:
    from globus_typed.async_pager import AsyncPager
    from globus_typed.auth.async_client import AsyncAuthClient, AsyncConfidentialAppAuthClient, AsyncNativeAppAuthClient
    from globus_typed.auth.client import AuthClient, ConfidentialAppAuthClient, NativeAppAuthClient
    from globus_typed.auth.documents.client import OAuthClient
    from globus_typed.auth.documents.consent import Consents
    from globus_typed.auth.documents.identity import Identities, Identity
    from globus_typed.auth.documents.introspection import Introspection
    from globus_typed.auth.documents.openid import IdToken, UserInfo
    from globus_typed.auth.documents.policy import Policy
    from globus_typed.auth.documents.project import Project
    from globus_typed.auth.documents.scope import ScopeDefinition
    from globus_typed.auth.documents.token import ResourceServerToken, TokenResponse
    from globus_typed.authorizers import (
        AccessTokenAuthorizer,
        BasicAuthorizer,
        ClientCredentialsAuthorizer,
        GlobusAuthorizer,
        NullAuthorizer,
        RefreshTokenAuthorizer,
    )
    from globus_typed.documents import MISSING, Document, HTTPInfo, ListDocument, Payload, Response
    from globus_typed.errors import (
        AuthAPIError,
        AuthenticationError,
        BadRequestError,
        ConflictError,
        ConsentRequiredError,
        GlobusAPIError,
        GlobusConnectionError,
        GlobusError,
        GlobusOptionalDependencyError,
        GlobusTimeoutError,
        GlobusUsageError,
        GlobusWarning,
        IdTokenError,
        LoginRequiredError,
        NetworkError,
        NotFoundError,
        PermissionDeniedError,
        RateLimitedError,
        ResponseShapeError,
        ServiceUnavailableError,
        TransferAPIError,
    )
    from globus_typed.pager import Pager
    from globus_typed.request import Part, Request
    from globus_typed.retry import RetryPolicy
    from globus_typed.scopes import AuthScopes, CollectionScopes, ResourceServers, Scope, TransferScopes
    from globus_typed.transfer.async_client import AsyncTransferClient
    from globus_typed.transfer.client import TransferClient
    from globus_typed.transfer.documents.endpoint import Endpoint
    from globus_typed.transfer.documents.files import File, FileList
    from globus_typed.transfer.documents.submission import DeleteData, DeleteResult, TransferData, TransferResult
    from globus_typed.transfer.documents.task import Event, Task
else:  # a module with __getattr__ has, to a type checker, every name there is
    __getattr__, __dir__ = lazy(
        __name__,
        {
            "globus_typed.async_pager": "AsyncPager",
            "globus_typed.auth.async_client": "AsyncAuthClient AsyncConfidentialAppAuthClient AsyncNativeAppAuthClient",
            "globus_typed.auth.client": "AuthClient ConfidentialAppAuthClient NativeAppAuthClient",
            "globus_typed.auth.documents.client": "OAuthClient",
            "globus_typed.auth.documents.consent": "Consents",
            "globus_typed.auth.documents.identity": "Identities Identity",
            "globus_typed.auth.documents.introspection": "Introspection",
            "globus_typed.auth.documents.openid": "IdToken UserInfo",
            "globus_typed.auth.documents.policy": "Policy",
            "globus_typed.auth.documents.project": "Project",
            "globus_typed.auth.documents.scope": "ScopeDefinition",
            "globus_typed.auth.documents.token": "ResourceServerToken TokenResponse",
            "globus_typed.authorizers": (
                "AccessTokenAuthorizer BasicAuthorizer ClientCredentialsAuthorizer GlobusAuthorizer "
                "NullAuthorizer RefreshTokenAuthorizer"
            ),
            "globus_typed.documents": "Document HTTPInfo ListDocument MISSING Payload Response",
            "globus_typed.errors": (
                "AuthAPIError AuthenticationError BadRequestError ConflictError ConsentRequiredError "
                "GlobusAPIError GlobusConnectionError GlobusError GlobusOptionalDependencyError "
                "GlobusTimeoutError GlobusUsageError GlobusWarning IdTokenError LoginRequiredError NetworkError "
                "NotFoundError PermissionDeniedError RateLimitedError ResponseShapeError "
                "ServiceUnavailableError TransferAPIError"
            ),
            "globus_typed.pager": "Pager",
            "globus_typed.request": "Part Request",
            "globus_typed.retry": "RetryPolicy",
            "globus_typed.scopes": "AuthScopes CollectionScopes ResourceServers Scope TransferScopes",
            "globus_typed.transfer.async_client": "AsyncTransferClient",
            "globus_typed.transfer.client": "TransferClient",
            "globus_typed.transfer.documents.endpoint": "Endpoint",
            "globus_typed.transfer.documents.files": "File FileList",
            "globus_typed.transfer.documents.submission": "DeleteData DeleteResult TransferData TransferResult",
            "globus_typed.transfer.documents.task": "Event Task",
        },
    )

__all__ = [
    "AccessTokenAuthorizer",
    "AsyncAuthClient",
    "AsyncConfidentialAppAuthClient",
    "AsyncNativeAppAuthClient",
    "AsyncPager",
    "AsyncTransferClient",
    "AuthAPIError",
    "AuthClient",
    "AuthScopes",
    "AuthenticationError",
    "BadRequestError",
    "BasicAuthorizer",
    "ClientCredentialsAuthorizer",
    "CollectionScopes",
    "ConfidentialAppAuthClient",
    "ConflictError",
    "ConsentRequiredError",
    "Consents",
    "DeleteData",
    "DeleteResult",
    "Document",
    "Endpoint",
    "Event",
    "File",
    "FileList",
    "GlobusAPIError",
    "GlobusAuthorizer",
    "GlobusConnectionError",
    "GlobusError",
    "GlobusOptionalDependencyError",
    "GlobusTimeoutError",
    "GlobusUsageError",
    "GlobusWarning",
    "HTTPInfo",
    "IdToken",
    "IdTokenError",
    "Identities",
    "Identity",
    "Introspection",
    "ListDocument",
    "LoginRequiredError",
    "MISSING",
    "NativeAppAuthClient",
    "NetworkError",
    "NotFoundError",
    "NullAuthorizer",
    "OAuthClient",
    "Pager",
    "Part",
    "Payload",
    "PermissionDeniedError",
    "Policy",
    "Project",
    "RateLimitedError",
    "RefreshTokenAuthorizer",
    "Request",
    "ResourceServerToken",
    "ResourceServers",
    "Response",
    "ResponseShapeError",
    "RetryPolicy",
    "Scope",
    "ScopeDefinition",
    "ServiceUnavailableError",
    "Task",
    "TokenResponse",
    "TransferAPIError",
    "TransferClient",
    "TransferData",
    "TransferResult",
    "TransferScopes",
    "UserInfo",
    "__version__",
]
