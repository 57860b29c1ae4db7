"""Endpoints and collections, which give access to files."""

from typing import Literal

from pydantic import Field

from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.fields import AnswerId, Timestamp

__all__ = [
    "AssociatedFlowPolicy",
    "Endpoint",
    "EndpointCreateResult",
    "EndpointList",
    "EndpointRole",
    "EntityType",
    "FlowPolicy",
    "GuestCollectionActivityNotificationPolicy",
    "NetworkUse",
    "Server",
    "SharedEndpointId",
    "SharedEndpointList",
    "TransferDirections",
    "TransferFlowPolicy",
]

EntityType = (
    Literal[
        "GCP_mapped_collection",
        "GCP_guest_collection",
        "GCSv5_endpoint",
        "GCSv5_mapped_collection",
        "GCSv5_guest_collection",
        "GCSv4_host",
        "GCSv4_share",
    ]
    | str
)
"""The type of an endpoint; other types are possible."""

EndpointRole = (
    Literal["administrator", "access_manager", "activity_manager", "activity_monitor", "restricted_administrator"] | str
)
"""A role on an endpoint; other roles are possible."""

NetworkUse = Literal["normal", "minimal", "aggressive", "custom"] | str
"""How much of the network transfers may use; other values are possible."""

TransferDirections = Literal["inbound", "outbound", "all"] | str
"""The direction of the transfers to which a rule applies: to the collection, from it, or both."""


class Server(Document, frozen=True):
    """A server of an endpoint."""

    data_type: str | None = None
    """``server``"""
    id: int | None = None
    """The number of the server on its endpoint."""
    hostname: str | None = None
    """The DNS name or IP address; None for Globus Connect Personal."""
    port: int | None = None
    """The GridFTP port, usually 2811; None for Globus Connect Personal."""
    scheme: Literal["gsiftp", "ftp"] | str | None = None
    """The protocol, usually ``gsiftp``; None for Globus Connect Personal."""
    subject: str | None = None
    """The X.509 subject it must present; None if it is derived from the host name."""
    uri: str | None = None
    """The URI, such as ``gsiftp://host:2811`` (deprecated)."""
    incoming_data_port_start: int | None = None
    """The first port for incoming data, 1024 to 65535; None if not restricted."""
    incoming_data_port_end: int | None = None
    """The last port for incoming data, 1024 to 65535; None if not restricted."""
    outgoing_data_port_start: int | None = None
    """The first port for outgoing data, 1024 to 65535; None if not restricted."""
    outgoing_data_port_end: int | None = None
    """The last port for outgoing data, 1024 to 65535; None if not restricted."""
    is_connected: bool | None = None
    """Whether Globus Connect Personal is running on it (deprecated)."""
    is_paused: bool | None = None
    """Whether Globus Connect Personal is paused on it (deprecated)."""


class GuestCollectionActivityNotificationPolicy(Document, frozen=True):
    """The transfers on guest collections of which their owners are notified."""

    status: list[Literal["SUCCEEDED", "FAILED"] | str] | None = None
    """The final statuses of a transfer that are reported."""
    transfer_use: list[Literal["source", "destination"] | str] | None = None
    """The sides of a transfer on which the collection must be: source, destination or both."""


class FlowPolicy(Document, frozen=True):
    """The flow for one side of a transfer."""

    flow: str | None = None
    """The id of the flow; None if there is no flow."""


class TransferFlowPolicy(Document, frozen=True):
    """The flows for transfers."""

    source: FlowPolicy | None = None
    """For transfers from the collection."""
    destination: FlowPolicy | None = None
    """For transfers to the collection."""


class AssociatedFlowPolicy(Document, frozen=True):
    """The flows that run with tasks on a collection."""

    transfer: TransferFlowPolicy | None = None
    """For transfers."""


