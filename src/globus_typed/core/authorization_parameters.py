"""`AuthorizationParameters`: the login that an error document asks for, read from every form in use."""

import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

from typing_extensions import Self

from globus_typed.core.base_errors import GlobusUsageError, GlobusWarning
from globus_typed.core.json_data import is_list, is_object

__all__ = ["AuthorizationParameters", "consent_is_missing", "logins_asked_for"]

_LISTS = (
    "session_required_identities",
    "session_required_single_domain",
    "session_required_policies",
    "required_scopes",
)
_TEXTS = ("session_message", "prompt")
_MEMBERS = (*_LISTS, *_TEXTS, "session_required_mfa")
_KNOWN = frozenset(_MEMBERS)
_DEPENDENT = "dependent_consent_required"
"""The error code of Globus Auth for a consent that is missing to a service which calls another for the user."""
_DEEPEST = 4
"""How deep a document may lie in others: no service nests them deeper."""


@dataclass(frozen=True, init=False)
class AuthorizationParameters:
    """The login that would let a refused request through; ``get_authorize_url(…, authorization_parameters)`` and
    ``app.login(auth_params=…)`` take it as it is."""

    session_message: str | None = None
    """A message to show to the user on the login page."""
    session_required_identities: tuple[str, ...] = ()
    """Identities, by id or username, of which the user must log in with one; empty for any."""
    session_required_single_domain: tuple[str, ...] = ()
    """Domains, of which the user must log in with an identity of one; empty for any."""
    session_required_policies: tuple[str, ...] = ()
    """Ids of the policies that the login must meet, all of them."""
    session_required_mfa: bool | None = None
    """Whether the user must show a second factor; None where nothing was said."""
    required_scopes: tuple[str, ...] = ()
    """Scopes that the user has to consent to."""
    prompt: str | None = None
    """``"login"`` where the user must log in again, even in a session that would do."""
    extra: Mapping[str, Any] = field(default_factory=dict[str, Any], hash=False)
    """Further members of the parameters, as they were sent."""

    def __init__(
        self,
        session_message: str | None = None,
        session_required_identities: tuple[str, ...] | list[str] | None = None,
        session_required_single_domain: tuple[str, ...] | list[str] | None = None,
        session_required_policies: tuple[str, ...] | list[str] | None = None,
        session_required_mfa: bool | None = None,
        required_scopes: tuple[str, ...] | list[str] | None = None,
        prompt: str | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        """Make parameters. None, an empty list, and an argument that is left out mean that nothing is asked.

        A single string where several are meant is read, with a warning: identities, domains and policies separated by
        commas, scopes separated by spaces or commas.
        Raises `GlobusUsageError`, by the name of the argument, for anything else.
        """
        values: dict[str, object] = {
            "session_message": _given_text("session_message", session_message),
            "session_required_identities": session_required_identities,
            "session_required_single_domain": session_required_single_domain,
            "session_required_policies": session_required_policies,
            "session_required_mfa": _given_bool("session_required_mfa", session_required_mfa),
            "required_scopes": required_scopes,
            "prompt": _given_text("prompt", prompt),
            "extra": _given_extra(extra),
        }
        for name in _LISTS:
            values[name] = _given_list(name, values[name])
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The parameters from plain JSON data; members that are not known are in `extra`.

        Raises `GlobusUsageError` as the constructor does. `to_gare` reads what a service sent, and is more tolerant.
        """
        known = {name: value for name, value in data.items() if name in _KNOWN}
        return cls(**known, extra={name: value for name, value in data.items() if name not in _KNOWN})

    def to_dict(self, include_extra: bool = False) -> dict[str, Any]:
        """The parameters as plain JSON data, without what is not asked; `include_extra`: with the further members."""
        values: dict[str, Any] = {
            name: list(value) if name in _LISTS else value
            for name in _MEMBERS
            if (value := getattr(self, name)) not in (None, ())
        }
        return {**self.extra, **values} if include_extra else values

    @property
    def requires_session(self) -> bool:
        """Whether a new login is asked for, and not only consents."""
        asked = (
            self.session_required_identities
            or self.session_required_single_domain
            or self.session_required_policies
            or self.session_required_mfa
            or self.prompt
        )
        return bool(asked or (self.session_message and not self.required_scopes))

    @classmethod
    def from_body(cls, body: Mapping[str, Any]) -> "AuthorizationParameters | None":
        """The parameters in an error document, or in the first of those inside it that has any; None without."""
        first: AuthorizationParameters | None = None
        scopes: dict[str, None] = {}
        for _, found in logins_asked_for(body):
            scopes |= dict.fromkeys(found.required_scopes)
            if first is None or (found.requires_session and not first.requires_session):
                first = found
        return first and replace(first, required_scopes=tuple(scopes))


def logins_asked_for(body: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], AuthorizationParameters]]:
    """Each document, of the error document and those inside it, that asks for a login, with what it asks for."""
    for document in _documents(body):
        found = _of_document(document)
        if found is not None:
            yield document, found


def consent_is_missing(body: Mapping[str, Any]) -> bool:
    """Whether an error document says that a consent is missing, with scopes or without."""
    return any(document.get("code") == "ConsentRequired" for document in _documents(body))


def _documents(body: Mapping[str, Any], depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """The document, and those that it is made of."""
    yield body
    if depth < _DEEPEST and body.get("error") != _DEPENDENT:  # which is one login, and read as one
        for name in ("errors", "detail", "details", "error", "data"):
            inner: object = body.get(name)
            for each in inner if is_list(inner) else (inner,):
                if is_object(each):
                    yield from _documents(each, depth + 1)


def _of_document(document: Mapping[str, Any]) -> AuthorizationParameters | None:
    given: object = document.get("authorization_parameters")
    members: dict[str, Any] = dict(given) if is_object(given) else {}
    if "required_scopes" not in members:
        scopes = [*_scopes(document.get("required_scopes")), *_scopes(document.get("required_scope"))]
        members["required_scopes"] = scopes + [scope for each in _parts(document) for scope in _unapproved(each)]
    found = _read(members, document)
    if found is None and isinstance(kind := document.get("DATA_TYPE"), str):
        return _of_detail(kind.partition("#")[0], document)
    return found


def _read(members: Mapping[str, Any], around: Mapping[str, Any]) -> AuthorizationParameters | None:
    lists = {
        name: tuple(dict.fromkeys((_scopes if name == "required_scopes" else _texts)(members.get(name))))
        for name in _LISTS
    }
    texts = {name: value for name in _TEXTS if isinstance(value := members.get(name), str) and value}
    if lists["required_scopes"] and "session_message" not in texts:
        said = next((around[name] for name in ("message", "description") if isinstance(around.get(name), str)), None)
        texts |= {"session_message": said} if said else {}
    mfa = _word(members.get("session_required_mfa"))
    parameters = AuthorizationParameters(
        session_message=texts.get("session_message"),
        session_required_identities=lists["session_required_identities"],
        session_required_single_domain=lists["session_required_single_domain"],
        session_required_policies=lists["session_required_policies"],
        required_scopes=lists["required_scopes"],
        prompt=texts.get("prompt"),
        session_required_mfa=mfa if isinstance(mfa, bool) else None,
        extra={name: value for name, value in members.items() if name not in _KNOWN},
    )
    return parameters if parameters.requires_session or parameters.required_scopes else None


def _of_detail(kind: str, detail: Mapping[str, Any]) -> AuthorizationParameters | None:
    """The login that a typed ``detail`` of Globus Connect Server asks for, where it comes without parameters."""
    if kind == "not_from_allowed_domain":
        return _read({"session_required_single_domain": detail.get("allowed_domains")}, {})
    if kind == "id_not_in_identity_set":
        return _read({"session_required_identities": detail.get("id")}, {})
    if kind == "authentication_timeout":
        identities: object = detail.get("identities")
        asked = {
            "session_required_identities": identities,
            "session_required_mfa": detail.get("require_mfa"),
            "prompt": "login" if detail.get("high_assurance") is True or not identities else None,
        }
        return _read(asked, {})
    return None


def _parts(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The document, and the errors in it, where they are one login."""
    yield document
    errors: object = document.get("errors")
    if document.get("error") == _DEPENDENT and is_list(errors):
        yield from (each for each in errors if is_object(each))


def _unapproved(document: Mapping[str, Any]) -> list[str]:
    unapproved: object = document.get("unapproved_scopes")
    return _texts(unapproved) if is_list(unapproved) else []


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, Iterable) or isinstance(value, (Mapping, bytes)):
        return []
    return [text.strip() for text in cast("Iterable[object]", value) if isinstance(text, str) and text.strip()]


