"""What the routes of the sandbox take and answer, in documents of the clients, which the sandbox knows nothing of."""

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["ROUTES", "Route"]


@dataclass(frozen=True)
class Route:
    """What there is to say of a route."""

    name: str
    """What it is called, by the method of the clients that uses it where there is one."""
    summary: str
    """What it does."""
    answer: str = ""
    """The documents it answers with, by their classes, parted by blanks; none: a page of HTML."""
    body: str = ""
    """The documents it takes, by their classes, parted by blanks."""
    status: int = 200
    """The status of its answer."""
    form: Mapping[str, str] | None = None
    """The fields of the form that it takes, with what they mean; those that it must have end with ``!``."""
    query: Mapping[str, str] | None = None
    """Parameters that it reads from the query by itself, written alike."""
    callers: str = "token"
    """Who may call: with a ``token``, an ``app`` with its secret, or ``anybody``; parted by blanks."""


_AUTHORIZE = {
    "client_id!": "The id of the app that asks.",
    "redirect_uri!": "Where the browser brings the code: one of those that the app has registered.",
    "response_type!": "`code`.",
    "scope": "What the app asks for: scopes parted by blanks.",
    "state": "What the redirect brings back as it is.",
    "access_type": "`offline` for refresh tokens as well; else `online`.",
    "code_challenge": "The SHA-256 of the code verifier, in base64url (PKCE); native apps need it.",
    "code_challenge_method": "`S256`.",
    "nonce": "What the id_token brings back as it is.",
    "prompt": "`login` to have the user log in again.",
    "login_hint": "The username to propose.",
    "session_message": "What to tell the user of why.",
    "session_required_identities": "Identities of which the user must have logged in with one, parted by commas.",
    "session_required_single_domain": "Domains of which the user must have an identity, parted by commas.",
    "session_required_policies": "Ids of policies that the login must satisfy, parted by commas.",
    "session_required_mfa": "`True` where a second factor is needed.",
    "prefill_named_grant": "What to call the consent.",
}
_TOKEN = {"token!": "The token.", "client_id": "The id of a native app; others authenticate."}
_INCLUDE = {"include": "`identity_provider` to have the providers too."}

_SCOPES = {"scope_strings": "Names parted by commas; either these or `ids`.", "ids": "Ids parted by commas."}
_CLIENTS = {
    "fqdn": "A domain name of a client, to be given that one alone.",
    "project_id": "The project whose clients to list.",
}

DEVELOPER: Mapping[str, Route] = {
    "GET /v2/api/identity_providers": Route(
        "get_identity_providers",
        "Find identity providers",
        "IdentityProviders",
        query={"domains": "Domains parted by commas; either these or `ids`.", "ids": "Ids parted by commas."},
        callers="token app",
    ),
    "GET /v2/api/projects": Route("get_projects", "List the caller's projects", "Projects"),
    "POST /v2/api/projects": Route("create_project", "Make a project", "ProjectResult", "ProjectCreate", 201),
    "GET /v2/api/projects/{project_id}": Route("get_project", "Give a project", "ProjectResult"),
    "PUT /v2/api/projects/{project_id}": Route("update_project", "Change a project", "ProjectResult", "ProjectUpdate"),
    "DELETE /v2/api/projects/{project_id}": Route("delete_project", "Delete an empty project", "ProjectResult"),
    "GET /v2/api/policies": Route("get_policies", "List the policies in the caller's projects", "Policies"),
    "POST /v2/api/policies": Route("create_policy", "Make a policy", "PolicyResult", "PolicyCreate", 201),
    "GET /v2/api/policies/{policy_id}": Route("get_policy", "Give a policy", "PolicyResult"),
    "PUT /v2/api/policies/{policy_id}": Route("update_policy", "Change a policy", "PolicyResult", "PolicyUpdate"),
    "DELETE /v2/api/policies/{policy_id}": Route("delete_policy", "Delete a policy", "PolicyResult"),
    "GET /v2/api/clients": Route(
        "get_clients",
        "List the clients that the caller manages, or find one",
        "OAuthClients OAuthClientResult",
        query=_CLIENTS,
        callers="token app",
    ),
    "POST /v2/api/clients": Route(
        "create_client",
        "Make a client in a project, of another client, or from a template",
        "OAuthClientResult",
        "OAuthClientCreate ChildClientCreate NativeAppInstanceCreate",
        201,
        callers="token app anybody",
    ),
    "GET /v2/api/clients/{client_id}": Route("get_client", "Give a client", "OAuthClientResult", callers="token app"),
    "PUT /v2/api/clients/{client_id}": Route(
        "update_client", "Change a client", "OAuthClientResult", "OAuthClientUpdate", callers="token app"
    ),
    "DELETE /v2/api/clients/{client_id}": Route(
        "delete_client", "Delete a client", "OAuthClientResult", callers="token app"
    ),
    "GET /v2/api/clients/{client_id}/credentials": Route(
        "get_client_credentials", "List the credentials of a client", "ClientCredentials", callers="token app"
    ),
    "POST /v2/api/clients/{client_id}/credentials": Route(
        "create_client_credential",
        "Make a credential, and tell its secret once",
        "ClientCredentialResult",
        "ClientCredentialCreate",
        201,
        callers="token app",
    ),
    "DELETE /v2/api/clients/{client_id}/credentials/{credential_id}": Route(
        "delete_client_credential", "Delete a credential", "ClientCredentialResult", callers="token app"
    ),
    "GET /v2/api/scopes": Route(
        "get_scopes",
        "Find scopes, or list those of the clients that the caller manages",
        "ScopeDefinitions",
        query=_SCOPES,
        callers="token app",
    ),
    "POST /v2/api/clients/{client_id}/scopes": Route(
        "create_scope", "Make a scope of a client", "ScopeResult", "ScopeCreate", 201, callers="token app"
    ),
    "GET /v2/api/scopes/{scope_id}": Route("get_scope", "Give a scope", "ScopeResult", callers="token app"),
    "PUT /v2/api/scopes/{scope_id}": Route(
        "update_scope", "Change a scope", "ScopeResult", "ScopeUpdate", callers="token app"
    ),
    "DELETE /v2/api/scopes/{scope_id}": Route("delete_scope", "Delete a scope", "ScopeResult", callers="token app"),
}
"""Of Auth's developer API."""

