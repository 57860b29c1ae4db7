"""What is sent to Transfer besides tasks: directories to make, names and tasks to change, and the parts of a task."""

from datetime import datetime, timedelta, timezone
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from pydantic import ValidationError
from pydantic_core import from_json

from globus_typed.core.payloads import MISSING, Payload
from globus_typed.transfer.documents.access import AccessRuleCreate, AccessRuleUpdate
from globus_typed.transfer.documents.activation import ActivationRequirementsData
from globus_typed.transfer.documents.bookmark import BookmarkCreate, BookmarkUpdate
from globus_typed.transfer.documents.bookmark_v2 import BookmarkV2Create, BookmarkV2Update
from globus_typed.transfer.documents.endpoint_manager import AdminCancelCreate, AdminPause, AdminResume
from globus_typed.transfer.documents.endpoint_payloads import (
    EndpointCreate,
    EndpointUpdate,
    SharedEndpointCreate,
    SubscriptionAdminVerifiedUpdate,
    SubscriptionUpdate,
)
from globus_typed.transfer.documents.fields import read_deadline
from globus_typed.transfer.documents.files import Mkdir, Rename, Symlink
from globus_typed.transfer.documents.pause import PauseRuleCreate, PauseRuleUpdate
from globus_typed.transfer.documents.role import RoleCreate
from globus_typed.transfer.documents.server import ServerCreate, ServerUpdate
from globus_typed.transfer.documents.submission import DeleteData, FilterRule, TransferData, TransferItem
from globus_typed.transfer.documents.task import TaskUpdate
from globus_typed.transfer.documents.tunnel import TunnelCreate, TunnelUpdate

DATA = Path(__file__).parents[2] / "data" / "transfer"
PAYLOADS: dict[str, type[Payload]] = {
    "sent_access": AccessRuleCreate,
    "sent_access_full": AccessRuleCreate,
    "sent_access_update": AccessRuleUpdate,
    "sent_access_update_cleared": AccessRuleUpdate,
    "sent_activation": ActivationRequirementsData,
    "sent_activation_as_received": ActivationRequirementsData,
    "sent_admin_cancel": AdminCancelCreate,
    "sent_admin_pause": AdminPause,
    "sent_admin_resume": AdminResume,
    "sent_admin_resume_named": AdminResume,
    "sent_bookmark": BookmarkCreate,
    "sent_bookmark_update": BookmarkUpdate,
    "sent_bookmark_v2": BookmarkV2Create,
    "sent_bookmark_v2_update": BookmarkV2Update,
    "sent_delete": DeleteData,
    "sent_delete_full": DeleteData,
    "sent_endpoint": EndpointCreate,
    "sent_endpoint_full": EndpointCreate,
    "sent_endpoint_gcp": EndpointCreate,
    "sent_endpoint_oauth": EndpointCreate,
    "sent_endpoint_update": EndpointUpdate,
    "sent_endpoint_update_cleared": EndpointUpdate,
    "sent_endpoint_update_one": EndpointUpdate,
    "sent_mkdir": Mkdir,
    "sent_pause_rule": PauseRuleCreate,
    "sent_pause_rule_full": PauseRuleCreate,
    "sent_pause_rule_update": PauseRuleUpdate,
    "sent_pause_rule_update_cleared": PauseRuleUpdate,
    "sent_rename": Rename,
    "sent_role": RoleCreate,
    "sent_server": ServerCreate,
    "sent_server_full": ServerCreate,
    "sent_server_update": ServerUpdate,
    "sent_server_update_cleared": ServerUpdate,
    "sent_shared_endpoint": SharedEndpointCreate,
    "sent_shared_endpoint_full": SharedEndpointCreate,
    "sent_subscription": SubscriptionUpdate,
    "sent_subscription_admin_verified": SubscriptionAdminVerifiedUpdate,
    "sent_subscription_default": SubscriptionUpdate,
    "sent_subscription_none": SubscriptionUpdate,
    "sent_symlink": Symlink,
    "sent_task_update": TaskUpdate,
    "sent_task_update_cleared": TaskUpdate,
    "sent_transfer": TransferData,
    "sent_transfer_full": TransferData,
    "sent_tunnel": TunnelCreate,
    "sent_tunnel_full": TunnelCreate,
    "sent_tunnel_stop": TunnelUpdate,
    "sent_tunnel_update": TunnelUpdate,
    "sent_tunnel_update_cleared": TunnelUpdate,
}


