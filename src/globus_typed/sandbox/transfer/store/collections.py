"""A collection of the sandbox: a directory with an owner, and the endpoint document that describes it."""

import base64
import time
import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from globus_typed.sandbox.auth.state import SandboxUser
from globus_typed.sandbox.transfer.paths import Parts, Tree
from globus_typed.sandbox.transfer.responses import Json, file_time
from globus_typed.sandbox.transfer.store.permissions import ROLES, Permissions, Role, RoleName

__all__ = ["SandboxCollection", "endpoint_document", "server_documents", "user_name"]


@dataclass
class SandboxCollection:
    """A directory that plays a Globus Connect Personal mapped collection, or with `host` a guest collection on another;
    with `entity_type`, one of Globus Connect Server, whose files are served over HTTPS too.

    The owner and whoever has the role administrator may do everything with it. With `public` everybody may see it, and
    list and read a mapped collection; otherwise only those may who have a role or, on a guest collection, an access
    rule. `clock` gives seconds since the epoch. An endpoint of the retired kind `GCSv4_host` must be activated by each
    of its users. A guest collection that `hosts_guests` may have others on it, as at Globus only mapped ones may.
    """

    id: str
    display_name: str
    root: Path
    owner: SandboxUser
    public: bool = False
    default_directory: str = "/~/"
    description: str | None = None
    organization: str | None = None
    department: str | None = None
    keywords: str | None = None
    contact_email: str | None = None
    contact_info: str | None = None
    info_link: str | None = None
    user_message: str | None = None
    user_message_link: str | None = None
    force_encryption: bool = False
    disable_verify: bool = False
    force_verify: bool = False
    entity_type: str = "GCP_mapped_collection"
    host: "SandboxCollection | None" = None
    host_path: str | None = None
    hosts_guests: bool = False
    enable_https: bool = True
    https_methods: Collection[str] = ("GET", "PUT", "DELETE")
    https_address: "Callable[[SandboxCollection], str | None]" = lambda collection: None
    own_subscription_id: str | None = None
    subscription_admin_verified: bool = False
    acl_max_expiration_period_mins: int | None = None
    authentication_timeout_mins: int | None = None
    advertised_owner: str | None = None
    network_use: str | None = "normal"
    max_concurrency: int | None = None
    preferred_concurrency: int | None = None
    max_parallelism: int | None = None
    preferred_parallelism: int | None = None
    location: str | None = "Automatic"
    myproxy_server: str | None = "myproxy.globusonline.org"
    myproxy_dn: str | None = None
    oauth_server: str | None = None
    s3_url: str | None = None
    s3_owner_activated: bool = False
    legacy_name: str | None = None
    guest_collection_activity_notification_policy: Json | None = None
    setup_key: str | None = None
    non_functional: bool = False
    deleted: bool = False
    permissions: Permissions = field(default_factory=Permissions)
    clock: Callable[[], float] = time.time
    servers: dict[int, Json] = field(default_factory=dict[int, Json])
    # when the activation of each user ends
    activations: dict[str, float] = field(default_factory=dict[str, float])
    tree: Tree = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.tree = Tree(self.root)
        self.permissions.add_role(Role("identity", self.owner.id, "administrator"))

    @property
    def data_access_scope(self) -> str | None:
        """The scope that a user must have allowed an app before it may work here; None where there is no need."""
        needed = self.entity_type == "GCSv5_mapped_collection"
        return f"https://auth.globus.org/scopes/{self.id}/data_access" if needed else None

    @property
    def serves_https(self) -> bool:
        """Whether its files are served over HTTPS: those of Globus Connect Server are."""
        guest_or_mapped = self.entity_type in ("GCSv5_mapped_collection", "GCSv5_guest_collection")
        return guest_or_mapped and self.enable_https and not self.deleted

    @property
    def https_server(self) -> str | None:
        """The address of its HTTPS server, without a slash at its end; None where it has none."""
        return self.https_address(self) if self.serves_https else None

    @property
    def https_scope(self) -> str:
        """The scope that a token for its HTTPS server has."""
        return f"https://auth.globus.org/scopes/{self.id}/https"

    @property
    def may_host(self) -> bool:
        """Whether there can be guest collections on it."""
        return self.host is None or self.hosts_guests

    @property
    def canonical_name(self) -> str:
        return f"{user_name(self.owner)}#{self.legacy_name or self.id}"

    @property
    def host_endpoint(self) -> "SandboxCollection | None":
        """The host that documents name: a guest collection of Globus Connect Server has none, but a mapped one."""
        return None if self.host is None or self.host.entity_type == "GCSv5_mapped_collection" else self.host

    @property
    def host_endpoint_id(self) -> str | None:
        return None if self.host_endpoint is None else self.host_endpoint.id

    @property
    def subscription_id(self) -> str | None:
        """Its own subscription; of a guest collection that hosts none, that of its host."""
        return self.own_subscription_id if self.host is None or self.hosts_guests else self.host.subscription_id

    @property
    def needs_activation(self) -> bool:
        return self.entity_type == "GCSv4_host"

    def expires_in(self, user: SandboxUser) -> int:
        """For how many seconds more it is activated for the user: -1 for ever, 0 not at all."""
        if not self.needs_activation:
            return -1
        return max(0, int(self.activations.get(user.id, 0) - self.clock()))

    def effective_roles(self, user: SandboxUser) -> list[str]:
        """As `my_effective_roles` shows them: an administrator has no need of others."""
        held = self.permissions.held_by(user)
        return ["administrator"] if "administrator" in held else [role for role in ROLES if role in held]

    def has_role(self, user: SandboxUser, role: RoleName) -> bool:
        """Whether the user has a role, or one that is worth it.

        Managers and monitors of the activity on a host have the same role on its guest collections.
        """
        if role in self.permissions.held_by(user):
            return True
        return self.host is not None and role.startswith("activity_") and self.host.has_role(user, role)

    def may_see(self, user: SandboxUser) -> bool:
        """Get the endpoint document."""
        return (
            self.public
            or bool(self.permissions.held_by(user))
            or self.may_read(user)
            or self.has_role(user, "activity_monitor")
        )

    def may_read(self, user: SandboxUser, parts: Parts | None = None) -> bool:
        """List and read a path, or any path."""
        return self._may(user, False, parts)

    def may_write(self, user: SandboxUser, parts: Parts | None = None) -> bool:
        """Make, change, rename and delete a path, or any path."""
        return self._may(user, True, parts)

    def _may(self, user: SandboxUser | None, write: bool, parts: Parts | None) -> bool:
        if self.deleted:
            return False
        if user is None:
            return self.host is not None and self.permissions.grants_anybody(parts, write=write)
        if self.host is None:
            return (self.public and not write) or self.has_role(user, "administrator")
        return self.permissions.grants(user, parts, write=write)

    def view(self, user: SandboxUser | None, *, write: bool = False) -> Tree:
        """Its files as far as the user, or anybody, may read, or write, them at the time of each step."""
        return Tree(self.tree.root, partial(self._may, user, write))


