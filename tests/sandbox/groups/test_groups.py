"""Groups: who sees what of them, who changes them, subgroups, subscriptions, sessions."""

from typing import Any, get_args

import pytest

from globus_typed import (
    AuthenticationError,
    BadRequestError,
    ConflictError,
    GroupsAPIError,
    GroupsManager,
    GroupsScopes,
    NotFoundError,
    PermissionDeniedError,
    ReauthenticationRequiredError,
    RetryPolicy,
)
from globus_typed.errors import GlobusUsageError
from globus_typed.groups import BatchMembershipActions, GroupUpdate
from globus_typed.groups.arguments import IncludeArgument
from globus_typed.sandbox.groups.store.group import Membership, Status

from .conftest import NEW_YEAR, People


def test_a_group_from_its_making_to_its_end(people: People) -> None:
    ada = people.someone()
    client = people.client(ada)
    manager = GroupsManager(client)
    group = manager.create_group("Knots", "who count knots", policies={"group_visibility": "authenticated"})
    assert group.http_status == 201
    assert group.policies is not None
    assert group.policies.data == {
        "is_high_assurance": False,
        "authentication_assurance_timeout": 28800,
        "group_visibility": "authenticated",
        "group_members_visibility": "managers",
        "join_requests": False,
        "signup_fields": [],
    }
    assert [(own.role, own.status) for own in group.my_memberships or ()] == [("admin", "active")]
    assert [each.id for each in client.get_my_groups()] == [group.id]
    changed = client.update_group(group.id, GroupUpdate(description=None, terms_and_conditions="Be kind."))
    assert (changed.name, changed.description, changed.terms_and_conditions) == ("Knots", None, "Be kind.")
    assert manager.update_group(group.id, name="Red knots").terms_and_conditions == "Be kind."
    assert manager.update_group_policies(group.id, join_requests=True).group_visibility == "authenticated"
    assert client.delete_group(group.id).name == "Red knots"
    with pytest.raises(NotFoundError) as gone:
        client.get_group(group.id)
    assert isinstance(gone.value, GroupsAPIError)
    assert not client.get_my_groups()


@pytest.mark.parametrize("status", ["active", "invited", "pending", "rejected", "removed", "left", "declined"])
def test_who_sees_a_group(people: People, status: Status) -> None:
    ada, stranger = people.someone(), people.someone()
    private = people.sandbox.add_group("Private")
    public = people.sandbox.add_group("Public", visibility="authenticated")
    for group in (private, public):
        group.memberships[ada.id] = Membership(ada.id, "member", status, NEW_YEAR)
    hers = people.client(ada)
    assert hers.get_group(public.id).name == people.client(stranger).get_group(public.id).name == "Public"
    for client, sees in ((hers, status in ("active", "invited", "pending")), (people.client(stranger), False)):
        if sees:
            assert client.get_group(private.id).name == "Private"
        else:
            with pytest.raises(PermissionDeniedError, match="private"):
                client.get_group(private.id)
    mine = [group.id for group in hers.get_my_groups()]
    assert mine == ([private.id, public.id] if status == "active" else [])
    listed = hers.get_my_groups(statuses=status)
    assert [group.id for group in listed] == [private.id, public.id]
    assert [[own.status for own in group.my_memberships or ()] for group in listed] == [[status], [status]]


def test_who_sees_its_members(people: People) -> None:
    ada, manager, stranger = people.someone(), people.someone(), people.someone()
    for visibility, seeing in (("managers", [manager]), ("members", [manager, ada])):
        wanted: Any = visibility
        group = people.sandbox.add_group(
            "Ruffs", members=[ada], managers=[manager], visibility="authenticated", members_visibility=wanted
        )
        for user in (ada, manager, stranger, people.sandbox.user):
            seen = people.client(user).get_group(group.id, include=["memberships", "my_memberships"])
            sees = user in (*seeing, people.sandbox.user)
            assert ("memberships" in seen) == sees
            assert len(seen.memberships or ()) == (3 if sees else 0)
            assert len(seen.my_memberships or ()) == (0 if user is stranger else 1)


