# Generated from id_token.py by tools/unasync.py: change that file.
"""Who logged in, checked: the id_token that comes with the tokens."""

from __future__ import annotations

from globus_typed.auth import documents
from globus_typed.auth.client.openid import OpenIDMethods
from globus_typed.auth.errors import IdTokenUnknownKeyError
from globus_typed.errors import GlobusUsageError


class IdTokenMethods(OpenIDMethods):
    """Reading id_tokens."""

    client_id: str | None
    """The id of the app that id_tokens must be made for."""
    _provider: tuple[documents.OpenIDConfiguration, documents.JSONWebKeySet] | None = None

    def decode_id_token(
        self, tokens: documents.TokenResponse, *, nonce: str | None = None, leeway: float = 60
    ) -> documents.IdToken:
        """Who logged in, from the id_token among the tokens, once it is sure that Globus Auth said so to this app.

        ``GET /.well-known/openid-configuration`` and ``GET /jwk.json`` at the first call, and once more for a key that
        is new; needs the extra ``oidc``

        Checked are the signature by the published key, its algorithm, issuer, app, times, access token and nonce.

        Parameters: `tokens` of a login with the scope ``openid``; `nonce`, what the login was started with, if
        anything, as in ``get_authorize_url({"nonce": …})``; `leeway`, by how many seconds the clocks may differ.
        Raises an `IdTokenError` of the class that says what is wrong with it; `GlobusUsageError` for tokens without
        an id_token and for a client without a client id; `GlobusOptionalDependencyError` without python-jose.
        Source: OpenID Connect Core 1.0, "ID Token Validation".
        """
        from globus_typed.auth.id_token import check_leeway, verified_id_token

        check_leeway(leeway)
        if tokens.id_token is None:
            raise GlobusUsageError("tokens: hold no id_token; ask for the scope openid when the user logs in")
        if self.client_id is None:
            raise GlobusUsageError("client_id: must be given to the client, since the id_token has to be made for it")
        provider = self._provider
        while True:
            configuration, keys = provider or self._fetch_provider()
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
                # The provider may have taken a new key since.
                provider = None

    def _fetch_provider(self) -> tuple[documents.OpenIDConfiguration, documents.JSONWebKeySet]:
        configuration = self.get_openid_configuration()
        self._provider = configuration, self.get_jwk(configuration)
        return self._provider