def user_name(user: SandboxUser) -> str:
    """The legacy name of an identity, `u_` and 26 letters and digits, that the deprecated `username` fields have."""
    return "u_" + base64.b32encode(uuid.UUID(user.id).bytes).decode().rstrip("=").lower()


def endpoint_document(collection: SandboxCollection, user: SandboxUser, *, in_use: bool) -> Json:
    """The `endpoint` document as `user` sees it (Transfer API: endpoint)."""
    host, administrator = collection.host, collection.has_role(user, "administrator")
    named = collection.host_endpoint
    expires_in = collection.expires_in(user)
    gcp = collection.entity_type.startswith("GCP_")
    document: Json = {name: getattr(collection, name) for name in _PLAIN}
    document.update(dict.fromkeys(_NULL))
    document.update(dict.fromkeys(_FALSE, False))
    document |= {
        "DATA_TYPE": "endpoint",
        "canonical_name": collection.canonical_name,
        "name": collection.legacy_name or collection.id,
        "username": user_name(collection.owner),
        "owner_id": collection.owner.id,
        "owner_string": collection.advertised_owner or collection.owner.username,
        "is_globus_connect": gcp,
        "globus_connect_setup_key": collection.setup_key if administrator else None,
        "acl_available": host is not None,
        "acl_editable": host is not None and collection.has_role(user, "access_manager"),
        "shareable": collection.may_host and administrator,
        "in_use": in_use,
        "my_effective_roles": collection.effective_roles(user),
        "gcp_connected": collection.setup_key is None if gcp else None,
        "gcp_paused": False if gcp else None,
        "activated": collection.needs_activation and expires_in > 0,
        "expires_in": expires_in,
        "expire_time": file_time(collection.activations[user.id]) if expires_in > 0 else None,
        "https_server": collection.https_server,
        "tlsftp_server": None if collection.https_server is None else f"tlsftp{collection.https_server[5:]}",
        "DATA": server_documents(collection),
    }
    if host is not None:
        document |= {
            "host_endpoint": None if named is None else named.canonical_name,
            "host_endpoint_display_name": None if named is None else named.display_name,
            "mapped_collection_id": host.id,
            "mapped_collection_display_name": host.display_name,
            "sharing_target_endpoint": host.canonical_name,
            "sharing_target_root_path": collection.host_path if administrator else None,
            "host_path": collection.host_path if administrator else None,
        }
    return document


