"""Tunnels: streams from one site to another, through the stream access points of both (Transfer v2, beta)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, ClassVar, Literal
from uuid import uuid4

from pydantic import Field

from globus_typed.core.documents import Document
from globus_typed.core.fields import NULL_IS_ABSENT, AnswerId, Identifier, ReceivedId, Timestamp
from globus_typed.core.payloads import MISSING, UpdatePayload
from globus_typed.transfer.documents.fields import Port
from globus_typed.transfer.documents.json_api import Meta, Relationship, ResourceDocument, ResourceList, ResourcePayload

__all__ = [
    "StreamAccessPoint",
    "StreamAccessPointAttributes",
    "StreamAccessPointList",
    "StreamAccessPointRelationships",
    "StreamAccessPointResource",
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
]

TunnelState = Literal["UNINITIALIZED", "AWAITING_LISTENER", "STOPPING"] | str
"""The state of a tunnel; other states are possible."""

TunnelEventCode = Literal["STARTED", "TUNNEL_ACTIVE", "TUNNEL_STOPPED"] | str
"""The code of a tunnel event; other codes are possible."""


class TunnelAttributes(Document, frozen=True):
    """The attributes of a tunnel."""

    label: str | None = None
    """The label."""
    listener_ip_address: str | None = None
    """The IP address on which the listener accepts connections; None until it is set."""
    listener_port: int | None = None
    """The port on which the listener accepts connections; None until it is set."""
    initiator_ip_address: str | None = None
    """The IP address from which the initiator connects; None until it is known."""
    initiator_port: int | None = None
    """The port from which the initiator connects; None until it is known."""
    submission_id: str | None = None
    """The submission id it was created with."""
    lifetime_mins: int | None = None
    """The lifetime in minutes, usually 360."""
    restartable: bool | None = None
    """Whether it can be restarted."""
    created_time: Timestamp | None = None
    """The creation time."""
    state: TunnelState | None = None
    """The state, as a code."""
    status: str | None = None
    """The state, human-readable."""


class TunnelRelationships(Document, frozen=True):
    """The resources related to a tunnel."""

    listener: Relationship | None = None
    """The stream access point at its end."""
    initiator: Relationship | None = None
    """The stream access point at its beginning."""
    owner: Relationship | None = None
    """The identity that made it."""


class TunnelResource(Document, frozen=True):
    """A tunnel, as in lists."""

    type: Literal["Tunnel"] | str | None = None
    """``Tunnel``"""
    id: AnswerId = ""
    """The id, a UUID; empty where the response left it out."""
    attributes: Annotated[TunnelAttributes, NULL_IS_ABSENT] = Field(default_factory=TunnelAttributes)
    """The attributes."""
    relationships: Annotated[TunnelRelationships, NULL_IS_ABSENT] = Field(default_factory=TunnelRelationships)
    """The related resources."""


class Tunnel(ResourceDocument[TunnelResource], frozen=True):
    """A tunnel."""

    resource: Annotated[TunnelResource, NULL_IS_ABSENT] = Field(default_factory=TunnelResource, alias="data")
    """The tunnel (``data`` on the wire)."""

    @property
    def id(self) -> str:
        """The id, a UUID; empty where the response left it out."""
        return self.resource.id

    @property
    def attributes(self) -> TunnelAttributes:
        """The attributes."""
        return self.resource.attributes

    @property
    def relationships(self) -> TunnelRelationships:
        """The related resources."""
        return self.resource.relationships


class TunnelList(ResourceList[TunnelResource], frozen=True):
    """A page of the caller's tunnels."""


class TunnelDeleteResult(Document, frozen=True):
    """The result of deleting a tunnel."""

    resource: TunnelResource | None = Field(default=None, alias="data")
    """None (``data`` on the wire)."""
    meta: Meta | None = None
    """Additional information in the response."""


class TunnelEventAttributes(Document, frozen=True):
    """The attributes of a tunnel event."""

    code: TunnelEventCode | None = None
    """A code for the event."""
    is_error: bool | None = None
    """Whether it is an error."""
    description: str | None = None
    """A human-readable description."""
    details: str | None = None
    """Details of the event."""
    time: Timestamp | None = None
    """The time of the event."""


