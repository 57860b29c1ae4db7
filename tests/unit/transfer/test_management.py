"""Pause rules and the tasks of others: both kinds of rules, and what is refused before it is sent."""

from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from pydantic import ValidationError
from pydantic_core import from_json

from globus_typed.core.payloads import MISSING, Payload
from globus_typed.core.request import Request
from globus_typed.core.wire import decode, http_info
from globus_typed.transfer.documents.endpoint_manager import (
    AdminCancel,
    AdminCancelCreate,
    AdminPause,
    AdminResume,
    ManagedTaskList,
)
from globus_typed.transfer.documents.pause import (
    PauseInfoLimited,
    PauseRule,
    PauseRuleCreate,
    PauseRuleLimited,
    PauseRuleList,
    PauseRuleUpdate,
)
from globus_typed.transfer.documents.task import Task
from globus_typed.transfer.errors import TransferAPIError

DATA = Path(__file__).parents[2] / "data" / "transfer"
TASK = "4c9e1032-55d6-11ef-8a01-0a1b2c3d4e01"
ENDPOINT = "c0a81f30-7d52-4e0b-9b1e-5f2e6a100003"


def refused(error: pytest.ExceptionInfo[ValidationError]) -> list[tuple[int | str, ...]]:
    return [problem["loc"] for problem in error.value.errors()]


def test_a_rule_is_read_as_the_kind_it_says_it_is() -> None:
    managers = PauseRuleList.from_body((DATA / "pause_rule_list.json").read_bytes())
    users = PauseRuleList.from_body((DATA / "pause_rule_list_limited.json").read_bytes())
    assert [(type(rule), isinstance(rule, PauseRule) and rule.editable) for rule in managers] == [
        (PauseRule, True),
        (PauseRule, False),
    ]
    assert [type(rule) for rule in users] == [PauseRuleLimited]
    bare = PauseRuleList.model_validate_json('{"DATA":[{"id":"r","pause_ls":true}]}')
    assert [(rule.id, rule.pause_ls) for rule in bare] == [("r", True)]
    info = PauseInfoLimited.from_body((DATA / "pause_info_whole.json").read_bytes())
    assert [type(rule) for rule in info.pause_rules] == [PauseRule]


def test_rules_that_were_read_make_a_list_again() -> None:
    rules = PauseRuleList.from_body((DATA / "pause_rule_list.json").read_bytes())
    assert PauseRuleList(items=rules.items).items == rules.items
    limited = PauseRuleLimited(id="r")
    assert type(PauseRuleList(items=[limited]).items[0]) is PauseRuleLimited


def test_a_rule_that_is_no_object_is_no_rule() -> None:
    with pytest.raises(ValidationError):
        PauseRuleList.model_validate_json('{"DATA":[5]}')


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"message": None}, "message"),
        ({"endpoint_id": "hide"}, "endpoint_id"),
        ({"identity_id": "tern"}, "identity_id"),
        ({"start_time": "noon"}, "start_time"),
        ({"start_time": datetime(2030, 1, 1)}, "start_time"),
        ({"pause_ls": 1}, "pause_ls"),
        ({"pause_task_transfer_delete": True}, "pause_task_transfer_delete"),
        ({"editable": True}, "editable"),
    ],
)
def test_a_pause_rule_that_the_service_refuses_is_refused_by_field(fields: dict[str, Any], name: str) -> None:
    with pytest.raises(ValidationError) as error:
        PauseRuleCreate.model_validate({"message": "rebuild", "endpoint_id": ENDPOINT, **fields})
    assert refused(error) == [(name,)]
    with pytest.raises(ValidationError) as error:
        PauseRuleUpdate.model_validate(fields)
    assert refused(error) == [(name,)]


def test_an_update_of_a_rule_tells_leaving_alone_from_everybody() -> None:
    assert PauseRuleUpdate().identity_id is MISSING
    assert from_json(PauseRuleUpdate(identity_id=None).to_wire()) == {"DATA_TYPE": "pause_rule", "identity_id": None}
    with pytest.raises(ValidationError) as error:
        PauseRuleUpdate.model_validate({"pause_ls": None})
    assert refused(error) == [("pause_ls",)]


@pytest.mark.parametrize("model", [AdminCancelCreate, AdminPause, AdminResume])
@pytest.mark.parametrize(
    ("tasks", "place"),
    [
        ([], ("task_id_list",)),
        (TASK, ("task_id_list",)),
        (None, ("task_id_list",)),
        ([TASK, "all"], ("task_id_list", 1)),
        ([5], ("task_id_list", 0)),
    ],
)
def test_tasks_are_named_by_their_ids(model: type[Payload], tasks: object, place: tuple[str | int, ...]) -> None:
    words = {} if model is AdminResume else {"message": "why"}
    with pytest.raises(ValidationError) as error:
        model.model_validate({"task_id_list": tasks, **words})
    assert refused(error) == [place]


def test_the_owners_of_tasks_are_told_why() -> None:
    for model in (AdminCancelCreate, AdminPause):
        with pytest.raises(ValidationError) as error:
            model.model_validate({"task_id_list": [TASK]})
        assert refused(error) == [("message",)]


def test_tasks_may_be_named_by_uuids_of_any_collection() -> None:
    pause = AdminPause.model_validate({"task_id_list": (UUID(TASK),), "message": "why"})
    assert pause.task_id_list == [TASK]
    assert from_json(AdminResume(task_id_list=[TASK]).to_wire()) == {"task_id_list": [TASK]}


def test_a_managed_task_is_a_task_with_both_its_hosts() -> None:
    page = ManagedTaskList.from_body((DATA / "managed_task_list.json").read_bytes())
    assert (page.has_next_page, page.last_key, len(page)) == (True, "complete,2026-03-04T12:00:02.004000", 2)
    seen, blind = page
    assert isinstance(seen, Task)
    assert (seen.source_host_path, seen.destination_mapped_collection_display_name) == ("/~/waders/", "Marsh Archive")
    assert (blind.source_endpoint_id, blind.source_host_path) == (None, None)


def test_a_cancel_tells_when_it_is_done() -> None:
    cancel = AdminCancel.from_body((DATA / "admin_cancel_done.json").read_bytes())
    assert (cancel.id, cancel.done, cancel.task_id_list) == (613, True, None)


def test_a_rule_cut_down_by_fields_may_lack_its_id() -> None:
    request = Request("GET", "pause_rule_list", PauseRuleList, query={"fields": "message"})
    body = b'{"DATA":[{"DATA_TYPE":"pause_rule","message":"rebuild"},{"message":"again"}]}'
    response = httpx.Response(200, content=body, request=httpx.Request("GET", "https://transfer.example/"))
    rules = decode(request, http_info(response, 1, 0.0), TransferAPIError)
    assert [rule.message for rule in rules] == ["rebuild", "again"]
    assert from_json(rules.model_dump_json(exclude_unset=True)) == from_json(body)
