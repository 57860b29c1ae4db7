"""Logins in two steps: the URL for the user to open, kept as a value, and the exchange of the code for tokens."""

import json
import secrets
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn, TypeAlias
from urllib.parse import parse_qs, urlsplit

from globus_typed.apps.errors import LoginDeniedError, LoginError
from globus_typed.apps.login_flows.redirect_uri import check_redirect_uri
from globus_typed.auth.client.confidential import ConfidentialAppAuthClient
from globus_typed.auth.client.flow_manager import GlobusOAuthFlowManager
from globus_typed.auth.client.native import NativeAppAuthClient
from globus_typed.auth.documents import TokenResponse
from globus_typed.auth.errors import AuthAPIError
from globus_typed.auth.flows import AuthorizationCodeFlow, LoginFlow, NativeAppFlow
from globus_typed.core.authorization_parameters import AuthorizationParameters
from globus_typed.core.http_info import Secret
from globus_typed.core.json_data import is_object
from globus_typed.core.outside_text import clean
from globus_typed.errors import GlobusUsageError
from globus_typed.scopes.scope import Scope

__all__ = ["LoginClient", "PendingLogin", "code_in_query", "finish_login", "start_login"]

LoginClient: TypeAlias = NativeAppAuthClient | ConfidentialAppAuthClient
"""The Auth client of the app that the user logs in to."""


@dataclass(frozen=True)
class PendingLogin:
    """A login that was started and waits for its code: show the user `authorize_url`, and keep the rest secret.

    It is not pickled, as it has the secret of the login in it: `to_secret_json` is the form to store, where only the
    program can read it.
    """

    authorize_url: str = field(repr=False)
    """The URL that the user opens in a browser, to log in and to consent."""
    flow: LoginFlow = field(repr=False)
    """The login as a value, with its secrets."""
    scopes: tuple[str, ...]
    """The requested scopes."""

    def to_secret_json(self) -> str:
        """The login as JSON, with its secrets: for a place that only the program can read, until it is finished."""
        flow = self.flow
        data: dict[str, Any] = {
            "authorize_url": self.authorize_url,
            "scopes": self.scopes,
            "client_id": flow.client_id,
            "base_url": flow.base_url,
            "redirect_uri": flow.redirect_uri,
            "requested_scopes": flow.scopes,
            "state": flow.state,
            "refresh_tokens": flow.refresh_tokens,
        }
        if isinstance(flow, NativeAppFlow):
            data |= {"verifier": flow.verifier, "prefill_named_grant": flow.prefill_named_grant}
        return json.dumps(data)

    @classmethod
    def from_secret_json(cls, text: str) -> "PendingLogin":
        """The login that `to_secret_json` wrote; raises `GlobusUsageError` for any other string."""
        text = Secret.of(text)
        try:
            data: object = json.loads(text)
        except ValueError:
            data = None
        if not is_object(data):
            raise GlobusUsageError("pending login: must be a string that to_secret_json wrote")
        kept = {name: Secret(value) if isinstance(value, str) else value for name, value in data.items()}
        data = None
        try:
            flow = _flow(kept)
            scopes = tuple(str(scope) for scope in kept["scopes"])
            return cls(str(kept["authorize_url"]), flow, scopes)
        except (KeyError, TypeError) as error:
            raise GlobusUsageError(
                f"pending login: must be a string that to_secret_json wrote; {clean(str(error))}"
            ) from None

    def __copy__(self) -> "PendingLogin":
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> "PendingLogin":
        return self

    def __reduce__(self) -> NoReturn:
        raise GlobusUsageError(
            "a PendingLogin holds the secret of a login and is not pickled; store to_secret_json() where only the "
            "program can read it"
        )


def _flow(kept: dict[str, Any]) -> LoginFlow:
    common: dict[str, Any] = {
        "client_id": str.__str__(kept["client_id"]),
        "redirect_uri": str.__str__(kept["redirect_uri"]),
        "requested_scopes": str.__str__(kept["requested_scopes"]),
        "state": str.__str__(kept["state"]),
        "refresh_tokens": kept["refresh_tokens"],
        "base_url": str.__str__(kept["base_url"]),
    }
    if "verifier" in kept:
        return NativeAppFlow(**common, verifier=kept["verifier"], prefill_named_grant=kept["prefill_named_grant"])
    return AuthorizationCodeFlow(**common)


