"""`AsyncGroupsManager`: what is done with groups most often, a method each."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from globus_typed.core.payloads import MISSING
from globus_typed.core.request import Part, Request
from globus_typed.core.results import with_id
from globus_typed.errors import GlobusUsageError
from globus_typed.groups import documents
from globus_typed.groups.arguments import GivenMembersVisibility, GivenRole, GivenSignupField, GivenVisibility
from globus_typed.groups.async_client.groups_client import AsyncGroupsClient


class AsyncGroupsManager:
    """Methods for the most frequent changes of groups, on top of an `AsyncGroupsClient`.

    Parameters: `client` (None: one of its own, with a ``groups_token`` from the configuration).
    """

    client: AsyncGroupsClient
    """The client that it uses."""

    def __init__(self, client: AsyncGroupsClient | None = None) -> None:
        if client is None:
            client = AsyncGroupsClient()
        elif not callable(getattr(client, "batch_membership_action", None)):
            raise GlobusUsageError(f"client: must be a client of Groups, got {type(client).__name__}")
        self.client = client

    async def create_group(
        self,
        name: str,
        description: str | None = None,
        *,
        parent_id: str | UUID | None = None,
        terms_and_conditions: str | None = None,
        policies: documents.PartialGroupPolicies
        | documents.GroupPoliciesUpdate
        | documents.GroupPolicies
        | documents.PoliciesFields
        | None = None,
    ) -> documents.Group:
        """Create a group, whose admin and only member is the caller.

        Parameters: `name`; `description` (None: none); `parent_id`, of the group to create it below (None: none);
        `terms_and_conditions` (None: none); `policies` (None: the service's defaults, which are the most private).
        Raises what the client's `create_group` raises.
        """
        fields = {
            "name": name,
            "description": description,
            "parent_id": parent_id,
            "terms_and_conditions": terms_and_conditions,
            "policies": policies,
        }
        return await self.client.create_group(fields)

    async def update_group(
        self,
        group_id: str | UUID,
        *,
        name: str | MISSING = MISSING,
        description: str | None | MISSING = MISSING,
        terms_and_conditions: str | None | MISSING = MISSING,
    ) -> documents.Group:
        """Change a group, and send what does not change along as it is, so that nothing can get lost.

        Parameters: `group_id`; `name`; `description` and `terms_and_conditions` (None: none). What is not given is read
        first.
        Raises what the client's `get_group` and `update_group` raise.
        """
        given = {"name": name, "description": description, "terms_and_conditions": terms_and_conditions}
        changes = documents.GroupUpdate.of(given)
        body = changes.whole(await self.client.get_group(group_id))
        path = ("v2", "groups", Part("group_id", group_id))
        return with_id(await self.client.send(Request("PUT", path, documents.Group, json=body)), group_id)

    async def set_group_policies(
        self,
        group_id: str | UUID,
        *,
        is_high_assurance: bool | None,
        group_visibility: GivenVisibility,
        group_members_visibility: GivenMembersVisibility,
        join_requests: bool | None,
        signup_fields: Iterable[GivenSignupField],
        authentication_assurance_timeout: int | None | MISSING = MISSING,
    ) -> documents.GroupPolicies:
        """Set all policies of a group.

        Parameters: `group_id`; the policies, as in `GroupPoliciesUpdate`; an `authentication_assurance_timeout` that is
        not given stays as it is.
        Raises what the client's `set_group_policies` raises.
        """
        policies = documents.GroupPoliciesUpdate.of(
            {
                "is_high_assurance": is_high_assurance,
                "group_visibility": group_visibility,
                "group_members_visibility": group_members_visibility,
                "join_requests": join_requests,
                "signup_fields": signup_fields,
                "authentication_assurance_timeout": authentication_assurance_timeout,
            }
        )
        return await self.client.set_group_policies(group_id, policies)

    async def update_group_policies(
        self,
        group_id: str | UUID,
        *,
        is_high_assurance: bool | MISSING = MISSING,
        group_visibility: GivenVisibility | MISSING = MISSING,
        group_members_visibility: GivenMembersVisibility | MISSING = MISSING,
        join_requests: bool | MISSING = MISSING,
        signup_fields: Iterable[GivenSignupField] | MISSING = MISSING,
        authentication_assurance_timeout: int | None | MISSING = MISSING,
    ) -> documents.GroupPolicies:
        """Change some policies of a group, and send the others along as they are, so that nothing can get lost.

        Parameters: `group_id`; the policies to change, as in `GroupPoliciesUpdate`; the others are read first.
        Raises what the client's `get_group_policies` and `set_group_policies` raise.
        """
        changes = documents.PartialGroupPolicies.of(
            {
                "is_high_assurance": is_high_assurance,
                "group_visibility": group_visibility,
                "group_members_visibility": group_members_visibility,
                "join_requests": join_requests,
                "signup_fields": signup_fields,
                "authentication_assurance_timeout": authentication_assurance_timeout,
            }
        )
        policies = await self.client.get_group_policies(group_id)
        return await self.client.set_group_policies(group_id, changes.over(policies))

    async def accept_invite(
        self, group_id: str | UUID, identity_id: str | UUID, *, status_reason: str | None = None
    ) -> documents.MembershipActionResult:
        """Accept an invitation, for an identity of the caller's.

        Parameters: `group_id`; `identity_id`; `status_reason` (None: none).
        Raises what `batch_membership_action` raises; whether the action itself failed is in the result.
        """
        actions = documents.BatchMembershipActions().accept_invites(identity_id, status_reason=status_reason)
        return await self.client.batch_membership_action(group_id, actions)

    async def add_member(
        self,
        group_id: str | UUID,
        identity_id: str | UUID,
        *,
        role: GivenRole = "member",
        status_reason: str | None = None,
    ) -> documents.MembershipActionResult:
        """Make an identity a member, without asking it.

        Parameters: `group_id`; `identity_id`; `role`; `status_reason` (None: none).
        Raises what `batch_membership_action` raises; whether the action itself failed is in the result.
        """
        actions = documents.BatchMembershipActions().add_members(identity_id, role=role, status_reason=status_reason)
        return await self.client.batch_membership_action(group_id, actions)

    async def approve_pending(
        self, group_id: str | UUID, identity_id: str | UUID, *, status_reason: str | None = None
    ) -> documents.MembershipActionResult:
        """Approve a request to join.

        Parameters: `group_id`; `identity_id`; `status_reason` (None: none).
        Raises what `batch_membership_action` raises; whether the action itself failed is in the result.
        """
        actions = documents.BatchMembershipActions().approve_pending(identity_id, status_reason=status_reason)
        return await self.client.batch_membership_action(group_id, actions)

    async def change_role(
        self, group_id: str | UUID, identity_id: str | UUID, role: GivenRole
    ) -> documents.MembershipActionResult:
        """Change the role of a member.

        Parameters: `group_id`; `identity_id`; `role`, the new one.
        Raises what `batch_membership_action` raises; whether the action itself failed is in the result.
        """
        actions = documents.BatchMembershipActions().change_roles(role, identity_id)
        return await self.client.batch_membership_action(group_id, actions)

    async def decline_invite(
        self, group_id: str | UUID, identity_id: str | UUID, *, status_reason: str | None = None
    ) -> documents.MembershipActionResult:
        """Decline an invitation, for an identity of the caller's.

        Parameters: `group_id`; `identity_id`; `status_reason` (None: none).
        Raises what `batch_membership_action` raises; whether the action itself failed is in the result.
        """
        actions = documents.BatchMembershipActions().decline_invites(identity_id, status_reason=status_reason)
        return await self.client.batch_membership_action(group_id, actions)

    async def invite_member(
        self,
        group_id: str | UUID,
        identity_id: str | UUID,
        *,
        role: GivenRole = "member",
        status_reason: str | None = None,
        invite_email_address: str | None = None,
    ) -> documents.MembershipActionResult:
        """Invite an identity.

        Parameters: `group_id`; `identity_id`; `role`, once it accepts; `status_reason` (None: none);
        `invite_email_address`, where the invitation is sent (None: to the identity's own address).
        Raises what `batch_membership_action` raises; whether the action itself failed is in the result.
        """
        actions = documents.BatchMembershipActions().invite_members(
            identity_id, role=role, status_reason=status_reason, invite_email_address=invite_email_address
        )
        return await self.client.batch_membership_action(group_id, actions)

    async def join(self, group_id: str | UUID, identity_id: str | UUID) -> documents.MembershipActionResult:
        """Join at once, with an identity of the caller's, which hardly any group allows.

        Parameters: `group_id`; `identity_id`.
        Raises what `batch_membership_action` raises; whether the action itself failed is in the result.
        """
        actions = documents.BatchMembershipActions().join(identity_id)
        return await self.client.batch_membership_action(group_id, actions)

    async def leave(
        self, group_id: str | UUID, identity_id: str | UUID, *, status_reason: str | None = None
    ) -> documents.MembershipActionResult:
        """Leave, with an identity of the caller's.

        Parameters: `group_id`; `identity_id`; `status_reason` (None: none).
        Raises what `batch_membership_action` raises; whether the action itself failed is in the result.
        """
        actions = documents.BatchMembershipActions().leave(identity_id, status_reason=status_reason)
        return await self.client.batch_membership_action(group_id, actions)

    async def reject_join_request(
        self, group_id: str | UUID, identity_id: str | UUID, *, status_reason: str | None = None
    ) -> documents.MembershipActionResult:
        """Reject a request to join.

        Parameters: `group_id`; `identity_id`; `status_reason` (None: none).
        Raises what `batch_membership_action` raises; whether the action itself failed is in the result.
        """
        actions = documents.BatchMembershipActions().reject_join_requests(identity_id, status_reason=status_reason)
        return await self.client.batch_membership_action(group_id, actions)

    async def remove_member(
        self, group_id: str | UUID, identity_id: str | UUID, *, status_reason: str | None = None
    ) -> documents.MembershipActionResult:
        """End a membership or an invitation.

        Parameters: `group_id`; `identity_id`; `status_reason` (None: none).
        Raises what `batch_membership_action` raises; whether the action itself failed is in the result.
        """
        actions = documents.BatchMembershipActions().remove_members(identity_id, status_reason=status_reason)
        return await self.client.batch_membership_action(group_id, actions)

    async def request_join(self, group_id: str | UUID, identity_id: str | UUID) -> documents.MembershipActionResult:
        """Request to join, with an identity of the caller's.

        Parameters: `group_id`; `identity_id`.
        Raises what `batch_membership_action` raises; whether the action itself failed is in the result.
        """
        actions = documents.BatchMembershipActions().request_join(identity_id)
        return await self.client.batch_membership_action(group_id, actions)
