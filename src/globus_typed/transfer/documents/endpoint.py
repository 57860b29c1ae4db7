"""Endpoints and collections: where files are."""

from typing import Literal

from pydantic import Field

from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.fields import Timestamp

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
"""What an endpoint is; there may be types that are not listed here."""

EndpointRole = (
    Literal["administrator", "access_manager", "activity_manager", "activity_monitor", "restricted_administrator"] | str
)
"""What someone may do on an endpoint; there may be roles that are not listed here."""

NetworkUse = Literal["normal", "minimal", "aggressive", "custom"] | str
"""How much of the network transfers may take; there may be values that are not listed here."""

TransferDirections = Literal["inbound", "outbound", "all"] | str
"""Which transfers a rule is about: those to the collection, those from it, or both."""


class Server(Document, frozen=True):
    """A machine of an endpoint."""

    data_type: str | None = None
    """``server``"""
    id: int | None = None
    """The number of the server on its endpoint."""
    hostname: str | None = None
    """Its DNS name or IP address; None for Globus Connect Personal."""
    port: int | None = None
    """Its GridFTP port, 2811 as a rule; None for Globus Connect Personal."""
    scheme: Literal["gsiftp", "ftp"] | str | None = None
    """Its protocol, ``gsiftp`` as a rule; None for Globus Connect Personal."""
    subject: str | None = None
    """The X.509 subject it must show; None where it follows from the host name."""
    uri: str | None = None
    """Its address, such as ``gsiftp://host:2811`` (deprecated)."""
    incoming_data_port_start: int | None = None
    """The first port for data that comes in, 1024 to 65535; None where not restricted."""
    incoming_data_port_end: int | None = None
    """The last port for data that comes in, 1024 to 65535; None where not restricted."""
    outgoing_data_port_start: int | None = None
    """The first port for data that goes out, 1024 to 65535; None where not restricted."""
    outgoing_data_port_end: int | None = None
    """The last port for data that goes out, 1024 to 65535; None where not restricted."""
    is_connected: bool | None = None
    """Whether Globus Connect Personal is running on it (deprecated)."""
    is_paused: bool | None = None
    """Whether Globus Connect Personal is paused on it (deprecated)."""


class GuestCollectionActivityNotificationPolicy(Document, frozen=True):
    """Of which transfers on guest collections their owners hear."""

    status: list[Literal["SUCCEEDED", "FAILED"] | str] | None = None
    """The ends of a transfer that are told."""
    transfer_use: list[Literal["source", "destination"] | str] | None = None
    """The sides of a transfer on which the collection must be."""


class FlowPolicy(Document, frozen=True):
    """The flow that goes with one side of a transfer."""

    flow: str | None = None
    """The id of the flow; None for no flow."""


class TransferFlowPolicy(Document, frozen=True):
    """The flows that go with transfers."""

    source: FlowPolicy | None = None
    """For transfers from the collection."""
    destination: FlowPolicy | None = None
    """For transfers to the collection."""


class AssociatedFlowPolicy(Document, frozen=True):
    """The flows that run with tasks on a collection."""

    transfer: TransferFlowPolicy | None = None
    """For transfers."""


