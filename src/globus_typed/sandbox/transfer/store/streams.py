"""Streams: stream access points, and the tunnels between them, which no data flows through."""

import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from itertools import count
from threading import RLock
from typing import Literal, TypedDict

from globus_typed.sandbox.auth.state import SandboxUser
from globus_typed.sandbox.transfer.errors import TransferRefused
from globus_typed.sandbox.transfer.json_api import related
from globus_typed.sandbox.transfer.responses import Json
from globus_typed.sandbox.transfer.store.collections import SandboxCollection

__all__ = ["Changes", "Plan", "StreamAccessPoint", "Streams", "Tunnel", "TunnelEvent"]

TunnelState = Literal["UNINITIALIZED", "AWAITING_LISTENER", "ACTIVE", "STOPPING", "STOPPED"]

_STATUSES: dict[TunnelState, str] = {
    "UNINITIALIZED": "The tunnel is being established.",
    "AWAITING_LISTENER": "The tunnel waits for the contact details of the listener.",
    "ACTIVE": "The tunnel is established.",
    "STOPPING": "The tunnel was asked to stop.",
    "STOPPED": "The tunnel has stopped.",
}


@dataclass(frozen=True)
class StreamAccessPoint:
    """A stream access point, where tunnels begin and end; whoever may see its host may use it."""

    number: int
    id: str
    display_name: str
    host: SandboxCollection
    description: str | None
    keywords: str | None

    @property
    def advertised_owner(self) -> str:
        return self.host.advertised_owner or self.host.owner.username

    def document(self) -> Json:
        attributes = {
            "display_name": self.display_name,
            "tlsftp_server": f"tlsftp://{self.id}.streams.sandbox.example:443",
            "advertised_owner": self.advertised_owner,
            "contact_email": self.host.contact_email,
            "contact_info": self.host.contact_info,
            "department": self.host.department,
            "description": self.description,
            "info_link": self.host.info_link,
            "keywords": self.keywords,
            "organization": self.host.organization,
        }
        return {
            "type": "StreamAccessPoint",
            "id": self.id,
            "attributes": attributes,
            "relationships": {"host_endpoint": related("Endpoint", self.host.id)},
        }


@dataclass(frozen=True)
class Plan:
    """The attributes that a tunnel is made with."""

    submission_id: str
    listener: str
    initiator: str
    label: str | None
    listener_ip_address: str | None
    listener_port: int | None
    lifetime_mins: int
    restartable: bool


class Changes(TypedDict, total=False):
    """The attributes of a tunnel that can be changed."""

    label: str | None
    listener_ip_address: str | None
    listener_port: int | None


@dataclass(frozen=True)
class TunnelEvent:
    """Something that happened to a tunnel, at a time in seconds since the epoch."""

    number: int
    code: str
    description: str
    details: str
    time: float
    is_error: bool = False

    def document(self) -> Json:
        attributes = {
            "code": self.code,
            "is_error": self.is_error,
            "description": self.description,
            "details": self.details,
            "time": _time(self.time),
        }
        return {"type": "TunnelEvent", "id": self.number, "attributes": attributes}


@dataclass
class Tunnel:
    """A tunnel of one user. What a request begins is under way in its answer, and done when the next request comes."""

    number: int
    owner: SandboxUser
    asked: Plan
    created: float
    event_numbers: Iterator[int]
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    events: list[TunnelEvent] = field(default_factory=list[TunnelEvent])
    state: TunnelState = "UNINITIALIZED"
    _under_way: Literal["ACTIVE", "STOPPED"] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.plan: Plan = self.asked
        self.change({}, self.created)

    def change(self, changes: Changes, now: float) -> None:
        """Take what is changed, and go by the contact details of the listener as they are then."""
        self.plan = replace(self.plan, **changes)
        if self.state == "STOPPED":
            return
        if self.plan.listener_ip_address is None or self.plan.listener_port is None:
            self.state = "AWAITING_LISTENER"
        elif self.state != "ACTIVE":
            self._event("STARTED", "The tunnel is being established", now)
            self._under_way = "ACTIVE"

    def stop(self) -> None:
        """Begin to stop, unless it has stopped."""
        if self.state != "STOPPED":
            self.state, self._under_way = "STOPPING", "STOPPED"

    def settle(self, now: float) -> None:
        """Finish what was under way, and end when the lifetime is over."""
        end = self.created + self.plan.lifetime_mins * 60
        reached, self._under_way = self._under_way, None
        if reached == "ACTIVE":
            self.state = "ACTIVE"
            self._event("TUNNEL_ACTIVE", "Both ends are joined", min(now, end))
        elif reached == "STOPPED":
            self._stopped("It was asked to stop", min(now, end))
        if self.state != "STOPPED" and now >= end:
            self._stopped("Its lifetime is over", end)

    def _stopped(self, why: str, at: float) -> None:
        self.state = "STOPPED"
        self._event("TUNNEL_STOPPED", why, at)

    def _event(self, code: str, details: str, at: float) -> None:
        description = code.removeprefix("TUNNEL_").lower()
        self.events.append(TunnelEvent(next(self.event_numbers), code, f"tunnel is {description}", details, at))

    def document(self) -> Json:
        active = self.state == "ACTIVE"
        attributes = {
            "label": self.plan.label,
            "listener_ip_address": self.plan.listener_ip_address,
            "listener_port": self.plan.listener_port,
            # An address that is for examples only: there is nothing to connect to.
            "initiator_ip_address": "192.0.2.1" if active else None,
            "initiator_port": 49152 + self.number % 16384 if active else None,
            "submission_id": self.plan.submission_id,
            "lifetime_mins": self.plan.lifetime_mins,
            "restartable": self.plan.restartable,
            "created_time": _time(self.created),
            "state": self.state,
            "status": _STATUSES["UNINITIALIZED" if self._under_way == "ACTIVE" else self.state],
        }
        relationships = {
            "listener": related("StreamAccessPoint", self.plan.listener),
            "initiator": related("StreamAccessPoint", self.plan.initiator),
            "owner": related("Identity", self.owner.id),
        }
        return {"type": "Tunnel", "id": self.id, "attributes": attributes, "relationships": relationships}


