# Generated from flow_manager.py by tools/unasync.py: change that file.
"""Logins that can make their own calls: one for each visitor of a web server, or one on a client."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from typing_extensions import Unpack

from globus_typed.auth import documents
from globus_typed.auth.flows import AuthorizationCodeFlow, LoginFlow, NativeAppFlow, SessionParams
from globus_typed.core.http_info import Secret
from globus_typed.core.request import DocumentT, Request
from globus_typed.errors import GlobusUsageError
from globus_typed.scopes import Scopes


class TokenSender(Protocol):
    """An Auth client, as far as a login needs it."""

    base_url: str
    client_id: str | None

    def send(self, request: Request[DocumentT]) -> DocumentT:
        """The document that answers the request."""
        ...


class GlobusOAuthFlowManager:
    """A login under way: the URL to follow, and the tokens for the code that comes back."""

    flow: LoginFlow
    """The login as a value."""

    def __init__(self, auth_client: TokenSender, flow: LoginFlow) -> None:
        self.auth_client = auth_client
        self.flow = flow

    def get_authorize_url(
        self, additional_params: Mapping[str, str] | None = None, **session: Unpack[SessionParams]
    ) -> str:
        """The URL that the user has to follow in a browser, to log in and to consent.

        ``GET /v2/oauth2/authorize``, by the user

        Parameters: `additional_params`, further query parameters, which win over all others; `session`, what is asked
        of the user's session, such as ``session_required_mfa=True`` (see `SessionParams`).
        Raises `GlobusUsageError` for a parameter that is no text where it must be, or empty.
        Source: Auth API, "Authorization".
        """
        return self.flow.get_authorize_url(additional_params, **session)

    def exchange_code_for_tokens(self, auth_code: str) -> documents.TokenResponse:
        """The tokens for the code that the user brought back.

        ``POST /v2/oauth2/token``, sent once: a code is good for one use

        Parameters: `auth_code`, the code; or the whole URL that the browser came back to, whose `state` is then
        compared.
        Raises `GlobusUsageError` for a text that is no code; `AuthAPIError` for a code that is wrong, old or used.
        Source: Auth API, "Tokens".
        """
        auth_code = Secret.of(auth_code)
        form = self.flow.token_form(auth_code)
        return self.auth_client.send(Request("POST", ("v2", "oauth2", "token"), documents.TokenResponse, form=form))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.flow!r})"


class GlobusNativeAppFlowManager(GlobusOAuthFlowManager):
    """The login of an app that can keep no secret, proven by PKCE.

    Parameters: `auth_client`, a native app's; `requested_scopes` (None: the default ones); `redirect_uri` (None: a
    page of Globus that shows the code for copying); `state`, which comes back with the code; `verifier` of PKCE
    (None: by chance); `refresh_tokens`, whether to ask for them; `prefill_named_grant`, a label for the consent.
    Raises `GlobusUsageError` for a wrong argument.
    """

    def __init__(
        self,
        auth_client: TokenSender,
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


class GlobusAuthorizationCodeFlowManager(GlobusOAuthFlowManager):
    """The login of a web server's user.

    Parameters: `auth_client`, a confidential app's; `redirect_uri`, where the user comes back; `requested_scopes`
    (None: the default ones); `state`, which comes back with the code; `refresh_tokens`, whether to ask for them.
    Raises `GlobusUsageError` for a wrong argument.
    """

    def __init__(
        self,
        auth_client: TokenSender,
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


def _client_id(auth_client: TokenSender) -> str:
    if auth_client.client_id is None:
        raise GlobusUsageError("auth_client: must be made with a client_id to log users in")
    return auth_client.client_id