def problems(error: pytest.ExceptionInfo[ValidationError]) -> list[tuple[tuple[int | str, ...], str]]:
    return [(problem["loc"], problem["msg"]) for problem in error.value.errors()]


def test_every_golden_payload_has_a_model() -> None:
    assert {path.stem for path in DATA.glob("sent_*.json")} == set(PAYLOADS)


@pytest.mark.parametrize(("name", "model"), PAYLOADS.items())
def test_a_golden_payload_is_accepted_and_sent_as_it_stands(name: str, model: type[Payload]) -> None:
    body = (DATA / f"{name}.json").read_bytes()
    document: Any = from_json(body)
    for payload in (model.model_validate(document), model.model_validate_json(body)):
        assert from_json(payload.to_wire()) == document
        assert from_json(payload.check().to_wire()) == document
        assert model.model_validate(payload.model_dump()) == payload
        assert model.model_validate(payload.model_dump(by_alias=False)) == payload
        assert model.model_validate_json(payload.model_dump_json()) == payload
    assert document == from_json(body)


@pytest.mark.parametrize("model", dict.fromkeys(PAYLOADS.values()))
def test_every_member_of_a_payload_is_in_a_golden_one(model: type[Payload]) -> None:
    seen = {
        field
        for name, each in PAYLOADS.items()
        if each is model
        for field in each.model_validate_json((DATA / f"{name}.json").read_bytes()).model_fields_set
    }
    assert seen == set(model.model_fields)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("data/out", 'must be absolute (start with "/" or "~"), got "data/out"'),
        (PurePosixPath("/x"), "must be a str: use str(path), got PurePosixPath('/x')"),
        ("", 'must be absolute (start with "/" or "~"), got ""'),
        (
            "C:\\a b",
            'must be absolute (start with "/" or "~"), got "C:\\\\a b"; in a collection on Windows it is "/C/a b"',
        ),
        (" /x", 'must be absolute (start with "/" or "~"), got " /x"'),
        ("/a\0b", 'must not contain a NUL character, got "/a\\u0000b"'),
        ("C:" + "x" * 200, 'must be absolute (start with "/" or "~"), got "C:' + "x" * 94 + "..."),
        (None, "Input should be a valid string"),
        (b"/x", "Input should be a valid string"),
    ],
)
def test_a_path_that_is_none_is_refused_by_name(path: Any, message: str) -> None:
    with pytest.raises(ValidationError) as error:
        Mkdir(path=path)
    assert problems(error) == [(("path",), message)]
    with pytest.raises(ValidationError) as error:
        Rename(old_path="/ok", new_path=path)
    assert problems(error) == [(("new_path",), message)]


@pytest.mark.parametrize(
    "path", ["/", "/~/", "/~wren/x", "~/x", "~", "~wren/x", "/with blank/ünïcode/*", "/{server_default}/", "/C/Users"]
)
def test_a_path_goes_out_as_it_was_given(path: str) -> None:
    assert from_json(Mkdir(path=path).to_wire()) == {"DATA_TYPE": "mkdir", "path": path}


def test_a_misspelt_field_is_refused_by_name() -> None:
    document: dict[str, Any] = {"path": "/x", "locla_user": "wren"}
    with pytest.raises(ValidationError) as error:
        Mkdir(**document)
    assert problems(error) == [(("locla_user",), 'Extra inputs are not permitted; did you mean "local_user"?')]


def test_a_task_update_tells_leaving_alone_from_clearing() -> None:
    assert TaskUpdate().label is MISSING
    assert TaskUpdate().to_wire() == b'{"DATA_TYPE":"task"}'
    assert from_json(TaskUpdate(deadline=None).to_wire()) == {"DATA_TYPE": "task", "deadline": None}
    update = TaskUpdate(label="later")
    update.label = MISSING
    update.deadline = datetime(2030, 1, 31, 12, tzinfo=timezone(timedelta(hours=2)))
    assert from_json(update.check().to_wire()) == {"DATA_TYPE": "task", "deadline": "2030-01-31T10:00:00+00:00"}


@pytest.mark.parametrize("label", ["x" * 129, "two\nlines", "two\rlines", " before", "after ", "\tx", 7, "\ud800"])
def test_a_label_that_the_service_refuses_is_refused(label: Any) -> None:
    with pytest.raises(ValidationError) as error:
        TaskUpdate(label=label)
    assert [problem["loc"] for problem in error.value.errors()] == [("label",)]