class Endpoint(Document, frozen=True):
    """An endpoint or collection. What it is says `entity_type`, and that decides which fields have a meaning."""

    data_type: str | None = None
    """``endpoint``"""
    id: str
    """The id, a UUID."""
    display_name: str | None = None
    """The name that people see; None on some very old endpoints, which have only a `canonical_name`."""
    entity_type: EntityType | None = None
    """What it is: a mapped or guest collection, or an endpoint that holds collections."""
    description: str | None = None
    """What its owner says of it."""
    organization: str | None = None
    """The organization that runs it; one line, at most 1024 characters."""
    department: str | None = None
    """The department that runs it; one line, at most 1024 characters."""
    keywords: str | None = None
    """Words to find it by, parted by commas; at most 1024 characters."""
    contact_email: str | None = None
    """The e-mail address to ask at."""
    contact_info: str | None = None
    """How else to reach who runs it; at most 1024 characters."""
    info_link: str | None = None
    """The address of a page about it; at most 1024 characters."""
    user_message: str | None = None
    """What users are told when they browse it; at most 256 characters."""
    user_message_link: str | None = None
    """The address that goes with `user_message`."""
    public: bool | None = None
    """Whether everybody can see it (not its files)."""
    owner_id: str | None = None
    """The identity that owns it; for Globus Connect Server 5, the client of the endpoint."""
    owner_string: str | None = None
    """The username of the owner, or what the owner wants to be called."""
    username: str | None = None
    """The Globus ID name of the owner, or ``u_`` and 26 characters (deprecated)."""
    canonical_name: str | None = None
    """The old name, ``<username>#<name>`` (deprecated)."""
    name: str | None = None
    """The second half of the old name (deprecated)."""
    my_effective_roles: list[EndpointRole] | None = None
    """What the caller may do with it."""
    in_use: bool | None = None
    """Whether a task of the caller's is active on it; None where asked as an activity manager."""

    default_directory: str | None = None
    """Where a listing without a path begins: ``/~/``, ``/data/`` or ``/{server_default}/``, with these braces."""
    force_encryption: bool | None = None
    """Whether all transfers are encrypted, asked for or not."""
    disable_verify: bool | None = None
    """Whether checksums cannot be verified here."""
    force_verify: bool | None = None
    """Whether checksums are verified here, asked for or not."""
    disable_anonymous_writes: bool | None = None
    """Whether guests must be known by name to write."""
    restrict_transfers_to_high_assurance: TransferDirections | None = None
    """Which transfers may only go to, or come from, high-assurance collections."""
    preserve_modtime: TransferDirections | None = None
    """In which transfers the times of files are kept."""
    network_use: NetworkUse | None = None
    """How much of the network transfers may take; ``custom`` goes by the four numbers that follow."""
    max_concurrency: int | None = None
    """The most files at once, where `network_use` is ``custom``."""
    preferred_concurrency: int | None = None
    """The usual number of files at once, where `network_use` is ``custom``."""
    max_parallelism: int | None = None
    """The most streams a file, where `network_use` is ``custom``."""
    preferred_parallelism: int | None = None
    """The usual number of streams a file, where `network_use` is ``custom``."""
    location: str | None = None
    """Where it stands: ``Automatic``, or latitude and longitude in degrees, parted by a comma."""
    https_server: str | None = None
    """Where its files are to be had by HTTPS, such as ``https://host``."""
    tlsftp_server: str | None = None
    """Where its files are to be had by FTP over TLS, such as ``tlsftp://host:443``."""
    storage_type: str | None = None
    """The kind of storage behind it, where that is told."""
    auto_delete_timeout: int | None = None
    """After how many days without use a file is deleted; set on a mapped collection and good for its guests."""
    skip_auto_delete: bool | None = None
    """Whether this guest collection is spared from `auto_delete_timeout`."""
    last_accessed_time: Timestamp | None = None
    """When it was last used, to the day."""

    subscription_id: str | None = None
    """The subscription that manages it."""
    subscription_admin_verified: bool | None = None
    """Whether an administrator of the subscription has approved it."""
    french_english_bilingual: bool | None = None
    """Whether its pages are shown in both languages."""
    requester_pays: bool | None = None
    """Whether who asks pays for what the storage charges."""
    guest_collection_activity_notification_policy: GuestCollectionActivityNotificationPolicy | None = None
    """Of which transfers on guest collections their owners hear."""
    associated_flow_policy: AssociatedFlowPolicy | None = None
    """The flows that run with tasks on it."""

    high_assurance: bool | None = None
    """Whether it holds protected data, for which sessions must be fresh."""
    mfa_required: bool | None = None
    """Whether a second factor is needed to log in for it."""
    authentication_timeout_mins: int | None = None
    """For how many minutes a login is good enough."""
    authentication_assurance_timeout: int | None = None
    """The same in an older form (deprecated: see `high_assurance` and `authentication_timeout_mins`)."""
    authentication_policy_id: str | None = None
    """The Globus Auth policy that sessions must meet."""

    host_endpoint_id: str | None = None
    """The collection that a share or guest collection is made on; None for guests of Globus Connect Server 5."""
    host_endpoint_display_name: str | None = None
    """The name of that collection."""
    host_endpoint: str | None = None
    """The old name or id of that collection (deprecated)."""
    host_path: str | None = None
    """The directory there that is shared; None for who may not see it."""
    mapped_collection_id: str | None = None
    """The mapped collection that a guest collection belongs to."""
    mapped_collection_display_name: str | None = None
    """The name of that collection."""
    non_functional: bool | None = None
    """Whether it holds no data itself, as endpoints of Globus Connect Server 5 do."""
    non_functional_endpoint_id: str | None = None
    """The endpoint that holds this mapped collection."""
    non_functional_endpoint_display_name: str | None = None
    """The name of that endpoint."""
    acl_available: bool | None = None
    """Whether access rules can be set on it (deprecated)."""
    acl_editable: bool | None = None
    """Whether the caller may set access rules (deprecated: see `my_effective_roles`)."""
    acl_max_expiration_period_mins: int | None = None
    """For how many minutes an access rule may be good; rules must then have an end."""
    shareable: bool | None = None
    """Whether the caller may make guest collections on it (deprecated)."""
    sharing_target_endpoint: str | None = None
    """Where what is shared lies (deprecated)."""
    sharing_target_root_path: str | None = None
    """In which directory what is shared lies (deprecated)."""

    is_globus_connect: bool | None = None
    """Whether it is one of Globus Connect Personal (deprecated: see `entity_type`)."""
    globus_connect_setup_key: str | None = None
    """The key to set up Globus Connect Personal with; only on one's own, before it is set up."""
    gcp_connected: bool | None = None
    """Whether Globus Connect Personal is running; None for any other."""
    gcp_paused: bool | None = None
    """Whether Globus Connect Personal is paused; None for any other."""
    gcs_version: str | None = None
    """The version of Globus Connect Server, such as ``5.4.71``."""
    gcs_manager_url: str | None = None
    """Where Globus Connect Server 5 is managed."""
    items: list[Server] | None = None
    """Its servers (``DATA`` on the wire): empty for a collection, absent in a search."""

    activated: bool | None = None
    """Whether it was activated, which only Globus Connect Server 4 asked for (deprecated; False on all others)."""
    expires_in: int | None = None
    """For how many seconds it is active; -1 for ever, 0 not active (deprecated)."""
    expire_time: Timestamp | None = None
    """Until when it is active (deprecated)."""
    myproxy_server: str | None = None
    """The MyProxy server to activate it with (deprecated)."""
    myproxy_dn: str | None = None
    """The X.509 subject of that server (deprecated)."""
    oauth_server: str | None = None
    """The OAuth server to activate it with (deprecated)."""
    local_user_info_available: bool | None = None
    """Whether it tells the local account of the caller; Globus Connect Server 4 alone (deprecated)."""
    s3_url: str | None = None
    """The address of its S3 bucket (deprecated)."""
    s3_owner_activated: bool | None = None
    """Whether the owner's S3 key is good for all (deprecated)."""
    is_go_storage: bool | None = None
    """Whether it is of Globus' own storage, in answers up to 2021."""

    rank: float | None = None
    """How well it fits the text of a search, more is better (``_rank`` on the wire); only in searches with a text."""


