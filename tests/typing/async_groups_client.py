# pyright: reportUnnecessaryTypeIgnoreComment=true
"""What a type checker says of the clients of Groups. Checked, never run: every ignored line must be an error."""

from uuid import UUID

from typing_extensions import assert_type

from globus_typed import (
    AsyncGroupsClient,
    AsyncGroupsManager,
    BatchMembershipActions,
    Group,
    GroupPolicies,
    GroupRole,
    GroupsAPIError,
    GroupsScopes,
    GroupVisibility,
    Membership,
    MembershipActionResult,
    UserApp,
)
from globus_typed.groups import (
    FailedMembershipAction,
    GroupChildren,
    GroupCreate,
    GroupList,
    GroupPoliciesUpdate,
    GroupStatuses,
    GroupUpdate,
    IdentityPreferences,
    IdentityPreferencesMap,
    IdentityPreferencesMapUpdate,
    IdentityPreferencesUpdate,
    MembershipFields,
    MembershipFieldsMap,
    MembershipFieldsMapUpdate,
    MembershipFieldsUpdate,
    StatusCounts,
    SubscriptionGroup,
    SubscriptionVerified,
)

A = "7a1d3c52-0b6e-4f19-9c44-3e8a51d20001"
U = UUID(A)


async def groups(client: AsyncGroupsClient) -> None:
    found = await client.get_my_groups(statuses=["invited", "pending"])
    assert_type(found, GroupList)
    assert_type(list(found), list[Group])
    assert_type(found[0].my_memberships, list[Membership] | None)
    assert_type(await client.get_group(U, include="memberships"), Group)
    assert_type(await client.get_group(A, include=("policies", "child_ids"), query_params={"x": 1}), Group)
    children = await client.get_children(A)
    assert_type(children, GroupChildren)
    assert_type(list(children), list[Group])
    statuses = await client.get_statuses()
    assert_type(statuses, GroupStatuses)
    assert_type(statuses[A], StatusCounts)
    assert_type(statuses.get(A), StatusCounts | None)
    assert_type(statuses.get(A, 5), StatusCounts | int)
    assert_type(list(statuses), list[str])
    assert_type([*statuses.items()], list[tuple[str, StatusCounts]])
    assert_type(await client.create_group(GroupCreate(name="n", policies={"join_requests": True})), Group)
    assert_type(await client.create_group({"name": "n"}), Group)
    assert_type(await client.update_group(A, GroupUpdate(description=None)), Group)
    assert_type(await client.delete_group(U), Group)
    assert_type(await client.get_group_by_subscription_id(U), SubscriptionGroup)
    assert_type(await client.set_subscription_admin_verified(A, None), SubscriptionVerified)
    await client.get_my_groups(status="active")  # type: ignore[call-arg]  # a misspelt parameter
    await client.get_my_groups(statuses="Active")  # type: ignore[arg-type]  # lower case
    await client.get_group(A, include="members")  # type: ignore[arg-type]  # memberships
    await client.get_group()  # type: ignore[call-arg]  # which?
    await client.get_children(A, include=["children"])  # type: ignore[list-item]  # child_ids
    await client.get_statuses(A)  # type: ignore[call-arg, arg-type]  # of all
    await client.create_group("n")  # type: ignore[arg-type]  # a document
    await client.update_group(A, GroupCreate(name="n"))  # type: ignore[arg-type]  # that makes one
    await client.delete_group(A, True)  # type: ignore[call-arg, arg-type]  # there is nothing to say
    await client.get_group_by_subscription_id(5)  # type: ignore[arg-type]  # an id
    await client.set_subscription_admin_verified(A)  # type: ignore[call-arg]  # None has to be said
    print(found[0].naem)  # type: ignore[attr-defined]  # a misspelt field


