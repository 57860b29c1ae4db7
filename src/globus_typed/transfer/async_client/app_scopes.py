"""Scopes that an app needs for certain collections."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from typing_extensions import Self

from globus_typed.errors import GlobusUsageError
from globus_typed.scopes.scope import Scope
from globus_typed.transfer.async_client.endpoint import AsyncEndpointMethods
from globus_typed.transfer.scopes import TransferScopes


class AsyncAppScopeMethods(AsyncEndpointMethods):
    """Methods on what the app of a client asks for."""

    async def add_app_data_access_scope(self, collection_ids: str | UUID | Iterable[str | UUID]) -> Self:
        """Have the app of the client ask for the consent ``data_access`` of collections, of those that need one.

        ``GET /endpoint/{endpoint_id}``, once for each, because a login that asks for a scope that does not exist is
        refused as a whole. The app asks at its next login, and ``app.login()`` knows that one is needed.
        ``app.prepare(collections=…)`` does all of it.

        Parameters: `collection_ids`, one or several; what a call finds out while consents are missing is in the
        `required_scopes` of `ConsentRequiredError`.
        Raises `GlobusUsageError` for a client without an app, and for an invalid id; `NotFoundError`,
        `PermissionDeniedError`.
        """
        if self.app is None:
            raise GlobusUsageError(
                "app: the client has none, so that nobody asks for scopes; make it with app=…, or attach_globus_app"
            )
        ids = [collection_ids] if isinstance(collection_ids, (str, UUID)) else [*collection_ids]
        found = [await self.get_endpoint(each) for each in ids]
        scopes = [
            Scope(f"https://auth.globus.org/scopes/{each.id}/data_access", optional=True)
            for each in found
            if each.needs_data_access
        ]
        return self.add_app_scope(Scope(TransferScopes.all, dependencies=tuple(scopes))) if scopes else self