def _scopes(value: object) -> list[str]:
    """The scopes of a list, or of a single string: there they are separated by spaces or commas outside of brackets."""
    return _texts(_separated(value) if isinstance(value, str) else value)


def _separated(text: str) -> list[str]:
    found = [""]
    depth = 0
    for character in text:
        depth += (character == "[") - (character == "]")
        if depth <= 0 and character in " ,":
            found.append("")
        else:
            found[-1] += character
    return found


def _word(value: object) -> object:
    """The truth value that a word stands for; anything else as it is."""
    return {"true": True, "false": False}.get(value.strip().lower(), value) if isinstance(value, str) else value


def _given_text(name: str, value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        raise GlobusUsageError(f"{name}: must be a string, got {type(value).__name__}")
    return value


def _given_bool(name: str, value: object) -> bool | None:
    # The word "false" would be taken for True elsewhere, so that programs should not get used to it.
    if value is not None and not isinstance(value, bool):
        raise GlobusUsageError(f"{name}: must be True or False, got {value!r}")
    return value


def _given_extra(value: object) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise GlobusUsageError(f"extra: must be a mapping, got {type(value).__name__}")
    return dict(cast("Mapping[str, Any]", value))


def _given_list(name: str, value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str):
        warnings.warn(f"{name}: is a tuple of strings, not a single string", GlobusWarning, stacklevel=3)
        return tuple(_scopes(value) if name == "required_scopes" else _texts(value))
    kind = type(value).__name__
    if not isinstance(value, Iterable) or isinstance(value, (Mapping, bytes)):
        raise GlobusUsageError(f"{name}: must be strings, got {kind}")
    given = tuple(cast("Iterable[object]", value))
    for each in given:
        if not isinstance(each, str):
            raise GlobusUsageError(f"{name}: must be strings, got {type(each).__name__} among them")
    return cast("tuple[str, ...]", given)