async def policies(client: AsyncGroupsClient) -> None:
    policies = await client.get_group_policies(A)
    assert_type(policies, GroupPolicies)
    assert_type(policies.is_high_assurance, bool | None)
    update = GroupPoliciesUpdate(is_high_assurance=policies.is_high_assurance)
    assert_type(await client.set_group_policies(A, update), GroupPolicies)
    assert_type(await client.set_group_policies(A, policies), GroupPolicies)
    assert_type(await client.set_group_policies(A, {"join_requests": True}), GroupPolicies)
    GroupPoliciesUpdate(
        is_high_assurance=False,
        group_visibility=GroupVisibility.private,
        join_requests=policies.join_requests,
        authentication_assurance_timeout=policies.authentication_assurance_timeout,
        signup_fields=["zip"],
    )
    GroupCreate(name="n", policies=policies)
    GroupCreate(name=(await client.get_group(A)).name, policies=update)
    await client.get_group_policies()  # type: ignore[call-arg]  # whose?
    await client.set_group_policies(A, True)  # type: ignore[arg-type]  # a document
    GroupPoliciesUpdate(group_visibility="private")  # type: ignore[call-arg]  # whether it is of high assurance
    GroupPoliciesUpdate(is_high_assurance=False, visibility="private")  # type: ignore[call-arg]  # misspelt
    GroupPoliciesUpdate(is_high_assurance=False, group_visibility="public")  # type: ignore[arg-type]  # no such word
    GroupPoliciesUpdate(is_high_assurance=False, signup_fields=["first_name"])  # type: ignore[list-item]  # no such word
    GroupCreate(name="n", policies={"group_visibility": "public"})  # type: ignore[arg-type]  # no such word


async def memberships(client: AsyncGroupsClient) -> None:
    actions = BatchMembershipActions().add_members([A, U], role="manager").change_roles(GroupRole.admin, A)
    assert_type(actions, BatchMembershipActions)
    result = await client.batch_membership_action(A, actions, community_context="x")
    assert_type(result, MembershipActionResult)
    assert_type(result.add, list[Membership])
    assert_type(result.failed, tuple[FailedMembershipAction, ...])
    assert_type(result.raise_for_errors(), MembershipActionResult)
    assert_type(result.ok, bool)
    BatchMembershipActions(add=[{"identity_id": A, "role": "admin"}], leaves=[{"identity_id": U}])
    BatchMembershipActions().invite_members(A, invite_email_address="a@b.example").leave(U, status_reason="x")
    await client.batch_membership_action(A)  # type: ignore[call-arg]  # what?
    await client.batch_membership_action(A, [actions])  # type: ignore[arg-type]  # they are together already
    BatchMembershipActions().add_members(A, role="owner")  # type: ignore[arg-type]  # no such role
    BatchMembershipActions().change_roles(A)  # type: ignore[call-arg, arg-type]  # which?
    BatchMembershipActions().join(5)  # type: ignore[arg-type]  # an id
    BatchMembershipActions(change_role=[{"identity_id": A}])  # type: ignore[list-item]  # which?
    BatchMembershipActions(joins=[{"identity_id": A, "role": "admin"}])  # type: ignore[list-item]  # no say
    BatchMembershipActions(adds=[])  # type: ignore[call-arg]  # add
    print(result.added)  # type: ignore[attr-defined]  # add


async def identities(client: AsyncGroupsClient) -> None:
    preferences = await client.get_identity_preferences()
    assert_type(preferences, IdentityPreferencesMap)
    assert_type(preferences[A], IdentityPreferences)
    assert_type(await client.set_identity_preferences({A: {"allow_add": None}}), IdentityPreferencesMap)
    assert_type(
        await client.set_identity_preferences({A: IdentityPreferencesUpdate(allow_add=True)}), IdentityPreferencesMap
    )
    preferences_update = IdentityPreferencesMapUpdate({U: {"allow_add": True}, A: {"allow_add": None}})
    assert_type(await client.set_identity_preferences(preferences_update), IdentityPreferencesMap)
    fields = await client.get_membership_fields(A)
    assert_type(fields, MembershipFieldsMap)
    assert_type([*fields.values()], list[MembershipFields])
    assert_type(await client.set_membership_fields(A, {A: {"zip": None}}), MembershipFieldsMap)
    assert_type(await client.set_membership_fields(A, {A: MembershipFieldsUpdate(zip="1")}), MembershipFieldsMap)
    fields_update = MembershipFieldsMapUpdate({U: {"zip": "1"}})
    assert_type(await client.set_membership_fields(A, fields_update), MembershipFieldsMap)
    await client.set_identity_preferences({"allow_add": False})  # type: ignore[dict-item]  # by identity
    await client.get_identity_preferences(A)  # type: ignore[call-arg, arg-type]  # of all one's own
    await client.set_membership_fields(A, {"zip": "1"})  # type: ignore[dict-item]  # by identity
    await client.get_membership_fields()  # type: ignore[call-arg]  # for which group?
    MembershipFieldsUpdate(favourite_bird="harrier")  # type: ignore[call-arg]  # no such field


