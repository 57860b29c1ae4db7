"""`TransferData` and `DeleteData`: made in every documented way, checked as they are filled, sent as they stand."""

import copy
import pickle
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any
from uuid import UUID, uuid4

import pytest
from pydantic import ValidationError
from pydantic_core import from_json

from globus_typed.errors import GlobusUsageError
from globus_typed.transfer.documents.submission import (
    DeleteData,
    DeleteItem,
    FilterRule,
    TransferData,
    TransferItem,
    TransferSymlinkItem,
)

A, B = "c0a81f30-7d52-4e0b-9b1e-5f2e6a100001", "c0a81f30-7d52-4e0b-9b1e-5f2e6a100002"
SUBMISSION = "e2f6a9b4-3c58-4d17-a0ce-7b1d5f900001"
DEADLINE = datetime(2030, 1, 31, 12, tzinfo=timezone.utc)


class Client:
    """Has what the builders tell a client by."""

    def get_submission_id(self) -> None:
        raise AssertionError("a builder calls nobody")


CLIENT = Client()


def filled() -> TransferData:
    data = TransferData(A, B, label="all kinds")
    data.add_item("/dir/", "/there/dir/", recursive=True)
    data.add_item("/~/file", "/there/file")
    data.add_item("/sum", "/there/sum", recursive=None, external_checksum="00ff", checksum_algorithm="SHA256")
    data.add_symlink_item("/link", "/there/link")
    return data


def where(make: Callable[[], object]) -> list[tuple[int | str, ...]]:
    """The places of what is refused."""
    with pytest.raises(ValidationError) as error:
        make()
    return [problem["loc"] for problem in error.value.errors()]


@pytest.mark.parametrize(
    "data",
    [
        TransferData(A, B, label="l", sync_level="checksum"),
        TransferData(UUID(A), UUID(B), label="l", sync_level=3),
        TransferData(source_endpoint=A, destination_endpoint=B, label="l", sync_level=3),
        TransferData(CLIENT, A, B, label="l", sync_level="checksum"),
        TransferData(CLIENT, A, B, "l", None, "checksum"),
        TransferData(CLIENT, source_endpoint=A, destination_endpoint=B, label="l", sync_level=3),
        TransferData(transfer_client=CLIENT, source_endpoint=A, destination_endpoint=B, label="l", sync_level=3),
        TransferData(None, A, B, "l", None, 3),
        TransferData(A.upper(), B, label="l", sync_level=3),
    ],
)
def test_a_transfer_is_made_in_every_documented_way(data: TransferData) -> None:
    assert data == TransferData.model_validate(
        {"source_endpoint": A, "destination_endpoint": B, "label": "l", "sync_level": 3}
    )
    assert from_json(data.to_wire()) == {
        "DATA_TYPE": "transfer",
        "source_endpoint": A,
        "destination_endpoint": B,
        "label": "l",
        "sync_level": 3,
        "verify_checksum": False,
        "preserve_timestamp": False,
        "encrypt_data": False,
        "DATA": [],
    }


def test_the_documented_order_of_a_transfer_holds_after_a_client() -> None:
    data = TransferData(CLIENT, A, B, "l", SUBMISSION, 1, True, True, True, DEADLINE)
    assert (data.label, data.submission_id, data.sync_level) == ("l", SUBMISSION, 1)
    assert (data.verify_checksum, data.preserve_timestamp, data.encrypt_data) == (True, True, True)
    assert data.deadline == DEADLINE


@pytest.mark.parametrize(
    "data",
    [
        DeleteData(A, label="l", recursive=True),
        DeleteData(UUID(A), label="l", recursive=True),
        DeleteData(endpoint=A, label="l", recursive=True),
        DeleteData(CLIENT, A, "l", None, True),
        DeleteData(CLIENT, A, recursive=True, label="l"),
        DeleteData(CLIENT, endpoint=A, recursive=True, label="l"),
        DeleteData(transfer_client=CLIENT, endpoint=A, recursive=True, label="l"),
        DeleteData(None, A, "l", None, True, None),
    ],
)
def test_a_delete_is_made_in_every_documented_way(data: DeleteData) -> None:
    assert from_json(data.to_wire()) == {
        "DATA_TYPE": "delete",
        "endpoint": A,
        "label": "l",
        "recursive": True,
        "DATA": [],
    }


