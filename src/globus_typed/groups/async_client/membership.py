"""Memberships of groups."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from globus_typed.core.query_params import merged_query
from globus_typed.core.request import Part, QueryValue, Request
from globus_typed.groups import documents
from globus_typed.groups.async_client.base import AsyncGroupsBase


class AsyncMembershipMethods(AsyncGroupsBase):
    """Methods on memberships."""

    async def batch_membership_action(
        self,
        group_id: str | UUID,
        actions: documents.BatchMembershipActions | Mapping[str, object],
        *,
        community_context: str | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
    ) -> documents.MembershipActionResult:
        """Act on memberships of a group, any number of them; each action may fail by itself, and the result tells.

            result = client.batch_membership_action(group_id, BatchMembershipActions().add_members([ada, bo]))
            for error in result.failed:
                print(error.identity_id, error.code)

        The call succeeds even if all actions failed: read `failed`, or call `raise_for_errors()` on the result.

        ``POST /v2/groups/{group_id}``; a retry tells actions of an attempt that had succeeded as failed, with codes
        such as ``ALREADY_ACTIVE``

        Parameters: `actions`, a `BatchMembershipActions` or an equivalent mapping; `community_context`, the community
        that e-mails are sent in the name of; `query_params`, further query parameters.
        Raises `BadRequestError` for an identity that is named twice; `PermissionDeniedError` if the caller may not do
        one of the actions, so that none is done; `NotFoundError`; `ConflictError` if a membership was changed
        meanwhile; `ReauthenticationRequiredError` for a group that needs a more recent login;
        `pydantic.ValidationError` for invalid actions.
        Source: Groups API, "Perform actions on group members".
        """
        query = merged_query(self.batch_membership_action, {}, query_params)
        return await self.send(
            Request(
                "POST",
                ("v2", "groups", Part("group_id", group_id)),
                documents.MembershipActionResult,
                query=query,
                json=documents.BatchMembershipActions.of(actions).check(),
                headers={} if community_context is None else {"community-context": community_context},
                repeatable=True,
            )
        )
