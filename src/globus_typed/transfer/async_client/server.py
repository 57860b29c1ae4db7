"""The servers of an endpoint. Changing them is retired: the service refuses it (the sandbox emulates it)."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from typing_extensions import Unpack

from globus_typed.core.query_params import NoMoreParams, merged_query
from globus_typed.core.request import Part, QueryValue, Request
from globus_typed.transfer import documents
from globus_typed.transfer.async_client.base import AsyncTransferBase
from globus_typed.transfer.service import V0_10

_RETIRED = "{} is retired: the servers of an endpoint are managed by Globus Connect Server itself"


class AsyncServerMethods(AsyncTransferBase):
    """Methods on the servers of an endpoint."""

    async def endpoint_server_list(
        self,
        endpoint_id: str | UUID,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.ServerList:
        """The servers of the endpoint; a collection has none.

        ``GET /endpoint/{endpoint_id}/server_list``

        Parameters: `query_params`, further query parameters. Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Transfer API, "Endpoint Servers".
        """
        return await self.send(
            Request(
                "GET",
                _servers(endpoint_id, "server_list"),
                documents.ServerList,
                query=merged_query(self.endpoint_server_list, params, query_params),
            )
        )

    async def get_endpoint_server(
        self,
        endpoint_id: str | UUID,
        server_id: int | str,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.Server:
        """The server with this number.

        ``GET /endpoint/{endpoint_id}/server/{server_id}``

        Parameters: `query_params`, further query parameters. Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Transfer API, "Endpoint Servers".
        """
        return await self.send(
            Request(
                "GET",
                _server(endpoint_id, server_id),
                documents.Server,
                query=merged_query(self.get_endpoint_server, params, query_params),
            )
        )

    async def add_endpoint_server(
        self, endpoint_id: str | UUID, server_data: documents.ServerCreate | Mapping[str, Any]
    ) -> documents.ServerAddResult:
        """Add a server; the result has its `id`. Retired by the service; emits a `DeprecationWarning`.

        ``POST /endpoint/{endpoint_id}/server``

        Parameters: `server_data`, a `ServerCreate` or an equivalent mapping.
        Raises `BadRequestError` from the current service; `pydantic.ValidationError` for an invalid document.
        Source: Transfer API of 2017, "Endpoint Servers".
        """
        warnings.warn(_RETIRED.format("add_endpoint_server"), DeprecationWarning, stacklevel=2)
        body = documents.ServerCreate.of(server_data)
        return await self.send(Request("POST", _servers(endpoint_id, "server"), documents.ServerAddResult, json=body))

    async def update_endpoint_server(
        self, endpoint_id: str | UUID, server_id: int | str, server_data: documents.ServerUpdate | Mapping[str, Any]
    ) -> documents.Result:
        """Update a server. Retired by the service; emits a `DeprecationWarning`.

        ``PUT /endpoint/{endpoint_id}/server/{server_id}``

        Parameters: `server_data`, a `ServerUpdate` or an equivalent mapping.
        Raises `BadRequestError` from the current service; `pydantic.ValidationError` for an invalid document.
        Source: Transfer API of 2017, "Endpoint Servers".
        """
        warnings.warn(_RETIRED.format("update_endpoint_server"), DeprecationWarning, stacklevel=2)
        body = documents.ServerUpdate.of(server_data)
        return await self.send(Request("PUT", _server(endpoint_id, server_id), documents.Result, json=body))

    async def delete_endpoint_server(self, endpoint_id: str | UUID, server_id: int | str) -> documents.Result:
        """Delete a server. Retired by the service; emits a `DeprecationWarning`.

        ``DELETE /endpoint/{endpoint_id}/server/{server_id}``

        Raises `BadRequestError` from the current service.
        Source: Transfer API of 2017, "Endpoint Servers".
        """
        warnings.warn(_RETIRED.format("delete_endpoint_server"), DeprecationWarning, stacklevel=2)
        return await self.send(Request("DELETE", _server(endpoint_id, server_id), documents.Result))


def _servers(endpoint_id: str | UUID, what: str) -> tuple[str | Part, ...]:
    return V0_10, "endpoint", Part("endpoint_id", endpoint_id), what


def _server(endpoint_id: str | UUID, server_id: int | str) -> tuple[str | Part, ...]:
    return *_servers(endpoint_id, "server"), Part("server_id", server_id)
