"""Roles: who may administer a collection, manage access to it, or monitor its tasks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from typing_extensions import Unpack

from globus_typed.core.query_params import NoMoreParams, merged_query
from globus_typed.core.request import Part, QueryValue, Request
from globus_typed.transfer import documents
from globus_typed.transfer.async_client.base import AsyncTransferBase
from globus_typed.transfer.service import V0_10


class AsyncRoleMethods(AsyncTransferBase):
    """Methods on roles."""

    async def endpoint_role_list(
        self,
        endpoint_id: str | UUID,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.RoleList:
        """The roles on the endpoint.

        ``GET /endpoint/{endpoint_id}/role_list``

        Parameters: `query_params`, further query parameters. Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Transfer API, "Roles".
        """
        return await self.send(
            Request(
                "GET",
                _roles(endpoint_id, "role_list"),
                documents.RoleList,
                query=merged_query(self.endpoint_role_list, params, query_params),
            )
        )

    async def add_endpoint_role(
        self, endpoint_id: str | UUID, role_data: documents.RoleCreate | Mapping[str, Any]
    ) -> documents.Role:
        """Add a role. Retried only if the request certainly did not arrive.

        ``POST /endpoint/{endpoint_id}/role``

        Parameters: `role_data`, a `RoleCreate` or an equivalent mapping.
        Raises `ConflictError` if the collection is not managed; `PermissionDeniedError`, `NotFoundError`;
        `pydantic.ValidationError` for an invalid document.
        Source: Transfer API, "Roles".
        """
        return await self.send(
            Request("POST", _roles(endpoint_id, "role"), documents.Role, json=documents.RoleCreate.of(role_data))
        )

    async def get_endpoint_role(
        self,
        endpoint_id: str | UUID,
        role_id: str | UUID,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.Role:
        """The role with this id.

        ``GET /endpoint/{endpoint_id}/role/{role_id}``

        Parameters: `query_params`, further query parameters. Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Transfer API, "Roles".
        """
        return await self.send(
            Request(
                "GET",
                _role(endpoint_id, role_id),
                documents.Role,
                query=merged_query(self.get_endpoint_role, params, query_params),
            )
        )

    async def delete_endpoint_role(self, endpoint_id: str | UUID, role_id: str | UUID) -> documents.Result:
        """Delete a role.

        ``DELETE /endpoint/{endpoint_id}/role/{role_id}``

        Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Transfer API, "Roles".
        """
        return await self.send(Request("DELETE", _role(endpoint_id, role_id), documents.Result))


def _roles(endpoint_id: str | UUID, what: str) -> tuple[str | Part, ...]:
    return V0_10, "endpoint", Part("endpoint_id", endpoint_id), what


def _role(endpoint_id: str | UUID, role_id: str | UUID) -> tuple[str | Part, ...]:
    return *_roles(endpoint_id, "role"), Part("role_id", role_id)
