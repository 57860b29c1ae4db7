"""Tunnels: streams from one site to another, through the stream access points of both (Transfer v2, beta)."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Literal
from uuid import uuid4

from pydantic import Field

from globus_typed.core.documents import Document
from globus_typed.core.fields import Identifier, ReceivedId, Timestamp
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
"""How far a tunnel is; there are states that are not listed here."""

TunnelEventCode = Literal["STARTED", "TUNNEL_ACTIVE", "TUNNEL_STOPPED"] | str
"""What happened to a tunnel; there may be codes that are not listed here."""


class TunnelAttributes(Document, frozen=True):
    """What there is to say of a tunnel."""

    label: str | None = None
    """What it is called."""
    listener_ip_address: str | None = None
    """The IP address that listens at its end; None until that is told."""
    listener_port: int | None = None
    """The port that listens at its end; None until that is told."""
    initiator_ip_address: str | None = None
    """The IP address that connects at its beginning; None until that is known."""
    initiator_port: int | None = None
    """The port that connects at its beginning; None until that is known."""
    submission_id: str | None = None
    """The id it was made with."""
    lifetime_mins: int | None = None
    """For how many minutes it is there; 360 as a rule."""
    restartable: bool | None = None
    """Whether it can be started again."""
    created_time: Timestamp | None = None
    """When it was made."""
    state: TunnelState | None = None
    """How far it is, for programs."""
    status: str | None = None
    """How far it is, for people."""


class TunnelRelationships(Document, frozen=True):
    """What a tunnel goes with."""

    listener: Relationship | None = None
    """The stream access point at its end."""
    initiator: Relationship | None = None
    """The stream access point at its beginning."""
    owner: Relationship | None = None
    """The identity that made it."""


class TunnelResource(Document, frozen=True):
    """A tunnel, as it stands in lists."""

    type: Literal["Tunnel"] | str | None = None
    """``Tunnel``"""
    id: str
    """The id, a UUID."""
    attributes: TunnelAttributes = Field(default_factory=TunnelAttributes)
    """What there is to say of it."""
    relationships: TunnelRelationships = Field(default_factory=TunnelRelationships)
    """What it goes with."""


class Tunnel(ResourceDocument[TunnelResource], frozen=True):
    """A tunnel."""

    @property
    def id(self) -> str:
        """The id, a UUID."""
        return self.resource.id

    @property
    def attributes(self) -> TunnelAttributes:
        """What there is to say of it."""
        return self.resource.attributes

    @property
    def relationships(self) -> TunnelRelationships:
        """What it goes with."""
        return self.resource.relationships


class TunnelList(ResourceList[TunnelResource], frozen=True):
    """A page of the caller's tunnels."""


class TunnelDeleteResult(Document, frozen=True):
    """That a tunnel was deleted."""

    resource: TunnelResource | None = Field(default=None, alias="data")
    """None (``data`` on the wire)."""
    meta: Meta | None = None
    """What the answer says besides."""


class TunnelEventAttributes(Document, frozen=True):
    """What there is to say of something that happened to a tunnel."""

    code: TunnelEventCode | None = None
    """What happened, for programs."""
    is_error: bool | None = None
    """Whether it is an error."""
    description: str | None = None
    """What happened, for people."""
    details: str | None = None
    """More about it."""
    time: Timestamp | None = None
    """When it happened."""


class TunnelEvent(Document, frozen=True):
    """Something that happened to a tunnel."""

    type: Literal["TunnelEvent"] | str | None = None
    """``TunnelEvent``"""
    id: ReceivedId
    """The id, a number as text."""
    attributes: TunnelEventAttributes | None = None
    """What there is to say of it."""

    @property
    def code(self) -> TunnelEventCode | None:
        """What happened, for programs."""
        return self.attributes.code if self.attributes else None

    @property
    def is_error(self) -> bool | None:
        """Whether it is an error."""
        return self.attributes.is_error if self.attributes else None

    @property
    def description(self) -> str | None:
        """What happened, for people."""
        return self.attributes.description if self.attributes else None

    @property
    def details(self) -> str | None:
        """More about it."""
        return self.attributes.details if self.attributes else None

    @property
    def time(self) -> datetime | None:
        """When it happened."""
        return self.attributes.time if self.attributes else None


