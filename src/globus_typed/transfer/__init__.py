"""Globus Transfer: its clients and all of its documents."""

from typing import TYPE_CHECKING

from globus_typed._lazy import lazy

if TYPE_CHECKING:
    from globus_typed.transfer.async_client import AsyncTransferClient
    from globus_typed.transfer.client import TransferClient
    from globus_typed.transfer.documents.access import (
        AccessRule,
        AccessRuleCreate,
        AccessRuleCreateResult,
        AccessRuleList,
        AccessRuleUpdate,
    )
    from globus_typed.transfer.documents.activation import (
        ActivationRequirement,
        ActivationRequirementData,
        ActivationRequirements,
        ActivationRequirementsData,
        ActivationResult,
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
    from globus_typed.transfer.documents.endpoint import (
        Endpoint,
        EndpointCreateResult,
        EndpointList,
        EntityType,
        Server,
        SharedEndpointId,
        SharedEndpointList,
    )
    from globus_typed.transfer.documents.endpoint_payloads import (
        ActivityNotificationPolicy,
        EndpointCreate,
        EndpointUpdate,
        SharedEndpointCreate,
        SubscriptionAdminVerifiedUpdate,
        SubscriptionUpdate,
    )
    from globus_typed.transfer.documents.files import File, FileList, Mkdir, MkdirResult, Rename, Symlink
    from globus_typed.transfer.documents.management import (
        AdminCancel,
        AdminCancelCreate,
        AdminPause,
        AdminResume,
        ManagedTask,
        ManagedTaskList,
    )
    from globus_typed.transfer.documents.pause import (
        AnyPauseRule,
        PauseInfoLimited,
        PauseRule,
        PauseRuleCreate,
        PauseRuleLimited,
        PauseRuleList,
        PauseRuleUpdate,
    )
    from globus_typed.transfer.documents.result import Result
    from globus_typed.transfer.documents.role import Role, RoleCreate, RoleList
    from globus_typed.transfer.documents.server import ServerAddResult, ServerCreate, ServerList, ServerUpdate
    from globus_typed.transfer.documents.submission import (
        DeleteData,
        DeleteItem,
        DeleteResult,
        FilterRule,
        SubmissionId,
        SyncLevel,
        TransferData,
        TransferItem,
        TransferResult,
        TransferSymlinkItem,
    )
    from globus_typed.transfer.documents.task import (
        Event,
        EventList,
        FatalError,
        SkippedError,
        SkippedErrors,
        SuccessfulTransfer,
        SuccessfulTransfers,
        Task,
        TaskList,
        TaskStatus,
        TaskUpdate,
    )
    from globus_typed.transfer.documents.tunnel import (
        StreamAccessPoint,
        StreamAccessPointList,
        StreamAccessPointResource,
        Tunnel,
        TunnelCreate,
        TunnelDeleteResult,
        TunnelEvent,
        TunnelEventList,
        TunnelList,
        TunnelResource,
        TunnelUpdate,
    )
else:  # a module with __getattr__ has, to a type checker, every name there is
    __getattr__, __dir__ = lazy(
        __name__,
        {
            "globus_typed.transfer.async_client": "AsyncTransferClient",
            "globus_typed.transfer.client": "TransferClient",
            "globus_typed.transfer.documents.access": (
                "AccessRule AccessRuleCreate AccessRuleCreateResult AccessRuleList AccessRuleUpdate"
            ),
            "globus_typed.transfer.documents.activation": (
                "ActivationRequirement ActivationRequirementData ActivationRequirements "
                "ActivationRequirementsData ActivationResult"
            ),
            "globus_typed.transfer.documents.bookmark": "Bookmark BookmarkCreate BookmarkList BookmarkUpdate",
            "globus_typed.transfer.documents.bookmark_v2": (
                "BookmarkV2 BookmarkV2Attributes BookmarkV2Collection BookmarkV2CollectionAttributes "
                "BookmarkV2Create BookmarkV2DeleteResult BookmarkV2List BookmarkV2Relationships "
                "BookmarkV2Resource BookmarkV2Update"
            ),
            "globus_typed.transfer.documents.endpoint": (
                "Endpoint EndpointCreateResult EndpointList EntityType Server SharedEndpointId SharedEndpointList"
            ),
            "globus_typed.transfer.documents.endpoint_payloads": (
                "ActivityNotificationPolicy EndpointCreate EndpointUpdate SharedEndpointCreate "
                "SubscriptionAdminVerifiedUpdate SubscriptionUpdate"
            ),
            "globus_typed.transfer.documents.files": "File FileList Mkdir MkdirResult Rename Symlink",
            "globus_typed.transfer.documents.management": (
                "AdminCancel AdminCancelCreate AdminPause AdminResume ManagedTask ManagedTaskList"
            ),
            "globus_typed.transfer.documents.pause": (
                "AnyPauseRule PauseInfoLimited PauseRule PauseRuleCreate PauseRuleLimited PauseRuleList PauseRuleUpdate"
            ),
            "globus_typed.transfer.documents.result": "Result",
            "globus_typed.transfer.documents.role": "Role RoleCreate RoleList",
            "globus_typed.transfer.documents.server": "ServerAddResult ServerCreate ServerList ServerUpdate",
            "globus_typed.transfer.documents.submission": (
                "DeleteData DeleteItem DeleteResult FilterRule SubmissionId SyncLevel TransferData TransferItem "
                "TransferResult TransferSymlinkItem"
            ),
            "globus_typed.transfer.documents.task": (
                "Event EventList FatalError SkippedError SkippedErrors SuccessfulTransfer SuccessfulTransfers "
                "Task TaskList TaskStatus TaskUpdate"
            ),
            "globus_typed.transfer.documents.tunnel": (
                "StreamAccessPoint StreamAccessPointList StreamAccessPointResource Tunnel TunnelCreate "
                "TunnelDeleteResult TunnelEvent TunnelEventList TunnelList TunnelResource TunnelUpdate"
            ),
        },
    )

__all__ = [
    "AccessRule",
    "AccessRuleCreate",
    "AccessRuleCreateResult",
    "AccessRuleList",
    "AccessRuleUpdate",
    "ActivationRequirement",
    "ActivationRequirementData",
    "ActivationRequirements",
    "ActivationRequirementsData",
    "ActivationResult",
    "ActivityNotificationPolicy",
    "AdminCancel",
    "AdminCancelCreate",
    "AdminPause",
    "AdminResume",
    "AnyPauseRule",
    "AsyncTransferClient",
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
    "DeleteData",
    "DeleteItem",
    "DeleteResult",
    "Endpoint",
    "EndpointCreate",
    "EndpointCreateResult",
    "EndpointList",
    "EndpointUpdate",
    "EntityType",
    "Event",
    "EventList",
    "FatalError",
    "File",
    "FileList",
    "FilterRule",
    "ManagedTask",
    "ManagedTaskList",
    "Mkdir",
    "MkdirResult",
    "PauseInfoLimited",
    "PauseRule",
    "PauseRuleCreate",
    "PauseRuleLimited",
    "PauseRuleList",
    "PauseRuleUpdate",
    "Rename",
    "Result",
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
    "StreamAccessPointList",
    "StreamAccessPointResource",
    "SubmissionId",
    "SubscriptionAdminVerifiedUpdate",
    "SubscriptionUpdate",
    "SuccessfulTransfer",
    "SuccessfulTransfers",
    "Symlink",
    "SyncLevel",
    "Task",
    "TaskList",
    "TaskStatus",
    "TaskUpdate",
    "TransferClient",
    "TransferData",
    "TransferItem",
    "TransferResult",
    "TransferSymlinkItem",
    "Tunnel",
    "TunnelCreate",
    "TunnelDeleteResult",
    "TunnelEvent",
    "TunnelEventList",
    "TunnelList",
    "TunnelResource",
    "TunnelUpdate",
]