class Endpoint(Document, frozen=True):
    """An endpoint or collection; its `entity_type` determines which fields are meaningful."""

    data_type: str | None = None
    """``endpoint``"""
    id: str
    """The id, a UUID."""
    display_name: str | None = None
    """The display name; None on some very old endpoints, which have only a `canonical_name`."""
    entity_type: EntityType | None = None
    """The type: a mapped or guest collection, or an endpoint that holds collections."""
    description: str | None = None
    """The description given by the owner."""
    organization: str | None = None
    """The organization that runs it: one line of at most 1024 characters."""
    department: str | None = None
    """The department that runs it: one line of at most 1024 characters."""
    keywords: str | None = None
    """Keywords for search, separated by commas; at most 1024 characters."""
    contact_email: str | None = None
    """The contact e-mail address."""
    contact_info: str | None = None
    """Other contact information; at most 1024 characters."""
    info_link: str | None = None
    """The URL of a page about it; at most 1024 characters."""
    user_message: str | None = None
    """A message shown to users who browse it; at most 256 characters."""
    user_message_link: str | None = None
    """A URL to go with `user_message`."""
    public: bool | None = None
    """Whether it is visible to everyone (its files are not)."""
    owner_id: str | None = None
    """The id of the identity that owns it; for Globus Connect Server 5, of the endpoint's client."""
    owner_string: str | None = None
    """The username of the owner, or a name chosen by the owner."""
    username: str | None = None
    """The Globus ID username of the owner, or ``u_`` and 26 characters (deprecated)."""
    canonical_name: str | None = None
    """The old name, ``<username>#<name>`` (deprecated)."""
    name: str | None = None
    """The second half of the old name (deprecated)."""
    my_effective_roles: list[EndpointRole] | None = None
    """The caller's roles on it."""
    in_use: bool | None = None
    """Whether a task of the caller is active on it; None if requested as an activity manager."""

    default_directory: str | None = None
    """The directory that is listed when no path is given: ``/~/``, ``/data/`` or ``/{server_default}/``, with these
    braces."""
    force_encryption: bool | None = None
    """Whether all transfers are encrypted, whether requested or not."""
    disable_verify: bool | None = None
    """Whether checksum verification is disabled."""
    force_verify: bool | None = None
    """Whether checksum verification is always done, whether requested or not."""
    disable_anonymous_writes: bool | None = None
    """Whether anonymous users are denied write access."""
    restrict_transfers_to_high_assurance: TransferDirections | None = None
    """The direction of transfers that are restricted to high-assurance collections."""
    preserve_modtime: TransferDirections | None = None
    """The direction of transfers that preserve the modification times of files."""
    network_use: NetworkUse | None = None
    """How much of the network transfers may use; ``custom`` uses the four numbers that follow."""
    max_concurrency: int | None = None
    """The maximum number of concurrent files, if `network_use` is ``custom``."""
    preferred_concurrency: int | None = None
    """The preferred number of concurrent files, if `network_use` is ``custom``."""
    max_parallelism: int | None = None
    """The maximum number of parallel streams per file, if `network_use` is ``custom``."""
    preferred_parallelism: int | None = None
    """The preferred number of parallel streams per file, if `network_use` is ``custom``."""
    location: str | None = None
    """The location: ``Automatic``, or latitude and longitude in degrees, separated by a comma."""
    https_server: str | None = None
    """The HTTPS address of its files, such as ``https://host``."""
    tlsftp_server: str | None = None
    """The address of its files for FTP over TLS, such as ``tlsftp://host:443``."""
    storage_type: str | None = None
    """The type of its storage, if reported."""
    auto_delete_timeout: int | None = None
    """The number of days without use after which a file is deleted; set on a mapped collection for its guest
    collections."""
    skip_auto_delete: bool | None = None
    """Whether this guest collection is exempt from `auto_delete_timeout`."""
    last_accessed_time: Timestamp | None = None
    """The date it was last used."""

    subscription_id: str | None = None
    """The id of the subscription that manages it."""
    subscription_admin_verified: bool | None = None
    """Whether an administrator of the subscription has verified it."""
    french_english_bilingual: bool | None = None
    """Whether its pages are shown in both English and French."""
    requester_pays: bool | None = None
    """Whether the requester pays for what the storage charges."""
    guest_collection_activity_notification_policy: GuestCollectionActivityNotificationPolicy | None = None
    """The transfers on guest collections of which their owners are notified."""
    associated_flow_policy: AssociatedFlowPolicy | None = None
    """The flows that run with tasks on it."""

    high_assurance: bool | None = None
    """Whether it holds protected data, which requires recent logins."""
    mfa_required: bool | None = None
    """Whether multi-factor authentication is required to use it."""
    authentication_timeout_mins: int | None = None
    """The number of minutes for which a login stays valid."""
    authentication_assurance_timeout: int | None = None
    """The same in an older form (deprecated: see `high_assurance` and `authentication_timeout_mins`)."""
    authentication_policy_id: str | None = None
    """The id of the Globus Auth policy that sessions must meet."""

    host_endpoint_id: str | None = None
    """The id of the collection that hosts a share or guest collection; None for guest collections of Globus Connect
    Server 5."""
    host_endpoint_display_name: str | None = None
    """The name of that collection."""
    host_endpoint: str | None = None
    """The old name or id of that collection (deprecated)."""
    host_path: str | None = None
    """The shared directory on that collection; None if the caller may not see it."""
    mapped_collection_id: str | None = None
    """The id of the mapped collection that a guest collection belongs to."""
    mapped_collection_display_name: str | None = None
    """The name of that collection."""
    non_functional: bool | None = None
    """Whether it holds no data itself, like endpoints of Globus Connect Server 5."""
    non_functional_endpoint_id: str | None = None
    """The id of the endpoint that holds this mapped collection."""
    non_functional_endpoint_display_name: str | None = None
    """The name of that endpoint."""
    acl_available: bool | None = None
    """Whether access rules can be set on it (deprecated)."""
    acl_editable: bool | None = None
    """Whether the caller may set access rules (deprecated: see `my_effective_roles`)."""
    acl_max_expiration_period_mins: int | None = None
    """The maximum lifetime of access rules in minutes; if set, rules must have an expiration date."""
    shareable: bool | None = None
    """Whether the caller may create guest collections on it (deprecated)."""
    sharing_target_endpoint: str | None = None
    """The endpoint that holds the shared data (deprecated)."""
    sharing_target_root_path: str | None = None
    """The directory of the shared data (deprecated)."""

    is_globus_connect: bool | None = None
    """Whether it is a Globus Connect Personal endpoint (deprecated: see `entity_type`)."""
    globus_connect_setup_key: str | None = None
    """The key to set up Globus Connect Personal with; only on the caller's own endpoints, before they are set up."""
    gcp_connected: bool | None = None
    """Whether Globus Connect Personal is running; None for all other endpoints."""
    gcp_paused: bool | None = None
    """Whether Globus Connect Personal is paused; None for all other endpoints."""
    gcs_version: str | None = None
    """The version of Globus Connect Server, such as ``5.4.71``."""
    gcs_manager_url: str | None = None
    """The URL of the manager API of Globus Connect Server 5."""
    items: list[Server] | None = None
    """The servers (``DATA`` on the wire): empty for a collection, absent in search results."""

    activated: bool | None = None
    """Whether it is activated, which only Globus Connect Server 4 required (deprecated; False on all others)."""
    expires_in: int | None = None
    """The number of seconds it stays active; -1 if it never expires, 0 if it is not active (deprecated)."""
    expire_time: Timestamp | None = None
    """The time until which it is active (deprecated)."""
    myproxy_server: str | None = None
    """The MyProxy server for activation (deprecated)."""
    myproxy_dn: str | None = None
    """The X.509 subject of that server (deprecated)."""
    oauth_server: str | None = None
    """The OAuth server for activation (deprecated)."""
    local_user_info_available: bool | None = None
    """Whether it reports the local account of the caller; only Globus Connect Server 4 (deprecated)."""
    s3_url: str | None = None
    """The URL of its S3 bucket (deprecated)."""
    s3_owner_activated: bool | None = None
    """Whether all users share the owner's S3 key (deprecated)."""
    is_go_storage: bool | None = None
    """Whether it is Globus' own storage; only in responses up to 2021."""

    rank: float | None = Field(default=None, alias="_rank")
    """The relevance in a full-text search, higher is better (``_rank`` on the wire); only in results of such searches.
    """

    @property
    def needs_data_access(self) -> bool | None:
        """Whether an app needs the consent ``data_access`` of the collection to transfer and list its files; None if
        that cannot be told, because the document does not say what kind of collection it is.

        Only mapped collections of Globus Connect Server 5 need it, unless they are of high assurance. Of all others
        there is no such scope, and Globus Auth refuses a login that asks for it.
        """
        if self.entity_type is None:
            return None
        if self.entity_type != "GCSv5_mapped_collection":
            return False
        return None if self.high_assurance is None else not self.high_assurance


