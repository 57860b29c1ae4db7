"""What actions make of memberships: each action from each status, and who may do it."""

from typing import Literal, get_args

import pytest

from globus_typed import BadRequestError, GroupsAPIError, NotFoundError, PermissionDeniedError
from globus_typed.groups import BatchMembershipActions, MembershipActionsFailedError
from globus_typed.sandbox.auth.store.directory import SandboxUser
from globus_typed.sandbox.groups.store.group import Membership, SandboxGroup

from .conftest import NEW_YEAR, People

Status = Literal["active", "invited", "pending", "rejected", "removed", "left", "declined"]
STATUSES: tuple[Status | None, ...] = (None, *get_args(Status))
OWN = ("accept", "decline", "join", "leave", "request_join")
AFTER = {
    "accept": "active",
    "add": "active",
    "approve": "active",
    "change_role": "active",
    "decline": "declined",
    "invite": "invited",
    "leave": "left",
    "reject": "rejected",
    "remove": "removed",
    "request_join": "pending",
}
FROM: dict[str, set[Status | None]] = {
    "accept": {"invited"},
    "add": {None, "invited", "pending", "rejected", "removed", "declined"},
    "approve": {"pending"},
    "change_role": {"active"},
    "decline": {"invited"},
    "invite": {None, "rejected", "removed", "left", "declined"},
    "join": set(),
    "leave": {"active"},
    "reject": {"pending"},
    "remove": {"active", "invited"},
    "request_join": {None, "rejected", "removed", "left", "declined"},
}
CODES: dict[str, dict[Status | None, str]] = {
    "accept": {None: "NOT_INVITED", "active": "NOT_INVITED"},
    "add": {"active": "ALREADY_ACTIVE", "left": "PREVIOUSLY_LEFT"},
    "approve": {None: "NO_MEMBERSHIP", "active": "NOT_PENDING"},
    "change_role": {None: "NO_MEMBERSHIP", "invited": "NOT_ACTIVE"},
    "decline": {None: "NOT_INVITED"},
    "invite": {"active": "ALREADY_ACTIVE", "invited": "ALREADY_INVITED"},
    "join": {None: "JOIN_NOT_ALLOWED", "invited": "JOIN_NOT_ALLOWED"},
    "leave": {None: "NOT_ACTIVE", "left": "NOT_ACTIVE"},
    "reject": {None: "NO_MEMBERSHIP", "rejected": "NOT_PENDING"},
    "remove": {None: "NO_MEMBERSHIP", "removed": "NOT_ACTIVE"},
    "request_join": {"active": "ALREADY_ACTIVE", "pending": "ALREADY_PENDING"},
}


def doing(action: str, user: SandboxUser) -> BatchMembershipActions:
    item = {"identity_id": user.id} | ({"role": "manager"} if action == "change_role" else {})
    return BatchMembershipActions.of({action: [item]})


def put(group: SandboxGroup, user: SandboxUser, status: Status | None, role: Literal["member", "admin"]) -> None:
    """Have somebody in a group with that status, whatever led to it."""
    if status is None:
        group.memberships.pop(user.id, None)
    else:
        group.memberships[user.id] = Membership(user.id, role, status, NEW_YEAR)


@pytest.mark.parametrize("action", FROM)
def test_an_action_from_each_status(people: People, action: str) -> None:
    group = people.sandbox.add_group("Waders", join_requests=True)
    someone = people.someone()
    by = someone if action in OWN else people.sandbox.user
    for status in STATUSES:
        put(group, someone, status, "member")
        result = people.act(by, group, doing(action, someone))
        there = group.memberships.get(someone.id)
        if status in FROM[action]:
            assert result.ok
            (membership,) = getattr(result, action)
            assert (membership.identity_id, membership.status) == (someone.id, AFTER[action])
            assert there is not None
            assert there.status == AFTER[action]
            continue
        (failed,) = result.failed
        assert (failed.action, failed.identity_id, bool(failed.detail)) == (action, someone.id, True)
        assert failed.code == CODES[action].get(status, failed.code)
        assert result["errors"][action][0]["code"] == failed.code
        assert getattr(result, action) == []
        assert (None if there is None else there.status) == status
        with pytest.raises(MembershipActionsFailedError, match=str(failed.code)):
            result.raise_for_errors()


@pytest.mark.parametrize("role", ["member", "manager", "admin"])
def test_who_may_act_on_others(people: People, role: Literal["member", "manager", "admin"]) -> None:
    group = people.sandbox.add_group("Gulls")
    by, someone = people.someone(), people.someone()
    group.memberships[by.id] = Membership(by.id, role, "active", NEW_YEAR)
    for action in FROM.keys() - set(OWN):
        pending, new = action in ("approve", "reject"), action in ("add", "invite")
        put(group, someone, "pending" if pending else None if new else "active", "member")
        may = role == "admin" or (role == "manager" and action != "change_role")
        if may:
            assert people.act(by, group, doing(action, someone)).ok, action
            continue
        with pytest.raises(PermissionDeniedError, match=action) as refused:
            people.act(by, group, doing(action, someone))
        assert refused.value.code == "FORBIDDEN"


def test_only_admins_give_roles_and_remove_admins(people: People) -> None:
    manager, other = people.someone(), people.someone()
    group = people.sandbox.add_group("Terns", managers=[manager])
    for actions in (
        BatchMembershipActions().add_members(other.id, role="manager"),
        BatchMembershipActions().invite_members(other.id, role="admin"),
        BatchMembershipActions().remove_members(people.sandbox.user.id),
    ):
        (failed,) = people.act(manager, group, actions).failed
        assert failed.code == "NOT_PERMITTED"
    admin = people.sandbox.user
    people.act(admin, group, BatchMembershipActions().add_members(other.id, role="admin")).raise_for_errors()
    assert group.role_of(other.id) == "admin"
    (failed,) = people.act(other, group, BatchMembershipActions().remove_members(other.id)).failed
    assert failed.code == "CANNOT_REMOVE_SELF"
    people.act(other, group, BatchMembershipActions().remove_members(admin.id)).raise_for_errors()


