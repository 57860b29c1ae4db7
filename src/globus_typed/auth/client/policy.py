# Generated from policy.py by tools/unasync.py: change that file.
"""Policies: requirements for a user's session and identities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import overload
from uuid import UUID

from typing_extensions import Unpack

from globus_typed.auth import documents
from globus_typed.core.client import Client
from globus_typed.core.payloads import MISSING, NoMore
from globus_typed.core.query_params import NoMoreParams, merged_query
from globus_typed.core.request import Part, QueryValue, Request
from globus_typed.core.results import with_id


class PolicyMethods(Client):
    """Methods for policies. They need a token with the scope ``manage_projects``."""

    def get_policy(
        self,
        policy_id: str | UUID,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.PolicyResult:
        """The policy with this id.

        ``GET /v2/api/policies/{policy_id}``

        Parameters: `query_params`, further query parameters. Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Auth API, "Policies".
        """
        return self.send(
            Request(
                "GET",
                _policy(policy_id),
                documents.PolicyResult,
                query=merged_query(self.get_policy, params, query_params),
            )
        )

    def get_policies(
        self, *, query_params: Mapping[str, QueryValue] | None = None, **params: Unpack[NoMoreParams]
    ) -> documents.Policies:
        """The policies in the projects that the caller administers.

        ``GET /v2/api/policies``

        Parameters: `query_params`, further query parameters. Raises `PermissionDeniedError`.
        Source: Auth API, "Policies".
        """
        return self.send(
            Request(
                "GET",
                ("v2", "api", "policies"),
                documents.Policies,
                query=merged_query(self.get_policies, params, query_params),
            )
        )

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
    @overload
    def create_policy(self, data: documents.PolicyCreate | Mapping[str, object], /) -> documents.PolicyResult: ...
    def create_policy(
        self,
        data: documents.PolicyCreate | Mapping[str, object] | None = None,
        *,
        project_id: str | UUID | None = None,
        display_name: str | None = None,
        description: str | None = None,
        high_assurance: bool | None = None,
        authentication_assurance_timeout: int | None = None,
        required_mfa: bool | None = None,
        domain_constraints_include: Iterable[str] | None = None,
        domain_constraints_exclude: Iterable[str] | None = None,
        **unknown: Unpack[NoMore],
    ) -> documents.PolicyResult:
        """Create a policy. The request is repeated only if it certainly did not arrive.

        ``POST /v2/api/policies``

        Parameters: either a `PolicyCreate`, or a mapping with the same content, alone; or the fields. `project_id`,
        the project it belongs to; `display_name`; `description`; `high_assurance`, whether the policy applies to the
        session and not only to the user's identities; `authentication_assurance_timeout`, the maximum age of the
        login in seconds (None: no limit); `required_mfa`, whether multi-factor authentication is required, only with
        `high_assurance`; `domain_constraints_include` and `domain_constraints_exclude`, the domains one of which the
        identity must, or must not, belong to (None: no constraint).
        Raises `GlobusUsageError` for a payload with fields beside it; `pydantic.ValidationError`, which names the
        field, for a missing or invalid one; `PermissionDeniedError`.
        Source: Auth API, "Policies".
        """
        body = documents.PolicyCreate.of_call(
            unknown,
            data=data,
            project_id=project_id,
            display_name=display_name,
            description=description,
            high_assurance=high_assurance,
            authentication_assurance_timeout=authentication_assurance_timeout,
            required_mfa=required_mfa,
            domain_constraints_include=domain_constraints_include,
            domain_constraints_exclude=domain_constraints_exclude,
        )
        return self.send(Request("POST", ("v2", "api", "policies"), documents.PolicyResult, json=body))

    def update_policy(
        self,
        policy_id: str | UUID,
        data: documents.PolicyUpdate | Mapping[str, object] | None = None,
        *,
        project_id: str | UUID | MISSING = MISSING,
        authentication_assurance_timeout: int | None | MISSING = MISSING,
        required_mfa: bool | MISSING = MISSING,
        display_name: str | MISSING = MISSING,
        description: str | MISSING = MISSING,
        domain_constraints_include: Iterable[str] | None | MISSING = MISSING,
        domain_constraints_exclude: Iterable[str] | None | MISSING = MISSING,
        **unknown: Unpack[NoMore],
    ) -> documents.PolicyResult:
        """Change a policy. Fields that are not given keep their values; `high_assurance` cannot be changed.

        ``PUT /v2/api/policies/{policy_id}``

        Parameters: `policy_id`; either `data`, a `PolicyUpdate` or a mapping with the same content, or the fields,
        which are those of `create_policy`; None removes a limit or constraint.
        Raises `GlobusUsageError` for `data` with fields beside it; `pydantic.ValidationError`, which names the field,
        for an invalid one; `NotFoundError`, `PermissionDeniedError`.
        Source: Auth API, "Policies".
        """
        body = documents.PolicyUpdate.of_call(
            unknown,
            data=data,
            project_id=project_id,
            authentication_assurance_timeout=authentication_assurance_timeout,
            required_mfa=required_mfa,
            display_name=display_name,
            description=description,
            domain_constraints_include=domain_constraints_include,
            domain_constraints_exclude=domain_constraints_exclude,
        )
        response = self.send(Request("PUT", _policy(policy_id), documents.PolicyResult, json=body))
        return with_id(response, policy_id, "policy")

    def delete_policy(self, policy_id: str | UUID) -> documents.PolicyResult:
        """Delete a policy; the result is the policy as it was.

        ``DELETE /v2/api/policies/{policy_id}``

        Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Auth API, "Policies".
        """
        answer = self.send(Request("DELETE", _policy(policy_id), documents.PolicyResult))
        return with_id(answer, policy_id, "policy")


def _policy(policy_id: str | UUID) -> tuple[str | Part, ...]:
    return "v2", "api", "policies", Part("policy_id", policy_id)
