"""Roles: who may manage an endpoint, its access rules, or the tasks on it."""

from typing import Literal

from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.fields import Identifier
from globus_typed.core.payloads import Payload
from globus_typed.transfer.documents.endpoint import EndpointRole

__all__ = ["Role", "RoleCreate", "RoleList"]


class Role(Document, frozen=True):
    """What someone may do on an endpoint."""

    data_type: str | None = None
    """``role``"""
    id: str
    """The id of the role, a UUID."""
    principal_type: Literal["identity", "group"] | str | None = None
    """Who has it: one identity or a group."""
    principal: str | None = None
    """The id of that identity or group."""
    role: EndpointRole | None = None
    """What it allows."""


class RoleList(ListDocument[Role], frozen=True):
    """All roles on an endpoint that the caller may see."""

    data_type: str | None = None
    """``role_list``"""


class RoleCreate(Payload):
    """A role to give. It cannot be changed later: take it away and give another.

    Source: Transfer API, "Endpoint Role Management".
    """

    data_type: Literal["role"] = "role"
    """``role``"""
    principal_type: Literal["identity", "group"]
    """Who gets it: one identity or a group."""
    principal: Identifier
    """The id of that identity or group."""
    role: Literal["administrator", "access_manager", "activity_manager", "activity_monitor"]
    """What it allows: all, to set access rules, to watch and to hold tasks, or to watch them."""