class EndpointList(ListDocument[Endpoint], frozen=True):
    """A list of endpoints: search results, or hosted collections."""

    data_type: str | None = None
    """``endpoint_list``, or ``monitored_endpoints`` for those that the caller monitors."""
    length: int | None = None
    """The number of entries in this document; not in search results."""
    limit: int | None = None
    """The maximum number of entries on this page, at most 100; only in search results."""
    offset: int | None = None
    """The number of entries before this page; only in search results; with `limit` at most 1000."""
    has_next_page: bool | None = None
    """Whether there are more pages; a search returns only the first 1000 entries."""
    total: int | None = None
    """The total number of entries; not in search results."""


class SharedEndpointId(Document, frozen=True):
    """A share or guest collection, given only by its id."""

    id: str
    """The id, a UUID."""


class SharedEndpointList(ListDocument[SharedEndpointId], frozen=True):
    """A page of the shares and guest collections on an endpoint, of all owners."""

    items: list[SharedEndpointId] = Field(alias="shared_endpoints")
    """The shares and guest collections (``shared_endpoints`` on the wire)."""
    next_token: str | None = None
    """The start of the next page; None on the last page."""


class EndpointCreateResult(Document, frozen=True):
    """The result of creating an endpoint, share or guest collection, with its id."""

    data_type: str | None = None
    """``endpoint_create_result``"""
    code: Literal["Created"] | str | None = None
    """A code for programs to check."""
    message: str | None = None
    """A human-readable message."""
    id: AnswerId = ""
    """The id of the new endpoint or collection, a UUID; empty where the response left it out."""
    globus_connect_setup_key: str | None = None
    """The key to set up Globus Connect Personal with; None for all other endpoints."""
    canonical_name: str | None = None
    """The old name; only in old responses (deprecated)."""
    request_id: str | None = None
    """The id of the request, to give to Globus support."""
    resource: str | None = None
    """The path of the request: ``/endpoint`` or ``/shared_endpoint``."""
