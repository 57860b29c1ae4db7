"""The documents that Transfer answers with, read from the golden ones."""

import copy
import pickle
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import cast

import pytest
from pydantic import ValidationError
from pydantic_core import from_json

from globus_typed.core.documents import Document
from globus_typed.transfer.documents.access import AccessRule, AccessRuleCreateResult, AccessRuleList
from globus_typed.transfer.documents.activation import ActivationRequirements, ActivationResult
from globus_typed.transfer.documents.bookmark import Bookmark, BookmarkList
from globus_typed.transfer.documents.bookmark_v2 import BookmarkV2, BookmarkV2DeleteResult, BookmarkV2List
from globus_typed.transfer.documents.endpoint import Endpoint, EndpointCreateResult, EndpointList, SharedEndpointList
from globus_typed.transfer.documents.endpoint_manager import AdminCancel, ManagedTask, ManagedTaskList
from globus_typed.transfer.documents.files import File, FileList, MkdirResult
from globus_typed.transfer.documents.pause import PauseInfoLimited, PauseRule, PauseRuleList
from globus_typed.transfer.documents.result import Result
from globus_typed.transfer.documents.role import Role, RoleList
from globus_typed.transfer.documents.server import Server, ServerAddResult, ServerList
from globus_typed.transfer.documents.submission import DeleteResult, SubmissionId, TransferResult
from globus_typed.transfer.documents.task import EventList, SkippedErrors, SuccessfulTransfers, Task, TaskList
from globus_typed.transfer.documents.tunnel import (
    StreamAccessPoint,
    StreamAccessPointList,
    Tunnel,
    TunnelDeleteResult,
    TunnelEventList,
    TunnelList,
)

DATA = Path(__file__).parents[2] / "data" / "transfer"
DOCUMENTS: dict[str, type[Document]] = {
    "access": AccessRule,
    "access_create_result": AccessRuleCreateResult,
    "access_create_result_old": AccessRuleCreateResult,
    "access_list": AccessRuleList,
    "access_list_bare": AccessRuleList,
    "access_old": AccessRule,
    "activation_requirements": ActivationRequirements,
    "activation_requirements_active": ActivationRequirements,
    "activation_requirements_never": ActivationRequirements,
    "activation_result": ActivationResult,
    "activation_result_failed": ActivationResult,
    "admin_cancel": AdminCancel,
    "admin_cancel_done": AdminCancel,
    "bookmark": Bookmark,
    "bookmark_list": BookmarkList,
    "bookmark_list_bare": BookmarkList,
    "bookmark_v2": BookmarkV2,
    "bookmark_v2_bare": BookmarkV2,
    "bookmark_v2_deleted": BookmarkV2DeleteResult,
    "bookmark_v2_list": BookmarkV2List,
    "delete_result": DeleteResult,
    "endpoint_bare": Endpoint,
    "endpoint_create_result": EndpointCreateResult,
    "endpoint_create_result_shared": EndpointCreateResult,
    "endpoint_gcp_guest": Endpoint,
    "endpoint_gcp_mapped": Endpoint,
    "endpoint_gcs4_host": Endpoint,
    "endpoint_gcs4_share": Endpoint,
    "endpoint_gcs_endpoint": Endpoint,
    "endpoint_gcs_guest": Endpoint,
    "endpoint_gcs_mapped": Endpoint,
    "endpoint_list_search": EndpointList,
    "endpoint_list_shared": EndpointList,
    "event_list": EventList,
    "file": File,
    "file_list": FileList,
    "file_list_object_store": FileList,
    "file_list_old": FileList,
    "managed_task": ManagedTask,
    "managed_task_list": ManagedTaskList,
    "managed_task_list_last": ManagedTaskList,
    "mkdir_result": MkdirResult,
    "monitored_endpoints": EndpointList,
    "pause_info_limited": PauseInfoLimited,
    "pause_info_limited_none": PauseInfoLimited,
    "pause_info_whole": PauseInfoLimited,
    "pause_rule": PauseRule,
    "pause_rule_list": PauseRuleList,
    "pause_rule_list_empty": PauseRuleList,
    "pause_rule_list_limited": PauseRuleList,
    "result_canceled": Result,
    "result_pause_accepted": Result,
    "result_renamed": Result,
    "result_resume_accepted": Result,
    "result_server_deleted": Result,
    "result_symlink": Result,
    "result_updated": Result,
    "role": Role,
    "role_list": RoleList,
    "role_list_empty": RoleList,
    "server": Server,
    "server_add_result": ServerAddResult,
    "server_list": ServerList,
    "server_list_gcp": ServerList,
    "shared_endpoint_list": SharedEndpointList,
    "shared_endpoint_list_last": SharedEndpointList,
    "skipped_errors": SkippedErrors,
    "skipped_errors_bare": SkippedErrors,
    "stream_access_point": StreamAccessPoint,
    "stream_access_point_list": StreamAccessPointList,
    "submission_id": SubmissionId,
    "submission_id_bare": SubmissionId,
    "successful_transfers": SuccessfulTransfers,
    "successful_transfers_last": SuccessfulTransfers,
    "task_active": Task,
    "task_delete_failed": Task,
    "task_list": TaskList,
    "task_old": Task,
    "task_paused": Task,
    "task_succeeded": Task,
    "transfer_result": TransferResult,
    "transfer_result_duplicate": TransferResult,
    "tunnel": Tunnel,
    "tunnel_delete_result": TunnelDeleteResult,
    "tunnel_event_list": TunnelEventList,
    "tunnel_list": TunnelList,
    "tunnel_list_last": TunnelList,
}