def test_a_builder_holds_no_client() -> None:
    assert pickle.loads(pickle.dumps(TransferData(CLIENT, A, B))) == TransferData(A, B)
    assert "Client" not in repr(TransferData(CLIENT, A, B)) + repr(vars(DeleteData(CLIENT, A)))


def test_none_is_not_given() -> None:
    data = TransferData(A, B, label=None, verify_checksum=None, preserve_timestamp=None, encrypt_data=None)
    assert set(from_json(data.to_wire())) == {"DATA_TYPE", "source_endpoint", "destination_endpoint", "DATA"}
    assert set(from_json(DeleteData(A, recursive=None).to_wire())) == {"DATA_TYPE", "endpoint", "DATA"}


@pytest.mark.parametrize(("word", "number"), [("exists", 0), ("size", 1), ("mtime", 2), ("checksum", 3)])
def test_a_word_for_a_sync_level_becomes_its_number(word: Any, number: int) -> None:
    data = TransferData(A, B)
    data.sync_level = word
    assert data.sync_level == number == TransferData(A, B, sync_level=word)["sync_level"]


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"source_endpoint": "not-a-uuid"}, "source_endpoint"),
        ({"source_endpoint": None}, "source_endpoint"),
        ({"source_endpoint": 5}, "source_endpoint"),
        ({"destination_endpoint": A + "0"}, "destination_endpoint"),
        ({"verify_cheksum": True}, "verify_cheksum"),
        ({"verify_checksum": "no"}, "verify_checksum"),
        ({"sync_level": "cheksum"}, "sync_level"),
        ({"sync_level": 4}, "sync_level"),
        ({"sync_level": True}, "sync_level"),
        ({"sync_level": 1.0}, "sync_level"),
        ({"submission_id": "1"}, "submission_id"),
        ({"label": "x" * 129}, "label"),
        ({"deadline": "tomorrow"}, "deadline"),
        ({"deadline": datetime(2030, 1, 1)}, "deadline"),
        ({"recursive_symlinks": "follow"}, "recursive_symlinks"),
        ({"notify_on_failed": 0}, "notify_on_failed"),
        ({"source_local_user": 7}, "source_local_user"),
        ({"perf_cc": 2.5}, "perf_cc"),
        ({"DATA_TYPE": "delete"}, "data_type"),
        ({"DATA": "/x"}, "items"),
        ({"items": None}, "items"),
    ],
)
def test_a_wrong_field_is_refused_by_name_however_it_comes(fields: dict[str, Any], place: str) -> None:
    document: dict[str, Any] = {"source_endpoint": A, "destination_endpoint": B, **fields}
    before = copy.deepcopy(document)
    assert where(lambda: TransferData(**document)) == [(place,)]
    assert where(lambda: TransferData(CLIENT, **document)) == [(place,)]
    assert where(lambda: TransferData.model_validate(document)) == [(place,)]
    assert document == before
    data, untouched = filled(), filled()
    ((name, value),) = fields.items()
    assert where(lambda: data.__setitem__(name, value)) == [(place,)]
    assert data == untouched


def test_what_is_missing_is_named() -> None:
    nothing: dict[str, Any] = {}
    assert where(lambda: TransferData(**nothing)) == [("source_endpoint",), ("destination_endpoint",)]
    assert where(lambda: TransferData(CLIENT, A, **nothing)) == [("destination_endpoint",)]
    assert where(lambda: DeleteData(CLIENT, **nothing)) == [("endpoint",)]


def test_arguments_that_cannot_be_told_are_a_usage_error() -> None:
    arguments: tuple[Any, ...] = (A, B, "a label")
    source: dict[str, Any] = {"source_endpoint": A}
    no_client: dict[str, Any] = {"transfer_client": 5, "endpoint": A}
    with pytest.raises(GlobusUsageError, match="source_endpoint, destination_endpoint go by position"):
        TransferData(*arguments)
    with pytest.raises(GlobusUsageError, match="source_endpoint: given by position and by keyword"):
        TransferData(*(CLIENT, A, B), **source)
    with pytest.raises(GlobusUsageError, match="transfer_client: must be a client of Transfer, got int"):
        DeleteData(**no_client)
    more: tuple[Any, ...] = (A, "a label")
    with pytest.raises(GlobusUsageError, match="only endpoint go"):
        DeleteData(*more)


def test_a_client_in_a_document_is_a_wrong_field() -> None:
    document = {"transfer_client": CLIENT, "source_endpoint": A, "destination_endpoint": B}
    assert where(lambda: TransferData.model_validate(document)) == [("transfer_client",)]


