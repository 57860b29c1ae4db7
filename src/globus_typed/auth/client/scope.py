# Generated from scope.py by tools/unasync.py: change that file.
"""Scopes as they are registered: what a service can be asked to do for a user."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, overload
from uuid import UUID

from globus_typed.auth import documents
from globus_typed.auth.query import comma_text, ids_text
from globus_typed.core.client import Client
from globus_typed.core.payloads import MISSING
from globus_typed.core.request import Part, QueryValue, Request
from globus_typed.errors import GlobusUsageError


class ScopeMethods(Client):
    """Methods on scopes. They need a token with the scope ``manage_projects``."""

    def get_scope(self, scope_id: str | UUID, **params: QueryValue) -> documents.ScopeResult:
        """The scope with that id.

        ``GET /v2/api/scopes/{scope_id}``

        Parameters: `params`, query parameters. Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Auth API, "Scopes".
        """
        return self.send(Request("GET", _scope(scope_id), documents.ScopeResult, query=params))

    def get_scopes(
        self,
        *,
        scope_strings: str | Iterable[str] | None = None,
        ids: str | UUID | Iterable[str | UUID] | None = None,
        **params: QueryValue,
    ) -> documents.ScopeDefinitions:
        """The scopes of those names or ids, or else those in the projects that the caller administers.

        ``GET /v2/api/scopes``

        Parameters: `scope_strings`, as they are asked for in a login, or `ids`: one or several, as a list or as text
        with commas, but not both; `params`, further query parameters.
        Raises `GlobusUsageError` for both, and for what is no id; `PermissionDeniedError`.
        Source: Auth API, "Scopes".
        """
        if scope_strings is not None and ids is not None:
            raise GlobusUsageError("scope_strings, ids: only one of the two can be given")
        query: dict[str, QueryValue] = {
            "scope_strings": comma_text("scope_strings", scope_strings),
            "ids": ids_text("ids", ids),
            **params,
        }
        return self.send(Request("GET", ("v2", "api", "scopes"), documents.ScopeDefinitions, query=query))

    @overload
    def create_scope(
        self, client_id: str | UUID, data: documents.ScopeCreate | Mapping[str, Any], /
    ) -> documents.ScopeResult: ...
    @overload
    def create_scope(
        self,
        client_id: str | UUID,
        name: str,
        description: str,
        scope_suffix: str,
        *,
        required_domains: Iterable[str] | None = None,
        dependent_scopes: Iterable[documents.DependentScopeSpec | Mapping[str, Any]] | None = None,
        advertised: bool | None = None,
        allows_refresh_token: bool | None = None,
    ) -> documents.ScopeResult: ...
    def create_scope(self, client_id: str | UUID, *args: Any, **fields: Any) -> documents.ScopeResult:
        """The new scope; it is asked for once, unless the request surely did not arrive.

        ``POST /v2/api/clients/{client_id}/scopes``

        Parameters: `client_id`, the service that the scope is for; the fields, or a `ScopeCreate`, or a mapping that
        holds such a document. `name` and `description`, which users see when they consent; `scope_suffix`, the end of
        the scope string, of lower-case letters, digits and ``_``; `required_domains`, of which users must have an
        identity; `dependent_scopes`, which are consented to along with it; `advertised`, whether everybody sees it;
        `allows_refresh_token`, whether refresh tokens can be had for it.
        Raises `pydantic.ValidationError`, which names the field, for what cannot be right; `NotFoundError`,
        `PermissionDeniedError`.
        Source: Auth API, "Scopes".
        """
        route = ("v2", "api", "clients", Part("client_id", client_id), "scopes")
        return self.send(
            Request("POST", route, documents.ScopeResult, json=documents.ScopeCreate.of_call(args, fields))
        )

    @overload
    def update_scope(
        self, scope_id: str | UUID, data: documents.ScopeUpdate | Mapping[str, Any], /
    ) -> documents.ScopeResult: ...
    @overload
    def update_scope(
        self,
        scope_id: str | UUID,
        *,
        name: str | MISSING = MISSING,
        description: str | MISSING = MISSING,
        scope_suffix: str | MISSING = MISSING,
        required_domains: Iterable[str] | MISSING = MISSING,
        dependent_scopes: Iterable[documents.DependentScopeSpec | Mapping[str, Any]] | MISSING = MISSING,
        advertised: bool | MISSING = MISSING,
        allows_refresh_token: bool | MISSING = MISSING,
    ) -> documents.ScopeResult: ...
    def update_scope(self, scope_id: str | UUID, *args: Any, **fields: Any) -> documents.ScopeResult:
        """The scope as it is after the change; fields that are not given stay.

        ``PUT /v2/api/scopes/{scope_id}``

        Parameters: the fields, or a `ScopeUpdate`, or a mapping that holds such a document. They are those of
        `create_scope`.
        Raises `pydantic.ValidationError`, which names the field, for what cannot be right; `NotFoundError`,
        `PermissionDeniedError`.
        Source: Auth API, "Scopes".
        """
        return self.send(
            Request("PUT", _scope(scope_id), documents.ScopeResult, json=documents.ScopeUpdate.of_call(args, fields))
        )

    def delete_scope(self, scope_id: str | UUID) -> documents.ScopeResult:
        """The scope as it was until now: it is gone, and no token is made for it any more.

        ``DELETE /v2/api/scopes/{scope_id}``

        Raises `NotFoundError`, `PermissionDeniedError`.
        Source: Auth API, "Scopes".
        """
        return self.send(Request("DELETE", _scope(scope_id), documents.ScopeResult))


def _scope(scope_id: str | UUID) -> tuple[str | Part, ...]:
    return "v2", "api", "scopes", Part("scope_id", scope_id)
