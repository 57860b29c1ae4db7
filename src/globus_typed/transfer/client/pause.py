# Generated from pause.py by tools/unasync.py: change that file.
"""Pause rules, which pause tasks and block operations on a collection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from typing_extensions import Unpack

from globus_typed.core.query_params import NoMoreParams, merged_query
from globus_typed.core.request import Part, QueryValue, Request
from globus_typed.core.results import with_id
from globus_typed.transfer import documents
from globus_typed.transfer.client.base import TransferBase
from globus_typed.transfer.query import id_text
from globus_typed.transfer.service import V0_10

_RULE = (V0_10, "endpoint_manager", "pause_rule")


class PauseMethods(TransferBase):
    """Methods on pause rules."""

    def my_effective_pause_rule_list(
        self,
        endpoint_id: str | UUID,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.PauseRuleList:
        """The pause rules on the endpoint that apply to the caller.

        ``GET /endpoint/{endpoint_id}/my_effective_pause_rule_list``

        Parameters: `query_params`, further query parameters. Raises `NotFoundError`.
        Source: Transfer API, "Endpoints and Collections".
        """
        route = (V0_10, "endpoint", Part("endpoint_id", endpoint_id), "my_effective_pause_rule_list")
        return self.send(
            Request(
                "GET",
                route,
                documents.PauseRuleList,
                query=merged_query(self.my_effective_pause_rule_list, params, query_params),
            )
        )

    def endpoint_manager_pause_rule_list(
        self,
        *,
        filter_endpoint: str | UUID | None = None,
        filter_host_endpoint: str | UUID | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.PauseRuleList:
        """The pause rules on endpoints where the caller has the role activity_monitor or a higher one.

        ``GET /endpoint_manager/pause_rule_list``

        Parameters: `filter_endpoint`, to return only rules on this endpoint; `filter_host_endpoint`, to return only
        rules on the collections that this one hosts; `query_params`, further query parameters.
        Raises `GlobusUsageError` for an invalid id; `PermissionDeniedError` if the caller lacks that role.
        Source: Transfer API, "Advanced Collection Management".
        """
        query = merged_query(
            self.endpoint_manager_pause_rule_list,
            params,
            query_params,
            {
                "filter_endpoint": id_text("filter_endpoint", filter_endpoint),
                "filter_host_endpoint": id_text("filter_host_endpoint", filter_host_endpoint),
            },
        )
        return self.send(
            Request("GET", (V0_10, "endpoint_manager", "pause_rule_list"), documents.PauseRuleList, query=query)
        )

    def endpoint_manager_create_pause_rule(
        self, data: documents.PauseRuleCreate | Mapping[str, Any]
    ) -> documents.PauseRule:
        """Create a pause rule. Retried only if the request certainly did not arrive.

        ``POST /endpoint_manager/pause_rule``, with the role activity_manager

        Parameters: `data`, a `PauseRuleCreate` or an equivalent mapping.
        Raises `PermissionDeniedError` if the caller lacks that role; `pydantic.ValidationError` for an invalid
        document.
        Source: Transfer API, "Advanced Collection Management".
        """
        return self.send(Request("POST", _RULE, documents.PauseRule, json=documents.PauseRuleCreate.of(data)))

    def endpoint_manager_get_pause_rule(
        self,
        pause_rule_id: str | UUID,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.PauseRule:
        """The pause rule with this id.

        ``GET /endpoint_manager/pause_rule/{pause_rule_id}``, with the role activity_monitor

        Parameters: `query_params`, further query parameters. Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Transfer API, "Advanced Collection Management".
        """
        return self.send(
            Request(
                "GET",
                _rule(pause_rule_id),
                documents.PauseRule,
                query=merged_query(self.endpoint_manager_get_pause_rule, params, query_params),
            )
        )

    def endpoint_manager_update_pause_rule(
        self, pause_rule_id: str | UUID, data: documents.PauseRuleUpdate | Mapping[str, Any]
    ) -> documents.PauseRule:
        """Update a pause rule; the result is the pause rule after the change.

        ``PUT /endpoint_manager/pause_rule/{pause_rule_id}``, with the role activity_manager

        Parameters: `data`, a `PauseRuleUpdate` or an equivalent mapping.
        Raises `NotFoundError`, `PermissionDeniedError`; `pydantic.ValidationError` for an invalid document.
        Source: Transfer API, "Advanced Collection Management".
        """
        body = documents.PauseRuleUpdate.of(data)
        response = self.send(Request("PUT", _rule(pause_rule_id), documents.PauseRule, json=body))
        return with_id(response, pause_rule_id)

    def endpoint_manager_delete_pause_rule(
        self,
        pause_rule_id: str | UUID,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.Result:
        """Delete a pause rule; the tasks it paused continue.

        ``DELETE /endpoint_manager/pause_rule/{pause_rule_id}``, with the role activity_manager

        Parameters: `query_params`, further query parameters. Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Transfer API, "Advanced Collection Management".
        """
        return self.send(
            Request(
                "DELETE",
                _rule(pause_rule_id),
                documents.Result,
                query=merged_query(self.endpoint_manager_delete_pause_rule, params, query_params),
            )
        )


def _rule(pause_rule_id: str | UUID) -> tuple[str | Part, ...]:
    return *_RULE, Part("pause_rule_id", pause_rule_id)