LEAST: list[tuple[type[Document], dict[str, object]]] = [
    (Endpoint, {"id": "e"}),
    (EndpointList, {"DATA": [{"id": "e"}]}),
    (File, {"name": "f"}),
    (FileList, {"DATA": []}),
    (MkdirResult, {}),
    (Result, {}),
    (SubmissionId, {"value": "s"}),
    (TransferResult, {}),
    (DeleteResult, {}),
    (Task, {"task_id": "t"}),
    (TaskList, {"DATA": []}),
    (EventList, {"DATA": [{}]}),
    (SuccessfulTransfers, {"DATA": [{}]}),
    (SkippedErrors, {"DATA": [{}]}),
    (PauseInfoLimited, {"pause_rules": [{}]}),
    (AccessRule, {}),
    (AccessRuleList, {"DATA": [{}]}),
    (AccessRuleCreateResult, {}),
    (Role, {}),
    (RoleList, {"DATA": [{}]}),
    (Bookmark, {}),
    (BookmarkList, {"DATA": [{}]}),
    (EndpointCreateResult, {}),
    (SharedEndpointList, {"shared_endpoints": [{"id": "e"}]}),
    (Server, {}),
    (ServerList, {"DATA": [{}]}),
    (ServerAddResult, {}),
    (ActivationRequirements, {"DATA": [{}]}),
    (ActivationResult, {}),
    (PauseRule, {}),
    (PauseRuleList, {"DATA": [{}]}),
    (ManagedTask, {"task_id": "t"}),
    (ManagedTaskList, {"DATA": []}),
    (AdminCancel, {}),
    (Tunnel, {}),
    (TunnelList, {"data": [{}]}),
    (TunnelDeleteResult, {}),
    (TunnelEventList, {"data": [{"id": 1}]}),
    (StreamAccessPoint, {"data": {"id": "s"}}),
    (StreamAccessPointList, {"data": []}),
    (BookmarkV2, {}),
    (BookmarkV2List, {"data": [{}]}),
    (BookmarkV2DeleteResult, {}),
]


def body(name: str) -> bytes:
    return (DATA / f"{name}.json").read_bytes()


def parts(value: object) -> list[Document]:
    """The document and all that are in it."""
    if isinstance(value, Document):
        return [value, *(part for each in vars(value).values() for part in parts(each))]
    if isinstance(value, list):
        return [part for each in cast("list[object]", value) for part in parts(each)]
    return []


def test_every_golden_document_has_a_model() -> None:
    assert {path.stem for path in DATA.glob("*.json") if not path.stem.startswith("sent_")} == set(DOCUMENTS)


@pytest.mark.parametrize(("name", "model"), DOCUMENTS.items())
def test_a_golden_document_is_read_whole_and_comes_out_as_it_went_in(name: str, model: type[Document]) -> None:
    document = model.from_body(body(name))
    sent = from_json(body(name))
    assert from_json(document.model_dump_json(exclude_unset=True)) == document.data == sent
    assert [part for part in parts(document) if part.__pydantic_extra__] == []
    assert {key: document[key] for key in sent} == sent


def test_every_member_of_a_model_is_in_a_golden_document() -> None:
    seen: dict[type[Document], set[str]] = {}
    for name, model in DOCUMENTS.items():
        for part in parts(model.from_body(body(name))):
            seen.setdefault(type(part), set()).update(part.model_fields_set)
    assert {model.__name__: set(model.model_fields) - names for model, names in seen.items()} == {
        model.__name__: set[str]() for model in seen
    }


@pytest.mark.parametrize(("name", "model"), DOCUMENTS.items())
def test_a_document_copies_and_pickles(name: str, model: type[Document]) -> None:
    document = model.from_body(body(name))
    assert pickle.loads(pickle.dumps(document)) == copy.deepcopy(document) == copy.copy(document) == document


@pytest.mark.parametrize(("name", "model"), DOCUMENTS.items())
def test_a_document_cannot_be_changed(name: str, model: type[Document]) -> None:
    document = model.from_body(body(name))
    with pytest.raises(ValidationError, match="frozen"):
        setattr(document, next(iter(model.model_fields)), None)


