# Generated from policies.py by tools/unasync.py: change that file.
"""Policies of groups."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from globus_typed.core.query_params import merged_query
from globus_typed.core.request import Part, QueryValue, Request
from globus_typed.groups import documents
from globus_typed.groups.client.base import GroupsBase


class PoliciesMethods(GroupsBase):
    """Methods on the policies of groups."""

    def get_group_policies(
        self, group_id: str | UUID, *, query_params: Mapping[str, QueryValue] | None = None
    ) -> documents.GroupPolicies:
        """The policies of a group.

        ``GET /v2/groups/{group_id}/policies``

        Parameters: `query_params`, further query parameters.
        Raises `NotFoundError`; `PermissionDeniedError` for a group that the caller may not see.
        Source: Groups API, "Get the policies for a group".
        """
        query = merged_query(self.get_group_policies, {}, query_params)
        return self.send(Request("GET", _policies(group_id), documents.GroupPolicies, query=query))

    def set_group_policies(
        self,
        group_id: str | UUID,
        data: documents.GroupPoliciesUpdate
        | documents.PartialGroupPolicies
        | documents.GroupPolicies
        | Mapping[str, object],
        *,
        query_params: Mapping[str, QueryValue] | None = None,
    ) -> documents.GroupPolicies:
        """Set policies of a group, which take effect at once; the result is all of them.

        ``PUT /v2/groups/{group_id}/policies``

        Parameters: `data`, a `GroupPoliciesUpdate`, a mapping with some of its members, or policies as
        `get_group_policies` gives them; `query_params`, further query parameters. `GroupsManager.update_group_policies`
        changes some, and sends all.
        Raises `NotFoundError`; `PermissionDeniedError` if the caller is no admin of the group;
        `pydantic.ValidationError` for invalid policies.
        Source: Groups API, "Update the policies for a group".
        """
        query = merged_query(self.set_group_policies, {}, query_params)
        body = documents.PartialGroupPolicies.to_set(data)
        return self.send(Request("PUT", _policies(group_id), documents.GroupPolicies, query=query, json=body))


def _policies(group_id: str | UUID) -> tuple[str | Part, ...]:
    return "v2", "groups", Part("group_id", group_id), "policies"
