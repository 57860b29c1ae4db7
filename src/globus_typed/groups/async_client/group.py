"""Groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from globus_typed.core.query_params import merged_query
from globus_typed.core.request import Part, QueryValue, Request
from globus_typed.core.results import with_id
from globus_typed.groups import documents
from globus_typed.groups.arguments import IncludeArgument, StatusArgument
from globus_typed.groups.async_client.base import AsyncGroupsBase
from globus_typed.groups.query import INCLUDED, STATUSES, words_text


class AsyncGroupMethods(AsyncGroupsBase):
    """Methods on groups."""

    async def get_my_groups(
        self,
        *,
        statuses: StatusArgument | Iterable[StatusArgument] | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
    ) -> documents.GroupList:
        """The groups that an identity of the caller has a membership in, with those memberships as `my_memberships`.

        ``GET /v2/groups/my_groups``

        Parameters: `statuses`, of the memberships that count, one or several (None: active ones alone): with
        ``["invited", "pending"]`` it gives the groups that the caller is invited to or waits for; `query_params`,
        further query parameters.
        Raises `GlobusUsageError` for a status that there is not; `PermissionDeniedError` if the token lacks the scope.
        Source: Groups API, "Retrieve your groups and membership".
        """
        named = {"statuses": words_text("statuses", statuses, STATUSES)}
        query = merged_query(self.get_my_groups, {}, query_params, named)
        return await self.send(Request("GET", ("v2", "groups", "my_groups"), documents.GroupList, query=query))

    async def get_group(
        self,
        group_id: str | UUID,
        *,
        include: IncludeArgument | Iterable[IncludeArgument] | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
    ) -> documents.Group:
        """The group with this id.

        ``GET /v2/groups/{group_id}``

        Parameters: `include`, parts of the group that come only when asked for, one or several; `memberships` come only
        if the caller may see them; `query_params`, further query parameters.
        Raises `GlobusUsageError` for a part that there is not; `NotFoundError`; `PermissionDeniedError` for a private
        group that the caller has nothing to do with.
        Source: Groups API, "Get group".
        """
        named = {"include": words_text("include", include, INCLUDED)}
        query = merged_query(self.get_group, {}, query_params, named)
        return await self.send(Request("GET", _group(group_id), documents.Group, query=query))

    async def get_children(
        self,
        group_id: str | UUID,
        *,
        include: IncludeArgument | Iterable[IncludeArgument] | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
    ) -> documents.GroupChildren:
        """The groups directly below this one that the caller may see.

        ``GET /v2/groups/{group_id}/children``

        Parameters: `include`, as for `get_group`; `query_params`, further query parameters.
        Raises what `get_group` raises.
        Source: Groups API, "Get children of a group", which globus-sdk has no method for.
        """
        named = {"include": words_text("include", include, INCLUDED)}
        query = merged_query(self.get_children, {}, query_params, named)
        return await self.send(Request("GET", _group(group_id, "children"), documents.GroupChildren, query=query))

    async def get_statuses(self, *, query_params: Mapping[str, QueryValue] | None = None) -> documents.GroupStatuses:
        """How many memberships have each status, by the ids of the groups that the caller is a manager or admin of.

        ``GET /v2/groups/statuses``

        Parameters: `query_params`, further query parameters.
        Raises `PermissionDeniedError` if the token lacks the scope.
        Source: Groups API, "Get group statuses", which globus-sdk has no method for.
        """
        query = merged_query(self.get_statuses, {}, query_params)
        return await self.send(Request("GET", ("v2", "groups", "statuses"), documents.GroupStatuses, query=query))

    async def create_group(
        self,
        data: documents.GroupCreate | Mapping[str, object],
        *,
        query_params: Mapping[str, QueryValue] | None = None,
    ) -> documents.Group:
        """Create a group, whose admin and only member is the caller. Retried only if it certainly did not arrive.

        ``POST /v2/groups``; names are not unique, so that a second request would make a second group

        Parameters: `data`, a `GroupCreate` or an equivalent mapping; `query_params`, further query parameters.
        Raises `PermissionDeniedError` if the token may only look (the default of apps), or the caller does not
        administer the parent; `BadRequestError` for a caller with more than 1,000 active memberships;
        `pydantic.ValidationError` for an invalid document.
        Source: Groups API, "Create a new group".
        """
        query = merged_query(self.create_group, {}, query_params)
        body = documents.GroupCreate.of(data)
        return await self.send(Request("POST", ("v2", "groups"), documents.Group, query=query, json=body))

    async def update_group(
        self,
        group_id: str | UUID,
        data: documents.GroupUpdate | Mapping[str, object],
        *,
        query_params: Mapping[str, QueryValue] | None = None,
    ) -> documents.Group:
        """Change a group; the result is the group as it is now.

        ``PUT /v2/groups/{group_id}``

        Parameters: `data`, a `GroupUpdate` or an equivalent mapping; `query_params`, further query parameters.
        Raises `NotFoundError`; `PermissionDeniedError` if the caller is no admin of the group;
        `pydantic.ValidationError` for an invalid document.
        Source: Groups API, "Update an existing group".
        """
        query = merged_query(self.update_group, {}, query_params)
        body = documents.GroupUpdate.of(data)
        answer = await self.send(Request("PUT", _group(group_id), documents.Group, query=query, json=body))
        return with_id(answer, group_id)

    async def delete_group(
        self, group_id: str | UUID, *, query_params: Mapping[str, QueryValue] | None = None
    ) -> documents.Group:
        """Delete a group; the result is the group as it was.

        ``DELETE /v2/groups/{group_id}``

        Parameters: `query_params`, further query parameters.
        Raises `NotFoundError`, also where a retry finds that an attempt before it had succeeded;
        `PermissionDeniedError` if the caller is no admin of the group; `BadRequestError` for one with groups below it.
        Source: Groups API, "Delete a group".
        """
        query = merged_query(self.delete_group, {}, query_params)
        return with_id(await self.send(Request("DELETE", _group(group_id), documents.Group, query=query)), group_id)

    async def get_group_by_subscription_id(
        self, subscription_id: str | UUID, *, query_params: Mapping[str, QueryValue] | None = None
    ) -> documents.SubscriptionGroup:
        """The group of a subscription, which everybody may know; the group itself may be private.

        ``GET /v2/subscription_info/{subscription_id}``

        Parameters: `query_params`, further query parameters.
        Raises `NotFoundError` if there is no such subscription.
        Source: Groups API, "Get subscription info".
        """
        query = merged_query(self.get_group_by_subscription_id, {}, query_params)
        path = ("v2", "subscription_info", Part("subscription_id", subscription_id))
        return await self.send(Request("GET", path, documents.SubscriptionGroup, query=query))

    async def set_subscription_admin_verified(
        self,
        group_id: str | UUID,
        subscription_id: str | UUID | None,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
    ) -> documents.SubscriptionVerified:
        """Verify a group for a subscription, as an administrator of that subscription.

        ``PUT /v2/groups/{group_id}/subscription_admin_verified``

        Parameters: `subscription_id` (None: for none any more); `query_params`, further query parameters.
        Raises `NotFoundError`; `PermissionDeniedError` if the caller does not administer the subscription, and the one
        that the group was verified for; `pydantic.ValidationError` for what is no id.
        Source: Groups API, "Update subscription admin verified".
        """
        query = merged_query(self.set_subscription_admin_verified, {}, query_params)
        body = documents.SubscriptionVerifiedUpdate.of({"subscription_admin_verified_id": subscription_id})
        path = _group(group_id, "subscription_admin_verified")
        return await self.send(Request("PUT", path, documents.SubscriptionVerified, query=query, json=body))


def _group(group_id: str | UUID, *more: str) -> tuple[str | Part, ...]:
    return "v2", "groups", Part("group_id", group_id), *more
