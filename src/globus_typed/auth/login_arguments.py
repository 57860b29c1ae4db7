"""Checks of what a login is started with, and of what its URLs are made of."""

import re
from collections.abc import Iterable, Iterator, Mapping
from types import NoneType
from typing import cast
from urllib.parse import SplitResult, urlsplit
from uuid import UUID

from globus_typed.auth.scopes import DEFAULT_REQUESTED_SCOPES
from globus_typed.core.authorization_parameters import AuthorizationParameters
from globus_typed.core.outside_text import clean
from globus_typed.errors import GlobusUsageError
from globus_typed.scopes.scope import Scope, Scopes, scopes_to_text

__all__ = [
    "asked_parameters",
    "checked_bool",
    "checked_text",
    "checked_url",
    "comma_list",
    "further_params",
    "given_or_asked",
    "joined_scopes",
    "requested_scopes_text",
]


def requested_scopes_text(requested_scopes: Scopes | None) -> str:
    """The scopes as the single string that Globus Auth reads; None for the default scopes.

    Raises `GlobusUsageError` if there is no scope, and for anything that is not a scope.
    """
    try:
        return scopes_to_text(DEFAULT_REQUESTED_SCOPES if requested_scopes is None else requested_scopes)
    except ValueError as error:
        raise GlobusUsageError(f"requested_scopes: {error}") from None


def asked_parameters(parameters: object) -> AuthorizationParameters:
    """The parameters as they are, none for None; raises `GlobusUsageError` for anything else, and for no scopes."""
    if parameters is None:
        return AuthorizationParameters()
    if not isinstance(parameters, AuthorizationParameters):
        raise GlobusUsageError(
            f"authorization_parameters: must be an AuthorizationParameters, got {type(parameters).__name__}"
        )
    try:
        requested_scopes_text([*parameters.required_scopes] or None)
    except GlobusUsageError as error:
        raise GlobusUsageError(f"authorization_parameters: required_scopes: {clean(str(error))}") from None
    return parameters


def further_params(**mappings: object) -> Iterator[tuple[str, str]]:
    """The query parameters of all the mappings; raises `GlobusUsageError` for one that is given twice."""
    given: set[str] = set()
    for argument, mapping in mappings.items():
        if not isinstance(mapping, (Mapping, NoneType)):
            raise GlobusUsageError(f"{argument}: must be a mapping, got {type(mapping).__name__}")
        for name, value in cast("Mapping[str, object]", mapping or {}).items():
            if name in given:
                raise GlobusUsageError(f"{name}: is given twice, in {' and '.join(mappings)}")
            given.add(name)
            yield name, checked_text(f"{argument}: {name}", value)


def joined_scopes(scopes: str, more: Iterable[str]) -> str:
    """The scopes with further ones, each once."""
    known = dict.fromkeys(str(scope) for text in (scopes, *more) for scope in Scope.parse_all(text))
    return " ".join(known)


def given_or_asked(given: object, asked: object) -> object:
    """The value of a keyword if it was given, else the one that was asked for."""
    return given if given is not None else None if asked == () else asked


def checked_text(name: str, value: object) -> str:
    """The value itself; raises `GlobusUsageError` if it is no str, or none that UTF-8 can encode."""
    if not isinstance(value, str):
        raise GlobusUsageError(f"{name}: must be a string, got {type(value).__name__}")
    if _SURROGATE.search(value):
        raise GlobusUsageError(f"{name}: must be encodable as UTF-8, with no lone surrogates")
    return value


_SURROGATE = re.compile("[\ud800-\udfff]")


def checked_bool(name: str, value: object) -> bool:
    """The value itself; raises `GlobusUsageError` if it is neither True nor False."""
    if not isinstance(value, bool):
        raise GlobusUsageError(f"{name}: must be True or False, got {value!r}")
    return value


def checked_url(name: str, value: object) -> SplitResult:
    """The parts of a URL; raises `GlobusUsageError` if it is not a complete one."""
    text = checked_text(name, value)
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise GlobusUsageError(f"{name}: {error}") from None
    if not parts.scheme or not text.isprintable() or " " in text:
        raise GlobusUsageError(f"{name}: must be a complete URL, got {text!r}")
    return parts


def comma_list(name: str, value: object) -> str:
    """One or several strings or ids, separated by commas; raises `GlobusUsageError` for anything else, and for none."""
    texts: list[object] = [value]
    if isinstance(value, Iterable) and not isinstance(value, str):
        texts = list(cast("Iterable[object]", value))
    if not texts or not all(isinstance(text, (str, UUID)) and str(text).strip() for text in texts):
        raise GlobusUsageError(f"{name}: must be a string, or a list of at least one; None omits it")
    return ",".join(map(str, texts))
