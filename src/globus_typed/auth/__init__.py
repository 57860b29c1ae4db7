"""Globus Auth: its clients, its logins and all of its documents."""

# The names are written by tools/names.py, from the `__all__` of the modules.

from typing import TYPE_CHECKING

from globus_typed.core.lazy import lazy

if TYPE_CHECKING:
    from globus_typed._resource_servers import ResourceServers
    from globus_typed.auth.async_client import (
        AsyncAuthClient,
        AsyncConfidentialAppAuthClient,
        AsyncGlobusAuthorizationCodeFlowManager,
        AsyncGlobusNativeAppFlowManager,
        AsyncGlobusOAuthFlowManager,
        AsyncNativeAppAuthClient,
    )
    from globus_typed.auth.authorizers import (
        ClientCredentialsAuthorizer,
        CredentialsClient,
        RefreshTokenAuthorizer,
        TokenClient,
    )
    from globus_typed.auth.client import (
        AuthClient,
        ConfidentialAppAuthClient,
        GlobusAuthorizationCodeFlowManager,
        GlobusNativeAppFlowManager,
        GlobusOAuthFlowManager,
        NativeAppAuthClient,
    )
    from globus_typed.auth.documents.consent import (
        Consent,
        ConsentForest,
        ConsentParseError,
        Consents,
        ConsentStatus,
        ConsentTree,
        ConsentTreeConstructionError,
    )
    from globus_typed.auth.documents.identity import (
        Identities,
        IdentitiesIncluded,
        Identity,
        IdentityProvider,
        IdentityProviders,
        IdentityStatus,
        IdentityType,
    )
    from globus_typed.auth.documents.introspection import Authentication, IdentityDetail, Introspection, SessionInfo
    from globus_typed.auth.documents.oauth_client import (
        ChildClientCreate,
        ClientCredential,
        ClientCredentialCreate,
        ClientCredentialResult,
        ClientCredentials,
        ClientType,
        KnownClientType,
        NativeAppInstanceCreate,
        OAuthClient,
        OAuthClientCreate,
        OAuthClientIncluded,
        OAuthClientLinks,
        OAuthClientLinksSpec,
        OAuthClientResult,
        OAuthClients,
        OAuthClientUpdate,
        Visibility,
    )
    from globus_typed.auth.documents.openid import (
        IdToken,
        JSONWebKey,
        JSONWebKeySet,
        LinkedIdentity,
        OpenIDConfiguration,
        UserInfo,
    )
    from globus_typed.auth.documents.policy import Policies, Policy, PolicyCreate, PolicyResult, PolicyUpdate
    from globus_typed.auth.documents.project import (
        Project,
        ProjectAdminGroup,
        ProjectAdmins,
        ProjectCreate,
        ProjectResult,
        Projects,
        ProjectUpdate,
    )
    from globus_typed.auth.documents.scope import (
        DependentScope,
        DependentScopeSpec,
        ScopeCreate,
        ScopeDefinition,
        ScopeDefinitions,
        ScopeResult,
        ScopeUpdate,
    )
    from globus_typed.auth.documents.token import (
        DependentTokenResponse,
        ResourceServerToken,
        Token,
        TokenResponse,
        TokenRevocation,
    )
    from globus_typed.auth.errors import (
        AuthAPIError,
        IdTokenAccessTokenError,
        IdTokenAlgorithmError,
        IdTokenAudienceError,
        IdTokenError,
        IdTokenExpiredError,
        IdTokenIssuerError,
        IdTokenMalformedError,
        IdTokenNonceError,
        IdTokenNotYetValidError,
        IdTokenSignatureError,
        IdTokenUnknownKeyError,
    )
    from globus_typed.auth.flows import AuthorizationCodeFlow, LoginFlow, NativeAppFlow, SessionParams
    from globus_typed.auth.scopes import DEFAULT_REQUESTED_SCOPES, AuthScopes
    from globus_typed.auth.token_response import (
        OAuthAuthorizationCodeResponse,
        OAuthClientCredentialsResponse,
        OAuthDependentTokenResponse,
        OAuthRefreshTokenResponse,
        OAuthTokenResponse,
    )
    from globus_typed.compute.scopes import ComputeScopes
    from globus_typed.flows.scopes import FlowsScopes
    from globus_typed.gcs.scopes import CollectionScopes
    from globus_typed.groups.scopes import GroupsScopes
    from globus_typed.scopes import Scope, Scopes
    from globus_typed.search.scopes import SearchScopes
    from globus_typed.timers.scopes import TimersScopes
    from globus_typed.transfer.scopes import TransferScopes
