"""A group as the principal of other services: its members are admitted at once, and nobody else."""

import uuid

import pytest

from globus_typed import (
    AccessTokenAuthorizer,
    AuthClient,
    NotFoundError,
    PermissionDeniedError,
    TransferClient,
    TransferData,
)
from globus_typed.auth import AuthScopes
from globus_typed.groups import BatchMembershipActions
from globus_typed.sandbox.auth.store.directory import SandboxUser

from .conftest import People


def transfer(people: People, user: SandboxUser) -> TransferClient:
    return TransferClient(AccessTokenAuthorizer(people.sandbox.access_token(user=user)), base_url=people.sandbox.url)


def share(people: People) -> str:
    with transfer(people, people.sandbox.user) as owner:
        document = {"host_endpoint": people.sandbox.source.id, "host_path": "/~/", "display_name": f"S {uuid.uuid4()}"}
        return owner.create_shared_endpoint(document).id


def test_members_read_what_a_rule_gives_the_group(people: People) -> None:
    ada, bo = people.someone(), people.someone()
    linked = people.sandbox.add_user("linked.to.ada@sandbox.example", linked_to=ada)
    group, guest = people.sandbox.add_group("Readers", members=[ada]), share(people)
    with transfer(people, people.sandbox.user) as owner:
        rule = {"principal_type": "group", "principal": group.id, "path": "/", "permissions": "r"}
        owner.add_endpoint_acl_rule(guest, rule)
    with transfer(people, ada) as hers, transfer(people, bo) as his, transfer(people, linked) as also_hers:
        assert [each.name for each in hers.operation_ls(guest, path="/")]
        assert [each.name for each in also_hers.operation_ls(guest, path="/")]
        assert guest in {each.id for each in hers.endpoint_search(filter_scope="shared-with-me")}
        data = TransferData(guest, people.sandbox.destination.id)
        data.add_item("/welcome.txt", "/x.txt")
        with pytest.raises(PermissionDeniedError):
            his.operation_ls(guest, path="/")
        people.act(people.sandbox.user, group, BatchMembershipActions().invite_members(bo.id)).raise_for_errors()
        with pytest.raises(PermissionDeniedError):
            his.operation_ls(guest, path="/")
        people.act(bo, group, BatchMembershipActions().accept_invites(bo.id)).raise_for_errors()
        assert [each.name for each in his.operation_ls(guest, path="/")]
        people.act(ada, group, BatchMembershipActions().leave(ada.id)).raise_for_errors()
        for client in (hers, also_hers):
            with pytest.raises(PermissionDeniedError):
                client.operation_ls(guest, path="/")
        people.client(people.sandbox.user).delete_group(group.id)
        with pytest.raises(PermissionDeniedError):
            his.operation_ls(guest, path="/")


def test_members_of_a_group_below_are_admitted_too(people: People) -> None:
    ada = people.someone()
    top = people.sandbox.add_group("Above")
    people.sandbox.add_group("Below", members=[ada], parent=top)
    guest = share(people)
    with transfer(people, people.sandbox.user) as owner, transfer(people, ada) as hers:
        rule = {"principal_type": "group", "principal": top.id, "path": "/", "permissions": "r"}
        owner.add_endpoint_acl_rule(guest, rule)
        assert [each.name for each in hers.operation_ls(guest, path="/")]


def test_members_have_the_roles_of_the_group_and_manage_its_pause_rules(people: People) -> None:
    ada = people.someone()
    group = people.sandbox.add_group("Operators", members=[ada])
    here = people.sandbox.source.id
    with transfer(people, people.sandbox.user) as owner, transfer(people, ada) as hers:
        rule = {"endpoint_id": here, "message": "Quiet", "pause_ls": False}
        with pytest.raises(PermissionDeniedError):
            hers.endpoint_manager_create_pause_rule(rule)
        role = owner.add_endpoint_role(
            here, {"principal_type": "group", "principal": group.id, "role": "activity_manager"}
        )
        made = hers.endpoint_manager_create_pause_rule(rule)
        assert made.modified_by_id == ada.id
        hers.endpoint_manager_delete_pause_rule(made.id)
        people.act(people.sandbox.user, group, BatchMembershipActions().remove_members(ada.id)).raise_for_errors()
        with pytest.raises(PermissionDeniedError):
            hers.endpoint_manager_create_pause_rule(rule)
        owner.delete_endpoint_role(here, role.id)


def test_members_administer_the_projects_of_the_group(people: People) -> None:
    ada = people.someone()
    group = people.sandbox.add_group("Developers", members=[ada], description="who develop")

    def auth(user: SandboxUser) -> AuthClient:
        token = AccessTokenAuthorizer(people.sandbox.access_token(AuthScopes.manage_projects, user=user))
        return AuthClient(authorizer=token, base_url=people.sandbox.url)

    with auth(people.sandbox.user) as owner, auth(ada) as hers:
        project = owner.create_project(
            "Portal", "a@b.example", admin_ids=people.sandbox.user.id, admin_group_ids=group.id
        ).project
        admins = project.admins
        assert admins is not None
        assert [(each.id, each.name, each.description) for each in admins.groups or ()] == [
            (group.id, "Developers", "who develop")
        ]
        assert hers.get_project(project.id).project.display_name == "Portal"
        people.act(people.sandbox.user, group, BatchMembershipActions().remove_members(ada.id)).raise_for_errors()
        with pytest.raises(NotFoundError):
            hers.get_project(project.id)
