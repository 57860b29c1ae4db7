# Generated from endpoint.py by tools/unasync.py: change that file.
"""Endpoints and collections."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from typing import Any, Literal, get_args
from uuid import UUID

from typing_extensions import Unpack

from globus_typed.core.pager import Pager
from globus_typed.core.paging import NextTokenPaging, OffsetPaging
from globus_typed.core.query_params import NoMoreParams, merged_query
from globus_typed.core.request import Part, QueryValue, Request
from globus_typed.errors import GlobusUsageError
from globus_typed.transfer import documents
from globus_typed.transfer.client.base import TransferBase
from globus_typed.transfer.query import (
    check_known,
    check_spelling,
    comma_text,
    flag,
    id_text,
    marker_text,
    paging_number,
)
from globus_typed.transfer.service import V0_10

SearchScope = Literal[
    "all",
    "my-endpoints",
    "my-gcp-endpoints",
    "recently-used",
    "in-use",
    "shared-by-me",
    "shared-with-me",
    "administered-by-me",
]


class EndpointMethods(TransferBase):
    """Methods on endpoints and collections."""

    def get_endpoint(
        self,
        endpoint_id: str | UUID,
        *,
        fields: str | Iterable[str] | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.Endpoint:
        """The endpoint or collection with this id.

        ``GET /endpoint/{endpoint_id}``

        Parameters: `fields`, the names of the fields to return (all others are then absent from the document);
        `query_params`, further query parameters.
        Raises `NotFoundError` if it does not exist or was deleted, `PermissionDeniedError` if the caller may not see
        it.
        Source: Transfer API, "Endpoints and Collections".
        """
        return self.send(
            Request(
                "GET",
                _endpoint(endpoint_id),
                documents.Endpoint,
                query=merged_query(self.get_endpoint, params, query_params, {"fields": comma_text(fields)}),
            )
        )

    def endpoint_search(
        self,
        filter_fulltext: str | None = None,
        filter_scope: SearchScope | None = None,
        num_results: int | None = 25,
        *,
        filter_owner_id: str | UUID | None = None,
        filter_host_endpoint: str | UUID | None = None,
        filter_non_functional: bool | None = None,
        filter_entity_type: documents.EntityType | None = None,
        fields: str | Iterable[str] | None = None,
        limit: int | None = None,
        offset: int | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> Pager[documents.Endpoint, documents.EndpointList]:
        """The endpoints and collections that match, best match first, page by page.

        ``GET /endpoint_search``, 100 per page, at most 1,000 in all

        Parameters: `filter_fulltext`, prefixes of words in names, descriptions, owners, keywords; `filter_scope`, the
        set to search (``"all"`` by default, which requires another filter); `num_results`, the maximum number of
        results (None: as many as the service returns); `filter_owner_id`, the identity that owns them, which cannot be
        combined with the scopes my-endpoints, my-gcp-endpoints and shared-by-me; `filter_host_endpoint`, the collection
        that hosts them; `filter_non_functional`, whether to return those that hold no data themselves;
        `filter_entity_type`, their type; `fields`, the names of the fields to return; `limit`, the most entries of a
        page (1 to 100), and `offset`, how many entries to leave out at the beginning; `query_params`, further query
        parameters.
        Raises `GlobusUsageError`, when called, without a filter, and for an invalid id; errors of the service are
        raised on the first entry.
        Source: Transfer API, "Endpoint Search".
        """
        if filter_scope is not None:
            check_known("filter_scope", [filter_scope], get_args(SearchScope))
        if filter_entity_type is not None:
            known = [each for part in get_args(documents.EntityType) for each in get_args(part)]
            check_spelling("filter_entity_type", [filter_entity_type], known)
        selects = (filter_fulltext, filter_owner_id, filter_host_endpoint, filter_entity_type, *params.values())
        if filter_scope in (None, "all") and all(value in (None, "") for value in selects):
            raise GlobusUsageError(
                'filter_fulltext: a search needs a string, another filter, or a filter_scope such as "my-endpoints"'
            )
        if filter_owner_id is not None and filter_scope in ("my-endpoints", "my-gcp-endpoints", "shared-by-me"):
            raise GlobusUsageError(f"filter_owner_id: cannot be combined with filter_scope={filter_scope!r}")
        if filter_entity_type is not None and filter_non_functional is not None:
            raise GlobusUsageError("filter_non_functional: cannot be combined with filter_entity_type")
        query = merged_query(
            self.endpoint_search,
            params,
            query_params,
            {
                "limit": paging_number("limit", limit, 1, 100),
                "offset": paging_number("offset", offset, 0),
                "filter_fulltext": filter_fulltext,
                "filter_scope": filter_scope,
                "filter_owner_id": id_text("filter_owner_id", filter_owner_id),
                "filter_host_endpoint": id_text("filter_host_endpoint", filter_host_endpoint),
                "filter_non_functional": flag("filter_non_functional", filter_non_functional),
                "filter_entity_type": filter_entity_type,
                "fields": comma_text(fields),
            },
        )
        request = Request("GET", (V0_10, "endpoint_search"), documents.EndpointList, query=query)
        return Pager(self.send, request, OffsetPaging(page_size=100, cap=1000), num_results)

    def update_endpoint(
        self,
        endpoint_id: str | UUID,
        data: documents.EndpointUpdate | Mapping[str, Any],
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.Result:
        """Change fields of an endpoint.

        ``PUT /endpoint/{endpoint_id}``

        Only the fields that are given are changed; None clears a field. Setting one of `myproxy_server` and
        `oauth_server` clears the other.

        Parameters: `data`, an `EndpointUpdate` or an equivalent mapping, which is not modified; `query_params`, further
        query parameters.
        Raises `NotFoundError`, `PermissionDeniedError`; `pydantic.ValidationError` for an invalid document.
        Source: Transfer API, "Endpoints and Collections".
        """
        body = documents.EndpointUpdate.of(data)
        return self.send(
            Request(
                "PUT",
                _endpoint(endpoint_id),
                documents.Result,
                query=merged_query(self.update_endpoint, params, query_params),
                json=body,
            )
        )

    def delete_endpoint(self, endpoint_id: str | UUID) -> documents.Result:
        """Delete an endpoint or guest collection; its files are kept.

        ``DELETE /endpoint/{endpoint_id}``

        Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Transfer API, "Endpoints and Collections".
        """
        return self.send(Request("DELETE", _endpoint(endpoint_id), documents.Result))

    def create_endpoint(self, data: documents.EndpointCreate | Mapping[str, Any]) -> documents.EndpointCreateResult:
        """Create an endpoint; the result has its `id`. Retired by the service; emits a `DeprecationWarning`.

        ``POST /endpoint``

        Parameters: `data`, an `EndpointCreate` or an equivalent mapping.
        Raises `BadRequestError` from the current service; `pydantic.ValidationError` for an invalid document.
        Source: Transfer API of 2017, "Endpoints".
        """
        warnings.warn("create_endpoint is retired: install Globus Connect instead", DeprecationWarning, stacklevel=2)
        return self.send(
            Request("POST", (V0_10, "endpoint"), documents.EndpointCreateResult, json=documents.EndpointCreate.of(data))
        )

    def create_shared_endpoint(
        self, data: documents.SharedEndpointCreate | Mapping[str, Any]
    ) -> documents.EndpointCreateResult:
        """Create a guest collection; the result has its `id`. Retried only if the request certainly did not arrive.

        ``POST /shared_endpoint``

        Parameters: `data`, a `SharedEndpointCreate` or an equivalent mapping.
        Raises `PermissionDeniedError`, `NotFoundError`; `pydantic.ValidationError` for an invalid document.
        Source: Transfer API, "Endpoints and Collections".
        """
        body = documents.SharedEndpointCreate.of(data)
        return self.send(Request("POST", (V0_10, "shared_endpoint"), documents.EndpointCreateResult, json=body))

    def my_shared_endpoint_list(
        self,
        endpoint_id: str | UUID,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.EndpointList:
        """The caller's own guest collections on the endpoint.

        ``GET /endpoint/{endpoint_id}/my_shared_endpoint_list``

        Parameters: `query_params`, further query parameters. Raises `NotFoundError`.
        Source: Transfer API, "Endpoints and Collections".
        """
        route = _endpoint(endpoint_id, "my_shared_endpoint_list")
        return self.send(
            Request(
                "GET",
                route,
                documents.EndpointList,
                query=merged_query(self.my_shared_endpoint_list, params, query_params),
            )
        )

    def get_shared_endpoint_list(
        self,
        endpoint_id: str | UUID,
        num_results: int | None = None,
        *,
        max_results: int | None = None,
        next_token: str | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> Pager[documents.SharedEndpointId, documents.SharedEndpointList]:
        """The ids of all guest collections on the endpoint, page by page.

        ``GET /endpoint/{endpoint_id}/shared_endpoint_list``, 1,000 per page

        Parameters: `num_results`, the maximum number of results (None: all); `max_results`, the most entries of a page
        (1 to 1,000); `next_token`, that of the page to go on after; `query_params`, further query parameters.
        Raises, on the first entry, `NotFoundError`, `PermissionDeniedError`.
        Source: Transfer API, "Endpoints and Collections".
        """
        request = Request(
            "GET",
            _endpoint(endpoint_id, "shared_endpoint_list"),
            documents.SharedEndpointList,
            query=merged_query(
                self.get_shared_endpoint_list,
                params,
                query_params,
                {
                    "max_results": paging_number("max_results", max_results, 1, 1000),
                    "next_token": marker_text("next_token", next_token),
                },
            ),
        )
        return Pager(self.send, request, NextTokenPaging(page_size=1000), num_results)

    def set_subscription_id(
        self, collection_id: str | UUID, subscription_id: str | UUID | Literal["DEFAULT"] | None
    ) -> documents.Result:
        """Assign a collection to a subscription, or remove it from one.

        ``PUT /endpoint/{collection_id}/subscription``

        Parameters: `subscription_id`, ``"DEFAULT"`` for the caller's only subscription, None to remove it.
        Raises `NotFoundError`, `PermissionDeniedError`; `pydantic.ValidationError` for an invalid id.
        Source: Transfer API, "Endpoints and Collections".
        """
        body = documents.SubscriptionUpdate(subscription_id=None if subscription_id is None else str(subscription_id))
        route = _endpoint(collection_id, "subscription", "collection_id")
        return self.send(Request("PUT", route, documents.Result, json=body))

    def set_subscription_admin_verified(
        self, collection_id: str | UUID, subscription_admin_verified: bool
    ) -> documents.Result:
        """Set whether a collection is verified by the administrators of its subscription.

        ``PUT /endpoint/{collection_id}/subscription_admin_verified``

        Raises `NotFoundError`, `PermissionDeniedError` if the caller is not one of those administrators.
        Source: Transfer API, "Endpoints and Collections".
        """
        body = documents.SubscriptionAdminVerifiedUpdate(subscription_admin_verified=subscription_admin_verified)
        route = _endpoint(collection_id, "subscription_admin_verified", "collection_id")
        return self.send(Request("PUT", route, documents.Result, json=body))


def _endpoint(endpoint_id: str | UUID, what: str | None = None, name: str = "endpoint_id") -> tuple[str | Part, ...]:
    return V0_10, "endpoint", Part(name, endpoint_id), *(() if what is None else (what,))