class TunnelEvent(Document, frozen=True):
    """An event of a tunnel."""

    type: Literal["TunnelEvent"] | str | None = None
    """``TunnelEvent``"""
    id: ReceivedId
    """The id, a number as a string."""
    attributes: TunnelEventAttributes | None = None
    """The attributes."""

    @property
    def code(self) -> TunnelEventCode | None:
        """A code for the event."""
        return self.attributes.code if self.attributes else None

    @property
    def is_error(self) -> bool | None:
        """Whether it is an error."""
        return self.attributes.is_error if self.attributes else None

    @property
    def description(self) -> str | None:
        """A human-readable description."""
        return self.attributes.description if self.attributes else None

    @property
    def details(self) -> str | None:
        """Details of the event."""
        return self.attributes.details if self.attributes else None

    @property
    def time(self) -> datetime | None:
        """The time of the event."""
        return self.attributes.time if self.attributes else None


class TunnelEventList(ResourceList[TunnelEvent], frozen=True):
    """A page of tunnel events."""


class StreamAccessPointAttributes(Document, frozen=True):
    """The attributes of a stream access point."""

    display_name: str | None = None
    """The display name."""
    tlsftp_server: str | None = None
    """The address, such as ``tlsftp://host:443``."""
    advertised_owner: str | None = None
    """The username of the owner, or a name chosen by the owner."""
    contact_email: str | None = None
    """The contact e-mail address."""
    contact_info: str | None = None
    """Other contact information."""
    department: str | None = None
    """The department that runs it."""
    description: str | None = None
    """The description given by the owner."""
    info_link: str | None = None
    """The URL of a page about it."""
    keywords: str | None = None
    """Keywords for search, separated by commas."""
    organization: str | None = None
    """The organization that runs it."""


class StreamAccessPointRelationships(Document, frozen=True):
    """The resources related to a stream access point."""

    host_endpoint: Relationship | None = None
    """The endpoint it belongs to."""


class StreamAccessPointResource(Document, frozen=True):
    """A stream access point, as in lists."""

    type: Literal["StreamAccessPoint"] | str | None = None
    """``StreamAccessPoint``"""
    id: str
    """The id, a UUID."""
    attributes: Annotated[StreamAccessPointAttributes, NULL_IS_ABSENT] = Field(
        default_factory=StreamAccessPointAttributes
    )
    """The attributes."""
    relationships: Annotated[StreamAccessPointRelationships, NULL_IS_ABSENT] = Field(
        default_factory=StreamAccessPointRelationships
    )
    """The related resources."""


class StreamAccessPoint(ResourceDocument[StreamAccessPointResource], frozen=True):
    """A stream access point: a place where a tunnel can begin or end."""

    @property
    def id(self) -> str:
        """The id, a UUID."""
        return self.resource.id

    @property
    def attributes(self) -> StreamAccessPointAttributes:
        """The attributes."""
        return self.resource.attributes

    @property
    def relationships(self) -> StreamAccessPointRelationships:
        """The related resources."""
        return self.resource.relationships


class StreamAccessPointList(ResourceList[StreamAccessPointResource], frozen=True):
    """A page of stream access points."""


def _new_id() -> str:
    return str(uuid4())


class TunnelCreate(ResourcePayload):
    """A tunnel to create. Sending the same document again is safe: it creates the same tunnel only once.

    Source: Transfer API v2, "Tunnels" (beta).
    """

    related: ClassVar[Mapping[str, str]] = {"listener": "StreamAccessPoint", "initiator": "StreamAccessPoint"}

    type: Literal["Tunnel"] = "Tunnel"
    """``Tunnel``"""
    listener: Identifier
    """The id of the stream access point of the listener, where the tunnel ends."""
    initiator: Identifier
    """The id of the stream access point of the initiator, where the tunnel begins."""
    label: str | None = None
    """The label."""
    listener_ip_address: str | None = None
    """The IP address on which the listener accepts connections (None: set later)."""
    listener_port: Port | None = None
    """The port on which the listener accepts connections (None: set later)."""
    submission_id: Identifier = Field(default_factory=_new_id)
    """The id that makes repeated submissions create only one tunnel; a new UUID if omitted."""
    lifetime_mins: int | None = None
    """The lifetime in minutes (None: 360)."""
    restartable: bool | None = None
    """Whether it can be restarted (None: no)."""


class TunnelUpdate(ResourcePayload, UpdatePayload):
    """Changes to a tunnel, or a request to stop it."""

    type: Literal["Tunnel"] = "Tunnel"
    """``Tunnel``"""
    label: str | None | MISSING = MISSING
    """The label. None removes it."""
    listener_ip_address: str | None | MISSING = MISSING
    """The IP address on which the listener accepts connections."""
    listener_port: Port | None | MISSING = MISSING
    """The port on which the listener accepts connections."""
    state: Literal["STOPPING"] | MISSING = MISSING
    """``STOPPING`` stops the tunnel."""
