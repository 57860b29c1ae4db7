"""The documents of Globus Groups, read from the golden ones."""

import copy
import pickle
from datetime import datetime, timezone
from pathlib import Path
from typing import cast

import pytest
from pydantic import ValidationError
from pydantic_core import from_json, to_json

from globus_typed.core.documents import Document
from globus_typed.errors import GlobusError
from globus_typed.groups import GroupRole
from globus_typed.groups.documents.by_identity import IdentityPreferencesMap, MembershipFieldsMap
from globus_typed.groups.documents.group import Group, GroupChildren, GroupList, GroupStatuses
from globus_typed.groups.documents.membership import Membership, MembershipActionResult
from globus_typed.groups.documents.policies import GroupPolicies
from globus_typed.groups.documents.subscription import SubscriptionGroup, SubscriptionVerified
from globus_typed.groups.errors import MembershipActionsFailedError

DATA = Path(__file__).parents[2] / "data" / "groups"
DOCUMENTS: dict[str, type[Document]] = {
    "actions_result": MembershipActionResult,
    "actions_result_full": MembershipActionResult,
    "children": GroupChildren,
    "group": Group,
    "group_plus": Group,
    "groups": GroupList,
    "groups_none": GroupList,
    "membership_fields": MembershipFieldsMap,
    "policies": GroupPolicies,
    "preferences": IdentityPreferencesMap,
    "statuses": GroupStatuses,
    "subscription_group": SubscriptionGroup,
    "subscription_verified": SubscriptionVerified,
}
OKELLO, LEIF = "5b0f1d7e-77aa-4a41-8a53-6f1f5b2c0003", "5b0f1d7e-77aa-4a41-8a53-6f1f5b2c0006"
SURVEY, PLUS = "1d3e0c7a-9b52-4a7e-8d60-2f6b1c9e0001", "1d3e0c7a-9b52-4a7e-8d60-2f6b1c9e0009"


def body(name: str) -> bytes:
    return (DATA / f"{name}.json").read_bytes()


def parts(value: object) -> list[Document]:
    """The document and all that are in it."""
    if isinstance(value, Document):
        return [value, *parts(vars(value)), *parts(value.model_extra)]
    if isinstance(value, dict):
        return parts(list(cast("dict[str, object]", value).values()))
    if isinstance(value, (list, tuple)):
        return [part for each in cast("list[object]", value) for part in parts(each)]
    return []


def test_every_golden_document_has_a_model() -> None:
    assert {path.stem for path in DATA.glob("*.json") if not path.stem.startswith("sent_")} == set(DOCUMENTS)


@pytest.mark.parametrize(("name", "model"), DOCUMENTS.items())
def test_a_golden_document_is_read_whole_and_comes_out_as_it_went_in(name: str, model: type[Document]) -> None:
    document = model.from_body(body(name))
    assert document.data == from_json(body(name))
    unknown = [part for part in parts(document) if not all(map(parts, (part.__pydantic_extra__ or {}).values()))]
    assert unknown == []
    assert from_json(document.model_dump_json(exclude_unset=True)) == document.data
    again = model.model_validate(from_json(body(name)))
    assert again == document == copy.deepcopy(document) == pickle.loads(pickle.dumps(document))


def test_every_member_of_a_model_is_in_a_golden_document() -> None:
    seen: dict[type[Document], set[str]] = {}
    for name, model in DOCUMENTS.items():
        for part in parts(model.from_body(body(name))):
            seen.setdefault(type(part), set()).update(part.model_fields_set)
    assert {model.__name__: set(model.model_fields) - names for model, names in seen.items()} == {
        model.__name__: set[str]() for model in seen
    }


def test_a_list_is_an_array() -> None:
    groups = GroupList.from_body(body("groups"))
    assert [group.name for group in groups] == ["Harrier survey", "Harrier nest cams"]
    assert (len(groups), groups[1].id, groups[-1:]) == (2, "1d3e0c7a-9b52-4a7e-8d60-2f6b1c9e0002", [groups[1]])
    assert isinstance(groups.data, list)
    assert not GroupList.from_body(b"[]")
    for wrong in (b"{}", b'{"DATA": []}', b"null", b"", b"[1]", b'[],"x":[1]'):
        with pytest.raises(ValidationError):
            GroupList.from_body(wrong)


