"""The authorizers that get their tokens from Globus Auth: by refresh tokens, and by an app's own credentials."""

import inspect
import time
from collections.abc import Callable
from typing import Generic, Protocol

from typing_extensions import TypeVar

from globus_typed.auth import documents
from globus_typed.core.authorizers import RenewingAuthorizer, check_text
from globus_typed.core.documents import Document
from globus_typed.core.http_info import Secret
from globus_typed.core.json_data import unchecked
from globus_typed.core.request import Request
from globus_typed.errors import GlobusUsageError
from globus_typed.scopes.scope import Scopes, scopes_to_text

__all__ = ["ClientCredentialsAuthorizer", "CredentialsClient", "RefreshTokenAuthorizer", "TokenClient"]


class TokenClient(Protocol):
    """An app's Auth client, sync or async, as far as a refresh needs it."""

    def refresh_token_request(self, refresh_token: str) -> "Request[documents.TokenResponse]":
        """The request that gets new tokens for a refresh token."""
        ...


class CredentialsClient(Protocol):
    """A confidential app's Auth client, sync or async, as far as `ClientCredentialsAuthorizer` needs it."""

    def client_credentials_request(self, requested_scopes: Scopes) -> "Request[documents.TokenResponse]":
        """The request that gets tokens for the app itself."""
        ...


TokenClientT_co = TypeVar("TokenClientT_co", bound=TokenClient, default=TokenClient, covariant=True)
CredentialsClientT_co = TypeVar(
    "CredentialsClientT_co", bound=CredentialsClient, default=CredentialsClient, covariant=True
)


class _TokenAuthorizer(RenewingAuthorizer):
    """Reads the responses of Globus Auth's token route."""

    def __init__(
        self,
        client: object,
        access_token: str | None,
        expires_at: float | None,
        on_refresh: "Callable[[documents.TokenResponse], object] | None",
        clock: Callable[[], float],
    ) -> None:
        access_token = None if access_token is None else Secret.of(access_token)
        if on_refresh is not None and (not callable(on_refresh) or inspect.iscoroutinefunction(on_refresh)):
            raise GlobusUsageError("on_refresh: must be a function that is called with the tokens, and not async")
        super().__init__(client, access_token, expires_at, clock)
        self.on_refresh = on_refresh

    def _read(self, tokens: Document) -> tuple[str, float | None]:
        response = _token_response(tokens)
        found = list(response.by_resource_server.values())
        if len(found) != 1:
            raise GlobusUsageError(
                f"authorizer: a renewal must give the token of one resource server, but this one gave {len(found)}"
            )
        check_text(access_token=Secret(found[0].access_token))
        return found[0].access_token, response.expires_in

    def _tell(self, tokens: Document) -> None:
        if self.on_refresh is not None:
            self.on_refresh(self._complete(_token_response(tokens)))

    def _complete(self, response: "documents.TokenResponse") -> "documents.TokenResponse":
        """The response with what a program that stores it needs beside it."""
        return response


def _token_response(tokens: Document) -> "documents.TokenResponse":
    if not isinstance(tokens, documents.TokenResponse):
        raise GlobusUsageError(
            f"authorizer: a renewal must give a TokenResponse, but this one gave {type(tokens).__name__}"
        )
    return tokens


class RefreshTokenAuthorizer(_TokenAuthorizer, Generic[TokenClientT_co]):
    """Access tokens that a refresh token renews: 60 s before their end, and when the service refuses one.

    One authorizer serves any number of clients, threads and tasks; those that find the token at its end together make
    one renewal. A renewal before the end that fails is no error as long as the old token is good. A refresh token that
    is revoked or too old makes the call raise `LoginRequiredError`.

    Parameters: `refresh_token` of one resource server; `auth_client`, the app it was given to; optionally the
    `access_token` that came with it and its `expires_at` in seconds since the epoch (without both, the first call
    makes a renewal); `on_refresh`, called with each new `TokenResponse`, to store it: it holds the refresh token
    that is good from now on, even where the service sent none; `clock`, the time in seconds since the epoch.
    """

    def __init__(
        self,
        refresh_token: str,
        auth_client: TokenClientT_co,
        access_token: str | None = None,
        expires_at: float | None = None,
        on_refresh: "Callable[[documents.TokenResponse], object] | None" = None,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        refresh_token = Secret.of(refresh_token)
        access_token = None if access_token is None else Secret.of(access_token)
        check_text(refresh_token=refresh_token)
        if isinstance(auth_client, type) or not callable(getattr(auth_client, "refresh_token_request", None)):
            raise GlobusUsageError("auth_client: must be the client of the app, such as NativeAppAuthClient(client_id)")
        super().__init__(auth_client, access_token, expires_at, on_refresh, clock)
        self.auth_client: TokenClientT_co = auth_client
        self._refresh_token = refresh_token

    def _request(self, *, is_urgent: bool) -> "Request[documents.TokenResponse]":
        return self.auth_client.refresh_token_request(self._refresh_token)

    def _keep(self, tokens: Document) -> None:
        (token,) = _token_response(tokens).by_resource_server.values()
        self._refresh_token = Secret(token.refresh_token or self._refresh_token)

    def _complete(self, response: "documents.TokenResponse") -> "documents.TokenResponse":
        if response.refresh_token is not None:
            return response
        return response.model_copy(update={"refresh_token": self._refresh_token})


class ClientCredentialsAuthorizer(_TokenAuthorizer, Generic[CredentialsClientT_co]):
    """Access tokens for an app itself, whose identity is ``<client_id>@clients.auth.globus.org``, got when needed.

    Renewed 60 s before their end, and when the service refuses one; one authorizer serves any number of clients,
    threads and tasks.

    Parameters: `confidential_client`, the app; `scopes`, of one resource server; optionally an `access_token` that the
    program has kept and its `expires_at` in seconds since the epoch (without both, the first call asks for one);
    `on_refresh`, called with each new `TokenResponse`; `clock`, the time in seconds since the epoch.
    """

    def __init__(
        self,
        confidential_client: CredentialsClientT_co,
        scopes: Scopes,
        access_token: str | None = None,
        expires_at: float | None = None,
        on_refresh: "Callable[[documents.TokenResponse], object] | None" = None,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        access_token = None if access_token is None else Secret.of(access_token)
        given: object = confidential_client
        if isinstance(given, type) or not callable(getattr(given, "client_credentials_request", None)):
            raise GlobusUsageError(
                "confidential_client: must be the client of the app: ConfidentialAppAuthClient(client_id, secret)"
            )
        try:
            self.scopes: str = scopes_to_text("" if unchecked(scopes) is None else scopes)
        except ValueError as error:
            raise GlobusUsageError(f"scopes: {error}") from None
        super().__init__(confidential_client, access_token, expires_at, on_refresh, clock)
        self.confidential_client: CredentialsClientT_co = confidential_client

    def _request(self, *, is_urgent: bool) -> "Request[documents.TokenResponse]":
        return self.confidential_client.client_credentials_request(self.scopes)
