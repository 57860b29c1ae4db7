"""Logins that make their own calls: one for each visitor of a web server, or one on a client."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from typing_extensions import Unpack

from globus_typed.auth import documents
from globus_typed.auth.flows import AuthorizationCodeFlow, LoginFlow, NativeAppFlow, SessionParams
from globus_typed.core.authorization_parameters import AuthorizationParameters
from globus_typed.core.http_info import Secret
from globus_typed.core.outside_text import hidden
from globus_typed.core.request import DocumentT, Request
from globus_typed.errors import GlobusUsageError
from globus_typed.scopes.scope import Scopes


class AsyncTokenSender(Protocol):
    """The part of an Auth client that a login uses."""

    base_url: str
    client_id: str | None

    async def send(self, request: Request[DocumentT]) -> DocumentT:
        """The document in the response to the request."""
        ...


class AsyncGlobusOAuthFlowManager:
    """A login in progress: the URL to open, and the exchange of the code for tokens."""

    flow: LoginFlow
    """The login as a value."""

    def __init__(self, auth_client: AsyncTokenSender, flow: LoginFlow) -> None:
        self.auth_client = auth_client
        self.flow = flow

    def get_authorize_url(
        self,
        additional_params: Mapping[str, str] | AuthorizationParameters | None = None,
        **session: Unpack[SessionParams],
    ) -> str:
        """The URL that the user opens in a browser, to log in and to consent.

        ``GET /v2/oauth2/authorize``, by the user

        Parameters: `additional_params`, further query parameters, which override all others; `session`, requirements on
        the user's session, such as ``session_required_mfa=True`` (see `SessionParams`). Either way an
        `AuthorizationParameters`, such as ``error.authorization_parameters``, is taken as it is.
        Raises `GlobusUsageError` for a parameter that must be a string but is not, or is empty.
        Source: Auth API, "Authorization".
        """
        additional_params = hidden(additional_params)
        return self.flow.get_authorize_url(additional_params, **session)

    async def exchange_code_for_tokens(self, auth_code: str) -> documents.TokenResponse:
        """Exchange the code that the user brought back for tokens.

        ``POST /v2/oauth2/token``, sent once: a code can be used only once

        Parameters: `auth_code`, the code; or the whole URL to which the browser was redirected, whose `state` is then
        verified.
        Raises `GlobusUsageError` for a string that is not a code; `AuthAPIError` for an invalid, expired or used code.
        Source: Auth API, "Tokens".
        """
        auth_code = Secret.of(auth_code)
        form = self.flow.token_form(auth_code)
        return await self.auth_client.send(
            Request("POST", ("v2", "oauth2", "token"), documents.TokenResponse, form=form)
        )

    def __repr__(self) -> str:
        return f"{type(self).__name__}({vars(self).get('flow')!r})"


class AsyncGlobusNativeAppFlowManager(AsyncGlobusOAuthFlowManager):
    """The login of an app that cannot keep a secret, protected by PKCE.

    Parameters: `auth_client`, that of a native app; `requested_scopes` (None: the default scopes); `redirect_uri`
    (None: a page of Globus that shows the code for copying); `state`, which is returned with the code; `verifier` of
    PKCE (None: a random one); `refresh_tokens`, whether to request them; `prefill_named_grant`, a label for the
    consent.
    Raises `GlobusUsageError` for an invalid argument.
    """

    def __init__(
        self,
        auth_client: AsyncTokenSender,
        requested_scopes: Scopes | None = None,
        redirect_uri: str | None = None,
        state: str = "_default",
        verifier: str | None = None,
        refresh_tokens: bool = False,
        prefill_named_grant: str | None = None,
    ) -> None:
        verifier = None if verifier is None else Secret.of(verifier)
        flow = NativeAppFlow(
            _client_id(auth_client),
            requested_scopes,
            redirect_uri,
            state,
            verifier,
            refresh_tokens,
            prefill_named_grant,
            base_url=auth_client.base_url,
        )
        super().__init__(auth_client, flow)


class AsyncGlobusAuthorizationCodeFlowManager(AsyncGlobusOAuthFlowManager):
    """The login of a web server's user.

    Parameters: `auth_client`, that of a confidential app; `redirect_uri`, the URL to which the user returns;
    `requested_scopes` (None: the default scopes); `state`, which is returned with the code; `refresh_tokens`, whether
    to request them.
    Raises `GlobusUsageError` for an invalid argument.
    """

    def __init__(
        self,
        auth_client: AsyncTokenSender,
        redirect_uri: str,
        requested_scopes: Scopes | None = None,
        state: str = "_default",
        refresh_tokens: bool = False,
    ) -> None:
        flow = AuthorizationCodeFlow(
            _client_id(auth_client),
            redirect_uri,
            requested_scopes,
            state,
            refresh_tokens,
            base_url=auth_client.base_url,
        )
        super().__init__(auth_client, flow)


def _client_id(auth_client: AsyncTokenSender) -> str:
    if auth_client.client_id is None:
        raise GlobusUsageError("auth_client: must be made with a client_id to log users in")
    return auth_client.client_id
