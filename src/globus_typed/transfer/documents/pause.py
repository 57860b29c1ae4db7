"""Pause rules: what holds up the operations and tasks on an endpoint, and why."""

from typing import Annotated, Any, Literal, TypeAlias, cast

from pydantic import SerializeAsAny, ValidatorFunctionWrapHandler, WrapValidator

from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.fields import Identifier, Timestamp
from globus_typed.core.payloads import MISSING, Payload, UpdatePayload
from globus_typed.transfer.documents.fields import Deadline

__all__ = [
    "AnyPauseRule",
    "PauseInfoLimited",
    "PauseRule",
    "PauseRuleCreate",
    "PauseRuleLimited",
    "PauseRuleList",
    "PauseRuleUpdate",
]


class PauseRuleLimited(Document, frozen=True):
    """A rule that pauses operations on an endpoint, as its users see it."""

    data_type: str | None = None
    """``pause_rule_limited``"""
    id: str
    """The id of the rule, a UUID."""
    message: str | None = None
    """Why, in the words of who set it."""
    start_time: Timestamp | None = None
    """When it begins to hold; None for at once."""
    endpoint_id: str | None = None
    """The endpoint it holds on."""
    endpoint_display_name: str | None = None
    """The name of that endpoint."""
    identity_id: str | None = None
    """The identity it holds for; None for everybody."""
    modified_time: Timestamp | None = None
    """When it was last changed."""
    pause_ls: bool | None = None
    """Whether it forbids listing."""
    pause_mkdir: bool | None = None
    """Whether it forbids making directories."""
    pause_symlink: bool | None = None
    """Whether it forbids making symlinks."""
    pause_rename: bool | None = None
    """Whether it forbids renaming."""
    pause_task_delete: bool | None = None
    """Whether it pauses deletes."""
    pause_task_transfer_write: bool | None = None
    """Whether it pauses transfers to the endpoint."""
    pause_task_transfer_read: bool | None = None
    """Whether it pauses transfers from the endpoint."""


class PauseRule(PauseRuleLimited, frozen=True):
    """A rule that pauses operations on an endpoint, as its activity managers see it."""

    data_type: str | None = None
    """``pause_rule``"""
    modified_by: str | None = None
    """The old name of who last changed it (deprecated)."""
    modified_by_id: str | None = None
    """The identity that last changed it."""
    created_by_host_manager: bool | None = None
    """Whether a manager of the hosting collection made it."""
    editable: bool | None = None
    """Whether the caller may change it."""


def _read_rule(value: object, handler: ValidatorFunctionWrapHandler) -> Any:
    if not isinstance(value, dict):
        return handler(value)
    rule = cast("dict[str, object]", value)
    return (PauseRule if rule.get("DATA_TYPE") == "pause_rule" else PauseRuleLimited).model_validate(rule)


AnyPauseRule: TypeAlias = Annotated[SerializeAsAny[PauseRule | PauseRuleLimited], WrapValidator(_read_rule)]
"""A pause rule of either kind: all of it, or what users may see of it."""


class PauseRuleList(ListDocument[AnyPauseRule], frozen=True):
    """The pause rules on endpoints: of the caller's as an activity manager, or in effect for the caller as a user."""

    data_type: str | None = None
    """``pause_rule_list``"""


class PauseInfoLimited(Document, frozen=True):
    """Why a task is paused."""

    data_type: str | None = None
    """``pause_info_limited``"""
    pause_rules: list[AnyPauseRule]
    """The rules that pause it."""
    source_pause_message: str | None = None
    """What an administrator of the source says who paused this very task."""
    destination_pause_message: str | None = None
    """What an administrator of the destination says who paused this very task."""
    source_pause_message_share: str | None = None
    """The same, of the collection that hosts the source."""
    destination_pause_message_share: str | None = None
    """The same, of the collection that hosts the destination."""


class PauseRuleCreate(Payload):
    """A pause rule to make. Source: Transfer API, "Advanced Endpoint Management"."""

    data_type: Literal["pause_rule"] = "pause_rule"
    """``pause_rule``"""
    message: str
    """Why, which users are told."""
    endpoint_id: Identifier
    """The endpoint it holds on."""
    identity_id: Identifier | None = None
    """The identity it holds for; None: everybody."""
    start_time: Deadline | None = None
    """When it begins to hold: an aware `datetime`, a `timedelta` from now, or ISO 8601 text (UTC where it names no
    zone); None: at once."""
    pause_ls: bool | None = None
    """Whether it forbids listing; None: yes."""
    pause_mkdir: bool | None = None
    """Whether it forbids making directories; None: yes."""
    pause_symlink: bool | None = None
    """Whether it forbids making symlinks; None: yes."""
    pause_rename: bool | None = None
    """Whether it forbids renaming; None: yes."""
    pause_task_delete: bool | None = None
    """Whether it pauses deletes; None: yes."""
    pause_task_transfer_write: bool | None = None
    """Whether it pauses transfers to the endpoint; None: yes."""
    pause_task_transfer_read: bool | None = None
    """Whether it pauses transfers from the endpoint; None: yes."""


class PauseRuleUpdate(UpdatePayload):
    """What to change of a pause rule; the endpoint it holds on stays."""

    data_type: Literal["pause_rule"] = "pause_rule"
    """``pause_rule``"""
    message: str | MISSING = MISSING
    """Why, which users are told."""
    identity_id: Identifier | None | MISSING = MISSING
    """The identity it holds for. None: everybody."""
    start_time: Deadline | None | MISSING = MISSING
    """When it begins to hold: an aware `datetime`, a `timedelta` from now, or ISO 8601 text (UTC where it names no
    zone). None: at once."""
    pause_ls: bool | MISSING = MISSING
    """Whether it forbids listing."""
    pause_mkdir: bool | MISSING = MISSING
    """Whether it forbids making directories."""
    pause_symlink: bool | MISSING = MISSING
    """Whether it forbids making symlinks."""
    pause_rename: bool | MISSING = MISSING
    """Whether it forbids renaming."""
    pause_task_delete: bool | MISSING = MISSING
    """Whether it pauses deletes."""
    pause_task_transfer_write: bool | MISSING = MISSING
    """Whether it pauses transfers to the endpoint."""
    pause_task_transfer_read: bool | MISSING = MISSING
    """Whether it pauses transfers from the endpoint."""
