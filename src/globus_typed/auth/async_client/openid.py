"""OpenID Connect: the user's identity, the provider's configuration and its keys."""

from __future__ import annotations

from typing import Literal, overload

from globus_typed.auth import documents
from globus_typed.core.async_client import AsyncClient
from globus_typed.core.request import Request
from globus_typed.errors import GlobusError


class AsyncOpenIDMethods(AsyncClient):
    """Methods of OpenID Connect."""

    async def userinfo(self) -> documents.UserInfo:
        """The identity of the token's user; the scopes of the token determine which fields are present.

        ``GET /v2/oauth2/userinfo``, with a token that has the scope ``openid``

        Raises `AuthenticationError` or `PermissionDeniedError` if the token is not sufficient.
        Source: OpenID Connect Core, "UserInfo Endpoint".
        """
        return await self.send(Request("GET", ("v2", "oauth2", "userinfo"), documents.UserInfo))

    async def oauth2_userinfo(self) -> documents.UserInfo:
        """The identity of the token's user: the older name of `userinfo`.

        ``GET /v2/oauth2/userinfo``, with a token that has the scope ``openid``

        Raises `AuthenticationError` or `PermissionDeniedError` if the token is not sufficient.
        Source: OpenID Connect Core, "UserInfo Endpoint".
        """
        return await self.userinfo()

    async def get_openid_configuration(self) -> documents.OpenIDConfiguration:
        """The endpoints and capabilities of the provider.

        ``GET /.well-known/openid-configuration``, without a token

        Source: OpenID Connect Discovery, "Obtaining OpenID Provider Configuration Information".
        """
        route = (".well-known", "openid-configuration")
        return await self.send(Request("GET", route, documents.OpenIDConfiguration, authorization=False))

    @overload
    async def get_jwk(
        self, openid_configuration: documents.OpenIDConfiguration | None = None, *, as_pem: Literal[False] = False
    ) -> documents.JSONWebKeySet: ...
    @overload
    async def get_jwk(
        self, openid_configuration: documents.OpenIDConfiguration | None = None, *, as_pem: Literal[True]
    ) -> str: ...
    @overload
    async def get_jwk(
        self, openid_configuration: documents.OpenIDConfiguration | None = None, *, as_pem: bool
    ) -> documents.JSONWebKeySet | str: ...
    async def get_jwk(
        self, openid_configuration: documents.OpenIDConfiguration | None = None, *, as_pem: bool = False
    ) -> documents.JSONWebKeySet | str:
        """The keys with which the provider signs id_tokens; with `as_pem`, the first of them as a PEM string.

        ``GET`` at the configuration's ``jwks_uri`` (``/jwk.json``), without a token

        Parameters: `openid_configuration`, if available (None: fetched); `as_pem`, which requires the extra ``oidc``.
        Raises `GlobusOptionalDependencyError` without python-jose, `GlobusError` if there is no key, for `as_pem`.
        Source: OpenID Connect Discovery, "OpenID Provider Metadata"; RFC 7517.
        """
        configuration = openid_configuration or await self.get_openid_configuration()
        keys = await self.send(Request("GET", configuration.jwks_uri, documents.JSONWebKeySet, authorization=False))
        if not as_pem:
            return keys
        if not keys.keys:
            raise GlobusError(f"keys: the provider publishes none at {configuration.jwks_uri}")
        return keys.keys[0].to_pem()
