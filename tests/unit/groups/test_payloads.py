"""What is sent to Globus Groups: refused by field before it is sent."""

from pathlib import Path
from typing import Any, get_args
from uuid import UUID

import pytest
from pydantic import ValidationError
from pydantic_core import from_json

from globus_typed import MISSING, GlobusUsageError
from globus_typed.core.payloads import Payload
from globus_typed.groups import GroupMemberVisibility, GroupRequiredSignupFields, GroupRole, GroupVisibility
from globus_typed.groups.arguments import GivenRole, GivenSignupField
from globus_typed.groups.documents.actions import AddAction, BatchMembershipActions, ChangeRoleAction
from globus_typed.groups.documents.by_identity import (
    IdentityPreferencesMapUpdate,
    IdentityPreferencesUpdate,
    MembershipFieldsMapUpdate,
    MembershipFieldsUpdate,
)
from globus_typed.groups.documents.fields import ACTIONS
from globus_typed.groups.documents.group import Group, GroupCreate, GroupUpdate
from globus_typed.groups.documents.policies import GroupPolicies, GroupPoliciesUpdate, PartialGroupPolicies
from globus_typed.groups.documents.subscription import SubscriptionVerifiedUpdate

DATA = Path(__file__).parents[2] / "data" / "groups"
PAYLOADS: dict[str, type[Payload]] = {
    "sent_actions": BatchMembershipActions,
    "sent_actions_full": BatchMembershipActions,
    "sent_group": GroupCreate,
    "sent_group_full": GroupCreate,
    "sent_group_update": GroupUpdate,
    "sent_group_update_cleared": GroupUpdate,
    "sent_membership_fields": MembershipFieldsMapUpdate,
    "sent_policies": GroupPoliciesUpdate,
    "sent_policies_some": PartialGroupPolicies,
    "sent_preferences": IdentityPreferencesMapUpdate,
    "sent_preferences_default": IdentityPreferencesMapUpdate,
    "sent_subscription_verified": SubscriptionVerifiedUpdate,
    "sent_subscription_verified_none": SubscriptionVerifiedUpdate,
}
A, B, C = (f"5b0f1d7e-77aa-4a41-8a53-6f1f5b2c000{number}" for number in (3, 4, 5))


def body(name: str) -> bytes:
    return (DATA / f"{name}.json").read_bytes()


def test_every_golden_payload_has_a_model() -> None:
    assert {path.stem for path in DATA.glob("sent_*.json")} == set(PAYLOADS)


@pytest.mark.parametrize(("name", "model"), PAYLOADS.items())
def test_a_golden_payload_is_accepted_and_comes_out_as_it_went_in(name: str, model: type[Payload]) -> None:
    document: Any = from_json(body(name))
    payload = model.model_validate(document)
    assert from_json(payload.to_wire()) == from_json(payload.check().to_wire()) == document
    assert model.of(payload) == model.of(document) == payload
    assert model.model_validate_json(payload.model_dump_json()) == payload
    assert document == from_json(body(name))


@pytest.mark.parametrize("model", dict.fromkeys(PAYLOADS.values()))
def test_every_member_of_a_payload_is_in_a_golden_one(model: type[Payload]) -> None:
    read = [each.model_validate_json(body(name)) for name, each in PAYLOADS.items() if each is model]
    assert {field for payload in read for field in payload.model_fields_set} >= set(model.model_fields)


def problem(model: type[Payload], document: dict[str, Any]) -> tuple[str, str]:
    """The place and the kind of the only problem of a document."""
    with pytest.raises(ValidationError) as caught:
        model.model_validate(document).check()
    (found,) = caught.value.errors()
    return ".".join(map(str, found["loc"])), found["type"]


SET = {"is_high_assurance": False}


