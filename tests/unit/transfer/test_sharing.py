"""Access rules, roles and bookmarks: what is refused before it is sent, and what old answers look like."""

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError
from pydantic_core import from_json

from globus_typed.transfer.documents.access import (
    AccessRule,
    AccessRuleCreate,
    AccessRuleCreateResult,
    AccessRuleList,
    AccessRuleUpdate,
)
from globus_typed.transfer.documents.bookmark import BookmarkCreate, BookmarkUpdate
from globus_typed.transfer.documents.bookmark_v2 import BookmarkV2, BookmarkV2Create, BookmarkV2List, BookmarkV2Update
from globus_typed.transfer.documents.role import RoleCreate

DATA = Path(__file__).parents[2] / "data" / "transfer"
SOMEONE = "5d1f7c44-90aa-4b3c-8e21-0c9d3f750002"


def test_a_rule_that_follows_from_a_role_has_no_id() -> None:
    rules = AccessRuleList.from_body((DATA / "access_list.json").read_bytes())
    assert [(rule.id is None, rule.role_type, rule.principal_type) for rule in rules] == [
        (False, None, "group"),
        (True, "administrator", "identity"),
        (False, None, "all_authenticated_users"),
        (False, None, "anonymous"),
    ]
    assert rules.items[0].expiration_date == datetime(2026, 12, 31, tzinfo=timezone.utc)


def test_the_number_that_was_once_the_id_of_a_rule_reads_as_text_and_stays_a_number() -> None:
    result = AccessRuleCreateResult.model_validate_json('{"access_id":4712}')
    assert (result.access_id, result["access_id"], result.data) == ("4712", 4712, {"access_id": 4712})
    assert AccessRule.model_validate({"id": "4712"}).data == {"id": "4712"}


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"principal_type": "user"}, "principal_type"),
        ({"principal_type": None}, "principal_type"),
        ({"principal": "colleague@sandbox.example"}, "principal"),
        ({"principal": ""}, "principal"),
        ({"principal": None}, "principal"),
        ({"principal": 5}, "principal"),
        ({"principal_type": "group", "principal": ""}, "principal"),
        ({"principal_type": "anonymous"}, "principal"),
        ({"principal_type": "all_authenticated_users"}, "principal"),
        ({"path": "x"}, "path"),
        ({"path": "~/x/"}, "path"),
        ({"path": ""}, "path"),
        ({"permissions": "rwx"}, "permissions"),
        ({"permissions": "w"}, "permissions"),
        ({"expiration_date": datetime(2030, 1, 1)}, "expiration_date"),
        ({"expiration_date": "next week"}, "expiration_date"),
        ({"expiration_date": timedelta(-1)}, "expiration_date"),
        ({"notify_email": True}, "notify_email"),
        ({"DATA_TYPE": "role"}, "DATA_TYPE"),
        ({"role_id": SOMEONE}, "role_id"),
    ],
)
def test_an_access_rule_that_the_service_refuses_is_refused_by_field(fields: dict[str, Any], name: str) -> None:
    rule = {"principal_type": "identity", "principal": SOMEONE, "path": "/x/", "permissions": "r"}
    with pytest.raises(ValidationError) as error:
        AccessRuleCreate.model_validate({**rule, **fields})
    assert [problem["loc"] for problem in error.value.errors()] == [(name,)]


def test_who_is_meant_must_be_said_for_an_identity_alone() -> None:
    with pytest.raises(ValidationError) as error:
        AccessRuleCreate(principal_type="identity", path="/x/", permissions="r")
    assert [problem["loc"] for problem in error.value.errors()] == [("principal",)]
    everybody = AccessRuleCreate(principal_type="anonymous", path="/x/", permissions="r")
    assert from_json(everybody.to_wire())["principal"] == ""
    by_uuid = {"principal_type": "group", "principal": UUID(SOMEONE), "path": "/x/", "permissions": "r"}
    assert AccessRuleCreate.model_validate(by_uuid).principal == SOMEONE


def test_an_access_rule_is_checked_as_a_whole_once_more() -> None:
    rule = AccessRuleCreate(principal_type="anonymous", path="/x/", permissions="r")
    rule.principal_type = "group"
    with pytest.raises(ValidationError, match="principal"):
        rule.check()


