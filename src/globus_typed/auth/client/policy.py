# Generated from policy.py by tools/unasync.py: change that file.
"""Policies: what a user's session must be like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, overload
from uuid import UUID

from globus_typed.auth import documents
from globus_typed.core.client import Client
from globus_typed.core.payloads import MISSING
from globus_typed.core.request import Part, QueryValue, Request


class PolicyMethods(Client):
    """Methods on policies. They need a token with the scope ``manage_projects``."""

    def get_policy(self, policy_id: str | UUID, **params: QueryValue) -> documents.PolicyResult:
        """The policy with that id.

        ``GET /v2/api/policies/{policy_id}``

        Parameters: `params`, query parameters. Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Auth API, "Policies".
        """
        return self.send(Request("GET", _policy(policy_id), documents.PolicyResult, query=params))

    def get_policies(self, **params: QueryValue) -> documents.Policies:
        """The policies in the projects that the caller administers.

        ``GET /v2/api/policies``

        Parameters: `params`, query parameters. Raises `PermissionDeniedError`.
        Source: Auth API, "Policies".
        """
        return self.send(Request("GET", ("v2", "api", "policies"), documents.Policies, query=params))

    @overload
    def create_policy(self, data: documents.PolicyCreate | Mapping[str, Any], /) -> documents.PolicyResult: ...
    @overload
    def create_policy(
        self,
        *,
        project_id: str | UUID,
        display_name: str,
        description: str,
        high_assurance: bool | None = None,
        authentication_assurance_timeout: int | None = None,
        required_mfa: bool | None = None,
        domain_constraints_include: Iterable[str] | None = None,
        domain_constraints_exclude: Iterable[str] | None = None,
    ) -> documents.PolicyResult: ...
    def create_policy(self, *args: Any, **fields: Any) -> documents.PolicyResult:
        """The new policy; it is asked for once, unless the request surely did not arrive.

        ``POST /v2/api/policies``

        Parameters: the fields, or a `PolicyCreate`, or a mapping that holds such a document. `project_id`, the
        project that it belongs to; `display_name`; `description`; `high_assurance`, whether it is about the session
        and not just about accounts; `authentication_assurance_timeout`, how many seconds ago the login may have been
        at most (None: no limit); `required_mfa`, whether a second factor is asked for, with `high_assurance` alone;
        `domain_constraints_include` and `domain_constraints_exclude`, the domains of which the account must, or must
        not, be one (None: no rule).
        Raises `pydantic.ValidationError`, which names the field, for what cannot be right; `PermissionDeniedError`.
        Source: Auth API, "Policies".
        """
        body = documents.PolicyCreate.of_call(args, fields)
        return self.send(Request("POST", ("v2", "api", "policies"), documents.PolicyResult, json=body))

    @overload
    def update_policy(
        self, policy_id: str | UUID, data: documents.PolicyUpdate | Mapping[str, Any], /
    ) -> documents.PolicyResult: ...
    @overload
    def update_policy(
        self,
        policy_id: str | UUID,
        *,
        project_id: str | UUID | MISSING = MISSING,
        authentication_assurance_timeout: int | None | MISSING = MISSING,
        required_mfa: bool | MISSING = MISSING,
        display_name: str | MISSING = MISSING,
        description: str | MISSING = MISSING,
        domain_constraints_include: Iterable[str] | None | MISSING = MISSING,
        domain_constraints_exclude: Iterable[str] | None | MISSING = MISSING,
    ) -> documents.PolicyResult: ...
    def update_policy(self, policy_id: str | UUID, *args: Any, **fields: Any) -> documents.PolicyResult:
        """The policy as it is after the change; fields that are not given stay, and so does `high_assurance`.

        ``PUT /v2/api/policies/{policy_id}``

        Parameters: the fields, or a `PolicyUpdate`, or a mapping that holds such a document. They are those of
        `create_policy`; None takes a limit or rule away.
        Raises `pydantic.ValidationError`, which names the field, for what cannot be right; `NotFoundError`,
        `PermissionDeniedError`.
        Source: Auth API, "Policies".
        """
        body = documents.PolicyUpdate.of_call(args, fields)
        return self.send(Request("PUT", _policy(policy_id), documents.PolicyResult, json=body))

    def delete_policy(self, policy_id: str | UUID) -> documents.PolicyResult:
        """The policy as it was until now: it is gone.

        ``DELETE /v2/api/policies/{policy_id}``

        Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Auth API, "Policies".
        """
        return self.send(Request("DELETE", _policy(policy_id), documents.PolicyResult))


def _policy(policy_id: str | UUID) -> tuple[str | Part, ...]:
    return "v2", "api", "policies", Part("policy_id", policy_id)
