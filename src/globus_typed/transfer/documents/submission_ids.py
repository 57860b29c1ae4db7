"""Submission ids, kept by what is submitted: submitting it again, or in several threads at once, is the same task."""

import contextlib
import threading
from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING, Any

from globus_typed.core import forks

if TYPE_CHECKING:
    from globus_typed.transfer.documents.task_builder import TaskBuilder
    from globus_typed.transfer.documents.tunnel import TunnelCreate

__all__ = ["keep_submission_id"]


class _Keeper:
    """The lock under which the first id is the one that stays."""

    def __init__(self) -> None:
        self.lock = threading.RLock()  # a signal handler may submit as well
        forks.watch(self)

    def after_fork(self) -> object:
        self.lock = threading.RLock()
        return None


_keeper = _Keeper()


def keep_submission_id(
    fresh: str, payload: "TaskBuilder | TunnelCreate", data: "TaskBuilder | TunnelCreate | Mapping[str, Any]"
) -> None:
    """Give the payload this id, unless it, or the mapping it was read from, has been given another meanwhile.

    Parameters: `data`, what the program submitted: a payload, or a mapping, which keeps the id too if it can change.
    """
    with _keeper.lock:
        if payload.submission_id is None:
            # By assignment, pydantic would replace all values, in place of those that another thread has just set.
            checked = type(payload).model_construct()
            checked.submission_id = fresh
            vars(payload)["submission_id"] = checked.submission_id
            payload.model_fields_set.add("submission_id")
        if not isinstance(data, Mapping):
            return
        place = _attributes(data)
        kept = place.get("submission_id")
        if kept is not None:
            payload.submission_id = kept
        elif isinstance(place, MutableMapping):
            with contextlib.suppress(TypeError, AttributeError):  # of a dict that has been made immutable
                place["submission_id"] = payload.submission_id


def _attributes(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The part of a document that has its fields, in either form that a tunnel has."""
    if "data" not in document:
        return document
    resource: Mapping[str, Any] = document["data"]
    if isinstance(resource, MutableMapping):
        with contextlib.suppress(TypeError, AttributeError):
            resource.setdefault("attributes", {})
    attributes: Mapping[str, Any] = resource.get("attributes", {})
    return attributes