def test_parts_come_only_when_asked_for(people: People) -> None:
    group = people.sandbox.add_group("Snipes")
    client = people.client(people.sandbox.user)
    parts: tuple[IncludeArgument, ...] = get_args(IncludeArgument)
    # The official CLI shows policies without asking for them.
    assert [part for part in parts if part in client.get_group(group.id)] == ["policies"]
    whole = client.get_group(group.id, include=parts)
    assert [part for part in parts if part in whole] == [*parts]
    assert whole.allowed_actions is not None
    may = ("add", "approve", "change_role", "invite", "leave", "reject", "remove")
    allowed = {name: ids for name, ids in whole["allowed_actions"].items() if ids}
    assert allowed == {name: [people.sandbox.user.id] for name in may}


def test_only_admins_change_a_group(people: People) -> None:
    manager = people.someone()
    group = people.sandbox.add_group("Whimbrels", managers=[manager])
    client = people.client(manager)
    for call in (
        lambda: client.update_group(group.id, {"name": "x"}),
        lambda: client.set_group_policies(group.id, {"join_requests": True}),
        lambda: client.delete_group(group.id),
        lambda: client.create_group({"name": "x", "parent_id": group.id}),
    ):
        with pytest.raises(PermissionDeniedError, match="no admin"):
            call()
    assert client.get_group_policies(group.id).join_requests is False


def test_members_of_a_group_below_are_members_of_the_one_above(people: People) -> None:
    ada = people.someone()
    client = people.client(people.sandbox.user)
    top = client.create_group({"name": "Top"})
    middle = client.create_group({"name": "Middle", "parent_id": top.id})
    low = client.create_group({"name": "Low", "parent_id": middle.id})
    client.batch_membership_action(low.id, BatchMembershipActions().add_members(ada.id)).raise_for_errors()
    members = client.get_group(top.id, include="memberships").memberships or []
    assert {each.identity_id: (each.role, each.source_group_id) for each in members}[ada.id] == ("member", middle.id)
    assert client.get_group(top.id, include="child_ids").child_ids == [middle.id]
    assert [child.name for child in client.get_children(top.id)] == ["Middle"]
    assert [each.name for each in people.client(ada).get_my_groups()] == ["Top", "Middle", "Low"]
    assert [child.name for child in people.client(ada).get_children(middle.id)] == ["Low"]
    with pytest.raises(BadRequestError, match="below"):
        client.delete_group(top.id)
    client.batch_membership_action(low.id, BatchMembershipActions().remove_members(ada.id)).raise_for_errors()
    assert not people.client(ada).get_my_groups()


def test_statuses_are_counted_for_those_who_manage(people: People) -> None:
    ada, bo = people.someone(), people.someone()
    group = people.sandbox.add_group("Oystercatchers", members=[ada], managers=[bo])
    people.act(bo, group, BatchMembershipActions().invite_members(people.someone().id))
    counts = people.client(bo).get_statuses()
    assert [*counts] == [group.id]
    assert (counts[group.id].active, counts[group.id].invited, counts[group.id].left) == (3, 1, 0)
    assert len(people.client(ada).get_statuses()) == 0


def test_a_subscription_verifies_groups(people: People) -> None:
    sandbox = people.sandbox
    client, subscription = people.client(sandbox.user), sandbox.subscription_id
    found = people.client(people.someone()).get_group_by_subscription_id(subscription)
    assert (found.subscription_id, found.subscription_info is None) == (subscription, False)
    with pytest.raises(PermissionDeniedError):
        client.get_group(found.group_id)
    group = sandbox.add_group("Sandpipers")
    assert client.set_subscription_admin_verified(group.id, subscription).subscription_admin_verified_id == subscription
    stranger = people.client(people.someone())
    for value in (None, subscription):
        with pytest.raises(PermissionDeniedError):
            stranger.set_subscription_admin_verified(group.id, value)
    assert GroupsManager(client).update_group(group.id, name="S").subscription_admin_verified_id == subscription
    assert (
        client.update_group(group.id, {"subscription_admin_verified_id": None}).subscription_admin_verified_id is None
    )
    with pytest.raises(NotFoundError):
        client.get_group_by_subscription_id(group.id)
    with pytest.raises(NotFoundError):
        client.set_subscription_admin_verified(group.id, group.id)