AUTH: Mapping[str, Route] = {
    "GET /v2/oauth2/authorize": Route(
        "oauth2_get_authorize_url", "Ask a user to log in and to consent", query=_AUTHORIZE, callers="anybody"
    ),
    "POST /v2/oauth2/authorize": Route(
        "answer_authorize", "Answer the page of a login", query=_AUTHORIZE, callers="anybody"
    ),
    "POST /v2/oauth2/token": Route(
        "oauth2_token",
        "Exchange a code, a refresh token, an app's secret or another token for tokens",
        "TokenResponse DependentTokenResponse",
        form={
            "grant_type!": "`authorization_code`, `refresh_token`, `client_credentials` or "
            "`urn:globus:auth:grant_type:dependent_token`.",
            "client_id": "The id of a native app; others authenticate.",
            "code": "The code, for `authorization_code`.",
            "redirect_uri": "Where the code was brought, for `authorization_code`.",
            "code_verifier": "What the code challenge was made from, for `authorization_code`.",
            "refresh_token": "The refresh token, for `refresh_token`.",
            "scope": "Scopes parted by blanks, for `client_credentials` and dependent tokens.",
            "token": "The token that the caller was called with, for dependent tokens.",
            "access_type": "`offline` for refresh tokens as well, for dependent tokens.",
        },
        callers="app anybody",
    ),
    "POST /v2/oauth2/token/introspect": Route(
        "oauth2_token_introspect",
        "Tell what a token is good for, and whose it is",
        "Introspection",
        form={
            **_TOKEN,
            "include": "What to tell besides, parted by commas: `identity_set`, `identity_set_detail`, `session_info`.",
        },
        callers="app",
    ),
    "POST /v2/oauth2/token/revoke": Route(
        "oauth2_revoke_token", "Make a token worthless", "TokenRevocation", form=_TOKEN, callers="app anybody"
    ),
    "POST /v2/oauth2/token/validate": Route(
        "oauth2_validate_token", "Tell whether a token is good", "Introspection", form=_TOKEN, callers="app anybody"
    ),
    "GET /v2/oauth2/userinfo": Route("oauth2_userinfo", "Tell who the token's user is", "UserInfo"),
    "GET /.well-known/openid-configuration": Route(
        "get_openid_configuration",
        "Tell what the service can do as an OpenID provider",
        "OpenIDConfiguration",
        callers="anybody",
    ),
    "GET /jwk.json": Route(
        "get_jwk", "Give the keys that id_tokens are signed with", "JSONWebKeySet", callers="anybody"
    ),
    "GET /v2/api/identities": Route(
        "get_identities",
        "Find identities",
        "Identities",
        query={
            "usernames": "Usernames parted by commas; either these or `ids`.",
            "ids": "Ids parted by commas.",
            "provision": "`true` to make those usernames that there are not yet.",
            **_INCLUDE,
        },
        callers="token app",
    ),
    "GET /v2/api/identities/{id}": Route(
        "get_identity", "Give one identity", "IdentityAnswer", query=_INCLUDE, callers="token app"
    ),
    "GET /v2/api/identities/{identity_id}/consents": Route(
        "get_consents",
        "List what a user has allowed",
        "Consents",
        query={"all": "`true` for what all apps were allowed, and not only the one that asks."},
    ),
    **DEVELOPER,
    "GET /v2/web/auth-code": Route("show_code", "Show the user a code, to be copied into a program", callers="anybody"),
    "GET /v2/web/logout": Route("oauth2_get_logout_url", "End the session of a browser", callers="anybody"),
}

