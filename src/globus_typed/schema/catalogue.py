"""Which documents there are, by the names of their classes and by their names on the wire."""

import inspect
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, TypeAlias, get_args

from globus_typed.core.documents import Document
from globus_typed.core.payloads import Payload

__all__ = ["Kind", "all_kinds", "best", "named", "wire_names"]

Kind: TypeAlias = type[Document] | type[Payload]

_PACKAGES = ("globus_typed.transfer.documents", "globus_typed.auth.documents")
_FOUNDATIONS = {"task_builder", "envelope", "json_api"}
"""The modules of what documents are made from, which are none themselves."""

_RECEIVED: Mapping[str, str] = {
    "access": "AccessRule",
    "access_create_result": "AccessRuleCreateResult",
    "access_list": "AccessRuleList",
    "activation_requirement": "ActivationRequirement",
    "activation_requirements": "ActivationRequirements",
    "activation_result": "ActivationResult",
    "admin_cancel": "AdminCancel",
    "bookmark": "Bookmark",
    "bookmark_list": "BookmarkList",
    "delete_result": "DeleteResult",
    "endpoint": "Endpoint",
    "endpoint_create_result": "EndpointCreateResult",
    "endpoint_list": "EndpointList",
    "endpoint_server_add_result": "ServerAddResult",
    "endpoint_server_list": "ServerList",
    "event": "Event",
    "event_list": "EventList",
    "file": "File",
    "file_list": "FileList",
    "link": "Link",
    "mkdir_result": "MkdirResult",
    "monitored_endpoints": "EndpointList",
    "pause_info_limited": "PauseInfoLimited",
    "pause_rule": "PauseRule",
    "pause_rule_limited": "PauseRuleLimited",
    "pause_rule_list": "PauseRuleList",
    "result": "Result",
    "role": "Role",
    "role_list": "RoleList",
    "server": "Server",
    "skipped_error": "SkippedError",
    "skipped_errors": "SkippedErrors",
    "submission_id": "SubmissionId",
    "successful_transfer": "SuccessfulTransfer",
    "successful_transfers": "SuccessfulTransfers",
    "task": "Task ManagedTask",
    "task_list": "TaskList ManagedTaskList",
    "transfer_result": "TransferResult",
}
"""The received documents by their DATA_TYPE, which those themselves take as it comes."""


@cache
def all_kinds() -> Mapping[str, Kind]:
    """All documents by the names of their classes, in the order of those names."""
    found: dict[str, Kind] = {}
    for package in map(import_module, _PACKAGES):
        for name in (module.name for module in iter_modules(package.__path__) if module.name not in _FOUNDATIONS):
            module = import_module(f"{package.__name__}.{name}")
            for kind in vars(module).values():
                if inspect.isclass(kind) and issubclass(kind, (Document, Payload)) and _is_whole(kind, module.__name__):
                    found[kind.__name__] = kind
    return dict(sorted(found.items()))


def _is_whole(kind: Kind, module: str) -> bool:
    generic = kind.__pydantic_generic_metadata__
    return (
        kind.__module__ == module
        and not kind.__name__.startswith("_")
        and not (generic["origin"] or generic["parameters"])
    )


@cache
def wire_names() -> Mapping[str, tuple[Kind, ...]]:
    """The documents by their DATA_TYPE; of each, those that are sent come first."""
    found: dict[str, tuple[Kind, ...]] = {}
    for kind in all_kinds().values():
        if issubclass(kind, Payload) and "data_type" in kind.model_fields:
            for name in _literals(kind.model_fields["data_type"].annotation):
                found[name] = (*found.get(name, ()), kind)
    for name, received in _RECEIVED.items():
        found[name] = (*found.get(name, ()), *(all_kinds()[each] for each in received.split()))
    return dict(sorted(found.items()))


def _literals(annotation: Any) -> list[str]:
    if isinstance(annotation, str):
        return [annotation]
    return [name for part in get_args(annotation) for name in _literals(part)]


def named(name: str) -> tuple[Kind, ...]:
    """The documents of that name, of a class or on the wire; none where there is no such name."""
    kind = all_kinds().get(name)
    return wire_names().get(name, ()) if kind is None else (kind,)


def best(kinds: tuple[Kind, ...], members: Mapping[str, object]) -> tuple[Kind, ...]:
    """Those of the documents that share a name which have the fewest of these members unknown and of theirs missing."""
    least = min(_strangeness(kind, members) for kind in kinds)
    return tuple(kind for kind in kinds if _strangeness(kind, members) == least)


def _strangeness(kind: Kind, members: Mapping[str, object]) -> int:
    fields = {info.alias or name: info for name, info in kind.model_fields.items()}
    missing = sum(info.is_required() and name not in members for name, info in fields.items())
    return missing + len(members.keys() - fields.keys())