def test_the_end_of_a_rule_may_be_a_distance_from_now() -> None:
    before = datetime.now(timezone.utc)
    end = AccessRuleUpdate.model_validate({"expiration_date": timedelta(days=30)}).expiration_date
    assert isinstance(end, datetime)
    assert before <= end - timedelta(days=30) <= datetime.now(timezone.utc)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"permissions": None}, "permissions"),
        ({"path": "/x/"}, "path"),
        ({"principal": SOMEONE}, "principal"),
        ({"expiration_date": 5}, "expiration_date"),
    ],
)
def test_what_cannot_change_of_a_rule_is_refused_by_field(fields: dict[str, Any], name: str) -> None:
    with pytest.raises(ValidationError) as error:
        AccessRuleUpdate.model_validate(fields)
    assert [problem["loc"] for problem in error.value.errors()] == [(name,)]


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"principal_type": "anonymous"}, "principal_type"),
        ({"principal": "wren"}, "principal"),
        ({"role": "restricted_administrator"}, "role"),
        ({"role": "admin"}, "role"),
    ],
)
def test_a_role_that_nobody_can_get_is_refused_by_field(fields: dict[str, Any], name: str) -> None:
    with pytest.raises(ValidationError) as error:
        RoleCreate.model_validate(
            {"principal_type": "identity", "principal": SOMEONE, "role": "administrator", **fields}
        )
    assert [problem["loc"] for problem in error.value.errors()] == [(name,)]


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"name": "two\nlines"}, "name"),
        ({"name": "two\rlines"}, "name"),
        ({"name": None}, "name"),
        ({"endpoint_id": "marsh#gulls"}, "endpoint_id"),
        ({"path": "/x"}, "path"),
        ({"path": "x/"}, "path"),
        ({"pinned": "yes"}, "pinned"),
    ],
)
def test_a_bookmark_that_the_service_refuses_is_refused_by_field(fields: dict[str, Any], name: str) -> None:
    with pytest.raises(ValidationError) as error:
        BookmarkCreate.model_validate({"name": "n", "endpoint_id": SOMEONE, "path": "/x/", **fields})
    assert [problem["loc"] for problem in error.value.errors()] == [(name,)]


@pytest.mark.parametrize(
    ("fields", "name"), [({"name": None}, "name"), ({"path": "/x/"}, "path"), ({"pinned": None}, "pinned")]
)
def test_what_cannot_change_of_a_bookmark_is_refused_by_field(fields: dict[str, Any], name: str) -> None:
    with pytest.raises(ValidationError) as error:
        BookmarkUpdate.model_validate(fields)
    assert [problem["loc"] for problem in error.value.errors()] == [(name,)]


def test_bookmarks_of_the_second_version_read_flat_and_bring_their_collections() -> None:
    bookmark = BookmarkV2.from_body((DATA / "bookmark_v2.json").read_bytes())
    assert (bookmark.id[-4:], bookmark.attributes.path) == ("0003", "/~/gulls/2026/")
    assert bookmark.relationships.collection is not None
    assert bookmark.included is not None
    assert bookmark.included[0].attributes.display_name == "Heron Field Laptop"
    bookmarks = BookmarkV2List.from_body((DATA / "bookmark_v2_list.json").read_bytes())
    assert [each.attributes.path for each in bookmarks] == ["/~/gulls/2026/", None]


@pytest.mark.parametrize(
    ("fields", "name"), [({"name": "two\nlines"}, "name"), ({"path": "data"}, "path"), ({"pinned": True}, "pinned")]
)
def test_a_bookmark_of_the_second_version_is_checked_as_well(fields: dict[str, Any], name: str) -> None:
    with pytest.raises(ValidationError) as error:
        BookmarkV2Create.model_validate({"collection": SOMEONE, "name": "n", "path": "/x/", **fields})
    assert [problem["loc"] for problem in error.value.errors()] == [(name,)]
    with pytest.raises(ValidationError) as error:
        BookmarkV2Update.model_validate(fields)
    assert [problem["loc"] for problem in error.value.errors()] == [(name,)]
