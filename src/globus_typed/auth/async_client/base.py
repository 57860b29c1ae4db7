"""Base class of the Auth clients."""

from __future__ import annotations

from collections.abc import Mapping
from types import NoneType
from typing import ClassVar, overload
from uuid import UUID

from typing_extensions import Unpack

from globus_typed.auth import documents
from globus_typed.auth.async_client.consent import AsyncConsentMethods
from globus_typed.auth.async_client.flow_manager import AsyncGlobusOAuthFlowManager
from globus_typed.auth.async_client.id_token import AsyncIdTokenMethods
from globus_typed.auth.async_client.identity import AsyncIdentityMethods
from globus_typed.auth.async_client.oauth_client import AsyncClientMethods
from globus_typed.auth.async_client.policy import AsyncPolicyMethods
from globus_typed.auth.async_client.project import AsyncProjectMethods
from globus_typed.auth.async_client.scope import AsyncScopeMethods
from globus_typed.auth.errors import AuthAPIError
from globus_typed.auth.flows import SessionParams, logout_url
from globus_typed.auth.query import no_form
from globus_typed.auth.service import SERVICE
from globus_typed.core.async_client import AsyncClientOptions
from globus_typed.core.authorization_parameters import AuthorizationParameters
from globus_typed.core.authorizers import GlobusAuthorizer, NullAuthorizer, check_text, no_authorizer
from globus_typed.core.http_info import Secret
from globus_typed.core.outside_text import hidden
from globus_typed.core.request import DocumentT, Request
from globus_typed.core.service import Service
from globus_typed.errors import GlobusAPIError, GlobusUsageError

TOKEN = ("v2", "oauth2", "token")