def test_a_label_may_have_128_characters() -> None:
    assert TaskUpdate(label="ü" * 128).label == "ü" * 128


@pytest.mark.parametrize(
    "text",
    ["2017-10-12 09:30Z", "2017-10-12T09:30:00", "2017-10-12 11:30:00.000000+02:00", "2017-10-12T09:30:00+0000"],
)
def test_a_deadline_may_be_text_which_is_in_utc_where_it_names_no_zone(text: str) -> None:
    update = TaskUpdate.model_validate({"deadline": text})
    assert update.deadline == datetime(2017, 10, 12, 9, 30, tzinfo=timezone.utc)
    assert from_json(update.to_wire())["deadline"] == "2017-10-12T09:30:00+00:00"


def test_a_deadline_may_be_a_day() -> None:
    update = TaskUpdate.model_validate({"deadline": "2017-10-12"})
    assert update.deadline == datetime(2017, 10, 12, tzinfo=timezone.utc)


def test_a_deadline_may_be_a_distance_from_now() -> None:
    now = datetime(2026, 4, 2, 7, 30, tzinfo=timezone.utc)
    assert read_deadline(timedelta(hours=36), lambda: now) == datetime(2026, 4, 3, 19, 30, tzinfo=timezone.utc)
    before = datetime.now(timezone.utc)
    deadline = TaskUpdate.model_validate({"deadline": timedelta(minutes=5)}).deadline
    assert isinstance(deadline, datetime)
    assert before <= deadline - timedelta(minutes=5) <= datetime.now(timezone.utc)


@pytest.mark.parametrize(
    "deadline",
    [
        "tomorrow",
        "",
        "1767225600",
        "2017-13-01",
        "2017-10-12T25:00Z",
        1767225600,
        True,
        datetime(2030, 1, 1),
        datetime(2030, 1, 1).date(),
        timedelta(0),
        timedelta(days=-1),
        timedelta.max,
        "9999-12-31T23:59:59-10:00",
    ],
)
def test_a_deadline_that_is_no_time_is_refused(deadline: object) -> None:
    with pytest.raises(ValidationError) as error:
        TaskUpdate.model_validate({"deadline": deadline})
    assert [problem["loc"] for problem in error.value.errors()] == [("deadline",)]


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"external_checksum": "xyz"}, "external_checksum"),
        ({"external_checksum": ""}, "external_checksum"),
        ({"external_checksum": "ab\n"}, "external_checksum"),
        ({"external_checksum": "ab", "recursive": True}, "external_checksum"),
        ({"recursive": 1}, "recursive"),
        ({"recursive": "yes"}, "recursive"),
        ({"checksum_algorithm": 5}, "checksum_algorithm"),
        ({"verify_size": "5"}, "verify_size"),
        ({"DATA_TYPE": "delete_item"}, "DATA_TYPE"),
        ({"destination_paht": "/x"}, "destination_paht"),
    ],
)
def test_an_item_that_the_service_refuses_is_refused_by_field(fields: dict[str, Any], name: str) -> None:
    with pytest.raises(ValidationError) as error:
        TransferItem.model_validate({"source_path": "/a", "destination_path": "/b", **fields})
    assert [problem["loc"] for problem in error.value.errors()] == [(name,)]


def test_an_item_does_not_change() -> None:
    item = TransferItem(source_path="/a", destination_path="/b")
    with pytest.raises(ValidationError, match="frozen"):
        item.source_path = "/c"
    assert item == TransferItem(source_path="/a", destination_path="/b")


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"method": "omit"}, "method"),
        ({"method": None}, "method"),
        ({"type": "link"}, "type"),
        ({"name": ""}, "name"),
        ({"name": "dir/*.tmp"}, "name"),
        ({"name": None}, "name"),
    ],
)
def test_a_filter_rule_that_can_never_hold_is_refused_by_field(fields: dict[str, Any], name: str) -> None:
    with pytest.raises(ValidationError) as error:
        FilterRule.model_validate({"method": "exclude", "name": "*.tmp", **fields})
    assert [problem["loc"] for problem in error.value.errors()] == [(name,)]


def test_messages_say_what_would_do() -> None:
    collection = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"
    with pytest.raises(ValidationError, match=r"got 'ada@example\.org'; get_identities\(usernames=…\)"):
        TransferData("ada@example.org", collection)
    wrong: Any = 3600
    with pytest.raises(ValidationError, match=r"timedelta\(hours=1\), got 3600"):
        TransferData(collection, collection, deadline=wrong)