class Streams:
    """All stream access points and tunnels of a sandbox; every method may be called from any thread."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self._lock = RLock()
        self._numbers = count(1)
        self._event_numbers = count(1)
        self._access_points: dict[str, StreamAccessPoint] = {}
        self._tunnels: dict[str, Tunnel] = {}

    def add_access_point(
        self,
        display_name: str,
        host: SandboxCollection,
        *,
        id: str | None = None,
        description: str | None = None,
        keywords: str | None = None,
    ) -> StreamAccessPoint:
        """A new stream access point of the endpoint `host`; ValueError when the id is taken."""
        with self._lock:
            point_id = str(uuid.uuid4()) if id is None else str(uuid.UUID(id))
            if point_id in self._access_points:
                raise ValueError(f"id: there is a stream access point with this id: {point_id}")
            point = StreamAccessPoint(next(self._numbers), point_id, display_name, host, description, keywords)
            self._access_points[point_id] = point
            return point

    def access_points(self, user: SandboxUser) -> list[StreamAccessPoint]:
        """Those that the user may see, oldest first."""
        with self._lock:
            return [point for point in self._access_points.values() if _may_see(user, point)]

    def access_point(self, user: SandboxUser, id: str) -> StreamAccessPoint:
        """One that the user may see; TransferRefused 404 for every other."""
        with self._lock:
            point = self._access_points.get(id.lower())
        if point is None or not _may_see(user, point):
            raise TransferRefused(404, "ClientError.NotFound", f"No stream access point '{id}'")
        return point

    def create_tunnel(self, user: SandboxUser, plan: Plan) -> tuple[Tunnel, bool]:
        """The tunnel, and whether it is new; TransferRefused 409 for another plan with the same submission id."""
        with self._lock:
            for tunnel in self.tunnels(user):
                if tunnel.plan.submission_id == plan.submission_id:
                    if tunnel.asked != plan:
                        message = f"submission_id: {plan.submission_id} was used before, with another document"
                        raise TransferRefused(409, "Conflict", message)
                    return tunnel, False
            for id in (plan.listener, plan.initiator):
                self.access_point(user, id)
            tunnel = Tunnel(next(self._numbers), user, plan, self.clock(), self._event_numbers)
            self._tunnels[tunnel.id] = tunnel
            return tunnel, True

    def tunnels(self, user: SandboxUser) -> list[Tunnel]:
        """The tunnels of the user, as they are now, oldest first."""
        with self._lock:
            mine = [tunnel for tunnel in self._tunnels.values() if tunnel.owner.id == user.id]
            for tunnel in mine:
                tunnel.settle(self.clock())
            return mine

    def tunnel(self, user: SandboxUser, id: str) -> Tunnel:
        """A tunnel of the user, as it is now; TransferRefused 404 for every other."""
        with self._lock:
            tunnel = self._tunnels.get(id.lower())
            if tunnel is None or tunnel.owner.id != user.id:
                raise TransferRefused(404, "ClientError.NotFound", f"You have no tunnel '{id}'")
            tunnel.settle(self.clock())
            return tunnel

    def change_tunnel(self, user: SandboxUser, id: str, changes: Changes, *, stop: bool) -> Tunnel:
        """The tunnel as it is then; TransferRefused 409 for a new listener of one that has stopped."""
        with self._lock:
            tunnel = self.tunnel(user, id)
            if tunnel.state == "STOPPED" and changes.keys() & {"listener_ip_address", "listener_port"}:
                message = f"Tunnel '{tunnel.id}' has stopped; nobody can listen at its end"
                raise TransferRefused(409, "Conflict", message)
            tunnel.change(changes, self.clock())
            if stop:
                tunnel.stop()
            return tunnel

    def delete_tunnel(self, user: SandboxUser, id: str) -> None:
        """Forget a tunnel that has stopped; TransferRefused 409 while it has not."""
        with self._lock:
            tunnel = self.tunnel(user, id)
            if tunnel.state != "STOPPED":
                message = f"Tunnel '{tunnel.id}' has not stopped; ask for it with the state STOPPING first"
                raise TransferRefused(409, "Conflict", message)
            del self._tunnels[tunnel.id]


def _may_see(user: SandboxUser, point: StreamAccessPoint) -> bool:
    return not point.host.deleted and point.host.may_see(user)


def _time(seconds: float) -> str:
    """A time of Transfer v2: UTC with microseconds, and without a zone."""
    return datetime.fromtimestamp(seconds, timezone.utc).replace(tzinfo=None).isoformat(timespec="microseconds")