def start_login(
    login_client: LoginClient,
    auth_parameters: AuthorizationParameters,
    *,
    redirect_uri: str | None = None,
    request_refresh_tokens: bool = False,
    prefill: str | None = None,
) -> PendingLogin:
    """Start a login with a new random state and, for a native app, a new PKCE verifier. Nothing is sent or kept.

    Parameters: `login_client` of the app; `auth_parameters`, what the login is to ask for, with its `required_scopes`;
    `redirect_uri`, where the user returns with the code (None, for a native app: a page of Globus that shows it);
    `request_refresh_tokens`; `prefill`, the label that the consent page of a native app suggests for the consent.
    Raises `GlobusUsageError` for no scopes, for a confidential app without a redirect URI, and for an invalid one.
    """
    scopes = _required_scopes(auth_parameters)
    if auth_parameters.session_required_identities and auth_parameters.session_required_single_domain:
        raise GlobusUsageError(
            "session_required_identities, session_required_single_domain: only one of the two can be asked for in one "
            "login; give the identities, or their domain"
        )
    if login_client.client_id is None:
        raise GlobusUsageError("login_client: must be made with a client_id to log users in")
    if redirect_uri is not None:
        check_redirect_uri("redirect_uri", redirect_uri)
    state = Secret(secrets.token_urlsafe(32))
    flow: LoginFlow
    if isinstance(login_client, NativeAppAuthClient):
        flow = NativeAppFlow(
            login_client.client_id,
            scopes,
            redirect_uri,
            state,
            refresh_tokens=request_refresh_tokens,
            prefill_named_grant=prefill,
            base_url=login_client.base_url,
        )
    elif redirect_uri is None:
        raise GlobusUsageError(
            "login_redirect_uri: a confidential app needs one of the redirect URIs that it is registered with, as the "
            "page of Globus that shows codes is for native apps"
        )
    else:
        flow = AuthorizationCodeFlow(
            login_client.client_id, redirect_uri, scopes, state, request_refresh_tokens, base_url=login_client.base_url
        )
    url = flow.get_authorize_url(authorization_parameters=replace(auth_parameters, required_scopes=scopes))
    return PendingLogin(url, flow, scopes)


def finish_login(login_client: LoginClient, pending: PendingLogin, code_or_url: str) -> TokenResponse:
    """Exchange the code that the user brought back for tokens.

    ``POST /v2/oauth2/token``, sent once: a code can be used only once

    Parameters: `login_client`, that of `start_login`; `pending`, the login; `code_or_url`, the code, or the whole URL
    to which the browser was redirected, whose `state` is then verified.
    Raises `GlobusUsageError` for a string that is not a code, or belongs to another login; `LoginDeniedError` for the
    URL of a login that was refused; `LoginError` for a code that is wrong, expired or used.
    """
    code_or_url = Secret.of(code_or_url)
    flow = pending.flow
    if (flow.client_id, flow.base_url) != (str(login_client.client_id), login_client.base_url.rstrip("/")):
        raise GlobusUsageError("pending login: was started for another app, or another environment")
    code = Secret(code_or_url.strip())
    if "://" in code or code.startswith(flow.redirect_uri):
        query = None
        with suppress(ValueError):  # which may hold the URL: no error should have it as its context
            query = Secret(urlsplit(code).query)
        if query is None:
            raise GlobusUsageError("auth_code: looks like a URL, but cannot be read as one")
        code = code_in_query(flow, query)
    try:
        return GlobusOAuthFlowManager(login_client, flow).exchange_code_for_tokens(code)
    except AuthAPIError as error:
        if error.code != "invalid_grant":
            raise
        raise LoginError(
            "Globus Auth refused the code: it is wrong, too old, or was used before; log in again for a new one"
        ) from error


def code_in_query(flow: LoginFlow, query: str) -> Secret:
    """The code in the query of the URL to which the browser was redirected.

    Raises `GlobusUsageError` for a query with another state than that of the login, compared in constant time, and for
    one without a code; `LoginDeniedError` if the login was refused.
    """
    query = Secret.of(query)
    given: dict[str, list[Secret]] | None = None
    with suppress(ValueError):
        given = {
            name: [Secret(value) for value in values] for name, values in parse_qs(query, max_num_fields=50).items()
        }
    if given is None:
        raise GlobusUsageError("auth_code: the URL cannot be read")
    for name in ("code", "state", "error", "error_description"):
        if len(given.get(name, ())) > 1:
            raise GlobusUsageError(f"auth_code: the URL contains more than one {name}")
    flow.check_state(given.get("state", [None])[0])
    if "error" in given:
        description = clean(given["error_description"][0]) if "error_description" in given else None
        raise LoginDeniedError(clean(given["error"][0], longest=200), description)
    if "code" not in given:
        raise GlobusUsageError("auth_code: the URL contains no code; pass the one that the browser was sent to")
    return given["code"][0]


def _required_scopes(auth_parameters: AuthorizationParameters) -> tuple[str, ...]:
    try:
        found = [scope for text in auth_parameters.required_scopes for scope in Scope.parse_all(text)]
    except ValueError as error:
        raise GlobusUsageError(f"required_scopes: {clean(str(error))}") from None
    if not found:
        raise GlobusUsageError(
            "required_scopes: a login asks for at least one scope; name those that the program needs"
        )
    return tuple(dict.fromkeys(map(str, found)))
