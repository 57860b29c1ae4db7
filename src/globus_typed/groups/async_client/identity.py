"""Settings of the caller's identities: preferences, and sign-up fields of groups."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from globus_typed.core.query_params import merged_query
from globus_typed.core.request import Part, QueryValue, Request
from globus_typed.groups import documents
from globus_typed.groups.async_client.base import AsyncGroupsBase


class AsyncIdentityMethods(AsyncGroupsBase):
    """Methods on what the caller's identities have set."""

    async def get_identity_preferences(
        self, *, query_params: Mapping[str, QueryValue] | None = None
    ) -> documents.IdentityPreferencesMap:
        """The preferences of the caller's identities, by their ids.

        ``GET /v2/preferences``

        Parameters: `query_params`, further query parameters.
        Raises `PermissionDeniedError` if the token lacks the scope.
        Source: Groups API, "Get the preferences for your identity set".
        """
        query = merged_query(self.get_identity_preferences, {}, query_params)
        return await self.send(Request("GET", ("v2", "preferences"), documents.IdentityPreferencesMap, query=query))

    async def set_identity_preferences(
        self,
        data: documents.IdentityPreferencesMapUpdate
        | Mapping[str, documents.IdentityPreferencesUpdate | documents.PreferencesFields],
        *,
        query_params: Mapping[str, QueryValue] | None = None,
    ) -> documents.IdentityPreferencesMap:
        """Set preferences of the caller's identities: ``{identity_id: {"allow_add": False}}``.

        ``PUT /v2/preferences``

        Parameters: `data`, preferences by the ids of the caller's identities (``IdentityPreferencesMapUpdate({id: …})``
        for ids that are UUIDs); `query_params`, further query parameters.
        Raises `PermissionDeniedError` for an identity that is not the caller's; `pydantic.ValidationError` for an
        invalid document.
        Source: Groups API, "Update the preferences for your identity set".
        """
        query = merged_query(self.set_identity_preferences, {}, query_params)
        body = documents.IdentityPreferencesMapUpdate.of_ids(data)
        return await self.send(
            Request("PUT", ("v2", "preferences"), documents.IdentityPreferencesMap, query=query, json=body)
        )

    async def get_membership_fields(
        self, group_id: str | UUID, *, query_params: Mapping[str, QueryValue] | None = None
    ) -> documents.MembershipFieldsMap:
        """The sign-up fields of a group as the caller's identities have filled them in, by their ids.

        ``GET /v2/groups/{group_id}/membership_fields``

        Parameters: `query_params`, further query parameters.
        Raises `NotFoundError`; `PermissionDeniedError` for a group that the caller may not see.
        Source: Groups API, "Get membership fields for your identity set".
        """
        query = merged_query(self.get_membership_fields, {}, query_params)
        return await self.send(Request("GET", _fields(group_id), documents.MembershipFieldsMap, query=query))

    async def set_membership_fields(
        self,
        group_id: str | UUID,
        data: documents.MembershipFieldsMapUpdate
        | Mapping[str, documents.MembershipFieldsUpdate | Mapping[str, str | None]],
        *,
        query_params: Mapping[str, QueryValue] | None = None,
    ) -> documents.MembershipFieldsMap:
        """Fill in fields for a group, which may require some before one can join: ``{identity_id: {"country": "NZ"}}``.

        ``PUT /v2/groups/{group_id}/membership_fields``

        Parameters: `data`, fields by the ids of the caller's identities (``MembershipFieldsMapUpdate({id: …})`` for ids
        that are UUIDs); `query_params`, further query parameters.
        Raises `NotFoundError`; `PermissionDeniedError` for an identity that is not the caller's;
        `pydantic.ValidationError` for an invalid document.
        Source: Groups API, "Update membership fields for your identity set".
        """
        query = merged_query(self.set_membership_fields, {}, query_params)
        body = documents.MembershipFieldsMapUpdate.of_ids(data)
        return await self.send(Request("PUT", _fields(group_id), documents.MembershipFieldsMap, query=query, json=body))


def _fields(group_id: str | UUID) -> tuple[str | Part, ...]:
    return "v2", "groups", Part("group_id", group_id), "membership_fields"
