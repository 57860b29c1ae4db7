"""A collection of the sandbox: a directory with an owner, and the endpoint document that describes it."""

import base64
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ..auth.state import SandboxUser
from .answers import Json
from .paths import Tree

__all__ = ["SandboxCollection", "endpoint_document", "user_name"]


@dataclass
class SandboxCollection:
    """A directory that plays a Globus Connect Personal mapped collection.

    The owner may do everything with it. With `public` everybody may see, list and read it; otherwise nobody else may
    look at it.
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
    entity_type: str = "GCP_mapped_collection"
    host_endpoint_id: str | None = None
    non_functional: bool = False
    tree: Tree = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.tree = Tree(self.root)

    @property
    def canonical_name(self) -> str:
        return f"{user_name(self.owner)}#{self.id}"

    def effective_roles(self, user: SandboxUser) -> list[str]:
        return ["administrator"] if user.id == self.owner.id else []

    def may_read(self, user: SandboxUser) -> bool:
        """See the document, list directories, be the source of a transfer."""
        return self.public or self.may_write(user)

    def may_write(self, user: SandboxUser) -> bool:
        """Make, rename and delete files, be the destination of a transfer."""
        return user.id == self.owner.id


def user_name(user: SandboxUser) -> str:
    """The legacy name of an identity, `u_` and 26 letters and digits, that the deprecated `username` fields have."""
    return "u_" + base64.b32encode(uuid.UUID(user.id).bytes).decode().rstrip("=").lower()


def endpoint_document(collection: SandboxCollection, user: SandboxUser, *, in_use: bool) -> Json:
    """The `endpoint` document as `user` sees it (Transfer API: endpoint)."""
    roles = collection.effective_roles(user)
    document: Json = {
        "DATA_TYPE": "endpoint",
        "id": collection.id,
        "display_name": collection.display_name,
        "canonical_name": collection.canonical_name,
        "name": collection.id,
        "username": user_name(collection.owner),
        "owner_id": collection.owner.id,
        "owner_string": collection.owner.username,
        "entity_type": collection.entity_type,
        "description": collection.description,
        "organization": collection.organization,
        "department": collection.department,
        "keywords": collection.keywords,
        "contact_email": collection.contact_email,
        "contact_info": collection.contact_info,
        "info_link": collection.info_link,
        "user_message": collection.user_message,
        "user_message_link": collection.user_message_link,
        "public": collection.public,
        "default_directory": collection.default_directory,
        "force_encryption": collection.force_encryption,
        "disable_verify": collection.disable_verify,
        "is_globus_connect": True,
        "host_endpoint_id": collection.host_endpoint_id,
        "acl_available": False,
        "acl_editable": False,
        "shareable": bool(roles),
        "in_use": in_use,
        "my_effective_roles": roles,
        "gcp_connected": True,
        "gcp_paused": False,
        "expires_in": -1,
        "network_use": "normal",
        "location": "Automatic",
        "myproxy_server": "myproxy.globusonline.org",
        "non_functional": collection.non_functional,
    }
    document.update(dict.fromkeys(_NULL))
    document.update(dict.fromkeys(_FALSE, False))
    document["DATA"] = [_server(collection.id)]
    return document


_NULL = (
    "subscription_id",
    "expire_time",
    "myproxy_dn",
    "oauth_server",
    "globus_connect_setup_key",
    "gcs_version",
    "gcs_manager_url",
    "host_endpoint",
    "host_endpoint_display_name",
    "host_path",
    "mapped_collection_id",
    "mapped_collection_display_name",
    "s3_url",
    "storage_type",
    "acl_max_expiration_period_mins",
    "sharing_target_endpoint",
    "sharing_target_root_path",
    "max_concurrency",
    "preferred_concurrency",
    "max_parallelism",
    "preferred_parallelism",
    "local_user_info_available",
    "https_server",
    "tlsftp_server",
    "authentication_timeout_mins",
    "authentication_policy_id",
    "last_accessed_time",
)

_FALSE = (
    "subscription_admin_verified",
    "french_english_bilingual",
    "force_verify",
    "disable_anonymous_writes",
    "mfa_required",
    "activated",
    "s3_owner_activated",
    "high_assurance",
    "requester_pays",
)


def _server(collection_id: str) -> Json:
    return {
        "DATA_TYPE": "server",
        "id": int(collection_id[:7], 16) + 1,
        "hostname": None,
        "port": None,
        "scheme": None,
        "subject": None,
        "uri": None,
        "incoming_data_port_start": None,
        "incoming_data_port_end": None,
        "outgoing_data_port_start": None,
        "outgoing_data_port_end": None,
        "is_connected": True,
        "is_paused": False,
    }


def rank(collection: SandboxCollection, words: Iterable[str]) -> float:
    """How well a collection answers a full-text search: 0 when one of the words begins no word of its text fields."""
    weighted = (
        (3.0, collection.display_name),
        (1.0, collection.canonical_name),
        (1.0, collection.owner.username),
        (1.0, collection.organization),
        (0.75, collection.department),
        (0.75, collection.keywords),
        (0.5, collection.description),
    )
    total = 0.0
    for word in words:
        score = sum(weight for weight, text in weighted if text and _begins_a_word(word, text))
        if not score:
            return 0.0
        total += score
    return total


def _begins_a_word(prefix: str, text: str) -> bool:
    lowered = text.casefold()
    at = lowered.find(prefix)
    while at > 0 and lowered[at - 1].isalnum():
        at = lowered.find(prefix, at + 1)
    return at >= 0