async def manager(app: UserApp) -> None:
    manager = AsyncGroupsManager(AsyncGroupsClient(app=app, app_scopes=GroupsScopes.all))
    assert_type(manager.client, AsyncGroupsClient)
    assert_type(await manager.create_group("n", "d", parent_id=U, policies={"join_requests": True}), Group)
    assert_type(await manager.update_group(A, description=None), Group)
    assert_type(
        await manager.set_group_policies(
            A,
            is_high_assurance=None,
            group_visibility="private",
            group_members_visibility="members",
            join_requests=True,
            signup_fields=(),
        ),
        GroupPolicies,
    )
    assert_type(await manager.update_group_policies(A, join_requests=True), GroupPolicies)
    assert_type(await manager.accept_invite(A, U), MembershipActionResult)
    assert_type(await manager.add_member(A, U, role=GroupRole.manager), MembershipActionResult)
    assert_type(await manager.approve_pending(A, U, status_reason="x"), MembershipActionResult)
    assert_type(await manager.change_role(A, U, "admin"), MembershipActionResult)
    assert_type(await manager.decline_invite(A, U), MembershipActionResult)
    assert_type(await manager.invite_member(A, U, invite_email_address="a@b.example"), MembershipActionResult)
    assert_type(await manager.join(A, U), MembershipActionResult)
    assert_type(await manager.leave(A, U), MembershipActionResult)
    assert_type(await manager.reject_join_request(A, U), MembershipActionResult)
    assert_type(await manager.remove_member(A, U), MembershipActionResult)
    assert_type(await manager.request_join(A, U), MembershipActionResult)
    AsyncGroupsManager(app)  # type: ignore[arg-type]  # a client
    await manager.create_group()  # type: ignore[call-arg]  # a name
    await manager.update_group(A, name=None)  # type: ignore[arg-type]  # a name cannot be cleared
    await manager.set_group_policies(A, is_high_assurance=True)  # type: ignore[call-arg]  # all of them
    await manager.update_group_policies(A, joins=True)  # type: ignore[call-arg]  # misspelt
    await manager.accept_invite(A)  # type: ignore[call-arg]  # whose?
    await manager.add_member(A, U, role="owner")  # type: ignore[arg-type]  # no such role
    await manager.approve_pending(A, U, reason="x")  # type: ignore[call-arg]  # status_reason
    await manager.change_role(A, U)  # type: ignore[call-arg]  # which?
    await manager.decline_invite(A, None)  # type: ignore[arg-type]  # whose?
    await manager.invite_member(A, U, "admin")  # type: ignore[call-arg]  # by keyword
    await manager.join(A, U, role="admin")  # type: ignore[call-arg]  # no say
    await manager.leave(A)  # type: ignore[call-arg]  # who?
    await manager.reject_join_request(A, 5)  # type: ignore[arg-type]  # an id
    await manager.remove_member(U)  # type: ignore[call-arg]  # whom?
    await manager.request_join(A, U, U)  # type: ignore[call-arg]  # one


def errors(error: GroupsAPIError) -> None:
    assert_type(error.provided_scopes, tuple[str, ...])
    assert_type(error.ambiguous_identities, tuple[str, ...])
    print(error.scopes)  # type: ignore[attr-defined]  # provided_scopes