def test_a_mapping_is_read_as_a_dict() -> None:
    statuses = GroupStatuses.from_body(body("statuses"))
    assert statuses[SURVEY].active == 7
    assert SURVEY in statuses
    assert "other" not in statuses
    assert statuses.get("other") is None
    assert statuses.get("other", 3) == 3
    assert [*statuses] == [*statuses.keys()] == [SURVEY]
    assert [(id, counts.left) for id, counts in statuses.items()] == [(SURVEY, 1)]
    assert [counts["removed"] for counts in statuses.values()] == [3]
    assert {**statuses} == dict(statuses) == {SURVEY: statuses[SURVEY]}
    with pytest.raises(KeyError):
        statuses["other"]
    assert len(GroupStatuses.from_body(b"{}")) == 0
    with pytest.raises(ValidationError):
        GroupStatuses.from_body(b"[]")
    # A group may have any id, that of an attribute too.
    assert GroupStatuses.from_body(b'{"items": {"active": 1}, "http": {}}')["items"].active == 1


def test_a_membership_has_a_role_and_a_time() -> None:
    plus = Group.from_body(body("group_plus"))
    assert plus.memberships is not None
    implied = plus.memberships[1]
    assert implied.role == GroupRole.member == "member"
    assert implied.source_group_id is not None
    assert implied.invite_time == datetime(2026, 2, 1, tzinfo=timezone.utc)
    assert plus.session_timeouts is not None
    assert plus.session_timeouts[OKELLO].expires_in == 1290


def test_roles_and_statuses_that_are_new_are_read() -> None:
    membership = Membership.from_body(b'{"group_id": "g", "identity_id": "i", "role": "guest", "status": "frozen"}')
    assert (membership.role, membership.status) == ("guest", "frozen")


def test_a_success_whose_actions_failed_says_so() -> None:
    result = MembershipActionResult.from_body(body("actions_result"))
    assert [member.role for member in result.add] == ["manager"]
    assert (result.remove, result.join, result.ok) == ([], [], False)
    (failed,) = result.failed
    assert (failed.action, failed.identity_id, failed.code) == ("remove", LEIF, "NO_MEMBERSHIP")
    with pytest.raises(MembershipActionsFailedError, match=f"remove of {LEIF}: NO_MEMBERSHIP: This id") as caught:
        result.raise_for_errors()
    assert isinstance(caught.value, GlobusError)
    again = pickle.loads(pickle.dumps(caught.value))
    assert (again.failed, str(again)) == (caught.value.failed, str(caught.value)) == (result.failed, str(again))
    assert copy.copy(caught.value).failed == result.failed


def test_a_success_is_itself() -> None:
    result = MembershipActionResult.from_body(body("actions_result_full"))
    assert result.ok
    assert result.failed == ()
    assert result.raise_for_errors() is result


def test_errors_without_detail_or_code_are_told_too() -> None:
    sent = {"errors": {"add": [{"identity_id": "i"}, {"code": "ODD\u0007"}], "leave": None, "fly": [{"detail": "no"}]}}
    result = MembershipActionResult.from_body(to_json(sent))
    assert [(each.action, each.code) for each in result.failed] == [("add", None), ("add", "ODD\u0007"), ("fly", None)]
    with pytest.raises(MembershipActionsFailedError) as caught:
        result.raise_for_errors()
    assert str(caught.value) == "3 actions failed: add of i: failed; add of an identity: ODD; fly of an identity: no"
    many = {"errors": {"add": [{"identity_id": str(number)} for number in range(1000)]}}
    with pytest.raises(MembershipActionsFailedError, match=r"^1000 actions failed: .*and 990 more$"):
        MembershipActionResult.from_body(to_json(many)).raise_for_errors()
