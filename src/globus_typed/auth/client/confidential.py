# Generated from confidential.py by tools/unasync.py: change that file.
"""The Auth client of an app that has a secret."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from uuid import UUID

from typing_extensions import Unpack

from globus_typed.auth import documents
from globus_typed.auth.client.base import TOKEN, AuthClient
from globus_typed.auth.client.flow_manager import GlobusAuthorizationCodeFlowManager
from globus_typed.auth.login_arguments import requested_scopes_text
from globus_typed.auth.official_forms import dependent_form
from globus_typed.auth.query import comma_text
from globus_typed.core.authorizers import BasicAuthorizer, check_text
from globus_typed.core.client import ClientOptions
from globus_typed.core.http_info import Secret
from globus_typed.core.outside_text import hidden
from globus_typed.core.payloads import NoMore
from globus_typed.core.query_params import merged_query
from globus_typed.core.request import QueryValue, Request
from globus_typed.errors import GlobusUsageError
from globus_typed.scopes.scope import Scopes


class ConfidentialAppAuthClient(AuthClient):
    """Client for an app that can keep a secret, such as a web server: logs users in and gets tokens for the app.

    Parameters: `client_id` and `client_secret` of the registered app; no `authorizer`; for the others see
    `Client`.
    """

    def __init__(
        self,
        client_id: str | UUID,
        client_secret: str,
        *,
        authorizer: None = None,
        **options: Unpack[ClientOptions],
    ) -> None:
        client_secret = Secret.of(client_secret)
        given, authorizer = authorizer is not None, None  # it may be a token, which no traceback is to show
        if given:
            raise GlobusUsageError("authorizer: an app has its secret; a token is used with AuthClient(authorizer=…)")
        check_text(client_secret=client_secret)
        super().__init__(client_id, BasicAuthorizer(str(client_id), client_secret), **options)

    def oauth2_start_flow(
        self,
        redirect_uri: str,
        requested_scopes: Scopes | None = None,
        state: str = "_default",
        refresh_tokens: bool = False,
    ) -> GlobusAuthorizationCodeFlowManager:
        """Start a login.

        Nothing is sent. The client also keeps the login for `oauth2_get_authorize_url` and
        `oauth2_exchange_code_for_tokens`; where several users log in at once, use the returned flow manager instead.

        Parameters: `redirect_uri`, one of the app's registered URLs, where the user returns with the code;
        `requested_scopes` (None: openid, profile, email and all of Transfer); `state`, which is returned with the
        code and should be unguessable and different for each user; `refresh_tokens`, whether to request them.
        Raises `GlobusUsageError` for a wrong argument.
        Source: Auth API, "Authorization".
        """
        manager = GlobusAuthorizationCodeFlowManager(self, redirect_uri, requested_scopes, state, refresh_tokens)
        self._keep(manager)
        return manager

    def oauth2_start_flow_authorization_code(
        self,
        redirect_uri: str,
        requested_scopes: Scopes | None = None,
        state: str = "_default",
        refresh_tokens: bool = False,
    ) -> GlobusAuthorizationCodeFlowManager:
        """Deprecated name of `oauth2_start_flow`; emits a `DeprecationWarning`."""
        warnings.warn("oauth2_start_flow_authorization_code is now oauth2_start_flow", DeprecationWarning, stacklevel=2)
        return self.oauth2_start_flow(redirect_uri, requested_scopes, state, refresh_tokens)

    def oauth2_client_credentials_tokens(self, requested_scopes: Scopes | None = None) -> documents.TokenResponse:
        """Tokens for the app itself, whose identity is ``<client_id>@clients.auth.globus.org``. No refresh tokens.

        ``POST /v2/oauth2/token``

        Parameters: `requested_scopes` (None: openid, profile, email and all of Transfer).
        Raises `GlobusUsageError` for scopes that are not strings; `AuthAPIError` for a wrong secret or unknown scope.
        Source: Auth API, "Tokens"; RFC 6749, section 4.4.
        """
        return self.send(self.client_credentials_request(requested_scopes))

    def client_credentials_request(self, requested_scopes: Scopes | None = None) -> Request[documents.TokenResponse]:
        """The request for tokens for the app itself, which the client of any service can send."""
        form = {"grant_type": "client_credentials", "scope": requested_scopes_text(requested_scopes)}
        return self._token_request(form, repeatable=True)

    def oauth2_get_dependent_tokens(
        self,
        token: str,
        additional_params: Mapping[str, str] | None = None,
        *,
        refresh_tokens: bool = False,
        scope: Scopes | None = None,
    ) -> documents.DependentTokenResponse:
        """Tokens for the services that this app may call on behalf of the user whose token it received.

        ``POST /v2/oauth2/token``

        Parameters: `token`, the access token that the app received; `additional_params`, further form fields;
        `refresh_tokens`, whether to request them too; `scope`, the scopes that the tokens are to have (None: all that
        the user consented to).
        Raises `GlobusUsageError` for a token that is not a string, such as None, and for a wrong argument;
        `AuthAPIError` for a token that is invalid or not for this app.
        Source: Auth API, "Dependent Tokens".
        """
        token, additional_params = Secret.of(token), hidden(additional_params)
        check_text(token=token)
        grant = "urn:globus:auth:grant_type:dependent_token"
        form: dict[str, str] = {"grant_type": grant, "token": token, **dependent_form(refresh_tokens, scope)}
        form |= additional_params or {}
        return self.send(Request("POST", TOKEN, documents.DependentTokenResponse, form=form, repeatable=True))

    def oauth2_token_introspect(
        self,
        token: str,
        include: str | Iterable[str] | None = None,
        *,
        query_params: Mapping[str, QueryValue] | None = None,
    ) -> documents.Introspection:
        """Information about a token: whether it is active, its user, scopes and expiration.

        ``POST /v2/oauth2/token/introspect``

        Parameters: `token`; `include`, further information: ``"identity_set"``, ``"identity_set_detail"``,
        ``"session_info"``, or the older ``"identities_set"``; several as a list or as a string separated by commas;
        `query_params`, further query parameters.
        Raises `GlobusUsageError` for a token that is not a string, such as None; `AuthAPIError` if the app may not
        introspect it.
        Source: Auth API, "Token Introspection"; RFC 7662.
        """
        token = Secret.of(token)
        check_text(token=token)
        form: dict[str, str] = {"token": token}
        if include is not None:
            form["include"] = include if isinstance(include, str) else comma_text("include", include) or ""
        query = merged_query(self.oauth2_token_introspect, {}, query_params)
        return self.send(
            Request("POST", (*TOKEN, "introspect"), documents.Introspection, query=query, form=form, repeatable=True)
        )

    def create_child_client(
        self,
        name: documents.ChildClientCreate | Mapping[str, object] | str,
        *,
        public_client: bool | None = None,
        client_type: documents.KnownClientType | None = None,
        visibility: documents.Visibility | None = None,
        redirect_uris: Iterable[str] | None = None,
        terms_and_conditions: str | None = None,
        privacy_policy: str | None = None,
        required_idp: str | UUID | None = None,
        preselect_idp: str | UUID | None = None,
        userinfo_from_effective_identity: bool | None = None,
        prompt_for_named_grant: bool | None = None,
        additional_fields: Mapping[str, object] | None = None,
        **unknown: Unpack[NoMore],
    ) -> documents.OAuthClientResult:
        """Create a client whose parent is this app. The request is repeated only if it certainly did not arrive.

        ``POST /v2/api/clients``, with the app's secret

        Parameters: either a `ChildClientCreate`, or a mapping with the same content, alone in the first place; or the
        fields, which are those of `create_client` without a project.
        Raises `GlobusUsageError` for a payload with fields beside it; `pydantic.ValidationError`, which names the
        field, for a missing or invalid one; `PermissionDeniedError`.
        Source: Auth API, "Clients".
        """
        body = documents.ChildClientCreate.of_call(
            unknown,
            name=name,
            public_client=public_client,
            client_type=client_type,
            visibility=visibility,
            redirect_uris=redirect_uris,
            terms_and_conditions=terms_and_conditions,
            privacy_policy=privacy_policy,
            required_idp=required_idp,
            preselect_idp=preselect_idp,
            userinfo_from_effective_identity=userinfo_from_effective_identity,
            prompt_for_named_grant=prompt_for_named_grant,
            additional_fields=additional_fields,
        )
        return self.send(Request("POST", ("v2", "api", "clients"), documents.OAuthClientResult, json=body))
