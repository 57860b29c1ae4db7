"""Sharing of directories with people and groups, by names that people know them by."""

from __future__ import annotations

from collections.abc import Awaitable, Iterable
from datetime import datetime, timedelta
from typing import Literal, Protocol, overload
from uuid import UUID

from globus_typed.errors import ConflictError, GlobusUsageError, NotFoundError
from globus_typed.transfer import documents
from globus_typed.transfer.async_client.access import AsyncAccessMethods
from globus_typed.transfer.async_client.files import AsyncFileMethods
from globus_typed.transfer.principals import Grantee, IdentityLike, ShareWith, grantee, only_identity
from globus_typed.transfer.query import path_text
from globus_typed.transfer.sharing import NO_AUTH, change_to, deletable, rule_for, rule_on


class AsyncIdentityLookup(Protocol):
    """An `AsyncAuthClient`, as far as it is needed to find identities."""

    def get_identities(
        self,
        usernames: str | Iterable[str] | None = None,
        ids: str | UUID | Iterable[str | UUID] | None = None,
        provision: bool = False,
    ) -> Awaitable[Iterable[IdentityLike]]:
        """The identities with these names or ids; unknown ones are omitted."""
        ...


class AsyncSharingMethods(AsyncAccessMethods, AsyncFileMethods):
    """Methods that share directories."""

    async def share(
        self,
        collection_id: str | UUID,
        path: str,
        *,
        with_: ShareWith,
        permissions: Literal["r", "rw"] = "r",
        expires: timedelta | datetime | str | None = None,
        principal_type: Literal["identity", "group"] | None = None,
        update: bool = False,
        notify_email: str | None = None,
        notify_message: str | None = None,
        auth_client: AsyncIdentityLookup | None = None,
    ) -> documents.AccessRule:
        """Let somebody read, or read and write, a directory of a guest collection; the access rule that says so.

        ``GET /v2/api/identities`` of Globus Auth for a username, ``POST /endpoint/{collection_id}/access``, and
        ``GET /endpoint/{collection_id}/access/{rule_id}``

        Somebody who has never used Globus is given an identity, which is theirs when they log in. For usernames, and
        for ids of which it is not known what they are, Globus Auth has to be asked: by the app of the client, by
        `auth_client`, or with the token that the configuration has for Auth.

        Parameters: `path` from the root of the collection, with a slash at the end for a directory and everything in it
        (without one it is looked at first); `with_`, a username such as ``"wren@larkspur.example"``, the id of an
        identity or a group, such an object, ``"all_authenticated_users"`` or ``"anonymous"``; `permissions`, to read
        (``"r"``) or to read and write (``"rw"``); `expires`, when the rule ends: a `timedelta` from now, an aware
        `datetime`, or an ISO 8601 string (None: never); `principal_type`, whether an id is that of an ``"identity"`` or
        of a ``"group"``; `update`, whether to change the rule that they have on this path already to these permissions
        and this time; `notify_email` and `notify_message`, of an e-mail to send about a new rule; `auth_client`, an
        `AsyncAuthClient` to find the identity with.
        Raises `GlobusUsageError` for an invalid path, for a `with_` that stands for nobody, and if Globus Auth cannot
        be asked; `pydantic.ValidationError` for invalid permissions or times; `NotFoundError` if nothing is at a path
        without a slash; `ConflictError` if they have a rule on this path already; `PermissionDeniedError` if the caller
        does not manage access on the collection; `AuthAPIError`.
        Source: Transfer API, "Access Control"; Auth API, "Identities".
        """
        wanted = grantee(with_, principal_type)
        # Refuses an invalid rule before anything is sent.
        rule_for(Grantee("anonymous"), path_text("path", path), permissions, expires, notify_email, notify_message)
        found = await self._found(wanted, auth_client, provision=True)
        path = await self._shared_path(collection_id, path)
        body = rule_for(found, path, permissions, expires, notify_email, notify_message)
        try:
            rule_id = (await self.add_endpoint_acl_rule(collection_id, body)).access_id
        except ConflictError:
            there = rule_on(await self.endpoint_acl_list(collection_id), found, path) if update else None
            if there is None or there.id is None:
                raise
            rule_id = there.id
            await self.update_endpoint_acl_rule(collection_id, rule_id, change_to(permissions, expires))
        return await self.get_endpoint_acl_rule(collection_id, rule_id)

    @overload
    async def unshare(self, collection_id: str | UUID, shared: documents.AccessRule) -> documents.AccessRule | None: ...
    @overload
    async def unshare(
        self,
        collection_id: str | UUID,
        shared: str,
        *,
        with_: ShareWith,
        principal_type: Literal["identity", "group"] | None = None,
        auth_client: AsyncIdentityLookup | None = None,
    ) -> documents.AccessRule | None: ...
    async def unshare(
        self,
        collection_id: str | UUID,
        shared: documents.AccessRule | str,
        *,
        with_: ShareWith | None = None,
        principal_type: Literal["identity", "group"] | None = None,
        auth_client: AsyncIdentityLookup | None = None,
    ) -> documents.AccessRule | None:
        """Delete the access rule of somebody on a path; the rule that was deleted, None if there was none.

        ``GET /endpoint/{collection_id}/access_list`` and ``DELETE /endpoint/{collection_id}/access/{rule_id}``; for a
        username, ``GET /v2/api/identities`` of Globus Auth

        They may still have access by another rule: on a directory above, or as members of a group.

        Parameters: `shared`, an `AccessRule` such as `share` gives, or a path, with or without a slash at the end, for
        which `with_`, `principal_type` and `auth_client` are as for `share`; an id needs no `principal_type`.
        Raises `GlobusUsageError` as `share`, and for access that comes from a role and ends with it;
        `PermissionDeniedError` if the caller does not manage access on the collection; `NotFoundError` if the
        collection does not exist.
        Source: Transfer API, "Access Control".
        """
        if isinstance(shared, documents.AccessRule):
            if with_ is not None:
                raise GlobusUsageError("with_: is that of the rule; give it only with a path")
            rule = shared
        else:
            path_text("shared", shared)
            wanted = grantee(with_, principal_type)
            if wanted.username:
                wanted = await self._found(wanted, auth_client, provision=False)
            there = rule_on(await self.endpoint_acl_list(collection_id), wanted, shared)
            if there is None:
                return None
            rule = there
        rule_id = deletable(rule)
        try:
            await self.delete_endpoint_acl_rule(collection_id, rule_id)
        except NotFoundError as error:
            if error.code != "AccessRuleNotFound":
                raise
            return None
        return rule

    async def _shared_path(self, collection_id: str | UUID, path: str) -> str:
        if path.endswith("/"):
            return path
        return f"{path}/" if (await self.operation_stat(collection_id, path)).type == "dir" else path

    async def _found(self, wanted: Grantee, auth_client: AsyncIdentityLookup | None, *, provision: bool) -> Grantee:
        """Whom it is for, after Globus Auth was asked where that is needed."""
        if wanted.kind is not None and not wanted.username:
            return wanted
        if auth_client is not None:
            return await _looked_up(wanted, auth_client, provision)

        from globus_typed.auth import AsyncAuthClient

        configured = self.app is None and self.authorizer is not None and self.authorizer is self._configured
        if self.app is None and not configured:
            raise GlobusUsageError(NO_AUTH.format(what="username" if wanted.username else "id"))
        async with AsyncAuthClient(
            app=self.app,
            environment=None if self.app else self.environment,
            app_name=self.app_name,
            timeout=-1 if self.timeout is None else self.timeout,
            retry=self.retry,
            http_client=self._connections.given,
            clock=self.clock,
            sleep=self.sleep,
        ) as auth:
            if auth.authorizer is None:
                raise GlobusUsageError(NO_AUTH.format(what="username" if wanted.username else "id"))
            return await _looked_up(wanted, auth, provision)


async def _looked_up(wanted: Grantee, auth: AsyncIdentityLookup, provision: bool) -> Grantee:
    if wanted.username:
        return only_identity(wanted.username, await auth.get_identities(usernames=wanted.username, provision=provision))
    known = {each.id.lower() for each in await auth.get_identities(ids=wanted.id)}
    return Grantee("identity" if wanted.id in known else "group", wanted.id)
