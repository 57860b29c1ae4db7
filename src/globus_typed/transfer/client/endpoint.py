# Generated from endpoint.py by tools/unasync.py: change that file.
"""Endpoints and collections."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from typing import Any, Literal
from uuid import UUID

from globus_typed.core.pager import Pager
from globus_typed.core.paging import NextTokenPaging, OffsetPaging
from globus_typed.core.request import Part, QueryValue, Request
from globus_typed.errors import GlobusUsageError
from globus_typed.transfer import documents
from globus_typed.transfer.client.base import TransferBase
from globus_typed.transfer.query import comma_text, flag, id_text
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
        self, endpoint_id: str | UUID, *, fields: str | Iterable[str] | None = None, **params: QueryValue
    ) -> documents.Endpoint:
        """The endpoint or collection with that id.

        ``GET /endpoint/{endpoint_id}``

        Parameters: `fields`, the names of the fields to answer with (all others are then missing in the document);
        `params`, further query parameters.
        Raises `NotFoundError` where there is none or it was deleted, `PermissionDeniedError` where it may not be seen.
        Source: Transfer API, "Endpoints and Collections".
        """
        return self.send(
            Request(
                "GET",
                _endpoint(endpoint_id),
                documents.Endpoint,
                query={"fields": comma_text(fields), **params},
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
        **params: QueryValue,
    ) -> Pager[documents.Endpoint, documents.EndpointList]:
        """The endpoints and collections that match, best match first: a pager, which fetches pages as they are needed.

        ``GET /endpoint_search``, 100 a page, at most 1,000 in all

        Parameters: `filter_fulltext`, beginnings of words in names, descriptions, owners, keywords; `filter_scope`,
        among which to search (``"all"`` by default, which needs another filter beside it); `num_results`, how many to
        give at most (None: as many as the service gives); `filter_owner_id`, the identity that owns them, not
        together with the scopes my-endpoints, my-gcp-endpoints and shared-by-me; `filter_host_endpoint`, the
        collection that hosts them; `filter_non_functional`, whether to give those that hold no data themselves;
        `filter_entity_type`, of which type they are; `fields`, the names of the fields to answer with; `params`,
        further query parameters.
        Raises `GlobusUsageError`, at the call, without a filter, and for what is no id; whatever the service refuses,
        at the first entry.
        Source: Transfer API, "Endpoint Search".
        """
        selects = (filter_fulltext, filter_owner_id, filter_host_endpoint, filter_entity_type, *params.values())
        if filter_scope in (None, "all") and all(value in (None, "") for value in selects):
            raise GlobusUsageError(
                'filter_fulltext: a search needs a text, another filter, or a filter_scope such as "my-endpoints"'
            )
        if filter_owner_id is not None and filter_scope in ("my-endpoints", "my-gcp-endpoints", "shared-by-me"):
            raise GlobusUsageError(f"filter_owner_id: cannot be combined with filter_scope={filter_scope!r}")
        if filter_entity_type is not None and filter_non_functional is not None:
            raise GlobusUsageError("filter_non_functional: cannot be combined with filter_entity_type")
        query: dict[str, QueryValue] = {
            "filter_fulltext": filter_fulltext,
            "filter_scope": filter_scope,
            "filter_owner_id": id_text("filter_owner_id", filter_owner_id),
            "filter_host_endpoint": id_text("filter_host_endpoint", filter_host_endpoint),
            "filter_non_functional": flag("filter_non_functional", filter_non_functional),
            "filter_entity_type": filter_entity_type,
            "fields": comma_text(fields),
            **params,
        }
        request = Request("GET", (V0_10, "endpoint_search"), documents.EndpointList, query=query)
        return Pager(self.send, request, OffsetPaging(page_size=100, cap=1000), num_results)

    def update_endpoint(
        self, endpoint_id: str | UUID, data: documents.EndpointUpdate | Mapping[str, Any], **params: QueryValue
    ) -> documents.Result:
        """The result of changing fields of an endpoint.

        ``PUT /endpoint/{endpoint_id}``

        Of the fields, those that are given are changed; None clears one. To give one of `myproxy_server` and
        `oauth_server` clears the other.

        Parameters: `data`, an `EndpointUpdate`, or a mapping that holds such a document, which is left as it is;
        `params`, query parameters.
        Raises `NotFoundError`, `PermissionDeniedError`; `pydantic.ValidationError` for a document that is wrong.
        Source: Transfer API, "Endpoints and Collections".
        """
        body = documents.EndpointUpdate.of(data)
        return self.send(Request("PUT", _endpoint(endpoint_id), documents.Result, query=params, json=body))

    def delete_endpoint(self, endpoint_id: str | UUID) -> documents.Result:
        """The result of deleting an endpoint or guest collection; its files stay.

        ``DELETE /endpoint/{endpoint_id}``

        Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Transfer API, "Endpoints and Collections".
        """
        return self.send(Request("DELETE", _endpoint(endpoint_id), documents.Result))

    def create_endpoint(self, data: documents.EndpointCreate | Mapping[str, Any]) -> documents.EndpointCreateResult:
        """The result of making an endpoint, with its `id`. Retired by the service; gives a `DeprecationWarning`.

        ``POST /endpoint``

        Parameters: `data`, an `EndpointCreate`, or a mapping that holds such a document.
        Raises `BadRequestError` from the service of today; `pydantic.ValidationError` for a document that is wrong.
        Source: Transfer API of 2017, "Endpoints".
        """
        warnings.warn("create_endpoint is retired: install Globus Connect instead", DeprecationWarning, stacklevel=2)
        return self.send(
            Request("POST", (V0_10, "endpoint"), documents.EndpointCreateResult, json=documents.EndpointCreate.of(data))
        )

    def create_shared_endpoint(
        self, data: documents.SharedEndpointCreate | Mapping[str, Any]
    ) -> documents.EndpointCreateResult:
        """The result of making a guest collection on another one, with its `id`; asked for once.

        ``POST /shared_endpoint``

        Parameters: `data`, a `SharedEndpointCreate`, or a mapping that holds such a document.
        Raises `PermissionDeniedError`, `NotFoundError`; `pydantic.ValidationError` for a document that is wrong.
        Source: Transfer API, "Endpoints and Collections".
        """
        body = documents.SharedEndpointCreate.of(data)
        return self.send(Request("POST", (V0_10, "shared_endpoint"), documents.EndpointCreateResult, json=body))

    def my_shared_endpoint_list(self, endpoint_id: str | UUID, **params: QueryValue) -> documents.EndpointList:
        """The guest collections on the endpoint that are the caller's own.

        ``GET /endpoint/{endpoint_id}/my_shared_endpoint_list``

        Parameters: `params`, query parameters. Raises `NotFoundError`.
        Source: Transfer API, "Endpoints and Collections".
        """
        route = _endpoint(endpoint_id, "my_shared_endpoint_list")
        return self.send(Request("GET", route, documents.EndpointList, query=params))

    def get_shared_endpoint_list(
        self, endpoint_id: str | UUID, num_results: int | None = None, **params: QueryValue
    ) -> Pager[documents.SharedEndpointId, documents.SharedEndpointList]:
        """All guest collections on the endpoint, by their ids: a pager.

        ``GET /endpoint/{endpoint_id}/shared_endpoint_list``, 1,000 a page

        Parameters: `num_results`, how many to give at most (None: all); `params`, query parameters.
        Raises, at the first entry, `NotFoundError`, `PermissionDeniedError`.
        Source: Transfer API, "Endpoints and Collections".
        """
        request = Request(
            "GET", _endpoint(endpoint_id, "shared_endpoint_list"), documents.SharedEndpointList, query=params
        )
        return Pager(self.send, request, NextTokenPaging(page_size=1000), num_results)

    def set_subscription_id(
        self, collection_id: str | UUID, subscription_id: str | UUID | Literal["DEFAULT"] | None
    ) -> documents.Result:
        """The result of putting a collection under a subscription, or taking it out of one.

        ``PUT /endpoint/{collection_id}/subscription``

        Parameters: `subscription_id`, ``"DEFAULT"`` for the only one that the caller has, None for none.
        Raises `NotFoundError`, `PermissionDeniedError`; `pydantic.ValidationError` for an id that cannot be one.
        Source: Transfer API, "Endpoints and Collections".
        """
        body = documents.SubscriptionUpdate(subscription_id=None if subscription_id is None else str(subscription_id))
        route = _endpoint(collection_id, "subscription", "collection_id")
        return self.send(Request("PUT", route, documents.Result, json=body))

    def set_subscription_admin_verified(
        self, collection_id: str | UUID, subscription_admin_verified: bool
    ) -> documents.Result:
        """The result of saying whether the subscription's administrators vouch for a collection.

        ``PUT /endpoint/{collection_id}/subscription_admin_verified``

        Raises `NotFoundError`, `PermissionDeniedError` for all but those administrators.
        Source: Transfer API, "Endpoints and Collections".
        """
        body = documents.SubscriptionAdminVerifiedUpdate(subscription_admin_verified=subscription_admin_verified)
        route = _endpoint(collection_id, "subscription_admin_verified", "collection_id")
        return self.send(Request("PUT", route, documents.Result, json=body))


def _endpoint(endpoint_id: str | UUID, what: str | None = None, name: str = "endpoint_id") -> tuple[str | Part, ...]:
    return V0_10, "endpoint", Part(name, endpoint_id), *(() if what is None else (what,))
