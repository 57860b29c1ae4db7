"""Pause rules, which pause tasks and block operations on an endpoint."""

from typing import Annotated, Any, Literal, TypeAlias, cast

from pydantic import SerializeAsAny, ValidatorFunctionWrapHandler, WrapValidator

from globus_typed.core.documents import Document, ListDocument
from globus_typed.core.fields import AnswerId, Identifier, Timestamp
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
    id: AnswerId = ""
    """The id of the rule, a UUID; empty where the response left it out."""
    message: str | None = None
    """The reason, as given by whoever set the rule."""
    start_time: Timestamp | None = None
    """The time from which the rule applies; None for immediately."""
    endpoint_id: str | None = None
    """The id of the endpoint to which it applies."""
    endpoint_display_name: str | None = None
    """The name of that endpoint."""
    identity_id: str | None = None
    """The id of the identity to which it applies; None for everyone."""
    modified_time: Timestamp | None = None
    """The time of the last change."""
    pause_ls: bool | None = None
    """Whether it blocks listing directories."""
    pause_mkdir: bool | None = None
    """Whether it blocks creating directories."""
    pause_symlink: bool | None = None
    """Whether it blocks creating symlinks."""
    pause_rename: bool | None = None
    """Whether it blocks renaming."""
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
    """The old name of whoever last changed it (deprecated)."""
    modified_by_id: str | None = None
    """The id of the identity that last changed it."""
    created_by_host_manager: bool | None = None
    """Whether it was created by a manager of the hosting collection."""
    editable: bool | None = None
    """Whether the caller may change it."""


def _read_rule(value: object, handler: ValidatorFunctionWrapHandler) -> Any:
    if not isinstance(value, dict):
        return handler(value)
    rule = cast("dict[str, object]", value)
    return (PauseRule if rule.get("DATA_TYPE") == "pause_rule" else PauseRuleLimited).model_validate(rule)


AnyPauseRule: TypeAlias = Annotated[SerializeAsAny[PauseRule | PauseRuleLimited], WrapValidator(_read_rule)]
"""A pause rule in either form: complete, or as its users see it."""


class PauseRuleList(ListDocument[AnyPauseRule], frozen=True):
    """Pause rules: those the caller manages as an activity manager, or those that apply to the caller as a user."""

    data_type: str | None = None
    """``pause_rule_list``"""


class PauseInfoLimited(Document, frozen=True):
    """The reasons why a task is paused."""

    data_type: str | None = None
    """``pause_info_limited``"""
    pause_rules: list[AnyPauseRule]
    """The rules that pause it."""
    source_pause_message: str | None = None
    """The message of an administrator of the source who paused this particular task."""
    destination_pause_message: str | None = None
    """The message of an administrator of the destination who paused this particular task."""
    source_pause_message_share: str | None = None
    """The same, from the collection that hosts the source."""
    destination_pause_message_share: str | None = None
    """The same, from the collection that hosts the destination."""


class PauseRuleCreate(Payload):
    """A pause rule to create. Source: Transfer API, "Advanced Endpoint Management"."""

    data_type: Literal["pause_rule"] = "pause_rule"
    """``pause_rule``"""
    message: str
    """The reason, shown to users."""
    endpoint_id: Identifier
    """The id of the endpoint to which it applies."""
    identity_id: Identifier | None = None
    """The id of the identity to which it applies (None: everyone)."""
    start_time: Deadline | None = None
    """The time from which the rule applies: an aware `datetime`, a `timedelta` from now, or an ISO 8601 string (UTC if
    it has no time zone); None: immediately."""
    pause_ls: bool | None = None
    """Whether it blocks listing directories (None: yes)."""
    pause_mkdir: bool | None = None
    """Whether it blocks creating directories (None: yes)."""
    pause_symlink: bool | None = None
    """Whether it blocks creating symlinks (None: yes)."""
    pause_rename: bool | None = None
    """Whether it blocks renaming (None: yes)."""
    pause_task_delete: bool | None = None
    """Whether it pauses deletes (None: yes)."""
    pause_task_transfer_write: bool | None = None
    """Whether it pauses transfers to the endpoint (None: yes)."""
    pause_task_transfer_read: bool | None = None
    """Whether it pauses transfers from the endpoint (None: yes)."""


class PauseRuleUpdate(UpdatePayload):
    """Changes to a pause rule; its endpoint cannot be changed."""

    data_type: Literal["pause_rule"] = "pause_rule"
    """``pause_rule``"""
    message: str | MISSING = MISSING
    """The reason, shown to users."""
    identity_id: Identifier | None | MISSING = MISSING
    """The id of the identity to which it applies (None: everyone)."""
    start_time: Deadline | None | MISSING = MISSING
    """The time from which the rule applies: an aware `datetime`, a `timedelta` from now, or an ISO 8601 string (UTC if
    it has no time zone). None: immediately."""
    pause_ls: bool | MISSING = MISSING
    """Whether it blocks listing directories."""
    pause_mkdir: bool | MISSING = MISSING
    """Whether it blocks creating directories."""
    pause_symlink: bool | MISSING = MISSING
    """Whether it blocks creating symlinks."""
    pause_rename: bool | MISSING = MISSING
    """Whether it blocks renaming."""
    pause_task_delete: bool | MISSING = MISSING
    """Whether it pauses deletes."""
    pause_task_transfer_write: bool | MISSING = MISSING
    """Whether it pauses transfers to the endpoint."""
    pause_task_transfer_read: bool | MISSING = MISSING
    """Whether it pauses transfers from the endpoint."""
