"""Roles: who may manage an endpoint, its access rules, or the tasks on it."""

from typing import Literal

from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.fields import AnswerId, Identifier
from globus_typed.core.payloads import Payload
from globus_typed.transfer.documents.endpoint import EndpointRole

__all__ = ["Role", "RoleCreate", "RoleList"]


class Role(Document, frozen=True):
    """A role of an identity or group on an endpoint."""

    data_type: str | None = None
    """``role``"""
    id: AnswerId = ""
    """The id of the role, a UUID; empty where the response left it out."""
    principal_type: Literal["identity", "group"] | str | None = None
    """The type of the principal: an identity or a group."""
    principal: str | None = None
    """The id of the identity or group."""
    role: EndpointRole | None = None
    """The role."""


class RoleList(ListDocument[Role], frozen=True):
    """The roles on an endpoint that the caller may see."""

    data_type: str | None = None
    """``role_list``"""


class RoleCreate(Payload):
    """A role to add. It cannot be changed later: delete it and add another.

    Source: Transfer API, "Endpoint Role Management".
    """

    data_type: Literal["role"] = "role"
    """``role``"""
    principal_type: Literal["identity", "group"]
    """The type of the principal: an identity or a group."""
    principal: Identifier
    """The id of the identity or group."""
    role: Literal["administrator", "access_manager", "activity_manager", "activity_monitor"]
    """The role: administer everything, manage access rules, monitor and manage tasks, or only monitor them."""
