"""Activation of endpoints with credentials. Retired: no current endpoint needs it (the sandbox emulates it)."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from typing_extensions import Unpack

from globus_typed.core.outside_text import hidden
from globus_typed.core.query_params import NoMoreParams, merged_query
from globus_typed.core.request import Part, QueryValue, Request
from globus_typed.transfer import documents
from globus_typed.transfer.async_client.base import AsyncTransferBase
from globus_typed.transfer.query import whole_number
from globus_typed.transfer.service import V0_10

_RETIRED = "{} is retired: endpoints no longer need activation"


class AsyncActivationMethods(AsyncTransferBase):
    """Methods that activate endpoints."""

    async def endpoint_get_activation_requirements(
        self,
        endpoint_id: str | UUID,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.ActivationRequirements:
        """The requirements to activate the endpoint, and its expiration time. Emits a `DeprecationWarning`.

        ``GET /endpoint/{endpoint_id}/activation_requirements``

        Parameters: `query_params`, further query parameters, such as ``type="myproxy"``.
        Raises `NotFoundError`; `BadRequestError` from the current service.
        Source: Transfer API of 2017, "Endpoint Activation".
        """
        warnings.warn(_RETIRED.format("endpoint_get_activation_requirements"), DeprecationWarning, stacklevel=2)
        route = _endpoint(endpoint_id, "activation_requirements")
        return await self.send(
            Request(
                "GET",
                route,
                documents.ActivationRequirements,
                query=merged_query(self.endpoint_get_activation_requirements, params, query_params),
            )
        )

    async def endpoint_autoactivate(
        self,
        endpoint_id: str | UUID,
        *,
        if_expires_in: int | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.ActivationResult:
        """Activate the endpoint with credentials that are already available. Emits a `DeprecationWarning`.

        ``POST /endpoint/{endpoint_id}/autoactivate``

        A failure is not an exception: its `code` is ``AutoActivationFailed``.

        Parameters: `if_expires_in`, in seconds: if the endpoint stays active at least that long, nothing is done;
        `query_params`, further query parameters.
        Raises `GlobusUsageError` for an invalid number of seconds; `NotFoundError`; `BadRequestError` from the current
        service.
        Source: Transfer API of 2017, "Endpoint Activation".
        """
        warnings.warn(_RETIRED.format("endpoint_autoactivate"), DeprecationWarning, stacklevel=2)
        query = merged_query(
            self.endpoint_autoactivate,
            params,
            query_params,
            {"if_expires_in": whole_number("if_expires_in", if_expires_in, 0)},
        )
        route = _endpoint(endpoint_id, "autoactivate")
        return await self.send(Request("POST", route, documents.ActivationResult, query=query, repeatable=True))

    async def endpoint_activate(
        self,
        endpoint_id: str | UUID,
        requirements_data: documents.ActivationRequirementsData | Mapping[str, Any],
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.ActivationResult:
        """Activate the endpoint with the given credentials. Emits a `DeprecationWarning`.

        ``POST /endpoint/{endpoint_id}/activate``

        Parameters: `requirements_data`, an `ActivationRequirementsData` or an equivalent mapping: the requirements of
        one type with their values; `query_params`, further query parameters.
        Raises `BadRequestError` for invalid credentials; `pydantic.ValidationError` for an invalid document.
        Source: Transfer API of 2017, "Endpoint Activation".
        """
        requirements_data = hidden(requirements_data)
        warnings.warn(_RETIRED.format("endpoint_activate"), DeprecationWarning, stacklevel=2)
        body = documents.ActivationRequirementsData.of(requirements_data)
        route = _endpoint(endpoint_id, "activate")
        return await self.send(
            Request(
                "POST",
                route,
                documents.ActivationResult,
                query=merged_query(self.endpoint_activate, params, query_params),
                json=body,
            )
        )

    async def endpoint_deactivate(
        self,
        endpoint_id: str | UUID,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.Result:
        """Remove the credentials from the endpoint. Emits a `DeprecationWarning`.

        ``POST /endpoint/{endpoint_id}/deactivate``

        Parameters: `query_params`, further query parameters.
        Raises `NotFoundError`; `BadRequestError` from the current service.
        Source: Transfer API of 2017, "Endpoint Activation".
        """
        warnings.warn(_RETIRED.format("endpoint_deactivate"), DeprecationWarning, stacklevel=2)
        route = _endpoint(endpoint_id, "deactivate")
        return await self.send(
            Request(
                "POST",
                route,
                documents.Result,
                query=merged_query(self.endpoint_deactivate, params, query_params),
                repeatable=True,
            )
        )


def _endpoint(endpoint_id: str | UUID, what: str) -> tuple[str | Part, ...]:
    return V0_10, "endpoint", Part("endpoint_id", endpoint_id), what
