"""Logins as values: the URL for the user to open, and the form that exchanges the code for tokens. No I/O here.

A flow is valid for one login. A web server keeps one per visitor; `AuthClient.oauth2_start_flow` keeps one on the
client.
"""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal, TypedDict
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import UUID

from globus_typed.auth.login_arguments import (
    asked_parameters,
    checked_bool,
    checked_text,
    checked_url,
    comma_list,
    further_params,
    given_or_asked,
    joined_scopes,
    requested_scopes_text,
)
from globus_typed.core.authorization_parameters import AuthorizationParameters
from globus_typed.core.fields import is_id
from globus_typed.core.http_info import Secret
from globus_typed.core.json_data import unchecked
from globus_typed.core.outside_text import clean, hidden
from globus_typed.errors import GlobusUsageError
from globus_typed.scopes.scope import Scopes

__all__ = [
    "AuthorizationCodeFlow",
    "LoginFlow",
    "NativeAppFlow",
    "SessionParams",
    "code_challenge",
    "logout_url",
    "requested_scopes_text",
]


class SessionParams(TypedDict, total=False):
    """Requirements of a login on the user's session at Globus Auth."""

    authorization_parameters: AuthorizationParameters | None
    """The demands of a refused request, as in ``error.authorization_parameters``; the other members override them."""

    session_required_identities: str | UUID | Iterable[str | UUID] | None
    """Identities, by id or username, that the user must log in with; a string may hold several separated by commas."""
    session_required_single_domain: str | Iterable[str] | None
    """Domains in one of which the user must log in with an identity; a string may hold several separated by commas."""
    session_required_policies: str | UUID | Iterable[str | UUID] | None
    """Ids of policies that the login must meet; a string may hold several separated by commas."""
    session_required_mfa: bool | None
    """Whether multi-factor authentication is required."""
    session_message: str | None
    """A message to show to the user on the login page."""
    prompt: Literal["login"] | None
    """``"login"`` makes the user log in again, even if the session would suffice."""
    query_params: Mapping[str, str] | None
    """Further query parameters, which override all others."""


def code_challenge(verifier: str) -> str:
    """The PKCE challenge of a verifier, which proves knowledge of it without revealing it: S256 (RFC 7636).

    Raises `GlobusUsageError` for a verifier that is not 43 to 128 characters of ``a-z A-Z 0-9 ~ _ . -``.
    """
    if not isinstance(unchecked(verifier), str) or not _VERIFIER.fullmatch(verifier):
        raise GlobusUsageError("verifier: must be 43 to 128 characters of a-z A-Z 0-9 ~ _ . -")
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def logout_url(
    base_url: str, client_id: str | None, redirect_uri: str | None = None, redirect_name: str | None = None
) -> str:
    """The URL that ends the user's session at Globus Auth and, with a `redirect_uri`, leads back to the app.

    GET /v2/web/logout, by the user

    Parameters: `base_url` of Globus Auth; `client_id` of the app; `redirect_uri`, the target of a link on the page;
    `redirect_name`, the text of that link.
    Raises `GlobusUsageError` for an invalid `redirect_uri`, and for a name without one.
    """
    if redirect_uri is not None:
        checked_url("redirect_uri", redirect_uri)
    elif redirect_name is not None:
        raise GlobusUsageError("redirect_name: is the text of a link, so it needs a redirect_uri")
    params = {"client": client_id, "redirect_uri": redirect_uri, "redirect_name": redirect_name}
    query = urlencode({name: checked_text(name, value) for name, value in params.items() if value is not None})
    return f"{base_url.rstrip('/')}/v2/web/logout{'?' * bool(query)}{query}"


_VERIFIER = re.compile(r"[a-zA-Z0-9~_.-]{43,128}")


