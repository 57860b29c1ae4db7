"""Tunnels and stream access points of Transfer version 2 (JSON:API)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from typing_extensions import Unpack

from globus_typed.core.async_pager import AsyncPager
from globus_typed.core.paging import LinkPaging
from globus_typed.core.query_params import NoMoreParams, merged_query
from globus_typed.core.request import Part, QueryValue, Request
from globus_typed.core.results import with_id
from globus_typed.errors import GlobusError
from globus_typed.transfer import documents
from globus_typed.transfer.async_client.base import AsyncTransferBase
from globus_typed.transfer.documents.submission_ids import keep_submission_id
from globus_typed.transfer.query import marker_text, paging_number
from globus_typed.transfer.service import V2


class AsyncTunnelMethods(AsyncTransferBase):
    """Methods on tunnels and stream access points."""

    async def create_tunnel(self, data: documents.TunnelCreate | Mapping[str, Any]) -> documents.Tunnel:
        """Create a tunnel. Its submission id makes repeated requests create only one, so a lost request is retried.

        ``POST /v2/tunnels``

        Parameters: `data`, a `TunnelCreate` or an equivalent mapping, which is given a submission id if it has none and
        can be changed.
        Raises `PermissionDeniedError`, `NotFoundError`; `pydantic.ValidationError` for an invalid document. A
        `GlobusError` has the `submission_id`.
        Source: Transfer API v2, "Tunnels".
        """
        payload = documents.TunnelCreate.of(data)
        keep_submission_id(payload.submission_id, payload, data)
        try:
            return await self.send(Request("POST", (V2, "tunnels"), documents.Tunnel, json=payload, repeatable=True))
        except GlobusError as error:
            error.submission_id = payload.submission_id
            raise

    async def update_tunnel(
        self, tunnel_id: str | UUID, update_doc: documents.TunnelUpdate | Mapping[str, Any]
    ) -> documents.Tunnel:
        """Update a tunnel, or stop it with ``state="STOPPING"``; the result is the tunnel after the change.

        ``PATCH /v2/tunnels/{tunnel_id}``

        Parameters: `update_doc`, a `TunnelUpdate` or an equivalent mapping.
        Raises `NotFoundError`, `PermissionDeniedError`; `pydantic.ValidationError` for an invalid document.
        Source: Transfer API v2, "Tunnels".
        """
        body = documents.TunnelUpdate.of(update_doc)
        response = await self.send(Request("PATCH", _tunnel(tunnel_id), documents.Tunnel, json=body))
        return with_id(response, tunnel_id, "resource")

    async def get_tunnel(
        self,
        tunnel_id: str | UUID,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.Tunnel:
        """The tunnel with this id, in its current state.

        ``GET /v2/tunnels/{tunnel_id}``

        Parameters: `query_params`, further query parameters. Raises `NotFoundError`.
        Source: Transfer API v2, "Tunnels".
        """
        return await self.send(
            Request(
                "GET", _tunnel(tunnel_id), documents.Tunnel, query=merged_query(self.get_tunnel, params, query_params)
            )
        )

    async def delete_tunnel(self, tunnel_id: str | UUID) -> documents.TunnelDeleteResult:
        """Delete a tunnel; the result confirms it.

        ``DELETE /v2/tunnels/{tunnel_id}``

        Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Transfer API v2, "Tunnels".
        """
        return await self.send(Request("DELETE", _tunnel(tunnel_id), documents.TunnelDeleteResult))

    def list_tunnels(
        self,
        num_results: int | None = None,
        *,
        limit: int | None = None,
        marker: str | int | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> AsyncPager[documents.TunnelResource, documents.TunnelList]:
        """The caller's tunnels, page by page.

        ``GET /v2/tunnels``

        Parameters: `num_results`, the maximum number of results (None: all); `limit`, the most entries of a page;
        `marker`, the ``page[marker]`` of the `links.next` to go on from; `query_params`, further query parameters.
        Source: Transfer API v2, "Tunnels".
        """
        request = Request(
            "GET",
            (V2, "tunnels"),
            documents.TunnelList,
            query=merged_query(
                self.list_tunnels,
                params,
                query_params,
                {"page[limit]": paging_number("limit", limit, 1), "page[marker]": marker_text("marker", marker)},
            ),
        )
        return AsyncPager(self.send, request, LinkPaging(), num_results)

    def get_tunnel_events(
        self,
        tunnel_id: str | UUID,
        num_results: int | None = None,
        *,
        limit: int | None = None,
        marker: str | int | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> AsyncPager[documents.TunnelEvent, documents.TunnelEventList]:
        """The events of a tunnel, page by page.

        ``GET /v2/tunnels/{tunnel_id}/events``

        Parameters: `num_results`, the maximum number of results (None: all); `limit`, the most entries of a page;
        `marker`, the ``page[marker]`` of the `links.next` to go on from; `query_params`, further query parameters.
        Raises, on the first event, `NotFoundError`.
        Source: Transfer API v2, "Tunnels".
        """
        request = Request(
            "GET",
            (*_tunnel(tunnel_id), "events"),
            documents.TunnelEventList,
            query=merged_query(
                self.get_tunnel_events,
                params,
                query_params,
                {"page[limit]": paging_number("limit", limit, 1), "page[marker]": marker_text("marker", marker)},
            ),
        )
        return AsyncPager(self.send, request, LinkPaging(), num_results)

    async def get_stream_access_point(
        self,
        stream_ap_id: str | UUID,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.StreamAccessPoint:
        """The stream access point with this id, where tunnels begin or end.

        ``GET /v2/stream_access_points/{stream_ap_id}``

        Parameters: `query_params`, further query parameters. Raises `NotFoundError`.
        Source: Transfer API v2, "Stream Access Points".
        """
        route = (V2, "stream_access_points", Part("stream_ap_id", stream_ap_id))
        return await self.send(
            Request(
                "GET",
                route,
                documents.StreamAccessPoint,
                query=merged_query(self.get_stream_access_point, params, query_params),
            )
        )

    def list_stream_access_points(
        self,
        num_results: int | None = None,
        *,
        limit: int | None = None,
        marker: str | int | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> AsyncPager[documents.StreamAccessPointResource, documents.StreamAccessPointList]:
        """The stream access points visible to the caller, page by page.

        ``GET /v2/stream_access_points``

        Parameters: `num_results`, the maximum number of results (None: all); `limit`, the most entries of a page;
        `marker`, the ``page[marker]`` of the `links.next` to go on from; `query_params`, further query parameters.
        Source: Transfer API v2, "Stream Access Points".
        """
        request = Request(
            "GET",
            (V2, "stream_access_points"),
            documents.StreamAccessPointList,
            query=merged_query(
                self.list_stream_access_points,
                params,
                query_params,
                {"page[limit]": paging_number("limit", limit, 1), "page[marker]": marker_text("marker", marker)},
            ),
        )
        return AsyncPager(self.send, request, LinkPaging(), num_results)


def _tunnel(tunnel_id: str | UUID) -> tuple[str | Part, ...]:
    return V2, "tunnels", Part("tunnel_id", tunnel_id)
