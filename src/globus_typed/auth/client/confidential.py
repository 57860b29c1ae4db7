# Generated from confidential.py by tools/unasync.py: change that file.
"""The Auth client of an app that has a secret."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from typing import Any, overload
from uuid import UUID

from typing_extensions import Unpack

from globus_typed.auth import documents
from globus_typed.auth.client.base import TOKEN, AuthClient
from globus_typed.auth.client.flow_manager import GlobusAuthorizationCodeFlowManager
from globus_typed.auth.flows import requested_scopes_text
from globus_typed.auth.query import comma_text
from globus_typed.core.authorizers import BasicAuthorizer, check_text
from globus_typed.core.client import ClientOptions
from globus_typed.core.http_info import Secret
from globus_typed.core.request import Request
from globus_typed.errors import GlobusUsageError
from globus_typed.scopes import Scopes


class ConfidentialAppAuthClient(AuthClient):
    """Logs users in for an app that can keep a secret, such as a web server, and gets tokens for the app itself.

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
        if authorizer is not None:
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
        """A login, which is also kept on the client for `oauth2_get_authorize_url` and
        `oauth2_exchange_code_for_tokens`.

        Nothing is sent. Where several users log in at once, use what this returns and not what the client keeps.

        Parameters: `redirect_uri`, where the user comes back with the code, one that the app is registered with;
        `requested_scopes` (None: openid, profile, email and all of Transfer); `state`, which comes back with the
        code: one that nobody can guess, for each visitor; `refresh_tokens`, whether to ask for them.
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
        """An older name of `oauth2_start_flow`; gives a `DeprecationWarning`."""
        warnings.warn("oauth2_start_flow_authorization_code is now oauth2_start_flow", DeprecationWarning, stacklevel=2)
        return self.oauth2_start_flow(redirect_uri, requested_scopes, state, refresh_tokens)

    def oauth2_client_credentials_tokens(self, requested_scopes: Scopes | None = None) -> documents.TokenResponse:
        """Tokens for the app itself, whose identity is ``<client_id>@clients.auth.globus.org``. No refresh tokens.

        ``POST /v2/oauth2/token``

        Parameters: `requested_scopes` (None: openid, profile, email and all of Transfer).
        Raises `GlobusUsageError` for scopes that are no texts; `AuthAPIError` for a wrong secret or an unknown scope.
        Source: Auth API, "Tokens"; RFC 6749, section 4.4.
        """
        return self.send(self.client_credentials_request(requested_scopes))

    def client_credentials_request(self, requested_scopes: Scopes | None = None) -> Request[documents.TokenResponse]:
        """The request that gets tokens for the app itself; the client of any service can send it."""
        form = {"grant_type": "client_credentials", "scope": requested_scopes_text(requested_scopes)}
        return self._token_request(form, repeatable=True)

    def oauth2_get_dependent_tokens(
        self, token: str, additional_params: Mapping[str, str] | None = None
    ) -> documents.DependentTokenResponse:
        """The tokens for other services that this app, called with a user's token, may call for that user.

        ``POST /v2/oauth2/token``

        Parameters: `token`, which the app was called with; `additional_params`, further form fields.
        Raises `GlobusUsageError` for what is no token, such as None; `AuthAPIError` for one that is wrong or not for
        this app.
        Source: Auth API, "Dependent Tokens".
        """
        token = Secret.of(token)
        check_text(token=token)
        grant = "urn:globus:auth:grant_type:dependent_token"
        form = {"grant_type": grant, "token": token, **(additional_params or {})}
        return self.send(Request("POST", TOKEN, documents.DependentTokenResponse, form=form, repeatable=True))

    def oauth2_token_introspect(
        self, token: str, include: str | Iterable[str] | None = None
    ) -> documents.Introspection:
        """What a token is: whether it is active, whose it is, for what and until when.

        ``POST /v2/oauth2/token/introspect``

        Parameters: `token`; `include`, what to tell beside it: ``"identity_set"``, ``"identity_set_detail"``,
        ``"session_info"``, or the older ``"identities_set"``; several as a list, or as text with commas.
        Raises `GlobusUsageError` for what is no token, such as None; `AuthAPIError` when the app may not look at it.
        Source: Auth API, "Token Introspection"; RFC 7662.
        """
        token = Secret.of(token)
        check_text(token=token)
        form: dict[str, str] = {"token": token}
        if include is not None:
            form["include"] = include if isinstance(include, str) else comma_text("include", include) or ""
        return self.send(Request("POST", (*TOKEN, "introspect"), documents.Introspection, form=form, repeatable=True))

    @overload
    def create_child_client(
        self, data: documents.ChildClientCreate | Mapping[str, Any], /
    ) -> documents.OAuthClientResult: ...
    @overload
    def create_child_client(
        self,
        name: str,
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
        additional_fields: Mapping[str, Any] | None = None,
    ) -> documents.OAuthClientResult: ...
    def create_child_client(self, *args: Any, **fields: Any) -> documents.OAuthClientResult:
        """A new client whose parent is this app; asked for once, unless the request surely did not arrive.

        ``POST /v2/api/clients``, with the app's secret

        Parameters: the fields, or a `ChildClientCreate`, or a mapping that holds such a document. They are those of
        `create_client`, without a project.
        Raises `pydantic.ValidationError`, which names the field, for what cannot be right; `PermissionDeniedError`.
        Source: Auth API, "Clients".
        """
        body = documents.ChildClientCreate.of_call(args, fields)
        return self.send(Request("POST", ("v2", "api", "clients"), documents.OAuthClientResult, json=body))
