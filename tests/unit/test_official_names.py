"""The names and module paths of globus-sdk: each leads to the class that there is."""

import subprocess
import sys
from importlib import import_module

import pytest

import globus_typed
from globus_typed import Document, Endpoint, FileList, Pager, TokenResponse
from globus_typed._former_paths import FORMER_PATHS, OFFICIAL_PATHS
from globus_typed.auth import DependentTokenResponse
from globus_typed.transfer import ActivationRequirements

NAMES = {
    "": "GroupsClient GroupsManager GroupsAPIError BatchMembershipActions GroupPolicies GroupRole GroupVisibility "
    "GroupMemberVisibility GroupRequiredSignupFields "
    "TransferClient TransferData DeleteData AuthClient NativeAppAuthClient ConfidentialAppAuthClient "
    "NullAuthorizer BasicAuthorizer AccessTokenAuthorizer RefreshTokenAuthorizer ClientCredentialsAuthorizer "
    "GlobusError GlobusAPIError TransferAPIError AuthAPIError NetworkError GlobusConnectionError GlobusTimeoutError "
    "GlobusConnectionTimeoutError GlobusOptionalDependencyError GlobusSDKUsageError GlobusResponse GlobusHTTPResponse "
    "BaseClient IterableResponse IterableTransferResponse ActivationRequirementsResponse OAuthTokenResponse "
    "OAuthDependentTokenResponse OAuthAuthorizationCodeResponse OAuthClientCredentialsResponse "
    "OAuthRefreshTokenResponse LocalGlobusConnectPersonal GlobusConnectPersonalOwnerInfo LocalGlobusConnectServer "
    "__version__",
    "exc": "GlobusError GlobusAPIError TransferAPIError AuthAPIError NetworkError GlobusTimeoutError "
    "GlobusConnectionError GlobusConnectionTimeoutError GlobusOptionalDependencyError GlobusSDKUsageError",
    "base": "BaseClient",
    "response": "GlobusResponse GlobusHTTPResponse IterableResponse",
    "authorizers": "GlobusAuthorizer NullAuthorizer BasicAuthorizer AccessTokenAuthorizer RefreshTokenAuthorizer "
    "ClientCredentialsAuthorizer",
    "authorizers.access_token": "AccessTokenAuthorizer",
    "authorizers.base": "GlobusAuthorizer",
    "authorizers.basic": "BasicAuthorizer",
    "authorizers.client_credentials": "ClientCredentialsAuthorizer",
    "authorizers.null": "NullAuthorizer",
    "authorizers.refresh_token": "RefreshTokenAuthorizer",
    "authorizers.renewing": "RenewingAuthorizer",
    "auth": "AuthClient NativeAppAuthClient ConfidentialAppAuthClient GlobusNativeAppFlowManager "
    "GlobusAuthorizationCodeFlowManager",
    "auth.client_types": "AuthClient NativeAppAuthClient ConfidentialAppAuthClient",
    "auth.client_types.base": "AuthClient",
    "auth.client_types.confidential_client": "ConfidentialAppAuthClient",
    "auth.client_types.native_client": "NativeAppAuthClient",
    "auth.oauth2_authorization_code": "GlobusAuthorizationCodeFlowManager",
    "auth.oauth2_constants": "DEFAULT_REQUESTED_SCOPES",
    "auth.oauth2_flow_manager": "GlobusOAuthFlowManager",
    "auth.oauth2_native_app": "GlobusNativeAppFlowManager",
    "auth.oauth_flow_manager": "GlobusOAuthFlowManager",
    "auth.token_response": "OAuthTokenResponse OAuthDependentTokenResponse",
    "gare": "GARE GlobusAuthorizationParameters to_gare to_gares is_gare has_gares",
    "globus_app": "GlobusApp UserApp ClientApp GlobusAppConfig IDTokenDecoderProvider TokenValidationErrorHandler "
    "TokenStorageProvider LoginFlowManagerProvider",
    "globus_app.app": "GlobusApp",
    "globus_app.client_app": "ClientApp",
    "globus_app.config": "GlobusAppConfig",
    "globus_app.protocols": "TokenStorageProvider LoginFlowManagerProvider IDTokenDecoderProvider",
    "globus_app.user_app": "UserApp",
    "local_endpoint": "LocalGlobusConnectPersonal GlobusConnectPersonalOwnerInfo LocalGlobusConnectServer",
    "local_endpoint.personal": "LocalGlobusConnectPersonal GlobusConnectPersonalOwnerInfo",
    "local_endpoint.personal.endpoint": "LocalGlobusConnectPersonal",
    "local_endpoint.personal.owner_info": "GlobusConnectPersonalOwnerInfo",
    "local_endpoint.server": "LocalGlobusConnectServer",
    "local_endpoint.server.endpoint": "LocalGlobusConnectServer",
    "login_flows": "LoginFlowManager CommandLineLoginFlowManager LocalServerLoginFlowManager "
    "CommandLineLoginFlowEOFError LocalServerLoginError LocalServerEnvironmentalLoginError",
    "login_flows.command_line_login_flow_manager": "CommandLineLoginFlowManager CommandLineLoginFlowEOFError",
    "login_flows.local_server_login_flow_manager": "LocalServerLoginFlowManager LocalServerLoginError",
    "login_flows.local_server_login_flow_manager.errors": "LocalServerLoginError LocalServerEnvironmentalLoginError",
    "login_flows.local_server_login_flow_manager.local_server_login_flow_manager": "LocalServerLoginFlowManager",
    "login_flows.login_flow_manager": "LoginFlowManager",
    "scopes": "Scope ScopeParser ScopeParseError ScopeCycleError ScopeCollection StaticScopeCollection "
    "DynamicScopeCollection AuthScopes ComputeScopes FlowsScopes GCSCollectionScopes GCSEndpointScopes GroupsScopes "
    "NexusScopes SearchScopes SpecificFlowScopes TimersScopes TransferScopes",
    "scopes.collection": "ScopeCollection StaticScopeCollection DynamicScopeCollection",
    "scopes.consents": "Consent ConsentTree ConsentForest ConsentParseError ConsentTreeConstructionError",
    "scopes.data": "AuthScopes TransferScopes",
    "scopes.data.auth": "AuthScopes",
    "scopes.data.compute": "ComputeScopes",
    "scopes.data.flows": "FlowsScopes SpecificFlowScopes",
    "scopes.data.gcs": "GCSEndpointScopes GCSCollectionScopes",
    "scopes.data.groups": "GroupsScopes NexusScopes",
    "scopes.data.search": "SearchScopes",
    "scopes.data.timers": "TimersScopes",
    "scopes.data.transfer": "TransferScopes",
    "scopes.errors": "ScopeParseError ScopeCycleError",
    "scopes.parser": "ScopeParser",
    "scopes.representation": "Scope",
    "services.auth": "AuthClient NativeAppAuthClient ConfidentialAppAuthClient AuthAPIError OAuthTokenResponse",
    "services.auth.client": "AuthClient NativeAppAuthClient ConfidentialAppAuthClient",
    "services.auth.errors": "AuthAPIError",
    "services.auth.flow_managers": "GlobusOAuthFlowManager GlobusNativeAppFlowManager",
    "services.auth.response": "OAuthTokenResponse OAuthDependentTokenResponse",
    "services.groups": "BatchMembershipActions GroupMemberVisibility GroupPolicies GroupRequiredSignupFields GroupRole "
    "GroupsAPIError GroupsClient GroupsManager GroupVisibility",
    "services.groups.client": "GroupsClient",
    "services.groups.data": "BatchMembershipActions GroupMemberVisibility GroupPolicies GroupRequiredSignupFields "
    "GroupRole GroupVisibility",
    "services.groups.errors": "GroupsAPIError",
    "services.groups.manager": "GroupsManager",
    "services.transfer": "TransferClient TransferData DeleteData TransferAPIError IterableTransferResponse",
    "services.transfer.client": "TransferClient",
    "services.transfer.data": "TransferData DeleteData",
    "services.transfer.errors": "TransferAPIError",
    "services.transfer.response": "ActivationRequirementsResponse IterableTransferResponse",
    "token_storage": "TokenStorage TokenStorageData FileTokenStorage JSONTokenStorage SQLiteTokenStorage "
    "MemoryTokenStorage ValidatingTokenStorage TokenValidationContext TokenDataValidator TokenValidationError "
    "HasRefreshTokensValidator NotExpiredValidator ScopeRequirementsValidator UnchangingIdentityIDValidator",
    "token_storage.base": "TokenStorage FileTokenStorage",
    "token_storage.json": "JSONTokenStorage",
    "token_storage.legacy": "StorageAdapter FileAdapter SimpleJSONFileAdapter SQLiteAdapter MemoryAdapter",
    "token_storage.memory": "MemoryTokenStorage",
    "token_storage.sqlite": "SQLiteTokenStorage",
    "token_storage.token_data": "TokenStorageData",
    "token_storage.validating_token_storage": "ValidatingTokenStorage",
    "token_storage.validating_token_storage.context": "TokenValidationContext",
    "token_storage.validating_token_storage.errors": "IdentityMismatchError MissingTokenError ExpiredTokenError",
    "token_storage.validating_token_storage.storage": "ValidatingTokenStorage",
    "token_storage.validating_token_storage.validators": "NotExpiredValidator TokenDataValidator",
    "tokenstorage": "SimpleJSONFileAdapter SQLiteAdapter MemoryAdapter JSONTokenStorage SQLiteTokenStorage",
    "transfer": "TransferClient",
    "transfer.client": "TransferClient",
    "transfer.data": "TransferData DeleteData",
    "transfer.paging": "PaginatedResource",
    "transfer.response": "TransferResponse IterableTransferResponse ActivationRequirementsResponse",
    "transfer.response.activation": "ActivationRequirementsResponse",
    "transfer.response.base": "TransferResponse",
    "transfer.response.iterable": "IterableTransferResponse",
    "version": "__version__",
}