@dataclass(frozen=True, init=False, repr=False)
class LoginFlow:
    """Base class of logins: use `NativeAppFlow` or `AuthorizationCodeFlow`."""

    client_id: str
    """The id of the app, a UUID."""
    base_url: str
    """The base URL of Globus Auth, without a trailing slash."""
    redirect_uri: str
    """The URL to which the user returns with the code."""
    scopes: str
    """The requested scopes, separated by spaces."""
    state: str
    """A string that is returned with the code, to verify that the code belongs to this login."""
    refresh_tokens: bool
    """Whether refresh tokens are requested too."""

    def __init__(
        self,
        client_id: str | UUID,
        redirect_uri: str,
        requested_scopes: Scopes | None,
        state: str,
        refresh_tokens: bool,
        base_url: str,
    ) -> None:
        if not isinstance(unchecked(client_id), (str, UUID)) or not str(client_id).strip():
            raise GlobusUsageError(f"client_id: must be the id of a registered app, got {client_id!r}")
        if checked_url("base_url", base_url).scheme not in ("https", "http"):
            raise GlobusUsageError(f"base_url: must be an https URL, got {base_url!r}")
        redirect = checked_url("redirect_uri", redirect_uri)
        if not (redirect.netloc or redirect.path) or redirect.fragment:
            raise GlobusUsageError(f"redirect_uri: must be a complete URL without a fragment, got {redirect_uri!r}")
        values = {
            "client_id": str(client_id),
            "base_url": base_url.rstrip("/"),
            "redirect_uri": redirect_uri,
            "scopes": requested_scopes_text(requested_scopes),
            "state": checked_text("state", state),
            "refresh_tokens": checked_bool("refresh_tokens", refresh_tokens),
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def __repr__(self) -> str:
        # A traceback may show one that was not made to the end.
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"

    def get_authorize_url(
        self,
        additional_params: Mapping[str, str] | AuthorizationParameters | None = None,
        *,
        authorization_parameters: AuthorizationParameters | None = None,
        session_required_identities: str | UUID | Iterable[str | UUID] | None = None,
        session_required_single_domain: str | Iterable[str] | None = None,
        session_required_policies: str | UUID | Iterable[str | UUID] | None = None,
        session_required_mfa: bool | None = None,
        session_message: str | None = None,
        prompt: Literal["login"] | None = None,
        query_params: Mapping[str, str] | None = None,
    ) -> str:
        """The URL that the user opens in a browser, to log in and to consent.

        GET /v2/oauth2/authorize (Auth API: Authorization)

        Parameters:
            additional_params: further query parameters, which override all others. The `state` that is verified later
                is the flow's own, so pass it to the flow and not here. Or `authorization_parameters`.
            authorization_parameters: what a refused request asks for, as in ``error.authorization_parameters``; its
                scopes are added to those of the flow, and the keywords below override the rest.
            session_required_identities: identities, by id or username, that the user must log in with; a string may
                hold several separated by commas, here and in the next two.
            session_required_single_domain: domains in one of which the user must log in with an identity.
            session_required_policies: ids of policies that the login must meet.
            session_required_mfa: whether multi-factor authentication is required.
            session_message: a message to show to the user on the login page.
            prompt: ``"login"`` makes the user log in again, even if the session would suffice.
            query_params: the same as `additional_params`.

        Raises `GlobusUsageError` for a parameter that must be a string but is not, or is empty.
        """
        additional_params = hidden(additional_params)
        if isinstance(additional_params, AuthorizationParameters):
            if authorization_parameters is not None:
                raise GlobusUsageError("authorization_parameters: given by position and by keyword")
            additional_params, authorization_parameters = None, additional_params
        asked = asked_parameters(authorization_parameters)
        params = {
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": joined_scopes(self.scopes, asked.required_scopes),
            "state": self.state,
            "response_type": "code",
            "access_type": "offline" if self.refresh_tokens else "online",
            **self._more_params(),
        }
        lists = {
            "session_required_identities": given_or_asked(
                session_required_identities, asked.session_required_identities
            ),
            "session_required_single_domain": given_or_asked(
                session_required_single_domain, asked.session_required_single_domain
            ),
            "session_required_policies": given_or_asked(session_required_policies, asked.session_required_policies),
        }
        params |= {name: comma_list(name, given) for name, given in lists.items() if given is not None}
        if not all(is_id(each.strip()) for each in params.get("session_required_policies", "").split(",") if each):
            given = clean(repr(lists["session_required_policies"]))
            raise GlobusUsageError(f"session_required_policies: must be UUIDs, got {given}")
        mfa = given_or_asked(session_required_mfa, asked.session_required_mfa)
        if mfa is not None:
            params["session_required_mfa"] = str(checked_bool("session_required_mfa", mfa))
        message = given_or_asked(session_message, asked.session_message)
        if message is not None:
            params["session_message"] = checked_text("session_message", message)
        asked_prompt = given_or_asked(prompt, asked.prompt)
        if asked_prompt is not None:
            if asked_prompt != "login":
                raise GlobusUsageError(f'prompt: must be "login" or None, got {clean(repr(asked_prompt))}')
            params["prompt"] = "login"
        for name, value in further_params(additional_params=additional_params, query_params=query_params):
            params[name] = value
        return f"{self.base_url}/v2/oauth2/authorize?{urlencode(params)}"

    def token_form(self, auth_code: str) -> dict[str, str]:
        """The form that exchanges the code for tokens, to be sent to the token endpoint.

        POST /v2/oauth2/token (Auth API: Tokens, grant ``authorization_code``)

        Parameters:
            auth_code: the code that the user brought back; or the whole URL to which the browser was redirected, whose
                `state` is then verified.

        Raises `GlobusUsageError` for a string that is not a code, for a URL without one, for one that reports that the
        login failed, and for one that belongs to another login.
        """
        auth_code = Secret(checked_text("auth_code", auth_code))
        code = Secret(auth_code.strip())
        if "://" in code or code.startswith(self.redirect_uri):
            code = self._code_in(code)
        if not code or not code.isprintable() or " " in code:
            raise GlobusUsageError("auth_code: must be the code, or the complete URL that the browser was sent to")
        return {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
            **self._more_form(),
        }

    def check_state(self, state: str | None) -> None:
        """Verify the state returned with the code; raises `GlobusUsageError` if it belongs to another login."""
        if state is None or not hmac.compare_digest(state.encode(), self.state.encode()):
            raise GlobusUsageError(
                "state: is not the one that this login was started with, so the code may be somebody else's; "
                "start the login again"
            )

    def _code_in(self, url: Secret) -> Secret:
        # No part of the URL goes into a message or a traceback: it may contain the code.
        query: dict[str, list[Secret]] | None = None
        with suppress(ValueError):
            query = {
                name: [Secret(value) for value in values]
                for name, values in parse_qs(urlsplit(url).query, max_num_fields=50).items()
            }
        if query is None:
            raise GlobusUsageError("auth_code: looks like a URL, but cannot be read as one")
        for name in ("code", "state", "error"):
            if len(query.get(name, [])) > 1:
                raise GlobusUsageError(f"auth_code: the URL contains more than one {name}")
        if "code" not in query and "error" not in query:
            raise GlobusUsageError("auth_code: the URL contains no code; pass the one that the browser was sent to")
        self.check_state(query.get("state", [None])[0])
        if "error" in query:
            why = ": ".join((*query["error"], *query.get("error_description", [])))
            raise GlobusUsageError(f"auth_code: the login failed, and there is no code: {clean(why)!r}")
        return query["code"][0]

    def _more_params(self) -> dict[str, str]:
        return {}

    def _more_form(self) -> dict[str, str]:
        return {}


@dataclass(frozen=True, init=False, repr=False)
class AuthorizationCodeFlow(LoginFlow):
    """The login of a web server's user: the server has a secret, and the user is redirected to it with the code."""

    def __init__(
        self,
        client_id: str | UUID,
        redirect_uri: str,
        requested_scopes: Scopes | None = None,
        state: str = "_default",
        refresh_tokens: bool = False,
        *,
        base_url: str,
    ) -> None:
        """Create a login.

        Parameters:
            client_id: the id of the app, a confidential one.
            redirect_uri: the URL to which the user returns with the code: one of those the app is registered with.
            requested_scopes: the scopes, as strings or as one string with spaces; None: the default scopes.
            state: a string that is returned with the code. A web server uses an unguessable one for each visitor.
            refresh_tokens: whether to request refresh tokens too.
            base_url: the base URL of Globus Auth, such as ``https://auth.globus.org/``.

        Raises `GlobusUsageError` for an invalid argument.
        """
        super().__init__(client_id, redirect_uri, requested_scopes, state, refresh_tokens, base_url)


@dataclass(frozen=True, init=False, repr=False)
class NativeAppFlow(LoginFlow):
    """The login of an app that cannot keep a secret: protected by PKCE, with a new verifier for each login."""

    verifier: str
    """The secret of this login, which proves that whoever has the code also started the login."""
    prefill_named_grant: str | None
    """The label that the consent page suggests for the consent."""

    def __init__(
        self,
        client_id: str | UUID,
        requested_scopes: Scopes | None = None,
        redirect_uri: str | None = None,
        state: str = "_default",
        verifier: str | None = None,
        refresh_tokens: bool = False,
        prefill_named_grant: str | None = None,
        *,
        base_url: str,
    ) -> None:
        """Create a login.

        Parameters:
            client_id: the id of the app, a native one.
            requested_scopes: the scopes, as strings or as one string with spaces; None: the default scopes.
            redirect_uri: the URL to which the user returns with the code; None: a page of Globus that shows it.
            state: a string that is returned with the code.
            verifier: 43 to 128 characters of ``a-z A-Z 0-9 ~ _ . -``; None: a new random one.
            refresh_tokens: whether to request refresh tokens too.
            prefill_named_grant: a label that the consent page suggests for the consent.
            base_url: the base URL of Globus Auth, such as ``https://auth.globus.org/``.

        Raises `GlobusUsageError` for an invalid argument.
        """
        verifier = None if verifier is None else Secret.of(verifier)
        if redirect_uri is None:
            redirect_uri = f"{checked_text('base_url', base_url).rstrip('/')}/v2/web/auth-code"
        super().__init__(client_id, redirect_uri, requested_scopes, state, refresh_tokens, base_url)
        verifier = secrets.token_urlsafe(32) if verifier is None else verifier
        code_challenge(verifier)  # refuses an invalid one
        if prefill_named_grant is not None:
            checked_text("prefill_named_grant", prefill_named_grant)
        object.__setattr__(self, "verifier", Secret(verifier))
        object.__setattr__(self, "prefill_named_grant", prefill_named_grant)

    def _more_params(self) -> dict[str, str]:
        params = {"code_challenge": code_challenge(self.verifier), "code_challenge_method": "S256"}
        if self.prefill_named_grant is not None:
            params["prefill_named_grant"] = self.prefill_named_grant
        return params

    def _more_form(self) -> dict[str, str]:
        return {"client_id": self.client_id, "code_verifier": self.verifier}