@pytest.mark.parametrize(
    ("model", "document", "place", "kind"),
    [
        (GroupCreate, {}, "name", "missing"),
        (GroupCreate, {"name": None}, "name", "null"),
        (GroupCreate, {"name": ""}, "name", "string_too_short"),
        (GroupCreate, {"name": "n", "parent_id": "harrier"}, "parent_id", "uuid"),
        (GroupCreate, {"name": "n", "group_type": "plus"}, "group_type", "extra_forbidden"),
        (GroupCreate, {"name": "n", "policies": {"visibility": "private"}}, "policies.visibility", "extra_forbidden"),
        (GroupUpdate, {"name": None}, "name", "null"),
        (GroupUpdate, {"parent_id": A}, "parent_id", "extra_forbidden"),
        (GroupUpdate, {"policies": SET}, "policies", "extra_forbidden"),
        (GroupUpdate, {"subscription_admin_verified_id": A}, "subscription_admin_verified_id", "cleared"),
        (GroupPoliciesUpdate, {"group_visibility": "private"}, "is_high_assurance", "missing"),
        (GroupPoliciesUpdate, {"is_high_assurance": None}, "is_high_assurance", "null"),
        (GroupPoliciesUpdate, SET | {"group_visibility": "public"}, "group_visibility", "literal_error"),
        (GroupPoliciesUpdate, SET | {"group_visibility": GroupRole.admin}, "group_visibility", "literal_error"),
        (GroupPoliciesUpdate, SET | {"signup_fields": None}, "signup_fields", "null"),
        (GroupPoliciesUpdate, SET | {"signup_fields": "zip"}, "signup_fields", "list_type"),
        (GroupPoliciesUpdate, SET | {"signup_fields": ["zip", "zip"]}, "signup_fields", "repeated"),
        (GroupPoliciesUpdate, SET | {"signup_fields": ["first_name"]}, "signup_fields.0", "literal_error"),
        (GroupPoliciesUpdate, SET | {"join_requests": "yes"}, "join_requests", "bool_type"),
        (PartialGroupPolicies, {"join_requests": None}, "join_requests", "null"),
        (SubscriptionVerifiedUpdate, {}, "subscription_admin_verified_id", "missing"),
        (BatchMembershipActions, {}, "", "whole"),
        (BatchMembershipActions, {"add": []}, "", "whole"),
        (BatchMembershipActions, {"add": [A]}, "add.0", "model_type"),
        (BatchMembershipActions, {"add": [{"role": "member"}]}, "add.0.identity_id", "missing"),
        (BatchMembershipActions, {"add": [{"identity_id": "o@h.example"}]}, "add.0.identity_id", "uuid"),
        (BatchMembershipActions, {"change_role": [{"identity_id": A}]}, "change_role.0.role", "missing"),
        (BatchMembershipActions, {"join": [{"identity_id": A, "role": "admin"}]}, "join.0.role", "extra_forbidden"),
        (
            BatchMembershipActions,
            {"add": [{"identity_id": A}], "remove": [{"identity_id": B}, {"identity_id": A.upper()}]},
            "remove.1.identity_id",
            "whole",
        ),
        (IdentityPreferencesMapUpdate, {"allow_add": False}, "", "uuid"),
        (IdentityPreferencesMapUpdate, {A: False}, A, "model_type"),
        (IdentityPreferencesMapUpdate, {A: {}}, f"{A}.allow_add", "missing"),
        (MembershipFieldsMapUpdate, {A: {"zip": 9016}}, f"{A}.zip", "string_type"),
        (MembershipFieldsMapUpdate, {A: {"favourite_bird": "harrier"}}, f"{A}.favourite_bird", "extra_forbidden"),
    ],
)
def test_what_is_wrong_is_refused_by_its_place(
    model: type[Payload], document: dict[str, Any], place: str, kind: str
) -> None:
    assert problem(model, document) == (place, kind)


def test_one_id_is_one_id() -> None:
    actions = BatchMembershipActions().change_roles("admin", A).add_members(UUID(B), role="manager").join([C])
    assert from_json(actions.to_wire()) == {
        "change_role": [{"identity_id": A, "role": "admin"}],
        "add": [{"identity_id": B, "role": "manager"}],
        "join": [{"identity_id": C}],
    }


def test_each_method_adds_to_its_action() -> None:
    ids = [f"5b0f1d7e-77aa-4a41-8a53-6f1f5b2c01{number:02}" for number in range(22)]
    twos = [ids[number : number + 2] for number in range(0, 22, 2)]
    actions = (
        BatchMembershipActions()
        .accept_invites(twos[0])
        .add_members(twos[1])
        .approve_pending(twos[2])
        .change_roles("member", twos[3])
        .decline_invites(twos[4])
        .invite_members(twos[5][:1], invite_email_address="tui@harrier.example")
        .invite_members(twos[5][1])
        .join(twos[6])
        .leave(iter(twos[7]), status_reason="moved on")
        .reject_join_requests(twos[8])
        .remove_members(tuple(twos[9]))
        .request_join(twos[10])
        .add_members([])
    )
    sent = from_json(actions.check().to_wire())
    assert {name: [item["identity_id"] for item in sent[name]] for name in sent} == dict(
        zip(ACTIONS, twos, strict=True)
    )
    assert sent["leave"][1]["status_reason"] == "moved on"
    assert [item.get("invite_email_address") for item in sent["invite"]] == ["tui@harrier.example", None]


def test_lists_take_models_and_dicts() -> None:
    actions = BatchMembershipActions(
        add=[AddAction(identity_id=A, role=GroupRole.admin), {"identity_id": UUID(B), "status_reason": "new"}],
        change_role=[ChangeRoleAction(identity_id=C, role="member")],
    )
    assert [item["role"] for item in from_json(actions.to_wire())["add"]] == ["admin", "member"]
    actions.add_members("5b0f1d7e-77aa-4a41-8a53-6f1f5b2c0009")
    assert len(actions.add or []) == 3
    wrong: dict[str, Any] = {"ad": []}
    with pytest.raises(ValidationError, match="did you mean"):
        BatchMembershipActions(**wrong)


