# Generated from identity.py by tools/unasync.py: change that file.
"""Identities, and the identity providers they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from typing_extensions import Unpack

from globus_typed.auth import documents
from globus_typed.auth.query import check_one, comma_text, ids_text
from globus_typed.core.client import Client
from globus_typed.core.query_params import NoMoreParams, merged_query
from globus_typed.core.request import QueryValue, Request


class IdentityMethods(Client):
    """Methods on identities."""

    def get_identities(
        self,
        usernames: str | Iterable[str] | None = None,
        ids: str | UUID | Iterable[str | UUID] | None = None,
        provision: bool = False,
        *,
        include: str | Iterable[str] | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.Identities:
        """The identities with these names or ids, in no particular order; unknown ones are omitted.

        ``GET /v2/api/identities``

        Parameters: `usernames` or `ids`, but not both: one or several, as a list or as a comma-separated string;
        `provision`, whether to create identities for unknown usernames; `include`, additional resources to return, such
        as ``"identity_provider"``; `query_params`, further query parameters.
        Raises `GlobusUsageError` for both or neither of `usernames` and `ids`, and for an invalid id; `AuthAPIError` if
        the service refuses the request.
        Source: Auth API, "Identities".
        """
        query = merged_query(
            self.get_identities,
            params,
            query_params,
            {
                "usernames": comma_text("usernames", usernames),
                "ids": ids_text("ids", ids),
                "provision": None if usernames is None else provision,
                "include": comma_text("include", include),
            },
        )
        check_one(usernames=usernames, ids=ids)
        return self.send(Request("GET", ("v2", "api", "identities"), documents.Identities, query=query))

    def get_identity_providers(
        self,
        *,
        domains: str | Iterable[str] | None = None,
        ids: str | UUID | Iterable[str | UUID] | None = None,
        query_params: Mapping[str, QueryValue] | None = None,
        **params: Unpack[NoMoreParams],
    ) -> documents.IdentityProviders:
        """The identity providers with these domains or ids; unknown ones are omitted.

        ``GET /v2/api/identity_providers``

        Parameters: `domains` or `ids`, but not both: one or several, as a list or as a comma-separated string;
        `query_params`, further query parameters.
        Raises `GlobusUsageError` for both or neither, and for an invalid id; `AuthAPIError` if the service refuses the
        request.
        Source: Auth API, "Identity Providers".
        """
        query = merged_query(
            self.get_identity_providers,
            params,
            query_params,
            {"domains": comma_text("domains", domains), "ids": ids_text("ids", ids)},
        )
        check_one(domains=domains, ids=ids)
        return self.send(Request("GET", ("v2", "api", "identity_providers"), documents.IdentityProviders, query=query))