TRANSFER: Mapping[str, Route] = {
    "GET /endpoint/{endpoint_id}": Route("get_endpoint", "Give an endpoint or collection", "Endpoint"),
    "PUT /endpoint/{endpoint_id}": Route("update_endpoint", "Change fields of an endpoint", "Result", "EndpointUpdate"),
    "DELETE /endpoint/{endpoint_id}": Route("delete_endpoint", "Delete an endpoint; its files stay", "Result"),
    "GET /endpoint_search": Route("endpoint_search", "Find endpoints and collections", "EndpointList"),
    "POST /endpoint": Route("create_endpoint", "Make an endpoint", "EndpointCreateResult", "EndpointCreate", 201),
    "POST /shared_endpoint": Route(
        "create_shared_endpoint", "Make a guest collection", "EndpointCreateResult", "SharedEndpointCreate", 201
    ),
    "PUT /endpoint/{endpoint_id}/subscription": Route(
        "set_subscription_id", "Put a collection under a subscription", "Result", "SubscriptionUpdate"
    ),
    "PUT /endpoint/{endpoint_id}/subscription_admin_verified": Route(
        "set_subscription_admin_verified", "Approve of a collection", "Result", "SubscriptionAdminVerifiedUpdate"
    ),
    "GET /endpoint/{endpoint_id}/my_shared_endpoint_list": Route(
        "my_shared_endpoint_list", "List the caller's guest collections on an endpoint", "EndpointList"
    ),
    "GET /endpoint/{endpoint_id}/shared_endpoint_list": Route(
        "get_shared_endpoint_list", "List the ids of all guest collections on an endpoint", "SharedEndpointList"
    ),
    "GET /endpoint/{endpoint_id}/server_list": Route("endpoint_server_list", "List servers", "ServerList"),
    "GET /endpoint/{endpoint_id}/server/{server_id}": Route("get_endpoint_server", "Give a server", "Server"),
    "POST /endpoint/{endpoint_id}/server": Route(
        "add_endpoint_server", "Add a server to an endpoint", "ServerAddResult", "ServerCreate", 201
    ),
    "PUT /endpoint/{endpoint_id}/server/{server_id}": Route(
        "update_endpoint_server", "Change a server", "Result", "ServerUpdate"
    ),
    "DELETE /endpoint/{endpoint_id}/server/{server_id}": Route("delete_endpoint_server", "Delete a server", "Result"),
    "GET /endpoint/{endpoint_id}/activation_requirements": Route(
        "endpoint_get_activation_requirements", "Tell what activation needs", "ActivationRequirements"
    ),
    "POST /endpoint/{endpoint_id}/autoactivate": Route(
        "endpoint_autoactivate", "Activate an endpoint without telling anything", "ActivationResult"
    ),
    "POST /endpoint/{endpoint_id}/activate": Route(
        "endpoint_activate", "Activate an endpoint", "ActivationResult", "ActivationRequirementsData"
    ),
    "POST /endpoint/{endpoint_id}/deactivate": Route("endpoint_deactivate", "Deactivate an endpoint", "Result"),
    "GET /endpoint/{endpoint_id}/access_list": Route("endpoint_acl_list", "List access rules", "AccessRuleList"),
    "POST /endpoint/{endpoint_id}/access": Route(
        "add_endpoint_acl_rule", "Make an access rule", "AccessRuleCreateResult", "AccessRuleCreate", 201
    ),
    "GET /endpoint/{endpoint_id}/access/{rule_id}": Route("get_endpoint_acl_rule", "Give an access rule", "AccessRule"),
    "PUT /endpoint/{endpoint_id}/access/{rule_id}": Route(
        "update_endpoint_acl_rule", "Change an access rule", "Result", "AccessRuleUpdate"
    ),
    "DELETE /endpoint/{endpoint_id}/access/{rule_id}": Route(
        "delete_endpoint_acl_rule", "Delete an access rule", "Result"
    ),
    "GET /endpoint/{endpoint_id}/role_list": Route("endpoint_role_list", "List roles", "RoleList"),
    "POST /endpoint/{endpoint_id}/role": Route("add_endpoint_role", "Give a role", "Role", "RoleCreate", 201),
    "GET /endpoint/{endpoint_id}/role/{role_id}": Route("get_endpoint_role", "Give a role that there is", "Role"),
    "DELETE /endpoint/{endpoint_id}/role/{role_id}": Route("delete_endpoint_role", "Take a role away", "Result"),
    "GET /bookmark_list": Route("bookmark_list", "List the caller's bookmarks", "BookmarkList"),
    "POST /bookmark": Route("create_bookmark", "Make a bookmark", "Bookmark", "BookmarkCreate", 201),
    "GET /bookmark/{bookmark_id}": Route("get_bookmark", "Give a bookmark", "Bookmark"),
    "PUT /bookmark/{bookmark_id}": Route("update_bookmark", "Change a bookmark", "Bookmark", "BookmarkUpdate"),
    "DELETE /bookmark/{bookmark_id}": Route("delete_bookmark", "Delete a bookmark", "Result"),
    "GET /operation/endpoint/{endpoint_id}/ls": Route("operation_ls", "List a directory", "FileList"),
    "GET /operation/endpoint/{endpoint_id}/stat": Route("operation_stat", "Tell of one file or directory", "File"),
    "POST /operation/endpoint/{endpoint_id}/mkdir": Route(
        "operation_mkdir", "Make a directory", "MkdirResult", "Mkdir", 202
    ),
    "POST /operation/endpoint/{endpoint_id}/rename": Route(
        "operation_rename", "Rename a file or directory", "Result", "Rename"
    ),
    "POST /operation/endpoint/{endpoint_id}/symlink": Route("operation_symlink", "Make a symlink", "Result", "Symlink"),
    "GET /submission_id": Route("get_submission_id", "Give an id to submit a task with", "SubmissionId"),
    "POST /transfer": Route("submit_transfer", "Submit a transfer", "TransferResult", "TransferData", 202),
    "POST /delete": Route("submit_delete", "Submit a delete", "DeleteResult", "DeleteData", 202),
    "GET /task_list": Route("task_list", "List the caller's tasks", "TaskList"),
    "GET /task/{task_id}": Route("get_task", "Give a task", "Task"),
    "PUT /task/{task_id}": Route("update_task", "Change label or deadline of a task", "Result", "TaskUpdate"),
    "POST /task/{task_id}/cancel": Route("cancel_task", "Cancel a task", "Result"),
    "POST /task/{task_id}/remove": Route("remove_task", "Remove a task from the caller's list", "Result"),
    "GET /task/{task_id}/event_list": Route("task_event_list", "List what happened in a task", "EventList"),
    "GET /task/{task_id}/pause_info": Route("task_pause_info", "Tell what pauses a task", "PauseInfoLimited"),
    "GET /task/{task_id}/successful_transfers": Route(
        "task_successful_transfers", "List the files that a task has moved", "SuccessfulTransfers"
    ),
    "GET /task/{task_id}/skipped_errors": Route(
        "task_skipped_errors", "List the files that a task has left out", "SkippedErrors"
    ),
}