class TunnelEventList(ResourceList[TunnelEvent], frozen=True):
    """A page of what happened to a tunnel."""


class StreamAccessPointAttributes(Document, frozen=True):
    """What there is to say of a stream access point."""

    display_name: str | None = None
    """The name that people see."""
    tlsftp_server: str | None = None
    """Where it is, such as ``tlsftp://host:443``."""
    advertised_owner: str | None = None
    """The username of the owner, or what the owner wants to be called."""
    contact_email: str | None = None
    """The e-mail address to ask at."""
    contact_info: str | None = None
    """How else to reach who runs it."""
    department: str | None = None
    """The department that runs it."""
    description: str | None = None
    """What its owner says of it."""
    info_link: str | None = None
    """The address of a page about it."""
    keywords: str | None = None
    """Words to find it by, parted by commas."""
    organization: str | None = None
    """The organization that runs it."""


class StreamAccessPointRelationships(Document, frozen=True):
    """What a stream access point goes with."""

    host_endpoint: Relationship | None = None
    """The endpoint that it is a part of."""


class StreamAccessPointResource(Document, frozen=True):
    """A stream access point, as it stands in lists."""

    type: Literal["StreamAccessPoint"] | str | None = None
    """``StreamAccessPoint``"""
    id: str
    """The id, a UUID."""
    attributes: StreamAccessPointAttributes = Field(default_factory=StreamAccessPointAttributes)
    """What there is to say of it."""
    relationships: StreamAccessPointRelationships = Field(default_factory=StreamAccessPointRelationships)
    """What it goes with."""


class StreamAccessPoint(ResourceDocument[StreamAccessPointResource], frozen=True):
    """A place where a tunnel can begin or end."""

    @property
    def id(self) -> str:
        """The id, a UUID."""
        return self.resource.id

    @property
    def attributes(self) -> StreamAccessPointAttributes:
        """What there is to say of it."""
        return self.resource.attributes

    @property
    def relationships(self) -> StreamAccessPointRelationships:
        """What it goes with."""
        return self.resource.relationships


class StreamAccessPointList(ResourceList[StreamAccessPointResource], frozen=True):
    """A page of stream access points."""


def _new_id() -> str:
    return str(uuid4())


class TunnelCreate(ResourcePayload):
    """A tunnel to make. To send the same one again is safe: it is the same tunnel.

    Source: Transfer API v2, "Tunnels" (beta).
    """

    related: ClassVar[Mapping[str, str]] = {"listener": "StreamAccessPoint", "initiator": "StreamAccessPoint"}

    type: Literal["Tunnel"] = "Tunnel"
    """``Tunnel``"""
    listener: Identifier
    """The id of the stream access point at its end."""
    initiator: Identifier
    """The id of the stream access point at its beginning."""
    label: str | None = None
    """What to call it."""
    listener_ip_address: str | None = None
    """The IP address that listens at its end; None: told later."""
    listener_port: Port | None = None
    """The port that listens at its end; None: told later."""
    submission_id: Identifier = Field(default_factory=_new_id)
    """What makes this tunnel one however often it is sent; a new UUID where it is left out."""
    lifetime_mins: int | None = None
    """For how many minutes it is there; None: 360."""
    restartable: bool | None = None
    """Whether it can be started again; None: no."""


class TunnelUpdate(ResourcePayload, UpdatePayload):
    """What to change of a tunnel, or that it is to stop."""

    type: Literal["Tunnel"] = "Tunnel"
    """``Tunnel``"""
    label: str | None | MISSING = MISSING
    """What to call it. None takes the label away."""
    listener_ip_address: str | None | MISSING = MISSING
    """The IP address that listens at its end."""
    listener_port: Port | None | MISSING = MISSING
    """The port that listens at its end."""
    state: Literal["STOPPING"] | MISSING = MISSING
    """``STOPPING``: stop it."""