_PLAIN = (
    "id",
    "display_name",
    "entity_type",
    "description",
    "organization",
    "department",
    "keywords",
    "contact_email",
    "contact_info",
    "info_link",
    "user_message",
    "user_message_link",
    "public",
    "default_directory",
    "force_encryption",
    "disable_verify",
    "force_verify",
    "host_endpoint_id",
    "subscription_id",
    "subscription_admin_verified",
    "acl_max_expiration_period_mins",
    "authentication_timeout_mins",
    "network_use",
    "max_concurrency",
    "preferred_concurrency",
    "max_parallelism",
    "preferred_parallelism",
    "location",
    "myproxy_server",
    "myproxy_dn",
    "oauth_server",
    "s3_url",
    "s3_owner_activated",
    "guest_collection_activity_notification_policy",
    "non_functional",
)

_NULL = (
    "gcs_version",
    "gcs_manager_url",
    "host_endpoint",
    "host_endpoint_display_name",
    "host_path",
    "mapped_collection_id",
    "mapped_collection_display_name",
    "storage_type",
    "sharing_target_endpoint",
    "sharing_target_root_path",
    "local_user_info_available",
    "authentication_policy_id",
    "last_accessed_time",
)

_FALSE = (
    "french_english_bilingual",
    "disable_anonymous_writes",
    "mfa_required",
    "high_assurance",
    "requester_pays",
)


def server_documents(collection: SandboxCollection) -> list[Json]:
    """Its `server` documents: those that a GCSv4 endpoint was given, one of a mapped collection, none of a share."""
    if collection.host is not None:
        return []
    return list(collection.servers.values()) if collection.needs_activation else [_personal_server(collection)]


def _personal_server(collection: SandboxCollection) -> Json:
    return {
        "DATA_TYPE": "server",
        "id": int(collection.id[:7], 16) + 1,
        "hostname": None,
        "port": None,
        "scheme": None,
        "subject": None,
        "uri": None,
        "incoming_data_port_start": None,
        "incoming_data_port_end": None,
        "outgoing_data_port_start": None,
        "outgoing_data_port_end": None,
        "is_connected": collection.setup_key is None,
        "is_paused": False,
    }