def _module(path: str) -> str:
    return f"globus_typed.{path}".rstrip(".")


@pytest.mark.parametrize("path", NAMES)
def test_a_path_of_globus_sdk_has_its_names(path: str) -> None:
    module = import_module(_module(path))
    for name in NAMES[path].split():
        value = getattr(module, name)
        assert getattr(globus_typed, name, value) is value


@pytest.mark.parametrize("path", OFFICIAL_PATHS)
def test_a_path_can_be_imported_before_all_else(path: str) -> None:
    names = NAMES.get(path, "").split()
    code = f"import {_module(path)}" + f"; from {_module(path)} import {', '.join(names)}" * bool(names)
    code += (
        "; import sys, globus_typed; globus_typed.AuthClient, globus_typed.TransferClient, globus_typed.AuthAPIError"
    )
    code += "; print(*{id(m): m.__file__ for m in sys.modules.values() if 'globus_typed' in m.__name__"
    code += " and getattr(m, '__file__', None)}.values())"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    files = done.stdout.split()
    assert files
    assert len({*files}) == len(files), "a module was loaded twice"


def test_no_path_of_globus_sdk_hides_another() -> None:
    assert not OFFICIAL_PATHS.keys() & FORMER_PATHS.keys()
    assert OFFICIAL_PATHS.keys() <= NAMES.keys() | {"services"}


def test_what_is_received_is_an_instance_of_the_official_classes() -> None:
    endpoint = Endpoint(id="x")
    listing = FileList(items=[])
    for name in ("GlobusResponse", "GlobusHTTPResponse"):
        assert isinstance(endpoint, getattr(globus_typed, name))
        assert isinstance(listing, getattr(globus_typed, name))
    transfer = import_module("globus_typed.transfer.response")
    assert isinstance(endpoint, transfer.TransferResponse)
    assert isinstance(listing, transfer.IterableTransferResponse)
    assert not isinstance(endpoint, transfer.IterableTransferResponse)
    assert transfer.ActivationRequirementsResponse is ActivationRequirements
    assert globus_typed.OAuthTokenResponse is TokenResponse
    assert globus_typed.OAuthDependentTokenResponse is DependentTokenResponse
    assert import_module("globus_typed.transfer.paging").PaginatedResource is Pager
    assert issubclass(globus_typed.TransferClient, globus_typed.BaseClient)
    assert globus_typed.GlobusHTTPResponse is Document
