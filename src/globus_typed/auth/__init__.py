"""Globus Auth: its clients, its logins and all of its documents."""

from typing import TYPE_CHECKING

from globus_typed._lazy import lazy

if TYPE_CHECKING:
    from globus_typed.auth.async_client import (
        AsyncAuthClient,
        AsyncConfidentialAppAuthClient,
        AsyncGlobusAuthorizationCodeFlowManager,
        AsyncGlobusNativeAppFlowManager,
        AsyncGlobusOAuthFlowManager,
        AsyncNativeAppAuthClient,
    )
    from globus_typed.auth.client import (
        AuthClient,
        ConfidentialAppAuthClient,
        GlobusAuthorizationCodeFlowManager,
        GlobusNativeAppFlowManager,
        GlobusOAuthFlowManager,
        NativeAppAuthClient,
    )
    from globus_typed.auth.documents.client import (
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
    from globus_typed.auth.documents.consent import Consent, Consents, ConsentStatus
    from globus_typed.auth.documents.identity import Identities, Identity, IdentityProvider, IdentityProviders
    from globus_typed.auth.documents.introspection import Authentication, IdentityDetail, Introspection, SessionInfo
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
    from globus_typed.auth.flows import AuthorizationCodeFlow, LoginFlow, NativeAppFlow, SessionParams
    from globus_typed.scopes import (
        AuthScopes,
        CollectionScopes,
        ComputeScopes,
        FlowsScopes,
        GroupsScopes,
        ResourceServers,
        Scope,
        Scopes,
        SearchScopes,
        TimersScopes,
        TransferScopes,
    )
else:  # a module with __getattr__ has, to a type checker, every name there is
    __getattr__, __dir__ = lazy(
        __name__,
        {
            "globus_typed.auth.async_client": (
                "AsyncAuthClient AsyncConfidentialAppAuthClient AsyncGlobusAuthorizationCodeFlowManager "
                "AsyncGlobusNativeAppFlowManager AsyncGlobusOAuthFlowManager AsyncNativeAppAuthClient"
            ),
            "globus_typed.auth.client": (
                "AuthClient ConfidentialAppAuthClient GlobusAuthorizationCodeFlowManager "
                "GlobusNativeAppFlowManager GlobusOAuthFlowManager NativeAppAuthClient"
            ),
            "globus_typed.auth.documents.client": (
                "ChildClientCreate ClientCredential ClientCredentialCreate ClientCredentialResult "
                "ClientCredentials ClientType KnownClientType NativeAppInstanceCreate OAuthClient "
                "OAuthClientCreate OAuthClientIncluded OAuthClientLinks OAuthClientLinksSpec OAuthClientResult "
                "OAuthClientUpdate OAuthClients Visibility"
            ),
            "globus_typed.auth.documents.consent": "Consent ConsentStatus Consents",
            "globus_typed.auth.documents.identity": "Identities Identity IdentityProvider IdentityProviders",
            "globus_typed.auth.documents.introspection": "Authentication IdentityDetail Introspection SessionInfo",
            "globus_typed.auth.documents.openid": (
                "IdToken JSONWebKey JSONWebKeySet LinkedIdentity OpenIDConfiguration UserInfo"
            ),
            "globus_typed.auth.documents.policy": "Policies Policy PolicyCreate PolicyResult PolicyUpdate",
            "globus_typed.auth.documents.project": (
                "Project ProjectAdminGroup ProjectAdmins ProjectCreate ProjectResult ProjectUpdate Projects"
            ),
            "globus_typed.auth.documents.scope": (
                "DependentScope DependentScopeSpec ScopeCreate ScopeDefinition ScopeDefinitions ScopeResult ScopeUpdate"
            ),
            "globus_typed.auth.documents.token": (
                "DependentTokenResponse ResourceServerToken Token TokenResponse TokenRevocation"
            ),
            "globus_typed.auth.flows": "AuthorizationCodeFlow LoginFlow NativeAppFlow SessionParams",
            "globus_typed.scopes": (
                "AuthScopes CollectionScopes ComputeScopes FlowsScopes GroupsScopes ResourceServers Scope "
                "Scopes SearchScopes TimersScopes TransferScopes"
            ),
        },
    )

__all__ = [
    "AsyncAuthClient",
    "AsyncConfidentialAppAuthClient",
    "AsyncGlobusAuthorizationCodeFlowManager",
    "AsyncGlobusNativeAppFlowManager",
    "AsyncGlobusOAuthFlowManager",
    "AsyncNativeAppAuthClient",
    "AuthClient",
    "AuthScopes",
    "Authentication",
    "AuthorizationCodeFlow",
    "ChildClientCreate",
    "ClientCredential",
    "ClientCredentialCreate",
    "ClientCredentialResult",
    "ClientCredentials",
    "ClientType",
    "CollectionScopes",
    "ComputeScopes",
    "ConfidentialAppAuthClient",
    "Consent",
    "ConsentStatus",
    "Consents",
    "DependentScope",
    "DependentScopeSpec",
    "DependentTokenResponse",
    "FlowsScopes",
    "GlobusAuthorizationCodeFlowManager",
    "GlobusNativeAppFlowManager",
    "GlobusOAuthFlowManager",
    "GroupsScopes",
    "IdToken",
    "Identities",
    "Identity",
    "IdentityDetail",
    "IdentityProvider",
    "IdentityProviders",
    "Introspection",
    "JSONWebKey",
    "JSONWebKeySet",
    "KnownClientType",
    "LinkedIdentity",
    "LoginFlow",
    "NativeAppAuthClient",
    "NativeAppFlow",
    "NativeAppInstanceCreate",
    "OAuthClient",
    "OAuthClientCreate",
    "OAuthClientIncluded",
    "OAuthClientLinks",
    "OAuthClientLinksSpec",
    "OAuthClientResult",
    "OAuthClientUpdate",
    "OAuthClients",
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
    "TokenResponse",
    "TokenRevocation",
    "TransferScopes",
    "UserInfo",
    "Visibility",
]