@pytest.mark.parametrize(("model", "least"), LEAST)
def test_only_identities_and_lists_are_required(model: type[Document], least: dict[str, object]) -> None:
    document = model.model_validate(least)
    assert document.data == least
    for name in least:
        with pytest.raises(ValidationError) as error:
            model.model_validate({})
        assert [problem["loc"] for problem in error.value.errors()] == [(name,)]


def test_what_is_new_is_kept() -> None:
    task = Task.model_validate({"task_id": "t", "status": "DREAMING", "type": "COMPARE", "mood": {"is": ["good"]}})
    assert (task.status, task.type, task["mood"]) == ("DREAMING", "COMPARE", {"is": ["good"]})
    assert "mood" in task
    assert "label" not in task


def test_a_new_member_may_be_called_what_another_is_called_in_python() -> None:
    endpoint = Endpoint.from_body(b'{"id": "e", "rank": ["first"], "_rank": 2.5, "items": 7, "DATA": []}')
    assert (endpoint.rank, endpoint.items) == (2.5, [])
    assert (endpoint["rank"], endpoint["_rank"], endpoint["items"]) == (["first"], 2.5, 7)
    assert endpoint.data == {"id": "e", "rank": ["first"], "_rank": 2.5, "items": 7, "DATA": []}


def test_an_endpoint_has_its_servers_and_policies_as_documents() -> None:
    laptop = Endpoint.from_body(body("endpoint_gcp_mapped"))
    assert laptop.items is not None
    assert [(server.id, server.hostname, server.is_connected) for server in laptop.items] == [(311, None, True)]
    assert laptop["DATA"][0]["id"] == 311
    archive = Endpoint.from_body(body("endpoint_gcs_mapped"))
    policy = archive.associated_flow_policy
    assert policy is not None
    assert policy.transfer is not None
    assert policy.transfer.source is not None
    assert policy.transfer.source.flow == "cc53e2f0-8b4d-4b2e-af3a-4db2d9e30001"
    assert policy.transfer.destination is not None
    assert policy.transfer.destination.flow is None
    notices = archive.guest_collection_activity_notification_policy
    assert notices is not None
    assert (notices.status, notices.transfer_use) == (["FAILED"], ["source", "destination"])
    assert archive.last_accessed_time == datetime(2026, 1, 17, tzinfo=timezone.utc)


def test_times_are_aware_in_all_the_shapes_they_come_in() -> None:
    host = Endpoint.from_body(body("endpoint_gcs4_host"))
    assert host.expire_time == datetime(2018, 3, 21, 9, 14, tzinfo=timezone.utc)
    assert host["expire_time"] == "2018-03-21 09:14:00+00:00"
    task = Task.from_body(body("task_active"))
    assert task.deadline is not None
    assert task.request_time is not None
    assert task.deadline - task.request_time == timedelta(days=1)
    assert task.completion_time is None


def test_a_search_ranks_what_it_finds() -> None:
    found = EndpointList.from_body(body("endpoint_list_search"))
    assert [(endpoint.display_name, endpoint.rank) for endpoint in found] == [
        ("Marsh Archive", 4.125),
        ("Waders 2025", 2),
    ]
    assert found.items[0]["_rank"] == 4.125
    assert (found.limit, found.offset, found.has_next_page, found.total) == (100, 0, False, None)


def test_a_listing_tells_links_from_what_they_lead_to() -> None:
    listing = FileList.from_body(body("file_list"))
    assert (len(listing), listing.total, listing.absolute_path) == (3, 3, "/home/heron/counts/")
    assert [(entry["name"], entry["type"], entry.link_target) for entry in listing] == [
        ("2025-05-01 kestrel ünterwegs.csv", "file", None),
        ("newest", "dir", "2025-05/"),
        ("gone", "invalid_symlink", "../nowhere"),
    ]
    assert listing.items[0].size == 5_123_456_789
    assert listing.items[2].last_modified is None


def test_a_failed_task_says_why() -> None:
    task = Task.from_body(body("task_delete_failed"))
    assert task.fatal_error is not None
    assert (task.fatal_error.code, task["fatal_error"]["code"]) == ("FILE_NOT_FOUND", "FILE_NOT_FOUND")
    assert task.destination_endpoint_id is None
    assert task.subtasks_skipped_errors is None
    assert "subtasks_skipped_errors" not in task


def test_a_task_tells_its_filter_rules() -> None:
    task = Task.from_body(body("task_active"))
    assert task.filter_rules is not None
    assert [(rule.method, rule.type, rule.name) for rule in task.filter_rules] == [
        ("include", "file", "*.csv"),
        ("exclude", None, "*"),
    ]


@pytest.mark.parametrize(("marker", "kind"), [(48213, int), ("48213", str), (None, type(None)), (0, int)])
def test_a_marker_stays_the_number_or_text_it_was(marker: object, kind: type) -> None:
    page = SuccessfulTransfers.model_validate({"marker": marker, "next_marker": marker, "DATA": []})
    assert type(page.next_marker) is type(page.marker) is kind
    assert page.data["next_marker"] == marker