def test_wrong_ids_are_refused_when_they_are_given() -> None:
    actions = BatchMembershipActions()
    with pytest.raises(ValidationError, match="get_identities"):
        actions.add_members([A, "okello@harrier.example"])
    for wrong in (None, 5, {"id": A}, b"x"):
        anything: Any = wrong
        with pytest.raises(GlobusUsageError, match=r"^identity_ids: "):
            actions.remove_members(anything)
    with pytest.raises(GlobusUsageError, match=r"^invite_email_address: "):
        actions.invite_members([A, B], invite_email_address="tui@harrier.example")
    assert actions == BatchMembershipActions()


def test_enums_are_sent_as_their_words() -> None:
    policies = GroupPoliciesUpdate(
        is_high_assurance=False,
        group_visibility=GroupVisibility.private,
        group_members_visibility=GroupMemberVisibility.members,
        signup_fields=[GroupRequiredSignupFields.zip, "city"],
    )
    assert from_json(policies.to_wire()) == {
        "is_high_assurance": False,
        "group_visibility": "private",
        "group_members_visibility": "members",
        "signup_fields": ["zip", "city"],
    }
    assert {type(value) for name, value in policies if name.endswith("visibility")} == {str}
    for given, enum in ((GivenRole, GroupRole), (GivenSignupField, GroupRequiredSignupFields)):
        words, kind = get_args(given)
        assert kind is enum
        assert [member.value for member in enum] == [*get_args(words)]


def test_what_was_received_is_handed_on() -> None:
    received = GroupPolicies.from_body(body("policies")[:-2] + b', "brand_new": 1}')
    handed_on = GroupPoliciesUpdate(is_high_assurance=received.is_high_assurance)
    assert handed_on.is_high_assurance is False
    expected = from_json(body("policies"))
    assert from_json(PartialGroupPolicies.to_set(received).to_wire()) == expected
    assert from_json(GroupCreate(name="n", policies=received).to_wire())["policies"] == expected
    over = PartialGroupPolicies(join_requests=False).over(received)
    assert from_json(over.to_wire()) == expected | {"join_requests": False}
    with pytest.raises(ValidationError, match="is_high_assurance"):
        GroupPoliciesUpdate(is_high_assurance=GroupPolicies().is_high_assurance)
    with pytest.raises(ValidationError, match="join_request"):
        PartialGroupPolicies.to_set(GroupPolicies.model_validate({"join_request": True}))
    update = handed_on.model_copy(update={"join_requests": True})
    assert from_json(GroupCreate(name="n", policies=update).to_wire())["policies"] == {
        "is_high_assurance": False,
        "join_requests": True,
    }


def test_the_policies_of_globus_sdk_are_sent_as_theirs() -> None:
    policies = GroupPolicies(
        is_high_assurance=True,
        group_visibility=GroupVisibility.authenticated,
        group_members_visibility="members",
        join_requests=False,
        signup_fields=[GroupRequiredSignupFields.zip],
    )
    assert from_json(PartialGroupPolicies.to_set(policies).to_wire()) == {
        "is_high_assurance": True,
        "group_visibility": "authenticated",
        "group_members_visibility": "members",
        "join_requests": False,
        "signup_fields": ["zip"],
    }
    with pytest.raises(ValidationError, match="group_visibility"):
        PartialGroupPolicies.to_set(GroupPolicies(group_visibility="public"))


def test_changes_of_a_group_are_sent_with_what_does_not_change() -> None:
    group = Group.from_body(body("group_plus"))
    assert GroupUpdate(description="new").whole(group) == {
        "name": group.name,
        "description": "new",
        "terms_and_conditions": "Ask before publishing.",
        "subscription_admin_verified_id": group.subscription_admin_verified_id,
    }
    assert GroupUpdate(name=group.name).whole(Group(id=A)) == {"name": group.name}


def test_what_is_by_identity_takes_uuids_and_models() -> None:
    preferences = IdentityPreferencesMapUpdate(
        {UUID(A): IdentityPreferencesUpdate(allow_add=None), B: {"allow_add": True}}
    )
    assert from_json(preferences.to_wire()) == {A: {"allow_add": None}, B: {"allow_add": True}}
    fields = MembershipFieldsMapUpdate.of_ids({UUID(A): MembershipFieldsUpdate(zip=None, city="Dunedin")})
    assert from_json(fields.to_wire()) == {A: {"city": "Dunedin", "zip": None}}
    assert MembershipFieldsMapUpdate.of_ids(fields) == fields
    assert MembershipFieldsUpdate().zip is MISSING
