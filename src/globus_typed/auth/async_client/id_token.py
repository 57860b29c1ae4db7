"""Verification of the id_token that comes with the tokens of a login."""

from __future__ import annotations

from globus_typed.auth import documents
from globus_typed.auth.async_client.openid import AsyncOpenIDMethods
from globus_typed.auth.errors import IdTokenUnknownKeyError
from globus_typed.auth.official_forms import DEFAULT_LEEWAY, JWTParams, check_configuration, given_leeway
from globus_typed.core.json_data import unchecked
from globus_typed.errors import GlobusUsageError


class AsyncIdTokenMethods(AsyncOpenIDMethods):
    """Methods on id_tokens."""

    client_id: str | None
    """The id of the app that id_tokens must be issued to."""
    _provider: tuple[documents.OpenIDConfiguration, documents.JSONWebKeySet] | None = None

    async def decode_id_token(
        self,
        tokens: documents.TokenResponse,
        *,
        nonce: str | None = None,
        leeway: float = DEFAULT_LEEWAY,
        openid_configuration: documents.OpenIDConfiguration | None = None,
        jwt_params: JWTParams | None = None,
    ) -> documents.IdToken:
        """The identity of the user who logged in, from the id_token among the tokens, after verifying it.

        ``GET /.well-known/openid-configuration`` and ``GET /jwk.json`` on the first call, and once more for a new key;
        requires the extra ``oidc``

        The signature is verified with the published key; algorithm, issuer, audience, times, access token and nonce are
        checked.

        Parameters: `tokens` of a login with the scope ``openid``; `nonce`, the one with which the login was started, if
        any, as in ``get_authorize_url({"nonce": …})``; `leeway`, the tolerated difference of the clocks in seconds;
        `openid_configuration`, if available (None: fetched once); `jwt_params`, the leeway as in globus-sdk.
        Raises an `IdTokenError`, of a subclass that says which check failed; `GlobusUsageError` for tokens without an
        id_token and for a client without a client id; `GlobusOptionalDependencyError` without python-jose.
        Source: OpenID Connect Core 1.0, "ID Token Validation".
        """
        from globus_typed.auth.id_token import check_leeway, verified_id_token

        if not isinstance(unchecked(tokens), documents.TokenResponse):
            kind = type(tokens).__name__
            del tokens  # it may be a token: keep it out of tracebacks
            raise GlobusUsageError(f"tokens: must be the TokenResponse of a login, got {kind}")
        leeway = given_leeway(leeway, jwt_params)
        check_leeway(leeway)
        check_configuration(openid_configuration)
        if tokens.id_token is None:
            raise GlobusUsageError("tokens: contain no id_token; request the scope openid when the user logs in")
        if self.client_id is None:
            raise GlobusUsageError("client_id: must be given to the client, since the id_token must be issued to it")
        provider = self._provider
        if provider is not None and openid_configuration not in (None, provider[0]):
            provider = None
        while True:
            configuration, keys = provider or await self._fetch_provider(openid_configuration)
            try:
                return verified_id_token(
                    tokens.id_token,
                    keys,
                    configuration,
                    client_id=self.client_id,
                    now=self.clock(),
                    leeway=leeway,
                    access_token=tokens.access_token,
                    nonce=nonce,
                )
            except IdTokenUnknownKeyError:
                if provider is None:
                    raise
                # The provider may have changed its keys since.
                provider = None

    async def _fetch_provider(
        self, configuration: documents.OpenIDConfiguration | None
    ) -> tuple[documents.OpenIDConfiguration, documents.JSONWebKeySet]:
        configuration = configuration or await self.get_openid_configuration()
        self._provider = configuration, await self.get_jwk(configuration)
        return self._provider
