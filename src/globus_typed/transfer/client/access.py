# Generated from access.py by tools/unasync.py: change that file.
"""Access rules: who may read and write which paths of a guest collection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from typing_extensions import Unpack

from globus_typed.core.query_params import NoMoreParams, merged_query
from globus_typed.core.request import Part, QueryValue, Request
from globus_typed.transfer import documents
from globus_typed.transfer.client.base import TransferBase
from globus_typed.transfer.documents.future_time import with_time_ahead
from globus_typed.transfer.service import V0_10


class AccessMethods(TransferBase):
    """Methods on access rules."""

    def endpoint_acl_list(
        self,
        endpoint_id: str | UUID,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.AccessRuleList:
        """The access rules of the collection, including those that come from roles (whose `role_id` is set).

        ``GET /endpoint/{endpoint_id}/access_list``

        Parameters: `query_params`, further query parameters.
        Raises `NotFoundError`, `PermissionDeniedError` if the caller does not manage access on the collection.
        Source: Transfer API, "Access Control".
        """
        return self.send(
            Request(
                "GET",
                _rules(endpoint_id, "access_list"),
                documents.AccessRuleList,
                query=merged_query(self.endpoint_acl_list, params, query_params),
            )
        )

    def get_endpoint_acl_rule(
        self,
        endpoint_id: str | UUID,
        rule_id: str | UUID,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.AccessRule:
        """The access rule with this id.

        ``GET /endpoint/{endpoint_id}/access/{rule_id}``

        Parameters: `query_params`, further query parameters.
        Raises `NotFoundError`, `PermissionDeniedError` if the caller does not manage access on the collection.
        Source: Transfer API, "Access Control".
        """
        return self.send(
            Request(
                "GET",
                _rule(endpoint_id, rule_id),
                documents.AccessRule,
                query=merged_query(self.get_endpoint_acl_rule, params, query_params),
            )
        )

    def add_endpoint_acl_rule(
        self, endpoint_id: str | UUID, rule_data: documents.AccessRuleCreate | Mapping[str, Any]
    ) -> documents.AccessRuleCreateResult:
        """Add an access rule; the result has its `access_id`. Retried only if the request certainly did not arrive.

        ``POST /endpoint/{endpoint_id}/access``, at most 1,000 rules per collection

        Parameters: `rule_data`, an `AccessRuleCreate` or an equivalent mapping.
        Raises `ConflictError` if the principal already has a rule on that path; `PermissionDeniedError`;
        `NotFoundError`; `pydantic.ValidationError` for an invalid rule.
        Source: Transfer API, "Access Control".
        """
        body = with_time_ahead(documents.AccessRuleCreate.of(rule_data), "expiration_date", self.clock())
        return self.send(Request("POST", _rules(endpoint_id, "access"), documents.AccessRuleCreateResult, json=body))

    def update_endpoint_acl_rule(
        self, endpoint_id: str | UUID, rule_id: str | UUID, rule_data: documents.AccessRuleUpdate | Mapping[str, Any]
    ) -> documents.Result:
        """Change the permissions or the expiration date of an access rule.

        ``PUT /endpoint/{endpoint_id}/access/{rule_id}``

        Parameters: `rule_data`, an `AccessRuleUpdate` or an equivalent mapping.
        Raises `NotFoundError`, `PermissionDeniedError`; `pydantic.ValidationError` for an invalid document.
        Source: Transfer API, "Access Control".
        """
        body = with_time_ahead(documents.AccessRuleUpdate.of(rule_data), "expiration_date", self.clock())
        return self.send(Request("PUT", _rule(endpoint_id, rule_id), documents.Result, json=body))

    def delete_endpoint_acl_rule(self, endpoint_id: str | UUID, rule_id: str | UUID) -> documents.Result:
        """Delete an access rule.

        ``DELETE /endpoint/{endpoint_id}/access/{rule_id}``

        Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Transfer API, "Access Control".
        """
        return self.send(Request("DELETE", _rule(endpoint_id, rule_id), documents.Result))


def _rules(endpoint_id: str | UUID, what: str) -> tuple[str | Part, ...]:
    return V0_10, "endpoint", Part("endpoint_id", endpoint_id), what


def _rule(endpoint_id: str | UUID, rule_id: str | UUID) -> tuple[str | Part, ...]:
    return *_rules(endpoint_id, "access"), Part("rule_id", rule_id)
