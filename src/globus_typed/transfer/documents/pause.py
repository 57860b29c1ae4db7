"""Why a task stands still: the pause rules of endpoints, as far as a user may see them."""

from globus_typed.documents import Document, Timestamp

__all__ = ["PauseInfoLimited", "PauseRuleLimited"]


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


class PauseInfoLimited(Document, frozen=True):
    """Why a task is paused."""

    data_type: str | None = None
    """``pause_info_limited``"""
    pause_rules: list[PauseRuleLimited]
    """The rules that pause it."""
    source_pause_message: str | None = None
    """What an administrator of the source says who paused this very task."""
    destination_pause_message: str | None = None
    """What an administrator of the destination says who paused this very task."""
    source_pause_message_share: str | None = None
    """The same, of the collection that hosts the source."""
    destination_pause_message_share: str | None = None
    """The same, of the collection that hosts the destination."""
