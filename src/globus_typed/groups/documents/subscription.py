"""Subscriptions, as far as groups stand for them."""

from typing import Annotated

from globus_typed.core.documents import Document
from globus_typed.core.fields import AnswerId, Identifier
from globus_typed.core.payloads import UpdatePayload
from globus_typed.groups.documents.fields import null_as

__all__ = [
    "ConnectorInfo",
    "SubscriptionGroup",
    "SubscriptionInfo",
    "SubscriptionVerified",
    "SubscriptionVerifiedUpdate",
]


class ConnectorInfo(Document, frozen=True):
    """A connector of a subscription."""

    is_ha: bool | None = None
    """Whether it has it for high assurance."""
    is_baa: bool | None = None
    """Whether it has it under a business associate agreement (BAA)."""


class SubscriptionInfo(Document, frozen=True):
    """A subscription."""

    name: str | None = None
    """The name; None where it is not told."""
    subscriber_name: str | None = None
    """The name of the subscriber; None where it is not told."""
    is_high_assurance: bool | None = None
    """Whether it is for high assurance."""
    is_baa: bool | None = None
    """Whether it is under a business associate agreement (BAA)."""
    connectors: dict[str, Annotated[ConnectorInfo, null_as({})]] | None = None
    """Its connectors by their ids."""


class SubscriptionGroup(Document, frozen=True):
    """The group of a subscription, which is told to everybody, without the names of the subscriber."""

    group_id: str
    """The id of the group, a UUID."""
    subscription_id: str | None = None
    """The id of the subscription, a UUID."""
    subscription_info: SubscriptionInfo | None = None
    """The subscription."""


class SubscriptionVerified(Document, frozen=True):
    """A group with the subscription whose administrator has verified it."""

    group_id: AnswerId = ""
    """The id of the group, a UUID; empty where the response left it out."""
    subscription_admin_verified_id: str | None = None
    """The id of the subscription, a UUID; None: verified for none."""


class SubscriptionVerifiedUpdate(UpdatePayload):
    """The subscription that a group is verified for. Source: Groups API, "Update subscription admin verified"."""

    subscription_admin_verified_id: Identifier | None
    """The id of the subscription; None: for none any more. It cannot be left out."""