class AsyncAuthClient(
    AsyncIdTokenMethods,
    AsyncIdentityMethods,
    AsyncConsentMethods,
    AsyncProjectMethods,
    AsyncPolicyMethods,
    AsyncClientMethods,
    AsyncScopeMethods,
):
    """Client of Globus Auth with a user's token, for the user's identity and for a developer's projects and clients.

    The methods for developers also manage scopes and policies. An app that logs users in uses
    `AsyncNativeAppAuthClient` or `AsyncConfidentialAppAuthClient`.

    Parameters: `client_id`, of the app that requests tokens; `authorizer`, of any kind (None: an ``auth_token`` from
    the configuration, if there is one); for the others see `AsyncClient`.
    """

    service: ClassVar[Service] = SERVICE
    error_class: ClassVar[type[GlobusAPIError]] = AuthAPIError

    def __init__(
        self,
        client_id: str | UUID | None = None,
        authorizer: GlobusAuthorizer | None = None,
        *,
        client_secret: None = None,
        **options: Unpack[AsyncClientOptions],
    ) -> None:
        secret_given, client_secret = client_secret is not None, None  # keep it out of tracebacks
        if secret_given:
            raise GlobusUsageError(
                "client_secret: an app that has one uses ConfidentialAppAuthClient(client_id, client_secret)"
            )
        if authorizer is not None and (problem := no_authorizer(authorizer)):
            authorizer = None  # it may be a token: keep it out of tracebacks
            raise GlobusUsageError(problem)
        if isinstance(client_id, GlobusAuthorizer):  # given by position, as to the clients of other services
            raise GlobusUsageError("client_id: must be the id of an app; an authorizer is given as authorizer=…")
        super().__init__(authorizer, **options)
        self.client_id: str | None = None if client_id is None else str(client_id)
        self.current_oauth2_flow_manager: AsyncGlobusOAuthFlowManager | None = None

    def oauth2_get_authorize_url(
        self,
        additional_params: Mapping[str, str] | AuthorizationParameters | None = None,
        **session: Unpack[SessionParams],
    ) -> str:
        """The URL that the user opens in a browser, to log in and to consent.

        ``GET /v2/oauth2/authorize``, by the user

        Parameters: `additional_params`, further query parameters, which override all others; `session`, requirements on
        the user's session, such as ``session_required_mfa=True`` (see `SessionParams`). Either way an
        `AuthorizationParameters`, such as ``error.authorization_parameters``, is taken as it is.
        Raises `GlobusUsageError` before `oauth2_start_flow`, and for a parameter that must be a string but is not.
        Source: Auth API, "Authorization".
        """
        additional_params = hidden(additional_params)
        return self._flow().get_authorize_url(additional_params, **session)

    def oauth2_get_logout_url(self, redirect_uri: str | None = None, redirect_name: str | None = None) -> str:
        """The URL that ends the user's session at Globus Auth. Tokens stay valid: revoke them first.

        ``GET /v2/web/logout``, by the user

        Parameters: `redirect_uri`, the target of a link on the page; `redirect_name`, the text of that link.
        Raises `GlobusUsageError` for an invalid `redirect_uri`, and for a name without one.
        Source: Auth developer guide, "Logout".
        """
        return logout_url(self.base_url, self.client_id, redirect_uri, redirect_name)

    async def oauth2_exchange_code_for_tokens(self, auth_code: str) -> documents.TokenResponse:
        """Exchange the code that the user brought back for tokens.

        ``POST /v2/oauth2/token``, sent once: a code can be used only once

        Parameters: `auth_code`, the code; or the whole URL to which the browser was redirected, whose `state` is then
        verified.
        Raises `GlobusUsageError` before `oauth2_start_flow`, and for a string that is not a code; `AuthAPIError` for an
        invalid, expired or used code.
        Source: Auth API, "Tokens".
        """
        auth_code = Secret.of(auth_code)
        form = self._flow().flow.token_form(auth_code)
        return await self.send(Request("POST", TOKEN, documents.TokenResponse, form=form))

    async def oauth2_refresh_token(
        self, refresh_token: str, additional_params: Mapping[str, str] | None = None
    ) -> documents.TokenResponse:
        """New tokens for a refresh token.

        ``POST /v2/oauth2/token``, sent once: a service may accept each refresh token only once

        Parameters: `refresh_token`; `additional_params`, further form fields.
        Raises `GlobusUsageError` if it is not a token, such as None; `AuthAPIError` if it is invalid or revoked.
        Source: Auth API, "Tokens".
        """
        refresh_token, additional_params = Secret.of(refresh_token), hidden(additional_params)
        check_text(refresh_token=refresh_token)
        form = {"grant_type": "refresh_token", "refresh_token": refresh_token, **(additional_params or {})}
        return await self.send(Request("POST", TOKEN, documents.TokenResponse, form=self._identified(form)))

    async def oauth2_revoke_token(
        self, token: str, additional_params: Mapping[str, str] | None = None
    ) -> documents.TokenRevocation:
        """Revoke an access token or refresh token, which may already be revoked; the result confirms it.

        ``POST /v2/oauth2/token/revoke``

        Parameters: `token`; `additional_params`, further form fields.
        Raises `GlobusUsageError` if it is not a token, such as None; `AuthAPIError` if the app may not revoke it.
        Source: Auth API, "Tokens".
        """
        token, additional_params = Secret.of(token), hidden(additional_params)
        check_text(token=token)
        form = self._identified({"token": token, **(additional_params or {})})
        return await self.send(
            Request("POST", (*TOKEN, "revoke"), documents.TokenRevocation, form=form, repeatable=True)
        )

    async def oauth2_validate_token(
        self, token: str, additional_params: Mapping[str, str] | None = None
    ) -> documents.Introspection:
        """Whether an access token or refresh token of this app is valid, and what it is good for.

        ``POST /v2/oauth2/token/validate``, without a user's token, unlike `oauth2_token_introspect` for apps without a
        secret too

        Parameters: `token`; `additional_params`, further form fields.
        Raises `GlobusUsageError` if it is not a token, such as None.
        Source: globus-cli, which asks so before it goes on.
        """
        token, additional_params = Secret.of(token), hidden(additional_params)
        check_text(token=token)
        form = self._identified({"token": token, **(additional_params or {})})
        return await self.send(
            Request("POST", (*TOKEN, "validate"), documents.Introspection, form=form, repeatable=True)
        )

    @overload
    async def oauth2_token(self, form_data: Mapping[str, str]) -> documents.TokenResponse: ...
    @overload
    async def oauth2_token(self, form_data: Mapping[str, str], response_class: type[DocumentT]) -> DocumentT: ...
    async def oauth2_token(
        self,
        form_data: Mapping[str, str],
        response_class: type[DocumentT] | type[documents.TokenResponse] | None = None,
    ) -> DocumentT | documents.TokenResponse:
        """The response of the token endpoint to any form: for grants that have no method of their own.

        ``POST /v2/oauth2/token``, sent once

        Parameters: `form_data`, with its ``grant_type``; `response_class`, the class of the response (None:
        `TokenResponse`).
        Raises `GlobusUsageError` for an invalid form; `AuthAPIError` if the service refuses it.
        Source: Auth API, "Tokens".
        """
        problem = no_form(form_data)
        form = {} if problem else {name: Secret(value) for name, value in form_data.items()}
        form_data = form
        if problem:
            raise GlobusUsageError(problem)
        return await self.send(Request("POST", TOKEN, response_class or documents.TokenResponse, form=form))

    def refresh_token_request(self, refresh_token: str) -> Request[documents.TokenResponse]:
        """The request that gets new tokens for a refresh token; it can be sent by a client of any service."""
        return self._token_request({"grant_type": "refresh_token", "refresh_token": Secret(refresh_token)})

    def _token_request(self, form: dict[str, str], *, repeatable: bool = False) -> Request[documents.TokenResponse]:
        # Complete with URL and authorization, so that any client can send it.
        header = None if self.authorizer is None else self.authorizer.header()
        return Request(
            "POST",
            f"{self.base_url}{'/'.join(TOKEN)}",
            documents.TokenResponse,
            form=self._identified(form),
            authorization=header or False,
            error_class=AuthAPIError,
            repeatable=repeatable,
        )

    def _identified(self, form: dict[str, str]) -> dict[str, str]:
        # An app without a secret identifies itself in the form.
        if self.client_id is None or not isinstance(self.authorizer, (NoneType, NullAuthorizer)):
            return form
        return {"client_id": self.client_id, **form}

    def _keep(self, manager: AsyncGlobusOAuthFlowManager) -> None:
        self.current_oauth2_flow_manager = manager

    def _flow(self) -> AsyncGlobusOAuthFlowManager:
        if self.current_oauth2_flow_manager is None:
            raise GlobusUsageError("oauth2_start_flow: must be called first")
        return self.current_oauth2_flow_manager
