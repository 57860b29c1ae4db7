"""Consents: permissions that users have given to apps, and to the services those apps use."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from typing_extensions import Unpack

from globus_typed.auth import documents
from globus_typed.core.async_client import AsyncClient
from globus_typed.core.query_params import NoMoreParams, merged_query
from globus_typed.core.request import Part, QueryValue, Request


class AsyncConsentMethods(AsyncClient):
    """Methods on consents."""

    async def get_consents(
        self,
        identity_id: str | UUID,
        *,
        all: bool = False,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.Consents:
        """The consents of an identity, as trees: those given to the calling app, and those that derive from them.

        ``GET /v2/api/identities/{identity_id}/consents``, with a token that has the scope ``view_consents`` or
        ``manage_consents``

        Parameters: `all`, whether to return those of all apps, which requires ``manage_consents``; `query_params`,
        further query parameters.
        Raises `PermissionDeniedError` for another user's identity or an insufficient scope; `NotFoundError`.
        Source: Auth API, "Consents".
        """
        route = ("v2", "api", "identities", Part("identity_id", identity_id), "consents")
        return await self.send(
            Request(
                "GET",
                route,
                documents.Consents,
                query=merged_query(self.get_consents, params, query_params, {"all": all}),
            )
        )
