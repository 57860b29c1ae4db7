"""Globus Transfer: its clients and all of its documents."""

# The names are written by tools/names.py, from the `__all__` of the modules.

from typing import TYPE_CHECKING

from globus_typed.core.lazy import lazy

if TYPE_CHECKING:
    from globus_typed.transfer.async_client import AsyncTransferClient
    from globus_typed.transfer.async_client.sync_plan import AsyncSyncPlan
    from globus_typed.transfer.async_client.walk import AsyncWalk
    from globus_typed.transfer.async_client.watching import AsyncTaskProgress
    from globus_typed.transfer.client import TransferClient
    from globus_typed.transfer.client.sync_plan import SyncPlan
    from globus_typed.transfer.client.walk import Walk
    from globus_typed.transfer.client.watching import TaskProgress
    from globus_typed.transfer.documents.access import (
        AccessRule,
        AccessRuleCreate,
        AccessRuleCreateResult,
        AccessRuleList,
        AccessRuleUpdate,
        Permissions,
        PrincipalType,
    )
    from globus_typed.transfer.documents.activation import (
        ActivationCode,
        ActivationRequirement,
        ActivationRequirementData,
        ActivationRequirements,
        ActivationRequirementsData,
        ActivationResult,
        ActivationType,
    )
    from globus_typed.transfer.documents.bookmark import Bookmark, BookmarkCreate, BookmarkList, BookmarkUpdate
    from globus_typed.transfer.documents.bookmark_v2 import (
        BookmarkV2,
        BookmarkV2Attributes,
        BookmarkV2Collection,
        BookmarkV2CollectionAttributes,
        BookmarkV2Create,
        BookmarkV2DeleteResult,
        BookmarkV2List,
        BookmarkV2Relationships,
        BookmarkV2Resource,
        BookmarkV2Update,
    )
    from globus_typed.transfer.documents.delete_data import DeleteData
    from globus_typed.transfer.documents.endpoint import (
        AssociatedFlowPolicy,
        Endpoint,
        EndpointCreateResult,
        EndpointList,
        EndpointRole,
        EntityType,
        FlowPolicy,
        GuestCollectionActivityNotificationPolicy,
        NetworkUse,
        Server,
        SharedEndpointId,
        SharedEndpointList,
        TransferDirections,
        TransferFlowPolicy,
    )
    from globus_typed.transfer.documents.endpoint_manager import (
        AdminCancel,
        AdminCancelCreate,
        AdminPause,
        AdminResume,
        ManagedTask,
        ManagedTaskList,
    )
    from globus_typed.transfer.documents.endpoint_payloads import (
        ActivityNotificationPolicy,
        EndpointCreate,
        EndpointUpdate,
        SharedEndpointCreate,
        SubscriptionAdminVerifiedUpdate,
        SubscriptionUpdate,
    )
    from globus_typed.transfer.documents.fields import SyncLevel
    from globus_typed.transfer.documents.files import File, FileList, FileType, Mkdir, MkdirResult, Rename, Symlink
    from globus_typed.transfer.documents.item_list import DeleteItems, TransferItems
    from globus_typed.transfer.documents.items import DeleteItem, FilterRule, TransferItem, TransferSymlinkItem
    from globus_typed.transfer.documents.pause import (
        AnyPauseRule,
        PauseInfoLimited,
        PauseRule,
        PauseRuleCreate,
        PauseRuleLimited,
        PauseRuleList,
        PauseRuleUpdate,
    )
    from globus_typed.transfer.documents.result import Result, ResultCode
    from globus_typed.transfer.documents.role import Role, RoleCreate, RoleList
    from globus_typed.transfer.documents.server import ServerAddResult, ServerCreate, ServerList, ServerUpdate
    from globus_typed.transfer.documents.submission import (
        DeleteResult,
        Link,
        SubmissionCode,
        SubmissionId,
        TransferResult,
    )
    from globus_typed.transfer.documents.task import (
        Event,
        EventCode,
        EventList,
        FatalError,
        LocalUserStatus,
        NiceStatus,
        SkippedError,
        SkippedErrors,
        SuccessfulTransfer,
        SuccessfulTransfers,
        Task,
        TaskFilterRule,
        TaskList,
        TaskStatus,
        TaskType,
        TaskUpdate,
    )
    from globus_typed.transfer.documents.task_builder import AnyTransferClient
    from globus_typed.transfer.documents.task_report import TaskFault, TaskReport
    from globus_typed.transfer.documents.transfer_data import TransferData
    from globus_typed.transfer.documents.tunnel import (
        StreamAccessPoint,
        StreamAccessPointAttributes,
        StreamAccessPointList,
        StreamAccessPointRelationships,
        StreamAccessPointResource,
        Tunnel,
        TunnelAttributes,
        TunnelCreate,
        TunnelDeleteResult,
        TunnelEvent,
        TunnelEventAttributes,
        TunnelEventCode,
        TunnelEventList,
        TunnelList,
        TunnelRelationships,
        TunnelResource,
        TunnelState,
        TunnelUpdate,
    )
    from globus_typed.transfer.errors import TaskFailedError, TaskTimeoutError, TransferAPIError
    from globus_typed.transfer.response import (
        ActivationRequirementsResponse,
        IterableTransferResponse,
        TransferResponse,
    )
    from globus_typed.transfer.scopes import TransferScopes
    from globus_typed.transfer.syncing.arguments import SyncPlace, SyncSymlinks
    from globus_typed.transfer.syncing.items import (
        SyncAction,
        SyncItem,
        SyncItems,
        SyncReason,
        SyncSummary,
        SyncWarning,
    )
    from globus_typed.transfer.tasks.progress import Meter, Progress
    from globus_typed.transfer.walks.checkpoint import PendingDirectory, WalkCheckpoint
    from globus_typed.transfer.walks.entries import WalkDirectory, WalkEntry, WalkError, WalkProgress
    from globus_typed.transfer.walks.limiter import DEFAULT_RATE, RateLimiter
    from globus_typed.transfer.walks.usage import Counting, DiskUsage
