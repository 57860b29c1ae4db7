# Generated from scope.py by tools/unasync.py: change that file.
"""Scopes as they are registered: what a service can be asked to do for a user."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import overload
from uuid import UUID

from typing_extensions import Unpack

from globus_typed.auth import documents
from globus_typed.auth.query import comma_text, ids_text
from globus_typed.core.client import Client
from globus_typed.core.payloads import MISSING, NoMore
from globus_typed.core.query_params import NoMoreParams, merged_query
from globus_typed.core.request import Part, QueryValue, Request
from globus_typed.core.results import with_id
from globus_typed.errors import GlobusUsageError


class ScopeMethods(Client):
    """Methods for scopes. They need a token with the scope ``manage_projects``."""

    def get_scope(
        self,
        scope_id: str | UUID,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.ScopeResult:
        """The scope with this id.

        ``GET /v2/api/scopes/{scope_id}``

        Parameters: `query_params`, further query parameters. Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Auth API, "Scopes".
        """
        return self.send(
            Request(
                "GET", _scope(scope_id), documents.ScopeResult, query=merged_query(self.get_scope, params, query_params)
            )
        )

    def get_scopes(
        self,
        *,
        scope_strings: str | Iterable[str] | None = None,
        ids: str | UUID | Iterable[str | UUID] | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.ScopeDefinitions:
        """The scopes with these scope strings or ids, or else those in the projects that the caller administers.

        ``GET /v2/api/scopes``

        Parameters: `scope_strings`, as requested in a login, or `ids`, but not both: one or several, as a list or as
        a string separated by commas; `query_params`, further query parameters.
        Raises `GlobusUsageError` for both, and for an invalid id; `PermissionDeniedError`.
        Source: Auth API, "Scopes".
        """
        if scope_strings is not None and ids is not None:
            raise GlobusUsageError("scope_strings, ids: only one of the two can be given")
        query = merged_query(
            self.get_scopes,
            params,
            query_params,
            {"scope_strings": comma_text("scope_strings", scope_strings), "ids": ids_text("ids", ids)},
        )
        return self.send(Request("GET", ("v2", "api", "scopes"), documents.ScopeDefinitions, query=query))

    @overload
    def create_scope(
        self,
        client_id: str | UUID,
        name: str,
        description: str,
        scope_suffix: str,
        *,
        required_domains: Iterable[str] | None = None,
        dependent_scopes: Iterable[documents.DependentScopeSpec | Mapping[str, object]] | None = None,
        advertised: bool | None = None,
        allows_refresh_token: bool | None = None,
    ) -> documents.ScopeResult: ...
    @overload
    def create_scope(
        self, client_id: str | UUID, data: documents.ScopeCreate | Mapping[str, object], /
    ) -> documents.ScopeResult: ...
    def create_scope(
        self,
        client_id: str | UUID,
        name: documents.ScopeCreate | Mapping[str, object] | str | None = None,
        description: str | None = None,
        scope_suffix: str | None = None,
        *,
        required_domains: Iterable[str] | None = None,
        dependent_scopes: Iterable[documents.DependentScopeSpec | Mapping[str, object]] | None = None,
        advertised: bool | None = None,
        allows_refresh_token: bool | None = None,
        **unknown: Unpack[NoMore],
    ) -> documents.ScopeResult:
        """Create a scope. The request is repeated only if it certainly did not arrive.

        ``POST /v2/api/clients/{client_id}/scopes``

        Parameters: `client_id`, the service that the scope is for; then either a `ScopeCreate`, or a mapping with
        the same content, alone; or the fields. `name` and `description`, which users see when they consent;
        `scope_suffix`, the end of the scope string: lower-case letters, digits and ``_``; `required_domains`, the
        domains one of which the user must have an identity in; `dependent_scopes`, the scopes that are consented to
        along with it; `advertised`, whether everybody can see it; `allows_refresh_token`, whether refresh tokens can
        be issued for it.
        Raises `GlobusUsageError` for a payload with fields beside it; `pydantic.ValidationError`, which names the
        field, for a missing or invalid one; `NotFoundError`, `PermissionDeniedError`.
        Source: Auth API, "Scopes".
        """
        body = documents.ScopeCreate.of_call(
            unknown,
            name=name,
            description=description,
            scope_suffix=scope_suffix,
            required_domains=required_domains,
            dependent_scopes=dependent_scopes,
            advertised=advertised,
            allows_refresh_token=allows_refresh_token,
        )
        route = ("v2", "api", "clients", Part("client_id", client_id), "scopes")
        return self.send(Request("POST", route, documents.ScopeResult, json=body))

    def update_scope(
        self,
        scope_id: str | UUID,
        data: documents.ScopeUpdate | Mapping[str, object] | None = None,
        *,
        name: str | MISSING = MISSING,
        description: str | MISSING = MISSING,
        scope_suffix: str | MISSING = MISSING,
        required_domains: Iterable[str] | MISSING = MISSING,
        dependent_scopes: Iterable[documents.DependentScopeSpec | Mapping[str, object]] | MISSING = MISSING,
        advertised: bool | MISSING = MISSING,
        allows_refresh_token: bool | MISSING = MISSING,
        **unknown: Unpack[NoMore],
    ) -> documents.ScopeResult:
        """Change a scope. Fields that are not given keep their values.

        ``PUT /v2/api/scopes/{scope_id}``

        Parameters: `scope_id`; either `data`, a `ScopeUpdate` or a mapping with the same content, or the fields,
        which are those of `create_scope`.
        Raises `GlobusUsageError` for `data` with fields beside it; `pydantic.ValidationError`, which names the field,
        for an invalid one; `NotFoundError`, `PermissionDeniedError`.
        Source: Auth API, "Scopes".
        """
        body = documents.ScopeUpdate.of_call(
            unknown,
            data=data,
            name=name,
            description=description,
            scope_suffix=scope_suffix,
            required_domains=required_domains,
            dependent_scopes=dependent_scopes,
            advertised=advertised,
            allows_refresh_token=allows_refresh_token,
        )
        response = self.send(Request("PUT", _scope(scope_id), documents.ScopeResult, json=body))
        return with_id(response, scope_id, "scope")

    def delete_scope(self, scope_id: str | UUID) -> documents.ScopeResult:
        """Delete a scope, so that no more tokens are issued for it; the result is the scope as it was.

        ``DELETE /v2/api/scopes/{scope_id}``

        Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Auth API, "Scopes".
        """
        answer = self.send(Request("DELETE", _scope(scope_id), documents.ScopeResult))
        return with_id(answer, scope_id, "scope")


def _scope(scope_id: str | UUID) -> tuple[str | Part, ...]:
    return "v2", "api", "scopes", Part("scope_id", scope_id)