def test_items_go_out_as_they_were_added() -> None:
    assert from_json(filled().to_wire())["DATA"] == [
        {"DATA_TYPE": "transfer_item", "source_path": "/dir/", "destination_path": "/there/dir/", "recursive": True},
        {"DATA_TYPE": "transfer_item", "source_path": "/~/file", "destination_path": "/there/file", "recursive": False},
        {
            "DATA_TYPE": "transfer_item",
            "source_path": "/sum",
            "destination_path": "/there/sum",
            "external_checksum": "00ff",
            "checksum_algorithm": "SHA256",
        },
        {"DATA_TYPE": "transfer_symlink_item", "source_path": "/link", "destination_path": "/there/link"},
    ]
    delete = DeleteData(A)
    delete.add_item("/~/old/")
    assert from_json(delete.to_wire())["DATA"] == [{"DATA_TYPE": "delete_item", "path": "/~/old/"}]


def test_items_read_back_as_a_sequence_of_models() -> None:
    items = filled().items
    assert len(items) == 4
    assert items[0] == TransferItem(source_path="/dir/", destination_path="/there/dir/", recursive=True)
    assert items[-1] == TransferSymlinkItem(source_path="/link", destination_path="/there/link")
    assert [type(item) for item in items] == [TransferItem] * 3 + [TransferSymlinkItem]
    assert [item.source_path for item in items[1:3]] == ["/~/file", "/sum"]
    assert items[1:3] == list(items)[1:3]
    assert items[1] in items
    assert next(reversed(items)).source_path == "/link"
    assert not TransferData(A, B).items
    with pytest.raises(IndexError):
        items[4]
    assert repr(items) == "<TransferItems: 4>"


@pytest.mark.parametrize(
    ("arguments", "keywords", "places"),
    [
        (("data/out", "/x"), {}, ["source_path"]),
        (("/x", "y"), {}, ["destination_path"]),
        (("", ""), {"recursive": "yes"}, ["source_path", "destination_path", "recursive"]),
        (("/x", "/y"), {"recursive": 1}, ["recursive"]),
        (("/x", "/y"), {"external_checksum": "g"}, ["external_checksum"]),
        (("/x", "/y", True), {"external_checksum": "ab"}, ["external_checksum"]),
        (("/x", "/y"), {"checksum_algorithm": 256}, ["checksum_algorithm"]),
        (("/x", "/y\0"), {}, ["destination_path"]),
        ((None, "/y"), {}, ["source_path"]),
    ],
)
def test_a_refused_item_is_not_added(arguments: tuple[Any, ...], keywords: dict[str, Any], places: list[str]) -> None:
    data = filled()
    assert where(lambda: data.add_item(*arguments, **keywords)) == [("items", 4, place) for place in places]
    assert data == filled()


def test_many_items_are_added_or_none() -> None:
    data = TransferData(A, B)
    data.add_items({"source_path": f"/{n}", "destination_path": f"/there/{n}"} for n in range(3))
    data.add_items([TransferSymlinkItem(source_path="/l", destination_path="/m")])
    data.add_items(data.items)
    assert len(data.items) == 8
    wrong: list[Any] = [
        TransferItem(source_path="/x", destination_path="/y"),
        {"source_path": "x", "destination_path": "/y"},
        {"DATA_TYPE": "delete_item", "path": "/x"},
        DeleteItem(path="/x"),
        "/x",
    ]
    assert where(lambda: data.add_items(wrong)) == [
        ("items", 9, "source_path"),
        ("items", 10, "DATA_TYPE"),
        ("items", 10, "source_path"),
        ("items", 10, "destination_path"),
        ("items", 10, "path"),
        ("items", 11),
        ("items", 12),
    ]
    assert where(lambda: TransferData(A, B, items=wrong[:2])) == [("items", 1, "source_path")]
    assert len(data.items) == 8
    delete = DeleteData(A)
    delete.add_items([DeleteItem(path="/x"), {"path": "/y"}, "/~/z"])
    assert [item.path for item in delete.items] == ["/x", "/y", "/~/z"]
    assert where(lambda: delete.add_items(["/a", "b"])) == [("items", 4, "path")]
    with pytest.raises(GlobusUsageError, match=r"for one path, add_item\('/a'\)"):
        delete.add_items("/a")
    assert len(delete.items) == 3