MANAGEMENT: Mapping[str, Route] = {
    "GET /endpoint/{endpoint_id}/my_effective_pause_rule_list": Route(
        "my_effective_pause_rule_list", "List the pause rules that hold for the caller", "PauseRuleList"
    ),
    "GET /endpoint_manager/monitored_endpoints": Route(
        "endpoint_manager_monitored_endpoints", "List the endpoints that the caller may watch", "EndpointList"
    ),
    "GET /endpoint_manager/endpoint/{endpoint_id}": Route(
        "endpoint_manager_get_endpoint", "Give an endpoint to one who watches it", "Endpoint"
    ),
    "GET /endpoint_manager/endpoint/{endpoint_id}/hosted_endpoint_list": Route(
        "endpoint_manager_hosted_endpoint_list", "List all guest collections on an endpoint", "EndpointList"
    ),
    "GET /endpoint_manager/endpoint/{endpoint_id}/access_list": Route(
        "endpoint_manager_acl_list", "List access rules to one who watches the endpoint", "AccessRuleList"
    ),
    "GET /endpoint_manager/task_list": Route(
        "endpoint_manager_task_list", "List the tasks on watched endpoints", "ManagedTaskList"
    ),
    "GET /endpoint_manager/task/{task_id}": Route(
        "endpoint_manager_get_task", "Give a task on a watched endpoint", "ManagedTask"
    ),
    "GET /endpoint_manager/task/{task_id}/event_list": Route(
        "endpoint_manager_task_event_list", "List what happened in such a task", "EventList"
    ),
    "GET /endpoint_manager/task/{task_id}/pause_info": Route(
        "endpoint_manager_task_pause_info", "Tell what pauses such a task", "PauseInfoLimited"
    ),
    "GET /endpoint_manager/task/{task_id}/successful_transfers": Route(
        "endpoint_manager_task_successful_transfers", "List the files that such a task has moved", "SuccessfulTransfers"
    ),
    "GET /endpoint_manager/task/{task_id}/skipped_errors": Route(
        "endpoint_manager_task_skipped_errors", "List the files that such a task has left out", "SkippedErrors"
    ),
    "POST /endpoint_manager/admin_cancel": Route(
        "endpoint_manager_cancel_tasks", "Cancel such tasks", "AdminCancel", "AdminCancelCreate"
    ),
    "GET /endpoint_manager/admin_cancel/{cancel_id}": Route(
        "endpoint_manager_cancel_status", "Tell whether they are canceled", "AdminCancel"
    ),
    "POST /endpoint_manager/admin_pause": Route(
        "endpoint_manager_pause_tasks", "Pause such tasks", "Result", "AdminPause"
    ),
    "POST /endpoint_manager/admin_resume": Route(
        "endpoint_manager_resume_tasks", "Let such tasks go on", "Result", "AdminResume"
    ),
    "GET /endpoint_manager/pause_rule_list": Route(
        "endpoint_manager_pause_rule_list", "List pause rules", "PauseRuleList"
    ),
    "POST /endpoint_manager/pause_rule": Route(
        "endpoint_manager_create_pause_rule", "Make a pause rule", "PauseRule", "PauseRuleCreate", 201
    ),
    "GET /endpoint_manager/pause_rule/{rule_id}": Route(
        "endpoint_manager_get_pause_rule", "Give a pause rule", "PauseRule"
    ),
    "PUT /endpoint_manager/pause_rule/{rule_id}": Route(
        "endpoint_manager_update_pause_rule", "Change a pause rule", "PauseRule", "PauseRuleUpdate"
    ),
    "DELETE /endpoint_manager/pause_rule/{rule_id}": Route(
        "endpoint_manager_delete_pause_rule", "Delete a pause rule", "Result"
    ),
}

