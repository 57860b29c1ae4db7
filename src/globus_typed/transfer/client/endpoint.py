# Generated from endpoint.py by tools/unasync.py: change that file.
# ruff: noqa
# fmt: off
"""Endpoints and collections."""

from collections.abc import Iterable
from typing import Literal
from uuid import UUID

from globus_typed.pager import Pager
from globus_typed.errors import GlobusUsageError
from globus_typed.paging import OffsetPaging
from globus_typed.request import Part, QueryValue, Request
from globus_typed.transfer.client.base import TransferBase
from globus_typed.transfer.documents.endpoint import Endpoint, EndpointList, EntityType
from globus_typed.transfer.query import comma_text, flag

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
    ) -> Endpoint:
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
                ("v0.10", "endpoint", Part("endpoint_id", endpoint_id)),
                Endpoint,
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
        filter_entity_type: EntityType | None = None,
        fields: str | Iterable[str] | None = None,
        **params: QueryValue,
    ) -> Pager[Endpoint, EndpointList]:
        """The endpoints and collections that match, best match first: a pager, which fetches pages as they are needed.

        ``GET /endpoint_search``, 100 a page, at most 1,000 in all

        Parameters: `filter_fulltext`, beginnings of words in names, descriptions, owners, keywords; `filter_scope`,
        among which to search (``"all"`` by default, which needs another filter beside it); `num_results`, how many to
        give at most (None: as many as the service gives); `filter_owner_id`, the identity that owns them, not
        together with the scopes my-endpoints, my-gcp-endpoints and shared-by-me; `filter_host_endpoint`, the
        collection that hosts them; `filter_non_functional`, whether to give those that hold no data themselves;
        `filter_entity_type`, of which type they are; `fields`, the names of the fields to answer with; `params`,
        further query parameters.
        Raises `GlobusUsageError`, at the call, without a filter; whatever the service refuses, at the first entry.
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
            "filter_owner_id": filter_owner_id,
            "filter_host_endpoint": filter_host_endpoint,
            "filter_non_functional": flag(filter_non_functional),
            "filter_entity_type": filter_entity_type,
            "fields": comma_text(fields),
            **params,
        }
        request = Request("GET", ("v0.10", "endpoint_search"), EndpointList, query=query)
        return Pager(self.send, request, OffsetPaging(page_size=100, cap=1000), num_results)
