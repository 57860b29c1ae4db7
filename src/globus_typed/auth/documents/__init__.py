"""The documents of Globus Auth, one module a subject."""

# The names are written by tools/names.py, from the `__all__` of the modules.

from typing import TYPE_CHECKING

from globus_typed.core.lazy import lazy

if TYPE_CHECKING:
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
else:  # a module with __getattr__ has, to a type checker, every name there is
    __getattr__, __dir__ = lazy(
        __name__,
        {
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
        },
    )

__all__ = [
    "Authentication",
    "ChildClientCreate",
    "ClientCredential",
    "ClientCredentialCreate",
    "ClientCredentialResult",
    "ClientCredentials",
    "ClientType",
    "Consent",
    "ConsentForest",
    "ConsentParseError",
    "ConsentStatus",
    "ConsentTree",
    "ConsentTreeConstructionError",
    "Consents",
    "DependentScope",
    "DependentScopeSpec",
    "DependentTokenResponse",
    "IdToken",
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
    "ScopeCreate",
    "ScopeDefinition",
    "ScopeDefinitions",
    "ScopeResult",
    "ScopeUpdate",
    "SessionInfo",
    "Token",
    "TokenResponse",
    "TokenRevocation",
    "UserInfo",
    "Visibility",
]