class EndpointList(ListDocument[Endpoint], frozen=True):
    """A list of endpoints: what a search found, or who is hosted."""

    data_type: str | None = None
    """``endpoint_list``, or ``monitored_endpoints`` for those that the caller may watch."""
    length: int | None = None
    """How many are in this document; not told by searches."""
    limit: int | None = None
    """How many this page holds at most; told by searches, at most 100."""
    offset: int | None = None
    """How many came before this page; told by searches, with `limit` at most 1000."""
    has_next_page: bool | None = None
    """Whether there are more, which a search gives only up to the first 1000."""
    total: int | None = None
    """How many there are in all; not told by searches."""


class SharedEndpointId(Document, frozen=True):
    """A share or guest collection, as little as its id."""

    id: str
    """The id, a UUID."""


class SharedEndpointList(ListDocument[SharedEndpointId], frozen=True):
    """A page of the shares and guest collections on an endpoint, whoever owns them."""

    items: list[SharedEndpointId] = Field(alias="shared_endpoints")
    """The shares and guest collections (``shared_endpoints`` on the wire)."""
    next_token: str | None = None
    """Where the next page begins; None when this is the last."""


class EndpointCreateResult(Document, frozen=True):
    """That an endpoint, share or guest collection was made, and as which."""

    data_type: str | None = None
    """``endpoint_create_result``"""
    code: Literal["Created"] | str | None = None
    """What was done, for programs."""
    message: str | None = None
    """What was done, for people."""
    id: str
    """The id of what was made, a UUID."""
    globus_connect_setup_key: str | None = None
    """The key to set up Globus Connect Personal with; None for all others."""
    canonical_name: str | None = None
    """The old name, in old answers (deprecated)."""
    request_id: str | None = None
    """The id of the request, to give to Globus support."""
    resource: str | None = None
    """The path that was asked: ``/endpoint`` or ``/shared_endpoint``."""