else:  # a module with __getattr__ has, to a type checker, every name there is
    __getattr__, __dir__ = lazy(
        __name__,
        {
            "globus_typed._resource_servers": ("ResourceServers"),
            "globus_typed.auth.async_client": (
                "AsyncAuthClient AsyncConfidentialAppAuthClient AsyncGlobusAuthorizationCodeFlowManager "
                "AsyncGlobusNativeAppFlowManager AsyncGlobusOAuthFlowManager AsyncNativeAppAuthClient"
            ),
            "globus_typed.auth.authorizers": (
                "ClientCredentialsAuthorizer CredentialsClient RefreshTokenAuthorizer TokenClient"
            ),
            "globus_typed.auth.client": (
                "AuthClient ConfidentialAppAuthClient GlobusAuthorizationCodeFlowManager "
                "GlobusNativeAppFlowManager GlobusOAuthFlowManager NativeAppAuthClient"
            ),
            "globus_typed.auth.documents.consent": (
                "Consent ConsentForest ConsentParseError ConsentStatus ConsentTree "
                "ConsentTreeConstructionError Consents"
            ),
            "globus_typed.auth.documents.identity": (
                "Identities IdentitiesIncluded Identity IdentityProvider IdentityProviders IdentityStatus IdentityType"
            ),
            "globus_typed.auth.documents.introspection": ("Authentication IdentityDetail Introspection SessionInfo"),
            "globus_typed.auth.documents.oauth_client": (
                "ChildClientCreate ClientCredential ClientCredentialCreate ClientCredentialResult "
                "ClientCredentials ClientType KnownClientType NativeAppInstanceCreate OAuthClient "
                "OAuthClientCreate OAuthClientIncluded OAuthClientLinks OAuthClientLinksSpec "
                "OAuthClientResult OAuthClientUpdate OAuthClients Visibility"
            ),
            "globus_typed.auth.documents.openid": (
                "IdToken JSONWebKey JSONWebKeySet LinkedIdentity OpenIDConfiguration UserInfo"
            ),
            "globus_typed.auth.documents.policy": ("Policies Policy PolicyCreate PolicyResult PolicyUpdate"),
            "globus_typed.auth.documents.project": (
                "Project ProjectAdminGroup ProjectAdmins ProjectCreate ProjectResult ProjectUpdate Projects"
            ),
            "globus_typed.auth.documents.scope": (
                "DependentScope DependentScopeSpec ScopeCreate ScopeDefinition ScopeDefinitions ScopeResult ScopeUpdate"
            ),
            "globus_typed.auth.documents.token": (
                "DependentTokenResponse ResourceServerToken Token TokenResponse TokenRevocation"
            ),
            "globus_typed.auth.errors": (
                "AuthAPIError IdTokenAccessTokenError IdTokenAlgorithmError IdTokenAudienceError "
                "IdTokenError IdTokenExpiredError IdTokenIssuerError IdTokenMalformedError "
                "IdTokenNonceError IdTokenNotYetValidError IdTokenSignatureError IdTokenUnknownKeyError"
            ),
            "globus_typed.auth.flows": ("AuthorizationCodeFlow LoginFlow NativeAppFlow SessionParams"),
            "globus_typed.auth.scopes": ("AuthScopes DEFAULT_REQUESTED_SCOPES"),
            "globus_typed.auth.token_response": (
                "OAuthAuthorizationCodeResponse OAuthClientCredentialsResponse OAuthDependentTokenResponse "
                "OAuthRefreshTokenResponse OAuthTokenResponse"
            ),
            "globus_typed.compute.scopes": ("ComputeScopes"),
            "globus_typed.flows.scopes": ("FlowsScopes"),
            "globus_typed.gcs.scopes": ("CollectionScopes"),
            "globus_typed.groups.scopes": ("GroupsScopes"),
            "globus_typed.scopes": ("Scope Scopes"),
            "globus_typed.search.scopes": ("SearchScopes"),
            "globus_typed.timers.scopes": ("TimersScopes"),
            "globus_typed.transfer.scopes": ("TransferScopes"),
        },
    )

