# Generated from consent.py by tools/unasync.py: change that file.
"""Consents: what users have allowed apps, and services behind those, to do for them."""

from __future__ import annotations

from uuid import UUID

from globus_typed.auth import documents
from globus_typed.core.client import Client
from globus_typed.core.request import Part, QueryValue, Request


class ConsentMethods(Client):
    """Methods on consents."""

    def get_consents(self, identity_id: str | UUID, *, all: bool = False, **params: QueryValue) -> documents.Consents:
        """The consents of an identity, as trees: what the app that asks was allowed, and what follows from that.

        ``GET /v2/api/identities/{identity_id}/consents``, with a token that has the scope ``view_consents`` or
        ``manage_consents``

        Parameters: `all`, whether to give those of all apps, which needs ``manage_consents``; `params`, further query
        parameters.
        Raises `PermissionDeniedError` for another's identity or too small a scope; `NotFoundError`.
        Source: Auth API, "Consents".
        """
        route = ("v2", "api", "identities", Part("identity_id", identity_id), "consents")
        return self.send(Request("GET", route, documents.Consents, query={"all": all, **params}))
