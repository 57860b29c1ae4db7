"""Globus Transfer as a service."""

from globus_typed.core.service import Service, hosts

V0_10 = "v0.10"
"""The version of most routes."""
V2 = "v2"
"""The version of the routes that speak JSON:API."""

_DOCUMENT_TYPES = {
    "access": "AccessRule",
    "access_create_result": "AccessRuleCreateResult",
    "access_list": "AccessRuleList",
    "activation_requirement": "ActivationRequirement",
    "activation_requirements": "ActivationRequirements",
    "activation_result": "ActivationResult",
    "admin_cancel": "AdminCancel",
    "bookmark": "Bookmark",
    "bookmark_list": "BookmarkList",
    "delete_result": "DeleteResult",
    "endpoint": "Endpoint",
    "endpoint_create_result": "EndpointCreateResult",
    "endpoint_list": "EndpointList",
    "endpoint_server_add_result": "ServerAddResult",
    "endpoint_server_list": "ServerList",
    "event": "Event",
    "event_list": "EventList",
    "file": "File",
    "file_list": "FileList",
    "link": "Link",
    "mkdir_result": "MkdirResult",
    "monitored_endpoints": "EndpointList",
    "pause_info_limited": "PauseInfoLimited",
    "pause_rule": "PauseRule",
    "pause_rule_limited": "PauseRuleLimited",
    "pause_rule_list": "PauseRuleList",
    "result": "Result",
    "role": "Role",
    "role_list": "RoleList",
    "server": "Server",
    "skipped_error": "SkippedError",
    "skipped_errors": "SkippedErrors",
    "submission_id": "SubmissionId",
    "successful_transfer": "SuccessfulTransfer",
    "successful_transfers": "SuccessfulTransfers",
    "task": "Task ManagedTask",
    "task_list": "TaskList ManagedTaskList",
    "transfer_result": "TransferResult",
}
"""The received documents by their ``DATA_TYPE``, which the documents themselves take as it comes."""

SERVICE = Service(
    "transfer",
    "Globus Transfer",
    hosts=hosts("https://transfer.api.globus.org/", "https://transfer.api.{domain}/"),
    resource_server="transfer.api.globus.org",
    default_scopes=("urn:globus:auth:scope:transfer.api.globus.org:all",),
    path_prefixes=(V0_10, V2),
    errors=("TransferAPIError",),
    final_codes=frozenset({"EndpointError", "ExternalError"}),
    exports=(
        "ActivationRequirementsResponse",
        "AsyncSyncPlan",
        "AsyncTransferClient",
        "DeleteData",
        "DeleteResult",
        "Endpoint",
        "Event",
        "File",
        "FileList",
        "IterableTransferResponse",
        "SyncItem",
        "SyncPlan",
        "SyncSummary",
        "Task",
        "TaskFailedError",
        "TransferClient",
        "TransferData",
        "TransferResponse",
        "TransferResult",
        "TransferScopes",
    ),
    document_types=_DOCUMENT_TYPES,
    foundations=frozenset(
        {
            "fields",
            "future_time",
            "item_list",
            "items_elsewhere",
            "json_api",
            "official_forms",
            "submission_ids",
            "task_builder",
            "task_findings",
        }
    ),
)