__all__ = [
    "DEFAULT_REQUESTED_SCOPES",
    "AsyncAuthClient",
    "AsyncConfidentialAppAuthClient",
    "AsyncGlobusAuthorizationCodeFlowManager",
    "AsyncGlobusNativeAppFlowManager",
    "AsyncGlobusOAuthFlowManager",
    "AsyncNativeAppAuthClient",
    "AuthAPIError",
    "AuthClient",
    "AuthScopes",
    "Authentication",
    "AuthorizationCodeFlow",
    "ChildClientCreate",
    "ClientCredential",
    "ClientCredentialCreate",
    "ClientCredentialResult",
    "ClientCredentials",
    "ClientCredentialsAuthorizer",
    "ClientType",
    "CollectionScopes",
    "ComputeScopes",
    "ConfidentialAppAuthClient",
    "Consent",
    "ConsentForest",
    "ConsentParseError",
    "ConsentStatus",
    "ConsentTree",
    "ConsentTreeConstructionError",
    "Consents",
    "CredentialsClient",
    "DependentScope",
    "DependentScopeSpec",
    "DependentTokenResponse",
    "FlowsScopes",
    "GlobusAuthorizationCodeFlowManager",
    "GlobusNativeAppFlowManager",
    "GlobusOAuthFlowManager",
    "GroupsScopes",
    "IdToken",
    "IdTokenAccessTokenError",
    "IdTokenAlgorithmError",
    "IdTokenAudienceError",
    "IdTokenError",
    "IdTokenExpiredError",
    "IdTokenIssuerError",
    "IdTokenMalformedError",
    "IdTokenNonceError",
    "IdTokenNotYetValidError",
    "IdTokenSignatureError",
    "IdTokenUnknownKeyError",
    "Identities",
    "IdentitiesIncluded",
    "Identity",
    "IdentityDetail",
    "IdentityProvider",
    "IdentityProviders",
    "IdentityStatus",
    "IdentityType",
    "Introspection",
    "JSONWebKey",
    "JSONWebKeySet",
    "KnownClientType",
    "LinkedIdentity",
    "LoginFlow",
    "NativeAppAuthClient",
    "NativeAppFlow",
    "NativeAppInstanceCreate",
    "OAuthAuthorizationCodeResponse",
    "OAuthClient",
    "OAuthClientCreate",
    "OAuthClientCredentialsResponse",
    "OAuthClientIncluded",
    "OAuthClientLinks",
    "OAuthClientLinksSpec",
    "OAuthClientResult",
    "OAuthClientUpdate",
    "OAuthClients",
    "OAuthDependentTokenResponse",
    "OAuthRefreshTokenResponse",
    "OAuthTokenResponse",
    "OpenIDConfiguration",
    "Policies",
    "Policy",
    "PolicyCreate",
    "PolicyResult",
    "PolicyUpdate",
    "Project",
    "ProjectAdminGroup",
    "ProjectAdmins",
    "ProjectCreate",
    "ProjectResult",
    "ProjectUpdate",
    "Projects",
    "RefreshTokenAuthorizer",
    "ResourceServerToken",
    "ResourceServers",
    "Scope",
    "ScopeCreate",
    "ScopeDefinition",
    "ScopeDefinitions",
    "ScopeResult",
    "ScopeUpdate",
    "Scopes",
    "SearchScopes",
    "SessionInfo",
    "SessionParams",
    "TimersScopes",
    "Token",
    "TokenClient",
    "TokenResponse",
    "TokenRevocation",
    "TransferScopes",
    "UserInfo",
    "Visibility",
]
