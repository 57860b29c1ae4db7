"""The official SDK's clients of Groups: each of their methods runs against the sandbox."""

import inspect
import uuid
from typing import Any

import globus_sdk
import pytest
from globus_sdk.services.groups import BatchMembershipActions, GroupPolicies, GroupRole, GroupVisibility

from globus_typed.sandbox import Sandbox
from globus_typed.sandbox.auth.store.directory import SandboxUser

ALL = "urn:globus:auth:scope:groups.api.globus.org:all"


def client(sandbox: Sandbox, user: SandboxUser | None = None) -> globus_sdk.GroupsClient:
    """The official client of a person, which finds the sandbox by the environment."""
    token = sandbox.access_token(ALL, user=user)
    return globus_sdk.GroupsClient(authorizer=globus_sdk.AccessTokenAuthorizer(token))


@pytest.fixture
def gc(globus_sandbox: Sandbox) -> globus_sdk.GroupsClient:
    return client(globus_sandbox)


@pytest.fixture
def ada(globus_sandbox: Sandbox) -> SandboxUser:
    return globus_sandbox.add_user(f"ada{uuid.uuid4().hex}@sandbox.example")


CLIENT = {
    "batch_membership_action",
    "create_group",
    "delete_group",
    "get_group",
    "get_group_by_subscription_id",
    "get_group_policies",
    "get_identity_preferences",
    "get_membership_fields",
    "get_my_groups",
    "set_group_policies",
    "set_identity_preferences",
    "set_membership_fields",
    "set_subscription_admin_verified",
    "update_group",
}
MANAGER = {
    "accept_invite",
    "add_member",
    "approve_pending",
    "change_role",
    "create_group",
    "decline_invite",
    "invite_member",
    "join",
    "leave",
    "reject_join_request",
    "remove_member",
    "request_join",
    "set_group_policies",
}


def test_these_are_all_of_its_methods() -> None:
    def own(kind: type[Any], base: type[Any]) -> set[str]:
        names = {name for name, _ in inspect.getmembers(kind, inspect.isfunction)} - {*dir(base)}
        return {name for name in names if not name.startswith("_")}

    assert own(globus_sdk.GroupsClient, globus_sdk.BaseClient) == CLIENT
    assert own(globus_sdk.GroupsManager, object) == MANAGER


def test_groups(gc: globus_sdk.GroupsClient, globus_sandbox: Sandbox) -> None:
    made = gc.create_group({"name": "Waders", "description": None, "parent_id": None})
    group = made["id"]
    assert made.http_status == 201
    assert group in {each["id"] for each in gc.get_my_groups()}
    assert group not in {each["id"] for each in gc.get_my_groups(statuses=["invited", "left"])}
    assert gc.get_group(group, include=["memberships", "policies"])["memberships"][0]["role"] == "admin"
    assert gc.update_group(group, {"name": "Gulls"})["name"] == "Gulls"
    assert gc.get_group_policies(group)["group_visibility"] == "private"
    policies = GroupPolicies(
        is_high_assurance=False,
        group_visibility=GroupVisibility.authenticated,
        group_members_visibility="members",
        join_requests=True,
        signup_fields=[],
        authentication_assurance_timeout=3600,
    )
    assert gc.set_group_policies(group, policies)["authentication_assurance_timeout"] == 3600
    subscription = globus_sandbox.subscription_id
    assert gc.get_group_by_subscription_id(subscription)["subscription_id"] == subscription
    verified = gc.set_subscription_admin_verified(group, subscription)
    assert verified["subscription_admin_verified_id"] == subscription
    assert gc.set_subscription_admin_verified(group, None)["subscription_admin_verified_id"] is None
    assert gc.delete_group(group)["name"] == "Gulls"
    with pytest.raises(globus_sdk.GroupsAPIError) as gone:
        gc.get_group(group)
    assert (gone.value.http_status, gone.value.code, gone.value.message) == (
        404,
        "NOT_FOUND",
        f"There is no group {group}",
    )