else:  # a module with __getattr__ has, to a type checker, every name there is
    __getattr__, __dir__ = lazy(
        __name__,
        {
            "globus_typed.transfer.async_client": ("AsyncTransferClient"),
            "globus_typed.transfer.async_client.sync_plan": ("AsyncSyncPlan"),
            "globus_typed.transfer.async_client.walk": ("AsyncWalk"),
            "globus_typed.transfer.async_client.watching": ("AsyncTaskProgress"),
            "globus_typed.transfer.client": ("TransferClient"),
            "globus_typed.transfer.client.sync_plan": ("SyncPlan"),
            "globus_typed.transfer.client.walk": ("Walk"),
            "globus_typed.transfer.client.watching": ("TaskProgress"),
            "globus_typed.transfer.documents.access": (
                "AccessRule AccessRuleCreate AccessRuleCreateResult AccessRuleList AccessRuleUpdate "
                "Permissions PrincipalType"
            ),
            "globus_typed.transfer.documents.activation": (
                "ActivationCode ActivationRequirement ActivationRequirementData ActivationRequirements "
                "ActivationRequirementsData ActivationResult ActivationType"
            ),
            "globus_typed.transfer.documents.bookmark": ("Bookmark BookmarkCreate BookmarkList BookmarkUpdate"),
            "globus_typed.transfer.documents.bookmark_v2": (
                "BookmarkV2 BookmarkV2Attributes BookmarkV2Collection BookmarkV2CollectionAttributes "
                "BookmarkV2Create BookmarkV2DeleteResult BookmarkV2List BookmarkV2Relationships "
                "BookmarkV2Resource BookmarkV2Update"
            ),
            "globus_typed.transfer.documents.delete_data": ("DeleteData"),
            "globus_typed.transfer.documents.endpoint": (
                "AssociatedFlowPolicy Endpoint EndpointCreateResult EndpointList EndpointRole EntityType "
                "FlowPolicy GuestCollectionActivityNotificationPolicy NetworkUse Server SharedEndpointId "
                "SharedEndpointList TransferDirections TransferFlowPolicy"
            ),
            "globus_typed.transfer.documents.endpoint_manager": (
                "AdminCancel AdminCancelCreate AdminPause AdminResume ManagedTask ManagedTaskList"
            ),
            "globus_typed.transfer.documents.endpoint_payloads": (
                "ActivityNotificationPolicy EndpointCreate EndpointUpdate SharedEndpointCreate "
                "SubscriptionAdminVerifiedUpdate SubscriptionUpdate"
            ),
            "globus_typed.transfer.documents.fields": ("SyncLevel"),
            "globus_typed.transfer.documents.files": ("File FileList FileType Mkdir MkdirResult Rename Symlink"),
            "globus_typed.transfer.documents.item_list": ("DeleteItems TransferItems"),
            "globus_typed.transfer.documents.items": ("DeleteItem FilterRule TransferItem TransferSymlinkItem"),
            "globus_typed.transfer.documents.pause": (
                "AnyPauseRule PauseInfoLimited PauseRule PauseRuleCreate PauseRuleLimited PauseRuleList PauseRuleUpdate"
            ),
            "globus_typed.transfer.documents.result": ("Result ResultCode"),
            "globus_typed.transfer.documents.role": ("Role RoleCreate RoleList"),
            "globus_typed.transfer.documents.server": ("ServerAddResult ServerCreate ServerList ServerUpdate"),
            "globus_typed.transfer.documents.submission": (
                "DeleteResult Link SubmissionCode SubmissionId TransferResult"
            ),
            "globus_typed.transfer.documents.task": (
                "Event EventCode EventList FatalError LocalUserStatus NiceStatus SkippedError SkippedErrors "
                "SuccessfulTransfer SuccessfulTransfers Task TaskFilterRule TaskList TaskStatus TaskType "
                "TaskUpdate"
            ),
            "globus_typed.transfer.documents.task_builder": ("AnyTransferClient"),
            "globus_typed.transfer.documents.task_report": ("TaskFault TaskReport"),
            "globus_typed.transfer.documents.transfer_data": ("TransferData"),
            "globus_typed.transfer.documents.tunnel": (
                "StreamAccessPoint StreamAccessPointAttributes StreamAccessPointList "
                "StreamAccessPointRelationships StreamAccessPointResource Tunnel TunnelAttributes "
                "TunnelCreate TunnelDeleteResult TunnelEvent TunnelEventAttributes TunnelEventCode "
                "TunnelEventList TunnelList TunnelRelationships TunnelResource TunnelState TunnelUpdate"
            ),
            "globus_typed.transfer.errors": ("TaskFailedError TaskTimeoutError TransferAPIError"),
            "globus_typed.transfer.response": (
                "ActivationRequirementsResponse IterableTransferResponse TransferResponse"
            ),
            "globus_typed.transfer.scopes": ("TransferScopes"),
            "globus_typed.transfer.syncing.arguments": ("SyncPlace SyncSymlinks"),
            "globus_typed.transfer.syncing.items": ("SyncAction SyncItem SyncItems SyncReason SyncSummary SyncWarning"),
            "globus_typed.transfer.tasks.progress": ("Meter Progress"),
            "globus_typed.transfer.walks.checkpoint": ("PendingDirectory WalkCheckpoint"),
            "globus_typed.transfer.walks.entries": ("WalkDirectory WalkEntry WalkError WalkProgress"),
            "globus_typed.transfer.walks.limiter": ("DEFAULT_RATE RateLimiter"),
            "globus_typed.transfer.walks.usage": ("Counting DiskUsage"),
        },
    )

