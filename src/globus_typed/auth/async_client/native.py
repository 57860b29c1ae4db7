"""The Auth client of an app that cannot keep a secret."""

from __future__ import annotations

import warnings
from uuid import UUID

from typing_extensions import Unpack

from globus_typed.auth import documents
from globus_typed.auth.async_client.base import AsyncAuthClient
from globus_typed.auth.async_client.flow_manager import AsyncGlobusNativeAppFlowManager
from globus_typed.core.async_client import AsyncClientOptions
from globus_typed.core.authorizers import NullAuthorizer
from globus_typed.core.http_info import Secret
from globus_typed.core.request import Request
from globus_typed.errors import GlobusUsageError
from globus_typed.scopes.scope import Scopes


class AsyncNativeAppAuthClient(AsyncAuthClient):
    """Client of Globus Auth for an app that runs on its users' machines, and so cannot keep a secret.

    Parameters: `client_id` of the registered app; no `authorizer`; for the others see `AsyncClient`.
    """

    def __init__(
        self, client_id: str | UUID, *, authorizer: None = None, **options: Unpack[AsyncClientOptions]
    ) -> None:
        if "client_secret" in options:
            options = {}  # no traceback shows it
            raise GlobusUsageError("client_secret: a native app has none; use ConfidentialAppAuthClient")
        given, authorizer = authorizer is not None, None  # it may be a token, which no traceback is to show
        if given:
            raise GlobusUsageError("authorizer: a native app has none; to use a token, create AuthClient(authorizer=…)")
        super().__init__(client_id, NullAuthorizer(), **options)

    def oauth2_start_flow(
        self,
        requested_scopes: Scopes | None = None,
        redirect_uri: str | None = None,
        state: str = "_default",
        verifier: str | None = None,
        refresh_tokens: bool = False,
        prefill_named_grant: str | None = None,
    ) -> AsyncGlobusNativeAppFlowManager:
        """Start a login, also kept for `oauth2_get_authorize_url` and `oauth2_exchange_code_for_tokens`.

        Nothing is sent. If several users log in at once, use the returned object instead of what the client keeps.

        Parameters: `requested_scopes` (None: openid, profile, email and all of Transfer); `redirect_uri` (None: a page
        of Globus that shows the code for copying); `state`, which is returned with the code; `verifier` of PKCE, 43 to
        128 characters of ``a-z A-Z 0-9 ~ _ . -`` (None: a random one); `refresh_tokens`, whether to request them;
        `prefill_named_grant`, a label that the consent page suggests.
        Raises `GlobusUsageError` for an invalid argument.
        Source: Auth API, "Authorization"; RFC 7636.
        """
        verifier = None if verifier is None else Secret.of(verifier)
        manager = AsyncGlobusNativeAppFlowManager(
            self, requested_scopes, redirect_uri, state, verifier, refresh_tokens, prefill_named_grant
        )
        self._keep(manager)
        return manager

    def oauth2_start_flow_native_app(
        self,
        requested_scopes: Scopes | None = None,
        redirect_uri: str | None = None,
        state: str = "_default",
        verifier: str | None = None,
        refresh_tokens: bool = False,
        prefill_named_grant: str | None = None,
    ) -> AsyncGlobusNativeAppFlowManager:
        """The older name of `oauth2_start_flow`; emits a `DeprecationWarning`."""
        verifier = None if verifier is None else Secret.of(verifier)
        warnings.warn("oauth2_start_flow_native_app is now oauth2_start_flow", DeprecationWarning, stacklevel=2)
        return self.oauth2_start_flow(
            requested_scopes, redirect_uri, state, verifier, refresh_tokens, prefill_named_grant
        )

    async def create_native_app_instance(self, template_id: str | UUID, name: str) -> documents.OAuthClientResult:
        """Create a client from a template, for this installation of the app.

        ``POST /v2/api/clients``, without a token

        The secret is in `included.client_credential` of the result: store it. Retried only if the request certainly did
        not arrive.

        Parameters: `template_id`, the id of the client that is the template; `name`, that of the installation, one
        line.
        Raises `pydantic.ValidationError`, which names the parameter; `BadRequestError` if it is not a template.
        Source: Auth API, "Clients".
        """
        body = documents.NativeAppInstanceCreate.model_validate({"template_id": template_id, "name": name})
        route = ("v2", "api", "clients")
        return await self.send(Request("POST", route, documents.OAuthClientResult, json=body, authorization=False))