def test_a_token_must_be_there_and_give_the_scope(people: People) -> None:
    user = people.sandbox.user
    group = people.sandbox.add_group("Phalaropes")
    looking = people.client(user, GroupsScopes.view_my_groups_and_memberships)
    assert looking.get_my_groups()
    seen = looking.get_group(group.id, include=["my_memberships", "allowed_actions"])
    assert (len(seen.my_memberships or ()), seen.allowed_actions) == (1, None)
    with pytest.raises(PermissionDeniedError, match=r"GroupsScopes\.all") as narrow:
        looking.create_group({"name": "n"})
    assert isinstance(narrow.value, GroupsAPIError)
    assert narrow.value.provided_scopes == (GroupsScopes.view_my_groups_and_memberships,)
    codes: list[str] = []
    for header in ({}, {"Authorization": "Basic eDp5"}, {"Authorization": "Bearer nothing"}):
        with pytest.raises(AuthenticationError) as refused:
            type(looking)(base_url=people.sandbox.url).get("groups/my_groups", headers=header)
        codes.append(refused.value.code)
    assert codes == ["AUTHENTICATION_ERROR", "AUTHENTICATION_ERROR", "INVALID_TOKEN"]


def test_who_is_in_a_thousand_groups_makes_no_more(people: People) -> None:
    ada = people.someone()
    for number in range(1001):
        people.sandbox.add_group(f"Group {number}", admins=[ada])
    with pytest.raises(BadRequestError, match="1000"):
        people.client(ada).create_group({"name": "one more"})
    assert len(people.client(ada).get_my_groups()) == 1001


def test_a_group_can_demand_a_login(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    sandbox = people.sandbox
    for name, value in sandbox.environment.items():
        monkeypatch.setenv(name, value)
    group = sandbox.add_group("Stints", high_assurance=True, authentication_assurance_timeout=600)
    app = sandbox.app(scopes={"groups.api.globus.org": GroupsScopes.all})
    with type(people.client(sandbox.user))(app=app, app_scopes=GroupsScopes.all, base_url=sandbox.url) as client:
        client.update_group(group.id, {"description": "small"})
        timeouts = client.get_group(group.id).session_timeouts or {}
        assert {id: left.expires_in for id, left in timeouts.items()} == {sandbox.user.id: 600}
        people.clock.now += 601
        with pytest.raises(ReauthenticationRequiredError) as stale:
            client.update_group(group.id, {"description": "smaller"})
        assert (stale.value.http_status, stale.value.code) == (401, "SESSION_ENFORCEMENT_FAILED")
        app.resolve(stale.value)
        client.update_group(group.id, {"description": "smaller"})
        sandbox.demand_group_login(group)
        with pytest.raises(ReauthenticationRequiredError) as demanded:
            client.batch_membership_action(group.id, BatchMembershipActions().add_members(people.someone().id))
        app.resolve(demanded.value)
        assert client.batch_membership_action(group.id, BatchMembershipActions().add_members(people.someone().id)).ok
    people.clock.now -= 601


def test_failures_come_in_the_form_of_the_service(people: People) -> None:
    group, client = people.sandbox.add_group("Dotterels"), people.client(people.sandbox.user)
    people.sandbox.fail_next(409, route="POST /groups/{group_id}")
    with pytest.raises(ConflictError) as conflict:
        people.act(people.sandbox.user, group, BatchMembershipActions().add_members(people.someone().id))
    assert isinstance(conflict.value, GroupsAPIError)
    assert conflict.value.code == "CONFLICT"
    people.sandbox.fail_next(500, route="GET /groups/{group_id}")
    found = client.with_options(retry=RetryPolicy(jitter=lambda: 0.0, max_backoff=0.0)).get_group(group.id)
    assert found.http is not None
    assert found.http.attempts == 2


def test_what_is_added_must_fit(people: People) -> None:
    group = people.sandbox.add_group("One", id="1d3e0c7a-9b52-4a7e-8d60-2f6b1c9e0001")
    assert group.id == "1d3e0c7a-9b52-4a7e-8d60-2f6b1c9e0001"
    for id in ("one", group.id):
        with pytest.raises(GlobusUsageError, match="id"):
            people.sandbox.add_group("Another", id=id)
    with pytest.raises(GlobusUsageError, match="group"):
        people.sandbox.demand_group_login("none")