def test_the_last_admin_stays(people: People) -> None:
    group, user = people.sandbox.add_group("Plovers"), people.sandbox.user
    for actions in (
        BatchMembershipActions().leave(user.id),
        BatchMembershipActions().change_roles("member", user.id),
    ):
        (failed,) = people.act(user, group, actions).failed
        assert failed.code == "LAST_ADMIN"
    assert people.act(user, group, BatchMembershipActions().change_roles("admin", user.id)).ok


def test_actions_of_one_request_do_not_depend_on_each_other(people: People) -> None:
    ada, bo, cy = people.someone(), people.someone(), people.someone()
    group = people.sandbox.add_group("Stilts", members=[bo])
    nobody = "00000000-0000-4000-8000-000000000000"
    actions = (
        BatchMembershipActions()
        .add_members([ada.id, bo.id, nobody], status_reason="new")
        .invite_members(cy.id, invite_email_address="cy@mail.example")
        .remove_members(people.sandbox.app_identity.id)
    )
    result = people.act(people.sandbox.user, group, actions)
    assert {(each.action, each.identity_id, each.code) for each in result.failed} == {
        ("add", bo.id, "ALREADY_ACTIVE"),
        ("add", nobody, "IDENTITY_NOT_FOUND"),
        ("remove", people.sandbox.app_identity.id, "NO_MEMBERSHIP"),
    }
    (added,), (invited,) = result.add, result.invite
    assert (added.username, added.status_reason) == (ada.username, "new")
    assert (invited.invite_email_address, invited.status) == ("cy@mail.example", "invited")
    assert invited.invite_time is not None
    assert invited.invite_time.timestamp() == people.clock()
    assert result["add"][0]["updated"] == "2026-01-01T00:00:00+00:00"


def test_an_identity_is_named_once(people: People) -> None:
    group, someone = people.sandbox.add_group("Curlews"), people.someone()
    document = {"add": [{"identity_id": someone.id}], "invite": [{"identity_id": someone.id}]}
    with pytest.raises(BadRequestError) as refused:
        people.client(people.sandbox.user).post(f"groups/{group.id}", document)
    assert isinstance(refused.value, GroupsAPIError)
    assert refused.value.ambiguous_identities == (someone.id,)
    assert someone.id not in group.memberships


def test_own_actions_are_for_any_own_identity_and_for_no_other(people: People) -> None:
    ada = people.someone()
    linked = people.sandbox.add_user("ada.linked@sandbox.example", linked_to=ada)
    stranger = people.someone()
    group = people.sandbox.add_group("Godwits", join_requests=True)
    assert people.act(ada, group, BatchMembershipActions().request_join(linked.id)).ok
    for action in OWN:
        (failed,) = people.act(ada, group, doing(action, stranger)).failed
        assert failed.code == "NOT_OWN_IDENTITY"


def test_requests_need_the_policy_and_the_fields(people: People) -> None:
    ada, client = people.someone(), people.client(people.sandbox.user)
    group = people.sandbox.add_group("Avocets")

    def request() -> str | None:
        result = people.act(ada, group, BatchMembershipActions().request_join(ada.id))
        return result.failed[0].code if result.failed else None

    assert request() == "JOIN_REQUESTS_DISABLED"
    client.set_group_policies(group.id, {"join_requests": True, "signup_fields": ["zip", "city"]})
    assert request() == "MISSING_MEMBERSHIP_FIELDS"
    hers = people.client(ada)
    hers.set_membership_fields(group.id, {ada.id: {"zip": "9016"}})
    assert request() == "MISSING_MEMBERSHIP_FIELDS"
    fields = hers.set_membership_fields(group.id, {ada.id: {"city": "Dunedin"}})
    assert (fields[ada.id].zip, fields[ada.id].city) == ("9016", "Dunedin")
    assert request() is None
    members = client.get_group(group.id, include="memberships").memberships or []
    assert {member.identity_id: member.membership_fields for member in members}[ada.id] == fields[ada.id].data
    assert hers.set_membership_fields(group.id, {ada.id: {"zip": None}})[ada.id].zip is None
    with pytest.raises(PermissionDeniedError):
        hers.set_membership_fields(group.id, {people.sandbox.user.id: {"zip": "1"}})


def test_who_does_not_want_to_be_added_is_invited(people: People) -> None:
    ada = people.someone()
    group = people.sandbox.add_group("Dunlins")
    hers = people.client(ada)
    assert hers.get_identity_preferences()[ada.id].allow_add is True
    assert hers.set_identity_preferences({ada.id: {"allow_add": False}})[ada.id].allow_add is False
    (failed,) = people.act(people.sandbox.user, group, BatchMembershipActions().add_members(ada.id)).failed
    assert failed.code == "ADD_NOT_ALLOWED"
    assert people.act(people.sandbox.user, group, BatchMembershipActions().invite_members(ada.id)).ok
    assert people.act(ada, group, BatchMembershipActions().accept_invites(ada.id)).ok
    with pytest.raises(PermissionDeniedError):
        hers.set_identity_preferences({people.sandbox.user.id: {"allow_add": False}})


def test_there_must_be_a_group(people: People) -> None:
    nowhere = SandboxGroup("nowhere")
    with pytest.raises(NotFoundError):
        people.act(people.sandbox.user, nowhere, BatchMembershipActions().leave(people.sandbox.user.id))