def test_what_identities_have_set(gc: globus_sdk.GroupsClient, globus_sandbox: Sandbox) -> None:
    me = globus_sandbox.user.id
    assert gc.set_identity_preferences({me: {"allow_add": False}})[me] == {"allow_add": False}
    assert gc.get_identity_preferences()[me] == {"allow_add": False}
    group = gc.create_group({"name": "Terns"})["id"]
    fields: dict[str, Any] = {me: {"zip": "9016"}}
    assert gc.set_membership_fields(group, fields)[me] == {"zip": "9016"}
    assert gc.get_membership_fields(group)[me] == {"zip": "9016"}


def test_memberships(gc: globus_sdk.GroupsClient, globus_sandbox: Sandbox, ada: SandboxUser) -> None:
    group = gc.create_group({"name": "Plovers"})["id"]
    actions = BatchMembershipActions().add_members([ada.id], role=GroupRole.manager)
    assert gc.batch_membership_action(group, actions)["add"][0]["role"] == "manager"
    again = gc.batch_membership_action(group, actions)
    assert again.http_status == 200
    assert (again["add"], again["errors"]["add"][0]["code"]) == ([], "ALREADY_ACTIVE")


def test_the_manager(gc: globus_sdk.GroupsClient, globus_sandbox: Sandbox, ada: SandboxUser) -> None:
    manager, hers = globus_sdk.GroupsManager(gc), globus_sdk.GroupsManager(client(globus_sandbox, ada))
    group = manager.create_group("Stilts", "who count stilts")["id"]
    assert manager.create_group("Long stilts", "", parent_id=group)["parent_id"] == group
    manager.set_group_policies(
        group,
        is_high_assurance=False,
        group_visibility="private",
        group_members_visibility="managers",
        join_requests=True,
        signup_fields=[],
    )

    def status(answer: globus_sdk.GlobusHTTPResponse, action: str) -> Any:
        assert "errors" not in answer.data, answer.text
        return answer[action][0]["status"]

    assert status(hers.request_join(group, ada.id), "request_join") == "pending"
    assert status(manager.reject_join_request(group, ada.id), "reject") == "rejected"
    assert status(hers.request_join(group, ada.id), "request_join") == "pending"
    assert status(manager.approve_pending(group, ada.id), "approve") == "active"
    assert manager.change_role(group, ada.id, "manager")["change_role"][0]["role"] == "manager"
    assert status(hers.leave(group, ada.id), "leave") == "left"
    assert status(manager.invite_member(group, ada.id, role="member"), "invite") == "invited"
    assert status(hers.decline_invite(group, ada.id), "decline") == "declined"
    assert status(manager.invite_member(group, ada.id), "invite") == "invited"
    assert status(hers.accept_invite(group, ada.id), "accept") == "active"
    assert status(manager.remove_member(group, ada.id), "remove") == "removed"
    assert status(manager.add_member(group, ada.id), "add") == "active"
    assert hers.join(group, ada.id)["errors"]["join"][0]["code"] == "JOIN_NOT_ALLOWED"


def test_refusals(gc: globus_sdk.GroupsClient, globus_sandbox: Sandbox, ada: SandboxUser) -> None:
    group = gc.create_group({"name": "Avocets"})["id"]
    with pytest.raises(globus_sdk.GroupsAPIError) as private:
        client(globus_sandbox, ada).get_group(group)
    assert (private.value.http_status, private.value.code) == (403, "FORBIDDEN")
    # Its change_roles takes one id for a list of letters.
    with pytest.raises(globus_sdk.GroupsAPIError) as letters:
        gc.batch_membership_action(group, BatchMembershipActions().change_roles("admin", ada.id))
    assert letters.value.http_status == 422
    assert letters.value.raw_json is not None
    assert letters.value.raw_json["detail"][0]["loc"] == ["body", "change_role", 0, "identity_id"]