TRANSFER_V2: Mapping[str, Route] = {
    "GET /v2/tunnels": Route("list_tunnels", "List the caller's tunnels", "TunnelList"),
    "POST /v2/tunnels": Route("create_tunnel", "Make a tunnel", "Tunnel", "TunnelCreate", 201),
    "GET /v2/tunnels/{tunnel_id}": Route("get_tunnel", "Give a tunnel", "Tunnel"),
    "PATCH /v2/tunnels/{tunnel_id}": Route("update_tunnel", "Change or stop a tunnel", "Tunnel", "TunnelUpdate"),
    "DELETE /v2/tunnels/{tunnel_id}": Route("delete_tunnel", "Delete a tunnel that has stopped", "TunnelDeleteResult"),
    "GET /v2/tunnels/{tunnel_id}/events": Route(
        "get_tunnel_events", "List what happened to a tunnel", "TunnelEventList"
    ),
    "GET /v2/stream_access_points": Route(
        "list_stream_access_points", "List stream access points", "StreamAccessPointList"
    ),
    "GET /v2/stream_access_points/{stream_ap_id}": Route(
        "get_stream_access_point", "Give a stream access point", "StreamAccessPoint"
    ),
    "GET /v2/bookmarks": Route("list_bookmarks_v2", "List bookmarks with their collections", "BookmarkV2List"),
    "POST /v2/bookmarks": Route("create_bookmark_v2", "Make a bookmark", "BookmarkV2", "BookmarkV2Create", 201),
    "GET /v2/bookmarks/{bookmark_id}": Route("get_bookmark_v2", "Give a bookmark with its collection", "BookmarkV2"),
    "PATCH /v2/bookmarks/{bookmark_id}": Route(
        "update_bookmark_v2", "Change a bookmark", "BookmarkV2", "BookmarkV2Update"
    ),
    "DELETE /v2/bookmarks/{bookmark_id}": Route("delete_bookmark_v2", "Delete a bookmark", "BookmarkV2DeleteResult"),
}
"""Of Transfer v2, which answers with JSON:API documents."""

ROUTES: Mapping[str, Route] = {
    **AUTH,
    **TRANSFER_V2,
    **{route.replace(" ", " /v0.10", 1): told for route, told in {**TRANSFER, **MANAGEMENT}.items()},
}
"""All routes, by method and path."""
