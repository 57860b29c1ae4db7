"""One rule for all documents: which can be told apart in a set, and what a repr shows."""

import pytest
from pydantic_core import to_json
from rich.pretty import pretty_repr

from globus_typed import Task, TransferData
from globus_typed.core.documents import Document
from globus_typed.schema.catalogue import document_classes
from globus_typed.transfer import EndpointCreate, EndpointList, EndpointUpdate, Event, TaskList

ID = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"
RULES = [{"DATA_TYPE": "filter_rule", "method": "exclude", "name": "*.tmp"}]


def task(**members: object) -> Task:
    return Task.from_body(to_json({"DATA_TYPE": "task", "task_id": ID, "status": "ACTIVE", **members}))


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"filter_rules": RULES},
        {"filter_rules": RULES, "new": {"list": [1], "dict": {"a": []}}},
        {"new": 1.0, "request_time": "2030-01-31T12:00:00Z"},
    ],
)
def test_every_document_can_be_in_a_set(members: dict[str, object]) -> None:
    assert {task(**members)} == {task(**members)} != {task(status="FAILED")}
    assert {task(**members): 1}[task(**members)] == 1


def test_equal_documents_have_equal_hashes_whatever_else_the_service_sent() -> None:
    assert task(new=1) == task(new=True)
    assert hash(task(new=1)) == hash(task(new=True)) == hash(task(status="FAILED", new=[]))
    assert hash(task(task_id="another")) != hash(task())


def test_a_document_without_an_id_is_told_apart_by_its_texts() -> None:
    events = {Event.model_validate({"code": f"CODE_{number}", "details": None}) for number in range(100)}
    assert len(events) == 100
    assert len({hash(event) for event in events}) > 90


def test_a_document_cut_down_by_fields_can_be_hashed() -> None:
    cut = task()
    del vars(cut)["task_id"]
    assert hash(cut) != hash(task())


@pytest.mark.parametrize("model", [each for each in document_classes().values() if issubclass(each, Document)])
def test_there_is_one_rule_for_all(model: type[Document]) -> None:
    assert model.__hash__ is Document.__hash__


def test_a_repr_shows_what_came() -> None:
    rules = "[TaskFilterRule(data_type='filter_rule', method='exclude', name='*.tmp')]"
    shown = f"Task(data_type='task', task_id='{ID}', status='ACTIVE', filter_rules={rules}, new=1)"
    document = task(filter_rules=RULES, label=None, new=1)
    assert repr(document) == shown
    assert "None" not in str(document)
    assert "label" not in pretty_repr(document)


def test_a_repr_of_what_is_sent_shows_what_was_given() -> None:
    assert repr(EndpointCreate(display_name="x", is_globus_connect=True)) == (
        "EndpointCreate(display_name='x', is_globus_connect=True)"
    )
    assert repr(EndpointUpdate(display_name="x", description=None)) == (
        "EndpointUpdate(display_name='x', description=None)"
    )
    data = TransferData(ID, ID, label="x")
    assert (
        repr(data)
        == f"TransferData(label='x', source_endpoint='{ID}', destination_endpoint='{ID}', items=<TransferItems: 0>)"
    )
    data.add_item("/a", "/b")
    data.sync_level = 1
    assert "items=<TransferItems: 1>" in repr(data)
    assert "sync_level=1" in repr(data)


@pytest.mark.parametrize(
    "document",
    [
        task(label="x" * 100_000),
        task(**{f"member_{number}": number for number in range(10_000)}),
        task(**{"x" * 100_000: 1}),
        task(new=[{"deep": [{"deeper": ["x" * 1000] * 100}] * 100}] * 100),
        task(new={"a" * 5000: "b" * 5000}),
        task(filter_rules=RULES * 1000),
        TaskList.model_validate({"DATA": [task(filter_rules=RULES * 10)] * 1000}),
        EndpointList.model_validate({"DATA": [{"id": ID, "description": "x" * 5000}] * 10}),
        EndpointCreate(display_name="x", is_globus_connect=True, description="y" * 4000),
    ],
)
def test_a_repr_is_bounded_however_much_there_is(document: object) -> None:
    for text in (repr(document), str(document)):
        assert len(text) < 3000
        assert "..." in text


def test_a_repr_says_how_much_it_leaves_out() -> None:
    assert repr(task(new=list(range(12)))).endswith("new=[0, 1, 2, 3, 4, ... and 7 more])")
    assert repr(task(new={str(number): number for number in range(6)})).endswith("'4': 4, ...: and 1 more})")


def test_a_name_from_outside_is_shown_without_its_control_characters() -> None:
    assert repr(task(**{"a\x1b[31m\n": 1})).endswith("'a\\x1b[31m\\n'=1)")
