# Generated from native.py by tools/unasync.py: change that file.
"""The Auth client of an app that can keep no secret."""

from __future__ import annotations

import warnings
from uuid import UUID

from typing_extensions import Unpack

from globus_typed.auth import documents
from globus_typed.auth.client.base import AuthClient
from globus_typed.auth.client.flow_manager import GlobusNativeAppFlowManager
from globus_typed.core.authorizers import NullAuthorizer
from globus_typed.core.client import ClientOptions
from globus_typed.core.http_info import Secret
from globus_typed.core.request import Request
from globus_typed.errors import GlobusUsageError
from globus_typed.scopes import Scopes


class NativeAppAuthClient(AuthClient):
    """Logs users in for an app that runs on their own machines, and so has no secret.

    Parameters: `client_id` of the registered app; no `authorizer`; for the others see `Client`.
    """

    def __init__(self, client_id: str | UUID, *, authorizer: None = None, **options: Unpack[ClientOptions]) -> None:
        if authorizer is not None:
            raise GlobusUsageError("authorizer: a native app has none; a token is used with AuthClient(authorizer=…)")
        super().__init__(client_id, NullAuthorizer(), **options)

    def oauth2_start_flow(
        self,
        requested_scopes: Scopes | None = None,
        redirect_uri: str | None = None,
        state: str = "_default",
        verifier: str | None = None,
        refresh_tokens: bool = False,
        prefill_named_grant: str | None = None,
    ) -> GlobusNativeAppFlowManager:
        """A login, which is also kept on the client for `oauth2_get_authorize_url` and
        `oauth2_exchange_code_for_tokens`.

        Nothing is sent. Where several users log in at once, use what this returns and not what the client keeps.

        Parameters: `requested_scopes` (None: openid, profile, email and all of Transfer); `redirect_uri` (None: a
        page of Globus that shows the code for copying); `state`, which comes back with the code; `verifier` of PKCE,
        43 to 128 characters of ``a-z A-Z 0-9 ~ _ . -`` (None: by chance); `refresh_tokens`, whether to ask for them;
        `prefill_named_grant`, a label that the consent page suggests.
        Raises `GlobusUsageError` for a wrong argument.
        Source: Auth API, "Authorization"; RFC 7636.
        """
        verifier = None if verifier is None else Secret.of(verifier)
        manager = GlobusNativeAppFlowManager(
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
    ) -> GlobusNativeAppFlowManager:
        """An older name of `oauth2_start_flow`; gives a `DeprecationWarning`."""
        verifier = None if verifier is None else Secret.of(verifier)
        warnings.warn("oauth2_start_flow_native_app is now oauth2_start_flow", DeprecationWarning, stacklevel=2)
        return self.oauth2_start_flow(
            requested_scopes, redirect_uri, state, verifier, refresh_tokens, prefill_named_grant
        )

    def create_native_app_instance(self, template_id: str | UUID, name: str) -> documents.OAuthClientResult:
        """A new client, made from a template for this one installation of the app, with its secret: read
        `included.client_credential` and keep it. Asked for once, unless the request surely did not arrive.

        ``POST /v2/api/clients``, without a token

        Parameters: `template_id`, the client that is the template; `name`, what the installation is called, one line.
        Raises `pydantic.ValidationError`, which names the parameter; `BadRequestError` for what is no template.
        Source: Auth API, "Clients".
        """
        body = documents.NativeAppInstanceCreate.model_validate({"template_id": template_id, "name": name})
        route = ("v2", "api", "clients")
        return self.send(Request("POST", route, documents.OAuthClientResult, json=body, authorization=False))
