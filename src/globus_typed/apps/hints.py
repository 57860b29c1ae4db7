"""The command that makes a login where somebody can answer, so that its tokens lie where an app looks for them."""

import shlex
from collections.abc import Iterable

from globus_typed import registry
from globus_typed.apps.config import GlobusAppConfig
from globus_typed.auth.scopes import DEFAULT_REQUESTED_SCOPES
from globus_typed.core.authorization_parameters import AuthorizationParameters
from globus_typed.scopes.parser import ScopeParser
from globus_typed.scopes.scope import Scope

__all__ = ["login_command", "login_hint"]


def login_hint(
    config: GlobusAppConfig, app_name: str, client_id: str, parameters: AuthorizationParameters | None = None
) -> str:
    """The way out of a login that nobody is there to make."""
    command = login_command(config, app_name, client_id, parameters)
    if command is None:
        return "log in by app.login() where somebody can answer; the tokens are where no other program can put them"
    after = "" if config.request_refresh_tokens else "; with refresh tokens (request_refresh_tokens=True) it lasts"
    return f"log in where somebody can answer, by `{command}`{after}"


def login_command(
    config: GlobusAppConfig, app_name: str, client_id: str, parameters: AuthorizationParameters | None = None
) -> str | None:
    """The command line; None where no other program can store tokens for the app.

    Parameters: `parameters`, what the login has to ask for (None: what a login asks for by default).
    """
    place = _place(config)
    if place is None:
        return None
    words = ["globus-typed", "login", "--client-id", client_id, "--app-name", app_name, *place]
    if config.environment is not None:
        words += ["--environment", config.environment]
    if config.login_redirect_uri is not None:
        words += ["--redirect-uri", config.login_redirect_uri]
    if config.request_refresh_tokens:
        words.append("--refresh-tokens")
    if parameters is not None:
        words += _scope_words(Scope.parse_all(" ".join(parameters.required_scopes)))
        for option, values in (
            ("--policy", parameters.session_required_policies),
            ("--identity", parameters.session_required_identities),
            ("--domain", parameters.session_required_single_domain),
        ):
            words += [word for value in values for word in (option, value)]
        words += ["--mfa"] * bool(parameters.session_required_mfa)
        words += ["--force"] * (parameters.prompt == "login")
    return shlex.join(words)


def _place(config: GlobusAppConfig) -> list[str] | None:
    """The options that name the token store; None for one that has none."""
    from globus_typed.apps.storage.file_storage import FileTokenStorage
    from globus_typed.apps.storage.json_file import JSONTokenStorage
    from globus_typed.apps.storage.sqlite import SQLiteTokenStorage

    kinds: dict[object, str] = {JSONTokenStorage: "json", SQLiteTokenStorage: "sqlite"}
    storage, namespace, words = config.token_storage, config.namespace, list[str]()
    if isinstance(storage, FileTokenStorage):
        kind = kinds.get(type(storage))
        if kind is None or getattr(storage, "encryption_key_from", None) == "keyring":
            return None
        words, namespace = ["--token-file", storage.filepath], storage.namespace
    else:
        kind = storage if isinstance(storage, str) else next((kinds[each] for each in kinds if each is storage), None)
        if kind is None or kind == "memory":
            return None
    if kind != "json":
        words += ["--token-storage", kind]
    return words if namespace == "DEFAULT" else [*words, "--namespace", namespace]


def _scope_words(scopes: Iterable[Scope]) -> list[str]:
    """The options that name the scopes: by services, where all are asked for that a client of one needs."""
    texts = [str(scope) for scope in ScopeParser.merge_scopes([], scopes)]
    if {*texts} == {*DEFAULT_REQUESTED_SCOPES}:
        return []
    words: list[str] = []
    for service in registry.services():
        if service.default_scopes and {*service.default_scopes} <= {*texts}:
            words += ["--service", service.name]
            texts = [text for text in texts if text not in service.default_scopes]
    left = [text for text in texts if text != "openid"]  # which every login asks for
    return [*words, "--scope", " ".join(left)] if left else words