def test_filter_rules_keep_their_order() -> None:
    data = TransferData(A, B)
    data.add_filter_rule("*.csv", method="include", type="file")
    data.add_filter_rule("*")
    rules = [FilterRule(method="include", type="file", name="*.csv"), FilterRule(method="exclude", name="*")]
    assert data.filter_rules == tuple(rules)
    assert from_json(data.to_wire())["filter_rules"] == [
        {"DATA_TYPE": "filter_rule", "method": "include", "type": "file", "name": "*.csv"},
        {"DATA_TYPE": "filter_rule", "method": "exclude", "name": "*"},
    ]
    assert TransferData(A, B, filter_rules=rules) == data
    assert where(lambda: data.add_filter_rule("a/b")) == [("name",)]
    assert where(lambda: TransferData(A, B, filter_rules=[{"method": "exclude"}])) == [("filter_rules", 0, "name")]
    assert len(data["filter_rules"]) == 2


def test_without_items_it_is_not_ready() -> None:
    assert where(TransferData(A, B).check) == [("items",)]
    assert where(DeleteData(A).check) == [("items",)]
    data = filled()
    assert data.check() is data


def test_a_length_must_be_the_number_of_items() -> None:
    data = filled()
    data.length = 4
    data.check()
    data.add_item("/x", "/y")
    assert where(data.check) == [("length",)]


def test_the_check_finds_what_came_in_past_the_others() -> None:
    assert where(filled().model_copy(update={"label": "two\nlines"}).check) == [("label",)]
    assert where(filled().model_copy(update={"lable": "x"}).check) == [("lable",)]
    data = filled().model_copy(update={"sync_level": "mtime", "deadline": "2030-01-31T12:00Z"}).check()
    assert (data.sync_level, data.deadline) == (2, DEADLINE)


def test_an_attribute_is_the_field() -> None:
    data = TransferData(A, B)
    data.verify_checksum = True
    data.deadline = DEADLINE.astimezone(timezone(timedelta(hours=-5)))
    assert data.model_dump(by_alias=True)["verify_checksum"] is True
    assert data["deadline"] == "2030-01-31T12:00:00+00:00"
    submission_id = uuid4()
    setattr(data, "submission_id", submission_id)  # noqa: B010  # checkers take no UUID for the text it becomes
    assert data.submission_id == str(submission_id) == data["submission_id"]


def test_members_are_read_and_set_by_their_wire_names() -> None:
    data = filled()
    assert (data["DATA_TYPE"], data["label"], data["source_endpoint"]) == ("transfer", "all kinds", A)
    assert data["DATA"][1]["source_path"] == "/~/file"
    assert "label" in data
    assert "DATA" in data
    assert "deadline" not in data
    assert "items" not in data
    assert "add_item" not in data
    assert 5 not in data
    data["label"] = "another"
    data["notify_on_succeeded"] = False
    assert (data.label, data.notify_on_succeeded) == ("another", False)
    for name in ("deadline", "items", "lable"):
        with pytest.raises(KeyError, match=name):
            data[name]
    with pytest.raises(ValidationError):
        data["lable"] = "x"


def test_copies_share_nothing() -> None:
    data = filled()
    for clone in (copy.copy(data), copy.deepcopy(data), data.model_copy(), pickle.loads(pickle.dumps(data))):
        assert clone == data
        clone.add_item("/more", "/more")
        clone.add_filter_rule("*.tmp")
        assert clone != data
    assert data == filled()


def test_a_builder_from_a_mapping_is_independent_of_it() -> None:
    document: dict[str, Any] = from_json(filled().to_wire())
    before = copy.deepcopy(document)
    data = TransferData.model_validate(document)
    assert data == filled()
    data.add_item("/more", "/more")
    document["DATA"].clear()
    assert len(data.items) == 5
    document = copy.deepcopy(before)
    again = TransferData.model_validate(filled())
    again.add_item("/more", "/more")
    assert again != filled()


def test_items_are_made_as_they_are_read() -> None:
    data = TransferData(A, B)
    data.add_item("/x", "/y")
    assert data.items[0] is not data.items[0]


def test_a_schema_names_the_members_as_the_wire_does() -> None:
    schema = TransferData.model_json_schema()
    assert schema["required"] == ["source_endpoint", "destination_endpoint", "DATA"]
    assert schema["additionalProperties"] is False
    kinds = {kind["$ref"].rpartition("/")[2] for kind in schema["properties"]["DATA"]["items"]["anyOf"]}
    assert kinds == {"TransferItem", "TransferSymlinkItem"}