__all__ = [
    "DEFAULT_RATE",
    "AccessRule",
    "AccessRuleCreate",
    "AccessRuleCreateResult",
    "AccessRuleList",
    "AccessRuleUpdate",
    "ActivationCode",
    "ActivationRequirement",
    "ActivationRequirementData",
    "ActivationRequirements",
    "ActivationRequirementsData",
    "ActivationRequirementsResponse",
    "ActivationResult",
    "ActivationType",
    "ActivityNotificationPolicy",
    "AdminCancel",
    "AdminCancelCreate",
    "AdminPause",
    "AdminResume",
    "AnyPauseRule",
    "AnyTransferClient",
    "AssociatedFlowPolicy",
    "AsyncSyncPlan",
    "AsyncTaskProgress",
    "AsyncTransferClient",
    "AsyncWalk",
    "Bookmark",
    "BookmarkCreate",
    "BookmarkList",
    "BookmarkUpdate",
    "BookmarkV2",
    "BookmarkV2Attributes",
    "BookmarkV2Collection",
    "BookmarkV2CollectionAttributes",
    "BookmarkV2Create",
    "BookmarkV2DeleteResult",
    "BookmarkV2List",
    "BookmarkV2Relationships",
    "BookmarkV2Resource",
    "BookmarkV2Update",
    "Counting",
    "DeleteData",
    "DeleteItem",
    "DeleteItems",
    "DeleteResult",
    "DiskUsage",
    "Endpoint",
    "EndpointCreate",
    "EndpointCreateResult",
    "EndpointList",
    "EndpointRole",
    "EndpointUpdate",
    "EntityType",
    "Event",
    "EventCode",
    "EventList",
    "FatalError",
    "File",
    "FileList",
    "FileType",
    "FilterRule",
    "FlowPolicy",
    "GuestCollectionActivityNotificationPolicy",
    "IterableTransferResponse",
    "Link",
    "LocalUserStatus",
    "ManagedTask",
    "ManagedTaskList",
    "Meter",
    "Mkdir",
    "MkdirResult",
    "NetworkUse",
    "NiceStatus",
    "PauseInfoLimited",
    "PauseRule",
    "PauseRuleCreate",
    "PauseRuleLimited",
    "PauseRuleList",
    "PauseRuleUpdate",
    "PendingDirectory",
    "Permissions",
    "PrincipalType",
    "Progress",
    "RateLimiter",
    "Rename",
    "Result",
    "ResultCode",
    "Role",
    "RoleCreate",
    "RoleList",
    "Server",
    "ServerAddResult",
    "ServerCreate",
    "ServerList",
    "ServerUpdate",
    "SharedEndpointCreate",
    "SharedEndpointId",
    "SharedEndpointList",
    "SkippedError",
    "SkippedErrors",
    "StreamAccessPoint",
    "StreamAccessPointAttributes",
    "StreamAccessPointList",
    "StreamAccessPointRelationships",
    "StreamAccessPointResource",
    "SubmissionCode",
    "SubmissionId",
    "SubscriptionAdminVerifiedUpdate",
    "SubscriptionUpdate",
    "SuccessfulTransfer",
    "SuccessfulTransfers",
    "Symlink",
    "SyncAction",
    "SyncItem",
    "SyncItems",
    "SyncLevel",
    "SyncPlace",
    "SyncPlan",
    "SyncReason",
    "SyncSummary",
    "SyncSymlinks",
    "SyncWarning",
    "Task",
    "TaskFailedError",
    "TaskFault",
    "TaskFilterRule",
    "TaskList",
    "TaskProgress",
    "TaskReport",
    "TaskStatus",
    "TaskTimeoutError",
    "TaskType",
    "TaskUpdate",
    "TransferAPIError",
    "TransferClient",
    "TransferData",
    "TransferDirections",
    "TransferFlowPolicy",
    "TransferItem",
    "TransferItems",
    "TransferResponse",
    "TransferResult",
    "TransferScopes",
    "TransferSymlinkItem",
    "Tunnel",
    "TunnelAttributes",
    "TunnelCreate",
    "TunnelDeleteResult",
    "TunnelEvent",
    "TunnelEventAttributes",
    "TunnelEventCode",
    "TunnelEventList",
    "TunnelList",
    "TunnelRelationships",
    "TunnelResource",
    "TunnelState",
    "TunnelUpdate",
    "Walk",
    "WalkCheckpoint",
    "WalkDirectory",
    "WalkEntry",
    "WalkError",
    "WalkProgress",
]
